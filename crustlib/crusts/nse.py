"""Statistical equilibrium of nuclei, nucleons, electrons and photons: a crust that is still warm."""

from functools import lru_cache
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    E2_MEV_FM,
    HBARC_MEV_FM,
    NEUTRON_MASS_MEV,
    PER_FM3_IN_PER_CM3,
    PROTON_MASS_MEV,
)
from crustlib.crusts import profile
from crustlib.crusts.clusters import Species, _state
from crustlib.crusts.equilibrium import BETA, FRACTION, PROTONS, _solve
from crustlib.errors import ConvergenceError
from crustlib.matter import saturation as saturations
from crustlib.matter import skyrme, warm_leptons
from crustlib.matter.warm_nucleons import _warm_nucleons
from crustlib.nuclides.level_density import _sums
from crustlib.nuclides.pool import MASSES, Pool, pool
from crustlib.validation import in_range, one_of

__all__ = ["nse"]

DENSITIES = 1e-12, 0.12
"""fm^-3: where equilibrium is solved for."""

TEMPERATURES = 0.05, 20.0
"""MeV."""

TOLERANCE = 1e-10
_IN_G_CM3 = ATOMIC_MASS_UNIT_G / ATOMIC_MASS_UNIT_MEV * PER_FM3_IN_PER_CM3  # of MeV fm^-3
CUT = 1e-13  # mass fraction below which a nuclide is left out of a Profile

Array = NDArray[np.float64]


def nse(
    baryon_density: ArrayLike,
    temperature: float,
    proton_fraction: ArrayLike | None = None,
    functional: str = "BSk25",
    helium_neutrons_max: int = 12,
    saturation: str = "exact",
    proton_chemical_potential: float | None = None,
    electrons: bool = True,
    *,
    masses: str = MASSES,
    largest_A: int = 297,
) -> xr.Dataset:
    r"""Matter in statistical equilibrium: nuclei in a gas of nucleons, with electrons and photons.

    The equations, and the free energy that they minimise, stand in `crustlib.crusts.clusters` (Beznogov &
    Raduta 2025; Hempel & Schaffner-Bielich 2010). The nuclei are always there: whether matter without them
    has less free energy is not asked.

    Parameters
    ----------
    baryon_density : float or array_like
        Baryons per volume in fm^-3, from 1e-12 to 0.12; a layer each, in any order. A solution helps to find
        the next, so that a list without jumps is fastest.
    temperature : float
        Temperature in MeV, from 0.05 to 20.
    proton_fraction : float or array_like, optional
        Electrons per baryon, from 1e-3 to 0.99; broadcasts. Without it, and without a
        `proton_chemical_potential`, matter is in beta equilibrium with neutrinos gone.
    functional : str
        The gas's Skyrme functional, one of `skyrme.available()`; also gives the nuclei's volume.
    helium_neutrons_max : int
        Neutrons of the heaviest helium; see `nuclides.pool`.
    saturation : {"exact", "expansion", "constant"}
        How the density in the nuclei, which gives their volume, depends on their neutron excess; see
        `matter.saturation.density`. Beyond the excess at which matter saturates it stays.
    proton_chemical_potential : float, optional
        mu_p + C in MeV without the rest mass, instead of a proton fraction.
    electrons : bool
        False leaves the electrons' (and photons') share out of free energy and pressure, which is then the
        column `baryon_pressure` and may be negative. Their density, and the nuclei's Coulomb energy, stay.
        Needs a proton fraction or chemical potential.
    masses : str
        Mass model of the nuclides.
    largest_A : int
        Mass number of the heaviest nuclide, up to 297.

    Returns
    -------
    xarray.Dataset
        A Profile, a layer per density, with every nuclide whose mass fraction exceeds 1e-13 in any of them.
        `mu_p` is the gas's, `coulomb_shift` the C of beta equilibrium, `residual` the largest relative one of
        the equations.

    Raises
    ------
    ValueError
        If an argument is out of range.
    ConvergenceError
        If a layer's equations are not met to 1e-10.

    Examples
    --------
    >>> layer = nse(0.005, 0.1)
    >>> layer["mu_n"].values - 939.5654205, layer["mu_e"].values
    (array([4.094]), array([41.459]))
    """
    n_b, Y_p = _densities(baryon_density, proton_fraction)
    T = float(in_range("temperature", temperature, *TEMPERATURES))
    mode, target = _third_equation(n_b, Y_p, proton_chemical_potential, electrons)
    one_of("saturation", saturation, saturations.METHODS)
    f = skyrme.functional(functional)
    nuclides = pool(masses, helium_neutrons_max, largest_A)
    species, inner = _species(T, functional, saturation, masses, int(helium_neutrons_max), int(largest_A))
    x, residual = _solve(n_b, T, mode, target, species, f)
    if not (residual < TOLERANCE).all():
        k = int(np.flatnonzero(~(residual < TOLERANCE))[0])
        raise ConvergenceError(
            f"nse: no solution at baryon_density = {n_b[k]:.6g} fm^-3, temperature = {T:.6g} MeV "
            f"(residual {residual[k]:.3g})"
        )
    columns, n = _columns(x, T, species, inner, f, bool(electrons))
    kept = np.asarray((n * nuclides.A > CUT * n_b[:, None]).any(axis=0))
    kept[np.argmax(n.sum(axis=0))] = True  # one at least: a Profile has a composition
    columns = {"baryon_density": n_b, **columns, "number_density": n[:, kept], "residual": residual}
    call = {
        "baryon_density": n_b.tolist(),
        "temperature": T,
        "proton_fraction": None if Y_p is None else Y_p.tolist(),
        "functional": functional,
        "helium_neutrons_max": int(helium_neutrons_max),
        "saturation": saturation,
        "proton_chemical_potential": proton_chemical_potential,
        "electrons": bool(electrons),
        "masses": masses,
        "largest_A": int(largest_A),
    }
    return profile.make(
        columns,
        Z=nuclides.Z[kept].astype(int),
        A=nuclides.A[kept].astype(int),
        ordered=False,
        maker="nse",
        masses=masses,
        functional=functional,
        source="statistical equilibrium (Beznogov & Raduta 2025)",
        call=call,
    )


