"""Chapter 10: Coulomb logarithms four ways, conductivities along crusts, liquids against crystals."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from crustlib import transport
from crustlib.crusts import profile
from crustlib.figures import structure, style
from crustlib.figures.conductivity_models import ROUNDED, TABLE_2, table_conductivity
from crustlib.transport import coulomb_fit
from crustlib.transport.bridge import GAMMA_BRIDGE

Array = NDArray[np.float64]

KAPPA = r"$\kappa$  (erg cm$^{-1}$ s$^{-1}$ K$^{-1}$)"
LOGARITHM = r"Coulomb logarithm  $\ln\Lambda$"
COUPLING = r"coupling  $\Gamma$"
WORDS = {
    "linear": "linear, rule (30)",
    "paper": "rule (40) as printed",
    "impurity": "medium and impurities",
    "impurity-only": "impurities alone (25)",
}
RULE_LINES: dict[str, dict[str, Any]] = {
    "linear": style.line("corrected"),
    "paper": style.line("printed"),
    "impurity": {"color": "#D28700", "linestyle": (0, (1.2, 1.2))},
    "impurity-only": {"color": "#6A3D9A", "linestyle": (0, (6, 1.5, 1.2, 1.5))},
}
CURVES: tuple[dict[str, Any], ...] = (
    style.line("accreted"),
    {"color": "#0072B2", "linestyle": (0, (6, 1.5, 1.2, 1.5))},
    style.line("diffusive"),
    style.line("ground_state"),
)


@style.use()
def methods(Z: Sequence[float] = (10, 26, 40), x_r: Sequence[float] = (2.0, 20.0)) -> style.Figure:
    """Draw ln Lambda over Gamma by integral, table, fit and fit as printed: the paper's figures 11 and 12."""
    figure, panels = style.new(1, len(x_r), height=4.2, sharey=True)
    gamma, dots = np.geomspace(1.0, 5e3, 200), np.geomspace(1.0, 5e3, 19)
    low, high = coulomb_fit.GAMMA_RANGE
    fits = gamma[(gamma >= low) & (gamma <= high)]
    claimed = gamma[gamma >= low]
    for ax, speed in zip(panels, x_r, strict=True):
        for charge, colour in zip(Z, structure.PAIR_COLOURS, strict=False):
            table = transport.coulomb_logarithm(charge, gamma, speed)
            ax.plot(gamma, table, color=colour, label=f"Z = {charge:g}")
            integral = transport.coulomb_logarithm(charge, dots, speed, "integral")
            ax.plot(dots, integral, "o", color=colour, markersize=4)
            fit = transport.coulomb_logarithm(charge, fits, speed, "fit")
            ax.plot(fits, fit, color=colour, linestyle=(0, (5, 1.5)), linewidth=1.3)
            printed = transport.coulomb_logarithm(charge, claimed, speed, "fit-as-printed")
            ax.plot(claimed, printed, color=colour, linestyle=(0, (1.2, 1.2)), linewidth=1.3)
        ax.axvspan(GAMMA_BRIDGE, gamma[-1], color="#F6F1DC", zorder=0)
        style.log_axis(ax.xaxis, COUPLING)
        ax.set(xlim=(gamma[0], gamma[-1]), ylim=(0.0, 1.9), title=rf"$x_r$ = {speed:g}")
    panels[0].set_ylabel(LOGARITHM)
    looks: Mapping[str, dict[str, Any]] = {
        "table": {"linestyle": "-"},
        "integral (19)": {"linestyle": "none", "marker": "o", "markersize": 4},
        "fit (42), corrected": {"linestyle": (0, (5, 1.5))},
        "fit, as printed": {"linestyle": (0, (1.2, 1.2))},
    }
    handles = [
        panels[1].plot([], [], color="#222222", label=words, **look)[0] for words, look in looks.items()
    ]
    panels[0].legend(loc="lower left", fontsize=8.5)
    panels[1].legend(handles=handles, loc="upper right", fontsize=8.5)
    return figure


