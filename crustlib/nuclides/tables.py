"""Tables of atomic mass excesses, one per published source, and the registry that knows them.

To add one: write in `readers` how its file is read into arrays ``Z, A, mass_excess`` (or its formula
evaluated), and add a `_Recipe` (or `_Formula`) under its name to `_REGISTRY`. Nothing else changes. The files
are read at run time, from where `sources` finds them.
"""

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib import validation
from crustlib.nuclides import liquid_drop, readers
from crustlib.nuclides.names import LARGEST_A, SYMBOLS, whole_numbers
from crustlib.nuclides.sources import File, packaged, supplied

__all__ = ["MassTable", "Provenance", "available", "mass_table"]

_Reader = Callable[[Path], readers.Columns]


class Provenance(NamedTuple):
    """Where a table's masses come from; `source`, `package`, `sha256` are empty where no file is read."""

    name: str
    reference: str
    source: str
    package: str
    sha256: str
    nuclides: int
    remarks: str


@dataclass(frozen=True, eq=False)
class MassTable:
    """Atomic mass excesses of one source.

    Attributes
    ----------
    name : str
        The source's name.
    grid : ndarray of float64
        Mass excess in MeV at ``[Z, N]``; NaN where the source has none. Not writeable.
    provenance : Provenance
        Where the numbers come from.
    """

    name: str
    grid: NDArray[np.float64]
    provenance: Provenance

    @classmethod
    def from_columns(
        cls,
        name: str,
        Z: ArrayLike,
        A: ArrayLike,
        mass_excess: ArrayLike,
        *,
        reference: str = "",
        source: str = "",
        package: str = "",
        sha256: str = "",
        remarks: str = "",
    ) -> "MassTable":
        """Make a table of columns, your own ones for example.

        Parameters
        ----------
        name : str
            A name for the table.
        Z, A : array_like of int, shape (n,)
            Charge and mass numbers; each pair once, ``1 <= Z <= A``.
        mass_excess : array_like, shape (n,)
            Atomic mass excesses in MeV.
        reference, source, package, sha256, remarks : str
            Go into the `Provenance`.

        Returns
        -------
        MassTable
            The table.

        Raises
        ------
        ValueError
            If the columns differ in length, are empty, repeat a nuclide, or hold what no nuclide has.

        Examples
        --------
        >>> MassTable.from_columns("mine", [26, 28], [56, 62], [-60.607, -66.746]).grid.shape
        (29, 35)
        """
        charge, mass = whole_numbers("Z", Z, 1, len(SYMBOLS) - 1), whole_numbers("A", A, 1, LARGEST_A)
        excess = np.asarray(validation.finite("mass_excess", mass_excess))
        if charge.ndim != 1 or not charge.size or not charge.shape == mass.shape == excess.shape:
            raise ValueError(
                "Z, A, mass_excess: must be columns of one length, at least 1, "
                f"not of shapes {charge.shape}, {mass.shape}, {excess.shape}"
            )
        neutrons = mass - charge
        if (neutrons < 0).any():
            raise ValueError(f"A = {mass[neutrons < 0][0]}: must be at least Z = {charge[neutrons < 0][0]}")
        grid = np.full((charge.max() + 1, neutrons.max() + 1), np.nan)
        grid[charge, neutrons] = excess
        count = int(np.count_nonzero(np.isfinite(grid)))
        if count < charge.size:
            raise ValueError(
                f"Z, A: table {name!r} has {charge.size} rows, but only {count} different nuclides"
            )
        grid.setflags(write=False)
        return cls(name, grid, Provenance(name, reference, source, package, sha256, count, remarks))


@dataclass(frozen=True)
class _Recipe:
    """How a table is made: `read` gets the path of what `file` finds."""

    reference: str
    file: Callable[[], File]
    read: _Reader
    remarks: str = ""


@dataclass(frozen=True)
class _Formula:
    """How a table that reads no file is made."""

    reference: str
    evaluate: Callable[[], readers.Columns]
    remarks: str = ""


