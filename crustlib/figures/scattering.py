"""Chapter 9: what electrons meet on their way through a crust, and at which momentum transfers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import xarray as xr
from matplotlib.ticker import NullLocator
from numpy.typing import ArrayLike, NDArray

from crustlib import transport
from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ELECTRON_MASS_MEV,
    FINE_STRUCTURE,
    HBARC_MEV_FM,
    PER_FM3_IN_PER_CM3,
)
from crustlib.crusts import profile
from crustlib.figures import structure, style
from crustlib.figures.conductivity_models import TABLE_2
from crustlib.transport.coulomb_quadrature import NODES, WEIGHTS
from crustlib.transport.mixing import merged
from crustlib.transport.screening import FERMI_RADIUS

Array = NDArray[np.float64]

BOHR_RADIUS_FM = HBARC_MEV_FM / (FINE_STRUCTURE * ELECTRON_MASS_MEV)
UNNAMED = (11, 13, 15)  # mixtures of Table 2 between whose dashes no number fits
LEAST_PER_CENT = 0.02  # that figure 5 draws
RELATIVISTIC = style.line("corrected")
CLASSICAL = style.line("diffusive")
DASHES = {"color": "#777777", "linestyle": (0, (4, 3)), "linewidth": 0.8, "zorder": 0}
DENSITIES = tuple(float(rho) for rho in np.geomspace(1e7, 1e10, 7))


class Layer(NamedTuple):
    """Nuclei of a layer: its density (g cm^-3, of nuclei), their charges, mass numbers, number fractions."""

    density: float
    Z: Array
    A: Array
    x: Array


def layer(crust: xr.Dataset, density: float) -> Layer:
    """Return the layer of a crust whose density (g cm^-3) is nearest, without nuclides that it lacks."""
    nearest = int(np.abs(np.log(profile.rho(crust).values / density)).argmin())
    n = crust["number_density"].values[nearest]
    there = n > 0.0
    Z, A = (crust[name].values[there].astype(float) for name in ("Z", "A"))
    return Layer(float(_density(n[there], A)), Z, A, n[there] / n.sum())


def _density(n: Array, A: Array) -> Array:
    """Mass density (g cm^-3) of nuclei alone, n fm^-3 of each: the last axis is of species."""
    return np.asarray((n * A).sum(-1) * ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3)


@style.use()
def evolution(crust: xr.Dataset, temperature: float = 5e8) -> style.Figure:
    """Draw what kind of plasma a crust is, over its density: the paper's figure 1."""
    figure, ax = style.new(height=4.4)
    n, Z, A = (crust[name].values for name in ("number_density", "Z", "A"))
    x = n / n.sum(-1, keepdims=True)
    rho, plasma = profile.rho(crust).values, transport.parameters(_density(n, A), temperature, Z, A, x)
    curves = {
        r"coupling $\Gamma_\mathrm{eff}$": plasma.gamma_eff,
        "relativity $x_r$": plasma.x_r,
        r"degeneracy $\Theta = T/T_F$": plasma.theta,
        r"distance $a/a_\mathrm{B}$": plasma.a / BOHR_RADIUS_FM,
    }
    looks = zip(structure.PAIR_COLOURS, structure.PAIR_STYLES, strict=True)
    for (words, values), (colour, dashes) in zip(curves.items(), looks, strict=False):
        ax.plot(rho, values, color=colour, linestyle=dashes, label=words)
    dots = np.searchsorted(rho, np.geomspace(rho[0], rho[-1], 60)[:-1])
    share = (plasma.Q_imp / plasma.mean_Z2)[dots]
    ax.plot(rho[dots], share, "k.", markersize=4, label=r"impurity $Q_\mathrm{imp}/\langle Z^2\rangle$")
    for number, (density, _) in TABLE_2.items():
        ax.axvline(density, **DASHES)
        if number not in UNNAMED:
            ax.annotate(
                f"{number}",
                (density, 1.0),
                xytext=(0, 2),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                ha="center",
                fontsize=7.5,
            )
    style.log_axis(ax.xaxis, "mass_density")
    style.log_axis(ax.yaxis, "dimensionless parameter")
    ax.set(xlim=(rho[0], rho[-1]), ylim=(5e-4, 2e3))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.05), ncols=3, fontsize=8.5)
    return figure


@style.use()
def composition(crust: xr.Dataset, numbers: Sequence[int] = (1, 12)) -> style.Figure:
    """Draw a crust's nuclei by charge at the densities of mixtures of Table 2: the paper's figure 5."""
    figure, panels = style.new(len(numbers), height=2.1 * len(numbers) + 0.6, sharex=True, squeeze=False)
    for ax, number in zip(panels.flat, numbers, strict=True):
        density = TABLE_2[number][0]
        here = layer(crust, density)
        Z, total = merged(here.Z, here.x)
        ax.bar(Z, 100.0 * total, width=0.7, color=style.COLOURS["published"], linewidth=0)
        ax.hlines(100.0 * here.x, here.Z - 0.42, here.Z + 0.42, color="#222222", linewidth=1.4)
        style.log_axis(ax.yaxis, "nuclei  (%)")
        mean = float(total @ Z)
        spread = float(total @ Z**2) - mean**2
        exponent = int(np.floor(np.log10(density)))
        words = (
            rf"$\rho = {density / 10**exponent:.2f}\times10^{{{exponent}}}$ g cm$^{{-3}}$ (mixture {number}):"
        )
        moments = rf"$\langle Z\rangle$ = {mean:.1f}, $Q_\mathrm{{imp}}$ = {spread:.1f}"
        ax.set_title(f"{words}  {moments}", fontsize=9.5)
        ax.set(ylim=(LEAST_PER_CENT, 100.0), xlim=(5, 50))
        ax.xaxis.set_minor_locator(NullLocator())  # charges are integers
    panels[-1, 0].set_xlabel("charge $Z$")
    return figure


