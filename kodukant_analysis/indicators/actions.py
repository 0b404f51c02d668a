"""Actions (koos lahenduste leidmine): what part of what was agreed is done, and by when?"""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.action_cohorts import (
    CANCELLED,
    COMPLETED,
    cohort_flags,
    cohort_note,
    cohort_of,
    incidence_of,
    jackknife_of,
    known_to_be,
    needed_note,
)
from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import OPEN
from kodukant_analysis.totals import totals

DAYS = (90, 180, 365)
ENDS = {"completed": COMPLETED, "cancelled": CANCELLED, "open": OPEN}


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
    entry: date | None = None,
) -> pd.DataFrame:
    """Share of agreed actions completed, cancelled and still open `at` days after the agreement (A1).

    data: the table `actions`. n: actions of the cohort that can be followed; k: those known to have ended so (for
    "open": to be open) on that day. An open action is followed to its last delivery and then leaves (censored);
    cancelled and rejected are ends of their own, on the day first reported; handed over is open: an answer is owed.
    The records do not tell of actions merged into others: no such end is shown. The three shares add up to 1.
    at: with the twelve months of K46 the last day; 30 and 60 days can be asked for.
    entry: day on which the register started, if actions that had ended before it are not in it; None: it tells them
    all. Actions agreed before it then count from it on only (delayed entry, as long-lived ones would weigh too much).
    Left out and counted in the note: continuous actions, no day of agreement, done without a date, impossible dates.
    The note also tells how many of the open ones are partly done (partial) and of the cancelled ones rejected.
    Period: of the agreement. Aalen-Johansen, Rothman-Wilson interval; the standard error is the delete-one-discussion
    jackknife (with Student's t on discussions − 1) from `rules.clusters_for_jackknife` discussions on, else that of
    independent actions.
    Flags: no_data; too_few (fewer than `rules.known_from` known on the day, or fewer than `rules.at_risk_from` still
    followed while some were lost from sight); one_cluster, few_clusters (discussions − 1 < `rules.few_df`);
    all_same; immature (some not followed to the day); boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    cells = dated_cells(totals("action_events", data, as_of=as_of), "agreed_on", asked)
    rows = [row for cell in cells for row in _incidence_rows(cell, asked, at, entry)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _incidence_rows(cell: Cell, asked: Asked, at: tuple[int, ...], entry: date | None) -> Iterator[Row]:
    cohort = cohort_of(cell.totals, asked.rules, entry)
    errors = jackknife_of(cohort, at)
    for end, cause in ENDS.items():
        for place, day in enumerate(at):
            error = None if errors is None else float(errors[cause, place])
            found = incidence_of(cohort, day, cause, error, asked.level)
            flags = cohort_flags(cohort, day)
            yield Row(
                f"action_cumulative_incidence:{end}:{day}",
                cell.region,
                cell.period,
                cohort.n,
                f"Aalen-Johansen, {cohort.error}, Rothman-Wilson",
                found,
                known_to_be(cohort.curve, day, cause),
                flags | raised(all_same=found.estimate in {0, 1}) | cell.cautions,
                note=cohort_note(cohort, day, needed_note(flags, asked.rules.known_from)),
            )
