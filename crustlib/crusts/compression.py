"""An accreted element on its way down: react at fixed pressure until nothing is allowed, then compress.

The stepwise scheme of Steiner (2012) as Chugunov & Shchechilin (2020), section 2.3.1, use it.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from crustlib.crusts import pycnonuclear
from crustlib.crusts.medium import _medium
from crustlib.crusts.reactions import (
    EMISSION,
    FUSION,
    NEUTRON_CAPTURE,
    Q_TOLERANCE,
    WEAK,
    Z53,
    _choose,
    _reaction_energy,
)

MAX_SPECIES = 1000
MAX_STEPS_AT_ONE_PRESSURE = 1_000_000
OVERSHOOT = 0.02  # of `step`: the pressure is raised past a threshold by this fraction of itself
REMAINDER = 1e-3  # of a step: a nuclide with less than this left after a step goes with it
HISTORY = 64  # reactions remembered at one pressure: the weakest of a cycle is sought among them
JUMP = 3e-3  # a reaction layer that changes the density by more is recorded on both sides
DRIFT = 2e-3  # composition change that calls for a new layer

# columns of the log of reactions and of the log of layers
R_RULE, R_Z, R_N, R_X, R_Z2, R_N2, R_P, R_PLAST, R_MUE, R_AMOUNT, R_HEAT, R_COLUMNS = range(12)
L_P, L_NB, L_HEAT, L_COLUMNS = range(4)
C_RULE, C_Z, C_N, C_X, C_P, C_COLUMNS = range(6)

OK, NOT_CONVERGED, ENDLESS, FULL = range(4)


class Settings(NamedTuple):
    """What the compression needs to know besides physics."""

    pressure_min: float  # MeV fm^-3
    pressure_max: float
    amount: float  # nuclei per baryon that react in one step
    overshoot: float
    resolution: float  # of ln P between layers


class Log(NamedTuple):
    """Everything worth keeping, as growing tables with their `lengths`."""

    layers: np.ndarray  # [layer, L_COLUMNS]
    Y: np.ndarray  # [layer, slot]
    reactions: np.ndarray  # [reaction, R_COLUMNS]
    cycles: np.ndarray  # [cycle, C_COLUMNS]: the reaction that was forbidden
    lengths: np.ndarray  # layers, reactions, cycles


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
def _products(reaction, nuclei):
    """Return Z and N of what a reaction makes."""
    Z, N = nuclei.Z[reaction.i], nuclei.N[reaction.i]
    if reaction.rule == EMISSION:
        return Z, N - reaction.x
    if reaction.rule == NEUTRON_CAPTURE:
        return Z, N + reaction.x
    if reaction.rule == WEAK:
        return Z + reaction.x, N - reaction.x
    return Z + nuclei.Z[reaction.j], N + nuclei.N[reaction.j]


@njit(cache=True)
def _react(reaction, product, amount, nuclei, Y_n):
    """Move an amount (per baryon) through a reaction; return the new free neutrons per baryon."""
    _add(nuclei, reaction.i, -amount)
    if reaction.rule == FUSION:
        _add(nuclei, reaction.j, -amount)
    _add(nuclei, product, amount)
    if reaction.rule == EMISSION:
        return Y_n + reaction.x * amount
    if reaction.rule == NEUTRON_CAPTURE:
        return max(Y_n - reaction.x * amount, 0.0)
    return Y_n


@njit(cache=True)
def _available(reaction, nuclei, Y_n, most):
    """Return how much of a reaction one step may do (per baryon)."""
    amount = nuclei.Y[reaction.i]
    if amount > (1.0 + REMAINDER) * most:
        amount = most
    if reaction.rule == FUSION:
        amount = min(amount, nuclei.Y[reaction.j] * (0.5 if reaction.i == reaction.j else 1.0))
    if reaction.rule == NEUTRON_CAPTURE:
        amount = min(amount, Y_n / reaction.x)
    return amount


@njit(cache=True)
def _step(reaction, product, nuclei, Y_n, pressure, medium, matter, energies, settings):
    """Do one step of a reaction; neutrons stop moving where Q would turn negative.

    Returns the amount, its heat (MeV per baryon), the free neutrons and the medium afterwards.
    """
    Z, N, Z_2, N_2 = nuclei.Z[reaction.i], nuclei.N[reaction.i], nuclei.Z[reaction.j], nuclei.N[reaction.j]
    amount = _available(reaction, nuclei, Y_n, settings.amount)
    neutrons = reaction.rule == EMISSION or reaction.rule == NEUTRON_CAPTURE
    moved = 0.0
    while True:
        Y_n = _react(reaction, product, amount - moved, nuclei, Y_n)
        moved = amount
        Y_e, _, z53 = _totals(nuclei)
        after = _medium(pressure, Y_e, Y_n, z53, matter, medium.n_b)
        Q = _reaction_energy(reaction.rule, Z, N, reaction.x, Z_2, N_2, after, energies)
        if neutrons and Q < -Q_TOLERANCE:
            amount *= reaction.Q / (reaction.Q - Q)
        else:
            return moved, 0.5 * moved * (reaction.Q + Q), Y_n, after


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
    log.layers[k, L_P], log.layers[k, L_NB], log.layers[k, L_HEAT] = pressure, medium.n_b, heat
    _copy(log.Y[k], Y)  # slots not yet met are zero
    return True


@njit(cache=True)
def _break_cycle(history, length, energies, log, pressure):
    """Forbid the weakest reaction of a cycle for good, both ways, and note it; return whether there was room.

    Fusion is never part of a cycle: nothing makes two nuclei of one.
    """
    weakest = 0
    for k in range(length):
        if history[k, 4] < history[weakest, 4]:
            weakest = k
    rule, Z, N = int(history[weakest, 0]), int(history[weakest, 1]), int(history[weakest, 2])
    x = int(history[weakest, 3])
    if rule == EMISSION:
        energies.emission[Z, N, x] = np.nan
    elif rule == NEUTRON_CAPTURE:
        energies.emission[Z, N + x, x] = np.nan
    elif x < 0:
        energies.capture[Z, N] = np.nan
    else:
        energies.capture[Z + 1, N - 1] = np.nan
    k = log.lengths[2]
    if k == log.cycles.shape[0]:
        return False
    log.lengths[2] = k + 1
    _copy(log.cycles[k], history[weakest])
    log.cycles[k, C_P] = pressure
    return True


@njit(cache=True)
def _same(nuclei, snapshot, tolerance):
    """Return whether the composition is what it was."""
    for s in range(nuclei.lengths[0]):
        if abs(nuclei.Y[s] - snapshot[s]) > tolerance:
            return False
    return True


@njit(cache=True)
def _plateau(nuclei, Y_n, heat, pressure, medium, matter, energies, rules, settings, log):
    """React at one pressure until nothing is allowed. Returns neutrons, heat, medium and a status."""
    history = np.zeros((HISTORY, 5))  # rule, Z, N, x, Q
    snapshot, snapshot_Y_n, since, power, moved = nuclei.Y.copy(), Y_n, 0, 1, 0.0
    log_time = np.log(settings.pressure_max * rules.compression_time)
    for _ in range(MAX_STEPS_AT_ONE_PRESSURE):
        reaction = _choose(nuclei, Y_n, medium, energies, rules, pressure)
        if reaction.rule < 0:
            return Y_n, heat, medium, OK
        Z, N = _products(reaction, nuclei)
        product = _slot(nuclei, Z, N, rules, log_time)
        if product < 0:
            return Y_n, heat, medium, FULL
        before = medium
        amount, q, Y_n, medium = _step(
            reaction, product, nuclei, Y_n, pressure, medium, matter, energies, settings
        )
        heat += q
        if not medium.converged:
            return Y_n, heat, medium, NOT_CONVERGED
        if not _note_reaction(log, reaction, nuclei, amount, q, pressure, before):
            return Y_n, heat, medium, FULL
        if since < HISTORY:
            history[since, 0], history[since, 1] = reaction.rule, nuclei.Z[reaction.i]
            history[since, 2], history[since, 3] = nuclei.N[reaction.i], reaction.x
            history[since, 4] = reaction.Q
        since, moved = since + 1, moved + amount
        # A cycle: much has reacted since the snapshot, and yet all is as it was.
        back = moved > settings.amount and abs(Y_n - snapshot_Y_n) < 1e-12
        if back and _same(nuclei, snapshot, 1e-6 * settings.amount):
            if not _break_cycle(history, min(since, HISTORY), energies, log, pressure):
                return Y_n, heat, medium, FULL
            power, since = 1, 1
        if since >= power:  # Brent's cycle detection: the snapshot is renewed ever more rarely
            _copy(snapshot, nuclei.Y)
            snapshot_Y_n, since, power, moved = Y_n, 0, 2 * power, 0.0
    return Y_n, heat, medium, ENDLESS


@njit(cache=True)
def _next_pressure(pressure, highest, nuclei, Y_n, medium, matter, energies, rules, overshoot):
    """Return the next pressure that allows a reaction (within `overshoot`), or `highest`, and its medium."""
    Y_e, _, z53 = _totals(nuclei)
    low, step, here = pressure, overshoot, medium
    while True:
        high = min(pressure * (1.0 + step), highest)
        here = _medium(high, Y_e, Y_n, z53, matter, here.n_b)
        if _choose(nuclei, Y_n, here, energies, rules, high).rule >= 0:
            break
        if high >= highest:
            return high, here
        low, step = high, 2.0 * step
    while high - low > overshoot * pressure:
        middle = 0.5 * (low + high)
        there = _medium(middle, Y_e, Y_n, z53, matter, here.n_b)
        if _choose(nuclei, Y_n, there, energies, rules, middle).rule >= 0:
            high, here = middle, there
        else:
            low = middle
    return high, here


@njit(cache=True)
def _compress(nuclei, matter, energies, rules, settings, log):
    """Follow one element from `pressure_min` to `pressure_max`. Returns a status; the log has the rest."""
    Y_e, _, z53 = _totals(nuclei)
    pressure, Y_n, heat = settings.pressure_min, 0.0, 0.0
    medium = _medium(pressure, Y_e, Y_n, z53, matter, 1e-9)
    if not medium.converged:
        return NOT_CONVERGED
    before, noted_P, noted_Y_e, noted_Y_n = nuclei.Y.copy(), 0.0, 0.0, 0.0
    while True:
        start, start_Y_e, start_Y_n, start_heat = medium, Y_e, Y_n, heat
        _copy(before, nuclei.Y)
        Y_n, heat, medium, status = _plateau(
            nuclei, Y_n, heat, pressure, medium, matter, energies, rules, settings, log
        )
        if status != OK:
            return status
        Y_e, bound, _ = _totals(nuclei)
        Y_n = max(1.0 - bound, 0.0)  # exact conservation; never below nothing, where mu_n has no meaning
        jump = abs(medium.n_b / start.n_b - 1.0) > JUMP
        drift = abs(start_Y_e - noted_Y_e) + abs(start_Y_n - noted_Y_n) > DRIFT
        last = pressure >= settings.pressure_max
        # mu_e is a sawtooth: a layer stands for its crest, where the next reaction is just allowed
        if jump or drift or last or pressure > noted_P * (1.0 + 0.999 * settings.resolution):
            if not _note_layer(log, pressure, start, start_heat, before):
                return FULL
            noted_P, noted_Y_e, noted_Y_n = pressure, start_Y_e, start_Y_n
        if jump or (last and heat > start_heat):
            if not _note_layer(log, pressure, medium, heat, nuclei.Y):
                return FULL
            noted_Y_e, noted_Y_n = Y_e, Y_n
        if pressure >= settings.pressure_max:
            return OK
        highest = min(pressure * (1.0 + settings.resolution), settings.pressure_max)
        pressure, medium = _next_pressure(
            pressure, highest, nuclei, Y_n, medium, matter, energies, rules, settings.overshoot
        )
        if not medium.converged:
            return NOT_CONVERGED
