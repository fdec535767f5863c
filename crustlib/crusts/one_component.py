"""The accreted crust of one nuclide at a time, as Haensel & Zdunik make it."""

import inspect

import xarray as xr

from crustlib import nuclides
from crustlib.crusts import log as _l
from crustlib.crusts import network, profile
from crustlib.crusts.compression import Settings
from crustlib.crusts.conversion import Cell, _descend
from crustlib.crusts.inventory import Nuclei
from crustlib.crusts.layers import (
    HIGHEST_PRESSURE,
    LOWEST_PRESSURE,
    energies_of,
    layer_columns,
    matter_of,
    model_of,
    number,
)
from crustlib.crusts.medium import Matter
from crustlib.crusts.network import PRESSURE_MAX, PRESSURE_MIN
from crustlib.crusts.reactions import RULES
from crustlib.validation import one_of

THRESHOLD_PRECISION = 1e-10  # of the pressure


def one_component(
    mass_model: "str | nuclides.MassModel",
    ashes: str = "Fe56",
    pressure_max: float = PRESSURE_MAX,
    splice: str = "unmixed",
    lattice: bool = True,
    neutrons: str = "SLy4",
    *,
    nuclear_volume: bool = False,
    pressure_min: float = PRESSURE_MIN,
    gravity: float = 2e14,
    accretion_rate: float = 3e4,
    s_factor: float = 1.0,
    lowest_Z: int = 7,
    resolution: float = 5e-3,
) -> xr.Dataset:
    r"""Follow ashes of one nuclide down into the crust, all nuclei of a layer reacting at once.

    All matter of a layer is one nuclide, with its electrons and the neutrons that it has emitted, in cells
    of :math:`A_\mathrm{cell}` baryons. The pressure rises to the next threshold, where one nucleus may
    capture an electron (Q > 0 in the medium, as in `accreted`) or two fuse in time. There *all* of them do,
    and go through the chain of reactions that follows at that same pressure:

    ================ ==========================================================================
    emission         of neutrons, as many as lower the Gibbs energy most when all nuclei emit
    electron capture if Q > 0, down to `lowest_Z`
    fusion           of two equal nuclei, if it takes less time than the pressure takes to grow
                     by its own size, :math:`P/(g \dot m)`: two cells become one
    ================ ==========================================================================

    The first that is allowed goes first. The chain ends where the Gibbs energy is least, and does not begin
    if it releases none. So composition, density and free neutrons jump at every threshold.

    Parameters
    ----------
    mass_model : str or MassModel
        Masses; see `nuclides.mass_model`. Haensel & Zdunik's were a liquid drop's: "MB-type" is of its kind.
    ashes : str
        The nuclide that starts.
    pressure_max, splice, lattice, neutrons
        As in `accreted`. Haensel & Zdunik's neutron matter is "Mackie-Baym".
    nuclear_volume : bool
        Whether nuclei take space, A/0.16 fm^3 each, from the free neutrons; Haensel & Zdunik's do.
    pressure_min, gravity, accretion_rate, s_factor, lowest_Z, resolution
        As in `accreted`.

    Returns
    -------
    xarray.Dataset
        A Profile with composition, `A_cell`, mu_e, mu_n, heat and the reactions. Each threshold appears as
        two layers of one pressure. A reaction's heat is the finite fall of the Gibbs energy when all nuclei
        make it: among free neutrons that of a chain's first capture is slightly negative.

    Raises
    ------
    ValueError
        If an argument is out of range, or the nuclide has no mass.
    ConvergenceError
        If a layer's equation of state has no solution, or reactions go on for ever at one pressure.

    Notes
    -----
    Haensel & Zdunik (1990a,b; 2003; 2008); Chugunov & Shchechilin (2020), footnote 4. As in their scheme
    nuclei capture no free neutrons and make no beta decay: a cell keeps its neutrons, and Z falls until
    nuclei fuse. Where a layer may react in part and nuclei take neutrons back, that is `accreted`.
    `crustlib.crusts.conversion` says how a reaction of all nuclei at once is judged.

    Examples
    --------
    >>> crust = one_component("AME2016+FRDM95+DZ31", pressure_max=1.2e-3)
    >>> [str(name) for name in crust.reaction_name.values[8:11]]
    ['Ar56 + e -> Cl56', 'Cl56 -> Cl55 + n', 'Cl55 + e -> S55']
    >>> from crustlib.crusts import profile
    >>> f"{float((crust.A_cell - profile.mean_A(crust))[-1]):.0f} free neutrons in a cell"
    '10 free neutrons in a cell'
    """
    call = {k: v for k, v in locals().items() if k in inspect.signature(one_component).parameters}
    model = model_of(mass_model)
    one_of("splice", splice, ("unmixed", "mixed"))
    matter = matter_of(lattice, neutrons, nuclear_volume, model.gas_dependent)
    if not isinstance(ashes, str) or ashes in nuclides.MIXTURES:
        raise ValueError(f"ashes = {ashes!r}: must be one nuclide, such as 'Fe56'")
    fractions = network.fractions_of(ashes, model)
    ((Z, A),) = fractions
    pressure_min = number("pressure_min", pressure_min, LOWEST_PRESSURE, HIGHEST_PRESSURE)
    settings = Settings(
        pressure_min,
        number("pressure_max", pressure_max, pressure_min, HIGHEST_PRESSURE),
        1.0 / A,
        THRESHOLD_PRECISION,
        number("resolution", resolution, 1e-3, 0.1),
    )
    rules = network.rules_of(
        tuple(RULES), 1, lowest_Z, s_factor, 1.0, settings.amount, gravity, accretion_rate
    )
    nuclei, log = network.nuclei_of(fractions, rules, settings), network.empty_log()
    energies = energies_of(model, splice)
    status = _descend(Cell(Z, A - Z, A), nuclei, matter, energies, rules, settings, log)
    network.raise_for("one_component", status, log)
    call |= {"mass_model": model.name, "ashes": nuclides.name(Z, A)}
    return _profile(log, nuclei, matter, model, call)


def _profile(
    log: _l.Log, nuclei: Nuclei, matter: Matter, model: nuclides.MassModel, call: dict
) -> xr.Dataset:
    layers = log.layers[: log.lengths[0]]
    Y = log.Y[: log.lengths[0], : nuclei.lengths[0]]
    met = Y.max(axis=0) > 0.0
    Z, N, Y = nuclei.Z[: met.size][met], nuclei.N[: met.size][met], Y[:, met]
    columns = layer_columns(
        layers[:, _l.L_P],
        layers[:, _l.L_NB],
        Y,
        1.0 - Y @ (Z + N),
        Z,
        Z + N,
        matter,
        model,
        call["neutrons"],
    )
    columns["heat"] = layers[:, _l.L_HEAT]
    columns["A_cell"] = 1.0 / Y.sum(axis=1)
    return profile.make(
        {**columns, **network.reaction_columns(log)},
        Z=Z,
        A=Z + N,
        maker="one_component",
        masses=model.name,
        neutrons=call["neutrons"],
        source="Haensel & Zdunik 1990a,b; 2003; 2008",
        call=call,
    )
