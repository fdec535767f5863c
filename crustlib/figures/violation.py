"""Chapter 3: the electron chemical potential against pressure, and its distance from equilibrium."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from crustlib import balance
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.crusts import profile as _profile
from crustlib.figures import style

DRAWN = ("shallow", "steep", "falling")  # falling zones lie within shallow ones, and on top of them
WORDS = {
    "falling": r"$\mu_e$ falls with depth",
    "shallow": r"slope below 0.5 of equation (7)",
    "steep": r"slope above 1.5 of equation (7)",
}


@style.use()
def mu_e_panel(
    accreted: xr.Dataset,
    ground_state: xr.Dataset,
    gravity: float = 2e14,
    pressures: tuple[float, float] = (4e29, 1e31),
    title: str = "",
) -> Figure:
    """Draw one panel of the paper's figure 1: mu_e(P), accreted and ground state, with the zones hatched.

    Parameters
    ----------
    accreted, ground_state : xarray.Dataset
        Profiles of the two crusts with one mass model.
    gravity : float
        g in cm s^-2: it decides which zones are thicker than 1 m, and the upper axis.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.
    title : str
        Printed above.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    figure, axes = style.new(height=4.9)
    study = balance.violation(accreted, gravity=gravity)
    hatch_zones(axes, study)
    curves = {"accreted": accreted, "ground_state": ground_state}
    dashes = {"accreted": (0, (7, 2)), "ground_state": style.LINESTYLES["ground_state"]}  # as in the paper
    inside = []
    for name, crust in curves.items():
        P, mu_e = _profile.pressure_cgs(crust).values, crust["mu_e"].values
        seen = (P > pressures[0]) & (P < pressures[1])
        inside.append(mu_e[seen])
        axes.plot(P, mu_e, color=style.COLOURS[name], linestyle=dashes[name])
        _arrows(axes, crust, style.COLOURS[name], pressures)
    style.log_axis(axes.xaxis, "pressure")
    axes.set(xlim=pressures, ylabel=style.LABELS["mu_e"], title=title)
    low, high = np.concatenate(inside).min(), np.concatenate(inside).max()
    axes.set_ylim(low - 0.06 * (high - low), high + 0.08 * (high - low))
    style.column_density_axis(axes, gravity)
    handles = [
        axes.plot([], [], color=style.COLOURS[k], linestyle=dashes[k], label=label)[0]
        for k, label in (("accreted", "accreted crust"), ("ground_state", "ground state"))
    ]
    arrow = {
        "marker": r"$\rightarrow$",
        "markersize": 13,
        "linestyle": "",
        "color": style.COLOURS["corrected"],
    }
    handles += axes.plot([], [], label="slope of equation (7)", **arrow)
    found = set(study["zone_kind"].values)
    handles += [_patch(kind) for kind in ("falling", "shallow", "steep") if kind in found]
    axes.legend(handles=handles, loc="upper left")
    return figure


@style.use()
def slope_ratios(studies: Mapping[str, xr.Dataset], pressures: tuple[float, float] = (4e29, 1e31)) -> Figure:
    """Draw the ratios of equations (7), (8) and (9), which are 1 in diffusion equilibrium.

    Parameters
    ----------
    studies : mapping of str to xarray.Dataset
        What `balance.violation` returns for the crusts "accreted" and "ground_state".
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        Three panels, one for each equation.
    """
    figure, panels = style.new(nrows=3, height=6.4, sharex=True)
    names = {
        "r7": r"electrons, eq. (7)",
        "r8": r"electrons and nuclei, eq. (8)",
        "r9": r"free neutrons, eq. (9)",
    }
    for axes, (ratio, label) in zip(panels, names.items(), strict=True):
        axes.axhspan(0.5, 1.5, color="#F2F2F2", zorder=0)
        axes.axhline(1.0, color="#999999", linewidth=0.8)
        axes.axhline(0.0, color="#999999", linewidth=0.8, linestyle=":")
        for crust, study in studies.items():
            shown = study["neutron_weight"].values > 0.0 if ratio == "r9" else slice(None)
            P = study["pressure"].values[shown] * MEV_FM3_IN_DYN_CM2
            words = {"accreted": "accreted", "ground_state": "ground state"}[crust]
            axes.plot(P, study[ratio].values[shown], label=words, **style.line(crust))
        axes.set(ylabel="slope / equilibrium", ylim=(-0.6, 4.2 if ratio == "r9" else 2.4))
        axes.text(0.012, 0.9, label, transform=axes.transAxes, va="top", weight="bold")
    panels[0].legend(loc="upper right", ncols=2)
    style.log_axis(panels[-1].xaxis, "pressure")
    panels[-1].set_xlim(pressures)
    return figure


