"""Chamel (2026): what its slides state about the core and about one ion, and the number that tests each."""

from crustlib.claims.chamel_2026 import core, ion

__all__ = ["CLAIMS", "PAPER"]

PAPER = "Chamel (2026, slides)"
CLAIMS = tuple(claim for part in (core, ion) for claim in part.CLAIMS)
