"""Mass models: tables of masses joined in order of precedence."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib import validation
from crustlib.constants import HYDROGEN_EXCESS_MEV, NEUTRON_EXCESS_MEV
from crustlib.nuclides.names import LARGEST_A, SYMBOLS, broadcast, whole_numbers
from crustlib.nuclides.tables import MassTable, Provenance, mass_table

__all__ = ["MassModel", "mass_model"]

SPLICES = ("mixed", "unmixed")


class MassModel:
    r"""Atomic masses from one table or several, each nuclide's from the first table that holds it.

    Parameters
    ----------
    name : str
        The model's name.
    tables : sequence of MassTable
        The tables, in order of precedence.

    Attributes
    ----------
    name : str
        The model's name.
    tables : tuple of MassTable
        The tables, in order of precedence.

    Notes
    -----
    The free neutron is no nuclide here. Of a nuclide with mass excess :math:`M(Z, A)` the binding energy is
    :math:`B = Z M_\mathrm{H} + N M_\mathrm{n} - M(Z, A)`, with the mass excesses 7.28897 and 8.07132 MeV
    of the hydrogen atom and the neutron.

    Examples
    --------
    >>> model = mass_model("AME2020+DZ31")
    >>> round(model.mass_excess(26, 56), 3)
    -60.607
    >>> (26, 100) in model, (26, 100) in mass_model("AME2020")
    (True, False)
    >>> model.separation_energy(20, [40, 48, 60]).round(2)
    array([15.64,  9.95,  2.8 ])
    """

    def __init__(self, name: str, tables: "tuple[MassTable, ...] | list[MassTable]") -> None:
        self.name = name
        self.tables = tuple(tables)
        if not self.tables or not all(isinstance(table, MassTable) for table in self.tables):
            raise ValueError(f"tables = {tables!r}: must be at least one MassTable")
        self._excess = self.grid("mixed")[0]

    def __repr__(self) -> str:
        """Return the name and the number of nuclides."""
        return f"<MassModel {self.name}: {np.count_nonzero(np.isfinite(self._excess))} nuclides>"

    @property
    def provenance(self) -> tuple[Provenance, ...]:
        """For each table, in order of precedence: where its masses come from."""
        return tuple(table.provenance for table in self.tables)

    @property
    def nuclides(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Charge and mass numbers of all nuclides that the model holds, in order of Z, then A."""
        Z, N = np.nonzero(np.isfinite(self._excess))
        return Z, Z + N

    def grid(self, splice: str = "mixed") -> NDArray[np.float64]:
        """Mass excesses as an array, for kernels.

        Parameters
        ----------
        splice : {"mixed", "unmixed"}
            "mixed": one layer, each nuclide from the first table that holds it; "unmixed": a layer per table.

        Returns
        -------
        ndarray of float64, shape (layers, Z_max + 1, N_max + 1)
            Mass excess in MeV at ``[layer, Z, N]``; NaN where there is none. A copy, yours to change.

        Raises
        ------
        ValueError
            If `splice` is neither.

        Examples
        --------
        >>> mass_model("AME2016+DZ31").grid("unmixed").shape
        (2, 127, 241)
        """
        validation.one_of("splice", splice, SPLICES)
        shape = np.max([table.grid.shape for table in self.tables], axis=0)
        layers = np.full((len(self.tables), *shape), np.nan)
        for layer, table in zip(layers, self.tables, strict=True):
            layer[: table.grid.shape[0], : table.grid.shape[1]] = table.grid
        if splice == "unmixed":
            return layers
        mixed = layers[:1].copy()
        for layer in layers[1:]:
            np.copyto(mixed[0], layer, where=np.isnan(mixed[0]))
        return mixed

    def __contains__(self, nuclide: object) -> bool:
        """Say whether the model holds the nuclide ``(Z, A)``."""
        if not isinstance(nuclide, tuple | list) or len(nuclide) != 2:
            raise ValueError(f"nuclide = {nuclide!r}: must be a pair (Z, A)")
        Z, A = (validation.integer(of, value, 0, LARGEST_A) for of, value in zip("ZA", nuclide, strict=True))
        return bool(np.isfinite(self._lookup(np.array(Z), np.array(A))))

    def mass_excess(self, Z: ArrayLike, A: ArrayLike) -> float | NDArray[np.float64]:
        """Atomic mass excess.

        Parameters
        ----------
        Z, A : int or array_like of int
            Charge and mass number; they broadcast.

        Returns
        -------
        float or ndarray
            Mass excess in MeV, of the broadcast shape.

        Raises
        ------
        ValueError
            If a number is not whole, or the model does not hold a nuclide.

        Examples
        --------
        >>> mass_model("FRDM95").mass_excess([8, 50], [16, 132])
        array([ -4.84, -76.41])
        """
        charge, mass = _pair(Z, A)
        excess = self._known(charge, mass)
        return excess if excess.ndim else float(excess)

    def binding_energy(self, Z: ArrayLike, A: ArrayLike) -> float | NDArray[np.float64]:
        """Binding energy of the atom's nucleus, the electrons' own binding left in.

        Parameters
        ----------
        Z, A : int or array_like of int
            Charge and mass number; they broadcast.

        Returns
        -------
        float or ndarray
            Binding energy in MeV, positive if bound, of the broadcast shape.

        Raises
        ------
        ValueError
            If a number is not whole, or the model does not hold a nuclide.

        Examples
        --------
        >>> round(mass_model("AME2020").binding_energy(2, 4), 3)
        28.296
        """
        charge, mass = _pair(Z, A)
        energy = (
            charge * HYDROGEN_EXCESS_MEV + (mass - charge) * NEUTRON_EXCESS_MEV - self._known(charge, mass)
        )
        return energy if np.ndim(energy) else float(energy)

    def separation_energy(self, Z: ArrayLike, A: ArrayLike, neutrons: int = 1) -> float | NDArray[np.float64]:
        """Energy that it takes to remove neutrons.

        Parameters
        ----------
        Z, A : int or array_like of int
            Charge and mass number before; they broadcast.
        neutrons : int
            How many neutrons go.

        Returns
        -------
        float or ndarray
            Separation energy M(Z, A - x) + x M_n - M(Z, A) in MeV, of the broadcast shape.

        Raises
        ------
        ValueError
            If a number is not whole, or the model does not hold a nuclide, before or after.

        Examples
        --------
        >>> round(mass_model("AME2020").separation_energy(1, 2), 3)
        2.225
        """
        charge, mass = _pair(Z, A)
        x = validation.integer("neutrons", neutrons, 1, LARGEST_A)
        if (mass - x < charge).any():
            worst = int((mass - charge).min())
            raise ValueError(f"neutrons = {neutrons}: there is a nuclide with {worst} neutrons only")
        energy = self._known(charge, mass - x) + x * NEUTRON_EXCESS_MEV - self._known(charge, mass)
        return energy if np.ndim(energy) else float(energy)

    def _lookup(self, Z: NDArray[np.int64], A: NDArray[np.int64]) -> NDArray[np.float64]:
        """Mass excesses, NaN for what the model does not hold."""
        N = A - Z
        inside = (Z < self._excess.shape[0]) & (N >= 0) & (N < self._excess.shape[1])
        return np.where(inside, self._excess[np.where(inside, Z, 0), np.where(inside, N, 0)], np.nan)

    def _known(self, Z: NDArray[np.int64], A: NDArray[np.int64]) -> NDArray[np.float64]:
        excess = self._lookup(Z, A)
        missing = np.isnan(excess)
        if missing.any():
            raise ValueError(self._absence(int(Z[missing].flat[0]), int(A[missing].flat[0])))
        return excess

    def _absence(self, Z: int, A: int) -> str:
        """Say that there is no such nuclide, and what there is."""
        known_Z, known_A = self.nuclides
        isotopes = known_A[known_Z == Z]
        if isotopes.size:
            there_is = f"of Z = {Z} ({SYMBOLS[Z]}) it holds A = {_ranges(isotopes)}"
        else:
            there_is = f"it holds elements of Z = {_ranges(np.unique(known_Z))}"
        return f"Z = {Z}, A = {A}: {self.name} holds no such nuclide; {there_is}"


