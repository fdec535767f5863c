"""Structure factors against Monte Carlo, closed limits, sum rules and identities of mixtures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib import transport
from crustlib.errors import ConvergenceError
from crustlib.transport.bridge import bridge_function, equivalent_coupling
from crustlib.transport.solutions import solve, solve_mixture
from crustlib.transport.thermodynamics import (
    energy_bound,
    excess_energy,
    excess_energy_from_structure,
    excess_free_energy,
    linear_mixing_energy,
    linear_mixing_free_energy,
)

couplings = st.floats(1e-3, 225.0)
mixtures = st.lists(st.tuples(st.floats(1.0, 45.0), st.floats(0.05, 1.0)), min_size=2, max_size=4)


def monte_carlo(gamma):
    """Energy and free energy of the one-component plasma: the fit of Potekhin & Chabrier 2000."""
    a1, a2, b1, b2, b3, b4 = -0.907347, 0.62849, 0.0045, 170.0, -8.4e-5, 0.0037
    a3 = -np.sqrt(3) / 2 - a1 / np.sqrt(a2)
    energy = gamma**1.5 * (a1 / np.sqrt(a2 + gamma) + a3 / (1 + gamma))
    energy += b1 * gamma**2 / (b2 + gamma) + b3 * gamma**2 / (b4 + gamma**2)
    free = np.sqrt(gamma * (a2 + gamma)) - a2 * np.log(np.sqrt(gamma / a2) + np.sqrt(1 + gamma / a2))
    free = a1 * free + 2 * a3 * (np.sqrt(gamma) - np.arctan(np.sqrt(gamma)))
    free += b1 * (gamma - b2 * np.log1p(gamma / b2)) + b3 / 2 * np.log1p(gamma**2 / b4)
    return energy, free


@pytest.mark.parametrize(
    ("gamma", "closure", "energy", "peak"),
    [
        (1, "hnc", -0.5704, None),
        (10, "hnc", -7.935, None),
        (10, "bridge", -7.963, None),
        (100, "hnc", -86.97, 1.91),
        (100, "bridge", -87.49, 2.31),
    ],
)
def test_energies_and_first_peaks_of_the_literature(gamma, closure, energy, peak):
    solution = solve(gamma, closure=closure)
    assert excess_energy(solution) == pytest.approx(energy, rel=1e-4)
    if peak:
        k = np.linspace(4.0, 5.0, 200)
        assert transport.structure_factor(k, gamma, closure=closure).max() == pytest.approx(peak, abs=6e-3)


@pytest.mark.parametrize(
    ("gamma", "accuracy"),
    [(0.01, 3e-4), (0.3, 2e-3), (5.0, 7e-3), (30.0, 4e-3), (100.0, 2e-3), (200.0, 1e-3)],
)
def test_energies_are_those_of_monte_carlo(gamma, accuracy):
    """HNC is at its worst near Gamma = 7, where the bridge function begins."""
    energy, free = monte_carlo(gamma)
    assert excess_energy(solve(gamma)) == pytest.approx(energy, rel=accuracy)
    assert excess_free_energy(solve(gamma)) == pytest.approx(free, rel=accuracy)


@given(couplings, st.sampled_from([0.0, 0.5, 2.0]), st.sampled_from(["bridge", "hnc"]))
@settings(max_examples=15)
def test_both_ways_to_the_energy_agree(gamma, screening, closure):
    solution = solve(gamma, screening, closure)
    energy = excess_energy(solution)
    assert energy == pytest.approx(excess_energy_from_structure(solution), rel=1e-2 if gamma < 0.3 else 1e-4)
    if screening == 0.0:
        assert energy > energy_bound(gamma)


@pytest.mark.parametrize("gamma", [1e-4, 1e-3, 1e-2])
@pytest.mark.parametrize("screening", [0.0, 0.3])
def test_weak_coupling_is_debye_and_huckel(gamma, screening):
    k = np.geomspace(1e-2, 50.0, 100)
    square = k**2 + screening**2
    structure = transport.structure_factor(k, gamma, screening)
    assert structure == pytest.approx(square / (square + 3 * gamma), abs=4e-5 + gamma**1.5 / 2)


@given(couplings)
@settings(max_examples=15)
def test_charge_is_screened_far_away_and_uncorrelated_nearby(gamma):
    k = np.array([0.0, 1e-4, 200.0])
    nothing, small, one = transport.structure_factor(k, gamma)
    assert nothing == 0.0
    assert small == pytest.approx(k[1] ** 2 / (3 * gamma), rel=1e-4)
    assert one == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize(("gamma", "closure"), [(2.0, "hnc"), (60.0, "bridge")])
def test_structure_factor_is_the_transform_of_the_pair_distribution(gamma, closure):
    solution = solve(gamma, closure=closure)
    r, h = np.append(0.0, solution.r), np.append(-1.0, solution.g[0, 0] - 1.0)
    for k in (1.0, 4.3, 9.0):
        direct = 1 + 3 / k * np.trapezoid(h * r * np.sin(k * r), r)
        assert transport.structure_factor(k, gamma, closure=closure) == pytest.approx(direct, abs=1e-4)


def test_melting_is_one_structure_whatever_the_screening():
    """The paper's Table 1: Gamma at melting, of Hamaguchi, Farouki & Dubin 1997."""
    table = {0.0: 171.8, 0.2: 173.5, 0.4: 178.6, 0.6: 187.1, 0.8: 199.6, 1.0: 217.4}
    assert [equivalent_coupling(g, s) for s, g in table.items()] == pytest.approx([171.8] * 6, rel=0.015)
    k = np.linspace(3.5, 5.5, 200)
    peaks = [transport.structure_factor(k, g, s).max() for s, g in table.items()]
    assert peaks == pytest.approx([peaks[0]] * 6, rel=0.02)


