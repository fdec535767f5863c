"""Chapter 1: which force points where - on an electron, a nucleus and a free neutron."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from crustlib import balance
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.crusts import profile as _profile
from crustlib.figures import style
from crustlib.figures.violation import hatch_zones
from crustlib.validation import in_range

COMPONENTS = {"electron": "electrons", "nucleus": "nuclei", "neutron": "neutrons"}
ALL = ("weight", "gradient", "electric", "remainder")
NOTHING = 0.005  # m_u g: what is smaller is written 0
TERMS: dict[str, dict[str, Any]] = {  # the forces of equations (2)-(4)
    "weight": {"color": "#444444", "linestyle": "-"},
    "gradient": {"color": "#2F8FBF", "linestyle": (0, (5, 1.5))},
    "electric": {"color": "#9A4FB0", "linestyle": (0, (6, 1.5, 1.2, 1.5))},
    "remainder": {"color": "#C8321E", "linestyle": "-"},
}
UNSIGNED = FuncFormatter(lambda value, _: f"{abs(value):g}")  # up and down are written beside the axis
WORDS = {
    "weight": r"weight $\mu_j g$",
    "gradient": r"own pressure $-\nabla\mu_j$",
    "electric": r"electric force",
    "remainder": "left for friction",
}
REACH = {"electron": 8.2, "nucleus": 165.0, "neutron": 4.6}  # the largest force an axis shows (m_u g)
LONG = 0.8  # of the reach: a longer arrow ends there, in a second head, and its size is written
SMALL = 0.04  # of the reach: a shorter arrow is written as ↑ or ↓


@style.use()
def arrows(crust: xr.Dataset, pressure: float, gravity: float = 2e14) -> Figure:
    """Draw the forces on one electron, one average nucleus and one free neutron of a layer.

    Parameters
    ----------
    crust : xarray.Dataset
        A Profile with pressure, mass_density, mu_e, mu_n and neutron_pressure.
    pressure : float
        Of the layer, in dyn cm^-2; the nearest layer is drawn.
    gravity : float
        g in cm s^-2, which decides which zones are thick enough to be shown.

    Returns
    -------
    matplotlib.figure.Figure
        Above, mu_e against pressure, the zones out of balance and where the layer is; below, the arrows.

    Raises
    ------
    ValueError
        If the layer is not in the crust, or a column is missing.
    """
    P = _profile.pressure_cgs(crust).values
    in_range("pressure", pressure, P[0], P[-1])
    k = int(np.abs(np.log(P / pressure)).argmin())
    force = balance.forces(crust).isel(layer=k)
    figure = style.Figure(figsize=(style.WIDTH, 5.0))
    figure.set_layout_engine("none")  # frames of a slider must not jitter
    _where(figure.add_axes((0.068, 0.625, 0.905, 0.295)), crust, k, gravity)
    for column, component in enumerate(COMPONENTS):
        axes = figure.add_axes((0.068 + 0.3195 * column, 0.02, 0.266, 0.47))
        if component == "neutron" and not crust["neutron_density"].values[k] > 0.0:
            _frame(axes, component)
            axes.text(0.5, 0.42, "none here", transform=axes.transAxes, ha="center", color="#666666")
        else:
            _arrow_panel(axes, component, force)
    _legend(figure)
    return figure


def _where(axes: Axes, crust: xr.Dataset, k: int, gravity: float) -> None:
    """Draw mu_e(P) with the zones, and mark one layer and say what it is made of."""
    P, mu_e = _profile.pressure_cgs(crust).values, crust["mu_e"].values
    hatch_zones(axes, balance.violation(crust, gravity=gravity))
    maker = crust.attrs.get("maker", "")
    axes.plot(P, mu_e, color=style.COLOURS.get(maker, style.COLOURS["accreted"]))
    axes.plot(P[k], mu_e[k], "o", color=TERMS["remainder"]["color"], markersize=8, zorder=5)
    style.log_axis(axes.xaxis, "pressure")
    axes.set(xlim=(4e29, 1e31), ylim=(17.0, 46.0), ylabel=r"$\mu_e$  (MeV)")
    axes.xaxis.labelpad = 0
    Z, A = float(_profile.mean_Z(crust)[k]), float(_profile.mean_A(crust)[k])
    free = float(crust["neutron_density"][k] / crust["baryon_density"][k])
    density = f"{float(_profile.rho(crust)[k]):.2e}".split("e")
    numbers = (
        rf"$\rho$ = {density[0]} $\times$ 10$^{{{int(density[1])}}}$ g cm$^{{-3}}$",
        rf"$\langle Z\rangle$ = {Z:.1f},  $\langle A\rangle$ = {A:.1f}",
        f"free neutrons: {100.0 * free:.2g} % of the baryons" if free > 0.0 else "no free neutrons",
    )
    axes.text(
        0.02, 0.9, "\n".join(numbers), transform=axes.transAxes, va="top", fontsize=9, linespacing=1.5,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 2},
    )  # fmt: skip


def _frame(axes: Axes, component: str) -> None:
    """Lay out one particle's panel: zero in the middle, down is down."""
    reach = REACH[component]
    axes.set(xlim=(-0.6, 3.6), ylim=(reach, -reach), xticks=[])
    axes.tick_params(axis="y", labelsize=8.5)
    axes.yaxis.set_major_formatter(UNSIGNED)
    axes.minorticks_off()
    axes.axhline(0.0, color="#888888", linewidth=0.8)
    axes.plot(1.5, 0.0, "o", color=style.COLOURS[COMPONENTS[component]], markersize=9, zorder=5)
    title = {"electron": "an electron", "nucleus": "a nucleus", "neutron": "a free neutron"}[component]
    axes.set_title(title, color=style.COLOURS[COMPONENTS[component]], weight="bold", fontsize=10, pad=4)
    if component == "electron":
        axes.set_ylabel(r"$\longleftarrow$ down      force  ($m_u g$)      up $\longrightarrow$", fontsize=9)


