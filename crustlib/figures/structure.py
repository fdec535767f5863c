"""Chapter 9: structure factors of ions, one kind or many, and the rules that mix them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import CubicSpline

from crustlib import transport
from crustlib.constants import ELECTRON_MASS_MEV, HBARC_MEV_FM, MEV_IN_KELVIN
from crustlib.figures import style
from crustlib.matter import coulomb
from crustlib.transport.bridge import GAMMA_BRIDGE, equivalent_coupling
from crustlib.transport.screening import FERMI_RADIUS
from crustlib.transport.solutions import MixtureSolution

Array = NDArray[np.float64]

RULES = {"linear": "rule (30)", "paper": "rule (39) as printed"}
SOLVED = {"color": "#222222", "linestyle": "-"}
RULE_LINES = {
    "linear": style.line("corrected") | {"linestyle": (0, (4, 1.5))},
    "paper": style.line("printed"),
}
PAIR_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
PAIR_STYLES: tuple[Any, ...] = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)), "--", ":")
FINE_K = np.linspace(0.02, 1.0, 260)  # of 2 k_F
K_LABEL = r"wave number  $k/2k_F$"

# Daligault & Gupta (2009), Table 2: E_F without rest mass (MeV), Gamma_eff, <Z>, <Z^2>
TABLE_2 = {
    1: (0.45, 32.3, 37, 1597), 2: (1.38, 71.3, 37, 1537), 3: (2.00, 97.9, 38, 1564),
    4: (2.49, 118.4, 38, 1572), 5: (3.00, 137.4, 38, 1549), 6: (3.42, 153.2, 38, 1536),
    7: (5.00, 179.5, 35, 1359), 8: (6.01, 236.4, 36, 1401), 9: (7.72, 263.1, 34, 1275),
    10: (10.0, 343.8, 34, 1171), 11: (12.0, 390.6, 33, 1113), 12: (12.5, 399.9, 33, 1090),
    13: (13.0, 410.6, 32, 1073), 14: (14.0, 436.8, 32, 1119), 15: (15.0, 461.7, 32, 1103),
    16: (16.0, 468.71, 31, 1041), 17: (19.7, 538.8, 30, 964),
}  # fmt: skip
TABLE_4 = {1: 0.27, 2: 0.73, 3: 0.81, 4: 0.84, 5: 0.85, 6: 0.85, 7: 0.84, 8: 0.83}  # T in 1e9 K


class Mixture(NamedTuple):
    """Ions among electrons: what a structure factor and its Coulomb logarithm depend on.

    Attributes: electron coupling `gamma_e`, `charges` and `fractions` of the species, relativity parameter
    `x_r`, `screening` in 1/a.
    """

    gamma_e: float
    charges: Array
    fractions: Array
    x_r: float = 10.0
    screening: float = 0.0

    @property
    def mean_Z(self) -> float:
        """Mean charge."""
        return float(self.fractions @ self.charges)

    @property
    def gamma_eff(self) -> float:
        """Effective coupling <Z^(5/3)> Gamma_e."""
        return float(self.gamma_e * self.fractions @ self.charges ** (5 / 3))

    @property
    def spread(self) -> float:
        """Variance of the charge over its mean squared, Q_imp / <Z>^2."""
        return float(self.fractions @ self.charges**2 / self.mean_Z**2 - 1.0)

    @property
    def wave_number(self) -> float:
        """2 k_F in 1/a."""
        return 2.0 * FERMI_RADIUS * self.mean_Z ** (1 / 3)


def mixture(
    Z: ArrayLike, x: ArrayLike, gamma_eff: float, x_r: float = 10.0, screened: bool = False
) -> Mixture:
    """Return the mixture of charges Z and number fractions x at an effective coupling.

    With `screened` the ions repel each other as in the paper's simulations, by a Yukawa potential with the
    relativistic Thomas-Fermi length.
    """
    charges, fractions = np.asarray(Z, dtype=float), np.asarray(x, dtype=float)
    screening = transport.screening_parameter(x_r) * (fractions @ charges) ** (1 / 3) if screened else 0.0
    gamma_e = gamma_eff / (fractions @ charges ** (5 / 3))
    return Mixture(float(gamma_e), charges, fractions, x_r, float(screening))


def table_mixture(number: int, billion_kelvin: float = 0.5) -> Mixture:
    """Return three equally frequent charges with a mixture's <Z> and <Z^2> of Table 2, and its electrons.

    The compositions themselves are not published. Screened, as in the paper.
    """
    energy, _, mean, square = TABLE_2[number]
    x_r = np.sqrt((1.0 + energy / ELECTRON_MASS_MEV) ** 2 - 1.0)
    n_e = (x_r * ELECTRON_MASS_MEV / HBARC_MEV_FM) ** 3 / (3.0 * np.pi**2)
    gamma_e = coulomb.electron_coupling(n_e, billion_kelvin * 1e9 / MEV_IN_KELVIN)
    charges = mean + np.sqrt(1.5 * (square - mean**2)) * np.array([-1.0, 0.0, 1.0])
    screening = transport.screening_parameter(x_r) * mean ** (1 / 3)
    return Mixture(float(gamma_e), charges, np.full(3, 1 / 3), float(x_r), float(screening))


def within_bridge(ions: Mixture) -> tuple[Mixture, bool]:
    """Return the mixture, weakened to the last coupling of the bridge function if beyond, and whether so."""
    top = ions.charges[ions.fractions > 0.0].max()
    screening = ions.screening * (top / ions.mean_Z) ** (1 / 3)
    last = GAMMA_BRIDGE / equivalent_coupling(top ** (5 / 3), screening) * (1.0 - 1e-9)  # it rounds
    return ions._replace(gamma_e=min(ions.gamma_e, last)), ions.gamma_e > last


def structure(ions: Mixture, k: Array, rule: str = "hnc") -> Array:
    """Charge-charge structure factor at k (1/a), solved or by a rule of `crustlib.transport.mixing`."""
    return transport.structure_by_rule(k, ions.gamma_e, ions.charges, ions.fractions, rule, ions.screening)


def logarithms(ions: Mixture) -> dict[str, float]:
    """Coulomb logarithm (19) of the solved mixture, and what each rule misses it by, in per cent."""

    def logarithm(rule: str) -> float:
        return transport.coulomb_integral(lambda k: structure(ions, k, rule), ions.mean_Z, ions.x_r)

    solved = logarithm("hnc")
    return {"solved": solved} | {rule: 100.0 * (logarithm(rule) / solved - 1.0) for rule in RULES}


@style.use()
def impurities(seed: int = 4) -> Figure:
    """Draw the paper's figure 2: a mixture as a lattice of the mean charge and what is left over."""
    figure, panels = style.new(2, 3, height=3.7)
    rng = np.random.default_rng(seed)
    place = np.stack(np.meshgrid(np.arange(7.0), np.arange(5.0)), axis=-1).reshape(-1, 2)
    few = np.full(len(place), 34.0)
    few[rng.choice(len(place), 3, replace=False)] = (26.0, 44.0, 22.0)
    many = rng.choice([8.0, 22.0, 26.0, 34.0, 47.0], len(place), p=[0.12, 0.2, 0.2, 0.36, 0.12])
    moved = place + 0.16 * rng.standard_normal(place.shape)
    titles = ("nuclei", "= lattice of the mean charge", "+ charges left over")
    for row, charges, where in zip(panels, (few, many), (place, moved), strict=True):
        mean = charges.mean()
        rest = charges - (34.0 if charges is few else mean)
        sets = ((where, charges), (place, np.full(len(place), mean)), (where, rest))
        for ax, title, (at, values) in zip(row, titles, sets, strict=True):
            colours = np.where(values < 0.0, style.COLOURS["printed"], style.COLOURS["nuclei"])
            ax.scatter(*at.T, s=4.2 * np.abs(values), c=colours, linewidth=0)
            ax.set(xlim=(-0.7, 6.7), ylim=(-0.7, 4.7), aspect="equal", xticks=[], yticks=[])
            ax.set_title(title if charges is few else "", fontsize=9.5)
            ax.tick_params(which="both", length=0)
    for row, words in zip(panels, ("few impurities", "burst ashes"), strict=True):
        row[0].set_ylabel(words)
    return figure


