"""Chapter 6: nuclei in equilibrium with what surrounds them, the layer of 14He, and what it hangs on."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from numpy.typing import NDArray

from crustlib import crusts, nuclides
from crustlib.constants import HYDROGEN_EXCESS_MEV, MEV_IN_KELVIN, NEUTRON_EXCESS_MEV
from crustlib.crusts import profile
from crustlib.figures import equilibrium_models as models
from crustlib.figures import style

Array = NDArray[np.float64]

DENSITY = r"baryon density $n_B$  (fm$^{-3}$)"
SHARE = "share of the baryons"
PRINTED, PEARSON = 0.0742, 0.0839  # fm^-3: transitions to homogeneous matter in the paper's figure 2
MAGIC = (8, 20, 28, 50, 82)
MARKS = {  # fm^-3: between which arrows are drawn; words, and where they stand
    1.1e-9: ("$10^{-9}$ fm$^{-3}$", (10, -6)),
    1e-6: ("$10^{-6}$", (12, 3)),
    6e-5: ("$6\\times10^{-5}$", (-44, 8)),
    1.1e-4: ("$10^{-4}$", (6, 8)),
    1e-3: ("$10^{-3}$", (-10, 9)),
    5e-3: ("0.005", (-26, -14)),
    1e-2: ("0.01", (8, 0)),
}
WARM: dict[str, Any] = {"color": "#8C1D40", "linestyle": "-"}
COOL: dict[str, Any] = {"color": "#0072B2", "linestyle": (0, (6, 1.5, 1.2, 1.5))}
OTHER: dict[str, Any] = {"color": "#222222", "linestyle": (0, (1.2, 1.2))}
LINES: dict[str, dict[str, Any]] = {
    "BSk22": {"color": "#D55E00", "linestyle": "-", "marker": "o"},
    "BSk24": {"color": "#0072B2", "linestyle": (0, (5, 1.5)), "marker": "s"},
    "BSk25": {"color": "#009E73", "linestyle": "-", "marker": "D"},
    "BSk26": {"color": "#CC79A7", "linestyle": (0, (6, 1.5, 1.2, 1.5)), "marker": "^"},
    "SLy4": {"color": "#222222", "linestyle": (0, (1.2, 1.2)), "marker": "v"},
}
DOMAIN = {
    "#D9D9D9": "no masses",
    "#FFFFFF": r"$S_n, S_p > 0$",
    "#CFC0E8": r"$S_n < 0$",
    "#F5C4E1": r"$S_p < 0$",
}
BANDS: dict[str, tuple[str, str]] = {  # of the stacked shares: colour and hatch
    "free neutrons": (style.COLOURS["neutrons"], ""),
    "7H": ("#8C8C8C", "...."),
    "other A < 20": ("#E6E6E6", ""),
    "12He": ("#CFC3E8", "////"),
    "13He": ("#A78FD0", "\\\\\\\\"),
    "14He": ("#6A3D9A", ""),
    "15He": ("#8C1D40", "////"),
    "16He": ("#C23B4E", ""),
    "17He": ("#E0745E", "\\\\\\\\"),
    "18He": ("#F3AE86", ""),
    "A ≥ 20": (style.COLOURS["nuclei"], ""),
}
GROUPS = style.COLOURS["nuclei"], "#6A3D9A", "#D28700"  # of nuclei whose surfaces are compared
CHAIN: dict[str, dict[str, Any]] = {
    "7H": {"color": "#777777", "linestyle": (0, (1.2, 1.2))},
    "13He": {"color": "#A78FD0", "linestyle": (0, (5, 1.5))},
    "15He": {"color": "#8C1D40", "linestyle": (0, (5, 1.5))},
    "16He": {"color": "#C23B4E", "linestyle": (0, (6, 1.5, 1.2, 1.5))},
    "18He": {"color": "#E0745E", "linestyle": "-"},
}


def _domain(ax: Axes, largest_Z: int, largest_N: int) -> None:
    """Colour the masses that there are by what holds their last nucleons, and outline the measured ones."""
    model = nuclides.mass_model(models.MASSES)
    excess = np.pad(model.grid()[0], ((1, 1), (1, 1)), constant_values=np.nan)
    here = excess[1:-1, 1:-1]
    S_n, S_p = excess[1:-1, :-2] + NEUTRON_EXCESS_MEV - here, excess[:-2, 1:-1] + HYDROGEN_EXCESS_MEV - here
    kinds = np.where(np.isfinite(here), np.where(S_n < 0.0, 2, np.where(S_p < 0.0, 3, 1)), 0)
    shown = kinds[: largest_Z + 1, : largest_N + 1].T
    ax.imshow(
        shown, origin="lower", aspect="auto", cmap=ListedColormap(list(DOMAIN)), vmin=-0.5, vmax=3.5,
        extent=(-0.5, largest_Z + 0.5, -0.5, largest_N + 0.5), interpolation="nearest",
    )  # fmt: skip
    for layer, colour in zip(model.grid("unmixed"), ("#0072B2", "#222222"), strict=True):
        inside = np.isfinite(layer[: largest_Z + 1, : largest_N + 1]).T.astype(float)
        ax.contour(inside, levels=[0.5], colors=colour, linewidths=0.9)


def _inner_axis(ax: Axes) -> None:
    """Label a logarithmic axis over the inner crust's densities in plain numbers."""
    style.log_axis(ax.xaxis, DENSITY)
    ticks = (0.003, 0.005, 0.01, 0.02, 0.05)
    ax.set_xticks(ticks, [f"{x:g}" for x in ticks])
    ax.set_xticks([], minor=True)


