"""Chugunov & Shchechilin (2020): what it states about chapters 1 to 5, and the number that tests each."""

from crustlib.claims.chugunov_shchechilin_2020 import (
    flux,
    force_balance,
    general,
    matter,
    network,
    summary,
)

__all__ = ["CLAIMS", "PAPER"]

PAPER = "Chugunov & Shchechilin (2020)"
CLAIMS = tuple(
    claim for section in (matter, force_balance, network, general, flux, summary) for claim in section.CLAIMS
)