@style.use()
def regimes(Z: ArrayLike, A: ArrayLike, x: ArrayLike, density: tuple[float, float] = (1e6, 1e12)) -> Figure:
    """Draw where in density and temperature which theory of the ions of one mixture holds."""
    figure, ax = style.new(height=4.2)
    rho = np.geomspace(*density, 60)
    state = transport.parameters(rho, 1e9, Z, A, x)
    lines = {
        r"$\Gamma_\mathrm{eff} = 5.5$": (state.gamma_eff / 5.5, "-"),
        r"$\Gamma_\mathrm{eff} = 175$, a pure crystal melts": (state.gamma_eff / 175.0, (0, (5, 1.5))),
        r"$\Gamma_\mathrm{eff} = 225$, last solution": (state.gamma_eff / GAMMA_BRIDGE, (0, (1.2, 1.2))),
    }
    quantum = state.plasma_temperature / 1e9
    weak, last = lines[r"$\Gamma_\mathrm{eff} = 5.5$"][0], state.gamma_eff / GAMMA_BRIDGE
    ax.fill_between(rho, np.maximum(quantum, last), 30.0, where=weak > quantum, color="#EAF3EA", zorder=0)
    ax.fill_between(rho, quantum, np.maximum(quantum, last), color="#F6F1DC", zorder=0)
    ax.fill_between(
        rho, 1e-3, quantum, color="#E9E6F2", hatch="//", edgecolor="#C9C2E0", linewidth=0, zorder=0
    )
    for label, (temperature, dashes) in lines.items():
        ax.plot(rho, temperature, color="#222222", linestyle=dashes, label=label, linewidth=1.5)
    ax.plot(rho, quantum, color=style.COLOURS["warm"], linewidth=2.2, label=r"$T = T_p$")
    density_of = [plasma_density(number, Z, A, x) for number in TABLE_2]
    ax.plot(
        density_of,
        np.full(len(TABLE_2), 0.5),
        "o",
        color=style.COLOURS["published"],
        label="Table 2 of the paper",
    )
    for words, at in {
        "weak coupling": (3e6, 14.0),
        "liquid": (3e7, 1.6),
        "amorphous": (1.6e6, 0.014),
        "quantum: a classical\n$S(k)$ fails": (1.5e11, 0.06),
    }.items():
        ax.text(*at, words, fontsize=9, va="center", ha="left" if at[0] < 1e10 else "center")
    style.log_axis(ax.xaxis, "mass_density")
    style.log_axis(ax.yaxis, r"temperature  ($10^9$ K)")
    ax.set(xlim=density, ylim=(0.005, 30.0))
    ax.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, fontsize=8.5)
    return figure


