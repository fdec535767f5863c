r"""Mixing rules: what scatters electrons in a mixture, from what does among nuclei of one kind.

Electrons are scattered at the rate :math:`\nu = \nu_0\ln\Lambda`, with :math:`\langle Z^2\rangle` in
:math:`\nu_0` and the charge-charge structure factor :math:`S_{zz}(k)` in :math:`\ln\Lambda`. Each rule is an
:math:`S_{zz}`; the Coulomb logarithm is its integral. Equations are those of Daligault & Gupta (2009).

"linear", equation 30
    Equation 38 says what the excess energy per ion is, :math:`k` the wave number that the electrons feel,
    and for nuclei j alone among their electrons, where :math:`\Gamma_ja_j = \Gamma_ea_eZ_j^2`:

    .. math:: u = \frac{\Gamma_ea_e}{\pi}\langle Z^2\rangle\int_0^\infty\!\mathrm dk\,[S_{zz}(k) - 1],
              \qquad
              u_j = \frac{\Gamma_ea_e}{\pi}Z_j^2\int_0^\infty\!\mathrm dk\,[S_j(k;\Gamma_j) - 1]

    Energies mix linearly, :math:`u = \sum_jx_ju_j` (equation 36), if

    .. math:: S_{zz}(k) = \sum_jw_jS_j(k;\Gamma_j), \qquad w_j = \frac{x_jZ_j^2}{\langle Z^2\rangle}

    with one k for all. The weights sum to 1, as :math:`S_{zz}\to1` at large k requires.
"paper", equations 39 and 40 as printed
    There :math:`w_j = \langle Z\rangle^{1/3}x_jZ_j^{5/3}/\langle Z^2\rangle`. The sum of :math:`w_j(S_j - 1)`
    satisfies equation 36 too, if each :math:`S_j` is a function of its own :math:`ka_j`; but electrons do not
    scale their wave numbers so, and equation 40 does not. The weights sum to
    :math:`\langle Z\rangle^{1/3}\langle Z^{5/3}\rangle/\langle Z^2\rangle`, which is below 1 in any mixture.
"impurity"
    A medium of nuclei that all carry :math:`\langle Z\rangle`, and what is left of each charge on top,
    uncorrelated: :math:`S_{zz} = [\langle Z\rangle^2S(k;\langle Z\rangle^{5/3}\Gamma_e) + Q_\mathrm{imp}]
    /\langle Z^2\rangle`. The ansatz :math:`\nu = \nu_\mathrm{medium} + \nu_\mathrm{imp}` of section 2.2.3:
    the medium is the liquid, or the amorphous solid.
"impurity-only", equation 25
    :math:`S_{zz} = Q_\mathrm{imp}/\langle Z^2\rangle`, as for a perfect crystal that does not vibrate.
"hnc"
    The integral equations of the mixture solved, with bridge functions where they exist; nuclides of one
    charge are one species to electrons and to each other, so they are merged first. Where a pair's coupling
    exceeds 225 the structure is the last one. Seconds for ten charges.
"""

from typing import Any

import numpy as np
from numba import njit, vectorize
from numpy.typing import ArrayLike, NDArray

from crustlib.transport.bridge import GAMMA_BRIDGE, equivalent_coupling
from crustlib.transport.coulomb_quadrature import (
    NODES,
    WEIGHTS,
    _form_factor,
    _logarithms,
    _nuclear_size,
    _wave_numbers,
    coulomb_integral,
)
from crustlib.transport.coulomb_table import (
    GAMMA_RANGE,
    SIZE_RANGE,
    X_R_RANGE,
    Z_RANGE,
    _logarithm,
    _size_factor,
    _splines,
)
from crustlib.transport.plasma import FRACTIONS_TOLERANCE
from crustlib.transport.screening import FERMI_RADIUS
from crustlib.transport.structure import MixtureStructure, amorphous_structure_factor, mixture_structure
from crustlib.validation import in_range, non_negative, one_of, positive

__all__ = ["RULES", "mixture_logarithm", "structure_by_rule"]

RULES = ("linear", "paper", "impurity", "impurity-only", "hnc")
"""Names of the mixing rules."""

_EXPONENTS = {"linear": 2.0, "paper": 5.0 / 3.0}
_HEAVIEST = Z_RANGE[1]
ROUNDING = 1e-20  # Q_imp / <Z^2> of a pure layer whose fractions do not quite sum to 1
_WAVE_NUMBER = 2.0 * FERMI_RADIUS  # 2 k_F a for Z = 1
_STEP = 0.1  # in ln Z, of the slope above the table's last charge


