"""Beznogov & Raduta (2025): what it states about warm crusts, and the number that tests each."""

from crustlib.claims.beznogov_raduta_2025 import buoyancy, composition, formalism, stability

__all__ = ["CLAIMS", "PAPER"]

PAPER = "Beznogov & Raduta (2025)"
SECTIONS = (formalism, composition, buoyancy, stability)
CLAIMS = tuple(claim for section in SECTIONS for claim in section.CLAIMS)
