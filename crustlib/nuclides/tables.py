"""Tables of atomic mass excesses, one per published source, and the registry that knows them.

To add one: write how its file is read into arrays ``Z, A, mass_excess`` (or its formula evaluated), and add a
`_Recipe` (or `_Formula`) under its name to `_REGISTRY`. Nothing else changes.

Measured masses and theoretical tables are read, at run time, out of the files that the package
`nucleardatapy` installs. That package is never imported: doing so would start matplotlib and much else.
"""

import difflib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib import metadata, util
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib import validation
from crustlib.constants import HYDROGEN_EXCESS_MEV, NEUTRON_EXCESS_MEV
from crustlib.nuclides.duflo_zuker import LARGEST_Z, duflo_zuker
from crustlib.nuclides.names import LARGEST_A, SYMBOLS, whole_numbers
from crustlib.nuclides.shells import LARGEST_NUMBER

__all__ = ["MassTable", "Provenance", "available", "mass_table"]

_PACKAGE = "nucleardatapy"
_FOLDER = ("data", "nuclei", "masses")

_Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


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
    """How a table is made: `read` gets the path of `file` below the package's masses."""

    reference: str
    file: tuple[str, ...]
    read: Callable[[Path], _Columns]
    remarks: str = ""


@dataclass(frozen=True)
class _Formula:
    """How a table that reads no file is made."""

    reference: str
    evaluate: Callable[[], _Columns]
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
    ('AME2016', 'AME2016#', 'AME2020', 'AME2020#', 'FRDM95', 'HFB21', 'DZ31', 'DZ10')
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
    ModuleNotFoundError
        If the package that holds the table's file is not installed.

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
    path = _locate(recipe.file)
    return MassTable.from_columns(
        name,
        *recipe.read(path),
        reference=recipe.reference,
        source="/".join((_PACKAGE, *_FOLDER, *recipe.file)),
        package=f"{_PACKAGE} {metadata.version(_PACKAGE)}",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        remarks=recipe.remarks,
    )


def _locate(file: tuple[str, ...]) -> Path:
    spec = util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            f"the mass tables are files of the Python package {_PACKAGE!r}, which is not installed: "
            f"install it with 'pip install {_PACKAGE}'",
            name=_PACKAGE,
        )
    path = Path(spec.submodule_search_locations[0]).joinpath(*_FOLDER, *file)
    if not path.is_file():
        raise FileNotFoundError(
            f"the installed {_PACKAGE} {metadata.version(_PACKAGE)} has no file "
            f"{'/'.join((*_FOLDER, *file))}: install the version that the project pins"
        )
    return path


def _read_nubase(path: Path, estimates: bool) -> _Columns:
    """Read ground states from a NUBASE file, whose columns are fixed: AAA ZZZi, then keV from column 19.

    The uncertainty starts in column 30 (2016) or 32 (2020); in both the first word from 19 on is the mass.
    """
    rows = []
    with path.open(encoding="latin-1") as lines:
        for line in lines:
            if line.startswith("#") or line[7] != "0":  # a remark, or an isomer, level or resonance
                continue
            Z, words = int(line[4:7]), line[18:31].split()
            if Z == 0 or not words or ("#" in words[0] and not estimates):
                continue
            rows.append((Z, int(line[:3]), float(words[0].rstrip("#")) * 1e-3))
    columns = np.array(rows)
    return columns[:, 0].astype(np.int64), columns[:, 1].astype(np.int64), columns[:, 2]


def _read_frdm95(path: Path) -> _Columns:
    """Read Z, N, mass excess (MeV)."""
    Z, N, excess = np.loadtxt(path, unpack=True)
    return Z.astype(np.int64), (Z + N).astype(np.int64), excess


def _read_hfb21(path: Path) -> _Columns:
    """Read Z, A and, in the column Mcal, the computed mass excess (MeV)."""
    Z, A, excess = np.loadtxt(path, usecols=(0, 1, 9), unpack=True)
    return Z.astype(np.int64), A.astype(np.int64), excess


