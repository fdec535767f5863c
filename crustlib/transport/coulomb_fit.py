r"""The analytic fit of Daligault & Gupta (2009), equations 42-46, as printed and corrected.

.. math::

   \ln\Lambda \approx (C_0 + C_1\Gamma)\,
   \frac{1 + 0.177\Gamma + 10^{-5}\Gamma^2}{1 + a\Gamma + b\Gamma^2}\ln\Lambda_\mathrm{imp}

   \ln\Lambda_\mathrm{imp} = \frac{1 + 396x_r}{0.466 + 394x_r}\,\frac12\left[
   (1 + 2\beta^2q^2)\ln(1 + q^{-2}) - \beta^2 - \frac{1 + \beta^2q^2}{1 + q^2}\right]

Two numbers of theirs are misprints. Equation 43 has :math:`4\beta^2q^2` for :math:`2\beta^2q^2`, which is
what the integral of :math:`y^3(1 - \beta^2y^2)/(y^2 + q^2)^2` gives. And for :math:`\Gamma > 30`,
:math:`x_r > 10` the constant of :math:`b_1` repeats that of :math:`b_0`, so that the logarithm of heavy
nuclei would be negative; 0.0693 continues :math:`b_1` from below 10.
"""

from math import exp, log

import numpy as np
from numba import njit

from crustlib.transport.screening import _thomas_fermi_squared

# Theirs, but for the upper end of Gamma, which they do not restrict: there C_1 Gamma and 1e-5 Gamma^2 take
# over, and for Z = 1, which has no C_1, the fit falls as 1 / Gamma
GAMMA_RANGE = (10.0, 1e3)
GAMMA_MAX_HYDROGEN = 225.0
X_R_RANGE = (1.0, 1e3)
Z_RANGE = (1.0, 60.0)

# b_1 for Gamma > 30 and x_r > 10
_B1_PRINTED = -0.0193203
_B1_CORRECTED = 0.0693


@njit(cache=True, error_model="numpy")
def _impurity(x_r, printed):
    """Coulomb logarithm of uncorrelated scatterers, equation 43."""
    beta_squared = x_r * x_r / (1.0 + x_r * x_r)
    q_squared = _thomas_fermi_squared(x_r)
    mixed = beta_squared * q_squared
    bracket = (1.0 + (4.0 if printed else 2.0) * mixed) * log(1.0 + 1.0 / q_squared)
    bracket -= beta_squared + (1.0 + mixed) / (1.0 + q_squared)
    return (1.0 + 396.0 * x_r) / (0.466 + 394.0 * x_r) * 0.5 * bracket


@njit(cache=True)
def _liquid(x_r):
    """a_0, a_1, b_0, b_1 of equation 46 where 10 <= Gamma <= 30."""
    ln = log(x_r)
    a0 = 0.973587 - 0.0790899 * ln if x_r < 10.0 else 0.806877
    a1 = 0.652748 + 0.117973 * ln if x_r < 2.5 else 0.766772
    return a0, a1, -0.029204 + 0.0367777 * exp(-0.93315 * ln), 0.0853907 - 0.053054 * exp(-0.885854 * ln)


@njit(cache=True)
def _amorphous(x_r, printed):
    """a_0, a_1, b_0, b_1 of equation 46 where Gamma > 30."""
    ln = log(x_r)
    a0 = 0.979517 + ln * (-0.1279 + ln * (0.0252858 - ln * 0.00204823))
    a1 = 1.02454 + 0.0577405 * ln if x_r < 5.0 else 1.09301 + 0.0135052 * ln
    b0 = 0.00841864 - 0.0124097 * ln if x_r < 10.0 else -0.0193203
    if x_r < 5.0:
        b1 = 0.0225627 + 0.0242463 * ln
    elif x_r <= 10.0:
        b1 = 0.0422014 + 0.0117571 * ln
    else:
        b1 = _B1_PRINTED if printed else _B1_CORRECTED
    return a0, a1, b0, b1


@njit(cache=True, error_model="numpy")
def _fit(Z, gamma, x_r, printed):
    """Coulomb logarithm of a one-component plasma by equation 42."""
    a = (1.0 + 48.12 * x_r ** (1.0 / 3.0)) / (29.23 + 0.77 * x_r**1.5) if x_r < 5.0 else 2.22
    b = (1.0 + 1.95 / x_r**2) / (11.74 + 92.18 / x_r**2.3) if x_r < 10.0 else 0.087
    a0, a1, b0, b1 = _liquid(x_r) if gamma <= 30.0 else _amorphous(x_r, printed)
    C = 1.0 if Z == 1.0 else a0 + a1 * log(Z) + (b0 + b1 * log(Z)) * gamma
    shape = (1.0 + gamma * (0.177 + 0.00001 * gamma)) / (1.0 + gamma * (a + b * gamma))
    return C * shape * _impurity(x_r, printed)


@njit(cache=True, error_model="numpy")
def _each_fit(Z, gamma, x_r, printed):
    """Coulomb logarithms of flat arrays of one length."""
    result = np.empty(Z.size)
    for i in range(Z.size):
        result[i] = _fit(Z[i], gamma[i], x_r[i], printed)
    return result
