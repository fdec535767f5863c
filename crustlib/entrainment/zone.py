r"""Wave vectors in the zone of the body-centred cubic lattice: meshes reduced by symmetry, and paths.

Wave vectors are in units of :math:`2\pi/a` with a the side of the cube that holds two ions. Reciprocal
lattice vectors are whole numbers whose sum is even, the zone is a rhombic dodecahedron of volume 2.
"""

from itertools import pairwise, permutations, product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from crustlib.validation import integer

__all__ = ["CORNERS", "Mesh", "mesh", "path", "special_points"]

CORNERS = {
    "G": (0.0, 0.0, 0.0),
    "H": (1.0, 0.0, 0.0),
    "N": (0.5, 0.5, 0.0),
    "P": (0.5, 0.5, 0.5),
}
"""The points of high symmetry by the letters that solid state physics gives them; G is Gamma."""

_SIGNED_AXES = [(p, np.array(s)) for p in permutations(range(3)) for s in product((1, -1), repeat=3)]
_CENTRINGS = np.array([(0, 0, 0), (1, 1, 0), (1, 0, 1), (0, 1, 1)])


_MESHES = {
    2: (2, "cubic"), 3: (2, "centred"), 4: (3, "centred"), 5: (3, "cubic"), 8: (4, "cubic"),
    10: (5, "centred"), 14: (5, "cubic"), 16: (6, "centred"), 20: (7, "centred"), 29: (8, "centred"),
    30: (7, "cubic"), 35: (9, "centred"), 40: (8, "cubic"), 47: (10, "centred"), 55: (9, "cubic"),
    56: (11, "centred"), 70: (10, "cubic"), 72: (12, "centred"), 91: (11, "cubic"),
}  # fmt: skip


class Mesh(NamedTuple):
    """What `mesh` returns."""

    points: NDArray[np.float64]
    """Wave vectors in units of 2 pi / a, one of each star, shape (points, 3), shortest first."""
    weights: NDArray[np.float64]
    """What part of the zone each stands for."""
    cube: float
    """Side of the cube around each wave vector of a cubic mesh in units of 2 pi / a; 0 for other meshes."""


def mesh(divisions: int, kind: str = "cubic") -> Mesh:
    r"""Evenly spaced wave vectors that fill the zone, reduced by the 48 operations of the cube.

    Monkhorst & Pack 1976. Two kinds: ``"cubic"`` has the :math:`2q^3` points
    :math:`(i + \frac12, j + \frac12, l + \frac12)/q`, each in a cube of its own;
    ``"centred"`` has the :math:`q^3` points that divide the three shortest reciprocal lattice vectors into q
    parts, with Gamma among them. Of 2 to 6 divisions, the first kind leaves 2, 5, 8, 14 and 20 points to be
    computed, the second 3, 4, 8, 10 and 16.

    Parameters
    ----------
    divisions : int
        q, from 1 to 40.
    kind : str
        ``"cubic"`` or ``"centred"``.

    Returns
    -------
    Mesh
        A named tuple.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> m = mesh(2)
    >>> m.points
    array([[0.25, 0.25, 0.25],
           [0.25, 0.25, 0.75]])
    >>> m.weights
    array([0.5, 0.5])
    >>> len(mesh(6, "centred").weights)
    16
    """
    q = integer("divisions", divisions, 1, 40)
    steps = np.arange(q)
    if kind == "cubic":
        grid = np.stack(np.meshgrid(steps, steps, np.arange(2 * q), indexing="ij"), -1).reshape(-1, 3)
        whole = 2 * grid + 1
    elif kind == "centred":
        grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(-1, 3)
        whole = 2 * grid @ _CENTRINGS[1:]
    else:
        raise ValueError(f"kind = {kind!r}: must be one of 'cubic', 'centred'")
    stars, counts = np.unique(_star(whole, 2 * q), return_counts=True)
    period = 4 * q
    corners = np.stack([stars // period**2, stars // period % period, stars % period], -1)
    points = np.sort(np.abs(_shortest(corners, 2 * q)), axis=1) / (2.0 * q)
    order = np.argsort((points**2).sum(axis=1), kind="stable")
    return Mesh(points[order], counts[order] / counts.sum(), 1.0 / q if kind == "cubic" else 0.0)


def special_points(count: int) -> Mesh:
    """Return the mesh that symmetry reduces to so many points.

    Parameters
    ----------
    count : int
        2, 3, 4, 5, 8, 10, 14, 16, 20, 29, 30, 35, 40, 47, 55, 56, 70, 72 or 91.

    Returns
    -------
    Mesh
        A named tuple; see `mesh`.

    Raises
    ------
    ValueError
        If no mesh has so many points.

    Examples
    --------
    >>> len(special_points(16).points)
    16
    """
    if count not in _MESHES:
        raise ValueError(f"k_points = {count!r}: must be one of {', '.join(map(str, sorted(_MESHES)))}")
    return mesh(*_MESHES[count])


def path(corners: str = "GHNGPN", steps: int = 20) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Wave vectors along straight lines between points of high symmetry.

    Parameters
    ----------
    corners : str
        Letters of `CORNERS`.
    steps : int
        From each corner to the next, from 1 to 1000.

    Returns
    -------
    points : ndarray
        In units of 2 pi / a, shape (points, 3).
    length : ndarray
        Along the path, same units.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> points, length = path("GN", 2)
    >>> length.tolist()
    [0.0, 0.354, 0.707]
    """
    integer("steps", steps, 1, 1000)
    if not isinstance(corners, str) or len(corners) < 2 or not set(corners) <= set(CORNERS):
        raise ValueError(f"corners = {corners!r}: must be two or more letters of {', '.join(CORNERS)}")
    ends = np.array([CORNERS[letter] for letter in corners])
    part = np.arange(steps)[:, None] / steps
    lines = [start + part * (end - start) for start, end in pairwise(ends)]
    points = np.concatenate([*lines, ends[-1:]])
    length = np.cumsum(np.sqrt((np.diff(points, axis=0) ** 2).sum(axis=1)))
    return points, np.concatenate([[0.0], length])


def _star(whole: Any, q: int) -> Any:
    """Return a number that all wave vectors share which symmetry and the lattice make equal.

    `whole` is in units of 1 / q: reciprocal lattice vectors are q times whole numbers with an even sum.
    """
    period = 2 * q
    code = np.array([period**2, period, 1])
    images = [
        ((whole[:, axes] * signs + q * shift) % period) @ code
        for axes, signs in ((list(p), s) for p, s in _SIGNED_AXES)
        for shift in _CENTRINGS
    ]
    return np.min(images, axis=0)


def _shortest(whole: Any, q: int) -> Any:
    """Return the vectors of the first zone that differ from these by reciprocal lattice vectors."""
    images = np.stack([(whole + q * shift + q) % (2 * q) - q for shift in _CENTRINGS])
    nearest = (images**2).sum(axis=2).argmin(axis=0)
    return images[nearest, np.arange(len(whole))]
