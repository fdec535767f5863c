"""The accreted crust in the limit of fast diffusion: nuclei that sink through neutrons in equilibrium."""

import inspect
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import xarray as xr

from crustlib import nuclides
from crustlib.constants import (
    ATOMIC_MASS_UNIT_MEV,
    MEV_FM3_IN_DYN_CM2,
    NEUTRON_EXCESS_MEV,
    NEUTRON_MASS_MEV,
)
from crustlib.crusts import log as _l
from crustlib.crusts import network, profile
from crustlib.crusts.compression import Settings, _compress
from crustlib.crusts.inventory import Nuclei, _inertia
from crustlib.crusts.layers import energies_of, layer_columns, matter_of, model_of, number
from crustlib.crusts.medium import Matter, _neutron_density
from crustlib.crusts.network import PRESSURE_MAX, PRESSURE_MIN
from crustlib.crusts.reactions import EMISSION, RULES, Energies, Rules
from crustlib.crusts.reservoir import CLOSED, Reservoir
from crustlib.validation import one_of

MARGIN_MEV = 0.01  # by which the Gibbs energy may fall short of m_n at the interface


def diffusive(
    mass_model: "str | nuclides.MassModel",
    interface_pressure: float,
    ashes: str | Mapping[str, float] = "Fe56",
    pressure_max: float = PRESSURE_MAX,
    splice: str = "unmixed",
    lattice: bool = True,
    neutrons: str = "SLy4",
    step: float = 5e-4,
    *,
    pressure_min: float = PRESSURE_MIN,
    gravity: float = 2e14,
    accretion_rate: float = 3e4,
    s_factor: float = 1.0,
    order: Sequence[str] = tuple(RULES),
    capture_limit: int = 2,
    lowest_Z: int = 7,
    resolution: float = 5e-3,
) -> xr.Dataset:
    r"""Follow ashes down into a crust whose free neutrons are in hydrostatic and diffusion equilibrium.

    Above the interface of outer and inner crust the ashes react as in `accreted`. Below it free neutrons
    belong to no element of matter: with :math:`\mu_n(P_{oi}) = m_n` and

    .. math:: \frac{d\mu_n}{dP} = \frac{\mu_n}{\varepsilon + P}

    they are everywhere, and each nucleus meets them on its way. At given :math:`(P, \mu_n)` nuclei react by
    the same priority rules where this lowers :math:`\Psi = G - \mu_n N_n`; neutrons taken or shed are
    replaced from below or flow away. Superfluid neutrons reach the same state: :math:`\mu_n` times the
    redshift is constant.

    The interface is set by the fate of nuclei in the deep crust, so that here its pressure is an argument. It
    fixes the heat of the whole crust,

    .. math:: Q(P_{oi}) = \frac{m_\mathrm{Fe}}{56} + \int_0^{P_{oi}} \frac{dP}{n_b} - m_n,

    and lies between the pressure where the Gibbs energy per baryon of the ashes reaches :math:`m_n`, below
    which Q would be less than what the outer crust has already released, and the traditional neutron drip.

    Parameters
    ----------
    mass_model : str or MassModel
        Masses; see `nuclides.mass_model`.
    interface_pressure : float
        :math:`P_{oi}` (MeV fm^-3), within `interface_limits`.
    ashes, pressure_max, splice, lattice, neutrons, step
        As in `accreted`.
    pressure_min, gravity, accretion_rate, s_factor, order, capture_limit, lowest_Z, resolution
        As in `accreted`.

    Returns
    -------
    xarray.Dataset
        A Profile. Heat and amounts of reactions are per accreted baryon; ``attrs["total_heat"]`` is Q (MeV).
        Two layers have the interface's pressure, before and after nuclei meet the neutrons.

    Raises
    ------
    ValueError
        If an argument is out of range, or the interface lies beyond its limits.
    ConvergenceError
        As in `accreted`.

    Notes
    -----
    The limit that Chugunov & Shchechilin (2020), section 4, ask for, as Gusakov & Chugunov (2020) build it.
    The volume of nuclei is neglected.

    Examples
    --------
    >>> crust = diffusive("AME2016+FRDM95+DZ31", 1e30 / 1.602177e33, pressure_max=2e-3)
    >>> f"{float(crust.attrs['total_heat']):.2f} MeV per baryon"
    '1.05 MeV per baryon'
    """
    call = {k: v for k, v in locals().items() if k in inspect.signature(diffusive).parameters}
    options = {k: v for k, v in call.items() if k != "interface_pressure"}
    run = _prepare(**options)
    P_oi = number("interface_pressure", interface_pressure, *run.settings[:2])
    heat = run.compress(0.0, CLOSED, pressure_max=P_oi)
    outer = int(run.log.lengths[0])
    _checked(run, outer, options)
    reservoir = Reservoir(P_oi, NEUTRON_MASS_MEV, _inertia(run.nuclei, run.energies.masses))
    run.compress(heat, reservoir, pressure_min=P_oi)
    call |= {"mass_model": run.model.name, "ashes": network.named(run.fractions), "order": list(order)}
    return _profile(run, outer, call)


