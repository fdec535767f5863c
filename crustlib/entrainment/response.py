r"""How much of the neutrons flows freely through the crystal: the linear response of their BCS state.

Pairs that carry the phase :math:`2\theta`, with :math:`\hbar\nabla\theta/m` small, add to the Hamiltonian
:math:`\hbar^2F/m`, odd under time reversal, and :math:`\hbar^2(\nabla\theta)^2/2m`. To second order the
energy of a cell is

.. math:: \mathcal E[\theta] = \frac{\hbar^2}{2m}\left[\int n_n(\nabla\theta)^2d^3r
          - \frac{\hbar^2}{m}\sum_{\alpha\beta}|F_{\alpha\beta}|^2\,W_{\alpha\beta}\right], \qquad
          F = \frac{\mathbf p\cdot\nabla\theta + \nabla\theta\cdot\mathbf p}{2\hbar}

with :math:`W = (EE' - \xi\xi' - \Delta^2)/[EE'(E + E')]` (`crustlib.entrainment.quasiparticles`).

**Rigid**: :math:`\theta = Qx`. With :math:`\mathcal E = Nf\hbar^2Q^2/2m` this is the printed formula (Chamel
2026, slides)

.. math:: f = \frac{\rho_s}{\bar\rho_n} = 1 - \frac{\hbar^2}{mN}\sum_{\alpha\beta}
          \tfrac13|\mathbf k_{\alpha\beta}|^2\,W_{\alpha\beta}, \qquad \mathbf k = \mathbf p/\hbar

a mean over the zone. **Relaxed**: :math:`\theta = Qx + \sum_ic_i\chi_i(\mathbf r)` with periodic
:math:`\chi_i` and the :math:`c_i` of least energy. They make :math:`\nabla\cdot\mathbf j = 0`: the current is
conserved, which a rigid phase at constant gap does not give. Then

.. math:: f \to f - b^TA^{-1}b, \qquad
          b_i = \frac{\hbar^2}{mN}\sum_{\alpha\beta}k^x_{\alpha\beta}F^i_{\alpha\beta}W^+_{\alpha\beta},
          \qquad
          A_{ij} = \frac{\hbar^2}{mN}\sum_{\alpha\beta}F^i_{\alpha\beta}F^j_{\alpha\beta}W^+_{\alpha\beta}

with :math:`W^+ = 2\Delta^2/[EE'(E + E')]`: the first integral is a commutator, at each **k** a sum over
states with the weight :math:`W + W^+`. **Intraband**: :math:`\alpha = \beta` in the form with :math:`W^+`,
that is

.. math:: f = \frac{\hbar^2}{mN}\sum_\alpha\tfrac13|\mathbf k_{\alpha\alpha}|^2\frac{\Delta^2}{E_\alpha^3}

Left out are the current terms of the functional (slides). For constant :math:`C_\pm` they make

.. math:: \frac{\hbar^2}{2m^\oplus_n} = \frac{\hbar^2}{2m} + C_+n + C_-(n_n - n_p), \qquad
          \mathbf I_n = -2\left[(C_+ + C_-)\,\mathbf j_n + (C_+ - C_-)\,\mathbf j_p\right]

In a flow of all nucleons alike, :math:`\mathbf j_q = n_q\mathbf Q`, the two cancel:
:math:`\hbar^2\mathbf Q/m^\oplus_n + \mathbf I_n = \hbar^2\mathbf Q/m`. Either without the other breaks
Galilean invariance; neither, as here, keeps it. With both, F has
:math:`\mathbf w = \hbar^2\nabla\theta/m^\oplus_n + \mathbf I_n` in place of
:math:`\hbar^2\nabla\theta/m`, and currents depend on the fields that they make:
:math:`\mathbf j_n = n_n\nabla\theta - \chi_n\mathbf w` and :math:`\mathbf j_p = -\chi_p\mathbf I_p` with the
same W in :math:`\chi`, between all pairs of reciprocal lattice vectors. These integral equations need bands
and pairs of the protons bound in ions, which are not computed here. In uniform neutron matter nothing is
left of it. In potential flow (`crustlib.entrainment.hydrodynamics`) past protons at rest, :math:`n_n`
becomes :math:`n_n(1 + c\,n_p)` with the c of `crustlib.entrainment.core`. For BSk24 that adds 0.001 to f at
0.01 fm^-3, 0.003 at 0.03 and 0.006 at 0.07, about a fifth less if protons give way.
"""

