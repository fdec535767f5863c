"""The figures of chapter 10: they draw what the physics says, and hot crusts carry the flux asked for."""

import numpy as np
import pytest

from crustlib import crusts, data, transport
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.crusts import profile
from crustlib.figures import conductivity, structure
from crustlib.figures import conductivity_models as models


@pytest.fixture(scope="module")
def ashes():
    """The outer crust of burst ashes, thinned."""
    crust = crusts.accreted("FRDM95", ashes="burst ash", pressure_max=1e30 / MEV_FM3_IN_DYN_CM2)
    return crust.isel(layer=slice(None, None, 4))


def test_table_2_has_electrons_of_its_fermi_energy():
    """Handed over as a density, they come back as x_r."""
    for number in (1, 9, 17):
        ions = structure.table_mixture(number)
        plasma = transport.parameters(
            models.TABLE_2[number][0], 5e8, [ions.mean_Z], [models.mean_mass(number)], [1.0]
        )
        assert plasma.x_r == pytest.approx(ions.x_r, rel=1e-6)
    assert models.mean_mass(1) == pytest.approx(80, rel=0.02)  # as of ashes of the rp process
    assert models.mean_charge(17) == pytest.approx(30, abs=0.5)


def test_impurities_alone_conduct_as_equation_28_says():
    ions = structure.table_mixture(1)
    linear, alone = (models.table_conductivity(1, rule) for rule in ("linear", "impurity-only"))
    expected = (1 + 1 / ions.spread) * linear.coulomb_logarithm / transport.impurity_logarithm(ions.x_r)
    assert alone.thermal / linear.thermal == pytest.approx(expected, rel=1e-6)


def test_temperatures_carry_the_flux(ashes):
    flux = models.flux_of_heat(0.2)
    column, T = models.temperatures(ashes, flux)
    assert T[0] == 2e8
    upper = ashes.isel(layer=slice(0, len(T)))
    carried = (profile.rho(upper) * transport.along(upper, T)["thermal"]).values * np.gradient(T, column)
    assert np.median(carried / flux) == pytest.approx(1.0, rel=5e-3)
    assert models.temperatures(ashes, 0.0)[1] == pytest.approx(2e8)
    with pytest.raises(ValueError, match="flux"):
        models.temperatures(ashes, -1.0)


def test_free_energy_is_the_one_of_the_integral_equations():
    assert models.free_energy(1e-4) == pytest.approx(-1e-6 / np.sqrt(3), rel=0.02)  # Debye and Hueckel
    solved = transport.thermodynamics.excess_free_energy(transport.solve(100.0))
    assert models.free_energy(100.0) == pytest.approx(solved, rel=2e-3)


def test_carbon_ignites_where_superbursts_do(ashes):
    """Published: 5e8 to 7e8 K near 1e12 g cm^-2; less deep down, more in a good conductor."""
    at = models.ignition(ashes, 1e12)
    assert 5e8 < at < 7.5e8
    assert models.ignition(ashes, 3e12) < at < models.ignition(ashes, 1e12, rule="impurity-only")
    weak = models.carbon_heating(1e9, 6e8, 0.1, 2.6e-7)
    assert models.carbon_heating(1e9, 6e8, 0.2, 2.6e-7) == pytest.approx(4 * weak)


def test_lines_are_the_logarithms_they_are_called():
    left, right = conductivity.cumulated((1,)).axes
    solved, linear, paper = (line.get_ydata()[-1] for line in right.lines)
    ions = structure.table_mixture(1)

    def total(rule):
        return transport.coulomb_integral(lambda k: structure.structure(ions, k, rule), ions.mean_Z, ions.x_r)

    assert (solved, linear, paper) == pytest.approx([total(r) for r in ("hnc", "linear", "paper")], rel=2e-3)
    x, y = left.lines[0].get_data()
    assert np.trapezoid(y, x) == pytest.approx(solved, rel=1e-3)


def test_methods_agree_where_they_are_drawn():
    axes = conductivity.methods((26,), (2.0, 20.0)).axes[0]
    table, dots, fit, _ = axes.lines[:4]
    assert np.interp(dots.get_xdata(), *table.get_data()) == pytest.approx(dots.get_ydata(), rel=5e-3)
    assert np.interp(fit.get_xdata(), *table.get_data()) == pytest.approx(fit.get_ydata(), rel=0.2)
    assert fit.get_xdata().min() >= 10.0


def test_crystals_of_the_figures_have_the_logarithms_of_the_tables():
    right = conductivity.melting().axes[1]
    liquid, both, vibrations, less = (line.get_ydata() for line in right.lines[:4])
    assert both == pytest.approx(liquid, rel=0.03)
    assert less == pytest.approx(vibrations[: less.size], rel=0.03)
    ratio = conductivity.lorenz().axes[1].lines[0]
    assert ratio.get_ydata()[ratio.get_xdata().argmax()] == pytest.approx(1.0, abs=0.01)
    assert (np.diff(ratio.get_ydata()[ratio.get_xdata().argsort()]) > 0.0).all()


def test_crusts_are_drawn_by_rule_and_stop_where_they_are_pure(ashes):
    upper, middle, lower = conductivity.along(ashes).axes
    found = transport.along(ashes, 5e8, "impurity-only")
    count = len(upper.lines[3].get_ydata())
    assert upper.lines[3].get_ydata() == pytest.approx(found["thermal"].values[:count])
    assert lower.lines[0].get_ydata().min() >= 0.1
    assert middle.lines[0].get_ydata() == pytest.approx(1.0)
    stored = data.load("ground_state_frdm12").isel(layer=[0, 600, 1199])
    grown = conductivity.crusts({"ground": stored})
    assert grown.axes[0].lines[0].get_ydata() == pytest.approx(transport.along(stored, 5e8)["thermal"].values)


def test_composed_figures_say_what_differs():
    left, right = conductivity.composed([8, 26], [16, 56], [0.5, 0.5], 5e8, "impurity-only").axes
    linear, alone = (line.get_ydata() for line in left.lines[:2])
    assert right.lines[0].get_ydata() == pytest.approx(alone / linear)
