"""The figures of chapter 8: they draw what the library has, and their numbers are those known elsewhere."""

import numpy as np
import pytest

from crustlib import balance, crusts
from crustlib.constants import PROTON_MASS_MEV
from crustlib.figures import stability as figures
from crustlib.figures import stability_models as models
from crustlib.matter.curvature import curvature


@pytest.mark.parametrize(("functional", "end"), [("BSk22", 0.0716068), ("BSk25", 0.0855534)])
def test_ripples_end_where_the_published_crust_does(functional, end):
    """Pearson et al. 2018, table 14: the same instability, seen from the core, by another code."""
    assert models.rippled(functional)[1] == pytest.approx(end, rel=0.01)


def test_mu_n_falls_between_known_densities():
    assert models.edges() == pytest.approx([0.0174, 0.0601], abs=2e-4)


def test_nuclear_matter_falls_and_stellar_matter_rises():
    for which in models.SYSTEMS:
        found = models.system(which)
        falls = (np.diff(found.mu_n) < 0.0).any()
        assert falls == ("nuclear" in which)
        if "uniform" in which:  # Gibbs and Duhem: at fixed mu_p and T, or in beta equilibrium, dP = n dmu
            middle = 0.5 * (found.density[1:] + found.density[:-1])
            work = middle * np.diff(found.mu_n)
            assert np.diff(found.pressure) == pytest.approx(work, rel=0.02, abs=1e-3 * np.ptp(found.pressure))


def test_clustered_nuclear_matter_keeps_its_coulomb_energy_and_not_its_electrons():
    found = models.system("clustered nuclear matter").matter
    assert "pressure" not in found
    assert (found["coulomb_shift"] < 0.0).all()
    total = found["mu_p"] + found["coulomb_shift"] - PROTON_MASS_MEV
    assert total.values == pytest.approx(-30.0, abs=1e-6)


def test_regions_are_drawn_as_computed():
    left = figures.region(8.0, "BSk24").axes[0]
    region = balance.spinodal("BSk24", 8.0)
    assert left.lines[0].get_xdata() == pytest.approx(region.neutron_density)
    n_n, n_p = left.lines[1].get_data()
    k = curvature(n_n, n_p, 8.0, "BSk24", True, None)
    assert np.abs(k.least).max() < 0.1


def test_hot_matter_has_no_region():
    left = figures.region(20.0).axes[0]
    assert left.lines[0].get_xdata().size == left.lines[1].get_xdata().size == 0


def test_eigenvalues_are_of_the_lines_they_are_called():
    left, right = figures.eigenvalues().axes
    found = models.ripples()
    for line, part in zip(left.lines[:3], (found.nuclear, found.stellar, found.worst), strict=True):
        assert line.get_ydata() == pytest.approx(part.least)
    row = int(np.argmin(abs(found.baryon_density - 0.05)))
    assert right.lines[2].get_ydata()[0] == pytest.approx(found.stellar.least[row])
    assert right.lines[2].get_ydata().min() == pytest.approx(found.worst.least[row], abs=0.1)


def test_phases_side_by_side_lie_on_the_common_tangent():
    """Free energy per baryon over volume per baryon: the slope of the chord is -P at both of its ends."""
    one, two = crusts.transition(0.1).coexistence
    thin, dense = crusts.nse(one, 0.1), crusts.homogeneous(two, 0.1)
    chord = float(dense["free_energy"][0] - thin["free_energy"][0]) / (1 / two - 1 / one)
    assert -chord == pytest.approx(float(thin["pressure"][0]), rel=1e-5)
    assert -chord == pytest.approx(float(dense["pressure"][0]), rel=1e-5)
    right = figures.crossing().axes[1]
    level = right.lines[2].get_ydata()
    assert level == pytest.approx(-chord, rel=1e-4)
