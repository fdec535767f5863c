"""Chapter 12's figures: the sharp sphere that stands for an ion, and what is drawn of the flow."""

import numpy as np
import pytest

from crustlib.entrainment import cell, potential_flow
from crustlib.figures import ions as figures
from crustlib.figures import ions_models as models


@pytest.fixture(scope="module")
def one():
    return models.ion(0.03)


def test_the_sphere_keeps_all_nucleons(one):
    volume = 4 / 3 * np.pi * one.radius**3
    assert volume * (one.cell.neutron_centre - one.cell.neutron_background) == pytest.approx(
        one.cell.N - one.free
    )
    assert volume * one.proton_density == pytest.approx(one.cell.Z)
    assert one.excess + one.free == pytest.approx(0.03 * one.cell.lattice_constant**3 / 2, rel=1e-5)
    assert one.free_fraction * one.free == pytest.approx(one.flow.superfluid_fraction * one.cell.N)
    assert one.filling == pytest.approx(volume / (one.cell.lattice_constant**3 / 2))


def test_limits_of_the_sphere(one):
    neutrons, everything = models.permeabilities(one)
    assert models.sphere(one, neutrons).transported == pytest.approx(one.cell.Z)
    assert models.sphere(one, everything * (1 - 1e-12)).transported == pytest.approx(0.0, abs=1e-6)
    assert models.sphere(one, 1.0).effective == pytest.approx(one.excess)
    assert models.sphere_in_lattice(one, 1.0) == pytest.approx(one.excess)
    assert models.sphere(one, 0.0).effective == pytest.approx(one.excess + 1.5 * one.displaced)


def test_in_thin_gas_neighbours_do_not_matter():
    thin = models.ion(0.005)
    for x in (0.0, 3.0, 20.0):
        single = models.sphere(thin, x).effective
        shift = abs(single - thin.excess)
        assert models.sphere_in_lattice(thin, x) == pytest.approx(single, abs=2.5 * thin.filling * shift)


def test_maxwell_s_rule_is_what_the_lattice_has():
    coarse, fine = (models.steps_in_lattice(3.0, 0.131, points) for points in (17, 33))
    assert 2 * fine - coarse == pytest.approx(models.maxwell(3.0, 0.131), abs=1e-3)
    assert models.maxwell(1e9, 0.2) == pytest.approx(1.75)  # by hand, beta = 0.2
    assert models.maxwell(0.0, 0.2) == pytest.approx(8 / 11)


def test_the_grid_is_fine_enough(one):
    whole = potential_flow(cell(baryon_density=0.03))
    assert one.flow.superfluid_fraction == pytest.approx(whole.superfluid_fraction, abs=1e-6)


def test_a_steeper_surface_is_heavier_on_its_way_to_the_sharp_sphere(one):
    fine = cell(baryon_density=0.03, points=48)
    masses = [models.with_surface(fine, factor) for factor in (1.0, 0.7, 0.5)]
    assert masses[0] == pytest.approx(one.flow.ion_mass, abs=0.01)
    assert masses[0] < masses[1] < masses[2]
    assert masses[2] < models.sphere_in_lattice(one, models.permeabilities(one)[0])


def test_the_bound_of_planes_is_above(one):
    assert one.flow.superfluid_fraction < models.leggett_bound(one.cell) < 1.0


def test_the_size_of_a_pair():
    # by hand: k_F = (3 pi^2 0.024)^(1/3) = 0.8924 per fm, 41.442 MeV fm^2 / pi
    assert models.coherence_length(0.024, 1.0) == pytest.approx(13.191 * 0.8924, rel=1e-3)


def test_the_plane_that_is_drawn_has_an_ion_in_its_middle_and_its_corners(one):
    s, x, v_s, v_x, density = figures.diagonal(one)
    middle = len(x) // 2
    assert s[-1] / x[-1] == pytest.approx(np.sqrt(2))
    for row, column in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        assert density[row, column] == pytest.approx(density[middle, middle], rel=1e-9)
        assert v_x[row, column] == pytest.approx(v_x[middle, middle], rel=1e-6)
    assert density[middle, middle] == one.cell.neutron_centre
    for mirrored in ((slice(None, None, -1), slice(None)), (slice(None), slice(None, None, -1))):
        assert np.array_equal(v_x, v_x[mirrored])
        assert np.array_equal(v_s, -v_s[mirrored])
    # towards a dense ion lines of flow close up: below it, and to its right, they go left
    below, right = middle - len(x) // 4, middle + len(x) // 6
    assert v_s[below, right] < 0 < v_s[-1 - below, right]


def test_a_sphere_is_drawn_with_its_mass_and_speeds(one):
    figure = figures.sphere(3.0)
    left, right = figure.axes[:2]
    (x,), (mass,) = right.lines[-1].get_data()
    assert (x, mass) == (3.0, pytest.approx(models.sphere(one, 3.0).effective))
    speed = left.images[0].get_array()
    assert speed[80, 80] == pytest.approx(3 / 5)
    assert speed[80, 113] == pytest.approx(1 + 0.8 / 1.0725**3)  # on the axis, at r = 1.0725 R
    assert figures.sphere(9.0).axes[1].lines[-1].get_xdata()[0] == pytest.approx(
        models.permeabilities(one)[1]
    )
    assert np.ma.count_masked(np.ma.masked_invalid(figures.sphere(0.0).axes[0].images[0].get_array())) > 0


def test_the_lattice_says_what_it_weighs(one):
    figure = figures.lattice(0.03)
    assert f"{one.flow.ion_mass:.1f}" in figure.get_suptitle()
    assert figure.axes[0].images[0].get_array().max() < figures.SPEED.vmax


def test_lines_of_the_crust_are_potential_flow(one):
    left, right = figures.crust((0.03, 0.05)).axes
    lines = {line.get_label(): line for line in left.lines}
    assert lines["BSk24"].get_ydata()[0] == one.flow.superfluid_fraction
    assert right.lines[2].get_ydata()[0] == pytest.approx(one.flow.ion_mass / one.cell.Z)
    band = figures.surface((0.03, 0.05)).axes[1]
    assert band.lines[0].get_ydata()[0] == one.flow.ion_mass
