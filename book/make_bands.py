"""Compute what chapter 12 shows of the crust's neutrons, and store it in crustlib/data: ``make data``.

Everything goes through `crustlib.sweep`, so that a run that was stopped goes on where it was, one point lost:
``python book/make_bands.py --seconds 560`` works for that long and says what is left. ``--merge`` writes the
cells that are there to partial.nc; ``--only`` takes one of the two results.
"""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from make_data import FOLDER, packed, versions

from crustlib import __version__, sweep
from crustlib.crusts import published_cells
from crustlib.entrainment import cell, leggett_bound, potential_flow, superfluid_fraction, vibrating
from crustlib.entrainment.fermi_surface import fermi_surface_fraction
from crustlib.entrainment.response import RESPONSES, all_responses
from crustlib.entrainment.zone import mesh, special_points

WORK = FOLDER.parents[1] / "_build" / "bands"
POINTS = {"BSk24": 16, "BSk22": 4, "BSk25": 4, "BSk26": 4}  # special points
MANY = 1500  # neutrons of an ion; where there are more the zone is smaller, and half the points do
DENSITIES = (0.03, 0.05, 0.01, 0.02, 0.04, 0.06, 0.07)  # fm^-3
CUTOFF = 80.0  # MeV
GAPS = np.unique(np.concatenate([np.geomspace(0.1, 5.0, 20), [0.5, 1.0, 2.0]]))  # MeV
VIBRATING_GAPS = (0.2, 0.5, 1.0, 2.0)  # MeV
SETTINGS = {
    "function": "entrainment.superfluid_fraction",
    "cutoff": CUTOFF,
    "k_points": "special points: the variable k_points",
    "leggett_bound": {"cutoff": CUTOFF},
    "vibrating": {"functional": "BSk24", "response": "relaxed", "k_points": "gamma", "cutoff": CUTOFF},
}

STUDIED = {"functional": "BSk24", "baryon_density": (0.03, 0.05)}
STUDY_GAPS = np.array([0.1, 0.2, 0.5, 1.0, 2.0])  # MeV
STUDIES: dict[str, dict[str, tuple[Any, ...]]] = {
    "cutoff": {"cutoff": (40.0, 60.0, 80.0, 100.0, 120.0)},
    "grid": {"points": (56, 72, 96, 128)},
    "states": {"states_per_neutron": (0.8, 1.0, 1.2, 1.6)},
    "fermi_surface": {"divisions": (4, 6, 8, 12)},
    "mesh": {"k_points": (2, 4, 8, 16, 29)},
}


def crust_cell(functional: str, baryon_density: float) -> xr.Dataset:
    """Return what is stored of one cell whose ions stand still."""
    start = time.process_time()
    c = cell(functional, baryon_density=baryon_density)
    k_points = POINTS[functional] // (2 if c.N > MANY else 1)
    fractions, mu = all_responses(c, GAPS, special_points(k_points), CUTOFF)
    result = xr.Dataset(
        {
            "superfluid_fraction": (("response", "gap"), fractions),
            "chemical_potential": ("gap", mu),
            "leggett_bound": ("gap", leggett_bound(c, GAPS, CUTOFF)),
            "potential_flow": potential_flow(c).superfluid_fraction,
            "Z": c.Z,
            "N": c.N,
            "free_neutrons": c.neutron_background * 0.5 * c.lattice_constant**3,
            "neutron_background": c.neutron_background,
            "k_points": k_points,
        },
        coords={"response": list(RESPONSES), "gap": GAPS},
    )
    result["seconds"] = time.process_time() - start
    print(f"{functional} {baryon_density}: {result['seconds'].item():.0f} s", flush=True)
    return result