def available() -> tuple[str, ...]:
    """Return the names of the single tables that `mass_model` can join with "+".

    Returns
    -------
    tuple of str
        Names, measured masses first.

    Examples
    --------
    >>> available()
    ('AME2016', 'AME2016#', 'AME2020', 'AME2020#', 'FRDM95', 'FRDM12', ...)
    """
    return tuple(_REGISTRY)


@cache
def mass_table(name: str) -> MassTable:
    """Return one table, read on the first call and kept.

    Parameters
    ----------
    name : str
        One of `available`.

    Returns
    -------
    MassTable
        The table.

    Raises
    ------
    ValueError
        If there is no table of that name.
        If a file that the reader supplied is not the right one.
    ModuleNotFoundError
        If the package that holds the table's file is not installed.
    FileNotFoundError
        If no package holds the table's file, and the reader has not supplied it.

    Examples
    --------
    >>> mass_table("FRDM95").provenance.nuclides
    8979
    """
    if name not in _REGISTRY:
        folded = {known.upper(): known for known in _REGISTRY}
        close = difflib.get_close_matches(str(name).upper(), folded, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(repr(folded[c]) for c in close)}? " if close else ""
        raise ValueError(f"name = {name!r}: no such mass table; {hint}available: {', '.join(_REGISTRY)}")
    recipe = _REGISTRY[name]
    if isinstance(recipe, _Formula):
        return MassTable.from_columns(
            name, *recipe.evaluate(), reference=recipe.reference, remarks=recipe.remarks
        )
    file = recipe.file()
    return MassTable.from_columns(
        name,
        *recipe.read(file.path),
        reference=recipe.reference,
        source=file.source,
        package=file.package,
        sha256=file.sha256,
        remarks=recipe.remarks,
    )


def _nubase(reference: str, file: str, estimates: bool) -> _Recipe:
    remarks = "ground states in NUBASE format; measured masses"
    if estimates:
        remarks += " and, where there is none, the evaluators' estimates"
    read = partial(readers.nubase, estimates=estimates)
    return _Recipe(reference, partial(packaged, "AME", file), read, remarks)


def _theory(reference: str, file: str, remarks: str = "", read: _Reader = readers.neutrons_column) -> _Recipe:
    return _Recipe(reference, partial(packaged, "Theory", file), read, remarks)


_AME2016 = "Wang et al. 2017, Chinese Physics C 41, 030003; Audi et al. 2017, Chinese Physics C 41, 030001"
_AME2020 = "Wang et al. 2021, Chinese Physics C 45, 030003; Kondev et al. 2021, Chinese Physics C 45, 030001"
_NUBASE2016, _NUBASE2020 = "2016_nubase2016.txt", "2020_nubase_4.mas20.txt"

_DUFLO_ZUKER = "Duflo & Zuker 1995, Physical Review C 52, R23"
_GORIELY2013 = "Goriely, Chamel & Pearson 2013, Physical Review C 88, 024308"
_WANG2011 = "Wang & Liu 2011, Physical Review C 84, 051303"
_DISPLACED = "up to Z = 100: from there on the neutron numbers in the file are displaced"
_CORRECTED = "as the file has it, with the radial-basis-function correction, which halves its errors"
_brussels = partial(readers.neutrons_column, excess=3)
_up_to_fermium = partial(readers.neutrons_column, largest_Z=100)

