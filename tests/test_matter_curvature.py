"""The curvature of the free energy: numerical derivatives, known moduli, and the energy of real ripples."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib.constants import E2_MEV_FM
from crustlib.matter import mean_field, skyrme, warm_leptons, warm_nucleons
from crustlib.matter.curvature import curvature

FUNCTIONALS = skyrme.available()


@given(
    n_n=st.floats(1e-5, 0.15),
    n_p=st.floats(1e-5, 0.1),
    T=st.floats(0.05, 20.0),
    functional=st.sampled_from(FUNCTIONALS),
)
@settings(max_examples=30, deadline=None)
def test_it_is_the_slope_of_the_chemical_potentials(n_n, n_p, T, functional):
    step = 1e-4
    factors = 1.0 + step * np.array([-2.0, -1.0, 1.0, 2.0])
    weights = np.array([1.0, -8.0, 8.0, -1.0]) / (12.0 * step)
    by_n = warm_nucleons.thermodynamics(n_n * factors, n_p, T, functional)
    by_p = warm_nucleons.thermodynamics(n_n, n_p * factors, T, functional)
    found = curvature(n_n, n_p, T, functional)
    noise = 3e-8 / min(n_n, n_p)
    assert found.nn == pytest.approx(by_n.mu_n @ weights / n_n, rel=1e-6, abs=noise)
    assert found.np == pytest.approx(by_n.mu_p @ weights / n_n, rel=1e-6, abs=noise)
    assert found.np == pytest.approx(by_p.mu_n @ weights / n_p, rel=1e-6, abs=noise)
    assert found.pp == pytest.approx(by_p.mu_p @ weights / n_p, rel=1e-6, abs=noise)
    matrix = np.array([[found.nn, found.np], [found.np, found.pp]])
    values, vectors = np.linalg.eigh(matrix)
    assert found.least == pytest.approx(values[0], rel=1e-8, abs=1e-10 * values[1])
    assert found.direction * vectors[0, 0] == pytest.approx(
        vectors[1, 0], abs=1e-6 * (1 + abs(found.direction))
    )


# n_0, K and J of Goriely, Chamel & Pearson (2013), table; SLy4: Chabanat et al. (1998)
@pytest.mark.parametrize(
    ("functional", "n_0", "K", "J"),
    [
        ("SLy4", 0.1595, 229.9, 32.0),
        ("BSk22", 0.1578, 245.9, 32.0),
        ("BSk24", 0.1578, 245.5, 30.0),
        ("BSk25", 0.15874, 236.04, 29.0),
        ("BSk26", 0.1589, 240.8, 30.0),
    ],
)
def test_moduli_of_saturated_matter(functional, n_0, K, J):
    m = curvature(n_0 / 2, n_0 / 2, 0.01, functional)
    assert 9.0 * n_0 / 4.0 * (m.nn + 2.0 * m.np + m.pp) == pytest.approx(K, abs=1.0)
    assert n_0 / 8.0 * (m.nn - 2.0 * m.np + m.pp) == pytest.approx(J, abs=0.1)


def test_thin_matter_is_a_classical_gas():
    m = curvature(1e-10, 3e-10, 2.0, "BSk24")
    assert m.nn == pytest.approx(2.0 / 1e-10, rel=1e-6)
    assert m.pp == pytest.approx(2.0 / 3e-10, rel=1e-6)


def test_electrons_add_their_own_stiffness_and_screen_short_waves_less():
    bare, charged = (curvature(0.05, 0.004, 0.5, electrons=electrons) for electrons in (False, True))
    step = 1e-5
    up, down = (warm_leptons.chemical_potential(0.004 * (1 + s * step), 0.5) for s in (1, -1))
    stiffness = (up - down) / (2 * 0.004 * step)
    assert charged.pp - bare.pp == pytest.approx(stiffness, rel=1e-7)
    assert (charged.nn, charged.np) == (bare.nn, bare.np)
    k = 0.3
    bare, charged = (curvature(0.05, 0.004, 0.5, electrons=e, wave_number=k) for e in (False, True))
    coulomb = 4 * math.pi * E2_MEV_FM
    assert charged.pp - bare.pp == pytest.approx(coulomb / (k**2 + coulomb / stiffness), rel=1e-7)


@pytest.mark.parametrize("functional", ["BSk25", "SLy4"])
def test_a_ripple_costs_what_its_energy_says(functional):
    """The energy of a standing wave, point by point, with tau of the extended Thomas-Fermi expansion."""
    n_n, n_p, k, T = 0.07, 0.03, 0.4, 0.01
    f = skyrme.functional(functional)
    x = np.linspace(0.0, 2.0 * np.pi, 64, endpoint=False)

    def energy(a, b):  # mean, in waves of the amplitudes a n_n and b n_p
        n, slope, curve = zip(
            *(
                (m * (1 + s * np.cos(x)), -m * s * k * np.sin(x), -m * s * k**2 * np.cos(x))
                for m, s in ((n_n, a), (n_p, b))
            ),
            strict=True,
        )
        g = slope[0] ** 2, slope[0] * slope[1], slope[1] ** 2
        one = mean_field.mean_field(*n, curve, g, functional, "neutron")
        two = mean_field.mean_field(*n, curve, g, functional, "proton")
        uniform = [skyrme.KINETIC_FACTOR * m ** (5 / 3) for m in n]
        taus = one.kinetic_density - uniform[0], two.kinetic_density - uniform[1]
        masses = f.hbar2_2m_n / one.effective_mass, f.hbar2_2m_p / two.effective_mass
        local = skyrme.energy_density(*n, functional) + masses[0] * taus[0] + masses[1] * taus[1]
        A, _, B, _, D, _ = np.array([mean_field._gradient_couplings(m, f) for m in n[0] + n[1]]).T
        total = g[0] + 2 * g[1] + g[2]
        gradients = A * total + B * (g[0] + g[2]) + D * (n[0] * (g[0] + g[1]) + n[1] * (g[1] + g[2]))
        return (local + gradients - n[0] * 900.0 - n[1] * 900.0).mean()

    m = curvature(n_n, n_p, T, functional, wave_number=k)
    s = 1e-3
    for a, b in ((1, 0), (0, 1), (1, 1), (1, -1)):
        expected = 0.25 * (m.nn * (a * n_n) ** 2 + 2 * m.np * a * b * n_n * n_p + m.pp * (b * n_p) ** 2)
        cost = (energy(s * a, s * b) + energy(-s * a, -s * b) - 2 * energy(0, 0)) / (2 * s**2)
        assert cost == pytest.approx(expected, rel=1e-4)


def test_the_worst_ripple_is_the_worst():
    found = curvature(0.06, 0.003, 0.1, electrons=True, wave_number=None)
    others = curvature(0.06, 0.003, 0.1, electrons=True, wave_number=np.linspace(0.0, 2.0, 200))
    assert 0.0 < found.wave_number < 0.5
    assert found.least <= others.least.min() + 1e-9
    assert found.least == pytest.approx(others.least.min(), abs=0.2)


def test_bad_input_is_named():
    for bad in ((0.0, 0.1, 1.0), (0.1, -0.1, 1.0), (0.1, 0.1, 0.0), (float("nan"), 0.1, 1.0)):
        with pytest.raises(ValueError, match=r"n_n|n_p|temperature"):
            curvature(*bad)
    with pytest.raises(ValueError, match="wave_number"):
        curvature(0.1, 0.1, 1.0, wave_number=-0.1)
    with pytest.raises(ValueError, match="electrons = 'yes'"):
        curvature(0.1, 0.1, 1.0, electrons="yes")
    with pytest.raises(ValueError, match="finite"):
        curvature(8.0, 1e-3, 1.0, "BSk24")
