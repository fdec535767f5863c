"""Chapter 2: the reaction network, what a crust is made of, which reactions made it, what heat they gave."""

import itertools
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter, NullLocator

from crustlib import nuclides
from crustlib.constants import MEV_FM3_IN_DYN_CM2, NEUTRON_MASS_MEV
from crustlib.crusts import profile as _profile
from crustlib.figures import style

MAGIC = (8, 20, 28, 50, 82)
KINDS = {  # colour and words of each kind of reaction
    "electron capture": (style.COLOURS["electrons"], "electron capture"),
    "beta decay": ("#56B4E9", "beta decay"),
    "emission": (style.COLOURS["neutrons"], "neutron emission"),
    "neutron capture": (style.COLOURS["nuclei"], "neutron capture"),
    "fusion": (style.COLOURS["protons"], "fusion"),
}
BANDS = (  # light enough for black names; neighbours in depth stay apart
    "#9CC9E3", "#F4C7A1", "#A8D5A2", "#E3B7D3", "#D9D27A",
    "#B9B4DD", "#F2A7A0", "#8FD3C8", "#CDBBA7", "#C9C9C9",
)  # fmt: skip
NEUTRON_BAND = "#F0BE5A"  # a lighter shade of the free neutrons' colour
DASHES: tuple[Any, ...] = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)))
DRIP = 1.4e30  # dyn cm^-2: where the panel of the inner crust begins, just above the neutron drip
NAMED = 0.06  # nuclides that ever hold this share of the baryons have a name in the figure


def _share(crust: xr.Dataset) -> tuple[np.ndarray, np.ndarray]:
    """Return the baryons bound in each nuclide, and free, as fractions of all."""
    n_b = crust["baryon_density"].values
    bound = crust["number_density"].values * crust["A"].values / n_b[:, None]
    return bound, crust["neutron_density"].values / n_b


@style.use()
def composition(crust: xr.Dataset, pressures: tuple[float, float] = (1e26, 1e31)) -> Figure:
    """Draw where a crust's baryons are, layer by layer; the inner crust in a panel of its own.

    Parameters
    ----------
    crust : xarray.Dataset
        A Profile with number_density and neutron_density.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        Stacked shares of the baryons against pressure.
    """
    figure = style.Figure(figsize=(style.WIDTH, 4.3))
    figure.set_layout_engine("none")  # of a slider's frames none may jitter
    P = _profile.pressure_cgs(crust).values
    bound, free = _share(crust)
    turns = _turns(np.column_stack([bound, free, np.log(P) / np.log(pressures[1] / pressures[0])]))
    P, bound, free = P[turns], bound[turns], free[turns]
    first = (bound > NAMED).argmax(axis=0)  # the layer in which a nuclide first matters
    shown = [k for k in np.argsort(-first, kind="stable") if bound[:, k].max() > NAMED]
    rest = np.clip(1.0 - free - bound[:, shown].sum(axis=1), 0.0, None)
    layers = [*(bound[:, k] for k in shown), rest, free]
    colours = [*[BANDS[i % len(BANDS)] for i in range(len(shown))][::-1], "#EFEFEF", NEUTRON_BAND]
    names = [*(_label(int(crust["Z"][k]), int(crust["A"][k])) for k in shown), "", "free neutrons"]
    for axes, limits in _panels(figure, pressures):
        base = np.cumsum([np.zeros_like(P), *layers], axis=0)
        inside = (limits[0] * 0.99 < P) & (limits[1] * 1.01 > P)
        for name, colour, low, layer in zip(names, colours, base, layers, strict=False):
            there = np.flatnonzero((layer > 1e-4) & inside)
            if there.size:
                run = slice(max(there[0] - 1, 0), there[-1] + 2)
                axes.fill_between(
                    P[run], low[run], (low + layer)[run], facecolor=colour, linewidth=0.4, edgecolor="white"
                )
            if name:
                _name_band(axes, P, low, layer, name, limits)
        axes.set(xlim=limits, ylim=(0.0, 1.0))
        axes.grid(False)
    figure.axes[0].set_ylabel("share of all baryons")
    figure.text(0.53, 0.015, style.LABELS["pressure"], ha="center", va="bottom")
    return figure


def _panels(figure: Figure, pressures: tuple[float, float]) -> list[tuple[Any, tuple[float, float]]]:
    """Lay out one panel, or two where both the outer and the inner crust have more than a little room."""
    low, high = pressures
    cuts = [low, DRIP, high] if low < 0.3 * DRIP and high > 1.5 * DRIP else [low, high]
    width, panels = 0.905 / (len(cuts) - 1), []
    for i, limits in enumerate(itertools.pairwise(cuts)):
        axes = figure.add_axes((0.085 + i * width, 0.13, width - 0.01, 0.85))
        style.log_axis(axes.xaxis, "")
        if limits[0] == DRIP and high <= 10.0 * DRIP:
            axes.set_xticks([P for P in (2e30, 4e30, 1e31) if P <= high])
            axes.xaxis.set_minor_formatter(NullFormatter())
            axes.xaxis.set_major_formatter(
                FuncFormatter(lambda P, _: r"10$^{31}$" if P > 9e30 else rf"{P / 1e30:g}$\times$10$^{{30}}$")
            )
        if i:
            axes.tick_params(axis="y", labelleft=False)
        panels.append((axes, limits))
    return panels


