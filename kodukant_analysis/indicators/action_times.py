"""Action times (koos lahenduste leidmine): how long until half is done, and how long does an action stay open?"""

from collections.abc import Mapping
from datetime import date
from math import inf, isnan, nan

import pandas as pd

from kodukant_analysis.indicators.action_cohorts import (
    COMPLETED,
    Cohort,
    cohort_flags,
    cohort_note,
    cohort_of,
    is_thin,
    jackknife_of,
    known_to_be,
    needed_note,
)
from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate, incidence_quantile, restricted_mean_jackknife_se, rmst
from kodukant_analysis.totals import totals

_NO_SPREAD = 1e-9


def action_completion_time(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    q: float = 0.5,
    entry: date | None = None,
) -> pd.DataFrame:
    """Days by which a share `q` of all agreed actions was completed (A2), a row `action_completion_time:completed:50`.

    data, entry, what is left out, period and standard errors: as for `action_cumulative_incidence`, from whose curve of
    completed actions the day is read. n: all actions that can be followed, not the completed ones (whose median alone
    would be too short); k: those completed. Interval: the days at which the limits of the curve pass `q`; its upper
    end is missing where they do not within the days that can be told. Unit: days.
    Flags: no_data; too_few (on no day enough known and followed); not_reached (the share is not completed within the
    days that can be told: the note has them as followed=τ, "more than τ days"); one_cluster, few_clusters; immature
    (some not followed so long); boundary_break. Raises ValueError unless 0 < q < 1.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    cells = dated_cells(totals("action_events", data, as_of=as_of), "agreed_on", asked)
    rows = [_completion_row(cell, asked, q, entry) for cell in cells]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def action_restricted_mean(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    tau: int = 90,
    entry: date | None = None,
) -> pd.DataFrame:
    """Mean days an agreed action stays open during its first `tau` days (A3), a row `action_restricted_mean:open:90`.

    data, entry, what is left out and period: as for `action_cumulative_incidence`. Any closing ends the time open:
    completed, cancelled or rejected. n: actions that can be followed; k: those closed by day tau. `tau` is the same for
    all regions, so that they can be compared; the longest mean is tau itself. Unit: days. Interval: Rothman-Wilson of
    the share of tau (`rmst`), by the delete-one-discussion jackknife (discussions − 1 degrees of freedom) from
    `rules.clusters_for_jackknife` discussions on, else (or where no discussion differs) by the formula for independent
    actions (known actions − 1).
    Flags: no_data; not_estimable (nothing is followed so long: the note has followed=τ); too_few (also where only one
    was closed: it tells nothing of chance), one_cluster, few_clusters, immature as there; all_same (no two differ: an
    interval only if all stay open); boundary_break.
    Raises ValueError unless tau > 0.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    cells = dated_cells(totals("action_events", data, as_of=as_of), "agreed_on", asked)
    rows = [_restricted_row(cell, asked, tau, entry) for cell in cells]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _completion_row(cell: Cell, asked: Asked, q: float, entry: date | None) -> Row:
    cohort = cohort_of(cell.totals, asked.rules, entry)
    last = _told_until(cohort)
    found = _told(_quantile(cohort, q, asked.level), last)
    is_reached, is_told = not isnan(found.estimate), not isnan(last)
    day = found.estimate if is_reached else last if is_told else 0
    flags = raised(too_few=not is_told, not_reached=is_told and not is_reached) | cell.cautions
    flags = cohort_flags(cohort, day) | (flags if cohort.n else frozenset())
    facts = (f"followed={last:g}" if is_told else "", needed_note(flags, asked.rules.known_from))
    return Row(
        f"action_completion_time:completed:{100 * q:g}",
        cell.region,
        cell.period,
        cohort.n,
        f"Aalen-Johansen quantile, {cohort.error}, Rothman-Wilson",
        found,
        known_to_be(cohort.curve, inf, COMPLETED),
        flags,
        "days",
        cohort_note(cohort, day, *facts),
    )


def _told_until(cohort: Cohort) -> float:
    """The last day of the curve on which enough are known and followed; missing where there is none."""
    return next((float(day) for day in cohort.curve.time[::-1] if not is_thin(cohort, float(day))), nan)


def _quantile(cohort: Cohort, q: float, level: float) -> Estimate:
    errors = jackknife_of(cohort, cohort.curve.time)
    if errors is None:
        return incidence_quantile(cohort.curve, q, COMPLETED, level)
    df = cohort.discussions - 1
    return incidence_quantile(cohort.curve, q, COMPLETED, level, se=errors[COMPLETED], df=df)._replace(df=df)


def _told(found: Estimate, last: float) -> Estimate:
    if not found.estimate <= last:
        return Estimate(nan)
    return found if found.high <= last else found._replace(high=nan)


def _restricted_row(cell: Cell, asked: Asked, tau: int, entry: date | None) -> Row:
    cohort = cohort_of(cell.totals, asked.rules, entry)
    found = _restricted(cohort, tau, asked.level)
    is_short = isnan(found.estimate)
    is_lone = int(cohort.curve.events[:, cohort.curve.time < tau].sum()) == 1
    flags = raised(not_estimable=is_short, all_same=found.se == 0, too_few=is_lone) | cell.cautions
    flags = cohort_flags(cohort, tau) | (flags if cohort.n else frozenset())
    closed = int(cohort.curve.events[:, cohort.curve.time <= tau].sum())
    followed = f"followed={cohort.curve.time[-1]:g}" if cohort.n and is_short else ""
    facts = (followed, needed_note(flags, asked.rules.known_from))
    return Row(
        f"action_restricted_mean:open:{tau}",
        cell.region,
        cell.period,
        cohort.n,
        f"restricted mean, {cohort.error}, Rothman-Wilson",
        found,
        closed,
        flags,
        "days",
        cohort_note(cohort, tau, *facts),
    )


def _restricted(cohort: Cohort, tau: int, level: float) -> Estimate:
    used, independent = cohort.used, rmst(cohort.curve, tau, level, ci="rothman-wilson")
    if not cohort.is_clustered:
        return independent
    se = restricted_mean_jackknife_se(
        used["days"], used["status"], used["discussion_id"], tau, count=used["actions"], entry=used["entry"]
    )
    # discussions that do not differ at all say nothing of chance; the actions in them may
    if not se > _NO_SPREAD:
        return independent
    return rmst(cohort.curve, tau, level, se=se, df=cohort.discussions - 1, ci="rothman-wilson")
