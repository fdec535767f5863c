"""The Profile: what `check` finds wrong, what `make` refuses, what the derived means are, netCDF and back."""

import json

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from crustlib.crusts import profile
from crustlib.matter import electrons


def crust(layers=3, **attrs):
    """Build by hand a crust of 56Fe and 16O in free neutrons, neutral and complete."""
    n = np.outer(np.geomspace(1e-7, 1e-5, layers), [3.0, 1.0])
    n_n = np.linspace(0.0, 1e-5, layers)
    n_e = n @ [26, 8]
    columns = {
        "pressure": np.geomspace(1e-6, 1e-3, layers),
        "baryon_density": n @ [56, 16] + n_n,
        "electron_density": n_e,
        "neutron_density": n_n,
        "number_density": n,
        "mass_density": np.geomspace(1e9, 1e11, layers),
        "mu_e": electrons.chemical_potential(n_e),
    }
    return profile.make(columns, Z=[26, 8], A=[56, 16], maker="hand", **attrs)


def test_a_correct_profile_passes_and_knows_its_units():
    ours = crust(call={"step": np.float64(0.5), "order": ["a"], "deep": np.int64(3), "on": np.bool_(True)})
    profile.check(ours)
    assert ours["pressure"].attrs["units"] == "MeV fm^-3"
    assert json.loads(ours.attrs["call"]) == {"step": 0.5, "order": ["a"], "deep": 3, "on": True}


def test_an_iterator_of_nuclides_is_read_once():
    made = profile.make(
        {"baryon_density": [56.0], "electron_density": [26.0], "number_density": [[1.0]]},
        Z=iter([26]),
        A=(a for a in [56]),
    )
    assert made["Z"].values.tolist() == [26]


def corrupt(name, value):
    def change(dataset):
        values = dataset[name].values.astype(float)
        values.flat[1] = value
        return dataset.assign({name: dataset[name].copy(data=values)})

    return change


def reunit(dataset):
    dataset["pressure"].attrs["units"] = "dyn cm^-2"
    return dataset


WRONG = {
    "pressure is not finite at {'layer': 1}": corrupt("pressure", np.nan),
    "baryon_density is not finite": corrupt("baryon_density", np.inf),
    "number_density is not finite at {'layer': 0, 'nuclide': 1}": corrupt("number_density", np.nan),
    "electron_density is negative": corrupt("electron_density", -1e-9),
    "electron_density is zero": corrupt("electron_density", 0.0),
    "neutron_density is negative": corrupt("neutron_density", -1e-9),
    "charge is not neutral (layer 0": corrupt("number_density", 5e-7),
    "baryons do not add up (layer 1": corrupt("neutron_density", 5e-5),
    "mu_e is not the ideal electrons' (layer 1": corrupt("mu_e", 7.0),
    "pressure decreases from layer 1 to 2": corrupt("pressure", 1.0),
    "units 'dyn cm^-2', not 'MeV fm^-3'": reunit,
    "no column baryon_density": lambda p: p.drop_vars("baryon_density"),
    "no composition (number_density, or Z_cl and A_cl)": lambda p: p.drop_vars("number_density"),
    "no coordinate A": lambda p: p.drop_vars("A"),
    "A is not a coordinate along nuclide": lambda p: p.assign_coords(A=("nuclide", [56, -16])),
    "Z is not a coordinate along nuclide": lambda p: p.assign_coords(Z=("nuclide", ["Fe", "O"])),
    "number_density has dimensions ('nuclide', 'layer')": lambda p: p.transpose(),
    "pressure has values of type <U1": lambda p: p.assign(
        pressure=("layer", ["a", "b", "c"], {"units": "MeV fm^-3"})
    ),
    "no layers": lambda p: p.isel(layer=slice(0, 0)),
}


@pytest.mark.parametrize("message", WRONG)
def test_check_says_what_is_wrong(message):
    with pytest.raises(ValueError) as error:
        profile.check(WRONG[message](crust()))
    assert str(error.value).startswith("not a Profile: ") and message in str(error.value)


