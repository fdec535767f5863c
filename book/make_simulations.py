"""Run the simulations that chapter 9 shows, and store them in crustlib/data: ``make data``.

A run that was stopped goes on where it was: ``python book/make_simulations.py --out DIR --seconds 560`` works
for that long and says how many runs are left. ``--list`` prints them.
"""

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import least_squares

from crustlib import transport
from crustlib.nuclides.mixtures import MIXTURES

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "crustlib" / "data"
KEPT = 5  # species, the most abundant ones, whose partial structures are stored
SHORT_OF = 30.0  # seconds before the end in which no run is begun
THOMAS_FERMI = 0.185  # k_TF a_e of relativistic electrons: below equation (33)
FINE = ["S_zz_blocks", "S_ab", "g_ab"]  # are stored in single precision: their errors are 1e-3

# Table 2 of Daligault & Gupta (2009): <Z>, <Z^2>, Gamma_eff; the five charges are ours
TABLE_2 = {
    1: (37.0, 1597.0, 32.3, (12, 26, 38, 48, 58)),
    3: (38.0, 1564.0, 97.9, (20, 28, 38, 46, 56)),
    6: (38.0, 1536.0, 153.2, (22, 30, 38, 44, 54)),
}
COLD = (32.0, 1119.0, 436.8, (14, 24, 32, 40, 50))  # its mixture 14, far below where one component freezes
BROAD = {"Z": [8, 26, 40], "x": [0.2, 0.3, 0.5], "gamma": 100.0}
SHORT, LONG = {"equilibrate": 3000, "steps": 5000}, {"steps": 8000}  # screened steps take twice as long
NARROW = {"Z": [26, 34, 38, 44], "x": [0.25, 0.25, 0.25, 0.25], "gamma": 143.0}
SUPERCOOLED = 215.0  # one component at 0.8 of its melting temperature: 432 ions would fit into a bcc crystal
PAPERS_STEP = {"time_step": 0.01, "accuracy": 1e-6}  # appendix A, and what conserves energy as it says


def with_moments(charges: Sequence[int], mean: float, mean_square: float) -> list[float]:
    """Return the number fractions exp(a + b Z + c Z^2) of these charges that have these two moments."""
    Z = np.array(charges, dtype=float)
    z = (Z - mean) / Z.std()

    def fractions(p: np.ndarray) -> np.ndarray:
        weights = np.exp(p[0] * z + p[1] * z**2)
        return weights / weights.sum()

    def miss(p: np.ndarray) -> list[float]:
        return [fractions(p) @ z, fractions(p) @ z**2 - (mean_square - mean**2) / Z.var()]

    return fractions(least_squares(miss, [0.0, 0.0], xtol=1e-14, ftol=1e-14, gtol=1e-14).x).tolist()


def yukawa(mixture: dict[str, Any]) -> dict[str, Any]:
    """Return a mixture with the screening of relativistic electrons."""
    mean = float(np.average(mixture["Z"], weights=mixture["x"]))
    return mixture | {"screening": round(THOMAS_FERMI * float(np.cbrt(mean)), 4)}


