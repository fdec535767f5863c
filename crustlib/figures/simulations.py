"""Chapter 9: simulated liquids of ions, over what the solved equations and the mixing rules say of them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.signal import find_peaks

from crustlib import transport
from crustlib.figures import structure, style
from crustlib.figures.structure import RULE_LINES, RULES, SOLVED, Mixture
from crustlib.matter.coulomb import MADELUNG_BCC

Array = NDArray[np.float64]

POINTS = {"fmt": "o", "color": "#D28700", "markersize": 2.6, "elinewidth": 0.9, "zorder": 4}
BAND = {"color": POINTS["color"], "alpha": 0.35, "linewidth": 0}
THEORY = {"hnc": SOLVED} | RULE_LINES
WORDS = {"hnc": "solved"} | RULES
MARKS = {"hnc": "o", "linear": "s", "paper": "D"}
RARE = 0.02  # of all ions: species below join the nearest one above before the equations are solved
BIN = 0.02  # of 2 k_F, width of the bins that figures draw
SECOND_SHELL = (2.4, 4.2)  # r/a
LONG_WAVES = 1.0  # ka
PROMINENCE = 0.01  # of a peak of g(r), above the noise


class Comparison(NamedTuple):
    """A simulation, and what theory says of it.

    Attributes: the `run`; its `ions`; `curves`, S_zz at the run's wave numbers, solved ("hnc") and by each
    of RULES; `beyond`, whether the last coupling of the bridge function stands in; `logarithm` with its
    standard `error`; `missed`, by how many per cent each curve's logarithm differs from it.
    """

    run: xr.Dataset
    ions: Mixture
    curves: dict[str, Array]
    beyond: bool
    logarithm: float
    error: float
    missed: dict[str, float]

    @property
    def uncertainty(self) -> float:
        """Standard error of the logarithm in per cent."""
        return 100.0 * self.error / self.logarithm

    def deviations(self, rule: str) -> float:
        """By how many standard errors a curve's logarithm differs."""
        return self.missed[rule] / self.uncertainty


class Order(NamedTuple):
    """What would tell a crystal from a liquid in a run.

    Attributes: `highest`, the largest S_zz of any length of k, mean over the run; `trend` of the first peak
    from the run's begin to its end with its standard error `trend_error`, parts of the peak; `shells`, maxima
    of the most abundant ions' g(r) where a liquid has one and a crystal several; `alike`, the largest
    structure factor of the ions of one charge at ka < 1, as large as their number where kinds have separated.
    """

    highest: float
    trend: float
    trend_error: float
    shells: int
    alike: float


def ions_of(run: xr.Dataset, x_r: float = 10.0) -> Mixture:
    """Return the ions in a simulation's box, all species, among electrons of a relativity parameter."""
    box = json.loads(run.attrs["settings"])
    Z, counts = np.array(box["charges"], dtype=float), np.array(box["counts"], dtype=float)
    x = counts / counts.sum()
    return Mixture(float(box["gamma"] / (x @ Z ** (5 / 3))), Z, x, x_r, float(box["screening"]))


def common(ions: Mixture, least: float = RARE) -> Mixture:
    """Return the mixture with species rarer than `least` counted with the nearest charge that is not."""
    often = ions.fractions >= least
    nearest = np.abs(ions.charges[:, np.newaxis] - ions.charges[often]).argmin(1)
    fractions = np.bincount(nearest, weights=ions.fractions).astype(np.float64)
    return ions._replace(charges=ions.charges[often], fractions=fractions)


def compare(run: xr.Dataset, x_r: float = 10.0) -> Comparison:
    """Hold a simulation against the solved equations and the rules.

    All logarithms are sums over the same wave numbers, those of the box, so that their differences are not
    those of two quadratures.
    """
    ions, k = ions_of(run, x_r), run["k"].values
    solvable, beyond = structure.within_bridge(common(ions))
    curves = {"hnc": structure.structure(solvable, k)}
    curves |= {rule: structure.structure(ions, k, rule) for rule in RULES}
    value, error = transport.simulated_logarithm(run, x_r)
    missed = {rule: 100.0 * (_logarithm(run, S, x_r) / value - 1.0) for rule, S in curves.items()}
    return Comparison(run, ions, curves, beyond, value, error, missed)


