import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import zeta

from crustlib.entrainment import core_matrix, pairing
from crustlib.entrainment.vortices import vortex_field
from crustlib.matter import skyrme

FUNCTIONALS = skyrme.available()


def solved(n, x, name, y_n, y_p):
    """rho_qq' / rho from the definitions: the momentum densities j_q that follow V_n = 1 or V_p = 1.

    In units of hbar = 1 with one mass m, so that hbar^2 / 2m is h: K_q = m V_q = V_q / (2 h).
    """
    f = skyrme.functional(name)
    h = 0.5 * (f.hbar2_2m_n + f.hbar2_2m_p)
    c_t, c_q = skyrme.couplings(n, name)
    c_plus, c_minus = c_t + c_q / 2, c_q / 2
    density = np.array([n * (1 - x), n * x])
    # 1 / m_q from dE/dtau_q, and I_q = dE/dj_q as a matrix on (j_n, j_p)
    inverse_mass = 2 * (h + c_plus * n + c_minus * np.array([1, -1]) * (density[0] - density[1]))
    same, other = c_plus + c_minus, c_plus - c_minus
    current_field = -2 * np.array([[same, other], [other, same]])
    normal = np.diag(np.array([y_n, y_p]) * density)
    # j = n K - Y n m_q w,  w = K / m_q + I,  I = current_field j
    momentum = np.diag(density / (2 * h)) - normal / (2 * h)
    j = np.linalg.solve(np.eye(2) + normal @ np.diag(1 / inverse_mass) @ current_field, momentum)
    velocity = np.diag(inverse_mass / density) @ j + current_field @ j
    return np.diag(density / n) @ velocity


@given(
    n=st.floats(0.01, 0.8),
    x=st.floats(0.01, 0.99),
    name=st.sampled_from(FUNCTIONALS),
    T=st.sampled_from([0.0, 0.1, 0.3, 0.5]),
    gaps=st.tuples(st.floats(0.2, 2.0), st.floats(0.2, 2.0)),
)
@settings(max_examples=30, deadline=None)
def test_the_closed_form_solves_the_equations_of_the_functional(n, x, name, T, gaps):
    core = core_matrix(n, x, name, T, *gaps)
    y = [pairing.normal_fraction(T, gap) for gap in gaps]
    rho = solved(n, x, name, *y)
    # own masses in the effective masses of the normal part: 0.07 percent
    assert core.rho_nn == pytest.approx(rho[0, 0], rel=2e-3, abs=1e-6)
    assert core.rho_pp == pytest.approx(rho[1, 1], rel=2e-3, abs=1e-6)
    assert core.rho_np == pytest.approx(rho[0, 1], rel=2e-3, abs=1e-6)
    assert core.rho_np == pytest.approx(rho[1, 0], rel=2e-3, abs=1e-6)


@given(n=st.floats(1e-3, 1.0), name=st.sampled_from(FUNCTIONALS))
@settings(max_examples=30, deadline=None)
def test_a_change_of_frame_moves_everything_along(n, name):
    core = core_matrix(n, functional=name)
    assert core.rho_nn + core.rho_np == pytest.approx(1 - core.proton_fraction, rel=1e-12)
    assert core.rho_pp + core.rho_np == pytest.approx(core.proton_fraction, rel=1e-12)
    assert core.rho_np * (core.upsilon - 1) < 0  # Upsilon > 1 makes rho_np negative
    eta = 1 - 2 * core.proton_fraction
    assert core.rho_np == pytest.approx(0.25 * (1 - eta**2) * (1 - core.upsilon), rel=1e-11)
    assert core.flux_fraction == pytest.approx(core.rho_np / core.rho_pp, rel=1e-12)


def test_upsilon_is_the_isovector_mass_and_beta_equilibrium_as_computed_elsewhere():
    # an independent calculation of the project's physics page; m / m*_v = 1 / 0.713: Goriely+13
    for name, upsilon, rho_np, flux in (
        ("BSk24", [1.1953, 1.4080], [-0.00632, -0.01882], [-0.159, -0.280]),
        ("SLy4", [1.1253, 1.2507], [-0.00434, -0.01251], None),
    ):
        core = core_matrix([0.08, 0.16], functional=name)
        assert core.upsilon == pytest.approx(upsilon, rel=5e-4)
        assert core.rho_np == pytest.approx(rho_np, rel=2e-3)
        assert flux is None or core.flux_fraction == pytest.approx(flux, abs=6e-4)
    assert core_matrix(0.1578, 0.5).upsilon == pytest.approx(1 / 0.713, rel=1e-3)


