"""Solved plasmas: the integral equations led from weak to strong coupling, and kept.

Newton's method needs a start near the solution. A one-component plasma climbs a ladder whose rungs double the
coupling, and which all its states share; a mixture climbs its own. From the rungs so far the next is
extrapolated, and a state between rungs is interpolated: two or three steps remain.
"""

from functools import lru_cache
from math import ceil, floor, log2
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicSpline

from crustlib.errors import ConvergenceError
from crustlib.transport.bridge import GAMMA_BRIDGE, MAX_SCREENING, bridge_function, equivalent_coupling
from crustlib.transport.hypernetted_chain import (
    TOLERANCE,
    Array,
    Grid,
    Pairs,
    Path,
    make_grid,
    pair_rows,
    stretch,
)
from crustlib.validation import in_range, non_negative, one_of, positive

__all__ = ["CLOSURES", "solve", "solve_mixture"]

CLOSURES = ("bridge", "hnc")
"""Names of the closures."""

LOWEST = -8  # the lowest rung, 225 / 2^8: a plasma below it is solved from nothing
RATIO = 2.0  # of the rungs
SMALLEST_RATIO = 1.05  # of a mixture's rungs, where the equations are stiff
ROUGH = 1e-2  # residual that is enough below a mixture's last rung


class MixtureSolution(NamedTuple):
    """A plasma of ions on the grid of its integral equations.

    Attributes: `charges` and `fractions` (species,); `strengths` (species, species), the q_ab of the pair
    potential q_ab exp(-kappa r)/r in kT, r in units of a; `screening` (1/a) and `closure`; `r` (a) with the
    pair distributions `g` (species, species, r); `k` (1/a) with the partial structure factors `S`
    (species, species, k), delta_ab + sqrt(n_a n_b) h_ab(k); `regular`, a spline in k (species, species, k) of
    what is smooth in the direct correlations: c_ab(k) times the density, plus 3 q_ab/(k^2 + kappa^2);
    `residual` (of h - c) and `iterations` of Newton's method at the last rung.
    """

    charges: Array
    fractions: Array
    strengths: Array
    screening: float
    closure: str
    r: Array
    g: Array
    k: Array
    S: Array
    regular: CubicSpline
    residual: float
    iterations: int


def solve(gamma: float, screening: float = 0.0, closure: str = "bridge") -> MixtureSolution:
    r"""Solve the integral equations of a one-component plasma.

    .. math:: \hat h = \frac{\hat c}{1-\hat c}, \qquad
              g = 1 + h = \exp\left(-\frac{\Gamma e^{-\kappa r}}{r} + h - c + B\right)

    Parameters
    ----------
    gamma : float
        Coupling parameter (Ze)^2/(a kT), > 0; with closure "bridge", the equivalent coupling is at most 225.
    screening : float
        Inverse screening length in 1/a, in [0, 5].
    closure : {"bridge", "hnc"}
        With or without the bridge function of `crustlib.transport.bridge`.

    Returns
    -------
    MixtureSolution
        With one species of charge 1. Read-only, as it is kept.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.
    ConvergenceError
        If Newton's method finds no solution.

    Examples
    --------
    >>> solution = solve(100)
    >>> print(solution.S.max().round(1), bool(solution.residual < 1e-8))
    2.3 True
    """
    gamma, closure = positive("gamma", gamma), one_of("closure", closure, CLOSURES)
    screening = in_range("screening", screening, 0.0, MAX_SCREENING)
    top = GAMMA_BRIDGE / equivalent_coupling(1.0, screening)
    if closure == "bridge":
        in_range("gamma", gamma, 0.0, top)
    return _solve(gamma, screening, closure)


