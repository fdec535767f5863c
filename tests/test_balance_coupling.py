"""Nuclei that displace neutrons: closed forms, the ground state, and what is refused."""

import numpy as np
import pytest

from crustlib import balance, crusts
from crustlib.constants import MEV_FM3_IN_DYN_CM2, NEUTRON_MASS_MEV
from crustlib.crusts import profile

PRESSURES = np.geomspace(8.1e29, 1e31, 900) / MEV_FM3_IN_DYN_CM2
TABLE = "AME2016+FRDM95+DZ31"


@pytest.fixture(scope="module")
def ground_state():
    """The least Gibbs energy at each pressure, by a maker that knows no force and no coupling."""
    return crusts.ground_state("MB-type", PRESSURES, neutrons="Mackie-Baym", lattice=False)


def test_the_ground_state_obeys_the_coupled_equations_and_not_the_plain_ones(ground_state):
    """In it mu_n = (m_i + Z mu_e)/A, so Z d mu_e = (A - N_i) d mu_n: equilibrium holds by construction."""
    coupled, plain = balance.coupling(ground_state), balance.violation(ground_state)
    inner = slice(80, -10)  # 80 layers are 20 % in pressure, away from the drip
    np.testing.assert_allclose(coupled["r8"][inner], 1.0, atol=1e-4)
    np.testing.assert_allclose(coupled["r9"][inner], 1.0, atol=1e-4)
    assert np.median(plain["r8"][inner]) < 0.95


def test_masses_that_depend_on_the_gas_displace_what_their_surface_energy_says(ground_state):
    """Of E_surface only W_0(k_n) feels a thin gas: N = (sigma/w0) A^(2/3) dW_0/dmu_n, Mackie & Baym's W_0."""
    layer = int(np.argmax(ground_state["neutron_density"].values > 2e-5))
    n_n = float(ground_state["neutron_density"][layer])
    k = np.cbrt(1.5 * np.pi**2 * n_n)
    slope = 1.2974 + 2 * 15.0298 * k - 3 * 15.2343 * k**2 + 4 * 7.4663 * k**3
    bend = 2 * 15.0298 - 6 * 15.2343 * k + 12 * 7.4663 * k**2
    per_mu = slope / (slope + (slope + k * bend) / 3)  # mu_n = W_0 + (k/3) dW_0/dk
    A = float(profile.mean_A(ground_state)[layer])
    found = balance.coupling(ground_state)
    here = int(np.abs(found["pressure"].values - float(ground_state["pressure"][layer])).argmin())
    assert found["displaced"][here] == pytest.approx(19.6226 / 15.59887 * per_mu * A ** (2 / 3), rel=0.03)


def test_tables_couple_nothing_and_leave_the_ratios_alone():
    crust = crusts.accreted(TABLE, pressure_max=2.6e30 / MEV_FM3_IN_DYN_CM2)
    found, plain = balance.coupling(crust), balance.violation(crust)
    free = crust["neutron_density"].values > 0.0
    assert not found["displaced"].any() and not found["of_weight"].any()
    np.testing.assert_allclose(found["r8"], plain["r8"].values[free], rtol=1e-12)
    np.testing.assert_allclose(found["r9"], plain["r9"].values[free], rtol=1e-12)


def test_a_volume_displaces_the_gas_in_it(ground_state):
    found = balance.coupling(ground_state, "volume")
    free = ground_state["neutron_density"].values > 0.0
    n_n = ground_state["neutron_density"].values[free]
    A = profile.mean_A(ground_state).values[free]
    np.testing.assert_allclose(found["displaced"], n_n * A / 0.16, rtol=1e-9)
    # the weight of nuclei is close to that of their baryons, so buoyancy is the ratio of mass densities
    np.testing.assert_allclose(found["of_weight"], n_n / 0.16, rtol=0.05)
    assert float(found["of_weight"].max()) * NEUTRON_MASS_MEV < 0.16 * NEUTRON_MASS_MEV


def test_refusals(ground_state):
    with pytest.raises(ValueError, match="source = 'mass': must be one of"):
        balance.coupling(ground_state, "mass")
    with pytest.raises(ValueError, match="width"):
        balance.coupling(ground_state, width=0.0)
    with pytest.raises(ValueError, match="no free neutrons"):
        balance.coupling(crusts.ground_state(TABLE, [1e-6, 1.1e-6, 1.2e-6]))
    counted = crusts.accreted(TABLE, pressure_max=2e30 / MEV_FM3_IN_DYN_CM2, nuclear_volume=True)
    with pytest.raises(ValueError, match="nuclear_volume"):
        balance.coupling(counted)
