"""What the makers share: checked arguments, the kernels' matter, a Profile's columns from a composition."""

import numpy as np
from numpy.typing import NDArray

from crustlib import nuclides
from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    ELECTRON_MASS_MEV,
    MEV_FM3_IN_DYN_CM2,
    PER_FM3_IN_PER_CM3,
)
from crustlib.crusts.medium import Matter
from crustlib.matter import coulomb, electrons
from crustlib.matter import neutrons as neutron_gas
from crustlib.validation import in_range

Array = NDArray[np.float64]

LOWEST_PRESSURE = 1e22 / MEV_FM3_IN_DYN_CM2  # below it 56Fe is no longer a crystal in degenerate electrons
HIGHEST_PRESSURE = 1e33 / MEV_FM3_IN_DYN_CM2


def model_of(mass_model: str | nuclides.MassModel) -> nuclides.MassModel:
    """Return the mass model itself, or the one of that name.

    Raises
    ------
    ValueError
        If it is neither.
    """
    return mass_model if isinstance(mass_model, nuclides.MassModel) else nuclides.mass_model(mass_model)


def number(name: str, value: float, low: float, high: float) -> float:
    """Return `value` if it is one number from `low` to `high`; see `validation.in_range`.

    Raises
    ------
    ValueError
        If it is not, an array included.
    """
    checked = in_range(name, value, low, high)
    if np.ndim(checked):
        raise ValueError(f"{name} = {value!r}: must be one number")
    return checked


def matter_of(lattice: bool, neutrons: str) -> Matter:
    """Return the kernels' matter: the neutron gas by name, and the lattice or none.

    Raises
    ------
    ValueError
        If `lattice` is not a bool or `neutrons` is unknown.
    """
    gas = neutron_gas.neutron_matter(neutrons)
    if not isinstance(lattice, bool | np.bool_):
        raise ValueError(f"lattice = {lattice!r}: must be True or False")
    return Matter(gas.coefficients, gas.powers, coulomb.LATTICE_C_MEV_FM if lattice else 0.0)


def layer_columns(
    P: Array,
    n_b: Array,
    Y: Array,
    Y_n: Array,
    Z: Array,
    A: Array,
    matter: Matter,
    model: nuclides.MassModel,
    neutrons: str,
) -> dict[str, Array]:
    """Return a Profile's columns.

    Parameters
    ----------
    P, n_b : ndarray
        Pressure (MeV fm^-3) and baryon density (fm^-3), shape (layer,).
    Y, Y_n : ndarray
        Nuclei, shape (layer, nuclide), and free neutrons, shape (layer,), per baryon.
    Z, A : ndarray
        Charge and mass numbers, shape (nuclide,).
    matter, model, neutrons
        Lattice or not, masses and the neutron matter's name.

    Returns
    -------
    dict of str to ndarray
        Columns named as in `profile.VARIABLES`.
    """
    n_e, n_n = n_b * (Y @ Z), n_b * np.where(np.abs(Y_n) < 1e-12, 0.0, Y_n)
    z53 = (Y @ Z ** (5.0 / 3.0)) / (Y @ Z)
    lattice = coulomb.lattice_energy_density(n_e, z53) if matter.lattice > 0.0 else 0.0
    nuclear_mass = model.mass_excess(Z, A) + A * ATOMIC_MASS_UNIT_MEV - Z * ELECTRON_MASS_MEV
    energy = (
        n_b * (Y @ nuclear_mass)
        + electrons.energy_density(n_e)
        + neutron_gas.energy_density(n_n, neutrons)
        + lattice
    )
    return {
        "pressure": P,
        "baryon_density": n_b,
        "electron_density": n_e,
        "neutron_density": n_n,
        "number_density": n_b[:, None] * Y,
        "neutron_pressure": neutron_gas.pressure(n_n, neutrons),
        "mass_density": energy * (ATOMIC_MASS_UNIT_G / ATOMIC_MASS_UNIT_MEV * PER_FM3_IN_PER_CM3),
        "mu_e": electrons.chemical_potential(n_e),
        "mu_n": neutron_gas.chemical_potential(n_n, neutrons),
        "gibbs_energy": (energy + P) / n_b - ATOMIC_MASS_UNIT_MEV,
    }
