"""Chapter 12, second half: neutrons as waves in the crystal, and how many flow with pairing's help."""

from typing import Any

import numpy as np
from matplotlib.ticker import NullFormatter
from numpy.typing import NDArray

from crustlib.figures import bands_models as models
from crustlib.figures import bands_waves as waves
from crustlib.figures import style

Array = NDArray[np.float64]

GAP = r"pairing gap  $\Delta$  (MeV)"
FRACTION = r"superfluid fraction  $f_s$  of all neutrons"
LINES: dict[str, dict[str, Any]] = {
    "relaxed": {"color": "#1A7F7F", "linestyle": "-", "linewidth": 2.2, "label": "phase relaxed"},
    "rigid": {"color": "#8C1D40", "linestyle": (0, (5, 1.5)), "label": "as printed: rigid phase"},
    "intraband": {"color": "#555555", "linestyle": (0, (1.2, 1.2)), "label": "intraband alone"},
    "bound": {"color": "#222222", "linestyle": "-", "linewidth": 1.0, "label": "Leggett's bound"},
    "hydro": {
        "color": "#0072B2",
        "linestyle": (0, (6, 1.5, 1.2, 1.5)),
        "linewidth": 1.2,
        "label": "potential flow",
    },
}
TALK = 0.9  # the slides' conclusion, "rho_ns / rho_n >~ 90 %"


@style.use()
def bands(baryon_density: float = 0.03, half: float = 0.25) -> style.Figure:
    """Draw the bands along lines in the zone: all of them, and those within `half` MeV of the Fermi level."""
    c, fermi = models.neutrons(baryon_density), models.fermi_level(baryon_density)
    found = waves.path(baryon_density)
    figure, (left, right) = style.new(1, 2, height=4.3, width_ratios=[1.0, 1.5])
    figure.set_dpi(110)  # so many lines make a large picture
    most = min(map(len, found.levels))
    left.plot(found.coarse, np.array([e[:most] for e in found.levels]), color="#222222", linewidth=0.35)
    left.axhline(fermi, color="#D55E00", linewidth=1.2)
    left.axhline(c.potential.max(), color="#0072B2", linewidth=1.0, linestyle="--")
    left.set(ylabel="energy  (MeV)", ylim=(-37.0, 15.0))
    for k, energies in zip(found.fine, found.lines, strict=True):
        shown = (np.abs(energies - fermi) < 2.0 * half).any(axis=0)
        right.plot(k, 1e3 * (energies[:, shown] - fermi), color="#222222", linewidth=0.7)
    right.axhline(0.0, color="#D55E00", linewidth=1.2)
    right.set(ylabel="energy over the Fermi level  (keV)", ylim=(-1e3 * half, 1e3 * half))
    for ax in (left, right):
        ax.set_xlim(found.corners[[0, -1]])
        ax.set_xticks(found.corners, [r"$\Gamma$", "H", "N", r"$\Gamma$", "P", "H"])
        ax.minorticks_off()
        ax.grid(visible=False)
        for corner in found.corners[1:-1]:
            ax.axvline(corner, color="#BBBBBB", linewidth=0.8, zorder=0)
    return figure


@style.use()
def fermi_surface(baryon_density: float = 0.03) -> style.Figure:
    """Draw cuts of the Fermi surface: in all zones, by the waves that are there, and close up in one zone."""
    c, found = models.neutrons(baryon_density), waves.plane(baryon_density)
    figure, (left, right) = style.new(1, 2, height=3.7, width_ratios=[1.08, 1.0])
    picture = left.imshow(
        found.weight.T, origin="lower", extent=(0.0, found.k[-1], 0.0, found.k[-1]), cmap="magma_r",
        vmin=0.0, vmax=0.3, interpolation="nearest",
    )  # fmt: skip
    angle = np.linspace(0.0, 0.5 * np.pi, 100)
    gas = c.neutron_background * 0.5 * c.lattice_constant**3
    for number, look, words in ((c.N, ":", "all neutrons"), (gas, "--", "the gas")):
        radius = np.cbrt(6.0 * np.pi**2 * number) / (2.0 * np.pi)
        left.plot(radius * np.cos(angle), radius * np.sin(angle), color="#0072B2", linestyle=look,
                  linewidth=1.0, label=f"free: {words}")  # fmt: skip
    diamond = np.array([(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)])
    for i in range(8):
        for j in range(8):
            if (i + j) % 2 == 0:
                left.plot(*np.add(diamond, (i, j)).T, color="#999999", linewidth=0.35)
    left.set(xlim=(0.0, 7.3), ylim=(0.0, 7.3), aspect="equal", xlabel=r"$k_x$  ($2\pi/a$)",
             ylabel=r"$k_y$  ($2\pi/a$)")  # fmt: skip
    left.legend(loc="lower left", fontsize=8)
    figure.colorbar(picture, ax=left, label=r"weight $A$ at the Fermi level", shrink=0.8, extend="max")
    x, y, real = waves.close_up(baryon_density)
    for energies in waves.empty_lattice(c, np.stack(np.meshgrid(x, y), -1)):
        right.contour(x, y, energies, [0.0], colors="#0072B2", linewidths=0.8, linestyles=":")
    for energies in real:
        right.contour(x, y, energies, [0.0], colors="#222222", linewidths=1.3)
    right.set(aspect="equal", xlabel=r"$k_x$  ($2\pi/a$)", ylabel=r"$k_y$  ($2\pi/a$)")
    for ax in (left, right):
        ax.grid(visible=False)
    return figure


