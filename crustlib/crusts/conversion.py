r"""A crust of one nuclide: all nuclei of a layer react at once, and its cells hold what they have emitted.

A cell is a nucleus (Z, N), its electrons and its free neutrons, `baryons` in all. At fixed pressure its Gibbs
energy is

.. math::
   G = \Delta(Z, N) + Z(\mu_e - m_e) + \tfrac43 E_L + (A_\mathrm{cell} - A)(\mu_n - m_u),
   \qquad P = P_e + P_n + P_L,

with atomic mass excesses. If *one* nucleus emits x neutrons, the medium stays what it is, and the release
is Q(x), a derivative of -G (see `reactions`). If *all* do, each meets the neutrons of the others, and the
release per cell is the finite G(Z, N) - G(Z, N - x), each in a medium of its own at the same pressure. G is
convex in the composition at fixed pressure, so that this is never above Q(x): in dry matter, where
:math:`\mu_n = m_n`, Q lets go every neutron that is unbound in vacuum, although the last of them pay for the
gas that the first have made. The number that leaves is the one of largest finite release.

For the same reason the first capture of a whole layer costs a little where Q of one nucleus is zero; what
follows pays for it. So a layer converts if one nucleus may begin (Q > 0) and the chain releases energy, and
it goes to the point of the chain where G is least.

Where masses depend on the gas, what decides keeps them as they are in the gas that a reaction begins in, as
everywhere in the package; the heat is the whole change of G. With :math:`\Delta` of the new gas in the
decision, "MB-type" would stop at 54S where Haensel & Zdunik reach 52S: the neutrons that such masses push
away are missing from the equation of state, so that the changes of :math:`\Delta` with the gas are not part
of a Gibbs energy that is least in equilibrium.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from crustlib.crusts import pycnonuclear
from crustlib.crusts.compression import ENDLESS, FULL, NOT_CONVERGED, OK
from crustlib.crusts.inventory import N_MAX, Z53, Z_MAX, _slot
from crustlib.crusts.log import _note_layer, _note_reaction
from crustlib.crusts.medium import _medium
from crustlib.crusts.reactions import (
    EMISSION,
    EMISSION_LIMIT,
    FUSION,
    Q_TOLERANCE,
    WEAK,
    Reaction,
    _fusion_energy,
    _gas_shift,
    _into_gas,
    _reaction_energy,
)
from crustlib.matter import neutrons

MOST_STEPS = 200  # of a chain at one pressure


class Cell(NamedTuple):
    """One nucleus and the free neutrons that it has emitted."""

    Z: int
    N: int
    baryons: int


class Step(NamedTuple):
    """One reaction of all nuclei."""

    rule: int  # EMISSION, WEAK (electron capture) or FUSION; -1 where none is allowed
    x: int  # neutrons emitted, or -1 for a capture
    gain: float  # Gibbs energy released per baryon (MeV), masses as in the gas at the beginning: it decides
    heat: float  # the same with masses as in the gas afterwards
    cell: Cell  # afterwards


@njit(cache=True)
def _around(cell, pressure, matter, guess):
    """Return the medium in which all cells are of one kind."""
    Y_n = 1.0 - (cell.Z + cell.N) / cell.baryons
    return _medium(pressure, cell.Z / cell.baryons, Y_n, Z53[cell.Z] / cell.Z, matter, guess)


@njit(cache=True)
def _beside_masses(cell, medium, matter):
    """Return the Gibbs energy of a cell less the nucleus' mass excess (MeV)."""
    gibbs = cell.Z * medium.electron - Z53[cell.Z] * medium.nucleus
    gibbs += (cell.baryons - cell.Z - cell.N) * medium.neutron
    if matter.displaced > 0.0:  # `medium.neutron` lacks it for free neutrons, the nucleus has it
        n_n = medium.k_n**3 / (1.5 * np.pi**2)
        gibbs += cell.baryons * matter.displaced * neutrons._pressure(n_n, matter.coefficients, matter.powers)
    return gibbs


@njit(cache=True)
def _shift(cell, medium, energies):
    """Return what the gas adds to a nucleus' mass excess (MeV)."""
    if energies.gas_step == 0.0:
        return 0.0
    return _gas_shift(cell.Z, cell.N, medium.k_n, energies.gas_step, energies.gas)


@njit(cache=True)
def _after(rule, x, cell):
    """Return what a reaction of all makes of a cell."""
    if rule == EMISSION:
        return Cell(cell.Z, cell.N - x, cell.baryons)
    if rule == WEAK:
        return Cell(cell.Z - 1, cell.N + 1, cell.baryons)
    return Cell(2 * cell.Z, 2 * cell.N, 2 * cell.baryons)


@njit(cache=True)
def _step(rule, x, cell, medium, pressure, matter, energies):
    """Let all nuclei react, whether that releases energy or not (NaN where a table does not reach)."""
    new, Z, N = _after(rule, x, cell), cell.Z, cell.N
    after = _around(new, pressure, matter, medium.n_b)
    before = _beside_masses(cell, medium, matter) + _shift(cell, medium, energies)
    if rule == EMISSION:
        masses = energies.vacuum_emission[Z, N, x]
    elif rule == WEAK:
        masses = energies.vacuum_capture[Z, N]
    else:
        masses, before = _fusion_energy(energies.masses, Z, N, Z, N), 2.0 * before
    release = masses + before - _beside_masses(new, after, matter)
    gain, heat = release - _shift(new, medium, energies), release - _shift(new, after, energies)
    return Step(rule, x, gain / new.baryons, heat / new.baryons, new), after


