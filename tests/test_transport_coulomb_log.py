"""Coulomb logarithms: an independent calculation, closed forms, quadratures; each method by the others."""

import numpy as np
import pytest
from scipy.integrate import quad

from crustlib.constants import FINE_STRUCTURE
from crustlib.transport import coulomb_fit, coulomb_quadrature
from crustlib.transport.coulomb_log import coulomb_logarithm, impurity_logarithm, inelastic_logarithms
from crustlib.transport.screening import dielectric_function
from crustlib.transport.structure import structure_factor


def points(n, seed=9):
    """Z, Gamma, x_r and A, drawn evenly in their logarithms from all that the table covers."""
    random = np.random.default_rng(seed)
    Z, gamma, x_r = (np.exp(random.uniform(*np.log(r), n)) for r in ((1, 60), (0.01, 400), (0.01, 300)))
    return Z, gamma, x_r, np.maximum(1.0, Z * random.uniform(2.0, 3.0, n))


@pytest.mark.parametrize("method", ["table", "integral"])
def test_numbers_of_an_independent_calculation(method):
    result = coulomb_logarithm(26, [10, 40, 100], 10, method)
    assert result == pytest.approx([1.0255, 0.9295, 0.8980], abs=2e-4)


def test_impurities_of_an_independent_calculation():
    assert impurity_logarithm([1, 5, 10]) == pytest.approx([2.12993, 2.07004, 2.06464], abs=5e-6)


def test_the_table_is_the_integral_everywhere():
    Z, gamma, x_r, A = points(30)
    assert coulomb_logarithm(Z, gamma, x_r) == pytest.approx(
        coulomb_logarithm(Z, gamma, x_r, "integral"), rel=3e-3
    )
    assert coulomb_logarithm(Z, gamma, x_r, A=A) == pytest.approx(
        coulomb_logarithm(Z, gamma, x_r, "integral", A=A), rel=3e-3
    )


def test_the_quadrature_is_fine_enough():
    def integrand(y):
        S = float(structure_factor(3.838 * 40 ** (1 / 3) * y, 150))
        return coulomb_quadrature.coulomb_integrand(y, 20.0, S)

    slow = quad(integrand, 1e-6, 1.0, limit=300, epsrel=1e-6)[0]
    assert coulomb_logarithm(40, 150, 20.0, "integral") == pytest.approx(slow, rel=1e-3)


def test_weakly_coupled_ions_screen_as_debye_says():
    # S = k^2 / (k^2 + 3 Gamma). With Thomas-Fermi electrons and t = y^2 the integral is elementary; in the
    # random-phase approximation they screen short waves a little less
    gamma, x_r, Z = 0.01, 50.0, 2.0
    debye = coulomb_quadrature.coulomb_integral(lambda k: k**2 / (k**2 + 3 * gamma), Z, x_r)
    assert coulomb_logarithm(Z, gamma, x_r, "integral") == pytest.approx(debye, rel=1e-3)
    q2 = dielectric_function(x_r, 1e-4) * 1e-8 - 1e-8
    s2 = 3 * gamma / (2 * (9 * np.pi * Z / 4) ** (1 / 3)) ** 2

    def elementary(t):  # antiderivative of t^2 (1 - t) / [(t + q2)^2 (t + s2)] by partial fractions
        d = s2 - q2
        by_s = s2**2 * (1 + s2) / d**2
        by_q2 = q2**2 * (1 + q2) / d
        by_q = 1 + s2 + 2 * q2 - by_s
        return -t + by_s * np.log(t + s2) + by_q * np.log(t + q2) - by_q2 / (t + q2)

    assert debye == pytest.approx((elementary(1.0) - elementary(0.0)) / 2, rel=0.01)


def test_relativity_suppresses_scattering_backwards():
    # dsigma goes as 1 - beta^2 sin^2(theta/2), Mott's cross section: at y = 1 only (m / E)^2 of it is left
    x_r = np.array([0.1, 1.0, 10.0])
    structureless = 1.0 / dielectric_function(x_r, 1.0) ** 2
    assert coulomb_quadrature.coulomb_integrand(1.0, x_r) == pytest.approx(
        structureless / (1 + x_r**2), rel=1e-12
    )


def test_the_closed_form_of_impurities_and_its_misprint():
    for x_r in (1.0, 4.0, 100.0):
        prefactor = (1 + 396 * x_r) / (0.466 + 394 * x_r)
        beta = x_r / np.hypot(1, x_r)
        q2 = FINE_STRUCTURE / (np.pi * beta)

        def integrand(y, beta=beta, q2=q2):
            return y**3 * (1 - (beta * y) ** 2) / (y**2 + q2) ** 2

        exact = quad(integrand, 0, 1, points=[q2**0.5])[0]
        assert coulomb_fit._impurity(x_r, False) == pytest.approx(prefactor * exact, rel=1e-12)
        assert coulomb_fit._impurity(x_r, True) > 1.004 * prefactor * exact
        assert coulomb_fit._impurity(x_r, False) == pytest.approx(impurity_logarithm(x_r), rel=0.005)


def test_the_fit_is_as_good_as_its_range_says():
    Z, gamma, x_r = (
        v.ravel() for v in np.meshgrid([20, 30, 40], np.geomspace(10, 225, 12), np.geomspace(1, 200, 15))
    )
    error = np.abs(coulomb_logarithm(Z, gamma, x_r, "fit") / coulomb_logarithm(Z, gamma, x_r) - 1)
    assert error[x_r < 2.5].max() < 0.084
    assert error[x_r > 10].max() < 0.05
    # The jump at Gamma = 30 is the fit's own
    below, above = coulomb_logarithm(26, [30.0, 30.0001], 1.0, "fit")
    assert 0.04 < above / below - 1 < 0.05
    light = coulomb_logarithm([2, 5, 14], [[10], [100], [1000]], 20, "fit")
    assert light == pytest.approx(coulomb_logarithm([2, 5, 14], [[10], [100], [1000]], 20), rel=0.12)


