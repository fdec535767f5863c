"""Level densities: the systematics, and partition functions against quadrature."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad

from crustlib.nuclides import level_density, mass_model


def test_systematics_of_nuclei_with_measured_levels():
    # von Egidy & Bucurescu 2005 fit 10.3 and about 25 MeV^-1 to lead-208 and uranium-238: shells and none
    a, shift = level_density.parameters(mass_model("AME2020#+DZ10"), [82, 92], [208, 238])
    assert a == pytest.approx([10.3, 25.5], rel=0.1)
    assert (a / [208, 238] >= 0.05).all()
    # pairing pushes the levels of even nuclei up
    _, around = level_density.parameters(mass_model("AME2020#+DZ10"), [26, 26, 27], [56, 57, 58])
    assert around[0] > around[1] > around[2]
    assert (np.abs(shift) < 2.0).all()


@pytest.mark.parametrize("T", [0.1, 0.4, 1.0, 5.0])
def test_partition_function_is_its_integral(T):
    a, E_1, A, B = 6.2, 0.94, 56.0, 492.0

    def levels(E):
        U = E - E_1
        sigma = math.sqrt(0.0146 * A ** (5 / 3) * (1 + math.sqrt(1 + 4 * a * U)) / (2 * a))
        return math.exp(2 * math.sqrt(a * U) - E / T) / (12 * math.sqrt(2) * sigma * a**0.25 * U**1.25)

    start = E_1 + 25 / (16 * a)
    peak = max(start, E_1 + a * T**2)
    points = [start, peak, min(B, peak + 30 * T), B]
    parts = [quad(levels, lo, hi, epsabs=0, epsrel=1e-11, limit=200)[0]
             for lo, hi in pairwise(points) if hi > lo]  # fmt: skip
    z = level_density.partition_function([1.0], [a], [E_1], [A], [B], T)
    assert z[0] == pytest.approx(1.0 + sum(parts), rel=1e-8)


def test_mean_energy_is_the_slope_of_the_partition_function():
    of = [2.0], [6.2], [0.94], [56.0], [492.0]
    T, step = 0.8, 1e-4
    slope = np.log(level_density.partition_function(*of, T + step))
    slope = (slope - np.log(level_density.partition_function(*of, T - step))) / (2 * step)
    assert level_density._sums(*of, T)[1] == pytest.approx(T**2 * slope, rel=1e-6)


def test_nuclei_without_level_density_and_cold_ones_have_their_ground_state():
    z = level_density.partition_function(
        [1.0, 3.0], [0.0, 6.0], [0.0, 1.0], [14.0, 56.0], [19.3, 490.0], 0.05
    )
    assert z == pytest.approx([1.0, 3.0], rel=1e-8)
    with pytest.raises(ValueError, match="temperature = -1"):
        level_density.partition_function([1.0], [6.0], [1.0], [56.0], [490.0], -1.0)
