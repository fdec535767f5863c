"""Numbers that claims about the scales of neutron stars and their crust are held against."""

import numpy as np
from scipy.optimize import minimize_scalar

from crustlib.claims.bands import CANONICAL, USUAL_GAP, free_fermi_energy, stored
from crustlib.claims.entrainment import CANONICAL as SOLAR_MASSES
from crustlib.claims.entrainment import SATURATION, star
from crustlib.constants import ATOMIC_MASS_UNIT_G, HBARC_MEV_FM, MEV_IN_KELVIN, SPEED_OF_LIGHT_CM_S
from crustlib.crusts import published_cells
from crustlib.entrainment.pairing import CRITICAL_TEMPERATURE
from crustlib.figures import ions_models
from crustlib.figures.entrainment_models import SOLAR_MASS_G
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON

VELA_PERIOD, VELA_SLOWING, BETWEEN_GLITCHES = 0.0893, 1.25e-13, 3.0 * 3.156e7  # s, s/s, s
GRID = 25  # points along each edge of the slides' cell


def critical_temperature() -> float:
    """Return T_c (K) of a gap of 1 MeV."""
    return CRITICAL_TEMPERATURE * USUAL_GAP * MEV_IN_KELVIN


def fermi_temperature() -> float:
    """Return the Fermi temperature (K) of neutrons at 0.16 fm^-3."""
    return free_fermi_energy(SATURATION) * MEV_IN_KELVIN


def nucleons_of_star() -> float:
    """Return the nucleons of 1.4 solar masses, as if they were not bound."""
    return SOLAR_MASSES * SOLAR_MASS_G / ATOMIC_MASS_UNIT_G


def nucleons_per_site() -> float:
    """Return the nucleons of a cell, the median of all that are stored."""
    return float((stored()["Z"] + stored()["N"]).median())


def different_layers() -> float:
    """Return which part of the rows of the published crust differ from their neighbour in Z or N."""
    crust = published_cells.inner_crust("BSk24")
    changes = np.abs(np.diff(crust.N)) + np.abs(np.diff(crust.Z))
    return float((changes > 0.0).mean())


def lattice_spacing() -> float:
    """Return the lattice constant (fm) where the inner crust begins."""
    return float(np.cbrt(8.0 * np.pi / 3.0) * published_cells.inner_crust("BSk24").cell_radius[0])


def cluster_size() -> float:
    """Return the diameter (fm) of the sharp sphere for an ion at 0.03 fm^-3."""
    return 2.0 * ions_models.ion(0.03).radius


def filled_bands() -> float:
    """Return the bands that the neutrons of a cell fill, the median of 0.04 and 0.05 fm^-3, BSk24."""
    found = stored()["N"].sel(functional="BSk24", baryon_density=[0.04, 0.05])
    return float(0.5 * found.median())


def energy_of_grid() -> float:
    """Return the kinetic energy (MeV) of the sphere of as many plane waves as the grid has points, 0.04."""
    found = stored().sel(CANONICAL | {"baryon_density": 0.04})
    waves = GRID**3 / float((found["Z"] + found["N"]) / 0.04)  # in fm^-3
    return float(HBAR2_2M_NEUTRON * np.cbrt(6.0 * np.pi**2 * waves) ** 2)


def critical_over_stated() -> float:
    """Return the least E(k)/hbar k of a uniform gas with a gap over Delta/hbar k_F, as at 0.03 fm^-3."""
    density = float(stored()["neutron_background"].sel(CANONICAL))
    energy, wave = free_fermi_energy(density), np.cbrt(3.0 * np.pi**2 * density)
    best = minimize_scalar(
        lambda k: np.hypot(HBAR2_2M_NEUTRON * k**2 - energy, USUAL_GAP) / k,
        bounds=(0.5 * wave, 1.5 * wave), method="bounded",
    )  # fmt: skip
    return float(best.fun / (USUAL_GAP / wave))


def flow_in_vela() -> float:
    """Return the flow that builds up between Vela's glitches over Delta/hbar k_F: 0.1 MeV, 0.07 fm^-3."""
    density = float(stored()["neutron_background"].sel(CANONICAL | {"baryon_density": 0.07}))
    wave = np.cbrt(3.0 * np.pi**2 * density)
    critical = SPEED_OF_LIGHT_CM_S * 0.1 / (HBARC_MEV_FM * wave)
    lag = 2.0 * np.pi * VELA_SLOWING / VELA_PERIOD**2 * BETWEEN_GLITCHES
    return float(lag * star().radius * 1e5 / critical)
