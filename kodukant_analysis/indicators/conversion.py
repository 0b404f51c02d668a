"""Conversion (teemast tegevuseni): how many of the topics that people raised led to an action?"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.clustered import Told, ratio_row, share_row
from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.topics import board

Weight = Literal["votes"]


def topic_conversion(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    within: int | None = None,
    weight: Weight | None = None,
) -> pd.DataFrame:
    """Share of topics that led to at least one action within `within` days (P2, K03), one row a region and period.

    data: `discussions`, `topics`, `actions` and `attendance`. within: `rules.conversion_days` where left out. n: topics
    of discussions held at least so many days before `as_of`; k: those that an action names which was agreed on within
    that time. Share over discussions (`cluster_share`), named `topic_conversion:topics:<within>`. With weight="votes"
    it is Σ points of topics with an action / Σ points (`topic_conversion:votes:<within>`), n its discussions: votes are
    not independent people, so the interval is Student's over discussions, cut off at 0 and 1. Period: of the
    discussion.
    Left out and told in the note: younger topics (young), topics of discussions whose actions name no topics or were
    never delivered, and topics whose only actions tell no possible day (blank: unknown is not "no"), without points.
    Conversion can be raised by raising fewer topics: never show it without `topics_per_discussion`.
    Flags: no_data; too_few below `rules.percent_from` topics, for votes `rules.discussions_from` discussions, or blank
    more often than `rules.blank_share`; one_cluster, few_clusters; all_same; immature where young ones were left out;
    boundary_break. Raises ValueError for another weight or a negative time.
    """
    if weight not in {None, "votes"}:
        raise ValueError(f"weight is None or 'votes', got {weight!r}")
    days = rules.conversion_days if within is None else within
    if days < 0:
        raise ValueError(f"within is a number of days, got {within}")
    asked, row = Asked(by, period, as_of, level, rules, borders), _votes_row if weight else _topics_row
    rows = [row(cell, days, asked) for cell in dated_cells(board(data, asked), "held_on", asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _topics_row(cell: Cell, within: int, asked: Asked) -> Row:
    told = _told(cell, within, asked)
    return share_row(f"topic_conversion:topics:{within}", cell, told, _is_converted(told.rows, within), asked)


def _votes_row(cell: Cell, within: int, asked: Asked) -> Row:
    told = _told(cell, within, asked)
    known = told._replace(
        rows=told.rows[told.rows["points"].notna()],
        note={**told.note, "without_points": int(told.rows["points"].isna().sum())},
    )
    points = known.rows["points"].astype("float64")
    row = ratio_row(
        f"topic_conversion:votes:{within}", cell, known, (points * _is_converted(known.rows, within), points), asked
    )
    found = row.found._replace(low=max(row.found.low, 0.0), high=min(row.found.high, 1.0))
    return row._replace(found=found)


def _told(cell: Cell, within: int, asked: Asked) -> Told:
    topics = cell.totals[cell.totals["topic_id"].notna()]
    age = (pd.Timestamp(asked.as_of) - topics["held_on"]).dt.days
    ripe = topics[age >= within]
    is_known = ripe["is_linked"] & (_is_converted(ripe, within) | (ripe["undated"] == 0))
    told, young = ripe[is_known], int((age < within).sum())
    return Told(told, len(ripe) - len(told), {"young": young, "undated": int(age.isna().sum())}, young)


def _is_converted(topics: pd.DataFrame, within: int) -> pd.Series:
    return (topics["days"] <= within).fillna(False).astype(bool)
