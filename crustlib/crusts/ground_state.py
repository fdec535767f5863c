"""The ground state of a cold crust: at each pressure the nucleus and free neutrons of least Gibbs energy."""

import numpy as np
import xarray as xr
from numba import njit
from numpy.typing import ArrayLike

from crustlib import nuclides
from crustlib.constants import (
    ATOMIC_MASS_UNIT_MEV,
    ELECTRON_MASS_MEV,
    HBARC_MEV_FM,
    NEUTRON_EXCESS_MEV,
)
from crustlib.crusts import profile
from crustlib.crusts.layers import (
    HIGHEST_PRESSURE,
    LOWEST_PRESSURE,
    gas_of,
    layer_columns,
    matter_of,
    model_of,
)
from crustlib.crusts.medium import _gas_wavenumber, _neutron_density
from crustlib.crusts.reactions import _gas_shift
from crustlib.errors import ConvergenceError
from crustlib.matter import electrons
from crustlib.matter import neutrons as neutron_gas
from crustlib.validation import in_range

TOLERANCE = 1e-11  # of the pressure
MARGIN = 0.85  # candidates within this factor of the best estimated pressure are solved exactly


def ground_state(
    mass_model: "str | nuclides.MassModel", pressure: ArrayLike, lattice: bool = True, neutrons: str = "SLy4"
) -> xr.Dataset:
    r"""Find the ground state of matter at given pressures.

    At a baryon chemical potential :math:`\mu` the free neutrons have :math:`\mu_n = \mu`, and a nucleus with
    its electrons is in balance where

    .. math:: \Delta + Z(\mu_e - m_e) - \tfrac43 C Z^{5/3} n_e^{1/3} = A (\mu - m_u).

    The nucleus that stands the highest pressure there has the least Gibbs energy at that pressure, and
    :math:`dP/d\mu = n_b` leads from one pressure to another (Baym, Pethick & Sutherland 1971, continued past
    the neutron drip with masses that do not feel the neutrons).

    Parameters
    ----------
    mass_model : str or MassModel
        Masses; each nuclide takes its own from the first table that holds it.
    pressure : array_like
        Pressures (MeV fm^-3), increasing; a number makes one layer.
    lattice : bool
        Whether the Coulomb lattice acts.
    neutrons : str
        Neutron matter; see `matter.neutrons.available`.

    Returns
    -------
    xarray.Dataset
        A Profile with one nuclide in each layer.

    Raises
    ------
    ValueError
        If a pressure is out of range or decreases, or a name is unknown.
    ConvergenceError
        If a layer does not reach its pressure to 1e-11.

    Notes
    -----
    Above some 5e30 dyn cm^-2 every mass model sits at the edge of its table.

    Examples
    --------
    >>> crust = ground_state("AME2016+FRDM95+DZ31", [1e-7, 1e-4, 1e-3])
    >>> [nuclides.name(int(Z), int(A)) for Z, A in zip(profile.mean_Z(crust), profile.mean_A(crust))]
    ['Ni64', 'Ni78', 'Se116']
    """
    P = np.atleast_1d(in_range("pressure", pressure, LOWEST_PRESSURE, HIGHEST_PRESSURE))
    if P.ndim != 1 or P.size == 0 or (np.diff(P) < 0.0).any():
        raise ValueError(f"pressure = {pressure!r}: must be one number or a list that does not decrease")
    model = model_of(mass_model)
    matter = matter_of(lattice, neutrons, gas_dependent=model.gas_dependent)
    masses = model.grid("mixed")[0]
    Z, N = np.nonzero(np.isfinite(masses))
    Z, N = Z[Z > 0], N[Z > 0]
    chosen, n_b, Y_n, residual = _ground_states(
        P, Z, N, masses[Z, N], Z ** (2.0 / 3.0), matter, *gas_of(model)
    )
    if not (residual < TOLERANCE).all():
        k = int(np.flatnonzero(~(residual < TOLERANCE))[0])
        raise ConvergenceError(
            f"ground_state: no solution at pressure = {P[k]:.6g} MeV fm^-3 (residual {residual[k]:.3g})"
        )
    present, column = np.unique(chosen, return_inverse=True)
    Z, A = Z[present], (Z + N)[present]
    Y = np.zeros((P.size, present.size))
    Y[np.arange(P.size), column] = (1.0 - Y_n) / A[column]
    columns = layer_columns(P, n_b, Y, Y_n, Z, A, matter, model, neutrons)
    call = {"mass_model": model.name, "pressure": P.tolist(), "lattice": bool(lattice), "neutrons": neutrons}
    return profile.make(
        {**columns, "residual": residual},
        Z=Z,
        A=A,
        maker="ground_state",
        masses=model.name,
        neutrons=neutrons,
        source="least Gibbs energy (Baym, Pethick & Sutherland 1971)",
        call=call,
    )


