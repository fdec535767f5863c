r"""Ions in a box: structure factors by molecular dynamics, without a closure.

Classical ions in a periodic cube with a uniform background repel each other by
:math:`Z_aZ_be^2e^{-\kappa r}/r` (Daligault & Gupta 2009, equation 33). LAMMPS moves them: it melts a
disordered start and settles it with a Langevin thermostat, then samples at constant energy, the mean one of
the second half of the equilibration. A Coulomb potential is summed to all distances with PPPM; a Yukawa
potential is cut off where that changes nothing (`crustlib.transport.lammps_deck.cutoff`).

Lengths are in units of a, the ion-sphere radius of the mean ion. A static structure does not depend on
masses; here they are in proportion to the charges, and times are in those of the mean ion.
"""

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from crustlib import __version__
from crustlib.sweep import shows_progress
from crustlib.transport import lammps_deck, lammps_engine, trajectories
from crustlib.transport.coulomb_quadrature import coulomb_integrand
from crustlib.transport.lammps_deck import LEGS, Box, make_box
from crustlib.transport.screening import FERMI_RADIUS
from crustlib.validation import integer, positive

__all__ = ["simulate", "simulated_logarithm", "write_deck"]

BINS = 200  # of a pair distribution
DRIFT_ROWS = 4  # columns of LAMMPS's file of energies: step, temperature, potential and total energy


def simulate(
    Z: ArrayLike,
    x: ArrayLike,
    gamma: float,
    screening: float = 0.0,
    ions: int = 1000,
    equilibrate: int = 5000,
    steps: int = 20000,
    seed: int = 1,
    save: str | os.PathLike[str] | None = None,
    processes: int = 1,
    *,
    time_step: float = 0.08,
    every: int = 30,
    accuracy: float = 1e-4,
    progress: bool | None = None,
) -> xr.Dataset:
    r"""Simulate a mixture of ions with LAMMPS and average its structure.

    .. math:: S_{ab}(k) = \frac{\langle n_a(\mathbf k)n_b(-\mathbf k)\rangle}{\sqrt{N_aN_b}}, \qquad
              S_{zz} = \frac{1}{\langle Z^2\rangle}\sum_{ab}\sqrt{x_ax_b}\,Z_aZ_bS_{ab}, \qquad
              \mathbf k = \frac{2\pi}{L}(n_x, n_y, n_z)

    (Daligault & Gupta 2009, equations 33-35, norm supplied), for all wave vectors of the box up to
    :math:`2k_F`, averaged over those of one length.

    Parameters
    ----------
    Z : array_like
        Charge numbers of the species, > 0, each once, shape (species,).
    x : array_like
        Number fractions, which sum to 1, shape (species,). The box holds the nearest whole numbers of ions.
    gamma : float
        Effective coupling parameter of what is in the box, <Z^(5/3)> e^2/(a_e kT), > 0.
    screening : float
        Inverse screening length in 1/a: 0, or in [0.3, 5].
    ions : int
        Number of ions.
    equilibrate : int
        Time steps before the first sample; rounded up to whole halves of whole samples.
    steps : int
        Time steps that are sampled; rounded up to 20 blocks of whole samples.
    seed : int
        Of the first positions and velocities and of the thermostat, in [1, 1e8].
    save : path, optional
        A folder for the deck, the restart file and the trajectory. Called again with the same folder, a run
        that was stopped goes on where it was, and one that is complete, on a cluster too, is only averaged.
    processes : int
        Number of MPI processes on this machine.
    time_step : float
        In 1/omega_p, omega_p the plasma frequency of the mean ion, in (0, 0.2].
    every : int
        Time steps between samples.
    accuracy : float
        Error of PPPM's forces, in [1e-8, 1e-2], over the force of two mean ions at distance a.
    progress : bool, optional
        Whether to show a bar; if left out, where somebody watches.

    Returns
    -------
    xarray.Dataset
        `S_zz` (k) with its standard error `S_zz_error` and its means over blocks of time `S_zz_blocks`
        (block, k); `S_ab` (species, other, k); `g_ab` (species, other, r); `vectors` (k), how many of the
        box's wave vectors have that length, -k not counted; `u_ex` and `u_ex_error`, the excess energy per
        ion in the nominal kT; `temperature`, its mean over the nominal one, which is the less certain the
        shorter the equilibration (1 % more moves a liquid's `u_ex` by some 0.015); `energy_drift`, by how
        much of itself the total energy departed from the first one. Coordinates: `k` (1/a), `r` (a), `Z`, and
        `ions`, the number of each species. Attributes: the whole call, every setting, versions, seconds.

    Raises
    ------
    ValueError
        If an argument is out of range, or `save` holds another run.
    ModuleNotFoundError
        If there is no LAMMPS: it comes with ``pip install 'crustlib[md]'``.
    RuntimeError
        If LAMMPS fails; its last words are in the message.

    Examples
    --------
    Twenty samples of a small, hot box:

    >>> run = simulate(26, 1, gamma=10, ions=128, equilibrate=300, steps=600, time_step=0.05, seed=3)
    >>> print(run["S_zz"].dims, f"{run.u_ex.item():.0f}")
    ('k',) -8
    """
    box = make_box(Z, x, gamma, screening, ions, equilibrate, steps, seed, time_step, every, accuracy)
    processes = integer("processes", processes, 1, 4096)
    show = shows_progress() if progress is None else progress
    if save is not None:
        return _simulate(Path(save), box, processes, show)
    with tempfile.TemporaryDirectory(prefix="crustlib-") as folder:
        return _simulate(Path(folder), box, processes, show)


