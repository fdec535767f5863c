"""The input of LAMMPS for ions in a box: what `crustlib.transport.write_deck` writes.

In the deck, lengths are in a, the ion-sphere radius of the mean ion, energies in Gamma_eff kT, and the mean
ion has mass 1. Two ions at a distance r then have the energy q_a q_b exp(-kappa r)/r, with
q_j = Z_j / (<Z^(5/3)> <Z>^(1/3))^(1/2), and the temperature is 1/Gamma_eff.
"""

from math import ceil, exp, pi, sqrt
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib import __version__
from crustlib.transport.solutions import check_mixture
from crustlib.validation import in_range, integer, positive

LEGS = 20  # blocks of the sampling: a restart file and a standard error's block each
SHORTEST_SCREENING, LARGEST_SCREENING = 0.3, 5.0  # in 1/a; a weaker Yukawa potential is not of short range
COULOMB_CUTOFF = 5.0  # in a, of what PPPM sums in real space: where the two parts cost about the same
BATH = 10.0  # relaxation time of the Langevin thermostat in 1/omega_p
SKIN = 0.5  # in a, of the lists of neighbours
YUKAWA_BIAS = 1e-3  # in c(k), from the cut-off, at the first peak of the structure factor
FIRST_PEAK = 4.3  # in 1/a
TABLE_ROWS = 1000
BEGIN = 0.02  # in a, where the tables begin


class Box(NamedTuple):
    """Ions in a cube, checked: `charges` Z and `counts` of each species, and the settings of a run."""

    charges: NDArray[np.float64]
    counts: NDArray[np.int64]
    gamma: float
    screening: float
    equilibrate: int
    steps: int
    seed: int
    time_step: float
    every: int
    accuracy: float

    @property
    def ions(self) -> int:
        """Number of ions."""
        return int(self.counts.sum())

    @property
    def fractions(self) -> NDArray[np.float64]:
        """Number fractions of the ions in the box."""
        return self.counts / self.ions

    @property
    def length(self) -> float:
        """Edge of the cube in a."""
        return float(np.cbrt(4.0 * pi / 3.0 * self.ions))

    @property
    def strength(self) -> float:
        """What a product Z_a Z_b is to be multiplied with for an energy at distance a, in kT."""
        return self.gamma * self.reduced(1.0) ** 2

    def reduced(self, charge: float) -> float:
        """Charge in the deck's unit."""
        x, Z = self.fractions, self.charges
        return charge / sqrt((x @ Z ** (5 / 3)) * np.cbrt(x @ Z))

    @property
    def plasma_frequency(self) -> float:
        """Plasma frequency of the mean ion in the deck's unit."""
        return sqrt(3.0) * self.reduced(float(self.fractions @ self.charges))

    def settings(self) -> dict[str, object]:
        """Return all that the trajectory depends on, as JSON knows it."""
        plain = {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in self._asdict().items()}
        return plain | {"crustlib": __version__}


def make_box(
    Z: ArrayLike,
    x: ArrayLike,
    gamma: float,
    screening: float,
    ions: int,
    equilibrate: int,
    steps: int,
    seed: int,
    time_step: float,
    every: int,
    accuracy: float,
) -> Box:
    """Check the arguments of `crustlib.transport.simulate`, and round them to whole ions and whole legs."""
    gamma, charges, fractions, screening = _composition(Z, x, gamma, screening)
    every = integer("every", every, 1, 10**6)
    counts = _whole(fractions, integer("ions", ions, 2 * len(charges), 10**8))
    if (counts == 0).any():
        rare = float(charges[counts == 0][0])
        raise ValueError(f"ions = {ions!r}: must be enough for one ion at least of Z = {rare:g}")
    return Box(
        charges,
        counts,
        gamma,
        screening,
        _up(integer("equilibrate", equilibrate, 0, 10**9), 2 * every),
        _up(integer("steps", steps, 1, 10**9), LEGS * every),
        integer("seed", seed, 1, 10**8),
        positive("time_step", in_range("time_step", time_step, 0.0, 0.2)),
        every,
        in_range("accuracy", accuracy, 1e-8, 1e-2),
    )


