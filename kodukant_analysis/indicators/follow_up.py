"""Follow-up (jätkuarutelu): after how many discussions did people meet again over the same matters?"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.clustered import is_blank, note_of
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import wilson
from kodukant_analysis.totals import totals


def follow_up_share(  # noqa: PLR0913
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
    """Share of discussions followed up by another within `rules.follow_up_days` days (K71), a row a region and period.

    data: `discussions` and `attendance`. n: discussions held at least so many days before `as_of`; k: those that a
    discussion held within that time names as the one it follows. Younger ones are not counted yet (note: young). The
    sheets of a prefecture none of whose discussions ever names another do not have the field: that is unknown (note:
    blank), not 0 %. Period: of the day it was held. Interval: Wilson.
    Flags: no_data; not_estimable where no prefecture of the region has the field; too_few below `rules.percent_from` or
    blank more often than `rules.blank_share`; all_same; immature where young ones were left out; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    facts = totals("discussion_facts", data, as_of=as_of)
    telling = set(facts.loc[facts["follow_up_on"].notna(), "prefecture"])
    held = facts.assign(is_told=facts["prefecture"].isin(telling))
    rows = [_row(cell, asked) for cell in dated_cells(held, "held_on", asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _row(cell: Cell, asked: Asked) -> Row:
    days, rules = asked.rules.follow_up_days, asked.rules
    age = (pd.Timestamp(asked.as_of) - cell.totals["held_on"]).dt.days
    ripe = cell.totals[age >= days]
    told = ripe[ripe["is_told"]]
    n, k = len(told), int((told["follow_up_on"] - told["held_on"]).dt.days.between(0, days).sum())
    blank, young = len(ripe) - n, int((age < days).sum())
    note = note_of({"blank": blank, "young": young, "undated": age.isna().sum()})
    flags = (
        raised(
            too_few=n < rules.percent_from or is_blank(blank, n, rules),
            all_same=k in {0, n},
            immature=young > 0,
        )
        | cell.cautions
    )
    unsaid = raised(not_estimable=bool(blank), no_data=not blank)
    found = wilson(k, n, asked.level)
    return Row("follow_up_share", cell.region, cell.period, n, "Wilson", found, k, flags if n else unsaid, note=note)