@style.use()
def chart(temperature: float = 0.4, largest_Z: int = 46, largest_N: int = 92) -> style.Figure:
    """Draw the nuclides that a crust holds on the chart of masses: the paper's figure 1."""
    found = models.crust(temperature, densities=models.WHOLE)
    figure, ax = style.new(height=5.6)
    _domain(ax, largest_Z, largest_N)
    model = nuclides.mass_model(models.MASSES)
    for Z, A, _ in models.present(found):
        beyond = model.separation_energy(Z, A) < 0.0
        ax.plot(
            Z, A - Z, "s", markersize=4.6, markeredgecolor="#222222", markeredgewidth=0.4,
            color="#D7301F" if beyond else "#22C1D6",
        )  # fmt: skip
    _arrows(ax, found)
    for N in MAGIC:
        ax.axhline(N, color="#999999", linewidth=0.7, linestyle=(0, (2, 2)))
    ax.grid(False)
    ax.set(xlim=(0, largest_Z), ylim=(0, largest_N), xlabel="protons  Z", ylabel="neutrons  N")
    handles = [Patch(facecolor=c, edgecolor="#888888", label=words) for c, words in DOMAIN.items()]
    for colour, words in (("#22C1D6", "in the crust, bound"), ("#D7301F", "in the crust, beyond the drip")):
        handles += ax.plot([], [], "s", color=colour, markeredgecolor="#222222", markersize=5, label=words)
    for colour, words in (("#0072B2", "edge of AME2020"), ("#222222", "edge of DZ10")):
        handles += ax.plot([], [], color=colour, linewidth=0.9, label=words)
    ax.legend(handles=handles, loc="lower right", fontsize=8.5)
    return figure


def _arrows(ax: Axes, found: xr.Dataset) -> None:
    """Draw an arrow from the most abundant nuclide of one density to that of the next."""
    names, n = models.most_abundant(found), found["baryon_density"].values
    steps = [nuclides.parse(names[int(np.searchsorted(n, density))]) for density in MARKS]
    for (Z, A), (z, a) in pairwise(steps):
        ax.annotate(
            "", (z, a - z), (Z, A - Z),
            arrowprops={"arrowstyle": "-|>", "color": "#222222", "linewidth": 1.2},
        )  # fmt: skip
    for (Z, A), (words, offset) in zip(steps, MARKS.values(), strict=True):
        ax.annotate(words, (Z, A - Z), offset, textcoords="offset points", fontsize=8.5)


@style.use()
def composition(temperatures: Sequence[float] = (0.4, 0.1)) -> style.Figure:
    """Draw A/Z and shares along the crust, beside those of Pearson et al. (2018): the paper's figure 2."""
    figure, (upper, lower) = style.new(2, height=6.2, sharex=True, height_ratios=[1.0, 1.5])
    for T, look in zip(temperatures, (WARM, COOL), strict=False):
        found = models.crust(T, densities=models.WHOLE)
        n = found["baryon_density"].values
        upper.plot(n, profile.mean_A(found) / profile.mean_Z(found), label=f"T = {T:g} MeV", **look)
        for values in (models.heavy(found), models.share(found, 2, 14), models.unbound(found)):
            lower.plot(n, values, **look)
    other = crusts.published("BSk25")
    upper.plot(other["baryon_density"], other["A_cl"] / other["Z_cl"], label="Pearson et al. (2018)", **OTHER)
    n, free = models.published_unbound("BSk25")
    lower.plot(n, free, **OTHER)
    lower.plot(n, 1.0 - free, **OTHER)
    for x, words, colour in (
        (models.transition(min(temperatures)), "ours, no matching", "#6A3D9A"),
        (PRINTED, "the paper's", "#8C1D40"),
        (PEARSON, "Pearson et al.", "#222222"),
    ):
        for ax in (upper, lower):
            ax.axvline(x, color=colour, linewidth=1.0, linestyle=(0, (2, 2)))
        upper.plot([], [], color=colour, linewidth=1.0, linestyle=(0, (2, 2)), label=f"transition, {words}")
    for x, y, words in (
        (3.5e-5, 0.9, "nuclei, A ≥ 20"), (1.15e-2, 0.42, "$^{14}$He"), (1.15e-2, 0.56, "free nucleons"),
    ):  # fmt: skip
        lower.text(x, y, words, fontsize=9.5)
    style.log_axis(lower.xaxis, DENSITY)
    lower.set(xlim=(3e-5, 0.1), ylim=(0.0, 1.02), ylabel=SHARE)
    upper.set(ylim=(2.0, 9.5), ylabel=r"$A_\mathrm{cl}/Z_\mathrm{cl}$")
    upper.legend(loc="upper left", fontsize=8.5)
    return figure


