"""Chapter 5's figures: what they draw is what the crusts hold."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from crustlib import crusts
from crustlib.constants import MEV_FM3_IN_DYN_CM2, NEUTRON_MASS_MEV
from crustlib.crusts import profile
from crustlib.figures import diffusive as figures
from crustlib.figures import style

MASSES = {"mass_model": "AME2016+FRDM95+DZ31", "splice": "mixed", "lattice": False}
LOW, HIGH = 6.065e29 / MEV_FM3_IN_DYN_CM2, 1.4615e30 / MEV_FM3_IN_DYN_CM2  # of the interface, no lattice


def crust_at(P_oi):
    return crusts.diffusive(interface_pressure=P_oi, **MASSES)


@pytest.fixture(scope="module")
def traditional():
    return crusts.accreted(**MASSES)


@pytest.fixture(scope="module")
def made():
    return [crust_at(P / MEV_FM3_IN_DYN_CM2) for P in (6.066e29, 8e29, 1.2e30)]


def curve(axes, colour, linestyle=None):
    """Return the longest line of a colour, and of a style where one is named."""
    found = [line for line in axes.lines if line.get_color() == colour]
    found = [line for line in found if linestyle is None or line.get_linestyle() == linestyle]
    return max(found, key=lambda line: len(line.get_xdata()))


def test_comparison_draws_both_crusts_on_one_axis(traditional, made):
    ground = crusts.ground_state(MASSES["mass_model"], np.geomspace(2.4e-4, 6.2e-3, 40), lattice=False)
    figure = figures.comparison(traditional, made[1], ground, [made[0], made[2]])
    mu_e, mu_n, heat, r8, r9 = figure.axes[2:7]
    black, vermilion = style.COLOURS["accreted"], style.COLOURS["diffusive"]
    for axes, column, zero in ((mu_e, "mu_e", 0.0), (mu_n, "mu_n", NEUTRON_MASS_MEV), (heat, "heat", 0.0)):
        for colour, crust in ((black, traditional), (vermilion, made[1])):
            line = curve(axes, colour)
            assert_allclose(line.get_xdata(), profile.pressure_cgs(crust))
            assert_allclose(line.get_ydata(), crust[column].values - zero)
    for axes in (r8, r9):  # equations (8) and (9) hold below the interface, and not without diffusion
        P, ratio = curve(axes, vermilion).get_data()
        assert_allclose(ratio[P > 8.4e29], 1.0, atol=4e-4)
        assert np.ptp(curve(axes, black).get_ydata()) > 1.0


def test_arrows_on_a_diffusive_crust_lie_along_its_mu_e(traditional, made):
    ground = crusts.ground_state(MASSES["mass_model"], np.geomspace(2.4e-4, 6.2e-3, 40), lattice=False)
    figure = figures.comparison(traditional, made[1], ground, [made[0], made[2]])
    P, mu_e = profile.pressure_cgs(made[1]).values, made[1].mu_e.values
    misses = []
    for arrow in figure.axes[2].texts:
        if getattr(arrow, "arrow_patch", None) is not None:
            (x0, y0), (x1, y1) = arrow.xyann, arrow.xy
            if abs(np.interp(x0, P, mu_e) - y0) < 1e-6:  # the others begin on the traditional curve
                misses.append((np.interp(x1, P, mu_e) - y0) / (y1 - y0))
    assert len(misses) == 5
    assert_allclose(misses, 1.0, atol=0.12)  # a tangent over a fifth of the pressure: the curve bends down


def test_bands_fill_a_layer_and_name_what_is_in_it(traditional, made):
    axes = figures.snapshot(traditional, made[1]).axes[0]
    words = [text.get_text() for text in axes.texts]
    assert {"$^{56}$Ca", "$^{56}$Ar", "$^{62}$Ar", "$^{64}$Ar", "free neutrons"} <= set(words)
    tops = [band.get_paths()[0].vertices[:, 1].max() for band in axes.collections]
    assert max(tops) == pytest.approx(1.0)


def test_snapshot_tells_what_is_left_and_what_is_owed(traditional, made):
    low, eight, _ = (figures.snapshot(traditional, crust).texts[0].get_text() for crust in made)
    assert low == "$Q$ = 0.22, released 0.40: 0.18 too much: no steady state"
    assert eight == "$Q$ = 0.78, released 0.40: 0.38 left for the deep crust"


def test_total_heat_is_drawn_between_the_limits_and_crosses_where_too_much_is_released(traditional, made):
    figure = figures.total_heat({"FRDM95": figures.HeatStudy(traditional, (LOW, HIGH), made)})
    axes = figure.axes[0]
    thick = next(line for line in axes.lines if line.get_linewidth() == pytest.approx(2.2))
    P, Q = thick.get_data()
    assert_allclose(P[[0, -1]], [6.065e29, 1.4615e30], rtol=1e-3)
    assert_allclose(
        np.interp([6.07e29, 8e29, 1.2e30, 1.46e30], P, Q), [0.223, 0.781, 1.671, 2.135], atol=4e-3
    )
    crosses = next(line for line in axes.lines if line.get_marker() == "x")
    assert_allclose(crosses.get_xdata(), [6.066e29])
