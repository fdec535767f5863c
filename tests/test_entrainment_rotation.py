import numpy as np
import pytest
from scipy.integrate import solve_ivp

from crustlib.entrainment import mass_radius, mass_range, rotation, star
from crustlib.entrainment.equation_of_state import MEV_FM3_IN_PER_KM2, _at, star_matter
from crustlib.entrainment.rotation import KM3_IN_G_CM2
from crustlib.entrainment.star import SOLAR_MASS_KM, enthalpy_of_mass
from crustlib.matter.nucleons import beta_equilibrium


@pytest.fixture(scope="module")
def canonical():
    return rotation(1.4)


def tolman(enthalpy, functional="BSk24"):
    """Radius, mass (km), I (km^3) of a rigid star, integrated in r, by Hartle's equation in Riccati's form.

    u = r omega-bar' / omega-bar; r u' = -u (u + 3) + 4 pi r^2 (eps + P) (u + 4) / (1 - 2m/r).
    """
    matter = star_matter(functional)

    def slopes(r, y, side):
        m, H, u = y
        P, energy = _at(max(H, 0.0), *side)[:2]
        metric = 1 - 2 * m / r
        return [
            4 * np.pi * r**2 * energy,
            -(m + 4 * np.pi * r**3 * P) / (r**2 * metric),
            (-u * (u + 3) + 4 * np.pi * r**2 * (energy + P) * (u + 4) / metric) / r,
        ]

    def edge(r, y, side):
        return y[1] - matter.core_edge

    def surface(r, y, side):
        return y[1]

    edge.terminal = surface.terminal = True
    P, energy = _at(enthalpy, *matter.core)[:2]
    r = 1e-3
    y = [4 / 3 * np.pi * r**3 * energy, enthalpy, 16 / 5 * np.pi * r**2 * (energy + P)]
    for side, event in ((matter.core, edge), (matter.crust, surface)):
        part = solve_ivp(slopes, (r, 30.0), y, "RK45", rtol=1e-9, atol=1e-16, events=event, args=(side,))
        r, y = part.t[-1], part.y[:, -1]
    return r, y[0], r**3 * y[2] / (6 + 2 * y[2])


def test_a_star_is_the_same_in_another_coordinate_with_another_equation(canonical):
    radius, mass, inertia = tolman(enthalpy_of_mass(1.4, "BSk24"))
    assert mass == pytest.approx(1.4 * SOLAR_MASS_KM, rel=1e-7)
    assert radius == pytest.approx(canonical.radius, rel=1e-7)
    assert canonical.I_n + canonical.I_p == pytest.approx(KM3_IN_G_CM2 * inertia, rel=1e-6)
    assert canonical.I_surface == pytest.approx(KM3_IN_G_CM2 * inertia, rel=1e-6)


def test_the_two_fluids_drag_each_other_equally(canonical):
    for two in (canonical, rotation(2.0, "BSk22"), rotation(1.4, crust_superfluid=True)):
        assert two.I_np == pytest.approx(two.I_pn, rel=1e-8)  # Carter 1975
        assert two.I_n + two.I_p == pytest.approx(two.I_surface, rel=1e-8)
        # the formula of the slides, with its own averages
        for ratio, nuclear, other, own in (
            (two.I_np / two.I_n, two.epsilon_n, two.lense_thirring_pn, two.lense_thirring_nn),
            (two.I_pn / two.I_p, two.epsilon_p, two.lense_thirring_np, two.lense_thirring_pp),
        ):
            assert ratio == pytest.approx((nuclear - other) / (1 - other - own), rel=1e-9)