def _logarithm(run: xr.Dataset, S: Array, x_r: float) -> float:
    same = xr.Dataset({"S_zz_blocks": (("block", "k"), np.stack([S, S]))}, {"k": run["k"]}, run.attrs)
    return transport.simulated_logarithm(same, x_r)[0]


def averaged(run: xr.Dataset, values: Array) -> Array:
    """Means of values (..., k) over bins of the wave number, each of the box's vectors counted once."""
    place = _places(run)
    weights = run["vectors"].values
    sums = [np.bincount(place, weights * row) for row in np.atleast_2d(values)]
    total = np.bincount(place, weights)
    return (np.array(sums)[:, total > 0] / total[total > 0]).squeeze()


def _places(run: xr.Dataset) -> NDArray[np.int64]:
    return (run["k"].values / run.attrs["k_max"] / BIN).astype(np.int64)


def binned(run: xr.Dataset) -> tuple[Array, Array, Array]:
    """Return k/2k_F, S_zz and its standard error in bins."""
    blocks = averaged(run, run["S_zz_blocks"].values)
    error = blocks.std(0, ddof=1) / np.sqrt(len(blocks))
    return averaged(run, run["k"].values) / run.attrs["k_max"], blocks.mean(0), error


def order(found: Comparison) -> Order:
    """Look for a crystal, or for kinds that keep to themselves, in a run."""
    run, solved = found.run, found.curves["hnc"]
    k, vectors = run["k"].values, run["vectors"].values
    peak = solved > 0.9 * solved.max()
    heights = run["S_zz_blocks"].values[:, peak] @ vectors[peak] / vectors[peak].sum()
    t = np.linspace(-0.5, 0.5, len(heights))
    slope, covariance = np.polyfit(t, heights / heights.mean(), 1, cov=True)
    alike = np.einsum("aak->ak", run["S_ab"].values)[:, k < LONG_WAVES]
    return Order(
        float(run["S_zz"].max()),
        float(slope[0]),
        float(np.sqrt(covariance[0, 0])),
        _shells(run),
        float(alike.max()),
    )


def _shells(run: xr.Dataset) -> int:
    """Count the maxima of the most abundant ions' g(r) beyond the first minimum of a liquid."""
    most = int(run["ions"].values.argmax())
    g, r = run["g_ab"].values[most, most], run["r"].values
    smooth = np.convolve(g, np.full(5, 0.2), mode="same")
    peaks = find_peaks(smooth, prominence=PROMINENCE)[0]
    return int(((r[peaks] > SECOND_SHELL[0]) & (r[peaks] < SECOND_SHELL[1])).sum())


def slopes(run: xr.Dataset, at: Sequence[float], half_width: float = 0.15) -> list[float]:
    """Return dS_zz/d(ka) at some ka, of straight lines through what lies `half_width` to either side."""
    k, S, weights = run["k"].values, run["S_zz"].values, np.sqrt(run["vectors"].values)
    windows = [np.abs(k - place) < half_width for place in at]
    return [float(np.polyfit(k[near], S[near], 1, w=weights[near])[0]) for near in windows]


def above_crystal(run: xr.Dataset) -> tuple[float, float]:
    """Return by how much ions of one kind exceed a harmonic crystal's energy, in kT, and the error."""
    gamma = run.attrs["gamma"]
    crystal = -MADELUNG_BCC * gamma + 1.5 * run["temperature"].item()
    return run["u_ex"].item() - crystal, run["u_ex_error"].item()


def _points(ax: Any, run: xr.Dataset, up: float = 0.0, **changed: Any) -> Any:
    y, S, error = binned(run)
    return ax.errorbar(y, S + up, error, **POINTS | changed)


def _key(figure: style.Figure, ax: Any, rules: Sequence[str]) -> None:
    handles = [_empty(ax)] + [ax.plot([], [], label=WORDS[rule], **THEORY[rule])[0] for rule in rules]
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles), fontsize=8.5)


def _empty(ax: Any) -> Any:
    return ax.errorbar([], [], [], label="simulated", **POINTS)


