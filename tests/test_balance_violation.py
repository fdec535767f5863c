"""Zones out of diffusion equilibrium: crusts made by hand, the ground state, and the accreted crust."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crustlib import balance, crusts
from crustlib.balance.windows import WIDTH, windows
from crustlib.crusts import profile
from crustlib.matter import electrons

MODEL = "AME2016+FRDM95+DZ31"
MEV_FM3 = 1.602176634e33  # dyn cm^-2
Z, A, BARYONS, RHO = 20, 60, 1.2e-3, 2e12  # of the crusts made by hand; fm^-3, g cm^-3
EQUILIBRIUM = A / (Z * BARYONS)  # equation (7): MeV per MeV fm^-3


@pytest.fixture(scope="session")
def accreted():
    """The crust of the paper's figure 1, with the lattice."""
    return crusts.accreted(MODEL)


@pytest.fixture(scope="session")
def accreted_without_lattice():
    return crusts.accreted(MODEL, lattice=False)


@pytest.fixture(scope="session")
def ground_state():
    return crusts.ground_state(MODEL, np.geomspace(1e-6, 1e31 / MEV_FM3, 1500), lattice=False)


def frozen(pressure, **columns):
    """Nuclei of one kind in ideal electrons that bear all of the pressure: an outer crust."""
    n_e = electron_density(pressure)
    n_b = n_e * A / Z
    default = dict(
        pressure=pressure,
        baryon_density=n_b,
        electron_density=n_e,
        number_density=(n_e / Z)[:, None],
        mass_density=n_b * 1.66053906892e15,
        mu_e=electrons.chemical_potential(n_e),
    )
    return profile.make({**default, **columns}, Z=[Z], A=[A], maker="by hand")


def electron_density(pressure):
    low, high = np.full_like(pressure, 1e-10), np.ones_like(pressure)
    for _ in range(60):  # halving ln n_e
        middle = np.sqrt(low * high)
        below = electrons.pressure(middle) < pressure
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return middle


def by_hand(slopes, thickness, layers=4000, start=2e-3):
    """Build an inner crust in which mu_e rises in straight pieces, `slopes` times equation (7) each.

    At one baryon density and one mass density each piece is `thickness` (m) thick at g = 2e14 cm s^-2.
    """
    step = thickness * 100.0 * RHO * 2e14 / MEV_FM3
    knots = start + step * np.arange(len(slopes) + 1)
    levels = 25.0 + np.concatenate([[0.0], np.cumsum(np.array(slopes) * EQUILIBRIUM * step)])
    pressure = np.linspace(knots[0], knots[-1], layers)
    mu_e = np.interp(pressure, knots, levels)
    n_e = electrons.density(mu_e)
    n_i = n_e / Z
    columns = dict(
        pressure=pressure,
        baryon_density=np.full(layers, BARYONS),
        electron_density=n_e,
        neutron_density=BARYONS - A * n_i,
        neutron_pressure=pressure - electrons.pressure(n_e),
        mu_n=np.full(layers, 942.0),
        number_density=n_i[:, None],
        mass_density=np.full(layers, RHO),
        mu_e=mu_e,
    )
    return profile.make(columns, Z=[Z], A=[A], maker="by hand"), knots


# -- crusts made by hand


def test_frozen_outer_crust_is_in_equilibrium():
    # d mu_e = dP/n_e for ideal electrons, and A/(Z n_b) is 1/n_e
    result = balance.violation(frozen(np.geomspace(1e-6, 1e-4, 3000)))
    np.testing.assert_allclose(result["r7"], 1.0, atol=2e-6)
    assert (result["r9"] == 1.0).all()
    assert (result["neutron_weight"] == 0.0).all()
    assert result.sizes["zone"] == 0


