"""Chapter 2: the reaction network, what a crust is made of, which reactions made it, what heat they gave."""

import numpy as np
import xarray as xr
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator

from crustlib import nuclides
from crustlib.constants import MEV_FM3_IN_DYN_CM2
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
NAMED = 0.06  # nuclides that ever hold this share of the baryons have a name in the figure


def _share(crust: xr.Dataset) -> tuple[np.ndarray, np.ndarray]:
    """Return the baryons bound in each nuclide, and free, as fractions of all."""
    n_b = crust["baryon_density"].values
    bound = crust["number_density"].values * crust["A"].values / n_b[:, None]
    return bound, crust["neutron_density"].values / n_b


@style.use()
def composition(crust: xr.Dataset, pressures: tuple[float, float] = (1e26, 1e31)) -> Figure:
    """Draw where a crust's baryons are, layer by layer.

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
    figure, axes = style.new(height=4.3)
    P = _profile.pressure_cgs(crust).values
    bound, free = _share(crust)
    first = (bound > NAMED).argmax(axis=0)  # the layer in which a nuclide first matters
    shown = [k for k in np.argsort(-first, kind="stable") if bound[:, k].max() > NAMED]
    rest = 1.0 - free - bound[:, shown].sum(axis=1)
    colours = [BANDS[i % len(BANDS)] for i in range(len(shown))][::-1]
    layers = [*(bound[:, k] for k in shown), np.clip(rest, 0.0, None), free]
    axes.stackplot(P, layers, colors=[*colours, "#EFEFEF", NEUTRON_BAND], linewidth=0.4, edgecolor="white")
    base = np.vstack([np.zeros_like(P), np.cumsum(layers, axis=0)])
    for i, k in enumerate(shown):
        _name_band(axes, P, base[i], layers[i], _label(int(crust["Z"][k]), int(crust["A"][k])), pressures)
    _name_band(axes, P, base[-2], layers[-1], "free neutrons", pressures)
    style.log_axis(axes.xaxis, "pressure")
    axes.set(xlim=pressures, ylim=(0.0, 1.0), ylabel="share of all baryons")
    axes.grid(False)
    return figure


def _name_band(axes, P, base, thickness, name: str, pressures: tuple[float, float]) -> None:
    """Write a name in the middle of its band; upright where the band is narrow."""
    x, (left, right) = np.log(P), np.log(pressures)
    steps = np.gradient(x)  # 0 where a reaction layer has two layers at one pressure
    area = np.where((x > left) & (x < right), thickness * steps, 0.0)
    if area.sum() < 0.004 * (right - left):
        return
    here = int(np.searchsorted(np.cumsum(area), 0.5 * area.sum()))
    width = area[thickness > 0.4 * thickness[here]].sum() / thickness[here]
    axes.text(
        P[here], base[here] + 0.5 * thickness[here], name, ha="center", va="center", fontsize=9,
        rotation=0 if width > 0.075 * (right - left) else 90,
    )  # fmt: skip


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
    figure, axes = style.new(height=4.4)
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
            axes.annotate(_label(int(z), int(a)), (a - z, z), (7, 6), textcoords="offset points", zorder=4)
    _chart(axes, model, 10.5, 54.5, 5.5, 28.5)
    figure.colorbar(squares, label="share of the nuclei", pad=0.01)
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
    dashes = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)))
    for i, (words, crust) in enumerate(crusts.items()):
        P = _profile.pressure_cgs(crust).values
        axes.plot(P, crust["heat"].values, label=words, linestyle=dashes[i % len(dashes)])
    style.log_axis(axes.xaxis, "pressure")
    axes.set(xlim=pressures, ylim=(0.0, None), ylabel=style.LABELS["heat"])
    axes.legend(loc="upper left")
    return figure
