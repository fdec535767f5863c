"""Numbers that claims about plasmas of many species are held against: energies, structure, mixing rules."""

import functools
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from crustlib import transport
from crustlib.constants import ATOMIC_MASS_UNIT_G, ELECTRON_MASS_MEV, MEV_IN_KELVIN, PER_FM3_IN_PER_CM3
from crustlib.figures import structure
from crustlib.figures.structure import TABLE_2, TABLE_4, Mixture
from crustlib.matter import coulomb, electrons
from crustlib.nuclides.mixtures import MIXTURES
from crustlib.transport import thermodynamics
from crustlib.transport.bridge import equivalent_coupling
from crustlib.transport.screening import FERMI_RADIUS

Array = NDArray[np.float64]

# Daligault & Gupta (2009), Table 2: density (g cm^-3) and a k_F
TABLE_2_DENSITY = {
    1: (8.59e6, 6.44), 2: (1.01e8, 6.46), 3: (2.49e8, 6.44), 4: (4.33e8, 6.52), 5: (7.08e8, 6.42),
    6: (1.00e9, 6.41), 7: (2.87e9, 6.37), 8: (4.85e9, 6.31), 9: (1.00e10, 6.26), 10: (2.17e10, 6.20),
    11: (3.74e10, 6.18), 12: (4.26e10, 6.18), 13: (4.81e10, 6.14), 14: (5.99e10, 6.15), 15: (7.37e10, 6.15),
    16: (9.13e10, 6.04), 17: (1.75e11, 5.95),
}  # fmt: skip
TABLE_1 = {0.0: 171.8, 0.2: 173.5, 0.4: 178.6, 0.6: 187.1, 0.8: 199.6, 1.0: 217.4}  # screening: Gamma_m
FIDUCIAL = 5e8  # K
BROAD = ([8, 26, 40], [0.2, 0.3, 0.5])
ASH = (list(MIXTURES["burst ash"]), list(MIXTURES["burst ash"].values()))
NUCLEI_IN_BOX = 9718  # of mixture 1: Table 3
PEAK_RANGE = (3.5, 5.5)  # of ka, where the first peak of S lies


@functools.cache
def broad(gamma_eff: float = 100.0) -> Mixture:
    """Return a broad mixture: charges 8, 26 and 40 in numbers of 2 to 3 to 5."""
    return structure.mixture(*BROAD, gamma_eff)


def error_of_rule(rule: str) -> float:
    """Return by how many per cent a rule misses ln Lambda of the solved broad mixture, without the sign."""
    return abs(structure.logarithms(broad())[rule])


def worst_error(rule: str) -> float:
    """Return the largest such error (per cent) of the broad mixture from weak coupling to strong."""
    found = [structure.logarithms(broad(gamma))[rule] for gamma in (1.0, 5.0, 20.0, 50.0, 100.0)]
    return max(abs(error) for error in found)


def rules_apart() -> float:
    """Return by how many per cent at most (40) as printed changes (30) for the mixtures of Table 2."""
    apart = []
    for number in TABLE_2:
        ions = structure.table_mixture(number)
        either = [
            transport.mixture_logarithm(ions.gamma_e, ions.charges, ions.fractions, ions.x_r, rule)
            for rule in ("linear", "paper")
        ]
        apart.append(abs(either[1] / either[0] - 1.0))
    return 100.0 * float(max(apart))


def sum_of_weights() -> float:
    """Return the sum of <Z>^(1/3) x Z^(5/3) / <Z^2>, (39) as printed, over the broad mixture."""
    ions = broad()
    Z, x = ions.charges, ions.fractions
    return float(ions.mean_Z ** (1 / 3) * (x @ Z ** (5 / 3)) / (x @ Z**2))


def limit_of_structure() -> float:
    """Return S_zz of the solved broad mixture at a large wave number."""
    return float(structure.structure(broad(), np.array([60.0]))[0])


# -- energies