def solve_mixture(
    gamma_e: float, Z: ArrayLike, x: ArrayLike, screening: float = 0.0, closure: str = "bridge"
) -> MixtureSolution:
    r"""Solve the integral equations of a plasma of several components.

    .. math:: \hat h_{ab} = \hat c_{ab} + \sum_c\hat c_{ac}x_c\hat h_{cb}, \qquad
              g_{ab} = \exp\left(-q_{ab}\frac{e^{-\kappa r}}{r} + h_{ab} - c_{ab} + B_{ab}\right), \qquad
              q_{ab} = \frac{Z_aZ_b\Gamma_e}{\langle Z\rangle^{1/3}}

    A pair takes the bridge function of the one-component plasma of its own coupling and length: with
    :math:`a_a = a_eZ_a^{1/3}`,

    .. math:: B_{ab}(r) = B\left(\frac{r}{a_{ab}};\ \Gamma_{ab}\right), \qquad
              a_{ab} = \frac{a_a+a_b}{2}, \qquad \Gamma_{ab} = \frac{Z_aZ_be^2}{a_{ab}kT}

    (the ion-sphere scaling of Ichimaru, Iyetomi & Tanaka 1987, Physics Reports 149, 91).

    Parameters
    ----------
    gamma_e : float
        Electron coupling parameter e^2/(a_e kT), > 0.
    Z : array_like
        Charge numbers, > 0, shape (species,).
    x : array_like
        Number fractions, >= 0, shape (species,); they sum to 1.
    screening : float
        Inverse screening length in 1/a, in [0, 5]; a is the ion-sphere radius of the mean ion.
    closure : {"bridge", "hnc"}
        With "bridge", the equivalent coupling of every pair is at most 225.

    Returns
    -------
    MixtureSolution
        Read-only, as it is kept.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite, of a wrong shape or not a number.
    ConvergenceError
        If Newton's method finds no solution. There is none where the species of largest charge is so
        rare and so strongly coupled (above 150 or so) that the closure lets it condense.

    Examples
    --------
    >>> solution = solve_mixture(0.324, [8, 26, 40], [0.2, 0.3, 0.5])
    >>> print(solution.g.shape, solution.g.max().round(2))
    (3, 3, 511) 2.29
    """
    gamma_e, charges, fractions, screening = check_mixture(gamma_e, Z, x, screening)
    closure = one_of("closure", closure, CLOSURES)
    return _solve_mixture(gamma_e, tuple(charges), tuple(fractions), screening, closure)


def check_mixture(
    gamma_e: float, Z: ArrayLike, x: ArrayLike, screening: float
) -> tuple[float, Array, Array, float]:
    """Return the arguments of `solve_mixture` as floats and arrays, or raise what it raises."""
    gamma_e, screening = positive("gamma_e", gamma_e), in_range("screening", screening, 0.0, MAX_SCREENING)
    charges, fractions = np.atleast_1d(positive("Z", Z)), np.atleast_1d(non_negative("x", x))
    if charges.ndim != 1 or charges.shape != fractions.shape:
        raise ValueError(
            f"x has shape {fractions.shape}: must have Z's, {charges.shape}, one number a species"
        )
    if abs(fractions.sum() - 1.0) > 1e-6:
        raise ValueError(f"x sums to {fractions.sum():.9g}: must sum to 1 within 1e-6")
    return gamma_e, charges, fractions, screening


def _bridges(couplings: Array, lengths: Array, screening: float, closure: str, r: Array) -> Array | float:
    """B of each pair at r (a), from its Coulomb coupling at its own length (a)."""
    if closure == "hnc":
        return 0.0
    rows = []
    for gamma, length in zip(couplings, lengths, strict=True):
        equivalent = equivalent_coupling(gamma, screening * length)
        rows.append(bridge_function(r / length, min(equivalent, GAMMA_BRIDGE)))  # rounding may exceed it
    return np.array(rows)


def _one_component(path: list[Path], gamma: float, screening: float, closure: str) -> Path:
    grid, one = make_grid(stretch(gamma, screening)), np.ones(1)
    bridge = _bridges(gamma * one, one, screening, closure, grid.r)
    return Pairs(grid, one, gamma * one, screening, bridge).solve(path, gamma)


@lru_cache(maxsize=256)
def _rung(level: int, screening: float, closure: str) -> Path:
    """Solve a one-component plasma whose coupling is 2^level times the bridge function's largest."""
    below = [_rung(lower, screening, closure) for lower in range(max(level - 3, LOWEST), level)]
    top = GAMMA_BRIDGE / equivalent_coupling(1.0, screening)
    return _one_component(below, top * RATIO**level, screening, closure)


@lru_cache(maxsize=512)
def _solve(gamma: float, screening: float, closure: str) -> MixtureSolution:
    top = GAMMA_BRIDGE / equivalent_coupling(1.0, screening)
    level = floor(log2(gamma / top))
    last = level + 1 if level < 0 else level  # above the top are no bridge functions, and may be no solutions
    levels = range(max(level - 2, LOWEST), last + 1) if level >= LOWEST else ()
    path = _one_component([_rung(near, screening, closure) for near in levels], gamma, screening, closure)
    grid = make_grid(stretch(gamma, screening))
    return _result(path, np.ones(1), np.ones(1), np.full((1, 1), gamma), screening, closure, grid)