def interface_limits(
    mass_model: "str | nuclides.MassModel",
    ashes: str | Mapping[str, float] = "Fe56",
    splice: str = "unmixed",
    lattice: bool = True,
    neutrons: str = "SLy4",
) -> tuple[float, float]:
    r"""Return the least and the highest pressure at which outer and inner crust can meet.

    At the least, the Gibbs energy per baryon of the ashes is :math:`m_n`; just below the highest, neutrons
    drip. What a rare nuclide of a mixture emits before that least pressure, its neighbours take: no drip yet.

    Parameters
    ----------
    mass_model, ashes, splice, lattice, neutrons
        As in `diffusive`.

    Returns
    -------
    tuple of float
        Pressures (MeV fm^-3).

    Raises
    ------
    ValueError
        If an argument is out of range, or the ashes do not drip below 1e31 dyn cm^-2.

    Examples
    --------
    >>> low, high = interface_limits("AME2016+FRDM95+DZ31", lattice=False)
    >>> f"{low * 1.602177e33:.2e} to {high * 1.602177e33:.2e} dyn cm^-2"
    '6.07e+29 to 1.46e+30 dyn cm^-2'
    """
    return _limits(_prepare(mass_model, ashes, splice=splice, lattice=lattice, neutrons=neutrons))


class _Run(NamedTuple):
    """What one computation works with."""

    model: nuclides.MassModel
    matter: Matter
    energies: Energies
    fractions: dict[tuple[int, int], float]
    settings: Settings
    rules: Rules
    nuclei: Nuclei
    log: _l.Log
    neutrons: str

    def compress(self, heat: float, reservoir: Reservoir, **ends: float) -> float:
        """Follow the nuclei on between two pressures; return the heat released so far."""
        settings = self.settings._replace(**ends)
        heat, status = _compress(
            self.nuclei, heat, reservoir, self.matter, self.energies, self.rules, settings, self.log
        )
        network.raise_for("diffusive", status, self.log)
        return heat


def _prepare(
    mass_model: "str | nuclides.MassModel",
    ashes: str | Mapping[str, float],
    pressure_max: float = PRESSURE_MAX,
    splice: str = "unmixed",
    lattice: bool = True,
    neutrons: str = "SLy4",
    step: float = 5e-4,
    pressure_min: float = PRESSURE_MIN,
    gravity: float = 2e14,
    accretion_rate: float = 3e4,
    s_factor: float = 1.0,
    order: Sequence[str] = tuple(RULES),
    capture_limit: int = 2,
    lowest_Z: int = 7,
    resolution: float = 5e-3,
) -> _Run:
    model = model_of(mass_model)
    one_of("splice", splice, ("unmixed", "mixed"))
    matter = matter_of(lattice, neutrons)
    fractions = network.fractions_of(ashes, model)
    settings = network.settings_of(fractions, pressure_min, pressure_max, step, resolution)
    rules = network.rules_of(
        order, capture_limit, lowest_Z, s_factor, step, settings.amount, gravity, accretion_rate
    )
    nuclei, log = network.nuclei_of(fractions, rules, settings), network.empty_log()
    return _Run(model, matter, energies_of(model, splice), fractions, settings, rules, nuclei, log, neutrons)


def _limits(run: _Run) -> tuple[float, float]:
    """Return the interface's limits; the run is followed down to its drip, in a few stretches."""
    pressure, heat = run.settings.pressure_min, 0.0
    for halvings in range(6, -1, -1):
        start, pressure = pressure, max(pressure, run.settings.pressure_max / 2.0**halvings)
        heat = run.compress(heat, CLOSED, pressure_min=start, pressure_max=pressure)
        least = _least(_columns(run, int(run.log.lengths[0])))
        drip = _drip(run, least)
        if np.isfinite(drip):
            return least, drip * (1.0 - run.settings.overshoot)  # the last pressure that is sure to be dry
    P = run.settings.pressure_max * MEV_FM3_IN_DYN_CM2
    raise ValueError(f"ashes: no neutrons drip below {P:.3g} dyn cm^-2, so that there is no inner crust")


