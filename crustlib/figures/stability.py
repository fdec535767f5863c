"""Chapter 8: where uniform matter is unstable, figure 3's four systems, and what follows the crust."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from crustlib import balance, crusts
from crustlib.figures import stability_models as models
from crustlib.figures import style
from crustlib.figures.stability_models import COLD, SYSTEMS

Array = NDArray[np.float64]

BARYONS = r"baryon density  $n_B$  (fm$^{-3}$)"
NUCLEAR, STELLAR, LUMPS = style.COLOURS["neutrons"], style.COLOURS["electrons"], "#8C1D40"
UNIFORM: Any = (0, (5, 1.5))
LOOKS: dict[str, dict[str, Any]] = {
    which: {
        "color": NUCLEAR if "nuclear" in which else STELLAR,
        "linestyle": "-" if which.startswith("clustered") else UNIFORM,
    }
    for which in SYSTEMS
}


@style.use()
def region(temperature: float = COLD, functional: str = "BSk25") -> style.Figure:
    """Draw where uniform matter is unstable in the plane of densities, and where matter in stars passes."""
    figure, (left, right) = style.new(1, 2, height=4.0)
    bare = balance.spinodal(functional, temperature, number=60)
    lumps = balance.spinodal(functional, temperature, True, None, number=30)
    found = models.ripples(functional, temperature, 60)
    for ax in (left, right):
        ax.fill(bare.neutron_density, bare.proton_density, color="#F9E7C4", zorder=0)
        ax.plot(bare.neutron_density, bare.proton_density, color=NUCLEAR, label="no electrons: phases")
        ax.fill(lumps.neutron_density, lumps.proton_density, facecolor="none", edgecolor="#D5A6B3",
                hatch="////", linewidth=0.0, zorder=1)  # fmt: skip
        ax.plot(lumps.neutron_density, lumps.proton_density, color=LUMPS, linestyle=(0, (3, 1.5)),
                label="electrons: ripples only")  # fmt: skip
        ax.plot(found.neutron_density, found.proton_density, color=STELLAR, linestyle=(0, (6, 1.5, 1.2, 1.5)),
                label="beta equilibrium")  # fmt: skip
    _arrows(left, bare)
    left.set(xlim=(0, 0.115), ylim=(0, 0.115), ylabel=r"protons  $n_p$  (fm$^{-3}$)")
    left.set_aspect("equal")
    style.log_axis(right.yaxis, "")
    right.set(xlim=(0, 0.115), ylim=(1e-6, 0.2))
    for ax in (left, right):
        ax.set_xlabel(r"neutrons  $n_n$  (fm$^{-3}$)")
    right.legend(loc="lower right", fontsize=8)
    figure.suptitle(rf"{functional}, $T$ = {temperature:g} MeV", fontsize=10)
    return figure


def _arrows(ax: Any, bare: balance.Spinodal, number: int = 9, length: float = 0.008) -> None:
    """Draw the direction in which matter falls apart, at points of the dense side evenly spaced."""
    half = bare.neutron_density.size // 2
    n_n, n_p, direction = bare.neutron_density[half:], bare.proton_density[half:], bare.direction[half:]
    if half == 0:
        return
    way = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(n_n), np.diff(n_p)))])
    for at in np.linspace(0.08, 0.92, number) * way[-1]:
        x, y, slope = (float(np.interp(at, way, row)) for row in (n_n, n_p, direction))
        if min(x, y) < 0.006:  # beside an axis
            continue
        step = np.array([1.0, slope]) / np.hypot(1.0, slope) * length
        ax.annotate("", (x + step[0], y + step[1]), (x - step[0], y - step[1]),
                    arrowprops={"arrowstyle": "<->", "color": "#555555", "linewidth": 0.9})  # fmt: skip


@style.use()
def four_systems(functional: str = "BSk25") -> style.Figure:
    """Draw mu_n over the density and over the pressure for the four systems of the paper's figure 3."""
    figure, (left, right) = style.new(1, 2, height=4.2, sharey=True)
    for which, look in LOOKS.items():
        found = models.system(which, functional)
        left.plot(found.density, found.mu_n, label=which, **look)
        right.plot(found.pressure, found.mu_n, **look)
    left.set(xlim=(0, 0.1), ylim=(-14, 14), ylabel=r"$\mu_n - m_n$  (MeV)")
    left.set_xlabel(r"$n_n$ (nuclear) or $n_B$ (stellar)  (fm$^{-3}$)")
    right.set(xlim=(-0.7, 0.4), xlabel=r"pressure, of baryons or total  (MeV fm$^{-3}$)")
    left.legend(loc="lower left", fontsize=7.5)
    zoom = right.inset_axes((0.09, 0.56, 0.45, 0.4))
    for which in SYSTEMS[2:]:
        found = models.system(which, functional)
        zoom.plot(found.pressure, found.mu_n, **LOOKS[which])
    zoom.set(xlim=(0, 0.3), ylim=(6, 13))
    zoom.tick_params(labelsize=7)
    return figure


