r"""Ideal muons at zero temperature, rest mass included.

They are electrons of another mass. Lengths scale with :math:`1/m`, so with :math:`s = m_\mu/m_e`

.. math:: \mu_\mu(n) = s\,\mu_e(n/s^3), \qquad P_\mu(n) = s^4P_e(n/s^3), \qquad
          \varepsilon_\mu(n) = s^4\varepsilon_e(n/s^3)

with the functions of `crustlib.matter.electrons`. The kernels take floats.
"""

from typing import Any

from numba import njit, vectorize
from numpy.typing import ArrayLike
from scipy import constants as _si

from crustlib.constants import ELECTRON_MASS_MEV
from crustlib.matter import electrons
from crustlib.validation import elementwise, in_range

__all__ = ["density"]

MUON_MASS_MEV: float = _si.value("muon mass energy equivalent in MeV")
"""Muon rest mass in MeV."""

_SCALE = MUON_MASS_MEV / ELECTRON_MASS_MEV


@njit(cache=True)
def _density(mu):
    """n_mu (fm^-3) at the chemical potential mu (MeV), zero below the rest mass."""
    return _SCALE**3 * electrons._density(mu / _SCALE)


@njit(cache=True)
def _pressure(n_mu):
    """P (MeV fm^-3) at n_mu (fm^-3)."""
    return _SCALE**4 * electrons._pressure(n_mu / _SCALE**3)


@njit(cache=True)
def _energy_density(n_mu):
    """Energy density with rest mass (MeV fm^-3) at n_mu (fm^-3)."""
    return _SCALE**4 * electrons._energy_density(n_mu / _SCALE**3)


@vectorize(cache=True)
def _density_each(mu):
    return _density(mu)


def density(mu: ArrayLike) -> Any:
    r"""Density of ideal degenerate muons.

    .. math:: n_\mu = \frac{(\mu^2 - m_\mu^2)^{3/2}}{3\pi^2(\hbar c)^3}, \quad
              n_\mu = 0 \text{ below } m_\mu

    (Haensel, Potekhin & Yakovlev 2007, chapter 5).

    Parameters
    ----------
    mu : float or array_like
        Chemical potential in MeV, rest mass included, any shape, >= 0; in equilibrium it is the electrons'.

    Returns
    -------
    float or ndarray
        Muon density in fm^-3, of `mu`'s shape.

    Raises
    ------
    ValueError
        If `mu` is negative, not finite or not a number.

    Examples
    --------
    >>> density(125.0)
    0.0013098
    """
    return elementwise(_density_each, (in_range("mu", mu, 0.0, float("inf")),))
