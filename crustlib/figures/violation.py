"""Chapter 3: the electron chemical potential against pressure, and its distance from equilibrium."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from crustlib import balance
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.crusts import profile as _profile
from crustlib.figures import style

DRAWN = ("shallow", "steep", "falling")  # falling zones lie within shallow ones, and on top of them
DASHES = {"accreted": (0, (7, 2)), "ground_state": style.LINESTYLES["ground_state"]}  # as in the paper
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
    draw_panel(axes, {"accreted": accreted, "ground_state": ground_state}, study, pressures)
    style.log_axis(axes.xaxis, "pressure")
    axes.set(ylabel=style.LABELS["mu_e"], title=title)
    style.column_density_axis(axes, gravity)
    axes.legend(handles=panel_handles(set(study["zone_kind"].values)), loc="upper left")
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


def draw_panel(
    axes: Axes, crusts: Mapping[str, xr.Dataset], study: xr.Dataset, pressures: tuple[float, float]
) -> None:
    """Draw mu_e(P) of two crusts into axes, with arrows of equation (7) and the zones of one hatched.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Axes whose x is pressure in dyn cm^-2.
    crusts : mapping of str to xarray.Dataset
        Profiles, "accreted" and "ground_state".
    study : xarray.Dataset
        The zones, as `balance.violation` returns them.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.
    """
    hatch_zones(axes, study)
    inside = []
    for name, crust in crusts.items():
        P, mu_e = _profile.pressure_cgs(crust).values, crust["mu_e"].values
        inside.append(mu_e[(P > pressures[0]) & (P < pressures[1])])
        axes.plot(P, mu_e, color=style.COLOURS[name], linestyle=DASHES[name])
        _arrows(axes, crust, style.COLOURS[name], pressures)
    low, high = np.concatenate(inside).min(), np.concatenate(inside).max()
    axes.set(xlim=pressures, ylim=(low - 0.06 * (high - low), high + 0.08 * (high - low)))


def draw_bars(axes: Axes, studies: Mapping[str, xr.Dataset]) -> None:
    """Draw the zones of several crusts below each other, one bar each, their names beside them.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Axes whose x is pressure in dyn cm^-2.
    studies : mapping of str to xarray.Dataset
        What `balance.violation` returns, by name.
    """
    for row, study in enumerate(studies.values()):
        axes.axhspan(row - 0.36, row + 0.36, color="#F6F6F6", zorder=0)
        hatch_zones(axes, study, row - 0.36, row + 0.36)
    axes.set_ylim(len(studies) - 0.5, -0.5)
    axes.set_yticks(range(len(studies)), list(studies))
    axes.tick_params(axis="y", which="both", left=False, right=False)
    axes.grid(False, axis="y")


def panel_handles(kinds: Collection[str]) -> list[Any]:
    """Return what a legend of `draw_panel` shows: two crusts, the arrows and some kinds of zone."""
    words = {"accreted": "accreted crust", "ground_state": "ground state"}
    handles: list[Any] = [
        Line2D([], [], color=style.COLOURS[name], linestyle=DASHES[name], label=label)
        for name, label in words.items()
    ]
    look: dict[str, Any] = {"marker": r"$\rightarrow$", "markersize": 13, "linestyle": ""}
    handles.append(Line2D([], [], color=style.COLOURS["corrected"], label="slope of equation (7)", **look))
    return handles + zone_handles(kinds)


def zone_handles(kinds: Collection[str] = tuple(WORDS)) -> list[Patch]:
    """Return what a legend shows of some kinds of zone."""
    return [_patch(kind) for kind in WORDS if kind in kinds]


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