@style.use()
def eigenvalues(functional: str = "BSk25") -> style.Figure:
    """Draw the smaller eigenvalue along beta equilibrium, and how it depends on the wave number."""
    figure, (left, right) = style.new(1, 2, height=3.8, sharey=True)
    found = models.ripples(functional)
    rows: dict[str, tuple[Array, dict[str, Any]]] = {
        "no electrons": (found.nuclear.least, {"color": NUCLEAR, "linestyle": UNIFORM}),
        "electrons, long waves": (found.stellar.least, {"color": STELLAR}),
        "electrons, worst wave": (found.worst.least, {"color": LUMPS, "linestyle": (0, (3, 1.5))}),
    }
    for words, (values, look) in rows.items():
        left.plot(found.baryon_density, values, label=words, **look)
    k = np.linspace(0.0, 0.8, 120)
    for n, shade in ((0.005, "#BDBDBD"), (0.02, "#8C8C8C"), (0.05, "#5A5A5A"), (0.09, "#111111")):
        row = int(np.argmin(abs(found.baryon_density - n)))
        waves = models.waves(found, row, k, functional)
        right.plot(k, waves, color=shade, label=rf"$n_B$ = {n:g} fm$^{{-3}}$")
    for ax in (left, right):
        ax.axhline(0.0, color="#999999", linewidth=0.9)
    style.log_axis(left.xaxis, BARYONS)
    left.set(xlim=(1e-3, 0.16), ylim=(-420, 420), ylabel=r"smaller eigenvalue  (MeV fm$^3$)")
    right.set(xlim=(0, 0.8), xlabel=r"wave number  $k$  (fm$^{-1}$)")
    left.legend(loc="upper right", fontsize=8)
    right.legend(loc="lower right", fontsize=8)
    return figure


@style.use()
def crossing(functional: str = "BSk25") -> style.Figure:
    """Draw by how much clustered matter is ahead of uniform matter, and the ways from one to the other."""
    figure, (left, right) = style.new(1, 2, height=4.0)
    looks: dict[str, tuple[str, Any]] = {
        "exact": (style.COLOURS["nuclei"], "-"),
        "constant": ("#858585", (0, (5, 1.5))),
    }
    for saturation, (colour, dash) in looks.items():
        end = crusts.transition(COLD, functional=functional, saturation=saturation)
        n = np.linspace(0.03, end.density, 40)
        ahead = models.ahead(tuple(n), functional, saturation)
        left.plot(n, 1e3 * ahead, color=colour, linestyle=dash, label=rf"{saturation} $n_\mathrm{{sat}}$")
    left.axhline(0.0, color="#999999", linewidth=0.9)
    if functional == "BSk25":
        left.plot(
            0.0742, 0.0, "D", color=style.COLOURS["printed"], markersize=5, label="the paper's transition"
        )
    left.set(xlim=(0.03, 0.085), xlabel=BARYONS, ylabel="clustered less uniform  (keV per baryon)")
    left.legend(loc="upper left", fontsize=8)
    end = crusts.transition(COLD, functional=functional)
    clustered = crusts.nse(np.linspace(0.035, end.density, 40), COLD, functional=functional)
    uniform = crusts.homogeneous(np.linspace(0.055, 0.09, 40), COLD, functional=functional)
    lines: list[tuple[str, Any, str, Any]] = [
        ("clustered", clustered, style.COLOURS["nuclei"], "-"),
        ("uniform", uniform, "#222222", UNIFORM),
    ]
    ways: tuple[tuple[str, str, Any, str, Any], ...] = (
        ("coexistence", "coexistence", end.coexistence, LUMPS, (0, (3, 1.5))),
        ("matched", "pressure", end.matched, "#6A3D9A", (0, (6, 1.5, 1.2, 1.5))),
    )
    for words, matching, window, colour, dashes in ways:
        if window is not None:
            n = np.linspace(window[0], window[1], 30)
            path = crusts.matched(n, COLD, functional=functional, matching=matching)
            lines.append((words, path, colour, dashes))
    for words, matter, colour, dashes in lines:
        right.plot(matter["baryon_density"], matter["pressure"], label=words, color=colour, linestyle=dashes)
    right.axvline(end.density, color="#999999", linewidth=0.9)
    right.set(xlim=(0.035, 0.09), xlabel=BARYONS, ylabel=r"pressure  $P$  (MeV fm$^{-3}$)")
    right.legend(loc="upper left", fontsize=8)
    return figure