@functools.cache
def solved(screened: bool = False) -> transport.solutions.MixtureSolution:
    """Return the solved broad mixture, screened like Table 2's or not."""
    ions = structure.mixture(*BROAD, 100.0, screened=screened)
    return transport.solve_mixture(ions.gamma_e, ions.charges, ions.fractions, ions.screening)


def energy_over_bound(gamma_eff: float = 100.0) -> float:
    """Return u_ex of the solved broad mixture over the bound (6)."""
    ions = broad(gamma_eff)
    solution = transport.solve_mixture(ions.gamma_e, ions.charges, ions.fractions)
    return thermodynamics.excess_energy(solution) / thermodynamics.energy_bound(gamma_eff)


def linear_mixing(quantity: str) -> float:
    """Return the "energy" or "free energy" by the linear mixing rule over the solved mixture's."""
    ions = broad()
    plasma = ions.gamma_e, ions.charges, ions.fractions
    if quantity == "energy":
        by_rule, exact = thermodynamics.linear_mixing_energy(*plasma), thermodynamics.excess_energy
    else:
        by_rule, exact = thermodynamics.linear_mixing_free_energy(*plasma), thermodynamics.excess_free_energy
    return by_rule / exact(solved())


def energy_38(screened: bool, printed: bool) -> float:
    """Return u_ex by (38) over that from the pair distributions, last term as printed or with its factor."""
    solution = solved(screened)
    u = thermodynamics.excess_energy_from_structure(solution)
    if printed:
        x, strengths = solution.fractions, solution.strengths.diagonal()  # Z_j^2 Gamma_e / <Z>^(1/3)
        u += 0.5 * solution.screening * float(x @ strengths - x @ solution.charges**2)
    return u / thermodynamics.excess_energy(solution)


def energy_by_rule(rule: str) -> float:
    """Return (38), without screening and up to ka = 40, of S_zz by a rule over u_ex that mixes linearly."""
    ions = broad()
    step = 0.01
    k = step * np.arange(0.5, 4000.0)
    weight = ions.gamma_e / np.pi * (ions.fractions @ ions.charges**2) / ions.mean_Z ** (1 / 3)
    u = weight * step * (structure.structure(ions, k, rule) - 1.0).sum()
    return float(u / thermodynamics.linear_mixing_energy(ions.gamma_e, ions.charges, ions.fractions))


def coupling_with_printed_radius() -> float:
    """Return sum x_j Gamma_j over Gamma_eff of burst ash, with the printed a_j = (3/4 pi n_j)^(1/3)."""
    Z, x = (np.array(values, dtype=float) for values in ASH)
    coupling = Z**2 * np.cbrt(x / (x @ Z))  # over Gamma_e; a_e/a_j is the root of n_j/n_e
    return float(x @ coupling / (x @ Z ** (5 / 3)))


def printed_fermi_wave_number() -> float:
    """Return (3 pi^2 Z_j n_j)^(1/3) over k_F for the most frequent nuclei of burst ash."""
    Z, x = (np.array(values, dtype=float) for values in ASH)
    j = x.argmax()
    return float(np.cbrt(x[j] * Z[j] / (x @ Z)))


# -- one component, and melting


def energy_of_liquid(gamma: ArrayLike) -> Array:
    """Return u_ex of a liquid of one component: Potekhin & Chabrier (2000), Physical Review E 62, 8554."""
    g = np.asarray(gamma, dtype=float)
    a1, a2 = -0.907347, 0.62849
    a3 = -np.sqrt(3.0) / 2.0 - a1 / np.sqrt(a2)
    u = g**1.5 * (a1 / np.sqrt(a2 + g) + a3 / (1.0 + g))
    return np.asarray(u + 0.0045 * g**2 / (170.0 + g) - 8.4e-5 * g**2 / (0.0037 + g**2))


def energy_of_crystal(gamma: float) -> float:
    """Return u_ex of a bcc crystal: Farouki & Hamaguchi (1993), Physical Review E 47, 4330."""
    return -0.895929 * gamma + 1.5 + 10.9 / gamma + 247.0 / gamma**2 + 1.765e5 / gamma**3