import os
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from tqdm.auto import tqdm

from crustlib import sweep
from crustlib.constants import HBARC_MEV_FM, NEUTRON_MASS_MEV
from crustlib.entrainment.bands import (
    Basis,
    basis,
    checked_crystal,
    eigensystems,
    momenta_at,
    number_of_states,
    wave_number,
)  # fmt: skip
from crustlib.entrainment.cell import Cell
from crustlib.entrainment.phase import EVEN_IN_X, bent_currents, field_matrix, phase_fields
from crustlib.entrainment.plane_waves import BLOCKS, Crystal, gamma_states, momentum, opposite
from crustlib.entrainment.quasiparticles import chemical_potential, pair_sums
from crustlib.entrainment.zone import Mesh, special_points
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON
from crustlib.validation import in_range, one_of

__all__ = ["SuperfluidFraction", "superfluid_fraction"]

RESPONSES = ("relaxed", "rigid", "intraband")


class SuperfluidFraction(NamedTuple):
    """What `superfluid_fraction` returns: floats, or arrays of the gap's shape."""

    superfluid_fraction: Any
    """rho_s over the mean density of all neutrons."""
    free_fraction: Any
    """rho_s over the density of free neutrons: the cell's `neutron_background`."""
    neutron_mass: Any
    """m*_n / m_n, the inverse of the superfluid fraction."""
    ion_mass: Any
    """m*_I / m = Z + (1 - f) N."""
    chemical_potential: Any
    """In MeV."""


def superfluid_fraction(
    cell: Cell,
    gap: ArrayLike,
    response: str = "relaxed",
    k_points: "str | int | Mesh" = "gamma",
    cutoff: float = 80.0,
    *,
    states: "int | None" = None,
    displacement: float = 0.0,
    save: "str | os.PathLike[str] | None" = None,
    processes: "int | str" = 1,
    client: Any = None,
    progress: "bool | None" = None,
) -> SuperfluidFraction:
    r"""Superfluid fraction of the neutrons in a crystal, from their bands and a constant gap.

    The equations at the head of this module (Chamel 2026, slides; relaxed: derived here).

    Parameters
    ----------
    cell : Cell
        From `crustlib.entrainment.cell`.
    gap : float or array_like
        In MeV, from 0.01 to 10.
    response : str
        ``"relaxed"``, ``"rigid"`` or ``"intraband"``.
    k_points : str, int or Mesh
        ``"gamma"`` for the zone's centre alone, how many special points (see
        `crustlib.entrainment.zone.special_points`), or a mesh of `crustlib.entrainment.zone.mesh`.
        ``"intraband"`` needs points off the centre.
    cutoff : float
        Kinetic energy of the fastest plane wave in MeV, from 5 to 200.
    states : int, optional
        How many states at the zone's centre make those elsewhere, 1.2 for each neutron of an ion if not
        given. The others count as they are at the centre.
    displacement : float
        Mean square displacement of the ions in fm^2.
    save, processes, client, progress
        As in `crustlib.sweep.run`, for the eigensystems of a mesh: with `save`, a run that was killed goes on
        where it stopped, and other gaps reuse them. They take four bytes times the square of `states` each.

    Returns
    -------
    SuperfluidFraction
        A named tuple.

    Raises
    ------
    ValueError
        If an argument is out of range, or the cut-off leaves too few states for the neutrons.

    Notes
    -----
    One wave vector stands for the zone where the gap is much larger than the distance of levels, some 10 keV
    for all, some 100 keV for those of one symmetry: below 0.3 MeV, compare meshes.

    Examples
    --------
    >>> from crustlib.entrainment import cell
    >>> c = cell("BSk24", baryon_density=0.07)
    >>> found = superfluid_fraction(c, [0.5, 1.0], "rigid", cutoff=40.0)
    >>> found.superfluid_fraction
    array([0.916, 0.968])
    """
    lattice = checked_crystal(cell, cutoff, displacement)
    gaps = in_range("gap", gap, 0.01, 10.0)
    one_of("response", response, RESPONSES)
    points = _points(k_points, response)
    flat = np.atleast_1d(gaps).ravel()
    if points is None:
        mu, f = _at_gamma(lattice, cell.N, flat, response == "relaxed")
    else:
        vectors, number = response != "intraband", number_of_states(lattice, states)
        found = eigensystems(lattice, points.points, number, vectors, save, processes, client, progress)
        mu = _chemical_potentials(lattice, number, points, found["energies"].values, cell.N, flat)
        if vectors:
            sums = _on_mesh(lattice, number, points, found, mu, flat, response == "relaxed", progress)
            f = _fraction(sums, cell.N)
        else:
            f = _intraband(found, points, cell.N, mu, flat)
    return result(cell, f.reshape(np.shape(gaps)), mu.reshape(np.shape(gaps)))


