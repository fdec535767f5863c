"""Ions in a box, run by LAMMPS: lattices, Monte Carlo, a killed run, several processes, no LAMMPS."""

import os
import signal
import subprocess
import sys
import time
from importlib import metadata
from math import pi, sqrt

import numpy as np
import pytest
import xarray as xr

from crustlib import transport
from crustlib.transport import lammps_deck, lammps_engine

LIQUID = dict(Z=26, x=1, gamma=100, ions=250, equilibrate=900, steps=600, seed=3)
COLD = dict(ions=250, equilibrate=0, steps=20, every=1, time_step=1e-3)  # a crystal stays where it is


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("liquid")


@pytest.fixture(scope="module")
def stopped(folder):
    """Whoever simulates is killed, without a word, in the ninth of twenty blocks."""
    code = f"from crustlib import transport\ntransport.simulate(**{LIQUID}, save={str(folder)!r})"
    program = subprocess.Popen([sys.executable, "-c", code])
    while not (folder / "positions.8").exists():
        assert program.poll() is None
        time.sleep(0.02)
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    size, log = -1, folder / "log.lammps"
    while size != log.stat().st_size:  # nobody reads what LAMMPS writes: it ends too
        size = log.stat().st_size
        time.sleep(1.0)
    assert not (folder / "complete").exists()
    return (folder / "positions.5").stat().st_mtime_ns


@pytest.fixture(scope="module")
def liquid(folder, stopped):
    return transport.simulate(**LIQUID, save=folder)


def crystal(folder, Z, x, gamma, screening=0.0):
    """Excess energy of a body-centred cubic lattice: the deck, with other places for its ions."""
    transport.write_deck(folder, Z, x, gamma, screening, **COLD)
    data = (folder / "ions.data").read_text()
    head, _, body = data.partition("Atoms # charge\n\n")
    corners = np.stack(np.meshgrid(*[np.arange(5)] * 3), -1).reshape(-1, 3) + 0.1
    places = np.concatenate([corners, corners + 0.5]) * np.cbrt(4 * pi / 3 * 250) / 5
    rows = [
        line.split()[:3] + [f"{r:.12g}" for r in p] for line, p in zip(body.splitlines(), places, strict=True)
    ]
    (folder / "ions.data").write_text(head + "Atoms # charge\n\n" + "\n".join(map(" ".join, rows)) + "\n")
    return transport.simulate(Z, x, gamma, screening, save=folder, **COLD).u_ex.item()


def test_a_crystal_has_the_madelung_energy(tmp_path):
    """-0.895929 Gamma for a body-centred cubic lattice in its background."""
    assert crystal(tmp_path, 26, 1, gamma=1e4) == pytest.approx(-0.895929256e4, rel=2e-5)


def test_a_crystal_of_two_charges_has_theirs(tmp_path):
    """Caesium chloride: the mean charge on all sites, and plus and minus the difference (1.762675) on top."""
    Z, gamma = np.array([10.0, 30.0]), 1e4
    unit = gamma / ((Z ** (5 / 3)).mean() * np.cbrt(Z.mean()))
    distance = sqrt(3) / 2 * (8 * pi / 3) ** (1 / 3)  # of neighbours, in a
    exact = -unit * (0.895929256 * 20.0**2 + 10.0**2 * 1.762675 / (2 * distance))
    assert crystal(tmp_path, Z, [0.5, 0.5], gamma) == pytest.approx(exact, rel=2e-5)


def test_a_yukawa_crystal_has_the_sum_over_its_pairs(tmp_path):
    kappa, gamma = 1.0, 1e3
    edge = (8 * pi / 3) ** (1 / 3)
    n = np.stack(np.meshgrid(*[np.arange(-12, 13)] * 3), -1).reshape(-1, 3)
    r = edge * np.sqrt((np.concatenate([n, n + 0.5]) ** 2).sum(1))
    r = r[r > 0]
    exact = gamma * (0.5 * (np.exp(-kappa * r) / r).sum() - 1.5 / kappa**2 - 0.5 * kappa)
    assert crystal(tmp_path, 26, 1, gamma, kappa) == pytest.approx(exact, rel=1e-3)