@style.use()
def onset(
    temperatures: Sequence[float] = models.TEMPERATURES, names: Sequence[str] = models.FUNCTIONALS
) -> style.Figure:
    """Draw where the layer of 14He begins and its largest share, by functional and temperature."""
    figure, (left, right) = style.new(1, 2, height=3.6)
    for name in names:
        layers = [models.layer(models.crust(T, name, densities=models.AROUND)) for T in temperatures]
        left.plot(temperatures, [found.onset for found in layers], label=name, markersize=4, **LINES[name])
        right.plot(temperatures, [found.largest for found in layers], markersize=4, **LINES[name])
    left.set(ylim=(0.0, None), ylabel=r"$n_B$ where $^{14}$He has 10 %  (fm$^{-3}$)")
    right.set(ylim=(0.0, 0.42), ylabel="largest share of $^{14}$He")
    for ax in (left, right):
        ax.set(xlim=(0.0, 1.05), xlabel="temperature  (MeV)")
    left.legend(loc="lower left", fontsize=8.5, ncols=2)
    return figure


def bands(found: xr.Dataset) -> dict[str, Array]:
    """Sort the baryons of each layer into the bands of `edge`; they sum to 1."""
    Z, A, of = found["Z"].values, found["A"].values, models.shares(found)
    result = {"free neutrons": models.unbound(found)}
    taken = np.zeros(Z.size, bool)
    for name in BANDS:
        if name[0].isdigit():
            z, a = nuclides.parse(name)
            chosen = (Z == z) & (A == a)
            result[name] = of[:, chosen].sum(axis=1)
            taken |= chosen
    result["A ≥ 20"] = of[:, ~taken & (A >= models.HEAVY)].sum(axis=1)
    result["other A < 20"] = of[:, ~taken & (A < models.HEAVY)].sum(axis=1)
    return result


@style.use()
def edge(last: int = 12, temperature: float = 0.1) -> style.Figure:
    """Draw who shares the baryons if the helium isotopes end at a number of neutrons."""
    return _stacked(
        models.crust(temperature, last=last), f"helium ends at N = {last}, T = {temperature:g} MeV"
    )


@style.use()
def shifted(shift: float = -6.0, neighbours: bool = True) -> style.Figure:
    """Draw who shares the baryons if matter changes the binding of 14He (MeV; at T = 0.1 MeV)."""
    found = models.crust(0.1, shift=shift, neighbours=neighbours)
    others = "" if not shift else ", its neighbours' too" if neighbours else ", of nothing else"
    return _stacked(found, f"binding of $^{{14}}$He shifted by ${shift:+g}$ MeV{others}")


def _stacked(found: xr.Dataset, title: str) -> style.Figure:
    figure, ax = style.new(height=3.7)
    n, parts = found["baryon_density"].values, bands(found)
    low = np.zeros(n.size)
    for name in reversed(BANDS):
        colour, hatch = BANDS[name]
        high = low + parts[name]
        if parts[name].max() > 0.01:
            words = f"$^{{{name[:-2]}}}${name[-2:]}" if name.endswith("He") else name.replace("7H", "$^7$H")
            ax.fill_between(
                n, low, high, facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0.4, label=words
            )
        low = high
    _inner_axis(ax)
    ax.set(xlim=(n[0], n[-1]), ylim=(0.0, 1.0), ylabel=SHARE, title=title)
    ax.grid(False)
    handles, labels = ax.get_legend_handles_labels()
    ax.legend(handles[::-1], labels[::-1], loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=8.5)
    return figure


