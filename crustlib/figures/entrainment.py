"""Chapter 11: what entrains what in the core, the field of a neutron vortex, and two fluids in a star."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import k0

from crustlib.entrainment import core_matrix, mass_radius, vortex_field
from crustlib.figures import style
from crustlib.figures.entrainment_models import (
    FUNCTIONALS,
    PULSARS,
    inertia_fit,
    needed_gap,
    smooth,
    stars,
    strongest_field,
)

Array = NDArray[np.float64]

DENSITY = r"baryon density  $n$  (fm$^{-3}$)"
MASS = r"mass  ($M_\odot$)"
LINES: dict[str, dict[str, Any]] = {
    "SLy4": {"color": "#858585", "linestyle": (0, (1.2, 1.2))},
    "BSk22": {"color": "#D55E00", "linestyle": (0, (5, 1.5))},
    "BSk24": {"color": "#222222", "linestyle": "-"},
    "BSk25": {"color": "#0072B2", "linestyle": (0, (6, 1.5, 1.2, 1.5))},
    "BSk26": {"color": "#009E73", "linestyle": (0, (3, 1.5))},
}
NUCLEAR: dict[str, Any]
DRAGGED: dict[str, Any]
BOTH: dict[str, Any]
NUCLEAR, DRAGGED, BOTH = (
    {"color": "#1A7F7F", "linestyle": (0, (5, 1.5))},
    {"color": "#8C1D40", "linestyle": (0, (1.2, 1.2))},
    {"color": "#222222", "linestyle": "-"},
)


@style.use()
def matrix(highest: float = 0.6) -> style.Figure:
    """Draw rho_np / rho and the flux of a neutron vortex over the density, in beta equilibrium."""
    figure, (left, right) = style.new(1, 2, height=3.7)
    n = np.linspace(0.07, highest, 60)
    for name, look in LINES.items():
        core = core_matrix(n, functional=name)
        left.plot(n, core.rho_np, label=name, **look)
        right.plot(n, core.flux_fraction, **look)
    left.set(xlabel=DENSITY, ylabel=r"$\rho_{np}/\rho$", ylim=(None, 0.0))
    right.set(xlabel=DENSITY, ylabel=r"$\Phi_\star/\Phi_0$", ylim=(None, 0.0))
    left.legend(loc="lower left", fontsize=8.5)
    return figure


@style.use()
def clusters(functional: str = "BSk24", gap_p: "tuple[float, ...]" = (0.1, 0.3, 1.0)) -> style.Figure:
    """Draw which neutron gap makes a vortex's field exceed H_c1: anywhere in a star, and by density."""
    figure, (left, right) = style.new(1, 2, height=3.7)
    gaps = np.geomspace(0.03, 10.0, 20)
    for name in FUNCTIONALS:
        left.plot(gaps, strongest_field(gaps, name), label=name, **LINES[name])
    left.axhline(1.0, color="#999999", linewidth=0.9)
    left.axvspan(0.05, 0.15, color="#F6F1DC", zorder=0)
    style.log_axis(left.xaxis, r"neutron gap  $\Delta_n$ (MeV)")
    left.set(ylabel=r"highest $B/H_{c1}$ outside the core", ylim=(0.0, 1.8), xlim=(gaps[0], gaps[-1]))
    n = np.linspace(0.08, 0.5, 300)
    for gap, look in zip(gap_p, (LINES["BSk22"], LINES["BSk24"], LINES["BSk25"]), strict=False):
        needed = needed_gap(n, gap, functional)
        right.plot(n, needed, label=rf"$\Delta_p$ = {gap:g} MeV", **look)
        right.plot(n[np.isfinite(needed)][-1], needed[np.isfinite(needed)][-1], "o", color=look["color"])
    right.axhspan(0.05, 0.15, color="#F6F1DC", zorder=0)
    style.log_axis(right.yaxis, r"least neutron gap  $\Delta_n$ (MeV)")
    right.set(xlabel=DENSITY, xlim=(n[0], n[-1]), ylim=(0.03, 100.0))
    left.legend(loc="lower right", fontsize=8.5)
    right.legend(loc="upper right", fontsize=8.5)
    return figure


@style.use()
def vortex(
    baryon_density: float, gap_n: float, functional: str = "BSk24", gap_p: float = 0.6
) -> style.Figure:
    """Draw the entrainment matrix, and the field around a neutron vortex against H_c1."""
    figure, (left, right) = style.new(1, 2, height=3.5, width_ratios=[1.0, 1.6])
    core = core_matrix(baryon_density, functional=functional)
    field = vortex_field(baryon_density, gap_n, gap_p, functional)
    names = [r"$\rho_{nn}$", r"$\rho_{pp}$", r"$-\rho_{np}$", r"$-\Phi_\star/\Phi_0$"]
    values = [core.rho_nn, core.rho_pp, -core.rho_np, -core.flux_fraction]
    left.barh(names, values, color=["#D28700", "#CC79A7", "#858585", "#0072B2"])
    for row, value in enumerate(values):
        left.text(min(value, 0.8), row, f" {value:.3f}", va="center", fontsize=8.5)
    left.set(xlim=(0, 1.05), xlabel=r"over $\rho$, or $\Phi_0$")
    left.invert_yaxis()
    r = np.geomspace(5.0, 500.0, 60)
    depth = field.penetration_depth
    shape = k0(r / depth) / k0(field.coherence_n / depth)
    right.plot(r, field.core_field * shape / 1e14, color="#222222", label="field of the vortex")
    right.axhline(field.lower_critical_field / 1e14, label=r"$H_{c1}$", **DRAGGED)
    right.axvspan(r[0], field.coherence_n, color="#E4E4E4", zorder=0, label="vortex's core")
    style.log_axis(right.xaxis, r"distance  $r$ (fm)")
    right.set(xlim=(r[0], r[-1]), ylim=(0, 9), ylabel=r"$10^{14}$ G")
    right.minorticks_off()
    right.legend(loc="upper right", fontsize=8)
    return figure


