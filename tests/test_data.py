"""The results that are stored: whole, valid, and labelled with what made them."""

import json

import numpy as np
import pytest

import crustlib
from crustlib import balance, crusts, data, nuclides
from crustlib.crusts import profile

FRDM12 = ["accreted_frdm12", "accreted_frdm12_without_lattice", "ground_state_frdm12"]


def test_what_is_not_stored_is_said_to_be_so():
    with pytest.raises(ValueError, match=r"name = 'accreted': must be one of 'accreted_frdm12', "):
        data.load("accreted")
    assert set(data.names()) >= set(FRDM12)


@pytest.mark.parametrize("name", FRDM12)
def test_a_stored_profile_is_a_profile_and_says_what_made_it(name):
    stored = data.load(name)
    profile.check(stored)
    assert stored.attrs["crustlib"] == crustlib.__version__
    call = json.loads(stored.attrs["call"])
    assert call["mass_model"] == "AME2016+FRDM12+DZ31"
    assert {"python", "numba", "numpy"} <= set(json.loads(stored.attrs["versions"]))
    assert {table["name"] for table in json.loads(stored.attrs["tables"])} == {"AME2016", "FRDM12", "DZ31"}
    assert float(stored.attrs["seconds"]) < 60.0


def test_the_readme_names_all_that_is_stored_and_it_is_small():
    folder = data._FOLDER
    text = (folder / "README.md").read_text()
    for name in data.names():
        assert f"`{name}`" in text
        assert (folder / f"{name}.nc").stat().st_size < 500_000


def test_the_stored_warm_matter_is_what_the_package_computes():
    stored = data.load("warm_matter")
    assert stored["found"].all() and stored.attrs["masses"] == "AME2020#+DZ10"
    one = stored.sel(temperature=0.5, proton_fraction=0.1).isel(baryon_density=13)
    n = one["baryon_density"].item()
    fresh = crusts.nse(n, 0.5, 0.1)
    for name in ("pressure", "free_energy", "entropy", "mu_n", "mu_e"):
        assert one[name].item() == pytest.approx(fresh[name].item(), rel=1e-9), name
    assert one["X_n"].item() == pytest.approx(fresh["neutron_density"].item() / n, rel=1e-7)


def test_a_loaded_result_is_the_readers_own():
    data.load("accreted_frdm12")["pressure"].values[:] = 0.0
    assert (data.load("accreted_frdm12")["pressure"] > 0.0).all()


def test_the_stored_crust_starts_as_every_crust_of_iron_does():
    """The first two captures are of measured masses: mu_e 4.4692 and 10.218 MeV, with the lattice."""
    crust = data.load("accreted_frdm12")
    captures = crust["reaction_mu_e"].values[crust["reaction_kind"].values == "electron capture"]
    for threshold in (4.4692, 10.218):
        assert np.abs(captures - threshold).min() < 0.002


def test_the_stored_crust_is_out_of_diffusion_equilibrium():
    """The paper's conclusion, for its fourth table."""
    study = balance.violation(data.load("accreted_frdm12"))
    assert "steep" in study["zone_kind"]


def test_the_stored_crust_is_what_the_package_computes():
    """Where the masses are at hand; another processor may round a step of the network otherwise."""
    try:
        model = nuclides.mass_model("AME2016+FRDM12+DZ31")
    except FileNotFoundError as error:
        pytest.skip(str(error))
    stored, fresh = data.load("accreted_frdm12"), crusts.accreted(model)
    assert set(stored.variables) == set(fresh.variables)
    pressure = np.geomspace(1e-8, 6e-3, 2000)
    for name, tolerance in (("mu_e", 0.01), ("heat", 1e-3), ("gibbs_energy", 1e-3)):
        off = [np.interp(pressure, crust["pressure"], crust[name]) for crust in (stored, fresh)]
        assert np.quantile(np.abs(off[0] - off[1]), 0.99) < tolerance, name
