"""The same test for many crusts, on all cores: what belongs to a mass table, what to a modeller's rule."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from crustlib import crusts, data, sweep
from crustlib.balance.violation import violation
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.crusts import profile as _profile
from crustlib.matter import electrons
from crustlib.validation import one_of, positive

MAKERS = ("accreted", "ground_state")
PRESSURES = np.geomspace(2e29, 1e31, 1500) / MEV_FM3_IN_DYN_CM2  # from which all crusts are read
MOST_ZONES = 80  # that a crust is given room for
RATIOS = ("r7", "r8", "r9")
LEAST_THICKNESS = 1.0  # m, of a zone
LEAST_FREE = 1e-3  # of all baryons: from here on a crust counts as an inner crust

Call = str | Mapping[str, Any]


def survey(
    calls: Mapping[str, Call],
    gravity: float = 2e14,
    processes: int | str = "all",
    progress: bool | None = False,
) -> xr.Dataset:
    """Compute many crusts and their `violation`, on all cores, and put them on one grid of pressures.

    Parameters
    ----------
    calls : mapping of str to (str or mapping)
        What makes each crust, by the words that will stand beside it: the keyword arguments of
        `crusts.accreted`, or, with ``"maker": "ground_state"`` among them, of `crusts.ground_state` (whose
        pressures are the grid's); or the name of a stored Profile (`data.names`).
    gravity : float
        g in cm s^-2, for thicknesses.
    processes : int or "all"
        How many cores to use; see `sweep.run`.
    progress : bool, optional
        Whether to show a bar; None shows one where somebody watches.

    Returns
    -------
    xarray.Dataset
        With dimension `crust` (the words) before all others. Along `layer`, 2e29 to 1e31 dyn cm^-2, a Profile
        of means (`Z_cl` and `A_cl` are its mean nucleus), and `r7`, `r8`, `r9`, `neutron_weight` of
        `violation`. Along `zone` its `zone_kind`, `zone_top`, `zone_bottom` and `zone_thickness`, and the
        medians `zone_r7`, `zone_r8`, `zone_r9` in each zone; where a crust has fewer, the rest is of kind "".
        For each crust: `total_heat` (MeV per baryon, 0 for a ground state), `cycles` (how many were
        stopped), `drip_pressure` (MeV fm^-3, where more than 1e-3 of the baryons are first free; 0 if
        nowhere), and `outside`, the share of ln P below it where r7 is not between 0.5 and 1.5.

    Raises
    ------
    ValueError
        If there are no calls, or an argument of one is wrong.
    ConvergenceError
        If a crust cannot be computed.

    Examples
    --------
    >>> found = survey({"FRDM12": "accreted_frdm12", "its ground state": "ground_state_frdm12"}, processes=1)
    >>> (found.zone_kind != "").sum("zone").values
    array([18,  0])
    """
    if not isinstance(calls, Mapping) or not calls:
        raise ValueError(f"calls = {calls!r}: must map at least one crust's name to its call")
    positive("gravity", gravity)
    texts = {words: _text(words, call) for words, call in calls.items()}
    grid = {"call": list(dict.fromkeys(texts.values()))}
    workers = processes if len(grid["call"]) > 1 else 1
    found = sweep.run(partial(_study, gravity=gravity), grid, processes=workers, progress=progress)
    found = found.sel(call=list(texts.values())).rename(call="crust").assign_coords(crust=list(texts))
    most = int((found["zone_kind"] != "").sum("zone").max())
    return found.isel(zone=slice(most)).assign_attrs(gravity=gravity)


def at_gravity(found: xr.Dataset, gravity: float) -> xr.Dataset:
    """Return a survey's zones where gravity is stronger: all layers are thinner, and some zones below 1 m.

    Parameters
    ----------
    found : xarray.Dataset
        What `survey` returns.
    gravity : float
        g in cm s^-2, at least that of the survey, which has dropped thinner zones.

    Returns
    -------
    xarray.Dataset
        The same, with `zone_thickness` at this gravity and kind "" where it is below 1 m.

    Raises
    ------
    ValueError
        If `gravity` is less than the survey's.

    Examples
    --------
    >>> found = survey({"FRDM12": "accreted_frdm12"}, processes=1)
    >>> int((at_gravity(found, 1e15).zone_kind != "").sum())
    6
    """
    least = found.attrs["gravity"]
    if positive("gravity", gravity) < least:
        raise ValueError(
            f"gravity = {gravity:.3g} cm s^-2: must be at least the survey's {least:.3g} cm s^-2"
        )
    thickness = found["zone_thickness"] * (least / gravity)
    kind = found["zone_kind"].where(thickness > LEAST_THICKNESS, "")
    return found.assign(zone_thickness=thickness, zone_kind=kind).assign_attrs(gravity=gravity)


def zone_share(found: xr.Dataset, pressure: Any = PRESSURES) -> xr.Dataset:
    """Return which share of crusts is out of balance at a pressure: 1 where every modeller finds it.

    Parameters
    ----------
    found : xarray.Dataset
        What `survey` returns.
    pressure : array_like
        Pressures in MeV fm^-3, shape (layer,).

    Returns
    -------
    xarray.Dataset
        `falling`, `shallow`, `steep`, each the share of crusts that have such a zone there, along `layer`
        with coordinate `pressure`.

    Raises
    ------
    ValueError
        If a pressure is not positive.

    Examples
    --------
    >>> found = survey({"FRDM12": "accreted_frdm12", "its ground state": "ground_state_frdm12"}, processes=1)
    >>> float(zone_share(found, [6.0e30 / MEV_FM3_IN_DYN_CM2]).steep[0])
    0.5
    """
    P = np.atleast_1d(positive("pressure", pressure))
    top, bottom = found["zone_top"].values[..., None], found["zone_bottom"].values[..., None]
    inside = (top <= P) & (bottom >= P)
    kinds = {
        kind: ("layer", (inside & (found["zone_kind"].values == kind)[..., None]).any(1).mean(0))
        for kind in ("falling", "shallow", "steep")
    }
    return xr.Dataset(kinds, coords={"pressure": ("layer", P, {"units": "MeV fm^-3"})})


def zones_kept(found: xr.Dataset, reference: str) -> xr.DataArray:
    """Return how much of each zone of one crust the other crusts share.

    Parameters
    ----------
    found : xarray.Dataset
        What `survey` returns.
    reference : str
        The crust whose zones are looked for.

    Returns
    -------
    xarray.DataArray
        With dimensions `crust` and `zone`, the zones of `reference`: the share of a zone's ln P over which a
        crust has a zone of the same kind.

    Raises
    ------
    ValueError
        If there is no crust `reference`.

    Examples
    --------
    >>> found = survey({"FRDM12": "accreted_frdm12", "its ground state": "ground_state_frdm12"}, processes=1)
    >>> zones_kept(found, "FRDM12").sum("zone").values
    array([18.,  0.])
    """
    one_of("reference", reference, [str(name) for name in found["crust"].values])
    own = found.sel(crust=reference)
    own = own.isel(zone=np.flatnonzero(own["zone_kind"].values != ""))
    kind = own["zone_kind"].values
    low, high = (np.log(own[f"zone_{side}"].values)[:, None, None] for side in ("top", "bottom"))
    there = found["zone_kind"].values != ""
    top, bottom = (np.log(np.where(there, found[f"zone_{side}"].values, 1.0)) for side in ("top", "bottom"))
    common = np.clip(np.minimum(high, bottom) - np.maximum(low, top), 0.0, None)
    alike = found["zone_kind"].values == kind[:, None, None]
    kept = np.where(alike, common, 0.0).sum(-1) / (high - low)[..., 0]
    return xr.DataArray(kept.T, dims=("crust", "zone"), coords={"crust": found["crust"].values})


def _text(words: str, call: Call) -> str:
    """Return a call as the text that a sweep's grid holds, as a Profile's attributes do."""
    if isinstance(call, str):
        return json.dumps(one_of(f"calls[{words!r}]", call, data.names()))
    if not isinstance(call, Mapping):
        raise ValueError(f"calls[{words!r}] = {call!r}: must be a stored Profile's name, or arguments")
    one_of(f"calls[{words!r}]['maker']", call.get("maker", MAKERS[0]), MAKERS)
    return json.dumps({name: list(v) if isinstance(v, tuple) else v for name, v in call.items()})


def _crust(call: Any) -> xr.Dataset:
    if isinstance(call, str):
        return data.load(call)
    arguments = dict(call)
    if arguments.pop("maker", MAKERS[0]) == "ground_state":
        return crusts.ground_state(pressure=PRESSURES, **arguments)
    return crusts.accreted(**arguments)


def _study(call: str, gravity: float) -> xr.Dataset:
    """Compute one crust and read it, and its violation, at the grid's pressures."""
    crust = _crust(json.loads(call))
    study = violation(crust, gravity, least_thickness=LEAST_THICKNESS)
    pressure = crust["pressure"].values
    free = (crust["neutron_density"] > LEAST_FREE * crust["baryon_density"]).values
    inner = slice(int(free.argmax()), None) if free.any() else slice(0, 0)
    single = {
        "total_heat": crust["heat"].values[-1] if "heat" in crust else 0.0,
        "cycles": len(json.loads(crust.attrs.get("cycles", "[]"))),
        "drip_pressure": pressure[inner][0] if free.any() else 0.0,
        "outside": _outside(np.log(pressure[inner]), study["r7"].values[inner]),
    }
    return xr.Dataset({**_columns(crust, study), **_zones(study), **single})


def _columns(crust: xr.Dataset, study: xr.Dataset) -> dict[str, tuple]:
    """Return a Profile of means and the ratios at the grid's pressures."""
    where = crust["pressure"].values

    def at(values: Any) -> NDArray[np.float64]:
        return np.interp(PRESSURES, where, np.asarray(values))

    names = ("baryon_density", "electron_density", "neutron_density", "mass_density")
    columns = {name: at(crust[name]) for name in names}
    columns |= {"Z_cl": at(_profile.mean_Z(crust)), "A_cl": at(_profile.mean_A(crust))}
    columns |= {"pressure": PRESSURES, "mu_e": electrons.chemical_potential(columns["electron_density"])}
    profile = {
        k: (*_profile.VARIABLES[k][:1], v, {"units": _profile.VARIABLES[k][1]}) for k, v in columns.items()
    }
    return profile | {
        name: ("layer", at(study[name]), study[name].attrs) for name in (*RATIOS, "neutron_weight")
    }


def _zones(study: xr.Dataset) -> dict[str, tuple]:
    """Return the zones, with room for as many as any crust has, and the medians of the ratios in each."""
    if study.sizes["zone"] > MOST_ZONES:
        raise ValueError(f"calls: a crust has {study.sizes['zone']} zones, more than {MOST_ZONES}")
    room = MOST_ZONES - study.sizes["zone"]
    zones = {name: (study[name].values, study[name].attrs) for name in study if study[name].dims == ("zone",)}
    P, top, bottom = (study[name].values for name in ("pressure", "zone_top", "zone_bottom"))
    inside = [(a <= P) & (b >= P) for a, b in zip(top, bottom, strict=True)]
    for ratio in RATIOS:
        medians = np.array([np.median(study[ratio].values[layers]) for layers in inside])
        zones[f"zone_{ratio}"] = (medians, {"units": "1"})
    return {
        str(name): ("zone", np.concatenate([values, np.zeros(room, values.dtype)]), attrs)
        for name, (values, attrs) in zones.items()
    }


def _outside(log_pressure: NDArray[np.float64], r7: NDArray[np.float64]) -> float:
    """Return the share of ln P in which r7 is beyond the limits of a zone."""
    if log_pressure.size < 2:
        return 0.0
    weight = np.gradient(log_pressure)
    return float(weight[(r7 < 0.5) | (r7 > 1.5)].sum() / weight.sum())
