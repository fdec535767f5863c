"""Statistical equilibrium of nuclei, nucleons, electrons and photons: a crust that is still warm."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from crustlib.constants import E2_MEV_FM, HBARC_MEV_FM, NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.crusts import profile
from crustlib.crusts.clusters import Species
from crustlib.crusts.equilibrium import _layers, _solve
from crustlib.crusts.warm import TEMPERATURES, columns, densities, third_equation
from crustlib.errors import ConvergenceError
from crustlib.matter import saturation as saturations
from crustlib.matter import skyrme, warm_leptons
from crustlib.nuclides.level_density import _sums
from crustlib.nuclides.pool import MASSES, pool
from crustlib.validation import in_range, one_of

__all__ = ["nse"]

DENSITIES = 1e-12, 0.28
"""fm^-3: where equilibrium is solved for."""

TOLERANCE = 1e-10
_CONDENSATION = 2.612  # zeta(3/2): n Lambda^3 at which an ideal Bose gas condenses
CUT = 1e-13  # mass fraction below which a nuclide is left out of a Profile, unless it matters to the charge

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
    binding_shifts: Mapping[str | tuple[int, int], float] | None = None,
    tetraneutron: float | None = None,
) -> xr.Dataset:
    r"""Matter in statistical equilibrium: nuclei in a gas of nucleons, with electrons and photons.

    The equations, and the free energy that they minimise, stand in `crustlib.crusts.clusters` (Beznogov &
    Raduta 2025; Hempel & Schaffner-Bielich 2010). Above 0.02 fm^-3 they have several solutions: this is the
    one that clusters reach as matter is compressed, whether or not homogeneous matter has less free energy,
    up to where it ends; beyond, the gas holds all but a trace of the baryons. See `transition`, `matched`.

    Parameters
    ----------
    baryon_density : float or array_like
        Baryons per volume in fm^-3, from 1e-12 to 0.28; a layer each, in any order. A solution helps to find
        the next denser one, so that a list without jumps is fastest.
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
    binding_shifts : mapping, optional
        MeV added to binding energies of single nuclides, ``{"He14": -1.0, (2, 13): -1.0}``, as their
        surroundings might do; see `nuclides.pool`.
    tetraneutron : float, optional
        Binding energy in MeV of four neutrons (negative: a resonance) as one more species, without spin and
        with the volume of four nucleons at the largest neutron excess that saturates. They are no ions: their
        density is the column `tetraneutron_density`, and none of `number_density`. Where they would be a Bose
        condensate (of most resonances: soon beyond neutron drip) there is no answer.

    Returns
    -------
    xarray.Dataset
        A Profile, a layer per density, with every nuclide whose mass fraction exceeds 1e-13 in any of them.
        `mu_p` is the gas's, `coulomb_shift` the C of beta equilibrium, `residual` the largest relative one of
        the equations.

    Raises
    ------
    ValueError
        If an argument is out of range, or tetraneutrons condense.
    ConvergenceError
        If a layer's equations are not met to 1e-10.

    Examples
    --------
    >>> layer = nse(0.005, 0.1)
    >>> layer["mu_n"].values - 939.5654205, layer["mu_e"].values
    (array([4.094]), array([41.459]))
    """
    n_b, Y_p = densities(baryon_density, proton_fraction, DENSITIES)
    T = float(in_range("temperature", temperature, *TEMPERATURES))
    mode, target = third_equation(n_b, Y_p, proton_chemical_potential, electrons)
    pool(masses, helium_neutrons_max, largest_A, binding_shifts, tetraneutron)  # checks them
    shifts = tuple((nuclide, float(shift)) for nuclide, shift in (binding_shifts or {}).items())
    model = _model(T, functional, saturation, masses, helium_neutrons_max, largest_A, shifts, tetraneutron)
    x, residual = _solved(n_b, T, mode, target, model)
    call = {
        "baryon_density": n_b.tolist(),
        "temperature": T,
        "proton_fraction": None if Y_p is None else Y_p.tolist(),
        "functional": functional,
        "saturation": saturation,
        "proton_chemical_potential": proton_chemical_potential,
        "electrons": bool(electrons),
        "masses": masses,
        "binding_shifts": [[str(nuclide), shift] for nuclide, shift in shifts],
        "helium_neutrons_max": helium_neutrons_max,
        "largest_A": largest_A,
        "tetraneutron": tetraneutron,
    }
    table, Z, A = _columns(x, T, model, bool(electrons))
    return profile.make(
        {**table, "residual": residual},
        Z=Z,
        A=A,
        ordered=False,
        maker="nse",
        masses=masses,
        functional=functional,
        source="statistical equilibrium (Beznogov & Raduta 2025)",
        call=call,
    )


class Model(NamedTuple):
    """What the kernels need to know besides a state: nuclides at a temperature, and a gas."""

    species: Species
    inner: Array
    """Mean energies of the nuclides in MeV: -B in the ground state."""
    functional: skyrme.Functional


@lru_cache(maxsize=32)
def _model(
    T: float,
    functional: str,
    saturation: str,
    masses: str = MASSES,
    helium_neutrons_max: int = 12,
    largest_A: int = 297,
    shifts: tuple[tuple[str | tuple[int, int], float], ...] = (),
    tetraneutron: float | None = None,
) -> Model:
    """Return what the kernels need, for arguments that `pool` accepts."""
    one_of("saturation", saturation, saturations.METHODS)
    f = skyrme.functional(functional)
    nuclides = pool(masses, helium_neutrons_max, largest_A, dict(shifts), tetraneutron)
    Z, A = nuclides.Z, nuclides.A
    z, energy = _sums(nuclides.degeneracy, nuclides.a, nuclides.shift, A, nuclides.binding, T)
    v = A / _saturation_density((1.0 - 2.0 * Z / A).tobytes(), functional, saturation)
    mass = Z * PROTON_MASS_MEV + (A - Z) * NEUTRON_MASS_MEV - nuclides.binding
    weight = np.log(z) + 1.5 * np.log(mass * T / (2.0 * np.pi * HBARC_MEV_FM**2)) + nuclides.binding / T
    ratio = v / np.maximum(Z, 1.0)  # without charge no Coulomb energy
    coulomb = 0.6 * Z**2 * E2_MEV_FM / np.cbrt(3.0 * v / (4.0 * np.pi))
    species = Species(Z.copy(), A - Z, v, weight, -1.5 * coulomb * np.cbrt(ratio), 0.5 * coulomb * ratio)
    return Model(species, energy - nuclides.binding, f)


@lru_cache(maxsize=64)
def _saturation_density(excesses: bytes, functional: str, saturation: str) -> Array:
    """Return n_sat (fm^-3) of each neutron excess, the largest that saturates beyond that."""
    end = saturations.largest_asymmetry(functional)
    excess, which = np.unique(np.clip(np.frombuffer(excesses), -end, end), return_inverse=True)
    return saturations.density(excess, functional, saturation)[which]


def _solved(n_b: Array, T: float, mode: int, target: Array, model: Model) -> tuple[Array, Array]:
    """Return the unknowns and the residuals, in the order of the densities; solved from the thinnest on."""
    order = np.argsort(n_b, kind="stable")
    x, residual = _solve(n_b[order], T, mode, target[order], model.species, model.functional)
    back = np.argsort(order, kind="stable")
    x, residual = x[back], residual[back]
    if not (residual < TOLERANCE).all():
        k = int(np.flatnonzero(~(residual < TOLERANCE))[0])
        raise ConvergenceError(
            f"nse: no solution at baryon_density = {n_b[k]:.6g} fm^-3, temperature = {T:.6g} MeV "
            f"(residual {residual[k]:.3g})"
        )
    return x, residual


def _columns(x: Array, T: float, model: Model, electrons: bool) -> tuple[dict[str, Any], Array, Array]:
    """Return a Profile's columns, and Z and A of its nuclides."""
    rows, n, kept = _layers(x, T, model.species, model.inner, model.functional, CUT)
    Z, A = model.species.Z.astype(int), (model.species.Z + model.species.N).astype(int)
    kept[np.argmax(np.where(Z > 0, n.sum(axis=0), -1.0))] = True  # one at least: a Profile has a composition
    neutral = {}
    if Z[0] == 0:
        neutral["tetraneutron_density"] = n[:, 0]
        _refuse_condensate(n[:, 0] / (rows[4] / np.exp(x[:, 0])), rows[8], T, model)
    kept &= Z > 0
    rows = np.vstack([rows, np.exp(x[:, 2])])
    mu_e = warm_leptons.chemical_potential(rows[-1], T)
    table = {**columns(rows, mu_e, T, electrons), **neutral, "number_density": n[:, kept]}
    return table, Z[kept], A[kept]


def _refuse_condensate(s: Array, n_b: Array, T: float, model: Model) -> None:
    """Raise an error where tetraneutrons, s per free volume, are denser than a classical gas's bosons."""
    binding = -float(model.inner[0])
    crowding = s * np.exp(binding / T - model.species.weight[0])  # s Lambda^3
    if (crowding > _CONDENSATION).any():
        first = n_b[crowding > _CONDENSATION].min()
        raise ValueError(
            f"tetraneutron = {binding:.6g}: at baryon_density = {first:.4g} fm^-3 and temperature = {T:.6g} "
            "MeV tetraneutrons would be a Bose condensate (n Lambda^3 above 2.612), which is no classical gas"
        )
