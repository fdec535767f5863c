"""Chapter 12, first half: how superfluid neutrons flow around, through and with the ions of the crust."""

from typing import Any

import numpy as np
from matplotlib.colors import Normalize
from numpy.typing import NDArray

from crustlib.entrainment import cell
from crustlib.figures import ions_models as models
from crustlib.figures import style

Array = NDArray[np.float64]

DENSITY = r"baryon density  $n$  (fm$^{-3}$)"
DENSITIES = (0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06)  # to where all tables reach
LINES: dict[str, dict[str, Any]] = {
    "BSk22": {"color": "#D55E00", "linestyle": (0, (5, 1.5))},
    "BSk24": {"color": "#222222", "linestyle": "-"},
    "BSk25": {"color": "#0072B2", "linestyle": (0, (6, 1.5, 1.2, 1.5))},
    "BSk26": {"color": "#009E73", "linestyle": (0, (3, 1.5))},
}
SPEED = Normalize(0.0, 2.0)
SPEEDS = "cividis"
TICKS = (0.0, 0.5, 1.0, 1.5, 2.0)
NUCLEI = style.COLOURS["nuclei"]


@style.use()
def sphere(permeability: float, baryon_density: float = 0.03, functional: str = "BSk24") -> style.Figure:
    """Draw the flow around and through a sharp sphere, and its effective mass by permeability.

    More than all nucleons inside cannot flow: there the permeability stops.
    """
    one = models.ion(baryon_density, functional)
    neutrons, everything = models.permeabilities(one)
    ratio = min(permeability, everything)
    edges = {"left": 0.06, "right": 0.985, "bottom": 0.15, "top": 0.92, "wspace": 0.25}
    figure, (left, right) = style.new(1, 2, height=3.7, width_ratios=[1.0, 1.1], gridspec_kw=edges)
    figure.set_layout_engine(
        "none"
    )  # finding the edges would take as long as drawing, and sliders draw often
    _draw_around(left, ratio, one.radius)
    left.set_title(rf"$\lambda$ = {ratio:.3g}", fontsize=10)
    x = np.linspace(0.0, everything, 200)
    right.plot(x, models.sphere(one, x).effective, color="#222222", label=r"sharp sphere, $m_I^\star$")
    right.plot(x, models.sphere(one, x).transported, color="#999999", linestyle="--", label=r"its $m_I$")
    right.axhline(one.flow.ion_mass, label=r"real profile, $m_I^\star$", **style.line("corrected"))
    right.axhline(one.cell.Z, label="Z", **style.line("protons"))
    marks = {"impenetrable": 0.0, "as the gas": 1.0, "all neutrons": neutrons, "all nucleons": everything}
    for (words, at), height in zip(marks.items(), (0.36, 0.36, 0.46, 0.46), strict=True):
        right.axvline(at, color="#CCCCCC", linewidth=0.9, zorder=0)
        right.text(at, height, f" {words}", rotation=90, fontsize=7.5, ha="right" if at else "left",
                   transform=right.get_xaxis_transform(), va="bottom", color="#555555")  # fmt: skip
    right.plot([ratio], [models.sphere(one, ratio).effective], "o", color="#D55E00", markersize=8)
    right.set(
        xlabel=r"permeability  $\lambda=\rho_{s,i}/\rho_{n,o}$", ylabel="nucleon masses", ylim=(0, None)
    )
    right.legend(loc="upper right", fontsize=8)
    return figure


