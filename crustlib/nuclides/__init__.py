"""Nuclides: their names, and their masses from measurement and from mass models."""

from crustlib.nuclides import liquid_drop
from crustlib.nuclides.duflo_zuker import duflo_zuker
from crustlib.nuclides.mixtures import MIXTURES, mixture
from crustlib.nuclides.models import MassModel, mass_model
from crustlib.nuclides.names import SYMBOLS, name, parse, symbol
from crustlib.nuclides.sources import fetch
from crustlib.nuclides.tables import MassTable, Provenance, available

__all__ = [
    "MIXTURES",
    "SYMBOLS",
    "MassModel",
    "MassTable",
    "Provenance",
    "available",
    "duflo_zuker",
    "fetch",
    "liquid_drop",
    "mass_model",
    "mixture",
    "name",
    "parse",
    "symbol",
]
