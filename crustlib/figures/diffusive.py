"""Chapter 5: the crust without diffusion and the crust with fast diffusion, on one axis of pressure."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from crustlib import balance, nuclides
from crustlib.constants import MEV_FM3_IN_DYN_CM2, NEUTRON_EXCESS_MEV, NEUTRON_MASS_MEV
from crustlib.crusts import profile as _profile
from crustlib.figures import style
from crustlib.figures.violation import hatch_zones

Array = NDArray[np.float64]

BANDS = (  # light enough for black names; a nuclide has one colour in both crusts
    "#9CC9E3", "#F4C7A1", "#A8D5A2", "#E3B7D3", "#D9D27A", "#B9B4DD", "#F2A7A0", "#8FD3C8", "#CDBBA7",
    "#C6DBEF", "#E6CBA8", "#C9DFB0", "#D4C1EC", "#EBD9A0",
)  # fmt: skip
NEUTRON_BAND = "#F0BE5A"  # a lighter shade of the free neutrons' colour
NAMED = 0.08  # nuclides that ever hold this share of the baryons have a colour and a name
AUDIT = 0.02  # MeV by which heat may differ from Q: the network's steps, and no redshift
COLUMNS = (2e15, 4e15, 6e15, 1e16, 2e16, 4e16)  # ticks of the upper axis, g cm^-2
ARROWS = np.geomspace(1.5e30, 7.4e30, 6)  # dyn cm^-2: where they begin
TICKS = (4e29, 6e29, 1e30, 2e30, 4e30, 6e30, 1e31)
WORDS = {
    "accreted": "no diffusion (traditional)",
    "diffusive": "fast diffusion",
    "ground_state": "ground state",
}


class HeatStudy(NamedTuple):
    """What `total_heat` draws of one mass model."""

    traditional: xr.Dataset  # the accreted crust without diffusion
    limits: tuple[float, float]  # of the interface's pressure (MeV fm^-3)
    diffusive: Sequence[xr.Dataset]  # crusts with their interfaces between the limits


@style.use()
def comparison(
    traditional: xr.Dataset,
    diffusive: xr.Dataset,
    ground_state: xr.Dataset,
    extremes: Sequence[xr.Dataset],
    pressures: tuple[float, float] = (4e29, 1e31),
) -> Figure:
    """Draw both limits of diffusion side by side: composition, potentials, heat, and slopes over equilibrium.

    Parameters
    ----------
    traditional, diffusive, ground_state : xarray.Dataset
        Profiles of the crust without diffusion, with fast diffusion, and of catalysed matter.
    extremes : sequence of xarray.Dataset
        Diffusive crusts with other interfaces; the space between them is shaded.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        Seven panels over pressure, with column density above.
    """
    figure, panels = style.new(
        nrows=7, height=12.0, sharex=True, height_ratios=[1.3, 1.3, 1.8, 1.0, 1.0, 0.9, 0.9]
    )
    style.log_axis(panels[-1].xaxis, "pressure")
    panels[0].set_xlim(pressures)
    made = {"ground_state": ground_state, "accreted": traditional, "diffusive": diffusive}
    colours = _colours([traditional, diffusive], pressures)
    _bands(panels[0], traditional, colours, pressures)
    _bands(panels[1], diffusive, colours, pressures)
    _title(panels[0], "no diffusion: neutrons stay with their nuclei")
    _title(panels[1], "fast diffusion: nuclei sink through neutrons in equilibrium")
    studies = {name: balance.violation(made[name]) for name in ("accreted", "diffusive")}
    hatch_zones(panels[2], studies["accreted"])
    potentials = {"mu_e": (panels[2], 0.0), "mu_n": (panels[3], NEUTRON_MASS_MEV), "heat": (panels[4], 0.0)}
    for column, (axes, zero) in potentials.items():
        _between(axes, extremes, column, zero, pressures)
        for name, crust in made.items():
            if column in crust:
                P = _profile.pressure_cgs(crust).values
                axes.plot(P, crust[column].values - zero, **style.line(name))
    for crust, places in ((traditional, ARROWS[1:]), (diffusive, ARROWS[:-1])):
        _arrows(panels[2], crust, places)
    for axes, ratio, top in ((panels[5], "r8", 2.3), (panels[6], "r9", 3.4)):
        _ratio(axes, studies, ratio, top)
    _mark_total(panels[4], diffusive, pressures[1])
    _title(panels[2], "hatched: the black curve is out of balance (chapter 3)")
    panels[2].set(ylabel=r"$\mu_e$  (MeV)", ylim=(20.5, 46.0))
    panels[3].set(ylabel=r"$\mu_n - m_n$  (MeV)", ylim=(-0.15, 3.7))
    panels[4].set(ylabel="heat released\n(MeV/baryon)", ylim=(0.0, 2.4))
    upper = style.column_density_axis(panels[0])
    upper.set_xticks(COLUMNS, [_power(column) for column in COLUMNS])
    upper.set_xticks([], minor=True)
    panels[-1].set_xticks(TICKS, [_power(P) for P in TICKS])
    panels[-1].minorticks_off()
    figure.set_layout_engine("constrained", h_pad=0.025, hspace=0.0)
    figure.align_ylabels(panels)
    figure.legend(handles=_handles(diffusive, extremes), loc="outside upper center", ncols=3, fontsize=8.5)
    return figure


@style.use()
def total_heat(studies: Mapping[str, HeatStudy], pressures: tuple[float, float] = (6e29, 1.8e30)) -> Figure:
    """Draw the heat Q of a whole crust against the pressure of its interface, for several mass models.

    Parameters
    ----------
    studies : mapping of str to HeatStudy
        By the words above each panel.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        One panel for each model: Q, what the layers down to 1e31 dyn cm^-2 give, and the traditional heat.
    """
    rows = (len(studies) + 1) // 2
    figure, panels = style.new(nrows=rows, ncols=2, height=2.55 * rows + 0.5, sharex=True, sharey=True)
    for axes, (words, study) in zip(panels.flat, studies.items(), strict=False):
        P = _profile.pressure_cgs(study.traditional).values
        Q = (study.traditional["heat"] + study.traditional["gibbs_energy"]).values - NEUTRON_EXCESS_MEV
        low, high = (limit * MEV_FM3_IN_DYN_CM2 for limit in study.limits)
        allowed = (P > low) & (P < high)
        ends = np.interp([low, high], P[P < high], Q[P < high])
        last = study.traditional.isel(layer=int(np.searchsorted(P, high)) - 1)
        ends[1] += (study.limits[1] - float(last["pressure"])) / float(last["baryon_density"])
        axes.plot(P[P <= low], Q[P <= low], color=style.COLOURS["diffusive"], linewidth=0.8, linestyle=":")
        P_drawn, Q_drawn = np.r_[low, P[allowed], high], np.r_[ends[0], Q[allowed], ends[1]]
        axes.plot(P_drawn, Q_drawn, color=style.COLOURS["diffusive"], linewidth=2.2)
        at = [float(crust.attrs["interface_pressure"]) * MEV_FM3_IN_DYN_CM2 for crust in study.diffusive]
        released = np.array([float(crust["heat"][-1]) for crust in study.diffusive])
        axes.plot(at, released, "o-", color="#7A3B00", markersize=3.5, linewidth=1.0)
        too_much = released > np.interp(at, P_drawn, Q_drawn) + AUDIT
        axes.plot(np.array(at)[too_much], released[too_much], "x", color="#B00020", markersize=9)
        heat = float(study.traditional["heat"][-1])
        axes.axhline(heat, color=style.COLOURS["accreted"], linewidth=1.2)
        axes.axvspan(pressures[0], low, color="#EFEFEF", zorder=0)
        axes.axvspan(high, pressures[1], color="#EFEFEF", zorder=0)
        _title(axes, words)
    style.log_axis(panels.flat[0].xaxis, "")
    panels.flat[0].set(xlim=pressures, ylim=(0.0, 2.6))
    ticks = [6e29, 8e29, 1e30, 1.3e30, 1.7e30]
    panels.flat[0].set_xticks(ticks, [f"{P / 1e30:g}" for P in ticks])
    panels.flat[0].minorticks_off()
    figure.supxlabel(r"pressure of the interface $P_{oi}$  (10$^{30}$ dyn cm$^{-2}$)", fontsize=10)
    figure.supylabel("heat  (MeV per accreted baryon)", fontsize=10)
    figure.legend(handles=_heat_handles(), loc="outside upper center", ncols=2, fontsize=8.5)
    return figure


@style.use()
def snapshot(
    traditional: xr.Dataset, diffusive: xr.Dataset, pressures: tuple[float, float] = (4e29, 1e31)
) -> Figure:
    """Draw one diffusive crust: its composition, its mu_e and its heat beside the traditional crust's.

    Parameters
    ----------
    traditional, diffusive : xarray.Dataset
        Profiles with one mass model.
    pressures : tuple of float
        Range drawn, in dyn cm^-2.

    Returns
    -------
    matplotlib.figure.Figure
        Three panels over pressure; a dotted line is the heat Q that the whole crust has to give.
    """
    traditional, diffusive = (_within(crust, pressures) for crust in (traditional, diffusive))
    figure = style.Figure(figsize=(style.WIDTH, 5.4))
    figure.set_layout_engine("none")  # frames of a slider must not jitter
    panels = [figure.add_axes((0.095, bottom, 0.885, 0.255)) for bottom in (0.64, 0.365, 0.09)]
    _bands(panels[0], diffusive, _colours([diffusive], pressures), pressures)
    for axes, column in zip(panels[1:], ("mu_e", "heat"), strict=True):
        for name, crust in {"accreted": traditional, "diffusive": diffusive}.items():
            P = _profile.pressure_cgs(crust).values
            axes.plot(P, crust[column].values, label=WORDS[name], **style.line(name))
    Q, heat = float(diffusive.attrs["total_heat"]), float(diffusive["heat"][-1])
    panels[2].axhline(Q, color=style.COLOURS["diffusive"], linewidth=1.3, linestyle=":")
    P_oi = float(diffusive.attrs["interface_pressure"]) * MEV_FM3_IN_DYN_CM2
    for axes in panels:
        style.log_axis(axes.xaxis, "")
        axes.set_xlim(pressures)
        axes.axvline(P_oi, color="#555555", linewidth=0.9, linestyle=(0, (1.2, 1.2)))
        axes.set_xticks(TICKS, [_power(P) for P in TICKS] if axes is panels[2] else [])
        axes.minorticks_off()
    panels[1].set(ylabel=r"$\mu_e$  (MeV)", ylim=(20.5, 45.0))
    panels[1].legend(loc="upper left", fontsize=8.5)
    panels[1].set_yticks([25, 30, 35, 40, 45], ["25", "30", "35", "40", "45"])  # plain text is drawn faster
    panels[2].set_yticks([0, 1, 2], ["0", "1", "2"])
    panels[2].set(ylabel="heat  (MeV/baryon)", ylim=(0.0, 2.6), xlabel=style.LABELS["pressure"])
    rest = f"{abs(Q - heat):.2f} " + ("left for the deep crust" if Q > heat else "too much: no steady state")
    words = rf"$Q$ = {Q:.2f}, released {heat:.2f}: {'all of it' if abs(Q - heat) < AUDIT else rest}"
    figure.text(0.98, 0.955, words, ha="right", fontsize=9.5)
    figure.text(
        0.095, 0.955, rf"$P_{{oi}}$ = {P_oi / 1e30:.3f} $\times$ 10$^{{30}}$ dyn cm$^{{-2}}$", fontsize=9.5
    )
    return figure


def _mark_total(axes: Axes, diffusive: xr.Dataset, deepest: float) -> None:
    """Mark the heat Q of the whole crust at the right edge, and what is missing from it."""
    Q, heat = float(diffusive.attrs["total_heat"]), float(diffusive["heat"][-1])
    look: dict[str, Any] = {"color": style.COLOURS["diffusive"], "linewidth": 1.3}
    axes.plot([0.72 * deepest, deepest], [Q, Q], linestyle=":", **look)
    arrow = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, **look}
    axes.annotate("", (0.86 * deepest, Q), (0.86 * deepest, heat), arrowprops=arrow)
    axes.annotate(
        "$Q$: the deep\ncrust gives the rest", (0.7 * deepest, Q), ha="right", va="center", fontsize=8.5,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1},
    )  # fmt: skip


def _colours(crusts: Sequence[xr.Dataset], pressures: tuple[float, float]) -> dict[tuple[int, int], str]:
    """Give each nuclide that matters in any of the crusts a colour, in the order in which they come."""
    found: dict[tuple[int, int], float] = {}
    for crust in crusts:
        P, share = _profile.pressure_cgs(crust).values, _bound(crust)
        share = share[(P >= pressures[0]) & (P <= pressures[1])]
        for k in np.flatnonzero(share.max(axis=0) > NAMED):
            nuclide = int(crust["Z"][k]), int(crust["A"][k])
            first = float((share[:, k] > NAMED).argmax()) / share.shape[0]
            found[nuclide] = min(first, found.get(nuclide, 1.0))
    order = sorted(found, key=lambda nuclide: (found[nuclide], nuclide))
    return {nuclide: BANDS[i % len(BANDS)] for i, nuclide in enumerate(order)}


def _within(crust: xr.Dataset, pressures: tuple[float, float]) -> xr.Dataset:
    """Return the layers that a range shows, and one more on each side."""
    P = _profile.pressure_cgs(crust).values
    first, end = np.searchsorted(P, pressures)
    return crust.isel(layer=slice(max(int(first) - 1, 0), int(end) + 1))


def _bound(crust: xr.Dataset) -> Array:
    """Return the baryons bound in each nuclide as fractions of all, shape (layer, nuclide)."""
    return crust["number_density"].values * crust["A"].values / crust["baryon_density"].values[:, None]


def _bands(
    axes: Axes, crust: xr.Dataset, colours: Mapping[tuple[int, int], str], pressures: tuple[float, float]
) -> None:
    """Stack the baryons' shares, what comes first lowest, free neutrons on top; name each band once."""
    P, bound = _profile.pressure_cgs(crust).values, _bound(crust)
    names = {(int(Z), int(A)): k for k, (Z, A) in enumerate(zip(crust["Z"], crust["A"], strict=True))}
    shown = [nuclide for nuclide in reversed(list(colours)) if nuclide in names]
    layers = [bound[:, names[nuclide]] for nuclide in shown]
    free = (crust["neutron_density"] / crust["baryon_density"]).values
    layers += [np.clip(1.0 - free - np.sum(layers, axis=0), 0.0, None), free]
    fills = [*(colours[nuclide] for nuclide in shown), "#EFEFEF", NEUTRON_BAND]
    axes.stackplot(P, layers, colors=fills, linewidth=0.4, edgecolor="white")
    edges = np.vstack([np.zeros_like(P), np.cumsum(layers, axis=0)])
    words = [rf"$^{{{A}}}${nuclides.symbol(Z)}" for Z, A in shown] + ["", "free neutrons"]
    for k, word in enumerate(words):
        _name(axes, P, edges[k], edges[k + 1], word, pressures)
    axes.set(ylim=(0.0, 1.0), ylabel="share of\nall baryons")
    axes.set_yticks([0.0, 0.5, 1.0], ["0", "0.5", "1"])
    axes.grid(False)


