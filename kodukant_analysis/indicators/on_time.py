"""On time (tähtajaks tehtud): of the promises whose day has come, how many were kept by that day?"""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.clustered import is_blank, note_of
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate, wilson
from kodukant_analysis.totals import totals

OPEN, DONE, CANCELLED = 0, 1, 2
ITEMS = ("on_time", "done_late", "overdue_open", "cancelled_late")
_UNKNOWN = ("done_undated", "not_followed")
_LEFT_OUT = (
    "cancelled_before_due",
    "undated",
    "due_unread",
    "due_untold",
    "continuous",
    "no_status",
    "impossible_dates",
    "not_yet_due",
)


def action_on_time_share(  # noqa: PLR0913
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
    """Share of actions done by the day that was first promised (A4, K47), a row an item, region and period.

    data: the table `actions`. n: actions whose first due day lies in the period and is not after `as_of`, and of which
    it is known what had become of them on that day; k: of them `on_time` (done on the due day at the latest),
    `done_late`, `overdue_open` (not done when last told of, on or after the due day) and `cancelled_late` (first
    reported cancelled after it): together all of n. A day that was moved later on does not count, the end of a period
    ("2016. a lõpp") is its last day.
    Left out and told in the note: cancelled by the due day, without a due day, continuous, of unknown status, with
    impossible dates (due or done before agreed, done after `as_of`), not yet due.
    Not known are actions done on an untold day and open ones last told of before their due day. With them the
    estimate is the share of those known, `low` is Wilson's lower limit as if none of them belonged to the item and
    `high` the upper one as if all did: note lower=, upper=. Else the interval is Wilson's.
    Flags: no_data; too_few below `rules.percent_from` or where more than `rules.blank_share` are not known; all_same;
    boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    histories = totals("action_histories", data, as_of=as_of)
    judged = histories.assign(fate=_fates(histories, pd.Timestamp(as_of)))
    rows = [row for cell in dated_cells(judged, "due_on", asked) for row in _rows(cell, asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _fates(actions: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    """What became of each action with regard to its due day; the first that fits."""
    state, due, ended, agreed = (actions[name] for name in ("state", "due_on", "ended_on", "agreed_on"))
    is_done, is_cancelled = (state == DONE).fillna(False), (state == CANCELLED).fillna(False)
    is_impossible = (due < agreed) | (is_done & ((ended < agreed) | (ended > as_of)))
    fates = {
        "continuous": actions["is_continuous"],
        "undated": actions["due"] == "undated",
        "due_unread": actions["due"] == "unread",
        "due_untold": actions["due"] == "untold",
        "impossible_dates": is_impossible,
        "not_yet_due": due > as_of,
        "no_status": state.isna(),
        # cancelled on an untold day: nothing says that the promise was broken first
        "cancelled_before_due": is_cancelled & ~(ended > due),
        "cancelled_late": is_cancelled,
        "done_undated": is_done & ended.isna(),
        "on_time": is_done & (ended <= due),
        "done_late": is_done,
        "overdue_open": ended >= due,
    }
    told = [is_so.to_numpy(dtype=bool) for is_so in fates.values()]
    return pd.Series(np.select(told, list(fates), "not_followed"), index=actions.index)


def _rows(cell: Cell, asked: Asked) -> Iterator[Row]:
    counts = cell.totals["fate"].value_counts().to_dict()
    n = sum(counts.get(item, 0) for item in ITEMS)
    unknown = sum(counts.get(fate, 0) for fate in _UNKNOWN)
    left_out = {fate: counts[fate] for fate in (*_UNKNOWN, *_LEFT_OUT) if counts.get(fate)}
    for item in ITEMS:
        k = counts.get(item, 0)
        bounds = {"lower": k, "upper": k + unknown}
        told: dict[str, object] = {}
        if n and unknown:
            told = {name: f"{most / (n + unknown):.4f}" for name, most in bounds.items()}
        flags = (
            raised(
                too_few=n < asked.rules.percent_from or is_blank(unknown, n, asked.rules),
                all_same=k in {0, n} and not unknown,
            )
            | cell.cautions
        )
        yield Row(
            f"action_on_time_share:{item}", cell.region, cell.period, n,
            "Wilson of the bounds" if unknown else "Wilson", bounded_share(k, n, unknown, asked.level), k,
            flags if n else frozenset({"no_data"}), note=note_of(told | left_out),
        )  # fmt: skip


def bounded_share(k: int, n: int, unknown: int, level: float = 0.95) -> Estimate:
    """The share k of the n known, with limits that hold whatever became of the `unknown`.

    Wilson's lower limit of k of n + unknown and upper limit of k + unknown of n + unknown; without unknown ones it is
    Wilson's interval. Source: section 5.2 (A4) of the method book; Manski 2003 for bounds.

    >>> found = bounded_share(22, 35, 2)
    >>> round(found.estimate, 4), round(found.low, 4), round(found.high, 4)
    (0.6286, 0.4349, 0.7817)
    """
    whole, known = n + unknown, wilson(k, n, level)
    low, high = wilson(k, whole, level).low, wilson(k + unknown, whole, level).high
    return known._replace(low=low, high=high)