def _least(columns: dict[str, np.ndarray]) -> float:
    """Return the pressure at which the Gibbs energy reaches m_n, infinity where it does not."""
    gibbs, P = columns["gibbs_energy"], columns["pressure"]
    above = int(np.argmax(np.append(gibbs, np.inf) > NEUTRON_EXCESS_MEV))
    if above in (0, gibbs.size):
        return float(P[0]) if above == 0 else np.inf
    ends = slice(above - 1, above + 1)
    return float(np.interp(NEUTRON_EXCESS_MEV, gibbs[ends], P[ends]))


def _drip(run: _Run, least: float) -> float:
    """Return the pressure of the first emission below the least interface, infinity if there is none.

    What a nuclide of a mixture emits above it, other nuclei take: their Gibbs energy is less than m_n.
    """
    reactions = run.log.reactions[: run.log.lengths[1]]
    emissions = reactions[reactions[:, _l.R_RULE] == EMISSION, _l.R_P]
    return float(emissions[emissions >= least].min(initial=np.inf))


def _columns(run: _Run, outer: int) -> dict[str, np.ndarray]:
    """Return a Profile's columns; layers from `outer` on have their neutrons from the reservoir."""
    layers, species = run.log.layers[: run.log.lengths[0]], int(run.nuclei.lengths[0])
    Z, A = run.nuclei.Z[:species], run.nuclei.Z[:species] + run.nuclei.N[:species]
    nuclei = layers[:, _l.L_NB, None] * run.log.Y[: run.log.lengths[0], :species]
    n_n = np.zeros(layers.shape[0])
    for k in range(outer, layers.shape[0]):
        mu_n = layers[k, _l.L_NEUTRON] + ATOMIC_MASS_UNIT_MEV
        n_n[k] = _neutron_density(mu_n, run.matter) if mu_n > NEUTRON_MASS_MEV else 0.0
    n_b = nuclei @ A + n_n
    columns = layer_columns(
        layers[:, _l.L_P], n_b, nuclei / n_b[:, None], n_n / n_b, Z, A, run.matter, run.model, run.neutrons
    )
    return {**columns, "heat": layers[:, _l.L_HEAT]}


def _checked(run: _Run, outer: int, options: dict) -> None:
    """Raise an error if neutrons have dripped above the interface, or nuclei gain too little there."""
    columns = _columns(run, outer)
    short = columns["gibbs_energy"][-1] < NEUTRON_EXCESS_MEV - MARGIN_MEV
    if short or np.isfinite(_drip(run, _least(columns))):
        P = float(run.log.layers[outer - 1, _l.L_P])
        low, high = (f"{limit:.5g}" for limit in _limits(_prepare(**options)))
        raise ValueError(
            f"interface_pressure = {P:.5g} MeV fm^-3: must be from {low} to {high} for these ashes"
        )


def _profile(run: _Run, outer: int, call: dict) -> xr.Dataset:
    columns = _columns(run, outer)
    volume, P = 1.0 / columns["baryon_density"][:outer], columns["pressure"][:outer]
    work = float(np.sum(0.5 * (volume[1:] + volume[:-1]) * np.diff(P)))
    total_heat = float(columns["gibbs_energy"][0]) + work - NEUTRON_EXCESS_MEV
    met = columns["number_density"].max(axis=0) > 0.0
    columns["number_density"] = columns["number_density"][:, met]
    Z, N = run.nuclei.Z[: met.size][met], run.nuclei.N[: met.size][met]
    kept = np.arange(volume.size + len(columns["pressure"]) - outer) != outer  # that layer was there before
    return profile.make(
        {**{name: values[kept] for name, values in columns.items()}, **network.reaction_columns(run.log)},
        Z=Z,
        A=Z + N,
        maker="diffusive",
        masses=run.model.name,
        neutrons=run.neutrons,
        source="Gusakov & Chugunov 2020, as Chugunov & Shchechilin 2020, section 4, ask for",
        call=call,
        interface_pressure=call["interface_pressure"],
        total_heat=total_heat,
        cycles=network.cycles_of(run.log),
    )