@pytest.mark.slow
def test_a_liquid_is_that_of_monte_carlo(liquid):
    assert liquid.u_ex.item() == pytest.approx(-87.526, rel=3e-3)
    assert liquid.temperature.item() == pytest.approx(1.0, abs=0.1)
    assert liquid.energy_drift.item() < 1e-5
    assert liquid.r.values[liquid.g_ab.values.argmax()] == pytest.approx(1.68, abs=0.05)
    assert (liquid.g_ab[0, 0].where(liquid.r < 1.0) > 0).sum() == 0
    assert 2.0 < liquid.S_zz.max().item() < 3.2  # the first peak
    assert liquid.S_zz[0].item() < 0.01  # perfect screening
    solved = transport.structure_factor(liquid.k, 100.0)
    assert np.average(liquid.S_zz - solved, weights=liquid.vectors) == pytest.approx(0.0, abs=0.01)
    value, error = transport.simulated_logarithm(liquid, x_r=5.0)
    assert value == pytest.approx(0.910, abs=0.03)
    assert 0 < error < 0.02


@pytest.mark.slow
def test_a_logarithm_is_the_integral_of_what_was_sampled(liquid):
    k, k_max = liquid.k.values, liquid.attrs["k_max"]
    S = transport.structure_factor(k, 100.0)
    smooth = xr.Dataset({"S_zz_blocks": (("block", "k"), np.stack([S, S]))}, {"k": k}, {"k_max": k_max})
    value, error = transport.simulated_logarithm(smooth, 5.0)
    exact = transport.coulomb_integral(lambda q: transport.structure_factor(q, 100.0), 26, 5.0)
    assert value == pytest.approx(exact, rel=4e-3)  # the box's k are 0.6 apart at the smallest
    assert error == 0.0
    even = smooth * 0.0 + 1.0
    even.attrs = smooth.attrs
    below = transport.coulomb_integral(lambda q: np.minimum(q / k[0], 1.0) ** 2, 26, 5.0)
    assert transport.simulated_logarithm(even, 5.0)[0] == pytest.approx(below, rel=1e-3)


@pytest.mark.slow
def test_a_mixture_screens_perfectly_and_mixes_linearly():
    Z, x = [8, 26, 40], [0.2, 0.3, 0.5]
    run = transport.simulate(Z, x, gamma=100, ions=250, equilibrate=900, steps=600)
    assert run.ions.values.tolist() == [50, 75, 125]
    unit = 100 / (np.array(x) @ np.array(Z) ** (5 / 3))
    rule = transport.thermodynamics.linear_mixing_energy(unit, Z, x)
    assert run.u_ex.item() == pytest.approx(rule, rel=4e-3)
    assert run.S_zz[0] < 0.02 < run.S_ab[0, 0, 0]  # charges are even where kinds need not be
    solved = transport.mixture_structure(run.k.values[1:], unit, Z, x).S_zz
    assert np.average(run.S_zz[1:] - solved, weights=run.vectors[1:]) == pytest.approx(0.0, abs=0.02)


@pytest.mark.slow
def test_energy_is_conserved_as_the_paper_has_it():
    """Better than 1e-7 with a time step of 0.01 / omega_p."""
    run = transport.simulate(
        26, 1, gamma=100, ions=54, equilibrate=200, steps=200, every=10, time_step=0.01, accuracy=1e-6
    )
    assert run.energy_drift.item() < 1e-7


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(folder, stopped, liquid):
    assert (folder / "positions.5").stat().st_mtime_ns == stopped
    assert liquid.energy_drift.item() < 1e-5  # across the restart too
    again = transport.simulate(**LIQUID, save=folder)
    xr.testing.assert_identical(again.drop_attrs(), liquid.drop_attrs())
    with pytest.raises(ValueError, match=r"holds a run whose seed is 3, not 4; choose another folder"):
        transport.simulate(**LIQUID | {"seed": 4}, save=folder)


