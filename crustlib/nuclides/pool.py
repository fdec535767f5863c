"""The nuclides that statistical equilibrium chooses among."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crustlib import validation
from crustlib.constants import HYDROGEN_EXCESS_MEV, NEUTRON_EXCESS_MEV
from crustlib.nuclides import level_density
from crustlib.nuclides.duflo_zuker import duflo_zuker
from crustlib.nuclides.models import mass_model
from crustlib.nuclides.names import parse
from crustlib.nuclides.readers import spins
from crustlib.nuclides.sources import packaged

__all__ = ["Pool", "pool"]

MASSES = "AME2020#+DZ10"
_SPINS = "2020_nubase_4.mas20.txt"
_LARGEST_HELIUM_N = 20
_A_LIMITS = 2, 297


class Pool(NamedTuple):
    """Nuclides of a pool, in order of Z, then A; arrays of one length."""

    Z: NDArray[np.float64]
    A: NDArray[np.float64]
    binding: NDArray[np.float64]
    """Binding energy in MeV."""
    degeneracy: NDArray[np.float64]
    """2 J + 1 of the ground state: NUBASE2020's, else that of the least spin."""
    a: NDArray[np.float64]
    """Level density parameter in MeV^-1; 0 for nuclides without level density."""
    shift: NDArray[np.float64]
    """E_1 of the level density in MeV."""


def pool(
    masses: str = MASSES,
    helium_neutrons_max: int = 12,
    largest_A: int = 297,
    binding_shifts: Mapping[str | tuple[int, int], float] | None = None,
    tetraneutron: float | None = None,
) -> Pool:
    """Nuclides with all that statistical equilibrium needs of them.

    Parameters
    ----------
    masses : str
        A mass model's name; see `mass_model`.
    helium_neutrons_max : int
        N of the heaviest helium, from 1 to 20: what the masses hold beyond is left out, and isotopes that
        they do not hold have the 10-parameter formula's mass. The table of that formula ends at N = 12.
    largest_A : int
        Mass number of the heaviest nuclides, from 2 to 297.
    binding_shifts : mapping, optional
        MeV, from -100 to 100, added to the binding energies of some nuclides of the pool, each a name
        (``"He14"``) or (Z, A). Level densities stay those of the masses without shifts.
    tetraneutron : float, optional
        Binding energy in MeV, from -100 to 20, of four neutrons as one more nuclide, Z = 0; negative for a
        resonance. Its spin is 0 and it has no level density.

    Returns
    -------
    Pool

    Raises
    ------
    ValueError
        If an argument is out of range, the masses depend on the gas, or a shifted nuclide is not in the pool.

    Examples
    --------
    >>> nuclides = pool(helium_neutrons_max=12)
    >>> helium = nuclides.Z == 2
    >>> float(nuclides.A[helium].max()), nuclides.binding[helium & (nuclides.A == 14)].round(3)
    (14.0, array([19.346]))
    """
    nuclides = _pool(
        masses,
        validation.integer("helium_neutrons_max", helium_neutrons_max, 1, _LARGEST_HELIUM_N),
        validation.integer("largest_A", largest_A, *_A_LIMITS),
    )
    if binding_shifts is not None:
        binding = nuclides.binding.copy()
        for k, shift in _shifts(binding_shifts, nuclides).items():
            binding[k] += shift
        nuclides = nuclides._replace(binding=binding)
    if tetraneutron is not None:
        energy = float(validation.in_range("tetraneutron", tetraneutron, -100.0, 20.0))
        neutrons = Pool(*(np.array([value]) for value in (0.0, 4.0, energy, 1.0, 0.0, 0.0)))
        nuclides = Pool(*(np.concatenate(pair) for pair in zip(neutrons, nuclides, strict=True)))
    return nuclides


def _shifts(binding_shifts: Mapping[str | tuple[int, int], float], nuclides: Pool) -> dict[int, float]:
    """Return the shifts by place in the pool."""
    if not isinstance(binding_shifts, Mapping):
        raise ValueError(f"binding_shifts = {binding_shifts!r}: must be a mapping of nuclides to MeV")
    places: dict[int, float] = {}
    for nuclide, shift in binding_shifts.items():
        Z, A = parse(nuclide) if isinstance(nuclide, str) else _pair(nuclide)
        found = np.flatnonzero((nuclides.Z == Z) & (nuclides.A == A))
        if not found.size:
            raise ValueError(f"binding_shifts: {nuclide!r} is not in the pool")
        if int(found[0]) in places:
            raise ValueError(f"binding_shifts: {nuclide!r} is there twice")
        argument = f"binding_shifts[{nuclide!r}]"
        places[int(found[0])] = float(validation.in_range(argument, shift, -100.0, 100.0))
    return places


def _pair(nuclide: object) -> tuple[int, int]:
    if not isinstance(nuclide, tuple) or len(nuclide) != 2:
        raise ValueError(f"binding_shifts: {nuclide!r} must be a name or (Z, A)")
    return validation.integer("Z", nuclide[0], 1, 200), validation.integer("A", nuclide[1], 1, 400)


@cache
def _pool(masses: str, helium_neutrons_max: int, largest_A: int) -> Pool:
    model = mass_model(masses)
    if model.gas_dependent:
        raise ValueError(f"masses = {masses!r}: must not depend on the gas of free neutrons")
    excess = model.grid()[0]
    N = np.arange(excess.shape[1])
    excess[2, helium_neutrons_max + 1 :] = np.nan
    longer = (
        np.isnan(excess[2]) & (N > np.flatnonzero(np.isfinite(excess[2]))[-1]) & (N <= helium_neutrons_max)
    )
    formula = duflo_zuker(2, 2 + N[longer], parameters=10)
    excess[2, longer] = 2 * HYDROGEN_EXCESS_MEV + N[longer] * NEUTRON_EXCESS_MEV - formula
    Z, n = np.nonzero(np.isfinite(excess))
    kept = (Z > 0) & (Z + n >= _A_LIMITS[0]) & (Z + n <= largest_A)
    Z, n = Z[kept], n[kept]
    A = Z + n
    binding = Z * HYDROGEN_EXCESS_MEV + n * NEUTRON_EXCESS_MEV - excess[Z, n]
    a, shift = np.zeros(Z.size), np.zeros(Z.size)
    heavy = (level_density.LIGHTEST <= A) & (Z > 1) & (n > 1)
    a[heavy], shift[heavy] = level_density.parameters(model, Z[heavy], A[heavy])
    known = spins(packaged("AME", _SPINS).path)
    J = np.array([known.get((int(z), int(m)), 0.5 * (m % 2)) for z, m in zip(Z, A, strict=True)])
    columns = Z.astype(float), A.astype(float), binding, 2.0 * J + 1.0, a, shift
    for column in columns:
        column.flags.writeable = False
    return Pool(*columns)
