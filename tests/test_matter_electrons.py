"""Electrons against the same closed forms at sixty digits, their limits, and published thresholds."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ELECTRON_MASS_MEV,
    HBARC_MEV_FM,
    MEV_FM3_IN_DYN_CM2,
    PER_FM3_IN_PER_CM3,
)
from crustlib.matter import electrons

densities = st.floats(-30.0, 1.0).map(lambda exponent: 10.0**exponent)


def precise(n_e):
    """mu_e, P and the kinetic energy density from the integrals over momenta, at sixty digits."""
    m, hbarc, n_e = mpmath.mpf(ELECTRON_MASS_MEV), mpmath.mpf(HBARC_MEV_FM), mpmath.mpf(n_e)
    x = hbarc * mpmath.cbrt(3 * mpmath.pi**2 * n_e) / m
    root, scale = mpmath.sqrt(1 + x**2), m**4 / (8 * mpmath.pi**2 * hbarc**3)
    pressure = scale / 3 * (x * (2 * x**2 - 3) * root + 3 * mpmath.asinh(x))
    energy = scale * (x * (2 * x**2 + 1) * root - mpmath.asinh(x))
    return m * root, pressure, energy - n_e * m


@settings(max_examples=200, deadline=None)
@given(n_e=densities)
def test_twelve_digits_at_any_density(n_e):
    with mpmath.workdps(60):
        mu_e, pressure, kinetic = precise(n_e)
        assert abs(electrons.chemical_potential(n_e) / mu_e - 1) < 1e-14
        assert abs(electrons.pressure(n_e) / pressure - 1) < 1e-12
        assert abs(electrons.kinetic_energy_density(n_e) / kinetic - 1) < 1e-12
        assert (
            abs(electrons.energy_density(n_e) / (kinetic + n_e * mpmath.mpf(ELECTRON_MASS_MEV)) - 1) < 1e-14
        )


@pytest.mark.parametrize("n_e", [1e-25, 1e-12, 1e-8, 3e-4, 2.0])
def test_slope_of_chemical_potential(n_e):
    with mpmath.workdps(60):
        slope = mpmath.diff(lambda n: precise(n)[0], n_e, h=mpmath.mpf(n_e) * mpmath.mpf(10) ** -20)
        assert abs(electrons._dmu_dn(n_e) / slope - 1) < 1e-12


def test_kernels_of_nothing():
    assert electrons._dmu_dn(0.0) == np.inf
    assert electrons.pressure(0.0) == electrons.energy_density(0) == 0.0
    assert electrons.chemical_potential(0) == ELECTRON_MASS_MEV
    assert electrons.density(ELECTRON_MASS_MEV) == 0.0
    assert electrons._density(0.3) == 0.0


@settings(max_examples=100, deadline=None)
@given(n_e=st.floats(-9.0, 1.0).map(lambda exponent: 10.0**exponent))
def test_density_inverts_chemical_potential(n_e):
    assert electrons.density(electrons.chemical_potential(n_e)) == pytest.approx(n_e, rel=1e-11)


def test_limits():
    # Non-relativistic: P = 2/3 of the kinetic energy density; ultra-relativistic: a third, and n mu / 4
    assert electrons.pressure(1e-28) / electrons.kinetic_energy_density(1e-28) == pytest.approx(
        2 / 3, rel=1e-10
    )
    assert electrons.pressure(10.0) / electrons.energy_density(10.0) == pytest.approx(1 / 3, rel=1e-5)
    assert electrons.pressure(10.0) == pytest.approx(10.0 * electrons.chemical_potential(10.0) / 4, rel=1e-5)


@pytest.mark.parametrize(
    ("charge", "pressure", "mass_density", "mu_e"),
    [
        (26, 5.2754e26, 1.145e9, 4.2066),
        (24, 1.5115e28, 1.522e10, 9.6460),
        (22, 8.8373e28, 6.236e10, 14.981),
        (20, 4.3091e29, 2.250e11, 22.251),
        (18, 1.4615e30, 6.247e11, 30.191),
    ],
)
def test_thresholds_of_the_56fe_chain(charge, pressure, mass_density, mu_e):
    # Matter of one nuclide of A = 56 without a lattice, at the thresholds of its captures
    n_e = electrons.density(mu_e)
    assert electrons.pressure(n_e) * MEV_FM3_IN_DYN_CM2 == pytest.approx(pressure, rel=3e-4)
    grams = n_e * 56 / charge * ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3
    assert grams == pytest.approx(mass_density, rel=5e-4)


def test_arrays_keep_their_shape():
    n_e = np.geomspace(1e-12, 1e-3, 6).reshape(2, 3)
    for function in (electrons.pressure, electrons.energy_density, electrons.chemical_potential):
        result = function(n_e)
        assert result.shape == (2, 3)
        assert result[1, 2] == function(n_e[1, 2]) and type(function(n_e[1, 2])) is float


@pytest.mark.parametrize("bad", [-1e-9, np.nan, np.inf, "1", [1e-3, -1.0]])
def test_bad_input_is_named(bad):
    for function in (
        electrons.pressure,
        electrons.energy_density,
        electrons.kinetic_energy_density,
        electrons.chemical_potential,
    ):
        with pytest.raises(ValueError, match="n_e = "):
            function(bad)
    with pytest.raises(ValueError, match="mu_e = "):
        electrons.density(bad)
    with pytest.raises(ValueError, match=r"mu_e = 0\.5: must be finite and in \[0\.5109989507, inf\]"):
        electrons.density(0.5)


def test_densities_beyond_floats_are_refused():
    with pytest.raises(ValueError, match="must be where the result is a finite number"):
        electrons.energy_density(1e300)
