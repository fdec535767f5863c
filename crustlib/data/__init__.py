"""Small results that are stored, each for a reason; README.md beside them says why and how."""

from functools import cache
from pathlib import Path

import xarray as xr

from crustlib import validation

__all__ = ["load", "names"]

_FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """Return the names of what is stored.

    Returns
    -------
    tuple of str
        Names, for `load`.

    Examples
    --------
    >>> names()
    ('accreted_frdm12', ...)
    """
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.nc")))


def load(name: str) -> xr.Dataset:
    """Return a stored result.

    Parameters
    ----------
    name : str
        One of `names`.

    Returns
    -------
    xarray.Dataset
        The result, such as a Profile; its ``attrs`` say which call made it, with which versions and when.

    Raises
    ------
    ValueError
        If nothing of that name is stored.

    Examples
    --------
    >>> load("accreted_frdm12").attrs["masses"]
    'AME2016+FRDM12+DZ31'
    """
    return _read(validation.one_of("name", name, names())).copy(deep=True)


@cache
def _read(name: str) -> xr.Dataset:
    stored = xr.load_dataset(_FOLDER / f"{name}.nc", engine="netcdf4").drop_encoding()
    texts = {name: column.astype(str) for name, column in stored.items() if column.dtype.kind == "O"}
    return stored.assign(texts)
