r"""One cell of the inner crust: densities of nucleons, and the fields that a neutron feels there.

Pearson et al. 2018 describe a spherical cell of radius :math:`R` with damped Fermi functions (Onsi et al.
2008),

.. math:: n_q(r) = n_{Bq} + n_{\Lambda q}f_q(r), \qquad
          f_q(r) = \left\{1 + \exp\left[\left(\frac{C_q - R}{r - R}\right)^2 - 1\right]
          \exp\frac{r - C_q}{a_q}\right\}^{-1}

All derivatives vanish at :math:`R`. So in the body-centred cubic lattice, with :math:`a^3/2 = 4\pi R^3/3`,
the functions of neighbours are added where their spheres overlap: Z and N do not change. Potential and
effective mass follow from the functional (`crustlib.matter.mean_field`).
"""

from math import pi
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.fft import next_fast_len
from scipy.interpolate import PchipInterpolator

from crustlib.crusts import published_cells
from crustlib.matter import skyrme
from crustlib.matter.mean_field import _mean_field
from crustlib.validation import in_range, integer

__all__ = ["Cell", "cell"]

_SPACING = 0.75  # fm; the least diffuseness in the tables is 0.43 fm, a fall from 90 to 10 % over 1.9 fm
_LOG_COLUMNS = ("cell_radius", "neutron_background", "proton_background")


class Cell(NamedTuple):
    """What `cell` returns.

    Fields have the shape (points, points, points) and cover a cubic cell with two ions: at [0, 0, 0] and in
    its middle.
    """

    functional: str
    baryon_density: float
    """In fm^-3."""
    Z: float
    """Protons per ion: the integral of the profile."""
    N: float
    """Neutrons per ion, free ones included: the integral of the profile."""
    cell_radius: float
    """Of the sphere that has an ion's volume, in fm."""
    lattice_constant: float
    """Side a of the cubic cell in fm."""
    neutron_background: float
    """Neutrons between the ions in fm^-3."""
    neutron_centre: float
    """Neutrons at the centre of an ion in fm^-3."""
    proton_centre: float
    """Protons there."""
    neutron_density: NDArray[np.float64]
    """In fm^-3."""
    proton_density: NDArray[np.float64]
    """In fm^-3."""
    potential: NDArray[np.float64]
    """U_n in MeV."""
    effective_mass: NDArray[np.float64]
    """m*_n / m_n."""


@njit(cache=True)
def _profile(r, R, C, a):
    """f(r), f'(r) and its Laplacian, of a damped Fermi function; lengths in fm."""
    if r >= R:
        return 0.0, 0.0, 0.0
    ratio = (C - R) / (r - R)
    s = min(ratio**2 - 1.0 + (r - C) / a, 500.0)
    slope = -2.0 * ratio**2 / (r - R) + 1.0 / a
    f = 1.0 / (1.0 + np.exp(s))
    product = f * np.exp(s) * f  # f (1 - f) without cancellation
    first = -slope * product
    second = (slope**2 * (np.tanh(0.5 * s)) - 6.0 * ratio**2 / (r - R) ** 2) * product
    # At r = 0 the form has a cusp of order e^(-C/a), which is left out
    return f, first, second + 2.0 * (first / r if r > 0.0 else second)


@njit(cache=True)
def _densities(x, y, z, a, R, C, diffuseness, depth, background):
    """n, Laplacian and gradient at a point of the octant next to the ion at the origin; one nucleon."""
    n, laplacian = background, 0.0
    gradient = np.zeros(3)
    for centre in (0.0, 0.5 * a):
        offset = np.array([x - centre, y - centre, z - centre])
        r = np.sqrt((offset**2).sum())
        f, first, lap = _profile(r, R, C, diffuseness)
        n += depth * f
        laplacian += depth * lap
        if r > 0.0:
            gradient += depth * first / r * offset
    return n, laplacian, gradient


@njit(cache=True)
def _fields(points, a, R, neutrons, protons, f):
    """n_n, n_p, U_n and m*_n / m_n on the octant of a cubic cell; each nucleon's C, a, n_Lambda, n_B."""
    half = points // 2 + 1
    fields = np.empty((4, half, half, half))
    h = a / points
    for i in range(half):
        for j in range(i + 1):
            for k in range(j + 1):
                n_n, lap_n, g_n = _densities(i * h, j * h, k * h, a, R, *neutrons)
                n_p, lap_p, g_p = _densities(i * h, j * h, k * h, a, R, *protons)
                U, mass, _ = _mean_field(
                    n_n, n_p, lap_n, lap_p, (g_n**2).sum(), (g_n * g_p).sum(), (g_p**2).sum(),
                    f.hbar2_2m_n, f.hbar2_2m_p, f,
                )  # fmt: skip
                for p, q, s in ((i, j, k), (i, k, j), (j, i, k), (j, k, i), (k, i, j), (k, j, i)):
                    fields[0, p, q, s], fields[1, p, q, s] = n_n, n_p
                    fields[2, p, q, s], fields[3, p, q, s] = U, mass
    return fields


