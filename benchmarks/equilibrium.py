"""Statistical equilibrium on random states, and beside pynucastro's: counts and ratios."""

import importlib.util
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from crustlib import crusts
from crustlib.errors import ConvergenceError

STATES = 10_000
DENSITIES, TEMPERATURES, FRACTIONS = (1e-9, 0.066), (0.1, 10.0), (0.01, 0.6)
AT_ONCE = 50  # densities at one temperature: the partition functions of 9,300 nuclides are made once


def wrong(profile, Y_p) -> np.ndarray:
    """Say which layers break charge, baryons, chemical equilibrium or Euler's relation, by their columns."""
    n, n_e = profile["baryon_density"].values, profile["electron_density"].values
    nuclei = profile["number_density"].values
    charge = nuclei @ profile["Z"].values + profile["proton_density"].values
    baryons = nuclei @ profile["A"].values + (profile["neutron_density"] + profile["proton_density"]).values
    proton = (profile["mu_p"] + profile["coulomb_shift"] + profile["mu_e"]).values
    mu_n = profile["mu_n"].values
    euler = profile["free_energy"] + profile["pressure"] / n - (mu_n * (n - n_e) + proton * n_e) / n
    third = np.abs(mu_n - proton) > 1e-8 if Y_p is None else np.abs(n_e / n / Y_p - 1.0) > 1e-9
    off = (np.abs(charge / n_e - 1.0) > 1e-9) | (np.abs(baryons / n - 1.0) > 1e-9)
    return off | third | (np.abs(euler.values) > 1e-7)


def random_states(states: int = STATES, seed: int = 4) -> tuple[int, int]:
    """Solve random states; return how many raise, and how many are wrong."""
    random = np.random.default_rng(seed)
    raised, bad = 0, 0
    for group in range(states // AT_ONCE):
        T = 10 ** random.uniform(*np.log10(TEMPERATURES))
        n = 10 ** random.uniform(*np.log10(DENSITIES), AT_ONCE)
        Y_p = None if group % 2 else 10 ** random.uniform(*np.log10(FRACTIONS), AT_ONCE)
        try:
            solved = [(crusts.nse(n, T, Y_p), Y_p)]
        except ConvergenceError:
            solved = list(one_by_one(n, T, Y_p))
            raised += AT_ONCE - len(solved)
        bad += sum(int(wrong(profile, Y).sum()) for profile, Y in solved)
    return raised, bad


def one_by_one(n: np.ndarray, T: float, Y_p: np.ndarray | None) -> Iterator[tuple]:
    """Solve each state by itself, and leave out those that raise."""
    for k, density in enumerate(n):
        Y = None if Y_p is None else Y_p[k]
        try:
            yield crusts.nse(density, T, Y), Y
        except ConvergenceError as error:
            print(error, file=sys.stderr)


def alone_over_scan(points: int = 200, T: float = 0.4) -> float:
    """Return the time of a state in beta equilibrium solved by itself over that of one along a scan."""
    n = np.geomspace(1e-9, 0.06, points)
    crusts.nse(n, T)
    scanned = min(cpu(lambda: crusts.nse(n, T)) for _ in range(3)) / points
    return cpu(lambda: [crusts.nse(density, T) for density in n[::10]]) / len(n[::10]) / scanned


def cpu(work: Callable[[], object]) -> float:
    """Return the seconds of a core that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def beside_pynucastro(points: int = 3) -> tuple[int, float]:
    """Compare on pynucastro's own nuclides with known spins: their number, its time per point over ours.

    Its states have no excited states, interaction, volume or Coulomb energy; ours are the full model's, with
    three times as many nuclides. Both follow the same densities, each state started from the one before.
    """
    import pynucastro

    nuclei = [nucleus for nucleus in pynucastro.nucdata.get_all_nuclei() if nucleus.spin_states]
    for nucleus in nuclei:
        nucleus.partition_function = None
    network = pynucastro.NSENetwork(inert_nuclei=nuclei)
    density = np.geomspace(1e6, 2e6, points)  # g cm^-3
    _, guess = network.get_comp_nse(density[0], 5e9, 0.45, return_sol=True)
    start = time.process_time()
    for rho in density:
        _, guess = network.get_comp_nse(rho, 5e9, 0.45, init_guess=guess, return_sol=True)
    theirs = (time.process_time() - start) / points
    n = np.geomspace(6e-10, 1.2e-9, 200)
    crusts.nse(n, 0.431, 0.45)
    start = time.process_time()
    crusts.nse(n, 0.431, 0.45)
    return len(nuclei), theirs / ((time.process_time() - start) / n.size)


def equilibrium(states: int = STATES) -> Iterator[tuple[str, float]]:
    """Count random states that raise or are wrong; compare with single states and with pynucastro's."""
    yield "equilibrium: a state by itself / one along a scan of 200", alone_over_scan()
    raised, bad = random_states(states)
    yield f"equilibrium: states that raise / {states} random ones", raised / states
    yield f"equilibrium: states that are wrong / {states} random ones", bad / states
    if importlib.util.find_spec("pynucastro"):
        count, ratio = beside_pynucastro()
        yield f"pynucastro with {count} nuclides / equilibrium along a scan", ratio


if __name__ == "__main__":
    for what, ratio in equilibrium(*map(int, sys.argv[1:])):
        print(f"{what:<70} {ratio:>10.3g}", flush=True)