def plasma_density(number: int, Z: ArrayLike, A: ArrayLike, x: ArrayLike) -> float:
    """Mass density (g cm^-3) at which a composition has the electrons of a mixture of Table 2."""
    x_r = np.sqrt((1.0 + TABLE_2[number][0] / ELECTRON_MASS_MEV) ** 2 - 1.0)
    return float((x_r / transport.parameters(1e9, 1e9, Z, A, x).x_r) ** 3 * 1e9)


@style.use()
def one_component(gamma: float = 100.0, screening: float = 0.0) -> Figure:
    """Draw S(k) and g(r) of a one-component plasma, with and without the bridge function."""
    figure, (left, right) = style.new(1, 2, height=3.4)
    k, r = np.linspace(0.05, 14.0, 160), np.linspace(0.1, 8.0, 160)
    looks = {
        "hnc": (style.line("published"), "hypernetted chain"),
        "bridge": (SOLVED, "with bridge function"),
    }
    for closure, (look, words) in looks.items():
        solution = transport.solve(gamma, screening, closure)
        left.plot(k, transport.structure_factor(k, gamma, screening, closure), label=words, **look)
        right.plot(r, smooth(solution, 0, 0)(r), **look)
    for ax in (left, right):
        ax.axhline(1.0, color="#999999", linewidth=0.7)
    left.set(xlim=(0, 14), ylim=(0, 3.4), xlabel=r"wave number  $ka$", ylabel=r"structure factor  $S(k)$")
    right.set(xlim=(0, 8), ylim=(0, 3.4), xlabel=r"distance  $r/a$", ylabel=r"pair distribution  $g(r)$")
    left.legend(loc="upper right", fontsize=8.5)
    return figure


@style.use()
def yukawa(screenings: Sequence[float] = (0.0, 0.6, 1.2, 2.0), gamma: float = 100.0) -> Figure:
    """Draw S(k) of Yukawa plasmas at one coupling, and at one equivalent coupling."""
    figure, panels = style.new(1, 2, height=3.4, sharey=True)
    k = np.linspace(0.05, 12.0, 260)
    for kappa, colour, dashes in zip(screenings, PAIR_COLOURS, PAIR_STYLES, strict=False):
        same = gamma / equivalent_coupling(1.0, kappa)
        for ax, coupling in zip(panels, (gamma, same), strict=True):
            S = transport.structure_factor(k, coupling, kappa)
            label = rf"$\kappa a$ = {kappa:g}, $\Gamma$ = {coupling:.0f}"
            ax.plot(k, S, color=colour, linestyle=dashes, label=label, linewidth=1.5)
    for ax, title in zip(
        panels, (rf"the same $\Gamma$ = {gamma:g}", r"the same $\Gamma_\mathrm{eq}$"), strict=True
    ):
        ax.set(xlim=(0, 12), ylim=(0, None), xlabel=r"wave number  $ka$", title=title)
        ax.legend(loc="upper right", fontsize=8)
    panels[0].set_ylabel(r"structure factor  $S(k)$")
    return figure


