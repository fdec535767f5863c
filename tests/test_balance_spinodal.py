"""The spinodal region: its limits in closed form, and that nothing outside is unstable."""

import numpy as np
import pytest
from scipy.optimize import brentq

from crustlib import balance
from crustlib.constants import PROTON_MASS_MEV
from crustlib.matter import skyrme, warm_nucleons
from crustlib.matter.curvature import curvature


@pytest.fixture(scope="module")
def cold():
    return balance.spinodal("BSk25", 0.01)


def test_symmetric_cold_matter_is_unstable_where_its_pressure_falls(cold):
    """As electrons are absent, protons and neutrons differ by their masses only."""
    on_top = slice(cold.neutron_density.size // 2, None)
    n_n, n_p = cold.neutron_density[on_top], cold.proton_density[on_top]
    found = np.interp(0.0, np.log(n_n / n_p), n_n + n_p)
    step = 1e-5

    def slope(n):  # of the pressure at zero temperature
        return skyrme.pressure(n / 2 + step, n / 2 + step, "BSk25") - skyrme.pressure(
            n / 2 - step, n / 2 - step, "BSk25"
        )

    assert found == pytest.approx(brentq(slope, 0.05, 0.14), abs=2e-4)


def test_the_boundary_parts_stable_from_unstable(cold):
    inside = curvature(cold.neutron_density, cold.proton_density, 0.01).least
    assert np.abs(inside).max() < 1e-3
    half = cold.neutron_density.size // 2
    for row, factor in ((slice(1, half - 1), 0.999), (slice(half + 1, -1), 1.001)):
        n_n, n_p = cold.neutron_density[row], cold.proton_density[row]
        assert (curvature(n_n * factor, n_p * factor, 0.01).least > 0.0).all()
        assert (curvature(n_n / factor, n_p / factor, 0.01).least < 0.0).all()


def test_nothing_outside_is_unstable():
    """Against a grid: inside is what the boundary's polygon has in it."""
    T = 5.0
    region = balance.spinodal("BSk24", T, number=200)
    n = np.linspace(0.001, 0.15, 60)
    n_n, n_p = (x.ravel() for x in np.meshgrid(n, n))
    unstable = curvature(n_n, n_p, T, "BSk24").least < 0.0
    ratio, total = np.log(n_p / n_n), n_n + n_p
    half = region.neutron_density.size // 2
    rays = np.log(region.proton_density / region.neutron_density)[:half]
    sums = region.neutron_density + region.proton_density
    low = np.interp(ratio, rays, sums[:half], left=np.inf, right=np.inf)
    high = np.interp(ratio, rays, sums[half:][::-1], left=-np.inf, right=-np.inf)
    inside = (total > low) & (total < high)
    assert (inside != unstable).mean() < 0.005  # points on the polygon's chords
    assert unstable.sum() > 300


def test_it_closes_at_the_critical_temperature_of_symmetric_matter():
    """Where the pressure's slope and curvature vanish together, by differences of the pressure itself."""
    functional = "SLy4"  # one mass for both nucleons: the critical matter is symmetric
    n = np.linspace(0.02, 0.08, 400)

    def least_slope(T):
        return np.diff(warm_nucleons.thermodynamics(n / 2, n / 2, T, functional).pressure).min()

    critical = brentq(least_slope, 5.0, 25.0, xtol=1e-6)
    region = balance.spinodal(functional, 1.0, number=10)
    assert region.critical_temperature == pytest.approx(critical, abs=2e-3)
    assert balance.spinodal(functional, critical - 0.05, number=10).neutron_density.size == 20
    assert balance.spinodal(functional, critical + 0.05, number=10).neutron_density.size == 0
    near = balance.spinodal(functional, critical - 0.001, number=10)
    assert near.direction == pytest.approx(1.0, abs=0.05)


def test_at_fixed_mu_p_mu_n_falls_between_two_points_of_the_boundary():
    """Without Coulomb at -30 MeV and T = 0.1 MeV, BSk25: 0.0174 and 0.0601 fm^-3, an independent number."""
    region = balance.spinodal("BSk25", 0.1, number=200)
    n_n, n_p = region.neutron_density, region.proton_density
    off = warm_nucleons.thermodynamics(n_n, n_p, 0.1).mu_p - PROTON_MASS_MEV + 30.0
    k = np.flatnonzero(off[:-1] * off[1:] < 0.0)
    crossings = n_n[k] + (n_n[k + 1] - n_n[k]) * off[k] / (off[k] - off[k + 1])
    assert np.sort(crossings) == pytest.approx([0.0174, 0.0601], abs=2e-4)


def test_electrons_leave_no_phase_to_separate_into_but_ripples():
    for functional in ("BSk25", "SLy4"):
        assert balance.spinodal(functional, 0.1, electrons=True).critical_temperature == 0.0
    ripples = balance.spinodal("BSk25", 0.1, electrons=True, wave_number=None, number=10)
    bare = balance.spinodal("BSk25", 0.1, number=10)
    assert 0.0 < ripples.critical_temperature < bare.critical_temperature
    assert (ripples.neutron_density + ripples.proton_density).max() < (
        bare.neutron_density + bare.proton_density
    ).max()


def test_bad_input_is_named():
    for bad, match in (
        ({"temperature": 0.0}, "temperature = 0"),
        ({"functional": "BBSk1"}, "functional = 'BBSk1'"),
        ({"electrons": 1}, "electrons = 1"),
        ({"wave_number": -1.0}, "wave_number = -1"),
        ({"number": 3}, "number = 3"),
    ):
        with pytest.raises(ValueError, match=match):
            balance.spinodal(**bad)
