"""Chapter 3: the paper's figure 1 whole, and what becomes of its zones with other masses and other rules."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from crustlib import balance
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.crusts import profile as _profile
from crustlib.figures import style
from crustlib.figures.violation import WORDS, draw_bars, draw_panel, panel_handles, zone_handles


@style.use()
def figure_1(
    found: xr.Dataset,
    panels: Mapping[str, tuple[str, str]],
    pressures: tuple[float, float] = (4e29, 1e31),
) -> Figure:
    """Draw figure 1 of the paper: a panel of mu_e(P) for each mass model, one below the other.

    Parameters
    ----------
    found : xarray.Dataset
        What `balance.survey` returns.
    panels : mapping of str to (str, str)
        The panels' titles, and the names in `found` of the accreted crust and of the ground state.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    figure, rows = style.new(nrows=len(panels), height=0.9 + 2.25 * len(panels), sharex=True, squeeze=False)
    for axes, (title, names) in zip(rows[:, 0], panels.items(), strict=True):
        accreted, ground_state = (found.sel(crust=name) for name in names)
        draw_panel(axes, {"accreted": accreted, "ground_state": ground_state}, accreted, pressures)
        axes.text(0.015, 0.93, title, transform=axes.transAxes, va="top", weight="bold")
        axes.set_ylabel(r"$\mu_e$  (MeV)")
    style.log_axis(rows[-1, 0].xaxis, "pressure")
    style.column_density_axis(rows[0, 0], found.attrs["gravity"])
    figure.legend(handles=panel_handles(WORDS), loc="outside lower center", ncols=3, fontsize=8.5)
    return figure


@style.use()
def two_liquids(
    found: xr.Dataset, panels: Mapping[str, str], pressures: tuple[float, float] = (1e30, 1e31)
) -> Figure:
    """Draw the ratios of equations (8) and (9): what nuclei and neutrons bear of their own weight.

    Parameters
    ----------
    found : xarray.Dataset
        What `balance.survey` returns.
    panels : mapping of str to str
        The panels' titles, and the names in `found` of the crusts.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each crust.
    """
    figure, rows = style.new(nrows=len(panels), height=0.9 + 1.35 * len(panels), sharex=True, squeeze=False)
    for axes, (title, name) in zip(rows[:, 0], panels.items(), strict=True):
        crust = found.sel(crust=name)
        P = _profile.pressure_cgs(crust).values
        inner = crust["pressure"].values > crust["drip_pressure"].values
        axes.axhspan(0.5, 1.5, color="#F2F2F2", zorder=0)
        axes.axhline(1.0, color="#999999", linewidth=0.8)
        axes.plot(P, crust["r8"], label="electrons and nuclei, eq. (8)", **style.line("nuclei"))
        axes.plot(P[inner], crust["r9"][inner], label="free neutrons, eq. (9)", **style.line("neutrons"))
        axes.set(xlim=pressures, ylim=(-0.4, 3.4))
        axes.text(0.015, 0.92, title, transform=axes.transAxes, va="top", weight="bold")
    figure.supylabel("pressure gradient / weight", fontsize=10)
    style.log_axis(rows[-1, 0].xaxis, "pressure")
    handles, _ = rows[0, 0].get_legend_handles_labels()
    figure.legend(handles=handles, loc="outside upper center", ncols=2)
    return figure


@style.use()
def coupling(parts: Mapping[str, xr.Dataset], pressures: tuple[float, float] = (1.8e30, 1e31)) -> Figure:
    """Draw what nuclei that displace neutrons do to equations (9) and (8).

    Parameters
    ----------
    parts : mapping of str to xarray.Dataset
        What `balance.coupling` returns, by the words that explain its source; at most three.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels: shares of the free neutrons, and of the nuclei's weight.
    """
    figure, panels = style.new(ncols=2, height=3.4, sharey=True)
    titles = {"of_neutrons": "of the free neutrons, $\\kappa$", "of_weight": "of the nuclei's weight"}
    for axes, (column, title) in zip(panels, titles.items(), strict=True):
        for thing, (words, part) in zip(("neutrons", "nuclei", "electrons"), parts.items(), strict=False):
            P = part["pressure"].values * MEV_FM3_IN_DYN_CM2
            seen = P > pressures[0]
            axes.plot(P[seen], part[column].values[seen], label=words, **style.line(thing))
        axes.axhline(1.0, color="#999999", linewidth=0.8)
        axes.set(xlim=pressures, ylim=(1e-4, 10.0), title=title, yscale="log")
        style.log_axis(axes.xaxis, "pressure")
    panels[0].set_ylabel("displaced neutrons as a share")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, fontsize=8.5)
    return figure


