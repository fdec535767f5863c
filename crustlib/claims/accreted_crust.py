"""Numbers that claims about the accreted crust are held against; crusts are computed once and shared."""

import functools
from collections.abc import Callable

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy import constants as si

from crustlib import balance, crusts, data
from crustlib.constants import (
    ATOMIC_MASS_UNIT_MEV,
    HBARC_MEV_FM,
    MEV_FM3_IN_DYN_CM2,
    NEUTRON_MASS_MEV,
    SPEED_OF_LIGHT_CM_S,
)
from crustlib.crusts import profile
from crustlib.matter import coulomb, electrons

FRDM95 = "AME2016+FRDM95+DZ31"
FRDM12 = "AME2016+FRDM12+DZ31"  # from stored Profiles: its table is in no package
MODELS = (FRDM95, FRDM12, "AME2016+HFB21+DZ31", "AME2016+DZ31")
RULES = "The paper leaves its priority rules to Shchechilin & Chugunov (2019a); ours are those of chapter 2."
REFERENCE = (FRDM95, True)  # the crust of most claims: these masses, with the lattice
GRAVITY = 2e14  # cm s^-2, the paper's fiducial
EDDINGTON = 1e5  # g cm^-2 s^-1, section 3
NEUTRONS_AT_1E12 = 1e12 / balance.flux.NEUTRON_MASS_G * 1e-39  # fm^-3
HIGHEST = 1e31 / MEV_FM3_IN_DYN_CM2
COMPONENTS = (("electron_density", "mu_e"), ("neutron_density", "mu_n"))
BURNING = (1.7e12, 2.4e12)  # g cm^-3: where Lau et al. (2018) see pycnonuclear reactions


@functools.cache
def accreted(model: str, lattice: bool) -> xr.Dataset:
    """Return the accreted crust of one mass model."""
    if model == FRDM12:
        return data.load("accreted_frdm12" if lattice else "accreted_frdm12_without_lattice")
    return crusts.accreted(model, lattice=lattice)


@functools.cache
def violation(model: str, lattice: bool) -> xr.Dataset:
    """Return how far that crust is from diffusion equilibrium, at the paper's gravity."""
    return balance.violation(accreted(model, lattice), GRAVITY)


@functools.cache
def forces() -> xr.Dataset:
    """Return the forces in the reference crust."""
    return balance.forces(accreted(*REFERENCE))


@functools.cache
def ground_state(lattice: bool) -> xr.Dataset:
    """Return the ground state of the same masses, from above the neutron drip on."""
    return crusts.ground_state(FRDM95, np.geomspace(1e-4, HIGHEST, 800), lattice=lattice)


def burning() -> NDArray[np.bool_]:
    """Return which layers of the accreted crust lie well inside the pycnonuclear zone of 40Mg."""
    rho = profile.rho(accreted(*REFERENCE)).values
    return (rho > BURNING[0] + 1e11) & (rho < BURNING[1])


def falling() -> NDArray[np.bool_]:
    """Return which layers of the accreted crust lie in its zones of falling mu_e."""
    found, pressure = violation(*REFERENCE), accreted(*REFERENCE)["pressure"].values
    inside = np.zeros(pressure.size, dtype=bool)
    for k in np.flatnonzero(found["zone_kind"].values == "falling"):
        inside |= (pressure > float(found["zone_top"][k])) & (pressure < float(found["zone_bottom"][k]))
    return inside


def models_with(*kinds: str, lattice: bool) -> Callable[[], float]:
    """Return a function that counts the mass models whose crust has a zone of one of these kinds."""
    return lambda: sum(bool(np.isin(violation(m, lattice)["zone_kind"], kinds).any()) for m in MODELS)


def thickest(kind: str) -> float:
    """Return the thickness (m) of the thickest zone of one kind."""
    found = violation(*REFERENCE)
    return float(found["zone_thickness"].values[found["zone_kind"].values == kind].max(initial=0.0))


# -- section 2.1: matter


def lattice_energy_share() -> float:
    """Return the largest |eps_L|/eps_e."""
    crust = accreted(*REFERENCE)
    n_e = crust["electron_density"].values
    z53 = (crust["number_density"].values @ crust["Z"].values ** (5.0 / 3.0)) / n_e
    return float(np.abs(coulomb.lattice_energy_density(n_e, z53) / electrons.energy_density(n_e)).max())


def pressure_from_energy(sign: float) -> float:
    """Return sign * d(eps V)/dV of electrons, differenced, over their pressure."""
    number, volume, step = 1.0, 1e4, 1.0
    energy = [v * electrons.energy_density(number / v) for v in (volume - step, volume + step)]
    return float(sign * (energy[1] - energy[0]) / (2.0 * step) / electrons.pressure(number / volume))


# -- section 2.2: force balance


def neutron_mass_shift() -> float:
    """Return the largest relative excess of the neutrons' effective mass over their rest mass."""
    return float(accreted(*REFERENCE)["mu_n"].max()) / NEUTRON_MASS_MEV - 1.0