def _name(axes: Axes, P: Array, bottom: Array, top: Array, word: str, pressures: tuple[float, float]) -> None:
    """Write a name where its band is widest, upright where that is narrow, not at all where it is thin."""
    x = np.log(np.geomspace(*pressures, 1500))
    low, high = (np.interp(x, np.log(P), edge) for edge in (bottom, top))
    thick = high - low
    wide = np.flatnonzero(np.diff(np.r_[0, thick > 0.55 * thick.max(), 0]))
    start, end = max(zip(wide[::2], wide[1::2], strict=True), key=lambda run: thick[slice(*run)].sum())
    width = (end - start) / x.size
    if thick.max() < 0.1 or width < 0.018:
        return
    k = int(start + np.searchsorted(np.cumsum(thick[start:end]), 0.5 * thick[start:end].sum()))
    upright = width < 0.065 and thick.max() > 0.25
    axes.text(
        np.exp(x[k]), 0.5 * (low[k] + high[k]), word, ha="center", va="center", fontsize=9,
        rotation=90 if upright else 0, clip_on=True,
    )  # fmt: skip


def _between(
    axes: Axes, extremes: Sequence[xr.Dataset], column: str, zero: float, pressures: tuple[float, float]
) -> None:
    """Shade what lies between several crusts in one column."""
    P = np.geomspace(*pressures, 600)
    lines = [np.interp(P, _profile.pressure_cgs(c).values, c[column].values - zero) for c in extremes]
    axes.fill_between(
        P,
        np.min(lines, axis=0),
        np.max(lines, axis=0),
        color=style.COLOURS["diffusive"],
        alpha=0.16,
        linewidth=0,
    )


