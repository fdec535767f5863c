"""Averages over positions against direct sums, lattices and the ideal gas."""

import numpy as np
import pytest

from crustlib.transport import trajectories


def gas(frames, counts, seed=1):
    return np.random.default_rng(seed).random((frames, sum(counts), 3)), np.array(counts)


def direct_structure(frames, counts, edge, k_max):
    """S_ab by the definition, over all the box's vectors, both k and -k."""
    n = int(k_max * edge / (2 * np.pi))
    grid = np.arange(-n, n + 1)
    vectors = np.array(np.meshgrid(grid, grid, grid)).reshape(3, -1).T
    square = (vectors**2).sum(1)
    inside = (square > 0) & (2 * np.pi / edge * np.sqrt(square) <= k_max)
    waves = np.exp(2j * np.pi * frames @ vectors[inside].T)  # frame, ion, vector
    kinds = np.split(waves, np.cumsum(counts)[:-1], axis=1)
    n_a = np.array([kind.sum(1) for kind in kinds])
    products = np.einsum("afk,bfk->abk", n_a, n_a.conj()).real / len(frames)
    S = products / np.sqrt(np.outer(counts, counts))[..., np.newaxis]
    lengths = np.unique(square[inside])
    return lengths, np.array([S[..., square[inside] == length].mean(-1) for length in lengths])


def test_structure_factors_are_the_direct_sum():
    frames, counts = gas(3, [7, 1, 4])
    edge, k_max = 5.0, 6.0
    k, vectors, _ = trajectories.shells(edge, k_max)
    lengths, direct = direct_structure(frames, counts, edge, k_max)
    assert k == pytest.approx(2 * np.pi / edge * np.sqrt(lengths), rel=1e-14)
    assert vectors[:4].tolist() == [3, 6, 4, 3]  # 100, 110, 111, 200: half of 6, 12, 8, 6
    ours = trajectories.structure_sums(frames, counts, edge, k_max)
    assert ours == pytest.approx(np.moveaxis(direct, 0, -1), abs=1e-12)


def test_a_lattice_scatters_at_its_reciprocal_vectors_alone():
    """Body-centred cubic: N where the sum of the indices is even, else nothing."""
    cells = 3
    corners = np.stack(np.meshgrid(*[np.arange(cells)] * 3), -1).reshape(-1, 3)
    places = np.concatenate([corners, corners + 0.5])[np.newaxis] / cells
    counts = np.array([2 * cells**3])
    S = trajectories.structure_sums(places, counts, 1.0, 2 * np.pi * cells * 1.5)[0, 0]
    k, vectors, _ = trajectories.shells(1.0, 2 * np.pi * cells * 1.5)
    square = np.rint((k / (2 * np.pi)) ** 2)
    on_lattice = square == 2 * cells**2
    # 18 = 3^2 + 3^2 is also 4^2 + 1^2 + 1^2: 6 of the 18 vectors of that length are the lattice's
    assert vectors[on_lattice].tolist() == [18]
    assert S[on_lattice] == pytest.approx(counts[0] * 6 / 18, rel=1e-12)
    assert S[~on_lattice] == pytest.approx(0.0, abs=1e-10)


def test_an_ideal_gas_has_no_structure():
    frames, counts = gas(400, [20, 40])
    S = trajectories.structure_sums(frames, counts, 4.0, 8.0)
    _, vectors, _ = trajectories.shells(4.0, 8.0)
    error = 1.0 / np.sqrt(400 * vectors)
    for a, b in [(0, 0), (1, 1), (0, 1)]:
        assert np.abs((S[a, b] - (a == b)) / error).max() < 5.0
    g = trajectories.pair_distributions(frames, counts, 4.0, 8)
    assert g[0, 1, 2:] == pytest.approx(1.0, abs=0.05)
    assert g[0, 0, 2:] == pytest.approx(1.0 - 1.0 / 20, abs=0.05)  # the ion itself is missing
    assert np.array_equal(g[0, 1], g[1, 0])


def test_pair_distributions_count_nearest_images():
    frames, counts = gas(2, [5, 6])
    edge, bins = 3.0, 6
    apart = frames[:, :, np.newaxis] - frames[:, np.newaxis]
    r = edge * np.sqrt(((apart - np.rint(apart)) ** 2).sum(-1))
    volumes = 4 * np.pi / 3 * np.diff(np.linspace(0, edge / 2, bins + 1) ** 3)
    kinds = [slice(0, 5), slice(5, 11)]
    g = trajectories.pair_distributions(frames, counts, edge, bins)
    for a in range(2):
        for b in range(2):
            r_ab = r[:, kinds[a], kinds[b]]
            found, _ = np.histogram(r_ab[r_ab > 0], bins=bins, range=(0, edge / 2))
            expected = 2 * counts[a] * counts[b] * volumes / edge**3
            assert g[a, b] == pytest.approx(found / expected, rel=1e-12)
