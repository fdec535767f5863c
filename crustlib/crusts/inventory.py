"""Which nuclides an element of matter holds, and how much of each: arrays that kernels change in place."""

from typing import NamedTuple

import numpy as np
from numba import njit

from crustlib.constants import ATOMIC_MASS_UNIT_MEV, ELECTRON_MASS_MEV
from crustlib.crusts import pycnonuclear

MAX_SPECIES = 1000
Z_MAX, N_MAX = 120, 240  # edges of the arrays; DZ31 ends at this N, too
Z53 = np.arange(Z_MAX + 1) ** (5.0 / 3.0)  # Z^(5/3), looked up where a power would cost


class Nuclei(NamedTuple):
    """Every species met so far, as parallel arrays (slots)."""

    Z: np.ndarray
    N: np.ndarray
    Y: np.ndarray  # per baryon
    present: np.ndarray  # the slots that are not empty, in any order
    fusion_n_e: np.ndarray  # [slot, slot]: a pair does not fuse in time below this electron density
    slot: np.ndarray  # [Z, N], -1 where not yet met
    lengths: np.ndarray  # how many slots are in use, how many are not empty


@njit(cache=True)
def _slot(nuclei, Z, N, rules, log_time):
    """Return the slot of a nuclide, a new one where it has none yet (-1 when full)."""
    s = nuclei.slot[Z, N]
    if s >= 0:
        return s
    s = nuclei.lengths[0]
    if s >= MAX_SPECIES:
        return -1
    nuclei.lengths[0] = s + 1
    nuclei.slot[Z, N] = s
    nuclei.Z[s], nuclei.N[s], nuclei.Y[s] = Z, N, 0.0
    for t in range(s + 1):
        n_e = pycnonuclear._least_electron_density(
            Z, Z + N, nuclei.Z[t], nuclei.Z[t] + nuclei.N[t], rules.log_s_shift, log_time
        )
        nuclei.fusion_n_e[s, t] = nuclei.fusion_n_e[t, s] = n_e
    return s


@njit(cache=True)
def _add(nuclei, s, amount):
    """Add an amount (per baryon, negative to take) of a slot's nuclide; keep the list of those present."""
    was = nuclei.Y[s]
    nuclei.Y[s] = max(was + amount, 0.0)
    last = nuclei.lengths[1]
    if was == 0.0 and nuclei.Y[s] > 0.0:
        nuclei.present[last] = s
        nuclei.lengths[1] = last + 1
    elif was > 0.0 and nuclei.Y[s] == 0.0:
        for k in range(last):
            if nuclei.present[k] == s:
                nuclei.present[k] = nuclei.present[last - 1]
                break
        nuclei.lengths[1] = last - 1


@njit(cache=True)
def _totals(nuclei):
    """Return electrons per baryon, bound baryons per baryon, and z53 of the composition."""
    Y_e, bound, z53 = 0.0, 0.0, 0.0
    for s in nuclei.present[: nuclei.lengths[1]]:
        Y_e += nuclei.Y[s] * nuclei.Z[s]
        bound += nuclei.Y[s] * (nuclei.Z[s] + nuclei.N[s])
        z53 += nuclei.Y[s] * Z53[nuclei.Z[s]]
    return Y_e, bound, z53 / Y_e


@njit(cache=True)
def _inertia(nuclei, masses):
    """Return the nuclear masses per baryon (MeV), each from the first table [table, Z, N] that holds it."""
    total = 0.0
    for s in nuclei.present[: nuclei.lengths[1]]:
        Z, N = nuclei.Z[s], nuclei.N[s]
        excess = masses[0, Z, N]
        for t in range(1, masses.shape[0]):
            excess = masses[t, Z, N] if np.isnan(excess) else excess
        total += nuclei.Y[s] * (excess + (Z + N) * ATOMIC_MASS_UNIT_MEV - Z * ELECTRON_MASS_MEV)
    return total
