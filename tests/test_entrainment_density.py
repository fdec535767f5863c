import numpy as np
import pytest

from crustlib.entrainment import cell, leggett_bound, superfluid_fraction
from crustlib.entrainment.density import band_density
from crustlib.entrainment.plane_waves import crystal, gamma_states

POINTS, SIDE, N = 20, 16.0, 30.0


def soft(depth=5.0):
    """Return a cell with a smooth potential of cubic symmetry, and few plane waves."""
    c = np.cos(2.0 * np.pi * np.arange(POINTS) / POINTS)
    U = -depth * (c[:, None, None] * c[:, None] + c[:, None, None] * c + c[:, None] * c)
    return cell(baryon_density=0.05)._replace(potential=U, lattice_constant=SIDE, N=N)


def test_all_neutrons_are_there_and_gather_in_the_wells():
    n = band_density(soft(), 1.0, 40.0)
    ends = np.ones(len(n)) / (len(n) - 1)
    ends[[0, -1]] *= 0.5
    assert np.einsum("xyz,x,y,z", n, ends, ends, ends) * SIDE**3 / 2 == pytest.approx(N, rel=1e-12)
    assert n[0, 0, 0] == n.max()
    assert n[-1, -1, -1] == pytest.approx(n[0, 0, 0])  # the second ion
    assert n.min() > 0


def test_it_is_the_sum_of_squared_states():
    c, gap = soft(), 0.7
    mu = superfluid_fraction(c, gap, "rigid", cutoff=40.0).chemical_potential
    states = gamma_states(crystal(c, 40.0))
    r = np.array([2, 5, 9]) * SIDE / POINTS
    total = 0.0
    for block in range(8):
        odd = np.array([block >> 2 & 1, block >> 1 & 1, block & 1])
        phase = 2.0 * np.pi / SIDE * states.triples[block] * r
        parts = np.where(odd, np.sin(phase), np.cos(phase))
        parts *= np.where(states.triples[block] > 0, np.sqrt(2), 1)
        phi = parts.prod(axis=1) @ states.vectors[block]
        xi = states.energies[block] - mu
        total += ((1.0 - xi / np.hypot(xi, gap)) * phi**2).sum()
    assert band_density(c, gap, 40.0)[2, 5, 9] == pytest.approx(total / (SIDE**3 / 2), rel=1e-9)


def test_the_bound_holds_for_a_relaxed_phase():
    gaps = np.array([0.5, 2.0, 8.0])
    bound = leggett_bound(soft(), gaps, 40.0)
    assert (superfluid_fraction(soft(), gaps, "relaxed", cutoff=40.0).superfluid_fraction < bound).all()
    assert (bound < 1.0).all()
    assert leggett_bound(soft(0.0), 1.0, 40.0) == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("change", [{"gap": [1.0, 2.0]}, {"gap": 0.0}, {"cutoff": 1.0}, {"displacement": -1}])
def test_bad_input_is_named(change):
    with pytest.raises(ValueError, match=next(iter(change))):
        band_density(**{"cell": soft(), "gap": 1.0, "cutoff": 20.0, **change})