def _arrow_panel(axes: Axes, component: str, force: xr.Dataset) -> None:
    """Draw one particle's forces beside each other, each with its size."""
    _frame(axes, component)
    reach = REACH[component]
    for x, term in enumerate(ALL):
        if f"{component}_{term}" not in force:
            continue
        value, colour = float(force[f"{component}_{term}"]), TERMS[term]["color"]
        seen = abs(value) > SMALL * reach
        end = float(np.clip(value, -LONG * reach, LONG * reach))
        if seen:
            width = 3.4 if term == "remainder" else 2.4
            arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": width, "shrinkA": 0, "shrinkB": 0}
            head = min(14.0, 6.0 + 80.0 * abs(value) / reach)
            for tip in {end, 0.9 * end if end != value else end}:
                axes.annotate("", (x, tip), (x, 0.0), arrowprops={**arrow, "mutation_scale": head})
        axes.annotate(
            _size(value) if seen else _direction(value) + _size(value), (x, end if seen else 0.0),
            (0, -4 if value > 0.0 or not seen else 4), textcoords="offset points", ha="center",
            va="top" if value > 0.0 or not seen else "bottom", fontsize=8.5, color=colour,
            weight="bold" if term == "remainder" else "normal",
        )  # fmt: skip


def _size(value: float) -> str:
    """Write the size of a force: its direction is the arrow's."""
    size = abs(value)
    if size < NOTHING:
        return "0"
    return f"{size:.0f}" if size >= 10.0 else f"{size:.1f}" if size >= 0.95 else f"{size:.2f}"


def _direction(value: float) -> str:
    return "" if abs(value) < NOTHING else "↓" if value > 0.0 else "↑"


def _legend(figure: Figure) -> None:
    handles = [
        figure.axes[-1].plot([], [], color=TERMS[term]["color"], linewidth=3, label=WORDS[term])[0]
        for term in ALL
    ]
    figure.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.525, 1.005),
        ncols=4,
        fontsize=8.5,
        handlelength=1.5,
    )


@style.use()
def terms(
    crusts: Mapping[str, xr.Dataset], pressures: tuple[float, float] = (2.5e30, 4.5e30), gravity: float = 2e14
) -> Figure:
    """Draw every term of equations (2)-(4) against pressure: a row for each component, a column per crust.

    Parameters
    ----------
    crusts : mapping of str to xarray.Dataset
        Profiles, by the words that stand above their column.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.
    gravity : float
        g in cm s^-2, which decides which zones are thick enough to be shown.

    Returns
    -------
    matplotlib.figure.Figure
        Forces in m_u g, drawn downwards where they point down; what friction would have to hold is filled.

    Raises
    ------
    ValueError
        If a Profile lacks a column.
    """
    figure, panels = style.new(
        3, len(crusts), height=7.2, sharex=True, sharey="row", squeeze=False, height_ratios=[1.0, 1.25, 1.0]
    )
    for column, (words, crust) in zip(panels.T, crusts.items(), strict=True):
        force, study = balance.forces(crust), balance.violation(crust, gravity=gravity)
        column[0].set_title(words, fontsize=10)
        for axes, component in zip(column, COMPONENTS, strict=True):
            hatch_zones(axes, study)
            _term_lines(axes, component, force)
    for axes, component in zip(panels[:, 0], COMPONENTS, strict=True):
        reach = REACH[component]
        name = {"electron": "on an electron", "nucleus": "on a nucleus", "neutron": "on a free neutron"}[
            component
        ]
        axes.set(ylim=(reach, -reach))
        axes.set_ylabel(f"{name}  ($m_u g$)", color=style.COLOURS[COMPONENTS[component]], weight="bold")
        axes.yaxis.set_major_formatter(UNSIGNED)
        axes.annotate("up", (0.975, 0.93), xycoords="axes fraction", ha="right", va="top", color="#666666")
        axes.annotate("down", (0.975, 0.05), xycoords="axes fraction", ha="right", color="#666666")
    panels[0, 0].set_xlim(pressures)
    panels[0, 0].xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x / 1e30:g}"))
    for axes in panels[-1]:
        axes.set_xlabel(r"pressure $P$  (10$^{30}$ dyn cm$^{-2}$)")
    handles = [panels[0, 0].plot([], [], label=WORDS[term], **TERMS[term])[0] for term in ALL]
    figure.legend(handles=handles, loc="outside upper center", ncols=4, fontsize=8.5)
    return figure


def _term_lines(axes: Axes, component: str, force: xr.Dataset) -> None:
    """Draw the forces on one particle as lines, what is left over filled."""
    P = force["pressure"].values * MEV_FM3_IN_DYN_CM2
    axes.axhline(0.0, color="#888888", linewidth=0.8)
    for term in ALL:
        if f"{component}_{term}" in force:
            values = force[f"{component}_{term}"].values
            axes.plot(P, values, linewidth=1.5, **TERMS[term])
            if term == "remainder":
                axes.fill_between(P, values, color=TERMS[term]["color"], alpha=0.3, linewidth=0)