@njit(cache=True, error_model="numpy")
def _anywhere(spline, Z, gamma, x_r, nodes, weights):
    """Coulomb logarithm by the table, and beyond its charges and couplings by the limits that hold there."""
    x_r = min(x_r, X_R_RANGE[1])  # beta is 1 to 5e-7
    if gamma < GAMMA_RANGE[0]:  # Debye and Hueckel
        square = (_WAVE_NUMBER * Z ** (1.0 / 3.0) * nodes) ** 2
        return _logarithms(x_r, square / (square + 3.0 * gamma), 0.0, nodes, weights)[0]
    if Z <= _HEAVIEST:
        return _logarithm(spline, Z, gamma, x_r)
    # What a larger 2 k_F a adds lies where S is 1, so it is linear in ln Z
    last = _logarithm(spline, _HEAVIEST, gamma, x_r)
    before = _logarithm(spline, _HEAVIEST * np.exp(-_STEP), gamma, x_r)
    return last + (last - before) / _STEP * np.log(Z / _HEAVIEST)


@njit(cache=True, error_model="numpy")
def _sums(spline, factor, Z, x, A, gamma_e, x_r, exponent, nodes, weights):
    """Sum of x_j Z_j^exponent ln Lambda_j in each layer; A = 0 is a point."""
    result = np.zeros(x_r.size)
    for i in range(x_r.size):
        for j in range(Z.shape[1]):
            if x[i, j] == 0.0:
                continue
            gamma = gamma_e[i] * Z[i, j] ** (5.0 / 3.0)
            term = x[i, j] * Z[i, j] ** exponent * _anywhere(spline, Z[i, j], gamma, x_r[i], nodes, weights)
            if A[i, j] > 0.0:
                size = _nuclear_size(x_r[i], A[i, j])
                term *= _size_factor(factor, min(Z[i, j], _HEAVIEST), max(gamma, GAMMA_RANGE[0]), size)
            result[i] += term
    return result


@njit(cache=True, error_model="numpy")
def _each_impurity(x_r, A, nodes, weights):
    """Coulomb logarithms of uncorrelated charges, spread over nuclei of mass number A unless it is 0."""
    result, structure = np.empty(x_r.size), np.ones(nodes.size)
    for i in range(x_r.size):
        size = _nuclear_size(x_r[i], A[i]) if A[i] > 0.0 else 0.0
        result[i] = _logarithms(x_r[i], structure, size, nodes, weights)[0]
    return result


def mixture_logarithm(
    gamma_e: ArrayLike,
    Z: ArrayLike,
    x: ArrayLike,
    x_r: ArrayLike,
    rule: str = "linear",
    A: ArrayLike | None = None,
) -> Any:
    r"""Coulomb logarithm of a mixture by a mixing rule.

    .. math:: \ln\Lambda = \frac{1}{\langle Z^2\rangle}\sum_jx_jZ_j^2\,\ln\Lambda_\mathrm{OCP}(\Gamma_j, Z_j,
              x_r)

    for "linear" (Daligault & Gupta 2009, equation 30); the other rules at the head of
    `crustlib.transport.mixing`. Always for :math:`\nu = \nu_0\ln\Lambda` with :math:`\langle Z^2\rangle` in
    :math:`\nu_0`. From the table; below its couplings Debye and Hueckel's structure, above its charges linear
    in ln Z.

    Parameters
    ----------
    gamma_e : float or array_like
        Electron coupling parameter, > 0, of the layers' shape.
    Z : array_like
        Charge numbers, >= 1; the last axis runs over species.
    x : array_like
        Number fractions, >= 0, of sum 1 over the last axis; broadcast against `Z`.
    x_r : float or array_like
        Relativity parameter, >= 0.01, of the layers' shape.
    rule : {"linear", "paper", "impurity", "impurity-only", "hnc"}
        The mixing rule.
    A : array_like, optional
        Mass numbers, >= 1, of nuclei that are not points; broadcast against `Z`. They must be smaller than
        2 k_F R = 10.

    Returns
    -------
    float or ndarray
        Dimensionless, of the layers' shape; 0 for a pure layer with "impurity-only".

    Raises
    ------
    ValueError
        If an argument is out of range, the rule is unknown, the fractions do not sum to 1, or the shapes do
        not broadcast.
    ConvergenceError
        If rule "hnc" finds no solution.

    Examples
    --------
    >>> mixture = dict(gamma_e=0.3, Z=[8, 26, 40], x=[0.2, 0.3, 0.5], x_r=10.0)
    >>> mixture_logarithm(**mixture), mixture_logarithm(**mixture, rule="paper")
    (0.992, 0.926)
    """
    one_of("rule", rule, RULES)
    x_r = in_range("x_r", x_r, X_R_RANGE[0], np.inf)
    masses = 0.0 if A is None else in_range("A", A, 1.0, np.inf)
    shape, layers, species = _flat_layers(gamma_e, x_r, Z, x, masses)
    if A is not None:
        _check_sizes(layers[1], *species)
    result = _by_rule(rule, layers, species)
    return result.reshape(shape) if shape else float(result[0])


