"""Numbers that claims about electrons among nuclei are held against: formulas, weights, integrals."""

import functools
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import constants as si

from crustlib import transport
from crustlib.claims.plasma_mixtures import (
    ASH,
    BROAD,
    FIDUCIAL,
    TABLE_2_DENSITY,
    broad,
    first_peak,
    kinetic,
    quantum,
)
from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    ELECTRON_MASS_MEV,
    FINE_STRUCTURE,
    HBARC_MEV_FM,
    PER_FM3_IN_PER_CM3,
    SPEED_OF_LIGHT_CM_S,
)
from crustlib.figures import structure
from crustlib.figures.structure import TABLE_2
from crustlib.matter import electrons
from crustlib.transport.coulomb_quadrature import NODES, WEIGHTS
from crustlib.transport.screening import FERMI_RADIUS

Array = NDArray[np.float64]

IRON = (26.0, 100.0, 10.0)  # Z, Gamma, x_r of most claims about one kind of nuclei
FM_PER_CM = 1e13


# -- section 2.1 and 2.2.1: parameters and formulas


def extreme(name: str, choose: Callable[..., float]) -> float:
    """Return the largest or smallest x_r, theta or a (Bohr radii) of burst ash from 1e6 to 1e12 g/cm3."""
    Z, x = (np.array(values, dtype=float) for values in ASH)
    plasma = transport.parameters(np.geomspace(1e6, 1e12, 40), FIDUCIAL, Z, 2.2 * Z, x)
    bohr = HBARC_MEV_FM / (FINE_STRUCTURE * ELECTRON_MASS_MEV)
    values = plasma.a / bohr if name == "a" else getattr(plasma, name)
    return float(choose(values))


def broad_plasma() -> transport.PlasmaParameters:
    """Return the parameters of charges 8, 26 and 40 at 1e9 g cm^-3."""
    return transport.parameters(1e9, FIDUCIAL, BROAD[0], [16, 56, 90], BROAD[1])


def frequency(form: str) -> float:
    """Return nu_0 by the first form of (9), or by (11), over its second form."""
    plasma = broad_plasma()
    e2, momentum = FINE_STRUCTURE * HBARC_MEV_FM, HBARC_MEV_FM * plasma.k_F  # MeV fm, MeV (times c)
    beta = momentum / plasma.mu_e
    n, square = plasma.number_density, plasma.mean_Z2
    if form == "9":
        rate = 4.0 * np.pi * square * e2**2 * n / (momentum**2 * beta)
    else:
        rate = n * 4.0 * np.pi * (np.sqrt(square) * e2 / (plasma.mu_e * beta**2)) ** 2 * beta
    return float(rate * SPEED_OF_LIGHT_CM_S * FM_PER_CM / plasma.nu_0)


def heat_capacity_form() -> float:
    """Return v_F^2 C_V/3 over pi^2 k^2 T n_e/(3 m_e*), with C_V from the density of states, differenced."""
    mu, step = 5.0, 1e-4
    n_e = float(electrons.density(mu))
    states = (electrons.density(mu + step) - electrons.density(mu - step)) / (2.0 * step)
    beta_squared = 1.0 - (ELECTRON_MASS_MEV / mu) ** 2
    # C_V = pi^2 k^2 T states/3; what both sides share, pi^2 k^2 T/3, is left out
    return float(beta_squared * states / 3.0 * mu / n_e)


def wiedemann_franz() -> float:
    """Return kappa/(sigma T), of `transport.conductivity`, over pi^2 k_B^2/3e^2 in Gaussian units."""
    found = transport.conductivity(1e9, FIDUCIAL, BROAD[0], [16, 56, 90], BROAD[1])
    e2 = FINE_STRUCTURE * si.hbar * si.c * 1e9  # erg cm
    return float(found.thermal / (found.electrical * FIDUCIAL) * 3.0 * e2 / (np.pi * si.k * 1e7) ** 2)


def interaction_over_energy() -> float:
    """Return <Z> e^2/a over the electrons' kinetic Fermi energy, the largest of Table 2."""
    ratios = []
    for number, (energy, _, mean, _) in TABLE_2.items():
        a = np.cbrt(0.75 * mean / (np.pi * kinetic(number)[0]))
        ratios.append(mean * FINE_STRUCTURE * HBARC_MEV_FM / (a * energy))
    return float(max(ratios))


def second_born() -> float:
    """Return by how many per cent the second Born approximation raises ln Lambda at Z = 30."""
    return 100.0 * transport.second_born(30.0, *IRON[1:])


