"""The Profile: the layers of a crust, surface first, as an xarray.Dataset with fixed names and units.

Everything that makes a crust returns one, everything that studies a crust takes one. A Profile has the
dimensions `layer` and `nuclide` (coordinates `Z` and `A`) and, where reactions happened, `reaction`.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import xarray as xr

from crustlib import __version__
from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    MEV_FM3_IN_DYN_CM2,
    PER_FM3_IN_PER_CM3,
)
from crustlib.matter import electrons, warm_leptons

# name: (dimensions, unit, what it is)
VARIABLES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "pressure": (("layer",), "MeV fm^-3", "pressure"),
    "baryon_density": (("layer",), "fm^-3", "baryons per volume"),
    "electron_density": (("layer",), "fm^-3", "electrons per volume"),
    "neutron_density": (("layer",), "fm^-3", "free neutrons per volume of the layer"),
    "proton_density": (("layer",), "fm^-3", "free protons per volume of the layer"),
    "muon_density": (("layer",), "fm^-3", "muons per volume"),
    "tetraneutron_density": (("layer",), "fm^-3", "tetraneutrons, of four baryons each, per volume"),
    "number_density": (("layer", "nuclide"), "fm^-3", "nuclei per volume"),
    "mass_density": (("layer",), "g cm^-3", "energy density over c^2"),
    "baryon_pressure": (("layer",), "MeV fm^-3", "pressure without the electrons', of any sign"),
    "neutron_pressure": (("layer",), "MeV fm^-3", "pressure of the free neutrons"),
    "mu_e": (("layer",), "MeV", "chemical potential of the ideal electron gas, rest mass included"),
    "mu_n": (("layer",), "MeV", "chemical potential of the free neutrons, rest mass included"),
    "mu_p": (("layer",), "MeV", "chemical potential of the free protons, rest mass included"),
    "coulomb_shift": (("layer",), "MeV", "what the nuclei's Coulomb energy adds to mu_e"),
    "temperature": (("layer",), "MeV", "temperature"),
    "free_energy": (("layer",), "MeV", "Helmholtz free energy per baryon"),
    "gibbs_energy": (("layer",), "MeV", "Gibbs energy per baryon less the atomic mass unit"),
    "entropy": (("layer",), "1", "entropy per baryon"),
    "heat": (("layer",), "MeV", "heat released so far, per baryon"),
    "residual": (("layer",), "1", "relative residual of the layer's equations"),
    "Z_cl": (("layer",), "1", "mean charge of the clusters"),
    "A_cl": (("layer",), "1", "mean mass number of the clusters"),
    "A_cell": (("layer",), "1", "baryons per cell, free neutrons included"),
    "A_inside": (("layer",), "1", "mean number of nucleons inside the surface of a nucleus"),
    "A_surplus": (("layer",), "1", "the same, less the gas that would fill its volume"),
    "gas_density": (("layer",), "fm^-3", "free nucleons per volume between the nuclei"),
    "reaction_name": (("reaction",), "", "what reacts to what"),
    "reaction_kind": (("reaction",), "", "emission, neutron capture, electron capture, beta decay or fusion"),
    "reaction_pressure": (("reaction",), "MeV fm^-3", "pressure at which it first happens"),
    "reaction_pressure_end": (("reaction",), "MeV fm^-3", "pressure at which it last happens"),
    "reaction_mu_e": (("reaction",), "MeV", "electron chemical potential at which it first happens"),
    "reaction_amount": (("reaction",), "1", "reactions per baryon"),
    "reaction_heat": (("reaction",), "MeV", "heat that it releases, per baryon"),
}

NAMES = ("reaction_name", "reaction_kind")  # columns of text
ORDERED_TOLERANCE = 1e-12  # by which a pressure may fall to rounding
CHARGE_TOLERANCE = 1e-9


def make(
    columns: Mapping[str, Any],
    *,
    Z: Iterable[float] = (),
    A: Iterable[float] = (),
    ordered: bool = True,
    **attrs: Any,
) -> xr.Dataset:
    """Build a Profile from its columns, with the units it is defined with, and check it.

    Parameters
    ----------
    columns : mapping of str to array_like
        Any of `VARIABLES`, in their units.
    Z, A : iterable of float
        Charge and mass numbers of the nuclides, shape (nuclide,).
    ordered : bool
        Whether the layers are a crust's, so that pressure never decreases.
    **attrs
        Who made it and how; values that are not strings are stored as JSON.

    Returns
    -------
    xarray.Dataset
        The Profile.

    Raises
    ------
    ValueError
        If a column is unknown, or the Profile is wrong; see `check`.
    """
    unknown = sorted(set(columns) - set(VARIABLES))
    if unknown:
        raise ValueError(f"columns = {unknown}: not columns of a Profile, which are {', '.join(VARIABLES)}")
    data = {}
    for name, values in columns.items():
        dims, unit, what = VARIABLES[name]
        data[name] = (dims, np.asarray(values), {"units": unit, "long_name": what})
    nuclides = {"Z": np.asarray(list(Z)), "A": np.asarray(list(A))}
    coords = {
        name: ("nuclide", numbers)
        for name, numbers in nuclides.items()
        if numbers.size or "number_density" in columns
    }
    text = {k: v if isinstance(v, str) else json.dumps(v, default=_plain) for k, v in attrs.items()}
    result = xr.Dataset(data, coords=coords, attrs={**text, "crustlib": __version__})
    check(result, ordered=ordered)
    return result


def check(profile: xr.Dataset, ordered: bool = True) -> None:
    """Raise an error that lists everything wrong with a Profile; return None if nothing is.

    Parameters
    ----------
    profile : xarray.Dataset
        What claims to be a Profile.
    ordered : bool
        Also require that pressure never decreases with `layer`; False admits a list of states.

    Raises
    ------
    ValueError
        If a required column is missing, a value is not finite or negative where it cannot be, a unit or a
        dimension is another than the Profile's, pressure decreases, charge is not neutral or baryons do not
        add up. The message names each column and layer.

    Examples
    --------
    >>> import xarray as xr
    >>> check(xr.Dataset())
    Traceback (most recent call last):
        ...
    ValueError: not a Profile: no column baryon_density; no column electron_density; no composition ...
    """
    if not isinstance(profile, xr.Dataset):
        raise ValueError(f"profile = {type(profile).__name__}: must be an xarray.Dataset")
    wrong = _missing(profile) + _malformed(profile)
    if not wrong and profile.sizes["layer"] == 0:
        wrong.append("no layers")
    if not wrong:
        wrong = _unphysical(profile) + (_unordered(profile) if ordered else [])
    if wrong:
        raise ValueError("not a Profile: " + "; ".join(wrong))


def require(profile: xr.Dataset, *names: str) -> None:
    """Raise a ValueError that names the columns which a Profile lacks.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile.
    *names : str
        Columns that a study needs.

    Raises
    ------
    ValueError
        If any is missing.
    """
    if not isinstance(profile, xr.Dataset):
        raise ValueError(f"profile = {type(profile).__name__}: must be an xarray.Dataset")
    missing = [name for name in names if name not in profile]
    if missing:
        maker = profile.attrs.get("maker", "unknown")
        raise ValueError(f"profile (maker {maker}): lacks the column(s) {', '.join(missing)} needed here")


def mean_Z(profile: xr.Dataset) -> xr.DataArray:
    """Return the mean charge of the nuclei in each layer, shape (layer,); NaN where there are none."""
    require(profile)
    if "number_density" not in profile:
        return profile["Z_cl"]
    density = profile["number_density"]
    return (density * profile["Z"]).sum("nuclide") / density.sum("nuclide")


def mean_A(profile: xr.Dataset) -> xr.DataArray:
    """Return the mean mass number of the nuclei in each layer, shape (layer,); NaN where there are none."""
    require(profile)
    if "number_density" not in profile:
        return profile["A_cl"]
    density = profile["number_density"]
    return (density * profile["A"]).sum("nuclide") / density.sum("nuclide")


def impurity_parameter(profile: xr.Dataset) -> xr.DataArray:
    """Return Q_imp, the variance of the charge of the nuclei in each layer, shape (layer,)."""
    require(profile, "number_density")
    density = profile["number_density"]
    variance = (density * (profile["Z"] - mean_Z(profile)) ** 2).sum("nuclide")
    return variance / density.sum("nuclide")


def rho(profile: xr.Dataset) -> xr.DataArray:
    """Return the density that the field plots, n_b m_u in g cm^-3, shape (layer,)."""
    require(profile, "baryon_density")
    return profile["baryon_density"] * (ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3)


def pressure_cgs(profile: xr.Dataset) -> xr.DataArray:
    """Return the pressure in dyn cm^-2, shape (layer,)."""
    require(profile, "pressure")
    return profile["pressure"] * MEV_FM3_IN_DYN_CM2


def enthalpy_density(profile: xr.Dataset) -> xr.DataArray:
    """Return the inertia that gravity pulls at, energy density + pressure in MeV fm^-3, shape (layer,)."""
    require(profile, "mass_density", "pressure")
    per_g = ATOMIC_MASS_UNIT_MEV / (ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3)
    return profile["mass_density"] * per_g + profile["pressure"]


def _plain(value: Any) -> Any:
    """Return a numpy number or array as Python's own, for JSON."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    raise ValueError(f"{value!r}: cannot be stored in a Profile's attributes")