@style.use()
def one_dimension(points: int = 14) -> style.Figure:
    """Draw the superfluid fraction of two lattices in one dimension against the gap."""
    figure, axes = style.new(1, 2, height=3.4, sharey=True)
    for ax, (depth, filling), most in zip(axes, ((0.5, 1.0), (0.25, 2.0)), (20.0, 4.0), strict=True):
        gaps = np.geomspace(0.02, most, points)
        found = models.one_dimension(depth, filling, gaps, waves=8, k_points=96)
        for name in ("bound", "intraband", "rigid", "relaxed"):
            ax.plot(gaps, found[name], **LINES[name])
        ax.set_title(f"depth {depth:g}, {filling:g} per period", fontsize=10)
        style.log_axis(ax.xaxis, r"gap  $\Delta$  ($\hbar^2/2m$)")
        ax.set(xlim=gaps[[0, -1]], ylim=(0.0, 1.02))
    axes[0].set_ylabel(r"superfluid fraction  $f$")
    axes[1].legend(loc="lower right", fontsize=8)
    return figure


@style.use()
def superfluid_fraction(baryon_density: float = 0.03, functional: str = "BSk24") -> style.Figure:
    """Draw f_s against the gap in every response, with what bounds it, and against density for a gap of 1."""
    figure, (left, right) = style.new(1, 2, height=5.0, sharey=True, width_ratios=[1.35, 1.0])
    one = models.stored().sel(functional=functional, baryon_density=baryon_density)
    _draw_gaps(left, one)
    gap = one.gap.values
    for name in ("intraband", "rigid", "relaxed"):
        f, error = one.superfluid_fraction.sel(response=name), models.mesh_error(name, gap, baryon_density)
        left.fill_between(gap, f - error, f + error, color=LINES[name]["color"], alpha=0.25, linewidth=0.0)
    weak = models.weak_coupling(baryon_density).fermi_surface.values
    left.errorbar([0.088], [weak.mean()], [np.ptp(weak)], fmt="D", color="#555555", markersize=5, capsize=3,
                  label=r"$\Delta\to0$: Fermi surface")  # fmt: skip
    left.set_ylabel(FRACTION)
    left.set_title(rf"$n$ = {baryon_density:g} fm$^{{-3}}$", fontsize=10)
    inset = left.inset_axes((0.5, 0.17, 0.47, 0.4))
    _draw_gaps(inset, one)
    inset.set(xlim=(1.0, 5.0), ylim=(0.82, 1.0), xlabel="")
    inset.tick_params(labelsize=8)
    n = models.densities(functional)
    layers = models.stored().sel(functional=functional, baryon_density=n)
    for name in ("intraband", "rigid", "relaxed"):
        f = layers.superfluid_fraction.sel(response=name)
        right.plot(n, f.sel(gap=1.0), marker="o", markersize=3.5, **LINES[name])
        right.fill_between(n, f.sel(gap=0.5), f.sel(gap=2.0), color=LINES[name]["color"], alpha=0.15)
    right.plot(n, layers.leggett_bound.sel(gap=1.0), **LINES["bound"])
    right.plot(n, layers.potential_flow, **LINES["hydro"])
    _talk(right)
    right.set(xlabel=r"baryon density  $n$  (fm$^{-3}$)", xlim=(0.008, 0.072))
    right.set_title(r"$\Delta$ = 1 MeV (shaded: 0.5 to 2)", fontsize=10)
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4, fontsize=8)
    return figure


