"""The ledger: the claims of all papers, computed and judged."""

import pandas as pd

from crustlib.claims import (
    beznogov_raduta_2025,
    chamel_2026,
    chugunov_shchechilin_2020,
    daligault_gupta_2009,
)
from crustlib.validation import one_of

__all__ = ["PAPERS", "ledger"]

_MODULES = (chugunov_shchechilin_2020, beznogov_raduta_2025, daligault_gupta_2009, chamel_2026)
PAPERS = {module.PAPER: module.CLAIMS for module in _MODULES}
COLUMNS = "paper where kind statement stated computed unit tolerance verdict why see".split()


def ledger(paper: str | None = None, where: str = "") -> pd.DataFrame:
    """Compute what papers claim, and say how it compares.

    Parameters
    ----------
    paper : str, optional
        One of `PAPERS`; all of them by default.
    where : str
        Only claims whose place contains this, such as "equation (11)"; the whole ledger takes some seconds.

    Returns
    -------
    pandas.DataFrame
        One row for each claim, with the columns paper, where, kind ("physics" or "print"), statement, stated,
        computed (NaN where it cannot be), unit, tolerance, verdict ("reproduced", "differs" or "cannot be
        tested"), why, and see (where the book has more).

    Raises
    ------
    ValueError
        If the paper is unknown.

    Examples
    --------
    >>> rows = ledger(where="equation (11)")
    >>> for row in rows.itertuples():
    ...     print(f"{row.stated:5} {row.computed:9.3g} {row.verdict}")
    3e+28  1.67e+28 differs
    1/3       0.464 differs
    -1/3     -0.333 reproduced
    """
    papers = PAPERS if paper is None else {paper: PAPERS[one_of("paper", paper, PAPERS)]}
    rows = []
    for name, claims in papers.items():
        for claim in claims:
            if where not in claim.where:
                continue
            computed, verdict = claim.judge()
            rows.append(
                {
                    "paper": name,
                    "where": claim.where,
                    "kind": claim.kind,
                    "statement": claim.statement,
                    "stated": claim.stated or claim.rule.stated,
                    "computed": computed,
                    "unit": claim.unit,
                    "tolerance": claim.rule.tolerance if claim.compute else "",
                    "verdict": verdict,
                    "why": claim.why,
                    "see": claim.see,
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)
