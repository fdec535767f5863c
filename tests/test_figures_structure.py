"""The figures of chapter 9: mixtures are the ones they are said to be, and curves go where they must."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib import transport
from crustlib.figures import structure


@pytest.fixture(scope="module")
def pair():
    """Two charges, so far apart that the rules differ by ten per cent."""
    return structure.mixture([8, 40], [0.5, 0.5], 40.0)


@given(st.floats(1.0, 60.0), st.floats(1.0, 60.0), st.floats(0.01, 0.99), st.floats(0.1, 200.0))
@settings(max_examples=20)
def test_a_mixture_has_the_coupling_that_was_asked_for(first, second, share, gamma_eff):
    ions = structure.mixture([first, second], [share, 1.0 - share], gamma_eff)
    assert ions.gamma_eff == pytest.approx(gamma_eff)
    mean = share * first + (1.0 - share) * second
    assert ions.spread * mean**2 == pytest.approx(share * (1.0 - share) * (first - second) ** 2, abs=1e-9)


@pytest.mark.parametrize("number", [1, 3, 6, 8, 14, 17])
def test_mixtures_of_table_2_have_its_moments_and_its_coupling(number):
    """Its Gamma_eff is a third column, of Z^(5/3): three charges cannot have it by construction."""
    ions = structure.table_mixture(number)
    _, gamma_eff, mean, square = structure.TABLE_2[number]
    assert ions.mean_Z == pytest.approx(mean)
    assert ions.fractions @ ions.charges**2 == pytest.approx(square)
    assert ions.gamma_eff == pytest.approx(gamma_eff, rel=0.01)


def test_mixtures_of_table_4_have_its_couplings():
    """But the seventh, whose <Z^2> in Table 2 is too large for its Gamma_eff."""
    printed = dict(enumerate((60, 49, 60, 70, 81, 90, 106, 142), start=1))
    missed = [
        n
        for n, T in structure.TABLE_4.items()
        if abs(structure.table_mixture(n, T).gamma_eff / printed[n] - 1) > 0.02
    ]
    assert missed == [7]


def test_beyond_the_bridge_function_a_mixture_is_weakened_and_says_so():
    near, far = structure.table_mixture(1), structure.table_mixture(17)
    assert structure.within_bridge(near) == (near, False)
    weakened, beyond = structure.within_bridge(far)
    assert beyond
    S = transport.mixture_structure(4.0, weakened.gamma_e, far.charges, far.fractions, far.screening).S_zz
    assert np.isfinite(S)
    with pytest.raises(ValueError, match="gamma_e"):
        transport.mixture_structure(4.0, 1.001 * weakened.gamma_e, far.charges, far.fractions, far.screening)


def test_a_rule_misses_nothing_where_there_is_nothing_to_mix():
    found = structure.logarithms(structure.mixture([26, 26], [0.3, 0.7], 40.0))
    assert found["solved"] == pytest.approx(0.9295, rel=2e-3)  # calculated independently, x_r = 10
    assert found["linear"] == pytest.approx(0.0, abs=1e-4)
    assert found["paper"] == pytest.approx(0.0, abs=1e-4)


def test_curves_of_the_rules_end_at_the_sum_of_their_weights(pair):
    upper, lower = structure.rules(pair).axes
    solved, linear, paper = (line.get_ydata() for line in upper.lines[:3])
    weight = 24.0 ** (1 / 3) * (8.0 ** (5 / 3) + 40.0 ** (5 / 3)) / 1664.0
    assert paper[-1] / linear[-1] == pytest.approx(weight, rel=0.01)
    assert solved[-1] == pytest.approx(1.0, abs=0.02)
    assert lower.lines[0].get_ydata() == pytest.approx(linear - solved)


def test_figures_draw_what_they_are_given(pair):
    solution = transport.solve_mixture(pair.gamma_e, pair.charges, pair.fractions)
    left, right = structure.pairs(solution, [(0, 0), (1, 1)]).axes
    assert [text.get_text() for text in right.get_legend().get_texts()] == ["8 and 8", "40 and 40"]
    assert max(left.lines[0].get_ydata()) == pytest.approx(solution.g[0, 0].max(), rel=0.01)
    thick = structure.partial(pair).axes[0].lines[-1]
    assert thick.get_ydata()[0] < 1e-3  # charge is screened over long distances
    columns = structure.published({"one": {"#1": pair}, "two": {"#17": structure.table_mixture(17)}})
    assert "*" not in columns.axes[0].texts[0].get_text()
    assert "*" in columns.axes[1].texts[0].get_text()
    regimes = structure.regimes([8, 40], [16, 90], [0.5, 0.5]).axes[0]
    rho, T = regimes.lines[0].get_data()
    at = transport.parameters(rho[7], T[7] * 1e9, [8, 40], [16, 90], [0.5, 0.5])
    assert at.gamma_eff == pytest.approx(5.5)


def test_the_map_has_the_light_charge_upwards_and_its_share_across():
    light, share = [4.0, 8.0, 20.0], [0.1, 0.2, 0.5, 0.9]
    field = xr.DataArray(-np.ones((3, 4)), {"light": light, "share": share}, ("light", "share"))
    errors = xr.Dataset({"linear": 0.1 * field, "paper": field * field["share"]})
    figure = structure.error_map(errors, {"linear": [0, 1, 2], "paper": [0, 0.2, 2]})
    axes = figure.axes[1]
    assert axes.get_xlim() == pytest.approx((0.1, 0.9))
    assert axes.get_ylim() == pytest.approx((4.0, 20.0))
    contour = axes.collections[1].get_paths()[0]  # of 0.2: it stands at that share, at any charge
    assert contour.vertices[:, 0] == pytest.approx(0.2)


def test_narrow_mixtures_follow_the_line():
    ions = structure.mixture([30, 32], [0.5, 0.5], 40.0)
    pair = {"pair": (ions.spread, structure.logarithms(ions)["paper"])}
    axes = structure.collapse([0.0, 0.01], {"linear": [0, 0], "paper": [0, -0.5]}, pair).axes[0]
    (diamond,) = (line for line in axes.lines if line.get_marker() == "D")
    (line,) = (line for line in axes.lines if line.get_marker() == "None")
    x, y = diamond.get_data()
    assert y[0] == pytest.approx(np.interp(x[0], *line.get_data()), rel=0.3)
