"""Pairs of neutrinos: an independent calculation, a quadrature and exact scalings."""

import numpy as np
import pytest
from scipy.integrate import quad

from crustlib.transport.bremsstrahlung import neutrino_bremsstrahlung, neutrino_logarithm
from crustlib.transport.plasma import parameters
from crustlib.transport.screening import dielectric_function
from crustlib.transport.structure import structure_factor

DENSITY = np.array([1e9, 1e10, 1e11])


def test_numbers_of_an_independent_calculation():
    plasma = parameters(DENSITY, 5e8, [26], [56], [1.0])
    logarithm = neutrino_logarithm(26, plasma.gamma_eff, plasma.x_r)
    assert logarithm == pytest.approx([0.666, 0.649, 0.645], rel=2e-3)
    emissivity = neutrino_bremsstrahlung(DENSITY, 5e8, [26], [56], [1.0])
    assert emissivity == pytest.approx([4.06e13, 3.95e14, 3.93e15], rel=0.01)


@pytest.mark.parametrize("method", ["table", "integral"])
def test_the_logarithm_is_its_integral(method):
    def integrand(y):
        a = 1 + 2 * y**2 / (1 - y**2) * np.log(y)
        return (
            a
            / (y * dielectric_function(7.0, y) ** 2)
            * float(structure_factor(3.838 * 26 ** (1 / 3) * y, 80))
        )

    slow = quad(integrand, 1e-6, 1 - 1e-9, limit=200, epsrel=1e-6)[0]
    assert neutrino_logarithm(26, 80, 7.0, method) == pytest.approx(slow, rel=1e-3)


def test_table_and_integral_agree_with_nuclear_sizes():
    point = {"Z": [12.0, 50.0], "gamma": [1.5, 500.0], "x_r": [150.0, 60.0]}
    table = neutrino_logarithm(**point, A=[80.0, 150.0])
    assert table == pytest.approx(neutrino_logarithm(**point, method="integral", A=[80.0, 150.0]), rel=3e-3)
    assert (table < neutrino_logarithm(**point)).all()


def test_a_frozen_structure_leaves_the_sixth_power_of_the_temperature():
    cold, warm = (neutrino_bremsstrahlung(1e11, T, [26], [56], [1.0]) for T in (1e8, 2e8))
    assert warm / cold == pytest.approx(64.0, rel=1e-12)


def test_a_species_in_two_halves_is_one():
    whole = neutrino_bremsstrahlung(DENSITY, 5e8, [8, 40], [16, 90], [0.3, 0.7])
    halves = neutrino_bremsstrahlung(DENSITY, 5e8, [8, 40, 40], [16, 90, 90], [0.3, 0.4, 0.3])
    assert halves == pytest.approx(whole, rel=1e-12)
    sized = neutrino_bremsstrahlung(DENSITY, 5e8, [8, 40], [16, 90], [0.3, 0.7], form_factor=True)
    loss = 1 - sized / whole
    assert (np.diff(loss) > 0).all() and 0.001 < loss[0] < loss[-1] < 0.1


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="x sums to"):
        neutrino_bremsstrahlung(1e9, 5e8, [26, 8], [56, 16], [0.5, 0.4])
    with pytest.raises(ValueError, match="density = "):
        neutrino_bremsstrahlung(-1e9, 5e8, [26], [56], [1.0])
    with pytest.raises(ValueError, match="method = 'fit'"):
        neutrino_logarithm(26, 100, 10, "fit")
    with pytest.raises(ValueError, match="Z = "):
        neutrino_logarithm(90, 100, 10)