def test_the_fit_as_printed_gives_heavy_nuclei_a_negative_logarithm():
    assert coulomb_logarithm(26, 100, 20, "fit-as-printed") < 0
    ratio = coulomb_logarithm(26, 100, 5, "fit-as-printed") / coulomb_logarithm(26, 100, 5, "fit")
    assert ratio == pytest.approx(coulomb_fit._impurity(5.0, True) / coulomb_fit._impurity(5.0, False))


def test_the_structure_stays_beyond_the_last_solution():
    assert np.ptp(coulomb_logarithm(26, [225, 1e4], 30)) == 0
    assert coulomb_logarithm(26, 1e4, 30, "integral") == coulomb_logarithm(26, 225, 30, "integral")


def test_nuclei_that_are_not_points():
    # Mixture 17 of the paper's table 2 has <Z> = 30 and <A> = 87 at x_r = 39.5
    for x_r, loss in ((8.0, -0.002), (39.5, -0.051)):
        ratio = coulomb_logarithm(30, 500, x_r, A=87) / coulomb_logarithm(30, 500, x_r)
        assert ratio - 1 == pytest.approx(loss, abs=5e-4)
    # F = 1 - <r^2> k^2 / 6 + ..., <r^2> = 3/5 R^2, and zero where tan kR = kR
    radius = 1.15 * 4.0
    k = np.array([0.0, 0.01, 4.493409457909064 / radius])
    form = coulomb_quadrature.form_factor(k, 64)
    assert form == pytest.approx([1.0, 1 - 0.1 * (0.01 * radius) ** 2, 0.0], abs=1e-7)
    series, closed = (coulomb_quadrature._form_factor(z) for z in (0.1 - 1e-12, 0.1 + 1e-12))
    assert series == pytest.approx(closed, rel=1e-12)


def test_quanta_break_wiedemann_and_franz():
    sigma, kappa = inelastic_logarithms(26, 100, 10, [0.0, 1e-3, 2.0, 200.0])
    elastic = coulomb_logarithm(26, 100, 10, "integral")
    assert sigma[:2] == pytest.approx(elastic, rel=1e-6)
    assert kappa[:2] == pytest.approx(elastic, rel=1e-5)
    assert sigma[2] == pytest.approx(elastic * 2 / np.sinh(2))
    assert kappa[3] < 1e-70  # nothing scatters once the quanta are frozen

    def more(y):  # of the second bracket, 3 k_F^2 / k^2 - 1/2
        S = float(structure_factor(3.838 * 26 ** (1 / 3) * y, 100))
        return coulomb_quadrature.coulomb_integrand(y, 10.0, S) * (0.75 / y**2 - 0.5)

    slow = quad(more, 1e-6, 1.0, limit=200, epsrel=1e-6)[0]
    assert kappa[2] / sigma[2] - 1 == pytest.approx((2 / np.pi) ** 2 * slow / elastic, rel=2e-3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"Z": 61.0}, r"Z = 61\.0 .*\[1, 60\]"),
        ({"Z": 0.5, "method": "integral"}, r"Z = 0\.5 .*\[1, inf\]"),
        ({"gamma": 1e-3}, r"gamma = 0\.001 .*\[0\.01, 1000000\]"),
        ({"gamma": -1.0, "method": "integral"}, r"gamma = -1\.0"),
        ({"gamma": 5.0, "method": "fit"}, r"gamma = 5\.0 .*\[10, 1000\]"),
        ({"gamma": 2e3, "method": "fit"}, r"gamma = 2000\.0 .*\[10, 1000\]"),
        ({"Z": 1.0, "gamma": 300.0, "method": "fit"}, r"gamma \(Z < 2\) = 300\.0: .*\[10, 225\]"),
        ({"x_r": 0.5, "method": "fit-as-printed"}, r"x_r = 0\.5 .*\[1, 1000\]"),
        ({"x_r": [10.0, 2e3]}, r"x_r = 2000\.0 \(at index 1\)"),
        ({"x_r": np.nan}, "x_r = nan"),
        ({"Z": "26"}, "Z = '26'"),
        ({"A": 56.0, "method": "fit"}, "A is given: must be None with method 'fit'"),
        ({"A": 1e5, "x_r": 500.0}, r"A = 100000 at x_r = 500: 2 k_F R = .*must be <= 10"),
        ({"A": 0.0}, r"A = 0\.0"),
        ({"method": "guess"}, "method = 'guess': must be one of 'table'"),
        ({"Z": [26.0, 8.0], "x_r": [1.0, 2.0, 3.0]}, r"shapes are Z \(2,\), gamma \(\), x_r \(3,\)"),
    ],
)
def test_what_is_out_of_range_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        coulomb_logarithm(**({"Z": 26.0, "gamma": 100.0, "x_r": 10.0} | arguments))


def test_other_bad_input_is_named():
    with pytest.raises(ValueError, match="x_r = "):
        impurity_logarithm(0.0)
    with pytest.raises(ValueError, match="quantum = "):
        inelastic_logarithms(26, 100, 10, -1.0)
    with pytest.raises(ValueError, match="y = "):
        coulomb_quadrature.coulomb_integrand(1.5, 10.0)
    with pytest.raises(ValueError, match="structure = nan"):
        coulomb_quadrature.coulomb_integral(lambda k: np.nan, 26, 10.0)
    with pytest.raises(ValueError, match="A = "):
        coulomb_quadrature.form_factor(0.1, -56)
