"""Compute the results that are stored in crustlib/data: ``make data``."""

import json
import platform
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from crustlib import crusts, nuclides
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.nuclides.pool import MASSES
from crustlib.transport.coulomb_table import coulomb_logarithm_table

FOLDER = Path(__file__).resolve().parents[1] / "crustlib" / "data"
MODEL = "AME2016+FRDM12+DZ31"
PRESSURES = np.geomspace(2e29, 1e31, 1200) / MEV_FM3_IN_DYN_CM2  # as in chapter 3

WARM_MATTER = partial(
    crusts.tabulate,
    np.geomspace(1e-8, 0.2, 21),  # fm^-3
    [0.1, 0.3, 0.5, 1.0, 2.0, 4.0],  # MeV
    [0.03, 0.1, 0.2, 0.35, 0.5],
    progress=False,
)

CRUSTS: dict[str, Callable[[], xr.Dataset]] = {
    "accreted_frdm12": partial(crusts.accreted, MODEL, splice="unmixed"),
    "accreted_frdm12_without_lattice": partial(crusts.accreted, MODEL, splice="unmixed", lattice=False),
    "ground_state_frdm12": partial(crusts.ground_state, MODEL, PRESSURES),
}


def main() -> None:
    """Store everything that the tables at hand allow."""
    store("coulomb_logarithm", coulomb_logarithm_table)
    crusts.tabulate(1e-3, 1.0, 0.3, progress=False)  # compiles
    store("warm_matter", WARM_MATTER, tables=sources(nuclides.mass_model(MASSES).provenance))
    store_crusts()


def store_crusts() -> None:
    """Store both crusts with the masses of FRDM(2012), or say why not."""
    try:
        tables = nuclides.mass_model(MODEL).provenance
    except FileNotFoundError as error:
        print(f"{', '.join(CRUSTS)}: left out, and what is stored stays as it is. {error}")
        return
    crusts.accreted(MODEL, pressure_max=1e-5)  # compiles, so that the seconds below are those of the run
    crusts.ground_state(MODEL, 1e-5)
    for name, compute in CRUSTS.items():
        store(name, compute, tables=sources(tables))


def sources(tables: Iterable[Any]) -> str:
    """Return names and checksums of tables of masses as JSON."""
    return json.dumps([{"name": t.name, "source": t.source, "sha256": t.sha256} for t in tables])


def store(name: str, compute: Callable[[], xr.Dataset], **attrs: str) -> None:
    """Compute one result and store it with what its numbers depend on."""
    start = time.perf_counter()
    result = compute()
    seconds = time.perf_counter() - start
    result.attrs |= attrs | {
        "versions": json.dumps(versions()),
        "seconds": f"{seconds:.2f}",
        "date": datetime.now(UTC).date().isoformat(),
    }
    path = FOLDER / f"{name}.nc"
    result.to_netcdf(path, engine="netcdf4", encoding=packed(result))
    print(f"{name}: {seconds:.2f} s, {path.stat().st_size / 1e3:.0f} kB")


def versions() -> dict[str, str]:
    """Return the versions of all that the numbers depend on."""
    return {"python": platform.python_version()} | {
        package: metadata.version(package)
        for package in ("numba", "numpy", "nucleardatapy", "scipy", "xarray")
    }


def packed(result: xr.Dataset) -> dict[str, dict]:
    """Return an encoding that loses nothing. A nuclide's column is one chunk, since most are mostly zero.

    What is small already is not packed: the index of its chunks would take more than packing saves.
    """
    small: dict = {"zlib": True, "complevel": 9, "shuffle": True}
    encoding: dict[str, dict] = {}
    for name in map(str, result.variables):
        text = result[name].dtype.kind == "U"
        packing = small if result[name].nbytes > 10_000 else {}
        encoding[name] = packing | ({"dtype": "S1"} if text else {"_FillValue": None})
    if "number_density" in result:
        encoding["number_density"]["chunksizes"] = (result.sizes["layer"], 1)
    return encoding


if __name__ == "__main__":
    main()