@style.use()
def integrands(mixtures: Mapping[int, float]) -> style.Figure:
    """Draw S_zz and the integrand of ln Lambda, a column for a mixture of Table 2 at a temperature in GK.

    The paper's figure 3, with where the integral would end in liquid metals.
    """
    figure, panels = style.new(2, len(mixtures), height=4.8, sharex=True, sharey="row", squeeze=False)
    y = np.linspace(1e-3, 1.0, 500)
    for (upper, lower), (number, billion_kelvin) in zip(panels.T, mixtures.items(), strict=True):
        wanted = structure.table_mixture(number, billion_kelvin)
        ions, beyond = structure.within_bridge(wanted)
        ka = y * ions.wave_number
        S = structure.structure(ions, ka)
        upper.plot(ka, S, **structure.SOLVED)
        looks = {"without the bracket": CLASSICAL, "with the bracket": RELATIVISTIC}
        for values, (words, look) in zip(integrand(y, ions.x_r, S), looks.items(), strict=True):
            lower.plot(ka, values / ions.wave_number, label=words, **look)
        for charge in (1, 2, 3, 4):
            edge = 2.0 * FERMI_RADIUS * charge ** (1 / 3)
            for ax in (upper, lower):
                ax.axvline(edge, **DASHES)
            upper.text(edge + 0.08, 2.68, f"{charge}", fontsize=8, va="top")
        star = " *" if beyond else ""
        coupling = rf"$\Gamma_\mathrm{{eff}}$ = {wanted.gamma_eff:.0f}{star}, $x_r$ = {ions.x_r:.1f}"
        for ax in (upper, lower):
            ax.minorticks_off()
        upper.set_title(f"mixture {number}, {billion_kelvin:g} GK: {coupling}", fontsize=9.5)
        lower.set(xlabel=r"wave number  $ka$", xlim=(0.0, ka[-1]))
    panels[0, 0].set(ylabel=r"$S_{zz}(k)$", ylim=(0.0, 2.75))
    panels[1, 0].set_ylim(0.0, None)
    panels[1, 0].set_ylabel(r"$\mathrm{d}\ln\Lambda/\mathrm{d}(ka)$")
    panels[1, -1].legend(loc="upper right", fontsize=8.5)
    return figure


def integrand(y: ArrayLike, x_r: float, S: ArrayLike) -> tuple[Array, Array]:
    """Integrand of ln Lambda over y = k / 2 k_F with the bracket of equation (14) set to 1, and with it."""
    steps, values = np.asarray(y), np.asarray(S)
    classical = values / (steps * transport.dielectric_function(x_r, steps) ** 2)
    return classical, np.asarray(transport.coulomb_integrand(steps, x_r, values))


def relativistic_ratio(density: float, temperature: float, Z: ArrayLike, A: ArrayLike, x: ArrayLike) -> float:
    """Ln Lambda over what it is with the bracket of equation (14) set to 1, by rule (30), screening kept."""
    plasma = transport.parameters(density, temperature, Z, A, x)
    ions = structure.Mixture(float(plasma.gamma_e), np.asarray(Z), np.asarray(x), float(plasma.x_r))
    S = structure.structure(ions, NODES * ions.wave_number, "linear")
    classical, relativistic = (float(WEIGHTS @ values) for values in integrand(NODES, ions.x_r, S))
    return relativistic / classical


@style.use()
def backscattering(
    crust: xr.Dataset, densities: Sequence[float] = DENSITIES, temperature: float = 5e8
) -> style.Figure:
    """Draw what relativity takes off ln Lambda along a crust, and in iron: the paper's figure 4."""
    figure, ax = style.new(height=3.4)
    layers = [layer(crust, density) for density in densities]
    ashes = [relativistic_ratio(here.density, temperature, here.Z, here.A, here.x) for here in layers]
    rho = np.geomspace(min(densities), max(densities), 13)
    iron = [relativistic_ratio(density, temperature, [26.0], [56.0], [1.0]) for density in rho]
    colour = style.COLOURS["diffusive"]
    ax.plot([here.density for here in layers], ashes, "o", color=colour, label="burst ash on its way down")
    ax.plot(rho, iron, label="⁵⁶Fe", **style.line("accreted"))
    style.log_axis(ax.xaxis, "mass_density")
    ax.set(xlim=(0.9 * rho[0], 1.1 * rho[-1]), ylabel=r"$\ln\Lambda/\ln\Lambda_\mathrm{cl}$")
    ax.legend(loc="upper right")
    return figure
