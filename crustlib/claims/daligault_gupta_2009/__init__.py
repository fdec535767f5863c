"""Daligault & Gupta (2009): what it states about mixtures of nuclei, and the number that tests each."""

from crustlib.claims.daligault_gupta_2009 import (
    fit,
    impurities,
    matter,
    melting,
    metals,
    mixing,
    neutrinos,
    scattering,
    simulations,
    superbursts,
    tables,
)

__all__ = ["CLAIMS", "PAPER"]

PAPER = "Daligault & Gupta (2009)"
SECTIONS = (
    matter,
    scattering,
    neutrinos,
    impurities,
    melting,
    metals,
    simulations,
    mixing,
    fit,
    superbursts,
    tables,
)
CLAIMS = tuple(claim for section in SECTIONS for claim in section.CLAIMS)
