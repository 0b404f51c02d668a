"""Preparation (ettevalmistus): was there a local leader, a room, enough advertising?"""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.filled import Question, filled_ratio, filled_share, held_on_a_day
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.totals import totals

CHANNELS = 3


def preparation_index(  # noqa: PLR0913
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
    """How many of three parts of the preparation were in place (K65), four rows a region and period.

    data: the tables `discussions` and `attendance`. `preparation_index`: mean over discussions that tell all three
    parts, 0 to 3: a local leader was found, a room was there, three or more channels of advertising were used.
    `preparation_index:leader`, `:room`, `:channels`: share of the discussions that tell the part in which it was in
    place. The fourth part of K65, invitations two weeks ahead, is in no record: the day of inviting is not kept, nor
    the day the room was confirmed. Blank is not "no": it is left out and counted in the note.
    Period: of the day it was held. Intervals: Student's t over discussions, Wilson.
    Flags: no_data; too_few (index: fewer than `rules.discussions_from`, shares: than `rules.percent_from`; both: more
    than `rules.blank_share` blank); few_clusters; all_same (shares); boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    facts = totals("discussion_facts", data, as_of=as_of)
    rows = [row for cell in dated_cells(facts, "held_on", asked) for row in _rows(cell, asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _rows(cell: Cell, asked: Asked) -> Iterator[Row]:
    held = held_on_a_day(cell)
    parts = {
        "leader": held["has_local_leader"].astype("boolean"),
        "room": held["has_room"].astype("boolean"),
        "channels": (held["channels"].astype("Int64") >= CHANNELS).astype("boolean"),
    }
    together = pd.concat([part.astype("Int64") for part in parts.values()], axis=1).sum(axis=1, skipna=False)
    yield filled_ratio(cell, Question("preparation_index", together, unit="index"), asked)
    for item, part in parts.items():
        yield filled_share(cell, Question(f"preparation_index:{item}", part), asked)
