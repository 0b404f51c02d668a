"""Next steps (mis edasi saab): does what was agreed have an owner and a day, and what was raised a next step?"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.clustered import Told, share_row
from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.topics import board, told_topics
from kodukant_analysis.totals import totals


def next_step_share(  # noqa: PLR0913
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
    """Share of agreements and of topics of which it is told what happens next (K68), two rows a region and period.

    data: `discussions`, `topics`, `actions` and `attendance`. Item `actions`: n agreed actions, k those with an owner
    and a due day (of a day or of the end of a period; "as soon as possible" is none); continuous ones are left out,
    as is what cannot be told: a sheet without a column for owners or due days, a due day nobody can read (blank).
    Period: of the agreement. Item `topics`: n topics of held discussions, k those with a next step, be it "no action,
    because ..."; an empty cell is a missing next step, a sheet without the column tells nothing (blank). Period: of
    the discussion. Shares over discussions (`cluster_share`).
    Flags: no_data; too_few below `rules.percent_from` or blank more often than `rules.blank_share`; one_cluster,
    few_clusters; all_same; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    histories = totals("action_histories", data, as_of=as_of)
    actions = dated_cells(histories[~histories["is_continuous"]], "agreed_on", asked)
    topics = dated_cells(board(data, asked), "held_on", asked)
    rows = [*(_actions_row(cell, asked) for cell in actions), *(_topics_row(cell, asked) for cell in topics)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _actions_row(cell: Cell, asked: Asked) -> Row:
    actions = cell.totals
    is_told = (actions["owner"] != "untold") & ~actions["due"].isin(["untold", "unread"])
    told = actions[is_told]
    is_complete = (told["owner"] == "named") & (told["due"] == "dated")
    lacking = {"no_owner": (told["owner"] == "blank").sum(), "no_due_day": (told["due"] == "undated").sum()}
    known = Told(told, len(actions) - len(told), lacking)
    return share_row("next_step_share:actions", cell, known, is_complete, asked)


def _topics_row(cell: Cell, asked: Asked) -> Row:
    told = told_topics(cell, "next_step")
    return share_row("next_step_share:topics", cell, told, told.rows["next_step"] != "missing", asked)
