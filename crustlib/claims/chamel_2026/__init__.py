"""Chamel (2026): what its slides state about the core, ions and bands, and the number that tests each."""

from crustlib.claims.chamel_2026 import core, ion, response

__all__ = ["CLAIMS", "PAPER"]

PAPER = "Chamel (2026, slides)"
CLAIMS = tuple(claim for part in (core, ion, response) for claim in part.CLAIMS)