def vibrating_cell(functional: str, baryon_density: float) -> xr.Dataset:
    """Return what is stored of one cell whose ions vibrate."""
    start = time.process_time()
    c = cell(functional, baryon_density=baryon_density)
    moving = [vibrating(c, gap, "relaxed", "gamma", CUTOFF, progress=False) for gap in VIBRATING_GAPS]
    result = xr.Dataset(
        {
            "vibrating_fraction": ("vibrating_gap", [m.superfluid_fraction for m in moving]),
            "resting_fraction": ("vibrating_gap", [m.static_fraction for m in moving]),
            "vibrating_ion_mass": ("vibrating_gap", [m.ion_mass for m in moving]),
            "mean_square_displacement": ("vibrating_gap", [m.displacement for m in moving]),
        },
        coords={"vibrating_gap": list(VIBRATING_GAPS)},
    )
    result["vibrating_seconds"] = time.process_time() - start
    print(f"{functional} {baryon_density}, vibrating: {result['vibrating_seconds'].item():.0f} s", flush=True)
    return result


def by_cutoff(baryon_density: float, cutoff: float) -> xr.Dataset:
    """Return superfluid fractions at Gamma."""
    return at_gamma(baryon_density, cutoff, 96)


def by_grid(baryon_density: float, points: int) -> xr.Dataset:
    """Return superfluid fractions at Gamma."""
    return at_gamma(baryon_density, CUTOFF, points)


def at_gamma(baryon_density: float, cutoff: float, points: int) -> xr.Dataset:
    """Return rigid and relaxed superfluid fractions at Gamma, the bound, and potential flow."""
    c = cell(STUDIED["functional"], baryon_density=baryon_density, points=points)
    found = [superfluid_fraction(c, STUDY_GAPS, response, "gamma", cutoff) for response in RESPONSES[:2]]
    fractions = xr.DataArray(
        [f.superfluid_fraction for f in found],
        coords={"gamma_response": list(RESPONSES[:2]), "gap": STUDY_GAPS},
    )
    bound = xr.DataArray(leggett_bound(c, STUDY_GAPS, cutoff), coords={"gap": STUDY_GAPS})
    flow = potential_flow(c).superfluid_fraction
    return xr.Dataset({"superfluid_fraction": fractions, "leggett_bound": bound, "potential_flow": flow})


def by_states(baryon_density: float, states_per_neutron: float) -> xr.DataArray:
    """Return superfluid fractions of two special points."""
    return on_mesh(baryon_density, special_points(2), states_per_neutron)


def by_mesh(baryon_density: float, k_points: int) -> xr.DataArray:
    """Return superfluid fractions of special points."""
    return on_mesh(baryon_density, special_points(k_points), 1.2)


def on_mesh(baryon_density: float, points: Any, states_per_neutron: float) -> xr.DataArray:
    """Return superfluid fractions of all responses."""
    c = cell(STUDIED["functional"], baryon_density=baryon_density)
    fractions, _ = all_responses(c, STUDY_GAPS, points, CUTOFF, int(states_per_neutron * c.N))
    coords = {"response": list(RESPONSES), "gap": STUDY_GAPS}
    return xr.DataArray(fractions, coords=coords, name="superfluid_fraction")


def by_divisions(baryon_density: float, divisions: int, bands: Path) -> xr.Dataset:
    """Return the Fermi surface's fraction and, from the same bands, that of intraband response."""
    c = cell(STUDIED["functional"], baryon_density=baryon_density)
    bands = bands / f"{baryon_density:g} {divisions}"
    settings: dict[str, Any] = {"save": bands, "progress": False}
    surface = fermi_surface_fraction(c, mesh(divisions), CUTOFF, **settings)
    paired = superfluid_fraction(c, STUDY_GAPS, "intraband", mesh(divisions), CUTOFF, **settings)
    intraband = xr.DataArray(paired.superfluid_fraction, coords={"gap": STUDY_GAPS})
    return xr.Dataset(
        {"fermi_surface_fraction": surface.superfluid_fraction, "intraband_fraction": intraband}
    )


