"""The dielectric function against a quadrature of the polarisation, many digits, and its limits."""

from math import log, pi, sqrt

import mpmath
import numpy as np
import pytest
from scipy.integrate import quad

from crustlib.constants import FINE_STRUCTURE
from crustlib.transport import screening


def polarised(x_r, y):
    """Eps by quadrature over the Fermi sphere, without Jancovici's closed form.

    A filled state of momentum p = t p_F scatters into p + k and back; tracing its spinors and averaging over
    angles leaves, with E^2 = m^2 + p^2, p^2/E [1 + (4 E^2 - k^2)/(4 p k) ln|(2 p + k)/(2 p - k)|].
    """

    def state(t):
        energy_squared = (1 + x_r**2 * t**2) / x_r**2
        overlap = (energy_squared - y**2) / (2 * t * y) * log(abs((t + y) / (t - y)))
        return t**2 / sqrt(1 + x_r**2 * t**2) * (1 + overlap)

    points = [y] if y < 1 else None
    return (
        1 + FINE_STRUCTURE * x_r / (pi * y**2) * quad(state, 0, 1, points=points, epsabs=1e-12, limit=200)[0]
    )


@pytest.mark.parametrize(
    ("x_r", "y", "epsilon"), [(1, 0.1, 1.326042986), (10, 0.1, 1.228469893), (50, 0.3, 1.021904150)]
)
def test_numbers_of_an_independent_calculation(x_r, y, epsilon):
    assert screening.dielectric_function(x_r, y) == pytest.approx(epsilon, abs=1e-8)


@pytest.mark.parametrize("x_r", [0.01, 1.0, 30.0])
@pytest.mark.parametrize("y", [0.03, 0.4, 0.6, 0.999, 1.0, 1.7])
def test_against_a_quadrature_of_the_static_polarisation(x_r, y):
    ours = screening.dielectric_function(x_r, y) - 1
    assert ours == pytest.approx(polarised(x_r, y) - 1, rel=1e-8)


def test_no_digit_is_lost_where_the_closed_form_loses_them():
    def closed_form(x_r, y):
        x, y = mpmath.mpf(float(x_r)), mpmath.mpf(float(y))
        s, u = mpmath.sqrt(1 + x**2), mpmath.sqrt(1 + (x * y) ** 2)
        bracket = 2 * s / 3 - 2 * x * y**2 / 3 * mpmath.asinh(x)
        bracket += s * (1 + x**2 - 3 * (x * y) ** 2) / (6 * x**2 * y) * mpmath.log(abs((1 + y) / (1 - y)))
        last = mpmath.log(abs((u + y * s) / (u - y * s)))
        bracket -= u * (1 - 2 * (x * y) ** 2) / (6 * x**2 * y) * last
        return 1 + FINE_STRUCTURE / (mpmath.pi * x * y**2) * bracket

    with mpmath.workdps(60):
        for x_r in (1e-6, 1e-3, 0.3, 20.0, 1e4):
            for y in (1e-7, 1e-3, 0.49, 0.51, 1 - 1e-9, 1 + 1e-9, 4.0):
                exact = float(closed_form(x_r, y))
                assert screening.dielectric_function(x_r, y) == pytest.approx(exact, rel=1e-14)


def test_slow_electrons_have_lindhards_function():
    y = np.array([0.01, 0.3, 0.8, 1.5])
    lindhard = 0.5 + (1 - y**2) / (4 * y) * np.log(np.abs((1 + y) / (1 - y)))
    x_r = 1e-5
    bracket = (screening.dielectric_function(x_r, y) - 1) * pi * x_r * y**2 / FINE_STRUCTURE
    assert bracket == pytest.approx(lindhard, rel=1e-9)


def test_long_waves_are_screened_as_thomas_and_fermi_say():
    x_r = np.array([0.1, 1.0, 10.0, 200.0])
    rpa, tf = screening.dielectric_function(x_r, 1e-4), screening.thomas_fermi(x_r, 1e-4)
    assert rpa == pytest.approx(tf, rel=1e-6)
    # The density of states of a relativistic gas: k_TF^2 = 4 pi e^2 dn/dmu = (4 alpha / pi) k_F E_F
    assert tf - 1 == pytest.approx(FINE_STRUCTURE / pi * np.sqrt(1 + x_r**2) / x_r / 1e-8, rel=1e-7)


def test_scales_as_the_paper_gives_them():
    x_r = np.array([1.0, 5.0, 100.0])
    beta = x_r / np.sqrt(1 + x_r**2)
    assert screening.thomas_fermi_wave_number(x_r) == pytest.approx(0.048196 / np.sqrt(beta), rel=1e-5)
    assert screening.screening_parameter(x_r) == pytest.approx(0.185 * (1 + x_r**-2.0) ** 0.25, rel=1e-3)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, "1"])
def test_bad_input_is_named(bad):
    for function in (screening.dielectric_function, screening.thomas_fermi):
        with pytest.raises(ValueError, match="x_r = "):
            function(bad, 0.5)
        with pytest.raises(ValueError, match="y = "):
            function(1.0, bad)
    for function in (screening.thomas_fermi_wave_number, screening.screening_parameter):
        with pytest.raises(ValueError, match="x_r = "):
            function(bad)
