r"""How the phase of the pairs bends around ions.

Pairs that flow past ions carry the phase :math:`2\theta(\mathbf r)`,
:math:`\theta = Qx + \chi(\mathbf r)`, with :math:`\chi` as periodic as the lattice. For a flow along x it is
odd in x, even in y and z, and y and z may be exchanged. It is expanded in

.. math:: \chi_m = \sin(G_xx)\,[\cos(G_yy)\cos(G_zz) + \cos(G_zy)\cos(G_yz)]

The response to each :math:`\chi_m` at Gamma gives the best :math:`\chi` for a few gaps
(`crustlib.entrainment.response`). These few fields then serve all gaps and wave vectors: the superfluid
fraction is stationary, so that its error is of second order in theirs, and never below zero.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lstsq

from crustlib.entrainment.bands import block_counts, number_of_states
from crustlib.entrainment.plane_waves import (
    BLOCKS,
    Crystal,
    gamma_states,
    momentum,
    multiplication,
    multiplied,
    opposite,
)  # fmt: skip
from crustlib.entrainment.quasiparticles import chemical_potential, pair_weights
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON

GAPS = (0.2, 1.0, 5.0)
"""In MeV, at which the fields are found."""
_INDEPENDENT = 1e-10  # waves that no state below the cut-off can carry are left out
_LARGEST_G = 1.0  # fm^-1, of the waves in chi
_FEW_WAVES = 8  # up to which a matrix is mostly zeros
EVEN_IN_X = (0, 1, 2, 3)
"""Blocks of functions that are even in x; the others are their opposites about x."""


@lru_cache(maxsize=8)
def phase_fields(lattice: Crystal, gaps: Any = GAPS, largest: float = _LARGEST_G) -> Any:
    """Fourier components of the fields chi for a flow along x, shape (fields, i, j, l)."""
    waves = _waves(lattice, largest)
    gamma, counts = gamma_states(lattice), block_counts(lattice, number_of_states(lattice))
    energies = np.concatenate(gamma.energies)
    ones = np.ones_like(energies)
    mu = [chemical_potential(energies, ones, lattice.neutrons, gap) for gap in gaps]
    sums = np.zeros((len(gaps), len(waves) + 1, len(waves) + 1))
    for block in EVEN_IN_X:
        other = opposite(block, 0)
        levels = gamma.energies[block][: counts[block]], gamma.energies[other][: counts[other]]
        currents = [momentum(lattice, gamma, block, 0, counts)]
        currents += [bent_currents(field_matrix(lattice, block, 0, wave, counts), *levels) for wave in waves]
        flat = np.array(currents).reshape(len(currents), -1)
        for g, weight in enumerate(pair_weights(*levels, np.array(mu), np.array(gaps))[1]):
            sums[g] += (weight * flat) @ flat.T
    best = [lstsq(A[1:, 1:], A[1:, 0], cond=_INDEPENDENT)[0] for A in sums]
    return np.einsum("gm,mijl->gijl", best, waves)


def field_matrix(
    lattice: Crystal, block: int, axis: int, field: NDArray[np.float64], counts: Any
) -> NDArray[np.float64]:
    """Matrix elements of i chi between the states of a block and those of its opposite about an axis.

    `field` holds the components of a chi for a flow along x; `axis` turns it. `counts` as in `momentum`.
    """
    gamma = gamma_states(lattice)
    other = opposite(block, axis)
    parity = (int(axis == 0), int(axis == 1), int(axis == 2))
    turned = np.ascontiguousarray(np.swapaxes(field, 0, axis))
    left, right = gamma.vectors[block][:, : counts[block]], gamma.vectors[other][:, : counts[other]]
    chi = gamma.triples[block], gamma.triples[other], BLOCKS[other], parity, turned
    if np.count_nonzero(turned) <= _FEW_WAVES:
        return left.T @ multiplied(*chi, right)
    return left.T @ (multiplication(*chi) @ right)


def bent_currents(chi: NDArray[Any], rows: NDArray[Any], columns: NDArray[Any]) -> NDArray[Any]:
    r"""Matrix elements of :math:`(\mathbf p\cdot\nabla\chi + \nabla\chi\cdot\mathbf p)/2\hbar` in fm^-1.

    From :math:`[h, \chi]`: the elements of i chi times :math:`m(\varepsilon - \varepsilon')/\hbar^2`. `rows`
    and `columns` are the energies.
    """
    return np.subtract.outer(rows, columns).astype(chi.dtype) / (2.0 * HBAR2_2M_NEUTRON) * chi


def _waves(lattice: Crystal, largest: float) -> NDArray[np.float64]:
    """Fourier components of each chi_m, with G up to `largest`."""
    size = len(lattice.components)
    most = min(int(largest * lattice.lattice_constant / (2.0 * np.pi)), size - 1)
    waves = []
    for i in range(1, most + 1):
        for j in range(most + 1):
            for l in range(i % 2 if (j % 2 == 0) else 1 - i % 2, j + 1, 2):  # noqa: E741
                if i * i + j * j + l * l <= (largest * lattice.lattice_constant / (2.0 * np.pi)) ** 2:
                    wave = np.zeros((size, size, size))
                    wave[i, j, l] = wave[i, l, j] = 0.5
                    waves.append(wave)
    return np.array(waves)
