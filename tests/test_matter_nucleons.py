import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from crustlib.constants import HBARC_MEV_FM
from crustlib.matter import electrons, muons, nucleons, skyrme

FUNCTIONALS = skyrme.available()


@pytest.mark.parametrize("functional", FUNCTIONALS)
def test_the_four_equations_of_equilibrium_hold(functional):
    n = np.geomspace(nucleons.LOWEST_DENSITY, nucleons.HIGHEST_DENSITY, 40)
    matter = nucleons.beta_equilibrium(n, functional)
    mu_n, mu_p = skyrme.chemical_potentials(matter.neutron_density, matter.proton_density, functional)
    assert mu_n - mu_p == pytest.approx(electrons.chemical_potential(matter.electron_density), rel=1e-9)
    assert matter.muon_density == pytest.approx(muons.density(mu_n - mu_p), rel=1e-9, abs=1e-18)
    assert matter.electron_density + matter.muon_density == pytest.approx(matter.proton_density, rel=1e-12)
    assert matter.neutron_density + matter.proton_density == pytest.approx(n, rel=1e-14)
    assert (matter.muon_density > 0).any()
    assert (matter.muon_density == 0).any()


@given(n=st.floats(1e-3, 1.5), functional=st.sampled_from(FUNCTIONALS))
@settings(max_examples=30, deadline=None)
def test_thermodynamics_holds_and_equilibrium_has_the_least_energy(n, functional):
    step = 1e-3 * n
    below, here, above = (nucleons.beta_equilibrium(n + k * step, functional) for k in (-1, 0, 1))
    assert here.energy_density + here.pressure == pytest.approx(n * here.mu_n, rel=1e-10)
    assert (above.energy_density - below.energy_density) / (2 * step) == pytest.approx(here.mu_n, rel=1e-4)
    for x in (0.97 * here.proton_fraction, 1.03 * here.proton_fraction):
        other = skyrme.energy_density(n * (1 - x), n * x, functional) + electrons.energy_density(n * x)
        assert other > here.energy_density  # without muons: more energy still


def test_muons_are_an_ideal_gas_of_their_mass():
    mu = 130.0
    momentum = np.sqrt(mu**2 - muons.MUON_MASS_MEV**2)
    n = muons.density(mu)
    scale = np.pi**2 * HBARC_MEV_FM**3

    def energy(p):
        return p**2 * np.hypot(p, muons.MUON_MASS_MEV)

    expected = quad(energy, 0.0, momentum, epsabs=0, epsrel=1e-12)[0] / scale
    assert n == pytest.approx(momentum**3 / (3 * scale), rel=1e-12)
    assert muons._energy_density(n) == pytest.approx(expected, rel=1e-10)
    assert muons._pressure(n) == pytest.approx(n * mu - expected, rel=1e-9)


@pytest.mark.parametrize("density", [0.0, -0.1, 2.1, float("nan"), "thick", None])
def test_densities_out_of_range_are_refused(density):
    with pytest.raises(ValueError, match="baryon_density"):
        nucleons.beta_equilibrium(density)


def test_the_shape_is_kept():
    assert nucleons.beta_equilibrium([[0.1, 0.2]]).mu_e.shape == (1, 2)
    assert isinstance(nucleons.beta_equilibrium(0.1).mu_e, float)
    with pytest.raises(ValueError, match="functional"):
        nucleons.beta_equilibrium(0.1, "BSk1")
    with pytest.raises(ValueError, match="mu = -1"):
        muons.density(-1.0)
