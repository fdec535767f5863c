"""Clustered and homogeneous matter in one Profile, with one of the ways of `transition` across."""

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from crustlib.constants import ATOMIC_MASS_UNIT_MEV
from crustlib.crusts import profile
from crustlib.crusts.homogeneous import homogeneous
from crustlib.crusts.nse import nse
from crustlib.crusts.transition import LAST, transition
from crustlib.crusts.warm import Array, densities
from crustlib.matter import warm_leptons
from crustlib.validation import one_of

__all__ = ["matched"]

MATCHINGS = "pressure", "coexistence", "crossing"


def matched(
    baryon_density: ArrayLike,
    temperature: float,
    proton_fraction: float | None = None,
    functional: str = "BSk25",
    saturation: str = "exact",
    matching: str = "pressure",
    *,
    helium_neutrons_max: int = 12,
) -> xr.Dataset:
    r"""Clustered matter, homogeneous matter, and what lies between: one crust down to where it ends.

    Between the densities :math:`n_1` and :math:`n_2` of `transition`, pressure and free energy are those of
    the matching, and the composition is that of clustered matter at :math:`n_1` and homogeneous matter at
    :math:`n_2` side by side, so that volumes, baryons and charges add up. The equations stand at the head of
    `crustlib.crusts.transition` (Beznogov & Raduta 2025 match by pressure too, but do not say how).

    Parameters
    ----------
    baryon_density : float or array_like
        Baryons per volume in fm^-3, from 1e-12 to 0.28; a layer each, in any order.
    temperature : float
        Temperature in MeV, from 0.05 to 20.
    proton_fraction : float, optional
        Electrons per baryon, from 1e-3 to 0.99; without it, matter is in beta equilibrium.
    functional, saturation, helium_neutrons_max
        As in `nse`.
    matching : {"pressure", "coexistence", "crossing"}
        A pressure that grows as a straight line in 1/n_B, one that stays, or none: matter changes where
        clusters end, and pressure jumps there. Where `transition` knows no way across, only "crossing".

    Returns
    -------
    xarray.Dataset
        A Profile. In beta equilibrium `mu_n`, the Gibbs energy per baryon, is the matching's too.

    Raises
    ------
    ValueError
        If an argument is out of range, or there is no such matching.
    ConvergenceError
        If equations are not met.

    Examples
    --------
    >>> crust = matched([0.05, 0.06, 0.08], 0.1)
    >>> crust["pressure"].values.round(3)
    array([0.141, 0.158, 0.18 ])
    """
    one_of("matching", matching, MATCHINGS)
    n_b, _ = densities(baryon_density, None, (1e-12, LAST))
    end = transition(
        temperature, proton_fraction, functional, saturation, helium_neutrons_max=helium_neutrons_max
    )
    window = {"pressure": end.matched, "coexistence": end.coexistence}.get(matching, (end.density,) * 2)
    if window is None:
        raise ValueError(f"matching = {matching!r}: there is none at this transition ({end.mechanism})")
    thin, table = _across(
        np.sort(n_b),
        window,
        float(temperature),
        proton_fraction,
        functional,
        saturation,
        int(helium_neutrons_max),
    )
    back = np.argsort(np.argsort(n_b, kind="stable"), kind="stable")
    return profile.make(
        {"baryon_density": n_b, **{name: values[back] for name, values in table.items()}},
        Z=thin["Z"].values,
        A=thin["A"].values,
        ordered=False,
        maker="matched",
        masses=thin.attrs["masses"],
        functional=functional,
        source="statistical equilibrium and homogeneous matter (Beznogov & Raduta 2025), matched here",
        call={
            "baryon_density": n_b.tolist(),
            "temperature": float(temperature),
            "proton_fraction": proton_fraction,
            "functional": functional,
            "saturation": saturation,
            "matching": matching,
            "helium_neutrons_max": helium_neutrons_max,
        },
    )


def _across(
    n: Array,
    window: tuple[float, float],
    T: float,
    Y: float | None,
    functional: str,
    saturation: str,
    helium: int,
) -> tuple[xr.Dataset, dict[str, Array]]:
    """Return clustered matter up to the window, and columns of all layers, which are in order of density."""
    n_1, n_2 = window
    thin = nse(np.append(n[n < n_1], n_1), T, Y, functional, helium, saturation)
    dense = homogeneous(np.append(n_2, n[n > n_2]), T, Y, functional)
    table = {name: _joined(thin, dense, n, window, name) for name in _EXTENSIVE}
    for name, values in _line(thin, dense, n[(n >= n_1) & (n <= n_2)]).items():
        table[name] = np.concatenate([thin[name].values[:-1], values, dense[name].values[1:]])
    mu = table["free_energy"] + table["pressure"] / n
    table["gibbs_energy"] = mu - ATOMIC_MASS_UNIT_MEV
    table["mu_e"] = warm_leptons.chemical_potential(table["electron_density"], T)
    table["temperature"] = np.full(n.size, T)
    return thin, table if Y is not None else {**table, "mu_n": mu}


_EXTENSIVE = "electron_density", "neutron_density", "proton_density", "number_density"


def _joined(thin: xr.Dataset, dense: xr.Dataset, n: Array, window: tuple[float, float], name: str) -> Array:
    """Return a density along all layers: those before, those beside each other, those beyond the window."""
    n_1, n_2 = window
    first, second = thin[name].values, dense[name].values
    if name == "number_density":
        second = np.zeros((second.shape[0], first.shape[1]))
    w = 1.0 / n[(n >= n_1) & (n <= n_2)]
    share = (w - 1.0 / n_2) / (1.0 / n_1 - 1.0 / n_2) if n_2 > n_1 else np.ones(w.size)  # of the baryons
    share = share.reshape((-1,) + (1,) * (first.ndim - 1))
    w = w.reshape(share.shape)
    between = (share * first[-1] / n_1 + (1.0 - share) * second[0] / n_2) / w
    return np.concatenate([first[:-1], between, second[1:]])


def _line(thin: xr.Dataset, dense: xr.Dataset, n: Array) -> dict[str, Any]:
    """Free energy and pressure on the straight line P(1 / n) between the last and the first layer."""
    a, P, n_1 = (float(thin[name][-1]) for name in ("free_energy", "pressure", "baryon_density"))
    P_2, n_2 = (float(dense[name][0]) for name in ("pressure", "baryon_density"))
    c = (P_2 - P) / (1.0 / n_1 - 1.0 / n_2) if n_2 > n_1 else 0.0
    change = 1.0 / n_1 - 1.0 / n
    return {"free_energy": a + P * change + 0.5 * c * change**2, "pressure": P + c * change}
