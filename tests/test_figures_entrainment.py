"""The figures of chapter 11: they draw what the library has, and their own formulas have the right limits."""

import numpy as np
import pytest
from scipy.integrate import quad

from crustlib.entrainment import core_matrix, rotation, vortex_field
from crustlib.figures import entrainment as figures
from crustlib.figures import entrainment_models as models
from crustlib.matter.nucleons import beta_equilibrium


@pytest.fixture(scope="module")
def found():
    return models.stars("BSk25")


def test_stars_between_stars_are_as_computed(found):
    """At a mass that no star of the grid has."""
    one = rotation(1.53, "BSk25")
    for field in ("I_surface", "I_np", "epsilon_p", "lense_thirring_np", "radius"):
        value = np.interp(1.53, *models.smooth(found, getattr(found.two, field)))
        assert value == pytest.approx(getattr(one, field), rel=2e-3, abs=2e-4 * one.I_n)
    assert found.mass[0] == 1.0
    assert (np.diff(found.mass) > 0.0).all()


def test_the_sign_of_the_coupling_turns_between_two_stars(found):
    turn = models.turning_mass("BSk25")
    before, after = rotation([turn - 0.01, turn + 0.01], "BSk25").I_np
    assert before > 0.0 > after


def test_moments_of_inertia_are_those_of_many_equations_of_state(found):
    """Lattimer & Schutz (2005): (0.237 +- 0.008) of their fit."""
    assert models.inertia_fit(found.mass, found.two.radius) == pytest.approx(found.two.I_surface, rel=0.034)
    # by hand, a star of one solar mass and 10 km: 1 + 0.42 + 0.009
    assert models.inertia_fit(1.0, 10.0) == pytest.approx(0.237 * 1.98841e45 * 1.429, rel=1e-12)


def test_frame_dragging_and_nuclear_forces_oppose_each_other(found):
    left = figures.coupling("BSk25", ("BSk25",)).axes[0]
    nuclear, dragged, both = (line.get_ydata() for line in left.lines[:3])
    assert (nuclear > 0.0).all()
    assert (dragged < 0.0).all()
    assert both == pytest.approx(nuclear + dragged, abs=1e-10)
    assert both[-1] == pytest.approx(found.two.I_np[-1] / found.two.I_n[-1], rel=1e-6)


def test_the_drag_is_the_average_of_the_cross_section():
    """Without k lambda >> 1, and with the angles integrated: larger k lambda, smaller difference."""
    n = 0.16
    matter, field, drag = beta_equilibrium(n, "BSk24"), vortex_field(n, 0.1, 1.0), models.drag(n)
    phase = np.pi * field.flux_fraction
    total = 0.0
    for n_l in (matter.electron_density, matter.muon_density):
        k = np.cbrt(3 * np.pi**2 * n_l)

        def transport(across):  # sigma_tr of the wave number across the tube
            def integrand(theta, across=across):
                q = 2 * across * np.sin(theta / 2)
                return 1 / (1 + (q * field.penetration_depth) ** 2) ** 2

            return phase**2 / (4 * np.pi * across) * 2 * quad(integrand, 0, np.pi)[0]

        def loss(alpha, k=k, transport=transport):  # of momentum, over the Fermi surface
            return 1.5 * np.sin(alpha) ** 3 * transport(k * np.sin(alpha)) * np.sin(alpha) / 2

        total += n_l * k * quad(loss, 0, np.pi, epsrel=1e-4)[0]
    expected = total / (np.pi * n * (1 - matter.proton_fraction))
    assert drag.ratio == pytest.approx(expected, rel=0.02)


def test_the_drag_is_of_the_published_size():
    """Andersson, Sidery & Comer (2006), for electrons alone: below the muons' threshold."""
    n = 0.1
    core = core_matrix(n)
    x, rho_14 = core.proton_fraction, n * 16.605
    mass = x / core.rho_pp
    published = 4e-4 * core.flux_fraction**2 * mass**-0.5 * (x / 0.05) ** (7 / 6) * rho_14 ** (1 / 6)
    assert models.drag(n).ratio == pytest.approx(published, rel=0.1)


def test_clusters_begin_where_the_field_of_the_core_is_critical():
    for n, gap_p in ((0.14, 0.1), (0.25, 0.6)):
        field = vortex_field(n, models.needed_gap(n, gap_p), gap_p)
        assert field.core_field == pytest.approx(field.lower_critical_field, rel=1e-6)
    assert models.needed_gap(0.4, 0.05) == np.inf  # of the first kind


def test_the_strongest_field_is_that_of_some_vortex_and_grows_with_the_gap(found):
    n = models.densities("BSk25")
    field = vortex_field(n, 0.5, models.PROTON_GAPS, "BSk25")
    second = field.lower_critical_field > 0.0
    highest = (field.core_field[second] / field.lower_critical_field[second]).max()
    assert models.strongest_field(0.5, "BSk25") == pytest.approx(highest, rel=1e-9)
    assert (np.diff(models.strongest_field([0.1, 0.5, 1.0, 5.0], "BSk25")) > 0.0).all()
    # where fluxoids fit it needs more than half a quantum of flux, which BSk25 never has
    assert models.strongest_field(1e3, "BSk25", room=True) < 1.0
    assert np.abs(core_matrix(n, functional="BSk25").flux_fraction).max() < 0.5


def test_lines_are_what_they_are_called():
    left, right = figures.matrix(0.3).axes
    n, rho_np = left.lines[2].get_data()
    assert left.lines[2].get_label() == "BSk24"
    assert rho_np == pytest.approx(core_matrix(n).rho_np)
    assert right.lines[2].get_ydata() == pytest.approx(core_matrix(n).flux_fraction)


def test_a_vortex_is_drawn_with_its_own_field():
    right = figures.vortex(0.16, 1.0).axes[1]
    field = vortex_field(0.16, 1.0, 0.6)
    at_edge = np.interp(field.coherence_n, *right.lines[0].get_data())
    assert at_edge == pytest.approx(field.core_field / 1e14, rel=5e-3)
    assert right.lines[1].get_ydata()[0] == pytest.approx(field.lower_critical_field / 1e14)


def test_shares_of_a_star_make_the_whole(found):
    left, right = figures.star(1.4, "BSk25").axes
    core_n, core_p, crust, gas = (bar.get_width() for bar in left.patches)
    assert core_n + core_p + crust == pytest.approx(1.0, abs=1e-6)
    assert gas < crust
    nuclear, dragged, both = (bar.get_width() for bar in right.patches)
    assert both == pytest.approx(nuclear + dragged, abs=1e-3)


def test_masses_and_radii_are_drawn_up_to_the_heaviest():
    left, right = figures.mass_and_inertia(("BSk25",), "BSk25").axes
    radius, mass = left.lines[0].get_data()
    assert (np.diff(mass) > 0.0).all()
    assert np.interp(1.4, mass, radius) == pytest.approx(rotation(1.4, "BSk25").radius, abs=0.03)
    assert len(left.containers) == len(models.PULSARS)
    assert right.lines[0].get_xdata()[0] == pytest.approx(1.0)


def test_a_star_lighter_than_any_is_refused():
    with pytest.raises(ValueError, match=r"lightest = 0\.01"):
        models.stars("BSk25", lightest=0.01)