def largest_momentum() -> float:
    """Return the integrand of (19) at 2 k_F, S = epsilon = 1, of ultrarelativistic electrons."""
    return float(transport.coulomb_integrand(1.0, 1000.0) * transport.dielectric_function(1000.0, 1.0) ** 2)


def phase_of_screening() -> float:
    """Return the plasma frequency over k v_F at the first peak of S, the largest of Table 2."""
    ratios = []
    for number in TABLE_2:
        n_e, x_r = kinetic(number)
        k = first_peak()[0] / np.cbrt(0.75 * TABLE_2[number][2] / (np.pi * n_e))
        beta = x_r / np.sqrt(1.0 + x_r**2)
        ratios.append(quantum(number) * FIDUCIAL * si.k / si.eV * 1e-6 / (HBARC_MEV_FM * k * beta))
    return float(max(ratios))


def inertia() -> float:
    """Return m_e* over the mass of a nucleus, the largest of Table 2."""
    ratios = []
    for number, (energy, _, mean, _) in TABLE_2.items():
        mass = TABLE_2_DENSITY[number][0] * mean / (kinetic(number)[0] * PER_FM3_IN_PER_CM3)  # rho/n
        ratios.append((energy + ELECTRON_MASS_MEV) / ATOMIC_MASS_UNIT_MEV * ATOMIC_MASS_UNIT_G / mass)
    return float(max(ratios))


def range_of_15() -> float:
    """Return by how much (15) as printed, an integral over omega at t = 0, grows if its range doubles."""
    short, long = (np.trapezoid(np.ones(2), [-last, last]) for last in (10.0, 20.0))
    return float(long / short)


# -- section 2.2.1: what is inelastic


def occupied(z: float) -> tuple[Array, Array]:
    """Return a mesh of x = (energy - mu)/kT and, there, f(x)[1 - f(x - z)] of electrons that lose z."""
    x = np.linspace(-60.0, 60.0, 12001)
    return x, 1.0 / (1.0 + np.exp(x)) / (1.0 + np.exp(z - x))


def weight_of_15(z: float = 1.0) -> float:
    """Return z n(z), n as printed below (15), over the integral of f(1 - f') that it stands for."""
    x, weight = occupied(z)
    return float(z / (1.0 - np.exp(-z)) / np.trapezoid(weight, x))


def bracket_of_kappa(z: float = 1.0) -> float:
    """Return the bracket of S_kappa as printed, at k = k_F, over that of the variational principle.

    There an electron that goes from energy x to x' = x - z, turned by k, loses the flux of heat
    (x v - x' v')^2 = v^2 [z^2 + x x' (k/k_F)^2]; elastically it is x^2 (k/k_F)^2, of mean pi^2/3.
    """
    x, weight = occupied(z)
    lost = np.trapezoid(weight * (z**2 + x * (x - z)), x) / np.trapezoid(weight, x)
    return float((1.0 + (3.0 - 0.5)) * z**2 / (3.0 * lost / np.pi**2))


def elastic_limit(z: float) -> float:
    """Return ln Lambda_kappa/ln Lambda_sigma of iron at T_p/T = z."""
    sigma, kappa = transport.inelastic_logarithms(*IRON, z)
    return float(kappa / sigma)


def quantum_part(z: float) -> float:
    """Return by how much giving and taking quanta lowers ln Lambda_sigma at T_p/T = z."""
    sigma, _ = transport.inelastic_logarithms(*IRON, [z, 0.0])
    return float(1.0 - sigma[0] / sigma[1])


# -- sections 2.2.1 and 2.2.2: integrals over structure


def integral(S: Array | float, x_r: float, kernel: Array) -> float:
    """Return the integral of S kernel/(y epsilon^2) over y at the nodes."""
    epsilon = transport.dielectric_function(x_r, NODES)
    return float(WEIGHTS @ (S * kernel / (NODES * epsilon**2)))


@functools.cache
def iron() -> Array:
    """Return S of iron at the nodes."""
    return transport.structure_factor(2.0 * FERMI_RADIUS * np.cbrt(IRON[0]) * NODES, IRON[1])


def form_factor_at_peak() -> float:
    """Return F^2 at k = 0.33 (2 k_F) in the deepest mixture, A^(1/3) = 4.3."""
    k_F = float(kinetic(17)[1]) * ELECTRON_MASS_MEV / HBARC_MEV_FM
    return float(transport.form_factor(0.66 * k_F, 4.3**3) ** 2)


