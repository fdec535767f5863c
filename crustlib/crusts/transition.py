r"""Where nuclei give way to homogeneous matter, and ways across.

Three things end the clustered matter of `nse` (Beznogov & Raduta 2025, section II): homogeneous matter has
less free energy; clusters fill the whole volume; the gas does. With the volume of a baryon :math:`w = 1/n_B`
and :math:`a = F/n_B`, each of the two kinds of matter has :math:`P = -da/dw`. Where their curves a(w) cross,
P falls from one to the other, so that matter is not stable there. A monotonic P needs a path between them:

* at one pressure, their common tangent: the coexistence of two phases that Maxwell's construction gives, here
  with each neutral by itself;
* a pressure that grows as a straight line in w, with clustered matter's own slope where the line leaves it,

  .. math:: P = P_1 + c\,(w_1 - w), \qquad a = a_1 + P_1(w_1 - w) + \tfrac c2(w_1 - w)^2, \qquad
            c = -\frac{dP_1}{dw}

  which meets homogeneous matter's at :math:`w_2`. The two conditions :math:`P(w_2) = P_2` and
  :math:`a(w_2) = a_2` leave nothing to choose. P and F are continuous, P is monotonic, and
  :math:`P = n_B^2\,da/dn_B` holds everywhere; below :math:`n_1` the compressibility is continuous too.

The second is a matching by pressure, as the paper asks for; its own is not published. Its a(w) lies below the
common tangent: it stands for states in between, of which neither kind of matter knows.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from crustlib.crusts.clusters import Work
from crustlib.crusts.equilibrium import _follow, _layers, _solve
from crustlib.crusts.homogeneous import _homogeneous
from crustlib.crusts.nse import DENSITIES, Model, _columns, _model
from crustlib.crusts.warm import TEMPERATURES, Array, columns, third_equation
from crustlib.errors import ConvergenceError
from crustlib.matter import saturation as saturations
from crustlib.matter import skyrme, warm_leptons
from crustlib.nuclides.pool import pool
from crustlib.validation import in_range, one_of

__all__ = ["MECHANISMS", "Transition", "transition"]

MECHANISMS = {
    "energy": "homogeneous matter has less free energy",
    "clusters": "clusters fill the volume",
    "gas": "gas fills the volume",
}
"""What ends clustered matter, by the name that `transition` gives it."""

LAST = DENSITIES[1]
"""fm^-3: up to where the end of clusters is searched for."""

_FIRST, _STEP = 0.02, 0.002  # fm^-3, of the scan
_FULL, _GONE = 0.9, 1e-3  # volume fraction of clusters that fill the volume at its largest; that are no more
_FINER = 40  # parts of a step of the scan in which something happens


class Transition(NamedTuple):
    """What `transition` returns; densities in fm^-3."""

    density: float
    """Where clustered matter ends."""
    mechanism: str
    """One of `MECHANISMS`."""
    coexistence: tuple[float, float] | None
    """Densities of clustered and of homogeneous matter at equal pressure and Gibbs energy per baryon."""
    matched: tuple[float, float] | None
    """Where the pressure-based matching leaves clustered and reaches homogeneous matter."""


class _Scan(NamedTuple):
    """Clustered matter along a list of densities."""

    n: Array
    filled: Array  # volume fraction of clusters
    excess: Array  # of a over homogeneous matter's, MeV
    pressure: Array


TOLERANCE = 1e-10


class _Matter:
    """Both kinds of matter at one temperature and proton fraction (None: in beta equilibrium)."""

    def __init__(self, T: float, Y: float | None, model: Model) -> None:
        self.T, self.Y, self.model = T, Y, model
        self.n, self.x = np.empty(0), np.empty((0, 3))  # what was solved

    def third(self, n: Array) -> tuple[int, Array]:
        """Mode and targets of the third equation."""
        return third_equation(n, None if self.Y is None else np.full(n.size, self.Y), None, True)

    def uniform(self, n: Array) -> dict[str, Array]:
        """Columns of homogeneous matter."""
        mode, target = self.third(n)
        rows, _ = _homogeneous(n, self.T, mode, target, False, self.model.functional)
        return columns(rows, warm_leptons.chemical_potential(rows[9], self.T), self.T, True)

    def scan(self, n: Array) -> _Scan:
        """Clustered matter along growing densities, up to where there is none."""
        mode, target = self.third(n)
        x, residual = _solve(n, self.T, mode, target, self.model.species, self.model.functional)
        count = int((residual < TOLERANCE).cumprod().sum())
        if count == 0:
            raise ConvergenceError(f"transition: no solution at {n[0]:.4g} fm^-3")
        n, x = n[:count], x[:count]
        self.n, self.x = n, x
        _, density, _ = _layers(x, self.T, *self.model, 1.0)
        table, _, _ = _columns(x, self.T, self.model, True)
        excess = table["free_energy"] - self.uniform(n)["free_energy"]
        return _Scan(n, density @ self.model.species.volume, excess, table["pressure"])

    def clustered_state(self, n: float) -> tuple[float, float, float]:
        """Return a, P and Gibbs energy of clustered matter, from the scan's next thinner solution."""
        k = max(int(np.searchsorted(self.n, n, side="right")) - 1, 0)
        mode, target = self.third(np.array([n]))
        species, _, f = self.model
        x, work = self.x[k].copy(), Work(np.empty(species.Z.size), np.empty(species.Z.size, np.int64))
        residual, _ = _follow(x, 0.0, self.n[k], n, self.T, mode, target[0], species, f, work)
        if not residual < TOLERANCE:  # as in cold symmetric matter, of one nuclide
            found, size = _solve(np.array([n]), self.T, mode, target, species, f)
            x, residual = found[0], size[0]
        if not residual < TOLERANCE:
            raise ConvergenceError(f"transition: no clustered matter at {n:.6g} fm^-3")
        return _three(_columns(x[None], self.T, self.model, True)[0])

    def uniform_state(self, n: float) -> tuple[float, float, float]:
        """Return a, P and Gibbs energy of homogeneous matter."""
        return _three(self.uniform(np.array([n])))


