"""Chapter 7: mass per charge along published and warm crusts, by what is counted; and how fast ions drift."""

import functools
from typing import Any

import numpy as np
import xarray as xr

from crustlib import balance, crusts, data
from crustlib.balance.buoyancy import COUNTS, Buoyancy
from crustlib.balance.sedimentation import SCATTER
from crustlib.crusts import profile
from crustlib.figures import style
from crustlib.matter import coulomb, electrons

DENSITY = r"baryon density  $n$  (fm$^{-3}$)"
DAY = 86400.0  # s
BRUSSELS = ("BSk22", "BSk24", "BSk25", "BSk26")
CELLS = ("D1S", "D1M", "D1M*")
DROPS = tuple(name for name in crusts.PUBLISHED if name.startswith("GMRS"))
LIMITS = 3e-4, 0.1  # of densities, fm^-3
DEEPEST = 0.067  # fm^-3: of warm crusts; there uniform matter takes over at 0.1 MeV (chapter 6)

LINES: dict[str, dict[str, Any]] = {
    "Negele-Vautherin": {"color": "#222222", "marker": "o", "markersize": 3.5, "linestyle": "-"},
    "BSk22": {"color": "#D55E00", "linestyle": (0, (5, 1.5))},
    "BSk24": {"color": "#009E73", "linestyle": "-"},
    "BSk25": {"color": "#0072B2", "linestyle": (0, (6, 1.5, 1.2, 1.5))},
    "BSk26": {"color": "#CC79A7", "linestyle": (0, (3, 1.5))},
    "GMRS-SLy5": {"color": "#858585", "linestyle": (0, (1.2, 1.2))},
    "0.4 MeV": {"color": style.COLOURS["warm"], "linestyle": "-"},
    "0.1 MeV": {"color": style.COLOURS["warm"], "linestyle": (0, (1.2, 1.2))},
}
TITLES = {
    "given": "as each source counts",
    "inside": "all inside",
    "surplus": "surplus over the gas",
    "same gas": "in the same gas",
}


@functools.cache
def crust(name: str) -> xr.Dataset:
    """Return a published crust by its name, or a warm one by its temperature, as in "0.4 MeV"."""
    if name in crusts.PUBLISHED:
        return crusts.published(name)
    return warm(float(name.split()[0]))


@functools.cache
def warm(temperature: float, helium_neutrons_max: int = 12) -> xr.Dataset:
    """Return the crust in statistical equilibrium at a temperature (MeV), helium ending where it is told."""
    n = np.geomspace(LIMITS[0], DEEPEST, 100)
    return crusts.nse(n, temperature, helium_neutrons_max=helium_neutrons_max)


def known(name: str) -> tuple[str, ...]:
    """Return what can be counted in a crust: some of `COUNTS`; nothing where a source has cells only."""
    columns = crust(name)
    if "cells" in columns.attrs.get("counts", ""):
        return ()
    return COUNTS[:2] if name == "Negele-Vautherin" else COUNTS


@functools.cache
def found(name: str, count: str = "given") -> Buoyancy:
    """Return where mass per charge falls in a crust."""
    return balance.buoyancy(crust(name), count=count)


def verdict(name: str, count: str) -> str:
    """Return "stable", or by how much mass per charge falls, in per cent; "-" where data cannot say."""
    if count not in known(name):
        return "-"
    test = found(name, count)
    return "stable" if test.stable else f"falls {100 * test.fall.max():.1f} %"


@style.use()
def ratios() -> style.Figure:
    """Draw mass per charge as each source counts it; where it falls the line is broad."""
    figure, ax = style.new(height=4.6)
    for name in DROPS:
        b = found(name)
        n = crust(name)["baryon_density"].values
        ax.plot(
            n, b.ratio, color="#BBBBBB", linewidth=0.8, label="GMRS, 15 drops" if name == DROPS[0] else None
        )
    for name, dashes in zip(CELLS, (":", "-.", "-"), strict=True):
        b = found(name)
        n = crust(name)["baryon_density"].values
        ax.plot(n, b.ratio, color="#E6A800", linestyle=dashes, marker=".", label=f"{name}, cells")
        _falls(ax, n, b, "#E6A800")
    for name, look in LINES.items():
        if not name.startswith("GMRS"):
            _line(ax, name, "given", look)
    _finish(ax, r"$A_\mathrm{cl}/Z_\mathrm{cl}$", (2.5, 110.0))
    ax.legend(loc="upper left", fontsize=8, ncol=2)
    return figure