def test_check_lists_everything_at_once():
    broken = corrupt("pressure", np.nan)(corrupt("mu_e", np.nan)(crust()))
    with pytest.raises(ValueError, match=r"pressure is not finite.*mu_e is not finite"):
        profile.check(broken)


def test_a_list_of_states_may_be_in_any_order():
    backwards = crust().isel(layer=slice(None, None, -1))
    profile.check(backwards, ordered=False)
    with pytest.raises(ValueError, match="pressure decreases"):
        profile.check(backwards)
    profile.check(crust().isel(layer=[0, 1, 1, 2]))  # a reaction layer: two layers of one pressure


@pytest.mark.parametrize("bad", [None, 3, "crust", {}])
def test_what_is_no_dataset_is_refused(bad):
    for study in (profile.check, profile.require, profile.mean_Z, profile.rho, profile.impurity_parameter):
        with pytest.raises(ValueError, match="must be an xarray"):
            study(bad)


def test_unknown_columns_and_attributes_are_refused_by_make():
    with pytest.raises(ValueError, match=r"columns = \['density'\]"):
        profile.make({"density": [1.0]})
    with pytest.raises(ValueError, match="cannot be stored"):
        crust(call=object())


def test_require_names_the_missing_columns_and_the_maker():
    with pytest.raises(ValueError, match=r"profile \(maker hand\): lacks the column\(s\) mu_n, heat"):
        profile.require(crust(), "pressure", "mu_n", "heat")


def test_means_of_a_mixture():
    ours = crust()
    np.testing.assert_allclose(profile.mean_Z(ours), (3 * 26 + 8) / 4, rtol=1e-14)
    np.testing.assert_allclose(profile.mean_A(ours), (3 * 56 + 16) / 4, rtol=1e-14)
    # the variance of two values with weights 3/4 and 1/4 is their product times the distance squared
    np.testing.assert_allclose(profile.impurity_parameter(ours), 3 / 16 * 18**2, rtol=1e-13)


def test_published_means_stand_in_for_a_composition():
    columns = {"baryon_density": [1e-4], "electron_density": [4e-5], "Z_cl": [38.2], "A_cl": [120.5]}
    known_by_means = profile.make(columns)
    assert profile.mean_Z(known_by_means).item() == 38.2
    assert profile.mean_A(known_by_means).item() == 120.5
    with pytest.raises(ValueError, match="number_density"):
        profile.impurity_parameter(known_by_means)


def test_units_of_the_derived_columns():
    ours = crust()
    # one m_u per fm^3 is 1.66053906892e15 g cm^-3; one MeV fm^-3 is 1.602176634e33 dyn cm^-2
    np.testing.assert_allclose(profile.rho(ours) / ours["baryon_density"], 1.66053906892e15, rtol=1e-9)
    np.testing.assert_allclose(profile.pressure_cgs(ours) / ours["pressure"], 1.602176634e33, rtol=1e-9)
    # rho c^2 of 1 g cm^-3 is 8.9875517874e20 erg cm^-3
    expected = ours["mass_density"] * 8.9875517874e20 / 1.602176634e33 + ours["pressure"]
    np.testing.assert_allclose(profile.enthalpy_density(ours), expected, rtol=1e-8)


def test_a_profile_survives_netcdf(tmp_path):
    ours = crust(call={"step": 0.1})
    ours.to_netcdf(tmp_path / "crust.nc")
    with xr.open_dataset(tmp_path / "crust.nc") as back:
        profile.check(back)
        xr.testing.assert_identical(back.load(), ours)


@given(
    layer=st.integers(0, 2),
    name=st.sampled_from(["electron_density", "neutron_density", "baryon_density", "number_density", "mu_e"]),
    factor=st.one_of(st.floats(1e-3, 0.999), st.floats(1.001, 1e3)),
)
def test_no_single_wrong_number_slips_through(layer, name, factor):
    broken = crust()
    values = broken[name].values.copy()
    values[layer] = values[layer] * factor if values[layer].any() else 1e-7  # the top has no free neutrons
    with pytest.raises(ValueError, match="not a Profile"):
        profile.check(broken.assign({name: broken[name].copy(data=values)}))