def third_law(per_particle_of: str) -> float:
    """Return (n_i f_in + n_n f_ni) over the larger term where 40Mg burns, for either way to count forces."""
    crust, acting, zone = accreted(*REFERENCE), forces(), burning()
    n_i, n_n = crust["number_density"].sum("nuclide").values[zone], crust["neutron_density"].values[zone]
    f_in, f_ni = acting["nucleus_remainder"].values[zone], acting["neutron_remainder"].values[zone]
    if per_particle_of == "k":
        f_in, f_ni = f_in * n_i / n_n, f_ni * n_n / n_i
    one, other = n_i * f_in, n_n * f_ni
    return float(np.max(np.abs(one + other) / np.maximum(np.abs(one), np.abs(other))))


def hydrostatic_density() -> float:
    """Return the largest |sum m_j n_j - (eps + P)|/(eps + P), with m_e* = mu_e, without a lattice."""
    crust = accreted(FRDM95, False)
    n_n, enthalpy = crust["neutron_density"], profile.enthalpy_density(crust)
    excess = n_n * (crust["mu_n"] - NEUTRON_MASS_MEV)  # the rest of eps + P is n_i m_i + n_e mu_e + n_n m_n
    return float(np.abs(excess / enthalpy).max())


def gibbs_duhem() -> float:
    """Return |dP - n_e dmu_e - n_n dmu_n|, summed across the crust without a lattice, over the rise of P."""
    crust = accreted(FRDM95, False)
    P = crust["pressure"].values
    borne = sum(np.trapezoid(crust[n].values, crust[mu].values) for n, mu in COMPONENTS)
    return float(abs(P[-1] - P[0] - borne) / (P[-1] - P[0]))


def electron_weight_share() -> float:
    """Return the largest n_e m_e*/(n_i m_i)."""
    crust = accreted(*REFERENCE)
    nuclei = (crust["number_density"] * crust["A"]).sum("nuclide") * ATOMIC_MASS_UNIT_MEV
    return float((crust["electron_density"] * crust["mu_e"] / nuclei).max())


def equilibrium_slope(average: str) -> float:
    """Return d mu_e/dP of the ground state over equation (7), at its largest deviation from 1.

    With A read as the mean mass number ("A"), or as the mean atomic number ("Z").
    """
    crust = ground_state(False)
    slope = balance.violation(crust)["r7"].values
    if average == "Z":
        slope = slope * (profile.mean_A(crust) / profile.mean_Z(crust)).values
    return float(slope[np.abs(slope - 1.0).argmax()])


def remainder_on_nuclei() -> float:
    """Return f_in, downwards, over a nucleus's weight: the least in the zones of falling mu_e."""
    acting, zone = forces(), falling()
    return float((acting["nucleus_remainder"].values / acting["nucleus_weight"].values)[zone].min())


# -- section 2.3: violation


def least_downward_term() -> float:
    """Return the smaller of weight and electric force on a nucleus (m_u g, downwards) where mu_e falls."""
    acting, zone = forces(), falling()
    weight, electric = acting["nucleus_weight"].values, acting["nucleus_electric"].values
    return float(np.minimum(weight, electric)[zone].min())


def ground_state_remainder(lattice: bool) -> float:
    """Return the largest deviation of (8) and (9) from equilibrium in the ground state, the drip left out."""
    crust = ground_state(lattice)
    found, pressure = balance.violation(crust), crust["pressure"].values
    drip = pressure[int(np.argmax(crust["neutron_density"].values > 0.0))]
    away = np.abs(np.log(pressure / drip)) > 2.0 * found.attrs["width"]
    return float(max(np.abs(found[name].values[away] - 1.0).max() for name in ("r8", "r9")))


def near_equilibrium() -> float:
    """Return the share of the inner crust's pressure range in which (8) holds to 10 %."""
    crust = accreted(*REFERENCE)
    inner = crust["neutron_density"].values > 0.0
    step = np.gradient(crust["pressure"].values)[inner]
    holds = np.abs(violation(*REFERENCE)["r8"].values[inner] - 1.0) < 0.1
    return float(step[holds].sum() / step.sum())


def rise_of_mu_e() -> float:
    """Return how much mu_e (MeV) changes while 40Mg burns, from 1.7e12 to 2.4e12 g cm^-3."""
    mu_e = np.interp(BURNING, profile.rho(accreted(*REFERENCE)).values, accreted(*REFERENCE)["mu_e"].values)
    return float(mu_e[1] - mu_e[0])


def trigger_share() -> float:
    """Return the share of 25N + 40Mg in the fusions of the 40Mg zone."""
    crust = accreted(*REFERENCE)
    top, bottom = np.interp(BURNING, profile.rho(crust).values, crust["pressure"].values)
    start = crust["reaction_pressure"].values
    fusion = (crust["reaction_kind"].values == "fusion") & (start > 0.97 * top) & (start < bottom)
    pair = [{"N25", "Mg40"} <= set(str(name).split()) for name in crust["reaction_name"].values]
    amount = crust["reaction_amount"].values
    return float(amount[fusion & np.array(pair)].sum() / amount[fusion].sum())