@njit(cache=True)
def _fuses_in_time(cell, medium, pressure, rules):
    """Return whether two nuclei fuse before the pressure grows by its own size."""
    Z, A = cell.Z, cell.Z + cell.N
    if 2 * Z > Z_MAX or 2 * cell.N > N_MAX:
        return False
    n_i = medium.n_b / cell.baryons
    log_time = pycnonuclear._log_lifetime(Z, A, Z, A, n_i, medium.n_e, rules.log_s_shift)
    return log_time < np.log(pressure * rules.compression_time)


@njit(cache=True)
def _next(cell, medium, pressure, matter, energies, rules):
    """Return the next reaction of a chain and the medium afterwards: emission, else capture, else fusion."""
    Z, N = cell.Z, cell.N
    best, after = Step(-1, 0, 0.0, 0.0, cell), medium
    if energies.gas_step > 0.0:
        _into_gas(Z, N, medium.k_n, energies)
    for x in range(1, min(N, EMISSION_LIMIT) + 1):
        if _reaction_energy(EMISSION, Z, N, x, 0, 0, medium, energies) > Q_TOLERANCE:
            step, there = _step(EMISSION, x, cell, medium, pressure, matter, energies)
            if step.gain > max(best.gain, Q_TOLERANCE / cell.baryons):
                best, after = step, there
    if best.rule >= 0:
        return best, after
    capture = Z > rules.lowest_Z and N < N_MAX
    if capture and _reaction_energy(WEAK, Z, N, -1, 0, 0, medium, energies) > Q_TOLERANCE:
        return _step(WEAK, -1, cell, medium, pressure, matter, energies)
    if _fuses_in_time(cell, medium, pressure, rules):
        step, there = _step(FUSION, 0, cell, medium, pressure, matter, energies)
        if step.gain > 0.0:
            return step, there
    return best, after


@njit(cache=True)
def _chain(cell, medium, pressure, matter, energies, rules, chain):
    """Follow what all nuclei do at one pressure; write it to `chain` as rows of rule, x, heat.

    Returns how many steps lead to the least Gibbs energy (0 where none releases any), and a status.
    """
    total, most, best = 0.0, Q_TOLERANCE / cell.baryons, 0
    for k in range(chain.shape[0]):
        step, medium = _next(cell, medium, pressure, matter, energies, rules)
        if step.rule < 0 or np.isnan(step.heat):
            return best, OK
        if not medium.converged:
            return best, NOT_CONVERGED
        cell = step.cell
        chain[k, 0], chain[k, 1], chain[k, 2] = step.rule, step.x, step.heat
        total += step.gain
        if total > most:
            most, best = total, k + 1
    return best, ENDLESS


@njit(cache=True)
def _convert(cell, length, chain, pressure, medium, nuclei, matter, settings, rules, log):
    """Let a layer's nuclei go through a chain; returns cell, heat (MeV per baryon), medium and a status."""
    heat, log_time = 0.0, np.log(settings.pressure_max * rules.compression_time)
    for k in range(length):
        rule, x, q = int(chain[k, 0]), int(chain[k, 1]), chain[k, 2]
        new = _after(rule, x, cell)
        i, product = nuclei.slot[cell.Z, cell.N], _slot(nuclei, new.Z, new.N, rules, log_time)
        amount = 1.0 / new.baryons
        reaction = Reaction(rule, i, i, x, q * new.baryons)
        if product < 0 or not _note_reaction(log, reaction, nuclei, amount, q, pressure, medium):
            return cell, heat, medium, FULL
        nuclei.Y[i] = 0.0
        nuclei.Y[product] = amount
        cell, heat = new, heat + q
        medium = _around(cell, pressure, matter, medium.n_b)
    return cell, heat, medium, OK


@njit(cache=True)
def _threshold(low, high, cell, medium, matter, energies, rules, precision, chain):
    """Bisect for the pressure at which a layer converts; return also medium, chain length and status."""
    while high - low > precision * low:
        middle = 0.5 * (low + high)
        there = _around(cell, middle, matter, medium.n_b)
        length, status = _chain(cell, there, middle, matter, energies, rules, chain)
        if length > 0 or status != OK:
            high = middle
        else:
            low = middle
    medium = _around(cell, high, matter, medium.n_b)
    length, status = _chain(cell, medium, high, matter, energies, rules, chain)
    return high, medium, length, status


@njit(cache=True)
def _descend(cell, nuclei, matter, energies, rules, settings, log):
    """Follow a cell from the least to the highest pressure, a layer on each side of every threshold."""
    chain, heat, below, pressure = np.zeros((MOST_STEPS, 3)), 0.0, 0.0, settings.pressure_min
    medium = _around(cell, pressure, matter, 1e-9)
    while True:
        length, status = _chain(cell, medium, pressure, matter, energies, rules, chain)
        if length > 0 and below > 0.0:
            pressure, medium, length, status = _threshold(
                below, pressure, cell, medium, matter, energies, rules, settings.overshoot, chain
            )
        if not medium.converged:
            return NOT_CONVERGED
        if not _note_layer(log, pressure, medium, heat, nuclei.Y):
            return FULL
        while length > 0 and status == OK:
            cell, q, medium, status = _convert(
                cell, length, chain, pressure, medium, nuclei, matter, settings, rules, log
            )
            heat += q
            if status == OK:
                length, status = _chain(cell, medium, pressure, matter, energies, rules, chain)
            if length == 0 and not _note_layer(log, pressure, medium, heat, nuclei.Y):
                return FULL
        if status != OK or pressure >= settings.pressure_max:
            return status
        below, pressure = pressure, min(pressure * (1.0 + settings.resolution), settings.pressure_max)
        medium = _around(cell, pressure, matter, medium.n_b)
