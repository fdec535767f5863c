"""What chapter 6 needs beside the library: crusts in equilibrium once each, shares, prices, surfaces."""

from functools import cache
from math import pi
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from crustlib import crusts, nuclides, transport
from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    E2_MEV_FM,
    HBARC_MEV_FM,
    MEV_IN_KELVIN,
    NEUTRON_MASS_MEV,
    PER_FM3_IN_PER_CM3,
    PROTON_MASS_MEV,
)
from crustlib.matter import saturation, skyrme, warm_leptons
from crustlib.transport.plasma import PlasmaParameters

Array = NDArray[np.float64]

MASSES = "AME2020#+DZ10"
FUNCTIONALS = ("BSk22", "BSk24", "BSk25", "BSk26", "SLy4")
FUNCTIONAL = "BSk25"
TEMPERATURES = (0.1, 0.4, 0.7, 1.0)
"""MeV."""

WHOLE = tuple(np.geomspace(1e-9, 0.066, 220))
"""fm^-3: from the outer crust to where nuclei dissolve."""

DEEP = tuple(np.geomspace(2.5e-3, 0.066, 48))
"""fm^-3: the inner part of the inner crust."""

AROUND = tuple(np.geomspace(4e-3, 0.03, 36))
"""fm^-3: where the layer of light nuclei begins, whatever the functional."""

HEAVY = 20
"""Mass number from which nuclei are the paper's "heavy" ones."""

WIGNER = 160.0
"""r_s above which charged bosons form a crystal at zero temperature: Ceperley & Alder 1980."""

SEQUENCE = ("Ni66", "Kr86", "Ni78", "Sr120", "Se116", "Zn112", "Ni110", "Fe108")
"""Some of the nuclides that a crust at 0.1 MeV holds on the way down."""

ENDS = ("Li17", "Be22", "B25", "C28", "N31", "O34")
"""Where the table of the ten-parameter formula ends beyond helium."""

PRESENT = 0.01  # share of the baryons in nuclei that makes a nuclide part of a crust


def crust(
    temperature: float,
    functional: str = FUNCTIONAL,
    last: int = 12,
    densities: tuple[float, ...] = DEEP,
    shift: float = 0.0,
    neighbours: bool = True,
    saturation: str = "exact",
) -> xr.Dataset:
    """Return a crust in equilibrium (`crusts.nse`), made once.

    Parameters
    ----------
    temperature : float
        In MeV.
    functional : str
        Of the gas.
    last : int
        Neutrons of the heaviest helium.
    densities : tuple of float
        Baryons per volume in fm^-3.
    shift : float
        Energy in MeV by which matter around it binds 14He more (if positive) than a vacuum does.
    neighbours : bool
        Whether 11He to 13He are shifted as 14He is, and 6H and 7H by half of it.
    saturation : str
        How the nuclei's volume is found; see `crusts.nse`.

    Returns
    -------
    xarray.Dataset
        A Profile.
    """
    return _crust(float(temperature), functional, last, densities, float(shift), neighbours, saturation)


@cache
def _crust(
    T: float,
    functional: str,
    last: int,
    densities: tuple[float, ...],
    shift: float,
    neighbours: bool,
    volume: str,
) -> xr.Dataset:
    more: dict[str, Any] = {}
    if shift:
        more["binding_shifts"] = {"He14": shift}
        if neighbours:
            helium, hydrogen = (
                dict.fromkeys(("He11", "He12", "He13"), shift),
                dict.fromkeys(("H6", "H7"), shift / 2),
            )
            more["binding_shifts"] |= helium | hydrogen
    return crusts.nse(densities, T, None, functional, last, volume, **more)


def shares(found: xr.Dataset) -> Array:
    """Return each nuclide's share of a Profile's baryons, shape (layer, nuclide)."""
    return (found["number_density"] * found["A"] / found["baryon_density"]).values


def share(found: xr.Dataset, Z: int, A: int) -> Array:
    """Return one nuclide's share of the baryons, shape (layer,)."""
    return shares(found)[:, (found["Z"].values == Z) & (found["A"].values == A)].sum(axis=1)


def heavy(found: xr.Dataset) -> Array:
    """Return the share of the baryons in nuclei of A >= 20, shape (layer,)."""
    return shares(found)[:, found["A"].values >= HEAVY].sum(axis=1)


