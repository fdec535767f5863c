r"""The mass formulas of Duflo and Zuker, with 10 and with 31 parameters.

Both write the binding energy as a sum of terms that the shell model's monopole Hamiltonian suggests, each
divided by the scaling radius :math:`\rho` and most of them with a surface partner,
:math:`(a - a'/\rho) X/\rho`. Each nucleus is computed twice, spherical, and deformed with four nucleons of
each fluid lifted into the next subshell; beyond Z = 50 the more bound of the two is taken.

References
----------
Duflo & Zuker 1995, Physical Review C 52, R23 (31 parameters).
Mendoza-Temis, Hirsch & Zuker 2010, Nuclear Physics A 843, 14 (10 parameters, and how the terms come about).
"""

import math

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from crustlib import validation
from crustlib.nuclides.names import broadcast, whole_numbers
from crustlib.nuclides.shells import LARGEST_NUMBER, N_SHELLS, _coulomb, _ei_shell, _fill, _radii

__all__ = ["COEFFICIENTS_10", "COEFFICIENTS_31", "duflo_zuker"]

LARGEST_Z = 126
"""The last proton closure; nothing is known to compare with beyond."""

LIFTED = 4
"""Nucleons of each fluid that deformation lifts into the next subshell."""

COEFFICIENTS_10: dict[str, NDArray[np.float64]] = {
    # Coulomb, master volume and surface, T(T+1) volume and surface, S3 volume and surface, quadrupole of the
    # spherical and of the deformed nucleus, pairing (MeV).
    # Table: fitted to the 9,311 mass excesses that the AMDC distributed in 1996 (met to 0.0008 MeV,
    # 0.0003 rms: their rounding), with the mass excesses of hydrogen and neutron in `crustlib.constants`.
    # A fit with these two free prefers 7.28904 and 8.07139, and moves no coefficient by more than 1e-5 of it.
    "table": np.array(
        [
            0.704169,
            17.743150,
            16.269332,
            37.608450,
            54.191499,
            0.4721515,
            2.136041,
            0.0210337,
            40.547119,
            6.272867,
        ]
    ),
    # Program: as the distributed program states them.
    "program": np.array(
        [0.7043, 17.7418, 16.2562, 37.5562, 53.9017, 0.4711, 2.1307, 0.0210, 40.5356, 6.0632]
    ),
}
"""Coefficients of the 10-parameter formula by name of the set."""

COEFFICIENTS_31: NDArray[np.float64] = np.array(
    # a, a' of each term X in (a - a'/rho) X/rho (MeV), in the order of the distributed program.
    # "+": neutron-neutron plus proton-proton; "-": neutron-proton.
    [
        [9.0914, 6.3355],  # FM+: master, the full square
        [4.5791, 19.8946],  # FS+: spin-orbit, the full square
        [1.7325, 7.5247],  # FS-
        [-7.1953, -39.9787],  # FC+: cross term of master and spin-orbit
        [-0.3976, 0.8131],  # PM+: master, shell by shell
        [-0.7435, -3.7291],  # PS+: spin-orbit, shell by shell
        [-0.1305, -0.6387],  # PS-
        [0.4534, 2.0605],  # S3: three-body, spherical
        [0.3449, 1.4727],  # SQ-: quadrupole, spherical
        [-1.0433, 0.0],  # D3: three-body, deformed
        [5.2495, 0.0],  # QQ+: quadrupole, deformed
        [-32.1007, -151.1164],  # D0: the price of lifting the nucleons
        [-4.6103, -32.4238],  # QQ-
        [-37.3226, -52.1673],  # TT: T(T+1)
        [0.9597, 3.0024],  # SS: spin-orbit within the EI shells
    ]
)
"""Coefficients of the 31-parameter formula: volume and surface of each term."""

_COULOMB_31, _PAIRING_31, _PAIRING_R_31 = 0.6977, 6.0390, 17.7960


