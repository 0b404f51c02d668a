"""Mobility (kahe jala seadus): do people go from group to group? Neither much nor little of it is good."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import nan
from typing import NamedTuple

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate
from kodukant_analysis.totals import totals


class _Item(NamedTuple):
    """Of which totals an item is made: k of n people; `told` are those of whom the lists tell it at all."""

    k: str
    n: str
    told: str


_ITEMS = {
    "mean_groups": _Item("group_visits", "groups_known", "groups_known"),
    "two_or_more": _Item("movers", "groups_known", "groups_known"),
    "bees": _Item("bees", "bees_known", "bees_known"),
    "butterflies": _Item("butterflies", "butterflies_known", "butterflies_known"),
    "ring_retention": _Item("stayed", "opened", "rings_known"),
}


def group_mobility(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
) -> pd.DataFrame:
    """How people moved between the groups of a discussion (C9, K22, K24, K25), five rows a region and period.

    data: the tables `discussions` and `attendance`. n: people of discussions held by `as_of`, on a known day, of whom
    it is told. `group_mobility:mean_groups`: groups visited per person; `two_or_more`: share in at least two;
    `bees`, `butterflies`: share marked as one, of people whose mark is filled in either way; `ring_retention`: share
    of the opening ring that was in the closing one too. A blank is not a no and not zero. Attendances, not people: who
    came twice counts twice. Period: of the day it was held. Ratios over discussions, no interval.
    Flags: no_data; too_few below `rules.persons_for_mobility` people, or where it is not told of more than
    `rules.blank_share` of those present; descriptive; boundary_break. What may be published: `disclosure.disclosed`.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    visits = totals("group_visits", data, as_of=as_of)
    rows = [row for cell in dated_cells(visits, "held_on", asked) for row in _rows(cell, rules)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _rows(cell: Cell, rules: Rules) -> Iterator[Row]:
    dated = cell.totals[cell.totals["held_on"].notna()]
    sums = dated.drop(columns=["held_on"]).sum(numeric_only=True).astype(int)
    undated = len(cell.totals) - len(dated)
    for item, of in _ITEMS.items():
        k, n, blank = sums[of.k], sums[of.n], sums["people"] - sums[of.told]
        flags = (
            raised(
                too_few=n < rules.persons_for_mobility or blank > rules.blank_share * sums["people"],
                descriptive=True,
            )
            | cell.cautions
        )
        is_mean = item == "mean_groups"
        yield Row(
            f"group_mobility:{item}", cell.region, cell.period, int(n), "ratio over discussions",
            Estimate(k / n if n else nan), None if is_mean else int(k), flags if n else frozenset({"no_data"}),
            unit="groups" if is_mean else "share", note=f"blank={blank}; discussions={len(dated)}; undated={undated}",
        )  # fmt: skip
