r"""The integral equations of a classical plasma of ions, solved by Newton's method.

The Ornstein-Zernike relation joins the total and the direct correlations, h and c, of every pair of species;
the closure, with a given bridge function B, joins them once more (Hansen & McDonald 2013, chapters 3 and 4):

.. math:: \hat h = \hat c + \hat c\,x\,\hat h, \qquad 1 + h = \exp(-\beta v + h - c + B)

Lengths are in ion-sphere radii a of the mean ion, so that the density is 3/(4 pi), x are number fractions,
and a hat is a Fourier transform times that density. The pair potential is
:math:`\beta v_{ab} = q_{ab}e^{-\kappa r}/r`.

Its long-ranged part is treated in closed form (Ng 1974, Journal of Chemical Physics 61, 2680):

.. math:: \hat\ell(k) = \frac{3}{k^2+\kappa^2}\,e^{-(k^2+\kappa^2)/4\alpha^2}

(times :math:`q_{ab}`). What is left of h - c after that split is the unknown: smooth and short-ranged. Pairs
are stored once, a <= b, as rows of an array over the grid.
"""

from math import log, pi, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dst
from scipy.sparse.linalg import LinearOperator, gmres
from scipy.special import erfc, erfcx

from crustlib.errors import ConvergenceError

POINTS = 511  # the sine transform is fast where POINTS + 1 is a power of 2
STEP = 0.08  # of the grid in r: S(k) is right to 1e-5 up to Gamma = 200, the energy to 5e-6 of itself
SPLIT = 1.1  # alpha of the split, at that step
TOLERANCE = 1e-8  # on the largest residual of h - c
MAX_STEPS = 40

Array = NDArray[np.float64]


class Path(NamedTuple):
    """A solution as a start for others: strength of the coupling, the unknown, h(r), c(k), how it was got."""

    strength: float
    unknown: Array
    h: Array
    c: Array
    residual: float
    iterations: int


class Grid(NamedTuple):
    """Points in r and k, and the factors of the transforms between them."""

    r: Array
    k: Array
    to_k: Array
    to_r: Array

    def forward(self, f: Array) -> Array:
        """Density times the Fourier transform of f(r)."""
        return self.to_k * dst(self.r * f, type=1, axis=-1)

    def back(self, f: Array) -> Array:
        """Undo `forward`."""
        return self.to_r * dst(self.k * f, type=1, axis=-1)


def make_grid(stretch: float) -> Grid:
    """Return the grid, all lengths times a factor."""
    step = STEP * stretch
    r = step * np.arange(1.0, POINTS + 1)
    step_k = pi / (step * (POINTS + 1))
    k = step_k * np.arange(1.0, POINTS + 1)
    return Grid(r, k, 1.5 * step / k, step_k / (3.0 * pi * r))