def _composition(
    Z: ArrayLike, x: ArrayLike, gamma: float, screening: float
) -> tuple[float, NDArray[np.float64], NDArray[np.float64], float]:
    gamma, charges, fractions, screening = check_mixture(positive("gamma", gamma), Z, x, screening)
    if len(set(charges.tolist())) < len(charges):
        raise ValueError(f"Z = {charges.tolist()!r}: must name each charge once")
    if screening:
        in_range("screening", screening, SHORTEST_SCREENING, LARGEST_SCREENING)
    return gamma, charges, fractions, screening


def _whole(fractions: NDArray[np.float64], ions: int) -> NDArray[np.int64]:
    """Return counts that sum to `ions`: those with the largest remainders are rounded up."""
    exact = fractions / fractions.sum() * ions
    counts = np.floor(exact).astype(np.int64)
    missing = np.argsort(counts - exact, kind="stable")[: ions - counts.sum()]
    counts[missing] += 1
    return counts


def _up(number: int, unit: int) -> int:
    return ceil(number / unit) * unit


def write(folder: Path, box: Box) -> None:
    """Write the deck: ``in.lammps`` and the files that it reads."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ions.data").write_text(_ions(box))
    if box.screening:
        (folder / "yukawa.table").write_text(_tables(box))
    (folder / "in.lammps").write_text(_script(box))  # last: whoever finds it finds the rest


def _ions(box: Box) -> str:
    """Positions near those of a simple cubic lattice, so that no two are close, and species by lot."""
    rng = np.random.default_rng(box.seed)
    edge = ceil(round(np.cbrt(box.ions), 9))
    sites = rng.permutation(edge**3)[: box.ions]
    places = np.stack(np.unravel_index(sites, (edge,) * 3), axis=1) + 0.2 * rng.uniform(-1, 1, (box.ions, 3))
    places = (places + 0.5) * box.length / edge
    species = np.repeat(np.arange(len(box.counts)), box.counts)
    lines = [
        "Ions in a cube: lengths in a, energies in Gamma_eff kT",
        "",
        f"{box.ions} atoms",
        f"{len(box.charges)} atom types",
        *(f"0.0 {box.length:.12g} {axis}lo {axis}hi" for axis in "xyz"),
        "",
        "Masses",
        "",
        *(f"{j + 1} {Z / (box.fractions @ box.charges):.12g}" for j, Z in enumerate(box.charges)),
        "",
        "Atoms # charge",
        "",
    ]
    for i, (j, place) in enumerate(zip(species, places, strict=True)):
        charge = box.reduced(box.charges[j])
        lines.append(f"{i + 1} {j + 1} {charge:.12g} " + " ".join(f"{edge:.9f}" for edge in place))
    return "\n".join(lines) + "\n"


def cutoff(box: Box) -> float:
    r"""Distance in a from which on ions do not feel each other directly.

    Energy and force of a Yukawa pair are shifted to zero there. In the direct correlation function that is an
    error of :math:`3\Gamma r_cv''(r_c)/k^4`, v = exp(-kappa r)/r.
    """
    if not box.screening:
        return min(COULOMB_CUTOFF, box.length)
    r, kappa = 2.0, box.screening
    while (
        3.0 * box.gamma * exp(-kappa * r) * (kappa**2 + 2 * kappa / r + 2 / r**2)
        > YUKAWA_BIAS * FIRST_PEAK**4
    ):
        r += 0.1
    return round(r, 1)


def shifted_yukawa(r: NDArray[np.float64], screening: float, end: float) -> tuple[NDArray, NDArray]:
    """Return exp(-kappa r)/r less what makes it and its slope vanish at `end`, and its force, up to there."""
    value, slope = exp(-screening * end) / end, -exp(-screening * end) / end * (screening + 1.0 / end)
    pure = np.exp(-screening * r) / r
    return pure - value - slope * (r - end), pure * (screening + 1.0 / r) + slope


def _tables(box: Box) -> str:
    """Tables of energy and force, a section for each pair of species."""
    end = cutoff(box)
    r = np.linspace(BEGIN, end, TABLE_ROWS)
    energy, force = shifted_yukawa(r, box.screening, end)
    lines = []
    for a, b, product in _pairs(box):
        rows = zip(r, product * energy, product * force, strict=True)
        lines += [f"PAIR_{a}_{b}", f"N {TABLE_ROWS} R {BEGIN} {end}", ""]
        lines += [f"{i} {x:.9g} {e:.12g} {f:.12g}" for i, (x, e, f) in enumerate(rows, 1)]
        lines.append("")
    return "\n".join(lines)


def _pairs(box: Box) -> list[tuple[int, int, float]]:
    """Numbers of two species, and the product of their charges in the deck's unit."""
    q = [box.reduced(Z) for Z in box.charges]
    return [(a + 1, b + 1, q[a] * q[b]) for a in range(len(q)) for b in range(a, len(q))]


