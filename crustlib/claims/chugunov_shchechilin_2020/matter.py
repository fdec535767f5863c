"""Section 2.1, physics input."""

from functools import partial

from crustlib.claims import accreted_crust as computed
from crustlib.claims import other_crusts as other
from crustlib.claims.accreted_crust import RULES
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_most, close

CLAIMS = (
    Claim(
        "section 2.1",
        "The pressure of electrons is P = −∂(εV)/∂V.",
        close(1.0, relative=1e-6),
        partial(computed.pressure_from_energy, -1.0),
        "The derivative, differenced, over the closed form −ε + n μ.",
        see="chapter 1",
    ),
    Claim(
        "section 2.1",
        "That masses in the model of Mackie & Baym depend on the neutron gas matters little.",
        at_most(0.05),
        partial(other.buoyancy, "masses"),
        "The buoyancy that this dependence gives nuclei, over their weight, at its largest in the crust of "
        "our MB-type drop. The energy of a nucleus's surface follows the difference between the inside and "
        "the gas, so that a nucleus acts as if it pushed away some ten neutrons, far more than its volume.",
        stated="weak",
        see="misprint-weak",
    ),
    Claim(
        "section 2.1",
        "The volume that nuclei occupy can be neglected.",
        at_most(0.05),
        partial(other.buoyancy, "volume"),
        "The same for a volume of A/0.16 fm³ that neutrons cannot enter, FRDM95.",
        stated="neglected",
        see="chapter 3",
    ),
    Claim(
        "section 2.1",
        "The lattice energy is small beside the electrons' energy.",
        at_most(0.1),
        computed.lattice_energy_share,
        "The largest |ε_L|/εₑ of the accreted crust, FRDM95.",
        stated="small",
        see="chapter 1",
    ),
    Claim(
        "section 2.1",
        "Leaving out the lattice does not affect the main result: strong violation remains in every model.",
        close(4),
        computed.models_with("shallow", "steep", lattice=False),
        "Models out of FRDM95, FRDM12, HFB21 and DZ31 with a zone thicker than 1 m, without the lattice. "
        + RULES,
        stated="all 4",
        unit="models",
        see="chapter 3",
    ),
    Claim(
        "section 2.1",
        "Leaving out the lattice does not affect the main result: μₑ falls somewhere in every model.",
        close(4),
        computed.models_with("falling", lattice=False),
        "Models out of FRDM95, FRDM12, HFB21 and DZ31 with a zone of falling μₑ thicker than 1 m. Without a "
        "lattice μₑ stays level at the capture threshold. The lattice moves the threshold with the mean "
        "charge, so that μₑ falls where burning lowers the charge: small as it is, the lattice decides. "
        + RULES,
        stated="all 4",
        unit="models",
        see="misprint-lattice",
    ),
    Claim(
        "section 2.2",
        "For neutrons the effective mass is the rest mass.",
        at_most(0.01),
        computed.neutron_mass_shift,
        "The largest μₙ/mₙ − 1 down to 10³¹ dyn cm⁻², with SLy4 neutrons.",
        stated="negligible",
        see="chapter 1",
    ),
)
