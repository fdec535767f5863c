"""What makers that follow reactions share: checked ashes and rules, the first nuclei, reactions by name."""

from collections.abc import Mapping, Sequence

import numpy as np

from crustlib import nuclides
from crustlib.constants import MEV_FM3_IN_DYN_CM2, SPEED_OF_LIGHT_CM_S
from crustlib.crusts import compression as _c
from crustlib.crusts import log as _l
from crustlib.crusts.inventory import MAX_SPECIES, N_MAX, Z_MAX, Nuclei, _add, _slot
from crustlib.crusts.layers import HIGHEST_PRESSURE, LOWEST_PRESSURE, number
from crustlib.crusts.reactions import FUSION, RULES, WEAK, Rules
from crustlib.errors import ConvergenceError
from crustlib.validation import integer, one_of

PRESSURE_MAX = 1e31 / MEV_FM3_IN_DYN_CM2
PRESSURE_MIN = 1e24 / MEV_FM3_IN_DYN_CM2
OVERSHOOT_MEV = 1.0  # times `step`: how far a capture's step may carry Q below zero
MAX_LAYERS, MAX_REACTIONS, MAX_CYCLES = 20_000, 20_000, 200


def fractions_of(ashes: str | Mapping[str, float], model: nuclides.MassModel) -> dict[tuple[int, int], float]:
    """Return the number fraction of each (Z, A), checked."""
    if isinstance(ashes, str):
        ashes = nuclides.mixture(ashes) if ashes in nuclides.MIXTURES else {ashes: 1.0}
    if not isinstance(ashes, Mapping) or not ashes:
        raise ValueError(
            f"ashes = {ashes!r}: must be a nuclide, a mixture or a mapping of nuclides to fractions"
        )
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


def named(fractions: Mapping[tuple[int, int], float]) -> dict[str, float]:
    """Return fractions by the nuclides' names."""
    return {nuclides.name(Z, A): x for (Z, A), x in fractions.items()}


def settings_of(
    fractions: Mapping[tuple[int, int], float],
    pressure_min: float,
    pressure_max: float,
    step: float,
    resolution: float,
) -> _c.Settings:
    """Return what the compression needs to know besides physics, checked."""
    pressure_min = number("pressure_min", pressure_min, LOWEST_PRESSURE, HIGHEST_PRESSURE)
    pressure_max = number("pressure_max", pressure_max, pressure_min, HIGHEST_PRESSURE)
    step = number("step", step, 1e-6, 0.1)
    resolution = number("resolution", resolution, 1e-3, 0.1)
    amount = step / sum(x * A for (_, A), x in fractions.items())
    return _c.Settings(pressure_min, pressure_max, amount, _c.OVERSHOOT * step, resolution)


def rules_of(
    order: Sequence[str],
    capture_limit: int,
    lowest_Z: int,
    s_factor: float,
    step: float,
    amount: float,
    gravity: float,
    accretion_rate: float,
) -> Rules:
    """Return the priority rules as numbers, checked; see `accreted`."""
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


def nuclei_of(fractions: Mapping[tuple[int, int], float], rules: Rules, settings: _c.Settings) -> Nuclei:
    """Return the nuclei at the surface."""
    size = MAX_SPECIES
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
        _add(nuclei, _slot(nuclei, Z, A - Z, rules, log_time), x * per_baryon)
    return nuclei


def empty_log() -> _l.Log:
    """Return a log with room for one crust."""
    return _l.Log(
        np.zeros((MAX_LAYERS, _l.L_COLUMNS)),
        np.zeros((MAX_LAYERS, MAX_SPECIES)),
        np.zeros((MAX_REACTIONS, _l.R_COLUMNS)),
        np.zeros((MAX_CYCLES, _l.C_COLUMNS)),
        np.zeros(3, dtype=np.int64),
    )


def raise_for(maker: str, status: int, log: _l.Log) -> None:
    """Raise what a kernel's status stands for."""
    if status == _c.OK:
        return
    done = int(log.lengths[0])
    pressure = log.layers[max(done - 1, 0), _l.L_P] * MEV_FM3_IN_DYN_CM2
    why = {
        _c.NOT_CONVERGED: "the equation of state has no solution",
        _c.ENDLESS: "reactions go on for ever at one pressure",
        _c.FULL: f"more than {MAX_SPECIES} species, {MAX_LAYERS} layers, {MAX_REACTIONS} reactions or "
        f"{MAX_CYCLES} cycles",
    }[status]
    raise ConvergenceError(f"{maker}: {why}, just above P = {pressure:.4g} dyn cm^-2 ({done} layers done)")


def reaction_columns(log: _l.Log) -> dict[str, np.ndarray]:
    """Return a Profile's columns about reactions."""
    rows = log.reactions[: log.lengths[1]]
    keys = rows[:, : _l.R_N2 + 1].astype(int)
    return {
        "reaction_name": np.array([reaction_name(*key) for key in keys], dtype=str),
        "reaction_kind": np.array([_kind(int(key[0]), int(key[3])) for key in keys], dtype=str),
        "reaction_pressure": rows[:, _l.R_P],
        "reaction_pressure_end": rows[:, _l.R_PLAST],
        "reaction_mu_e": rows[:, _l.R_MUE],
        "reaction_amount": rows[:, _l.R_AMOUNT],
        "reaction_heat": rows[:, _l.R_HEAT],
    }


def _kind(rule: int, x: int) -> str:
    if rule == WEAK:
        return "electron capture" if x < 0 else "beta decay"
    return {number: name for name, number in RULES.items()}[rule]


def reaction_name(rule: int, Z: int, N: int, x: int, Z_2: int, N_2: int) -> str:
    """Return a reaction in words."""
    name, neutron = nuclides.name, "n" if x == 1 else f"{x} n"
    reactant = name(Z, Z + N)
    if rule == RULES["emission"]:
        return f"{reactant} -> {name(Z, Z + N - x)} + {neutron}"
    if rule == RULES["neutron capture"]:
        return f"{reactant} + {neutron} -> {name(Z, Z + N + x)}"
    if rule == FUSION:
        return f"{reactant} + {name(Z_2, Z_2 + N_2)} -> {name(Z + Z_2, Z + N + Z_2 + N_2)}"
    return f"{reactant} + e -> {name(Z - 1, Z + N)}" if x < 0 else f"{reactant} -> {name(Z + 1, Z + N)} + e"


def cycles_of(log: _l.Log) -> list[str]:
    """Return the reactions that were forbidden to stop a cycle, in words."""
    return [_cycle(row) for row in log.cycles[: log.lengths[2]]]


def _cycle(row: np.ndarray) -> str:
    rule, Z, N, x = (int(number) for number in row[: _l.C_P])
    return f"{reaction_name(rule, Z, N, x, 0, 0)} at {row[_l.C_P] * MEV_FM3_IN_DYN_CM2:.4g} dyn cm^-2"