def test_bridge_function_fades_in():
    r = np.linspace(0.0, 4.0, 200)
    strength = [np.trapezoid(np.abs(bridge_function(r, g)) * r**2, r) for g in (5.0, 5.3, 5.6, 6.5)]
    assert strength[0] == 0.0
    assert strength[1] < 1e-5 < strength[2] < 1e-2 * strength[3] ** 0.5


def test_beyond_the_last_solution_the_structure_stays():
    k = np.linspace(0.5, 10.0, 50)
    last, extrapolated = transport.amorphous_structure_factor(k, 225.0)
    assert not extrapolated
    far, extrapolated = transport.amorphous_structure_factor(k, 600.0)
    assert extrapolated
    assert np.array_equal(far, last)
    # What stays is an integral over k: the hypernetted chain has solutions there, and says how well
    k, step = np.linspace(0.01, 11.0, 2000, retstep=True)
    y = k / k[-1]
    logarithms = [
        (transport.structure_factor(k, g, closure="hnc") * (1 - y**2) / y).sum() * step for g in (225, 600)
    ]
    assert logarithms[1] == pytest.approx(logarithms[0], rel=0.02)


def test_equal_ions_are_one_component_by_any_name():
    k, x = np.linspace(0.1, 12.0, 80), np.array([0.2, 0.3, 0.5])
    for closure in ("bridge", "hnc"):
        alone = transport.structure_factor(k, 120.0, 0.4, closure)
        mixture = transport.mixture_structure(k, 120.0 / 26 ** (5 / 3), [26] * 3, x, 0.4, closure)
        assert mixture.S_zz == pytest.approx(alone, abs=1e-7)
        roots = np.sqrt(np.outer(x, x))[..., np.newaxis]
        assert mixture.S == pytest.approx(np.eye(3)[..., np.newaxis] + roots * (alone - 1), abs=1e-7)


