"""Numbers that claims about molecular dynamics are held against: from the stored simulations."""

import functools
import json
from itertools import pairwise

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from crustlib import data, transport
from crustlib.claims import plasma_mixtures as plasma
from crustlib.figures import structure
from crustlib.figures.structure import Mixture
from crustlib.transport import thermodynamics

Array = NDArray[np.float64]

TABLE_2 = {number: f"md_table2_{number}" for number in (1, 3, 6)}  # five charges with their moments
ASH = ("md_ash_75", "md_ash_150")
BARE = ("md_broad", "md_narrow", *ASH, *TABLE_2.values())
SCREENED = ("md_broad_yukawa", "md_narrow_yukawa")
COLD = "md_cold"
NUMBERS = {name: number for number, name in TABLE_2.items()}
WINDOW = 0.12  # of the peak's own wave number, on either side: where a cubic is put through it
X_R = 10.0  # where electrons are not Table 2's
BINS = 40  # of k up to 2 k_F, in which noise is averaged

# Table 3: nuclei, and lengths of wave vectors used for S_zz
TABLE_3 = {
    1: (9718, 1441), 2: (19864, 2464), 3: (19851, 2497), 4: (19840, 2503), 5: (19851, 2497),
    6: (14862, 2107), 7: (19849, 2517), 8: (19857, 2517), 9: (14847, 2107), 10: (19859, 2506),
    11: (19870, 2869), 12: (19875, 3095), 13: (19871, 3287), 14: (19898, 3350), 15: (29888, 4299),
    16: (39903, 4972), 17: (19937, 2143),
}  # fmt: skip
# Species of each mixture before and after rare ones are left out (Table 2), and in the simulation (Table 3)
SPECIES = {
    1: (450, 55, 55), 2: (419, 50, 50), 3: (451, 52, 52), 4: (432, 52, 52), 5: (405, 50, 50),
    6: (400, 53, 53), 7: (398, 53, 53), 8: (406, 52, 52), 9: (411, 49, 49), 10: (404, 49, 49),
    11: (372, 52, 52), 12: (355, 50, 50), 13: (363, 54, 54), 14: (341, 50, 50), 15: (344, 49, 49),
    16: (341, 46, 46), 17: (206, 24, 24),
}  # fmt: skip
ROUND = 5000  # nuclei: what numbers of Table 3 fall short of a multiple of


@functools.cache
def run(name: str) -> xr.Dataset:
    """Return a stored simulation."""
    return data.load(name)


@functools.cache
def ions(name: str) -> Mixture:
    """Return what a simulation's box holds; electrons are Table 2's, or have x_r = 10."""
    box, settings = run(name), json.loads(run(name).attrs["settings"])
    Z, x = box["all_Z"].values, box["all_ions"].values / box["all_ions"].values.sum()
    x_r = structure.table_mixture(NUMBERS[name]).x_r if name in NUMBERS else X_R
    return Mixture(float(settings["gamma"] / (x @ Z ** (5 / 3))), Z, x, x_r, settings["screening"])


@functools.cache
def by_rule(name: str, rule: str) -> Array:
    """Return S_zz by a mixing rule at the wave numbers of a simulation.

    Beside those of `crustlib.transport.mixing` there is "own": S - 1 with the weights of (39) as printed, but
    the S_j of each species at its own wave number k a_j, as a reader may take (39); it obeys (36), too.
    """
    box, k = ions(name), run(name)["k"].values
    if rule != "own":
        return structure.structure(box, k, rule)
    Z, x = box.charges, box.fractions
    lengths, weights = (Z / box.mean_Z) ** (1 / 3), box.mean_Z ** (1 / 3) * x * Z ** (5 / 3) / (x @ Z**2)
    alone = (
        transport.amorphous_structure_factor(k, box.gamma_e * charge ** (5 / 3), box.screening * length)[0]
        for charge, length in zip(Z, lengths, strict=True)
    )
    return 1.0 + np.sum([w * (S - 1.0) for w, S in zip(weights, alone, strict=True)], axis=0)


# -- Coulomb logarithms


@functools.cache
def missed(name: str, rule: str) -> tuple[float, float]:
    """Return by how many per cent a rule misses a simulation's ln Lambda, and by how many standard errors."""
    value, error = transport.simulated_logarithm(run(name), ions(name).x_r)
    flat = np.tile(by_rule(name, rule), (2, 1))  # the same k, the same sum
    by_the_rule, _ = transport.simulated_logarithm(
        run(name).drop_dims("block").assign(S_zz_blocks=(("block", "k"), flat)), ions(name).x_r
    )
    return 100.0 * (by_the_rule / value - 1.0), (by_the_rule - value) / error


