"""The equation of state of warm matter on a grid of density, temperature and proton fraction, for others."""

import json
import os
from functools import partial
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from crustlib import sweep
from crustlib.crusts.equilibrium import _solve
from crustlib.crusts.homogeneous import _homogeneous
from crustlib.crusts.nse import TOLERANCE, Model, _columns, _model
from crustlib.crusts.transition import LAST
from crustlib.crusts.warm import FRACTION, TEMPERATURES, Array, columns
from crustlib.matter import saturation as saturations
from crustlib.matter import skyrme, warm_leptons
from crustlib.nuclides.pool import MASSES, pool
from crustlib.validation import in_range, one_of

__all__ = ["tabulate"]

_EQUAL = 1e-9  # MeV per baryon: a gain by nuclei that is none

AXES = {
    "baryon_density": ("fm^-3", "baryons per volume"),
    "temperature": ("MeV", "temperature"),
    "proton_fraction": ("1", "electrons per baryon"),
}

VARIABLES = {
    "pressure": ("MeV fm^-3", "pressure"),
    "free_energy": ("MeV", "Helmholtz free energy per baryon, rest masses included"),
    "entropy": ("1", "entropy per baryon"),
    "energy": ("MeV", "energy per baryon, rest masses included"),
    "mu_n": ("MeV", "chemical potential of neutrons, rest mass included"),
    "mu_p": ("MeV", "chemical potential of protons, rest mass and the ions' Coulomb shift C included"),
    "mu_e": ("MeV", "chemical potential of electrons, rest mass included"),
    "X_n": ("1", "mass fraction of free neutrons"),
    "X_p": ("1", "mass fraction of free protons"),
    "X_He4": ("1", "mass fraction of 4He"),
    "X_He14": ("1", "mass fraction of 14He"),
    "X_other": ("1", "mass fraction of all other nuclei"),
    "A_other": ("1", "mean mass number of the other nuclei; 0 where there are none"),
    "Z_other": ("1", "mean charge of the other nuclei; 0 where there are none"),
    "uniform": ("1", "whether matter without nuclei has no more free energy, and is what stands here"),
    "found": ("1", "whether the state was solved; all numbers are NaN where it was not"),
}
"""What a table holds: unit, and what it is."""

_FLAGS = "uniform", "found"


def tabulate(
    baryon_density: ArrayLike,
    temperature: ArrayLike,
    proton_fraction: ArrayLike,
    functional: str = "BSk25",
    saturation: str = "exact",
    *,
    helium_neutrons_max: int = 12,
    client: Any = None,
    save: str | os.PathLike[str] | None = None,
    processes: int | str = 1,
    progress: bool | None = None,
) -> xr.Dataset:
    r"""Tabulate warm matter in statistical equilibrium for a simulation, small here or large on a cluster.

    At each point stands the matter with the least free energy: that of `nse`, or `homogeneous` matter where
    it has no more. Nothing is matched between the two, so that pressure may fall where `uniform` changes;
    `matched` has ways across. Electrons, positrons and photons are in all columns but mass fractions. Euler's
    relation, with the electrons' fraction :math:`Y_p`, holds in each point:

    .. math:: F + P/n_B = (1 - Y_p)\,\mu_n + Y_p\,(\mu_p + \mu_e)

    Parameters
    ----------
    baryon_density : array_like
        Baryons per volume in fm^-3, growing, from 1e-12 to 0.28. A scan is fastest with small steps.
    temperature : array_like
        Temperatures in MeV, from 0.05 to 20.
    proton_fraction : array_like
        Electrons per baryon, from 1e-3 to 0.99.
    functional, saturation, helium_neutrons_max
        As in `nse`.
    client : dask.distributed.Client, optional
        A cluster to work on, instead of this machine.
    save : path, optional
        A folder that keeps what is finished, so that a killed call resumes; see `sweep.run`. A point of the
        sweep is a temperature and a proton fraction with all densities.
    processes : int or "all"
        How many cores of this machine to use.
    progress : bool, optional
        Whether to show a bar; see `sweep.run`.

    Returns
    -------
    xarray.Dataset
        Dimensions (baryon_density, temperature, proton_fraction), with units and long names. States that
        could not be solved are False in `found` and NaN in all numbers; the attribute `not_found` counts
        them. The others are solved to a relative residual of 1e-10. The attributes `call`, `masses` and
        `source` say where it is from. ``result.to_netcdf(path)`` stores it.

    Raises
    ------
    ValueError
        If an argument is out of range, or an axis does not grow.

    Examples
    --------
    >>> table = tabulate([1e-4, 1e-3], [0.5, 1.0], [0.1, 0.3])
    >>> one = table.sel(baryon_density=1e-3, temperature=1.0, proton_fraction=0.3)
    >>> one["pressure"].item(), one["A_other"].item(), table.attrs["not_found"]
    (0.0030276, 122.43, 0)
    """
    axes = {
        "baryon_density": _axis("baryon_density", baryon_density, 1e-12, LAST),
        "temperature": _axis("temperature", temperature, *TEMPERATURES),
        "proton_fraction": _axis("proton_fraction", proton_fraction, 1e-3, 0.99),
    }
    one_of("functional", functional, skyrme.available())
    one_of("saturation", saturation, saturations.METHODS)
    pool(helium_neutrons_max=helium_neutrons_max)  # checks it
    settings: dict[str, Any] = {
        "functional": functional,
        "saturation": saturation,
        "helium_neutrons_max": int(helium_neutrons_max),
    }
    call = partial(_scan, baryon_density=tuple(axes["baryon_density"]), **settings)
    grid = {name: axes[name] for name in ("temperature", "proton_fraction")}
    result = sweep.run(call, grid, client, save, processes, progress).transpose(*axes)
    for name, (unit, what) in (AXES | VARIABLES).items():
        result[name].attrs = {"units": unit, "long_name": what}
    return result.assign_attrs(
        function="crustlib.crusts.tabulate",
        call=json.dumps(axes | settings),
        masses=MASSES,
        source="statistical equilibrium and homogeneous matter (Beznogov & Raduta 2025), unmatched",
        not_found=int((~result["found"]).sum()),
    )


