"""Numbers that claims about neutrons in the crust's bands are held against.

Most come out of `crustlib.data.load("crust_entrainment")`: BSk22, 24, 25 and 26, seven densities from 0.01 to
0.07 fm^-3, gaps from 0.1 to 5 MeV. Fractions are of all neutrons; "rigid" is the slides' response.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import xarray as xr

from crustlib import data
from crustlib.claims.entrainment import SATURATION
from crustlib.claims.superfluid_response import divergence_formula
from crustlib.constants import NEUTRON_MASS_MEV
from crustlib.entrainment import (
    band_structure,
    cell,
    core_matrix,
    epstein_baym,
    lattice_1d,
)  # fmt: skip
from crustlib.figures import ions_models
from crustlib.matter import nucleons, skyrme
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON

CANONICAL: dict[str, Any] = {"functional": "BSk24", "baryon_density": 0.03}
MIDDLE = [0.01, 0.02, 0.03, 0.04]  # fm^-3: of the densities here, those that the slides call intermediate
USUAL_GAP = 1.0  # MeV: the slides' own
GENERIC_K = ((0.3, 0.2, 0.1), (0.5, 0.3, 0.15), (0.25, 0.25, 0.25), (0.6, 0.2, 0.1))  # without symmetry
WINDOW = 1.0  # MeV on both sides of the Fermi energy


def stored() -> xr.Dataset:
    """Return what is stored of the crust's neutrons."""
    return data.load("crust_entrainment")


def fraction(response: str, gap: float, **where: Any) -> xr.DataArray:
    """Return superfluid fractions at a gap (MeV), of all functionals and densities but those named."""
    found = stored()["superfluid_fraction"].sel(response=response, **where)
    return found.sel(gap=gap, method="nearest").drop_vars(["gap", "response"])


# -- bands and Fermi surface


class FermiSurface(NamedTuple):
    """What `fermi_surface` returns, the free gas of all neutrons in the cell being 1."""

    area: float
    """Of the Fermi surface."""
    slowest: float
    """Speed that a tenth of the states there does not reach."""
    fraction: float
    """Superfluid fraction in weak coupling."""
    spacing: float
    """Mean distance of bands in keV."""


@cache
def fermi_surface(density: float = 0.03, cutoff: float = 40.0, states: int = 700) -> FermiSurface:
    """Return what the states within a window about the Fermi energy tell of the Fermi surface.

    Area and fraction are means of |v| and v^2 over these states, as delta(eps - eps_F) d^3k = dS/|grad eps|.
    Four wave vectors carry 300 such states; cut-off and states are the cheapest that hold to some per cent.
    """
    c = cell(baryon_density=density)
    found = band_structure(c, GENERIC_K, cutoff=cutoff, states=states, progress=False)
    fermi = np.sort(found.energies.ravel())[round(0.5 * c.N * len(GENERIC_K))]
    near = abs(found.energies - fermi) < WINDOW
    speed = np.linalg.norm(found.velocities, axis=2)[near]
    number = near.sum() / (2.0 * WINDOW * len(GENERIC_K))  # bands per MeV at one wave vector
    energy = free_fermi_energy(2.0 * c.N / c.lattice_constant**3)
    free_number, free_speed = 0.75 * c.N / energy, float(np.sqrt(2.0 * energy / NEUTRON_MASS_MEV))
    relative = speed / free_speed
    share = number / free_number
    return FermiSurface(
        float(share * relative.mean()), float(np.quantile(relative, 0.1)),
        float(share * (relative**2).mean()), float(1e3 / number),
    )  # fmt: skip


def free_fermi_energy(density: float) -> float:
    """Return the Fermi energy (MeV) of free neutrons."""
    return float(HBAR2_2M_NEUTRON * np.cbrt(3.0 * np.pi**2 * density) ** 2)


def area() -> float:
    """Return the area of the Fermi surface over 4 pi k_F^2."""
    return fermi_surface().area


def slowest() -> float:
    """Return the speed that a tenth of the states at the Fermi surface does not reach, over v_F."""
    return fermi_surface().slowest


def spacing() -> float:
    """Return the mean distance of bands at a wave vector (keV)."""
    return fermi_surface().spacing


def gap_over_spacing() -> float:
    """Return the usual gap over the mean distance of bands."""
    return 1e3 * USUAL_GAP / spacing()


# -- responses


def mean_intraband() -> float:
    """Return the intraband fraction of all neutrons, a mean over the middle of the crust."""
    return float(fraction("intraband", 0.5, functional="BSk24", baryon_density=MIDDLE).mean())


