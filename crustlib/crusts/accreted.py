"""The accreted crust in the traditional approach: the ashes of one element followed down by compression."""

import inspect
from collections.abc import Mapping, Sequence

import xarray as xr

from crustlib import nuclides
from crustlib.crusts import log as _l
from crustlib.crusts import network, profile
from crustlib.crusts.compression import _compress
from crustlib.crusts.inventory import Nuclei
from crustlib.crusts.layers import energies_of, layer_columns, matter_of, model_of
from crustlib.crusts.medium import Matter
from crustlib.crusts.network import PRESSURE_MAX, PRESSURE_MIN
from crustlib.crusts.reactions import RULES
from crustlib.crusts.reservoir import CLOSED
from crustlib.validation import one_of


def accreted(
    mass_model: "str | nuclides.MassModel",
    ashes: str | Mapping[str, float] = "Fe56",
    pressure_max: float = PRESSURE_MAX,
    splice: str = "unmixed",
    lattice: bool = True,
    neutrons: str = "SLy4",
    step: float = 5e-4,
    *,
    nuclear_volume: bool = False,
    pressure_min: float = PRESSURE_MIN,
    gravity: float = 2e14,
    accretion_rate: float = 3e4,
    s_factor: float = 1.0,
    order: Sequence[str] = tuple(RULES),
    capture_limit: int = 2,
    lowest_Z: int = 7,
    resolution: float = 5e-3,
) -> xr.Dataset:
    r"""Follow ashes down into the crust, reaction by reaction, as the traditional approach does.

    At fixed pressure a fraction `step` of the nuclei reacts wherever :math:`Q = -\Delta G > 0`; of the
    allowed reactions the first in `order` goes first:

    ================ ==========================================================================
    emission         of neutrons, the largest number allowed
    neutron capture  of at most `capture_limit`, if the product does not emit
    weak             electron capture or beta decay without neutrons, the largest Q,
                     down to `lowest_Z`
    fusion           if it takes less time than the pressure takes to grow by its own size,
                     :math:`P/(g \dot m)`
    ================ ==========================================================================

    Neutrons stop moving where Q would turn negative. Where nothing is allowed the pressure rises to the next
    threshold. The heat is all of Q: neutrinos carry some of it away, which is not computed.

    Parameters
    ----------
    mass_model : str or MassModel
        Masses, for example "AME2016+FRDM95+DZ31"; see `nuclides.mass_model`.
    ashes : str or mapping of str to float
        What starts: a nuclide, a mixture's name (`nuclides.mixture`), or number fractions that sum to 1.
    pressure_max : float
        Where to stop (MeV fm^-3), by default 1e31 dyn cm^-2.
    splice : {"unmixed", "mixed"}
        Whether all nuclei of one reaction take their mass from the first table that holds them all, or each
        from the first that holds it. "unmixed" allows cycles that release energy for ever: these are detected
        and stopped by forbidding their weakest reaction, and named in ``attrs["cycles"]``. The columns
        mass_density and gibbs_energy have each nuclide's own mass either way.
    lattice : bool
        Whether the Coulomb lattice acts on pressure and reactions.
    neutrons : str
        Neutron matter; see `matter.neutrons.available`.
    step : float
        Fraction of the nuclei that reacts in one step. Above 5e-4 the sawtooth of mu_e makes spurious zones.
    nuclear_volume : bool
        Whether nuclei take space, A/0.16 fm^3 each, from the free neutrons.
    pressure_min : float
        Where to start (MeV fm^-3), by default 1e24 dyn cm^-2.
    gravity, accretion_rate : float
        g (cm s^-2) and the local accretion rate (g cm^-2 s^-1) that set the time compression takes.
    s_factor : float
        Factor on the S-factors of fusion (`pycnonuclear.s_factor`), which are uncertain by many decades.
    order : sequence of str
        The priority rules, first match wins; leave one out and it never acts.
    capture_limit : int
        Most neutrons captured at once.
    lowest_Z : int
        Weak reactions do not go below this charge, where mass formulas mean nothing.
    resolution : float
        Largest step of ln P between layers.

    Returns
    -------
    xarray.Dataset
        A Profile with composition, mu_e, mu_n, heat and the reactions. Constant-pressure reaction layers
        appear as two layers of one pressure.

    Raises
    ------
    ValueError
        If an argument is out of range, ashes do not sum to 1, or a nuclide has no mass.
    ConvergenceError
        If a layer's equation of state has no solution, or reactions go on for ever at one pressure.

    Notes
    -----
    Chugunov & Shchechilin (2020), section 2.3.1. The paper's priority rules are unpublished; these reproduce
    what it quotes. Nuclear volumes are neglected by default, as in its section 2.1.

    Examples
    --------
    >>> crust = accreted("AME2016+FRDM95+DZ31", pressure_max=2e-5)
    >>> [str(name) for name in crust.reaction_name.values]
    ['Fe56 + e -> Mn56', 'Mn56 + e -> Cr56', 'Cr56 + e -> V56', 'V56 + e -> Ti56']
    >>> f"{float(crust.reaction_mu_e[0]):.3f} MeV"
    '4.469 MeV'
    """
    call = {k: v for k, v in locals().items() if k in inspect.signature(accreted).parameters}
    model = model_of(mass_model)
    one_of("splice", splice, ("unmixed", "mixed"))
    matter = matter_of(lattice, neutrons, nuclear_volume, model.gas_dependent)
    fractions = network.fractions_of(ashes, model)
    settings = network.settings_of(fractions, pressure_min, pressure_max, step, resolution)
    rules = network.rules_of(
        order, capture_limit, lowest_Z, s_factor, step, settings.amount, gravity, accretion_rate
    )
    nuclei, log = network.nuclei_of(fractions, rules, settings), network.empty_log()
    _, status = _compress(nuclei, 0.0, CLOSED, matter, energies_of(model, splice), rules, settings, log)
    network.raise_for("accreted", status, log)
    call |= {"mass_model": model.name, "ashes": network.named(fractions), "order": list(order)}
    return _profile(log, nuclei, matter, model, call)


def _profile(
    log: _l.Log, nuclei: Nuclei, matter: Matter, model: nuclides.MassModel, call: dict
) -> xr.Dataset:
    layers = log.layers[: log.lengths[0]]
    Y = log.Y[: log.lengths[0], : nuclei.lengths[0]]
    met = Y.max(axis=0) > 0.0
    Z, N, Y = nuclei.Z[: nuclei.lengths[0]][met], nuclei.N[: nuclei.lengths[0]][met], Y[:, met]
    n_b, Y_n = layers[:, _l.L_NB], 1.0 - Y @ (Z + N)
    columns = layer_columns(layers[:, _l.L_P], n_b, Y, Y_n, Z, Z + N, matter, model, call["neutrons"])
    columns["heat"] = layers[:, _l.L_HEAT]
    return profile.make(
        {**columns, **network.reaction_columns(log)},
        Z=Z,
        A=Z + N,
        maker="accreted",
        masses=model.name,
        neutrons=call["neutrons"],
        source="Chugunov & Shchechilin 2020, section 2.3.1",
        call=call,
        cycles=network.cycles_of(log),
    )
