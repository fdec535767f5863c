"""Beznogov & Raduta (2025): what the paper states, and the number that tests each statement."""

from crustlib.claims.beznogov_raduta_2025 import buoyancy

__all__ = ["CLAIMS", "PAPER"]

PAPER = "Beznogov & Raduta (2025)"
CLAIMS = tuple(claim for part in (buoyancy,) for claim in part.CLAIMS)