@njit(cache=True)
def _fluid_10(number: int, lifted: int) -> tuple[float, float, float, float]:
    """Return one fluid's master and spin-orbit sums, and its EI shell's quadrupole and three-body terms."""
    occupation, k, in_open = _fill(number, False)
    nucleons, states = _ei_shell(k, in_open)
    if k % 2:  # the lifted nucleons leave the EI shell only where an r is open: they go to the next shell's j
        nucleons -= lifted
    occupation[k] -= lifted
    occupation[k + 1] += lifted
    master = 0.0
    spin_orbit = 0.0
    for p in range(N_SHELLS):
        degeneracy = (p + 1.0) * (p + 2.0)
        in_shell = (occupation[2 * p] + occupation[2 * p + 1]) / math.sqrt(degeneracy)
        l_dot_s = 0.5 * p * occupation[2 * p] - occupation[2 * p + 1]
        master += in_shell
        spin_orbit += (
            l_dot_s * ((1.0 + in_shell) * p * p + (1.0 - in_shell) * (4.0 * p - 5.0)) / degeneracy**1.5
        )
    quadrupole = nucleons * (states - nucleons - lifted) / states
    three_body = quadrupole * (2.0 * nucleons - states)
    scale = 1.0 / math.sqrt(states) if lifted else 2.0 ** math.sqrt(k // 2)
    return master, spin_orbit, quadrupole * scale, three_body


@njit(cache=True)
def _pairing_10(Z: int, N: int) -> float:
    """Pairing of the 10-parameter formula: 2 even-even, 1 odd A, 0 odd-odd, and terms in 2T/A."""
    asymmetry = abs(N - Z) / (N + Z)
    if N % 2 and Z % 2:
        return asymmetry
    if N % 2 == 0 and Z % 2 == 0:
        return 2.0 - asymmetry
    odd_minority = Z % 2 if N > Z else N % 2
    return 1.0 - asymmetry if odd_minority else 1.0


@njit(cache=True)
def _shape_10(Z: int, N: int, lifted: int, a: NDArray[np.float64]) -> float:
    """Binding energy of one shape: `lifted` is 0 for the spherical one."""
    master_n, spin_orbit_n, quadrupole_n, three_body_n = _fluid_10(N, lifted)
    master_z, spin_orbit_z, quadrupole_z, three_body_z = _fluid_10(Z, lifted)
    charge_radius, rho = _radii(Z, N)
    t = abs(N - Z)  # 2T
    master = master_n**2 + master_z**2
    isospin = t * (t + 2.0) / (Z + N) ** (2.0 / 3.0)
    wigner = t * (1.0 - t) / ((Z + N) * rho**3)
    energy = a[1] * (master + spin_orbit_n + spin_orbit_z) - a[2] * master / rho
    energy += -a[3] * isospin + a[4] * (isospin / rho + wigner) + a[9] * _pairing_10(Z, N)
    if lifted:
        energy += a[8] * quadrupole_n * quadrupole_z
    else:
        energy += (a[5] - a[6] / rho) * (three_body_n + three_body_z) + a[7] * quadrupole_n * quadrupole_z
    return energy / rho + a[0] * _coulomb(Z, charge_radius)


@njit(cache=True)
def _binding_10(Z: int, N: int, a: NDArray[np.float64]) -> float:
    spherical = _shape_10(Z, N, 0, a)
    return spherical if Z <= 50 else max(spherical, _shape_10(Z, N, LIFTED, a))


@njit(cache=True)
def _lift_31(k: int, in_open: int, lifted: int, occupation: NDArray[np.float64]) -> None:
    """Deform one fluid of the 31-parameter formula: its intruder orbit gets `lifted` nucleons or more."""
    if k % 2:  # from the open r to the j above
        occupation[k] -= lifted
        occupation[k + 1] += lifted
    else:  # the open subshell is the intruder itself: what it lacks comes from the r below
        lacking = max(lifted - in_open, 0)
        occupation[k] += lacking
        occupation[k - 1] -= lacking


@njit(cache=True)
def _within_ei(in_j: float, p: int) -> float:
    """Spin-orbit of the nucleons in j of shell p, its first p(p-1) taken as an r, the others as a j."""
    if p < 3:
        return 0.0
    as_r = min(in_j, p * (p - 1.0))
    return as_r * 0.5 * (p - 1.0) / p - (in_j - as_r) / p


@njit(cache=True)
def _fluid_31(
    number: int, lifted: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], float, float, float, int]:
    """Return one fluid's master and spin-orbit amplitudes by shell, EI spin-orbit, quadrupole, S3, r or j.

    The amplitudes are n_p / sqrt(D_p) and the sum of l.s over the shell's nucleons, over p + 1; the last
    entry is 1 if the last nucleon sits in an r.
    """
    occupation, k, in_open = _fill(number, True)
    last_in_r = (k if in_open else k - 1) % 2
    nucleons, states = _ei_shell(k, in_open)
    nucleons -= lifted
    _lift_31(k, in_open, lifted, occupation)
    master = np.empty(N_SHELLS)
    spin_orbit = np.empty(N_SHELLS)
    ei_spin_orbit = 0.0
    for p in range(N_SHELLS):
        in_j, in_r = occupation[2 * p], occupation[2 * p + 1]
        root = math.sqrt((p + 1.0) * (p + 2.0))
        master[p] = (in_j + in_r) / root
        spin_orbit[p] = (0.5 * p * in_j - in_r) / (p + 1.0)
        ei_spin_orbit += _within_ei(in_j, p) * in_j * (1.0 / root + 0.5 * p / (p + 1.0))
    quadrupole = nucleons * (states - nucleons) / states
    three_body = quadrupole * (2.0 * nucleons - states)
    if lifted:
        return (
            master,
            spin_orbit,
            ei_spin_orbit,
            quadrupole / math.sqrt(states),
            three_body / states,
            last_in_r,
        )
    return master, spin_orbit, ei_spin_orbit, quadrupole, three_body, last_in_r