def _turns(curves: np.ndarray, apart: float = 0.006) -> np.ndarray:
    """Return the rows that straight lines need: where a column has moved, and those before."""
    kept = [0]
    for k in range(1, len(curves)):
        if np.abs(curves[k] - curves[kept[-1]]).max() > apart:
            kept += [k - 1, k] if k - 1 > kept[-1] else [k]
    return np.array([*kept, len(curves) - 1] if kept[-1] < len(curves) - 1 else kept)


def _name_band(axes, P, base, thickness, name: str, pressures: tuple[float, float]) -> None:
    """Write a name in the middle of its band; upright where the band is narrow."""
    x, (left, right) = np.log(P), np.log(pressures)
    steps = np.gradient(x)  # 0 where a reaction layer has two layers at one pressure
    area = np.where((x > left) & (x < right), thickness * steps, 0.0)
    if area.sum() < 0.004 * (right - left):
        return
    here = int(np.searchsorted(np.cumsum(area), 0.5 * area.sum()))
    thin = np.flatnonzero((thickness < 0.4 * thickness[here]) | (x < left) | (x > right))
    after = np.searchsorted(thin, here)
    start = thin[after - 1] + 1 if after > 0 else 0
    end = thin[after] - 1 if after < thin.size else x.size - 1
    width, y = (x[end] - x[start]) / (right - left), base[here] + 0.5 * thickness[here]
    lies = width > 0.085
    reach = (0.09, 0.045) if lies else (0.05, 0.1)
    near = [
        abs(np.log(P[here] / P_0)) / (right - left) < reach[0] and abs(y - y_0) < reach[1]
        for P_0, y_0 in (text.get_position() for text in axes.texts)
    ]
    if width > 0.025 and thickness[here] > (0.03 if lies else 0.07) and not any(near):
        axes.text(
            P[here], y, name, ha="center", va="center", fontsize=9, rotation=0 if lies else 90, clip_on=True
        )


def _label(Z: int, A: int) -> str:
    return rf"$^{{{A}}}${nuclides.symbol(Z)}"


@style.use()
def reaction_paths(crust: xr.Dataset, model: str, pressures: tuple[float, float] = (0.0, 1e31)) -> Figure:
    """Draw the reactions on the chart of nuclides, within a range of pressure.

    Parameters
    ----------
    crust : xarray.Dataset
        A Profile with reactions.
    model : str
        Its mass model; the nuclides whose mass its first table holds are shaded.
    pressures : tuple of float
        Only reactions that begin in this range (dyn cm^-2) are drawn.

    Returns
    -------
    matplotlib.figure.Figure
        Arrows from what reacts to what it makes; thick where many nuclei go.
    """
    figure, axes = style.new(height=5.0)
    P = crust["reaction_pressure"].values * MEV_FM3_IN_DYN_CM2
    amount = crust["reaction_amount"].values
    inside = (P >= pressures[0]) & (P < pressures[1])
    largest = amount[inside].max(initial=0.0)
    ends = []
    for k in np.flatnonzero(inside & (amount > 0.01 * largest)):
        (N, Z), (N_2, Z_2) = _ends(str(crust["reaction_name"].values[k]))
        ends += [(N, Z), (N_2, Z_2)]
        weight = amount[k] / largest
        colour, _ = KINDS[str(crust["reaction_kind"].values[k])]
        axes.annotate(
            "", xy=(N_2, Z_2), xytext=(N, Z),
            arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 0.5 + 2.2 * weight, "alpha": 0.9,
                        "mutation_scale": 9, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
    box = np.array(ends if ends else [(20, 10), (40, 28)])
    (left, low), (right, high) = box.min(axis=0) - 2.5, box.max(axis=0) + 2.5
    _chart(axes, model, left, right, low, high)
    handles = [axes.plot([], [], color=c, label=words)[0] for c, words in KINDS.values()]
    figure.legend(handles=handles, loc="outside upper center", ncols=5, fontsize=8.5)
    return figure


def _chart(axes, model: str, left: float, right: float, low: float, high: float) -> None:
    """Lay out a chart of nuclides: measured nuclides shaded, magic numbers lined, limits set."""
    Z, A = nuclides.mass_model(model.split("+")[0]).nuclides
    axes.plot(A - Z, Z, "s", color="#DDDDDD", markersize=4.2, zorder=0)
    for number in MAGIC:
        axes.axhline(number, color="#AAAAAA", linewidth=0.8, zorder=0, linestyle=":")
        axes.axvline(number, color="#AAAAAA", linewidth=0.8, zorder=0, linestyle=":")
    axes.set(xlim=(left, right), ylim=(low, high), xlabel="neutron number $N$", ylabel="proton number $Z$")
    axes.grid(False)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True))
        axis.set_minor_locator(NullLocator())


