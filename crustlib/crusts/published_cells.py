"""Cells of published inner crusts: the nucleons' profiles of Pearson et al. 2018, read from their files."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crustlib.constants import NEUTRON_MASS_MEV
from crustlib.crusts.published_files import path
from crustlib.validation import one_of

__all__ = ["InnerCrust", "available", "inner_crust"]

_FILES = {
    name: f"2018-PCPFDDG-{name.upper()}.dat" for name in ("BSk22", "BSk24", "BSk25", "BSk26")
}  # Pearson et al. 2018


class InnerCrust(NamedTuple):
    """The inner crust of Pearson et al. 2018 with one functional, a row per density; arrays of one length.

    Profiles are damped Fermi functions, n_q(r) = background + depth f(r); see `crustlib.entrainment.cell`.
    """

    baryon_density: NDArray[np.float64]
    """n in fm^-3, increasing."""
    Z: NDArray[np.float64]
    """Protons in a cell."""
    N: NDArray[np.float64]
    """Neutrons in a cell, free ones included."""
    cell_radius: NDArray[np.float64]
    """Of a sphere of the cell's volume, in fm."""
    pressure: NDArray[np.float64]
    """In MeV fm^-3."""
    energy_density: NDArray[np.float64]
    """In MeV fm^-3, rest masses included."""
    proton_diffuseness: NDArray[np.float64]
    """a_p in fm."""
    proton_radius: NDArray[np.float64]
    """C_p in fm."""
    neutron_diffuseness: NDArray[np.float64]
    """a_n in fm."""
    neutron_radius: NDArray[np.float64]
    """C_n in fm."""
    proton_depth: NDArray[np.float64]
    """n_Lambda,p in fm^-3."""
    neutron_depth: NDArray[np.float64]
    """n_Lambda,n in fm^-3."""
    proton_background: NDArray[np.float64]
    """n_B,p in fm^-3."""
    neutron_background: NDArray[np.float64]
    """n_B,n in fm^-3: the free neutrons."""


def available() -> tuple[str, ...]:
    """Names of the functionals with a published inner crust.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> available()
    ('BSk22', 'BSk24', 'BSk25', 'BSk26')
    """
    return tuple(_FILES)


def inner_crust(functional: str = "BSk24") -> InnerCrust:
    """Read the published inner crust of a functional (Pearson et al. 2018).

    Parameters
    ----------
    functional : str
        One of `available()`.

    Returns
    -------
    InnerCrust
        Its columns, read-only.

    Raises
    ------
    ValueError
        If there is none for that functional.
    ModuleNotFoundError
        If `nucleardatapy` is not installed.
    FileNotFoundError
        If the installed version lacks the file.

    Examples
    --------
    >>> crust = inner_crust("BSk24")
    >>> crust.baryon_density[[0, -1]].tolist()
    [0.00027, 0.0749994]
    """
    return _inner_crust(one_of("functional", functional, available()))


@cache
def _inner_crust(functional: str) -> InnerCrust:
    table = np.loadtxt(path(_FILES[functional])).T
    n, energy = table[0], table[0] * (NEUTRON_MASS_MEV + table[9])
    columns = (n, table[1], table[3], table[5], table[7], energy, *table[17:25])
    for column in columns:
        column.flags.writeable = False
    return InnerCrust(*columns)