@style.use()
def mass_and_inertia(names: "tuple[str, ...]" = FUNCTIONALS, fitted: str = "BSk24") -> style.Figure:
    """Draw masses over radii beside NICER's, and I over mass beside a fit to many equations of state."""
    figure, (left, right) = style.new(1, 2, height=4.2)
    density = np.geomspace(0.26, 1.2, 16)
    for name in names:
        star = mass_radius(density, name)
        stable = np.arange(density.size) <= star.mass.argmax()
        left.plot(star.radius[stable], star.mass[stable], label=name, **LINES[name])
        found = stars(name)
        right.plot(*smooth(found, found.two.I_surface / 1e45), **LINES[name])
        if name == fitted:
            mass, fit = smooth(found, inertia_fit(found.mass, found.two.radius) / 1e45)
            right.fill_between(
                mass, 0.966 * fit, 1.034 * fit, color="#DDDDDD", label="fit, Lattimer & Schutz"
            )
    for (name, pulsar), marker in zip(PULSARS.items(), "osv^", strict=True):
        errors = [[[pulsar[k][2]], [pulsar[k][1]]] for k in (1, 0)]
        left.errorbar(
            pulsar.radius[0], pulsar.mass[0], xerr=errors[0], yerr=errors[1],
            marker=marker, markersize=4, linewidth=0.8, color="#6A3D9A", label=name,
        )  # fmt: skip
    left.set(xlabel="radius  (km)", ylabel=MASS, xlim=(10.0, 16.5), ylim=(0.4, 2.5))
    right.set(xlabel=MASS, ylabel=r"moment of inertia  ($10^{45}$ g cm$^2$)")
    left.legend(loc="lower right", fontsize=7)
    right.legend(loc="upper left", fontsize=8.5)
    return figure


@style.use()
def coupling(functional: str = "BSk24", names: "tuple[str, ...]" = FUNCTIONALS) -> style.Figure:
    """Draw the nuclear part of I_np / I_n, that of frame dragging, and their sum; the sum by functional."""
    figure, (left, right) = style.new(1, 2, height=3.8)
    found = stars(functional)
    two = found.two
    rest = 1.0 - two.lense_thirring_pn - two.lense_thirring_nn
    nuclear, dragged = two.epsilon_n / rest, -two.lense_thirring_pn / rest
    rows: dict[str, tuple[Array, dict[str, Any]]] = {
        "nuclear forces": (nuclear, NUCLEAR),
        "frame dragging": (dragged, DRAGGED),
    }
    rows["both"] = (nuclear + dragged, BOTH)
    for words, (values, look) in rows.items():
        left.plot(*smooth(found, values), label=words, **look)
    for name in names:
        other = stars(name)
        right.plot(*smooth(other, other.two.I_np / other.two.I_n), label=name, **LINES[name])
    for ax, label in ((left, rf"parts of $I_{{np}}/I_n$, {functional}"), (right, r"$I_{np}/I_n$")):
        ax.axhline(0.0, color="#999999", linewidth=0.9)
        ax.set(xlabel=MASS, ylabel=label)
    left.legend(loc="lower left", fontsize=8.5)
    right.legend(loc="lower left", fontsize=8.5)
    return figure


@style.use()
def star(mass: float, functional: str = "BSk24") -> style.Figure:
    """Draw where a star's moment of inertia sits, and what couples its two fluids."""
    found = stars(functional)
    at = {
        field: np.interp(mass, *smooth(found, np.asarray(getattr(found.two, field))))
        for field in ("I_n", "I_p", "I_np", "I_surface", "epsilon_p", "crust_fraction", "gas_fraction",
                      "lense_thirring_np", "lense_thirring_pp", "radius")
    }  # fmt: skip
    figure, (left, right) = style.new(1, 2, height=3.3)
    total = at["I_surface"]
    names = ["neutrons, core", "protons, core", "crust", "its free neutrons"]
    crust = at["crust_fraction"]
    shares = [at["I_n"] / total, at["I_p"] / total - crust, crust, at["gas_fraction"]]
    _bars(left, names, shares, ["#D28700", "#CC79A7", "#009E73", "#D55E00"], 1.0)
    left.set(xlabel=f"share of I = {total / 1e45:.2f}e45 g cm², R = {at['radius']:.1f} km")
    rest = 1.0 - at["lense_thirring_np"] - at["lense_thirring_pp"]
    parts = [at["epsilon_p"] / rest, -at["lense_thirring_np"] / rest, at["I_np"] / at["I_p"]]
    _bars(right, ["nuclear forces", "frame dragging", "both"], parts, ["#1A7F7F", "#8C1D40", "#222222"], 1.2)
    right.set(xlabel=r"parts of $I_{pn}/I_p$", xlim=(-1.0, 1.2))
    return figure


def _bars(
    ax: Any, names: Sequence[str], values: Sequence[float], colours: Sequence[str], most: float
) -> None:
    ax.barh(names, values, color=colours)
    for row, value in enumerate(values):
        ax.text(min(max(value, 0.0), 0.75 * most), row, f" {value:.3f}", va="center", fontsize=8.5)
    ax.set_xlim(0.0, 1.05 * most)
    ax.invert_yaxis()