def test_normal_fluids_entrain_nothing():
    normal_n = core_matrix(0.16, 0.05, gap_n=0.0, gap_p=1.0)
    assert normal_n.rho_nn == normal_n.rho_np == normal_n.flux_fraction == 0.0
    assert normal_n.rho_pp > 0.0
    hot = core_matrix(0.16, 0.05, temperature=0.6, gap_n=2.0, gap_p=1.0)
    assert hot.rho_pp == hot.rho_np == hot.flux_fraction == 0.0
    assert hot.upsilon == core_matrix(0.16, 0.05).upsilon
    pure = core_matrix(0.16, 0.0)
    assert (pure.rho_nn, pure.rho_np, pure.rho_pp) == (1.0, 0.0, 0.0)


def test_the_gap_obeys_its_equation_and_its_limits():
    for t in (0.2, 0.5, 0.9):
        T = t * pairing.CRITICAL_TEMPERATURE
        gap = pairing.gap(T, 1.0)

        def occupation(s, T=T, gap=gap):
            E = np.hypot(s, gap)
            return 2 / (E * (np.exp(E / T) + 1))

        def normal(s, T=T, gap=gap):
            return 0.5 / (T * np.cosh(np.hypot(s, gap) / (2 * T)) ** 2)

        assert -np.log(gap) == pytest.approx(quad(occupation, 0, 50 * T)[0], rel=1e-8, abs=1e-12)
        assert pairing.normal_fraction(T, 1.0) == pytest.approx(quad(normal, 0, 50 * T)[0], rel=1e-8)
    near, cold = 1e-4, 0.03
    T = (1 - near) * pairing.CRITICAL_TEMPERATURE
    assert 1 - pairing.normal_fraction(T, 1.0) == pytest.approx(2 * near, rel=1e-3)
    slope = np.pi * np.sqrt(8 / (7 * zeta(3)))  # Delta / T_c over sqrt(1 - T / T_c)
    assert pairing.gap(T, 1.0) == pytest.approx(pairing.CRITICAL_TEMPERATURE * slope * near**0.5, rel=1e-3)
    exponential = np.sqrt(2 * np.pi / cold) * np.exp(-1 / cold)
    assert pairing.normal_fraction(cold, 1.0) == pytest.approx(exponential, rel=0.02)


def test_a_vortex_holds_its_flux_and_clusters_need_a_thin_core():
    thin, wide = (vortex_field(0.16, gap_n=gap, gap_p=0.7) for gap in (20.0, 0.05))
    core = core_matrix(0.16)
    # London, in SI: lambda = sqrt(m / (mu_0 e^2 n)) with n rho_pp / rho for n
    london = np.sqrt(1.6738e-27 / (4e-7 * np.pi * 1.602177e-19**2 * 0.16e45 * core.rho_pp))
    assert thin.penetration_depth == pytest.approx(london * 1e15, rel=1e-3)
    assert thin.core_field > thin.lower_critical_field
    assert thin.coherence_n < thin.cluster_radius < thin.penetration_depth
    assert wide.core_field < wide.lower_critical_field
    assert wide.cluster_radius == 0.0
    # where superconductivity changes its kind all critical fields are one, Phi_0 / 4 pi lambda^2
    gap = 0.7 * 2**-0.5 * thin.coherence_p / thin.penetration_depth
    edge = vortex_field(0.16, 20.0, 1.0001 * gap)
    one = 2.067833848e-7 / (4 * np.pi * (edge.penetration_depth * 1e-13) ** 2)  # in G
    assert edge.lower_critical_field == pytest.approx(one, rel=2e-3)
    assert vortex_field(0.16, 20.0, 0.9999 * gap).lower_critical_field == 0.0
    first_kind = vortex_field(0.5, gap_n=1.0, gap_p=0.01)
    assert first_kind.coherence_p > first_kind.penetration_depth
    assert first_kind.lower_critical_field == first_kind.cluster_radius == 0.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"baryon_density": 3.0}, "baryon_density = 3.0"),
        ({"baryon_density": float("nan")}, "baryon_density"),
        ({"baryon_density": 0.1, "proton_fraction": 1.2}, "proton_fraction = 1.2"),
        ({"baryon_density": 0.1, "functional": "APR"}, "functional = 'APR'"),
        ({"baryon_density": 0.1, "temperature": 0.1}, "gap_n = None"),
        ({"baryon_density": 0.1, "temperature": -0.1, "gap_n": 1, "gap_p": 1}, "temperature = -0.1"),
        ({"baryon_density": 0.1, "temperature": 0.1, "gap_n": 1.0, "gap_p": -1.0}, "gap_p = -1.0"),
        ({"baryon_density": [0.1, 0.2], "proton_fraction": [0.1, 0.2, 0.3]}, "broadcast"),
    ],
)
def test_bad_input_is_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match=message):
        core_matrix(**arguments)


def test_arguments_broadcast():
    core = core_matrix([[0.1], [0.2]], temperature=[0.0, 0.1, 0.2], gap_n=1.0, gap_p=0.5)
    assert all(field.shape == (2, 3) for field in core)
    assert all(isinstance(field, float) for field in core_matrix(0.1))
