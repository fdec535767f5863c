"""The flux that friction lets through: published coefficients, scalings and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from crustlib import balance, crusts

NEUTRONS = 1e12 / 1.67492750e-24 * 1e-39  # fm^-3 at rho_n = 1e12 g cm^-3, by the neutron's mass in grams


def test_stated_and_printed_coefficients_of_equation_11():
    # by hand: 70 * 1e14 / (1e-23 * (1 + 70^(1/3))^2 * 1.6e9)
    assert balance.neutron_flux(70, NEUTRONS, 1e14) == pytest.approx(1.6676e28, rel=1e-3)
    assert balance.neutron_flux(70, NEUTRONS, 1e14, "printed") == pytest.approx(3e28, rel=1e-6)
    without_one = balance.neutron_flux(70, NEUTRONS, 1e14, lambda A: 1e-23 * A ** (2 / 3))
    assert without_one == pytest.approx(2.576e28, rel=1e-3)


positive = st.floats(1e-6, 1e6)


@given(scale=positive, A=st.integers(8, 250))
def test_flux_scales_as_the_formulas_do(scale, A):
    for which in ("stated", "printed"):
        flux = balance.neutron_flux(A, NEUTRONS, 1e14, which)
        assert balance.neutron_flux(A, NEUTRONS, 1e14 * scale, which) == pytest.approx(flux * scale)
        assert balance.neutron_flux(A, NEUTRONS * scale, 1e14, which) == pytest.approx(flux / np.cbrt(scale))
    ratio = balance.neutron_flux(8 * A, NEUTRONS, 1e14, "printed") / balance.neutron_flux(
        A, NEUTRONS, 1e14, "printed"
    )
    assert ratio == pytest.approx(2.0)  # A^(1/3)
    # the stated cross section approaches that law from above only as A^(1/3) >> 1
    stated = balance.neutron_flux(8 * A, NEUTRONS, 1e14) / balance.neutron_flux(A, NEUTRONS, 1e14)
    assert 2.0 < stated < 8.0


def test_arguments_broadcast_and_a_cross_section_may_be_any_function_of_A():
    flux = balance.neutron_flux([[40], [70]], [NEUTRONS, 8 * NEUTRONS, 27 * NEUTRONS], 2e14)
    assert flux.shape == (2, 3)
    np.testing.assert_allclose(flux[:, 0] / flux[:, 1:].T, [[2.0, 2.0], [3.0, 3.0]])
    half = balance.neutron_flux([40, 70], NEUTRONS, 2e14, lambda A: 2e-23 * (1 + np.cbrt(A)) ** 2)
    np.testing.assert_allclose(half, flux[:, 0] / 2)


def test_eddington_accretion_is_a_mole_of_baryons_per_gram():
    # dm/m_u is Avogadro's number times g
    assert balance.accretion_flux(1e5) == pytest.approx(6.02214e28, rel=1e-5)
    np.testing.assert_allclose(balance.accretion_flux([1.0, 2.0]) / 6.02214e23, [1.0, 2.0], rtol=1e-5)


def test_geometric_cross_section_has_its_limits():
    # slow neutrons: the wave decides, 2 pi lambdabar^2 = 2 pi/k_F^2; fast ones: twice the disc
    k_F = np.cbrt(3 * np.pi**2 * 1e-15)
    assert balance.geometric_cross_section(1, 1e-15) == pytest.approx(2 * np.pi / k_F**2 * 1e-26, rel=1e-3)
    disc = np.pi * (1.2 * np.cbrt(216)) ** 2 * 1e-26
    assert balance.geometric_cross_section(216, 1e12) == pytest.approx(2 * disc, rel=1e-3)
    # the paper's own is some fifty times larger at rho_n = 1e12
    assert 1e-23 * (1 + np.cbrt(70)) ** 2 / balance.geometric_cross_section(70, NEUTRONS) > 30


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((float("nan"), NEUTRONS, 1e14), "A = nan"),
        ((-56, NEUTRONS, 1e14), "A = -56"),
        ((56, 0.0, 1e14), "neutron_density = 0"),
        ((56, [NEUTRONS, -1e-3], 1e14), r"neutron_density = -0.001 \(at index 1\)"),
        ((56, NEUTRONS, float("inf")), "gravity = inf"),
        ((56, NEUTRONS, "strong"), "gravity = 'strong'"),
        ((56, NEUTRONS, 1e14, "guessed"), "cross_section = 'guessed': must be 'stated', 'printed' or"),
        ((56, NEUTRONS, 1e14, 1e-23), "cross_section = 1e-23"),
        ((56, NEUTRONS, 1e14, lambda A: A - 56), r"cross_section\(A\) = 0"),
        ((56, NEUTRONS, 1e14, lambda A: np.nan), r"cross_section\(A\) = nan"),
    ],
)
def test_flux_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        balance.neutron_flux(*arguments)


@given(bad=st.one_of(st.floats(max_value=0.0), st.just(float("nan")), st.just(float("inf")), st.just("fast")))
def test_other_fluxes_refuse_what_is_not_positive(bad):
    with pytest.raises(ValueError, match="mdot"):
        balance.accretion_flux(bad)
    with pytest.raises(ValueError, match="neutron_density"):
        balance.geometric_cross_section(56, bad)


@pytest.fixture(scope="module")
def burning():
    """The crust down to 3.6e30 dyn cm^-2, into the zone where 40Mg burns."""
    return crusts.accreted("AME2016+FRDM95+DZ31", pressure_max=2.25e-3)


def test_a_scale_height_of_neutrons_over_their_flux(burning):
    """By hand in one layer: n_n h/J_n with h = P/(rho g), and P/(g mdot), all in cgs."""
    times = balance.redistribution_time(burning, 2e14, mdot=1e4)
    fluxes = balance.flux_through(burning, 2e14)
    layer = burning.isel(layer=-60)
    P, rho = float(layer.pressure) * 1.602176634e33, float(layer.baryon_density) * 1.66053907e-24 * 1e39
    n_n, J_n = float(layer.neutron_density) * 1e39, abs(float(fluxes.driven[-60]))
    assert float(times.flow[-60]) == pytest.approx(n_n * P / (rho * 2e14) / J_n, rel=1e-6)
    assert float(times.compression[-60]) == pytest.approx(P / (2e14 * 1e4), rel=1e-9)


def test_gravity_drops_out_of_neither_time_and_friction_only_slows_the_flow(burning):
    """Flow: J_n goes as g/sigma and the scale height as 1/g. Sinking: as 1/(g mdot)."""
    one = balance.redistribution_time(burning, 1e14, 1e-24, 1e4)
    other = balance.redistribution_time(burning, 2e14, 1e-23, 1e5)
    np.testing.assert_allclose(other.flow / one.flow, 10.0 / 4.0, rtol=1e-9)
    np.testing.assert_allclose(other.compression / one.compression, 1.0 / 20.0, rtol=1e-9)


def test_nothing_moves_where_nothing_drives(burning):
    """Without gradients' windows to speak of the ground state needs ages: r8 = 1 is f = 0."""
    ground = crusts.ground_state("AME2016+FRDM95+DZ31", np.linspace(1e-3, 1.2e-3, 40), lattice=False)
    times, driven = balance.redistribution_time(ground), balance.redistribution_time(burning)
    assert float((times.flow / times.compression).min()) > 1e3
    assert float((driven.flow / driven.compression).isel(layer=slice(-100, -30)).max()) < 2.0