@style.use()
def live(run: xr.Dataset) -> style.Figure:
    """Draw S(k) of ions of one kind, over the solved one."""
    figure, ax = style.new(height=3.0)
    k, ions = run["k"].values, ions_of(run)
    ax.plot(k / run.attrs["k_max"], structure.structure(ions, k), label="solved", **SOLVED)
    _points(ax, run, label=f"{size(run)} nuclei, simulated just now")
    ax.set(xlim=(0, 1), ylim=(0, None), xlabel=structure.K_LABEL, ylabel=r"structure factor  $S(k)$")
    ax.legend(loc="lower right", fontsize=8.5)
    return figure


def size(run: xr.Dataset) -> int:
    """Return how many ions the box holds."""
    return int(sum(json.loads(run.attrs["settings"])["counts"]))


@style.use()
def stacks(columns: Mapping[str, Mapping[str, Comparison]], step: float = 1.0) -> style.Figure:
    """Draw simulated S_zz above each other, a column for each kind, over the solved curve and the rules."""
    figure, panels = style.new(1, len(columns), height=6.0, sharey=True, squeeze=False)
    mixed = any(len(found.ions.charges) > 1 for stack in columns.values() for found in stack.values())
    rules = list(THEORY) if mixed else ["hnc"]
    for ax, (title, stack) in zip(panels.flat, columns.items(), strict=True):
        for place, (label, found) in enumerate(stack.items()):
            _stacked(ax, label, found, step * place, rules)
        ax.set(xlim=(0, 1), xlabel=r"$k/2k_F$")
        ax.set_title(title, fontsize=9.5)
    tallest = max(found.curves["linear"].max() for stack in columns.values() for found in stack.values())
    longest = max(len(stack) for stack in columns.values())
    panels[0, 0].set_ylim(0.0, step * (longest - 1) + tallest + 0.2)
    panels[0, 0].set_ylabel(rf"$S_{{zz}}$, each set {step:g} higher")
    _key(figure, panels[0, 0], rules)
    return figure


def _stacked(ax: Any, label: str, found: Comparison, up: float, rules: Sequence[str]) -> None:
    y = found.run["k"].values / found.run.attrs["k_max"]
    ax.axhline(1.0 + up, color="#BBBBBB", linewidth=0.6, zorder=0)
    for rule in rules:
        ax.plot(y, found.curves[rule] + up, linewidth=1.2, **THEORY[rule])
    _points(ax, found.run, up)
    star = " *" if found.beyond else ""
    ax.text(0.97, up + 1.36, f"{label}{star}", fontsize=8, ha="right", va="center")


@style.use()
def mixtures(compared: Mapping[str, Comparison]) -> style.Figure:
    """Draw simulated S_zz of mixtures over the solved curve and the rules, and what these miss."""
    figure, panels = style.new(
        2, len(compared), height=5.2, sharex=True, sharey="row", height_ratios=[1.7, 1.0], squeeze=False
    )
    for (upper, lower), (title, found) in zip(panels.T, compared.items(), strict=True):
        k = found.run["k"].values / found.run.attrs["k_max"]
        y, S, error = binned(found.run)
        for rule, curve in found.curves.items():
            upper.plot(k, curve, **THEORY[rule])
            lower.plot(y, averaged(found.run, curve) - S, **THEORY[rule])
        _points(upper, found.run)
        lower.fill_between(y, -2.0 * error, 2.0 * error, **BAND)
        upper.axhline(1.0, color="#999999", linewidth=0.7, zorder=0)
        upper.set_title(title, fontsize=9.5)
        lower.set(xlim=(0, 1), xlabel=structure.K_LABEL, ylim=(-0.36, 0.52))
    panels[0, 0].set(ylabel=r"$S_{zz}(k)$", ylim=(0, None))
    panels[1, 0].set_ylabel("theory $-$ simulation")
    _key(figure, panels[0, 0], list(THEORY))
    return figure


@style.use()
def pairs(chosen: Mapping[str, Comparison], step: float = 1.0) -> style.Figure:
    """Draw simulated pair distributions, of the most abundant ions and with the rarest of those stored."""
    figure, panels = style.new(1, 2, height=4.6, sharey=True)
    for place, (label, found) in enumerate(chosen.items()):
        Z, counts = found.run["Z"].values, found.run["ions"].values
        for ax, other in zip(panels, (counts.argmax(), counts.argmin()), strict=True):
            _pair(ax, found, int(other), step * place, SOLVED | {"linewidth": 1.1})
            star = " *" if found.beyond else ""
            words = f"{label}: {Z[counts.argmax()]:.0f} and {Z[other]:.0f}{star}"
            ax.text(7.9, step * place + 1.32, words, fontsize=8, ha="right")
    for ax, title in zip(panels, ("the most abundant", "the most abundant and a rarer one"), strict=True):
        ax.set(xlim=(0, 8), ylim=(0, None), xlabel=r"distance  $r/a$")
        ax.set_title(title, fontsize=9.5)
    panels[0].set_ylabel(rf"$g_{{ab}}(r)$, each {step:g} higher")
    _key(figure, panels[0], ["hnc"])
    return figure


