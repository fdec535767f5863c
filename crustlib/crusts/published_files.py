"""Files of published crusts inside `nucleardatapy`, read at run time and never copied.

Its own reader of these files takes other columns than they mean (the proton gas for the neutron gas, A_cl for
N_cl, and it inverts Negele & Vautherin's x), so that the package is not imported: only its files are read.
"""

from collections.abc import Mapping
from importlib import metadata, util
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    NEUTRON_MASS_MEV,
    PER_FM3_IN_PER_CM3,
    PROTON_MASS_MEV,
)

Columns = Mapping[str, NDArray[np.float64]]

_PACKAGE = "nucleardatapy"
_FOLDER = ("data", "crust")
_IN_G_CM3 = ATOMIC_MASS_UNIT_G / ATOMIC_MASS_UNIT_MEV * PER_FM3_IN_PER_CM3  # of MeV fm^-3


def pearson(name: str) -> Columns:
    """Read a file of Pearson et al. 2018: clusters are what is above the gas of the profile's wings."""
    t = np.loadtxt(path(name)).T
    gas, volume = t[23] + t[24], t[27] / (t[21] + t[22])  # of as many nucleons, as dense as in the middle
    return {
        "baryon_density": t[0],
        "electron_density": t[0] * t[2],
        "proton_density": t[23],
        "neutron_density": t[24],
        "pressure": t[7],
        "mass_density": t[0] * (NEUTRON_MASS_MEV + t[9]) * _IN_G_CM3,
        "mu_n": NEUTRON_MASS_MEV + t[15],
        "mu_p": PROTON_MASS_MEV + t[14],
        "Z_cl": t[25],
        "A_cl": t[27],
        "A_cell": t[4],
        "A_inside": t[27] + gas * volume,
        "A_surplus": t[27],
        "gas_density": gas,
    }


def negele_vautherin(name: str) -> Columns:
    """Read the table of Negele & Vautherin 1973: N, Z of the cell, x = protons per neutron of the cluster."""
    n, N, Z, mu_n, mu_p, _, x, energy, _ = np.loadtxt(path(name)).T
    n /= PER_FM3_IN_PER_CM3
    return {
        "baryon_density": n,
        "electron_density": n * Z / (N + Z),
        "mass_density": n * (NEUTRON_MASS_MEV + energy) * _IN_G_CM3,
        "mu_n": NEUTRON_MASS_MEV + mu_n,
        "mu_p": PROTON_MASS_MEV + mu_p,
        "Z_cl": Z,
        "A_cl": Z * (1.0 + 1.0 / x),
        "A_cell": N + Z,
        "A_inside": Z * (1.0 + 1.0 / x),
    }


def gogny(name: str) -> Columns:
    """Read a file of Mondal et al. 2020, which knows cells only: what A_cl counts includes free neutrons."""
    n, _, N, Z, energy, pressure, mu_n, mu_p, _ = np.loadtxt(path(name)).T
    return {
        "baryon_density": n,
        "electron_density": n * Z / (N + Z),
        "pressure": pressure,
        "mass_density": n * (NEUTRON_MASS_MEV + energy) * _IN_G_CM3,
        "mu_n": NEUTRON_MASS_MEV + mu_n,
        "mu_p": PROTON_MASS_MEV + mu_p,
        "Z_cl": Z,
        "A_cl": N + Z,
        "A_cell": N + Z,
    }


def grams(name: str) -> Columns:
    """Read a file of Grams et al. 2022, a compressible liquid drop's outer and inner crust."""
    t = np.loadtxt(path(name)).T
    return {
        "baryon_density": t[0],
        "electron_density": t[0] * t[4],
        "pressure": t[8],
        "mass_density": t[0] * (NEUTRON_MASS_MEV + t[7]) * _IN_G_CM3,
        "Z_cl": t[2],
        "A_cl": t[1],
        "A_cell": t[0] * t[6],
        "A_inside": t[1],
        "A_surplus": t[1] * (1.0 - t[5] / t[3]),  # t[3] nucleons per volume inside
        "gas_density": t[5],
    }


def path(name: str) -> Path:
    """Locate a file of a published crust; say what to install where it is missing."""
    spec = util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            f"published crusts are files of the Python package {_PACKAGE!r}, which is not installed: "
            f"install it with 'pip install {_PACKAGE}'",
            name=_PACKAGE,
        )
    path = Path(spec.submodule_search_locations[0]).joinpath(*_FOLDER, name)
    if not path.is_file():
        version, source = metadata.version(_PACKAGE), "/".join((*_FOLDER, name))
        raise FileNotFoundError(
            f"the installed {_PACKAGE} {version} has no file {source}: install the version the project pins"
        )
    return path
