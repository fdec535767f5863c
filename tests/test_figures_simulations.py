"""Chapter 9's simulations: theory is held against them on their own wave numbers, and a crystal is seen."""

import json

import numpy as np
import pytest
import xarray as xr

from crustlib import data, transport
from crustlib.figures import simulations, structure
from crustlib.transport import trajectories

EDGE = 6  # cells of a simple cubic lattice


def made_up(S_zz, g_ab, charges=(8.0, 40.0), counts=(50, 50), gamma=20.0, blocks=20):
    """A run of `simulate` with these averages in all blocks; S_zz and g_ab are functions of k and r."""
    Z, x = np.array(charges), np.array(counts) / sum(counts)
    edge, k_max = np.cbrt(4 * np.pi / 3 * sum(counts)), structure.mixture(Z, x, gamma).wave_number
    k, vectors, _ = trajectories.shells(edge, k_max)
    r = 0.5 * edge * (np.arange(200) + 0.5) / 200
    box = {"charges": list(charges), "counts": list(counts), "gamma": gamma, "screening": 0.0}
    own = np.einsum("ab,k->abk", np.eye(len(Z)), np.ones(k.size))
    return xr.Dataset(
        {
            "S_zz": ("k", S_zz(k)),
            "S_zz_blocks": (("block", "k"), np.tile(S_zz(k), (blocks, 1))),
            "S_ab": (("species", "other", "k"), own),
            "g_ab": (("species", "other", "r"), np.tile(g_ab(r), (len(Z), len(Z), 1))),
            "vectors": ("k", vectors),
        },
        {"k": k, "r": r, "Z": ("species", Z), "ions": ("species", np.array(counts))},
        {"settings": json.dumps(box), "k_max": k_max, "gamma": gamma},
    )


@pytest.fixture(scope="module")
def ruled():
    """A run that obeys rule (30) to the last digit."""
    ions = structure.mixture([8.0, 40.0], [0.5, 0.5], 20.0)
    return made_up(lambda k: structure.structure(ions, k, "linear"), np.ones_like)


def test_the_ions_of_a_run_are_those_in_its_box(ruled):
    ions = simulations.ions_of(ruled, x_r=3.0)
    assert ions.gamma_eff == pytest.approx(20.0)
    assert ions.mean_Z == 24.0
    assert ions.x_r == 3.0
    assert ions.wave_number == pytest.approx(ruled.attrs["k_max"])


def test_a_run_that_obeys_a_rule_is_found_to(ruled):
    found = simulations.compare(ruled)
    assert found.missed["linear"] == pytest.approx(0.0, abs=1e-9)
    sums = 24.0 ** (1 / 3) * (8.0 ** (5 / 3) + 40.0 ** (5 / 3)) / (8.0**2 + 40.0**2)
    assert found.curves["paper"][-1] / found.curves["linear"][-1] == pytest.approx(sums, abs=0.01)
    assert -15.0 < found.missed["paper"] < -5.0
    assert found.missed["hnc"] != 0.0


def test_rare_charges_join_the_nearest_common_one():
    Z, x = np.array([8.0, 12.0, 34.0, 47.0]), np.array([0.3, 0.01, 0.68, 0.01])
    few = simulations.common(structure.Mixture(0.1, Z, x))
    assert few.charges.tolist() == [8.0, 34.0]
    assert few.fractions == pytest.approx([0.31, 0.69])
    assert few.gamma_e == 0.1


def test_bins_count_each_vector_once(ruled):
    everywhere = simulations.averaged(ruled, np.ones(ruled.sizes["k"]))
    assert everywhere == pytest.approx(1.0)
    y, S, error = simulations.binned(ruled)
    assert (np.diff(y) > 0).all()
    assert error == pytest.approx(0.0, abs=1e-12)
    first = ruled["k"].values / ruled.attrs["k_max"] < simulations.BIN * np.ceil(y[0] / simulations.BIN)
    assert S[0] == pytest.approx(np.average(ruled.S_zz[first], weights=ruled.vectors[first]))


def test_a_crystal_is_told_from_a_liquid():
    """A simple cubic one, seen at rest: its Bragg peak is as high as its ions are many."""
    places = np.stack(np.meshgrid(*[np.arange(EDGE)] * 3), -1).reshape(-1, 3) / EDGE
    counts = np.array([EDGE**3])
    edge = float(np.cbrt(4 * np.pi / 3 * counts[0]))
    run = made_up(np.ones_like, np.ones_like, (26.0,), (int(counts[0]),), 100.0)
    k_max = run.attrs["k_max"]
    S = trajectories.structure_sums(places[None], counts, edge, k_max)[0, 0]
    g = trajectories.pair_distributions(places[None], counts, edge, 200)
    crystal = run.assign(S_zz=("k", S), g_ab=(("species", "other", "r"), g))
    seen = simulations.order(simulations.compare(crystal))
    assert seen.highest > 30.0  # the mean of 3 vectors with 216 and 12 others of the same length
    assert seen.shells > 1
    calm = simulations.order(simulations.compare(data.load("md_ocp_100")))
    assert calm.highest < 5.0
    assert calm.shells == 1
    assert calm.alike < 0.1


def test_a_liquid_has_more_energy_than_a_harmonic_crystal():
    run = data.load("md_ocp_160")
    above, error = simulations.above_crystal(run)
    assert above == pytest.approx(0.8, abs=0.15)  # the latent heat, near where it is given off
    assert error < 0.05


def test_the_figures_show_points_where_the_run_has_them():
    found = {name: simulations.compare(data.load(f"md_{name}")) for name in ("ocp_100", "ocp_yukawa_100")}
    figure = simulations.stacks({"bare": {"a": found["ocp_100"]}, "screened": {"b": found["ocp_yukawa_100"]}})
    assert [ax.get_title(loc="left") or ax.get_title() for ax in figure.axes] == ["bare", "screened"]
    y, S, _ = simulations.binned(found["ocp_100"].run)
    points = figure.axes[0].containers[0].lines[0]
    assert points.get_xdata() == pytest.approx(y)
    assert points.get_ydata() == pytest.approx(S)
    broad = {"broad": simulations.compare(data.load("md_broad"))}
    lower = simulations.mixtures(broad).axes[1]
    assert len(lower.lines) == 3
    marks = simulations.verdict(broad).axes[0]
    assert marks.lines[0].get_xdata() == pytest.approx([broad["broad"].missed["hnc"]])
    for ax, other in zip(simulations.pairs(broad).axes, ("40", "8"), strict=True):
        assert f"40 and {other}" in ax.texts[0].get_text()
    assert len(simulations.second_peaks({"liquid": found["ocp_100"]}).axes) == 2
    assert "1000" in simulations.live(data.load("md_ocp_100")).axes[0].get_legend_handles_labels()[1][1]


def test_logarithms_are_compared_on_the_same_wave_numbers():
    """Theory, summed over the box's wave numbers, is near the integral, and not by chance the same."""
    found = simulations.compare(data.load("md_ocp_100"), 5.0)
    own = found.logarithm * (1.0 + found.missed["hnc"] / 100.0)
    exact = transport.coulomb_integral(lambda k: transport.structure_factor(k, 100.0), 26, 5.0)
    assert own == pytest.approx(exact, rel=2e-3)
    for rule in ("linear", "paper"):  # one kind mixes with itself
        assert found.missed[rule] == pytest.approx(found.missed["hnc"], abs=1e-5)
