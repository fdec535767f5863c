r"""How well a mixture of nuclei and degenerate electrons conducts heat and charge.

Electrons carry both; nuclei deflect them, elastically, at one rate :math:`\nu = \nu_0\ln\Lambda` (Daligault &
Gupta 2009, equations 7-12). With the density :math:`n_e` and the chemical potential :math:`\mu_e = m_e^*c^2`
of the electrons,

.. math:: \kappa = \frac{\pi^2k_B^2Tn_e}{3m_e^*\nu}, \qquad \sigma = \frac{n_ee^2}{m_e^*\nu}, \qquad
          \frac{\kappa}{\sigma T} = \frac{\pi^2k_B^2}{3e^2}

Kinetic theory of a degenerate gas: :math:`\kappa = C_Vv_F^2/3\nu` with the heat capacity
:math:`C_V = k_B^2T\,p_F\mu_e/(3\hbar^3c^2)`, and :math:`p_F^3 = 3\pi^2\hbar^3n_e`, :math:`v_F = p_F/m_e^*`.

What is left out:

- Free neutrons do not scatter electrons here, and carry no heat.
- Electrons do not scatter electrons. They matter for Z <= 6 where electrons are not quite degenerate (the
  paper's section 2.2), and far below the temperatures of accreting crusts in the inner crust, 1e7 K (Shternin
  & Yakovlev 2006, Physical Review D 74, 043004). They leave sigma as it is.
- Higher orders than Born's: `second_born` says how much the next one adds.
- Heat in the electrons: they are degenerate, at temperatures far below `PlasmaParameters.T_F`.
- Quanta: below the plasma temperature scattering is neither classical nor elastic. There `regime` is
  "quantum", and `lorenz_ratio` says how Wiedemann and Franz's law fails.
- Crystals: beyond melting nuclei stay as disordered as in the liquid, the amorphous solid of the paper's
  section 2.1. `crustlib.transport.solid` is the other end.
"""

from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    E2_MEV_FM,
    FINE_STRUCTURE,
    MEV_IN_ERG,
    MEV_IN_KELVIN,
    PER_FM3_IN_PER_CM3,
    SPEED_OF_LIGHT_CM_S,
)
from crustlib.crusts import profile as _profile
from crustlib.transport.bridge import GAMMA_BRIDGE
from crustlib.transport.coulomb_log import inelastic_logarithms
from crustlib.transport.coulomb_quadrature import _wave_numbers, coulomb_integral
from crustlib.transport.mixing import mixture_logarithm
from crustlib.transport.plasma import PlasmaParameters, parameters
from crustlib.transport.structure import amorphous_structure_factor
from crustlib.validation import in_range, positive

__all__ = ["Conductivity", "along", "conductivity", "lorenz_ratio", "second_born"]

GAMMA_LIQUID = 5.5
"""Effective coupling below which `regime` is "weak": bridge functions begin there."""

_BOLTZMANN_ERG_K = MEV_IN_ERG / MEV_IN_KELVIN
_CM_PER_FM = 1e-13
_COLUMNS = {
    "thermal": ("erg cm^-1 s^-1 K^-1", "thermal conductivity"),
    "electrical": ("s^-1", "electrical conductivity"),
    "collision_frequency": ("s^-1", "rate at which electrons are deflected"),
    "coulomb_logarithm": ("1", "Coulomb logarithm"),
    "regime": ("", "what the theory is there: weak, liquid, amorphous or quantum"),
    "temperature": ("K", "temperature"),
    "gamma_eff": ("1", "effective coupling"),
    "x_r": ("1", "relativity parameter"),
    "Q_imp": ("1", "impurity parameter"),
    "mean_Z": ("1", "mean charge"),
    "mean_Z2": ("1", "mean square of the charge"),
    "plasma_temperature": ("K", "plasma temperature of the nuclei"),
    "melting_temperature": ("K", "temperature at which gamma_eff is 175"),
}


