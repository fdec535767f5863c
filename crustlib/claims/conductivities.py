"""Numbers that claims about conductivities are held against: impurities, melting, the analytic fit."""

import functools
from collections.abc import Callable

import numpy as np
from scipy import constants as si

from crustlib import data, transport
from crustlib.claims.electron_scattering import IRON
from crustlib.claims.plasma_mixtures import (
    ASH,
    FIDUCIAL,
    TABLE_2_DENSITY,
    impurity,
    kinetic,
)
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.crusts import profile
from crustlib.figures import structure
from crustlib.figures.structure import TABLE_2
from crustlib.matter import electrons
from crustlib.transport.coulomb_quadrature import NODES, WEIGHTS

SOUND = (*range(1, 10), *range(14, 18))  # rows of Table 2 whose rounded <Z> leaves a Q_imp
BURST = ([33.0], [76.0], [1.0])  # the mean nucleus of ashes, where moments do not matter


# -- section 2.2.3: impurities


def over_impurities(choose: Callable[..., float]) -> float:
    """Return ln Lambda/ln Lambda_imp of a mixture of Table 2: the median, smallest or largest."""
    return float(
        choose([_logarithm(number) / transport.impurity_logarithm(kinetic(number)[1]) for number in SOUND])
    )


def stated_ratio(choose: Callable[..., float]) -> float:
    """Return <Z^2>/Q_imp of the mixtures of Table 2, chosen likewise."""
    return float(choose([TABLE_2[number][3] / impurity(number) for number in SOUND]))


def ratio_of_conductivities(choose: Callable[..., float]) -> float:
    """Return kappa_imp/kappa, (25) over rule (30), of the mixtures of Table 2, chosen likewise."""
    found = []
    for number in SOUND:
        ratio = _logarithm(number) / transport.impurity_logarithm(kinetic(number)[1])
        found.append(TABLE_2[number][3] / impurity(number) * ratio)
    return float(choose(found))


@functools.cache
def _logarithm(number: int) -> float:
    """Return ln Lambda by rule (30) of three charges with a row's moments."""
    ions = structure.table_mixture(number)
    return float(transport.mixture_logarithm(ions.gamma_e, ions.charges, ions.fractions, ions.x_r))


def ash_as_impurities() -> float:
    """Return kappa_imp/kappa of burst ash at 2.16e11 g cm^-3, the published composition."""
    Z, x = (np.array(values, dtype=float) for values in ASH)
    both = [
        transport.conductivity(2.16e11, FIDUCIAL, Z, 2.5 * Z, x, rule).thermal
        for rule in ("impurity-only", "linear")
    ]
    return float(both[0] / both[1])


def splitting(share: float) -> float:
    """Return by how many per cent liquid iron plus impurities misses rule (30), this share of Z = 8 in it."""
    x = [share, 1.0 - share]
    gamma_e = IRON[1] / float(np.array(x) @ np.array([8.0, 26.0]) ** (5 / 3))
    both = [
        transport.mixture_logarithm(gamma_e, [8, 26], x, IRON[2], rule) for rule in ("impurity", "linear")
    ]
    return 100.0 * float(both[0] / both[1] - 1.0)


def splitting_worsens() -> float:
    """Return the error of `splitting` at 40 % impurities over that at 1 %."""
    return splitting(0.4) / splitting(0.01)


def printed_impurity() -> float:
    """Return (24) as printed, i for j the most frequent charge, over the variance, of burst ash."""
    Z, x = (np.array(values, dtype=float) for values in ASH)
    i, mean = x.argmax(), x @ Z
    return float(len(Z) * x[i] * (Z[i] - mean) ** 2 / (x @ (Z - mean) ** 2))


# -- section 2.2.4: melting


@functools.cache
def crystal(Z: float = IRON[0], gamma: float = 175.0) -> transport.solid.LatticeLogarithms:
    """Return the logarithms of a harmonic crystal at melting, x_r = 10."""
    return transport.lattice_logarithms(Z, gamma, IRON[2])


def liquid_over_crystal(subtracted: bool) -> float:
    """Return ln Lambda of the liquid over the crystal's at melting, the elastic part taken off it or not."""
    liquid = transport.coulomb_logarithm(IRON[0], 175.0, IRON[2], "integral")
    return float((liquid - (crystal().elastic if subtracted else 0.0)) / crystal().electrical)


