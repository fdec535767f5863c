"""Forces on electrons, nuclei and neutrons: Newton's third law, and where they point."""

import numpy as np
import pytest

from crustlib import balance, crusts
from crustlib.balance.windows import WIDTH
from crustlib.crusts import profile

MODEL = "AME2016+FRDM95+DZ31"
MEV_FM3 = 1.602176634e33  # dyn cm^-2
LAYERS = np.geomspace(1e-6, 1e31 / MEV_FM3, 1500)


@pytest.fixture(scope="session")
def accreted_crust():
    return crusts.accreted(MODEL)


@pytest.fixture(scope="session", params=[True, False], ids=["lattice", "no lattice"])
def catalysed(request):
    return crusts.ground_state(MODEL, LAYERS, lattice=request.param)


def per_volume(crust, acting):
    """Return the remainders per volume on nuclei and on neutrons, and the nuclei's weight."""
    n_i, n_n = crust["number_density"].sum("nuclide"), crust["neutron_density"]
    on_nuclei, on_neutrons = n_i * acting["nucleus_remainder"], n_n * acting["neutron_remainder"]
    return on_nuclei.values, on_neutrons.values, (n_i * acting["nucleus_weight"]).values


def check_third_law(crust):
    on_nuclei, on_neutrons, weight = per_volume(crust, balance.forces(crust))
    assert np.abs(on_nuclei + on_neutrons).max() < 1e-3 * weight.max()
    assert (np.abs(on_nuclei + on_neutrons) < 1e-3 * weight).all()


def test_nuclei_and_neutrons_act_on_each_other_alone(accreted_crust, catalysed):
    check_third_law(accreted_crust)
    check_third_law(catalysed)


def test_electrons_are_in_balance_and_pass_their_field_on(accreted_crust):
    acting = balance.forces(accreted_crust)
    total = sum(acting[f"electron_{k}"] for k in ("weight", "gradient", "electric"))
    assert float(np.abs(total / acting["electron_gradient"]).max()) < 1e-12
    # one nucleus carries the charge of Z electrons
    charge = profile.mean_Z(accreted_crust)
    np.testing.assert_allclose(acting["nucleus_electric"], -charge * acting["electron_electric"], rtol=1e-9)


def test_nothing_is_left_over_in_the_ground_state(catalysed):
    acting = balance.forces(catalysed)
    drip = LAYERS[np.argmax(catalysed["neutron_density"].values > 0.0)]
    away = np.abs(np.log(LAYERS / drip)) > 2 * WIDTH
    assert np.abs(acting["nucleus_remainder"] / acting["nucleus_weight"]).values[away].max() < 1e-3
    assert np.abs(acting["neutron_remainder"]).values[away].max() < 3e-3  # of a neutron's weight


def test_weights_are_those_of_the_particles(accreted_crust):
    acting = balance.forces(accreted_crust)
    # In units of m_u g: a nucleus has A, less a per cent of binding; an electron mu_e/m_u; a neutron 1.0087.
    # Where nuclei burn, their number changes through a window, and one particle's share with it.
    off = np.abs(acting["nucleus_weight"] / profile.mean_A(accreted_crust) - 1.0)
    assert np.median(off) < 0.005
    assert off.max() < 0.1
    np.testing.assert_allclose(acting["electron_weight"], accreted_crust["mu_e"] / 931.494, rtol=0.1)
    deep = profile.rho(accreted_crust).values > 3e12
    np.testing.assert_allclose(acting["neutron_weight"].values[deep], 1.0087, rtol=0.01)


def test_where_mu_e_falls_weight_and_field_both_pull_nuclei_down(accreted_crust):
    acting, rho = balance.forces(accreted_crust), profile.rho(accreted_crust).values
    slope = balance.violation(accreted_crust)["r7"].values
    falling = (slope < -0.005) & (rho > 3e12)
    burning = (rho > 1.9e12) & (rho < 2.3e12)  # 40Mg: with mu_e level, (2) leaves the electrons' weight
    assert falling.sum() > 10
    assert burning.sum() > 20
    for zone in (falling, burning):
        assert (acting["nucleus_weight"].values[zone] > 0.0).all()
        assert (acting["nucleus_electric"].values[zone] > 0.0).all()
        assert (acting["nucleus_remainder"].values[zone] > acting["nucleus_weight"].values[zone]).all()
        assert (acting["neutron_remainder"].values[zone] < 0.0).all()  # and push the neutrons out
    elsewhere = accreted_crust["neutron_density"].values == 0.0
    assert (acting["nucleus_electric"].values[elsewhere] < 0.0).all()


def test_no_neutrons_feel_no_force(accreted_crust):
    outer = accreted_crust["neutron_density"].values == 0.0
    acting = balance.forces(accreted_crust)
    for term in ("weight", "gradient", "remainder"):
        well_above = outer & (accreted_crust["pressure"].values < 1e-4)
        assert (acting[f"neutron_{term}"].values[well_above] == 0.0).all()


@pytest.mark.parametrize("column", ["mu_e", "mu_n", "neutron_density", "neutron_pressure", "mass_density"])
def test_forces_name_what_a_profile_lacks(accreted_crust, column):
    with pytest.raises(ValueError, match=rf"\(maker accreted\): lacks the column\(s\) {column} needed here"):
        balance.forces(accreted_crust.drop_vars(column))


def test_forces_refuse_bad_crusts_and_widths(accreted_crust):
    with pytest.raises(ValueError, match="has 2 layers"):
        balance.forces(accreted_crust.isel(layer=slice(0, 2)))
    with pytest.raises(ValueError, match="pressure decreases"):
        balance.forces(accreted_crust.isel(layer=slice(None, None, -1)))
    for bad in (0.0, -1.0, float("nan"), "wide"):
        with pytest.raises(ValueError, match="width"):
            balance.forces(accreted_crust, bad)