def _draw_gaps(ax: Any, one: Any) -> None:
    """Draw all that is known of one cell against the gap."""
    gap = one.gap.values
    for name in ("intraband", "rigid", "relaxed"):
        f = one.superfluid_fraction.sel(response=name).values
        ax.plot(gap, f, **LINES[name])
    ax.plot(gap, one.leggett_bound, **LINES["bound"])
    ax.axhline(float(one.potential_flow), **LINES["hydro"])
    _talk(ax)
    style.log_axis(ax.xaxis, GAP)
    ax.set(xlim=(0.08, 5.0), ylim=(0.0, 1.0))
    _ticks(ax)


def _ticks(ax: Any) -> None:
    """Label the gaps that a reader looks for."""
    low, high = ax.get_xlim()
    at = [gap for gap in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0) if low <= gap <= high]
    ax.set_xticks(at, [f"{gap:g}" for gap in at])
    ax.xaxis.set_minor_formatter(NullFormatter())


def _talk(ax: Any) -> None:
    """Mark the slides' 0.9 and more."""
    ax.axhspan(TALK, 1.0, facecolor="#F0E442", alpha=0.3, zorder=0, label=r"slides: $\gtrsim$ 0.9")


@style.use()
def gaps(functional: str = "BSk24", baryon_density: float = 0.03) -> style.Figure:
    """Draw f_s and the mass of an ion against the gap, for sliders."""
    figure, (left, right) = style.new(1, 2, height=3.9)
    one = models.stored().sel(functional=functional, baryon_density=baryon_density)
    _draw_gaps(left, one)
    left.set_ylabel(FRACTION)
    Z, N = float(one.Z), float(one.N)
    for name in ("intraband", "rigid", "relaxed"):
        f = one.superfluid_fraction.sel(response=name)
        right.plot(one.gap, Z + (1.0 - f) * N, **LINES[name])
    right.plot(one.gap, Z + (1.0 - one.leggett_bound) * N, **LINES["bound"])
    right.axhline(Z + (1.0 - float(one.potential_flow)) * N, **LINES["hydro"])
    right.axhline(Z, label="Z", **style.line("protons"))
    right.axhline(
        Z + N - float(one.free_neutrons), color="#999999", linewidth=1.0, label="added to the gas, $A_e$"
    )
    style.log_axis(right.xaxis, GAP)
    right.set(yscale="log", ylabel=r"ion's effective mass  $m_I^\star/m$", xlim=(0.1, 5.0))
    _ticks(right)
    right.legend(fontsize=7.5, loc="upper right")
    f = one.superfluid_fraction.sel(response="relaxed", gap=1.0)
    figure.suptitle(
        rf"{functional}, $n$ = {baryon_density:g} fm$^{{-3}}$, $Z$ = {Z:.0f}, $N$ = {N:.0f}; relaxed, 1 MeV: "
        rf"$f_s$ = {float(f):.3f}, of free neutrons {float(f) * N / float(one.free_neutrons):.3f}",
        fontsize=9.5,
    )
    return figure


@style.use()
def vibrations(baryon_density: float = 0.03, functional: str = "BSk24") -> style.Figure:
    """Draw how zero-point motion changes f_s and the mass of the ions, against the gap."""
    one = models.stored().sel(functional=functional)
    figure, (left, right) = style.new(1, 2, height=3.5)
    change = one.vibrating_fraction - one.resting_fraction
    resting = one.Z + (1.0 - one.resting_fraction) * one.N
    colours = {0.01: "#0072B2", 0.03: "#222222", 0.05: "#D55E00", 0.07: "#009E73"}
    known = change.dropna("baryon_density").baryon_density.values
    for n, colour in [(n, colour) for n, colour in colours.items() if n in known]:
        left.plot(one.vibrating_gap, change.sel(baryon_density=n), marker="o", color=colour, label=f"{n:g}")
        ratio = (one.vibrating_ion_mass / resting).sel(baryon_density=n)
        right.plot(one.vibrating_gap, ratio, marker="o", color=colour)
    left.axhline(0.0, color="#999999", linewidth=0.8)
    for ax in (left, right):
        style.log_axis(ax.xaxis, GAP)
        _ticks(ax)
    left.set_ylabel(r"$f_s$ with zero-point motion, less without")
    left.legend(title=r"$n$ (fm$^{-3}$)", fontsize=8)
    right.set_ylabel(r"$m_I^\star$ with, over without")
    return figure
