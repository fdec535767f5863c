r"""Fermions in one dimension, in the potential :math:`2V\cos2x`: the crust's response, easy to check.

Units: :math:`\hbar^2/2m = 1` and a period of :math:`\pi`, so that the first band gap is :math:`2V` to lowest
order. The equations are those of `crustlib.entrainment.response` with one direction. Here the relaxed phase
can be expanded in as many waves as there are, and any number of wave vectors costs nothing.

Of all flows with one mean velocity, the potential flow of the density has the least energy (Leggett 1970),

.. math:: f \le \left\langle\frac{n}{\bar n}\right\rangle^{-1}\left\langle\frac{\bar n}{n}\right\rangle^{-1}

and the paired state has less: its phase may follow that flow.
"""

from typing import Any, NamedTuple

import numpy as np

from crustlib.entrainment.quasiparticles import chemical_potential, pair_weights
from crustlib.validation import in_range, integer, one_of

__all__ = ["Lattice1D", "lattice_1d"]

_RESPONSES = ("relaxed", "rigid", "intraband", "positive")


class Lattice1D(NamedTuple):
    """What `lattice_1d` returns."""

    superfluid_fraction: float
    """Of all particles."""
    chemical_potential: float
    """In units of hbar^2/2m."""
    bound: float
    """Leggett's upper bound, from the paired state's own density."""


def lattice_1d(
    depth: float,
    filling: float,
    gap: float,
    response: str = "relaxed",
    *,
    waves: int = 16,
    k_points: int = 128,
) -> Lattice1D:
    r"""Superfluid fraction in a one-dimensional lattice.

    The equations of `crustlib.entrainment.response`, along one direction. With `response` ``"positive"`` all
    pairs of states count with :math:`W^+` and the flow's own energy with nothing: by the sum rule the same as
    ``"rigid"``, after averaging over the zone.

    Parameters
    ----------
    depth : float
        V in units of hbar^2/2m, from 0 to 10.
    filling : float
        Particles per period, from 0.01 to 8; two fill a band.
    gap : float
        Delta in the same units, from 0.001 to 100.
    response : str
        ``"relaxed"``, ``"rigid"``, ``"intraband"`` or ``"positive"``.
    waves : int
        Longest plane wave, and of the phase, in units of 2: from 8 to 200.
    k_points : int
        Wave vectors in the zone, from 2 to 10000.

    Returns
    -------
    Lattice1D
        A named tuple.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> lattice_1d(0.5, 1.0, 0.5, "rigid").superfluid_fraction
    0.7604
    >>> lattice_1d(0.5, 1.0, 0.5).superfluid_fraction
    0.6738
    """
    V, N = in_range("depth", depth, 0.0, 10.0), in_range("filling", filling, 0.01, 8.0)
    delta = in_range("gap", gap, 0.001, 100.0)
    if np.ndim(V) or np.ndim(N) or np.ndim(delta):
        raise ValueError(f"depth = {depth!r}, filling = {filling!r}, gap = {gap!r}: must be single numbers")
    one_of("response", response, _RESPONSES)
    G = 2.0 * np.arange(-integer("waves", waves, 8, 200), waves + 1)
    count = integer("k_points", k_points, 2, 10000)
    k = (2.0 * np.arange(count) + 1.0) / count - 1.0
    H = V * (np.eye(len(G), k=1) + np.eye(len(G), k=-1)) + np.zeros((count, 1, 1))
    H[:, range(len(G)), range(len(G))] = (k[:, None] + G) ** 2
    energies, C = np.linalg.eigh(H)
    mu = chemical_potential(energies.ravel(), np.full(energies.size, 1.0 / count), N, delta)
    f = _response(response, k, G, energies, C, mu, delta) / (0.5 * N)
    return Lattice1D(
        1.0 - f if response in ("rigid", "relaxed") else f, mu, _bound(G, energies, C, mu, delta)
    )


def _response(response: str, k: Any, G: Any, energies: Any, C: Any, mu: float, gap: float) -> float:
    """Sum over states, per particle pair, that the response needs."""
    if response == "intraband":
        velocity = np.einsum("kga,kg,kga->ka", C, k[:, None] + G, C)
        return float((velocity**2 * gap**2 / np.hypot(energies - mu, gap) ** 3).sum() / len(k))
    waves = range(1, (len(G) + 1) // 2)
    i_chi = 0.5 * np.array([np.eye(len(G), k=-m) - np.eye(len(G), k=m) for m in waves])
    rigid, positive, b = 0.0, 0.0, np.zeros(len(waves))
    A = np.zeros((len(waves), len(waves)))
    for q, e, c in zip(k, energies, C, strict=True):
        normal, paired = (x[0] for x in pair_weights(e, e, np.array([mu]), np.array([gap])))
        p = (c.T @ ((q + G)[:, None] * c)).ravel()
        rigid += p**2 @ normal / len(k)
        positive += p**2 @ paired / len(k)
        if response == "relaxed":
            bent = (0.5 * np.subtract.outer(e, e) * (c.T @ i_chi @ c)).reshape(len(waves), -1)
            b += bent @ (paired * p) / len(k)
            A += (bent * paired) @ bent.T / len(k)
    if response == "relaxed":
        return float(rigid + b @ np.linalg.solve(A, b))
    return float(rigid if response == "rigid" else positive)


def _bound(G: Any, energies: Any, C: Any, mu: float, gap: float) -> float:
    """Leggett's bound from the density of the paired state."""
    x = np.linspace(0.0, np.pi, 8 * len(G), endpoint=False)
    occupied = 1.0 - (energies - mu) / np.hypot(energies - mu, gap)
    waves = np.exp(1j * np.multiply.outer(x, G))
    n = np.array([(np.abs(waves @ c) ** 2) @ v for c, v in zip(C, occupied, strict=True)]).sum(axis=0)
    return float(1.0 / (n.mean() * (1.0 / n).mean()))