def least_intraband_density() -> float:
    """Return the density (fm^-3) at which the intraband fraction is least."""
    return float(fraction("intraband", 0.5, functional="BSk24").idxmin())


def paired_over_weak() -> float:
    """Return the printed response over its intraband part, at a gap of 0.5 MeV and 0.03 fm^-3."""
    rigid, alone = (fraction(response, 0.5, **CANONICAL) for response in ("rigid", "intraband"))
    return float(rigid / alone)


def range_of_intraband() -> float:
    """Return the largest over the smallest intraband fraction of gaps up to 1 MeV, at 0.03 fm^-3."""
    found = stored()["superfluid_fraction"].sel(response="intraband", **CANONICAL)
    part = found.where(found["gap"] <= USUAL_GAP * (1.0 + 1e-9))
    return float(part.max() / part.min())


def homogeneous() -> float:
    """Return the formula with grad_k . grad_Q, corrected, for free neutrons and a small gap."""
    return divergence_formula(False, gap=1e-3, highest=20.0)


def one_dimension(depth: float = 1.0, gap: float = 0.01) -> float:
    """Return the response of a half-full band in one dimension over m v_F / hbar k_F of that band."""
    wave = 2.0 * np.arange(-16, 17)
    H = np.diag((0.5 + wave) ** 2) + depth * (np.eye(len(wave), k=1) + np.eye(len(wave), k=-1))
    lowest = np.linalg.eigh(H)[1][:, 0]
    speed = lowest @ ((0.5 + wave) * lowest)
    return lattice_1d(depth, 1.0, gap, "rigid", waves=8, k_points=400).superfluid_fraction / float(
        speed / 0.5
    )


def interband_in_one_dimension(gap_over_band_gap: float = 0.01, depth: float = 0.5) -> float:
    """Return the full over the intraband response in one dimension; the band gap is twice the depth."""
    gap = gap_over_band_gap * 2.0 * depth
    full, alone = (
        lattice_1d(depth, 1.0, gap, response, waves=8, k_points=400).superfluid_fraction
        for response in ("rigid", "intraband")
    )
    return full / alone


def without_lattice() -> float:
    """Return the part of the neutrons that is entrained where the potential is flat."""
    return 1.0 - lattice_1d(0.0, 1.0, 0.5).superfluid_fraction


def largest_fraction() -> float:
    """Return the largest superfluid fraction of all that is stored, with a relaxed phase."""
    return float(stored()["superfluid_fraction"].sel(response="relaxed").max())


def best_at_usual_gap() -> float:
    """Return the largest fraction of the slides' response at the usual gap, BSk24."""
    return float(fraction("rigid", USUAL_GAP, functional="BSk24").max())


def interband_share() -> float:
    """Return the least share of the interband response in the superfluid fraction, at the usual gap."""
    full, alone = (fraction(response, USUAL_GAP) for response in ("rigid", "intraband"))
    return float((1.0 - alone / full).min())


def at_usual_gap() -> float:
    """Return the fraction of the slides' response at the usual gap and 0.03 fm^-3."""
    return float(fraction("rigid", USUAL_GAP, **CANONICAL))


def sensitivity() -> float:
    """Return the least ratio of the entrained part at half the usual gap to that at twice."""
    weak, strong = (fraction("rigid", USUAL_GAP * x) for x in (0.5, 2.0))
    return float(((1.0 - weak) / (1.0 - strong)).min())


def rigid_over_bound() -> float:
    """Return the largest ratio of the slides' response to the bound of the same state's density."""
    found = stored()
    return float((found["superfluid_fraction"].sel(response="rigid") / found["leggett_bound"]).max())


def spread_of_functionals() -> float:
    """Return the largest over the smallest entrained part of four functionals, at 0.03 fm^-3."""
    entrained = 1.0 - fraction("rigid", USUAL_GAP, baryon_density=0.03)
    return float(entrained.max() / entrained.min())


# -- ions


def ion_mass(superfluid: xr.DataArray) -> xr.DataArray:
    """Return m_I* / m from a superfluid fraction."""
    found = stored()
    return found["Z"] + (1.0 - superfluid) * found["N"]


def slides_over_strong_pairing() -> float:
    """Return m_I* of the slides' response at 5 MeV over that of potential flow in the same density."""
    bound = stored()["leggett_bound"].sel(gap=5.0, method="nearest")
    return float((ion_mass(fraction("rigid", 5.0)) / ion_mass(bound)).sel(CANONICAL))


