"""What couples neutrons to nuclei other than friction: the gas that nuclei push away, section 2.3.2."""

import json

import numpy as np
import xarray as xr

from crustlib import nuclides
from crustlib.balance.windows import WIDTH, windows
from crustlib.crusts import profile as _profile
from crustlib.matter import neutrons
from crustlib.nuclides.liquid_drop import drop
from crustlib.validation import one_of, positive

NUCLEAR_DENSITY = 0.16  # fm^-3: A over it is a nucleus' volume
COMMON = 1e-6  # of the nuclei: rarer ones are left out of means
STEP = 1e-3  # of n_n, over which the derivative is taken


def coupling(profile: xr.Dataset, source: str = "masses", width: float = WIDTH) -> xr.Dataset:
    r"""Return how nuclei whose masses depend on the neutron gas couple equations (8) and (9).

    Let :math:`m_i(\mu_n)` be the energy that a nucleus costs in a gas of chemical potential :math:`\mu_n`. By
    :math:`n_n = -\partial\Omega/\partial\mu_n` it then stands for :math:`N_i = dm_i/d\mu_n` neutrons less: it
    displaces them. With :math:`\mu_i = m_i`, :math:`\sum n_i \nabla\mu_i` is no longer zero, and with
    :math:`\kappa = \sum n_i N_i/n_n`

    .. math:: \nabla P_{ei} + \kappa \nabla P_n = \rho_{ei}\mathbf{g}, \qquad
              (1 - \kappa) \nabla P_n = (1 - \kappa) \rho_n \mathbf{g} .

    Neutrons keep their equation (9). Nuclei gain the buoyancy of what they displace: in (8) the neutrons
    bear a part of their weight. A Profile counts the gas as if nothing was displaced; what is, has no weight.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile with free neutrons and number_density, mu_n, neutron_pressure and mass_density, made without
        ``nuclear_volume``.
    source : {"masses", "volume"}
        Where :math:`N_i` is from: the mass model's own dependence on the gas ("MB-type" has one, tables have
        none), or a volume A/0.16 fm^3 that the gas cannot enter.
    width : float
        Least window in ln P over which a slope is taken.

    Returns
    -------
    xarray.Dataset
        With dimension `layer` and coordinate `pressure`, of the layers with free neutrons: `displaced`, the
        mean :math:`N_i`; `of_neutrons`, :math:`\kappa`; `of_weight`, the buoyancy in a gas in equilibrium
        over the weight of electrons and nuclei; `r8` and `r9`, the ratios of `violation` by the equations
        above, which are 1 in equilibrium.

    Raises
    ------
    ValueError
        If a column is missing, the Profile has no free neutrons or counts the nuclei's volume already, or an
        argument is wrong.

    Examples
    --------
    In a gas of 1e-3 fm^-3 a volume displaces less than one neutron:

    >>> from crustlib import crusts
    >>> ground = crusts.ground_state("AME2016+FRDM95+DZ31", [2.0e-3, 2.1e-3, 2.2e-3])
    >>> parts = coupling(ground, "volume")
    >>> f"{float(parts.displaced[0]):.2f}", f"{float(parts.of_neutrons[0]):.4f}"
    ('0.84', '0.0034')
    """
    one_of("source", source, ("masses", "volume"))
    positive("width", width)
    _profile.require(profile, "number_density", "neutron_density", "mu_n", "neutron_pressure", "mass_density")
    n_n, n_i = profile["neutron_density"].values, profile["number_density"].sum("nuclide").values
    free = n_n > 0.0
    if not free.any():
        raise ValueError("profile: has no free neutrons, to which nuclei could be coupled")
    if json.loads(profile.attrs.get("call", "{}")).get("nuclear_volume", False):
        raise ValueError("profile: made with nuclear_volume = True, must be made without")
    pushed = _by_volume(profile) if source == "volume" else _by_masses(profile, free)
    kappa = np.divide(pushed, n_n, out=np.zeros_like(n_n), where=free)
    mu_n, P_n = profile["mu_n"].values, profile["neutron_pressure"].values
    counted = _profile.enthalpy_density(profile).values
    nuclei = counted - n_n * mu_n  # with their electrons
    enthalpy = counted - pushed * mu_n
    window, pressure = windows(profile, width), profile["pressure"].values
    gained = window.change(pressure - P_n) + window.integral(kappa, P_n)
    share = window.integral(n_n * mu_n / enthalpy, pressure)
    r9 = np.divide(window.change(P_n), share, out=np.ones_like(share), where=share > 0.0)
    columns = {
        "displaced": (pushed / n_i, "neutrons that a nucleus displaces"),
        "of_neutrons": (kappa, "neutrons displaced, over those that are free"),
        "of_weight": (pushed * mu_n / nuclei, "buoyancy over the weight of nuclei"),
        "r8": (
            gained / window.integral(nuclei / enthalpy, pressure),
            "slope over that of (8), buoyancy included",
        ),
        "r9": (r9, "slope over that of (9)"),
    }
    return xr.Dataset(
        {k: ("layer", v[free], {"units": "1", "long_name": what}) for k, (v, what) in columns.items()},
        coords={"pressure": ("layer", pressure[free], {"units": "MeV fm^-3"})},
        attrs={"source": source, "width": width},
    )


def _by_volume(profile: xr.Dataset) -> np.ndarray:
    """Return the neutrons per volume (fm^-3) that would be in the nuclei's place, shape (layer,)."""
    bound = (profile["number_density"] * profile["A"]).sum("nuclide").values
    return profile["neutron_density"].values * bound / NUCLEAR_DENSITY


def _by_masses(profile: xr.Dataset, free: np.ndarray) -> np.ndarray:
    """Return sum n_i dm_i/dmu_n (fm^-3), shape (layer,); zero where no mass depends on the gas."""
    pushed = np.zeros(free.size)
    name = str(profile.attrs.get("masses", ""))
    if not name or not nuclides.mass_model(name).gas_dependent:
        return pushed
    n_n, matter = profile["neutron_density"].values, str(profile.attrs["neutrons"])
    nuclei = profile["number_density"].values
    layer, nuclide = np.nonzero(free[:, None] & (nuclei > COMMON * nuclei.sum(axis=1, keepdims=True)))
    Z, A = (profile[k].values.astype(int)[nuclide] for k in ("Z", "A"))
    low, high = (1.0 - STEP) * n_n[layer], (1.0 + STEP) * n_n[layer]
    shift = drop(Z, A, high).G - drop(Z, A, low).G
    by = neutrons.chemical_potential(high, matter) - neutrons.chemical_potential(low, matter)
    np.add.at(pushed, layer, nuclei[layer, nuclide] * shift / by)
    return pushed
