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
from crustlib.crusts.inventory import N_MAX, Z_MAX
from crustlib.crusts.medium import Matter
from crustlib.crusts.reactions import Energies, _energies, _gas_shifts
from crustlib.matter import coulomb, electrons
from crustlib.matter import neutrons as neutron_gas
from crustlib.validation import in_range

Array = NDArray[np.float64]

LOWEST_PRESSURE = 1e22 / MEV_FM3_IN_DYN_CM2  # below it 56Fe is no longer a crystal in degenerate electrons
HIGHEST_PRESSURE = 1e33 / MEV_FM3_IN_DYN_CM2
NUCLEAR_DENSITY = 0.16  # fm^-3: the volume of a nucleus is A over this


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


def matter_of(
    lattice: bool, neutrons: str, nuclear_volume: bool = False, gas_dependent: bool = False
) -> Matter:
    """Return the kernels' matter: the neutron gas by name, lattice and nuclear volume or none.

    Masses that depend on the gas of neutrons (`gas_dependent`) already hold the work of displacing it.

    Raises
    ------
    ValueError
        If `lattice` or `nuclear_volume` is not a bool or `neutrons` is unknown.
    """
    gas = neutron_gas.neutron_matter(neutrons)
    for name, value in (("lattice", lattice), ("nuclear_volume", nuclear_volume)):
        if not isinstance(value, bool | np.bool_):
            raise ValueError(f"{name} = {value!r}: must be True or False")
    volume = 1.0 / NUCLEAR_DENSITY if nuclear_volume else 0.0
    return Matter(
        gas.coefficients,
        gas.powers,
        coulomb.LATTICE_C_MEV_FM if lattice else 0.0,
        volume,
        0.0 if gas_dependent else volume,
    )


def energies_of(model: nuclides.MassModel, splice: str) -> Energies:
    """Return the kernels' reaction energies, on their grid whatever the tables' sizes. Yours to change."""
    return _energies(_fitted(model.grid(splice)), *gas_of(model))


def gas_of(model: nuclides.MassModel) -> tuple[float, Array]:
    """Return how masses shift in a gas of neutrons: spacing in k_n, and shifts on the kernels' grid."""
    step, shift = model.gas_shift()
    return step, _fitted(shift)


def _fitted(grid: Array) -> Array:
    grid = grid[:, : Z_MAX + 1, : N_MAX + 1]
    fitted = np.full((grid.shape[0], Z_MAX + 1, N_MAX + 1), np.nan)
    fitted[:, : grid.shape[1], : grid.shape[2]] = grid
    return fitted


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
        Lattice and volume or not, masses and the neutron matter's name.

    Returns
    -------
    dict of str to ndarray
        Columns named as in `profile.VARIABLES`.
    """
    Y_e, Y_n = Y @ Z, np.where(np.abs(Y_n) < 1e-12, 0.0, Y_n)
    n_e, n_n = n_b * Y_e, n_b * Y_n
    gas = n_n / (1.0 - n_b * (Y @ A) * matter.volume)  # between the nuclei
    step, shifts = gas_of(model)
    k_n = np.cbrt(1.5 * np.pi**2 * gas)
    if model.gas_dependent and k_n.max() > step * (shifts.shape[0] - 1):
        raise ValueError(f"pressure: {model.name} knows no masses in a gas of n_n = {gas.max():.3g} fm^-3")
    mu_e, mu_n = electrons.chemical_potential(n_e), neutron_gas.chemical_potential(gas, neutrons)
    P_n = neutron_gas.pressure(gas, neutrons)
    z53 = (Y @ Z ** (5.0 / 3.0)) / Y_e
    lattice = coulomb.lattice_energy_density(n_e, z53) if matter.lattice > 0.0 else np.zeros_like(n_e)
    shift = _gas_shifts(Z, A - Z, k_n, step, shifts)
    excess = model.mass_excess(Z, A) + shift + matter.displaced * P_n[:, None] * A
    # per baryon and less the atomic mass unit; the lattice adds its energy and its pressure, a third of it
    gibbs = (Y * excess).sum(axis=1) + Y_e * (mu_e - ELECTRON_MASS_MEV) + Y_n * (mu_n - ATOMIC_MASS_UNIT_MEV)
    gibbs += 4.0 / 3.0 * lattice / n_b
    energy = n_b * (gibbs + ATOMIC_MASS_UNIT_MEV) - P  # Euler's relation
    return {
        "pressure": P,
        "baryon_density": n_b,
        "electron_density": n_e,
        "neutron_density": n_n,
        "number_density": n_b[:, None] * Y,
        "neutron_pressure": P_n,
        "mass_density": energy * (ATOMIC_MASS_UNIT_G / ATOMIC_MASS_UNIT_MEV * PER_FM3_IN_PER_CM3),
        "mu_e": mu_e,
        "mu_n": mu_n,
        "gibbs_energy": gibbs,
    }
