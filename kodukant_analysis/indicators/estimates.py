"""Estimates: the third waist. Rows of results become the one frame that figures, exports and notebooks read."""

from collections.abc import Iterable, Mapping
from math import nan
from typing import NamedTuple

import pandas as pd

from kodukant_analysis.stats import Estimate

FLAGS = (
    "ok",
    "no_data",
    "suppressed",
    "not_estimable",
    "too_few",
    "one_cluster",
    "few_clusters",
    "all_same",
    "unweighted",
    "weights_missing",
    "assumed_deff",
    "immature",
    "not_reached",
    "instrument_break",
    "boundary_break",
    "burn_in",
    "descriptive",
    "refused",
)
BREAKS = frozenset({"instrument_break", "boundary_break"})
NOT_SHOWN = frozenset({"no_data", "suppressed", "not_estimable", "too_few", "refused"})

COLUMNS = {
    "indicator": "str",
    "region": "str",
    "region_name": "str",
    "period": "str",
    "n": "Int64",
    "estimate": "float64",
    "low": "float64",
    "high": "float64",
    "method": "str",
    "flag": "str",
}
DETAIL = {"se": "float64", "n_eff": "float64", "df": "float64", "k": "Int64", "unit": "str", "note": "str"}


class Row(NamedTuple):
    """One result, before the rules of display have taken their effect on it."""

    indicator: str
    region: str
    period: str
    n: int | None
    method: str
    found: Estimate = Estimate(nan)
    k: int | None = None
    flags: frozenset[str] = frozenset()
    unit: str = "share"
    note: str = ""


def estimate_frame(rows: Iterable[Row], names: Mapping[str, str], *, detail: bool = False) -> pd.DataFrame:
    """Rows as the frame of estimates, in the order of the rows; `names`: region code -> its name.

    A flag that forbids showing (`NOT_SHOWN`) empties estimate, limits and standard error; n and k stay, so that
    "3 of 4" can be said. Flags are joined by ";" in the order of `FLAGS`; none is "ok". Columns and types are those
    of `COLUMNS`, with `detail` those of `DETAIL` as well. Raises ValueError for a flag outside the closed list.

    >>> row = Row("participation_triad_share", "EE", "", 0, "Wilson", flags=frozenset({"no_data"}))
    >>> estimate_frame([row], {"EE": "Eesti"})[["region_name", "n", "estimate", "flag"]].to_dict("list")
    {'region_name': ['Eesti'], 'n': [0], 'estimate': [nan], 'flag': ['no_data']}
    """
    types = COLUMNS | DETAIL
    frame = pd.DataFrame([_cells(row, names[row.region]) for row in rows], columns=list(types)).astype(types)
    return frame if detail else frame[list(COLUMNS)]


def raised(**flags: bool) -> frozenset[str]:
    """The flags that are raised, by name.

    >>> raised(too_few=False, all_same=True)
    frozenset({'all_same'})
    """
    return frozenset(flag for flag, is_raised in flags.items() if is_raised)


def joined_flags(flags: Iterable[str]) -> str:
    """Flags in the order of the closed list, joined by ";".

    >>> joined_flags({"immature", "few_clusters"}), joined_flags([])
    ('few_clusters;immature', 'ok')
    """
    given = set(flags) - {"ok"}
    if given - set(FLAGS):
        raise ValueError(f"flags outside the closed list: {sorted(given - set(FLAGS))}")
    return ";".join(flag for flag in FLAGS if flag in given) or "ok"


def _cells(row: Row, name: str) -> tuple[object, ...]:
    found = row.found
    if row.flags & NOT_SHOWN:
        found = Estimate(nan, n_eff=found.n_eff, df=found.df)
    elif "descriptive" in row.flags:
        found = Estimate(found.estimate)
    shown = (found.estimate, found.low, found.high, row.method, joined_flags(row.flags))
    detail = (found.se, found.n_eff, found.df, row.k, row.unit, row.note)
    return (row.indicator, row.region, name, row.period, row.n, *shown, *detail)