def test_level_and_steep_pieces_are_found_with_their_thickness():
    # where a slope turns from 1 to 0 or to 2, the window's mean passes 0.5 or 1.5 at the turn itself
    made, knots = by_hand([1, 0, 1, 2, 1], thickness=6.0)
    result = balance.violation(made)
    assert list(result["zone_kind"].values) == ["shallow", "steep"]
    np.testing.assert_allclose(result["zone_thickness"], 6.0, rtol=0.01)
    np.testing.assert_allclose(result["zone_top"], knots[[1, 3]], rtol=2e-4)
    np.testing.assert_allclose(result["zone_bottom"], knots[[2, 4]], rtol=2e-4)
    for at, slope in ((0.5, 1), (1.5, 0), (2.5, 1), (3.5, 2), (4.5, 1)):
        layer = int(made.sizes["layer"] * at / 5)
        assert float(result["r7"][layer]) == pytest.approx(slope, abs=2e-3)


def test_a_falling_piece_is_a_zone_within_its_shallow_one():
    fall = -0.5
    made, knots = by_hand([1, fall, 1], thickness=10.0)
    result = balance.violation(made)
    assert list(result["zone_kind"].values) == ["shallow", "falling"]
    # A share s of the window inside makes the slope 1 + s (fall - 1): 0.5 at s = 1/3, -0.005 at s = 0.67.
    # Each edge therefore lies (1/2 - s) of a window outside the piece.
    shares = np.array([(1 - 0.5) / (1 - fall), (1 + 0.005) / (1 - fall)])
    outside = (0.5 - shares) * WIDTH
    np.testing.assert_allclose(result["zone_top"], knots[1] * np.exp(-outside), rtol=3e-4)
    np.testing.assert_allclose(result["zone_bottom"], knots[2] * np.exp(outside), rtol=3e-4)


def test_thickness_is_the_pressure_over_the_weight():
    made, _ = by_hand([1, 0, 1], thickness=6.0)
    result = balance.violation(made)
    drop = (result["zone_bottom"] - result["zone_top"]) * MEV_FM3
    np.testing.assert_allclose(result["zone_thickness"], drop / (RHO * 2e14) / 100.0, rtol=1e-9)
    np.testing.assert_allclose(result["column_density"], result["pressure"] * MEV_FM3 / 2e14, rtol=1e-9)
    assert float(result["depth"][-1]) == pytest.approx(18.0, rel=1e-9)


@given(gravity=st.floats(1e13, 1e15))
def test_thickness_goes_as_one_over_gravity(gravity):
    made, _ = by_hand([1, 0, 1, 2, 1], thickness=6.0, layers=1000)
    at_2e14 = balance.violation(made, least_thickness=0.0)
    result = balance.violation(made, gravity, least_thickness=0.0)
    np.testing.assert_allclose(result["zone_thickness"], at_2e14["zone_thickness"] * 2e14 / gravity)
    np.testing.assert_array_equal(result["zone_top"], at_2e14["zone_top"])
    np.testing.assert_array_equal(result["r7"], at_2e14["r7"])


def test_thin_zones_are_left_out():
    made, _ = by_hand([1, 0, 1, 2, 1], thickness=6.0)
    assert balance.violation(made, least_thickness=5.9).sizes["zone"] == 2
    assert balance.violation(made, least_thickness=6.1).sizes["zone"] == 0
    assert balance.violation(made, gravity=2e15).sizes["zone"] == 0  # ten times thinner


@given(slopes=st.lists(st.floats(-0.5, 2.5), min_size=2, max_size=6))
def test_windows_find_any_slopes_and_zones_hold_what_they_say(slopes):
    made, _ = by_hand(slopes, thickness=10.0, layers=600)
    result = balance.violation(made, least_thickness=0.0)
    middles = ((np.arange(len(slopes)) + 0.5) * made.sizes["layer"] / len(slopes)).astype(int)
    np.testing.assert_allclose(result["r7"][middles], slopes, atol=2e-3)
    assert (result["zone_bottom"] >= result["zone_top"]).all()
    assert (result["zone_thickness"] > 0.0).all()
    in_zones = np.zeros(made.sizes["layer"], dtype=bool)
    for kind, holds in (("shallow", result["r7"] < 0.5), ("steep", result["r7"] > 1.5)):
        for k in np.flatnonzero(result["zone_kind"] == kind):
            top, bottom = result["zone_top"].values[k], result["zone_bottom"].values[k]
            inside = (result["pressure"].values > top) & (result["pressure"].values < bottom)
            assert holds.values[inside].all()
            in_zones |= inside
    inner = slice(1, -1)  # the outermost layers lie on a zone's edge
    np.testing.assert_array_equal(
        in_zones[inner], ((result["r7"] < 0.5) | (result["r7"] > 1.5)).values[inner]
    )