class Conductivity(NamedTuple):
    """What `conductivity` returns: floats (`regime`: str), or arrays of the layers' shape."""

    thermal: Any
    """kappa in erg cm^-1 s^-1 K^-1."""
    electrical: Any
    """sigma in s^-1 (Gaussian units)."""
    collision_frequency: Any
    """nu in s^-1."""
    coulomb_logarithm: Any
    """ln Lambda."""
    regime: Any
    """"quantum" where T < T_p; else by gamma_eff "weak" below 5.5, "liquid" to 225, "amorphous" above."""


def conductivity(
    density: ArrayLike,
    temperature: ArrayLike,
    Z: ArrayLike,
    A: ArrayLike,
    x: ArrayLike,
    rule: str = "linear",
    form_factor: bool = False,
) -> Conductivity:
    r"""Conductivities of a mixture of nuclei and degenerate electrons.

    .. math:: \kappa = \frac{\pi^2k_B^2Tn_e}{3m_e^*\nu}, \qquad \sigma = \frac{n_ee^2}{m_e^*\nu}, \qquad
              \nu = \frac{4\alpha^2\mu_e}{3\pi\hbar}\frac{\langle Z^2\rangle}{\langle Z\rangle}\ln\Lambda

    (Daligault & Gupta 2009, equations 7-10). What is left out is said at the head of
    `crustlib.transport.conductivity`: free neutrons, for one, do not scatter electrons here.

    Parameters
    ----------
    density : float or array_like
        Mass density of the nuclei in g cm^-3, > 0, of the layers' shape.
    temperature : float or array_like
        Temperature in K, > 0, of the layers' shape.
    Z : array_like
        Charge numbers, >= 1; the last axis runs over species.
    A : array_like
        Mass numbers, >= Z; broadcast against `Z`.
    x : array_like
        Number fractions, >= 0, of sum 1 over the last axis; broadcast against `Z`.
    rule : {"linear", "paper", "impurity", "impurity-only", "hnc"}
        The mixing rule: see `crustlib.transport.mixing`.
    form_factor : bool
        Whether nuclei have the size of their A.

    Returns
    -------
    Conductivity
        A named tuple: `thermal` (erg cm^-1 s^-1 K^-1), `electrical` (s^-1), `collision_frequency` (s^-1),
        `coulomb_logarithm` and `regime`, each of the layers' shape.

    Raises
    ------
    ValueError
        If an argument is out of range, the fractions do not sum to 1, the shapes do not broadcast, x_r < 0.01
        or a layer is pure with rule "impurity-only".
    ConvergenceError
        If rule "hnc" finds no solution.

    Examples
    --------
    >>> result = conductivity(1e9, 5e8, Z=[8, 26, 40], A=[16, 56, 90], x=[0.2, 0.3, 0.5])
    >>> print(f"{result.thermal:.3e} {result.coulomb_logarithm:.4f} {result.regime}")
    2.559e+17 0.9915 liquid
    """
    plasma = parameters(density, temperature, Z, A, x)
    return _conductivity(plasma, np.asarray(temperature, dtype=float), Z, A, x, rule, form_factor)


