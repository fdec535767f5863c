"""Print how Crustlib's parts compare with peers and limits measured in the same run: ratios only."""

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numba import njit

from benchmarks.bands import inner_crust
from benchmarks.equilibrium import equilibrium
from crustlib import crusts, nuclides, transport
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.crusts.layers import matter_of
from crustlib.crusts.medium import _medium
from crustlib.nuclides import tables
from crustlib.transport.coulomb_table import _each_logarithm, _splines

ROOT = Path(__file__).resolve().parents[1]
MODELS = ("AME2016+FRDM95+DZ31", "AME2016+HFB21+DZ31", "AME2016+DZ31")
STEP = 5e-4
SHORT_RUN = """
import time
from crustlib.crusts import accreted
call = dict(mass_model="AME2016+FRDM95", pressure_min=2e-7, pressure_max=1e-6, step=1e-3)
accreted(**call)
start = time.perf_counter()
accreted(**call)
print(time.perf_counter() - start)
"""


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """Return the least time of several that some work takes, after a first run that compiles."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def python(code: str, **environment: str) -> str:
    """Run code in a new interpreter and return what it prints."""
    command, settings = [sys.executable, "-c", code], {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, text=True).stdout


@njit
def solve_often(count, pressure, matter):
    """Solve the equation of state of 40Mg in neutrons as the network does: from a solution nearby."""
    n_b = 1e-3
    for k in range(count):
        n_b = _medium(pressure * (1.0 + 1e-5 * (k % 2)), 0.15, 0.5, 12.0 ** (2.0 / 3.0), matter, n_b).n_b
    return n_b


def network() -> list[tuple[str, float]]:
    """Compare the network with its equation of state, and with the ground state."""
    solves = 100_000
    pressure, matter = 3e30 / MEV_FM3_IN_DYN_CM2, matter_of(True, "SLy4")
    one_solve = seconds(lambda: solve_often(solves, pressure, matter)) / solves
    rows, times = [], []
    for model in MODELS:
        steps = float(crusts.accreted(model)["reaction_amount"].sum()) * 56.0 / STEP
        times.append(seconds(lambda model=model: crusts.accreted(model), repeats=3))
        rows.append((f"network, one step / one equation of state: {model}", times[-1] / steps / one_solve))
    P = np.geomspace(1e24, 1e31, 400) / MEV_FM3_IN_DYN_CM2
    ground = seconds(lambda: crusts.ground_state(MODELS[0], P), repeats=3)
    rows.append(("ground state in 400 layers / accreted crust", ground / times[0]))
    return rows


def compiled() -> list[tuple[str, float]]:
    """Compare a short run of the network without and with compilation."""
    with_jit, without = (float(python(SHORT_RUN, NUMBA_DISABLE_JIT=off)) for off in ("0", "1"))
    return [("network, JIT off / JIT on (short run, tables included)", without / with_jit)]


def imports() -> list[tuple[str, float]]:
    """Compare the time to import crustlib with that of its two largest dependencies."""
    empty, bare, ours = (
        seconds(lambda code=code: python(code), repeats=3)
        for code in ("pass", "import numpy, scipy.constants", "import crustlib.crusts")
    )
    return [("import of crustlib.crusts / of numpy and scipy.constants", (ours - empty) / (bare - empty))]


def masses() -> list[tuple[str, float]]:
    """Compare reading a table with reading its file, and evaluating a formula with looking it up."""
    rows = []
    package = Path(importlib.util.find_spec("nucleardatapy").origin).parents[1]
    for name in ("AME2016", "FRDM95", "HFB21"):
        path = package / nuclides.mass_model(name).provenance[0].source
        bare = seconds(lambda path=path: path.read_text(encoding="latin-1").split())
        load = seconds(lambda name=name: tables.mass_table.__wrapped__(name))
        rows.append((f"{name}: load / read and split the file", load / bare))
    model = nuclides.mass_model("DZ31")
    Z, A = model.nuclides
    formula = seconds(lambda: nuclides.duflo_zuker(Z, A))
    rows.append(("DZ31: formula / look-up, all nuclides", formula / seconds(lambda: model.mass_excess(Z, A))))
    return rows


def logarithms() -> list[tuple[str, float]]:
    """Compare the ways to a Coulomb logarithm, in time and in what they give."""
    Z, gamma, x_r = (
        v.ravel() for v in np.meshgrid([8.0, 26.0, 40.0], np.geomspace(10, 200, 8), np.geomspace(1, 100, 8))
    )
    times, values = {}, {}
    for method in ("fit", "table", "integral"):  # structure factors are kept: the integral's time is its own
        call = (Z, gamma, x_r, method)
        values[method] = transport.coulomb_logarithm(*call)
        times[method] = seconds(lambda call=call: transport.coulomb_logarithm(*call))
    many = np.tile(np.stack([Z, gamma, x_r]), 500)
    fit, table = (seconds(lambda m=m: transport.coulomb_logarithm(*many, m)) for m in ("fit", "table"))
    rows = [
        ("Coulomb logarithm: integral / table, time", times["integral"] / times["table"]),
        ("Coulomb logarithm: table / fit, time of 96,000", table / fit),
    ]
    for method in ("table", "fit"):
        error = np.abs(values[method] / values["integral"] - 1.0)
        rows.append((f"Coulomb logarithm: {method} / integral, largest difference", error.max()))

    def with_closure(name: str) -> float:
        return transport.coulomb_integral(
            lambda k: transport.structure_factor(k, 100.0, closure=name), 26, 10.0
        )

    difference = with_closure("hnc") / with_closure("bridge") - 1.0
    couplings = iter(np.linspace(100.0, 110.0, 20))  # what is solved once is kept
    solved = seconds(lambda: transport.solve(next(couplings)))
    one = seconds(lambda: transport.coulomb_logarithm(26, 100, 10, "integral"))
    return [
        *rows,
        ("Coulomb logarithm: hnc / bridge, difference", difference),
        ("structure factor solved / Coulomb integral over one, time", solved / one),
    ]


def conductivities() -> list[tuple[str, float]]:
    """Compare the conductivity of 100 layers of 50 species with reading the table for each."""
    Z = np.arange(4.0, 54.0)
    x = np.random.default_rng(1).dirichlet(np.ones(50), 100)
    density = np.geomspace(1e6, 1e11, 100)
    whole = seconds(lambda: transport.conductivity(density, 5e8, Z, 2.2 * Z, x), repeats=20)
    plasma = transport.parameters(density, 5e8, Z, 2.2 * Z, x)
    flat = [np.ascontiguousarray(np.broadcast_to(v, x.shape)).ravel() for v in (Z, plasma.gamma_j)]
    flat.append(np.repeat(plasma.x_r, 50))
    spline, _ = _splines("elastic")
    bare = seconds(lambda: _each_logarithm(spline, *flat), repeats=20)
    return [("conductivity, 100 layers of 50 species / bare table", whole / bare)]


def notebooks() -> list[tuple[str, float]]:
    """Compare the time each notebook took to run in the last build of the book with their sum."""
    caches = list((ROOT / "_build" / ".jupyter_cache").glob("*/global.db"))  # one, of the last build
    if not caches:
        print("The book is not built: no notebook times (make book).")
        return []
    from jupyter_cache import get_cache

    records = get_cache(caches[0].parent).list_cache_records()
    times = {Path(record.uri).stem: record.data.get("execution_seconds", 0.0) for record in records}
    total = sum(times.values())
    return [(f"notebook {name} / all notebooks", spent / total) for name, spent in sorted(times.items())]


def main() -> None:
    """Measure and print everything."""
    measures = (
        network, compiled, imports, masses, logarithms, conductivities, inner_crust, equilibrium, notebooks
    )  # fmt: skip
    for measure in measures:
        for what, ratio in measure():
            print(f"{what:<70} {ratio:>10.3g}", flush=True)


if __name__ == "__main__":
    main()