@lru_cache(maxsize=16)
def _solve_mixture(
    gamma_e: float, Z: tuple[float, ...], x: tuple[float, ...], screening: float, closure: str
) -> MixtureSolution:
    charges, fractions = np.array(Z), np.array(x)
    mean = fractions @ charges
    strengths = np.outer(charges, charges) * gamma_e / mean ** (1 / 3)
    first, second = np.triu_indices(len(charges))
    q, radii = strengths[first, second], (charges / mean) ** (1 / 3)
    lengths = 0.5 * (radii[first] + radii[second])
    if closure == "bridge":
        _check_bridge(gamma_e, q / lengths, lengths, screening)
    rungs = max(0, ceil(log2(gamma_e * (fractions @ charges ** (5 / 3)))))
    grid = make_grid(stretch(fractions @ strengths.diagonal() / 2**rungs, screening))

    def climb(path: list[Path], part: float) -> Path:
        bridge = _bridges(part * q / lengths, lengths, screening, closure, grid.r)
        pairs = Pairs(grid, fractions, part * q, screening, bridge)
        return pairs.solve(path, part * gamma_e, TOLERANCE if part == 1.0 else ROUGH)

    path: list[Path] = []
    ahead = list(0.5 ** np.arange(rungs + 1.0))  # the next is the last; more come where a step is too large
    while ahead:
        below = path[-1].strength / gamma_e if path else ahead[-1] / RATIO**2
        try:
            path = [*path[-2:], climb(path, ahead[-1])]
            ahead.pop()
        except ConvergenceError:
            if ahead[-1] < SMALLEST_RATIO * below:
                raise
            ahead.append(float(np.sqrt(ahead[-1] * below)))
    return _result(path[-1], charges, fractions, strengths, screening, closure, grid)


def _check_bridge(gamma_e: float, couplings: Array, lengths: Array, screening: float) -> None:
    largest = max(equivalent_coupling(g, screening * d) for g, d in zip(couplings, lengths, strict=True))
    if largest > GAMMA_BRIDGE:
        raise ValueError(
            f"gamma_e = {gamma_e!r}: must keep every pair's equivalent coupling within {GAMMA_BRIDGE:.10g} "
            f"for closure 'bridge', at most {gamma_e * GAMMA_BRIDGE / largest:.6g} here"
        )


def _result(
    path: Path,
    charges: Array,
    fractions: Array,
    strengths: Array,
    screening: float,
    closure: str,
    grid: Grid,
) -> MixtureSolution:
    """Everything by species, in axes (a, b, grid)."""
    row = pair_rows(len(charges))
    smooth = path.c[row] + strengths[..., np.newaxis] * 3.0 / (grid.k**2 + screening**2)
    even = slice(2, None, -1)  # c(k) is even: three points mirrored hold the spline at k = 0
    regular = CubicSpline(
        np.concatenate([-grid.k[even], grid.k]), np.concatenate([smooth[..., even], smooth], axis=-1), axis=-1
    )
    S = partial_structure(grid.k, fractions, strengths, screening, smooth)
    g = 1.0 + path.h[row]
    for array in (charges, fractions, strengths, grid.r, grid.k, g, S):
        array.setflags(write=False)
    return MixtureSolution(
        charges,
        fractions,
        strengths,
        screening,
        closure,
        grid.r,
        g,
        grid.k,
        S,
        regular,
        path.residual,
        path.iterations,
    )


def partial_structure(
    k: Array, fractions: Array, strengths: Array, screening: float, regular: Array
) -> Array:
    """Partial structure factors from the smooth part of the direct correlations at k (1/a, above 0)."""
    c = regular - strengths[..., np.newaxis] * 3.0 / (k**2 + screening**2)
    root = np.sqrt(fractions)
    matrix = np.eye(len(fractions)) - np.moveaxis(c, -1, 0) * np.outer(root, root)
    inverse = 1.0 / matrix if len(fractions) == 1 else np.linalg.inv(matrix)
    return np.ascontiguousarray(np.moveaxis(inverse, 0, -1))
