"""Actions (koos lahenduste leidmine): what part of what was agreed is done, and by when?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import (
    OPEN,
    Curve,
    Estimate,
    aalen_johansen,
    at_risk_at,
    incidence_at,
    jackknife_se,
    known_at,
)
from kodukant_analysis.totals import totals

DAYS = (90, 180, 365)
ENDS = {"completed": 1, "cancelled": 2, "open": OPEN}


class _Cohort(NamedTuple):
    n: int
    curve: Curve
    discussions: int
    errors: npt.NDArray[np.float64] | None  # jackknife, (open, completed, cancelled) x days
    left_out: pd.Series  # why -> how many actions

    @property
    def method(self) -> str:
        error = "independent actions" if self.errors is None else "jackknife over discussions"
        return f"Aalen-Johansen, {error}, Rothman-Wilson"


def action_cumulative_incidence(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    at: tuple[int, ...] = DAYS,
) -> pd.DataFrame:
    """Share of agreed actions completed, cancelled and still open `at` days after the agreement (A1).

    data: the table `actions`. n: actions of the cohort that can be followed; k: those known to have ended so (for
    "open": to be open) on that day. An open action is followed to its last delivery and then leaves (censored);
    cancelled and rejected are ends of their own, on the day first reported; handed over is open: an answer is owed.
    Left out and counted in the note: continuous actions, no day of agreement, done without a date, impossible dates.
    Period: of the agreement. Aalen-Johansen, Rothman-Wilson interval; the standard error is the delete-one-discussion
    jackknife from `rules.clusters_for_jackknife` discussions on, else that of independent actions.
    Flags: no_data; too_few (fewer than `rules.known_from` known on the day, or fewer than `rules.at_risk_from` still
    followed while some were lost from sight); one_cluster, few_clusters (discussions − 1 < `rules.few_df`);
    all_same; immature (some not followed to the day); boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    events = totals("action_events", data, as_of=as_of)
    rows = [row for cell in dated_cells(events, "agreed_on", asked) for row in _incidence_rows(cell, asked, at)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _incidence_rows(cell: Cell, asked: Asked, at: tuple[int, ...]) -> Iterator[Row]:
    cohort = _cohort(cell.totals, at, asked.rules)
    for end, cause in ENDS.items():
        for place, day in enumerate(at):
            found = _found(cohort, cause, place, day, asked.level)
            yield Row(
                f"action_cumulative_incidence:{end}:{day}",
                cell.region,
                cell.period,
                cohort.n,
                cohort.method,
                found,
                _known_to_be(cohort.curve, day, cause),
                _flags(cohort, day, found, asked.rules) | raised(boundary_break=cell.is_break),
                note=_note(cohort, day),
            )


def _cohort(totals: pd.DataFrame, at: tuple[int, ...], rules: Rules) -> _Cohort:
    used = totals[totals["use"] == "used"]
    discussions = used["discussion_id"].nunique()
    errors = _jackknife(used, at) if discussions >= rules.clusters_for_jackknife else None
    curve = aalen_johansen(used["days"], used["status"], used["actions"])
    left_out = totals[totals["use"] != "used"].groupby("use", observed=False, dropna=False)["actions"].sum()
    return _Cohort(int(used["actions"].sum()), curve, discussions, errors, left_out)


def _jackknife(used: pd.DataFrame, at: tuple[int, ...]) -> npt.NDArray[np.float64]:
    return jackknife_se(used["days"], used["status"], used["discussion_id"], at, count=used["actions"])


def _found(cohort: _Cohort, cause: int, place: int, day: int, level: float) -> Estimate:
    if cohort.errors is None:
        return incidence_at(cohort.curve, day, cause, level=level)
    found = incidence_at(cohort.curve, day, cause, float(cohort.errors[cause, place]), level)
    return found._replace(df=cohort.discussions - 1)


def _known_to_be(curve: Curve, day: int, cause: int) -> int:
    past = curve.time <= day
    if cause == OPEN:
        return int(known_at(curve, day) - curve.events[:, past].sum())
    return int(curve.events[curve.causes.index(cause), past].sum())


def _flags(cohort: _Cohort, day: int, found: Estimate, rules: Rules) -> frozenset[str]:
    if cohort.n == 0:
        return frozenset({"no_data"})
    known = known_at(cohort.curve, day)
    lost = cohort.n > known
    thin = lost and at_risk_at(cohort.curve, day) < rules.at_risk_from
    return raised(
        too_few=known < rules.known_from or thin,
        one_cluster=cohort.discussions == 1,
        few_clusters=1 <= cohort.discussions - 1 < rules.few_df,
        all_same=found.estimate in {0, 1},
        immature=lost,
    )


def _note(cohort: _Cohort, day: int) -> str:
    known = int(known_at(cohort.curve, day))
    followed = f"known={known}; not_followed={cohort.n - known}; discussions={cohort.discussions}"
    left_out = ",".join(f"{use}:{actions}" for use, actions in cohort.left_out.items())
    return f"{followed}; left_out={left_out}" if left_out else followed
