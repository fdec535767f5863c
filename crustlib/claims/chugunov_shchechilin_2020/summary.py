"""Section 4, what follows for other crusts."""

from functools import partial

from crustlib.claims import other_crusts as other
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, close

LEAST = "FRDM95, without the lattice, with the outermost interface that the outer crust allows."

CLAIMS = (
    Claim(
        "section 4",
        "The assumption that no nucleon leaves the matter it came with is valid in the outer crust.",
        close(1.0, relative=0.01),
        other.slope_in_outer_crust,
        "The slope of μₑ over (7) between thresholds, where farthest from 1; FRDM95, without the lattice.",
        see="chapter 3",
    ),
    Claim(
        "section 4",
        "Neutron diffusion typically redistributes neutrons faster than accretion does.",
        at_most(1.0),
        other.redistribution_over_compression,
        "The time in which the driven flux moves a layer's neutrons over that in which accretion does: "
        "the median in the zones of FRDM95 at a hundredth of the Eddington rate, a transient's average.",
        stated="below 1",
        see="chapter 4",
    ),
    Claim(
        "section 4",
        "In diffusion equilibrium the equation of state is significantly different.",
        at_least(1.1),
        other.density_ratio,
        "The largest ratio of densities at the same pressure, fast diffusion over none, to 10³¹ dyn cm⁻². "
        + LEAST,
        stated="different",
        see="chapter 5",
    ),
    Claim(
        "section 4",
        "In diffusion equilibrium the composition is significantly different.",
        at_least(2.0),
        other.charge_difference,
        "The largest difference of the mean Z at the same pressure. " + LEAST,
        stated="different",
        see="chapter 5",
    ),
    Claim(
        "section 4",
        "In diffusion equilibrium the heat is significantly different.",
        at_most(0.5),
        partial(other.heat_ratio, "lowest"),
        "The whole crust's heat over the traditional crust's to 10³¹ dyn cm⁻². " + LEAST,
        stated="different",
        see="chapter 5",
    ),
    Claim(
        "section 4",
        "The same, wherever the interface lies.",
        at_most(0.5),
        partial(other.heat_ratio, "highest"),
        "The same ratio with the interface where neutrons drip without diffusion. What the heat is hangs on "
        "where the interface is, and that is set by the deep crust, which neither the paper nor this book "
        "computes.",
        stated="different",
        see="chapter 5",
    ),
    Claim(
        "section 4",
        "Neutron diffusion is unlikely to be a direct source of heat in the outer crust.",
        at_most(0.01),
        other.change_of_outer_heat,
        "How much the heat (MeV per baryon) released above the interface differs from that released there "
        "without diffusion. " + LEAST,
        stated="unlikely",
        unit="MeV",
        see="chapter 5",
    ),
)