def along(
    profile: xr.Dataset, temperature: ArrayLike, rule: str = "linear", form_factor: bool = False
) -> xr.Dataset:
    """Conductivities along a crust.

    `conductivity` in each layer. Free protons, where the Profile has them, are nuclei of Z = 1; muons, where
    it has them, count as electrons. A Profile that knows only means, `Z_cl` and `A_cl`, has one kind of
    nucleus. Layers where the theory is stretched are labelled in `regime`, never refused.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile.
    temperature : float or array_like
        Temperature in K, > 0: one, or one a layer.
    rule, form_factor
        As in `conductivity`.

    Returns
    -------
    xarray.Dataset
        With dimension `layer`: `thermal`, `electrical`, `collision_frequency`, `coulomb_logarithm`, `regime`,
        and of the plasma `temperature`, `gamma_eff`, `x_r`, `Q_imp`, `mean_Z`, `mean_Z2`,
        `plasma_temperature`, `melting_temperature`; coordinate `pressure` where the Profile has it. Units
        stand in ``attrs``.

    Raises
    ------
    ValueError
        If the Profile lacks a column, a layer has no nuclei, the temperature is not positive or of another
        length, or a layer is pure with rule "impurity-only".
    ConvergenceError
        If rule "hnc" finds no solution.

    Examples
    --------
    >>> from crustlib import data
    >>> crust = data.load("accreted_frdm12").isel(layer=[0, 600, 1200, -1])
    >>> print(*along(crust, 3e8).regime.values)
    liquid liquid liquid quantum
    """
    Z, A, n = _nuclei(profile)
    T = np.asarray(positive("temperature", temperature))
    if T.shape not in ((), (n.shape[0],)):
        raise ValueError(f"temperature has shape {T.shape}: must be one, or one a layer, ({n.shape[0]},)")
    total = n.sum(-1)
    if not (total > 0.0).all():
        raise ValueError(f"profile: has no nuclei in layer {int(np.argmin(total > 0.0))}")
    x = n / total[:, np.newaxis]
    plasma = parameters((n * A).sum(-1) * ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3, T, Z, A, x)
    result = _conductivity(plasma, T, Z, A, x, rule, form_factor)
    values = {**plasma._asdict(), **result._asdict(), "temperature": np.broadcast_to(T, total.shape).copy()}
    columns = {
        name: ("layer", values[name], {"units": unit, "long_name": what})
        for name, (unit, what) in _COLUMNS.items()
    }
    coords = {"pressure": profile["pressure"]} if "pressure" in profile else {}
    attrs = {"rule": rule, "form_factor": str(form_factor), "maker": profile.attrs.get("maker", "unknown")}
    return xr.Dataset(columns, coords=coords, attrs=attrs)


def lorenz_ratio(Z: ArrayLike, gamma: ArrayLike, x_r: ArrayLike, quantum: ArrayLike) -> Any:
    r"""Wiedemann and Franz's ratio over what it is where nuclei scatter elastically.

    .. math:: \frac{L}{L_0} = \frac{3e^2}{\pi^2k_B^2}\frac{\kappa}{\sigma T}
              = \frac{\ln\Lambda_\sigma}{\ln\Lambda_\kappa}

    (Daligault & Gupta 2009, equations 7-14), from `inelastic_logarithms`: one frequency, the plasma's.

    Parameters
    ----------
    Z, gamma, x_r : float or array_like
        As in `coulomb_logarithm` with method "integral".
    quantum : float or array_like
        T_p / T, in [0, 100]; all four broadcast.

    Returns
    -------
    float or ndarray
        Dimensionless, at most 1, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, or the shapes do not broadcast.
    ConvergenceError
        If no structure factor is found.

    Examples
    --------
    >>> print(lorenz_ratio(26, 100, 10, [0.0, 0.3, 1.0, 3.0]).round(2))
    [1.   0.96 0.7  0.2 ]
    """
    sigma, kappa = inelastic_logarithms(Z, gamma, x_r, in_range("quantum", quantum, 0.0, 100.0))
    return sigma / kappa


