r"""Which reaction a nucleus makes next: energies of reactions, and the rules that rank them.

A reaction at fixed pressure releases :math:`Q = -\Delta G`. With atomic mass excesses :math:`\Delta`,

* electron capture  :math:`\Delta(Z,N) - \Delta(Z-1,N+1) + \tilde\mu_e + L`,
* emission of x neutrons  :math:`\Delta(Z,N) - \Delta(Z,N-x) - x\,(\mu_n - m_u)`,
* fusion  :math:`\Delta_1 + \Delta_2 - \Delta(Z_1+Z_2, N_1+N_2) + L`,

and minus these for beta decay and neutron capture; :math:`\tilde\mu_e` is the electron's chemical potential
less its rest mass, and L the change of the lattice energies (see `medium`). Where masses depend on the gas of
free neutrons, each :math:`\Delta` is that in the gas.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from crustlib.crusts import pycnonuclear
from crustlib.crusts.inventory import N_MAX, Z53, Z_MAX

EMISSION, NEUTRON_CAPTURE, WEAK, FUSION = range(4)
RULES = {"emission": EMISSION, "neutron capture": NEUTRON_CAPTURE, "weak": WEAK, "fusion": FUSION}
EMISSION_LIMIT = 30  # most neutrons that leave in one step; more leave in the next
LEAST_NEUTRONS = 0.1  # of a step: fewer free neutrons are not captured, lest steps get ever smaller
Q_TOLERANCE = 1e-6  # MeV: a reaction is allowed above this, so that rounding allows none


class Energies(NamedTuple):
    """Differences of mass excesses (MeV), NaN where a table does not reach. The splice lives here alone."""

    capture: np.ndarray  # [Z, N]: Delta(Z, N) - Delta(Z - 1, N + 1)
    emission: np.ndarray  # [Z, N, x]: Delta(Z, N) - Delta(Z, N - x)
    masses: np.ndarray  # [table, Z, N], for fusion
    gas_step: float  # fm^-1: the spacing in k_n of `gas`, or 0 where masses do not depend on the gas
    gas: np.ndarray  # [node, Z, N]: the mass in the gas less that in vacuum
    vacuum_capture: np.ndarray  # where masses depend on the gas, the two above are kept at its density
    vacuum_emission: np.ndarray


class Rules(NamedTuple):
    """The priority rules as numbers; `accreted` says what they mean."""

    order: np.ndarray  # of EMISSION, NEUTRON_CAPTURE, WEAK, FUSION: first match wins
    capture_limit: int
    lowest_Z: int
    log_s_shift: float
    beta_tolerance: float  # MeV: least Q of beta decay, above what one step's overshoot leaves
    trace: float  # the abundance that one step makes (per baryon)
    compression_time: float  # fm/c per unit of pressure (MeV fm^-3): 1/(g mdot)


class Reaction(NamedTuple):
    """One reaction of the nuclei in slots i (and j), with x neutrons or, for WEAK, Z -> Z + x."""

    rule: int
    i: int
    j: int
    x: int
    Q: float


@njit(cache=True)
def _difference(masses, Z_1, N_1, Z_2, N_2):
    """Return Delta_1 - Delta_2 from the first table that holds both."""
    for t in range(masses.shape[0]):
        value = masses[t, Z_1, N_1] - masses[t, Z_2, N_2]
        if not np.isnan(value):
            return value
    return np.nan


@njit(cache=True)
def _gas_shift(Z, N, k_n, step, gas):
    """Return the mass in the gas less that in vacuum (MeV), by the cubic through the four nearest nodes."""
    u = k_n / step
    first = max(0, min(int(u) - 1, gas.shape[0] - 4))
    u -= first
    below = (u - 2.0) * (u - 3.0)
    above = u * (u - 1.0)
    return (
        -(u - 1.0) * below / 6.0 * gas[first, Z, N]
        + u * below / 2.0 * gas[first + 1, Z, N]
        - above * (u - 3.0) / 2.0 * gas[first + 2, Z, N]
        + above * (u - 2.0) / 6.0 * gas[first + 3, Z, N]
    )


@njit(cache=True)
def _gas_shifts(Z, N, k_n, step, gas):
    """Return the shifts of the nuclides (Z, N) in gases of wavenumbers k_n, [gas, nuclide]."""
    shifts = np.zeros((k_n.size, Z.size))
    if step > 0.0:
        for g in range(k_n.size):
            for i in range(Z.size):
                shifts[g, i] = _gas_shift(Z[i], N[i], k_n[g], step, gas)
    return shifts


@njit(cache=True)
def _into_gas(Z, N, k_n, energies):
    """Bring what (Z, N) releases in emission and capture to a gas of wavenumber k_n."""
    step, gas = energies.gas_step, energies.gas
    shift = _gas_shift(Z, N, k_n, step, gas)
    if N < N_MAX:
        there = _gas_shift(Z - 1, N + 1, k_n, step, gas)
        energies.capture[Z, N] = energies.vacuum_capture[Z, N] + shift - there
    for x in range(1, min(N, EMISSION_LIMIT) + 1):
        there = _gas_shift(Z, N - x, k_n, step, gas)
        energies.emission[Z, N, x] = energies.vacuum_emission[Z, N, x] + shift - there


@njit(cache=True)
def _all_into_gas(nuclei, k_n, energies, capture_limit):
    """Bring all that `_choose` compares to a gas of wavenumber k_n."""
    for s in nuclei.present[: nuclei.lengths[1]]:
        Z, N = nuclei.Z[s], nuclei.N[s]
        for more in range(min(capture_limit, N_MAX - N) + 1):
            _into_gas(Z, N + more, k_n, energies)
        if Z < Z_MAX and N > 0:
            _into_gas(Z + 1, N - 1, k_n, energies)


@njit(cache=True)
def _energies(masses, gas_step, gas):
    """Tabulate the differences that weak reactions and neutrons need."""
    capture = np.full((Z_MAX + 1, N_MAX + 1), np.nan)
    emission = np.full((Z_MAX + 1, N_MAX + 1, EMISSION_LIMIT + 1), np.nan)
    for Z in range(1, Z_MAX + 1):
        for N in range(N_MAX + 1):
            known = False
            for t in range(masses.shape[0]):
                known = known or not np.isnan(masses[t, Z, N])
            if not known:
                continue
            if N < N_MAX:
                capture[Z, N] = _difference(masses, Z, N, Z - 1, N + 1)
            for x in range(1, min(N, EMISSION_LIMIT) + 1):
                emission[Z, N, x] = _difference(masses, Z, N, Z, N - x)
    if gas_step > 0.0:
        return Energies(capture, emission, masses, gas_step, gas, capture.copy(), emission.copy())
    return Energies(capture, emission, masses, gas_step, gas, capture, emission)


@njit(cache=True)
def _fusion_energy(masses, Z_1, N_1, Z_2, N_2):
    """Return Delta_1 + Delta_2 - Delta_12 from the first table that holds all three."""
    for t in range(masses.shape[0]):
        value = masses[t, Z_1, N_1] + masses[t, Z_2, N_2] - masses[t, Z_1 + Z_2, N_1 + N_2]
        if not np.isnan(value):
            return value
    return np.nan


@njit(cache=True)
def _fusion_shift(Z_1, N_1, Z_2, N_2, k_n, step, gas):
    """Return what a gas adds to the energy of a fusion."""
    if step == 0.0:
        return 0.0
    apart = _gas_shift(Z_1, N_1, k_n, step, gas) + _gas_shift(Z_2, N_2, k_n, step, gas)
    return apart - _gas_shift(Z_1 + Z_2, N_1 + N_2, k_n, step, gas)


@njit(cache=True)
def _reaction_energy(rule, Z, N, x, Z_2, N_2, medium, energies):
    """Return Q (MeV) of one reaction, NaN where the tables do not reach."""
    if rule == EMISSION:
        return energies.emission[Z, N, x] - x * medium.neutron
    if rule == NEUTRON_CAPTURE:
        return x * medium.neutron - energies.emission[Z, N + x, x]
    lattice = medium.nucleus
    if rule == WEAK and x < 0:
        return energies.capture[Z, N] + medium.electron - lattice * (Z53[Z] - Z53[Z - 1])
    if rule == WEAK:
        return -energies.capture[Z + 1, N - 1] - medium.electron + lattice * (Z53[Z + 1] - Z53[Z])
    if Z + Z_2 > Z_MAX or N + N_2 > N_MAX:
        return np.nan
    gain = lattice * (Z53[Z + Z_2] - Z53[Z] - Z53[Z_2])
    gain += _fusion_shift(Z, N, Z_2, N_2, medium.k_n, energies.gas_step, energies.gas)
    return _fusion_energy(energies.masses, Z, N, Z_2, N_2) + gain


@njit(cache=True)
def _largest_emission(Z, N, mu, energies):
    """Return the largest number of neutrons whose emission releases energy, and that energy."""
    for x in range(min(N, EMISSION_LIMIT), 0, -1):
        Q = energies.emission[Z, N, x] - x * mu
        if Q > Q_TOLERANCE:
            return x, Q
    return 0, 0.0


@njit(cache=True)
def _best_emission(nuclei, medium, energies):
    best = Reaction(-1, 0, 0, 0, Q_TOLERANCE)
    for s in nuclei.present[: nuclei.lengths[1]]:
        x, Q = _largest_emission(nuclei.Z[s], nuclei.N[s], medium.neutron, energies)
        if Q > best.Q:
            best = Reaction(EMISSION, s, s, x, Q)
    return best


@njit(cache=True)
def _best_neutron_capture(nuclei, medium, energies, limit):
    best = Reaction(-1, 0, 0, 0, Q_TOLERANCE)
    for s in nuclei.present[: nuclei.lengths[1]]:
        Z, N = nuclei.Z[s], nuclei.N[s]
        for x in range(1, min(limit, N_MAX - N) + 1):
            Q = x * medium.neutron - energies.emission[Z, N + x, x]
            if Q > best.Q and _largest_emission(Z, N + x, medium.neutron, energies)[0] == 0:
                best = Reaction(NEUTRON_CAPTURE, s, s, x, Q)
    return best


@njit(cache=True)
def _best_weak(nuclei, medium, energies, lowest_Z, beta_tolerance):
    """Return the weak reaction of largest Q.

    A step of capture may overshoot its threshold a little; `beta_tolerance` keeps beta decay from undoing it.
    """
    best = Reaction(-1, 0, 0, 0, Q_TOLERANCE)
    for s in nuclei.present[: nuclei.lengths[1]]:
        Z, N = nuclei.Z[s], nuclei.N[s]
        if Z > lowest_Z:
            Q = _reaction_energy(WEAK, Z, N, -1, 0, 0, medium, energies)
            if Q > best.Q:
                best = Reaction(WEAK, s, s, -1, Q)
        if Z < Z_MAX and N > 0:
            Q = _reaction_energy(WEAK, Z, N, 1, 0, 0, medium, energies)
            if Q > max(best.Q, beta_tolerance):
                best = Reaction(WEAK, s, s, 1, Q)
    return best


@njit(cache=True)
def _fastest_fusion(nuclei, medium, energies, rules, pressure):
    """Return the pair that fuses soonest, if sooner than the pressure grows by its own size.

    Two species that a single step has just made do not fuse: their abundance is the step's, not nature's,
    where what is made is at once consumed by what abounds.
    """
    best, log_best = Reaction(-1, 0, 0, 0, Q_TOLERANCE), np.log(pressure * rules.compression_time)
    present = nuclei.present[: nuclei.lengths[1]]
    for k, i in enumerate(present):
        for j in present[k:]:
            more = max(nuclei.Y[i], nuclei.Y[j])  # the rarer of the two is gone first
            if medium.n_e < nuclei.fusion_n_e[i, j] or more <= 1.5 * rules.trace:
                continue
            Z_i, N_i, Z_j, N_j = nuclei.Z[i], nuclei.N[i], nuclei.Z[j], nuclei.N[j]
            density, log_s_shift = medium.n_b * more, rules.log_s_shift
            log_time = pycnonuclear._log_lifetime(
                Z_i, Z_i + N_i, Z_j, Z_j + N_j, density, medium.n_e, log_s_shift
            )
            if log_time < log_best:
                Q = _reaction_energy(FUSION, Z_i, N_i, 0, Z_j, N_j, medium, energies)
                if Q > Q_TOLERANCE:
                    best, log_best = Reaction(FUSION, i, j, 0, Q), log_time
    return best


@njit(cache=True)
def _choose(nuclei, Y_n, medium, energies, rules, pressure):
    """Return the reaction that the priority rules pick; its rule is -1 where none is allowed."""
    if energies.gas_step > 0.0:
        _all_into_gas(nuclei, medium.k_n, energies, rules.capture_limit)
    for rule in rules.order:
        if rule == EMISSION:
            best = _best_emission(nuclei, medium, energies)
        elif rule == NEUTRON_CAPTURE:
            if Y_n < LEAST_NEUTRONS * rules.trace:
                continue
            best = _best_neutron_capture(nuclei, medium, energies, rules.capture_limit)
        elif rule == WEAK:
            best = _best_weak(nuclei, medium, energies, rules.lowest_Z, rules.beta_tolerance)
        else:
            best = _fastest_fusion(nuclei, medium, energies, rules, pressure)
        if best.rule >= 0:
            return best
    return Reaction(-1, 0, 0, 0, 0.0)