def _interaction(box: Box) -> str:
    end = cutoff(box)
    if not box.screening:
        style = f"pair_style coul/long {end:.9g}\npair_coeff * *\n"
        return style + f"kspace_style pppm {box.accuracy:g}\nkspace_modify order 7"
    coefficients = (f"pair_coeff {a} {b} yukawa.table PAIR_{a}_{b}" for a, b, _ in _pairs(box))
    return f"pair_style table spline {5 * TABLE_ROWS}\n" + "\n".join(coefficients)


def _script(box: Box) -> str:
    """Commands that melt, settle and sample; started again, they go on from the last restart file."""
    half, temperature = box.equilibrate // 2, 1.0 / box.gamma
    bath = f"{temperature:.12g} {temperature:.12g} {BATH / box.plasma_frequency:.9g}"
    return f"""\
# {box.ions} ions, {len(box.charges)} species, Gamma_eff = {box.gamma:.6g}; written by crustlib {__version__}
# Run it as it is:  mpiexec -n 64 lmp -in in.lammps
# A run that was stopped goes on where it was when it is started again in the same folder.
units lj
atom_style charge
if "$(is_file(state))" then "read_restart state" else "read_data ions.data"
{_interaction(box)}
neighbor {SKIN} bin
neigh_modify every 1 delay 0 check yes
timestep {box.time_step / box.plasma_frequency:.12g}
thermo 100
thermo_style custom step temp pe etotal
thermo_modify norm yes flush yes format float %.10g
variable temperature equal temp
variable potential equal pe
variable total equal etotal
fix move all nve

if "$(step) > {half}" then "jump SELF sample"
if "$(step) > 0" then "jump SELF settle"
minimize 0.0 0.01 100 200
reset_timestep 0
velocity all create {temperature:.12g} {box.seed} dist gaussian mom yes
fix bath all langevin {bath} {box.seed + 1} zero yes
run {half}
unfix bath
write_restart state.new
shell mv state.new state

# The energy to sample at is the mean one of this half of the equilibration
label settle
if "{half} == 0" then "jump SELF sample"
fix bath all langevin {bath} {box.seed + 2} zero yes
fix mean all ave/time {box.every} {half // box.every} {max(half, 1)} v_total
run {half}
velocity all scale $(temp*(f_mean-pe)/(etotal-pe))
unfix mean
unfix bath
write_restart state.new
shell mv state.new state

label sample
variable leg equal floor((step-{box.equilibrate})/{box.steps // LEGS}+0.5)
variable leg equal ${{leg}}
if "${{leg}} >= {LEGS}" then "jump SELF end"
dump positions all custom {box.every} positions.${{leg}} xs ys zs
dump_modify positions sort id header no format float %.9f
fix energies all ave/time {box.every} 1 {box.every} v_temperature v_potential v_total &
    file energies.${{leg}} format " %.16g"
run {box.steps // LEGS}
undump positions
unfix energies
write_restart state.new
shell mv state.new state
jump SELF sample
label end
print "complete" file complete
"""