@njit(cache=True)
def _full_and_partial(
    m_n: NDArray[np.float64], m_z: NDArray[np.float64], s_n: NDArray[np.float64], s_z: NDArray[np.float64]
) -> tuple[float, float, float, float, float, float, float]:
    """Return FM+, FS+, FS-, FC+, PM+, PS+, PS-: squares of sums over shells (F), sums of squares (P).

    With isoscalar and isovector amplitudes x_0 = x_n + x_z, x_1 = x_n - x_z these are
    X+ = x_0^2 + x_1^2 = 2 (x_n^2 + x_z^2) and X- = x_0^2 - x_1^2 = 4 x_n x_z.
    """
    full_m_n = full_m_z = full_s_n = full_s_z = 0.0
    cross_m_n = cross_m_z = cross_s_n = cross_s_z = 0.0
    pm_plus = ps_plus = ps_minus = 0.0
    for p in range(N_SHELLS):
        root = math.sqrt((p + 1.0) * (p + 2.0))
        full_m_n += m_n[p]
        full_m_z += m_z[p]
        full_s_n += s_n[p]
        full_s_z += s_z[p]
        cross_m_n += m_n[p] / root
        cross_m_z += m_z[p] / root
        cross_s_n += s_n[p] / root
        cross_s_z += s_z[p] / root
        pm_plus += 2.0 * root * (m_n[p] ** 2 + m_z[p] ** 2)
        ps_plus += 2.0 * root * (s_n[p] ** 2 + s_z[p] ** 2)
        ps_minus += 4.0 * root * s_n[p] * s_z[p]
    fm_plus = 2.0 * (full_m_n**2 + full_m_z**2)
    fs_plus = 2.0 * (full_s_n**2 + full_s_z**2)
    fc_plus = 2.0 * (cross_m_n * cross_s_n + cross_m_z * cross_s_z)
    return fm_plus, fs_plus, 4.0 * full_s_n * full_s_z, fc_plus, pm_plus, ps_plus, ps_minus


@njit(cache=True)
def _pairing_31(Z: int, N: int, rho: float) -> float:
    """Pairing of the 31-parameter formula: -1/rho for each odd number of nucleons, and terms in 2T/A."""
    asymmetry = abs(N - Z) / (N + Z)
    odd = N % 2 + Z % 2
    pairing = -odd - asymmetry * (2 - odd)
    if odd == 1 and (Z if N >= Z else N) % 2:  # the odd one is of the minority
        pairing -= asymmetry
    return pairing / rho


@njit(cache=True)
def _shape_31(Z: int, N: int, lifted: int, a: NDArray[np.float64]) -> float:
    """Binding energy of one shape: `lifted` is 0 for the spherical one."""
    m_n, s_n, ei_n, quadrupole_n, three_body_n, r_n = _fluid_31(N, lifted)
    m_z, s_z, ei_z, quadrupole_z, three_body_z, r_z = _fluid_31(Z, lifted)
    charge_radius, rho = _radii(Z, N)
    A = Z + N
    terms = np.zeros(15)
    terms[0], terms[1], terms[2], terms[3], terms[4], terms[5], terms[6] = _full_and_partial(
        m_n, m_z, s_n, s_z
    )
    s3 = three_body_n + three_body_z
    q_plus = 2.0 * (quadrupole_n**2 + quadrupole_z**2)
    q_minus = 4.0 * quadrupole_n * quadrupole_z
    if lifted:
        terms[9], terms[10], terms[11], terms[12] = s3, q_plus, lifted**2 - q_minus, q_minus
    else:
        terms[7], terms[8] = s3, q_minus
    t = abs(N - Z)  # 2T
    terms[13] = t * (t + 2.0) / A ** (2.0 / 3.0)
    terms[14] = ei_n + ei_z
    energy = 0.0
    for i in range(terms.size):
        energy += (a[i, 0] - a[i, 1] / rho) * terms[i] / rho
    energy += _COULOMB_31 * _coulomb(Z, charge_radius)
    return energy + _PAIRING_31 * _pairing_31(Z, N, rho) + _PAIRING_R_31 * (r_n + r_z) / A


