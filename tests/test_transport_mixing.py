"""Mixing rules: one component, published numbers, sums of weights, and one rule by another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib.transport import (
    RULES,
    coulomb_integral,
    coulomb_logarithm,
    impurity_logarithm,
    mixture_logarithm,
    structure_by_rule,
    thermodynamics,
)

BROAD = {"Z": [8, 26, 40], "x": [0.2, 0.3, 0.5]}
GAMMA_E = 100.0 / (np.array(BROAD["x"]) @ np.array(BROAD["Z"]) ** (5 / 3))
SPREADING = [rule for rule in RULES if rule != "impurity-only"]


@pytest.mark.parametrize("rule", SPREADING)
def test_one_component_needs_no_rule(rule):
    alone = coulomb_logarithm(26, 80, 10)
    assert mixture_logarithm(80 / 26 ** (5 / 3), [26], [1.0], 10, rule) == pytest.approx(alone, rel=1e-3)
    twice = mixture_logarithm(80 / 26 ** (5 / 3), [26, 26, 40], [0.4, 0.6, 0.0], 10, rule, A=[54, 54, 90])
    assert twice == pytest.approx(coulomb_logarithm(26, 80, 10, A=54), rel=1e-3)


def test_the_older_rule_holds_and_the_printed_one_does_not():
    """Molecular dynamics has 0.0 % and -6.6 % with this mixture; Yukawa -0.15 % and -6.8 %."""
    linear, paper, hnc = (
        mixture_logarithm(GAMMA_E, x_r=10, rule=r, **BROAD) for r in ("linear", "paper", "hnc")
    )
    assert linear / hnc - 1 == pytest.approx(0.0, abs=3e-3)
    assert paper / hnc - 1 == pytest.approx(-0.067, abs=4e-3)


def test_the_rules_structure_factors_give_the_rules_energies():
    """Equation 36 from equation 38, k the one that electrons feel: the derivation in the module's words."""
    charges, fractions = (np.array(BROAD[name], dtype=float) for name in ("Z", "x"))
    mean, squares = fractions @ charges, fractions @ charges**2
    k = np.arange(0.01, 60.0, 0.02)
    for rule, holds in (("linear", True), ("paper", False)):
        S = structure_by_rule(k, GAMMA_E, rule=rule, **BROAD)
        energy = GAMMA_E / np.pi * squares / mean ** (1 / 3) * (S - S[-1]).sum() * 0.02
        exact = thermodynamics.linear_mixing_energy(GAMMA_E, **BROAD)
        assert (abs(energy / exact - 1) < 0.01) == holds
    weights = mean ** (1 / 3) * (fractions @ charges ** (5 / 3)) / squares
    assert S[-1] == pytest.approx(weights, abs=2e-3)
    assert weights < 0.94


def test_the_logarithm_is_the_integral_of_the_structure_factor():
    mean = float(np.dot(BROAD["Z"], BROAD["x"]))
    for rule in RULES:

        def structure(k, rule=rule):
            return structure_by_rule(k, GAMMA_E, rule=rule, **BROAD)

        assert mixture_logarithm(GAMMA_E, x_r=10, rule=rule, **BROAD) == pytest.approx(
            coulomb_integral(structure, mean, 10), rel=3e-3
        )


def test_beyond_the_last_solution_a_mixture_stays_as_it_is():
    last = 225.0 / 40 ** (5 / 3)  # of its heaviest pair
    at, beyond = (mixture_logarithm(f * last, x_r=10, rule="hnc", **BROAD) for f in (1.0, 5.0))
    assert beyond == pytest.approx(at, rel=1e-9)
    assert beyond == pytest.approx(mixture_logarithm(5.0 * last, x_r=10, **BROAD), rel=0.02)