def _axis(name: str, values: ArrayLike, low: float, high: float) -> list[float]:
    """Return an axis of the table as a list of numbers that grow."""
    axis = np.atleast_1d(in_range(name, values, low, high))
    if axis.ndim != 1 or axis.size == 0 or (np.diff(axis) <= 0.0).any():
        raise ValueError(f"{name} = {values!r}: must be one number, or a list of numbers that grow")
    return axis.tolist()


def _scan(
    temperature: float,
    proton_fraction: float,
    *,
    baryon_density: tuple[float, ...],
    functional: str,
    saturation: str,
    helium_neutrons_max: int,
) -> xr.Dataset:
    """Return all densities at one temperature and proton fraction: a point of the sweep."""
    n = np.array(baryon_density)
    model = _model(temperature, functional, saturation, helium_neutrons_max=helium_neutrons_max)
    target = n * proton_fraction
    x, residual = _solve(n, temperature, FRACTION, target, model.species, model.functional)
    found = residual < TOLERANCE
    table = {name: np.full(n.size, np.nan) for name in VARIABLES if name not in _FLAGS}
    uniform = np.zeros(n.size, bool)
    if found.any():
        solved, uniform[found] = _least(x[found], n[found], target[found], temperature, model)
        for name, values in solved.items():
            table[name][found] = values
    density = {"baryon_density": n}
    columns = {name: ("baryon_density", values) for name, values in table.items()}
    flags = {"uniform": ("baryon_density", uniform), "found": ("baryon_density", found)}
    return xr.Dataset(columns | flags, coords=density)


def _least(x: Array, n: Array, charge: Array, T: float, model: Model) -> tuple[dict[str, Array], Any]:
    """Return the table's columns of matter with the least free energy, and whether it is without nuclei."""
    clustered, Z, A = _columns(x, T, model, True)
    rows, _ = _homogeneous(n, T, FRACTION, charge, False, model.functional)
    bare = columns(rows, warm_leptons.chemical_potential(rows[9], T), T, True)
    uniform = bare["free_energy"] < clustered["free_energy"] + _EQUAL
    both = {name: np.where(uniform, bare[name], clustered[name]) for name in bare}
    nuclei = np.where(uniform[:, None], 0.0, clustered["number_density"])
    table = {name: both[name] for name in ("pressure", "free_energy", "entropy", "mu_n", "mu_e")}
    table["energy"] = both["free_energy"] + T * both["entropy"]
    table["mu_p"] = both["mu_p"] + both["coulomb_shift"]
    table["X_n"], table["X_p"] = both["neutron_density"] / n, both["proton_density"] / n
    other = np.ones(A.size, bool)
    for name, mass in (("X_He4", 4), ("X_He14", 14)):
        this = (Z == 2) & (A == mass)
        table[name] = mass * nuclei[:, this].sum(axis=1) / n
        other &= ~this
    number = nuclei[:, other].sum(axis=1)
    table["X_other"] = nuclei[:, other] @ A[other] / n
    some = np.maximum(number, np.finfo(float).tiny)
    table["A_other"], table["Z_other"] = table["X_other"] * n / some, nuclei[:, other] @ Z[other] / some
    return table, uniform
