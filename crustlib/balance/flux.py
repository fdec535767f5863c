"""The flux of neutrons that a violated force balance drives: Chugunov & Shchechilin (2020), section 3."""

from collections.abc import Callable
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from crustlib.balance.forces import forces
from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    FINE_STRUCTURE,
    HBARC_MEV_FM,
    MEV_FM3_IN_DYN_CM2,
    NEUTRON_MASS_MEV,
    PER_FM3_IN_PER_CM3,
    PROTON_MASS_MEV,
)
from crustlib.crusts import profile as _profile
from crustlib.validation import positive

NEUTRON_MASS_G = ATOMIC_MASS_UNIT_G * NEUTRON_MASS_MEV / ATOMIC_MASS_UNIT_MEV
SIGMA_0_CM2 = 1e-23  # below equation (10)
SPEED_CM_S = 1.6e9  # below equation (10): of neutrons at 1e12 g cm^-3
PRINTED_FLUX = 3e28  # equation (11), cm^-2 s^-1
NUCLEAR_RADIUS_FM = 1.2  # times A^(1/3)
EDDINGTON = 1e5  # g cm^-2 s^-1, below equation (11)
NEUTRON_MOMENT = -1.91304  # in nuclear magnetons, e hbar/(2 m_p c)


def neutron_flux(
    A: ArrayLike,
    neutron_density: ArrayLike,
    gravity: ArrayLike,
    cross_section: str | Callable[[Any], ArrayLike] = "stated",
) -> Any:
    r"""Estimate the flux of neutrons past nuclei whose weight nothing but friction holds.

    .. math:: J_n \approx \frac{A}{\sigma_{ni} v_n} g, \qquad
              v_n = 1.6\times10^9\,\rho_{n,12}^{1/3}\ \mathrm{cm\,s^{-1}}

    Parameters
    ----------
    A : array_like
        Mass number of the nuclei.
    neutron_density : array_like
        Free neutrons (fm^-3).
    gravity : array_like
        g (cm s^-2).
    cross_section : {"stated", "printed"} or callable
        "stated": :math:`10^{-23}(1 + A^{1/3})^2` cm^2, as below equation (10). "printed": equation (11) as it
        stands, :math:`3\times10^{28} g_{14} A_{70}^{1/3} \rho_{n,12}^{-1/3}`, which the stated inputs do not
        give. A function of A returns the cross section in cm^2.

    Returns
    -------
    float or ndarray
        J_n in cm^-2 s^-1, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is not positive and finite, or the cross section is unknown or not positive.

    Examples
    --------
    >>> n_n = 1e12 / 1.67493e-24 / 1e39  # rho_n = 1e12 g cm^-3
    >>> f"{neutron_flux(70, n_n, 1e14):.3g}", f"{neutron_flux(70, n_n, 1e14, 'printed'):.3g}"
    ('1.67e+28', '3e+28')
    """
    A, n_n, g = np.broadcast_arrays(
        positive("A", A), positive("neutron_density", neutron_density), positive("gravity", gravity)
    )
    cube_root = np.cbrt(NEUTRON_MASS_G * n_n * PER_FM3_IN_PER_CM3 / 1e12)
    if isinstance(cross_section, str) and cross_section == "printed":
        flux = PRINTED_FLUX * (g / 1e14) * np.cbrt(A / 70.0) / cube_root
    elif isinstance(cross_section, str) and cross_section == "stated":
        flux = A * g / (SIGMA_0_CM2 * (1.0 + np.cbrt(A)) ** 2 * SPEED_CM_S * cube_root)
    elif callable(cross_section):
        flux = A * g / (positive("cross_section(A)", cross_section(A)) * SPEED_CM_S * cube_root)
    else:
        raise ValueError(f"cross_section = {cross_section!r}: must be 'stated', 'printed' or a function of A")
    return float(flux) if flux.ndim == 0 else flux


def flux_through(profile: xr.Dataset, gravity: float = 2e14, sigma_0: float = SIGMA_0_CM2) -> xr.Dataset:
    r"""Return the paper's estimate of the neutron flux in each layer, and the flux its own friction needs.

    Equation (10) with the third law, :math:`n_n f_{ni} = -n_i f_{in}`, is

    .. math:: J_n = -\frac{f_{in}}{m_n \sigma_{ni} v_n} .

    The estimate (11) puts the whole weight of a nucleus, :math:`A m_u g`, for the size of its force;
    `balance.forces` tells how much of it friction really has to hold, and in which direction.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile with free neutrons and what `balance.forces` needs.
    gravity : float
        g in cm s^-2.
    sigma_0 : float
        :math:`\sigma_{ni}/(1 + A^{1/3})^2` in cm^2.

    Returns
    -------
    xarray.Dataset
        With dimension `layer`, of the layers that have free neutrons, and coordinate `pressure`: `estimate`
        and `driven` (cm^-2 s^-1; `driven` is positive where neutrons flow up).

    Raises
    ------
    ValueError
        If an argument is not positive, a column is missing, or the Profile has no free neutrons.

    Examples
    --------
    >>> import numpy as np
    >>> from crustlib import crusts
    >>> ground = crusts.ground_state("AME2016+FRDM95+DZ31", np.linspace(1e-3, 1.1e-3, 30))
    >>> fluxes = flux_through(ground)
    >>> bool((abs(fluxes.driven) < 1e-3 * fluxes.estimate).all())
    True
    """
    positive("sigma_0", sigma_0)
    free = _with_neutrons(profile)
    A, n_n = _profile.mean_A(profile).values[free], profile["neutron_density"].values[free]
    estimate = neutron_flux(A, n_n, gravity, lambda A: sigma_0 * (1.0 + np.cbrt(A)) ** 2)
    held = forces(profile)["nucleus_remainder"].values[free] / A
    driven = estimate * held * ATOMIC_MASS_UNIT_G / NEUTRON_MASS_G
    unit = {"units": "cm^-2 s^-1"}
    return xr.Dataset(
        {"estimate": ("layer", estimate, unit), "driven": ("layer", driven, unit)},
        coords=_pressure(profile, free),
        attrs={"gravity": gravity, "sigma_0": sigma_0},
    )