def nuclear_size() -> float:
    """Return by how many per cent the size of 56Fe lowers ln Lambda at the deepest mixture's x_r."""
    x_r = kinetic(17)[1]
    point, sphere = (transport.coulomb_logarithm(26, 100.0, x_r, "integral", A=A) for A in (None, 56))
    return 100.0 * float(1.0 - sphere / point)


def exponent(of: str) -> float:
    """Return the exponent that "G_F" or "n" needs in (22) for an energy per volume and time.

    Dimensions in powers of energy, length and time: G_F (1, 3, 0), n (0, -3, 0), e^4 (2, 2, 0), (k_B T)^6
    (6, 0, 0), hbar^-9 (-9, 0, -9), c^-8 (0, -8, 8).
    """
    rest = np.array([2 + 6 - 9, 2 - 8, -9 + 8])
    powers, *_ = np.linalg.lstsq(
        np.array([[1, 0], [3, -3], [0, 0]]), np.array([1, -3, -1]) - rest, rcond=None
    )
    return float(powers[("G_F", "n").index(of)])


def slope_of_neutrinos() -> float:
    """Return d ln Q/d ln rho of iron from 1e9 to 1e11 g cm^-3."""
    low, high = transport.neutrino_bremsstrahlung([1e9, 1e11], FIDUCIAL, [26], [56], [1.0])
    return float(np.log(high / low) / np.log(100.0))


def coupling_to_pairs() -> float:
    """Return C_+^2 of three neutrinos with sin^2 theta_W = 0.2312."""
    vector = 0.5 + 2.0 * 0.2312
    return vector**2 + 0.25 + 2.0 * ((vector - 1.0) ** 2 + 0.25)


def neutrino_kernel(sign: float) -> Array:
    """Return a(k) of (23) at the nodes, with this sign of its logarithm."""
    square = NODES**2
    return 1.0 + sign * 2.0 * square / (1.0 - square) * np.log(NODES)


def neutrinos_as_printed() -> float:
    """Return L of (23) as printed over that with the other sign."""
    printed, right = (integral(iron(), IRON[2], neutrino_kernel(sign)) for sign in (-1.0, 1.0))
    return printed / right


def neutrinos_by_rule() -> float:
    """Return by how many per cent rule (30) misses the neutrinos' L of the broad mixture."""
    ions = broad()
    solved, linear = (
        integral(structure.structure(ions, ions.wave_number * NODES, rule), ions.x_r, neutrino_kernel(1.0))
        for rule in ("hnc", "linear")
    )
    return 100.0 * abs(linear / solved - 1.0)


def relativity() -> float:
    """Return ln Lambda over that without the relativistic bracket, iron at x_r = 10."""
    x_r = IRON[2]
    bracket = 1.0 - x_r**2 / (1.0 + x_r**2) * NODES**2
    return integral(iron(), x_r, bracket) / integral(iron(), x_r, np.ones_like(NODES))


def beyond_first_peak() -> float:
    """Return the share of ln Lambda from momentum transfers beyond the first peak of S."""
    x_r = IRON[2]
    bracket = 1.0 - x_r**2 / (1.0 + x_r**2) * NODES**2
    beyond = 2.0 * FERMI_RADIUS * np.cbrt(IRON[0]) * NODES > first_peak()[0]
    return integral(iron() * beyond, x_r, bracket) / integral(iron(), x_r, bracket)


def jancovici_as_printed() -> float:
    """Return (B1) and (B2) as printed over the package's epsilon - 1, where they differ most."""
    x_r, y = (v.ravel() for v in np.meshgrid([0.5, 3.0, 30.0], [0.05, 0.3, 0.9]))
    s, u = np.sqrt(1.0 + x_r**2), np.sqrt(1.0 + (x_r * y) ** 2)
    bracket = 2.0 / 3.0 * s - 2.0 * x_r / 3.0 * y**2 * np.arcsinh(x_r)
    bracket += s * (1.0 + x_r**2 - 3.0 * (x_r * y) ** 2) / (6.0 * x_r**2 * y) * np.log((1.0 + y) / (1.0 - y))
    logarithm = np.log((u + y * s) / (u - y * s))
    bracket += (-1.0 + 2.0 * (x_r * y) ** 2) / (6.0 * x_r**2 * y) * u * logarithm
    square = FINE_STRUCTURE / (np.pi * x_r * y**2)  # k_TF^2/k^2 of (B3)
    ratio = square * bracket / (transport.dielectric_function(x_r, y) - 1.0)
    return float(ratio[np.abs(ratio - 1.0).argmax()])
