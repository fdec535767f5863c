"""Compare the superfluid fraction of the inner crust with the bare LAPACK eigensolution of its neutrons."""

import os
import subprocess
import sys
import time
from itertools import product
from math import log

import numpy as np
from scipy.linalg import eigh

from crustlib.entrainment import Cell, bands, cell, phase, plane_waves, superfluid_fraction
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON

DENSITY, GAPS = 0.03, np.geomspace(0.1, 5.0, 20)
MEMORY = f"""
import resource
import numpy as np
from crustlib.entrainment import cell, superfluid_fraction
superfluid_fraction(cell("BSk24", baryon_density={DENSITY}), np.geomspace(0.1, 5.0, 20), "relaxed")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
"""


def parity_blocks(c: Cell, cutoff: float) -> list[np.ndarray]:
    """Return the Hamiltonian at Gamma for even and odd functions: all that inversion alone can do."""
    lattice = plane_waves.crystal(c, cutoff)
    unit = 2.0 * np.pi / c.lattice_constant
    most = range(-(len(lattice.components) // 2), len(lattice.components) // 2 + 1)
    half = [g for g in product(most, repeat=3) if sum(g) % 2 == 0 and g >= (0, 0, 0)]
    kinetic = np.array([HBAR2_2M_NEUTRON * unit**2 * np.dot(g, g) for g in half])
    G, kinetic = np.array(half)[kinetic <= cutoff], kinetic[kinetic <= cutoff]
    U = lattice.components
    near, far = (U[tuple(np.abs(G[:, None] - sign * G[None]).transpose(2, 0, 1))] for sign in (1, -1))
    even, odd = near + far + np.diag(kinetic), (near - far + np.diag(kinetic))[1:, 1:]
    even[0] *= np.sqrt(0.5)
    even[:, 0] *= np.sqrt(0.5)  # G = 0 is its own mirror image
    return [even, odd]


def once(work) -> float:
    """Return the time that some work takes: long enough to need no repeats."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def gigabytes() -> float:
    """Return the memory of a new process that computes the fraction for 20 gaps."""
    out = subprocess.run(
        [sys.executable, "-c", MEMORY], check=True, capture_output=True, text=True, env=os.environ
    )
    return float(out.stdout)


def fresh(cutoff: float, response: str, points: "str | int" = "gamma") -> float:
    """Return the time of a fraction for 20 gaps, from the profile on, with nothing kept from before."""
    for kept in (plane_waves.gamma_states, bands.basis, phase.phase_fields):
        kept.cache_clear()
    c = cell("BSk24", baryon_density=DENSITY)
    return once(lambda: superfluid_fraction(c, GAPS, response, points, cutoff))


def inner_crust() -> list[tuple[str, float]]:
    """Measure time beside LAPACK's, memory, and how time grows with the number of plane waves."""
    c = cell("BSk24", baryon_density=DENSITY)
    superfluid_fraction(c, 1.0, "relaxed", cutoff=20.0)  # compiles
    blocks = parity_blocks(c, 80.0)
    bare = sum(once(lambda block=block: eigh(block, driver="evd")) for block in blocks)
    times = {cutoff: fresh(cutoff, "rigid") for cutoff in (40.0, 80.0)}
    lattice = plane_waves.crystal(c, 80.0)
    plane_waves.gamma_states.cache_clear()
    mirrors = once(lambda: plane_waves.gamma_states(lattice))
    return [
        ("20 gaps at Gamma, rigid / bare LAPACK with parity blocks", times[80.0] / bare),
        ("20 gaps at Gamma, relaxed / bare LAPACK with parity blocks", fresh(80.0, "relaxed") / bare),
        ("eigenstates at Gamma by three mirrors / bare LAPACK", mirrors / bare),
        (
            "20 gaps at Gamma, rigid: power of the number of plane waves",
            log(times[80.0] / times[40.0]) / log(2**1.5),
        ),
        ("memory, relaxed at Gamma / 2 GiB", gigabytes() / 2.0),
    ]
