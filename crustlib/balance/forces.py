"""The force balance of electrons, nuclei and neutrons, by terms: Chugunov & Shchechilin (2020), (2)-(4)."""

import numpy as np
import xarray as xr

from crustlib.balance.windows import WIDTH, windows
from crustlib.constants import ATOMIC_MASS_UNIT_MEV
from crustlib.crusts import profile as _profile
from crustlib.matter import electrons
from crustlib.validation import positive

COLUMNS = (
    "pressure",
    "mass_density",
    "mu_e",
    "mu_n",
    "neutron_density",
    "neutron_pressure",
    "number_density",
)


def forces(profile: xr.Dataset, width: float = WIDTH) -> xr.Dataset:
    r"""Return the forces on one electron, one average nucleus and one free neutron, positive downwards.

    With the z axis down, each component j feels its weight :math:`\mu_j g`, the electric force and the force
    :math:`-d\mu_j/dz` of its own pressure. Electrons slip past nothing (quasi-neutrality ties them to the
    nuclei) and so fix the electric field; what is left over on nuclei and neutrons must be friction between
    the two:

    .. math::
       0 = e\,\nabla\phi + \mu_e g - \nabla\mu_e, \quad
       f_i = -Ze\,\nabla\phi + \mu_i g - \nabla\mu_i, \quad
       f_n = \mu_n g - \nabla\mu_n

    A component's weight is its chemical potential times g, its inertia in a relativistic fluid, so that
    :math:`n_i f_i + n_n f_n = 0` by the Gibbs-Duhem relation: Newton's third law. The paper's f of (2)-(4)
    is the opposite of the drag on a component, so that these remainders are its :math:`f_{in}` and
    :math:`f_{ni}`. Lattice terms count in :math:`\mu_e` and :math:`\mu_i` where the Profile has a lattice.

    Each term is the mean force per volume over a window, divided by the layer's own density of particles. So
    the third law holds layer by layer; a force on one nucleus is off by a few per cent where nuclei become
    fewer within a window.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile with the columns pressure, mass_density, mu_e, mu_n, neutron_density, neutron_pressure and
        number_density.
    width : float
        Least window in ln P over which a slope is taken.

    Returns
    -------
    xarray.Dataset
        With dimension `layer` and coordinate `pressure`, all in units of m_u g: `electron_weight`,
        `electron_gradient`, `electron_electric`; `nucleus_weight`, `nucleus_gradient`, `nucleus_electric`,
        `nucleus_remainder`; `neutron_weight`, `neutron_gradient`, `neutron_remainder` (zero where there are
        no neutrons).

    Raises
    ------
    ValueError
        If a column is missing, pressure decreases, or `width` is not positive.

    Examples
    --------
    In the outer crust the electric field bears the weight of a nucleus, here of 78Ni:

    >>> import numpy as np
    >>> from crustlib import crusts
    >>> crust = crusts.ground_state("AME2016+FRDM95+DZ31", np.geomspace(1e-5, 1e-4, 200), lattice=False)
    >>> layer = forces(crust).isel(layer=100)
    >>> [f"{float(layer[f'nucleus_{term}']):.2f}" for term in ("weight", "electric", "remainder")]
    ['77.95', '-77.95', '-0.00']
    """
    _profile.require(profile, *COLUMNS)
    positive("width", width)
    window = windows(profile, width)
    P, n_e, mu_n = (profile[k].values for k in ("pressure", "electron_density", "mu_n"))
    n_n, n_i = profile["neutron_density"].values, profile["number_density"].sum("nuclide").values
    enthalpy = _profile.enthalpy_density(profile).values
    lattice_pressure = P - electrons.pressure(n_e) - profile["neutron_pressure"].values
    mu_e = profile["mu_e"].values + lattice_pressure / n_e
    n_mu_n, n_mu_e = n_n * mu_n, n_e * mu_e
    n_mu_i = enthalpy - n_mu_n - n_mu_e
    phi = np.cbrt(n_e)  # the lattice holds a nucleus by an energy proportional to n_e^(1/3)
    gradient = {  # of n d mu through the window
        "electron": window.integral(n_e, mu_e),
        "nucleus": window.integral(3.0 * lattice_pressure / phi, phi),
        "neutron": window.change(profile["neutron_pressure"].values),
    }
    weight = {"electron": n_mu_e, "nucleus": n_mu_i, "neutron": n_mu_n}
    # dP/dz = (eps + P) g turns slopes in P into forces per volume, in units of m_u g
    per_dP = enthalpy / ATOMIC_MASS_UNIT_MEV / window.change(P)
    out = {f"{k}_weight": per_dP * window.integral(w / enthalpy, P) for k, w in weight.items()}
    out |= {f"{k}_gradient": -per_dP * value for k, value in gradient.items()}
    out["electron_electric"] = -out["electron_weight"] - out["electron_gradient"]
    out["nucleus_electric"] = -out["electron_electric"]
    out["nucleus_remainder"] = out["nucleus_weight"] + out["nucleus_gradient"] + out["nucleus_electric"]
    out["neutron_remainder"] = out["neutron_weight"] + out["neutron_gradient"]
    number = {"electron": n_e, "nucleus": n_i, "neutron": np.where(n_n > 0.0, n_n, np.inf)}
    return xr.Dataset(
        {k: ("layer", v / number[k.split("_")[0]], {"units": "m_u g"}) for k, v in sorted(out.items())},
        coords={"pressure": ("layer", P, {"units": "MeV fm^-3"})},
        attrs={"width": width},
    )
