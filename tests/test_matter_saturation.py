"""Saturation densities: published values, zero pressure, and the limit beyond which there is none."""

import numpy as np
import pytest

from crustlib.matter import saturation, skyrme


@pytest.mark.parametrize(("name", "n0"), [("BSk24", 0.1578), ("BSk25", 0.15874), ("SLy4", 0.1595)])
def test_symmetric_matter(name, n0):  # Goriely, Chamel & Pearson 2013; Chabanat et al. 1998
    for method in saturation.METHODS:
        assert saturation.density(0.0, name, method) == pytest.approx(n0, abs=1e-4)


@pytest.mark.parametrize("name", skyrme.available())
def test_no_pressure_at_saturation_and_some_beyond_the_limit(name):
    end = saturation.largest_asymmetry(name)
    delta = np.linspace(-0.5, end, 30)
    n = saturation.density(delta, name)
    pressure = skyrme.pressure(0.5 * n * (1 + delta), 0.5 * n * (1 - delta), name)
    assert np.abs(pressure).max() < 1e-9
    assert (np.diff(n[delta > 0.05]) < 0.0).all()
    above = np.linspace(1e-3, 0.3, 3000)
    beyond = end + 1e-3
    assert (skyrme.pressure(0.5 * above * (1 + beyond), 0.5 * above * (1 - beyond), name) > 0.0).all()


@pytest.mark.parametrize("name", skyrme.available())
def test_expansion_is_exact_to_second_order(name):
    n0 = saturation.density(0.0, name, "constant")
    off = [
        abs(saturation.density(d, name, "expansion") / saturation.density(d, name) - 1) for d in (0.1, 0.2)
    ]
    # neutrons are heavier: the exact density also has a term linear in delta, below 1e-3 of it
    assert max(off) < 1e-3
    assert saturation.density(0.2, name) < n0


def test_expansion_has_the_published_coefficients():  # Goriely, Chamel & Pearson 2013
    _, K, L, _ = saturation._expansion("BSk25")
    assert (K, L) == pytest.approx((236.04, 36.90), abs=0.02)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"delta = 0\.9: must be finite and in"):
        saturation.density(0.9)
    with pytest.raises(ValueError, match="method = 'linear'"):
        saturation.density(0.1, method="linear")
    with pytest.raises(ValueError, match="functional"):
        saturation.largest_asymmetry("BSk1")
    assert saturation.density([[0.1, 0.2]]).shape == (1, 2)
