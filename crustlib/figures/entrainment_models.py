r"""What chapter 11 needs beside the library: stars of many masses, published values, the drag on a vortex."""

from functools import cache
from math import pi
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import CubicSpline
from scipy.special import k0

from crustlib.entrainment import Rotation, mass_radius, mass_range, rotation, vortex_field
from crustlib.matter import nucleons
from crustlib.validation import in_range

Array = NDArray[np.float64]

FUNCTIONALS = ("BSk22", "BSk24", "BSk25", "BSk26")  # those with a published crust
SOLAR_MASS_G = 1.98841e33


class Measured(NamedTuple):
    """A pulsar's mass (solar) and radius (km) with 68 % limits, as errors above and below."""

    mass: tuple[float, float, float]
    radius: tuple[float, float, float]


# Radius (km) of a star of 1.4 solar masses (Perot, Chamel & Sourie 2019), heaviest star (Pearson et al. 2018)
PUBLISHED = {"BSk22": (13.04, 2.26), "BSk24": (12.57, 2.28), "BSk25": (12.37, 2.22), "BSk26": (11.77, 2.17)}

# NICER, masses and radii of the same fits; timing alone has 2.08 +- 0.07 for J0740+6620 (Fonseca et al. 2021)
PULSARS = {
    "J0030, Riley 2019": Measured((1.34, 0.15, 0.16), (12.71, 1.14, 1.19)),
    "J0030, Miller 2019": Measured((1.44, 0.15, 0.14), (13.02, 1.24, 1.06)),
    "J0740, Riley 2021": Measured((2.072, 0.067, 0.066), (12.39, 1.30, 0.98)),
    "J0740, Miller 2021": Measured((2.08, 0.07, 0.07), (13.7, 2.6, 1.5)),
}


class Stars(NamedTuple):
    """Stars of one functional, up to its heaviest."""

    mass: Array
    """In solar masses."""
    two: Rotation
    """What `crustlib.entrainment.rotation` says of them."""


@cache
def stars(functional: str, lightest: float = 1.0, number: int = 6) -> Stars:
    """Return stars from the lightest (solar) to the heaviest stable one, evenly in ln n at the centre."""
    low, high = mass_range(functional)
    light, heavy = (rotation(M, functional) for M in (in_range("lightest", lightest, low, high), high))
    centre = np.geomspace(light.central_density, heavy.central_density, number)[1:-1]
    between = mass_radius(centre, functional).mass
    rows = zip(light, rotation(between, functional), heavy, strict=True)
    return Stars(np.array([lightest, *between, high]), Rotation(*(np.hstack(row) for row in rows)))


def smooth(found: Stars, values: Array, number: int = 60) -> tuple[Array, Array]:
    """Interpolate masses and values between stars, in the logarithm of the density at the centre."""
    at = np.log(found.two.central_density)
    mass, y = CubicSpline(at, np.column_stack([found.mass, values]))(np.linspace(at[0], at[-1], number)).T
    return mass, y


def turning_mass(functional: str) -> float:
    """Return the mass (solar) where I_np changes its sign; NaN if no stable star does."""
    mass, ratio = smooth(found := stars(functional), found.two.I_np / found.two.I_surface, 1000)
    turn = np.flatnonzero((ratio[:-1] > 0.0) & (ratio[1:] <= 0.0))
    if turn.size == 0:
        return float("nan")
    k = turn[0]
    return float(np.interp(0.0, -ratio[k : k + 2], mass[k : k + 2]))


def inertia_fit(mass: ArrayLike, radius: ArrayLike) -> Any:
    r"""Return I (g cm^2) of many equations of state, good to 3.4 %: Lattimer & Schutz 2005, equation (16).

    .. math:: I = 0.237\,MR^2\left[1 + 4.2\,x + 90\,x^4\right], \qquad
              x = \frac{M}{M_\odot}\,\frac{\mathrm{km}}{R}
    """
    x = np.divide(mass, radius)
    return 0.237 * np.multiply(mass, SOLAR_MASS_G) * np.multiply(radius, 1e5) ** 2 * (1 + 4.2 * x + 90 * x**4)


WIDE = 1e3  # MeV: a vortex's core so thin that it hides nothing of the field
PROTON_GAPS = np.geomspace(0.05, 3.0, 60)[:, None]  # MeV


def needed_gap(baryon_density: ArrayLike, gap_p: ArrayLike, functional: str = "BSk24") -> Any:
    """Return the least neutron gap (MeV) with B > H_c1 outside a vortex's core; infinite if none has it."""
    field = vortex_field(baryon_density, WIDE, gap_p, functional)
    radius = np.asarray(field.cluster_radius)
    needed = np.full(radius.shape, np.inf)
    return np.divide(WIDE * np.asarray(field.coherence_n), radius, out=needed, where=radius > 0.0)


def densities(functional: str, number: int = 40) -> Array:
    """Return nucleon densities (fm^-3) from 0.08 to the centre of the heaviest star."""
    return np.linspace(0.08, stars(functional).two.central_density[-1], number)


def strongest_field(gap_n: ArrayLike, functional: str = "BSk24", room: bool = False) -> Any:
    """Return the highest B / H_c1 outside a vortex's core in any stable star, for any proton gap up to 3 MeV.

    With `room` outside the core of a fluxoid, too: nearer to the axis it would not fit.
    """
    field = vortex_field(densities(functional), WIDE, PROTON_GAPS, functional)
    depth, thin, critical = field.penetration_depth, field.coherence_n, field.lower_critical_field
    ratio = np.divide(field.core_field, critical, out=np.zeros_like(depth), where=critical > 0.0)
    gap = np.asarray(gap_n)[..., None, None]
    inner = np.maximum(WIDE / gap * thin, field.coherence_p if room else 0.0)
    return (ratio * k0(inner / depth) / k0(thin / depth)).max(axis=(-2, -1))


class Drag(NamedTuple):
    """What `drag` returns."""

    depth: Any
    """Penetration depth times the electrons' Fermi wave number."""
    ratio: Any
    """Drag on a unit of length over rho_n kappa."""


def drag(baryon_density: ArrayLike, functional: str = "BSk24") -> Drag:
    r"""Drag that electrons and muons exert on a neutron vortex by its magnetic field.

    .. math:: \mathcal R = \frac{3}{64}\left(\frac{\pi\Phi_\star}{\Phi_0}\right)^2
              \sum_{l=e,\mu}\frac{n_l}{n_n}\,\frac{1}{k_l\lambda}

    in Born approximation for k lambda >> 1; chapter 11 derives it.
    """
    matter = nucleons.beta_equilibrium(baryon_density, functional)
    field = vortex_field(baryon_density, 0.1, 1.0, functional)  # neither gap changes flux or depth
    n_n = np.multiply(baryon_density, 1.0 - np.asarray(matter.proton_fraction))
    total, waves = 0.0, []
    for n_l in (matter.electron_density, matter.muon_density):
        k = np.cbrt(3.0 * pi**2 * np.asarray(n_l))
        waves.append(k)
        total = total + np.divide(n_l, k, out=np.zeros_like(k), where=k > 0.0)
    phase = pi * np.asarray(field.flux_fraction)
    depth = field.penetration_depth
    return Drag(waves[0] * depth, 3.0 / 64.0 * phase**2 * total / n_n / depth)