def _draw_around(ax: Any, ratio: float, radius: float) -> None:
    """Draw lines of flow and speed in a plane through the middle of a sphere; lengths in radii."""
    side = np.linspace(-2.6, 2.6, 161)
    x, y = np.meshgrid(side, side)
    r = np.hypot(x, y)
    b, inner = (1.0 - ratio) / (ratio + 2.0), 3.0 / (ratio + 2.0)
    away = np.maximum(r, 1.0)
    v_x = np.where(r > 1.0, 1.0 + b / away**3 * (1.0 - 3.0 * (x / away) ** 2), inner)
    v_y = np.where(r > 1.0, -3.0 * b * x * y / away**5, 0.0)
    speed = np.hypot(v_x, v_y)
    if ratio == 0.0:
        speed = np.where(r > 1.0, speed, np.nan)
    stream = np.where(r > 1.0, 1.0 - 2.0 * b / away**3, ratio * inner) * y**2
    mesh = _picture(ax, side, side, speed, norm=SPEED, cmap=SPEEDS)
    levels = np.arange(-2.4, 2.5, 0.4)
    ax.contour(x, y, np.sign(y) * np.sqrt(np.maximum(stream, 0.0)), levels[levels != 0.0],
               colors="white", linewidths=0.9, linestyles="-")  # fmt: skip
    angle = np.linspace(0.0, 2.0 * np.pi, 100)
    ax.plot(np.cos(angle), np.sin(angle), color=NUCLEI, linewidth=2.0)
    ax.set(
        aspect="equal",
        xlabel=rf"along the flow, radii of {radius:.1f} fm",
        xticks=[-2, 0, 2],
        yticks=[-2, 0, 2],
    )
    ax.grid(visible=False)
    ax.figure.colorbar(mesh, ax=ax, label="speed over that far away", shrink=0.85, ticks=TICKS)


def _picture(ax: Any, x: Array, y: Array, values: Array, **look: Any) -> Any:
    """Draw values on a grid as a smooth picture."""
    ax.minorticks_off()
    return ax.imshow(
        values, extent=(x[0], x[-1], y[0], y[-1]), origin="lower", interpolation="bilinear", **look
    )


def diagonal(one: models.Ion) -> tuple[Array, Array, Array, Array, Array]:
    """Return s, x (fm), v_s / V, v_x / V and n_n in the plane y = z, s along its diagonal, x along the flow.

    In the ions' frame, an ion in the middle.
    """
    half = one.flow.velocity.shape[1]
    i, j = np.meshgrid(np.arange(half), np.arange(half), indexing="ij")  # rows: x, columns: s
    quarters = (
        np.sqrt(2.0) * one.flow.velocity[1, i, j, j],
        one.flow.velocity[0, i, j, j],
        one.cell.neutron_density[i, j, j],
    )
    fields = []
    for quarter, sign in zip(quarters, (-1.0, 1.0, 1.0), strict=True):
        upper = np.hstack([sign * quarter[:, :0:-1], quarter])
        fields.append(np.vstack([sign * upper[:0:-1], upper]))
    x = one.cell.lattice_constant * np.linspace(-0.5, 0.5, 2 * half - 1)
    return np.sqrt(2.0) * x, x, *fields


@style.use()
def lattice(baryon_density: float, functional: str = "BSk24") -> style.Figure:
    """Draw the neutrons' flow through a lattice of real ions: as seen by the ions, and by the superfluid."""
    one = models.ion(baryon_density, functional)
    s, x, v_s, v_x, density = diagonal(one)
    edges = {"left": 0.08, "right": 0.985, "bottom": 0.05, "top": 0.86, "wspace": 0.05}
    figure, (left, right) = style.new(1, 2, height=3.9, sharey=True, gridspec_kw=edges)
    figure.set_layout_engine("none")
    mesh = _picture(left, s, x, np.hypot(v_s, v_x), norm=SPEED, cmap=SPEEDS)
    figure.colorbar(
        mesh, ax=left, label=r"speed over $V$", location="bottom", shrink=0.9, pad=0.17, ticks=TICKS
    )
    _streams(left, s, x, density * v_s, density * v_x, "white")
    left.set_title("ions at rest: neutrons stream up", fontsize=10)
    behind = density * np.hypot(v_s, v_x - 1.0) / one.cell.neutron_background
    mesh = _picture(right, s, x, behind, norm=Normalize(0.0, 1.5 * behind.max()), cmap="Oranges")
    current = r"neutron current over $\rho_{n,o}V$"
    figure.colorbar(mesh, ax=right, label=current, location="bottom", shrink=0.9, pad=0.17)
    _streams(right, s, x, density * v_s, density * (v_x - 1.0), "#222222")
    right.set_title("superfluid at rest: ions go down", fontsize=10)
    edge = 0.5 * (one.cell.neutron_background + one.cell.neutron_centre)
    for ax in (left, right):
        ax.contour(s, x, density, [edge], colors=NUCLEI, linewidths=2.0)
        ax.set(aspect="equal", xlabel="across the flow  (fm)", xlim=s[[0, -1]], ylim=x[[0, -1]])
        ax.grid(visible=False)
    left.set_ylabel("along the flow  (fm)")
    figure.suptitle(
        rf"$n$ = {baryon_density:g} fm$^{{-3}}$, {functional}:   $f_s$ = {one.flow.superfluid_fraction:.3f},"
        rf"   $m_I^\star$ = {one.flow.ion_mass:.1f} $m$,   $Z$ = {one.cell.Z:.0f}",
        fontsize=10,
    )
    return figure


