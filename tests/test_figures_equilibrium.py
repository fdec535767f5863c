"""The figures of chapter 6: they draw what the library has, and their own formulas meet it."""

import numpy as np
import pytest

from crustlib import crusts, nuclides
from crustlib.constants import MEV_IN_KELVIN, PROTON_MASS_MEV
from crustlib.figures import equilibrium as figures
from crustlib.figures import equilibrium_models as models


@pytest.fixture(scope="module")
def cold():
    return models.crust(0.1)


def test_the_layer_is_the_published_one(cold):
    """The physics page, and figure 2 of Beznogov & Raduta (2025)."""
    found = models.layer(cold)
    assert found.onset == pytest.approx(0.0064, abs=5e-4)
    assert found.largest == pytest.approx(0.37, abs=0.01)
    assert found.purity == pytest.approx(1.0, abs=1e-6)
    nowhere = models.layer(cold, 2, 6)
    assert np.isnan(nowhere.onset)
    assert nowhere.largest < 1e-6


def test_the_cheapest_nuclide_is_the_commonest(cold):
    """Where matter is cold its price is the protons' chemical potential, to some T per nucleus."""
    mu_p = cold["mu_p"].values - PROTON_MASS_MEV
    pool = nuclides.pool()
    price = models.prices(cold, pool.Z, pool.A, pool.binding)
    assert price.min(axis=1) == pytest.approx(mu_p, abs=0.4)
    best = price.argmin(axis=1)
    names = [nuclides.name(int(pool.Z[k]), int(pool.A[k])) for k in best]
    same = [a == b for a, b in zip(names, models.most_abundant(cold), strict=True)]
    assert np.mean(same) > 0.9  # but where two are as cheap


def test_the_margin_of_a_price_is_the_shift_that_it_bears():
    """7H costs 3.2 MeV per proton more: 14He loses to it where it is bound 6.5 MeV less, by the solver."""
    one = crusts.nse(0.05, 0.1)
    margin = 2.0 * float((models.price_of(one, 1, 7) - models.price_of(one, 2, 14))[0])
    assert margin == pytest.approx(6.5, abs=0.1)
    for off, winner in ((0.7, "He14"), (-0.7, "H7")):
        shifted = crusts.nse([0.04, 0.05], 0.1, binding_shifts={"He14": off - margin})
        assert models.most_abundant(shifted)[-1] == winner


def test_surfaces_of_known_nuclei_have_their_tension():
    """About 1 MeV fm^-2, from droplet models of stable nuclei; Coulomb diffuseness and shells apart."""
    for name in ("Pb208", "Sn120", "Zr90"):
        assert models.surface(*nuclides.parse(name)).tension == pytest.approx(1.05, abs=0.12)


def test_helium_has_no_surface_left_beyond_the_edge():
    energy = [models.surface(2, A, "BSk25").energy for A in (13, 14, 15, 16)]
    assert energy[1] > 0.0 > energy[2]
    assert (np.diff(energy) < 0.0).all()


def test_the_layer_is_a_quantum_liquid():
    """The physics page: T_p 0.41 MeV against T_m 0.005, r_s about 13, at 0.03 fm^-3."""
    one = crusts.nse(0.03, 0.1)
    plasma = models.plasma(one)
    assert plasma.plasma_temperature / MEV_IN_KELVIN == pytest.approx(0.41, abs=0.01)
    assert plasma.melting_temperature / MEV_IN_KELVIN == pytest.approx(0.005, abs=5e-4)
    assert models.quantum_spacing(one) == pytest.approx(13.0, abs=0.5)
    # by hand: 0.36 x 0.03 / 14 per fm^3, and 197.327 sqrt(2 pi / (13041 x 0.1)) = 13.70 fm
    assert models.phase_space(one) == pytest.approx(7.7e-4 * 13.70**3, rel=0.02)


def test_bands_hold_all_baryons(cold):
    parts = figures.bands(cold)
    assert set(parts) == set(figures.BANDS)
    assert sum(parts.values()) == pytest.approx(np.ones(len(models.DEEP)), abs=1e-9)
    assert parts["14He"] == pytest.approx(models.share(cold, 2, 14))


def test_the_edge_names_what_is_there():
    drawn = figures.edge(last=14)
    _, labels = drawn.axes[0].get_legend_handles_labels()
    assert "$^{16}$He" in labels
    assert "$^{14}$He" not in labels


def test_lines_are_what_they_are_called(monkeypatch):
    monkeypatch.setattr(models, "transition", lambda temperature: 0.067)  # has tests of its own
    upper, lower = figures.composition().axes[:2]
    n, ratio = upper.lines[0].get_data()
    assert upper.lines[0].get_label() == "T = 0.4 MeV"
    assert np.interp(0.02, n, ratio) == pytest.approx(7.0, abs=1e-3)
    helium = lower.lines[1].get_ydata()
    assert helium.max() == pytest.approx(0.37, abs=0.01)
    melting = figures.freezing().axes[0].lines[0]
    assert melting.get_label().startswith("melting")
    assert np.interp(0.03, *melting.get_data()) == pytest.approx(0.005, abs=5e-4)


def test_the_chart_shows_the_layer_and_the_shells():
    found = models.present(models.crust(0.4, densities=models.WHOLE))
    assert (2, 14) in {(Z, A) for Z, A, _ in found}
    assert {50, 82} <= {A - Z for Z, A, _ in found}
    assert len(figures.chart().axes[0].lines) > len(found)


def test_of_all_functionals_one_is_first():
    left, right = figures.onset((0.1,), ("BSk24", "BSk25")).axes
    assert left.lines[1].get_ydata() < left.lines[0].get_ydata()
    assert right.lines[1].get_ydata() > right.lines[0].get_ydata()
