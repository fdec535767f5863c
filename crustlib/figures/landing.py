"""The one picture of the crust: what lives at which density, and which chapter looks at it."""

import re
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from crustlib import crusts, nuclides
from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ELECTRON_MASS_MEV,
    MEV_FM3_IN_DYN_CM2,
    MEV_IN_KELVIN,
    PER_FM3_IN_PER_CM3,
)
from crustlib.crusts import profile
from crustlib.figures import style
from crustlib.matter import coulomb, electrons
from crustlib.validation import positive

__all__ = ["crust_map", "crust_map_html"]

MASS_MODEL = "AME2016+FRDM95+DZ31"
LOWEST_PRESSURE = 1e22 / MEV_FM3_IN_DYN_CM2
HIGHEST_PRESSURE = 1e31 / MEV_FM3_IN_DYN_CM2
RHO_LIMITS = (1e4, 1e14)  # g cm^-3
RHO_CORE = 1e14  # g cm^-3: about where nuclei dissolve
OCEAN_KELVIN = 5e8  # of the example of an accreting star
GRAVITY = 2e14  # cm s^-2
SHOWN = 0.004  # change of a baryon fraction that a reader can see
NARROW, WIDE = 0.15, 0.5  # decades of density that hold a name upwards, and across
LOW, HIGH = 0.16, 0.32  # shares that do


class Chapter(NamedTuple):
    """A chapter of the book, and whether it looks at all of the crust or from neutron drip on."""

    file: str
    title: str
    question: str
    whole_crust: bool


CHAPTERS = (
    Chapter("notebooks/01_force_balance", "1  Force balance", "what holds each component up?", True),
    Chapter("notebooks/02_reaction_network", "2  Reaction network", "what do the ashes turn into?", True),
    Chapter(
        "notebooks/03_diffusion_violation", "3  Out of balance", "where can a crust not stand still?", False
    ),
    Chapter("notebooks/04_neutron_flux", "4  Neutron flux", "how fast would neutrons flow?", False),
    Chapter(
        "notebooks/05_fast_diffusion", "5  Fast diffusion", "and if they flow until all is level?", False
    ),
    Chapter("notebooks/06_warm_crust", "6  Warm crust", "what is there while it is hot?", True),
    Chapter("notebooks/07_buoyancy", "7  Buoyancy", "which ions are heavy, and do they sink?", True),
    Chapter("notebooks/08_stability", "8  Stability", "does the crust end with a jump?", False),
    Chapter("notebooks/09_structure_factors", "9  Structure factors", "what do electrons scatter on?", True),
    Chapter("notebooks/10_conductivities", "10  Conductivities", "how well does a crust conduct?", True),
    Chapter("notebooks/11_core_entrainment", "11  Entrainment", "what do superfluids drag along?", False),
    Chapter(
        "notebooks/12_crust_entrainment", "12  Neutrons and ions", "what does a lattice hold back?", False
    ),
)


def drip_density(crust: xr.Dataset) -> float:
    """Return the density (g cm^-3) at which a crust first has free neutrons, just above that layer."""
    free = crust["neutron_density"].values > 0.0
    if "reaction_kind" in crust:
        emission = crust["reaction_kind"].values == "emission"
        free = crust["pressure"].values >= crust["reaction_pressure"].values[emission].min()
    return float(profile.rho(crust).values[np.flatnonzero(free)[0]])


def crust_map(mass_model: str = MASS_MODEL, gravity: float = GRAVITY) -> style.Figure:
    """Draw the crust from 1e4 to 1e14 g cm^-3: accreted and in its ground state.

    From top to bottom: its regions, the depth in a star, the baryons' shares (nuclei and free neutrons) of an
    accreted crust and of the ground state, their electrons' chemical potential, and the chapters.

    Parameters
    ----------
    mass_model : str
        Masses; see `nuclides.mass_model`.
    gravity : float
        Gravitational acceleration in cm s^-2, for the depths.

    Returns
    -------
    Figure
        Its chapters carry links, which an SVG keeps; see `crust_map_html`.

    Raises
    ------
    ValueError
        If the mass model is unknown or gravity is not positive.

    Examples
    --------
    >>> crust_map(gravity=-1.0)
    Traceback (most recent call last):
        ...
    ValueError: gravity = -1.0: must be finite and > 0
    """
    positive("gravity", gravity)
    accreted = crusts.accreted(mass_model, pressure_min=LOWEST_PRESSURE, pressure_max=HIGHEST_PRESSURE)
    ground = crusts.ground_state(mass_model, np.geomspace(LOWEST_PRESSURE, HIGHEST_PRESSURE, 800))
    figure, axes = style.new(5, height=8.25, sharex=True, height_ratios=[0.42, 1.6, 1.6, 1.2, 2.15])
    with style.use():
        figure.set_layout_engine("constrained", h_pad=0.03, hspace=0.0)
        axes[0].set_xscale("log")
        axes[0].set_xlim(RHO_LIMITS)
        axes[0].set_xticks(10.0 ** np.arange(4, 15))
        _draw_regions(axes[0], accreted)
        _draw_depth(axes[0], accreted, gravity)
        charges = np.r_[accreted["Z"].values, ground["Z"].values]
        _draw_shares(axes[1], accreted, charges, "accreted: ashes of $^{56}$Fe, compressed")
        _draw_shares(axes[2], ground, charges, "ground state: least energy at each pressure")
        _draw_mu_e(axes[3], {"accreted": accreted, "ground_state": ground})
        _draw_chapters(axes[4], drip_density(accreted), float(profile.rho(accreted).values[-1]))
        axes[4].set_xlabel(style.LABELS["mass_density"])
        for ax in axes[1:4]:
            _draw_end_of_tables(ax, float(profile.rho(accreted).values[-1]))
    return figure