def _three(table: dict[str, Array]) -> tuple[float, float, float]:
    a, P, g = (float(table[name][0]) for name in ("free_energy", "pressure", "gibbs_energy"))
    return a, P, g


def _end(scan: _Scan) -> tuple[int, str]:
    """Say where clustered matter ends on a scan, and why."""
    better = np.flatnonzero((scan.excess > 0.0) & (scan.filled > _GONE))
    gone = np.flatnonzero(scan.filled < _GONE)
    if better.size and not (gone.size and gone[0] < better[0]):
        return int(better[0]), "energy"
    if scan.filled.max() > _FULL:
        return int(scan.filled.argmax()), "clusters"
    if gone.size:
        return int(gone[0]), "gas"
    raise ConvergenceError(f"transition: there are clusters from {scan.n[0]:.4g} to {scan.n[-1]:.4g} fm^-3")


def _where(matter: _Matter) -> tuple[float, str, float]:
    """Density and mechanism of the transition, and the density at which clusters' pressure is highest."""
    coarse = np.arange(_FIRST, LAST, _STEP)
    k, _ = _end(matter.scan(coarse))
    fine = np.linspace(coarse[k - 1], coarse[min(k + 1, coarse.size - 1)], 2 * _FINER + 1)
    scan = matter.scan(np.concatenate([coarse[: k - 1], fine]))
    k, mechanism = _end(scan)
    n = float(scan.n[k])
    if mechanism == "energy":
        low, high = scan.n[k - 1], scan.n[k]
        n = brentq(lambda n: matter.clustered_state(n)[0] - matter.uniform_state(n)[0], low, high, xtol=1e-9)
    falls = np.flatnonzero(np.diff(scan.pressure[: k + 1]) < 0.0)
    return n, mechanism, min(n, float(scan.n[falls[0]])) if falls.size else n


def _denser(matter: _Matter, n: float, pressure: Callable[[float], float]) -> float | None:
    """Density, above n, where homogeneous matter's pressure reaches another that lies above it at n."""

    def off(n_2: float) -> float:
        return matter.uniform_state(n_2)[1] - pressure(n_2)

    return brentq(off, n, LAST, xtol=1e-10) if off(n) < 0.0 < off(LAST) else None


