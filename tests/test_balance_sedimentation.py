"""Forces on ions among others and their drift: limits known in closed form, and the Profile's own field."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib import balance, crusts
from crustlib.constants import ATOMIC_MASS_UNIT_G, MEV_IN_ERG

N_E = 1e-4  # fm^-3


def test_the_diffusion_coefficient_is_that_of_hansen_mcdonald_and_pollock():
    """By hand, in cgs, for iron at 1e10 K; 1 fm^-3 = 1e39 cm^-3."""
    n_i = N_E * 1e39 / 26
    e2, T = 4.80320471e-10**2, 1e10 * 1.380649e-16
    omega = np.sqrt(4 * np.pi * e2 * 26**2 * n_i / (56 * ATOMIC_MASS_UNIT_G))
    a = (3 / (4 * np.pi * n_i)) ** (1 / 3)
    gamma = 26**2 * e2 / (a * T)
    assert 10 < gamma < 170
    expected = 2.95 * omega * a**2 * gamma ** (-4 / 3)
    assert balance.diffusion_coefficient(N_E, T / MEV_IN_ERG, 26, 56) == pytest.approx(expected, rel=1e-6)


def test_diffusion_is_slower_in_the_cold_and_for_larger_charges():
    warm, cold = balance.diffusion_coefficient(N_E, [0.8, 0.4], 26, 56)
    assert warm / cold == pytest.approx(2 ** (4 / 3))  # at fixed density omega_p a^2 stays
    assert balance.diffusion_coefficient(N_E, 0.8, 34, 74) < warm


@given(Z=st.floats(1.0, 60.0), ratio=st.floats(2.0, 8.0), k=st.floats(0.2, 5.0))
@settings(max_examples=30, deadline=None)
def test_an_ion_among_its_like_feels_nothing_and_otherwise_weight_decides(Z, ratio, k):
    assert balance.net_force(N_E, Z, ratio * Z, Z, ratio * Z) == pytest.approx(0.0, abs=1e-12)
    assert balance.net_force(N_E, Z, ratio * Z, Z, (ratio + 0.1) * Z) == pytest.approx(0.1 * Z)
    share = balance.coulomb_share(N_E, Z, k * Z)
    assert np.sign(share) == np.sign(k - 1.0)
    assert balance.net_force(N_E, Z, ratio * Z, k * Z, ratio * k * Z) == pytest.approx(share * ratio * k * Z)


def test_the_coulomb_force_is_the_slope_of_the_lattice_energies():
    """Through a layer of ions 1 in which dP/dz = rho g, by differences instead of the closed form."""
    from crustlib.matter import coulomb, electrons

    Z_1, Z_2, n_e = 26.0, 40.0, 1e-3 * np.array([0.999, 1.001])
    mu_e = electrons.chemical_potential(n_e)
    field = np.diff(mu_e)[0]  # of eE dz: ideal electrons bear A_1/Z_1 m_u g each
    own, other = (np.diff(coulomb.nucleus_shift(n_e, Z))[0] for Z in (Z_1, Z_2))
    expected = (Z_2 / Z_1 * own - other) / (Z_2 * field)
    assert balance.coulomb_share(1e-3, Z_1, Z_2) == pytest.approx(expected, rel=1e-4)


def test_a_drift_takes_the_time_it_takes():
    crust = crusts.published("BSk24").isel(layer=slice(20, 40))
    Z = crust["Z_cl"].values
    heavier, twice, lighter = (
        balance.sedimentation(crust, 1.0, Z, f * crust["A_cl"].values) for f in (1.01, 1.02, 0.99)
    )
    assert twice.velocity == pytest.approx(2.0 * heavier.velocity)
    assert lighter.velocity == pytest.approx(-heavier.velocity)
    assert (heavier.velocity > 0.0).all()
    assert heavier.time * heavier.velocity == pytest.approx(heavier.scale_height)
    stronger = balance.sedimentation(crust, 1.0, Z, 1.01 * crust["A_cl"].values, gravity=4e14)
    assert stronger.time == pytest.approx(heavier.time / 4.0)  # half the height, twice the speed
    # the scale height is P / (rho g), by the file's own columns; P adds to the inertia
    rho, P = crust["mass_density"].values, crust["pressure"].values * 1.602176634e33
    assert heavier.scale_height == pytest.approx(P / rho / 2e14, rel=0.01)


def test_nothing_drifts_in_a_crystal():
    crust = crusts.published("BSk24")
    ions = balance.sedimentation(crust, 0.5, crust["Z_cl"], 1.1 * crust["A_cl"])
    assert ions.frozen.any()
    assert not ions.frozen.all()
    assert (ions.gamma[ions.frozen] > 175.0).all()
    assert np.isinf(ions.time[ions.frozen]).all()
    assert (ions.velocity[ions.frozen] == 0.0).all()
    assert np.isfinite(ions.time[~ions.frozen]).all()


def test_bad_input_is_named():
    crust = crusts.published("BSk24")
    with pytest.raises(ValueError, match="coupling parameter, here 0"):
        balance.diffusion_coefficient(1e-8, 10.0, 2, 4)
    with pytest.raises(ValueError, match="and 175"):
        balance.diffusion_coefficient(N_E, 1e-3, 26, 56)
    with pytest.raises(ValueError, match="trace_A"):
        balance.net_force(N_E, 26, 56, 6, -12)
    with pytest.raises(ValueError, match="temperature = 100: must be where Gamma"):
        balance.sedimentation(crust, 100.0, 40, 200)
    with pytest.raises(ValueError, match="pressure"):
        balance.sedimentation(crust.drop_vars("pressure"), 1.0, 40, 200)
    with pytest.raises(ValueError, match="gravity"):
        balance.sedimentation(crust, 1.0, 40, 200, gravity=0.0)
