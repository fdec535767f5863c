"""Numbers that claims about the warm crust in statistical equilibrium are held against."""

import functools
import math

import numpy as np
import xarray as xr

from crustlib import crusts, nuclides, transport
from crustlib.constants import ATOMIC_MASS_UNIT_G, MEV_IN_KELVIN, PER_FM3_IN_PER_CM3
from crustlib.crusts import profile
from crustlib.figures import equilibrium_models as models
from crustlib.matter import coulomb

COLD, WARM = 0.1, 0.4  # MeV
COMPARED = tuple(np.geomspace(2.7e-4, 6e-3, 40))  # fm^-3: inner crust before the layer
INSIDE = (0.0085, 0.066)  # fm^-3: the layer, clear of its upper edge
ACROSS = (5e-3, 8.5e-3)  # fm^-3: just above the layer, just inside


@functools.cache
def crust(temperature: float) -> xr.Dataset:
    """Return the whole crust at a temperature (MeV), with BSk25."""
    return models.crust(temperature, densities=models.WHOLE)


def within(found: xr.Dataset, low: float, high: float) -> np.ndarray:
    """Return which layers lie between two baryon densities (fm^-3)."""
    n = found["baryon_density"].values
    return np.asarray((n >= low) & (n <= high))


def layer(temperature: float, functional: str = models.FUNCTIONAL, saturation: str = "exact") -> models.Layer:
    """Return the layer of 14He."""
    return models.layer(models.crust(temperature, functional, densities=models.AROUND, saturation=saturation))


def saturation_density() -> float:
    """Return 0.16 baryons per fm^3 in g cm^-3."""
    return 0.16 * ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3


def binding() -> float:
    """Return the binding energy of 14He in MeV by the formula with ten parameters."""
    return float(nuclides.duflo_zuker(2, 14, parameters=10))


def separation() -> float:
    """Return S_n of 14He in MeV."""
    return binding() - float(nuclides.duflo_zuker(2, 13, parameters=10))


def largest_mass_number() -> float:
    """Return the largest A of the joined mass tables."""
    return float(nuclides.mass_model(models.MASSES).nuclides[1].max())


def euler() -> float:
    """Return F + PV - G in MeV per baryon at 0.005 fm^-3, with G of mu_n and mu_p alone."""
    found = crusts.nse(5e-3, WARM)
    n, n_e = found["baryon_density"], found["electron_density"]
    charged = found["mu_p"] + found["coulomb_shift"] + found["mu_e"]
    gibbs = (found["mu_n"] * (n - n_e) + charged * n_e) / n
    return float((found["free_energy"] + found["pressure"] / n - gibbs).values[0])


def beta() -> float:
    """Return (mu_p + C - mu_n) / mu_e in beta equilibrium, at 0.005 fm^-3."""
    found = crusts.nse(5e-3, WARM)
    return float(((found["mu_p"] + found["coulomb_shift"] - found["mu_n"]) / found["mu_e"]).values[0])


def ratio_in_the_layer(temperature: float) -> float:
    """Return A_cl / Z_cl where 14He is most abundant."""
    found = crust(temperature)
    ratio = profile.mean_A(found) / profile.mean_Z(found)
    return float(ratio.values[models.share(found, 2, 14).argmax()])


def share_at_the_end(temperature: float) -> float:
    """Return the share of 14He in the baryons of nuclei in the deepest layer."""
    found = crust(temperature)
    return float((models.share(found, 2, 14) / (1.0 - models.unbound(found)))[-1])


def least_over_temperatures() -> float:
    """Return the least of the largest shares of 14He from 0.1 to 1 MeV."""
    return min(layer(T).largest for T in (COLD, WARM, 1.0))


def onset_over_lowest() -> float:
    """Return the onset with BSk25 over the lowest with another functional, at 0.1 MeV."""
    others = [name for name in models.FUNCTIONALS if name != models.FUNCTIONAL]
    return layer(COLD).onset / min(layer(COLD, name).onset for name in others)


def largest_over_highest() -> float:
    """Return the largest share with BSk25 over the highest with another functional, at 0.1 MeV."""
    others = [name for name in models.FUNCTIONALS if name != models.FUNCTIONAL]
    return layer(COLD).largest / max(layer(COLD, name).largest for name in others)


def onset_with_temperature() -> float:
    """Return the onset at 0.4 MeV over that at 0.1 MeV."""
    return layer(WARM).onset / layer(COLD).onset


def effect_of_volume() -> float:
    """Return the onset with one saturation density for all over that with n_sat(delta), less 1, in size."""
    return abs(layer(COLD, saturation="constant").onset / layer(COLD).onset - 1.0)


def magic() -> float:
    """Return the part of the crust above the layer, in ln n, where most nuclei have 50 or 82 neutrons."""
    found = crust(WARM)
    before = within(found, 1e-6, ACROSS[0])
    names = np.array(models.most_abundant(found))[before]
    numbers = [A - Z for Z, A in map(nuclides.parse, names)]
    return float(np.mean(np.isin(numbers, (50, 82))))


def gas_difference(functional: str) -> float:
    """Return the largest difference from the share of free neutrons of Pearson et al., up to 0.006 fm^-3."""
    found = models.crust(COLD, functional, densities=COMPARED)
    n, free = models.published_unbound(functional)
    here = (n >= COMPARED[0]) & (n <= COMPARED[-1])
    ours = np.interp(np.log(n[here]), np.log(COMPARED), models.unbound(found))
    return float(np.abs(ours - free[here]).max())


def worst_gas_difference() -> float:
    """Return the largest of `gas_difference` with BSk22, BSk24 and BSk26."""
    return max(gas_difference(name) for name in ("BSk22", "BSk24", "BSk26"))