@njit(cache=True)
def _binding_31(Z: int, N: int, a: NDArray[np.float64]) -> float:
    spherical = _shape_31(Z, N, 0, a)
    return spherical if Z <= 50 else max(spherical, _shape_31(Z, N, LIFTED, a))


@njit(cache=True)
def _binding_many(
    Z: NDArray[np.int64],
    N: NDArray[np.int64],
    parameters: int,
    a10: NDArray[np.float64],
    a31: NDArray[np.float64],
) -> NDArray[np.float64]:
    energy = np.empty(Z.size)
    for i in range(Z.size):
        energy[i] = _binding_10(Z[i], N[i], a10) if parameters == 10 else _binding_31(Z[i], N[i], a31)
    return energy


def duflo_zuker(
    Z: ArrayLike, A: ArrayLike, parameters: int = 31, coefficients: str | None = None
) -> float | NDArray[np.float64]:
    r"""Binding energy by the formula of Duflo and Zuker.

    Parameters
    ----------
    Z, A : int or array_like of int
        Charge number, up to 126, and mass number; they broadcast. The number of neutrons A - Z goes up to
        240, where the oscillator shells p = 0 to 7 are full. With 31 parameters both numbers start at 6
        (below it the formula means nothing), with 10 at 1.
    parameters : {31, 10}
        Which of the two formulas.
    coefficients : {None, "table", "program"}
        With 10 parameters: the set behind the table of masses distributed by the AMDC in 1996 (None means
        this one) or the set that the distributed program states; they differ by 1 MeV for 14He.
        With 31 there is one set, and this stays None.

    Returns
    -------
    float or ndarray
        Binding energy in MeV, positive if bound; of the broadcast shape of `Z` and `A`.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Notes
    -----
    With 31 parameters (Duflo & Zuker 1995; the sum of 15 terms, each with a surface partner),

    .. math:: B = \sum_i \left(a_i - \frac{a_i'}{\rho}\right) \frac{X_i}{\rho}
              - a_C \frac{Z(Z-1) - 0.76 [Z(Z-1)]^{2/3}}{R_c} + \mathrm{pairing},

    with :math:`R_c = A^{1/3}[1 - (T/A)^2]`, :math:`\rho = R_c^2/A^{1/3}` and :math:`T = |N - Z|/2`.

    Examples
    --------
    >>> round(duflo_zuker(26, 56), 3)
    492.099
    >>> round(duflo_zuker(26, 56, parameters=10), 3)
    492.294
    >>> duflo_zuker(8, [16, 20, 24], parameters=10).round(2)
    array([128.03, 151.38, 165.39])
    """
    if not isinstance(parameters, int | np.integer) or parameters not in (10, 31):
        raise ValueError(f"parameters = {parameters!r}: must be 10 or 31")
    if parameters == 31 and coefficients is not None:
        raise ValueError(
            f"coefficients = {coefficients!r}: must be None with 31 parameters, which have one set"
        )
    a10 = COEFFICIENTS_10[
        validation.one_of("coefficients", "table" if coefficients is None else coefficients, COEFFICIENTS_10)
    ]
    smallest = 6 if parameters == 31 else 1
    charge = whole_numbers("Z", Z, smallest, LARGEST_Z)
    charge, mass = broadcast(charge, whole_numbers("A", A, 2 * smallest, LARGEST_Z + LARGEST_NUMBER))
    neutrons = mass - charge
    outside = (neutrons < smallest) | (neutrons > LARGEST_NUMBER)
    if outside.any():
        z, n = charge[outside].flat[0], neutrons[outside].flat[0]
        raise ValueError(f"A = {z + n}: with Z = {z} must be in [{z + smallest}, {z + LARGEST_NUMBER}]")
    # Copies, as broadcast views are read-only, another type to numba, and would be compiled for once more.
    energy = _binding_many(
        np.array(charge).ravel(), np.array(neutrons).ravel(), parameters, a10, COEFFICIENTS_31
    )
    return energy.reshape(charge.shape) if charge.ndim else float(energy[0])
