"""Neutron matter: the powers equal the functional, derivatives, identities, and a published crust."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    HBARC_MEV_FM,
    MEV_FM3_IN_DYN_CM2,
    NEUTRON_MASS_MEV,
    PER_FM3_IN_PER_CM3,
)
from crustlib.matter import coulomb, electrons, neutrons, skyrme

densities = st.floats(-12.0, 0.0).map(lambda exponent: 10.0**exponent)
every_kind = pytest.mark.parametrize("name", neutrons.available())


@pytest.mark.parametrize("name", skyrme.available())
@settings(max_examples=40, deadline=None)
@given(n=densities)
def test_powers_are_the_functional_without_protons(name, n):
    matter = neutrons.neutron_matter(name)
    terms = n * NEUTRON_MASS_MEV + np.abs(matter.coefficients * n**matter.powers).sum()
    assert abs(neutrons.energy_density(n, name) - skyrme.energy_density(n, 0.0, name)) < 1e-14 * terms
    assert neutrons.chemical_potential(n, name) == pytest.approx(
        skyrme.chemical_potentials(n, 0.0, name)[0], rel=1e-13
    )
    assert abs(neutrons.pressure(n, name) - skyrme.pressure(n, 0.0, name)) < 1e-12 * (
        terms - n * NEUTRON_MASS_MEV
    )


def test_mackie_baym_is_its_polynomial():
    n = np.geomspace(1e-8, 0.16, 30)
    k = np.cbrt(1.5 * np.pi**2 * n)
    polynomial = k * (1.2974 + 15.0298 * k - 15.2343 * k**2 + 7.4663 * k**3)
    ours = neutrons.energy_density(n, "Mackie-Baym") / n - NEUTRON_MASS_MEV
    np.testing.assert_allclose(ours, polynomial, rtol=1e-12, atol=1e-12 * NEUTRON_MASS_MEV)


def test_free_neutrons_have_three_fifths_of_the_fermi_energy():
    fermi_energy = (HBARC_MEV_FM * np.cbrt(3 * np.pi**2 * 0.01)) ** 2 / (2 * NEUTRON_MASS_MEV)
    assert neutrons.pressure(0.01, "free") == pytest.approx(0.4 * 0.01 * fermi_energy, rel=1e-13)
    assert neutrons.chemical_potential(0.01, "free") == pytest.approx(
        NEUTRON_MASS_MEV + fermi_energy, rel=1e-15
    )


@every_kind
def test_powers_are_merged_and_increase(name):
    matter = neutrons.neutron_matter(name)
    assert (np.diff(matter.powers) > 1e-3).all() and matter.powers[0] > 1.0
    assert (matter.coefficients != 0.0).all()


@every_kind
@settings(max_examples=40, deadline=None)
@given(n=densities)
def test_thermodynamic_identities(name, n):
    matter = neutrons.neutron_matter(name)
    c, p = matter.coefficients, matter.powers
    terms = np.abs(c * n**p)
    mu, eps = neutrons.chemical_potential(n, name), neutrons.energy_density(n, name)
    # P = n mu - eps, and Gibbs-Duhem dP = n dmu, the slope of P by a complex step
    assert abs(n * mu - eps - neutrons.pressure(n, name)) < 1e-12 * max(n * NEUTRON_MASS_MEV, terms.max())
    slope = neutrons._pressure(complex(n, 1e-30), c, p).imag / 1e-30
    assert abs(slope - n * neutrons._dmu_dn(n, c, p)) < 1e-12 * (terms * p * (p - 1) / n).max()


@every_kind
@settings(max_examples=20, deadline=None)
@given(n=densities)
def test_derivatives_against_sixty_digits(name, n):
    c, p = neutrons.neutron_matter(name)[1:]
    with mpmath.workdps(60):
        density = mpmath.mpf(n)

        def energy(x):
            interaction = mpmath.fsum(
                mpmath.mpf(ci) * x ** mpmath.mpf(pi) for ci, pi in zip(c, p, strict=True)
            )
            return mpmath.mpf(NEUTRON_MASS_MEV) * x + interaction

        step = density * mpmath.mpf(10) ** -15
        mu = mpmath.diff(energy, density, 1, h=step)
        slope = mpmath.diff(energy, density, 2, h=step)
        largest = np.abs(c * n ** (p - 2)).max()
        assert abs(neutrons._chemical_potential(n, c, p) / mu - 1) < 1e-12
        assert abs(neutrons._dmu_dn(n, c, p) - slope) < 1e-11 * largest


@every_kind
def test_nothing(name):
    matter = neutrons.neutron_matter(name)
    assert neutrons.chemical_potential(0, name) == NEUTRON_MASS_MEV
    assert neutrons.pressure(0.0, name) == neutrons.energy_density(0.0, name) == 0.0
    assert neutrons._dmu_dn(0.0, matter.coefficients, matter.powers) == np.inf


# Haensel & Zdunik's one-component accreted crust: at the bottom of each layer, nucleus and baryons per cell,
# P (dyn cm^-2) and rho (g cm^-3), which is the energy density over c^2 (n_b m_u falls short of it, by 1 % in
# the end). The mass excess (MeV) is measured, or FRDM95's; an error of 10 MeV would move rho by 2e-4.
@pytest.mark.parametrize(
    ("charge", "mass_number", "mass_excess", "cell", "pressure", "mass_density"),
    [
        (26, 56, -60.6, 56, 7.235e26, 1.494e9),
        (24, 56, -55.3, 56, 9.569e27, 1.1145e10),
        (20, 56, -12.8, 56, 4.747e29, 2.496e11),
        (18, 56, 25.0, 56, 1.361e30, 6.110e11),
        (14, 46, 42.3, 56, 2.253e30, 1.131e12),
        (12, 40, 45.4, 56, 2.637e30, 1.455e12),
        (18, 62, 70.3, 112, 3.216e30, 2.134e12),
        (14, 50, 81.0, 112, 4.699e30, 3.338e12),
    ],
)
def test_published_one_component_crust(charge, mass_number, mass_excess, cell, pressure, mass_density):
    free, z53 = cell - mass_number, charge ** (2 / 3)

    def gas_density(n_i):  # in the volume that the nuclei leave
        return n_i * free / (1 - n_i * mass_number / 0.16)

    def imbalance(n_i):
        total = electrons.pressure(n_i * charge) + coulomb.lattice_pressure(n_i * charge, z53)
        total += neutrons.pressure(gas_density(n_i), "Mackie-Baym")
        return total * MEV_FM3_IN_DYN_CM2 / pressure - 1

    n_i = brentq(imbalance, 1e-9, 1e-4, xtol=1e-16)
    # An atom's mass has its electrons' rest mass in it
    energy = n_i * (mass_number * ATOMIC_MASS_UNIT_MEV + mass_excess)
    energy += electrons.kinetic_energy_density(n_i * charge)
    energy += coulomb.lattice_energy_density(n_i * charge, z53)
    if free:
        energy += n_i * free * neutrons.energy_density(gas_density(n_i), "Mackie-Baym") / gas_density(n_i)
    grams = energy / ATOMIC_MASS_UNIT_MEV * ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3
    assert grams == pytest.approx(mass_density, rel=5e-4)


def test_arrays_and_bad_input():
    n = np.linspace(0.0, 0.1, 6).reshape(3, 2)
    for function in (neutrons.energy_density, neutrons.chemical_potential, neutrons.pressure):
        assert function(n, "BSk24").shape == (3, 2)
        assert function(n, "BSk24")[2, 1] == pytest.approx(function(0.1, "BSk24"), rel=1e-15)
        with pytest.raises(ValueError, match=r"n_n = -0\.1: must be finite and >= 0"):
            function(-0.1)
        with pytest.raises(ValueError, match="neutrons = 'APR': must be one of 'SLy4'"):
            function(0.1, "APR")


def test_shared_coefficients_cannot_be_overwritten():
    with pytest.raises(ValueError, match="read-only"):
        neutrons.neutron_matter("SLy4").coefficients[0] = 1.0