def jump_of_mixture() -> float:
    """Return the rate of collisions in liquid mixture 7, at its melting, over that in a solid.

    The liquid by rule (30), the solid a crystal of the mean charge with uncorrelated impurities.
    """
    mean, square = TABLE_2[7][2:]
    x_r = kinetic(7)[1]
    lattice = transport.lattice_logarithms(mean, 175.0, x_r).electrical
    solid = mean**2 * lattice + impurity(7) * transport.impurity_logarithm(x_r)
    return float(square * _logarithm(7) / solid)


def debye_waller() -> float:
    """Return exp(-2W) over the mean of exp(ik.u), at the first Bragg peak of a classical crystal at 175."""
    shell = 2.0 * np.pi / transport.solid.CELL * np.sqrt(2.0)
    square = transport.solid.INVERSE_SQUARE / 175.0  # <u^2>/a^2, three axes
    return float(np.exp(-(shell**2) * square / 3.0) / np.exp(-(shell**2) * square / 6.0))


def mott(heat: float, temperature: float) -> float:
    """Return sigma_s/sigma_l by (32) from a heat of fusion (J/mol) and the temperature (K) of melting."""
    return float(np.exp(heat / (si.R * temperature) / 1.5))


# -- section 4.2: the fit


def fit_over_table(Z: float, gamma: float, x_r: float, method: str) -> float:
    """Return a fit over the table of the integral."""
    return float(
        transport.coulomb_logarithm(Z, gamma, x_r, method) / transport.coulomb_logarithm(Z, gamma, x_r)
    )


def worst_fit() -> float:
    """Return the largest error (per cent) of the corrected fit for Z from 20 to 60 and Gamma to 225."""
    Z, gamma = np.arange(20.0, 61.0, 4.0)[:, None, None], np.geomspace(10.0, 225.0, 30)[:, None]
    x_r = np.geomspace(1.0, 1000.0, 40)
    ratio = transport.coulomb_logarithm(Z, gamma, x_r, "fit") / transport.coulomb_logarithm(Z, gamma, x_r)
    return 100.0 * float(np.abs(ratio - 1.0).max())


def logarithm_43(factor: float, x_r: float, screening: str) -> float:
    """Return (43), this number times beta^2 q^2 in its bracket, over (27), the largest deviation.

    Thomas and Fermi's epsilon and no factor in front, or the full epsilon ("full") and the factor.
    """
    beta_squared = x_r**2 / (1.0 + x_r**2)
    q_squared = transport.thomas_fermi_wave_number(x_r) ** 2
    mixed = beta_squared * q_squared
    bracket = (1.0 + factor * mixed) * np.log(1.0 + 1.0 / q_squared) - beta_squared
    bracket = (bracket - (1.0 + mixed) / (1.0 + q_squared)) / 2.0
    if screening == "full":
        front = (1.0 + 396.0 * x_r) / (0.466 + 394.0 * x_r)
        return float(front * bracket / transport.impurity_logarithm(x_r))
    kernel = NODES**3 * (1.0 - beta_squared * NODES**2) / (NODES**2 + q_squared) ** 2
    return float(bracket / (WEIGHTS @ kernel))


# -- sections 1 and 5


def eddington_rate() -> float:
    """Return 4 pi R m_p c/(sigma_T (1 + X)/2) (g/s) for R = 10 km and X = 0.7: electrons per baryon."""
    thomson = si.value("Thomson cross section")
    return float(4.0 * np.pi * 1e4 * si.m_p * si.c / (thomson * 0.85) * 1e3)


def drip_density() -> float:
    """Return the density (g cm^-3) at which neutrons drip in the ground state, FRDM12."""
    crust = data.load("ground_state_frdm12")
    return float(profile.rho(crust).values[np.argmax(crust["neutron_density"].values > 0.0)])


def density_at_column() -> float:
    """Return the density (g cm^-3) at a column of 1e12 g cm^-2, g = 2e14 cm s^-2, of burst ashes."""
    rho = np.geomspace(1e8, 1e10, 200)
    n_e = transport.parameters(rho, FIDUCIAL, *BURST).electron_density
    pressure = electrons.pressure(n_e) * MEV_FM3_IN_DYN_CM2
    return float(np.interp(1e12 * 2e14, pressure, rho))


def decades_of_density() -> float:
    """Return by how many powers of ten the densities of Table 2 differ."""
    rho = [row[0] for row in TABLE_2_DENSITY.values()]
    return float(np.log10(max(rho) / min(rho)))
