from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib.entrainment import band_structure, bands, cell, zone
from crustlib.entrainment.plane_waves import BLOCKS, gamma_states, multiplication, multiplied, opposite
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON

POINTS, SIDE = 20, 16.0


def soft(depth=4.0):
    """Return a cell with a smooth potential of cubic symmetry, and few plane waves."""
    x = 2.0 * np.pi * np.arange(POINTS) / POINTS
    c = np.cos(x)
    first = c[:, None, None] * c[:, None] + c[:, None, None] * c + c[:, None] * c
    second = np.cos(2 * x)[:, None, None] + np.cos(2 * x)[:, None] + np.cos(2 * x)
    U = -depth * first - 0.4 * depth * second
    return cell(baryon_density=0.05)._replace(potential=U, lattice_constant=SIDE, N=30.0)


def plane_waves(c, cutoff):
    """Return whole numbers of plane waves below the cut-off, and the potential between them."""
    unit = 2.0 * np.pi / c.lattice_constant
    grid = [g for g in product(range(-6, 7), repeat=3) if sum(g) % 2 == 0]
    G = np.array([g for g in grid if HBAR2_2M_NEUTRON * unit**2 * np.dot(g, g) <= cutoff])
    U = np.fft.fftn(c.potential).real / POINTS**3
    d = G[:, None] - G[None]
    return G, U[d[..., 0], d[..., 1], d[..., 2]]


@pytest.mark.slow
@given(k=st.tuples(*3 * [st.floats(-0.5, 0.5)]))
@settings(max_examples=10, deadline=None)
def test_an_empty_lattice_has_parabolas(k):
    c = soft(0.0)
    G, _ = plane_waves(c, 40.0)
    q = 2.0 * np.pi / SIDE * (G + np.array(k))
    found = band_structure(c, [k], cutoff=40.0, states=5000)
    energies = HBAR2_2M_NEUTRON * (q**2).sum(axis=1)
    assert np.allclose(found.energies[0], np.sort(energies), atol=1e-9)
    speeds = np.sqrt((found.velocities[0] ** 2).sum(axis=1))
    assert (speeds <= np.sqrt(2.0 * found.energies[0] / 939.5654) + 1e-9).all()


@pytest.mark.parametrize("k", [(0.0, 0.0, 0.0), (0.3, -0.1, 0.2), (0.5, 0.5, 0.0), (1.0, 0.0, 0.0)])
def test_bands_are_those_of_plane_waves_without_symmetry(k):
    c = soft()
    G, U = plane_waves(c, 40.0)
    q = 2.0 * np.pi / SIDE * (G + np.array(k))
    energies = np.linalg.eigvalsh(U + np.diag(HBAR2_2M_NEUTRON * (q**2).sum(axis=1)))
    found = band_structure(c, [k], cutoff=40.0, states=5000)
    assert np.allclose(found.energies[0], energies, atol=1e-9)


def test_states_left_out_are_worth_less_than_a_kev():
    k = [[0.2, 0.1, 0.05], [0.4, 0.2, 0.1]]
    whole = band_structure(soft(), k, cutoff=40.0, states=5000).energies
    few = band_structure(soft(), k, cutoff=40.0, states=60).energies
    assert few.shape[1] < 0.7 * whole.shape[1]
    near_fermi = slice(6, 18)  # two neutrons in each of the lowest fifteen
    assert np.abs(few - whole[:, :60])[:, near_fermi].max() < 1e-3


def test_velocities_are_the_slopes_of_bands():
    k, step, c = np.array([0.21, 0.13, 0.34]), 1e-5, soft()
    around = np.concatenate([k + step * np.eye(3), k - step * np.eye(3)])
    energies = band_structure(c, around, cutoff=40.0, states=70).energies
    slopes = (energies[:3] - energies[3:]) / (2.0 * step * 2.0 * np.pi / SIDE) / 197.3269804
    found = band_structure(c, [k], cutoff=40.0, states=70).velocities[0]
    assert np.allclose(found[:30], slopes.T[:30], atol=1e-7)


