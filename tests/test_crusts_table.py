"""The table for simulations: complete, consistent, and the same as single calls."""

import json

import numpy as np
import pytest
import xarray as xr
from distributed import Client

from crustlib import crusts
from crustlib.constants import PROTON_MASS_MEV
from crustlib.crusts import table as module

DENSITIES = np.array([1e-9, 1e-5, 5e-3, 0.03, 0.2])


@pytest.fixture(scope="module")
def table():
    return crusts.tabulate(DENSITIES, [0.4, 3.0], [0.05, 0.4])


def test_every_state_obeys_euler_and_adds_up(table):
    assert table["found"].all() and table.attrs["not_found"] == 0
    Y = table["proton_fraction"]
    potential = (1.0 - Y) * table["mu_n"] + Y * (table["mu_p"] + table["mu_e"])
    euler = table["free_energy"] + table["pressure"] / table["baryon_density"] - potential
    assert np.abs(euler).max() < 1e-7
    assert (
        np.abs(table["energy"] - table["free_energy"] - table["temperature"] * table["entropy"]).max() < 1e-9
    )
    fractions = sum(table[name] for name in ("X_n", "X_p", "X_He4", "X_He14", "X_other"))
    assert np.abs(fractions - 1.0).max() < 1e-9
    assert np.isfinite(table.to_array()).all()


def test_pressure_and_entropy_are_slopes_of_the_free_energy():
    n, T, h = 2e-3, 1.0, 1e-4
    steps = 1.0 + h * np.arange(-2, 3)
    weights = np.array([1.0, -8.0, 0.0, 8.0, -1.0]) / (12.0 * h)
    one = crusts.tabulate(n * steps, T * steps, 0.2).isel(proton_fraction=0)
    F, middle = one["free_energy"].values, one.isel(baryon_density=2, temperature=2)
    assert n * weights @ F[:, 2] == pytest.approx(middle["pressure"].item(), rel=1e-6)
    assert -(weights @ F[2]) / T == pytest.approx(middle["entropy"].item(), rel=1e-6)


def test_a_state_is_that_of_a_single_call(table):
    one = crusts.nse(5e-3, 0.4, 0.05)
    stored = table.sel(baryon_density=5e-3, temperature=0.4, proton_fraction=0.05)
    for name in ("pressure", "free_energy", "entropy", "mu_n", "mu_e"):
        assert stored[name].item() == pytest.approx(one[name].item(), rel=1e-9), name
    assert stored["mu_p"].item() == pytest.approx((one["mu_p"] + one["coulomb_shift"]).item(), rel=1e-9)
    assert stored["X_n"].item() == pytest.approx(one["neutron_density"].item() / 5e-3, rel=1e-7)
    dense = table.sel(baryon_density=0.2, temperature=0.4, proton_fraction=0.4)
    bare = crusts.homogeneous(0.2, 0.4, 0.4)
    assert bool(dense["uniform"]) and dense["A_other"] == dense["X_other"] == 0.0
    assert dense["mu_p"].item() - PROTON_MASS_MEV == pytest.approx(bare["mu_p"].item() - PROTON_MASS_MEV)
    assert not table["uniform"].sel(baryon_density=5e-3).any()


@pytest.mark.slow
def test_a_cluster_computes_the_same_and_it_can_be_stored(table, tmp_path):
    with Client(processes=False, n_workers=1, threads_per_worker=1, dashboard_address=None) as client:
        far = crusts.tabulate(DENSITIES, [0.4, 3.0], [0.05, 0.4], client=client)
    xr.testing.assert_equal(far, table)
    far.to_netcdf(tmp_path / "table.nc")
    stored = xr.load_dataset(tmp_path / "table.nc")
    xr.testing.assert_equal(stored, table)
    assert stored["pressure"].attrs["units"] == "MeV fm^-3"
    assert json.loads(stored.attrs["call"])["functional"] == "BSk25"


def test_a_state_that_is_not_solved_says_so(monkeypatch):
    solve = module._solve

    def failing(*arguments):
        x, residual = solve(*arguments)
        residual[1] = np.inf
        return x, residual

    monkeypatch.setattr(module, "_solve", failing)
    found = crusts.tabulate([1e-4, 2e-4, 3e-4], 1.0, 0.3)
    assert found["found"].values.ravel().tolist() == [True, False, True]
    assert found.attrs["not_found"] == 1
    assert np.isnan(found["pressure"].values.ravel()).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1e-3, 1e-4], 1.0, 0.3), "baryon_density = .*numbers that grow"),
        ((0.3, 1.0, 0.3), "baryon_density = 0.3"),
        ((1e-3, 0.01, 0.3), "temperature = 0.01"),
        ((1e-3, 1.0, 1.5), "proton_fraction = 1.5"),
        ((1e-3, 1.0, 0.3, "BSk1"), "functional = 'BSk1'"),
        ((1e-3, 1.0, 0.3, "BSk25", "none"), "saturation = 'none'"),
    ],
)
def test_bad_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        crusts.tabulate(*arguments)