def test_impurities_of_a_nearly_pure_medium():
    # 2 % of Z = 30 in Z = 28: Q_imp = 0.02 * 0.98 * 4
    Z, x, gamma_e = [28, 30], [0.98, 0.02], 0.3
    Q = 0.02 * 0.98 * 4.0
    squares = 0.98 * 28**2 + 0.02 * 30**2
    only = mixture_logarithm(gamma_e, Z, x, 10, "impurity-only")
    assert only == pytest.approx(Q / squares * impurity_logarithm(10), rel=1e-12)
    medium = 28.04**2 * coulomb_logarithm(28.04, gamma_e * 28.04 ** (5 / 3), 10) / squares
    assert mixture_logarithm(gamma_e, Z, x, 10, "impurity") == pytest.approx(medium + only, rel=1e-12)
    assert mixture_logarithm(gamma_e, [28], [1.0], 10, "impurity-only") == 0.0


@settings(max_examples=20, deadline=None)
@given(
    x=st.lists(st.floats(0.01, 1.0), min_size=4, max_size=4),
    order=st.permutations(range(4)),
    gamma_e=st.floats(1e-4, 3.0),
    rule=st.sampled_from(["linear", "paper", "impurity", "impurity-only"]),
)
def test_the_order_of_species_does_not_matter(x, order, gamma_e, rule):
    Z, x = np.array([1.0, 6.0, 26.0, 70.0]), np.array(x) / np.sum(x)
    order = np.array(order)
    shuffled = mixture_logarithm(gamma_e, Z[order], x[order], 5.0, rule)
    assert shuffled == pytest.approx(mixture_logarithm(gamma_e, Z, x, 5.0, rule), rel=1e-12)
    assert 0.0 < shuffled < 5.0


@pytest.mark.parametrize(("Z", "tolerance"), [(70, 2e-3), (92, 3e-3), (110, 6e-3)])
def test_beyond_the_tables_last_charge(Z, tolerance):
    for gamma, x_r, A in ((1.0, 1.0, None), (100.0, 30.0, None), (100.0, 30.0, [2.5 * Z])):
        exact = coulomb_logarithm(Z, gamma, x_r, "integral", A=None if A is None else A[0])
        rule = mixture_logarithm(gamma / Z ** (5 / 3), [Z], [1.0], x_r, A=A)
        assert rule == pytest.approx(exact, rel=tolerance)


def test_below_the_tables_couplings_ions_screen_as_debye_says():
    exact = coulomb_logarithm(6, 0.002, 5.0, "integral")
    assert mixture_logarithm(0.002 / 6 ** (5 / 3), [6], [1.0], 5.0) == pytest.approx(exact, rel=1e-3)


def test_bad_input_is_named():
    good = {"gamma_e": 0.3, "Z": [8, 26], "x": [0.5, 0.5], "x_r": 10.0}
    for wrong, message in (
        ({"x": [0.5, 0.6]}, r"x sums to 1\.1: number fractions must sum to 1"),
        ({"Z": [0.5, 26]}, r"Z = 0\.5 "),
        ({"x_r": 1e-3}, r"x_r = 0\.001"),
        ({"gamma_e": 0.0}, r"gamma_e = 0\.0"),
        ({"rule": "average"}, r"rule = 'average': must be one of 'linear', 'paper'"),
        ({"x": [0.2, 0.3, 0.5]}, r"x \(3,\).*shapes must broadcast"),
        ({"A": [16, 1e6], "x_r": [1.0, 200.0]}, r"A = 1e\+06 \(Z = 26\) at x_r = 200: 2 k_F R = .* <= 10"),
    ):
        with pytest.raises(ValueError, match=message):
            mixture_logarithm(**(good | wrong))
    assert mixture_logarithm(0.3, [8, 26], [1.0, 0.0], 200.0, A=[16, 1e6]) > 0.0  # one that is not there
    with pytest.raises(ValueError, match=r"k = -1\.0"):
        structure_by_rule(-1.0, 0.3, [8, 26], [0.5, 0.5])
    with pytest.raises(ValueError, match=r"x has shape \(3,\)"):
        structure_by_rule(1.0, 0.3, [8, 26], [0.2, 0.3, 0.5])
