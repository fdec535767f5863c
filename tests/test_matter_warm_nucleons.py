"""Warm nucleon matter: its cold and dilute limits, and numerical derivatives of its free energy."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib.constants import NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.matter import skyrme, warm_nucleons

FUNCTIONALS = skyrme.available()


@given(
    n_n=st.floats(1e-5, 0.15),
    n_p=st.floats(1e-5, 0.1),
    T=st.floats(0.1, 20.0),
    functional=st.sampled_from(FUNCTIONALS),
)
@settings(max_examples=30, deadline=None)
def test_derivatives_of_the_free_energy(n_n, n_p, T, functional):
    matter = warm_nucleons.thermodynamics(n_n, n_p, T, functional)
    step = 1e-3

    def free_energy(by_n, by_p, by_T, k):  # rest masses out, for digits
        a, b = n_n * (1 + by_n * k * step), n_p * (1 + by_p * k * step)
        f = warm_nucleons.thermodynamics(a, b, T * (1 + by_T * k * step), functional).free_energy_density
        return f - a * NEUTRON_MASS_MEV - b * PROTON_MASS_MEV

    def slope(*by):  # fourth order
        f = [free_energy(*by, k) for k in (-2, -1, 1, 2)]
        return (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * step)

    noise = 1e-12 * (n_n + n_p) * NEUTRON_MASS_MEV
    rel = 1e-6
    mu_n, mu_p = matter.mu_n - NEUTRON_MASS_MEV, matter.mu_p - PROTON_MASS_MEV
    assert slope(1, 0, 0) == pytest.approx(n_n * mu_n, rel=rel, abs=noise / step)
    assert slope(0, 1, 0) == pytest.approx(n_p * mu_p, rel=rel, abs=noise / step)
    assert slope(0, 0, 1) == pytest.approx(-T * matter.entropy_density, rel=rel, abs=noise / step)
    euler = n_n * matter.mu_n + n_p * matter.mu_p - matter.free_energy_density
    assert matter.pressure == pytest.approx(euler, rel=1e-10, abs=noise)


@pytest.mark.parametrize("functional", FUNCTIONALS)
def test_cold_limit(functional):
    warm = warm_nucleons.thermodynamics(0.08, 0.02, 1e-3, functional)
    assert warm.free_energy_density == pytest.approx(skyrme.energy_density(0.08, 0.02, functional), abs=1e-7)
    assert warm.pressure == pytest.approx(skyrme.pressure(0.08, 0.02, functional), abs=1e-7)
    cold = skyrme.chemical_potentials(0.08, 0.02, functional)
    assert (warm.mu_n, warm.mu_p) == pytest.approx(cold, abs=1e-6)


def test_dilute_limit_is_a_classical_gas():
    n, T = 1e-12, 1.0
    f = skyrme.functional("BSk25")
    matter = warm_nucleons.thermodynamics(n, n, T)
    assert matter.pressure == pytest.approx(2 * n * T, rel=1e-8)
    wavelength_cubed = (4 * math.pi * f.hbar2_2m_n / T) ** 1.5
    assert matter.mu_n - NEUTRON_MASS_MEV == pytest.approx(T * math.log(n * wavelength_cubed / 2), abs=1e-6)


def test_protons_rarer_than_the_smallest_float():
    few = warm_nucleons._warm_nucleons(math.log(0.03), -600.0, 0.1, skyrme.functional("BSk25"))
    none = warm_nucleons._warm_nucleons(math.log(0.03), -1000.0, 0.1, skyrme.functional("BSk25"))
    assert few[0] == none[0]
    assert few[2] == none[2]
    assert few[1] - none[1] == pytest.approx(0.1 * 400.0, rel=1e-12)


def test_bad_input_is_named():
    for bad in ((0.0, 0.1, 1.0), (0.1, -0.1, 1.0), (0.1, 0.1, 0.0), (float("nan"), 0.1, 1.0)):
        with pytest.raises(ValueError, match=r"n_n|n_p|temperature"):
            warm_nucleons.thermodynamics(*bad)
    with pytest.raises(ValueError, match="functional = 'BBSk1'"):
        warm_nucleons.thermodynamics(0.1, 0.1, 1.0, "BBSk1")
    with pytest.raises(ValueError, match="finite"):
        warm_nucleons.thermodynamics(8.0, 1e-3, 1.0, "BSk24")