def _with_neutrons(profile: xr.Dataset) -> Any:
    """Return which layers have free neutrons, and refuse a Profile that has none."""
    _profile.require(profile, "neutron_density")
    free = profile["neutron_density"].values > 0.0
    if not free.any():
        raise ValueError("profile: has no free neutrons, whose flux is asked for")
    return free


def _pressure(profile: xr.Dataset, free: Any) -> dict[str, Any]:
    return {"pressure": ("layer", profile["pressure"].values[free], {"units": "MeV fm^-3"})}


def redistribution_time(
    profile: xr.Dataset,
    gravity: float = 2e14,
    sigma_0: float = SIGMA_0_CM2,
    mdot: float = EDDINGTON,
) -> xr.Dataset:
    r"""Return the time in which the driven flux moves a layer's neutrons, and that in which matter sinks by.

    A pressure scale height :math:`h = P/(\rho g)` holds :math:`n_n h` free neutrons per area. The flux that
    friction needs (`flux_through`) moves as many in

    .. math:: t_\mathrm{flow} = \frac{n_n h}{|J_n|} = Y_n \frac{P}{g m_u |J_n|}, \qquad
              t_\mathrm{acc} = \frac{P}{g \dot m}, \qquad
              \frac{t_\mathrm{flow}}{t_\mathrm{acc}} = Y_n \frac{\dot m/m_u}{|J_n|},

    with :math:`Y_n = n_n/n_b`, while accretion pushes matter through the scale height in
    :math:`t_\mathrm{acc}`. Both times go as the thickness, so that their ratio holds for any stretch.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile with free neutrons and what `balance.forces` needs.
    gravity : float
        g in cm s^-2.
    sigma_0 : float
        :math:`\sigma_{ni}/(1 + A^{1/3})^2` in cm^2.
    mdot : float
        Local accretion rate (g cm^-2 s^-1).

    Returns
    -------
    xarray.Dataset
        With dimension `layer`, of the layers that have free neutrons, and coordinate `pressure`: `flow` and
        `compression` (s); `flow` is infinite where nothing drives a flux.

    Raises
    ------
    ValueError
        If an argument is not positive, a column is missing, or the Profile has no free neutrons.

    Examples
    --------
    The ground state is in diffusion equilibrium, and next to nothing moves:

    >>> import numpy as np
    >>> from crustlib import crusts
    >>> ground = crusts.ground_state("AME2016+FRDM95+DZ31", np.linspace(1e-3, 1.1e-3, 30))
    >>> times = redistribution_time(ground)
    >>> bool((times.flow > 1000 * times.compression).all())
    True
    """
    positive("mdot", mdot)
    flux = flux_through(profile, gravity, sigma_0)
    free = _with_neutrons(profile)
    Y_n = (profile["neutron_density"] / profile["baryon_density"]).values[free]
    column = profile["pressure"].values[free] * MEV_FM3_IN_DYN_CM2 / gravity
    J_n = np.abs(flux["driven"].values)
    flow = np.divide(Y_n * column / ATOMIC_MASS_UNIT_G, J_n, out=np.full(J_n.size, np.inf), where=J_n > 0.0)
    return xr.Dataset(
        {"flow": ("layer", flow, {"units": "s"}), "compression": ("layer", column / mdot, {"units": "s"})},
        coords=_pressure(profile, free),
        attrs={"gravity": gravity, "sigma_0": sigma_0, "mdot": mdot},
    )


