"""The parameters of a mixture against a textbook, an independent calculation, and their own definitions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib.constants import E2_MEV_FM, HBARC_MEV_FM, MEV_IN_KELVIN, SPEED_OF_LIGHT_CM_S
from crustlib.matter import coulomb
from crustlib.transport.plasma import parameters

MIXTURE = {"Z": [8, 26, 40], "A": [16, 56, 90], "x": [0.2, 0.3, 0.5]}

species = st.lists(
    st.tuples(st.floats(1.0, 60.0), st.floats(1.0, 3.0), st.floats(0.01, 1.0)), min_size=1, max_size=5
)


def test_numbers_of_an_independent_calculation():
    plasma = parameters(1e9, 5e8, **MIXTURE)
    assert plasma.x_r == pytest.approx(7.74405, rel=1e-6)
    assert plasma.gamma_eff == pytest.approx(107.831, rel=1e-5)
    assert plasma.nu_0 == pytest.approx(4.732696e18, rel=1e-6)
    assert (plasma.mean_Z, plasma.mean_A) == pytest.approx((29.4, 65.0))
    assert plasma.Q_imp == pytest.approx(plasma.mean_Z2 - plasma.mean_Z**2)


def test_iron_as_in_the_textbook():
    # Haensel, Potekhin & Yakovlev 2007, chapter 2: x_r = 1.00884 (rho_6 Z/A)^(1/3),
    # T_F = 5.930e9 K (gamma_r - 1), Gamma = 22.75 Z^2/T_6 (rho_6/A)^(1/3), T_p = 7.832e6 K (Z/A) rho_6^(1/2)
    density, temperature = np.array([1e7, 1e9, 1e11]), 2e8
    plasma = parameters(density, temperature, [26], [56], [1.0])
    rho_6 = density / 1e6
    assert plasma.x_r == pytest.approx(1.00884 * (rho_6 * 26 / 56) ** (1 / 3), rel=1e-5)
    T_F = 5.930e9 * (np.sqrt(1 + plasma.x_r**2) - 1)
    assert plasma.T_F == pytest.approx(T_F, rel=2e-4)
    assert plasma.theta == pytest.approx(temperature / T_F, rel=2e-4)
    assert plasma.gamma_eff == pytest.approx(22.75 * 26**2 / 200 * (rho_6 / 56) ** (1 / 3), rel=3e-4)
    assert plasma.plasma_temperature == pytest.approx(7.832e6 * 26 / 56 * rho_6**0.5, rel=3e-4)
    assert plasma.Q_imp == pytest.approx(0.0, abs=1e-9)


def test_fundamental_frequency_is_that_of_scattering_by_coulombs_law():
    # Equation (9) in its first form, 4 pi <Z^2> e^4 n / (p_F^2 v_F)
    plasma = parameters(1e9, 5e8, **MIXTURE)
    p_F = HBARC_MEV_FM * plasma.k_F
    beta = p_F / plasma.mu_e
    per_fm = 4 * np.pi * plasma.mean_Z2 * E2_MEV_FM**2 * plasma.number_density / (p_F**2 * beta)
    assert plasma.nu_0 == pytest.approx(per_fm * SPEED_OF_LIGHT_CM_S * 1e13, rel=1e-12)


@settings(max_examples=30)
@given(species=species, density=st.floats(1e6, 1e12), temperature=st.floats(1e7, 1e10))
def test_any_mixture_agrees_with_the_room_of_matter(species, density, temperature):
    charge, per_charge, share = (np.array(column) for column in zip(*species, strict=True))
    mass, fraction = charge * per_charge, share / share.sum()
    plasma = parameters(density, temperature, charge, mass, fraction)
    n_j, n_e, T = fraction * plasma.number_density, plasma.electron_density, temperature / MEV_IN_KELVIN
    assert n_j @ charge == pytest.approx(n_e, rel=1e-12)
    assert plasma.gamma_j == pytest.approx(coulomb.ion_coupling(n_e, T, charge), rel=1e-12)
    assert plasma.gamma_eff == pytest.approx(coulomb.mean_coupling(n_e, T, charge, n_j), rel=1e-12)
    melting = coulomb.melting_temperature(n_e, charge, n_j) * MEV_IN_KELVIN
    assert plasma.melting_temperature == pytest.approx(melting, rel=1e-12)
    quantum = coulomb.plasma_temperature(charge, mass, n_j) * MEV_IN_KELVIN
    assert plasma.plasma_temperature == pytest.approx(quantum, rel=1e-12)
    # What is in a nucleus's sphere is neutral, and a_j = a_e Z_j^(1/3) makes Gamma_j = (Z_j e)^2 / (a_j T)
    assert plasma.a == pytest.approx(plasma.a_e * plasma.mean_Z ** (1 / 3), rel=1e-12)
    a_j = plasma.a_e * charge ** (1 / 3)
    assert plasma.gamma_j == pytest.approx(charge**2 * E2_MEV_FM / (a_j * T), rel=1e-12)


def test_layers_and_species_broadcast():
    density, temperature = np.array([1e8, 1e9, 1e10]), np.array([[3e8], [5e8]])
    plasma = parameters(density, temperature, **MIXTURE)
    for name, value in plasma._asdict().items():
        assert value.shape == ((2, 3, 3) if name == "gamma_j" else (2, 3)), name
    one = parameters(1e10, 3e8, **MIXTURE)
    for name, value in one._asdict().items():
        assert getattr(plasma, name)[0, 2] == pytest.approx(value, rel=1e-14), name
    # A composition for each layer
    fractions = [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0], [0.0, 0.5, 0.5]]
    by_layer = parameters(density, 3e8, MIXTURE["Z"], MIXTURE["A"], fractions)
    assert by_layer.mean_Z == pytest.approx([29.4, 8.0, 33.0])
    assert by_layer.gamma_j.shape == (3, 3)
    assert isinstance(one.x_r, float)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf, "1"])
def test_bad_states_are_named(bad):
    with pytest.raises(ValueError, match="density = "):
        parameters(bad, 5e8, **MIXTURE)
    with pytest.raises(ValueError, match="temperature = "):
        parameters(1e9, bad, **MIXTURE)
    with pytest.raises(ValueError, match="Z = "):
        parameters(1e9, 5e8, [bad], [56], [1.0])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"Z": [8, 26, 0.5]}, r"Z = 0\.5 \(at index 2\): must be finite and in \[1, inf\]"),
        ({"A": [16, 56, 39]}, "A = 39 for Z = 40: must be >= Z"),
        ({"x": [0.2, 0.3, 0.4]}, r"x sums to 0\.9: number fractions must sum to 1"),
        ({"x": [0.7, 0.8, -0.5]}, r"x = -0\.5 \(at index 2\): must be finite and >= 0"),
        ({"x": [0.5, 0.5]}, r"x \(2,\): shapes must broadcast"),
    ],
)
def test_bad_mixtures_are_named(changed, message):
    with pytest.raises(ValueError, match=message):
        parameters(1e9, 5e8, **(MIXTURE | changed))