def test_symmetry_and_the_lattice_leave_bands_as_they_are():
    star = [(0.2, 0.1, 0.3), (-0.3, 0.2, 0.1), (0.1, -0.2, -0.3)]
    found = band_structure(soft(), star, cutoff=30.0, states=5000)
    assert np.allclose(found.energies, found.energies[0], atol=1e-9)
    speeds = (found.velocities**2).sum(axis=2)
    assert np.allclose(speeds, speeds[0], atol=1e-9)


def test_a_killed_run_goes_on_and_another_lattice_is_refused(tmp_path, monkeypatch):
    c, m = soft(), zone.mesh(3)
    first = band_structure(c, m.points[:2], cutoff=20.0, save=tmp_path)
    solved = []
    monkeypatch.setattr(bands, "eigh", lambda *a, **b: solved.append(0) or np.linalg.eigh(a[0]))
    whole = band_structure(c, m.points, cutoff=20.0, save=tmp_path)
    assert len(solved) >= 3
    solved.clear()
    assert np.array_equal(whole.energies[:2], first.energies)
    again = band_structure(c, m.points[::-1], cutoff=20.0, save=tmp_path)
    assert not solved
    assert np.array_equal(again.energies, whole.energies[::-1])
    with pytest.raises(ValueError, match="another folder"):
        band_structure(soft(3.0), m.points, cutoff=20.0, save=tmp_path)


@pytest.mark.parametrize("kind", ["cubic", "centred"])
@pytest.mark.parametrize("q", [2, 3, 4, 5, 6])
def test_a_mesh_integrates_waves_exactly(q, kind):
    m = zone.mesh(q, kind)
    assert m.weights.sum() == pytest.approx(1.0)
    assert ((m.points**2).sum(axis=1) <= 1.0 + 1e-12).all()  # H is the zone's farthest corner
    # cos(k R) over the star of R, R a lattice vector: the mean over the zone vanishes
    for R in [(0.5, 0.5, 0.5), (1, 0, 0), (1, 1, 0), (1.5, 0.5, 0.5)]:
        images = {tuple(np.array(s) * p) for s in product((1, -1), repeat=3) for p in permutations(R)}
        waves = np.mean([np.cos(2.0 * np.pi * m.points @ np.array(x)) for x in images], axis=0)
        if q > 2:
            assert m.weights @ waves == pytest.approx(0.0, abs=1e-12)
    assert len(zone.special_points(len(m.weights)).weights) == len(m.weights)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: band_structure("iron", [[0, 0, 0]]), "cell"),
        (lambda: band_structure(soft(), [[0, 0]], cutoff=20.0), "k = "),
        (lambda: band_structure(soft(), [[0, 0, np.nan]], cutoff=20.0), "k = nan"),
        (lambda: band_structure(soft(), [[0, 0, 0]], cutoff=1.0), "cutoff"),
        (lambda: band_structure(soft(), [[0, 0, 0]], cutoff=200.0), "points along its side"),
        (lambda: band_structure(soft(), [[0, 0, 0]], cutoff=20.0, states=0), "states"),
        (lambda: band_structure(soft(), [[0, 0, 0]], cutoff=20.0, displacement=-1.0), "displacement"),
        (lambda: zone.mesh(0), "divisions"),
        (lambda: zone.mesh(3, "hexagonal"), "kind"),
        (lambda: zone.path("GX"), "corners"),
        (lambda: zone.special_points(17), "k_points = 17"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_few_waves_multiply_as_their_matrix_does(axis):
    lattice = bands.checked_crystal(soft(), 40.0)
    states, parity = gamma_states(lattice), tuple(int(axis == x) for x in range(3))
    waves = np.random.default_rng(1).normal(size=lattice.components.shape)
    waves[(*axis * [slice(None)], 0)] = 0.0  # an odd function has no cosine
    waves[::2, 1::2] = 0.0
    for block in range(len(BLOCKS)):
        other = opposite(block, axis)
        between = states.triples[block], states.triples[other], BLOCKS[other], parity, waves
        vectors = states.vectors[other][:, :5]
        assert np.allclose(multiplication(*between) @ vectors, multiplied(*between, vectors), atol=1e-12)