def _draw_regions(ax: Axes, crust: xr.Dataset) -> None:
    """Draw ocean, outer and inner crust as a band."""
    melting = coulomb.melting_temperature(
        crust["electron_density"].values, crust["Z"].values, crust["number_density"].values
    )
    liquid = melting < OCEAN_KELVIN / MEV_IN_KELVIN
    bottom = float(profile.rho(crust).values[np.flatnonzero(~liquid)[0]])
    drip = drip_density(crust)
    for low, high, colour, text in (
        (RHO_LIMITS[0], bottom, "#DCEBF7", "ocean: a liquid of nuclei in electrons (at 5 × 10$^8$ K)"),
        (bottom, drip, "#E9E9E9", "outer crust:\na crystal"),
        (drip, RHO_LIMITS[1], "#FBE8C8", "inner crust:\nalso free neutrons"),
    ):
        ax.axvspan(low, high, color=colour, linewidth=0)
        ax.text(np.sqrt(low * high), 0.5, text, ha="center", va="center", fontsize=8.5, linespacing=1.15)
    ax.set_yticks([])
    ax.tick_params(which="both", top=False, bottom=False)


def _draw_depth(ax: Axes, crust: xr.Dataset, gravity: float) -> None:
    """Mark depths in a star on the upper edge."""
    rho, P = profile.rho(crust).values, profile.pressure_cgs(crust).values
    # above the first layer P ~ rho^(5/3), whose integral of dP/rho is 5/2 P/rho
    steps = np.diff(P) * 0.5 * (1.0 / rho[1:] + 1.0 / rho[:-1])
    depth = (2.5 * P[0] / rho[0] + np.concatenate([[0.0], np.cumsum(steps)])) / gravity / 100.0
    metres = np.array([3, 10, 30, 100, 200, 300, 400, 500])
    upper = ax.secondary_xaxis("top")
    upper.set_xticks(np.interp(metres, depth, rho), [f"{m}" for m in metres], fontsize=8.5)
    upper.set_xticks([], minor=True)
    upper.tick_params(direction="out", pad=1)
    upper.set_xlabel("depth below the surface of an accreting star  (m)", fontsize=9, labelpad=3)


def _shares(crust: xr.Dataset) -> tuple[NDArray[np.float64], NDArray[np.float64], list[tuple[int, int]]]:
    """Return density, baryon shares [nuclide, layer] and nuclides, in the layers that differ visibly."""
    shares = (
        (crust["number_density"] * crust["A"] / crust["baryon_density"]).transpose("nuclide", "layer").values
    )
    rho = profile.rho(crust).values
    kept = [0]
    for k in range(1, rho.size):
        if np.abs(shares[:, k] - shares[:, kept[-1]]).max() > SHOWN:
            kept += [k - 1, k] if kept[-1] < k - 1 else [k]
    kept.append(rho.size - 1)
    order = np.lexsort((-crust["A"].values, -crust["Z"].values))
    names = [(int(crust["Z"][k]), int(crust["A"][k])) for k in order]
    density, shares = rho[kept], shares[order][:, kept]
    return (
        np.r_[RHO_LIMITS[0], density],
        np.c_[shares[:, 0], shares],
        names,
    )  # the surface is as its first layer


