"""What a composition says by itself: means over its nuclides.

Charges and number densities are arrays whose last axis runs over nuclides; what comes out has lost that axis.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib.validation import non_negative, positive

__all__ = ["impurity_parameter", "z53"]


def z53(charge: ArrayLike, number_density: ArrayLike) -> Any:
    r"""Mean :math:`Z^{5/3}` of a composition per electron, which the lattice energy needs.

    .. math:: z_{53} = \frac{\sum_i n_iZ_i^{5/3}}{\sum_i n_iZ_i}

    Parameters
    ----------
    charge : float or array_like
        Charge numbers Z_i, > 0; the last axis runs over nuclides.
    number_density : float or array_like
        Number densities n_i in fm^-3 (or any one unit), >= 0; the last axis runs over nuclides and broadcasts
        against `charge`.

    Returns
    -------
    float or ndarray
        Dimensionless, of the broadcast shape without its last axis.

    Raises
    ------
    ValueError
        If an argument is out of range, the shapes do not broadcast, or a composition holds no nuclei.

    Examples
    --------
    >>> z53([26, 20], [1e-6, 1e-6])
    8.1641
    """
    charges, density = _composition(charge, number_density)
    return _plain((density * charges ** (5 / 3)).sum(-1) / (density * charges).sum(-1))


def impurity_parameter(charge: ArrayLike, number_density: ArrayLike) -> Any:
    r"""Impurity parameter: the variance of the charge over the nuclei.

    .. math:: Q_\mathrm{imp} = \frac{\sum_i n_i(Z_i - \langle Z\rangle)^2}{\sum_i n_i}

    (Itoh & Kohyama 1993; Haensel, Potekhin & Yakovlev 2007, chapter 9).

    Parameters
    ----------
    charge, number_density : float or array_like
        A composition, as in `z53`.

    Returns
    -------
    float or ndarray
        Dimensionless, of the broadcast shape without its last axis.

    Raises
    ------
    ValueError
        If an argument is out of range, the shapes do not broadcast, or a composition holds no nuclei.

    Examples
    --------
    >>> impurity_parameter([26, 20], [1e-6, 1e-6])
    9.0
    """
    charges, density = _composition(charge, number_density)
    mean = np.asarray(_mean(charges, density))[..., np.newaxis]
    return _mean((charges - mean) ** 2, density)


def _composition(
    charge: ArrayLike, number_density: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Charges and densities, checked and broadcast; the last axis runs over nuclides."""
    charges = np.atleast_1d(positive("charge", charge))
    density = np.atleast_1d(non_negative("number_density", number_density))
    try:
        charges, density = np.broadcast_arrays(charges, density)
    except ValueError:
        raise ValueError(
            f"number_density has shape {density.shape}: must broadcast against charge's, {charges.shape}"
        ) from None
    if not (density.sum(-1) > 0).all():
        raise ValueError(
            "number_density = 0 for every nuclide of a composition: must be > 0 for one at least"
        )
    return charges, density


def _mean(values: NDArray[np.float64], density: NDArray[np.float64]) -> Any:
    """Mean over nuclides, weighted with their number densities."""
    return _plain((density * values).sum(-1) / density.sum(-1))


def _plain(result: Any) -> Any:
    """Scalars as float."""
    return result if np.ndim(result) else float(result)
