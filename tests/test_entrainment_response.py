from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib.entrainment import cell, potential_flow, superfluid_fraction, zone
from crustlib.entrainment.fermi_surface import fermi_surface_fraction
from crustlib.entrainment.response import RESPONSES, all_responses
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON

POINTS, SIDE, N, CUTOFF = 36, 16.0, 30.0, 40.0


def soft(depth=5.0):
    """Return a cell with a smooth potential of cubic symmetry, and few plane waves."""
    c = np.cos(2.0 * np.pi * np.arange(POINTS) / POINTS)
    U = -depth * (c[:, None, None] * c[:, None] + c[:, None, None] * c + c[:, None] * c)
    return cell(baryon_density=0.05)._replace(potential=U, lattice_constant=SIDE, N=N)


def bloch(c, k, cutoff):
    """Whole numbers of plane waves without symmetry, their k + G, energies, and eigenvectors."""
    unit = 2.0 * np.pi / SIDE
    whole = [g for g in product(range(-9, 10), repeat=3) if sum(g) % 2 == 0]
    G = np.array([g for g in whole if HBAR2_2M_NEUTRON * unit**2 * np.dot(g, g) <= cutoff])
    U = np.fft.fftn(c.potential).real / POINTS**3
    d = G[:, None] - G[None]
    q = unit * (G + np.array(k))
    H = U[d[..., 0], d[..., 1], d[..., 2]] + np.diag(HBAR2_2M_NEUTRON * (q**2).sum(1))
    return G, q, *np.linalg.eigh(H)


def broken_pairs(e, mu, gap):
    """Return W between all states, and how full they are."""
    xi, E = e - mu, np.hypot(e - mu, gap)
    W = np.multiply.outer(E, E) - np.multiply.outer(xi, xi) - gap**2
    return W / (np.multiply.outer(E, E) * np.add.outer(E, E)), 1.0 - xi / E


def energy_of_flows(c, gap, mu, cutoff, longest):
    """Second-order energy of phases x and sin(G r) at Gamma, with the flow's own part from the density."""
    G, q, e, C = bloch(c, (0, 0, 0), cutoff)
    W, filling = broken_pairs(e, mu, gap)
    unit, density = 2.0 * np.pi / SIDE, (C * filling) @ C.T
    place = {tuple(g): i for i, g in enumerate(G)}
    waves = [g for g in G if 0 < np.dot(g, g) <= longest and tuple(g) > (0, 0, 0)]
    currents = [C.T @ (q[:, :1] * C)]
    for g in waves:  # i (p grad chi + grad chi p)/2 raises by G and lowers by it
        shift = (G[:, None] - g == G[None]).all(axis=2)
        up = 0.5 * unit * np.add.outer(q @ g, q @ g) * shift
        currents.append(C.T @ (0.5 * (up + up.T)) @ C)

    def n(g):
        return sum(density[i, place[tuple(h - g)]] for i, h in enumerate(G) if tuple(h - g) in place)

    own = np.zeros((len(currents), len(currents)))
    own[0, 0] = N
    for i, g in enumerate(waves, 1):
        own[0, i] = own[i, 0] = unit * g[0] * n(g)
        own[i, 1:] = [0.5 * unit**2 * (g @ h) * (n(g - h) + n(g + h)) for h in waves]
    F = np.array(currents).reshape(len(currents), -1)
    return (own - 2.0 * HBAR2_2M_NEUTRON * (F * W.ravel()) @ F.T) / N


@pytest.mark.slow
@given(gap=st.floats(0.02, 8.0))
@settings(max_examples=5, deadline=None)
def test_an_empty_lattice_is_all_superfluid(gap):
    for response in ("rigid", "relaxed"):
        for k_points in ("gamma", 2):
            found = superfluid_fraction(soft(0.0), gap, response, k_points, CUTOFF)
            assert found.superfluid_fraction == pytest.approx(1.0, abs=1e-6)


@pytest.mark.slow
def test_plane_waves_without_symmetry_give_the_same():
    gap, cutoff = 1.0, 90.0
    rigid, relaxed = (superfluid_fraction(soft(), gap, r, "gamma", cutoff) for r in ("rigid", "relaxed"))
    energy = energy_of_flows(soft(), gap, rigid.chemical_potential, cutoff, longest=6)
    assert rigid.superfluid_fraction == pytest.approx(energy[0, 0], abs=1e-9)
    gain = energy[0, 1:] @ np.linalg.lstsq(energy[1:, 1:], energy[1:, 0], rcond=1e-6)[0]
    assert gain > 0.02
    assert rigid.superfluid_fraction - relaxed.superfluid_fraction == pytest.approx(gain, rel=0.03)