@style.use()
def pairs(solution: MixtureSolution, chosen: Iterable[tuple[int, int]]) -> Figure:
    """Draw pair distributions of a mixture over the distance, and over it in each pair's own ion spheres."""
    figure, panels = style.new(1, 2, height=3.6, sharey=True)
    Z = solution.charges
    radii, r = (Z / (solution.fractions @ Z)) ** (1 / 3), np.linspace(0.1, 6.0, 300)
    for (a, b), colour, dashes in zip(chosen, PAIR_COLOURS, PAIR_STYLES, strict=False):
        words = f"{Z[a]:.0f} and {Z[b]:.0f}"
        for ax, length in zip(panels, (1.0, 0.5 * (radii[a] + radii[b])), strict=True):
            ax.plot(r, smooth(solution, a, b)(r * length), color=colour, linestyle=dashes, label=words)
    for ax in panels:
        ax.axhline(1.0, color="#999999", linewidth=0.7)
        ax.set(xlim=(0, 6), ylim=(0, None))
    panels[0].set(xlabel=r"distance  $r/a$", ylabel=r"pair distribution  $g_{ab}(r)$")
    panels[1].set_xlabel(r"in own ion spheres  $2r/(a_a + a_b)$")
    panels[1].legend(loc="lower right", fontsize=8.5, title="charges", title_fontsize=8.5)
    return figure


def smooth(solution: MixtureSolution, a: int, b: int) -> CubicSpline:
    """Pair distribution of two species of a solved mixture, over r in a."""
    return CubicSpline(solution.r, solution.g[a, b])


@style.use()
def partial(ions: Mixture) -> Figure:
    """Draw partial structure factors of a mixture, and the charge-charge one that they make up."""
    figure, ax = style.new(height=3.6)
    k = FINE_K * ions.wave_number
    S, S_zz = transport.mixture_structure(k, ions.gamma_e, ions.charges, ions.fractions, ions.screening)
    first, second = np.triu_indices(len(ions.charges))
    for a, b, colour, dashes in zip(first, second, PAIR_COLOURS, PAIR_STYLES, strict=False):
        words = f"{ions.charges[a]:.0f}, {ions.charges[b]:.0f}"
        ax.plot(k, S[a, b], color=colour, linestyle=dashes, linewidth=1.4, label=words)
    ax.plot(k, S_zz, linewidth=2.6, label=r"$S_{zz}$", **SOLVED)
    ax.set(xlim=(0, k[-1]), xlabel=r"wave number  $ka$", ylabel=r"$S_{ab}(k)$")
    ax.legend(loc="upper right", ncols=2, fontsize=8.5, title="charges", title_fontsize=8.5)
    return figure


@style.use()
def rules(ions: Mixture) -> Figure:
    """Draw S_zz of a mixture, solved and by each rule, and what the rules miss."""
    figure, (upper, lower) = style.new(2, height=4.4, sharex=True, height_ratios=[2.2, 1.0])
    k = FINE_K * ions.wave_number
    solved = structure(ions, k)
    missed = logarithms(ions)
    upper.plot(FINE_K, solved, label=rf"solved,  $\ln\Lambda$ = {missed['solved']:.3f}", **SOLVED)
    for rule, words in RULES.items():
        S = structure(ions, k, rule)
        upper.plot(FINE_K, S, label=rf"{words},  {missed[rule]:+.2f} %", **RULE_LINES[rule])
        lower.plot(FINE_K, S - solved, **RULE_LINES[rule])
    lower.axhline(0.0, linewidth=0.8, **SOLVED)
    upper.axhline(1.0, color="#999999", linewidth=0.7, zorder=0)
    upper.set(xlim=(0, 1), ylim=(0, 2.6), ylabel=r"$S_{zz}(k)$", title=composition(ions))
    lower.set(xlabel=K_LABEL, ylabel="rule $-$ solved", ylim=(-0.5, 0.7))
    upper.legend(loc="lower right", fontsize=8.5)
    return figure


def composition(ions: Mixture) -> str:
    """Return charges with their fractions, for a title."""
    listed = ", ".join(
        f"{Z:g} ({x:.0%})" for Z, x in zip(ions.charges, ions.fractions, strict=True) if x > 0.0
    )
    return rf"Z = {listed};  $\Gamma_\mathrm{{eff}}$ = {ions.gamma_eff:.0f}"


