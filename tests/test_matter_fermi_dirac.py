"""Fermi-Dirac integrals against the polylogarithm, and what follows from their definition."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib.matter import fermi_dirac


@pytest.mark.parametrize("order", [-0.5, 0.5, 1.5])
def test_integrals_are_polylogarithms(order):
    for eta in (-700.0, -30.0, -2.0001, -2.0, -0.3, 0.0, 1.7, 7.3, 23.5, 39.9999, 40.0, 61.0, 300.0):
        with mpmath.workdps(30):
            exact = -mpmath.re(mpmath.polylog(order + 1, -mpmath.exp(mpmath.mpf(eta))))
        assert fermi_dirac.integral(order, eta) == pytest.approx(float(exact), rel=1e-12)


@given(eta=st.floats(-600.0, 3000.0))
@settings(max_examples=30, deadline=None)
def test_inverse(eta):
    assert fermi_dirac.inverse(fermi_dirac.integral(0.5, eta)) == pytest.approx(eta, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("order", [0.5, 1.5])
def test_slope_is_the_next_lower_order(order):
    eta, step = np.linspace(-6.0, 60.0, 40), 1e-4
    slope = (fermi_dirac.integral(order, eta + step) - fermi_dirac.integral(order, eta - step)) / (2 * step)
    assert slope == pytest.approx(fermi_dirac.integral(order - 1, eta), rel=1e-7)


def test_densities_below_the_smallest_float_have_an_eta():
    assert fermi_dirac._eta(-1000.0) == -1000.0


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="order = 1"):
        fermi_dirac.integral(1, 0.0)
    with pytest.raises(ValueError, match="eta = nan"):
        fermi_dirac.integral(0.5, np.nan)
    with pytest.raises(ValueError, match=r"f = 0\.0"):
        fermi_dirac.inverse(0.0)