def worst_rule(rule: str, names: tuple[str, ...] = BARE) -> float:
    """Return by how many per cent at most a rule misses ln Lambda of these simulations."""
    return max(abs(missed(name, rule)[0]) for name in names)


def errors_apart(rule: str) -> float:
    """Return by how many standard errors a rule misses ln Lambda of the broad mixture."""
    return abs(missed("md_broad", rule)[1])


def box_matters() -> float:
    """Return by how many standard errors ln Lambda of 1000 and of 5000 ions differ (Gamma = 100, x_r = 5)."""
    pairs = [transport.simulated_logarithm(run(name), 5.0) for name in ("md_ocp_100", "md_ocp_100_large")]
    return abs(pairs[0][0] - pairs[1][0]) / float(np.hypot(pairs[0][1], pairs[1][1]))


def still_settling() -> float:
    """Return by how many standard errors ln Lambda of a mixture changes from a run's first half, at most."""
    changes = []
    for name in BARE:
        halves = [run(name).isel(block=part) for part in (slice(10), slice(10, 20))]
        (first, e1), (last, e2) = (transport.simulated_logarithm(half, ions(name).x_r) for half in halves)
        changes.append(abs(last - first) / float(np.hypot(e1, e2)))
    return max(changes)


# -- structure factors


def peak(k: Array, S: Array, weights: Array, near: float) -> tuple[float, float]:
    """Return where (ka) the peak near a wave number lies, and how high it is: a cubic through its top."""
    top = near
    for _ in range(3):  # until the window is around the peak
        there = np.abs(k - top) < WINDOW * near
        cubic = np.polynomial.Polynomial.fit(k[there], S[there], 3, w=np.sqrt(weights[there]))
        tops = cubic.deriv().roots()
        top = float(tops[cubic.deriv(2)(tops).real < 0.0].real[0])
    return top, float(cubic(top))


@functools.cache
def first_peak(name: str, rule: str = "") -> tuple[float, float]:
    """Return where (ka) the first peak of a simulation's S_zz lies, and how high it is; or that of a rule."""
    k, vectors = run(name)["k"].values, run(name)["vectors"].values
    S = by_rule(name, rule) if rule else run(name)["S_zz"].values
    near = k[by_rule(name, "linear").argmax()]
    return peak(k, S, vectors, float(near))


def place_of_peaks() -> float:
    """Return where (k/2k_F) the first peaks of Table 2's mixtures lie: the one farthest from 0.33."""
    places = [first_peak(name)[0] / ions(name).wave_number for name in TABLE_2.values()]
    return max(places, key=lambda place: abs(place - 0.33))


def least_rise_of_peaks() -> float:
    """Return by how much the first peak rises from one such mixture to the next, at least."""
    return min(second - first for first, second in pairwise(first_peak(n)[1] for n in TABLE_2.values()))


def shift_of_peaks() -> float:
    """Return by how much of 2k_F at most rule (30) moves a first peak of theirs."""
    names = TABLE_2.values()
    return max(abs(first_peak(n, "linear")[0] - first_peak(n)[0]) / ions(n).wave_number for n in names)


def excess_of_peaks(rule: str = "linear") -> float:
    """Return by how many per cent at most a rule raises a first peak of theirs."""
    return 100.0 * max(first_peak(n, rule)[1] / first_peak(n)[1] - 1.0 for n in TABLE_2.values())


@functools.cache
def smoothed(name: str, rule: str = "") -> tuple[Array, Array]:
    """Return k/2k_F and S_zz, averaged in equal bins over all vectors, of a simulation or by a rule."""
    k, vectors = run(name)["k"].values / ions(name).wave_number, run(name)["vectors"].values
    S = by_rule(name, rule) if rule else run(name)["S_zz"].values
    bins = np.minimum((k * BINS).astype(int), BINS - 1)
    weight, filled = np.bincount(bins, vectors, BINS), np.bincount(bins, minlength=BINS) > 0
    sums = [np.bincount(bins, vectors * v, BINS)[filled] / weight[filled] for v in (k, S)]
    return sums[0], sums[1]


def disagreement(rule: str) -> float:
    """Return by how many per cent of the first peak's height a rule is off at most, in Table 2's mixtures."""
    off = [np.abs(smoothed(n, rule)[1] - smoothed(n)[1]).max() / first_peak(n)[1] for n in TABLE_2.values()]
    return 100.0 * float(max(off))


def damping() -> float:
    """Return the second peak's height above 1 over the first's, the largest of these mixtures."""
    ratios = []
    for name in TABLE_2.values():
        k, S, vectors = (run(name)[v].values for v in ("k", "S_zz", "vectors"))
        first, top = first_peak(name)
        second = peak(k, S, vectors, 1.9 * first)[1]
        ratios.append((second - 1.0) / (top - 1.0))
    return max(ratios)