def _arrows(axes: Axes, crust: xr.Dataset, places: Array) -> None:
    """Show the slope of diffusion equilibrium, (m_i + Z mu_e)/[Z (eps + P)], from points of a curve on."""
    enthalpy, n_n = _profile.enthalpy_density(crust), crust["neutron_density"]
    nuclei = enthalpy - n_n * crust["mu_n"]  # n_i (m_i + Z mu_e)
    slope = (nuclei / (crust["electron_density"] * enthalpy)).values / MEV_FM3_IN_DYN_CM2
    P, mu_e = _profile.pressure_cgs(crust).values, crust["mu_e"].values
    look: dict[str, Any] = {"color": style.COLOURS["corrected"], "linewidth": 1.3}
    for k in np.searchsorted(P, places):
        end = 1.2 * P[k], mu_e[k] + 0.2 * P[k] * slope[k]
        arrow = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, **look}
        axes.annotate("", end, (P[k], mu_e[k]), arrowprops=arrow, zorder=5)
        axes.plot(P[k], mu_e[k], "o", color=look["color"], markersize=4, zorder=5)


def _ratio(axes: Axes, studies: Mapping[str, xr.Dataset], ratio: str, top: float) -> None:
    """Draw one ratio of slopes; r9 only where there are free neutrons."""
    axes.axhspan(0.5, 1.5, color="#F2F2F2", zorder=0)
    for name, study in studies.items():
        shown = study["neutron_weight"].values > 0.0 if ratio == "r9" else slice(None)
        P = study["pressure"].values[shown] * MEV_FM3_IN_DYN_CM2
        axes.plot(P, study[ratio].values[shown], **style.line(name))
    words = {"r8": "electrons and nuclei", "r9": "free neutrons"}[ratio]
    axes.set(ylabel=rf"$r_{ratio[1]}$", ylim=(-0.3, top))
    _title(axes, f"slope over that of equilibrium: {words}")


