"""An accreted element on its way down: react at fixed pressure until nothing is allowed, then compress.

The stepwise scheme of Steiner (2012) as Chugunov & Shchechilin (2020), section 2.3.1, use it.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from crustlib.constants import ATOMIC_MASS_UNIT_MEV
from crustlib.crusts.inventory import _add, _inertia, _slot, _totals
from crustlib.crusts.log import _copy, _note_cycle, _note_layer, _note_reaction
from crustlib.crusts.reactions import (
    EMISSION,
    FUSION,
    NEUTRON_CAPTURE,
    Q_TOLERANCE,
    WEAK,
    _choose,
    _into_gas,
    _reaction_energy,
)
from crustlib.crusts.reservoir import Reservoir, _surroundings

MAX_STEPS_AT_ONE_PRESSURE = 1_000_000
OVERSHOOT = 0.02  # of `step`: the pressure is raised past a threshold by this fraction of itself
REMAINDER = 1e-3  # of a step: a nuclide with less than this left after a step goes with it
HISTORY = 64  # reactions remembered at one pressure: the weakest of a cycle is sought among them
JUMP = 3e-3  # a reaction layer that changes the density by more is recorded on both sides
DRIFT = 2e-3  # composition change that calls for a new layer

ENDLESS_NEUTRONS = 1e3  # per baryon: more than any nucleus takes from a reservoir

OK, NOT_CONVERGED, ENDLESS, FULL = range(4)


class Settings(NamedTuple):
    """What the compression needs to know besides physics."""

    pressure_min: float  # MeV fm^-3
    pressure_max: float
    amount: float  # nuclei per baryon that react in one step
    overshoot: float
    resolution: float  # of ln P between layers


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
def _holder(rule, Z, N, x):
    """Return the nuclide under which a reaction's energy is tabulated."""
    if rule == NEUTRON_CAPTURE:
        return Z, N + x
    if rule == WEAK and x > 0:
        return Z + 1, N - 1
    return Z, N


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
def _step(reaction, product, nuclei, Y_n, pressure, medium, reservoir, matter, energies, settings):
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
        after = _surroundings(pressure, nuclei, Y_n, reservoir, matter, medium.n_b)
        if energies.gas_step > 0.0:
            Z_held, N_held = _holder(reaction.rule, Z, N, reaction.x)
            _into_gas(Z_held, N_held, after.k_n, energies)
        Q = _reaction_energy(reaction.rule, Z, N, reaction.x, Z_2, N_2, after, energies)
        if neutrons and Q < -Q_TOLERANCE:
            amount *= reaction.Q / (reaction.Q - Q)
        else:
            return moved, 0.5 * moved * (reaction.Q + Q), Y_n, after


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
        energies.emission[Z, N, x] = energies.vacuum_emission[Z, N, x] = np.nan
    elif rule == NEUTRON_CAPTURE:
        energies.emission[Z, N + x, x] = energies.vacuum_emission[Z, N + x, x] = np.nan
    elif x < 0:
        energies.capture[Z, N] = energies.vacuum_capture[Z, N] = np.nan
    else:
        energies.capture[Z + 1, N - 1] = energies.vacuum_capture[Z + 1, N - 1] = np.nan
    return _note_cycle(log, history[weakest], pressure)


@njit(cache=True)
def _same(nuclei, snapshot, tolerance):
    """Return whether the composition is what it was."""
    for s in range(nuclei.lengths[0]):
        if abs(nuclei.Y[s] - snapshot[s]) > tolerance:
            return False
    return True


@njit(cache=True)
def _plateau(nuclei, Y_n, heat, pressure, medium, reservoir, matter, energies, rules, settings, log):
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
            reaction, product, nuclei, Y_n, pressure, medium, reservoir, matter, energies, settings
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
def _next_pressure(pressure, highest, nuclei, Y_n, medium, reservoir, matter, energies, rules, overshoot):
    """Return the next pressure that allows a reaction (within `overshoot`), or `highest`, and its medium."""
    low, step, here = pressure, overshoot, medium
    while True:
        high = min(pressure * (1.0 + step), highest)
        here = _surroundings(high, nuclei, Y_n, reservoir, matter, here.n_b)
        if _choose(nuclei, Y_n, here, energies, rules, high).rule >= 0:
            break
        if high >= highest:
            return high, here
        low, step = high, 2.0 * step
    while high - low > overshoot * pressure:
        middle = 0.5 * (low + high)
        there = _surroundings(middle, nuclei, Y_n, reservoir, matter, here.n_b)
        if _choose(nuclei, Y_n, there, energies, rules, middle).rule >= 0:
            high, here = middle, there
        else:
            low = middle
    return high, here


@njit(cache=True)
def _neutrons(nuclei, reservoir):
    """Return the free neutrons per baryon: what the nuclei leave, or a reservoir of them without end."""
    if reservoir.mu_n > 0.0:
        return ENDLESS_NEUTRONS
    return max(1.0 - _totals(nuclei)[1], 0.0)  # never below nothing, where mu_n has no meaning


@njit(cache=True)
def _compress(nuclei, heat, reservoir, matter, energies, rules, settings, log):
    """Follow an element from the least to the highest pressure. Returns its heat and a status."""
    pressure, Y_n = settings.pressure_min, _neutrons(nuclei, reservoir)
    medium = _surroundings(pressure, nuclei, Y_n, reservoir, matter, 1e-9)
    if not medium.converged:
        return heat, NOT_CONVERGED
    Y_e, bound, _ = _totals(nuclei)
    before, noted_P, noted_Y_e, noted_bound = nuclei.Y.copy(), 0.0, 0.0, 0.0
    while True:
        start, start_Y_e, start_bound, start_heat = medium, Y_e, bound, heat
        _copy(before, nuclei.Y)
        Y_n, heat, medium, status = _plateau(
            nuclei, Y_n, heat, pressure, medium, reservoir, matter, energies, rules, settings, log
        )
        if status != OK:
            return heat, status
        Y_n = _neutrons(nuclei, reservoir)
        Y_e, bound, _ = _totals(nuclei)
        jump = abs(medium.n_b / start.n_b - 1.0) > JUMP or abs(bound / start_bound - 1.0) > JUMP
        drift = abs(start_Y_e - noted_Y_e) + abs(start_bound - noted_bound) > DRIFT
        last = pressure >= settings.pressure_max
        # mu_e is a sawtooth: a layer stands for its crest, where the next reaction is just allowed
        if jump or drift or last or pressure > noted_P * (1.0 + 0.999 * settings.resolution):
            if not _note_layer(log, pressure, start, start_heat, before):
                return heat, FULL
            noted_P, noted_Y_e, noted_bound = pressure, start_Y_e, start_bound
        if jump or (last and heat > start_heat):
            if not _note_layer(log, pressure, medium, heat, nuclei.Y):
                return heat, FULL
            noted_Y_e, noted_bound = Y_e, bound
        if last:
            return heat, OK
        if reservoir.mu_n > 0.0:
            reservoir = Reservoir(pressure, reservoir.mu_n, _inertia(nuclei, energies.masses))
        highest = min(pressure * (1.0 + settings.resolution), settings.pressure_max)
        pressure, medium = _next_pressure(
            pressure, highest, nuclei, Y_n, medium, reservoir, matter, energies, rules, settings.overshoot
        )
        if not medium.converged:
            return heat, NOT_CONVERGED
        if reservoir.mu_n > 0.0:  # what reacts at this pressure leaves mu_n as the layers above have made it
            reservoir = Reservoir(pressure, medium.neutron + ATOMIC_MASS_UNIT_MEV, reservoir.inertia)
