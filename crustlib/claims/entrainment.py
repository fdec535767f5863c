"""Numbers that claims about entrainment are held against: the core, the rotating star, one ion."""

import functools

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad

from crustlib.entrainment import (
    IonMass,
    Rotation,
    cell,
    core_matrix,
    epstein_baym,
    pairing,
    potential_flow,
    rotation,
)
from crustlib.figures.entrainment_models import (
    FUNCTIONALS,
    PROTON_GAPS,
    WIDE,
    densities,
    drag,
    needed_gap,
    strongest_field,
)
from crustlib.matter import nucleons, skyrme

Pair = NDArray[np.float64]

SATURATION = 0.16  # fm^-3
CANONICAL = 1.4  # solar masses
VELA_SPIN = 2.0 * np.pi * 11.2  # s^-1
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


def boost_of_interaction() -> float:
    """Return the change of the slides' interaction energy in another frame, over that of C_+ n tau alone."""
    n, j, tau, q = np.array([0.13, 0.02]), np.array([0.3, -0.1]), np.array([0.9, 0.2]), 0.7
    c_t, c_q = skyrme.couplings(SATURATION, "BSk24")
    c_plus, c_minus = c_t + c_q / 2.0, c_q / 2.0

    def energy(j: Pair, tau: Pair) -> float:
        isoscalar = n.sum() * tau.sum() - j.sum() ** 2
        return float(c_plus * isoscalar + c_minus * ((n[0] - n[1]) * (tau[0] - tau[1]) - (j[0] - j[1]) ** 2))

    growth = 2.0 * q * j + n * q**2
    return (energy(j + n * q, tau + growth) - energy(j, tau)) / (c_plus * n.sum() * growth.sum())


def currents(couplings: tuple[float, float], normal: tuple[float, float] = (0.0, 0.0)) -> Pair:
    """Return rho_qq' over rho at 0.16 fm^-3 from C_+-, by the definitions of the currents alone.

    `normal` has the fractions of normal fluid: hbar j = n [m V - Y m_q w] with w = m V / m_q + I / hbar.
    """
    f = skyrme.functional("BSk24")
    h = 0.5 * (f.hbar2_2m_n + f.hbar2_2m_p)
    x = float(nucleons.beta_equilibrium(SATURATION).proton_fraction)
    n, (c_plus, c_minus) = SATURATION * np.array([1.0 - x, x]), couplings
    inverse_mass = 2.0 * (h + c_plus * n.sum() + c_minus * np.array([1.0, -1.0]) * (n[0] - n[1]))
    field = -2.0 * np.array([[c_plus + c_minus, c_plus - c_minus], [c_plus - c_minus, c_plus + c_minus]])
    back = np.diag(np.array(normal) * n)
    j = np.linalg.solve(np.eye(2) + back @ (field / inverse_mass[:, None]), (np.diag(n) - back) / (2.0 * h))
    velocity = np.diag(inverse_mass / n) @ j + field @ j
    return np.asarray(np.diag(n / SATURATION) @ velocity)


def currents_over_printed() -> float:
    """Return rho_np of the slides' current, with C_+- of BSk24, over that of their closed form."""
    c_t, c_q = skyrme.couplings(SATURATION, "BSk24")
    return float(currents((c_t + c_q / 2.0, c_q / 2.0))[0, 1] / core_matrix(SATURATION).rho_np)


def without_momentum_dependence() -> float:
    """Return rho_np over rho with C_+- = 0."""
    return float(currents((0.0, 0.0))[0, 1])


def warm_over_closed(temperature: float = 0.2, gap_n: float = 0.5, gap_p: float = 1.0) -> float:
    """Return rho_np of the linear equations at a temperature (MeV) over the closed form of `core_matrix`."""
    c_t, c_q = skyrme.couplings(SATURATION, "BSk24")
    normal = tuple(float(pairing.normal_fraction(temperature, gap)) for gap in (gap_n, gap_p))
    warm = core_matrix(SATURATION, temperature=temperature, gap_n=gap_n, gap_p=gap_p)
    return float(currents((c_t + c_q / 2.0, c_q / 2.0), (normal[0], normal[1]))[0, 1] / warm.rho_np)


