"""Nuclides: their names, and their masses from measurement and from mass models."""

from crustlib.nuclides.duflo_zuker import duflo_zuker
from crustlib.nuclides.models import MassModel, mass_model
from crustlib.nuclides.names import SYMBOLS, name, parse, symbol
from crustlib.nuclides.tables import MassTable, Provenance, available

__all__ = [
    "SYMBOLS",
    "MassModel",
    "MassTable",
    "Provenance",
    "available",
    "duflo_zuker",
    "mass_model",
    "name",
    "parse",
    "symbol",
]
