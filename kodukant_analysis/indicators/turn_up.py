"""Turn-up (kohaletulek): how many came of those expected, how many officials a resident, how many police?"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.filled import Question, filled_ratio, held_on_a_day
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.totals import totals

_OFFICIALS = ["police", "local_government", "state"]


def turn_up_rate(  # noqa: PLR0913
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
    """People who came for each one registered, and for each one invited (K66), two rows a region and period.

    data: the tables `discussions` and `attendance`. `turn_up_rate:registered`, `turn_up_rate:invited`: all who came,
    officials too, over those registered (invited), of discussions that tell both; above 1 where more came than were
    expected. An open invitation has no denominator: 0 registered or invited is left out as blank is, and counted.
    Period: of the day it was held. Ratio over discussions with Student's t.
    Flags: no_data; too_few below `rules.discussions_from` or where more than `rules.blank_share` do not tell both;
    few_clusters; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    return _frame(totals("discussion_facts", data, as_of=as_of), _turn_up_rows, asked, detail)


def official_ratio(  # noqa: PLR0913
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
    """Officials for each member of the community present (K29), one row a region and period.

    data: the tables `discussions` and `attendance`. Police, local government and state over the community, of
    discussions whose attendance is known by group (see `participation_triad_share`), one with no resident included.
    No band of it is judged good or bad. Period: of the day it was held. Ratio over discussions with Student's t.
    Flags: no_data; not_estimable (nobody of the community was anywhere); too_few below `rules.discussions_from` or
    where more than `rules.blank_share` are not known; few_clusters; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    return _frame(_sectors(data, asked), _official_rows, asked, detail)


def police_team_size(  # noqa: PLR0913
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
    """Police persons at a discussion, on average (K59), one row a region and period.

    data: the tables `discussions` and `attendance`. Counted from the list of those present where it is known by group,
    else the size of the team as the sheet of discussions tells it (`from_register` in the note).
    Period: of the day it was held. Mean over discussions with Student's t. Unit: persons.
    Flags: no_data; too_few below `rules.discussions_from` or where more than `rules.blank_share` tell neither;
    few_clusters; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    facts = totals("discussion_facts", data, as_of=as_of)[["discussion_id", "police_team"]]
    return _frame(_sectors(data, asked).merge(facts, on="discussion_id", how="left"), _police_rows, asked, detail)


def _frame(
    told: pd.DataFrame, rows_of: Callable[[Cell, Asked], Iterator[Row]], asked: Asked, detail: bool
) -> pd.DataFrame:
    rows = [row for cell in dated_cells(told, "held_on", asked) for row in rows_of(cell, asked)]
    return estimate_frame(rows, region_names(asked.by, asked.borders), detail=detail)


def _sectors(data: Mapping[str, pd.DataFrame], asked: Asked) -> pd.DataFrame:
    return totals("discussion_sectors", data, as_of=asked.as_of, mapped=1 - asked.rules.blank_share)


def _turn_up_rows(cell: Cell, asked: Asked) -> Iterator[Row]:
    held = held_on_a_day(cell)
    for item in ("registered", "invited"):
        expected = held[item].astype("Int64")
        question = Question(f"turn_up_rate:{item}", held["people"], expected.mask(expected == 0), unit="ratio")
        yield filled_ratio(cell, question, asked)


def _official_rows(cell: Cell, asked: Asked) -> Iterator[Row]:
    held = held_on_a_day(cell)
    officials = held[_OFFICIALS].sum(axis=1).where(held["known"])
    yield filled_ratio(cell, Question("official_ratio", officials, held["community"], unit="ratio"), asked)


def _police_rows(cell: Cell, asked: Asked) -> Iterator[Row]:
    held = held_on_a_day(cell)
    listed = held["police"].astype("Int64").where(held["known"])
    team = listed.fillna(held["police_team"].astype("Int64"))
    from_register = int((listed.isna() & team.notna()).sum())
    question = Question("police_team_size", team, unit="persons", note=f"from_register={from_register}")
    yield filled_ratio(cell, question, asked)