def _missing(profile: xr.Dataset) -> list[str]:
    wrong = [f"no column {name}" for name in ("baryon_density", "electron_density") if name not in profile]
    if "number_density" not in profile and not {"Z_cl", "A_cl"} <= set(profile):
        wrong.append("no composition (number_density, or Z_cl and A_cl)")
    if "number_density" in profile:
        wrong += [f"no coordinate {name}" for name in ("Z", "A") if name not in profile.coords]
    return wrong


def _malformed(profile: xr.Dataset) -> list[str]:
    wrong = []
    for name in ("Z", "A"):
        if name not in profile.coords:
            continue
        numbers = profile[name]
        if numbers.dims != ("nuclide",) or numbers.dtype.kind not in "fiu" or not (numbers > 0.0).all():
            wrong.append(f"{name} is not a coordinate along nuclide of positive numbers")
    for name in map(str, profile.data_vars):
        column = profile[name]
        if name not in VARIABLES:  # a reader's own
            continue
        dims, unit, _ = VARIABLES[name]
        if (column.dtype.kind in "fiu") != (name not in NAMES):
            wrong.append(f"{name} has values of type {column.dtype}")
        if column.dims != dims:
            wrong.append(f"{name} has dimensions {column.dims}, not {dims}")
        if column.attrs.get("units", "") != unit:
            wrong.append(f"{name} has units {column.attrs.get('units')!r}, not {unit!r}")
        if column.dtype.kind in "fiu" and not np.isfinite(column.values).all():
            where = tuple(int(i) for i in np.argwhere(~np.isfinite(column.values))[0])
            wrong.append(f"{name} is not finite at {dict(zip(column.dims, where, strict=True))}")
    return wrong


