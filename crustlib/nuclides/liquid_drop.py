r"""A compressible liquid drop in a gas of neutrons: "MB-type", after Mackie & Baym.

Mackie & Baym let the density of a nucleus follow its charge, its surface and the free neutrons around it.
Their constants stand in no public text that was found, so this is not their table: it is the form of Baym,
Bethe & Pethick 1971 with the neutron matter of Mackie & Baym 1977, and constants that this project fitted to
measured masses (AME2016) and to the one-component sequence of Haensel & Zdunik.

Inside the drop the density is :math:`n = 2k^3/3\pi^2` and the proton fraction :math:`x = Z/A`; the gas has
density :math:`n_\mathrm{n} = 2k_\mathrm{n}^3/3\pi^2` and pressure :math:`P_\mathrm{gas}`. The drop takes
the k at which

.. math:: G = E_\mathrm{bulk} + E_\mathrm{surface} + E_\mathrm{C} + E_\mathrm{thickness} + E_\mathrm{exchange}
              + E_\mathrm{pairing} + P_\mathrm{gas} A/n

is least. The last term is the work of displacing the gas; without gas G is the energy E.

References
----------
Baym, Bethe & Pethick 1971, Nuclear Physics A 175, 225.
Mackie & Baym 1977, Nuclear Physics A 285, 332.
"""

import math
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from crustlib import validation
from crustlib.constants import E2_MEV_FM, HYDROGEN_EXCESS_MEV, NEUTRON_EXCESS_MEV
from crustlib.errors import ConvergenceError
from crustlib.nuclides.drop_matter import (
    DENSEST_K,
    FITTED,
    Constants,
    _bulk,
    _density,
    _neutrons,
    _wavenumber,
    _weights,
    bulk_energy,
    checked,
)
from crustlib.nuclides.names import whole_numbers

__all__ = ["FITTED", "Constants", "Drop", "bulk_energy", "drop"]

NAME = "MB-type"
"""What the table of these drops is called."""

SMALLEST_Z, LARGEST_Z, LARGEST_N = 6, 82, 240
"""The drops that are offered; N is at least 2Z/3. The constants were fitted to Z = 8 to 59."""

LARGEST_GAS_DENSITY = 0.06
"""The densest gas in fm^-3; drops are twice as dense. Near it the lightest, of Z = 6 and N = 4, dissolve."""

GAS_STEP = 0.011
"""Spacing in fm^-1 of the nodes in k_n at which kernels find how the gas shifts masses.

The cubic through the four nearest nodes is within 1e-4 MeV of the drop's own shift wherever N >= Z.
"""

_SCAN_STEP = 0.02  # fm^-1: no two minima are as close
_H = 1e-4  # fm^-1: for derivatives by differences


class Drop(NamedTuple):
    """A drop in equilibrium: energies in MeV, rest masses left out; floats, or arrays of one shape."""

    G: Any
    """Gibbs energy, the sum of `E` and `displacement`."""
    E: Any
    """Energy, the sum of the six terms from `bulk` to `pairing`."""
    k: Any
    """Wavenumber inside, fm^-1: the density is 2 k^3 / 3 pi^2."""
    radius: Any
    """Radius in fm."""
    bulk: Any
    surface: Any
    coulomb: Any
    thickness: Any
    exchange: Any
    pairing: Any
    displacement: Any
    """Work of displacing the gas, P_gas A/n."""


class _Nucleus(NamedTuple):
    """What of a drop does not depend on k or the gas: factors of its terms."""

    A: float
    weights: tuple[float, float, float, float, float]
    surface: float
    coulomb: float
    thickness: float
    exchange: float


@njit(cache=True)
def _nucleus(Z, A, c):
    x = Z / A
    return _Nucleus(
        float(A),
        _weights(x),
        c.sigma / c.w0 * A ** (2.0 / 3.0),
        0.6 * E2_MEV_FM * Z**2 / (1.125 * math.pi * A) ** (1.0 / 3.0),
        -4.0 / 9.0 * math.pi * E2_MEV_FM * x**2 * c.c_th**2 * A,
        -0.75 / math.pi * E2_MEV_FM * x * (2.0 * x) ** (1.0 / 3.0) * A,
    )


@njit(cache=True)
def _terms(k, nucleus, k_n, c):
    """Terms of G that depend on k (MeV): bulk, surface, Coulomb, thickness, exchange, displacement."""
    inside = _bulk(k, nucleus.weights, c)
    gas, slope = _neutrons(k_n)
    relative = np.cbrt(k**3 - k_n**3) / k  # (1 - n_n/n)^(1/3)
    pressure = _density(k_n) * k_n * slope / 3.0
    return (
        nucleus.A * inside,
        nucleus.surface * (gas - inside) * relative**2,
        nucleus.coulomb * k,
        nucleus.thickness * k / relative**2,
        nucleus.exchange * k,
        pressure * nucleus.A / _density(k),
    )