def write_deck(
    folder: str | os.PathLike[str],
    Z: ArrayLike,
    x: ArrayLike,
    gamma: float,
    screening: float = 0.0,
    ions: int = 1000,
    equilibrate: int = 5000,
    steps: int = 20000,
    seed: int = 1,
    *,
    time_step: float = 0.08,
    every: int = 30,
    accuracy: float = 1e-4,
) -> Path:
    """Write the files with which LAMMPS runs a simulation anywhere.

    On a cluster, ``mpiexec -n 64 lmp -in in.lammps`` in the folder runs it, and goes on with it if it was
    stopped. The folder brought back, `simulate` with ``save=folder`` and the same arguments averages it.

    Parameters
    ----------
    folder : path
        Where to write; made if it does not exist.
    Z, x, gamma, screening, ions, equilibrate, steps, seed, time_step, every, accuracy
        As in `simulate`.

    Returns
    -------
    Path
        Of ``in.lammps``, beside ``ions.data``, ``settings.json`` and, with screening, ``yukawa.table``.

    Raises
    ------
    ValueError
        If an argument is out of range, or the folder holds another run.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     deck = write_deck(folder, [8, 26, 40], [0.2, 0.3, 0.5], gamma=100, ions=5000)
    ...     print(sorted(path.name for path in deck.parent.iterdir()))
    ['in.lammps', 'ions.data', 'settings.json']
    """
    box = make_box(Z, x, gamma, screening, ions, equilibrate, steps, seed, time_step, every, accuracy)
    return _deck(Path(folder), box)


def simulated_logarithm(run: xr.Dataset, x_r: float) -> tuple[float, float]:
    r"""Coulomb logarithm of a simulation, with its standard error.

    .. math:: \ln\Lambda = \int_0^1\frac{\mathrm dy}{y\,\epsilon^2}\left(1 - \beta^2y^2\right)S_{zz}(2k_Fy)

    (Daligault & Gupta 2009, equation 19), S_zz linear between the box's wave numbers, and below the first
    in proportion to k^2, as perfect screening has it.

    Parameters
    ----------
    run : xarray.Dataset
        From `simulate`.
    x_r : float
        Relativity parameter of the electrons, > 0.

    Returns
    -------
    value, error : float
        The logarithm, and the standard error of the mean over the blocks.

    Raises
    ------
    ValueError
        If `x_r` is out of range.

    Examples
    --------
    >>> run = simulate(26, 1, gamma=10, ions=128, equilibrate=300, steps=600, time_step=0.05, seed=3)
    >>> value, error = simulated_logarithm(run, x_r=10.0)
    >>> print(f"{value:.1f}", error < 0.02)
    1.0 True
    """
    weights = _weights(run["k"].values, run.attrs["k_max"], positive("x_r", x_r))
    blocks = run["S_zz_blocks"].values @ weights
    return float(blocks.mean()), _standard_error(blocks)


