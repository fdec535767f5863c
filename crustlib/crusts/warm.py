"""What makers of warm matter in equilibrium share: their arguments, their third equation, their columns."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    NEUTRON_MASS_MEV,
    PER_FM3_IN_PER_CM3,
    PROTON_MASS_MEV,
)
from crustlib.matter import warm_leptons
from crustlib.validation import in_range

FRACTION, BETA, PROTONS = 0, 1, 2
"""The third equation: the leptons' density given, beta equilibrium, or mu_p + C given."""

TEMPERATURES = 0.05, 20.0
"""MeV."""

_IN_G_CM3 = ATOMIC_MASS_UNIT_G / ATOMIC_MASS_UNIT_MEV * PER_FM3_IN_PER_CM3  # of MeV fm^-3

Array = NDArray[np.float64]


def densities(
    baryon_density: ArrayLike, proton_fraction: ArrayLike | None, limits: tuple[float, float]
) -> tuple[Array, Array | None]:
    """Return the densities, and the proton fractions as many."""
    n_b = np.atleast_1d(in_range("baryon_density", baryon_density, *limits))
    Y_p = None if proton_fraction is None else in_range("proton_fraction", proton_fraction, 1e-3, 0.99)
    if n_b.ndim != 1 or n_b.size == 0 or np.ndim(Y_p if Y_p is not None else 0.0) > 1:
        raise ValueError(f"baryon_density = {baryon_density!r}: must be a number or a list of numbers")
    if Y_p is None:
        return n_b, None
    try:
        n_b, Y_p = np.broadcast_arrays(n_b, np.atleast_1d(Y_p))
    except ValueError:
        raise ValueError(
            f"proton_fraction = {proton_fraction!r}: must be one number, or as many as densities"
        ) from None
    return n_b.copy(), Y_p.copy()


def third_equation(n_b: Array, Y_p: Array | None, mu_p: float | None, electrons: bool) -> tuple[int, Array]:
    """Say what fixes the charge: the solver's mode, and its target for each layer."""
    if not isinstance(electrons, bool | np.bool_):
        raise ValueError(f"electrons = {electrons!r}: must be True or False")
    if Y_p is not None and mu_p is not None:
        raise ValueError(f"proton_chemical_potential = {mu_p!r}: must be None with a proton_fraction")
    if Y_p is not None:
        return FRACTION, n_b * Y_p
    if mu_p is not None:
        return PROTONS, np.full(n_b.size, in_range("proton_chemical_potential", mu_p, -200.0, 100.0))
    if not electrons:
        raise ValueError(
            "electrons = False: needs a proton_fraction or a proton_chemical_potential, as without electrons "
            "there is no beta equilibrium"
        )
    return BETA, np.zeros(n_b.size)


def columns(rows: Array, mu_e: Array, T: float, electrons: bool, muons: bool = False) -> dict[str, Any]:
    """Return a Profile's columns: those of nuclei and nucleons, and the leptons' and photons' at `mu_e`.

    The rows are mu_n and mu_p without rest masses, C, pressure, n_n, n_p, free energy and entropy per volume
    (without rest masses and leptons), n_B and the density of charge.
    """
    mu_n, mu_p, shift, pressure, n_n, n_p, free, entropy, n_b, charge = rows
    free = free + n_b * NEUTRON_MASS_MEV + charge * (PROTON_MASS_MEV - NEUTRON_MASS_MEV)
    pressure = pressure + charge * shift
    n_mu = warm_leptons.thermodynamics(mu_e, T, "muons").density if muons else np.zeros(n_b.size)
    if electrons:
        photons = warm_leptons.photon_pressure(T)
        free, pressure, entropy = free - photons, pressure + photons, entropy + 4.0 * photons / T
        for species in ("electrons", "muons")[: 1 + muons]:
            leptons = warm_leptons.thermodynamics(mu_e, T, species)
            free = free + leptons.density * mu_e - leptons.pressure
            pressure, entropy = pressure + leptons.pressure, entropy + leptons.entropy_density
    return {
        "baryon_density": n_b,
        "pressure" if electrons else "baryon_pressure": pressure,
        "electron_density": charge - n_mu,
        **({"muon_density": n_mu} if muons else {}),
        "neutron_density": n_n,
        "proton_density": n_p,
        "mass_density": (free + T * entropy) * _IN_G_CM3,
        "mu_e": mu_e,
        "mu_n": mu_n + NEUTRON_MASS_MEV,
        "mu_p": mu_p + PROTON_MASS_MEV,
        "coulomb_shift": shift,
        "temperature": np.full(n_b.size, T),
        "free_energy": free / n_b,
        "gibbs_energy": (free + pressure) / n_b - ATOMIC_MASS_UNIT_MEV,
        "entropy": entropy / n_b,
    }
