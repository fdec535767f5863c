"""What chapter 10 draws: mixtures of a paper's tables, as far as printed, and how hot a crust is."""

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.optimize import brentq

from crustlib import transport
from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ELECTRON_MASS_MEV,
    HBARC_MEV_FM,
    MEV_IN_ERG,
    MEV_IN_KELVIN,
    PER_FM3_IN_PER_CM3,
)
from crustlib.crusts import profile
from crustlib.errors import ConvergenceError
from crustlib.figures import structure
from crustlib.matter import coulomb
from crustlib.validation import non_negative

Array = NDArray[np.float64]

# Daligault & Gupta (2009), Table 2: density (g cm^-3) and a k_F; the other columns stand in structure.TABLE_2
TABLE_2 = {
    1: (8.59e6, 6.44), 2: (1.01e8, 6.46), 3: (2.49e8, 6.44), 4: (4.33e8, 6.52), 5: (7.08e8, 6.42),
    6: (1.00e9, 6.41), 7: (2.87e9, 6.37), 8: (4.85e9, 6.31), 9: (1.00e10, 6.26), 10: (2.17e10, 6.20),
    11: (3.74e10, 6.18), 12: (4.26e10, 6.18), 13: (4.81e10, 6.14), 14: (5.99e10, 6.15), 15: (7.37e10, 6.15),
    16: (9.13e10, 6.04), 17: (1.75e11, 5.95),
}  # fmt: skip
ROUNDED = (10, 11, 12, 13)  # whose Q_imp hangs on the decimals of <Z> that Table 2 leaves out
# Table 1: inverse screening length in 1/a, Gamma at melting, entropy of melting per nucleus over k_B
TABLE_1 = {
    0.0: (171.8, 0.8516), 0.2: (173.5, 0.8526), 0.4: (178.6, 0.8551), 0.6: (187.1, 0.8580),
    0.8: (199.6, 0.8599), 1.0: (217.4, 0.8591),
}  # fmt: skip

CARBON_HEAT_MEV = 13.93  # of 12C + 12C -> 24Mg
GRAVITY = 2e14  # cm s^-2


def table_conductivity(number: int, rule: str = "linear", temperature: float = 5e8) -> transport.Conductivity:
    """Conductivities of a mixture of Table 2, as three equally frequent charges with its moments.

    The density that is handed over and the mean mass number go together so that the electrons are those of
    the printed Fermi energy.
    """
    ions = structure.table_mixture(number)
    masses = mean_mass(number) * ions.charges / ions.mean_Z
    return transport.conductivity(TABLE_2[number][0], temperature, ions.charges, masses, ions.fractions, rule)


def mean_mass(number: int) -> float:
    """Mean mass number that density, Fermi energy and mean charge of Table 2 imply."""
    ions = structure.table_mixture(number)
    electrons = (ions.x_r * ELECTRON_MASS_MEV / HBARC_MEV_FM) ** 3 / (3.0 * np.pi**2) * PER_FM3_IN_PER_CM3
    return float(TABLE_2[number][0] * ions.mean_Z / (electrons * ATOMIC_MASS_UNIT_G))


def mean_charge(number: int) -> float:
    """Mean charge that the column a k_F of Table 2 implies, which is (9 pi <Z> / 4)^(1/3)."""
    return float(TABLE_2[number][1] ** 3 / (2.25 * np.pi))


def flux_of_heat(mev_per_baryon: float, accretion_rate: float = 2.4e4) -> float:
    """Flux (erg cm^-2 s^-1) of heat per accreted baryon; the rate in g cm^-2 s^-1 is 3e17 g s^-1 on 10 km."""
    return mev_per_baryon * MEV_IN_ERG / ATOMIC_MASS_UNIT_G * accretion_rate