def _dz31() -> _Columns:
    """Evaluate the 31-parameter formula wherever its shells allow: 6 <= Z <= 126, 6 <= N <= 240."""
    Z, N = (axis.ravel() for axis in np.mgrid[6 : LARGEST_Z + 1, 6 : LARGEST_NUMBER + 1])
    return _from_binding(Z, Z + N, np.asarray(duflo_zuker(Z, Z + N)))


# First and last N, in the 10-parameter table (AMDC 1996), of the elements that the 28-parameter table, which
# starts at oxygen, lacks. The last of helium, N = 12, decides what the deep crust is made of in equilibrium.
_DZ10_LIGHT = {2: (2, 12), 3: (1, 14), 4: (1, 18), 5: (1, 20), 6: (1, 22), 7: (3, 24)}


def _read_dz10(path: Path) -> _Columns:
    """Evaluate the 10-parameter formula where its table has masses; `path` is that of the 28-parameter one.

    Only which nuclides the file holds is used. Its lines end in a carriage return alone.
    """
    heavy_Z, heavy_N = np.loadtxt(path, usecols=(0, 1), unpack=True, dtype=np.int64)
    light = np.array([(Z, N) for Z, (first, last) in _DZ10_LIGHT.items() for N in range(first, last + 1)])
    Z, N = np.concatenate((light, np.column_stack((heavy_Z, heavy_N)))).T
    return _from_binding(Z, Z + N, np.asarray(duflo_zuker(Z, Z + N, parameters=10)))


def _from_binding(Z: NDArray[np.int64], A: NDArray[np.int64], binding: NDArray[np.float64]) -> _Columns:
    return Z, A, Z * HYDROGEN_EXCESS_MEV + (A - Z) * NEUTRON_EXCESS_MEV - binding


def _nubase(reference: str, file: str, estimates: bool) -> _Recipe:
    remarks = "ground states in NUBASE format; measured masses"
    if estimates:
        remarks += " and, where there is none, the evaluators' estimates"
    return _Recipe(reference, ("AME", file), partial(_read_nubase, estimates=estimates), remarks)


_AME2016 = "Wang et al. 2017, Chinese Physics C 41, 030003; Audi et al. 2017, Chinese Physics C 41, 030001"
_AME2020 = "Wang et al. 2021, Chinese Physics C 45, 030003; Kondev et al. 2021, Chinese Physics C 45, 030001"
_NUBASE2016, _NUBASE2020 = "2016_nubase2016.txt", "2020_nubase_4.mas20.txt"

_REGISTRY: dict[str, _Recipe | _Formula] = {
    "AME2016": _nubase(_AME2016, _NUBASE2016, estimates=False),
    "AME2016#": _nubase(_AME2016, _NUBASE2016, estimates=True),
    "AME2020": _nubase(_AME2020, _NUBASE2020, estimates=False),
    "AME2020#": _nubase(_AME2020, _NUBASE2020, estimates=True),
    "FRDM95": _Recipe(
        "Moeller, Nix, Myers & Swiatecki 1995, Atomic Data and Nuclear Data Tables 59, 185",
        ("Theory", "1995-FRDM.txt"),
        _read_frdm95,
        "the finite-range droplet model's masses, not the liquid-drop variant's",
    ),
    "HFB21": _Recipe(
        "Goriely, Chamel & Pearson 2010, Physical Review C 82, 035804",
        ("Theory", "2010-HFB21.dat"),
        _read_hfb21,
    ),
    "DZ31": _Formula(
        "Duflo & Zuker 1995, Physical Review C 52, R23",
        _dz31,
        "31-parameter formula, evaluated here for 6 <= Z <= 126, 6 <= N <= 240",
    ),
    "DZ10": _Recipe(
        "Duflo & Zuker 1995, Physical Review C 52, R23; "
        "Mendoza-Temis, Hirsch & Zuker 2010, Nuclear Physics A 843, 14",
        ("Theory", "1995-DZ.txt"),
        _read_dz10,
        "10-parameter formula, evaluated here with the coefficients of the table distributed in 1996; the "
        "file, a table of the 28-parameter formula, says only where it ends from Z = 8 on; for Z = 2 to 7 it "
        "ends at N = 12, 14, 18, 20, 22, 24",
    ),
}
