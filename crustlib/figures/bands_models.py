r"""What chapter 12's second half takes from stored results, and what it computes of responses beside them."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from crustlib import data
from crustlib.constants import HBARC_MEV_FM, SPEED_OF_LIGHT_CM_S
from crustlib.crusts import published_cells
from crustlib.entrainment import Cell, cell, lattice_1d, superfluid_fraction

Array = NDArray[np.float64]


@cache
def neutrons(baryon_density: float = 0.03, functional: str = "BSk24") -> Cell:
    """Return the cell of a density."""
    return cell(functional, baryon_density=baryon_density)


def stored() -> xr.Dataset:
    """Return the superfluid fractions that `make data` stored."""
    return data.load("crust_entrainment")


def functionals(baryon_density: float = 0.03) -> list[str]:
    """Return those of which this layer is stored."""
    one = stored().potential_flow.sel(baryon_density=baryon_density).dropna("functional")
    return [str(name) for name in one.functional.values]


def densities(functional: str = "BSk24") -> list[float]:
    """Return the layers (fm^-3) of a functional that are stored."""
    one = stored().potential_flow.sel(functional=functional).dropna("baryon_density")
    return [float(n) for n in one.baryon_density.values]


def fermi_level(baryon_density: float = 0.03, functional: str = "BSk24") -> float:
    """Return the stored chemical potential (MeV) at the smallest gap."""
    one = stored().sel(functional=functional, baryon_density=baryon_density)
    return float(one.chemical_potential.isel(gap=0))


def one_dimension(depth: float, filling: float, gaps: Any, **settings: Any) -> dict[str, Array]:
    """Return superfluid fractions of the one-dimensional lattice by response, and Leggett's bound."""
    responses = ("intraband", "rigid", "relaxed")
    found = {r: [lattice_1d(depth, filling, gap, r, **settings) for gap in gaps] for r in responses}
    fractions = {r: np.array([x.superfluid_fraction for x in row]) for r, row in found.items()}
    return {**fractions, "bound": np.array([x.bound for x in found["relaxed"]])}


class Layer(NamedTuple):
    """What `layer` returns: one stored layer at gaps of 0.5, 1 and 2 MeV."""

    rigid: Array
    """Superfluid fraction of all neutrons, as the slides print it."""
    relaxed: Array
    """The same with the phase relaxed; it makes what follows."""
    free: Array
    """Of the free neutrons."""
    mass: Array
    """Of an ion in nucleon masses, for each proton."""
    crossing: float
    """Gap (MeV) at which the rigid response passes Leggett's bound."""


def layer(baryon_density: float, functional: str = "BSk24") -> Layer:
    """Return what is stored of a layer, at the gaps of chapter 12's table."""
    one = stored().sel(functional=functional, baryon_density=baryon_density)
    rigid, relaxed = (
        one.superfluid_fraction.sel(response=r, gap=[0.5, 1.0, 2.0]).values for r in ("rigid", "relaxed")
    )
    Z, N = float(one.Z), float(one.N)
    over = (one.superfluid_fraction.sel(response="rigid") - one.leggett_bound).values
    crossing = float(np.exp(np.interp(0.0, over, np.log(one.gap.values), left=np.nan, right=np.nan)))
    free = relaxed * N / float(one.free_neutrons)
    return Layer(rigid, relaxed, free, (Z + (1.0 - relaxed) * N) / Z, crossing)


def free_in_crust(functional: str, gap: "float | None" = None) -> float:
    """Return the superfluid fraction of the crust's free neutrons, weighted with their moment of inertia.

    With the phase relaxed at a gap (MeV), or for potential flow. In a thin crust dI goes as dP. Above and
    below the layers that are stored, the nearest one counts.
    """
    table, layers = published_cells.inner_crust(functional), densities(functional)
    n, one = table.baryon_density, stored().sel(functional=functional, baryon_density=layers)
    f = one.potential_flow if gap is None else one.superfluid_fraction.sel(response="relaxed", gap=gap)
    free = (f * one.N / one.free_neutrons).values
    weight = table.neutron_background / n * np.gradient(table.pressure)
    return float(weight @ np.interp(n, layers, free) / weight.sum())


STUDIES = {
    "cutoff": ("cutoff", "gamma_response", "cut-off (MeV), at Gamma"),
    "grid": ("points", "gamma_response", "grid points of a side, at Gamma"),
    "states": ("states_per_neutron", "response", "states for each neutron, 2 wave vectors"),
    "mesh": ("k_points", "response", "wave vectors"),
}