def _title(axes: Axes, words: str) -> None:
    axes.text(
        0.012, 0.93, words, transform=axes.transAxes, va="top", weight="bold", fontsize=8.5, zorder=6,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.5},
    )  # fmt: skip


def _power(pressure: float) -> str:
    exponent = int(np.floor(np.log10(pressure)))
    mantissa = round(pressure / 10.0**exponent)
    return rf"$10^{{{exponent}}}$" if mantissa == 1 else rf"${mantissa}{{\times}}10^{{{exponent}}}$"


def _handles(diffusive: xr.Dataset, extremes: Sequence[xr.Dataset]) -> list[Any]:
    """Return the legend of the comparison."""
    at, *ends = (
        float(crust.attrs["interface_pressure"]) * MEV_FM3_IN_DYN_CM2 / 1e30
        for crust in (diffusive, *extremes)
    )
    words = {**WORDS, "diffusive": rf"fast diffusion, $P_{{oi}} = {at:.3g}\times10^{{30}}$"}
    lines = [Line2D([], [], label=words[name], **style.line(name)) for name in words]
    band: dict[str, Any] = {"facecolor": style.COLOURS["diffusive"], "alpha": 0.16}
    slope = Line2D(
        [], [], color=style.COLOURS["corrected"], marker=r"$\rightarrow$", markersize=13, linestyle="",
        label="slope of diffusion equilibrium",
    )  # fmt: skip
    return [*lines, slope, Patch(label=rf"$P_{{oi}}$ from {min(ends):.2f} to {max(ends):.2f}", **band)]


def _heat_handles() -> list[Line2D]:
    """Return the legend of the total heat."""
    colour = style.COLOURS["diffusive"]
    return [
        Line2D([], [], color=colour, linewidth=2.2, label=r"$Q(P_{oi})$: what the whole crust gives"),
        Line2D([], [], color=style.COLOURS["accreted"], label=r"no diffusion, to 10$^{31}$ dyn cm$^{-2}$"),
        Line2D(
            [], [], color="#7A3B00", marker="o", markersize=3.5,
            label=r"fast diffusion, released by 10$^{31}$ dyn cm$^{-2}$",
        ),
        Line2D(
            [], [], color="#B00020", marker="x", markersize=8, linestyle="",
            label=r"more than $Q$: excluded",
        ),
    ]  # fmt: skip
