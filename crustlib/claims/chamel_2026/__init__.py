"""Chamel (2026): what its slides state about cores, crusts and ions, and the number that tests each."""

from crustlib.claims.chamel_2026 import core, crust, ion, response, scales

__all__ = ["CLAIMS", "PAPER"]

PAPER = "Chamel (2026, slides)"
CLAIMS = tuple(claim for part in (scales, core, ion, response, crust) for claim in part.CLAIMS)