class Pairs:
    """The equations of a mixture at one strength of the coupling: residual, its slope, Newton's method.

    `charges` are the q_ab at unit strength, one a pair; `bridge` the B_ab on the grid, or 0.
    """

    def __init__(
        self, grid: Grid, fractions: Array, charges: Array, screening: float, bridge: Array | float
    ) -> None:
        self.grid, self.fractions = grid, fractions
        self.species = len(fractions)
        self.first, self.second = np.triu_indices(self.species)
        self.row = pair_rows(self.species)
        short, long_k = split_potential(grid, screening)
        self.exponent = bridge - charges[:, np.newaxis] * short
        self.long_k = charges[:, np.newaxis] * long_k

    def response(self, c: Array) -> Array:
        """(1 - c x)^-1 at each k, axes (a, b, k)."""
        matrix = np.eye(self.species) - np.moveaxis(c[self.row], -1, 0) * self.fractions
        inverse = 1.0 / matrix if self.species == 1 else np.linalg.inv(matrix)
        return np.ascontiguousarray(np.moveaxis(inverse, 0, -1))

    def evaluate(self, unknown: Array) -> tuple[float, Array, Array, Array, Array]:
        """Return the largest residual (infinite where it has no sense), the residuals, h, c(k), response."""
        with np.errstate(over="ignore", invalid="ignore"):
            h = np.expm1(self.exponent + unknown)
            short_c = self.grid.forward(h - unknown)
            c = short_c - self.long_k
            if not np.isfinite(c).all():
                return np.inf, unknown, h, c, unknown
            response = self.response(c)
            h_k = np.einsum("imk,mjk->ijk", response, c[self.row])[self.first, self.second]
            residuals = self.grid.back(h_k - short_c) - unknown
        # Structure factors are positive: a state beyond an instability is none, whatever its residual
        stable = (np.einsum("iik->ik", response) > 0.0).all() and np.isfinite(residuals).all()
        return (float(np.abs(residuals).max()) if stable else np.inf), residuals, h, c, response

    def newton_step(self, residuals: Array, h: Array, response: Array, accuracy: float) -> Array:
        """Solve the linearised equations, where dc = h d(unknown) and dh = response dc response^T."""
        shape = residuals.shape

        def slope(flat: Array) -> Array:
            change = flat.reshape(shape)
            dc = self.grid.forward(h * change)
            half = np.einsum("imk,mjk->ijk", response, dc[self.row])
            dh = np.einsum("imk,jmk->ijk", half, response)[self.first, self.second]
            return (change - self.grid.back(dh - dc)).ravel()

        operator: Any = LinearOperator((residuals.size, residuals.size), matvec=slope, dtype=np.float64)
        step, _ = gmres(operator, residuals.ravel(), rtol=accuracy, restart=40, maxiter=1)
        return step.reshape(shape)

    def solve(self, path: list[Path], strength: float, tolerance: float = TOLERANCE) -> Path:
        """Newton's method, from what other strengths let expect; steps halve until residuals fall."""
        unknown = predict(path, strength) if path else np.zeros_like(self.exponent)
        size, residuals, h, c, response = self.evaluate(unknown)
        iterations = 0
        while tolerance < size < np.inf and iterations < MAX_STEPS:
            step = self.newton_step(residuals, h, response, min(0.1, max(1e-3, 0.3 * tolerance / size)))
            fraction, last = 1.0, size
            while fraction > 1e-3:
                trial = unknown + fraction * step
                size, residuals, h, c, response = self.evaluate(trial)
                if size < last:
                    break
                fraction /= 2.0
            else:
                break
            unknown, iterations = trial, iterations + 1
        if not size <= tolerance:
            raise ConvergenceError(
                f"integral equations at coupling {strength:.6g}: residual {size:.2g} after {iterations} "
                f"steps, above {tolerance:.0e}"
            )
        return Path(strength, unknown, h, c, size, iterations)


def pair_rows(species: int) -> NDArray[np.intp]:
    """Return in which row the pair (a, b) is stored, a matrix."""
    rows = np.zeros((species, species), dtype=np.intp)
    first, second = np.triu_indices(species)
    rows[first, second] = rows[second, first] = np.arange(len(first))
    return rows


def split_potential(grid: Grid, screening: float) -> tuple[Array, Array]:
    """Return the short-ranged part of exp(-kappa r)/r on the grid, and the transform of the rest."""
    alpha = SPLIT * STEP / grid.r[0]
    z = screening / (2.0 * alpha)
    direct = np.exp(-screening * grid.r)
    # erfcx keeps the product exp(kappa r) erfc(z + alpha r) from overflowing
    mirrored = np.exp(-(z**2) - (alpha * grid.r) ** 2) * erfcx(z + alpha * grid.r)
    long_r = 0.5 * (direct * erfc(z - alpha * grid.r) - mirrored) / grid.r
    square = grid.k**2 + screening**2
    return direct / grid.r - long_r, 3.0 / square * np.exp(-square / (4.0 * alpha**2))


def predict(path: list[Path], strength: float) -> Array:
    """Extrapolate the unknown: over the strength, it is a low polynomial in the strength's logarithm."""
    nodes = [log(point.strength / strength) for point in path]
    total = np.zeros_like(path[0].unknown)
    for i, point in enumerate(path):
        weight = strength / point.strength
        for j, node in enumerate(nodes):
            if j != i:
                weight *= node / (node - nodes[i])
        total += weight * point.unknown
    return total


def stretch(coupling: float, screening: float) -> float:
    """By how much to stretch the grid, so that it holds 10 screening lengths of a weakly coupled plasma."""
    return max(1.0, sqrt(0.06 / (3.0 * coupling + screening**2)))