def nuclei_to_neutrons() -> float:
    """Return neutrons set free over the baryons of the nuclei that the 40Mg zone destroys."""
    crust = accreted(*REFERENCE)
    n_b, rho = crust["baryon_density"].values, profile.rho(crust).values
    nuclei = np.interp(BURNING, rho, crust["number_density"].sum("nuclide").values / n_b)
    neutrons = np.interp(BURNING, rho, crust["neutron_density"].values / n_b)
    return float((neutrons[1] - neutrons[0]) / (40.0 * (nuclei[0] - nuclei[1])))


def neutron_share_of_rise() -> float:
    """Return by how much P_n rises while 40Mg burns, over the rise of P."""
    crust = accreted(*REFERENCE)
    P, P_n = (
        np.interp(BURNING, profile.rho(crust).values, crust[k].values)
        for k in ("pressure", "neutron_pressure")
    )
    return float((P_n[1] - P_n[0]) / (P[1] - P[0]))


def median_while_burning(name: str) -> float:
    """Return the median of r8 or r9 where 40Mg burns."""
    return float(np.median(violation(*REFERENCE)[name].values[burning()]))


def lattice_pressure_share() -> float:
    """Return |P_ei - P_e|/P_e, the lattice's part, at its largest where 40Mg burns."""
    crust, zone = accreted(*REFERENCE), burning()
    P_e = electrons.pressure(crust["electron_density"].values)
    P_ei = crust["pressure"].values - crust["neutron_pressure"].values
    return float(np.abs(P_ei / P_e - 1.0)[zone].max())


# -- section 3: fluxes


def fermi_velocity() -> float:
    """Return the velocity (cm/s) of neutrons at their Fermi surface at rho_n = 1e12 g cm^-3."""
    k_F = np.cbrt(3.0 * np.pi**2 * NEUTRONS_AT_1E12)
    return float(HBARC_MEV_FM * k_F / NEUTRON_MASS_MEV * SPEED_OF_LIGHT_CM_S)


def friction_over_weight() -> float:
    """Return the median of f_ni n_n/(A n_i m_u g) where 40Mg burns."""
    crust, zone = accreted(*REFERENCE), burning()
    n_i, n_n = crust["number_density"].sum("nuclide"), crust["neutron_density"]
    friction = -forces()["neutron_remainder"] * n_n / (profile.mean_A(crust) * n_i)
    return float(np.median(friction.values[zone]))


def cross_section_over_geometric() -> float:
    """Return the stated cross section over the geometric one, for A = 70 at rho_n = 1e12 g cm^-3."""
    stated = balance.flux.SIGMA_0_CM2 * (1.0 + np.cbrt(70.0)) ** 2
    return float(stated / balance.geometric_cross_section(70, NEUTRONS_AT_1E12))


def flux_coefficient() -> float:
    """Return J_n (cm^-2 s^-1) of the stated inputs at A = 70 and rho_n12 = g14 = 1."""
    return float(balance.neutron_flux(70, NEUTRONS_AT_1E12, 1e14))


def flux_slope(argument: str) -> float:
    """Return d ln J_n/d ln A or d ln J_n/d ln n_n of the stated inputs there."""
    ends = np.array([0.999, 1.001])
    A = 70.0 * (ends if argument == "A" else 1.0)
    n_n = NEUTRONS_AT_1E12 * (ends if argument == "n_n" else 1.0)
    low, high = balance.neutron_flux(A, n_n, 1e14)
    return float(np.log(high / low) / np.log(ends[1] / ends[0]))


def flux_over_accretion(mdot: float) -> float:
    """Return the median of J_n/J_acc where 40Mg burns, at the paper's gravity."""
    zone = burning()
    A, n_n = (
        profile.mean_A(accreted(*REFERENCE)).values[zone],
        accreted(*REFERENCE)["neutron_density"].values[zone],
    )
    return float(np.median(balance.neutron_flux(A, n_n, GRAVITY)) / balance.accretion_flux(mdot))


def eddington_rate() -> float:
    """Return m_p c/(sigma_T R) in g cm^-2 s^-1 for hydrogen and R = 12 km."""
    thomson = si.value("Thomson cross section")
    return float(si.m_p * si.c / (thomson * 1.2e4) * 0.1)  # kg m^-2 in g cm^-2


def electrons_over_nuclei() -> float:
    """Return the largest f_ne/f_ni that the inner crust allows."""
    return float(balance.electron_friction(accreted(*REFERENCE)).max())


def flux_in_zones() -> float:
    """Return the median of J_n/J_acc over all layers in zones of all models, at the Eddington rate."""
    fluxes = []
    for model in MODELS:
        crust, found = accreted(model, True), violation(model, True)
        through = balance.flux_through(crust, GRAVITY)
        P = through["pressure"].values[:, None]
        inside = ((P > found["zone_top"].values) & (P < found["zone_bottom"].values)).any(axis=1)
        fluxes.append(through["estimate"].values[inside])
    return float(np.median(np.concatenate(fluxes)) / balance.accretion_flux(EDDINGTON))
