"""Conductivities: an independent calculation, the textbook's law and scalings, and every kind of Profile."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import constants as si
from scipy.integrate import quad

from crustlib import data, transport
from crustlib.crusts import profile

BROAD = {"Z": [8, 26, 40], "A": [16, 56, 90], "x": [0.2, 0.3, 0.5]}


def test_numbers_of_an_independent_calculation():
    result = transport.conductivity(1e9, 5e8, **BROAD)
    assert result.coulomb_logarithm == pytest.approx(0.9915, rel=1e-3)
    assert result.thermal == pytest.approx(2.559e17, rel=3e-3)
    assert result.collision_frequency == pytest.approx(4.732696e18 * 0.9915, rel=1e-3)
    assert result.regime == "liquid"
    assert all(type(value) is float for value in result[:4])


@settings(max_examples=20, deadline=None)
@given(log_density=st.floats(5.0, 11.0), log_temperature=st.floats(7.5, 9.5))
def test_wiedemann_and_franz_hold_where_scattering_is_elastic(log_density, log_temperature):
    T = 10.0**log_temperature
    result = transport.conductivity(10.0**log_density, T, **BROAD)
    # in Gaussian units e^2 is alpha hbar c in erg cm, k_B in erg / K
    e2 = si.alpha * si.hbar * si.c * 1e9
    law = np.pi**2 * (si.k * 1e7) ** 2 / (3.0 * e2)
    assert result.thermal / (result.electrical * T) == pytest.approx(law, rel=1e-8)


def test_sigma_is_drudes():
    plasma = transport.parameters(1e9, 5e8, **BROAD)
    result = transport.conductivity(1e9, 5e8, **BROAD)
    # in SI: n_e e^2 / (m* nu), times 1 / (4 pi eps_0) in Gaussian units
    mass = plasma.mu_e * 1e6 * si.e / si.c**2
    drude = plasma.electron_density * 1e45 * si.e**2 / (mass * result.collision_frequency)
    assert result.electrical == pytest.approx(drude / (4 * np.pi * si.epsilon_0), rel=1e-8)


def test_one_composition_in_many_layers_is_each_layer_alone():
    density, temperature = np.geomspace(1e6, 1e11, 6), np.linspace(1e8, 2e9, 6)
    together = transport.conductivity(density, temperature, form_factor=True, **BROAD)
    for i in range(6):
        alone = transport.conductivity(density[i], temperature[i], form_factor=True, **BROAD)
        assert alone[:4] == pytest.approx([value[i] for value in together[:4]], rel=1e-12)
        assert alone.regime == together.regime[i]
    grid = transport.conductivity(density, temperature[:, np.newaxis], **BROAD)
    assert grid.thermal.shape == grid.regime.shape == (6, 6)


def test_frozen_structure_conducts_in_proportion_to_temperature():
    # beyond the last solution ln Lambda stays, so kappa / T and sigma do
    cold, colder = (transport.conductivity(1e10, T, [34], [78], [1.0]) for T in (2e8, 1e8))
    assert cold.coulomb_logarithm == pytest.approx(colder.coulomb_logarithm, rel=1e-12)
    assert cold.thermal / colder.thermal == pytest.approx(2.0, rel=1e-12)
    assert cold.electrical == pytest.approx(colder.electrical, rel=1e-12)


def test_regimes_are_labelled():
    result = transport.conductivity([1e9] * 3 + [1e12], [1e10, 8e8, 1.7e8, 1e8], [26], [56], [1.0])
    assert list(result.regime) == ["weak", "liquid", "amorphous", "quantum"]
    plasma = transport.parameters(1e9, [1e10, 8e8, 1.7e8], [26], [56], [1.0])
    assert (plasma.plasma_temperature < [1e10, 8e8, 1.7e8]).all()


@pytest.mark.parametrize(
    ("density", "mean", "squares"),
    [(8.59e6, 37, 1597), (2.49e8, 38, 1564), (1e9, 38, 1536), (2.87e9, 35, 1359), (1.75e11, 30, 964)],
)
def test_impurities_alone_conduct_too_well(density, mean, squares):
    """Figure 13: 4.0 to 8.4 times, with the moments of table 2 in three charges; equation 29 says 7 to 17."""
    d = np.sqrt(2.0 * (squares - mean**2))
    Z = np.array([mean - d, mean, mean + d])
    full, impure = (
        transport.conductivity(density, 5e8, Z, 2.3 * Z, [0.25, 0.5, 0.25], rule).thermal
        for rule in ("linear", "impurity-only")
    )
    assert 4.0 < impure / full < 8.4
    assert impure / full < 0.6 * squares / (squares - mean**2)


def test_a_pure_layer_has_no_impurities():
    good = {"density": 1e9, "temperature": 5e8, "A": [56, 62], "rule": "impurity-only"}
    with pytest.raises(ValueError, match=r"rule = 'impurity-only': Q_imp = 0 in layer 1, must be > 0"):
        transport.conductivity(Z=[26, 28], x=[[0.5, 0.5], [1.0, 0.0]], **good)
    with pytest.raises(ValueError, match=r"Q_imp = 0, must be > 0"):
        transport.conductivity(Z=[26, 26], x=[1 / 3, 2 / 3 + 5e-7], **good)


def test_quanta_lower_lorenzs_ratio():
    ratio = transport.lorenz_ratio(26, 100, 10, np.linspace(0.0, 20.0, 30))
    assert ratio[0] == 1.0
    assert (np.diff(ratio) < 0.0).all()
    assert ratio[-1] < 0.05


@pytest.mark.parametrize(("Z", "x_r"), [(6, 1.0), (26, 10.0)])
def test_the_next_order_is_mckinley_and_feshbachs(Z, x_r):
    beta, last = x_r / np.hypot(1.0, x_r), 3.8383 * Z ** (1 / 3)

    def rate(strength):
        def integrand(y):  # cross section over Rutherford's
            section = 1.0 - (beta * y) ** 2 + np.pi * strength * beta * y * (1.0 - y)
            S = float(transport.structure_factor(last * y, 100.0))
            return section * S / (y * transport.dielectric_function(x_r, y) ** 2)

        return quad(integrand, 0.0, 1.0, epsrel=1e-5, limit=200)[0]

    assert transport.second_born(Z, 100, x_r) == pytest.approx(rate(Z * si.alpha) / rate(0.0) - 1.0, rel=1e-3)


def test_along_a_crust_every_layer_is_what_it_is_alone():
    crust = data.load("accreted_frdm12").isel(layer=slice(None, None, 150))
    result = transport.along(crust, 3e8)
    n = crust["number_density"].values
    layer = 7
    plasma_density = (n[layer] * crust["A"].values).sum() * si.atomic_mass * 1e3 * 1e39
    alone = transport.conductivity(
        plasma_density, 3e8, crust["Z"].values, crust["A"].values, n[layer] / n[layer].sum()
    )
    assert float(result.thermal[layer]) == pytest.approx(alone.thermal, rel=1e-9)
    assert set(np.unique(result.regime)) <= {"weak", "liquid", "amorphous", "quantum"}
    assert np.isfinite(result.thermal).all()
    assert result.thermal.attrs["units"] == "erg cm^-1 s^-1 K^-1"
    varying = transport.along(crust, np.full(crust.sizes["layer"], 3e8))
    xr.testing.assert_allclose(varying.drop_vars("regime"), result.drop_vars("regime"))


def columns(n_e):
    return {"pressure": [1e-6], "baryon_density": [2.5 * n_e], "electron_density": [n_e]}


def test_profiles_of_means_and_of_free_protons():
    n_e = 1e-5
    means = profile.make({**columns(n_e), "Z_cl": [20.0], "A_cl": [50.0]}, maker="by hand")
    nuclei = profile.make({**columns(n_e), "number_density": [[n_e / 20.0]]}, Z=[20], A=[50], maker="by hand")
    assert float(transport.along(means, 1e9).thermal[0]) == pytest.approx(
        float(transport.along(nuclei, 1e9).thermal[0]), rel=1e-12
    )
    protons = profile.make(
        {**columns(n_e), "baryon_density": [2.3 * n_e + 0.08 * n_e],
         "number_density": [[0.92 * n_e / 20.0]], "proton_density": [0.08 * n_e]},
        Z=[20], A=[50], maker="by hand",
    )  # fmt: skip
    result = transport.along(protons, 1e9)
    fraction = 0.08 / (0.08 + 0.92 / 20.0)
    assert float(result.mean_Z[0]) == pytest.approx(20.0 * (1 - fraction) + fraction)


def test_bad_input_is_named():
    good = {"density": 1e9, "temperature": 5e8, **BROAD}
    for wrong, message in (
        ({"density": 0.0}, r"density = 0\.0"),
        ({"temperature": -1.0}, r"temperature = -1\.0"),
        ({"x": [0.2, 0.3, 0.4]}, r"x sums to 0\.9"),
        ({"Z": [0, 26, 40]}, r"Z = 0\.0"),
        ({"A": [16, 20, 90]}, r"A = 20 for Z = 26"),
        ({"density": 1e-3}, r"x_r = "),
        ({"rule": "guess"}, r"rule = 'guess'"),
    ):
        with pytest.raises(ValueError, match=message):
            transport.conductivity(**(good | wrong))
    crust = data.load("ground_state_frdm12").isel(layer=[0, 1])
    with pytest.raises(
        ValueError, match=r"temperature has shape \(3,\): must be one, or one a layer, \(2,\)"
    ):
        transport.along(crust, [1e8, 2e8, 3e8])
    with pytest.raises(ValueError, match="temperature = nan"):
        transport.along(crust, np.nan)
    with pytest.raises(ValueError, match=r"must be an xarray\.Dataset"):
        transport.along(None, 1e8)
    with pytest.raises(ValueError, match="profile: has no nuclei in layer 1"):
        transport.along(crust.assign(number_density=crust.number_density * [[1.0], [0.0]]), 1e8)