@given(mixtures, st.floats(0.3, 120.0), st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_identities_of_mixtures(ions, strongest, random):
    Z, x = np.array(ions).T
    x /= x.sum()
    gamma_e = strongest / Z.max() ** (5 / 3)
    k = np.array([0.01, 1.0, 3.0, 6.0])
    S, S_zz = transport.mixture_structure(k, gamma_e, Z, x)
    assert pytest.approx(np.swapaxes(S, 0, 1), abs=1e-9) == S
    assert (np.linalg.eigvalsh(np.moveaxis(S, -1, 0)) > 0).all()
    # Perfect screening: S_zz -> (k/k_D)^2
    debye = 3 * gamma_e * (x @ Z**2) / (x @ Z) ** (1 / 3)
    assert S_zz[0] == pytest.approx(k[0] ** 2 / debye, rel=2e-3)
    order = list(range(len(Z)))
    random.shuffle(order)
    swapped = transport.mixture_structure(k, gamma_e, Z[order], x[order])
    assert swapped.S == pytest.approx(S[np.ix_(order, order)], abs=1e-6)
    assert swapped.S_zz == pytest.approx(S_zz, abs=1e-6)


def test_a_trace_does_not_change_the_others():
    k = np.linspace(1.0, 8.0, 30)
    with_trace = transport.mixture_structure(k, 0.3, [26, 6], [1.0, 0.0])
    assert with_trace.S_zz == pytest.approx(transport.structure_factor(k, 0.3 * 26 ** (5 / 3)), abs=1e-7)


def test_energies_mix_linearly_and_keep_their_bound():
    Z, x, gamma_e = [8, 26, 40], [0.2, 0.3, 0.5], 0.324
    for closure in ("bridge", "hnc"):
        mixture = solve_mixture(gamma_e, Z, x, closure=closure)
        energy = excess_energy(mixture)
        assert excess_energy_from_structure(mixture) == pytest.approx(energy, rel=1e-5)
        assert linear_mixing_energy(gamma_e, Z, x, closure=closure) == pytest.approx(energy, rel=5e-4)
        assert energy > energy_bound(gamma_e * np.dot(x, np.power(Z, 5 / 3)))
    free = linear_mixing_free_energy(gamma_e, Z, x)
    assert free == pytest.approx(excess_free_energy(solve_mixture(gamma_e, Z, x)), rel=1e-3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: transport.structure_factor(-1.0, 10), r"k = -1.0: must be finite and >= 0"),
        (lambda: transport.structure_factor(1.0, float("nan")), "gamma = nan: must be finite and > 0"),
        (lambda: transport.structure_factor(1.0, 226.0), r"gamma = 226.0: .*in \[0, 225\]"),
        (lambda: transport.structure_factor(1.0, 10, -0.1), r"screening = -0.1: .*in \[0, 5\]"),
        (
            lambda: transport.structure_factor(1.0, 10, closure="py"),
            "closure = 'py': must be one of 'bridge', 'hnc'",
        ),
        (
            lambda: transport.mixture_structure(0.0, 1.0, [1, 2], [0.5, 0.5]),
            "k = 0.0: must be finite and > 0",
        ),
        (lambda: transport.mixture_structure(1.0, 1.0, [1, 2], [0.5, 0.4]), "x sums to 0.9: must sum to 1"),
        (
            lambda: transport.mixture_structure(1.0, 1.0, [1, 2], [1.0]),
            r"x has shape \(1,\): must have Z's, \(2,\)",
        ),
        (lambda: transport.mixture_structure(1.0, 1.0, [8, 40], [0.5, 0.5]), "gamma_e = 1.0: .*at most 0.48"),
        (lambda: bridge_function(1.0, 300.0), r"gamma = 300.0: .*in \[0, 225\]"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_no_number_without_convergence():
    with pytest.raises(ConvergenceError, match="residual"):
        transport.structure_factor(1.0, 1e5, closure="hnc")