@njit(cache=True)
def _gibbs(k, nucleus, k_n, c):
    """G without pairing, which does not depend on k (MeV)."""
    bulk, surface, coulomb, thickness, exchange, displacement = _terms(k, nucleus, k_n, c)
    return bulk + surface + coulomb + thickness + exchange + displacement


@njit(cache=True, error_model="numpy")
def _equilibrium(k, nucleus, k_n, c):
    """Give the k of the least G, sought downwards from k; NaN if there is none or matter inside is unbound.

    The thickness term makes G fall without end as k approaches k_n, so it is the minimum at the largest k.
    """
    here, below = _gibbs(k, nucleus, k_n, c), _gibbs(k - _SCAN_STEP, nucleus, k_n, c)
    while below < here:
        k -= _SCAN_STEP
        if k - 2.0 * _SCAN_STEP < k_n:
            return np.nan
        here, below = below, _gibbs(k - _SCAN_STEP, nucleus, k_n, c)
    low, high = k - _SCAN_STEP, k + _SCAN_STEP
    for _ in range(20):  # Newton steps for dG/dk = 0
        here = _gibbs(k, nucleus, k_n, c)
        left, right = _gibbs(k - _H, nucleus, k_n, c), _gibbs(k + _H, nucleus, k_n, c)
        step = 0.5 * _H * (right - left) / (right - 2.0 * here + left)
        k -= step
        if not low <= k <= high:
            return np.nan
        if abs(step) < 1e-5:  # the next one would be the square of it
            return k if _bulk(k, nucleus.weights, c) < _neutrons(k_n)[0] else np.nan
    return np.nan


@njit(cache=True)
def _pairing(Z, A, c):
    """Pairing term (MeV): negative, so more bound, for even-even drops."""
    if A % 2:
        return 0.0
    return (c.delta_0 if Z % 2 else -c.delta_0) / math.sqrt(A)


@njit(cache=True)
def _drops(Z, A, k_n, c):
    """Give for each drop G, E, k, radius, and the seven terms of G, in rows; NaN where there is none."""
    rows = np.empty((11, Z.size))
    for i in range(Z.size):
        nucleus = _nucleus(Z[i], A[i], c)
        k = _equilibrium(DENSEST_K, nucleus, k_n[i], c)
        terms = _terms(k, nucleus, k_n[i], c)
        for j in range(5):
            rows[4 + j, i] = terms[j]
        rows[9, i] = _pairing(Z[i], A[i], c)
        rows[10, i] = terms[5]
        rows[1, i] = rows[4:10, i].sum()
        rows[0, i] = rows[1, i] + terms[5]
        rows[2, i] = k
        rows[3, i] = (1.125 * math.pi * A[i]) ** (1.0 / 3.0) / k
    return rows


@njit(cache=True)
def _gas_shifts(Z, N, k_n, c):
    """Give G(k_n) - G(0) at ``[node, Z, N]`` (MeV), NaN where there is no drop; `k_n` starts at 0."""
    shift = np.full((k_n.size, Z.max() + 1, N.max() + 1), np.nan)
    for i in range(Z.size):
        nucleus = _nucleus(Z[i], Z[i] + N[i], c)
        start = DENSEST_K
        vacuum = 0.0
        for node in range(k_n.size):
            k = _equilibrium(start, nucleus, k_n[node], c)
            gibbs = _gibbs(k, nucleus, k_n[node], c)
            if node == 0:
                vacuum = gibbs
            shift[node, Z[i], N[i]] = gibbs - vacuum
            start = k + _SCAN_STEP  # from node to node k moves by less
    return shift


