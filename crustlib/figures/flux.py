"""Chapter 4: the flux of neutrons that the unbalanced force drives, beside the flux that accretion brings."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from crustlib import balance
from crustlib.balance.flux import EDDINGTON, NEUTRON_MASS_G, SIGMA_0_CM2
from crustlib.constants import MEV_FM3_IN_DYN_CM2, PER_FM3_IN_PER_CM3
from crustlib.crusts import profile as _profile
from crustlib.figures import style
from crustlib.figures.violation import hatch_zones
from crustlib.validation import positive

TRANSIENT = 0.01  # of an accretion rate: "at least two orders of magnitude lower", as a long average
YEAR = 365.25 * 86400.0  # s
GEOMETRIC: dict[str, Any] = {"color": "#555555", "linestyle": (0, (1.2, 1.2))}
DROPPED: dict[str, Any] = {"color": style.COLOURS["printed"], "linestyle": (0, (1.2, 1.2))}
UP: dict[str, Any] = {"color": style.COLOURS["neutrons"], "linestyle": "-", "linewidth": 2.8}
DOWN: dict[str, Any] = {"color": "#7A4B00", "linestyle": (0, (2.5, 0.8)), "linewidth": 2.8}
LONG = 0.025  # of ln P: a shorter stretch has no room for an arrow
TICKS = FuncFormatter(lambda pressure, _: f"{pressure / 1e30:g}")


@style.use()
def estimate(rho_n: float = 1e12, gravity: float = 1e14) -> Figure:
    """Draw the estimate (11) against the mass number: as printed, as stated, and with a nucleus's size.

    Parameters
    ----------
    rho_n : float
        m_n n_n in g cm^-3.
    gravity : float
        g in cm s^-2.

    Returns
    -------
    matplotlib.figure.Figure
        J_n(A), the flux of Eddington accretion, and equation (11)'s own reference point.

    Raises
    ------
    ValueError
        If an argument is not positive.
    """
    A = np.linspace(20.0, 130.0, 111)
    n_n = positive("rho_n", rho_n) / NEUTRON_MASS_G / PER_FM3_IN_PER_CM3
    geometric = r"$\sigma_{ni} = 2\pi(1.2 A^{1/3}\,\mathrm{fm} + ƛ)^2$"
    dropped = r"$\sigma_{ni} = 10^{-23} A^{2/3}$ cm$^2$: the 1 dropped"
    lines: tuple[tuple[Any, str, dict[str, Any]], ...] = (
        (lambda A: balance.geometric_cross_section(A, n_n), geometric, GEOMETRIC),
        ("printed", r"equation (11) as printed: $3\times10^{28} A_{70}^{1/3}$", style.line("printed")),
        (lambda A: SIGMA_0_CM2 * np.cbrt(A) ** 2, dropped, DROPPED),
        ("stated", r"$\sigma_{ni} = 10^{-23}(1 + A^{1/3})^2$ cm$^2$: as stated", style.line("corrected")),
    )
    figure, axes = style.new(height=4.0)
    for cross_section, label, look in lines:
        axes.plot(A, balance.neutron_flux(A, n_n, gravity, cross_section), label=label, **look)
        axes.plot(70.0, balance.neutron_flux(70.0, n_n, gravity, cross_section), "o", color=look["color"])
    _accretion_line(axes, EDDINGTON, "Eddington accretion", 129.0)
    axes.set(
        yscale="log",
        xlim=(20.0, 130.0),
        ylim=(6e27, 2.5e30),
        xlabel="mass number $A$",
        ylabel=style.LABELS["flux"],
    )
    figure.legend(loc="outside upper center", ncols=2, fontsize=8.5)
    return figure


def _accretion_line(axes: Axes, mdot: float, words: str, right: float) -> None:
    """Draw the flux of baryons that accretion brings, with its name at the right end."""
    flux = balance.accretion_flux(mdot)
    axes.axhline(flux, color=style.COLOURS["accreted"], linewidth=1.1)
    axes.annotate(
        words, (right, flux), (0, 3), textcoords="offset points", ha="right", va="bottom", fontsize=8.5,
        zorder=6, bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1},
    )  # fmt: skip


@style.use()
def through_crust(
    crust: xr.Dataset, gravity: float = 2e14, sigma_0: float = SIGMA_0_CM2, mdot: float = EDDINGTON
) -> Figure:
    """Draw the neutron flux through a crust, its direction, and the flux that accretion brings.

    Parameters
    ----------
    crust : xarray.Dataset
        A Profile with free neutrons.
    gravity : float
        g in cm s^-2.
    sigma_0 : float
        Neutron-nucleus cross section over (1 + A^(1/3))^2, in cm^2.
    mdot : float
        Local accretion rate in g cm^-2 s^-1; a hundredth of it is drawn too.

    Returns
    -------
    matplotlib.figure.Figure
        Fluxes against pressure, over the zones out of balance.

    Raises
    ------
    ValueError
        If an argument is not positive, or the crust has no free neutrons.
    """
    flux = balance.flux_through(crust, gravity, sigma_0)
    P = flux["pressure"].values * MEV_FM3_IN_DYN_CM2
    figure = style.Figure(figsize=(style.WIDTH, 4.4))
    figure.set_layout_engine("none")  # frames of a slider must not jitter
    axes = figure.add_axes((0.095, 0.125, 0.885, 0.72))
    hatch_zones(axes, balance.violation(crust, gravity=gravity))
    axes.plot(
        P, flux["estimate"].values, label="estimate, equation (11)", linewidth=1.4, **style.line("corrected")
    )
    _driven(axes, P, flux["driven"].values)
    right = 9.8e30
    _accretion_line(axes, mdot, "accretion: " + _power(mdot) + r" g cm$^{-2}$ s$^{-1}$", right)
    _accretion_line(axes, TRANSIENT * mdot, "1 % of it", right)
    _pressures(axes)
    axes.set(yscale="log", ylim=(1e25, 1e32), ylabel=style.LABELS["flux"])
    axes.tick_params(axis="y", which="minor", left=False, right=False)
    figure.legend(loc="upper center", bbox_to_anchor=(0.54, 1.005), ncols=3, fontsize=8.5)
    figure.text(
        0.98,
        0.87,
        rf"$g$ = {_power(gravity)} cm s$^{{-2}}$,  $\sigma_0$ = {_power(sigma_0)} cm$^2$",
        ha="right",
        fontsize=8.5,
    )
    return figure


def _pressures(axes: Axes) -> None:
    """Lay out the pressures of the inner crust, in units that need no powers."""
    style.log_axis(axes.xaxis, r"pressure $P$  (10$^{30}$ dyn cm$^{-2}$)")
    axes.set_xlim(1.7e30, 1e31)
    axes.set_xticks([2e30, 3e30, 4e30, 5e30, 6e30, 8e30, 1e31])
    axes.xaxis.set_major_formatter(TICKS)
    axes.tick_params(axis="x", which="minor", bottom=False, top=False)


@style.use()
def through_models(
    crusts: Mapping[str, xr.Dataset], gravity: float = 2e14, mdot: float = EDDINGTON
) -> Figure:
    """Draw the neutron flux through the crusts of several mass models, one below the other.

    Parameters
    ----------
    crusts : mapping of str to xarray.Dataset
        Profiles with free neutrons, by the words that stand beside them.
    gravity : float
        g in cm s^-2.
    mdot : float
        Local accretion rate in g cm^-2 s^-1; a hundredth of it is drawn too.

    Returns
    -------
    matplotlib.figure.Figure
        For each crust its estimate (11), what friction needs, up or down, and accretion's flux.

    Raises
    ------
    ValueError
        If there are no crusts, an argument is not positive, or a crust has no free neutrons.
    """
    if not crusts:
        raise ValueError("crusts is empty: give at least one Profile")
    figure, panels = style.new(nrows=len(crusts), height=1.0 + 1.3 * len(crusts), sharex=True, squeeze=False)
    for axes, (words, crust) in zip(panels[:, 0], crusts.items(), strict=True):
        flux = balance.flux_through(crust, gravity)
        P = flux["pressure"].values * MEV_FM3_IN_DYN_CM2
        hatch_zones(axes, balance.violation(crust, gravity=gravity))
        axes.plot(P, flux["estimate"].values, label="estimate (11)", linewidth=1.4, **style.line("corrected"))
        _driven(axes, P, flux["driven"].values, arrows=False)
        for rate, dashes in ((mdot, "-"), (TRANSIENT * mdot, (0, (5, 2)))):
            axes.axhline(
                balance.accretion_flux(rate),
                color=style.COLOURS["accreted"],
                linestyle=dashes,
                linewidth=1.1,
                label="accretion: " + _power(rate) + r" g cm$^{-2}$ s$^{-1}$",
            )
        axes.set(yscale="log", ylim=(1.5e26, 2e30))
        axes.tick_params(axis="y", which="minor", left=False, right=False)
        axes.text(
            0.008, 0.94, words, transform=axes.transAxes, va="top", weight="bold", zorder=7,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5},
        )  # fmt: skip
        _pressures(axes)
        axes.label_outer()
    handles, labels = panels[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=3, fontsize=8.5)
    figure.supylabel(style.LABELS["flux"], fontsize=10)
    return figure


@style.use()
def times(crust: xr.Dataset, gravity: float = 2e14, mdot: float = EDDINGTON) -> Figure:
    """Draw how long neutrons take to flow out of each layer, and how long matter takes to sink through it.

    Parameters
    ----------
    crust : xarray.Dataset
        A Profile with free neutrons.
    gravity : float
        g in cm s^-2.
    mdot : float
        Local accretion rate in g cm^-2 s^-1; a hundredth of it is drawn too.

    Returns
    -------
    matplotlib.figure.Figure
        Years for one scale height: of flow, with the stated and a geometric cross section; of compression.

    Raises
    ------
    ValueError
        If an argument is not positive, or the crust has no free neutrons.
    """
    scale = balance.redistribution_time(crust, gravity, mdot=mdot)
    P = scale["pressure"].values * MEV_FM3_IN_DYN_CM2
    layers = crust.isel(layer=crust["neutron_density"].values > 0.0)
    A = _profile.mean_A(layers).values
    smaller = balance.geometric_cross_section(A, layers["neutron_density"].values) / (
        SIGMA_0_CM2 * (1.0 + np.cbrt(A)) ** 2
    )
    figure, axes = style.new(height=4.2)
    hatch_zones(axes, balance.violation(crust, gravity=gravity))
    flow = scale["flow"].values / YEAR
    axes.plot(P, flow, color=UP["color"], linewidth=1.8, label=r"flow, $\sigma_{ni}$ as stated")
    axes.plot(P, flow * smaller, label=r"flow, geometric $\sigma_{ni}$", **GEOMETRIC)
    for rate, dashes in ((mdot, "-"), (TRANSIENT * mdot, (0, (5, 2)))):
        axes.plot(
            P,
            scale["compression"].values * mdot / rate / YEAR,
            color=style.COLOURS["accreted"],
            linestyle=dashes,
            linewidth=1.2,
            label="sinking at " + _power(rate) + r" g cm$^{-2}$ s$^{-1}$",
        )
    _pressures(axes)
    axes.set(yscale="log", ylim=(10.0, 2e6), ylabel="time for one scale height  (years)")
    axes.tick_params(axis="y", which="minor", left=False, right=False)
    figure.legend(loc="outside upper center", ncols=2, fontsize=8.5)
    return figure


def _driven(axes: Axes, pressure: np.ndarray, driven: np.ndarray, arrows: bool = True) -> None:
    """Draw the flux that friction needs: its size as a line, its direction by colour and arrows."""
    looks = {1.0: ("neutrons flow up  ↑", UP), -1.0: ("neutrons sink  ↓", DOWN)}
    for sign, (words, look) in looks.items():
        size = np.where(sign * driven > 0.0, np.abs(driven), np.nan)
        axes.plot(pressure, size, label=words, **look)
    if not arrows:
        return
    turns = np.flatnonzero(np.diff(np.sign(driven)) != 0.0) + 1
    for run in np.split(np.arange(driven.size), turns):
        if np.log(pressure[run[-1]] / pressure[run[0]]) > LONG:
            middle = run[np.searchsorted(pressure[run], np.sqrt(pressure[run[0]] * pressure[run[-1]]))]
            arrow, colour = ("↑", UP["color"]) if driven[middle] > 0.0 else ("↓", DOWN["color"])
            axes.annotate(
                arrow, (pressure[middle], abs(driven[middle])), (0, -4), textcoords="offset points",
                ha="center", va="top", fontsize=15, weight="bold", color=colour, zorder=6,
            )  # fmt: skip


def _power(value: float) -> str:
    """Write a number as a power of ten, in mathematics."""
    mantissa, exponent = f"{value:.1e}".split("e")
    power = rf"10$^{{{int(exponent)}}}$"
    return power if mantissa == "1.0" else rf"{float(mantissa):g} $\times$ {power}"
