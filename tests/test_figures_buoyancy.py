"""The figures of chapter 7: they draw what the library has, and electrons confirm what weighs."""

import numpy as np
import pytest

from crustlib import balance, crusts
from crustlib.figures import buoyancy as figures


@pytest.mark.parametrize("density", [0.005, 0.01, 0.02, 0.04])
def test_electrons_feel_the_surplus_and_not_all_that_is_inside(density):
    slope, weighs = figures.field("BSk24", density)
    assert slope == pytest.approx(weighs, rel=0.015)
    c = crusts.published("BSk24")
    k = int(np.abs(c["baryon_density"].values - density).argmin())
    inside = float(c["A_inside"][k] / c["Z_cl"][k]) / (1.0 - 4.0 / 3.0 * 0.04)
    assert slope < 0.99 * inside


def test_lines_are_those_of_the_counts():
    axes = figures.counts().axes
    for ax, count in zip(axes, ("inside", "surplus", "same gas"), strict=True):
        drawn = {line.get_label(): line for line in ax.lines}
        assert drawn["BSk24"].get_ydata() == pytest.approx(
            balance.buoyancy(crusts.published("BSk24"), count=count).ratio
        )
        broad = [line for line in ax.lines if line.get_linewidth() > 5.0]
        assert bool(broad) == (count != "same gas")
    assert "Negele-Vautherin" not in {line.get_label() for line in axes[1].lines}


def test_verdicts_say_what_data_cannot():
    assert figures.verdict("Negele-Vautherin", "inside") == "stable"
    assert figures.verdict("Negele-Vautherin", "surplus") == "-"
    assert figures.verdict("D1M", "given") == "-"
    assert figures.verdict("BSk25", "surplus") == "falls 12.0 %"
    assert figures.weighed("D1M", "given").axes[0].get_title("left").endswith("not in the data")


def test_every_source_is_in_the_picture():
    figure = figures.ratios()
    assert len([line for line in figure.axes[0].lines if line.get_color() == "#BBBBBB"]) == 15
    assert len(figures.DROPS) == 15


def test_the_band_is_the_scatter_and_frozen_layers_have_no_line():
    ax = figures.clock(0.4).axes[0]
    days = {line.get_label(): line.get_ydata() for line in ax.lines}
    assert np.isnan(days["BSk24"]).any()
    assert np.nanmin(days["crust with 14He"]) > 1e4
    assert "BSk24: frozen" in [line.get_label() for line in figures.clock(0.05).axes[0].lines]


def test_helium_melts_where_nuclei_are_frozen():
    heavy, helium = figures.melting("BSk24"), figures.melting("0.4 MeV")
    assert heavy.min() > 0.2
    # Gamma = Z^(5/3) e^2 / a_e T is 175 there
    n_e = float(figures.crust("0.4 MeV")["electron_density"][-1])
    expected = 1.43996448 * 2 ** (5 / 3) * (4 * np.pi * n_e / 3) ** (1 / 3) / 175
    assert helium[-1] == pytest.approx(expected, rel=1e-3)
    assert figures.times().axes[0].get_yscale() == "log"
