"""The lattice against an Ewald sum, slopes and published thresholds; plasma scales against a textbook."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import erfc

from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    E2_MEV_FM,
    MEV_FM3_IN_DYN_CM2,
    MEV_IN_KELVIN,
    PER_FM3_IN_PER_CM3,
)
from crustlib.matter import coulomb, electrons

nuclei = st.lists(st.tuples(st.floats(1.0, 60.0), st.floats(1e-12, 1e-4)), min_size=1, max_size=6)


def ewald_energy(basis, splitting):
    """Energy per ion of a cubic lattice of unit cell 1 in a uniform background, in units of (Z e)^2."""
    shells = np.array(list(itertools.product(range(-6, 7), repeat=3)), dtype=float)
    density = len(basis)
    distances = np.concatenate([np.linalg.norm(shells + site, axis=1) for site in basis])
    distances = distances[distances > 1e-9]
    waves = 2 * np.pi * shells[np.any(shells != 0, axis=1)]
    squares = (waves**2).sum(1)
    structure = np.exp(1j * waves @ basis.T).sum(1).real
    reciprocal = 4 * np.pi * (np.exp(-squares / (4 * splitting**2)) / squares * structure).sum()
    direct = (erfc(splitting * distances) / distances).sum()
    return 0.5 * (direct + reciprocal - np.pi * density / splitting**2 - 2 * splitting / np.sqrt(np.pi))


@pytest.mark.parametrize("splitting", [2.5, 3.0])
def test_madelung_constant_by_ewald_summation(splitting):
    body_centred = np.array([[0.0, 0.0, 0.0], [0.5, 0.5, 0.5]])
    ion_sphere = (3 / (4 * np.pi * 2)) ** (1 / 3)
    assert ewald_energy(body_centred, splitting) * ion_sphere == pytest.approx(
        -coulomb.MADELUNG_BCC, abs=1e-11
    )


def test_one_component_energy_is_the_madelung_energy_of_its_ions():
    n_e, charge = 1e-5, 26
    ion_sphere = (3 * charge / (4 * np.pi * n_e)) ** (1 / 3)
    per_ion = -0.895929255682 * charge**2 * E2_MEV_FM / ion_sphere
    density = coulomb.lattice_energy_density(n_e, charge ** (2 / 3))
    assert density == pytest.approx(per_ion * n_e / charge, rel=1e-13)


@settings(max_examples=50, deadline=None)
@given(nuclei=nuclei)
def test_shifts_are_the_slopes_of_the_energy_and_balance(nuclei):
    charge, density = (np.array(column) for column in zip(*nuclei, strict=True))
    n_e = charge @ density
    z53 = coulomb.z53(charge, density)
    energy, pressure = coulomb.lattice_energy_density(n_e, z53), coulomb.lattice_pressure(n_e, z53)
    nucleus, electron = coulomb.nucleus_shift(n_e, charge), coulomb.electron_shift(n_e, z53)
    # Electrons, at fixed nuclei: eps_L goes as n_e^(1/3) sum n_i Z_i^(5/3), so that z53 goes as 1/n_e
    by_electrons = (
        coulomb._lattice_energy_density(complex(n_e, 1e-30), n_e * z53 / complex(n_e, 1e-30)).imag / 1e-30
    )
    assert electron == pytest.approx(by_electrons, rel=1e-12)
    # Nuclei, at fixed electrons: the energy is linear in their densities
    assert density @ nucleus == pytest.approx(energy, rel=1e-12)
    assert density @ nucleus + n_e * electron - energy == pytest.approx(pressure, rel=1e-12)


@pytest.mark.parametrize(
    ("charge", "pressure", "mass_density", "mu_e"),
    [
        (26, 6.4826e26, 1.376e9, 4.4692),
        (24, 1.8326e28, 1.810e10, 10.218),
        (22, 1.0590e29, 7.339e10, 15.816),
        (20, 5.1031e29, 2.620e11, 23.410),
        (18, 1.7100e30, 7.196e11, 31.649),
    ],
)
def test_thresholds_of_the_56fe_chain(charge, pressure, mass_density, mu_e):
    # One nuclide of A = 56 with its lattice, at the thresholds of its captures; mu_e is the ideal electrons'
    n_e = electrons.density(mu_e)
    total = electrons.pressure(n_e) + coulomb.lattice_pressure(n_e, charge ** (2 / 3))
    assert total * MEV_FM3_IN_DYN_CM2 == pytest.approx(pressure, rel=5e-4)
    grams = n_e * 56 / charge * ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3
    assert grams == pytest.approx(mass_density, rel=5e-4)


def test_lattice_shift_of_the_first_capture():
    # 56Fe + e -> 56Mn starts at 4.2066 MeV without the lattice, and the lattice delays it to 4.4692 MeV
    n_e = electrons.density(4.4692)
    parent, daughter = coulomb.nucleus_shift(n_e, 26), coulomb.nucleus_shift(n_e, 25)
    electron = 4.4692 + coulomb.electron_shift(n_e, 26 ** (2 / 3))
    assert parent + electron - daughter == pytest.approx(4.2066, abs=5e-4)


def test_textbook_numbers():
    # Haensel, Potekhin & Yakovlev 2007, chapter 2: Gamma = 22.75 Z^2/T_6 (rho_6/A)^(1/3), T_p = 7.832e6 K
    # (Z/A) rho_6^(1/2); 56Fe at 1e9 g cm^-3 and 1e8 K
    n_i = 1e9 / ATOMIC_MASS_UNIT_G / PER_FM3_IN_PER_CM3 / 56
    temperature = 1e8 / MEV_IN_KELVIN
    gamma = coulomb.ion_coupling(26 * n_i, temperature, 26)
    assert gamma == pytest.approx(22.75 * 26**2 / 100 * (1000 / 56) ** (1 / 3), rel=3e-4)
    melting = coulomb.melting_temperature(26 * n_i, 26, n_i)
    assert melting == pytest.approx(temperature * gamma / 175, rel=1e-12)
    plasma = coulomb.plasma_temperature(26, 56, n_i) * MEV_IN_KELVIN
    assert plasma == pytest.approx(7.832e6 * 26 / 56 * 1000**0.5, rel=3e-4)
    assert coulomb.electron_coupling(26 * n_i, temperature) * 26 ** (5 / 3) == pytest.approx(gamma, rel=1e-12)


@settings(max_examples=30, deadline=None)
@given(nuclei=nuclei)
def test_mixture_melts_where_its_coupling_says(nuclei):
    charge, density = (np.array(column) for column in zip(*nuclei, strict=True))
    n_e = charge @ density
    melting = coulomb.melting_temperature(n_e, charge, density, gamma_melting=150.0)
    assert coulomb.mean_coupling(n_e, melting, charge, density) == pytest.approx(150.0, rel=1e-12)
    # A mixture's Gamma is the mean of its ions' own
    ions = coulomb.ion_coupling(n_e, melting, charge)
    assert np.average(ions, weights=density) == pytest.approx(150.0, rel=1e-12)
    assert coulomb.impurity_parameter(charge, density) == pytest.approx(
        np.average(charge**2, weights=density) - np.average(charge, weights=density) ** 2, abs=1e-9
    )


def test_equal_shares_of_two_charges():
    assert coulomb.impurity_parameter([10.0, 20.0], [3e-7, 3e-7]) == pytest.approx(25.0, rel=1e-14)
    assert coulomb.impurity_parameter(26.0, 1e-6) == 0.0
    # z53 of one component is Z^(2/3)
    assert coulomb.z53(8.0, 1e-6) == pytest.approx(4.0, rel=1e-14)


def test_plasma_temperatures_add_in_squares():
    charge, mass, density = np.array([26.0, 12.0]), np.array([56.0, 40.0]), np.array([1e-6, 2e-6])
    each = coulomb.plasma_temperature(charge[:, None], mass[:, None], density[:, None])
    assert coulomb.plasma_temperature(charge, mass, density) == pytest.approx(np.hypot(*each), rel=1e-14)
    # The frequency goes as Z (n / m)^(1/2): twice the density and twice the mass leave it
    assert coulomb.plasma_temperature(26, 112, 2e-6) == pytest.approx(each[0], rel=1e-14)


def test_layers_of_a_profile():
    density = np.array([[1e-6, 0.0], [1e-6, 1e-6], [0.0, 2e-6]])
    charge, mass = np.array([26.0, 24.0]), np.array([56.0, 56.0])
    n_e = density @ charge
    for result in (
        coulomb.z53(charge, density),
        coulomb.impurity_parameter(charge, density),
        coulomb.mean_coupling(n_e, 0.05, charge, density),
        coulomb.melting_temperature(n_e, charge, density),
        coulomb.plasma_temperature(charge, mass, density),
    ):
        assert result.shape == (3,)
    # Published crusts: one mean nucleus per layer, of a fractional charge
    assert coulomb.z53([[26.5], [24.1]], [[1e-6], [1e-6]]) == pytest.approx(
        [26.5 ** (2 / 3), 24.1 ** (2 / 3)]
    )


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf, "1"])
def test_bad_input_is_named(bad):
    for function in (coulomb.lattice_energy_density, coulomb.lattice_pressure, coulomb.electron_shift):
        with pytest.raises(ValueError, match="n_e = "):
            function(bad, 8.8)
        with pytest.raises(ValueError, match="z53 = "):
            function(1e-5, bad)
    with pytest.raises(ValueError, match="charge = "):
        coulomb.nucleus_shift(1e-5, bad)
    with pytest.raises(ValueError, match="temperature = "):
        coulomb.mean_coupling(1e-5, bad, 26, 1.0)
    with pytest.raises(ValueError, match="gamma_melting = "):
        coulomb.melting_temperature(1e-5, 26, 1.0, gamma_melting=bad)
    with pytest.raises(ValueError, match="mass_number = "):
        coulomb.plasma_temperature(26, bad, 1e-6)


def test_compositions_that_are_none():
    with pytest.raises(ValueError, match="number_density = 0 for every nuclide"):
        coulomb.z53([26, 24], [[1.0, 0.0], [0.0, 0.0]])
    with pytest.raises(ValueError, match=r"number_density has shape \(3,\): must broadcast"):
        coulomb.impurity_parameter([26, 24], [1.0, 1.0, 1.0])
    with pytest.raises(ValueError, match=r"mass_number has shape \(1,\)"):
        coulomb.plasma_temperature([26, 24], 56, [1.0, 1.0])
    with pytest.raises(ValueError, match=r"temperature = 0\.0: must be finite and > 0"):
        coulomb.ion_coupling(1e-5, 0.0, 26)