def cell(functional: str = "BSk24", *, baryon_density: float, points: "int | None" = None) -> Cell:
    r"""Cell of the inner crust at a density, on a grid.

    The equations at the head of this module (Pearson et al. 2018; Onsi et al. 2008). Between the rows of the
    published table its parameters are interpolated in the logarithm of the density, and the background of
    neutrons is shifted a little so that the mean density is right.

    Parameters
    ----------
    functional : str
        One of `crustlib.crusts.published_cells.available()`.
    baryon_density : float
        Mean nucleon density in fm^-3, within the table: for BSk24 from 0.00027 to 0.0749994.
    points : int, optional
        Grid points along the side of the cubic cell, even, from 16 to 192; as many as make steps of 0.75 fm
        if not given.

    Returns
    -------
    Cell
        A named tuple.

    Raises
    ------
    ValueError
        If an argument is out of range, or the functional has no published crust.

    Notes
    -----
    The potential has neither spin-orbit nor Coulomb terms. Where Z changes from row to row (above 0.067
    fm^-3 for BSk24) it is fractional between them.

    Examples
    --------
    >>> c = cell("BSk24", baryon_density=0.03)
    >>> c.Z, c.N, c.lattice_constant, float(c.potential.min())
    (40.0, 1037.1, 41.56, -37.7)
    """
    row = _conserving(_row(functional, baryon_density))
    a = float(np.cbrt(8.0 / 3.0 * pi)) * row["cell_radius"]
    if points is None:
        points = 2 * next_fast_len(int(np.ceil(0.5 * a / _SPACING)))
    if integer("points", points, 16, 192) % 2:
        raise ValueError(f"points = {points!r}: must be even")
    neutrons, protons = (
        tuple(row[f"{q}_{what}"] for what in ("radius", "diffuseness", "depth", "background"))
        for q in ("neutron", "proton")
    )
    octant = _fields(int(points), a, row["cell_radius"], neutrons, protons, skyrme.functional(functional))
    fold = np.minimum(np.arange(points), points - np.arange(points))
    n_n, n_p, potential, mass = octant[np.ix_(range(4), fold, fold, fold)]
    volume = 0.5 * a**3
    return Cell(
        functional, float(baryon_density), float(n_p.mean() * volume), float(n_n.mean() * volume),
        row["cell_radius"], a, row["neutron_background"], float(n_n[0, 0, 0]), float(n_p[0, 0, 0]),
        n_n, n_p, potential, mass,
    )  # fmt: skip


def _conserving(row: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters with the background of neutrons that gives the mean density exactly."""
    R = row["cell_radius"]
    r = np.linspace(0.0, R, 2000)
    sphere = 3.0 / R**3 * r**2 * (r[1] - r[0])
    nucleons = row["proton_background"]
    for q in ("neutron", "proton"):
        f = np.array([_profile(x, R, row[f"{q}_radius"], row[f"{q}_diffuseness"])[0] for x in r])
        nucleons += row[f"{q}_depth"] * float(sphere @ f)
    return {**row, "neutron_background": row["baryon_density"] - nucleons}


def _row(functional: str, baryon_density: float) -> dict[str, Any]:
    """Parameters at a density: the table's own in its rows."""
    crust = published_cells.inner_crust(functional)
    n = crust.baryon_density
    density = in_range("baryon_density", baryon_density, n[0], n[-1])
    if np.ndim(density):
        raise ValueError(f"baryon_density = {baryon_density!r}: must be one number")
    columns = {name: getattr(crust, name) for name in crust._fields}
    table = np.column_stack([np.log(v) if k in _LOG_COLUMNS else v for k, v in columns.items()])
    values = PchipInterpolator(np.log(n), table)(np.log(density))
    row = {k: float(np.exp(v) if k in _LOG_COLUMNS else v) for k, v in zip(columns, values, strict=True)}
    return {**row, "baryon_density": float(density)}