def structure_by_rule(
    k: ArrayLike, gamma_e: float, Z: ArrayLike, x: ArrayLike, rule: str = "linear", screening: float = 0.0
) -> NDArray[np.float64]:
    r"""Charge-charge structure factor of a mixture by a mixing rule.

    .. math:: S_{zz}(k) = \frac{1}{\langle Z^2\rangle}\sum_jx_jZ_j^2S_j(k;\Gamma_j)

    for "linear", equation 39 with the weights of equation 30; the other rules at the head of
    `crustlib.transport.mixing` (Daligault & Gupta 2009).

    Parameters
    ----------
    k : float or array_like
        Wave number in 1/a, > 0: a is the ion-sphere radius of the mean ion.
    gamma_e : float
        Electron coupling parameter, > 0.
    Z, x : array_like
        Charge numbers, > 0, and number fractions, >= 0, of sum 1; shape (species,).
    rule : {"linear", "paper", "impurity", "impurity-only", "hnc"}
        The mixing rule.
    screening : float
        Inverse screening length in 1/a, in [0, 5].

    Returns
    -------
    ndarray
        Dimensionless, of k's shape.

    Raises
    ------
    ValueError
        If an argument is out of range, the rule is unknown, or the fractions do not sum to 1.
    ConvergenceError
        If the integral equations find no solution.

    Examples
    --------
    >>> mixture = dict(gamma_e=0.324, Z=[8, 26, 40], x=[0.2, 0.3, 0.5])
    >>> for rule in ("hnc", "linear", "paper"):
    ...     print(rule, structure_by_rule([4.2, 40.0], rule=rule, **mixture).round(2))
    hnc [1.81 1.  ]
    linear [1.67 1.  ]
    paper [1.56 0.94]
    """
    one_of("rule", rule, RULES)
    points, gamma_e = np.asarray(positive("k", k)), positive("gamma_e", gamma_e)
    charges, fractions = merged(positive("Z", Z), non_negative("x", x))
    mean, squares = float(fractions @ charges), float(fractions @ charges**2)

    def alone(charge: float) -> NDArray[np.float64]:
        length = (charge / mean) ** (1 / 3)  # a_j / a
        return amorphous_structure_factor(points * length, gamma_e * charge ** (5 / 3), screening * length)[0]

    if rule == "hnc":
        return _solved(points, gamma_e, charges, fractions, screening).S_zz
    if rule == "impurity-only":
        return np.full(points.shape, (squares - mean**2) / squares)
    if rule == "impurity":
        return (mean**2 * alone(mean) + squares - mean**2) / squares
    weights = fractions * charges ** _EXPONENTS[rule] * mean ** (2.0 - _EXPONENTS[rule]) / squares
    return np.sum([w * alone(float(charge)) for w, charge in zip(weights, charges, strict=True)], axis=0)