@style.use()
def robustness(
    found: xr.Dataset, words: Mapping[str, str], pressures: tuple[float, float] = (1e30, 1e31)
) -> Figure:
    """Draw the zones of many crusts below each other, and the share of them that is out of balance there.

    Parameters
    ----------
    found : xarray.Dataset
        What `balance.survey` returns.
    words : mapping of str to str
        What to write beside a bar, and the name of its crust in `found`.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        Bars, and curves below them.
    """
    rows = len(words)
    figure, (bars, curves) = style.new(
        nrows=2, height=3.0 + 0.26 * rows, sharex=True, height_ratios=[0.26 * rows, 1.6]
    )
    draw_bars(bars, {label: found.sel(crust=name) for label, name in words.items()})
    bars.tick_params(axis="y", labelsize=8.5)
    _share_curves(curves, balance.zone_share(found.sel(crust=list(words.values()))))
    style.log_axis(curves.xaxis, "pressure")
    curves.set_xlim(pressures)
    figure.legend(handles=zone_handles(), loc="outside upper center", ncols=3, fontsize=8.5)
    return figure


@style.use()
def survey(
    found: xr.Dataset, words: Mapping[str, str], pressures: tuple[float, float] = (1e30, 1e31)
) -> Figure:
    """Draw violation against mass model: zones, and the share of the inner crust that lies in them.

    Parameters
    ----------
    found : xarray.Dataset
        What `balance.survey` returns.
    words : mapping of str to str
        What to write beside a bar, and the name of its crust in `found`.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        A bar of zones for each model, and beside it the share of ln P.
    """
    chosen = found.sel(crust=list(words.values()))
    figure, (bars, shares) = style.new(
        ncols=2, height=1.3 + 0.26 * len(words), width_ratios=[3.2, 1.0], sharey=True
    )
    draw_bars(bars, {label: chosen.sel(crust=name) for label, name in words.items()})
    bars.tick_params(axis="y", labelsize=8.5)
    drip = chosen["drip_pressure"].values * MEV_FM3_IN_DYN_CM2
    height = np.arange(len(words))
    bars.plot(drip, height, "|", color=style.COLOURS["accreted"], markersize=9, markeredgewidth=1.6)
    style.log_axis(bars.xaxis, "pressure")
    bars.set_xlim(pressures)
    shares.barh(
        height, 100.0 * chosen["outside"].values, height=0.6, color=style.COLOURS["accreted"], alpha=0.6
    )
    shares.set(xlim=(0, 100), xlabel="out of balance (%)")
    shares.tick_params(axis="y", which="both", left=False, right=False, labelleft=False)
    shares.grid(False, axis="y")
    figure.legend(handles=zone_handles(), loc="outside upper center", ncols=3, fontsize=8.5)
    return figure


def _share_curves(axes: Axes, shares: xr.Dataset) -> None:
    P = shares["pressure"].values * MEV_FM3_IN_DYN_CM2
    looks = {
        "shallow": ("electrons", "below 0.5"),
        "steep": ("diffusive", "above 1.5"),
        "falling": ("accreted", "falling"),
    }
    for kind, (thing, label) in looks.items():
        axes.plot(P, 100.0 * shares[kind].values, label=label, **style.line(thing))
    axes.set(ylim=(0, 104), ylabel="of all (%)")
    axes.legend(loc="upper left", fontsize=8.5)