def all_responses(
    cell: Cell, gap: NDArray[np.float64], points: Mesh, cutoff: float = 80.0, states: "int | None" = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Superfluid fractions of all `RESPONSES` from the same eigensystems, and chemical potentials in MeV."""
    lattice = checked_crystal(cell, cutoff)
    number = number_of_states(lattice, states)
    found = eigensystems(lattice, points.points, number, True, progress=False)
    mu = _chemical_potentials(lattice, number, points, found["energies"].values, cell.N, gap)
    sums = _on_mesh(lattice, number, points, found, mu, gap, True, False)
    relaxed, rigid = _fraction(sums, cell.N), _fraction(sums[:, :1, :1], cell.N)
    return np.array([relaxed, rigid, _intraband(found, points, cell.N, mu, gap)]), mu


def result(cell: Cell, f: Any, mu: Any) -> SuperfluidFraction:
    """Return what follows from a superfluid fraction."""
    f, mu = (x if np.ndim(x) else float(x) for x in (f, mu))
    free = float(cell.neutron_density.mean()) / cell.neutron_background
    return SuperfluidFraction(f, f * free, 1.0 / f, cell.Z + (1.0 - f) * cell.N, mu)


def _points(k_points: Any, response: str) -> "Mesh | None":
    """Return the mesh, or None for the zone's centre."""
    if isinstance(k_points, Mesh):
        return k_points
    if isinstance(k_points, int) and not isinstance(k_points, bool):
        return special_points(k_points)
    if not isinstance(k_points, str) or k_points != "gamma":
        raise ValueError(f'k_points = {k_points!r}: must be "gamma", a number of special points, or a Mesh')
    if response == "intraband":
        raise ValueError('k_points = "gamma": must be a mesh, no band moves at the zone\'s centre')
    return None


def _at_gamma(lattice: Crystal, N: float, gap: NDArray[Any], relaxed: bool) -> tuple[Any, Any]:
    """Chemical potentials, and superfluid fractions, from the states at the zone's centre."""
    energies = np.concatenate(gamma_states(lattice).energies)
    mu = np.array([chemical_potential(energies, np.ones_like(energies), N, x) for x in gap])
    fields = phase_fields(lattice) if relaxed else ()
    return mu, _fraction(_sums_at_gamma(lattice, fields, mu, gap), N)


def _sums_at_gamma(lattice: Crystal, fields: Any, mu: Any, gap: Any, counts: Any = None) -> NDArray[Any]:
    """`pair_sums` for a flow along x, of all states at the zone's centre or of the lowest of each block."""
    gamma = gamma_states(lattice)
    most = counts if counts is not None else tuple(len(e) for e in gamma.energies)
    sums = np.zeros((len(mu), len(fields) + 1, len(fields) + 1))
    for block in EVEN_IN_X:
        rows, columns = (gamma.energies[b][: most[b]] for b in (block, opposite(block, 0)))
        currents = [momentum(lattice, gamma, block, 0, most)]
        bends = (field_matrix(lattice, block, 0, chi, most) for chi in fields)
        currents += [bent_currents(chi, rows, columns) for chi in bends]
        sums += 2.0 * pair_sums(rows, columns, np.array(currents)[None], mu, gap)
    return sums


def _fraction(sums: NDArray[Any], N: float) -> NDArray[Any]:
    """Superfluid fraction of each gap: 1 - sum, less what relaxing the phase gains."""
    sums = 2.0 * HBAR2_2M_NEUTRON / N * sums
    b, A = sums[:, 0, 1:], sums[:, 1:, 1:]
    inverse = np.linalg.pinv(A, rcond=1e-12, hermitian=True)
    return 1.0 - sums[:, 0, 0] - np.einsum("gi,gij,gj->g", b, inverse, b)


def _chemical_potentials(
    lattice: Crystal, states: int, points: Mesh, energies: NDArray[Any], N: float, gap: NDArray[Any]
) -> NDArray[Any]:
    """Chemical potentials from the states on a mesh and, above them, those at the zone's centre."""
    gamma, counts = gamma_states(lattice), basis(lattice, states).counts
    above = np.concatenate([e[n:] for e, n in zip(gamma.energies, counts, strict=True)])
    levels = np.concatenate([energies.ravel(), above])
    weights = np.concatenate([np.repeat(points.weights, energies.shape[1]), np.ones_like(above)])
    return np.array([chemical_potential(levels, weights, N, x) for x in gap])


def _on_mesh(
    lattice: Crystal, states: int, points: Mesh, found: Any, mu: Any, gap: Any, relaxed: bool,
    progress: "bool | None",
) -> NDArray[Any]:  # fmt: skip
    """`pair_sums` from the eigensystems on a mesh."""
    fields = phase_fields(lattice) if relaxed else ()
    at_gamma = basis(lattice, states)
    counts, bends = at_gamma.counts, _fields_between(lattice, at_gamma, fields)
    sums = _sums_at_gamma(lattice, fields, mu, gap) - _sums_at_gamma(lattice, fields, mu, gap, counts)
    quiet = not (sweep.shows_progress() if progress is None else progress)
    for i in tqdm(range(len(points.points)), desc="response", disable=quiet):
        energies, C = found["energies"].values[i], found["vectors"].values[i]
        currents = np.empty((3, len(fields) + 1, *C.shape), dtype=np.float32)
        momenta = momenta_at(at_gamma, wave_number(lattice, points.points[i]))
        for axis in range(3):
            currents[axis, 0] = _rotated(momenta[axis], C)
            for kind, chi in enumerate(bends[axis]):
                currents[axis, kind + 1] = bent_currents(_rotated(chi, C), energies, energies)
        sums += points.weights[i] / 3.0 * pair_sums(energies, energies, currents, mu, gap)
    return sums


def _rotated(operator: NDArray[Any], C: NDArray[Any]) -> NDArray[Any]:
    """Return an operator between the eigenvectors in C's columns, in single precision."""
    return C.T @ (operator.astype(np.float32, copy=False) @ C)


def _fields_between(lattice: Crystal, at_gamma: Basis, fields: Any) -> NDArray[np.float32]:
    """Return i chi between the lowest states at the zone's centre, shape (3, fields, states, states)."""
    ends, size = np.cumsum(at_gamma.counts), len(at_gamma.energies)
    part = [slice(end - count, end) for end, count in zip(ends, at_gamma.counts, strict=True)]
    matrices = np.zeros((3, len(fields), size, size), dtype=np.float32)
    for axis, (kind, field), block in product(range(3), enumerate(fields), range(len(BLOCKS))):
        chi = field_matrix(lattice, block, axis, field, at_gamma.counts)
        matrices[axis, kind, part[block], part[opposite(block, axis)]] = chi
    return matrices


def _intraband(found: Any, points: Mesh, N: float, mu: Any, gap: Any) -> NDArray[Any]:
    """Superfluid fractions from the bands' own velocities."""
    k = NEUTRON_MASS_MEV / HBARC_MEV_FM * found["velocities"].values
    squares = points.weights[:, None] * (k**2).sum(axis=2) / 3.0
    xi = found["energies"].values - mu[:, None, None]
    weight = gap[:, None, None] ** 2 / np.hypot(xi, gap[:, None, None]) ** 3
    return 2.0 * HBAR2_2M_NEUTRON / N * (squares * weight).sum(axis=(1, 2))
