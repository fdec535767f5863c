"""The figures of chapter 2 show the Profile that they are given."""

import numpy as np
import pytest

from crustlib import crusts
from crustlib.figures import network

MODEL = "AME2016+FRDM95+DZ31"
DYN = 1.602176634e33  # dyn cm^-2 in one MeV fm^-3


@pytest.fixture(scope="module")
def crust():
    return crusts.accreted(MODEL, pressure_max=2.5e30 / DYN)


def test_shares_fill_the_figure(crust):
    axes = network.composition(crust, (1e26, 2.5e30)).axes[0]
    top = axes.collections[-1].get_paths()[0].vertices[:, 1]
    assert top.max() == pytest.approx(1.0, abs=1e-9)
    names = {text.get_text() for text in axes.texts}
    assert {"$^{56}$Fe", "$^{56}$Cr", "$^{56}$Ti", "$^{56}$Ca", "$^{56}$Ar"} <= names


def test_the_outer_crust_is_one_diagonal(crust):
    """Captures without neutrons lead from (N, Z) = (30, 26) to (38, 18), one step at a time."""
    axes = network.reaction_paths(crust, MODEL, (0.0, 1e30)).axes[0]
    arrows = {(text.xyann, text.xy) for text in axes.texts}
    assert arrows == {((30 + k, 26 - k), (31 + k, 25 - k)) for k in range(8)}


def test_a_snapshot_names_the_layer(crust):
    figure = network.snapshot(crust, MODEL, 1e28)
    words = " ".join(text.get_text() for text in figure.axes[0].texts)
    assert "$^{56}$Cr" in words
    assert "free neutrons: 0.0% of baryons" in words


def test_heat_rises_to_what_the_profile_says(crust):
    axes = network.heat({"unmixed": crust}).axes[0]
    y = axes.lines[0].get_ydata()
    assert (np.diff(y) >= 0.0).all()
    assert y[-1] == crust["heat"].values[-1]


def test_free_neutrons_start_with_a_jump_where_all_nuclei_react_at_once():
    """FRDM95 without a lattice: none above 1.462e30 dyn cm^-2 and some below, at one pressure."""
    alone = crusts.one_component(MODEL, pressure_max=2e30 / DYN, lattice=False)
    upper, lower = network.free_neutrons({"alone": alone}).axes
    P, n_n = (np.asarray(of) for of in upper.lines[0].get_data())
    first = int(np.flatnonzero(np.isfinite(n_n))[0])
    assert P[first] == pytest.approx(1.462e30, rel=2e-3)
    assert P[first] == pytest.approx(P[first - 1], rel=1e-9)
    excess = lower.lines[0].get_ydata()
    assert excess[first - 1] == pytest.approx(0.0, abs=1e-9)
    assert excess[first] > 0.1