def convergence(response: str, baryon_density: float = 0.03) -> dict[str, dict[float, Array]]:
    """Return stored fractions by gap for each value of each setting, the settings in words."""
    found = data.load("crust_entrainment_convergence").sel(baryon_density=baryon_density)
    tables = {}
    for name, (setting, responses, words) in STUDIES.items():
        rows = found[f"superfluid_fraction_by_{name}"].sel({responses: response}).transpose(setting, "gap")
        tables[words] = dict(zip(rows[setting].values.tolist(), rows.values, strict=True))
    return tables


def weak_coupling(baryon_density: float = 0.03, least: int = 6) -> xr.Dataset:
    """Return the stored integrals over the Fermi surface, and intraband fractions, of the finer meshes."""
    found = data.load("crust_entrainment_convergence").sel(baryon_density=baryon_density)
    named = found[["fermi_surface_fraction_by_fermi_surface", "intraband_fraction_by_fermi_surface"]]
    named = named.rename(dict(zip(named.data_vars, ("fermi_surface", "intraband"), strict=True)))
    return named.sel(divisions=named.divisions >= least)


def mesh_error(response: str, gap: Any, baryon_density: float = 0.03) -> Array:
    """Return how far two wave vectors are from the stored mesh, interpolated in the gap (MeV)."""
    found = data.load("crust_entrainment_convergence").sel(baryon_density=baryon_density, response=response)
    two = found.superfluid_fraction_by_states.sel(states_per_neutron=1.2)
    one = stored().sel(functional="BSk24", baryon_density=baryon_density, response=response)
    at = two.gap.values
    many = np.interp(np.log(at), np.log(one.gap.values), one.superfluid_fraction.values)
    return np.interp(np.log(gap), np.log(at), np.abs(many - two.values))


def shaken_on_meshes(gaps: Any = (0.1, 0.2, 0.5, 1.0, 2.0), displacement: float = 1.4) -> dict[str, Array]:
    """Return by how much a displacement (fm^2) changes the rigid superfluid fraction, for two sets of k."""
    c, found = neutrons(), {}
    for words, points in (("zone's centre", "gamma"), ("2", 2)):
        resting, shaken = (
            superfluid_fraction(c, gaps, "rigid", points, 60.0, states=800, displacement=u2, progress=False)
            for u2 in (0.0, displacement)
        )
        found[words] = shaken.superfluid_fraction - resting.superfluid_fraction
    return found


def sensitivities(c: Cell, gaps: Any) -> dict[str, Array]:
    """Return by how much other potentials and gaps change the rigid superfluid fraction at Gamma."""

    def fraction(scale: float, factor: float) -> Array:
        other = c._replace(potential=scale * c.potential)
        return superfluid_fraction(other, factor * np.asarray(gaps), "rigid").superfluid_fraction

    kinds = {"potential 5 % deeper": (1.05, 1.0), "potential 5 % shallower": (0.95, 1.0),
             "gap 20 % larger": (1.0, 1.2), "gap 20 % smaller": (1.0, 0.8)}  # fmt: skip
    usual = fraction(1.0, 1.0)
    return {words: fraction(*kind) - usual for words, kind in kinds.items()}


def numbers() -> dict[str, str]:
    """Return what chapter 12's text quotes of the stored results, as it is printed."""
    layers = stored().sel(functional="BSk24")
    f, one = layers.superfluid_fraction, layers.sel(baryon_density=0.03)
    here, rows = layer(0.03), f.sel(gap=1.0)
    gas = np.cbrt(3.0 * np.pi**2 * float(one.neutron_background))
    tenth = one.superfluid_fraction.sel(gap=0.1)
    found = {
        **dict(zip(("f_half", "f_one", "f_two"), here.relaxed, strict=True)),
        "f_tenth": tenth.sel(response="relaxed"),
        "cost_one": here.rigid[1] - here.relaxed[1],
        **{
            f"{r}_{w}": getattr(rows.sel(response=r), w)()
            for r in ("rigid", "relaxed")
            for w in ("min", "max")
        },
        **{f"intraband_{w}": getattr(f.sel(response="intraband", gap=0.1), w)() for w in ("min", "max")},
        "bound_30": one.leggett_bound.sel(gap=1.0),
        "hydro_30": one.potential_flow,
    }
    return {
        **{name: f"{float(value):.{2 if name.startswith('f_') else 3}f}" for name, value in found.items()},
        "pass_30": f"{here.crossing:.1f}",
        "wrong": f"{float(tenth.sel(response='relaxed') / tenth.sel(response='intraband')):.0f}",
        "lighter": f"{here.mass[0] / here.mass[2]:.1f}",
        "landau": f"{1e-5 * SPEED_OF_LIGHT_CM_S / (HBARC_MEV_FM * gas):.0f}",
    }