def _coexistence(matter: _Matter, last: float) -> tuple[float, float] | None:
    """Clustered and homogeneous matter of equal pressure and Gibbs energy per baryon."""

    def beside(n: float) -> tuple[float | None, float]:
        _, P, g = matter.clustered_state(n)
        n_2 = _denser(matter, n, lambda _: P)
        return n_2, np.nan if n_2 is None else matter.uniform_state(n_2)[2] - g

    return _root(beside, last)


def _straight(matter: _Matter, last: float) -> tuple[float, float] | None:
    """Return the ends of the straight line P(1 / n_B) of the module's head."""

    def beside(n: float) -> tuple[float | None, float]:
        a, P, _ = matter.clustered_state(n)
        w, step = 1.0 / n, 1e-4 / n
        before, beyond = (matter.clustered_state(1.0 / (w + sign * step))[1] for sign in (1.0, -1.0))
        c = (beyond - before) / (2.0 * step)
        n_2 = _denser(matter, n, lambda n_2: P + c * (w - 1.0 / n_2))
        if n_2 is None:
            return None, np.nan
        there = a + P * (w - 1.0 / n_2) + 0.5 * c * (w - 1.0 / n_2) ** 2
        return n_2, matter.uniform_state(n_2)[0] - there

    return _root(beside, last)


def _root(beside: Callable[[float], tuple[float | None, float]], last: float) -> tuple[float, float] | None:
    """Search downwards from `last` for where `beside`, negative there, is zero."""
    grid = np.linspace(last, _FIRST, 25)
    high, off = grid[0], beside(grid[0])[1]
    if not off < 0.0:
        return None
    for low in grid[1:]:
        off = beside(low)[1]
        if not off < 0.0:
            break
        high = low
    if not off > 0.0:
        return None
    n = brentq(lambda n: beside(n)[1], low, high, xtol=1e-8)
    n_2, _ = beside(n)
    return None if n_2 is None else (n, n_2)


def transition(
    temperature: float,
    proton_fraction: float | None = None,
    functional: str = "BSk25",
    saturation: str = "exact",
    *,
    helium_neutrons_max: int = 12,
) -> Transition:
    r"""Density at which the nuclei of statistical equilibrium give way to homogeneous matter, and why.

    The first of three things to happen as matter is compressed (Beznogov & Raduta 2025, section II): it has
    more free energy than homogeneous matter of the same density; its clusters fill most of the volume, as
    much as they ever do and more than nine tenths; or they fill less than a thousandth.

    Parameters
    ----------
    temperature : float
        Temperature in MeV, from 0.05 to 20.
    proton_fraction : float, optional
        Electrons per baryon, from 1e-3 to 0.99; without it, matter is in beta equilibrium.
    functional, saturation, helium_neutrons_max
        As in `nse`.

    Returns
    -------
    Transition
        Where there is no jump of pressure to bridge, or no way across, `coexistence` and `matched` are None.
        So too where pressure falls while nuclei go, not where they are gone: at 3 MeV in beta equilibrium it
        falls by 1 % from 0.067 to 0.072 fm^-3, and the denser of two phases would still hold nuclei.

    Raises
    ------
    ValueError
        If an argument is out of range.
    ConvergenceError
        If there are clusters up to 0.28 fm^-3, or equations are not met.

    Examples
    --------
    >>> end = transition(0.1)
    >>> end.density, end.mechanism
    (0.06697, 'energy')
    >>> end.coexistence
    (0.05664, 0.07701)
    """
    T = float(in_range("temperature", temperature, *TEMPERATURES))
    Y = None if proton_fraction is None else float(in_range("proton_fraction", proton_fraction, 1e-3, 0.99))
    one_of("functional", functional, skyrme.available())
    one_of("saturation", saturation, saturations.METHODS)
    pool(helium_neutrons_max=helium_neutrons_max)
    return _transition(T, Y, functional, saturation, int(helium_neutrons_max))


@lru_cache(maxsize=64)
def _transition(T: float, Y: float | None, functional: str, saturation: str, helium: int) -> Transition:
    matter = _Matter(T, Y, _model(T, functional, saturation, helium_neutrons_max=helium))
    density, mechanism, last = _where(matter)
    pair = _coexistence(matter, last) if mechanism == "energy" or last < density else None
    return Transition(density, mechanism, pair, _straight(matter, last) if pair else None)