def _draw_shares(ax: Axes, crust: xr.Dataset, charges: NDArray[np.int64], title: str) -> None:
    """Stack the shares of nuclei, heaviest element lowest, and of free neutrons."""
    rho, shares, names = _shares(crust)
    edges = np.vstack([np.zeros(rho.size), np.cumsum(shares, axis=0)])
    for k, (Z, A) in enumerate(names):
        if shares[k].max() < 2.0 * SHOWN:
            continue
        colour = _colour_of(Z, charges)
        where = (shares[k] > 0.0) | (np.r_[shares[k, 1:], 0.0] > 0.0) | (np.r_[0.0, shares[k, :-1]] > 0.0)
        ax.fill_between(
            rho, edges[k], edges[k + 1], where=where, facecolor=colour, edgecolor="white", linewidth=0.4
        )
        ink = "white" if np.dot(to_rgb(colour), (0.3, 0.59, 0.11)) < 0.58 else "#222222"
        for x, y, wide in _places(rho, edges[k], edges[k + 1]):
            label = f"$^{{{A}}}${nuclides.symbol(Z)}"
            ax.text(x, y, label, ha="center", va="center", size=8.5, color=ink, rotation=0 if wide else 90)
    ax.fill_between(rho, edges[-1], 1.0, facecolor=style.COLOURS["neutrons"], linewidth=0)
    free = 1.0 - edges[-1]
    if free[-1] > LOW:
        middle = rho[np.argmax(free > 0.5 * free[-1]) :]
        x = np.sqrt(middle[0] * middle[-1])
        ax.text(x, 1.0 - 0.5 * np.interp(x, rho, free), "free n", ha="center", va="center", fontsize=8.5)
    ax.set_ylim(0.0, 1.0)
    ax.set_yticks([0.0, 0.5, 1.0])
    ax.grid(False)
    ax.tick_params(axis="y", which="both", right=False)
    ax.tick_params(axis="x", which="both", top=False)
    ax.set_ylabel("share of baryons")
    ax.set_title(title, fontsize=9.5, pad=3)


def _colour_of(Z: int, charges: NDArray[np.int64]) -> str:
    """Return a shade of the nuclei's green, darker for more charge."""
    shades = LinearSegmentedColormap.from_list("nuclei", ["#CDEBDD", style.COLOURS["nuclei"], "#00402E"])
    low, high = charges.min(), charges.max()
    return to_hex(shades(0.15 + 0.75 * (Z - low) / max(high - low, 1)))


def _places(
    rho: NDArray[np.float64], bottom: NDArray[np.float64], top: NDArray[np.float64]
) -> list[tuple[float, float, bool]]:
    """Return where a band has room for its name, and whether also for one across, not upwards."""
    x = np.geomspace(rho[0], rho[-1], 2000)
    low, high = np.interp(x, rho, bottom), np.interp(x, rho, top)
    ends = np.flatnonzero(np.diff(np.r_[0, high - low > LOW, 0].astype(int)))
    found = []
    for first, last in zip(ends[::2], ends[1::2] - 1, strict=True):
        thick = (high - low)[first : last + 1]
        middle = first + int(np.median(np.flatnonzero(thick > 0.75 * thick.max())))
        width = np.log10(x[last] / x[first])
        if width > WIDE or (width > NARROW and thick.max() > HIGH):
            found.append((float(x[middle]), float(0.5 * (low[middle] + high[middle])), bool(width > WIDE)))
    return found


def _draw_mu_e(ax: Axes, made: dict[str, xr.Dataset]) -> None:
    """Draw the electrons' chemical potential in each crust, and where they turn relativistic."""
    for name, crust in made.items():
        rho, mu_e = profile.rho(crust).values, crust["mu_e"].values
        Y_e = float(crust["electron_density"][0] / crust["baryon_density"][0])
        surface = np.geomspace(RHO_LIMITS[0], rho[0], 30)
        n_e = surface * Y_e / (ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3)
        values = np.r_[electrons.chemical_potential(n_e), mu_e]
        ax.plot(np.r_[surface, rho], values, label=name.replace("_", " "), **style.line(name))
    crust = made["accreted"]
    turn = float(np.interp(np.sqrt(2.0) * ELECTRON_MASS_MEV, crust["mu_e"].values, profile.rho(crust).values))
    ax.annotate(
        "electrons turn\nrelativistic",
        (turn, np.sqrt(2.0) * ELECTRON_MASS_MEV),
        xytext=(turn / 30.0, 3.0),
        fontsize=8.5,
        ha="center",
        arrowprops={"arrowstyle": "->", "color": "#555555", "linewidth": 0.8},
    )
    ax.set_yscale("log")
    ax.set_ylim(0.4, 70.0)
    ax.set_yticks([0.5, 1, 5, 10, 50], ["0.5", "1", "5", "10", "50"])
    ax.set_ylabel(r"$\mu_e$  (MeV)")
    ax.set_title("electron chemical potential", fontsize=9.5, pad=3)
    ax.legend(loc="lower right", bbox_to_anchor=(0.68, 0.02), fontsize=8.5)