def second_born(Z: float, gamma: float, x_r: float) -> float:
    r"""By how much the second Born approximation raises the Coulomb logarithm of point nuclei.

    .. math:: \frac{\delta\ln\Lambda}{\ln\Lambda} = \frac{\pi\alpha\beta Z}{\ln\Lambda}
              \int_0^1\frac{1 - y}{\epsilon^2(y)}S(2k_Fy)\,\mathrm dy

    The cross section of a bare nucleus to the next order, Born's times
    :math:`1 + \pi\alpha\beta Z\,y(1 - y)/(1 - \beta^2y^2)` with :math:`y = \sin(\theta/2) = k/2k_F` (McKinley
    & Feshbach 1948, Physical Review 74, 1759), in the integral of the first, as the paper's footnote 1 says.
    A size of what is left out, for Z up to 30; beyond, higher orders matter.

    Parameters
    ----------
    Z, gamma, x_r : float
        As in `coulomb_logarithm` with method "integral".

    Returns
    -------
    float
        Relative correction, > 0.

    Raises
    ------
    ValueError
        If an argument is out of range.
    ConvergenceError
        If no structure factor is found.

    Examples
    --------
    >>> second_born(26, 100, 10)
    0.1845
    """
    charge, gamma = in_range("Z", Z, 1.0, np.inf), positive("gamma", gamma)
    beta = positive("x_r", x_r) / np.hypot(1.0, x_r)

    def structure(k: NDArray[np.float64]) -> NDArray[np.float64]:
        return amorphous_structure_factor(k, gamma)[0]

    def corrected(k: NDArray[np.float64]) -> NDArray[np.float64]:
        y = k / _wave_numbers(charge)
        return structure(k) * y * (1.0 - y) / (1.0 - (beta * y) ** 2)

    first = coulomb_integral(structure, charge, x_r)
    return float(np.pi * FINE_STRUCTURE * beta * charge * coulomb_integral(corrected, charge, x_r) / first)


def _conductivity(
    plasma: PlasmaParameters,
    T: NDArray[np.float64],
    Z: ArrayLike,
    A: ArrayLike,
    x: ArrayLike,
    rule: str,
    form_factor: bool,
) -> Conductivity:
    """Conductivities of a plasma at T (K)."""
    logarithm = mixture_logarithm(plasma.gamma_e, Z, x, plasma.x_r, rule, A if form_factor else None)
    if not np.all(np.asarray(logarithm) > 0.0):
        layer = np.unravel_index(int(np.argmin(logarithm)), np.shape(logarithm))
        where = f" in layer {', '.join(map(str, layer))}" if layer else ""
        raise ValueError(
            f"rule = {rule!r}: Q_imp = 0{where}, must be > 0: a pure crystal conducts without limit"
        )
    nu = plasma.nu_0 * logarithm
    drift = plasma.electron_density * PER_FM3_IN_PER_CM3 * SPEED_OF_LIGHT_CM_S**2 / (plasma.mu_e * nu)
    thermal = np.pi**2 / 3.0 * _BOLTZMANN_ERG_K * T / MEV_IN_KELVIN * drift
    return Conductivity(
        thermal=thermal if np.ndim(thermal) else float(thermal),
        electrical=E2_MEV_FM * _CM_PER_FM * drift,
        collision_frequency=nu,
        coulomb_logarithm=logarithm,
        regime=_regime(plasma, T),
    )


def _regime(plasma: PlasmaParameters, T: NDArray[np.float64]) -> Any:
    """Which theory of the nuclei holds, by name."""
    coupling = np.asarray(plasma.gamma_eff)
    names = np.where(
        coupling > GAMMA_BRIDGE, "amorphous", np.where(coupling < GAMMA_LIQUID, "weak", "liquid")
    )
    names = np.where(plasma.plasma_temperature > T, "quantum", names)
    return names if names.ndim else str(names)


def _nuclei(profile: xr.Dataset) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Z, A and number densities (fm^-3) of the nuclei in each layer, protons with them; species last."""
    _profile.require(profile)
    protons = profile["proton_density"].values[:, np.newaxis] if "proton_density" in profile else None
    if "number_density" in profile:
        Z, A = profile["Z"].values.astype(float), profile["A"].values.astype(float)
        n = profile["number_density"].values
    else:
        _profile.require(profile, "Z_cl", "A_cl", "electron_density")
        Z, A = profile["Z_cl"].values[:, np.newaxis], profile["A_cl"].values[:, np.newaxis]
        charge = profile["electron_density"].values[:, np.newaxis]
        if "muon_density" in profile:
            charge = charge + profile["muon_density"].values[:, np.newaxis]
        n = (charge if protons is None else charge - protons) / Z
    if protons is None:
        return Z, A, n
    one = np.ones((*Z.shape[:-1], 1))
    return np.append(Z, one, -1), np.append(A, one, -1), np.append(n, protons, -1)