def _unphysical(profile: xr.Dataset) -> list[str]:
    wrong = []
    signed = {
        "gibbs_energy",
        "free_energy",
        "reaction_heat",
        "heat",
        "mu_p",
        "mu_n",
        "coulomb_shift",
        "baryon_pressure",
        "residual",
    }
    for name in map(str, profile.data_vars):
        values = profile[name].values
        if name in VARIABLES and name not in signed and values.dtype.kind in "fiu" and (values < 0.0).any():
            wrong.append(f"{name} is negative ({values.min():.6g})")
    for name in ("baryon_density", "electron_density"):
        if (profile[name].values <= 0.0).any():
            wrong.append(f"{name} is zero")
    if "number_density" in profile and not wrong:
        wrong += _unbalanced(profile)
    if "mu_e" in profile and not wrong:
        ideal = _ideal_mu_e(profile)
        off = np.abs(profile["mu_e"].values / ideal - 1.0)
        if off.max() > 1e-6:
            k = int(off.argmax())
            wrong.append(f"mu_e is not the ideal electrons' (layer {k}, relative {off[k]:.3g})")
    return wrong


def _ideal_mu_e(profile: xr.Dataset) -> Any:
    n_e = profile["electron_density"].values
    if "temperature" in profile:
        return warm_leptons.chemical_potential(n_e, profile["temperature"].values)
    return electrons.chemical_potential(n_e)


def _unbalanced(profile: xr.Dataset) -> list[str]:
    wrong = []
    n, n_e, n_b = (profile[k].values for k in ("number_density", "electron_density", "baryon_density"))
    free = ("neutron_density", "proton_density", "muon_density", "tetraneutron_density")
    n_n, n_p, n_mu, n_4n = (profile[k].values if k in profile else 0.0 for k in free)
    charge = n @ profile["Z"].values + n_p - n_mu - n_e
    baryons = n @ profile["A"].values + n_n + n_p + 4.0 * n_4n - n_b
    for what, off in (("charge is not neutral", charge / n_e), ("baryons do not add up", baryons / n_b)):
        if np.abs(off).max() > CHARGE_TOLERANCE:
            k = int(np.abs(off).argmax())
            wrong.append(f"{what} (layer {k}, relative {off[k]:.3g})")
    return wrong


def _unordered(profile: xr.Dataset) -> list[str]:
    if "pressure" not in profile:
        return []
    pressure = profile["pressure"].values
    fall = np.flatnonzero(np.diff(pressure) < -ORDERED_TOLERANCE * pressure[1:])
    return [f"pressure decreases from layer {fall[0]} to {fall[0] + 1}"] if fall.size else []
