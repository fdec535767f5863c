"""The constants equal the published CODATA 2022 values."""

import pytest

from crustlib import constants


@pytest.mark.parametrize(
    ("name", "published", "digits"),
    [
        ("HBARC_MEV_FM", 197.3269804, 1e-9),
        ("E2_MEV_FM", 197.3269804 / 137.035999177, 1e-9),
        ("NEUTRON_MASS_MEV", 939.56542194, 1e-11),
        ("PROTON_MASS_MEV", 938.27208943, 1e-11),
        ("ELECTRON_MASS_MEV", 0.51099895069, 1e-11),
        ("ATOMIC_MASS_UNIT_MEV", 931.49410372, 1e-11),
        ("ATOMIC_MASS_UNIT_G", 1.66053906892e-24, 1e-11),
        ("MEV_FM3_IN_DYN_CM2", 1.602176634e33, 1e-12),
        ("MEV_IN_ERG", 1.602176634e-6, 1e-12),
        ("MEV_IN_KELVIN", 1.160451812e10, 1e-9),
        ("SPEED_OF_LIGHT_CM_S", 2.99792458e10, 1e-15),
        ("PER_FM3_IN_PER_CM3", 1e39, 1e-15),
    ],
)
def test_published_value(name, published, digits):
    assert getattr(constants, name) == pytest.approx(published, rel=digits)


def test_fine_structure():
    assert 1 / constants.FINE_STRUCTURE == pytest.approx(137.035999177, rel=1e-11)


def test_mass_excesses():
    # AME2016 quotes the neutron's, 8.07131 MeV; hydrogen binds its electron with 13.6 eV
    assert constants.NEUTRON_EXCESS_MEV == pytest.approx(8.07132, abs=1e-5)
    atom = constants.PROTON_MASS_MEV + constants.ELECTRON_MASS_MEV - 13.598e-6
    assert atom - constants.ATOMIC_MASS_UNIT_MEV == pytest.approx(constants.HYDROGEN_EXCESS_MEV, abs=3e-6)