def _ends(name: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return (N, Z) of the first nucleus and of the product in a reaction's name."""
    first, last = (side.split(" + ") for side in name.split(" -> "))
    (Z, A), (Z_2, A_2) = (nuclides.parse(side[0]) for side in (first, last))
    return (A - Z, Z), (A_2 - Z_2, Z_2)


@style.use()
def snapshot(crust: xr.Dataset, model: str, pressure: float) -> Figure:
    """Draw the composition of one layer on the chart of nuclides.

    Parameters
    ----------
    crust : xarray.Dataset
        A Profile with number_density.
    model : str
        Its mass model; measured nuclides are shaded.
    pressure : float
        In dyn cm^-2; the nearest layer is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        A square for each nuclide, as dark as its share of the nuclei, and the layer's numbers.
    """
    figure = style.Figure(figsize=(style.WIDTH, 4.4))
    figure.set_layout_engine("none")
    axes, bar = figure.add_axes((0.075, 0.125, 0.8, 0.855)), figure.add_axes((0.89, 0.125, 0.022, 0.855))
    k = int(np.abs(np.log(_profile.pressure_cgs(crust).values / pressure)).argmin())
    layer = crust.isel(layer=k)
    share = (layer["number_density"] / layer["number_density"].sum()).values
    seen = share > 1e-4
    Z, A = crust["Z"].values, crust["A"].values
    squares = axes.scatter(
        (A - Z)[seen], Z[seen], c=share[seen], marker="s", s=70, cmap="viridis_r", norm=LogNorm(1e-4, 1.0),
        edgecolors="black", linewidths=0.6, zorder=3,
    )  # fmt: skip
    for z, a, x in zip(Z[seen], A[seen], share[seen], strict=True):
        if x > 0.03:
            crowded = bool((seen & (Z == z) & (A > a) & (A < a + 5)).any())
            axes.annotate(
                _label(int(z), int(a)), (a - z, z), (-7 if crowded else 7, 0), textcoords="offset points",
                ha="right" if crowded else "left", va="center", zorder=4,
            )  # fmt: skip
    _chart(axes, model, 10.5, 54.5, 5.5, 28.5)
    figure.colorbar(squares, cax=bar, label="share of the nuclei")
    free = float(layer["neutron_density"] / layer["baryon_density"])
    numbers = (
        rf"$P$ = {_power(float(layer['pressure']) * MEV_FM3_IN_DYN_CM2)} dyn cm$^{{-2}}$",
        rf"$\rho$ = {_power(float(_profile.rho(crust)[k]))} g cm$^{{-3}}$",
        rf"$\mu_e$ = {float(layer['mu_e']):.2f} MeV",
        f"free neutrons: {free:.1%} of baryons",
    )
    axes.text(
        0.985, 0.04, "\n".join(numbers), transform=axes.transAxes, ha="right", va="bottom", linespacing=1.5
    )
    return figure


def _power(value: float) -> str:
    mantissa, exponent = f"{value:.2e}".split("e")
    return rf"{mantissa} $\times$ 10$^{{{int(exponent)}}}$"


@style.use()
def free_neutrons(crusts: dict[str, xr.Dataset], pressures: tuple[float, float] = (1.3e30, 1e31)) -> Figure:
    """Draw the density and the chemical potential of free neutrons: both jump where all nuclei react at once.

    Parameters
    ----------
    crusts : dict of str to xarray.Dataset
        Profiles with mu_n, by the words that stand beside their line.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        Free neutrons above mu_n - m_n, against pressure.
    """
    figure, (upper, lower) = style.new(nrows=2, height=5.4, sharex=True)
    for i, (words, crust) in enumerate(crusts.items()):
        P, look = _profile.pressure_cgs(crust).values, {"linestyle": DASHES[i % len(DASHES)]}
        n_n = crust["neutron_density"].values
        upper.plot(P, np.where(n_n > 0.0, n_n, np.nan), label=words, **look)
        lower.plot(P, crust["mu_n"].values - NEUTRON_MASS_MEV, **look)
    upper.set(yscale="log", ylim=(1e-5, 6e-3), ylabel=style.LABELS["neutron_density"])
    upper.legend(loc="lower right")
    lower.set(xlim=pressures, ylim=(-0.05, None), ylabel=r"$\mu_n - m_n$  (MeV)")
    style.log_axis(lower.xaxis, "pressure")
    return figure


@style.use()
def heat(crusts: dict[str, xr.Dataset], pressures: tuple[float, float] = (1e26, 1e31)) -> Figure:
    """Draw the heat that reactions have released above each layer.

    Parameters
    ----------
    crusts : dict of str to xarray.Dataset
        Profiles with heat, by the words that stand beside their line.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        Cumulative heat against pressure.
    """
    figure, axes = style.new(height=3.6)
    for i, (words, crust) in enumerate(crusts.items()):
        P = _profile.pressure_cgs(crust).values
        axes.plot(P, crust["heat"].values, label=words, linestyle=DASHES[i % len(DASHES)])
    style.log_axis(axes.xaxis, "pressure")
    axes.set(xlim=pressures, ylim=(0.0, None), ylabel=style.LABELS["heat"])
    axes.legend(loc="upper left")
    return figure