def test_windows_reach_their_width_and_leave_interfaces_out():
    pressure = np.array([1.0, 1.0, 1.01, 1.02, 1.03, 1.03, 1.04, 1.05]) * 1e-4
    whole = windows(frozen(pressure), 0.015)
    span = np.log(pressure[whole.last] / pressure[whole.first])
    assert (span > 0.015).all()
    assert (pressure[whole.first] <= pressure).all()
    assert (pressure <= pressure[whole.last]).all()
    n_e = electron_density(pressure)
    other = np.arange(8) >= 5  # the nuclei change at one pressure
    n_i = np.where(other[:, None], [0.0, 1.0], [1.0, 0.0]) * (n_e / Z)[:, None]
    n_b = n_i @ [60.0, 66.0]
    changed = profile.make(
        {"pressure": pressure, "baryon_density": n_b, "electron_density": n_e, "number_density": n_i},
        Z=[Z, Z],
        A=[60, 66],
    )
    counts = windows(changed, 0.015).counts
    assert list(np.flatnonzero(~counts)) == [4]
    jump = np.where(other, 7.0, 0.0)
    assert (windows(changed, 0.015).change(jump) == 0.0).all()
    assert (whole.change(jump) == 7.0).any()


# -- real crusts


def away_from_drip(crust):
    pressure = crust["pressure"].values
    drip = pressure[np.argmax(crust["neutron_density"].values > 0.0)]
    return np.abs(np.log(pressure / drip)) > 2 * WIDTH


def test_ground_state_is_in_equilibrium(ground_state):
    result = balance.violation(ground_state)
    away = away_from_drip(ground_state)
    np.testing.assert_allclose(result["r7"], 1.0, atol=1e-3)
    np.testing.assert_allclose(result["r8"][away], 1.0, atol=1e-3)
    np.testing.assert_allclose(result["r9"][away], 1.0, atol=3e-3)
    assert result.sizes["zone"] == 0


def test_equations_8_and_9_hold_in_a_ground_state_with_a_lattice():
    crust = crusts.ground_state(MODEL, np.geomspace(1e-6, 1e31 / MEV_FM3, 1500), lattice=True)
    result, away = balance.violation(crust), away_from_drip(crust)
    np.testing.assert_allclose(result["r8"][away], 1.0, atol=1e-3)
    np.testing.assert_allclose(result["r9"][away], 1.0, atol=3e-3)
    # equation (7) forgets the lattice, which bears down with a few per cent of the electrons' pressure
    assert 0.01 < float(np.abs(result["r7"] - 1.0).max()) < 0.1


@pytest.mark.parametrize("name", ["accreted", "accreted_without_lattice", "ground_state"])
def test_8_and_9_add_up_to_hydrostatic_equilibrium(name, request):
    crust = request.getfixturevalue(name)
    result = balance.violation(crust)
    weight = result["neutron_weight"].values
    assert ((weight >= 0.0) & (weight < 1.0)).all()
    # Exact with the weight averaged over the window; with the layer's own, off by how that changes.
    window = windows(crust)
    pressure = crust["pressure"].values
    mean = window.integral(weight, pressure) / window.change(pressure)
    np.testing.assert_allclose((1 - mean) * result["r8"] + mean * result["r9"], 1.0, atol=1e-12)
    off = np.abs((1 - weight) * result["r8"] + weight * result["r9"] - 1.0)
    assert np.quantile(off, 0.9) < 0.02
    assert np.median(off) < 1e-4