def test_a_mesh_is_the_mean_over_its_stars():
    gap, m = 2.0, zone.mesh(2)
    found = superfluid_fraction(soft(), gap, "rigid", m, CUTOFF, states=5000)
    sums = []
    for k in m.points:
        _, q, e, C = bloch(soft(), k, CUTOFF)
        W, _ = broken_pairs(e, found.chemical_potential, gap)
        sums += [((C.T @ (along[:, None] * C)) ** 2 * W).sum() for along in q.T]
    rigid = 1.0 - 2.0 * HBAR2_2M_NEUTRON / N * np.mean(sums)
    assert found.superfluid_fraction == pytest.approx(rigid, abs=1e-6)


def test_fewer_states_hardly_matter():
    for response in ("rigid", "relaxed"):
        few, all_of_them = (
            superfluid_fraction(soft(), [0.5, 2.0], response, 2, CUTOFF, states=n) for n in (60, 5000)
        )
        assert np.allclose(few.superfluid_fraction, all_of_them.superfluid_fraction, atol=4e-3)


@pytest.mark.slow
def test_the_responses_are_ordered_and_consistent():
    c, gaps = soft(), np.array([[0.3, 1.0], [3.0, 9.0]])
    intraband, relaxed, rigid = (
        superfluid_fraction(c, gaps, r, 5, CUTOFF, states=5000) for r in ("intraband", "relaxed", "rigid")
    )
    assert rigid.superfluid_fraction.shape == (2, 2)
    assert (intraband.superfluid_fraction < relaxed.superfluid_fraction).all()
    assert (relaxed.superfluid_fraction < rigid.superfluid_fraction).all()
    assert (np.diff(rigid.superfluid_fraction.ravel()) > 0).all()
    assert np.allclose(relaxed.ion_mass, c.Z + N * (1.0 - 1.0 / relaxed.neutron_mass))
    together, mu = all_responses(c, gaps.ravel(), zone.special_points(5), CUTOFF, 5000)
    for response, f in zip(RESPONSES, together, strict=True):
        alone = {"intraband": intraband, "relaxed": relaxed, "rigid": rigid}[response]
        assert np.allclose(f, alone.superfluid_fraction.ravel(), atol=1e-12)
    assert np.allclose(mu, rigid.chemical_potential.ravel())
    one = superfluid_fraction(c, 1.0, "rigid", 5, CUTOFF, states=5000)
    assert isinstance(one.superfluid_fraction, float)
    assert one.superfluid_fraction == pytest.approx(rigid.superfluid_fraction[0, 1], abs=1e-12)


@pytest.mark.slow
def test_weak_pairing_is_an_integral_over_the_fermi_surface():
    mesh = zone.mesh(12)
    empty = fermi_surface_fraction(soft(0.0), mesh, CUTOFF, states=5000)
    assert empty.superfluid_fraction == pytest.approx(1.0, abs=5e-3)
    surface = fermi_surface_fraction(soft(), mesh, CUTOFF, states=5000)
    paired = superfluid_fraction(soft(), 0.12, "intraband", mesh, CUTOFF, states=5000)
    assert paired.superfluid_fraction == pytest.approx(surface.superfluid_fraction, abs=0.02)
    assert surface.superfluid_fraction < 0.9


@pytest.mark.parametrize(("gap", "expected"), [(0.5, 0.772), (1.0, 0.866), (2.0, 0.931)])
def test_printed_response_of_the_inner_crust(gap, expected):
    """Against an independent calculation with 16 special points; one gives 0.5 % below 1 MeV."""
    found = superfluid_fraction(cell("BSk24", baryon_density=0.03), gap, "rigid")
    assert found.superfluid_fraction == pytest.approx(expected, rel=6e-3)


@pytest.mark.slow
def test_a_rigid_phase_passes_the_potential_flow_and_a_relaxed_one_does_not():
    c = cell("BSk24", baryon_density=0.03)
    flow = potential_flow(c).superfluid_fraction
    assert superfluid_fraction(c, 5.0, "rigid").superfluid_fraction > flow
    assert superfluid_fraction(c, 5.0, "relaxed").superfluid_fraction < flow


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"gap": 0.0}, "gap"),
        ({"gap": [1.0, np.nan]}, "gap"),
        ({"response": "loose"}, "response"),
        ({"response": "intraband"}, "k_points"),
        ({"k_points": 17}, "k_points = 17"),
        ({"k_points": "X"}, "k_points = 'X'"),
        ({"k_points": True}, "k_points"),
        ({"cutoff": 8.0, "cell": soft()._replace(N=1000.0)}, "too few"),
        ({"cell": None}, "cell"),
    ],
)
def test_bad_input_is_named(change, message):
    call = {"cell": soft(), "gap": 1.0, "cutoff": 20.0, **change}
    with pytest.raises(ValueError, match=message):
        superfluid_fraction(**call)


def test_the_fermi_surface_wants_a_cubic_mesh():
    with pytest.raises(ValueError, match="cubic mesh"):
        fermi_surface_fraction(soft(), zone.mesh(2, "centred"), 20.0)