def limit_of_structure() -> float:
    """Return S_zz at 2 k_F, over the last tenth of the wave numbers: the one farthest from 1."""
    ends = []
    for name in TABLE_2.values():
        k, S = smoothed(name)
        ends.append(float(S[k > 0.9].mean()))
    return max(ends, key=lambda end: abs(end - 1.0))


def like_structure(names: tuple[str, ...] = BARE + SCREENED) -> float:
    """Return the largest structure factor of ions of one charge, at any wave number, in any of these."""
    return max(float(np.einsum("aak->ak", run(name)["S_ab"].values).max()) for name in names)


# -- pairs


def commonest(name: str) -> tuple[Array, Array]:
    """Return r/a and the pair distribution of the most frequent charge."""
    box = run(name)
    j = int(box["ions"].values.argmax())
    return box["r"].values, box["g_ab"].values[j, j]


def hole() -> float:
    """Return the largest g of the most frequent charges of Table 2's mixtures at distances below 0.8 a."""
    return max(float(g[r < 0.8].max()) for r, g in map(commonest, TABLE_2.values()))


def order_in_space() -> float:
    """Return the distance of the first two peaks of g over 2 pi/k of S_zz's, the mean of these mixtures."""
    found = []
    for name in TABLE_2.values():
        r, g = commonest(name)
        first = float(r[g.argmax()])
        beyond = np.abs(r - 2.0 * first) < 0.3 * first
        smooth = np.polynomial.Polynomial.fit(r[beyond], g[beyond], 4)
        second = r[beyond][smooth(r[beyond]).argmax()]
        found.append((second - first) * first_peak(name)[0] / (2.0 * np.pi))
    return float(np.mean(found))


# -- energies


def energy_by_mixing(names: tuple[str, ...] = BARE) -> float:
    """Return the linear mixing rule's energy over the simulated one: the one farthest from 1."""
    ratios = []
    for name in names:
        box = ions(name)
        u = plasma.energy_of_liquid(box.gamma_e * box.charges ** (5 / 3))
        ratios.append(float(box.fractions @ u / run(name)["u_ex"]))
    return max(ratios, key=lambda ratio: abs(ratio - 1.0))


def screened_energy_by_mixing() -> float:
    """Return the same with screened forces, each charge alone by its integral equations."""
    ratios = []
    for name in SCREENED:
        box, u = ions(name), 0.0
        for Z, x in zip(box.charges, box.fractions, strict=True):
            length = (Z / box.mean_Z) ** (1 / 3)
            alone = transport.solve(box.gamma_e * Z ** (5 / 3), box.screening * length)
            u += x * thermodynamics.excess_energy(alone)
        ratios.append(u / float(run(name)["u_ex"]))
    return max(ratios, key=lambda ratio: abs(ratio - 1.0))


def share_of_crystal() -> float:
    """Return how far the energy at 0.8 of the melting temperature is from a liquid's to a crystal's."""
    gamma, u = float(run("md_supercooled").attrs["gamma"]), float(run("md_supercooled")["u_ex"])
    liquid = float(plasma.energy_of_liquid(gamma))
    return (u - liquid) / (plasma.energy_of_crystal(gamma) - liquid)


def energy_drift() -> float:
    """Return by how much of itself the total energy departs, with the paper's time step."""
    return float(run("md_energy")["energy_drift"])


# -- Tables 2 and 3


def reach_of_norms() -> float:
    """Return how much of 2 k_F the numbers N_k of lengths of wave vectors reach, the median of Table 3."""
    squares = np.arange(100.0) ** 2
    sums = np.unique(squares[:, None, None] + squares[:, None] + squares)[1:]  # n^2, less 0
    reached = []
    for number, (nuclei, norms) in TABLE_3.items():
        last = 2.0 * np.pi * np.sqrt(sums[norms - 1]) / np.cbrt(4.0 / 3.0 * np.pi * nuclei)
        reached.append(last / (2.0 * plasma.TABLE_2_DENSITY[number][1]))
    return float(np.median(reached))


def other_species() -> int:
    """Count mixtures whose number of species differs between Tables 2 and 3."""
    return sum(selected != simulated for _, selected, simulated in SPECIES.values())


def nuclei_left_out() -> float:
    """Return how many nuclei a species left out of a simulation has, the largest mean of a mixture."""
    missing = {number: -row[0] % ROUND for number, row in TABLE_3.items()}
    return max(missing[n] / (before - after) for n, (before, after, _) in SPECIES.items())