def profile_over_strong_pairing() -> float:
    """Return m_I* of potential flow through the published profile over that through the density at 5 MeV."""
    found = stored()
    bound = found["leggett_bound"].sel(gap=5.0, method="nearest")
    return float((ion_mass(found["potential_flow"]) / ion_mass(bound)).sel(CANONICAL))


def weak_ion_over_nucleons() -> float:
    """Return m_I* of the response within bands over all nucleons inside an ion, at 0.03 fm^-3."""
    one = ions_models.ion(0.03)
    inside = one.excess + one.displaced
    return float(ion_mass(fraction("intraband", 0.5)).sel(CANONICAL)) / inside


def freedom_of_sphere() -> float:
    """Return the highest over the least m_I* of a sharp sphere, by its rho_s,i alone, at 0.03 fm^-3."""
    one = ions_models.ion(0.03)
    c = one.cell
    most = ions_models.permeabilities(one)[1]
    masses = epstein_baym(
        np.linspace(0.0, most, 50), one.radius, c.neutron_background, c.neutron_centre, one.proton_density
    ).effective
    return float(masses.max() / masses.min())


# -- the functional's currents


def local_term_over_core() -> float:
    """Return m/m* + (m/3 hbar^2) grad_Q . I_n in uniform matter over rho_nn / rho_n of the core.

    j_n = n_n Q and j_p = 0, so that I_n = -2 (C_+ + C_-) n_n Q.
    """
    f = skyrme.functional("BSk24")
    h = 0.5 * (f.hbar2_2m_n + f.hbar2_2m_p)
    c_t, c_q = skyrme.couplings(SATURATION, "BSk24")
    plus, minus = c_t + 0.5 * c_q, 0.5 * c_q
    x = float(nucleons.beta_equilibrium(SATURATION).proton_fraction)
    n_n, n_p = SATURATION * (1.0 - x), SATURATION * x
    mass = 1.0 + (plus * SATURATION + minus * (n_n - n_p)) / h
    current = -2.0 * (plus + minus) * n_n * 3.0 / (6.0 * h)
    return float((mass + current) * (1.0 - x) / core_matrix(SATURATION).rho_nn)


# -- vibrations


def smeared_over_printed() -> float:
    """Return a Gaussian cloud's mean of cos(G x) over exp(-G^2 <r^2> / 6)."""
    G, r2 = 1.3, 2.0
    x = np.linspace(-12.0, 12.0, 4001)
    cloud = np.exp(-(x**2) / (2.0 * r2 / 3.0))
    return float((cloud * np.cos(G * x)).sum() / cloud.sum() / np.exp(-(G**2) * r2 / 6.0))


def zero_point_over_printed() -> float:
    """Return <r^2> of an oscillator's ground state on a grid over 3/2; hbar = m = omega = 1."""
    x, step = np.linspace(-8.0, 8.0, 401, retstep=True)
    H = np.diag(1.0 / step**2 + 0.5 * x**2) - 0.5 / step**2 * (np.eye(401, k=1) + np.eye(401, k=-1))
    ground = np.linalg.eigh(H)[1][:, 0]
    return float(3.0 * (x**2) @ ground**2 / 1.5)


def first_component() -> float:
    """Return by what zero-point motion multiplies the potential's longest wave, at 0.03 fm^-3, 1 MeV."""
    found = stored().sel(CANONICAL).sel(vibrating_gap=USUAL_GAP)
    a = np.cbrt(2.0 * (found["N"] + found["Z"]) / 0.03)
    G2 = 2.0 * (2.0 * np.pi / a) ** 2
    return float(np.exp(-G2 * found["mean_square_displacement"] / 6.0))


def vibrating_entrained() -> xr.DataArray:
    """Return the entrained part with ions at rest over that with zero-point motion."""
    found = stored()
    return (1.0 - found["resting_fraction"]) / (1.0 - found["vibrating_fraction"])


def least_relief() -> float:
    """Return the least ratio of the entrained part of ions at rest to that of vibrating ones."""
    return float(vibrating_entrained().min())


def greatest_relief() -> float:
    """Return by how much of itself zero-point motion lowers the entrained part, at most."""
    return float(1.0 - 1.0 / vibrating_entrained().max())


def change_of_motion() -> float:
    """Return <u^2> with the mass of ions that move over that with the mass of ions at rest, 0.03 fm^-3."""
    found = stored().sel(CANONICAL).sel(vibrating_gap=USUAL_GAP)
    resting = found["Z"] + (1.0 - found["resting_fraction"]) * found["N"]
    return float(np.sqrt(resting / found["vibrating_ion_mass"]))