_REGISTRY: dict[str, _Recipe | _Formula] = {
    "AME2016": _nubase(_AME2016, _NUBASE2016, estimates=False),
    "AME2016#": _nubase(_AME2016, _NUBASE2016, estimates=True),
    "AME2020": _nubase(_AME2020, _NUBASE2020, estimates=False),
    "AME2020#": _nubase(_AME2020, _NUBASE2020, estimates=True),
    "FRDM95": _theory(
        "Moeller, Nix, Myers & Swiatecki 1995, Atomic Data and Nuclear Data Tables 59, 185",
        "1995-FRDM.txt",
        "the finite-range droplet model's masses, not the liquid-drop variant's",
    ),
    "FRDM12": _Recipe(
        "Moeller, Sierk, Ichikawa & Sagawa 2016, Atomic Data and Nuclear Data Tables 109-110, 1",
        partial(supplied, "FRDM12"),
        readers.frdm12,
        "the finite-range droplet model's masses, not the liquid-drop variant's; the file is in no package: "
        "in the folder CRUSTLIB_DATA, or brought by nuclides.fetch",
    ),
    "HFB14": _theory(
        "Goriely, Samyn & Pearson 2007, Physical Review C 75, 064312",
        "2007-HFB14.txt",
        _DISPLACED,
        _up_to_fermium,
    ),
    "HFB21": _theory(
        "Goriely, Chamel & Pearson 2010, Physical Review C 82, 035804",
        "2010-HFB21.dat",
        read=partial(readers.mass_column, excess=9),
    ),
    "HFB22": _theory(_GORIELY2013, "2013-HFB22.txt"),
    "HFB23": _theory(_GORIELY2013, "2013-HFB23.txt"),
    "HFB24": _theory(_GORIELY2013, "2013-HFB24.txt"),
    "HFB25": _theory(_GORIELY2013, "2013-HFB25.txt"),
    "HFB26": _theory(_GORIELY2013, "2013-HFB26.txt"),
    "BSkG1": _theory(
        "Scamps, Goriely, Olsen, Bender & Ryssens 2021, European Physical Journal A 57, 333",
        "2021-BSkG1.txt",
        read=_brussels,
    ),
    "BSkG2": _theory(
        "Ryssens, Scamps, Goriely & Bender 2022, European Physical Journal A 58, 246",
        "2022-BSkG2.txt",
        read=_brussels,
    ),
    "BSkG3": _theory(
        "Grams, Ryssens, Scamps, Goriely & Chamel 2023, European Physical Journal A 59, 270",
        "2023-BSkG3.txt",
        read=_brussels,
    ),
    "BSkG4": _theory(
        "Grams, Ryssens, Shchechilin, Sanchez-Fernandez, Chamel & Goriely 2024, arXiv:2411.08007",
        "2025-BSkG4.txt",
        read=_brussels,
    ),
    "WS*": _theory(
        f"Wang, Liang, Liu & Wu 2010, Physical Review C 82, 044304; {_WANG2011}", "2010-WS3.txt", _CORRECTED
    ),
    "WS3": _theory(
        f"Liu, Wang, Deng & Wu 2011, Physical Review C 84, 014333; {_WANG2011}", "2011-WS3.txt", _CORRECTED
    ),
    "KTUY": _theory(
        "Koura, Tachibana, Uno & Yamada 2005, Progress of Theoretical Physics 113, 305",
        "2005-KTUY.txt",
        _DISPLACED,
        _up_to_fermium,
    ),
    "ETFSI": _theory(
        "Aboussir, Pearson, Dutta & Tondeur 1995, Atomic Data and Nuclear Data Tables 61, 127",
        "1995-ETFSI.txt",
        _DISPLACED,
        _up_to_fermium,
    ),
    "MJ88": _theory("Masson & Jaenecke 1988, Atomic Data and Nuclear Data Tables 39, 273", "1988-MJ.txt"),
    "DZ28": _theory(_DUFLO_ZUKER, "1995-DZ.txt", "a table of the 28-parameter formula"),
    "DZ31": _Formula(
        _DUFLO_ZUKER, readers.dz31, "31-parameter formula, evaluated here for 6 <= Z <= 126, 6 <= N <= 240"
    ),
    "DZ10": _theory(
        f"{_DUFLO_ZUKER}; Mendoza-Temis, Hirsch & Zuker 2010, Nuclear Physics A 843, 14",
        "1995-DZ.txt",
        "10-parameter formula, evaluated here with the coefficients of the table distributed in 1996; the "
        "file, a table of the 28-parameter formula, says only where it ends from Z = 8 on; for Z = 2 to 7 it "
        "ends at N = 12, 14, 18, 20, 22, 24",
        readers.dz10,
    ),
    liquid_drop.NAME: _Formula(
        "Baym, Bethe & Pethick 1971, Nuclear Physics A 175, 225; "
        "Mackie & Baym 1977, Nuclear Physics A 285, 332",
        liquid_drop.columns,
        "a compressible liquid drop of their form, not the table of Mackie & Baym: this project fitted the "
        "constants to AME2016 and to the one-component sequence of Haensel & Zdunik; no shells",
    ),
}
