"""Frames of estimates for maps: plans kept, or discussions counted, in every county or municipality."""

from collections.abc import Mapping
from math import nan

import pandas as pd

from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.regions import By, region_names
from kodukant_analysis.stats import Estimate

Kept = Mapping[str, tuple[int, int]]


def shares(by: By, kept: Kept, otherwise: tuple[int, int] = (14, 20)) -> pd.DataFrame:
    """Plans kept of plans made (k, n) by region code, `otherwise` elsewhere, and for the country; too few below 10."""
    names = {"EE": "Eesti", **region_names(by)}
    rows = [_share(code, *(kept.get(code, otherwise) if code != "EE" else (300, 400))) for code in names]
    return estimate_frame(rows, names, detail=True)


def counts(
    held: Mapping[str, int], planned: Mapping[str, int], beyond: int = 0, **others: Mapping[str, int]
) -> pd.DataFrame:
    """Discussions held and planned by municipality, none elsewhere; the country has some of unknown place besides."""
    names = {"EE": "Eesti", **region_names("municipality")}
    states = {"held": held, "planned": planned, "overdue": {}, "cancelled": {}} | others
    rows = [
        _count(state, code, found.get(code, 0) if code != "EE" else sum(found.values()) + beyond)
        for state, found in states.items()
        for code in names
    ]
    return estimate_frame(rows, names, detail=True)


def _share(region: str, k: int, n: int) -> Row:
    flags = {"no_data"} if not n else {"too_few"} if n < 10 else set()
    found = Estimate(k / n, k / n - 0.1, k / n + 0.1) if n else Estimate(nan)
    return Row("plan_fulfilment", region, "", n, "Wilson", found, k, frozenset(flags))


def _count(state: str, region: str, n: int) -> Row:
    found = Estimate(n)
    return Row(f"discussion_count:{state}", region, "", n, "complete count", found, n, frozenset({"descriptive"}))