@style.use()
def cumulated(numbers: Iterable[int] = (1, 9)) -> style.Figure:
    """Draw ln Lambda cumulated over the momentum transfer, solved and by rule: the paper's figure 10."""
    figure, (left, right) = style.new(1, 2, height=3.7)
    y = np.linspace(1e-3, 1.0, 400)
    for number, colour in zip(numbers, ("#222222", "#0072B2"), strict=False):
        ions, _ = structure.within_bridge(structure.table_mixture(number))
        for rule, look in {"hnc": "-", "linear": (0, (4, 1.5)), "paper": (0, (1.2, 1.2))}.items():
            S = structure.structure(ions, y * ions.wave_number, rule)
            integrand = transport.coulomb_integrand(y, ions.x_r, S)
            total = np.append(0.0, np.cumsum(0.5 * (integrand[1:] + integrand[:-1]) * np.diff(y)))
            words = {
                "hnc": f"mixture {number}, solved",
                "linear": "rule (30)",
                "paper": "rule (40) as printed",
            }
            if rule == "hnc":
                left.plot(y, integrand, color=colour, linestyle=look)
            right.plot(y, total, color=colour, linestyle=look, label=words[rule], linewidth=1.5)
    left.set(
        xlim=(0, 1), ylim=(0, None), xlabel=r"$k/2k_F$", ylabel=r"$\mathrm{d}\ln\Lambda/\mathrm{d}(k/2k_F)$"
    )
    right.set(xlim=(0, 1), ylim=(0, None), xlabel=r"$K/2k_F$", ylabel=r"$\ln\Lambda(K)$")
    right.legend(loc="lower right", fontsize=8)
    return figure


@style.use()
def published(temperature: float = 5e8) -> style.Figure:
    """Draw kappa of the mixtures of Table 2 by rule: the paper's figure 13."""
    figure, (upper, middle, lower) = style.new(3, height=6.4, sharex=True, height_ratios=[2.0, 1.0, 1.0])
    numbers = np.array(list(TABLE_2))
    density = np.array([TABLE_2[number][0] for number in numbers])
    sound = ~np.isin(numbers, ROUNDED)
    reference = np.array([table_conductivity(n, "linear", temperature).thermal for n in numbers])
    for rule, marker in {"linear": "s", "paper": "v", "impurity": "^", "impurity-only": "o"}.items():
        kappa = np.array([table_conductivity(n, rule, temperature).thermal for n in numbers])
        look = RULE_LINES[rule] | {"marker": marker, "markersize": 5}
        below = {"linear": (), "impurity-only": (lower,)}.get(rule, (middle,))
        for ax, values in ((upper, kappa), *((ax, kappa / reference) for ax in below)):
            ax.plot(density[sound], values[sound], label=WORDS[rule], **look)
            hollow = {"linestyle": "none", "markerfacecolor": "white"}
            ax.plot(density[~sound], values[~sound], **(look | hollow))
    ratio = np.array([1.0 + 1.0 / structure.table_mixture(n).spread for n in numbers])
    lower.plot(density[sound], ratio[sound], "k+", label=r"$\langle Z^2\rangle/Q_\mathrm{imp}$ (29)")
    style.log_axis(lower.xaxis, "mass_density")
    style.log_axis(upper.yaxis, KAPPA)
    upper.set(ylim=(1e16, 3e19))
    middle.axhline(1.0, **RULE_LINES["linear"])
    middle.set(ylim=(0.9, 1.1), ylabel="over rule (30)")
    lower.set(ylim=(0.0, 24.0), xlim=(6e6, 3e11), ylabel="over rule (30)")
    upper.legend(loc="upper left", fontsize=8.5)
    lower.legend(handles=lower.lines[-1:], loc="upper left", fontsize=8.5)
    return figure


@style.use()
def crusts(named: Mapping[str, xr.Dataset], temperature: float = 5e8) -> style.Figure:
    """Draw kappa and ln Lambda along crusts, by the linear rule; name them."""
    figure, (upper, lower) = style.new(2, height=5.4, sharex=True, height_ratios=[1.6, 1.0])
    for (name, crust), look in zip(named.items(), CURVES, strict=False):
        found, rho = transport.along(crust, temperature), profile.rho(crust).values
        upper.plot(rho, found["thermal"], label=name, **look)
        lower.plot(rho, found["coulomb_logarithm"], **look)
        quantum = np.flatnonzero(found["regime"].values == "quantum")
        if quantum.size:
            first = quantum[0]
            upper.plot(rho[first], found["thermal"][first], "o", color=look["color"])
    style.log_axis(lower.xaxis, "mass_density")
    style.log_axis(upper.yaxis, KAPPA)
    lower.set(ylabel=LOGARITHM)
    upper.legend(loc="lower right", fontsize=8.5)
    return figure


