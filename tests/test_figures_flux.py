"""Chapter 4's figures: fluxes as the paper's equations have them, beside accretion's."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from crustlib import balance, crusts
from crustlib.crusts import profile
from crustlib.figures import flux

MASSES = "AME2016+FRDM95+DZ31"
GRAVITY = 2e14


@pytest.fixture(scope="module")
def accreted():
    return crusts.accreted(MASSES, pressure_max=2.3e-3)  # 3.7e30 dyn cm^-2: beyond the burning of 40Mg


def test_what_friction_needs_is_equation_10_with_the_force_on_neutrons(accreted):
    fluxes = balance.flux_through(accreted, GRAVITY)
    inside = profile.pressure_cgs(accreted).values > 2.6e30
    layers = accreted.isel(layer=inside)
    n_n, n_i = layers.neutron_density.values, layers.number_density.sum("nuclide").values
    sigma = 1e-23 * (1.0 + np.cbrt(profile.mean_A(layers).values)) ** 2
    v_n = 1.6e9 * np.cbrt(1.67492750e-24 * n_n * 1e39 / 1e12)
    f_ni = -balance.forces(accreted).neutron_remainder.values[inside] * 1.66053907e-24 * GRAVITY
    J_n = n_n / (n_i * sigma * v_n) * f_ni / 1.67492750e-24
    assert_allclose(fluxes.driven.values[-inside.sum() :], J_n, rtol=1e-6, atol=1e-6 * abs(J_n).max())


def test_in_a_zone_friction_holds_all_of_a_nucleus_and_neutrons_rise(accreted):
    fluxes = balance.flux_through(accreted, GRAVITY)
    zone = (fluxes.pressure > 2.04e-3) & (fluxes.pressure < 2.22e-3)  # 3.27e30 to 3.56e30 dyn cm^-2
    assert (fluxes.driven / fluxes.estimate)[zone].min() > 0.97
    above = (fluxes.pressure > 1.9e-3) & (fluxes.pressure < 1.95e-3)
    assert fluxes.driven[above].max() < 0.0


def test_estimate_has_the_printed_and_the_stated_value_at_the_reference():
    axes = flux.estimate().axes[0]
    dots = [line.get_ydata()[0] for line in axes.lines if line.get_marker() == "o"]
    _, printed, dropped, stated = dots
    assert_allclose([printed, dropped, stated], [3e28, 2.58e28, 1.67e28], rtol=3e-3)
    assert 6.0e28 in [
        pytest.approx(line.get_ydata()[0], rel=0.01) for line in axes.lines
    ]  # Eddington, as printed


def test_through_crust_draws_accretion_and_a_hundredth_of_it(accreted):
    axes = flux.through_crust(accreted, GRAVITY, sigma_0=1e-25, mdot=1e5).axes[0]
    levels = sorted(line.get_ydata()[0] for line in axes.lines if len(line.get_ydata()) == 2)
    assert_allclose(levels, [6.02e26, 6.02e28], rtol=1e-3)
    estimate = next(line for line in axes.lines if line.get_label().startswith("estimate")).get_ydata()
    assert_allclose(estimate, 100.0 * balance.flux_through(accreted, GRAVITY).estimate.values)


def test_each_model_has_a_panel_with_its_own_flux(accreted):
    figure = flux.through_models({"one": accreted, "two": accreted}, GRAVITY, mdot=1e4)
    assert len(figure.axes) == 2
    for axes, words in zip(figure.axes, ("one", "two"), strict=True):
        assert axes.texts[0].get_text() == words
        levels = sorted(line.get_ydata()[0] for line in axes.lines if len(line.get_ydata()) == 2)
        assert_allclose(levels, [6.02e25, 6.02e27], rtol=1e-3)
        drawn = np.nanmax([np.nanmax(line.get_ydata()) for line in axes.lines if "↓" in line.get_label()])
        assert_allclose(drawn, -balance.flux_through(accreted, GRAVITY).driven.min())
    with pytest.raises(ValueError, match="crusts is empty"):
        flux.through_models({})


def test_times_are_years_of_a_scale_height(accreted):
    stated, geometric, eddington, transient = flux.times(accreted, GRAVITY).axes[0].lines
    P, years = eddington.get_xdata(), eddington.get_ydata()
    assert_allclose(years, P / (GRAVITY * 1e5) / 3.15576e7, rtol=1e-9)
    assert_allclose(transient.get_ydata(), 100.0 * years)
    deep = P > 2.6e30  # where n_n is not next to nothing a nucleus is smaller than stated
    assert (geometric.get_ydata()[deep] < 0.1 * stated.get_ydata()[deep]).all()


def test_a_crust_without_neutrons_has_no_flux():
    outer = crusts.accreted("AME2016", pressure_max=1e-7)
    with pytest.raises(ValueError, match="profile: has no free neutrons"):
        balance.flux_through(outer)


@pytest.mark.parametrize(
    "bad", [{"gravity": 0.0}, {"sigma_0": -1.0}, {"sigma_0": np.nan}, {"gravity": np.inf}]
)
def test_bad_arguments_are_named(accreted, bad):
    with pytest.raises(ValueError, match=f"{next(iter(bad))} = "):
        balance.flux_through(accreted, **bad)
