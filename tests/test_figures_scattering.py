"""Figures 1, 3, 4 and 5 of chapter 9's paper: layers are the ones asked for, curves obey what is known."""

import numpy as np
import pytest

from crustlib import crusts, transport
from crustlib.constants import FINE_STRUCTURE
from crustlib.figures import scattering
from crustlib.transport.coulomb_quadrature import NODES, WEIGHTS


@pytest.fixture(scope="module")
def crust():
    """Burst ash down to 1.8e11 g cm^-3."""
    return crusts.accreted(
        "AME2016+FRDM95+DZ31", "burst ash", step=2e-3, pressure_min=2e-10, pressure_max=2e-4
    )


def test_the_first_layer_is_the_published_ash(crust):
    top = scattering.layer(crust, 8.59e6)
    assert top.density == pytest.approx(8.59e6, rel=0.01)
    assert top.x.sum() == pytest.approx(1.0)
    assert top.x[top.Z == 34] == pytest.approx(0.3866)
    assert top.x @ top.Z == pytest.approx(29.30, abs=0.03)  # Horowitz et al. 2007


def test_uncorrelated_charges_scatter_as_impurities_do():
    classical, relativistic = (WEIGHTS @ values for values in scattering.integrand(NODES, 5.0, 1.0))
    assert relativistic == pytest.approx(2.07004, rel=1e-4)  # calculated independently
    # The bracket takes off the integral of beta^2 y / epsilon^2, where epsilon is nearly 1
    assert classical - relativistic == pytest.approx(0.5 * 25.0 / 26.0, rel=0.03)


def test_slow_electrons_turn_back_as_they_like():
    iron = ([26.0], [56.0], [1.0])
    assert scattering.relativistic_ratio(10.0, 1e9, *iron) == pytest.approx(1.0, abs=1e-3)
    assert scattering.relativistic_ratio(1e10, 1e9, *iron) < 0.7


def test_lengths_and_momenta_of_figure_1_belong_together(crust):
    """A k_F = (9 pi <Z> / 4)^(1/3), with k_F = x_r / (alpha a_B)."""
    gamma, x_r, theta, distance, _ = (
        line.get_ydata() for line in scattering.evolution(crust).axes[0].lines[:5]
    )
    assert distance[0] * x_r[0] / FINE_STRUCTURE == pytest.approx((2.25 * np.pi * 29.30) ** (1 / 3), rel=1e-3)
    hot = [line.get_ydata() for line in scattering.evolution(crust, 1e9).axes[0].lines[:3]]
    assert hot[0] == pytest.approx(0.5 * gamma)
    assert hot[2] == pytest.approx(2.0 * theta)


def test_bars_of_figure_5_are_all_nuclei(crust):
    panels = scattering.composition(crust).axes
    for ax in panels:
        assert sum(bar.get_height() for bar in ax.patches) == pytest.approx(100.0)
    first, second = ({round(bar.get_x() + 0.35) for bar in ax.patches} for ax in panels)
    assert 34 in first
    assert 34 not in second  # selenium has captured electrons


def test_figure_3_ends_liquid_metals_where_their_electrons_do():
    upper, lower = scattering.integrands({1: 0.27}).axes
    edges = [line.get_xdata()[0] for line in upper.lines[1:5]]
    assert edges == pytest.approx([(18.0 * np.pi * charge) ** (1 / 3) for charge in (1, 2, 3, 4)])
    without, bracket = lower.lines[0], lower.lines[1]
    x_r, (ka, classical) = np.sqrt((1 + 0.45 / 0.510999) ** 2 - 1), without.get_data()
    beta_y = x_r / np.sqrt(1 + x_r**2) * ka / (18.0 * np.pi * 37.0) ** (1 / 3)
    assert bracket.get_ydata() == pytest.approx(classical * (1 - beta_y**2), rel=1e-4)


def test_figure_4_falls_with_density_in_iron_and_in_ash(crust):
    for line in scattering.backscattering(crust, (1e7, 1e9)).axes[0].lines:
        shallow, *_, deep = line.get_ydata()
        assert deep < shallow < 1.0
    state = transport.parameters(1e9, 5e8, [26.0], [56.0], [1.0])
    exact = transport.coulomb_logarithm(26, state.gamma_eff, state.x_r, "integral")
    S = transport.amorphous_structure_factor(2.0 * state.k_F * state.a * NODES, state.gamma_eff)[0]
    classical = exact / scattering.relativistic_ratio(1e9, 5e8, [26.0], [56.0], [1.0])
    assert WEIGHTS @ scattering.integrand(NODES, state.x_r, S)[0] == pytest.approx(classical, rel=1e-6)