@style.use()
def published(columns: Mapping[str, Mapping[str, Mixture]], step: float = 1.0) -> Figure:
    """Draw S_zz of many mixtures above each other, a column each for some figures of the paper."""
    figure, panels = style.new(1, len(columns), height=5.8)
    for ax, (title, stack) in zip(panels, columns.items(), strict=True):
        for place, (label, wanted) in enumerate(stack.items()):
            ions, beyond = within_bridge(wanted)
            k, up = FINE_K * ions.wave_number, step * place
            ax.axhline(1.0 + up, color="#BBBBBB", linewidth=0.6, zorder=0)
            ax.plot(FINE_K, structure(ions, k) + up, linewidth=1.4, **SOLVED)
            for rule in RULES:
                ax.plot(FINE_K, structure(ions, k, rule) + up, linewidth=1.2, **RULE_LINES[rule])
            coupling = f"{wanted.gamma_eff:.0f}" + (" *" if beyond else "")
            words = rf"{label}:  $\Gamma_\mathrm{{eff}}$ = {coupling}"
            ax.text(0.95, up + 1.42, words, fontsize=7.5, ha="right", va="center")
        ax.set(xlim=(0, 1), ylim=(0, step * (len(stack) - 1) + 2.75), xlabel=r"$k/2k_F$")
        ax.set_title(title, fontsize=9.5)
    panels[0].set_ylabel(rf"$S_{{zz}}$, each set {step:g} higher")
    looks = {"solved": SOLVED} | {words: RULE_LINES[rule] for rule, words in RULES.items()}
    handles = [panels[0].plot([], [], label=words, **look)[0] for words, look in looks.items()]
    figure.legend(handles=handles, loc="outside upper center", ncols=3, fontsize=8.5)
    return figure


@style.use()
def error_map(errors: Any, levels: Mapping[str, Sequence[float]]) -> Figure:
    """Draw what each rule misses ln Lambda by, over light nuclei's charge and share: a sweep's Dataset."""
    figure, panels = style.new(1, 2, height=3.7, sharey=True)
    for ax, rule in zip(panels, RULES, strict=True):
        x, Z = errors["share"].values, errors["light"].values
        missed = -errors[rule].transpose("light", "share").values
        filled = ax.contourf(x, Z, missed, levels[rule], cmap="YlOrBr", extend="max")
        lines = ax.contour(x, Z, missed, levels[rule][1:], colors="#222222", linewidths=0.7)
        ax.clabel(lines, fmt=lambda level: f"−{level:g} %", fontsize=8)
        filled.set_edgecolor("face")
        ax.set_title(RULES[rule], fontsize=10)
        ax.set_xlabel("number fraction of the light nuclei")
        ax.grid(False)
    panels[0].set_ylabel("charge of the light nuclei")
    return figure


@style.use()
def collapse(
    spread: ArrayLike, errors: Mapping[str, ArrayLike], named: Mapping[str, tuple[float, float]]
) -> Figure:
    """Draw errors of ln Lambda over the variance of the charge, for many mixtures; name some of rule (40)."""
    figure, ax = style.new(height=4.2)
    v = np.asarray(spread)
    marks = {"linear": ("o", style.COLOURS["corrected"]), "paper": ("s", style.COLOURS["printed"])}
    for rule, words in RULES.items():
        marker, colour = marks[rule]
        ax.plot(v, errors[rule], marker, markersize=3.5, color=colour, alpha=0.55, label=words, linewidth=0)
    for name, (at, error) in named.items():
        _point(ax, name, at, error)
    line = np.linspace(0.0, v.max(), 50)
    ax.plot(line, -400.0 / 9.0 * line, label=r"$-\frac{4}{9}\,Q_\mathrm{imp}/\langle Z\rangle^2$", **SOLVED)
    ax.set(xlim=(0, v.max()), ylim=(1.1 * np.min(errors["paper"]), 7.0))
    ax.set(
        xlabel=r"spread of the charges  $Q_\mathrm{imp}/\langle Z\rangle^2$",
        ylabel=r"error of $\ln\Lambda$  (%)",
    )
    ax.legend(loc="lower left", fontsize=9)
    return figure


def _point(ax: Axes, name: str, spread: float, error: float) -> None:
    ax.plot(spread, error, "D", markersize=6, markerfacecolor="white", color="#222222", zorder=5)
    ax.annotate(
        name,
        (spread, error),
        xytext=(26, 14),
        textcoords="offset points",
        fontsize=8.5,
        arrowprops={"arrowstyle": "-", "linewidth": 0.6},
    )