def _weights(k: np.ndarray, k_max: float, x_r: float) -> np.ndarray:
    """Return what each S_zz(k) contributes to the Coulomb logarithm."""
    nodes, halves = np.polynomial.legendre.leggauss(4)
    edges = np.concatenate([np.linspace(0.0, k[0], 9), k[1:], [k_max]])
    edges = np.unique(np.minimum(edges, k_max))
    low, high = edges[:-1, np.newaxis], edges[1:, np.newaxis]
    points = (0.5 * (low + high) + 0.5 * (high - low) * nodes).ravel()
    factor = (0.5 * (high - low) * halves).ravel() / k_max * coulomb_integrand(points / k_max, x_r)
    inside = points > k[0]
    upper = np.clip(np.searchsorted(k, points), 1, len(k) - 1)
    part = np.clip((points - k[upper - 1]) / (k[upper] - k[upper - 1]), 0.0, 1.0)
    weights = np.zeros(len(k))
    np.add.at(weights, upper - 1, np.where(inside, factor * (1.0 - part), 0.0))
    np.add.at(weights, upper, np.where(inside, factor * part, 0.0))
    weights[0] += (factor * (points / k[0]) ** 2)[~inside].sum()
    return weights


def _simulate(folder: Path, box: Box, processes: int, progress: bool) -> xr.Dataset:
    start = time.perf_counter()
    _deck(folder, box)
    if not (folder / "complete").exists():
        lammps_engine.run(folder, box.equilibrate + box.steps, processes, progress)
    run = _averages(folder, box)
    run.attrs |= {
        "settings": json.dumps(_settings(box)),
        "lammps": lammps_engine.version(folder),
        "processes": processes,
        "seconds": round(time.perf_counter() - start, 2),
    }
    return run


def _settings(box: Box) -> dict[str, Any]:
    """Return all that a run depends on."""
    return box.settings() | {
        "legs": LEGS,
        "cutoff": lammps_deck.cutoff(box),
        "bath": lammps_deck.BATH,
    }


def _deck(folder: Path, box: Box) -> Path:
    """Write the deck, unless the folder holds it already."""
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"save = {str(folder)!r}: must be a folder")
    wanted, path = _settings(box), folder / "settings.json"
    if not path.exists():
        lammps_deck.write(folder, box)
        path.write_text(json.dumps(wanted, indent=2) + "\n")
    found = json.loads(path.read_text())
    for key, value in wanted.items():
        if found.get(key) != value:
            raise ValueError(
                f"save = {str(folder)!r}: holds a run whose {key} is {found.get(key)!r}, not {value!r}; "
                "choose another folder"
            )
    return folder / "in.lammps"