@functools.cache
def melting() -> float:
    """Return the coupling at which liquid and bcc crystal of one component have the same free energy."""

    def excess(gamma: float) -> float:
        t, weights = (v / 2.0 for v in np.polynomial.legendre.leggauss(200))
        t = t + 0.5  # the coupling is gamma t^2: u starts as its power 3/2
        liquid = weights @ (2.0 * energy_of_liquid(gamma * t**2) / t)
        free = -0.895929 * gamma + 1.5 * np.log(gamma) - 1.1703  # harmonic: 3 <ln(omega/omega_p)> = -2.4939
        crystal = free - 10.9 / gamma - 247.0 / (2.0 * gamma**2) - 1.765e5 / (3.0 * gamma**3)
        return float(liquid - crystal)

    return float(brentq(excess, 120.0, 250.0))


def entropy_of_melting() -> float:
    """Return the jump of entropy (k_B per ion, at constant volume) at that coupling: energy over T."""
    return float(energy_of_liquid(melting()) - energy_of_crystal(melting()))


def equivalent_melting() -> float:
    """Return how far equivalent couplings of the Gamma_m of Table 1 spread, over that without screening."""
    found = [equivalent_coupling(gamma, kappa) for kappa, gamma in TABLE_1.items()]
    return float(np.abs(np.array(found) / found[0] - 1.0).max())


def energy_of_motion(gamma: float) -> float:
    """Return |u_ex|, the energy of interaction, over the thermal 3/2 of one component."""
    return abs(thermodynamics.excess_energy(transport.solve(gamma))) / 1.5


@functools.cache
def first_peak(gamma: float = 100.0) -> tuple[float, float]:
    """Return where (ka) the first peak of S of one component lies, and how high it is."""
    k = np.linspace(*PEAK_RANGE, 401)
    S = transport.structure_factor(k, gamma)
    return float(k[S.argmax()]), float(S.max())


def sphere_over_peak(charge: float) -> float:
    """Return 2 k_F over the place of the first peak, if each nucleus gives this many electrons."""
    return float(2.0 * FERMI_RADIUS * np.cbrt(charge) / first_peak()[0])


# -- structure of the mixtures of Table 2


def slope_at_small_k(screened: bool) -> float:
    """Return d ln S_zz/d ln k of mixture 1, ions screened or not, at its simulation's least k."""
    ions = structure.table_mixture(1)
    ions = ions if screened else ions._replace(screening=0.0)
    k = 2.0 * np.pi / np.cbrt(4.0 * np.pi / 3.0 * NUCLEI_IN_BOX) * np.array([0.95, 1.05])
    S = structure.structure(ions, k)
    return float(np.diff(np.log(S))[0] / np.diff(np.log(k))[0])


def norm_of_35(number: int = 400) -> float:
    """Return (35) as printed for charges of burst ash at random places, where S_zz is 1."""
    rng = np.random.default_rng(1)
    Z = rng.choice(ASH[0], number, p=np.array(ASH[1]) / sum(ASH[1])).astype(float)
    k = 2.0 * np.pi * rng.integers(3, 40, (300, 3))
    waves = np.exp(1j * k @ rng.random((3, number))) @ Z
    return float((np.abs(waves) ** 2).mean())


# -- Tables 2 and 4


def kinetic(number: int) -> tuple[float, float]:
    """Return the electron density (fm^-3) and x_r of a row of Table 2, its E_F without the rest mass."""
    n_e = electrons.density(ELECTRON_MASS_MEV + TABLE_2[number][0])
    return float(n_e), structure.table_mixture(number).x_r


def table_2(column: int, choose: Callable[..., float], rows: range = range(1, 18)) -> float:
    """Return the largest or smallest number of a column of `TABLE_2`."""
    return float(choose(TABLE_2[number][column] for number in rows))


def smallest_energy() -> float:
    """Return the smallest E_F of Table 2 over an electron's rest mass."""
    return table_2(0, min) / ELECTRON_MASS_MEV


