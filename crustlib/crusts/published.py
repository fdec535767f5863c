"""Crusts that others have published, or a reader's own table, as Profiles."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import numpy as np
import xarray as xr

from crustlib.crusts import profile
from crustlib.crusts.published_files import Columns, gogny, grams, negele_vautherin, pearson
from crustlib.validation import one_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PUBLISHED", "from_table", "published"]

_CELLS = "cells: the source has no clusters, so that A_cl includes the free neutrons"
_INSIDE = "clusters: all nucleons inside their surface"
_SURPLUS = "clusters: nucleons above the gas around them, which is taken to fill them, too"


class _Source(NamedTuple):
    file: str
    read: Callable[[str], Columns]
    reference: str
    counts: str


_PEARSON = "Pearson et al. 2018, Monthly Notices of the Royal Astronomical Society 481, 2994"
_MONDAL = "Mondal, Vinas, Centelles & De 2020, Physical Review C 102, 015802"
_GRAMS = "Grams, Margueron, Somasundaram & Reddy 2022, European Physical Journal A 58, 56"
_GRAMS_MODELS = (
    "BSk14", "BSk16", "DHSL59", "DHSL69", "F0", "H1", "H2", "H3", "H4", "H5", "H7", "LNS5", "RATP",
    "SGII", "SLy5",
)  # fmt: skip

_SOURCES = {
    "Negele-Vautherin": _Source(
        "1973-Negele-Vautherin.dat",
        negele_vautherin,
        "Negele & Vautherin 1973, Nuclear Physics A 207, 298",
        _INSIDE,
    ),
    **{
        name: _Source(f"2018-PCPFDDG-{name.upper()}.dat", pearson, _PEARSON, _SURPLUS)
        for name in ("BSk22", "BSk24", "BSk25", "BSk26")
    },
    **{
        name: _Source(f"2020-MVCD-{file}.dat", gogny, _MONDAL, _CELLS)
        for name, file in (("D1S", "D1S"), ("D1M", "D1M"), ("D1M*", "D1MS"))
    },
    **{
        f"GMRS-{name}": _Source(f"2022-GMRS-{name.upper()}.dat", grams, _GRAMS, _INSIDE)
        for name in _GRAMS_MODELS
    },
}

PUBLISHED = tuple(_SOURCES)
"""Names of the crusts that `published` reads."""


def published(name: str) -> xr.Dataset:
    """Read a published crust of a cold neutron star that has not accreted.

    Parameters
    ----------
    name : str
        One of `PUBLISHED`: "Negele-Vautherin" (1973), "BSk22", "BSk24", "BSk25" and "BSk26" (Pearson et al.
        2018), "D1S", "D1M" and "D1M*" (Mondal et al. 2020), inner crusts all; "GMRS-BSk14" and so on (Grams
        et al. 2022), outer and inner.

    Returns
    -------
    xarray.Dataset
        A Profile with the columns that the source has, as the source has them (so that a pressure may fall
        from one layer to the next); `Z_cl` and `A_cl` for the composition. What `A_cl` counts differs: the
        attribute `counts` says whether it is all nucleons inside a cluster's surface, only the surplus above
        the gas around it, or a whole cell. Where the file has what it takes, the columns `A_inside` and
        `A_surplus` have the first two, and `gas_density` the gas. `A_cell` times the electrons per baryon is
        the charge of a cell.

    Raises
    ------
    ValueError
        If there is no crust of that name.
    ModuleNotFoundError
        If `nucleardatapy`, which holds the files, is not installed.
    FileNotFoundError
        If the installed version lacks the file.

    Examples
    --------
    >>> crust = published("BSk25")
    >>> crust.attrs["counts"]
    'clusters: nucleons above the gas around them, which is taken to fill them, too'
    >>> float(crust["A_cl"][0] / crust["Z_cl"][0])
    3.2936
    """
    source = _SOURCES[one_of("name", name, PUBLISHED)]
    return profile.make(
        source.read(source.file),
        ordered=False,
        maker="published",
        name=name,
        source=source.reference,
        counts=source.counts,
        call={"name": name},
    )


# Columns of a reader's own table; a row per layer
_REQUIRED = ("baryon_density", "Z_cl", "A_cl")
_OPTIONAL = (
    "electron_density", "neutron_density", "proton_density", "A_cell", "A_inside", "A_surplus",
    "gas_density", "pressure", "mass_density", "temperature", "mu_n", "mu_p",
)  # fmt: skip
_SIGNED = ("mu_n", "mu_p")
_MAY_VANISH = ("neutron_density", "proton_density", "gas_density")


def from_table(
    table: "str | Path | TextIO | pd.DataFrame | Mapping[str, Any]", name: str = "", source: str = ""
) -> xr.Dataset:
    """Make a Profile of a table, so that a crust of your own can be studied as any other.

    Parameters
    ----------
    table : str, Path, open text file, DataFrame or mapping
        A file of comma-separated values under a line of names, or the columns themselves. A row is a layer,
        from the surface down: `baryon_density` (fm^-3) increases. Needed are the columns `baryon_density`,
        `Z_cl` and `A_cl` (charge and mass number of the clusters), and `electron_density` (fm^-3) or
        `A_cell` (baryons of a cell; then the electrons are Z_cl per cell). Known besides, in the units of
        `profile.VARIABLES`: `pressure`, `neutron_density`, `proton_density`, `mass_density`, `temperature`,
        `mu_n`, `mu_p`; and what weighs in the gas, `A_inside`, `A_surplus`, `gas_density`.
    name, source : str
        What to call the crust, and where it is from.

    Returns
    -------
    xarray.Dataset
        A Profile.

    Raises
    ------
    ValueError
        If a column is missing or unknown, or a value is no number or out of range: the message names row,
        counted from 1 below the names, and column.
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> columns = {"baryon_density": [1e-3, 1e-2], "Z_cl": [40, 40], "A_cl": [120, 130]}
    >>> columns["A_cell"] = [400, 1000]
    >>> from_table(columns, name="mine")["electron_density"].values
    array([0.0001, 0.0004])
    >>> from_table({**columns, "A_cl": [120, "many"]})
    Traceback (most recent call last):
        ...
    ValueError: table, row 2, column A_cl: 'many' must be a finite number > 0
    """
    given = _given(table)
    _known_columns(list(given))
    columns = {column: _numbers(column, values) for column, values in given.items()}
    falls = np.flatnonzero(np.diff(columns["baryon_density"]) <= 0.0)
    if falls.size:
        raise ValueError(
            f"table, row {falls[0] + 2}, column baryon_density: must be larger than in the row before"
        )
    for column, least in (("A_cl", "Z_cl"), ("A_inside", "A_surplus")):
        if {column, least} <= set(columns):
            low = np.flatnonzero(columns[column] < columns[least])
            if low.size:
                raise ValueError(f"table, row {low[0] + 1}, column {column}: must be at least {least}")
    if "electron_density" not in columns:
        columns["electron_density"] = columns["baryon_density"] * columns["Z_cl"] / columns["A_cell"]
    return profile.make(columns, maker="from_table", name=name, source=source, counts="the reader's clusters")


def _given(table: Any) -> dict[str, Any]:
    """Return the table's columns by name, blanks around the names stripped."""
    import pandas as pd  # here, since it takes long to import

    if isinstance(table, str | Path) or hasattr(table, "read"):
        table = pd.read_csv(table, comment="#", skipinitialspace=True)
    if not isinstance(table, pd.DataFrame | Mapping):
        raise ValueError(f"table = {table!r}: must be a file of comma-separated values or named columns")
    columns = {str(name).strip(): np.atleast_1d(np.asarray(table[name], dtype=object)) for name in table}
    sizes = {values.size for values in columns.values()}
    if len(sizes) != 1 or 0 in sizes or any(values.ndim != 1 for values in columns.values()):
        raise ValueError("table: must have columns of one length, and at least one row")
    return columns


