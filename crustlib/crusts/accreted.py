"""The accreted crust in the traditional approach: the ashes of one element followed down by compression."""

import inspect
from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from crustlib import nuclides
from crustlib.constants import MEV_FM3_IN_DYN_CM2, SPEED_OF_LIGHT_CM_S
from crustlib.crusts import compression as _c
from crustlib.crusts import profile
from crustlib.crusts.layers import (
    HIGHEST_PRESSURE,
    LOWEST_PRESSURE,
    layer_columns,
    matter_of,
    model_of,
    number,
)
from crustlib.crusts.medium import Matter
from crustlib.crusts.reactions import FUSION, N_MAX, RULES, WEAK, Z_MAX, Nuclei, Rules, _energies
from crustlib.errors import ConvergenceError
from crustlib.validation import integer, one_of

PRESSURE_MAX = 1e31 / MEV_FM3_IN_DYN_CM2
PRESSURE_MIN = 1e24 / MEV_FM3_IN_DYN_CM2
OVERSHOOT_MEV = 1.0  # times `step`: how far a capture's step may carry Q below zero
MAX_LAYERS, MAX_REACTIONS, MAX_CYCLES = 20_000, 20_000, 200


def accreted(
    mass_model: "str | nuclides.MassModel",
    ashes: Mapping[str, float] | None = None,
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
    ashes : mapping of str to float, optional
        Number fractions of the nuclides that start, which sum to 1; {"Fe56": 1.0} by default.
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
    what it quotes. Nuclear volumes are neglected (its section 2.1).

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
    pressure_min = number("pressure_min", pressure_min, LOWEST_PRESSURE, HIGHEST_PRESSURE)
    pressure_max = number("pressure_max", pressure_max, pressure_min, HIGHEST_PRESSURE)
    step = number("step", step, 1e-6, 0.1)
    resolution = number("resolution", resolution, 1e-3, 0.1)
    matter = matter_of(lattice, neutrons)
    fractions = _fractions({"Fe56": 1.0} if ashes is None else ashes, model)
    amount = step / sum(x * A for (_, A), x in fractions.items())
    settings = _c.Settings(pressure_min, pressure_max, amount, _c.OVERSHOOT * step, resolution)
    rules = _rules(order, capture_limit, lowest_Z, s_factor, step, amount, gravity, accretion_rate)
    nuclei = _start(fractions, rules, settings)
    log = _c.Log(
        np.zeros((MAX_LAYERS, _c.L_COLUMNS)),
        np.zeros((MAX_LAYERS, _c.MAX_SPECIES)),
        np.zeros((MAX_REACTIONS, _c.R_COLUMNS)),
        np.zeros((MAX_CYCLES, _c.C_COLUMNS)),
        np.zeros(3, dtype=np.int64),
    )
    status = _c._compress(nuclei, matter, _energies(_masses(model, splice)), rules, settings, log)
    _raise_for(status, log, nuclei)
    call |= {"mass_model": model.name, "ashes": dict(ashes or {"Fe56": 1.0}), "order": list(order)}
    return _profile(log, nuclei, matter, model, call)


def _rules(
    order: Sequence[str],
    capture_limit: int,
    lowest_Z: int,
    s_factor: float,
    step: float,
    amount: float,
    gravity: float,
    accretion_rate: float,
) -> Rules:
    if isinstance(order, str) or not isinstance(order, Sequence):
        raise ValueError(f"order = {order!r}: must be a list of rules, of {', '.join(RULES)}")
    names = list(order)
    for name in names:
        one_of("order", name, RULES)
    if not names or len(set(names)) != len(names):
        raise ValueError(f"order = {names}: must name each rule at most once, and one at least")
    gravity = number("gravity", gravity, 1e10, 1e17)
    accretion_rate = number("accretion_rate", accretion_rate, 1e-10, 1e10)
    fm_per_second = SPEED_OF_LIGHT_CM_S * 1e13
    return Rules(
        np.array([RULES[name] for name in names]),
        integer("capture_limit", capture_limit, 1, 10),
        integer("lowest_Z", lowest_Z, 2, 50),
        float(np.log(number("s_factor", s_factor, 1e-100, 1e100))),
        OVERSHOOT_MEV * step,
        amount,
        MEV_FM3_IN_DYN_CM2 / (gravity * accretion_rate) * fm_per_second,
    )


def _masses(model: nuclides.MassModel, splice: str) -> np.ndarray:
    """Return the mass excesses [table, Z, N] on the kernels' grid, whatever the tables' sizes."""
    grid = model.grid(splice)[:, : Z_MAX + 1, : N_MAX + 1]
    masses = np.full((grid.shape[0], Z_MAX + 1, N_MAX + 1), np.nan)
    masses[:, : grid.shape[1], : grid.shape[2]] = grid
    return masses


def _fractions(ashes: Mapping[str, float], model: nuclides.MassModel) -> dict[tuple[int, int], float]:
    """Return the number fraction of each (Z, A), checked."""
    if not isinstance(ashes, Mapping) or not ashes:
        raise ValueError(f"ashes = {ashes!r}: must map nuclides to number fractions")
    fractions: dict[tuple[int, int], float] = {}
    for name, x in ashes.items():
        Z, A = nuclides.parse(name)
        model.mass_excess(Z, A)  # raises where there is none, and says what exists nearby
        if Z > Z_MAX or A - Z > N_MAX:
            raise ValueError(f"ashes = {dict(ashes)}: {name} is beyond Z = {Z_MAX} or N = {N_MAX}")
        fractions[Z, A] = fractions.get((Z, A), 0.0) + number(f"ashes[{name!r}]", x, 0.0, 1.0)
    total = sum(fractions.values())
    if abs(total - 1.0) > 1e-6:
        raise ValueError(f"ashes = {dict(ashes)}: number fractions sum to {total:.8g}, must be 1 (to 1e-6)")
    return fractions


def _start(fractions: Mapping[tuple[int, int], float], rules: Rules, settings: _c.Settings) -> Nuclei:
    """Return the nuclei at the surface."""
    size = _c.MAX_SPECIES
    nuclei = Nuclei(
        Z=np.zeros(size, np.int64),
        N=np.zeros(size, np.int64),
        Y=np.zeros(size),
        present=np.zeros(size, np.int64),
        fusion_n_e=np.zeros((size, size)),
        slot=np.full((Z_MAX + 1, N_MAX + 1), -1),
        lengths=np.zeros(2, np.int64),
    )
    per_baryon = 1.0 / sum(x * A for (_, A), x in fractions.items())
    log_time = np.log(settings.pressure_max * rules.compression_time)
    for (Z, A), x in fractions.items():
        _c._add(nuclei, _c._slot(nuclei, Z, A - Z, rules, log_time), x * per_baryon)
    return nuclei


def _raise_for(status: int, log: _c.Log, nuclei: Nuclei) -> None:
    if status == _c.OK:
        return
    done = int(log.lengths[0])
    pressure = log.layers[max(done - 1, 0), _c.L_P] * MEV_FM3_IN_DYN_CM2
    why = {
        _c.NOT_CONVERGED: "the equation of state has no solution",
        _c.ENDLESS: "reactions go on for ever at one pressure",
        _c.FULL: f"more than {_c.MAX_SPECIES} species, {MAX_LAYERS} layers, {MAX_REACTIONS} reactions or "
        f"{MAX_CYCLES} cycles",
    }[status]
    raise ConvergenceError(f"accreted: {why}, just above P = {pressure:.4g} dyn cm^-2 ({done} layers done)")


def _profile(
    log: _c.Log, nuclei: Nuclei, matter: Matter, model: nuclides.MassModel, call: dict
) -> xr.Dataset:
    layers = log.layers[: log.lengths[0]]
    Y = log.Y[: log.lengths[0], : nuclei.lengths[0]]
    met = Y.max(axis=0) > 0.0
    Z, N, Y = nuclei.Z[: nuclei.lengths[0]][met], nuclei.N[: nuclei.lengths[0]][met], Y[:, met]
    n_b, Y_n = layers[:, _c.L_NB], 1.0 - Y @ (Z + N)
    columns = layer_columns(layers[:, _c.L_P], n_b, Y, Y_n, Z, Z + N, matter, model, call["neutrons"])
    columns["heat"] = layers[:, _c.L_HEAT]
    return profile.make(
        {**columns, **_reactions(log.reactions[: log.lengths[1]])},
        Z=Z,
        A=Z + N,
        maker="accreted",
        masses=model.name,
        neutrons=call["neutrons"],
        source="Chugunov & Shchechilin 2020, section 2.3.1",
        call=call,
        cycles=[_cycle(row) for row in log.cycles[: log.lengths[2]]],
    )


def _cycle(row: np.ndarray) -> str:
    rule, Z, N, x = (int(number) for number in row[: _c.C_P])
    return f"{_reaction_name(rule, Z, N, x, 0, 0)} at {row[_c.C_P] * MEV_FM3_IN_DYN_CM2:.4g} dyn cm^-2"


def _reactions(rows: np.ndarray) -> dict[str, np.ndarray]:
    keys = rows[:, : _c.R_N2 + 1].astype(int)
    return {
        "reaction_name": np.array([_reaction_name(*key) for key in keys], dtype=str),
        "reaction_kind": np.array([_kind(int(key[0]), int(key[3])) for key in keys], dtype=str),
        "reaction_pressure": rows[:, _c.R_P],
        "reaction_pressure_end": rows[:, _c.R_PLAST],
        "reaction_mu_e": rows[:, _c.R_MUE],
        "reaction_amount": rows[:, _c.R_AMOUNT],
        "reaction_heat": rows[:, _c.R_HEAT],
    }


def _kind(rule: int, x: int) -> str:
    if rule == WEAK:
        return "electron capture" if x < 0 else "beta decay"
    return {number: name for name, number in RULES.items()}[rule]


def _reaction_name(rule: int, Z: int, N: int, x: int, Z_2: int, N_2: int) -> str:
    name, neutron = nuclides.name, "n" if x == 1 else f"{x} n"
    reactant = name(Z, Z + N)
    if rule == RULES["emission"]:
        return f"{reactant} -> {name(Z, Z + N - x)} + {neutron}"
    if rule == RULES["neutron capture"]:
        return f"{reactant} + {neutron} -> {name(Z, Z + N + x)}"
    if rule == FUSION:
        return f"{reactant} + {name(Z_2, Z_2 + N_2)} -> {name(Z + Z_2, Z + N + Z_2 + N_2)}"
    return f"{reactant} + e -> {name(Z - 1, Z + N)}" if x < 0 else f"{reactant} -> {name(Z + 1, Z + N)} + e"
