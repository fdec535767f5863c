"""Compiled kernels on disk must not outlive the source they were compiled from.

numba stores a kernel with the time of the file it stands in, and does not see that a kernel which it calls,
in another file, has changed: it would go on running the old one. So whoever imports crustlib first throws
away what was compiled before the newest change.
"""

from contextlib import suppress
from pathlib import Path

# Where kernels are, and what they call
ROOMS = ("constants.py", "matter", "nuclides", "crusts", "transport", "entrainment")


def forget_stale_kernels(package: Path) -> int:
    """Delete numba's indices that are older than any source of a kernel; return how many.

    A package that cannot be written to does not change either, and is left alone.
    """
    sources = [path for room in ROOMS for path in (package / room).rglob("*.py")] + [package / ROOMS[0]]
    newest = max(path.stat().st_mtime for path in sources)
    stale = [
        path
        for room in ROOMS[1:]
        for path in (package / room).rglob("*.nbi")
        if path.stat().st_mtime < newest
    ]
    with suppress(OSError):  # another process was faster, or a package that is read-only
        for path in stale:
            path.unlink(missing_ok=True)
    return len(stale)
