r"""Ions that vibrate about their sites: the potential that neutrons feel, and the mass of the ions.

Zero-point motion smears the potential (Debye-Waller factor; Chamel 2026, slides), and the ions' mass, which
sets that motion, depends on how many neutrons they drag:

.. math:: U_{\mathbf G} \to U_{\mathbf G}\,e^{-G^2\langle u^2\rangle/6}, \qquad
          \langle u^2\rangle = \frac{3\hbar}{2m_I^\star\omega_p^\star}
          \left\langle\frac{\omega_p^\star}{\omega}\right\rangle, \qquad
          \omega_p^{\star2} = \frac{4\pi Z^2e^2n_I}{m_I^\star}

with :math:`m_I^\star = (\bar\rho - \rho_s)/n_I`. The mean over the modes of a body-centred cubic crystal is
2.79855.
"""

from typing import Any, NamedTuple

import numpy as np

from crustlib.constants import E2_MEV_FM, HBARC_MEV_FM, NEUTRON_MASS_MEV
from crustlib.entrainment.cell import Cell
from crustlib.entrainment.response import superfluid_fraction
from crustlib.entrainment.zone import Mesh
from crustlib.errors import ConvergenceError
from crustlib.validation import in_range, positive

__all__ = ["Vibrating", "mean_square_displacement", "vibrating"]

_MEAN_INVERSE_FREQUENCY = 2.79855  # <omega_p / omega> of the bcc Coulomb crystal
_TOLERANCE = 1e-4  # of <u^2>
_MOST = 20


class Vibrating(NamedTuple):
    """What `vibrating` returns."""

    superfluid_fraction: float
    """rho_s over the mean density of all neutrons."""
    ion_mass: float
    """m*_I / m."""
    displacement: float
    """Mean square displacement <u^2> in fm^2."""
    static_fraction: float
    """Superfluid fraction if the ions stand still."""
    static_ion_mass: float
    """Their effective mass then."""
    iterations: int
    """How often the response was computed after that."""
    residual: float
    """Relative change of <u^2> in the last one."""


def mean_square_displacement(ion_mass: float, Z: float, ion_density: float) -> float:
    r"""Mean square displacement of an ion by zero-point motion.

    The second equation at the head of this module (Chamel 2026, slides).

    Parameters
    ----------
    ion_mass : float
        Effective mass in neutron masses, > 0.
    Z : float
        Protons per ion, > 0.
    ion_density : float
        In fm^-3, > 0.

    Returns
    -------
    float
        In fm^2.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> mean_square_displacement(170.8, 40.0, 2.786e-5)
    2.302
    """
    mass = NEUTRON_MASS_MEV * positive("ion_mass", ion_mass)
    charge = E2_MEV_FM * positive("Z", Z) ** 2
    frequency = HBARC_MEV_FM * np.sqrt(4.0 * np.pi * charge * positive("ion_density", ion_density) / mass)
    return float(1.5 * HBARC_MEV_FM**2 * _MEAN_INVERSE_FREQUENCY / (mass * frequency))


def vibrating(
    cell: Cell,
    gap: float,
    response: str = "relaxed",
    k_points: "str | int | Mesh" = "gamma",
    cutoff: float = 80.0,
    *,
    states: "int | None" = None,
    processes: "int | str" = 1,
    client: Any = None,
    progress: "bool | None" = None,
) -> Vibrating:
    """Superfluid fraction and ion mass with zero-point motion, each computed from the other until they agree.

    The equations at the head of this module (Chamel 2026, slides).

    Parameters
    ----------
    cell, response, k_points, cutoff, states, processes, client, progress
        As in `crustlib.entrainment.superfluid_fraction`.
    gap : float
        In MeV, from 0.01 to 10.

    Returns
    -------
    Vibrating
        A named tuple.

    Raises
    ------
    ValueError
        If an argument is out of range.
    ConvergenceError
        If <u^2> does not settle.

    Notes
    -----
    Harmonic motion at zero temperature, with the frequencies of ions in a uniform background of electrons.

    Examples
    --------
    >>> from crustlib.entrainment import cell
    >>> found = vibrating(cell("BSk24", baryon_density=0.03), 1.0, cutoff=40.0)
    >>> found.superfluid_fraction > found.static_fraction, found.ion_mass < found.static_ion_mass
    (True, True)
    """
    if np.ndim(in_range("gap", gap, 0.01, 10.0)):
        raise ValueError(f"gap = {gap!r}: must be one number")

    def at(displacement: float) -> Any:
        return superfluid_fraction(
            cell, gap, response, k_points, cutoff, states=states, displacement=displacement,
            processes=processes, client=client, progress=progress,
        )  # fmt: skip

    static = found = at(0.0)
    density, u2, change = 2.0 / cell.lattice_constant**3, 0.0, np.inf
    for iteration in range(_MOST):
        last, u2 = u2, mean_square_displacement(found.ion_mass, cell.Z, density)
        change = abs(u2 / last - 1.0) if last else np.inf
        if change < _TOLERANCE:
            return Vibrating(
                found.superfluid_fraction, found.ion_mass, last, static.superfluid_fraction,
                static.ion_mass, iteration, change,
            )  # fmt: skip
        found = at(u2)
    raise ConvergenceError(f"vibrating: <u^2> still changes by {change:.2g} after {_MOST} iterations")