@style.use()
def counts() -> style.Figure:
    """Draw mass per charge by three counts, for crusts of three makers."""
    figure, axes = style.new(1, 3, height=3.9, sharey=True)
    for ax, count in zip(axes, COUNTS[1:], strict=True):
        for name, look in LINES.items():
            if name != "0.1 MeV" and count in known(name):
                _line(ax, name, count, look)
        _finish(ax, "mass number per charge" if ax is axes[0] else "", (2.7, 25.0))
        ax.set_title(TITLES[count], fontsize=10)
    axes[0].legend(loc="upper left", fontsize=7.5)
    return figure


def _line(ax: Any, name: str, count: str, look: dict[str, Any]) -> None:
    b, n = found(name, count), crust(name)["baryon_density"].values
    ax.plot(n, b.ratio, label=f"equilibrium, {name}" if "MeV" in name else name, **look)
    _falls(ax, n, b, look["color"])


def _falls(ax: Any, n: Any, b: Buoyancy, colour: str) -> None:
    for first, last in zip(b.first, b.last, strict=True):
        part = slice(first, last + 1)
        ax.plot(n[part], b.ratio[part], color=colour, linewidth=5.5, alpha=0.35, solid_capstyle="butt")


def _finish(ax: Any, label: str, limits: tuple[float, float]) -> None:
    style.log_axis(ax.xaxis, DENSITY)
    ax.set_yscale("log")
    ax.set(xlim=LIMITS, ylim=limits, ylabel=label)
    ticks = [k for k in (3, 4, 5, 6, 8, 10, 20, 40, 100) if k <= limits[1]]
    ax.set_yticks(ticks, [str(k) for k in ticks])
    ax.minorticks_off()


@style.use()
def weighed(which: str, count: str) -> style.Figure:
    """Draw mass per charge of one crust by one count, with the intervals in which it falls."""
    figure, ax = style.new(height=3.4)
    grey = {"color": "#BBBBBB", "linewidth": 1.0}
    n = crust(which)["baryon_density"].values
    for other in known(which):
        ax.plot(n, found(which, other).ratio, **grey)
    ax.set_title(f"{which}, {TITLES[count]}: {_words(which, count)}", fontsize=10)
    if count in known(which):
        b = found(which, count)
        ax.plot(n, b.ratio, color="#0072B2")
        _falls(ax, n, b, "#D55E00")
        for low, high in b.baryon_density:
            ax.axvspan(low, high, color="#FBE9DF", zorder=0)
    _finish(ax, "mass number per charge", (2.7, 25.0))
    return figure


def _words(name: str, count: str) -> str:
    words = verdict(name, count)
    return "not in the data" if words == "-" else words


def melting(name: str) -> Any:
    """Return the temperature (MeV) at which each layer of a crust melts."""
    c = crust(name)
    if "number_density" in c:
        return coulomb.melting_temperature(
            c["electron_density"].values, c["Z"].values, c["number_density"].values
        )
    charge = c["Z_cl"].values[:, None]
    return coulomb.melting_temperature(c["electron_density"].values, charge, np.ones_like(charge))


def liquid_or_solid(c: xr.Dataset, temperature: float) -> xr.Dataset:
    """Return the layers of a crust whose ions couple strongly, Gamma > 1, at a temperature (MeV)."""
    charge = np.asarray(profile.mean_Z(c), dtype=float)
    gamma = coulomb.ion_coupling(c["electron_density"].values, temperature, charge)
    return c.isel(layer=np.flatnonzero(gamma > 1.0))


def drift(c: xr.Dataset, temperature: float, difference: float = 0.1) -> balance.Sedimentation:
    """Return the drift of ions with the layers' own charge, and relatively so much more weight."""
    Z = np.asarray(profile.mean_Z(c), dtype=float)
    weight = balance.weights(c)["A_surplus"].values
    return balance.sedimentation(c, temperature, Z, (1.0 + difference) * weight)