def against_published(of: str) -> float:
    """Return the largest relative difference of "ratio" (A/Z), or ratio of "A", up to 0.006 fm^-3."""
    found, other = models.crust(COLD, densities=COMPARED), crusts.published("BSk25")
    n = other["baryon_density"].values
    here = (n >= COMPARED[0]) & (n <= COMPARED[-1])
    A, Z = (np.interp(n[here], COMPARED, mean(found)) for mean in (profile.mean_A, profile.mean_Z))
    theirs = (other["A_cl"].values[here], other["Z_cl"].values[here])
    if of == "A":
        return float((theirs[0] / A).max())
    return float(np.abs(A / Z / (theirs[0] / theirs[1]) - 1.0).max())


def published_transition() -> float:
    """Return the largest density (fm^-3) in the table of Pearson et al. with BSk25."""
    return float(crusts.published("BSk25")["baryon_density"].values[-1])


def effect_of_temperature(low: float, high: float) -> float:
    """Return the largest difference that 0.4 instead of 0.1 MeV makes to the share of free nucleons."""
    cold, warm = crust(COLD), crust(WARM)
    here = within(cold, low, high)
    return float(np.abs(models.unbound(cold) - models.unbound(warm))[here].max())


def steps() -> float:
    """Return the steepest rise of A/Z with ln n at 0.4 MeV over that at 0.1 MeV, above the layer."""
    steepest = []
    for T in (WARM, COLD):
        found = crust(T)
        here = within(found, 1e-5, 3e-3)
        ratio = (profile.mean_A(found) / profile.mean_Z(found)).values[here]
        steepest.append(np.diff(ratio).max())
    return float(steepest[0] / steepest[1])


def impurities(temperature: float) -> np.ndarray:
    """Return Q_imp inside the layer."""
    found = crust(temperature)
    return np.asarray(profile.impurity_parameter(found).values[within(found, *INSIDE)])


def worst_impurity() -> float:
    """Return the largest Q_imp inside the layer at 0.1 and 0.4 MeV."""
    return float(max(impurities(T).max() for T in (COLD, WARM)))


def spread_of_impurity() -> float:
    """Return the largest over the least Q_imp inside the layer at 0.4 MeV."""
    Q = impurities(WARM)
    return float(Q.max() / Q.min())


@functools.cache
def across(temperature: float = COLD) -> xr.Dataset:
    """Return the two layers `ACROSS` the upper edge of the layer."""
    return crusts.nse(ACROSS, temperature)


def melting_ratio() -> float:
    """Return the melting temperature just above the layer over that just inside."""
    melting = models.plasma(across()).melting_temperature
    return float(melting[0] / melting[1])


def plasma_ratio() -> float:
    """Return the ions' plasma temperature just inside the layer over that just above."""
    plasma = models.plasma(across()).plasma_temperature
    return float(plasma[1] / plasma[0])


def exponent_of_melting() -> float:
    """Return the power of Z with which the melting temperature grows at a given electron density."""
    melting = [coulomb.melting_temperature(1e-3, Z, 1e-3 / Z) for Z in (20.0, 40.0)]
    return math.log(melting[1] / melting[0]) / math.log(2.0)


def conductivity_ratio() -> float:
    """Return the thermal conductivity of electrons just inside the layer over that just above."""
    found = across()
    kept = found.isel(nuclide=np.flatnonzero(models.shares(found).max(axis=0) > 1e-5))
    thermal = transport.along(kept, COLD * MEV_IN_KELVIN)["thermal"].values
    return float(thermal[1] / thermal[0])


def beyond_the_drip() -> float:
    """Return the part of the inner crust above the layer, in ln n, whose commonest nucleus has S_n < 0."""
    found = crust(COLD)
    inner = within(found, 0.0, ACROSS[0]) & (models.unbound(found) > 1e-3)
    model = nuclides.mass_model(models.MASSES)
    names = np.array(models.most_abundant(found))[inner]
    return float(np.mean([model.separation_energy(*nuclides.parse(str(name))) < 0.0 for name in names]))


def frozen_above_liquid() -> float:
    """Return T_m / T just above the layer over the larger of 1 and T_m / T just inside: above 1 if so."""
    found = across()
    over = models.plasma(found).melting_temperature / MEV_IN_KELVIN / found["temperature"].values
    return float(over[0] / max(1.0, over[1]))


def end_of_nuclei(saturation: str = "exact") -> float:
    """Return the density (fm^-3) at which nuclei give way to homogeneous matter, at 0.1 MeV."""
    return crusts.transition(COLD, saturation=saturation).density


def effect_of_volume_on_the_end() -> float:
    """Return `end_of_nuclei` with one saturation density for all over that with n_sat(delta), less 1."""
    return end_of_nuclei("constant") / end_of_nuclei() - 1.0


def jump_of_potential() -> float:
    """Return by how much mu_n (MeV) falls where the free energies of both kinds of matter cross."""
    n = np.append(models.DEEP, end_of_nuclei())  # followed from where there is one solution only
    clustered, uniform = (
        crusts.nse(n, COLD)["mu_n"].values[-1],
        crusts.homogeneous(n[-1], COLD)["mu_n"].values[0],
    )
    return float(clustered - uniform)


def tetraneutrons(binding: float = -2.37) -> float:
    """Return the share of the baryons in tetraneutrons of a binding energy (MeV), at 0.005 fm^-3, 0.4 MeV."""
    found = crusts.nse(5e-3, WARM, tetraneutron=binding)
    return float(4.0 * found["tetraneutron_density"].values[0] / 5e-3)
