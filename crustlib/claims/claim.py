"""One statement of a paper, with the function that puts it to the test."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from crustlib.claims.rules import Rule
from crustlib.validation import finite

__all__ = ["CANNOT_BE_TESTED", "DIFFERS", "REPRODUCED", "VERDICTS", "Claim"]

REPRODUCED, DIFFERS, CANNOT_BE_TESTED = VERDICTS = ("reproduced", "differs", "cannot be tested")


@dataclass(frozen=True)
class Claim:
    """A statement of a paper, and how it is put to the test.

    Attributes
    ----------
    where : str
        Section, equation or figure.
    statement : str
        What is said there, in plain words.
    rule : Rule
        What is stated about the number, and what still counts as that.
    compute : callable or None
        Returns the number. None where what it needs is not published, which `why` then names.
    why : str
        How the number comes about, and what is behind a difference.
    kind : {"physics", "print"}
        Whether nature is meant, or how an equation is printed.
    see : str
        Where the book has more: "chapter 3", or a label of the page on misprints.
    stated : str
        What is stated, where the rule's own words for it are too dry.
    unit : str
        Of the number.
    """

    where: str
    statement: str
    rule: Rule
    compute: Callable[[], float] | None
    why: str
    kind: str = "physics"
    see: str = ""
    stated: str = ""
    unit: str = ""

    def judge(self) -> tuple[float, str]:
        """Compute the number and hold it against the rule.

        Returns
        -------
        computed : float
            The number; NaN if it cannot be computed.
        verdict : str
            One of `VERDICTS`.

        Raises
        ------
        ValueError
            If what was computed is not a finite number.
        """
        if self.compute is None:
            return math.nan, CANNOT_BE_TESTED
        computed = finite(f"{self.where}: {self.statement}", float(self.compute()))
        return computed, REPRODUCED if self.rule.holds(computed) else DIFFERS