def cells(work: Path, jobs: int) -> xr.Dataset:
    """Compute all cells, and return them."""
    for functional in POINTS:
        last = published_cells.inner_crust(functional).baryon_density[-1]
        grid = {"functional": [functional], "baryon_density": [n for n in DENSITIES if n <= last]}
        sweep.run(crust_cell, grid, save=work / "cells", processes=jobs)
    grid = {"functional": [STUDIED["functional"]], "baryon_density": list(DENSITIES)}
    sweep.run(vibrating_cell, grid, save=work / "vibrating", processes=jobs)
    return merged(work)


def merged(work: Path) -> xr.Dataset:
    """Return the cells that are finished, with NaN for the others."""
    parts = []
    for path in sorted([*(work / "cells").glob("*.nc"), *(work / "vibrating").glob("*.nc")]):
        part = xr.load_dataset(path)
        point = json.loads(part.attrs.pop("point"))
        if "vibrating_gap" in part:
            del point["functional"]  # of one alone
        parts.append(part.expand_dims({name: [value] for name, value in point.items()}))
    result = xr.merge(parts, join="outer", compat="no_conflicts").sel(response=list(RESPONSES[::-1]))
    return result.reindex(functional=sorted(POINTS), baryon_density=sorted(DENSITIES))


def convergence(work: Path, jobs: int) -> xr.Dataset:
    """Compute how results depend on what they should not depend on; a variable's name ends in the study's."""
    functions: dict[str, Callable[..., Any]] = {
        "cutoff": by_cutoff,
        "grid": by_grid,
        "states": by_states,
        "fermi_surface": partial(by_divisions, bands=work / "fermi surface bands"),
        "mesh": by_mesh,
    }
    result = xr.Dataset()
    for name, function in functions.items():
        grid = {"baryon_density": STUDIED["baryon_density"], **STUDIES[name]}
        found = sweep.run(function, grid, save=work / name, processes=jobs)
        print(f"{name}: done", flush=True)
        result = result.merge(found.rename({v: f"{v}_by_{name}" for v in found.data_vars}))
    return result


RESULTS: dict[str, Callable[[Path, int], xr.Dataset]] = {
    "crust_entrainment": cells,
    "crust_entrainment_convergence": convergence,
}


def main() -> None:
    """Compute what is not there yet, for as long as is allowed, and store what is whole."""
    options = _options()
    if options.merge:
        write(merged(options.work), options.work / "partial.nc")
        return
    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, options.seconds)
    for name in [options.only] if options.only else RESULTS:
        path = options.out / f"{name}.nc"
        if path.exists():
            print(f"{name}: stored already")
            continue
        try:
            result = RESULTS[name](options.work, options.jobs)
        except KeyboardInterrupt as stop:
            sys.exit("\n".join([f"{name}: stopped", *getattr(stop, "__notes__", [])]))
        write(result, path)


def write(result: xr.Dataset, path: Path) -> None:
    """Store a result with what its numbers depend on."""
    studies = {"convergence of": STUDIED, "studies": STUDIES} if "convergence" in path.name else {}
    result.attrs = {
        "call": json.dumps(SETTINGS | studies),
        "crustlib": __version__,
        "versions": json.dumps(versions()),
        "date": datetime.now(UTC).date().isoformat(),
    }
    if "seconds" in result:
        seconds = float(result["seconds"].sum() + result["vibrating_seconds"].sum())
        result.attrs["seconds"] = f"{seconds:.0f}"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".nc.part")
    result.to_netcdf(part, engine="netcdf4", encoding=packed(result))
    part.replace(path)
    print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER, help="where results are stored")
    parser.add_argument("--work", type=Path, default=WORK, help="where finished points are kept")
    parser.add_argument("--seconds", type=float, default=0.0, help="for how long to work; 0: to the end")
    parser.add_argument("--jobs", type=int, default=1, help="points at a time")
    parser.add_argument("--only", choices=list(RESULTS), help="compute this result")
    parser.add_argument("--merge", action="store_true", help="write the cells that are there to partial.nc")
    return parser.parse_args()


if __name__ == "__main__":
    main()