@pytest.mark.slow
def test_a_run_without_a_stop_has_the_same_averages(liquid):
    whole = transport.simulate(**LIQUID)
    assert whole.u_ex.item() == pytest.approx(liquid.u_ex.item(), abs=0.3)
    one, other = (transport.simulated_logarithm(run, 5.0)[0] for run in (whole, liquid))
    assert one == pytest.approx(other, abs=0.03)


@pytest.mark.slow
def test_several_processes_take_the_same_path():
    """For as long as rounding has not led them apart."""
    few = dict(Z=[26, 40], x=[0.5, 0.5], gamma=50, ions=100, equilibrate=0, steps=20, every=1)
    one, two = (transport.simulate(**few, processes=n) for n in (1, 2))
    assert two.attrs["processes"] == 2
    assert two.u_ex.item() == pytest.approx(one.u_ex.item(), rel=1e-6)
    assert two.temperature.item() == pytest.approx(one.temperature.item(), rel=1e-4)


@pytest.mark.slow
def test_a_run_brought_back_needs_no_lammps_and_another_does(tmp_path, monkeypatch):
    """What a cluster has run, with the deck as it is, is only averaged here."""
    few = dict(ions=54, equilibrate=0, steps=20, every=1)
    deck = transport.write_deck(tmp_path, 26, 1, 50, **few)
    start, environment = lammps_engine.command(processes=2)
    subprocess.run([*start, "-in", deck.name], cwd=tmp_path, env=environment, check=True, capture_output=True)

    def nothing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "files", nothing)
    monkeypatch.setenv("PATH", "")
    assert transport.simulate(26, 1, 50, save=tmp_path, **few).sizes["k"] > 100
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'crustlib\[md\]'"):
        transport.simulate(26, 1, 50, **few)


def test_the_cutoff_of_a_yukawa_potential_hides_nothing():
    """Energy and slope vanish there, and it moves out with coupling and screening length."""
    end = 9.0
    r = np.array([end - 1e-6, end])
    energy, force = lammps_deck.shifted_yukawa(r, 0.5, end)
    assert energy == pytest.approx(0.0, abs=1e-12)
    assert force == pytest.approx(0.0, abs=1e-8)
    middle = np.linspace(1.0, 8.0, 5)
    slope = [lammps_deck.shifted_yukawa(middle + d, 0.5, end)[0] for d in (-1e-5, 1e-5)]
    assert lammps_deck.shifted_yukawa(middle, 0.5, end)[1] == pytest.approx(
        (slope[0] - slope[1]) / 2e-5, rel=1e-6
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"gamma": -1.0}, r"gamma = -1\.0: must be finite and > 0"),
        ({"x": [0.5, 0.4]}, r"x sums to 0\.9"),
        ({"Z": [26, 26]}, r"Z = \[26\.0, 26\.0\]: must name each charge once"),
        ({"screening": 0.1}, r"screening = 0\.1: must be finite and in \[0\.3, 5\]"),
        ({"ions": 2}, r"ions = 2: must be a whole number in \[4"),
        ({"x": [0.999, 0.001]}, r"ions = 100: must be enough for one ion at least of Z = 30"),
        ({"steps": 0}, r"steps = 0: must be a whole number"),
        ({"seed": 0}, r"seed = 0"),
        ({"processes": 0}, r"processes = 0"),
        ({"time_step": 0.3}, r"time_step = 0\.3: must be finite and in \[0, 0\.2\]"),
        ({"time_step": 0.0}, r"time_step = 0\.0: must be finite and > 0"),
        ({"accuracy": 0.1}, r"accuracy = 0\.1"),
        ({"save": __file__}, r"save = .*: must be a folder"),
    ],
)
def test_wrong_arguments_are_named(changed, message):
    arguments = {"Z": [26, 30], "x": [0.5, 0.5], "gamma": 10.0, "ions": 100} | changed
    with pytest.raises(ValueError, match=message):
        transport.simulate(**arguments)