@style.use()
def zone_map(studies: Mapping[str, xr.Dataset], pressures: tuple[float, float] = (1e30, 1e31)) -> Figure:
    """Draw the zones of several crusts below each other: which are robust, which are a choice.

    Parameters
    ----------
    studies : mapping of str to xarray.Dataset
        What `balance.violation` returns, by the words that stand beside it.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        One bar for each crust.
    """
    figure, axes = style.new(height=1.1 + 0.42 * len(studies))
    for row, study in enumerate(studies.values()):
        axes.axhspan(row - 0.36, row + 0.36, color="#F6F6F6", zorder=0)
        hatch_zones(axes, study, row - 0.36, row + 0.36)
    style.log_axis(axes.xaxis, "pressure")
    axes.set(xlim=pressures, ylim=(len(studies) - 0.5, -0.5))
    axes.set_yticks(range(len(studies)), list(studies))
    axes.tick_params(axis="y", which="both", left=False, right=False)
    axes.grid(False, axis="y")
    figure.legend(handles=[_patch(kind) for kind in WORDS], loc="outside upper center", ncols=3, fontsize=8.5)
    return figure


def hatch_zones(axes: Axes, study: xr.Dataset, bottom: float | None = None, top: float | None = None) -> None:
    """Fill and hatch each zone, over the whole height or between two values of y.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Axes whose x is pressure in dyn cm^-2.
    study : xarray.Dataset
        What `balance.violation` returns.
    bottom, top : float, optional
        Range of y to fill.
    """
    P = {side: study[f"zone_{side}"].values * MEV_FM3_IN_DYN_CM2 for side in ("top", "bottom")}
    for drawn in DRAWN:
        for kind, a, b in zip(study["zone_kind"].values, P["top"], P["bottom"], strict=True):
            if kind != drawn:
                continue
            look: dict[str, Any] = {
                "facecolor": style.COLOURS[kind],
                "alpha": 0.55,
                "hatch": style.HATCH[kind],
                "linewidth": 0,
            }
            if bottom is None or top is None:
                axes.axvspan(a, b, edgecolor="#777777", zorder=0.5, **look)
            else:
                axes.fill_between([a, b], bottom, top, edgecolor="#777777", **look)


def _patch(kind: str) -> Patch:
    return Patch(
        facecolor=style.COLOURS[kind],
        edgecolor="#777777",
        alpha=0.55,
        hatch=style.HATCH[kind],
        label=WORDS[kind],
    )


def _arrows(axes, crust: xr.Dataset, colour: str, pressures: tuple[float, float]) -> None:
    """Show the slope of equation (7), A m_u / (Z rho), by arrows from a few points of a curve."""
    P = _profile.pressure_cgs(crust).values
    slope = (
        _profile.mean_A(crust) / _profile.mean_Z(crust) / crust["baryon_density"]
    ).values / MEV_FM3_IN_DYN_CM2
    start, end = pressures
    for x in np.geomspace(start * 1.12, end / 1.3, 7):
        k = int(np.searchsorted(P, x))
        if 0 < k < P.size:
            reach = P[k] * 0.16
            tip = (P[k] + reach, crust["mu_e"].values[k] + slope[k] * reach)
            axes.annotate(
                "",
                xy=tip,
                xytext=(P[k], crust["mu_e"].values[k]),
                arrowprops={"arrowstyle": "-|>", "color": style.COLOURS["corrected"], "linewidth": 1.3},
                zorder=3,
            )
            axes.plot(P[k], crust["mu_e"].values[k], "o", color=colour, markersize=4, zorder=4)