def unbound(found: xr.Dataset) -> Array:
    """Return the share of the baryons outside nuclei, shape (layer,)."""
    return ((found["neutron_density"] + found["proton_density"]) / found["baryon_density"]).values


def published_unbound(name: str) -> tuple[Array, Array]:
    """Return baryon density and share of free neutrons of a crust of Pearson et al. (2018)."""
    other = crusts.published(name)
    n = other["baryon_density"].values
    return n, other["neutron_density"].values / n


def most_abundant(found: xr.Dataset) -> list[str]:
    """Return the name of the nuclide with most baryons in each layer."""
    which = shares(found).argmax(axis=1)
    Z, A = found["Z"].values[which], found["A"].values[which]
    return [nuclides.name(int(z), int(a)) for z, a in zip(Z, A, strict=True)]


def present(found: xr.Dataset) -> list[tuple[int, int, float]]:
    """Return Z, A and density of greatest share of nuclides that hold 1 % of the bound baryons somewhere."""
    of = shares(found)
    of = of / of.sum(axis=1, keepdims=True)
    kept = np.flatnonzero(of.max(axis=0) >= PRESENT)
    where = found["baryon_density"].values[of[:, kept].argmax(axis=0)]
    Z, A = found["Z"].values[kept], found["A"].values[kept]
    return sorted((int(z), int(a), float(n)) for z, a, n in zip(Z, A, where, strict=True))


class Layer(NamedTuple):
    """The layer of one light nuclide."""

    onset: float
    """Baryon density (fm^-3) where it holds 10 % of the baryons; NaN if nowhere."""
    largest: float
    """Its largest share of all baryons."""
    purity: float
    """Its share of the bound baryons there."""
    density: float
    """Where that is, in fm^-3."""


def layer(found: xr.Dataset, Z: int = 2, A: int = 14, threshold: float = 0.1) -> Layer:
    """Find the layer that a nuclide makes in a Profile."""
    n, of = found["baryon_density"].values, share(found, Z, A)
    k, top = int(np.argmax(of > threshold)), int(of.argmax())
    onset = float("nan")
    if of[top] > threshold:
        onset = (
            n[0]
            if k == 0
            else float(np.exp(np.interp(threshold, of[k - 1 : k + 1], np.log(n[k - 1 : k + 1]))))
        )
    return Layer(onset, float(of[top]), float(of[top] / (1.0 - unbound(found)[top])), float(n[top]))


def transition(temperature: float, functional: str = FUNCTIONAL) -> float:
    """Return where nuclei give way to homogeneous matter (`crusts.transition`): baryon density in fm^-3."""
    return crusts.transition(temperature, functional=functional).density


def inner_pressure(found: xr.Dataset) -> Array:
    """Return the pressure (MeV fm^-3) that nuclei work against: the total less electrons' and photons'."""
    T, mu_e = found["temperature"].values, found["mu_e"].values
    leptons = warm_leptons.thermodynamics(mu_e, T).pressure + warm_leptons.photon_pressure(T)
    coulomb = found["electron_density"].values * found["coulomb_shift"].values
    return np.asarray(found["pressure"].values - leptons - coulomb, dtype=np.float64)


def prices(found: xr.Dataset, Z: ArrayLike, A: ArrayLike, binding: ArrayLike) -> Array:
    r"""Energy (MeV) that a nuclide costs in each layer, per proton.

    .. math:: \frac{-B + \Delta E + vP_\mathrm{in} - N\mu_n}{Z}

    Where matter is cold the nuclide of the lowest price is there, and that price is :math:`\mu_p`.

    Parameters
    ----------
    found : xarray.Dataset
        A Profile of `crusts.nse`.
    Z, A, binding : array_like
        Charge and mass numbers, and binding energies in MeV, shape (nuclide,).

    Returns
    -------
    ndarray
        Of shape (layer, nuclide).
    """
    Z, A, binding = (np.atleast_1d(np.asarray(x, dtype=np.float64)) for x in (Z, A, binding))
    functional = found.attrs["functional"]
    end = saturation.largest_asymmetry(functional)
    excess, which = np.unique(np.clip(1.0 - 2.0 * Z / A, -end, end), return_inverse=True)
    v = A / np.atleast_1d(saturation.density(excess, functional))[which]
    u = found["electron_density"].values[:, np.newaxis] * v / Z
    radius = np.cbrt(3.0 * v / (4.0 * pi))
    coulomb = 0.6 * Z**2 * E2_MEV_FM / radius * (0.5 * u - 1.5 * np.cbrt(u))
    mu_n = found["mu_n"].values[:, np.newaxis] - NEUTRON_MASS_MEV
    work = v * inner_pressure(found)[:, np.newaxis]
    return np.asarray((coulomb + work - binding - (A - Z) * mu_n) / Z)