def drop(Z: ArrayLike, A: ArrayLike, neutron_density: ArrayLike = 0.0, constants: Constants = FITTED) -> Drop:
    r"""Compressible liquid drop in equilibrium with a gas of neutrons around it.

    The least over k, at given Z and A, of :math:`G = E + P_\mathrm{gas}A/n` with E the sum of the pairing
    energy :math:`\mp\delta_0 A^{-1/2}` (even-even, odd-odd) and

    .. math::
        E_\mathrm{bulk} &= A W(k, x), \qquad
        E_\mathrm{surface} = \frac{\sigma}{w_0} [W_0(k_\mathrm{n}) - W(k, x)]
            \left(1 - \frac{k_\mathrm{n}^3}{k^3}\right)^{2/3} A^{2/3}, \\
        E_\mathrm{C} &= \frac35 \frac{Z^2e^2}{R}, \qquad
        E_\mathrm{thickness} = -\frac{4\pi}{9} e^2x^2d^2k^3A, \qquad
        E_\mathrm{exchange} = -\frac{3}{4\pi} e^2 x (2x)^{1/3} k A,

    :math:`R = (9\pi A/8)^{1/3}/k` and :math:`d = c_\mathrm{th} (k^3 - k_\mathrm{n}^3)^{-1/3}` (the form of
    Baym, Bethe & Pethick 1971). For W see `bulk_energy`.

    Parameters
    ----------
    Z, A : int or array_like of int
        Charge number, 6 to 82, and mass number, with 2Z/3 to 240 neutrons.
    neutron_density : float or array_like
        Density of the gas in fm^-3, 0 to 0.06.
    constants : Constants
        Others than the fitted ones, for trials.

    Returns
    -------
    Drop
        G, E, k, the radius and the terms of G, of the broadcast shape of the arguments.

    Raises
    ------
    ValueError
        If an argument is out of range, or the shapes do not broadcast.
    ConvergenceError
        If no drop is bound there: G has no minimum, or W is not below the gas's energy per neutron, without
        which the surface tension is negative and the drop falls apart.

    Examples
    --------
    >>> iron = drop(26, 56)
    >>> iron.E, iron.k, iron.radius
    (-489.806, 1.32582, 4.39554)
    >>> drop(20, 68, [0.0, 1e-3]).G.round(3)
    array([-465.009, -444.473])
    """
    charge = whole_numbers("Z", Z, SMALLEST_Z, LARGEST_Z)
    mass = whole_numbers("A", A, SMALLEST_Z, LARGEST_Z + LARGEST_N)
    gas = np.asarray(validation.in_range("neutron_density", neutron_density, 0.0, LARGEST_GAS_DENSITY))
    try:
        charge, mass, gas = np.broadcast_arrays(charge, mass, gas)
    except ValueError:
        raise ValueError(
            f"Z, A, neutron_density: shapes {charge.shape}, {mass.shape}, {gas.shape} do not broadcast"
        ) from None
    outside = (3 * (mass - charge) < 2 * charge) | (mass - charge > LARGEST_N)
    if outside.any():
        z, a = charge[outside].flat[0], mass[outside].flat[0]
        raise ValueError(f"A = {a}: with Z = {z} must be in [{z + -(-2 * z // 3)}, {z + LARGEST_N}]")
    # Copies, as broadcast views are read-only, another type to numba, and would be compiled for once more.
    rows = _drops(
        np.array(charge).ravel(),
        np.array(mass).ravel(),
        _wavenumber(np.array(gas).ravel()),
        checked(constants),
    )
    lost = np.flatnonzero(np.isnan(rows[0]))
    if lost.size:
        z, a, n_n = (of.flat[lost[0]] for of in (charge, mass, gas))
        raise ConvergenceError(f"drop: none is bound at Z = {z}, A = {a}, neutron_density = {n_n:.6g} fm^-3")
    return Drop(*(row.reshape(charge.shape) if charge.ndim else float(row[0]) for row in rows))


def columns() -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Give Z, A and the atomic mass excess in vacuum (MeV) of every drop that is bound there."""
    Z, N = (axis.ravel() for axis in np.mgrid[SMALLEST_Z : LARGEST_Z + 1, 1 : LARGEST_N + 1])
    Z, N = Z[3 * N >= 2 * Z], N[3 * N >= 2 * Z]
    G = _drops(Z, Z + N, np.zeros(Z.size), FITTED)[0]
    bound = np.isfinite(G)
    Z, N, G = Z[bound], N[bound], G[bound]
    return Z, Z + N, G + Z * HYDROGEN_EXCESS_MEV + N * NEUTRON_EXCESS_MEV


@cache
def gas_shifts() -> tuple[float, NDArray[np.float64]]:
    """Give for kernels the spacing of nodes in k_n (fm^-1), and G(k_n) - G(0) at ``[node, Z, N]`` (MeV).

    The nodes start at 0 and go up to the densest gas, and as far beyond as a cubic needs; NaN where there is
    no drop.
    """
    nodes = math.floor(_wavenumber(LARGEST_GAS_DENSITY) / GAS_STEP) + 3
    Z, A, _ = columns()
    shift = _gas_shifts(Z, A - Z, GAS_STEP * np.arange(nodes), FITTED)
    shift.setflags(write=False)
    return GAS_STEP, shift