def _densities(baryon_density: ArrayLike, proton_fraction: ArrayLike | None) -> tuple[Array, Array | None]:
    n_b = np.atleast_1d(in_range("baryon_density", baryon_density, *DENSITIES))
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


def _third_equation(n_b: Array, Y_p: Array | None, mu_p: float | None, electrons: bool) -> tuple[int, Array]:
    """Say what fixes the electrons: the solver's mode, and its target for each layer."""
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


@lru_cache(maxsize=32)
def _species(
    T: float, functional: str, saturation: str, masses: str, helium_neutrons_max: int, largest_A: int
) -> tuple[Species, Array]:
    """Return nuclides as the kernels take them, and their mean energies (MeV): -B in the ground state."""
    nuclides: Pool = pool(masses, helium_neutrons_max, largest_A)
    Z, A = nuclides.Z, nuclides.A
    z, energy = _sums(nuclides.degeneracy, nuclides.a, nuclides.shift, A, nuclides.binding, T)
    end = saturations.largest_asymmetry(functional)
    excess, which = np.unique(np.clip(1.0 - 2.0 * Z / A, -end, end), return_inverse=True)
    v = A / saturations.density(excess, functional, saturation)[which]
    mass = Z * PROTON_MASS_MEV + (A - Z) * NEUTRON_MASS_MEV - nuclides.binding
    weight = np.log(z) + 1.5 * np.log(mass * T / (2.0 * np.pi * HBARC_MEV_FM**2)) + nuclides.binding / T
    coulomb = 0.6 * Z**2 * E2_MEV_FM / np.cbrt(3.0 * v / (4.0 * np.pi))
    species = Species(Z.copy(), A - Z, v, weight, -1.5 * coulomb * np.cbrt(v / Z), 0.5 * coulomb * v / Z)
    return species, energy - nuclides.binding


def _columns(
    x: Array, T: float, species: Species, inner: Array, f: skyrme.Functional, electrons: bool
) -> tuple[dict[str, Any], Array]:
    """Return a Profile's columns, and the number density of all nuclides, shape (layer, nuclide)."""
    exponent, index = np.empty(species.Z.size), np.empty(species.Z.size, np.int64)
    n, rows = np.zeros((len(x), species.Z.size)), np.empty((9, len(x)))
    for k, (ln_n_n, ln_n_p, ln_n_e) in enumerate(x):
        state, count = _state(ln_n_n, ln_n_p, ln_n_e, T, species, f, exponent, index, 0.0)
        _, _, P, entropy = _warm_nucleons(ln_n_n, ln_n_p, T, f)
        gas = state.xi * np.exp([ln_n_n, ln_n_p])
        i, n_e = index[:count], np.exp(ln_n_e)
        n[k, i] = state.xi * np.exp(exponent[i])
        per_T = exponent[i] - species.weight[i]  # [T ln(n Lambda^3 / xi z) - B] / T
        coulomb = species.surface[i] * np.cbrt(n_e) + species.bulk[i] * n_e
        free = gas @ [state.mu_n, state.mu_p] - state.xi * P + n[k, i] @ (T * (per_T - 1.0) + coulomb)
        entropy = state.xi * entropy + n[k, i] @ (2.5 - per_T + inner[i] / T)
        rows[:, k] = state.mu_n, state.mu_p, state.shift, state.pressure, *gas, free, entropy, state.baryons
    mu_n, mu_p, shift, pressure, n_n, n_p, free, entropy, n_b = rows
    n_e = np.exp(x[:, 2])
    mu_e = warm_leptons.chemical_potential(n_e, T)
    free = free + n_b * NEUTRON_MASS_MEV + n_e * (PROTON_MASS_MEV - NEUTRON_MASS_MEV)
    pressure = pressure + n_e * shift
    if electrons:
        leptons, photons = warm_leptons.thermodynamics(mu_e, T), warm_leptons.photon_pressure(T)
        free = free + n_e * mu_e - leptons.pressure - photons
        pressure = pressure + leptons.pressure + photons
        entropy = entropy + leptons.entropy_density + 4.0 * photons / T
    return {
        "pressure" if electrons else "baryon_pressure": pressure,
        "electron_density": n_e,
        "neutron_density": n_n,
        "proton_density": n_p,
        "mass_density": (free + T * entropy) * _IN_G_CM3,
        "mu_e": mu_e,
        "mu_n": mu_n + NEUTRON_MASS_MEV,
        "mu_p": mu_p + PROTON_MASS_MEV,
        "coulomb_shift": shift,
        "temperature": np.full(len(x), T),
        "free_energy": free / n_b,
        "gibbs_energy": (free + pressure) / n_b - ATOMIC_MASS_UNIT_MEV,
        "entropy": entropy / n_b,
    }, n
