"""What an element of matter goes through on its way down, as tables that kernels fill."""

from typing import NamedTuple

import numpy as np
from numba import njit

from crustlib.crusts.reactions import FUSION

# columns of the log of reactions and of the log of layers
R_RULE, R_Z, R_N, R_X, R_Z2, R_N2, R_P, R_PLAST, R_MUE, R_AMOUNT, R_HEAT, R_COLUMNS = range(12)
L_P, L_NB, L_HEAT, L_NEUTRON, L_COLUMNS = range(5)
C_RULE, C_Z, C_N, C_X, C_P, C_COLUMNS = range(6)


class Log(NamedTuple):
    """Everything worth keeping, as growing tables with their `lengths`."""

    layers: np.ndarray  # [layer, L_COLUMNS]
    Y: np.ndarray  # [layer, slot]
    reactions: np.ndarray  # [reaction, R_COLUMNS]
    cycles: np.ndarray  # [cycle, C_COLUMNS]: the reaction that was forbidden
    lengths: np.ndarray  # layers, reactions, cycles


@njit(cache=True)
def _copy(to, source):
    """Copy an array into another (a slice assignment takes numba seconds to compile)."""
    for k in range(source.size):
        to[k] = source[k]


@njit(cache=True)
def _note_layer(log, pressure, medium, heat, Y):
    """Record a layer; return whether there was room."""
    k = log.lengths[0]
    if k == log.layers.shape[0]:
        return False
    log.lengths[0] = k + 1
    log.layers[k, L_P], log.layers[k, L_NB] = pressure, medium.n_b
    log.layers[k, L_HEAT], log.layers[k, L_NEUTRON] = heat, medium.neutron
    _copy(log.Y[k], Y)  # slots not yet met are zero
    return True


@njit(cache=True)
def _note_reaction(log, reaction, nuclei, amount, heat, pressure, medium):
    """Add a step to the log: to its reaction if that last ran nearby, else as a new one."""
    Z, N = nuclei.Z[reaction.i], nuclei.N[reaction.i]
    Z_2, N_2 = (nuclei.Z[reaction.j], nuclei.N[reaction.j]) if reaction.rule == FUSION else (0, 0)
    rows = log.reactions
    for k in range(log.lengths[1] - 1, max(-1, log.lengths[1] - 400), -1):
        if (
            rows[k, R_Z] == Z
            and rows[k, R_N] == N
            and rows[k, R_RULE] == reaction.rule
            and rows[k, R_X] == reaction.x
            and rows[k, R_Z2] == Z_2
            and rows[k, R_N2] == N_2
            and pressure < 1.05 * rows[k, R_PLAST]
        ):
            rows[k, R_PLAST] = pressure
            rows[k, R_AMOUNT] += amount
            rows[k, R_HEAT] += heat
            return True
    k = log.lengths[1]
    if k == rows.shape[0]:
        return False
    log.lengths[1] = k + 1
    rows[k, R_RULE], rows[k, R_X] = reaction.rule, reaction.x
    rows[k, R_Z], rows[k, R_N], rows[k, R_Z2], rows[k, R_N2] = Z, N, Z_2, N_2
    rows[k, R_P], rows[k, R_PLAST], rows[k, R_MUE] = pressure, pressure, medium.mu_e
    rows[k, R_AMOUNT], rows[k, R_HEAT] = amount, heat
    return True


@njit(cache=True)
def _note_cycle(log, reaction, pressure):
    """Record the reaction that was forbidden to break a cycle; return whether there was room."""
    k = log.lengths[2]
    if k == log.cycles.shape[0]:
        return False
    log.lengths[2] = k + 1
    _copy(log.cycles[k], reaction)
    log.cycles[k, C_P] = pressure
    return True