def _known_columns(names: list[str]) -> None:
    missing = [name for name in _REQUIRED if name not in names]
    if not {"electron_density", "A_cell"} & set(names):
        missing.append("electron_density or A_cell")
    if missing:
        raise ValueError(f"table: no column {', '.join(missing)}; it has {', '.join(names)}")
    unknown = [name for name in names if name not in _REQUIRED + _OPTIONAL]
    if unknown:
        raise ValueError(f"table, column {unknown[0]}: must be one of {', '.join(_REQUIRED + _OPTIONAL)}")


def _numbers(column: str, values: Any) -> np.ndarray:
    least = -np.inf if column in _SIGNED else 0.0
    allowed = {**dict.fromkeys(_SIGNED, ""), **dict.fromkeys(_MAY_VANISH, " >= 0")}.get(column, " > 0")
    numbers = np.empty(values.size)
    for row, value in enumerate(values):
        try:
            numbers[row] = float(value)
        except (TypeError, ValueError):
            numbers[row] = np.nan
        good = np.isfinite(numbers[row]) and numbers[row] >= least
        if not good or (allowed == " > 0" and numbers[row] == 0.0):
            raise ValueError(
                f"table, row {row + 1}, column {column}: {value!r} must be a finite number{allowed}"
            )
    return numbers