@style.use()
def price(temperature: float = 0.1, functionals: Sequence[str] = ("BSk25", "SLy4")) -> style.Figure:
    """Draw what nuclides cost per proton above 14He, and the surface tension that their masses imply."""
    figure, (left, right) = style.new(1, 2, height=4.0)
    found = models.crust(temperature)
    n, helium = found["baryon_density"].values, models.price_of(found, 2, 14)
    left.plot(n, models.cheapest(found, models.HEAVY) - helium, color=style.COLOURS["nuclei"], label="A ≥ 20")
    for name, look in CHAIN.items():
        Z, A = nuclides.parse(name)
        words = f"$^{{{A}}}${'H' if Z == 1 else 'He'}"
        left.plot(n, models.price_of(found, Z, A) - helium, label=words, **look)
    left.axhline(0.0, color="#6A3D9A", linewidth=1.4)
    left.text(0.035, 0.45, "$^{14}$He", color="#6A3D9A", fontsize=9)
    _inner_axis(left)
    left.set(xlim=(n[0], n[-1]), ylim=(-24.0, 12.0), ylabel=r"price above $^{14}$He  (MeV per proton)")
    left.legend(loc="lower left", fontsize=8.5, ncols=2)
    _tension(right, functionals)
    return figure


def _tension(ax: Axes, functionals: Sequence[str]) -> None:
    """Draw surface tensions of the crust's nuclei and of the helium chain."""
    sequence = [nuclides.parse(name) for name in models.SEQUENCE]
    for name, marker in zip(functionals, "oD", strict=False):
        heavy = [models.surface(Z, A, name) for Z, A in sequence]
        chain = [models.surface(2, 2 + N, name) for N in range(2, 17, 2)]
        ends = [models.surface(Z, A, name) for Z, A in map(nuclides.parse, models.ENDS)]
        groups = {"nuclei of the crust": heavy, "helium": chain, "other ends of the table": ends}
        for colour, (words, found) in zip(GROUPS, groups.items(), strict=True):
            filled = colour if marker == "o" else "white"
            ax.plot(
                [s.asymmetry for s in found], [s.tension for s in found], marker, color=colour, markersize=5,
                markerfacecolor=filled, label=f"{words}, {name}",
            )  # fmt: skip
    for N in (8, 12, 16):
        at = models.surface(2, 2 + N, functionals[0])
        ax.annotate(
            f"$^{{{2 + N}}}$He", (at.asymmetry, at.tension), (6, 3), textcoords="offset points", fontsize=8.5
        )
    ax.axhline(0.0, color="#999999", linewidth=0.9)
    ax.set(xlim=(-0.02, 0.88), ylim=(-0.8, 1.15), xlabel=r"neutron excess  $\delta = 1 - 2Z/A$")
    ax.set_ylabel(r"surface tension  (MeV fm$^{-2}$)")
    ax.legend(loc="lower left", fontsize=8)


@style.use()
def freezing(temperature: float = 0.1, warm: float = 0.4) -> style.Figure:
    """Draw melting and plasma temperatures, the quantum r_s and Q_imp along the crust."""
    figure, (upper, middle, lower) = style.new(3, height=6.6, sharex=True, height_ratios=[1.7, 1.0, 1.0])
    for T, looks in ((temperature, COOL), (warm, WARM)):
        found = models.crust(T, densities=models.WHOLE)
        n, plasma = found["baryon_density"].values, models.plasma(found)
        melting = plasma.melting_temperature / MEV_IN_KELVIN
        middle.plot(n, models.quantum_spacing(found), label=f"T = {T:g} MeV", **looks)
        lower.plot(n, np.maximum(plasma.Q_imp, 1e-6), **looks)
        if T != temperature:
            continue
        upper.plot(n, melting, color="#D55E00", label=r"melting, $\Gamma = 175$")
        plasma_T = plasma.plasma_temperature / MEV_IN_KELVIN
        upper.plot(n, plasma_T, color="#0072B2", linestyle=(0, (5, 1.5)), label=r"plasma, $\hbar\omega_p$")
        upper.fill_between(n, 1e-4, 2.0, where=melting > T, color="#DCEBF7", label=f"frozen at {T:g} MeV")
    for T in (temperature, warm):
        upper.axhline(T, color="#999999", linewidth=0.8, linestyle=(0, (2, 2)))
        upper.text(2e-6, 1.08 * T, f"{T:g} MeV", fontsize=8.5, color="#555555")
    middle.axhline(models.WIGNER, color="#999999", linewidth=0.9)
    middle.text(1.3e-6, 1.5 * models.WIGNER, "cold bosons freeze above", fontsize=8.5, color="#555555")
    lower.axhline(0.01, color="#999999", linewidth=0.9)
    style.log_axis(lower.xaxis, DENSITY)
    for ax in (upper, middle, lower):
        ax.set_yscale("log")
    upper.set(xlim=(1e-6, 0.066), ylim=(3e-3, 1.2), ylabel="temperature  (MeV)")
    middle.set(ylim=(3.0, 3e6), ylabel=r"$r_s$ of nuclei")
    lower.set(ylim=(1e-6, 300.0), ylabel=r"$Q_\mathrm{imp}$")
    upper.legend(loc="lower left", fontsize=8.5)
    middle.legend(loc="lower left", fontsize=8.5, ncols=2)
    return figure