def test_magnetic_cross_section_is_rosenbluths():
    """Rosenbluth's formula for a particle without charge, kappa^2 tau (cos^2 + 2 sin^2) Mott's 1/sin^4."""
    alpha, kappa, M = 1 / 137.036, -1.91304, 938.272
    for E in (10.0, 40.0):  # MeV: the energy drops out

        def weighted(theta, E=E):
            s2 = np.sin(theta / 2) ** 2
            tau = (E / M) ** 2 * s2
            rosenbluth = (alpha / (2 * E * s2)) ** 2 * kappa**2 * tau * (1 - s2 + 2 * s2)
            return (1 - np.cos(theta)) * rosenbluth * 2 * np.pi * np.sin(theta)

        fm2 = quad(weighted, 0.0, np.pi)[0] * 197.32698**2
        assert balance.magnetic_cross_section() == pytest.approx(fm2 * 1e-26, rel=1e-4)


def test_electrons_rub_on_neutrons_a_million_times_less_than_nuclei(burning):
    """The bound by its definition, momentum handed over per volume, in one layer."""
    layer = burning.isel(layer=-1)
    n_e, n_n = float(layer.electron_density), float(layer.neutron_density)
    n_i = float(layer.number_density.sum())
    A, p_e, p_n = float(layer.number_density @ layer.A) / n_i, *np.cbrt(3 * np.pi**2 * np.array([n_e, n_n]))
    electrons, nuclei = n_e * 8.1e-31 * p_e, n_i * 1e-23 * (1 + np.cbrt(A)) ** 2 * p_n
    bound = balance.electron_friction(burning)
    assert float(bound[-1]) == pytest.approx(electrons / nuclei, rel=0.01)
    assert float(bound.max()) < 1e-5
    np.testing.assert_allclose(balance.electron_friction(burning, 1e-25), 100 * bound, rtol=1e-9)


@pytest.mark.parametrize("bad", [{"sigma_0": 0.0}, {"mdot": np.nan}, {"gravity": "strong"}])
def test_times_and_friction_refuse(burning, bad):
    name = next(iter(bad))
    with pytest.raises(ValueError, match=f"{name} = "):
        balance.redistribution_time(burning, **bad)
    if name == "sigma_0":
        with pytest.raises(ValueError, match="sigma_0 = "):
            balance.electron_friction(burning, **bad)
    with pytest.raises(ValueError, match="no free neutrons"):
        balance.electron_friction(crusts.accreted("AME2016", pressure_max=1e-7))