@style.use()
def second_peaks(compared: Mapping[str, Comparison], steps: tuple[float, float] = (0.6, 1.2)) -> style.Figure:
    """Draw S_zz beyond its first peak, and g(r) of the most abundant ions, over the solved liquid's."""
    figure, (left, right) = style.new(1, 2, height=4.4)
    for place, (label, found) in enumerate(compared.items()):
        run, up = found.run, steps[0] * place
        line = SOLVED | {"linestyle": "--" if found.beyond else "-", "linewidth": 1.1}
        y, S, error = binned(run)
        left.errorbar(y * run.attrs["k_max"], S + up, error, **POINTS)
        left.plot(run["k"].values, found.curves["hnc"] + up, **line)
        left.axhline(1.0 + up, color="#BBBBBB", linewidth=0.6, zorder=0)
        left.text(11.4, 1.2 + up, label, fontsize=8, ha="right")
        _pair(right, found, int(run["ions"].values.argmax()), steps[1] * place, line)
    left.set(xlim=(5.4, 11.5), ylim=(0.5, 1.6 + up), xlabel=r"wave number  $ka$")
    left.set_ylabel(rf"$S_{{zz}}$, each {steps[0]:g} higher")
    right.set(xlim=(1, 6), ylim=(0, None), xlabel=r"distance  $r/a$")
    right.set_ylabel(rf"$g_{{aa}}(r)$, each {steps[1]:g} higher")
    return figure


def _pair(ax: Any, found: Comparison, other: int, up: float, line: Mapping[str, Any]) -> None:
    """Draw g(r) of the most abundant ions and others, simulated and solved."""
    ions, _ = structure.within_bridge(common(found.ions))
    solution = transport.solve_mixture(ions.gamma_e, ions.charges, ions.fractions, ions.screening)
    Z, r = found.run["Z"].values, found.run["r"].values.reshape(-1, 2).mean(-1)  # bins in pairs
    most = int(found.run["ions"].values.argmax())
    first, second = (int(np.abs(ions.charges - Z[j]).argmin()) for j in (most, other))
    ax.axhline(1.0 + up, color="#BBBBBB", linewidth=0.6, zorder=0)
    ax.plot(r, structure.smooth(solution, first, second)(r) + up, **line)
    g = found.run["g_ab"].values[most, other].reshape(-1, 2).mean(-1)
    ax.plot(r, g + up, "o", color=POINTS["color"], markersize=2.2)


@style.use()
def verdict(compared: Mapping[str, Comparison]) -> style.Figure:
    """Draw by how much the solved equations and each rule miss simulated Coulomb logarithms."""
    figure, ax = style.new(height=0.26 * len(compared) + 1.3)
    rows = np.arange(len(compared))[::-1]
    errors = np.array([found.uncertainty for found in compared.values()])
    ax.barh(
        rows, 4.0 * errors, left=-2.0 * errors, height=0.62, color=POINTS["color"], alpha=0.35, linewidth=0
    )
    for rule, shift in zip(THEORY, (0.2, 0.0, -0.2), strict=True):
        values = [found.missed[rule] for found in compared.values()]
        look = {"color": THEORY[rule]["color"], "linestyle": "none", "marker": MARKS[rule], "markersize": 4.5}
        ax.plot(values, rows + shift, label=WORDS[rule], **look)
    ax.axvline(0.0, color="#999999", linewidth=0.8, zorder=0)
    ax.set_yticks(rows, list(compared), fontsize=8.5)
    ax.minorticks_off()
    ax.set(xlabel=r"$\ln\Lambda$ of theory $-$ simulation  (%)", ylim=(-0.6, len(rows) - 0.4))
    ax.legend(loc="lower left", fontsize=8.5)
    return figure