@style.use()
def along(crust: xr.Dataset, temperature: float = 5e8, least: float = 0.1) -> style.Figure:
    """Draw kappa along one crust by every rule, and Q_imp, down to where it falls below `least`."""
    figure, (upper, middle, lower) = style.new(3, height=6.4, sharex=True, height_ratios=[2.0, 1.0, 1.0])
    Q = transport.along(crust, temperature)["Q_imp"].values
    pure = np.flatnonzero(Q < least)
    mixed = crust.isel(layer=slice(0, int(pure[0]) if pure.size else None))
    rho, found = profile.rho(mixed).values, {}
    for rule, words in WORDS.items():
        found[rule] = transport.along(mixed, temperature, rule)
        upper.plot(rho, found[rule]["thermal"], label=words, **RULE_LINES[rule])
    for rule in ("linear", "paper", "impurity"):
        middle.plot(rho, found[rule]["thermal"] / found["linear"]["thermal"], **RULE_LINES[rule])
    lower.plot(rho, found["linear"]["Q_imp"], color="#222222", label=r"$Q_\mathrm{imp}$")
    squares = found["linear"]["mean_Z2"]
    lower.plot(rho, squares, color="#222222", linestyle=(0, (5, 1.5)), label=r"$\langle Z^2\rangle$")
    style.log_axis(lower.xaxis, "mass_density")
    style.log_axis(upper.yaxis, KAPPA)
    style.log_axis(lower.yaxis, "charges squared")
    lower.set(ylim=(0.1, 3e3))
    middle.set(ylim=(0.9, 1.1), ylabel="over rule (30)")
    lower.legend(loc="lower left", fontsize=8.5)
    upper.legend(loc="upper left", fontsize=8.5)
    return figure


@style.use()
def melting(Z: float = 26.0, x_r: float = 10.0, gamma_melting: float = 175.0) -> style.Figure:
    """Draw S(k) of a liquid and of its crystal at melting, and ln Lambda of both over Gamma."""
    figure, (left, right) = style.new(1, 2, height=3.9)
    k = np.linspace(0.6, 12.0, 200)
    crystal = {"color": "#0072B2"}
    left.plot(k, transport.structure_factor(k, gamma_melting), label="liquid", **structure.SOLVED)
    vibrations = transport.lattice_structure_factor(k, gamma_melting)
    sites = transport.lattice_structure_factor(k, gamma_melting, elastic=True)
    left.plot(k, sites, linewidth=0.9, label="crystal, with Bragg's peaks", alpha=0.8, **crystal)
    left.plot(k, vibrations, linestyle=(0, (5, 1.5)), label="crystal, without", **crystal)
    left.set(xlim=(0, 12), ylim=(0, 4.3), xlabel=r"wave number  $ka$", ylabel=r"$S(k)$")
    left.legend(loc="upper right", fontsize=8)
    gamma = np.geomspace(100.0, 600.0, 9)
    liquid = transport.coulomb_logarithm(Z, gamma, x_r)
    lattice = [transport.lattice_logarithms(Z, g, x_r) for g in gamma]
    inelastic, elastic = (
        np.array([getattr(row, part) for row in lattice]) for part in ("electrical", "elastic")
    )
    right.plot(gamma, liquid, label="liquid, amorphous", **structure.SOLVED)
    right.plot(gamma, inelastic + elastic, ":", label="crystal, with Bragg's", **crystal)
    right.plot(gamma, inelastic, linestyle=(0, (5, 1.5)), label="crystal, without", **crystal)
    baiko = {"color": "#D55E00", "linestyle": (0, (6, 1.5, 1.2, 1.5))}
    below = gamma <= 1.05 * gamma_melting
    right.plot(gamma[below], (liquid - elastic)[below], label="liquid less crystal's Bragg", **baiko)
    right.axvline(gamma_melting, color="#999999", linewidth=0.8)
    style.log_axis(right.xaxis, COUPLING)
    right.set(xlim=(100, 600), ylim=(0, 1.45), ylabel=LOGARITHM, xticks=[100, 200, 300, 600])
    right.xaxis.set_major_formatter("{x:.0f}")
    right.xaxis.set_minor_formatter("")
    right.legend(loc="upper right", fontsize=8)
    return figure


@style.use()
def lorenz(density: float = 1e10, Z: float = 26.0, A: float = 56.0) -> style.Figure:
    """Draw logarithms of both conductivities and their ratio over T / T_p, by one mode and by a crystal."""
    figure, (left, right) = style.new(1, 2, height=3.7)
    state = transport.parameters(density, 1e9, [Z], [A], [1.0])
    quantum = np.geomspace(0.12, 10.0, 21)
    T = float(state.plasma_temperature) / quantum
    gamma = float(state.gamma_eff) * 1e9 / T
    one = transport.inelastic_logarithms(Z, gamma, state.x_r, quantum)
    cold = np.flatnonzero(gamma > float(state.gamma_eff) * 1e9 / float(state.melting_temperature))[::2]
    rows = [
        transport.lattice_logarithms(Z, g, float(state.x_r), q)
        for g, q in zip(gamma[cold], quantum[cold], strict=True)
    ]
    crystal = np.array([row.electrical for row in rows]), np.array([row.thermal for row in rows])
    dashes = {"electrical": (0, (5, 1.5)), "thermal": "-"}
    for (kind, dash), values, lattice in zip(dashes.items(), one, crystal, strict=True):
        left.plot(1 / quantum, values, color="#222222", linestyle=dash, label=f"amorphous, one mode: {kind}")
        left.plot(1 / quantum[cold], lattice, color="#0072B2", linestyle=dash, label=f"crystal: {kind}")
    right.plot(1 / quantum, one[0] / one[1], color="#222222", label="amorphous, one mode")
    right.plot(1 / quantum[cold], crystal[0] / crystal[1], color="#0072B2", label="crystal")
    right.axhline(1.0, color="#999999", linewidth=0.8)
    for ax in (left, right):
        style.log_axis(ax.xaxis, r"$T/T_p$")
        ax.set(xlim=(0.1, 1.0 / quantum[0]), xticks=[0.1, 1.0])
        ax.xaxis.set_major_formatter("{x:g}")
        ax.xaxis.set_minor_formatter("")
    left.set(ylabel=LOGARITHM, ylim=(0, 2.2))
    right.set(ylabel=r"Lorenz number  $L/L_0$", ylim=(0, 1.1))
    left.legend(loc="upper left", fontsize=7.5)
    right.legend(loc="lower right", fontsize=8.5)
    return figure


