"""Where free neutrons come from: from the nuclei that carry them, or a reservoir in diffusion equilibrium."""

from typing import NamedTuple

import numpy as np
from numba import njit

from crustlib.constants import ELECTRON_MASS_MEV
from crustlib.crusts.inventory import _totals
from crustlib.crusts.medium import _medium, _medium_in_reservoir


class Reservoir(NamedTuple):
    """Neutrons in diffusion equilibrium: mu_n follows from where a layer is, not from what it releases."""

    pressure: float  # MeV fm^-3, of the layer last settled
    mu_n: float  # MeV, there; 0 where there is no reservoir: free neutrons stay with their nuclei
    inertia: float  # nuclear masses per baryon that came with the nuclei (MeV)


CLOSED = Reservoir(0.0, 0.0, 0.0)  # the traditional approach


@njit(cache=True)
def _surroundings(pressure, nuclei, Y_n, reservoir, matter, guess):
    """Return the medium at a pressure: of Y_n free neutrons per baryon, or of those of a reservoir."""
    Y_e, _, z53 = _totals(nuclei)
    if reservoir.mu_n == 0.0:
        return _medium(pressure, Y_e, Y_n, z53, matter, guess)
    return _medium_in_reservoir(pressure, _mu_n(pressure, Y_e, z53, reservoir, matter), Y_e, z53, matter)


@njit(cache=True)
def _mu_n(pressure, Y_e, z53, reservoir, matter):
    """Carry mu_n from the reservoir's pressure to another: d mu_n/dP = mu_n/(eps + P), by Heun's rule."""
    dP, mu_n = pressure - reservoir.pressure, reservoir.mu_n
    if dP == 0.0:
        return mu_n
    slope = 1.0 / _enthalpy(reservoir.pressure, mu_n, Y_e, z53, reservoir.inertia, matter)
    there = 1.0 / _enthalpy(pressure, mu_n * np.exp(dP * slope), Y_e, z53, reservoir.inertia, matter)
    return mu_n * np.exp(0.5 * dP * (slope + there))


@njit(cache=True)
def _enthalpy(pressure, mu_n, Y_e, z53, inertia, matter):
    """Return eps + P (MeV fm^-3): nuclei with their electrons, and neutrons."""
    medium = _medium_in_reservoir(pressure, mu_n, Y_e, z53, matter)
    electron = medium.electron + ELECTRON_MASS_MEV  # its lattice terms, and the nuclei's
    n_n = medium.k_n**3 / (1.5 * np.pi**2)
    return medium.n_b * (inertia + Y_e * (electron - medium.nucleus * z53)) + n_n * mu_n