def field(name: str, density: float, half_width: float = 0.2) -> tuple[float, float]:
    r"""Return d mu_e/d mu_n of a published crust near a density (fm^-3), and as it is if the surplus weighs.

    Electrons feel :math:`eE` and the lattice, the ions hang on both: :math:`d\mu_e/d\mu_n` is
    :math:`(a/Z)/(1 - \frac43\kappa)`, with :math:`\kappa` the lattice's hold on an ion over :math:`Z\mu_e`.
    """
    c = crust(name)
    n, mu_e = c["baryon_density"].values, electrons.chemical_potential(c["electron_density"].values)
    charge = c["Z_cl"].values  # of one kind: a slope across two would be that of their border
    alike = np.abs(charge / charge[np.abs(n - density).argmin()] - 1.0) < 0.05
    near = (np.abs(np.log(n / density)) < half_width) & alike
    mu_n = c["mu_n"].values[near] - c["mu_n"].values[near].mean()
    slope = mu_n @ mu_e[near] / (mu_n @ mu_n)
    Z, n_e = charge[near], c["electron_density"].values[near]
    kappa = -coulomb.nucleus_shift(n_e, Z) / (Z * mu_e[near])
    weighs = c["A_surplus"].values[near] / Z / (1.0 - 4.0 / 3.0 * kappa)
    return float(slope), float(weighs.mean())


@functools.cache
def outer() -> xr.Dataset:
    """Return the outer part of the stored accreted crust, from 1e6 g cm^-3 on, without free neutrons."""
    whole = data.load("accreted_frdm12")
    layers = (profile.rho(whole).values > 1e6) & (whole["neutron_density"].values == 0.0)
    return whole.isel(layer=np.flatnonzero(layers)[::20])


@style.use()
def times(difference: float = 0.1) -> style.Figure:
    """Draw where crusts are frozen, and how long ions with so much more mass need for a scale height."""
    figure, (left, right) = style.new(1, 2, height=3.9)
    for name in ("BSk22", "BSk24", "BSk26", "0.4 MeV"):
        n, T_m, look = crust(name)["baryon_density"].values, melting(name), LINES[name]
        left.plot(n, T_m, label=f"equilibrium, {name}" if "MeV" in name else name, **look)
        b = found(name)
        for first, last in zip(b.first, b.last, strict=True):
            part = slice(first, last + 1)
            left.plot(n[part], T_m[part], color=look["color"], linewidth=5.5, alpha=0.35)
    left.axhspan(0.3, 0.4, color="#F6F1DC", zorder=0)
    left.set(xlim=LIMITS, ylim=(3e-4, 5.0))
    style.log_axis(left.xaxis, DENSITY)
    style.log_axis(left.yaxis, r"melting temperature  $T_m$ (MeV)")
    left.legend(loc="lower left", fontsize=8)
    _times(right, 0.4, difference)
    right.legend(loc="upper left", fontsize=8)
    return figure


@style.use()
def clock(temperature: float, difference: float = 0.1) -> style.Figure:
    """Draw the times of `times` at one temperature (MeV)."""
    figure, ax = style.new(height=3.5)
    _times(ax, temperature, difference)
    ax.legend(loc="upper left", fontsize=8)
    return figure


def _times(ax: Any, temperature: float, difference: float) -> None:
    for name, words in (("BSk24", "BSk24"), ("0.4 MeV", "crust with 14He")):
        c = liquid_or_solid(crust(name), temperature)
        _band(ax, profile.rho(c).values, drift(c, temperature, difference), LINES[name], words)
    c = liquid_or_solid(outer(), temperature)
    grey = {"color": "#858585", "linestyle": (0, (5, 1.5))}
    _band(
        ax, profile.rho(c).values, balance.sedimentation(c, temperature, 6, 12.0), grey, "carbon, outer crust"
    )
    ax.axhline(1.0, color="#8C1D40", linewidth=1.2)
    ax.text(1.5e6, 1.4, "a day", color="#8C1D40", fontsize=8.5)
    style.log_axis(ax.xaxis, r"density  $n_bm_u$  (g cm$^{-3}$)")
    style.log_axis(ax.yaxis, "days to drift a scale height")
    ax.set(xlim=(1e6, 1.7e14), ylim=(0.1, 1e11))
    ax.set_title(f"T = {temperature:g} MeV", fontsize=10)


def _band(ax: Any, rho: Any, ions: balance.Sedimentation, look: dict[str, Any], words: str) -> None:
    liquid = ~ions.frozen
    days = np.where(liquid, ions.time, np.nan) / DAY
    ax.plot(rho, days, label=words if liquid.any() else f"{words}: frozen", **look)
    ax.fill_between(rho, days / SCATTER, days * SCATTER, color=look["color"], alpha=0.25, linewidth=0)