def _averages(folder: Path, box: Box) -> xr.Dataset:
    """Average what LAMMPS wrote, a block at a time; each block's averages are kept beside it."""
    k_max = 2.0 * FERMI_RADIUS * float(np.cbrt(box.fractions @ box.charges))
    blocks = [_block(folder, leg, box, k_max) for leg in range(LEGS)]
    S, g = (np.array([block[name] for block in blocks]) for name in ("S", "g"))
    energies = np.array([block["energies"] for block in blocks])
    k, vectors, _ = trajectories.shells(box.length, k_max)
    weights = np.sqrt(box.fractions) * box.charges
    S_zz = np.einsum("a,b,labk->lk", weights, weights, S) / (box.fractions @ box.charges**2)
    potential = box.gamma * energies[:, :, 2].mean(1)
    temperature = box.gamma * energies[:, :, 1].mean()
    total = energies[:, :, 3].ravel()
    r = 0.5 * box.length * (np.arange(BINS) + 0.5) / BINS
    data = {
        "S_zz": ("k", S_zz.mean(0), "charge-charge structure factor"),
        "S_zz_error": ("k", S_zz.std(0, ddof=1) / np.sqrt(LEGS), "standard error of the mean over blocks"),
        "S_zz_blocks": (("block", "k"), S_zz, "means over blocks of time"),
        "vectors": ("k", vectors, "wave vectors of that length, of k and -k one"),
        "S_ab": (("species", "other", "k"), S.mean(0), "partial structure factors"),
        "g_ab": (("species", "other", "r"), g.mean(0), "pair distributions"),
        "u_ex": ((), potential.mean() + _beyond_cutoff(box, r, g.mean(0)), "excess energy per ion in kT"),
        "u_ex_error": ((), _standard_error(potential), "standard error of the mean over blocks"),
        "temperature": ((), temperature, "mean temperature over the nominal one"),
        "energy_drift": (
            (),
            np.abs(total / total[0] - 1.0).max(),
            "largest relative change of the total energy",
        ),
    }
    coordinates = {"k": k, "r": r, "Z": ("species", box.charges), "ions": ("species", box.counts)}
    run = xr.Dataset(
        {name: (dims, v, {"long_name": text}) for name, (dims, v, text) in data.items()}, coordinates
    )
    run["k"].attrs["units"], run["r"].attrs["units"] = "1/a", "a"
    run.attrs = {"maker": "transport.simulate", "crustlib": __version__, "k_max": k_max, "gamma": box.gamma}
    return run


def _block(folder: Path, leg: int, box: Box, k_max: float) -> dict[str, np.ndarray]:
    kept = folder / f"averages.{leg}.npz"
    if not kept.exists():
        samples = box.steps // LEGS // box.every
        places = np.fromfile(folder / f"positions.{leg}", sep=" ").reshape(samples + 1, box.ions, 3)
        energies = np.loadtxt(folder / f"energies.{leg}").reshape(samples + 1, DRIFT_ROWS)
        frames = places[1:]  # the first is the last of the block before
        S = trajectories.structure_sums(frames, box.counts, box.length, k_max)
        g = trajectories.pair_distributions(frames, box.counts, box.length, BINS)
        part = folder / f"averages.{leg}.part.npz"
        np.savez(part, S=S, g=g, energies=energies[1:])
        part.replace(kept)
    with np.load(kept) as block:
        return dict(block)


def _beyond_cutoff(box: Box, r: np.ndarray, g: np.ndarray) -> float:
    """Return what the energy in kT lacks: of the shifted Yukawa potential, the background and itself.

    The mean ion's energy in the background cancels that with uniform ions but for the shift, which weighs
    g - 1. PPPM has all of it in its energy.
    """
    if not box.screening:
        return 0.0
    end, kappa, x = lammps_deck.cutoff(box), box.screening, box.fractions
    strengths = box.strength * np.outer(box.charges, box.charges)
    fine = np.linspace(0.0, end, 20001)[1:]
    uniform = np.trapezoid(lammps_deck.shifted_yukawa(fine, kappa, end)[0] * fine**2, fine)
    shift = np.exp(-kappa * r) / r - np.where(r < end, lammps_deck.shifted_yukawa(r, kappa, end)[0], 0.0)
    holes = (r[1] - r[0]) * np.einsum("abr,r->ab", g - 1.0, shift * r**2)
    return float(x @ (strengths * (1.5 * holes - 1.5 * uniform)) @ x - 0.5 * kappa * x @ strengths.diagonal())


def _standard_error(blocks: np.ndarray) -> float:
    return float(blocks.std(ddof=1) / np.sqrt(len(blocks)))