def _draw_chapters(ax: Axes, drip: float, end: float) -> None:
    """Draw a bar for each chapter over the densities that it looks at, with a link."""
    for row, chapter in enumerate(CHAPTERS):
        y = len(CHAPTERS) - 1 - row
        top = RHO_LIMITS[0] if chapter.whole_crust else drip
        ax.fill_betweenx([y, y + 1], top, end, color="#CFE0EF", linewidth=0)
        text: dict[str, Any] = {"va": "center", "fontsize": 9, "color": "#10395B"}
        ax.text(1.5 * RHO_LIMITS[0], y + 0.47, chapter.title, fontweight="bold", **text)
        ax.text(600.0 * RHO_LIMITS[0], y + 0.47, chapter.question, **text)
        ax.text(0.6 * RHO_LIMITS[1], y + 0.47, "open ›", ha="right", **text)
        whole = Rectangle((RHO_LIMITS[0], y), RHO_LIMITS[1] - RHO_LIMITS[0], 1.0)
        whole.set(facecolor="none", edgecolor="#7F9DB9", linewidth=0.6, url=chapter.file, zorder=5)
        ax.add_patch(whole)
    ax.set_ylim(0, len(CHAPTERS))
    ax.set_yticks([])
    ax.grid(False)
    ax.tick_params(which="both", top=False)
    ax.set_title("chapters of this book, over the densities that they look at", fontsize=9.5, pad=3)


def _draw_end_of_tables(ax: Axes, rho: float) -> None:
    ax.axvspan(
        rho, RHO_LIMITS[1], facecolor="#F4F4F4", edgecolor="#CFCFCF", hatch="//", linewidth=0, zorder=0
    )
    if ax.get_yscale() == "linear":
        ax.text(
            np.sqrt(rho * RHO_LIMITS[1]),
            0.5,
            "beyond the\nmass tables",
            ha="center",
            va="center",
            fontsize=8.5,
        )


def crust_map_html(up: str = "../", mass_model: str = MASS_MODEL, gravity: float = GRAVITY) -> str:
    """Return `crust_map` as a piece of HTML whose chapters are links that a keyboard reaches.

    Parameters
    ----------
    up : str
        What leads from the page to the book's root.
    mass_model : str
        Masses; see `nuclides.mass_model`.
    gravity : float
        Gravitational acceleration in cm s^-2, for the depths.

    Returns
    -------
    str
        An inline SVG in its own style.

    Raises
    ------
    ValueError
        If the mass model is unknown or gravity is not positive.

    Examples
    --------
    >>> crust_map_html().count("<a href=")
    12
    """
    drawn = BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    crust_map(mass_model, gravity).savefig(drawn, format="svg", metadata=nothing)
    svg = drawn.getvalue().decode()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.S)
    # a hundredth of a point is seen by nobody
    svg = re.sub(r' d="[^"]*"', lambda path: re.sub(r"(\.\d\d)\d+", r"\1", path[0]), svg)
    svg = re.sub(r"^<svg[^>]*?(viewBox=\"[^\"]*\")[^>]*>", rf"<svg \1 {_SVG_ATTRIBUTES}>{_SVG_NAME}", svg)
    svg = svg.replace("*{", "#crust-map *{", 1)  # its style sheet is not the page's
    svg = svg.replace("xlink:href", "href")
    for chapter in CHAPTERS:
        label = f"Chapter {chapter.title}: {chapter.question}"
        link = f'<a href="{up}{chapter.file}.html" aria-label="{label}"><title>{label}</title>'
        svg = re.sub(rf'<a href="{chapter.file}"[^>]*>', link, svg)
    return f'<style>{_CSS}</style>\n<div id="crust-map">{svg}</div>'


_SVG_ATTRIBUTES = 'role="group" aria-labelledby="crust-map-name"'
_SVG_NAME = (
    '<title id="crust-map-name">The crust of a neutron star by density, and the chapters of this book</title>'
)
_CSS = """
#crust-map { overflow-x: auto; background: #fff; border-radius: 4px; }
#crust-map svg { display: block; width: 100%; min-width: 34rem; height: auto; }
#crust-map a path { pointer-events: all; }
#crust-map a:hover path { fill: #0072B2 !important; fill-opacity: 0.12; }
#crust-map a:focus { outline: none; }
#crust-map a:focus-visible path { stroke: #D55E00 !important; stroke-width: 2.5 !important; }
"""
