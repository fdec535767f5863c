"""Mass models: tables of masses joined in order of precedence."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib import validation
from crustlib.constants import HYDROGEN_EXCESS_MEV, NEUTRON_EXCESS_MEV
from crustlib.nuclides import liquid_drop
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
    gas_dependent : bool
        Whether masses depend on the gas of free neutrons around the nuclei: if "MB-type" is among the tables.

    Notes
    -----
    The free neutron is no nuclide here. Of a nuclide with mass excess :math:`M(Z, A)` the binding energy is
    :math:`B = Z M_\mathrm{H} + N M_\mathrm{n} - M(Z, A)`, with the mass excesses 7.28897 and 8.07132 MeV
    of the hydrogen atom and the neutron.

    Tables hold the masses of nuclei in vacuum. Where "MB-type" is among them, a gas of neutrons shifts every
    nuclide's mass by as much as it shifts the liquid drop's, :math:`G(n_\mathrm{n}) - G(0)` of
    `liquid_drop.drop`, whichever table the mass is from: so all nuclides of a reaction are in the same gas.
    Without "MB-type" a gas changes no mass.

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
        self.gas_dependent = any(table.name == liquid_drop.NAME for table in self.tables)
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

    def gas_shift(self) -> tuple[float, NDArray[np.float64]]:
        """How much a gas of neutrons shifts the masses, as an array, for kernels.

        Returns
        -------
        step : float
            Spacing in fm^-1 of the nodes in k_n = (3 pi^2 n_n / 2)^(1/3), the first of which is 0; 0 if no
            mass depends on the gas.
        shift : ndarray of float64, shape (nodes, Z_max + 1, N_max + 1)
            Mass excess in the gas less that in vacuum, in MeV, at ``[node, Z, N]``; NaN where there is no
            drop. Between the nodes use the cubic through the nearest four. Not writeable; empty if no mass
            depends on the gas.

        Examples
        --------
        >>> step, shift = mass_model("MB-type").gas_shift()
        >>> float(shift[10, 20, 36])  # of 56Ca, where k_n is ten times the step
        5.52
        >>> mass_model("FRDM95").gas_shift()[1].shape
        (0, 0, 0)
        """
        return liquid_drop.gas_shifts() if self.gas_dependent else (0.0, np.empty((0, 0, 0)))

    def __contains__(self, nuclide: object) -> bool:
        """Say whether the model holds the nuclide ``(Z, A)``."""
        if not isinstance(nuclide, tuple | list) or len(nuclide) != 2:
            raise ValueError(f"nuclide = {nuclide!r}: must be a pair (Z, A)")
        Z, A = (validation.integer(of, value, 0, LARGEST_A) for of, value in zip("ZA", nuclide, strict=True))
        return bool(np.isfinite(self._lookup(np.array(Z), np.array(A))))

    def mass_excess(
        self, Z: ArrayLike, A: ArrayLike, neutron_density: ArrayLike = 0.0
    ) -> float | NDArray[np.float64]:
        """Atomic mass excess, in vacuum or in a gas of free neutrons.

        Parameters
        ----------
        Z, A : int or array_like of int
            Charge and mass number; they broadcast.
        neutron_density : float or array_like
            Density of the gas in fm^-3, >= 0; broadcasts. It has an effect only if the model is
            `gas_dependent`, and is then at most 0.06, with Z from 6 to 82.

        Returns
        -------
        float or ndarray
            Mass excess in MeV, of the broadcast shape; in a gas, the work of displacing it included.

        Raises
        ------
        ValueError
            If a number is not whole, the model does not hold a nuclide, or the density is out of range.
        ConvergenceError
            If the gas dissolves a nuclide.

        Examples
        --------
        >>> mass_model("FRDM95").mass_excess([8, 50], [16, 132])
        array([ -4.84, -76.41])
        >>> mass_model("MB-type").mass_excess(20, 68, [0.0, 1e-3]).round(2)
        array([68.19, 88.73])
        """
        charge, mass, gas = _broadcast(*_pair(Z, A), neutron_density)
        excess = self._known(charge, mass, gas)
        return excess if excess.ndim else float(excess)

    def binding_energy(
        self, Z: ArrayLike, A: ArrayLike, neutron_density: ArrayLike = 0.0
    ) -> float | NDArray[np.float64]:
        """Binding energy of the atom's nucleus, the electrons' own binding left in.

        Parameters
        ----------
        Z, A : int or array_like of int
            Charge and mass number; they broadcast.
        neutron_density : float or array_like
            Density of the gas in fm^-3, as in `mass_excess`.

        Returns
        -------
        float or ndarray
            Binding energy in MeV, positive if bound, of the broadcast shape.

        Raises
        ------
        ValueError
            If a number is not whole, the model does not hold a nuclide, or the density is out of range.
        ConvergenceError
            If the gas dissolves a nuclide.

        Examples
        --------
        >>> round(mass_model("AME2020").binding_energy(2, 4), 3)
        28.296
        """
        charge, mass, gas = _broadcast(*_pair(Z, A), neutron_density)
        free = charge * HYDROGEN_EXCESS_MEV + (mass - charge) * NEUTRON_EXCESS_MEV
        energy = free - self._known(charge, mass, gas)
        return energy if np.ndim(energy) else float(energy)

    def separation_energy(
        self, Z: ArrayLike, A: ArrayLike, neutrons: int = 1, neutron_density: ArrayLike = 0.0
    ) -> float | NDArray[np.float64]:
        """Energy that it takes to remove neutrons, and bring them where there is no gas.

        Parameters
        ----------
        Z, A : int or array_like of int
            Charge and mass number before; they broadcast.
        neutrons : int
            How many neutrons go.
        neutron_density : float or array_like
            Density of the gas in fm^-3 around the nucleus, before and after; as in `mass_excess`.

        Returns
        -------
        float or ndarray
            Separation energy M(Z, A - x) + x M_n - M(Z, A) in MeV, of the broadcast shape.

        Raises
        ------
        ValueError
            If a number is not whole, the model does not hold a nuclide, before or after, or the density is
            out of range.
        ConvergenceError
            If the gas dissolves a nuclide.

        Examples
        --------
        >>> round(mass_model("AME2020").separation_energy(1, 2), 3)
        2.225
        """
        charge, mass, gas = _broadcast(*_pair(Z, A), neutron_density)
        x = validation.integer("neutrons", neutrons, 1, LARGEST_A)
        if (mass - x < charge).any():
            worst = int((mass - charge).min())
            raise ValueError(f"neutrons = {neutrons}: there is a nuclide with {worst} neutrons only")
        before, after = self._known(charge, mass, gas), self._known(charge, mass - x, gas)
        energy = after + x * NEUTRON_EXCESS_MEV - before
        return energy if np.ndim(energy) else float(energy)

    def _lookup(self, Z: NDArray[np.int64], A: NDArray[np.int64]) -> NDArray[np.float64]:
        """Mass excesses, NaN for what the model does not hold."""
        N = A - Z
        inside = (Z < self._excess.shape[0]) & (N >= 0) & (N < self._excess.shape[1])
        return np.where(inside, self._excess[np.where(inside, Z, 0), np.where(inside, N, 0)], np.nan)

    def _known(
        self, Z: NDArray[np.int64], A: NDArray[np.int64], gas: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        excess = self._lookup(Z, A)
        missing = np.isnan(excess)
        if missing.any():
            raise ValueError(self._absence(int(Z[missing].flat[0]), int(A[missing].flat[0])))
        if self.gas_dependent:
            immersed = gas > 0.0
            Z, A, gas = Z[immersed], A[immersed], gas[immersed]
            excess[immersed] += liquid_drop.drop(Z, A, gas).G - liquid_drop.drop(Z, A).G
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
    FileNotFoundError
        If the file of "FRDM12" is nowhere; the message says how to get it (see `fetch`).

    Examples
    --------
    >>> mass_model("AME2020+DZ10")
    <MassModel AME2020+DZ10: 9338 nuclides>
    >>> mass_model("FRDM92")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: name = 'FRDM92': no such mass table; did you mean 'FRDM95' or ...? available: ...
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


def _broadcast(
    Z: NDArray[np.int64], A: NDArray[np.int64], neutron_density: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    gas = np.asarray(validation.non_negative("neutron_density", neutron_density))
    try:
        charge, mass, density = np.broadcast_arrays(Z, A, gas)
    except ValueError:
        raise ValueError(
            f"Z, A: of shape {Z.shape}, and neutron_density: of {gas.shape}, do not broadcast"
        ) from None
    return charge, mass, density


def _ranges(numbers: NDArray[np.int64]) -> str:
    """Write ascending numbers as "4, 6 to 9"."""
    runs = np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1)
    return ", ".join(str(run[0]) if run.size == 1 else f"{run[0]} to {run[-1]}" for run in runs)
