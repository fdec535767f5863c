"""What papers state, what this package computes, and the verdict, which is never typed in."""

from crustlib.claims.claim import VERDICTS, Claim
from crustlib.claims.ledger import PAPERS, ledger

__all__ = ["PAPERS", "VERDICTS", "Claim", "ledger"]
