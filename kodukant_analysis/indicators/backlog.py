"""Backlog (pooleli kokkulepped): what was agreed and is not finished yet, how old it is, and who looks after it."""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.clustered import Told, is_blank, note_of, share_row
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate
from kodukant_analysis.totals import totals

AGES = (90, 180)
_OPEN = 0


def action_backlog(  # noqa: PLR0913
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
    """The actions that are open on the day `as_of` (A5, K48), a row an item and region.

    data: the table `actions`. Open is what its last delivery with a status calls neither done nor cancelled nor
    continuous. Items: `count` (n and estimate: open actions; none is a number too); `overdue` (share whose first due
    day is before `as_of`, of those with a due day or with none promised); `over_90`, `over_180` (share agreed more than
    so many days ago); `median_age` (days since the agreement). A state, not a process: no interval, and no periods.
    Ages of open actions are length-biased - what takes long is there to be counted for long -, so they say nothing
    about how long an action takes: see `action_cumulative_incidence` for that. Note: undated, blank, last told of more
    than `rules.fresh_days` ago (stale).
    Flags: descriptive; no_data; too_few (shares below `rules.percent_from`, the median below `rules.open_from`;
    blank more often than `rules.blank_share`); boundary_break. Raises ValueError when asked by period.
    """
    asked = _as_it_stands(Asked(by, period, as_of, level, rules, borders))
    rows = [row for cell in dated_cells(_open_actions(data, as_of), "agreed_on", asked) for row in _rows(cell, asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def action_freshness_share(  # noqa: PLR0913
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
    """Share of open actions whose state was told within `rules.fresh_days` days before `as_of` (K69), a row a region.

    data: the table `actions`. n: actions open at `as_of` (see `action_backlog`) of which a delivery with a day and a
    status tells; k: those whose last such delivery is fresh. A delivery that leaves the status blank tells nothing.
    Share over discussions (`cluster_share`). Note: blank, those told of on no known day.
    Flags: no_data; too_few below `rules.percent_from` or blank more often than `rules.blank_share`; one_cluster,
    few_clusters; all_same; boundary_break. Raises ValueError when asked by period.
    """
    asked = _as_it_stands(Asked(by, period, as_of, level, rules, borders))
    rows = [_freshness_row(cell, asked) for cell in dated_cells(_open_actions(data, as_of), "agreed_on", asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _as_it_stands(asked: Asked) -> Asked:
    if asked.period is not None:
        raise ValueError(f"what is open is the state of one day, as_of: it has no periods, got {asked.period!r}")
    return asked


def _open_actions(data: Mapping[str, pd.DataFrame], as_of: date) -> pd.DataFrame:
    histories = totals("action_histories", data, as_of=as_of)
    return histories[(histories["state"] == _OPEN).fillna(False) & ~histories["is_continuous"]]


def _rows(cell: Cell, asked: Asked) -> Iterator[Row]:
    day, rules = pd.Timestamp(asked.as_of), asked.rules
    stale = int(((day - cell.totals["ended_on"]).dt.days > rules.fresh_days).sum())
    age = (day - cell.totals["agreed_on"]).dt.days.dropna()
    due = cell.totals[cell.totals["due"].isin(["dated", "undated"])]
    undated = {"undated": int((due["due"] == "undated").sum()), "stale": stale}
    yield _counted(cell, len(cell.totals), stale)
    yield _part(cell, "overdue", due["due_on"] < day, undated, rules)
    for days in AGES:
        yield _part(cell, f"over_{days}", age > days, {"stale": stale}, rules)
    yield _median(cell, age, stale, rules)


def _counted(cell: Cell, n: int, stale: int) -> Row:
    flags = raised(descriptive=True) | cell.cautions
    found, note = Estimate(n), note_of({"stale": stale})
    name = "action_backlog:count"
    return Row(name, cell.region, cell.period, n, "complete count", found, n, flags, unit="actions", note=note)


def _part(cell: Cell, item: str, is_so: pd.Series, told: Mapping[str, int], rules: Rules) -> Row:
    n, k, blank = len(is_so), int(is_so.sum()), len(cell.totals) - len(is_so)
    flags = raised(too_few=n < rules.percent_from or is_blank(blank, n, rules), descriptive=True) | cell.cautions
    found = Estimate(k / n) if n else Estimate(float("nan"))
    name, shown = f"action_backlog:{item}", flags if n else frozenset({"no_data"})
    note = note_of({"blank": blank, **told})
    return Row(name, cell.region, cell.period, n, "complete count", found, k, shown, note=note)


def _median(cell: Cell, age: pd.Series, stale: int, rules: Rules) -> Row:
    n, blank = len(age), len(cell.totals) - len(age)
    flags = raised(too_few=n < rules.open_from or is_blank(blank, n, rules), descriptive=True) | cell.cautions
    found = Estimate(float(age.median()))
    shown, note = flags if n else frozenset({"no_data"}), note_of({"blank": blank, "stale": stale})
    name = "action_backlog:median_age"
    return Row(name, cell.region, cell.period, n, "median", found, None, shown, unit="days", note=note)


def _freshness_row(cell: Cell, asked: Asked) -> Row:
    told = cell.totals[cell.totals["ended_on"].notna()]
    is_fresh = (pd.Timestamp(asked.as_of) - told["ended_on"]).dt.days <= asked.rules.fresh_days
    known = Told(told, len(cell.totals) - len(told))
    return share_row("action_freshness_share", cell, known, is_fresh, asked)