def _streams(ax: Any, s: Array, x: Array, j_s: Array, j_x: Array, colour: str) -> None:
    ax.streamplot(s, x, j_s, j_x, color=colour, linewidth=0.8, density=0.75, arrowsize=0.8)


@style.use()
def crust(densities: "tuple[float, ...]" = DENSITIES) -> style.Figure:
    """Draw superfluid fractions and effective masses of ions over the density, for each functional."""
    figure, (left, right) = style.new(1, 2, height=3.9)
    for name, look in LINES.items():
        ions = [models.ion(density, name) for density in densities]
        thin = {**look, "linewidth": 1.0}
        left.plot(densities, [one.flow.superfluid_fraction for one in ions], label=name, **look)
        left.plot(densities, [one.free_fraction for one in ions], **thin)
        right.plot(densities, [one.flow.ion_mass / one.cell.Z for one in ions], **look)
        right.plot(densities, [one.excess / one.cell.Z for one in ions], **thin)
    left.text(0.031, 1.23, "of free neutrons", fontsize=9, ha="right")
    left.text(0.058, 0.9, "of all neutrons", fontsize=9, ha="right")
    left.set(xlabel=DENSITY, ylabel=r"$\rho_s$ over $\rho_n$", xlim=(0.0, 0.062))
    left.legend(loc="lower right", fontsize=8.5)
    right.axhline(1.0, color=style.COLOURS["protons"], linewidth=1.2)
    right.text(0.001, 1.15, "protons alone", fontsize=9)
    right.text(0.001, 7.5, "thin: what an ion adds to the gas", fontsize=9)
    right.text(0.001, 2.1, r"thick: $m_I^\star/m$", fontsize=9)
    right.set(xlabel=DENSITY, ylabel="nucleons per proton", ylim=(0.0, 8.2), xlim=(0.0, 0.062))
    return figure


@style.use()
def surface(densities: "tuple[float, ...]" = DENSITIES, functional: str = "BSk24") -> style.Figure:
    """Draw a real ion beside its sharp sphere, and the effective masses that each can have."""
    figure, (left, right) = style.new(1, 2, height=3.7, width_ratios=[1.0, 1.25])
    radius = models.ion(0.03, functional).radius
    c = cell(functional, baryon_density=0.03, points=96)
    r = c.lattice_constant * np.arange(49) / 96.0
    left.plot(r, c.neutron_density[:49, 0, 0], label="neutrons", **style.line("neutrons"))
    left.plot(r, c.proton_density[:49, 0, 0], label="protons", **style.line("protons"))
    step = [c.neutron_centre] * 2 + [c.neutron_background] * 2
    left.plot([0.0, radius, radius, r[-1]], step, color="#555555", linewidth=1.0, label="sharp sphere")
    left.set(xlabel="along an edge of the cube  (fm)", ylabel=r"density  (fm$^{-3}$)", ylim=(0.0, None))
    left.legend(fontsize=8.5)
    ions = [models.ion(density, functional) for density in densities]
    ends = np.array([models.sphere_in_lattice(x, [0.0, *models.permeabilities(x)]) for x in ions]).T
    right.fill_between(densities, ends[1], ends[0], color="#D9D9D9", label="sharp: any share of its neutrons")
    right.fill_between(
        densities, ends[2], ends[1], color="#F2F2F2", hatch="...", edgecolor="#BBBBBB",
        label="and of its protons",
    )  # fmt: skip
    masses = [x.flow.ion_mass for x in ions]
    right.plot(densities, masses, marker="o", label="real profile", **style.line("corrected"))
    right.set(xlabel=DENSITY, ylabel=r"$m_I^\star$  (nucleon masses)", ylim=(0.0, 300.0), xlim=(0.0, 0.062))
    right.legend(loc="lower left", fontsize=8)
    return figure
