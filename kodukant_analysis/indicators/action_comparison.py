"""Action comparison (koos lahenduste leidmine): is more of what was agreed done here than in the other regions?"""

from collections.abc import Mapping
from datetime import date
from math import hypot, nan
from typing import Literal, NamedTuple, get_args

import pandas as pd

from kodukant_analysis.indicators.action_cohorts import (
    COMPLETED,
    Cohort,
    cohort_flags,
    cohort_note,
    cohort_of,
    incidence_of,
    is_thin,
    jackknife_of,
    known_to_be,
    needed_note,
)
from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate, known_at, logrank, mover
from kodukant_analysis.totals import totals

Strata = Literal["category"]


class _Pair(NamedTuple):
    cell: Cell
    own: Cohort
    others: Cohort
    is_compared: bool


def action_compare(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    tau: int = 60,
    strata: Strata | None = None,
) -> pd.DataFrame:
    """Each region against all other regions together (A6): a row `action_compare:completed:60` a region and period.

    data: the table `actions`, with strata="category" `topics` as well. Estimate: share of agreed actions completed
    within `tau` days (as `action_cumulative_incidence`) here − elsewhere, with the interval that `mover` makes of both.
    n: actions of the region that can be followed; k: those completed by day tau. The note has the other regions' n
    (others), the p of the log-rank test for the rate of completion among the still open (p; it takes actions as
    independent and cancelled ones as lost from sight; p is for analysts) and of how many regions of the period there
    is one (regions): none of them is adjusted for the others. strata="category": the test compares within categories
    of the topics that actions come from; those of no known category are one of their own.
    Flags: no_data; not_estimable (nowhere else to compare with, so always for the country); too_few (fewer than
    `rules.compare_from` known on day tau, too few still followed, or one discussion only, on either side); one_cluster,
    few_clusters; immature (some of either side not followed to tau); boundary_break. Raises ValueError for other
    strata.
    """
    if strata not in {None, *get_args(Strata)}:
        raise ValueError(f"strata is None or one of {get_args(Strata)}, got {strata!r}")
    asked = Asked(by, period, as_of, level, rules, borders)
    events = totals("action_events", data, as_of=as_of)
    layer = "" if strata is None else _categories(events, data)
    cells = list(dated_cells(events.assign(layer=layer), "agreed_on", asked))
    periods = dict.fromkeys(cell.period for cell in cells)
    families = [_family([cell for cell in cells if cell.period == name], asked, tau) for name in periods]
    rows = [_row(pair, family, asked, tau) for family in families for pair in family]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _categories(events: pd.DataFrame, data: Mapping[str, pd.DataFrame]) -> pd.Series:
    known = totals("topic_categories", data).set_index("topic_id")["category"]
    return events["topic_id"].map(known).fillna("")


def _family(cells: list[Cell], asked: Asked, tau: int) -> list[_Pair]:
    """The regions of one period, each with all the others."""
    everywhere = pd.concat([cell.totals for cell in cells])
    return [_pair(cell, everywhere[everywhere["region"] != cell.region], asked, tau) for cell in cells]


def _pair(cell: Cell, elsewhere: pd.DataFrame, asked: Asked, tau: int) -> _Pair:
    own, others = cohort_of(cell.totals, asked.rules), cohort_of(elsewhere, asked.rules)
    return _Pair(cell, own, others, all(_is_enough(side, tau) for side in (own, others)))


def _is_enough(side: Cohort, tau: int) -> bool:
    """Whether a side may be compared: one discussion does not tell how discussions differ."""
    return side.discussions > 1 and known_at(side.curve, tau) >= side.rules.compare_from and not is_thin(side, tau)


def _row(pair: _Pair, family: list[_Pair], asked: Asked, tau: int) -> Row:
    cell, own, others, is_compared = pair
    flags = (
        raised(
            not_estimable=others.n == 0,
            too_few=not is_compared and others.n > 0,
            immature=known_at(others.curve, tau) < others.n,
        )
        | cell.cautions
    )
    flags = cohort_flags(own, tau) | (flags if own.n else frozenset())
    tested = f"p={_logrank_p(own, others):.4g}" if is_compared else needed_note(flags, asked.rules.compare_from)
    facts = (f"others={others.n}", f"regions={sum(one.is_compared for one in family)}", tested)
    return Row(
        f"action_compare:completed:{tau}",
        cell.region,
        cell.period,
        own.n,
        f"difference of Aalen-Johansen, {own.error}, MOVER",
        _difference(own, others, tau, asked.level) if is_compared else Estimate(nan),
        known_to_be(own.curve, tau, COMPLETED),
        flags,
        note=cohort_note(own, tau, *facts),
    )


def _difference(own: Cohort, others: Cohort, tau: int, level: float) -> Estimate:
    here, there = (_completed(side, tau, level) for side in (own, others))
    found = mover(there.estimate, there[1:3], here.estimate, here[1:3])
    return found._replace(se=hypot(here.se, there.se), df=here.df)


def _completed(cohort: Cohort, tau: int, level: float) -> Estimate:
    errors = jackknife_of(cohort, (tau,))
    return incidence_of(cohort, tau, COMPLETED, None if errors is None else float(errors[COMPLETED, 0]), level)


def _logrank_p(own: Cohort, others: Cohort) -> float:
    both = pd.concat([own.used.assign(is_here=True), others.used.assign(is_here=False)])
    return logrank(both["days"], both["status"], both["actions"], both["is_here"], both["layer"]).p
