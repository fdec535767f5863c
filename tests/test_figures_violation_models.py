"""The figures of many crusts show each crust in its own place."""

import matplotlib.colors
import numpy as np
import pytest

from crustlib import balance, crusts
from crustlib.figures import style, violation_models

DYN = 1.602176634e33  # dyn cm^-2 in one MeV fm^-3
NAMES = ("FRDM12", "its ground state")


@pytest.fixture(scope="module")
def found():
    return balance.survey({NAMES[0]: "accreted_frdm12", NAMES[1]: "ground_state_frdm12"}, processes=1)


def test_figure_1_has_a_panel_for_each_model_and_hatches_accreted_zones_only(found):
    figure = violation_models.figure_1(found, {"one": NAMES, "two": (NAMES[1], NAMES[1])}, (1e30, 9e30))
    hatched, empty = figure.axes[0], figure.axes[1]
    accreted = found.sel(crust=NAMES[0])
    zones = accreted.isel(zone=accreted["zone_kind"].values != "")
    spans = sorted(patch.get_x() / DYN for patch in hatched.patches)
    np.testing.assert_allclose(spans, np.sort(zones["zone_top"].values), rtol=1e-9)
    assert not empty.patches
    assert [axes.texts[-1].get_text() for axes in (hatched, empty)] == ["one", "two"]
    assert empty.get_xlabel() == style.LABELS["pressure"]


def test_liquids_are_drawn_as_found_and_neutrons_from_the_drip_on(found):
    axes = violation_models.two_liquids(found, {"one": NAMES[0]}).axes[0]
    neutrons = next(line for line in axes.lines if "(9)" in str(line.get_label()))
    drip = float(found["drip_pressure"].sel(crust=NAMES[0])) * DYN
    assert neutrons.get_xdata().min() == pytest.approx(drip, rel=0.01)


def test_bars_carry_their_names_and_shares(found):
    words = {"crust": NAMES[0], "at rest": NAMES[1]}
    figure = violation_models.survey(found, words)
    bars, shares = figure.axes
    assert [label.get_text() for label in bars.get_yticklabels()] == list(words)
    widths = [patch.get_width() for patch in shares.patches]
    assert widths[1] == 0.0 and 0.0 < widths[0] < 100.0
    curves = violation_models.robustness(found, words).axes[1]
    assert max(line.get_ydata().max() for line in curves.lines) == pytest.approx(50.0)


def test_coupling_is_drawn_for_each_source():
    pressure = np.geomspace(2e30, 1e31, 300) / DYN
    ground = crusts.ground_state("AME2016+DZ31", pressure)
    part = balance.coupling(ground, "volume")
    figure = violation_models.coupling({"volume": part})
    for axes, column in zip(figure.axes, ("of_neutrons", "of_weight"), strict=True):
        np.testing.assert_allclose(axes.lines[0].get_ydata(), part[column])
        colour = matplotlib.colors.to_hex(axes.lines[0].get_color())
        assert colour == matplotlib.colors.to_hex(style.COLOURS["neutrons"])