@njit(cache=True)
def _balance(target, z23, lattice, n_e):
    """Solve mu_e - m_e - 4/3 C Z^(2/3) n_e^(1/3) = target for n_e (fm^-3) by Newton steps in ln n_e."""
    for _ in range(40):
        shift = 4.0 / 3.0 * lattice * z23 * n_e ** (1.0 / 3.0)
        off = electrons._chemical_potential(n_e) - ELECTRON_MASS_MEV - shift - target
        slope = n_e * electrons._dmu_dn(n_e) - shift / 3.0
        step = off / slope
        n_e *= np.exp(-min(1.0, max(-1.0, step)))
        if abs(step) < 1e-13:
            break
    return n_e


@njit(cache=True)
def _best(mu, Z, N, excess, z23, lattice):
    """Return the nuclide that stands the highest pressure at mu - m_u, its n_e and that pressure."""
    # Of one element, the isotope that leaves its electrons the most energy stands the highest pressure.
    kinetic, isotope = np.zeros(Z.max() + 1), np.zeros(Z.max() + 1, np.int64)
    for i in range(Z.size):
        energy = ((Z[i] + N[i]) * mu - excess[i]) / Z[i]
        if energy > kinetic[Z[i]]:
            kinetic[Z[i]], isotope[Z[i]] = energy, i
    k_per_mu = 1.0 / (HBARC_MEV_FM * (3.0 * np.pi**2) ** (1.0 / 3.0))  # n_e^(1/3) of relativistic electrons
    estimate = np.zeros(kinetic.size)
    for charge in range(kinetic.size):
        if kinetic[charge] > 0.0:
            left = 1.0 - 4.0 / 3.0 * lattice * z23[isotope[charge]] * k_per_mu
            estimate[charge] = (kinetic[charge] + ELECTRON_MASS_MEV) ** 4 / left**3
    least = MARGIN * estimate.max()
    best, best_n_e, highest = -1, 0.0, 0.0
    for charge in range(kinetic.size):
        if kinetic[charge] > 0.0 and estimate[charge] >= least:
            i = isotope[charge]
            start = electrons._density(kinetic[charge] + ELECTRON_MASS_MEV)
            n_e = _balance(kinetic[charge], z23[i], lattice, start)
            P = electrons._pressure(n_e) - lattice / 3.0 * n_e ** (4.0 / 3.0) * z23[i]
            if P > highest:
                best, best_n_e, highest = i, n_e, P
    return best, best_n_e, highest


@njit(cache=True)
def _ground_states(pressure, Z, N, vacuum, z23, matter, step, gas):
    """Return nuclide, n_b, free neutrons per baryon and relative residual for each pressure."""
    count = pressure.size
    chosen, n_b = np.zeros(count, np.int64), np.zeros(count)
    Y_n, residual = np.zeros(count), np.full(count, np.inf)
    mu = (vacuum / (Z + N)).min() + 0.1  # mu - m_u, from the surface on
    excess = vacuum.copy()
    for layer in range(count):
        for _ in range(200):
            n_n, P_n = 0.0, 0.0
            if mu > NEUTRON_EXCESS_MEV:
                n_n = _neutron_density(mu + ATOMIC_MASS_UNIT_MEV, matter)
                P_n = neutron_gas._pressure(n_n, matter.coefficients, matter.powers)
                for k in range(Z.size if step > 0.0 else 0):  # masses that depend on the gas
                    excess[k] = vacuum[k] + _gas_shift(Z[k], N[k], _gas_wavenumber(n_n), step, gas)
            i, n_e, P = _best(mu, Z, N, excess, z23, matter.lattice)
            P += P_n
            if i < 0:
                mu += 0.1
                continue
            density = n_e / Z[i] * (Z[i] + N[i]) + n_n
            residual[layer] = abs(P / pressure[layer] - 1.0)
            if residual[layer] < 0.1 * TOLERANCE:
                break
            mu += min(1.0, max(-1.0, (pressure[layer] - P) / density))
        chosen[layer], n_b[layer], Y_n[layer] = i, density, n_n / density
    return chosen, n_b, Y_n, residual
