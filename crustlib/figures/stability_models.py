"""What chapter 8 needs beside the library: figure 3's four systems, and uniform matter's ripples."""

from functools import cache
from typing import NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.optimize import brentq

from crustlib import balance, crusts
from crustlib.constants import NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.matter.curvature import Curvature, curvature
from crustlib.matter.warm_nucleons import thermodynamics
from crustlib.validation import one_of

Array = NDArray[np.float64]

COLD = 0.1
"""MeV: the temperature of Beznogov & Raduta's figure 3."""

MU_P = -30.0
"""MeV without the rest mass: their chemical potential of the protons."""

FUNCTIONALS = ("BSk22", "BSk24", "BSk25", "BSk26")

SYSTEMS = (
    "uniform nuclear matter",
    "clustered nuclear matter",
    "uniform stellar matter",
    "clustered stellar matter",
)


class System(NamedTuple):
    """One line of figure 3."""

    density: Array
    """In fm^-3: of neutrons in nuclear matter, of baryons in stellar matter."""
    mu_n: Array
    """In MeV, without the rest mass."""
    pressure: Array
    """In MeV fm^-3: of baryons in nuclear matter, with electrons in stellar matter."""
    matter: xr.Dataset
    """The Profile that it was taken from."""


@cache
def system(which: str, functional: str = "BSk25", temperature: float = COLD, mu_p: float = MU_P) -> System:
    """Return one of `SYSTEMS`: nuclear matter at a fixed mu_p (MeV), stellar matter in beta equilibrium.

    Clustered nuclear matter has the electrons' share taken out, but its Coulomb energy kept, as in note 44 of
    Beznogov & Raduta (2025).
    """
    one_of("which", which, SYSTEMS)
    clustered, nuclear = which.startswith("clustered"), "nuclear" in which
    fixed, charged = (mu_p if nuclear else None), not nuclear
    if clustered:
        # nuclear matter of this mu_p has no nuclei below 0.0016 fm^-3; towards 0.06 the solver loses them
        n = np.geomspace(1.7e-3, 0.055, 30) if nuclear else np.geomspace(1e-4, 0.066, 80)
        matter = crusts.nse(
            n, temperature, functional=functional, proton_chemical_potential=fixed, electrons=charged
        )
    else:
        n = np.geomspace(1e-4, 0.16, 120)
        matter = crusts.homogeneous(n, temperature, None, functional, fixed, charged)
    n_b = matter["baryon_density"].values
    return System(
        n_b - matter["electron_density"].values if nuclear else n_b,
        matter["mu_n"].values - NEUTRON_MASS_MEV,
        matter["baryon_pressure" if nuclear else "pressure"].values,
        matter,
    )


def edges(functional: str = "BSk25", temperature: float = COLD, mu_p: float = MU_P) -> Array:
    """Return the n_n (fm^-3) between which mu_n falls in nuclear matter of a fixed mu_p (MeV)."""
    region = balance.spinodal(functional, temperature, number=200)
    n_n, n_p = region.neutron_density, region.proton_density
    off = thermodynamics(n_n, n_p, temperature, functional).mu_p - PROTON_MASS_MEV - mu_p
    k = np.flatnonzero(off[:-1] * off[1:] < 0.0)
    return np.sort(n_n[k] + (n_n[k + 1] - n_n[k]) * off[k] / (off[k] - off[k + 1]))


class Ripples(NamedTuple):
    """Uniform stellar matter in beta equilibrium, and what ripples of it cost; arrays of the densities."""

    baryon_density: Array
    """In fm^-3."""
    neutron_density: Array
    """In fm^-3."""
    proton_density: Array
    """In fm^-3."""
    nuclear: Curvature
    """Without electrons."""
    stellar: Curvature
    """With electrons, of long waves: what thermodynamics asks."""
    worst: Curvature
    """With electrons, of the wave number at which matter is least stable."""


@cache
def ripples(functional: str = "BSk25", temperature: float = COLD, number: int = 120) -> Ripples:
    """Return the least eigenvalues of the curvature matrix along beta equilibrium, 1e-3 to 0.16 fm^-3."""
    n = np.geomspace(1e-3, 0.16, number)
    matter = crusts.homogeneous(n, temperature, functional=functional)
    n_n, n_p = matter["neutron_density"].values, matter["proton_density"].values
    rows = (
        curvature(n_n, n_p, temperature, functional, electrons, k)
        for electrons, k in ((False, 0.0), (True, 0.0), (True, None))
    )
    return Ripples(n, n_n, n_p, *rows)


@cache
def rippled(functional: str = "BSk25", temperature: float = COLD) -> tuple[float, float]:
    """Return the densities (fm^-3) between which ripples grow in uniform matter in beta equilibrium."""

    def least(n: float) -> float:
        matter = crusts.homogeneous(n, temperature, functional=functional)
        n_n, n_p = float(matter["neutron_density"][0]), float(matter["proton_density"][0])
        return float(curvature(n_n, n_p, temperature, functional, True, None).least)

    return float(brentq(least, 1e-3, 0.03, xtol=1e-7)), float(brentq(least, 0.03, 0.16, xtol=1e-7))


@cache
def ahead(
    n: tuple[float, ...],
    functional: str = "BSk25",
    saturation: str = "exact",
    temperature: float = COLD,
) -> Array:
    """Return the free energy per baryon (MeV) of clustered less uniform stellar matter, at n (fm^-3)."""
    clustered = crusts.nse(n, temperature, functional=functional, saturation=saturation)
    uniform = crusts.homogeneous(n, temperature, functional=functional)
    return np.asarray(clustered["free_energy"] - uniform["free_energy"])


def waves(found: Ripples, row: int, k: Array, functional: str = "BSk25", temperature: float = COLD) -> Array:
    """Return the smaller eigenvalue (MeV fm^3) at one of the densities for wave numbers k (fm^-1)."""
    densities = found.neutron_density[row], found.proton_density[row]
    return np.asarray(curvature(*densities, temperature, functional, True, k).least)
