"""Numbers that claims about entrainment are held against: the core, the rotating star, one ion."""

import functools

import numpy as np

from crustlib.entrainment import (
    IonMass,
    Rotation,
    cell,
    core_matrix,
    epstein_baym,
    potential_flow,
    rotation,
    vortex_field,
)
from crustlib.matter import nucleons, skyrme

SATURATION = 0.16  # fm^-3
CANONICAL = 1.4  # solar masses
TRIPLET_GAP, SINGLET_GAP = 0.1, 1.0  # MeV, of neutrons and of protons in the core
CRUST = (0.02, 0.03, 0.05, 0.065)  # fm^-3


@functools.cache
def star() -> Rotation:
    """Return a star of 1.4 solar masses with BSk24."""
    return rotation(CANONICAL)


def matrix_over_printed(element: str) -> float:
    """Return "nn", "pp" or "np" of the entrainment matrix over its printed formula, at 0.16 fm^-3 with BSk24.

    From the energy of the flow: with j_q = n_q K_q and tau_q = n_q K_q^2 its Hessian in K_q = m V_q / hbar.
    """
    f = skyrme.functional("BSk24")
    h = 0.5 * (f.hbar2_2m_n + f.hbar2_2m_p)
    c_t, _ = skyrme.couplings(SATURATION, "BSk24")  # C_+ - C_-
    x = float(nucleons.beta_equilibrium(SATURATION).proton_fraction)
    mixed = SATURATION * x * (1.0 - x) * c_t / h  # n_n n_p (C_+ - C_-) (K_n - K_p)^2 over h n
    hessian = {"nn": 1.0 - x + mixed, "pp": x + mixed, "np": -mixed}
    eta, upsilon = 1.0 - 2.0 * x, 1.0 + SATURATION * c_t / h
    printed = 0.25 * (1.0 - eta**2) * (1.0 - upsilon)
    row = {"nn": 0.5 * (1.0 + eta) - printed, "pp": 0.5 * (1.0 - eta) - printed, "np": printed}
    return hessian[element] / row[element]


def flux_fraction() -> float:
    """Return the flux of a neutron vortex at 0.16 fm^-3 over the flux quantum, without its sign."""
    return -float(core_matrix(SATURATION).flux_fraction)


def effect_of_gaps() -> float:
    """Return rho_np with gaps of 2 MeV over that with gaps of 0.1 MeV, at zero temperature."""
    large, small = (core_matrix(SATURATION, gap_n=gap, gap_p=gap).rho_np for gap in (2.0, 0.1))
    return float(large / small)


def field_over_critical() -> float:
    """Return the highest B / H_c1 outside the vortex's core, in the core where lambda > 2 xi_p."""
    field = vortex_field(np.linspace(0.08, 0.6, 105), TRIPLET_GAP, SINGLET_GAP)
    london = field.penetration_depth > 2.0 * field.coherence_p
    return float((field.core_field[london] / field.lower_critical_field[london]).max())


def symmetry() -> float:
    """Return I_np / I_pn, each from its own integrals."""
    return float(star().I_np / star().I_pn)


def formula_over_direct(fluid: str) -> float:
    """Return I_XY / I_X of the slides' formula over that from the angular momenta; X is "n" or "p"."""
    s = star()
    if fluid == "n":
        nuclear, other, own, direct = s.epsilon_n, s.lense_thirring_pn, s.lense_thirring_nn, s.I_np / s.I_n
    else:
        nuclear, other, own, direct = s.epsilon_p, s.lense_thirring_np, s.lense_thirring_pp, s.I_pn / s.I_p
    return float((nuclear - other) / (1.0 - other - own) / direct)


def dragging_over_nuclear() -> float:
    """Return eps^LT_pn / eps~_n."""
    return float(star().lense_thirring_pn / star().epsilon_n)


def ion(permeability: float) -> IonMass:
    """Return the masses of an ion of 138 nucleons, a quarter of them protons, in neutrons of 0.02 fm^-3."""
    return epstein_baym(permeability, 6.5, 0.02, 0.09, 0.03)


def transported(permeability: float) -> float:
    """Return m_I over the mass of all nucleons inside."""
    return float(ion(permeability).transported / ion(0.0).transported)


def transported_over_protons(permeability: float) -> float:
    """Return m_I over the mass of the protons inside."""
    return 4.0 * transported(permeability)


def ion_over_protons() -> float:
    """Return the least m_I* / Z m of potential flow through the crust of BSk24."""
    cells = (cell(baryon_density=n) for n in CRUST)
    return min(potential_flow(c).ion_mass / c.Z for c in cells)
