"""Nuclides: their names, and their masses from measurement and from mass models."""

from crustlib.nuclides import level_density, liquid_drop
from crustlib.nuclides.duflo_zuker import duflo_zuker
from crustlib.nuclides.mixtures import MIXTURES, mixture
from crustlib.nuclides.models import MassModel, mass_model
from crustlib.nuclides.names import SYMBOLS, name, parse, symbol
from crustlib.nuclides.pool import Pool, pool
from crustlib.nuclides.sources import fetch
from crustlib.nuclides.tables import MassTable, Provenance, available

__all__ = [
    "MIXTURES",
    "SYMBOLS",
    "MassModel",
    "MassTable",
    "Pool",
    "Provenance",
    "available",
    "duflo_zuker",
    "fetch",
    "level_density",
    "liquid_drop",
    "mass_model",
    "mixture",
    "name",
    "parse",
    "pool",
    "symbol",
]