def price_of(found: xr.Dataset, Z: int, A: int) -> Array:
    """Return `prices` of one nuclide, bound as in the table or, beyond it, by its formula; shape (layer,)."""
    return prices(found, [Z], [A], [table_binding(Z, A)])[:, 0]


def cheapest(found: xr.Dataset, least_A: int, largest_A: int = 297) -> Array:
    """Return the lowest of `prices` of the table's nuclides between two mass numbers, shape (layer,)."""
    pool = nuclides.pool()
    kept = (pool.A >= least_A) & (pool.A <= largest_A)
    return np.asarray(prices(found, pool.Z[kept], pool.A[kept], pool.binding[kept]).min(axis=1))


def table_binding(Z: int, A: int) -> float:
    """Return a binding energy (MeV): the pool's, and beyond it the 10-parameter formula's."""
    pool = nuclides.pool()
    at = (pool.Z == Z) & (pool.A == A)
    return float(pool.binding[at][0]) if at.any() else float(nuclides.duflo_zuker(Z, A, parameters=10))


class Surface(NamedTuple):
    """What a nucleus lacks of the binding of uniform matter."""

    asymmetry: float
    """delta = 1 - 2 Z / A."""
    energy: float
    """A times the binding of uniform matter at its saturation density, less B and the Coulomb energy: MeV."""
    tension: float
    """The same over the surface 4 pi R^2: MeV fm^-2."""


def surface(Z: int, A: int, functional: str = FUNCTIONAL) -> Surface:
    r"""Energy of a nucleus's surface, if inside it is matter of the functional.

    .. math:: E_s = -B - A\,e(n_\mathrm{sat}(\delta), \delta) - \tfrac35Z^2e^2/R
    """
    delta = 1.0 - 2.0 * Z / A
    n = float(saturation.density(delta, functional))
    n_n, n_p = n * (1.0 - Z / A), n * Z / A
    energy = (
        float(skyrme.energy_density(n_n, n_p, functional)) - n_n * NEUTRON_MASS_MEV - n_p * PROTON_MASS_MEV
    )
    radius = (3.0 * A / (4.0 * pi * n)) ** (1 / 3)
    rest = -table_binding(Z, A) - A * energy / n - 0.6 * Z**2 * E2_MEV_FM / radius
    return Surface(delta, rest, rest / (4.0 * pi * radius**2))


def quantum_spacing(found: xr.Dataset) -> Array:
    r"""Distance between nuclei over the Bohr radius of one about another, shape (layer,).

    .. math:: r_s = \frac{a}{\hbar^2/(\langle A\rangle m_u\langle Z\rangle^2e^2)}
    """
    ions = plasma(found)
    mass = ions.mean_A * ATOMIC_MASS_UNIT_MEV
    return np.asarray(ions.a * mass * ions.mean_Z**2 * E2_MEV_FM / HBARC_MEV_FM**2)


def plasma(found: xr.Dataset) -> PlasmaParameters:
    """Return the plasma of a Profile's nuclei at its own temperature; see `transport.parameters`."""
    n, A = found["number_density"].values, found["A"].values.astype(float)
    density = n @ A * ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3
    T = found["temperature"].values * MEV_IN_KELVIN
    return transport.parameters(density, T, found["Z"].values, A, n / n.sum(axis=1, keepdims=True))


def phase_space(found: xr.Dataset) -> Array:
    r"""Nuclei in the cube of a thermal wave, :math:`n\Lambda^3`, shape (layer,): far below 1 if classical."""
    ions = plasma(found)
    mass = ions.mean_A * ATOMIC_MASS_UNIT_MEV
    wave = HBARC_MEV_FM * np.sqrt(2.0 * pi / (mass * found["temperature"].values))
    return np.asarray(ions.number_density * wave**3)
