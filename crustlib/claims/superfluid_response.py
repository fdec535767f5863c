r"""Numbers that claims about the superfluid response of band neutrons are held against, each in a limit.

Units have hbar = m = 1 and Fermi wave number or lattice constant 1 where nothing else is said.
"""

from itertools import pairwise
from math import pi

import numpy as np
from scipy.integrate import quad

FREE = 1.0 / (3.0 * pi**2)
"""Density of free neutrons with k_F = 1, both spins."""


def weak_coupling() -> float:
    """Return the Fermi-surface formula of the slides for free neutrons, over their density."""
    surface, speed = 4.0 * pi, 1.0
    return float(surface * speed / (12.0 * pi**3) / FREE)


def pairing_formula(gap: float = 1e-4) -> float:
    """Return the slides' intraband formula with a gap, for free neutrons, over their density."""

    def integrand(k: float) -> float:
        return float(4.0 * pi * k**2 * k**2 * gap**2 / np.hypot(0.5 * k**2 - 0.5, gap) ** 3)

    edges = (0.0, 0.9, 1.0 - 20.0 * gap, 1.0, 1.0 + 20.0 * gap, 1.1, 4.0)
    total = sum(quad(integrand, a, b)[0] for a, b in pairwise(edges))
    return float(total / (24.0 * pi**3) / FREE)


def divergence_formula(printed: bool, gap: float = 0.05, highest: float = 4.0) -> float:
    """Return the slides' formula with grad_k . grad_Q for free neutrons up to a wave number, over density.

    Free neutrons have grad_k . grad_Q eps = 3. As printed the numerator is eps, else it is eps - eps_F.
    """

    def integrand(k: float) -> float:
        energy = 0.5 * k**2
        over = (energy if printed else energy - 0.5) / np.hypot(energy - 0.5, gap)
        return float(4.0 * pi * k**2 * 3.0 * (1.0 - over))

    total = sum(quad(integrand, a, b)[0] for a, b in ((0.0, 0.9), (0.9, 1.1), (1.1, highest)))
    return float(total / (24.0 * pi**3) / FREE)


def quasiparticle_at_fermi_surface(fermi: float = 20.0, gap: float = 1.0) -> float:
    """Return the printed E over the gap at the Fermi surface (MeV), where E is the gap."""
    return float(np.sqrt(fermi + gap**2) / gap)


def own_term(level: float = 3.0, gap: float = 4.0) -> float:
    """Return xi xi - E E + Delta Delta of a state with itself, with E from its level and gap."""
    return float(level**2 - np.hypot(level, gap) ** 2 + gap**2)


def insulator(depth: float = 1.0, gap: float = 1e-3, waves: int = 24, points: int = 12) -> float:
    """Return the interband formula's rho_s over rho for a full lowest band, which cannot flow.

    The crystal is separable, V(x) + V(y) + V(z) with V = 2 depth cos(2 x); its velocities connect states that
    differ in one direction, so that the sum over one direction is the trace over three divided by three.
    """
    wave = 2.0 * np.arange(-waves // 2, waves // 2 + 1)
    coupling = depth * (np.eye(wave.size, k=1) + np.eye(wave.size, k=-1))
    total = 0.0
    for k in (np.arange(points) + 0.5) / points - 0.5:
        energy, states = np.linalg.eigh(np.diag(0.5 * (2.0 * k + wave) ** 2) + coupling)
        velocity = states.T @ ((2.0 * k + wave)[:, None] * states)
        xi = energy - 0.5 * (energy[0] + energy[1])
        E = np.hypot(xi, gap)
        weight = np.outer(xi, xi) - np.outer(E, E) + gap**2
        weight /= np.outer(E, E) * np.add.outer(E, E)
        np.fill_diagonal(weight, 0.0)
        total += (weight[0] * velocity[0] ** 2).sum() + (weight[:, 0] * velocity[:, 0] ** 2).sum()
    # m^2 / (24 pi^3) int d^3k over the zone (2 pi)^3 / V, trace 3; two neutrons per cell of volume V
    return float(1.0 + 3.0 / (24.0 * pi**3) * (2.0 * pi) ** 3 * total / points / 2.0)
