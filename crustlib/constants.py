"""Physical constants and unit conversions; every name says its unit.

CODATA 2022 values from `scipy.constants`, converted once, here. Inside the package energies are in MeV,
lengths in fm, and ``c = hbar = k_B = 1`` where a formula wants it.

References
----------
CODATA 2022: Mohr, Newell, Taylor & Tiesinga 2024, arXiv:2409.03787.
AME2016: Wang et al. 2017, Chinese Physics C 41, 030003.
"""

from scipy import constants as _si

_MEV_PER_JOULE = 1e-6 / _si.e
_FM_PER_M = 1e15
_ERG_PER_JOULE = 1e7

HBARC_MEV_FM: float = _si.hbar * _si.c * _MEV_PER_JOULE * _FM_PER_M
"""hbar c in MeV fm."""

FINE_STRUCTURE: float = _si.alpha
"""The fine structure constant, dimensionless."""

E2_MEV_FM: float = FINE_STRUCTURE * HBARC_MEV_FM
"""The elementary charge squared (Gaussian), alpha hbar c, in MeV fm."""

NEUTRON_MASS_MEV: float = _si.value("neutron mass energy equivalent in MeV")
"""Neutron rest mass in MeV."""

PROTON_MASS_MEV: float = _si.value("proton mass energy equivalent in MeV")
"""Proton rest mass in MeV."""

ELECTRON_MASS_MEV: float = _si.value("electron mass energy equivalent in MeV")
"""Electron rest mass in MeV."""

ATOMIC_MASS_UNIT_MEV: float = _si.value("atomic mass constant energy equivalent in MeV")
"""Atomic mass unit in MeV."""

ATOMIC_MASS_UNIT_G: float = _si.atomic_mass * 1e3
"""Atomic mass unit in g."""

NEUTRON_EXCESS_MEV: float = NEUTRON_MASS_MEV - ATOMIC_MASS_UNIT_MEV
"""Mass excess of the neutron, m_n - m_u, in MeV."""

HYDROGEN_EXCESS_MEV: float = 7.28897
"""Mass excess of the hydrogen atom in MeV (AME2016)."""

MEV_FM3_IN_DYN_CM2: float = _si.e * 1e6 * _ERG_PER_JOULE * 1e39
"""One MeV fm^-3 in dyn cm^-2."""

PER_FM3_IN_PER_CM3: float = 1e39
"""One fm^-3 in cm^-3."""

MEV_IN_KELVIN: float = _si.e * 1e6 / _si.k
"""One MeV over the Boltzmann constant, in K."""

MEV_IN_ERG: float = _si.e * 1e6 * _ERG_PER_JOULE
"""One MeV in erg."""

SPEED_OF_LIGHT_CM_S: float = _si.c * 1e2
"""Speed of light in cm s^-1."""