@style.use()
def nuclear_size(named: Mapping[str, xr.Dataset], temperature: float = 5e8) -> style.Figure:
    """Draw what the size of nuclei adds to kappa along crusts."""
    figure, ax = style.new(height=3.4)
    for (name, crust), look in zip(named.items(), (CURVES[0], CURVES[3]), strict=True):
        point, sphere = (
            transport.along(crust, temperature, form_factor=size)["thermal"] for size in (False, True)
        )
        ax.plot(profile.rho(crust), 100.0 * (sphere.values / point.values - 1.0), label=name, **look)
    style.log_axis(ax.xaxis, "mass_density")
    ax.set(ylabel=r"added to $\kappa$  (%)", ylim=(0, None))
    ax.legend(loc="upper left")
    return figure


@style.use()
def composed(
    Z: ArrayLike, A: ArrayLike, x: ArrayLike, temperature: float = 5e8, rule: str = "impurity"
) -> style.Figure:
    """Draw kappa of one mixture over the density by a rule and by the linear one, and their ratio."""
    figure, (left, right) = style.new(1, 2, height=3.6)
    rho = np.geomspace(1e6, 4e11, 120)
    linear, chosen = (
        transport.conductivity(rho, temperature, Z, A, x, name).thermal for name in ("linear", rule)
    )
    left.plot(rho, linear, label=WORDS["linear"], **RULE_LINES["linear"])
    left.plot(rho, chosen, label=WORDS[rule], **RULE_LINES[rule])
    right.plot(rho, chosen / linear, **RULE_LINES[rule])
    right.axhline(1.0, **RULE_LINES["linear"])
    state = transport.parameters(rho, temperature, Z, A, x)
    marks = {
        rf"$\Gamma_\mathrm{{eff}}$ = {GAMMA_BRIDGE:g}": (state.gamma_eff / GAMMA_BRIDGE, (0, (5, 1.5))),
        r"$T = T_p$": (state.plasma_temperature / temperature, "-"),
    }
    for ax, label in ((left, KAPPA), (right, "over rule (30)")):
        for words, (ratio, dashes) in marks.items():
            if ratio[0] < 1.0 < ratio[-1]:
                at = float(np.interp(1.0, ratio, rho))
                ax.axvline(at, color="#999999", linewidth=0.9, linestyle=dashes, label=words)
        style.log_axis(ax.xaxis, "mass_density")
        ax.set(xlim=(rho[0], rho[-1]), ylabel=label)
    left.set(yscale="log", ylim=(1e15, 1e21))
    right.set(ylim=(0.0, 20.0) if rule == "impurity-only" else (0.8, 1.2))
    for ax in (left, right):
        ax.minorticks_off()  # most of the time that a frame takes
    left.legend(loc="upper left", fontsize=8)
    return figure


@style.use()
def profiles(
    curves: Mapping[str, tuple[Array, Array]],
    looks: Iterable[Mapping[str, Any]],
    ignition: tuple[Sequence[float], Sequence[float]],
) -> style.Figure:
    """Draw temperatures over the column density, by name, and those at which carbon ignites."""
    figure, ax = style.new(height=3.9)
    for (name, (column, T)), look in zip(curves.items(), looks, strict=True):
        ax.plot(column, T / 1e8, label=name, **look)
    columns, hot = ignition
    ax.plot(columns, np.divide(hot, 1e8), color="#B0B0B0", linewidth=5, label="carbon ignites", zorder=1)
    style.log_axis(ax.xaxis, "column_density")
    ax.set(ylabel=r"temperature  ($10^8$ K)", ylim=(0, 9))
    ax.legend(loc="upper left", fontsize=8.5)
    return figure
