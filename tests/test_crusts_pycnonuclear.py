"""Fusion: the rate against its published cgs form, the S-factor against tables, and the early way out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crustlib.constants import SPEED_OF_LIGHT_CM_S
from crustlib.crusts import pycnonuclear
from crustlib.crusts.pycnonuclear import s_factor

nuclei = st.tuples(st.integers(3, 40), st.floats(2.0, 3.9)).map(lambda ZA: (ZA[0], round(ZA[0] * ZA[1])))
densities = st.floats(-6.0, -2.5).map(lambda exponent: 10.0**exponent)


def log_rate_of_yakovlev(Z, A, Z_2, A_2, n_e, x_2):
    """Give ln of ion 1's fusions per second at S = 1 MeV barn: Yakovlev et al. 2006 in their units.

    R = 1e46 C_pyc 8 rho X_1 X_2 A_1 A_2 <A> Z_1^2 Z_2^2 / [(1 + delta)(A_1 + A_2)^2] S lambda^(3 - C_pl)
    exp(-C_exp / sqrt(lambda)) with mass fractions X. Of two equal ions each fusion ends both. Their 8 stands
    for (Z_1^(1/3) + Z_2^(1/3))^3 / <Z>, which it is for ions of one charge; the general form is used here.
    """
    m_u, cube = 1.66054e-24, (np.cbrt(Z) + np.cbrt(Z_2)) ** 3
    mean_Z, mean_A = (1 - x_2) * Z + x_2 * Z_2, (1 - x_2) * A + x_2 * A_2
    rho = n_e * 1e39 * m_u * mean_A / mean_Z
    X, X_2 = (1 - x_2) * A / mean_A, x_2 * A_2 / mean_A
    lam = (A + A_2) / (A * A_2 * Z * Z_2 * np.cbrt(cube)) * np.cbrt(rho * mean_Z / mean_A / 1.3574e11)
    eight = cube / mean_Z
    rate = 1e46 * 3.90 * eight * rho * X * X_2 * A * A_2 * mean_A * (Z * Z_2) ** 2 / (A + A_2) ** 2
    n_1 = X * rho / (A * m_u)
    return np.log(rate / n_1) + (3 - 1.25) * np.log(lam) - 2.638 / np.sqrt(lam)


def log_rate(Z, A, Z_2, A_2, n_e, x_2, S=1.0):
    """Give the same from ours."""
    ions = n_e / ((1 - x_2) * Z + x_2 * Z_2)
    log_s_shift = np.log(100.0 * S) - pycnonuclear._log_s_factor(Z, A, Z_2, A_2)
    log_time = pycnonuclear._log_lifetime(Z, A, Z_2, A_2, x_2 * ions, n_e, log_s_shift)
    return np.log(SPEED_OF_LIGHT_CM_S * 1e13) - log_time


@given(first=nuclei, second=nuclei, n_e=densities, x_2=st.floats(0.01, 0.99))
def test_the_rate_is_that_of_yakovlev_et_al(first, second, n_e, x_2):
    published = log_rate_of_yakovlev(*first, *second, n_e, x_2)
    # the prefactors agree to 0.1 %; their rounded 1.3574e11 moves the exponent by 1e-5 of itself
    tolerance = 2e-3 + 2e-5 * (200.0 + abs(published))
    assert log_rate(*first, *second, n_e, x_2) == pytest.approx(published, abs=tolerance)


@given(first=nuclei, second=nuclei, n_e=densities, x_2=st.floats(0.01, 0.99))
def test_each_fusion_takes_one_ion_of_both_kinds(first, second, n_e, x_2):
    forth = log_rate(*first, *second, n_e, x_2) + np.log(1 - x_2)
    back = log_rate(*second, *first, n_e, 1 - x_2) + np.log(x_2)
    assert forth == pytest.approx(back, abs=1e-9)


def test_carbon_and_oxygen_meet_caughlan_and_fowler():
    """S(0) behind their rates (Caughlan & Fowler 1988), 3.0e16 and 4.5e26 MeV barn, to 10 %."""
    assert s_factor(6, 12, 6, 12) == pytest.approx(3.0e16, rel=0.1)
    assert s_factor(8, 16, 8, 16) == pytest.approx(4.5e26, rel=0.1)


@given(first=nuclei, second=nuclei)
def test_the_s_factor_is_symmetric_and_grows_with_neutrons(first, second):
    S = pycnonuclear._log_s_factor(*first, *second)
    assert pycnonuclear._log_s_factor(*second, *first) == pytest.approx(S, rel=1e-14)
    assert pycnonuclear._log_s_factor(first[0], first[1] + 4, *second) > S


def test_an_s_factor_beyond_floats_is_refused():
    with pytest.raises(ValueError, match=r"S is about 10\^\d{3}, too large"):
        s_factor(40, 150, 40, 150)


@given(first=nuclei, second=nuclei, n_e=densities)
def test_density_and_s_factor_speed_fusion_up(first, second, n_e):
    def log_time(n_e, log_s):
        return pycnonuclear._log_lifetime(*first, *second, n_e / 20, n_e, log_s)

    assert log_time(1.1 * n_e, 0.0) < log_time(n_e, 0.0)
    assert log_time(n_e, 3.0) == pytest.approx(log_time(n_e, 0.0) - 3.0, abs=1e-9)


@given(first=nuclei, second=nuclei, years=st.floats(0.0, 8.0), log_s=st.floats(-20.0, 20.0))
def test_below_the_least_electron_density_nothing_fuses_in_time(first, second, years, log_s):
    log_time = np.log(10.0**years * 3.156e7 * SPEED_OF_LIGHT_CM_S * 1e13)
    n_e = pycnonuclear._least_electron_density(*first, *second, log_s, log_time)
    below = min(n_e, 2e-3)  # a crust has no more electrons
    every_ion = below / min(first[0], second[0])
    assert pycnonuclear._log_lifetime(*first, *second, every_ion, below, log_s) >= log_time


@pytest.mark.parametrize("bad", [0, -6, np.nan, np.inf, "C", None, [6, 8]])
@pytest.mark.parametrize("position", range(4))
def test_bad_numbers_are_named(bad, position):
    arguments = [6, 12, 6, 12]
    arguments[position] = bad
    with pytest.raises(ValueError, match=("Z_1", "A_1", "Z_2", "A_2")[position]):
        s_factor(*arguments)
