r"""Ions in a superfluid that obeys classical hydrodynamics: potential flow around one, and through a lattice.

**One ion** (Epstein & Baym 1988). In a sphere of radius R the nucleons that take part in the superfluid flow
have the mass density :math:`\rho_{s,i} = \lambda\rho_{n,o}`, outside all neutrons do. Potential flow around
the sphere that moves is a dipole, and its momentum makes

.. math:: m_I^\star = m_I + \frac{(\lambda - 1)^2}{\lambda + 2}m_d, \qquad
          m_d = \tfrac43\pi R^3\rho_{n,o}, \qquad m_I = \tfrac43\pi R^3(\rho_{n,i} + \rho_{p,i} - \rho_{s,i})

**A lattice.** In the ions' frame :math:`\mathbf v = \mathbf V + \nabla\chi` with
:math:`\nabla\cdot[\rho_n(\mathbf r)\mathbf v] = 0` and :math:`\chi` as periodic as the lattice. Of all flows
with that mean velocity it has the least kinetic energy, :math:`\tfrac12\rho_sV^2`, so that

.. math:: f_s = \frac{\rho_s}{\bar\rho_n}
          = \frac{\langle\rho_n(1 + \partial_x\chi)\rangle}{\bar\rho_n}, \qquad
          m_I^\star = \frac{\bar\rho - \rho_s}{n_I} = [Z + (1 - f_s)N]\,m

(Martin & Urban 2016; Chamel 2026, slides). For a sharp sphere in a wide cell this is the ion above.
"""

from math import pi
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.fft import dct, dst, idct, idst

from crustlib.entrainment.cell import Cell
from crustlib.errors import ConvergenceError
from crustlib.validation import elementwise, non_negative, positive

__all__ = ["IonMass", "PotentialFlow", "epstein_baym", "potential_flow"]

_TOLERANCE = 1e-5  # of the residual's norm; the fraction's error is its square
_MOST_STEPS = 2000
EVEN = (False, False, False)  # cosines along x, y and z


class IonMass(NamedTuple):
    """What `epstein_baym` returns, in nucleon masses: floats, or arrays of the broadcast shape."""

    displaced: Any
    """m_d of the neutrons that the sphere displaces."""
    transported: Any
    """m_I of the nucleons that move with the ion."""
    effective: Any
    """m_I*, with the dipole's momentum."""


class PotentialFlow(NamedTuple):
    """What `potential_flow` returns."""

    superfluid_fraction: float
    """rho_s over the mean density of all neutrons."""
    ion_mass: float
    """m_I* in nucleon masses."""
    steps: int
    """Of conjugate gradients, preconditioned with the flow through uniform matter."""
    residual: float
    """Norm of div(rho v) over that of a uniform flow, both preconditioned."""
    velocity: NDArray[np.float64]
    """v / V in the ions' frame, shape (3, h, h, h): for a flow along x, on the octant [0, a/2]^3 with edges,
    h = points / 2 + 1. In each other octant v_y is odd in x and y, v_z in x and z, and all else even."""


def epstein_baym(
    permeability: ArrayLike,
    radius: ArrayLike,
    gas_density: ArrayLike,
    neutron_density: ArrayLike,
    proton_density: ArrayLike,
) -> IonMass:
    r"""Effective mass of a spherical ion in a superfluid.

    The first equations at the head of this module (Epstein & Baym 1988). Limits: with
    :math:`\rho_{s,i} = 0` (impenetrable) the ion transports all its nucleons, with
    :math:`\rho_{s,i} = \rho_{n,i} + \rho_{p,i}` none, with :math:`\rho_{s,i} = \rho_{n,i}` its protons; the
    slides print :math:`\rho_{n,o}` there.

    Parameters
    ----------
    permeability : float or array_like
        lambda = rho_s,i / rho_n,o, >= 0.
    radius : float or array_like
        Radius of the ion in fm, > 0.
    gas_density : float or array_like
        Neutrons outside in fm^-3, > 0.
    neutron_density, proton_density : float or array_like
        Neutrons and protons inside in fm^-3, >= 0.

    Returns
    -------
    IonMass
        A named tuple, each field of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, more nucleons flow than there are inside, or the shapes do not
        broadcast.

    Examples
    --------
    >>> epstein_baym(0.0, 6.5, 0.02, 0.09, 0.03)  # impenetrable: 138 nucleons, and half of what they displace
    IonMass(displaced=23.0, transported=138.0, effective=149.5)
    """
    x = non_negative("permeability", permeability)
    outside = positive("gas_density", gas_density)
    inside = np.add(
        non_negative("neutron_density", neutron_density), non_negative("proton_density", proton_density)
    )
    if np.any(np.asarray(x) * outside > inside * (1.0 + 1e-12)):
        raise ValueError(
            f"permeability = {permeability!r}: must be in "
            "[0, (neutron_density + proton_density) / gas_density]"
        )
    arguments = (x, positive("radius", radius), outside, float(inside) if np.ndim(inside) == 0 else inside)
    return IonMass(*elementwise(_epstein_baym, arguments))


def _epstein_baym(x: Any, radius: Any, outside: Any, inside: Any) -> tuple[Any, Any, Any]:
    volume = 4.0 / 3.0 * pi * radius**3
    displaced = volume * outside
    transported = volume * (inside - x * outside)
    return displaced, transported, transported + (x - 1.0) ** 2 / (x + 2.0) * displaced