def runs() -> dict[str, dict[str, Any]]:
    """Return the arguments of `crustlib.transport.simulate` by the name of the result, the longest first."""
    listed: dict[str, dict[str, Any]] = {}
    pure = {"Z": [26], "x": [1.0]}
    large = {"gamma": 100.0, "ions": 5000, "steps": 12000, "every": 60}
    listed["md_ocp_100_large"] = pure | large | {"processes": max(1, (os.cpu_count() or 1) // 4)}
    ash = {"Z": list(MIXTURES["burst ash"]), "x": list(MIXTURES["burst ash"].values()), "ions": 2000}
    for gamma in (75.0, 150.0):
        listed[f"md_ash_{gamma:.0f}"] = ash | {"gamma": gamma}
    for gamma in (160.0, 100.0, 40.0, 10.0):
        length = LONG if gamma == 100.0 else SHORT
        listed[f"md_ocp_yukawa_{gamma:.0f}"] = yukawa(pure) | length | {"gamma": gamma}
    listed["md_narrow_yukawa"], listed["md_broad_yukawa"] = yukawa(NARROW) | SHORT, yukawa(BROAD) | LONG
    for number, (mean, mean_square, gamma, charges) in TABLE_2.items():
        x = with_moments(charges, mean, mean_square)
        listed[f"md_table2_{number}"] = {"Z": list(charges), "x": x, "gamma": gamma, "steps": 10000}
    listed["md_narrow"], listed["md_broad"] = NARROW | {"steps": 10000}, BROAD
    listed["md_ocp_100"] = pure | {"gamma": 100.0}
    for gamma in (160.0, 40.0, 10.0):
        listed[f"md_ocp_{gamma:.0f}"] = pure | {"gamma": gamma, "steps": 10000}
    listed["md_supercooled"] = pure | {"gamma": SUPERCOOLED, "ions": 432, "steps": 10000}
    few = {"ions": 500, "equilibrate": 3000, "steps": 6000, "every": 100}
    listed["md_energy"] = BROAD | few | PAPERS_STEP
    mean, mean_square, gamma, charges = COLD
    cold = {"Z": list(charges), "x": with_moments(charges, mean, mean_square), "gamma": gamma}
    listed["md_cold"] = cold | {"ions": 2000, "steps": 8000}
    return {name: {"seed": 100 + i} | arguments for i, (name, arguments) in enumerate(listed.items())}


def main() -> None:
    """Run what is not stored yet, several at a time, for as long as is allowed."""
    options = _options()
    if options.only:
        store(options.only, runs()[options.only], options.out)
        return
    missing = [name for name in runs() if not (options.out / f"{name}.nc").exists()]
    if options.list:
        for name, arguments in runs().items():
            print(name, "to do" if name in missing else "stored", json.dumps(arguments))
        return
    end = time.monotonic() + options.seconds if options.seconds else np.inf
    failed = work(missing, options, end)
    left = [name for name in missing if not (options.out / f"{name}.nc").exists()]
    print(f"{len(runs()) - len(left)} of {len(runs())} runs are stored; left: {', '.join(left) or 'none'}")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER, help="where results are stored")
    parser.add_argument("--work", type=Path, default=ROOT / "_build" / "simulations", help="trajectories")
    parser.add_argument("--seconds", type=float, default=0.0, help="for how long to work; 0: to the end")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="runs at a time")
    parser.add_argument("--list", action="store_true", help="print the runs, and run none")
    parser.add_argument("--only", choices=list(runs()), help="run this one, here")
    return parser.parse_args()


def work(names: list[str], options: argparse.Namespace, end: float) -> list[str]:
    """Run each in a process of its own; at the end of time interrupt them all. Return which failed."""
    waiting, running, failed = list(names), {}, []
    command = [sys.executable, __file__, "--out", options.out, "--work", options.work, "--only"]
    environment = dict(os.environ) | {"OPENBLAS_NUM_THREADS": "1"}  # the runs share the cores
    try:
        while (waiting or running) and time.monotonic() < end:
            while waiting and len(running) < options.jobs and time.monotonic() < end - SHORT_OF:
                name = waiting.pop(0)
                running[name] = subprocess.Popen([*map(str, command), name], env=environment)
            for name, program in list(running.items()):
                if program.poll() is not None:
                    del running[name]
                    failed += [name] * (program.returncode != 0)
            if not running and time.monotonic() >= end - SHORT_OF:
                break
            time.sleep(0.2)
    finally:
        for program in running.values():
            program.send_signal(signal.SIGINT)
        for program in running.values():
            program.wait()
    return failed


def store(name: str, arguments: dict[str, Any], out: Path) -> None:
    """Run one simulation, or go on with it, and store it."""
    folder = _options().work / name
    folder.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    spent = folder / "seconds"  # of the calls before, which were stopped
    before = float(spent.read_text()) if spent.exists() else 0.0
    try:
        run = transport.simulate(**arguments, save=folder, progress=False)
    except KeyboardInterrupt:
        spent.write_text(str(before + time.perf_counter() - start))
        sys.exit(f"{name}: stopped")
    most = np.sort(np.argsort(-run["ions"].values, kind="stable")[:KEPT])
    run["all_Z"], run["all_ions"] = run["Z"].rename(species="every"), run["ions"].rename(species="every")
    run = run.isel(species=most, other=most)
    run.attrs |= {
        "call": json.dumps({"function": "transport.simulate"} | arguments),
        "seconds": f"{before + time.perf_counter() - start:.0f}",
        "versions": json.dumps(versions(run.attrs["lammps"])),
        "date": datetime.now(UTC).date().isoformat(),
    }
    packed = {"zlib": True, "complevel": 9, "shuffle": True, "_FillValue": None}
    encoding = {str(v): packed | ({"dtype": "f4"} if v in FINE else {}) for v in run.variables if run[v].ndim}
    out.mkdir(parents=True, exist_ok=True)
    part = out / f"{name}.nc.part"
    run.to_netcdf(part, engine="netcdf4", encoding=encoding)
    part.replace(out / f"{name}.nc")
    shutil.rmtree(folder)
    print(f"{name}: {run.attrs['seconds']} s, {(out / f'{name}.nc').stat().st_size / 1e3:.0f} kB", flush=True)


def versions(lammps: str) -> dict[str, str]:
    """Return the versions of all that the numbers depend on."""
    packages = {package: metadata.version(package) for package in ("numba", "numpy", "xarray")}
    return {"python": platform.python_version(), "lammps": lammps} | packages


if __name__ == "__main__":
    main()