def electrons_per_baryon() -> float:
    """Return n_e over baryons of mixture 2 of Table 2, its E_F without the rest mass."""
    return kinetic(2)[0] * PER_FM3_IN_PER_CM3 * ATOMIC_MASS_UNIT_G / TABLE_2_DENSITY[2][0]


def impossible_rows() -> int:
    """Count rows of Table 2 that no composition has, for any <Z> that rounds to the printed one.

    Gamma_eff/Gamma_e is <Z^(5/3)>; with charges from 1 to 60, given <Z> and <Z^2>, it is largest and smallest
    for two charges of which one is at an end of that range.
    """
    count = 0
    for number, (_, gamma_eff, mean, square) in TABLE_2.items():
        n_e, _ = kinetic(number)
        printed = gamma_eff / coulomb.electron_coupling(n_e, FIDUCIAL / MEV_IN_KELVIN)
        ends = [_moment(m, square, edge) for m in (mean - 0.5, mean, mean + 0.5) for edge in (1.0, 60.0)]
        count += not 0.995 * min(ends) <= printed <= 1.005 * max(ends)
    return count


def _moment(mean: float, square: float, edge: float) -> float:
    """<Z^(5/3)> of two charges, one at `edge`, with these <Z> and <Z^2>."""
    other = mean + (square - mean**2) / (mean - edge)
    share = (mean - other) / (edge - other)
    return share * edge ** (5 / 3) + (1.0 - share) * other ** (5 / 3)


def rows_with_other_mean() -> int:
    """Count rows of Table 2 whose a k_F, = (9 pi <Z>/4)^(1/3), is not that of the printed <Z>, rounded."""
    count = 0
    for number, (_, k) in TABLE_2_DENSITY.items():
        low, high = (((k + side) / FERMI_RADIUS) ** 3 for side in (-0.005, 0.005))
        count += high < TABLE_2[number][2] - 0.5 or low > TABLE_2[number][2] + 0.5
    return count


def quantum(number: int) -> float:
    """Return T_p/T of a row of Table 2, from its density, E_F and <Z>."""
    mean, square = TABLE_2[number][2:]
    n_e, _ = kinetic(number)
    n = n_e / mean
    A = TABLE_2_DENSITY[number][0] / (n * PER_FM3_IN_PER_CM3 * ATOMIC_MASS_UNIT_G)
    scale = coulomb.plasma_temperature([np.sqrt(square)], [A], [n])
    return float(scale * MEV_IN_KELVIN / FIDUCIAL)


def quantum_rows() -> int:
    """Count rows of Table 2 with T < T_p."""
    return sum(quantum(number) > 1.0 for number in TABLE_2)


def couplings_of_table_4() -> float:
    """Return the largest relative difference of Gamma_eff in Table 4 from that of Table 2 at its T."""
    stated = dict(zip(TABLE_4, (60, 49, 60, 70, 81, 90, 106, 142), strict=True))
    ratios = [TABLE_2[number][1] * FIDUCIAL / (1e9 * T) / stated[number] for number, T in TABLE_4.items()]
    return float(np.abs(np.array(ratios) - 1.0).max())


def coupling_at(number: int, billion_kelvin: float) -> float:
    """Return Gamma_eff of a row of Table 2 at another temperature."""
    return TABLE_2[number][1] * FIDUCIAL / (1e9 * billion_kelvin)


def steadiness_of_squares() -> float:
    """Return by how much more Q_imp falls than <Z^2> from mixture 1 to 17, in logarithms."""
    fall = [np.log(of(1) / of(17)) for of in (impurity, lambda n: TABLE_2[n][3])]
    return float(fall[0] / fall[1])


def impurity_of_ash() -> float:
    """Return Q_imp of burst ash at 2.16e11 g cm^-3."""
    Z, x = (np.array(values, dtype=float) for values in ASH)
    return float(coulomb.impurity_parameter(Z, x / x.sum()))


def impurity(number: int) -> float:
    """Return Q_imp = <Z^2> - <Z>^2 of a row of Table 2."""
    mean, square = TABLE_2[number][2:]
    return square - mean**2