def mass_model(name: str) -> MassModel:
    """Return a mass model by name, read on the first call and kept.

    Parameters
    ----------
    name : str
        A name of `available`, or several joined with "+" in order of precedence, such as
        "AME2016+FRDM95+DZ31": each nuclide's mass is from the first of them that holds it. "AME2016" and
        "AME2020" are measured masses only; with "#" at the end the evaluators' estimates are in, too.

    Returns
    -------
    MassModel
        The model.

    Raises
    ------
    ValueError
        If there is no such model; the message says what comes close.

    Examples
    --------
    >>> mass_model("AME2020+DZ10")
    <MassModel AME2020+DZ10: 9338 nuclides>
    >>> mass_model("FRDM92")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: name = 'FRDM92': no such mass table; did you mean 'FRDM95'? available: AME2016, ...
    """
    if not isinstance(name, str):
        raise ValueError(f"name = {name!r}: must be a string such as 'AME2016+FRDM95+DZ31'")
    parts = [part.strip() for part in name.split("+")]
    repeated = {part for part in parts if parts.count(part) > 1}
    if repeated:
        raise ValueError(f"name = {name!r}: repeats {', '.join(sorted(repeated))}")
    return _joined(tuple(parts))


@cache
def _joined(parts: tuple[str, ...]) -> MassModel:
    return MassModel("+".join(parts), [mass_table(part) for part in parts])


def _pair(Z: ArrayLike, A: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return broadcast(whole_numbers("Z", Z, 1, len(SYMBOLS) - 1), whole_numbers("A", A, 1, LARGEST_A))


def _ranges(numbers: NDArray[np.int64]) -> str:
    """Write ascending numbers as "4, 6 to 9"."""
    runs = np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1)
    return ", ".join(str(run[0]) if run.size == 1 else f"{run[0]} to {run[-1]}" for run in runs)
