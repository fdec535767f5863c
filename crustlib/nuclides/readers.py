"""Read the files of mass tables into columns Z, A and mass excess (MeV). Each file has a form of its own."""

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crustlib.constants import HYDROGEN_EXCESS_MEV, NEUTRON_EXCESS_MEV
from crustlib.nuclides.duflo_zuker import LARGEST_Z, duflo_zuker
from crustlib.nuclides.shells import LARGEST_NUMBER

Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]

# First and last N, in the 10-parameter table (AMDC 1996), of the elements that the 28-parameter table, which
# starts at oxygen, lacks. The last of helium, N = 12, decides what the deep crust is made of in equilibrium.
_DZ10_LIGHT = {2: (2, 12), 3: (1, 14), 4: (1, 18), 5: (1, 20), 6: (1, 22), 7: (3, 24)}


def nubase(path: Path, estimates: bool = False) -> Columns:
    """Read ground states from a NUBASE file, whose columns are fixed: AAA ZZZi, then keV from column 19.

    The uncertainty starts in column 30 (2016) or 32 (2020); in both the first word from 19 on is the mass.
    Values with "#" are the evaluators' estimates.
    """
    rows = []
    with path.open(encoding="latin-1") as lines:
        for line in lines:
            if line.startswith("#") or line[7] != "0":  # a remark, or an isomer, level or resonance
                continue
            Z, words = int(line[4:7]), line[18:31].split()
            if Z == 0 or not words or ("#" in words[0] and not estimates):
                continue
            rows.append((Z, int(line[:3]), float(words[0].rstrip("#")) * 1e-3))
    columns = np.array(rows)
    return columns[:, 0].astype(np.int64), columns[:, 1].astype(np.int64), columns[:, 2]


def neutrons_column(path: Path, excess: int = 2, largest_Z: int = 999) -> Columns:
    """Read Z, N and, in the column `excess`, the mass excess (MeV); of elements up to `largest_Z`."""
    Z, N, value = np.loadtxt(path, usecols=(0, 1, excess), unpack=True)
    kept = largest_Z >= Z
    return Z[kept].astype(np.int64), (Z + N)[kept].astype(np.int64), value[kept]


def mass_column(path: Path, excess: int) -> Columns:
    """Read Z, A and, in the column `excess`, the mass excess (MeV)."""
    Z, A, value = np.loadtxt(path, usecols=(0, 1, excess), unpack=True)
    return Z.astype(np.int64), A.astype(np.int64), value


def frdm12(path: Path) -> Columns:
    """Read Z, A and M_th (MeV) out of comma-separated columns under a line of names."""
    with path.open() as lines:
        names = lines.readline().strip().split(",")
        wanted = [names.index(name) for name in ("Z", "A", "M_th")]
        Z, A, value = np.loadtxt(lines, delimiter=",", usecols=wanted, unpack=True)
    return Z.astype(np.int64), A.astype(np.int64), value


def dz31() -> Columns:
    """Evaluate the 31-parameter formula wherever its shells allow: 6 <= Z <= 126, 6 <= N <= 240."""
    Z, N = (axis.ravel() for axis in np.mgrid[6 : LARGEST_Z + 1, 6 : LARGEST_NUMBER + 1])
    return _from_binding(Z, Z + N, np.asarray(duflo_zuker(Z, Z + N)))


def dz10(path: Path) -> Columns:
    """Evaluate the 10-parameter formula where its table has masses; `path` is that of the 28-parameter one.

    Only which nuclides the file holds is used. Its lines end in a carriage return alone.
    """
    heavy_Z, heavy_N = np.loadtxt(path, usecols=(0, 1), unpack=True, dtype=np.int64)
    light = np.array([(Z, N) for Z, (first, last) in _DZ10_LIGHT.items() for N in range(first, last + 1)])
    Z, N = np.concatenate((light, np.column_stack((heavy_Z, heavy_N)))).T
    return _from_binding(Z, Z + N, np.asarray(duflo_zuker(Z, Z + N, parameters=10)))


def _from_binding(Z: NDArray[np.int64], A: NDArray[np.int64], binding: NDArray[np.float64]) -> Columns:
    return Z, A, Z * HYDROGEN_EXCESS_MEV + (A - Z) * NEUTRON_EXCESS_MEV - binding


def spins(path: Path) -> dict[tuple[int, int], float]:
    """Read ground-state spins by (Z, A) from the NUBASE file of 2020, estimates included.

    Columns 89 to 102 hold spin and parity as "5/2+", "(3-)" or "1+#"; of several the first counts.
    """
    found = {}
    with path.open(encoding="latin-1") as lines:
        for line in lines:
            match = re.match(r"[^0-9]*(\d+)(/2)?", line[88:102])
            if line.startswith("#") or line[7] != "0" or match is None:
                continue
            found[int(line[4:7]), int(line[:3])] = int(match[1]) / (2.0 if match[2] else 1.0)
    return found
