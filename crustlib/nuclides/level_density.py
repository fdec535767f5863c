r"""Level densities of nuclei, and the partition functions that they make.

The back-shifted Fermi gas of von Egidy & Bucurescu 2005 (Physical Review C 72, 044311, with the erratum of
2006, 73, 049901), with :math:`U = E - E_1`:

.. math::

   \rho(E) = \frac{e^{2\sqrt{aU}}}{12\sqrt2\,\sigma a^{1/4}U^{5/4}}, \qquad
   \sigma^2 = 0.0146\,A^{5/3}\,\frac{1 + \sqrt{1 + 4aU}}{2a}

   a/A = 0.127 + 4.98\cdot10^{-3}S' - 8.95\cdot10^{-5}A, \qquad
   S' = S + D/2 \text{ (even A)}, \quad S \text{ (odd A)}

   E_1 = D/2 + \left\{\begin{array}{ll}
   -0.48 + 0.29\,dS/dA & Z, N \text{ even}\\
   -0.57 + 0.70\,dS/dA & N \text{ odd}\\
   -0.57 - 0.70\,dS/dA & Z \text{ odd}\\
   -0.24 + 0.29\,dS/dA & Z, N \text{ odd}\end{array}\right.

(MeV). S is the mass less that of a liquid drop (Pearson 2001, Hyperfine Interactions 132, 59), and over the
nuclei (Z - 1, A - 2) and (Z + 1, A + 2): :math:`dS/dA = (S_+ - S_-)/4`, :math:`D = (M_+ - 2M + M_-)/2`.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib.constants import E2_MEV_FM, HYDROGEN_EXCESS_MEV, NEUTRON_EXCESS_MEV
from crustlib.nuclides.duflo_zuker import duflo_zuker
from crustlib.nuclides.models import MassModel
from crustlib.validation import positive

__all__ = ["LIGHTEST", "parameters", "partition_function"]

LIGHTEST = 18
"""Mass number below which the systematics, of nuclei from fluorine on, say nothing."""

_A_RANGE = 0.05, 0.2  # a/A in MeV^-1 and
_SHIFT_RANGE = -2.5, 3.0  # E_1 in MeV of the fitted nuclei; masses far from theirs would lead out of both
_ENERGY = -15.65, 17.63, 27.72, -25.60, 1.233  # volume, surface, symmetry, its surface part (MeV), r_0 (fm)
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(80)

Array = NDArray[np.float64]


def _drop(Z: NDArray[Any], A: NDArray[Any]) -> Array:
    """Mass excess of the liquid drop in MeV."""
    volume, surface, symmetry, surface_symmetry, r_0 = _ENERGY
    excess = (A - 2.0 * Z) / A
    energy = volume + surface / np.cbrt(A) + 0.6 * E2_MEV_FM / r_0 * Z**2 * A ** (-4.0 / 3.0)
    energy = energy + (symmetry + surface_symmetry / np.cbrt(A)) * excess**2
    return Z * HYDROGEN_EXCESS_MEV + (A - Z) * NEUTRON_EXCESS_MEV + A * energy


def _masses(model: MassModel, Z: NDArray[np.int64], A: NDArray[np.int64]) -> Array:
    """Mass excess in MeV; of what the model does not hold, by the formula of Duflo & Zuker."""
    grid, N = model.grid()[0], A - Z
    inside = (Z < grid.shape[0]) & (N < grid.shape[1])
    excess = np.where(inside, grid[np.where(inside, Z, 0), np.where(inside, N, 0)], np.nan)
    formula = Z * HYDROGEN_EXCESS_MEV + N * NEUTRON_EXCESS_MEV - duflo_zuker(Z, A, parameters=10)
    return np.where(np.isnan(excess), formula, excess)


def parameters(model: MassModel, Z: ArrayLike, A: ArrayLike) -> tuple[Any, Any]:
    """Level density parameter and energy shift of nuclei, by the systematics at the head of this module.

    Parameters
    ----------
    model : MassModel
        Masses; neighbours that it does not hold have the 10-parameter formula's of Duflo & Zuker.
    Z, A : array_like of int, shape (n,)
        Charge and mass numbers; Z > 1, A - Z > 1.

    Returns
    -------
    a, E_1 : ndarray
        In MeV^-1 and MeV. a / A is kept within 0.05 and 0.2 MeV^-1 and E_1 within -2.5 and
        3 MeV, where those of the fitted nuclei are.

    Examples
    --------
    >>> from crustlib.nuclides import mass_model
    >>> a, shift = parameters(mass_model("AME2020#+DZ10"), [26], [56])
    >>> a.round(2), shift.round(2)
    (array([6.2]), array([0.94]))
    """
    charge, mass = np.asarray(Z, dtype=np.int64), np.asarray(A, dtype=np.int64)
    here, below, above = (_masses(model, charge + k, mass + 2 * k) for k in (0, -1, 1))
    drops = [_drop(charge + float(k), mass + 2.0 * k) for k in (0, -1, 1)]
    pairing = 0.5 * (above - 2.0 * here + below)
    slope = 0.25 * ((above - drops[2]) - (below - drops[1]))
    odd_Z, odd_N = charge % 2 == 1, (mass - charge) % 2 == 1
    even_A = odd_Z == odd_N
    shell = here - drops[0] + np.where(even_A, 0.5 * pairing, 0.0)
    a = mass * np.clip(0.127 + 4.98e-3 * shell - 8.95e-5 * mass, *_A_RANGE)
    constant = np.where(even_A, np.where(odd_Z, -0.24, -0.48), -0.57)
    shift = 0.5 * pairing + constant + np.where(even_A, 0.29, np.where(odd_N, 0.70, -0.70)) * slope
    return a, np.clip(shift, *_SHIFT_RANGE)


def partition_function(
    degeneracy: ArrayLike,
    a: ArrayLike,
    shift: ArrayLike,
    A: ArrayLike,
    binding: ArrayLike,
    temperature: float,
) -> Any:
    r"""Partition function of nuclei: their ground states, and the levels above up to the binding energy.

    .. math:: z = g + \int_{E_0}^B\rho(E)e^{-E/T}dE, \qquad E_0 = \max\left(0, E_1 + \frac{25}{16a}\right)

    where the level density, which diverges at :math:`E_1`, is least.

    Parameters
    ----------
    degeneracy : array_like
        2 J + 1 of the ground states.
    a, shift : array_like
        As `parameters` gives them; `a` = 0 means no excited states.
    A : array_like
        Mass numbers.
    binding : array_like
        Binding energies in MeV.
    temperature : float
        Temperature in MeV, > 0.

    Returns
    -------
    ndarray
        z, dimensionless.

    Raises
    ------
    ValueError
        If the temperature is not positive.

    Examples
    --------
    >>> partition_function([1.0], [6.53], [0.72], [56.0], [492.3], 1.0).round(3)
    array([4.])
    """
    return _sums(degeneracy, a, shift, A, binding, float(positive("temperature", temperature)))[0]


def _sums(
    degeneracy: ArrayLike, a: ArrayLike, shift: ArrayLike, A: ArrayLike, binding: ArrayLike, T: float
) -> tuple[Array, Array]:
    """Partition function and mean excitation energy (MeV)."""
    g, a, shift, A, binding = (np.asarray(x, dtype=np.float64) for x in (degeneracy, a, shift, A, binding))
    excited = a > 0.0
    b, E_1, mass = a[excited], shift[excited], A[excited]
    start = np.maximum(0.0, E_1 + 25.0 / (16.0 * b))
    peak = E_1 + b * T**2  # of the integrand; its width, then the tail of e^(-E/T)
    stop = np.minimum(binding[excited], np.maximum(start, peak) + 12.0 * np.sqrt(2.0 * b * T**3) + 40.0 * T)
    half = 0.5 * np.maximum(0.0, stop - start)
    E = start[:, None] + half[:, None] * (1.0 + _NODES)
    U, b = E - E_1[:, None], b[:, None]
    sigma = np.sqrt(0.0146 * mass[:, None] ** (5.0 / 3.0) * (1.0 + np.sqrt(1.0 + 4.0 * b * U)) / (2.0 * b))
    levels = np.exp(2.0 * np.sqrt(b * U) - E / T) / (12.0 * math.sqrt(2.0) * sigma * b**0.25 * U**1.25)
    z, energy = g.copy(), np.zeros_like(g)
    z[excited] += half * (levels @ _WEIGHTS)
    energy[excited] = half * ((levels * E) @ _WEIGHTS) / z[excited]
    return z, energy