def coupling_time() -> float:
    """Return the time (s) in which drag on their vortices makes the core's neutrons follow Vela's crust."""
    return float(star().I_p / star().I_surface / (2.0 * VELA_SPIN * drag(SATURATION).ratio))


def least_neutron_gap() -> float:
    """Return the least neutron gap (MeV) with B > H_c1 outside a vortex's core in any star of BSk24."""
    return float(needed_gap(densities("BSk24", 200), PROTON_GAPS, "BSk24").min())


def field_with_room() -> float:
    """Return the highest B / H_c1 outside both cores, a vortex's and a fluxoid's, whatever the gaps."""
    return max(float(strongest_field(WIDE, name, room=True)) for name in FUNCTIONALS)


def closure() -> float:
    """Return the sum of all four moments of inertia over J / Omega from the surface."""
    s = star()
    return float((s.I_nn + s.I_np + s.I_pn + s.I_pp) / s.I_surface)


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


def forms_apart(permeability: float) -> float:
    """Return m_I* / m_I of the slides' second form over that of the first."""
    first = ion(permeability)
    shape = (permeability - 1.0) ** 2 / (permeability + 2.0)
    second = 1.0 + shape * 0.02 / (0.03 + 0.09 - permeability * 0.02)
    return float(second * first.transported / first.effective)


def flow_over_printed(permeability: float) -> float:
    """Return the flow's kinetic energy around a sphere that moves, 2 T / U^2, over the slides' part of m_I*.

    Outside a dipole A, inside uniform, b U: the same slip along the surface, the same mass through it.
    """
    A, b = np.linalg.solve([[1.0, -1.0], [2.0, permeability]], [0.0, permeability - 1.0])
    angles = quad(lambda c: 4.0 * c**2 + 1.0 - c**2, -1.0, 1.0)[0]  # of v^2, times R^6 / r^6
    outside = 2.0 * np.pi * A**2 * angles * quad(lambda r: r**-4, 1.0, np.inf)[0]
    energy = outside + permeability * b**2 * 4.0 / 3.0 * np.pi
    return float(energy / ((permeability - 1.0) ** 2 / (permeability + 2.0) * 4.0 / 3.0 * np.pi))


def one_effect() -> float:
    """Return m_I* from m_n*, by Z m + N (m - m^2 / m_n*), over (rho - rho_s) / n_I, at 0.03 fm^-3."""
    c = cell(baryon_density=0.03)
    flow = potential_flow(c)
    neutron_mass = 1.0 / flow.superfluid_fraction
    return float((c.Z + c.N * (1.0 - 1.0 / neutron_mass)) / flow.ion_mass)


def spheres(density: float) -> tuple[Pair, Pair]:
    """Return rho_s,i over the neutrons inside, and m_I* of sharp spheres over that of potential flow.

    A sphere holds the ion's surplus of nucleons over the gas, at their density in its centre.
    """
    c = cell(baryon_density=density)
    inside, outside = c.neutron_centre + c.proton_centre, c.neutron_background
    volume = 4.0 / 3.0 * np.pi * c.cell_radius**3
    radius = np.cbrt(0.75 / np.pi * (c.Z + c.N - outside * volume) / (inside - outside))
    x = np.linspace(0.0, inside / outside, 200)
    masses = epstein_baym(x, radius, outside, c.neutron_centre, c.proton_centre).effective
    return x * outside / c.neutron_centre, masses / potential_flow(c).ion_mass


def least_sphere() -> float:
    """Return m_I* of potential flow over the least that a sharp sphere of any lambda has, at 0.03 fm^-3."""
    return float(1.0 / spheres(0.03)[1].min())


def impenetrable_sphere() -> float:
    """Return m_I* of an impenetrable sharp sphere over that of potential flow, at 0.01 fm^-3."""
    return float(spheres(0.01)[1][0])


def matching_share() -> float:
    """Return rho_s,i / rho_n,i of the sharp sphere that has the m_I* of potential flow, at 0.065 fm^-3."""
    share, masses = spheres(0.065)
    return float(np.interp(1.0, masses[::-1], share[::-1]))


def ion_over_protons() -> float:
    """Return the least m_I* / Z m of potential flow through the crust of BSk24."""
    cells = (cell(baryon_density=n) for n in CRUST)
    return min(potential_flow(c).ion_mass / c.Z for c in cells)