def potential_flow(cell: Cell) -> PotentialFlow:
    r"""Superfluid fraction and effective mass of an ion by potential flow through a lattice.

    The equations for a lattice at the head of this module (Martin & Urban 2016), with all neutrons of the
    cell as the fluid, by conjugate gradients on Fourier components.

    Parameters
    ----------
    cell : Cell
        From `crustlib.entrainment.cell`.

    Returns
    -------
    PotentialFlow
        A named tuple.

    Raises
    ------
    ValueError
        If `cell` is not a Cell.
    ConvergenceError
        If conjugate gradients stop before they meet their tolerance.

    Notes
    -----
    It takes the superfluid to follow the density at once: pairs much smaller than the ion. Below a second at
    0.01 fm^-3 and more, three at 0.005, minutes where the gas is thinnest; there a coarser cell does (steps
    of 1.5 fm: 3e-6 in the fraction at 0.005 fm^-3).

    Examples
    --------
    >>> from crustlib.entrainment import cell
    >>> flow = potential_flow(cell("BSk24", baryon_density=0.03))
    >>> flow.superfluid_fraction, flow.ion_mass
    (0.936, 106.1)
    """
    if not isinstance(cell, Cell):
        raise ValueError(f"cell = {cell!r}: must be a Cell of crustlib.entrainment.cell")
    half = cell.neutron_density.shape[0] // 2 + 1
    fraction, steps, residual, velocity = solve(cell.neutron_density[:half, :half, :half])
    return PotentialFlow(fraction, cell.Z + (1.0 - fraction) * cell.N, steps, residual, velocity)


def solve(density: NDArray[np.float64]) -> tuple[float, int, float, NDArray[np.float64]]:
    """Superfluid fraction of a fluid in a periodic cube, steps, residual, and velocity over its mean.

    The density is given on the octant next to a corner, edges included, and is even about all its faces. So
    chi is odd in x, the direction of the flow, and even in y and z: a sum of sines and cosines.

    Raises
    ------
    ConvergenceError
        If conjugate gradients stop before they meet their tolerance.
    """
    points = density.shape[0]
    weights = _ends_halved(points)
    rho = density / np.einsum("ijk,i,j,k", density, weights, weights, weights)
    waves = np.arange(points, dtype=np.float64)
    waves[-1] = 0.0  # on the grid this cosine has no slope
    k = [waves[1:-1, None, None], waves[None, :, None], waves[None, None, :]]
    inverse = 1.0 / (k[0] ** 2 + k[1] ** 2 + k[2] ** 2)
    measure = np.multiply.outer(weights, weights)
    residual = -k[0] * _components(rho, EVEN)[1:-1]
    chi, direction = np.zeros_like(residual), inverse * residual
    norm = first = float((measure * residual * direction).sum())
    for step in range(_MOST_STEPS):
        if norm <= _TOLERANCE**2 * first:
            velocity = _velocity(chi, k)
            fraction = float(np.einsum("ijk,i,j,k", rho * velocity[0], weights, weights, weights))
            return fraction, step, float(np.sqrt(norm / first)) if first > 0.0 else 0.0, velocity
        image = _operator(direction, rho, k)
        length = norm / float((measure * direction * image).sum())
        chi += length * direction
        residual -= length * image
        preconditioned = inverse * residual
        previous, norm = norm, float((measure * residual * preconditioned).sum())
        direction = preconditioned + norm / previous * direction
    raise ConvergenceError(f"potential_flow: residual {np.sqrt(norm / first):.2g} after {_MOST_STEPS} steps")


def _operator(chi: Any, rho: NDArray[np.float64], k: list[NDArray[np.float64]]) -> Any:
    """Components of -div(rho grad chi) from those of chi."""
    result = k[0] * _components(rho * _values(_padded(k[0] * chi), EVEN), EVEN)[1:-1]
    for axis in (1, 2):
        odd = (True, axis == 1, axis == 2)
        inner = tuple(slice(1, -1) if x else slice(None) for x in odd)
        within = (slice(None), *inner[1:])
        wave = k[axis][within]
        flow = rho[inner] * _values(wave * chi[within], odd)
        result[within] += wave * _components(flow, odd)
    return result


def _velocity(chi: Any, k: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return 1 + d chi / dx, d chi / dy and d chi / dz on the octant, from the components of chi."""
    points = chi.shape[1]
    velocity = np.zeros((3, points, points, points))
    velocity[0] = 1.0 + _values(_padded(k[0] * chi), EVEN)
    for axis in (1, 2):
        odd = (True, axis == 1, axis == 2)
        inner = tuple(slice(1, -1) if x else slice(None) for x in odd)
        within = (slice(None), *inner[1:])
        velocity[(axis, *inner)] = -_values(k[axis][within] * chi[within], odd)
    return velocity


def _padded(x: Any) -> Any:
    """Return components with the first and last cosine in x, which are zero."""
    return np.pad(x, ((1, 1), (0, 0), (0, 0)))


def _components(values: Any, odd: tuple[bool, ...]) -> Any:
    """Sines along the odd axes, cosines along the others, of values on the octant."""
    for axis, sine in enumerate(odd):
        values = (dst if sine else dct)(values, 1, axis=axis)
    return values


def _values(components: Any, odd: tuple[bool, ...]) -> Any:
    """Return what `_components` was given."""
    for axis, sine in enumerate(odd):
        components = (idst if sine else idct)(components, 1, axis=axis)
    return components


def _ends_halved(points: int) -> NDArray[np.float64]:
    """Weights of a mean over a period of an even function."""
    weights = np.full(points, 1.0 / (points - 1))
    weights[[0, -1]] *= 0.5
    return weights