def test_8_says_what_7_says_without_a_lattice(accreted_without_lattice):
    result = balance.violation(accreted_without_lattice)
    off = np.abs(result["r8"] - result["r7"])
    assert (off < 0.005 * np.maximum(np.abs(result["r7"]), 0.1)).all()


@pytest.mark.parametrize("neutrons", ["SLy4", "Mackie-Baym"])
def test_electrons_bear_nothing_more_where_40Mg_burns(neutrons):
    crust = crusts.accreted(MODEL, neutrons=neutrons, pressure_max=4.2e30 / MEV_FM3)
    result, rho = balance.violation(crust), profile.rho(crust).values
    level = [
        float(thickness)
        for kind, thickness, top, bottom in zip(
            *(result[f"zone_{k}"].values for k in ("kind", "thickness", "top", "bottom")), strict=True
        )
        if kind == "shallow" and top < 3.3e30 / MEV_FM3 < bottom
    ]
    assert len(level) == 1 and 5.0 < level[0] < 15.0
    zone = (rho > 1.75e12) & (rho < 2.4e12)
    assert zone.sum() > 20
    assert np.abs(result["r8"].values[zone]).max() < 0.01
    assert 2.2 < np.median(result["r9"].values[zone]) < 2.7
    # all of the pressure's growth is the neutrons', whose share of the weight is a third to a half
    np.testing.assert_allclose(
        result["r9"].values[zone], 1 / result["neutron_weight"].values[zone], rtol=0.02
    )
    outer = crust["pressure"].values < 1.4e30 / MEV_FM3
    assert np.abs(result["r8"].values[outer] - 1.0).max() < 1e-6


# -- what is refused


def test_violation_names_what_a_profile_lacks():
    crust = frozen(np.geomspace(1e-6, 1e-4, 50))
    with pytest.raises(ValueError, match=r"maker by hand.*mass_density, mu_e needed"):
        balance.violation(crust.drop_vars(["mass_density", "mu_e"]))
    with pytest.raises(ValueError, match=r"must be an xarray\.Dataset"):
        balance.violation({"pressure": [1.0]})
    made, _ = by_hand([1, 0, 1], thickness=6.0, layers=100)
    with pytest.raises(ValueError, match=r"mu_n, neutron_pressure needed"):
        balance.violation(made.drop_vars(["mu_n", "neutron_pressure"]))


def test_violation_refuses_crusts_without_a_slope():
    with pytest.raises(ValueError, match="has 2 layers, needs at least 3"):
        balance.violation(frozen(np.array([1e-5, 2e-5])))
    with pytest.raises(ValueError, match=r"spans 0\.01 in ln P, needs at least 0\.015"):
        balance.violation(frozen(1e-5 * np.exp(np.linspace(0.0, 0.01, 20))))
    crust = frozen(np.geomspace(1e-6, 1e-4, 50))
    upside_down = crust.isel(layer=slice(None, None, -1))
    with pytest.raises(ValueError, match="pressure decreases from layer 0 to 1"):
        balance.violation(upside_down)
    holes = crust.copy(deep=True)
    holes["mu_e"][7] = np.nan
    with pytest.raises(ValueError, match=r"mu_e is not finite at \{'layer': 7\}"):
        balance.violation(holes)


@pytest.mark.parametrize("bad", [0.0, -1.0, float("nan"), float("inf"), "wide", None])
def test_violation_refuses_bad_settings(bad):
    crust = frozen(np.geomspace(1e-6, 1e-4, 50))
    with pytest.raises(ValueError, match="gravity"):
        balance.violation(crust, bad)
    with pytest.raises(ValueError, match="width"):
        balance.violation(crust, width=bad)
    if bad != 0.0:
        with pytest.raises(ValueError, match="least_thickness"):
            balance.violation(crust, least_thickness=bad)