def test_the_canonical_star_as_computed_elsewhere(canonical):
    # an independent calculation of the project's physics page
    assert canonical.epsilon_n == pytest.approx(0.026, abs=5e-4)
    assert canonical.epsilon_p == pytest.approx(0.267, abs=2e-3)
    assert canonical.lense_thirring_np == pytest.approx(0.211, abs=1e-3)
    assert canonical.lense_thirring_pn == pytest.approx(0.021, abs=5e-4)
    assert canonical.I_np / canonical.I_n == pytest.approx(0.0072, abs=1e-4)
    assert canonical.I_pn / canonical.I_p == pytest.approx(0.072, abs=1e-3)
    dragging_n = 1 - canonical.lense_thirring_pn - canonical.lense_thirring_nn
    dragging_p = 1 - canonical.lense_thirring_np - canonical.lense_thirring_pp
    assert -canonical.lense_thirring_pn / dragging_n == pytest.approx(-0.027, abs=1e-3)
    assert -canonical.lense_thirring_np / dragging_p == pytest.approx(-0.274, abs=1e-3)


@pytest.mark.parametrize(
    ("functional", "radius", "heaviest"),
    [("BSk22", 13.04, 2.26), ("BSk24", 12.57, 2.28), ("BSk26", 11.77, 2.17)],
)
def test_radius_and_greatest_mass_are_the_published_ones(functional, radius, heaviest):
    # Perot, Chamel & Sourie 2019; Pearson et al. 2018
    assert rotation(1.4, functional).radius == pytest.approx(radius, abs=0.02)
    assert mass_range(functional)[1] == pytest.approx(heaviest, abs=0.006)


def test_the_crust_s_free_neutrons_change_sides(canonical):
    free = rotation(1.4, crust_superfluid=True)
    gas = free.I_n - canonical.I_n
    assert gas == pytest.approx(canonical.I_p - free.I_p, rel=1e-6)
    assert gas / free.I_surface == pytest.approx(free.gas_fraction, rel=1e-6)
    assert free.gas_fraction == pytest.approx(canonical.gas_fraction, rel=1e-6)
    assert 0 < free.gas_fraction < free.crust_fraction < 0.05
    assert free.epsilon_p > canonical.epsilon_p  # nothing of the crust is entrained


def test_matter_is_continuous_and_obeys_thermodynamics():
    for functional in ("BSk22", "BSk24", "BSk25", "BSk26"):
        matter = star_matter(functional)
        below, above = (_at(matter.core_edge, *side) for side in (matter.crust, matter.core))
        assert below[0] == pytest.approx(above[0], rel=1e-9)
        assert below[1] == pytest.approx(above[1], rel=1e-9)
        knots = matter.core[0]
        for H in (0.3 * knots[0] + 0.7 * knots[-1], 0.9 * knots[0] + 0.1 * knots[-1]):
            P, energy, n, _, _ = _at(H, *matter.core)
            mu = matter.mu_edge * np.exp(H - matter.core_edge)
            assert (P + energy) / MEV_FM3_IN_PER_KM2 == pytest.approx(n * mu, rel=1e-6)
            assert mu == pytest.approx(beta_equilibrium(n, functional).mu_n, rel=1e-7)


def test_masses_and_radii_of_a_sequence():
    densities = np.array([[0.3, 0.5], [0.8, 1.0]])
    sequence = mass_radius(densities)
    assert sequence.mass.shape == (2, 2)
    assert (np.diff(sequence.mass.ravel()) > 0).all()
    assert (np.diff(sequence.radius.ravel()) < 0).sum() >= 2
    assert (sequence.core_radius < sequence.radius).all()
    again = rotation(sequence.mass[0])
    assert again.central_density == pytest.approx(densities[0], rel=1e-6)
    assert again.radius == pytest.approx(sequence.radius[0], rel=1e-6)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rotation(2.5), r"mass = 2.5: must be finite and in \[0.306\d*, 2.279\d*\]"),
        (lambda: rotation(0.1), "mass = 0.1"),
        (lambda: rotation(float("nan")), "mass"),
        (lambda: rotation("heavy"), "mass = 'heavy'"),
        (lambda: rotation(1.4, "SLy4"), "functional = 'SLy4'"),
        (lambda: rotation(1.4, crust_superfluid=1), "crust_superfluid = 1"),
        (lambda: mass_radius(0.1), "central_density = 0.1"),
        (lambda: star.mass_range("APR"), "functional = 'APR'"),
    ],
)
def test_bad_input_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