def temperatures(
    crust: xr.Dataset, flux: float, rule: str = "linear", top: float = 2e8, column_max: float = 2e13
) -> tuple[Array, Array]:
    r"""Column densities (g cm^-2) and the temperature (K) there that carries a flux outwards.

    .. math:: \frac{\mathrm dT^2}{\mathrm d\ln y} = \frac{2FyT}{\rho\kappa}

    from the crust's first layer, at temperature `top`, with `flux` in erg cm^-2 s^-1 the same at every depth.
    The right hand side hardly depends on temperature, so that rounds of it settle quickly.
    """
    non_negative("flux", flux)
    column = profile.pressure_cgs(crust).values / GRAVITY
    there = np.flatnonzero(column < column_max)
    column, upper = column[there], crust.isel(layer=there)
    steps, density = np.diff(np.log(column)), profile.rho(upper).values
    T = np.full(column.size, float(top))
    for _ in range(30):
        slope = 2.0 * flux * column * T / (density * transport.along(upper, T, rule)["thermal"].values)
        new = np.sqrt(top**2 + np.append(0.0, np.cumsum(0.5 * (slope[1:] + slope[:-1]) * steps)))
        settled, T = bool(np.abs(new / T - 1.0).max() < 1e-6), new
        if settled:
            return column, T
    raise ConvergenceError(f"flux = {flux:.3g} erg cm^-2 s^-1: temperatures did not settle in 30 rounds")


def free_energy(gamma: float) -> float:
    """Excess free energy of a liquid of one kind of ions over N k_B T: Potekhin & Chabrier (2000).

    Their fit to Monte Carlo energies, integrated over ln Gamma.
    """
    a1, a2, b1, b2, b3, b4 = -0.907347, 0.62849, 0.0045, 170.0, -8.4e-5, 0.0037
    a3, root = -np.sqrt(3.0) / 2.0 - a1 / np.sqrt(a2), np.sqrt(gamma)
    strong = a1 * (np.sqrt(gamma * (a2 + gamma)) - a2 * np.arcsinh(np.sqrt(gamma / a2)))
    weak = 2.0 * a3 * (root - np.arctan(root)) + 0.5 * b3 * np.log1p(gamma**2 / b4)
    return float(strong + weak + b1 * (gamma - b2 * np.log1p(gamma / b2)))


def carbon_heating(density: float, T: float, mass_fraction: float, electron_density: float) -> float:
    """Heat of carbon fusion, erg g^-1 s^-1: Caughlan & Fowler (1988), in a strongly coupled plasma.

    The plasma brings two nuclei together with the free energy that two spheres of charge 6 lose when they
    become one of charge 12, by the linear mixing rule. Density in g cm^-3, of electrons in fm^-3, T in K.
    """
    t9 = T / 1e9
    t9a = t9 / (1.0 + 0.0396 * t9)
    rate = 4.27e26 * t9a ** (5 / 6) / t9**1.5 * np.exp(-84.165 / t9a ** (1 / 3) - 2.12e-3 * t9**3)
    gamma_e = coulomb.electron_coupling(electron_density, T / MEV_IN_KELVIN)
    two, one = (free_energy(gamma_e * Z ** (5 / 3)) for Z in (6.0, 12.0))
    reactions = 0.5 * density * (mass_fraction / 12.0) ** 2 * rate * np.exp(2.0 * two - one)  # mol g^-1 s^-1
    return float(reactions * CARBON_HEAT_MEV * MEV_IN_ERG / ATOMIC_MASS_UNIT_G)


def ignition(crust: xr.Dataset, column: float, mass_fraction: float = 0.1, rule: str = "linear") -> float:
    r"""Temperature (K) at which carbon, mixed into a layer at a column density (g cm^-2), ignites.

    .. math:: \frac{\partial\varepsilon_\mathrm{C}}{\partial T} = \frac{\partial}{\partial T}
              \frac{\rho\kappa T}{y^2} = \frac{2\rho\kappa}{y^2}

    Where heating grows faster with temperature than conduction carries away, :math:`\kappa\propto T`.
    """
    depths = profile.pressure_cgs(crust).values / GRAVITY
    layer = crust.isel(layer=[int(np.searchsorted(depths, column))])
    density, electrons = float(profile.rho(layer)[0]), float(layer["electron_density"][0])

    def excess(T: float) -> float:
        heats = [carbon_heating(density, t, mass_fraction, electrons) for t in (T, 1.001 * T)]
        kappa = float(transport.along(layer, T, rule)["thermal"][0])
        return float(np.log((heats[1] - heats[0]) / (1e-3 * T) / (2.0 * density * kappa / column**2)))

    found: Any = brentq(excess, 2e8, 2e9, rtol=1e-4)
    return float(found)
