"""Many crusts at once: published numbers, hand-made zones, and what is refused."""

import numpy as np
import pytest
import xarray as xr

from crustlib import balance, crusts
from crustlib.balance.survey import _outside
from crustlib.matter import electrons

DYN = 1.602176634e33  # dyn cm^-2 in one MeV fm^-3
MODEL = "AME2016+FRDM95+DZ31"


@pytest.fixture(scope="module")
def found():
    """Crusts of FRDM95 on two cores; the same call stands twice, under two names."""
    calls = {
        "accreted": {"mass_model": MODEL},
        "again": {"mass_model": MODEL},
        "ground state": {"maker": "ground_state", "mass_model": MODEL, "lattice": False},
        "stored": "accreted_frdm12",
    }
    return balance.survey(calls, processes=2)


def test_published_numbers_of_frdm95(found):
    """Lau et al. (2018): mu_e rises 0.1 MeV from 1.7e12 to 2.4e12; drip at 6.84e29 without a lattice."""
    accreted = found.sel(crust="accreted")
    rho = accreted["baryon_density"].values * 1.66053906892e15
    rise = np.interp(2.4e12, rho, accreted["mu_e"]) - np.interp(1.7e12, rho, accreted["mu_e"])
    assert 0.0 < rise <= 0.1
    drip = float(found["drip_pressure"].sel(crust="ground state")) * DYN
    assert drip == pytest.approx(6.84e29, rel=0.02)


def test_a_ground_state_is_in_balance_and_releases_no_heat(found):
    ground = found.sel(crust="ground state")
    assert not (ground["zone_kind"] != "").any()
    assert ground["outside"] == 0.0 and ground["total_heat"] == 0.0 and ground["cycles"] == 0
    inner = ground["pressure"].values > 1.05 * float(ground["drip_pressure"])
    for ratio in ("r7", "r8", "r9"):
        np.testing.assert_allclose(ground[ratio].values[inner], 1.0, atol=5e-3)


def test_every_crust_stands_on_one_grid_and_keeps_its_own_numbers(found):
    assert list(found["crust"].values) == ["accreted", "again", "ground state", "stored"]
    xr.testing.assert_equal(found.sel(crust="accreted", drop=True), found.sel(crust="again", drop=True))
    assert (found["pressure"].isel(crust=0) == found["pressure"].isel(crust=3)).all()
    direct = crusts.accreted(MODEL)
    accreted = found.sel(crust="accreted")
    n_e = np.interp(accreted["pressure"], direct["pressure"], direct["electron_density"])
    np.testing.assert_allclose(accreted["mu_e"], electrons.chemical_potential(n_e), rtol=1e-12)
    assert float(accreted["total_heat"]) == pytest.approx(float(direct["heat"][-1]))
    weight = accreted["neutron_weight"]
    whole = weight * accreted["r9"] + (1.0 - weight) * accreted["r8"]  # hydrostatic equilibrium
    assert abs(float(whole.median()) - 1.0) < 0.01


def test_thickness_goes_as_the_inverse_of_gravity():
    """A survey made at four times the gravity has the zones of one brought there, thin ones left out."""
    weak, strong = (
        balance.survey({"one": "accreted_frdm12"}, gravity=g, processes=1).isel(crust=0) for g in (2e14, 8e14)
    )
    brought = balance.at_gravity(weak, 8e14)
    left = brought.isel(zone=brought["zone_kind"].values != "")
    assert strong.sizes["zone"] == left.sizes["zone"] < weak.sizes["zone"]
    for name in ("zone_top", "zone_bottom", "zone_thickness"):
        np.testing.assert_allclose(left[name], strong[name], rtol=1e-9)
    with pytest.raises(ValueError, match=r"gravity = 1e\+14 cm s\^-2: must be at least"):
        balance.at_gravity(weak, 1e14)


def test_zone_share_counts_crusts_zone_by_zone():
    """Three crusts made by hand: the first falls within its shallow zone, the third has none."""
    kinds = [["shallow", "falling", ""], ["steep", "shallow", ""], ["", "", ""]]
    tops = [[1.0, 1.5, 0.0], [1.0, 3.0, 0.0], [0.0, 0.0, 0.0]]
    bottoms = [[2.0, 2.0, 0.0], [1.8, 4.0, 0.0], [0.0, 0.0, 0.0]]
    zones = {"zone_kind": kinds, "zone_top": tops, "zone_bottom": bottoms}
    made = xr.Dataset({name: (("crust", "zone"), np.array(values)) for name, values in zones.items()})
    shares = balance.zone_share(made, [0.5, 1.6, 3.5])
    np.testing.assert_allclose(shares["falling"], [0.0, 1 / 3, 0.0])
    np.testing.assert_allclose(shares["shallow"], [0.0, 1 / 3, 1 / 3])
    np.testing.assert_allclose(shares["steep"], [0.0, 1 / 3, 0.0])
    with pytest.raises(ValueError, match="pressure"):
        balance.zone_share(made, [-1.0])


def test_zones_kept_are_the_common_length_in_ln_P():
    """The first crust's shallow zone, e to e^3, is shared from e^2 on, its steep one not at all."""
    e = np.e
    zones = {
        "zone_kind": [["shallow", "steep", ""], ["steep", "shallow", "shallow"]],
        "zone_top": [[e, e**4, 0.0], [e, e**2, e**2.75]],
        "zone_bottom": [[e**3, e**5, 0.0], [e**2, e**2.5, e**9]],
    }
    made = xr.Dataset(
        {name: (("crust", "zone"), np.array(values)) for name, values in zones.items()},
        coords={"crust": ["one", "two"]},
    )
    np.testing.assert_allclose(balance.zones_kept(made, "one"), [[1.0, 1.0], [0.375, 0.0]])
    with pytest.raises(ValueError, match="reference = 'three': must be one of"):
        balance.zones_kept(made, "three")


def test_the_share_outside_weighs_by_ln_P():
    # 400 layers, unequal steps: from ln P = 0 to 1 out of balance, from 1 to 4 in it
    log_pressure = np.concatenate([np.linspace(0, 1, 300), np.linspace(1, 4, 101)[1:]])
    r7 = np.where(log_pressure < 1.0, 1.6, 1.0)
    assert _outside(log_pressure, r7) == pytest.approx(0.25, abs=0.01)
    assert _outside(log_pressure, np.where(log_pressure < 1.0, 0.4, 1.5)) == pytest.approx(0.25, abs=0.01)
    assert _outside(log_pressure[:1], r7[:1]) == 0.0


@pytest.mark.parametrize(
    ("calls", "message"),
    [
        ({}, "calls = {}: must map"),
        ("accreted_frdm12", "must map"),
        ({"one": "accreted_frdm13"}, r"calls\['one'\] = 'accreted_frdm13'"),
        ({"one": 3}, r"calls\['one'\] = 3"),
        ({"one": {"maker": "diffusive"}}, r"calls\['one'\]\['maker'\] = 'diffusive'"),
        ({"one": {"mass_model": MODEL, "step": -1.0}}, "step"),
    ],
)
def test_refusals(calls, message):
    with pytest.raises(ValueError, match=message):
        balance.survey(calls, processes=1)
    with pytest.raises(ValueError, match="gravity"):
        balance.survey({"one": "accreted_frdm12"}, gravity=0.0)
