"""The figures of chapter 3 show what `balance.violation` found, in the units on their axes."""

import numpy as np
import pytest

from crustlib import balance
from crustlib.crusts import profile
from crustlib.figures import style, violation
from crustlib.matter import electrons

DYN = 1.602176634e33  # dyn cm^-2 in one MeV fm^-3


@pytest.fixture(scope="module")
def terrace():
    """A crust of 40Mg whose electrons stand still over 5 % in pressure while neutrons carry the load."""
    P_e = np.concatenate([np.geomspace(4e-4, 2e-3, 300), np.full(40, 2e-3), np.geomspace(2e-3, 4e-3, 150)])
    P = np.concatenate([P_e[:300], np.linspace(2e-3, 2.1e-3, 42)[1:-1], P_e[340:] + 1e-4])
    n_e = np.array([_density(p) for p in P_e])
    n_b = n_e * 40.0 / 12.0
    g_per_fm3 = 1.66053906892e15
    return profile.make(
        {
            "pressure": P,
            "baryon_density": n_b,
            "electron_density": n_e,
            "number_density": (n_e / 12.0)[:, None],
            "mass_density": n_b * g_per_fm3,
            "mu_e": electrons.chemical_potential(n_e),
        },
        Z=[12],
        A=[40],
        maker="test",
    )


def _density(pressure):
    mu = 197.3269804 * (12.0 * np.pi**2 * pressure / 197.3269804) ** 0.25  # without rest mass
    for _ in range(60):
        mu += (pressure - electrons.pressure(electrons.density(mu))) / electrons.density(mu)
    return electrons.density(mu)


def test_the_terrace_is_hatched_where_it_is(terrace):
    figure = violation.mu_e_panel(terrace, terrace, pressures=(1e30, 6e30))
    axes = figure.axes[0]
    spans = (
        [patch.get_x() / DYN for patch in axes.patches],
        [(patch.get_x() + patch.get_width()) / DYN for patch in axes.patches],
    )
    assert len(axes.patches) == 1
    assert spans[0][0] == pytest.approx(2.0e-3, rel=0.01)
    assert spans[1][0] == pytest.approx(2.1e-3, rel=0.01)


def test_axes_say_what_and_in_which_unit(terrace):
    axes = violation.mu_e_panel(terrace, terrace, pressures=(1e30, 6e30)).axes[0]
    assert axes.get_xlabel() == style.LABELS["pressure"]
    assert axes.get_ylabel() == style.LABELS["mu_e"]
    line = axes.lines[0]
    np.testing.assert_allclose(line.get_xdata(), terrace["pressure"].values * DYN, rtol=1e-6)
    np.testing.assert_allclose(line.get_ydata(), terrace["mu_e"].values)


def test_arrows_follow_a_crust_of_one_nuclide_in_equilibrium(terrace):
    """Before the terrace the curve is a frozen outer crust: d mu_e/dP = A/(Z n_b) along it."""
    axes = violation.mu_e_panel(terrace, terrace, pressures=(7e29, 3e30)).axes[0]
    P, mu = terrace["pressure"].values * DYN, terrace["mu_e"].values
    arrows = [text for text in axes.texts if text.arrow_patch is not None and text.xyann[0] < 2.4e30]
    assert len(arrows) >= 4
    for arrow in arrows:
        (_, y), (x_tip, y_tip) = arrow.xyann, arrow.xy
        rise = np.interp(x_tip, P, mu) - y
        assert y_tip - y == pytest.approx(rise, rel=0.12)  # the curve bends over the arrow's length


def test_ratios_are_drawn_in_three_panels(terrace):
    study = balance.violation(terrace)
    ratios = violation.slope_ratios({"accreted": study, "ground_state": study})
    assert len(ratios.axes) == 3
    for axes in ratios.axes:
        line = axes.lines[-1]
        assert np.isfinite(line.get_ydata()).all()