def merged(Z: ArrayLike, x: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Charges, each once and in order, and their number fractions; those of none are left out."""
    charges, fractions = np.atleast_1d(Z), np.atleast_1d(x)
    if charges.ndim != 1 or charges.shape != fractions.shape:
        raise ValueError(f"x has shape {fractions.shape}: must have Z's, {charges.shape}, one a species")
    _check_sum(fractions)
    there = fractions > 0.0
    each, which = np.unique(charges[there].astype(np.float64), return_inverse=True)
    return each, np.bincount(which, weights=fractions[there]).astype(np.float64)


def _check_sum(fractions: NDArray[np.float64]) -> None:
    total = np.atleast_1d(fractions.sum(-1))
    off = np.abs(total - 1.0) > FRACTIONS_TOLERANCE
    if off.any():
        raise ValueError(f"x sums to {total[off][0]:.8g}: number fractions must sum to 1")


def _check_sizes(
    x_r: NDArray[np.float64], Z: NDArray[np.float64], x: NDArray[np.float64], A: NDArray[np.float64]
) -> None:
    sizes = np.where(x > 0.0, _nuclear_size(x_r[:, np.newaxis], A), 0.0)
    if (sizes > SIZE_RANGE[1]).any():
        i, j = np.unravel_index(sizes.argmax(), sizes.shape)
        raise ValueError(
            f"A = {A[i, j]:g} (Z = {Z[i, j]:g}) at x_r = {x_r[i]:g}: 2 k_F R = {sizes[i, j]:.3g}, must be "
            f"<= {SIZE_RANGE[1]:g}"
        )


def _flat_layers(
    gamma_e: ArrayLike, x_r: ArrayLike, Z: ArrayLike, x: ArrayLike, A: ArrayLike
) -> tuple[tuple[int, ...], list[NDArray[np.float64]], list[NDArray[np.float64]]]:
    """Layers' shape, gamma_e and x_r as (layer,), and Z, x, A as (layer, species)."""
    coupling, speed = np.asarray(positive("gamma_e", gamma_e)), np.asarray(x_r)
    composition = np.atleast_1d(in_range("Z", Z, 1.0, np.inf), non_negative("x", x), A)
    try:
        composition = np.broadcast_arrays(*composition)
        shape = np.broadcast_shapes(coupling.shape, speed.shape, composition[0].shape[:-1])
    except ValueError:
        raise ValueError(
            f"gamma_e {coupling.shape}, x_r {speed.shape}, Z {np.shape(Z)}, x {np.shape(x)}, A {np.shape(A)}:"
            " shapes must broadcast, those of Z, x, A with species on a last axis more"
        ) from None
    _check_sum(composition[1])
    composition = (composition[0], composition[1] / composition[1].sum(-1, keepdims=True), composition[2])
    layers = [np.broadcast_to(v, shape).ravel() for v in (coupling, speed)]
    wide = (*shape, composition[0].shape[-1])
    species = [np.broadcast_to(v, wide).reshape(-1, wide[-1]) for v in composition]
    return shape, [np.array(v) for v in layers], [np.array(v, dtype=np.float64) for v in species]


def _by_rule(
    rule: str, layers: list[NDArray[np.float64]], species: list[NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Coulomb logarithms of flat layers."""
    (gamma_e, x_r), (Z, x, A) = layers, species
    mean, squares = (x * Z).sum(-1), (x * Z**2).sum(-1)
    if rule == "hnc":
        rows = zip(gamma_e, x_r, Z, x, A, strict=True)
        return np.array([_by_solution(*row) for row in rows])
    if rule in _EXPONENTS:
        n = _EXPONENTS[rule]
        sums = _sums(*_splines("elastic"), Z, x, A, gamma_e, x_r, n, NODES, WEIGHTS)
        return mean ** (2.0 - n) / squares * sums
    mean_A = (x * A).sum(-1)
    spread = (x * (Z - mean[:, np.newaxis]) ** 2).sum(-1)
    spread[spread < ROUNDING * squares] = 0.0
    result = spread * _each_impurity(x_r, mean_A, NODES, WEIGHTS)
    if rule == "impurity":
        one, medium, masses = np.ones((x_r.size, 1)), mean[:, np.newaxis], mean_A[:, np.newaxis]
        result += _sums(*_splines("elastic"), medium, one, masses, gamma_e, x_r, 2.0, NODES, WEIGHTS)
    return result / squares


def _by_solution(
    gamma_e: float, x_r: float, Z: NDArray[np.float64], x: NDArray[np.float64], A: NDArray[np.float64]
) -> float:
    """Coulomb logarithm of one mixture, its integral equations solved; nuclei of one charge have one size."""
    charges, fractions = merged(Z, x)
    mean = float(fractions @ charges)
    masses = np.array([(x * A)[charge == Z].sum() / x[charge == Z].sum() for charge in charges])
    sizes = _nuclear_size(x_r, masses)[:, np.newaxis]

    def structure(k: NDArray[np.float64]) -> NDArray[np.float64]:
        S = _solved(k, gamma_e, charges, fractions, 0.0).S
        spread = np.sqrt(fractions)[:, np.newaxis] * _charge_in(charges[:, np.newaxis], sizes * k / last)
        return np.einsum("ak,bk,abk->k", spread, spread, S) / (fractions @ charges**2)

    last = _wave_numbers(mean)
    return coulomb_integral(structure, mean, x_r)


@vectorize(cache=True)
def _charge_in(charge, z):
    """Charge that a wave meets in a nucleus at z = k R."""
    return charge * _form_factor(z)


def _solved(
    k: NDArray[np.float64],
    gamma_e: float,
    charges: NDArray[np.float64],
    fractions: NDArray[np.float64],
    screening: float,
) -> MixtureStructure:
    """Structure of the mixture, or of the most strongly coupled one that has bridge functions."""
    radii = (charges / (fractions @ charges)) ** (1 / 3)  # in a, as all lengths
    largest = 0.0
    for first, radius in zip(charges, radii, strict=True):
        for second, other in zip(charges, radii, strict=True):
            length = 0.5 * (radius + other)
            strength = first * second / (length * (fractions @ charges) ** (1 / 3))
            largest = max(largest, equivalent_coupling(strength, screening * length))
    coupling = min(gamma_e, GAMMA_BRIDGE / largest * (1.0 - 1e-12))  # rounding may not exceed it
    return mixture_structure(k, coupling, charges, fractions, screening)