def magnetic_cross_section() -> float:
    r"""Return the transport cross section of a neutron for relativistic electrons, by its magnetic moment.

    A neutron has no charge; its moment of :math:`\kappa_n = -1.913` nuclear magnetons scatters electrons of
    momentum far below :math:`m_p c` by (Rosenbluth 1950)

    .. math:: \frac{d\sigma}{d\Omega} = \left(\frac{\alpha\kappa_n\hbar}{2 m_p c}\right)^2
              \frac{1 + \sin^2(\theta/2)}{\sin^2(\theta/2)}, \qquad
              \sigma_{en} = \int (1 - \cos\theta)\,d\sigma
                          = 3\pi\left(\frac{\alpha\kappa_n\hbar}{m_p c}\right)^2 ,

    whatever their energy: the weight :math:`1 - \cos\theta` takes the small angles away.

    Returns
    -------
    float
        Cross section in cm^2.

    Examples
    --------
    >>> f"{magnetic_cross_section():.2g} cm^2"
    '8.1e-31 cm^2'
    """
    length = FINE_STRUCTURE * NEUTRON_MOMENT * HBARC_MEV_FM / PROTON_MASS_MEV
    return 3.0 * np.pi * length**2 * 1e-26


def electron_friction(profile: xr.Dataset, sigma_0: float = SIGMA_0_CM2) -> xr.DataArray:
    r"""Return the friction of electrons on a neutron over that of nuclei, at most.

    Electrons and nuclei move together past the neutrons at one velocity u, as neutrality binds them. A
    degenerate electron gas that drifts by u hands :math:`n_n \sigma_{en} c` times a second, per electron,
    its drift momentum :math:`u p_e/c` to the neutrons; nuclei hand over :math:`n_i \sigma_{ni} v_n m_n u`
    per neutron, the friction of equation (10). So

    .. math:: \frac{f_{ne}}{f_{ni}} \le \frac{n_e\sigma_{en} p_e}{n_i\sigma_{ni} p_n}
                                    = Z\,\frac{\sigma_{en}}{\sigma_{ni}}\,\frac{p_e}{p_n},

    the p at the Fermi surfaces. "At most", since every neutron counts as free to recoil: in a cold neutron
    gas only those within :math:`k_BT` of their Fermi surface are.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile with free neutrons.
    sigma_0 : float
        :math:`\sigma_{ni}/(1 + A^{1/3})^2` in cm^2.

    Returns
    -------
    xarray.DataArray
        The bound, with dimension `layer`, of the layers that have free neutrons, and coordinate `pressure`.

    Raises
    ------
    ValueError
        If `sigma_0` is not positive, a column is missing, or the Profile has no free neutrons.

    Examples
    --------
    >>> from crustlib import crusts
    >>> ground = crusts.ground_state("AME2016+FRDM95+DZ31", [1e-3])
    >>> bool((electron_friction(ground) < 1e-6).all())
    True
    """
    positive("sigma_0", sigma_0)
    free = _with_neutrons(profile)
    n_e, n_n, A, Z = (
        of.values[free]
        for of in (
            profile["electron_density"],
            profile["neutron_density"],
            _profile.mean_A(profile),
            _profile.mean_Z(profile),
        )
    )
    sigma_ni = sigma_0 * (1.0 + np.cbrt(A)) ** 2
    ratio = Z * magnetic_cross_section() / sigma_ni * np.cbrt(n_e / n_n)
    return xr.DataArray(ratio, dims="layer", coords=_pressure(profile, free), attrs={"units": "1"})


def geometric_cross_section(A: ArrayLike, neutron_density: ArrayLike) -> Any:
    r"""Return :math:`2\pi(R + \bar\lambda)^2` of a nucleus for neutrons at their Fermi surface.

    A black disc of :math:`R = 1.2 A^{1/3}` fm with :math:`\bar\lambda = (3\pi^2 n_n)^{-1/3}`, absorption and
    shadow each counting once: what a reader would put for :math:`\sigma_{ni}`.

    Parameters
    ----------
    A : array_like
        Mass number.
    neutron_density : array_like
        Free neutrons (fm^-3).

    Returns
    -------
    float or ndarray
        Cross section in cm^2.

    Raises
    ------
    ValueError
        If an argument is not positive and finite.

    Examples
    --------
    >>> f"{geometric_cross_section(70, 6e-4):.2g} cm^2"
    '4.8e-24 cm^2'
    """
    A, n_n = np.broadcast_arrays(positive("A", A), positive("neutron_density", neutron_density))
    reach = NUCLEAR_RADIUS_FM * np.cbrt(A) + 1.0 / np.cbrt(3.0 * np.pi**2 * n_n)
    sigma = 2.0 * np.pi * reach**2 * 1e-26
    return float(sigma) if sigma.ndim == 0 else sigma


def accretion_flux(mdot: ArrayLike) -> Any:
    r"""Return the flux of baryons that accretion brings, :math:`J_\mathrm{acc} = \dot m/m_u`.

    Parameters
    ----------
    mdot : array_like
        Local accretion rate (g cm^-2 s^-1); 1e5 is about Eddington's.

    Returns
    -------
    float or ndarray
        Baryons in cm^-2 s^-1.

    Raises
    ------
    ValueError
        If it is not positive and finite.

    Examples
    --------
    >>> f"{accretion_flux(1e5):.3g}"
    '6.02e+28'
    """
    return positive("mdot", mdot) / ATOMIC_MASS_UNIT_G
