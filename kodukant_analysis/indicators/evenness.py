"""Evenness (tasakaal): how evenly did the police, the local government and the community come?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate, divergence, evenness
from kodukant_analysis.totals import totals

PARTNERS = ("police", "local_government", "community")
_Mix = npt.NDArray[np.float64]


def participation_evenness(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    target: Mapping[str, float] | Sequence[float] | None = None,
) -> pd.DataFrame:
    """How evenly attendance is spread over the three partners (C2), one or two rows a region and period.

    data: the tables `discussions` and `attendance`. `participation_evenness:pielou`: Pielou's J of the people of the
    police, the local government and the community, 0 (one partner alone) to 1 (equal thirds). Equal thirds are not the
    goal: a village meeting should be mostly community. With `target`, the shares aimed at (by sector, or in the order
    of `PARTNERS`), also `participation_evenness:divergence`: Kullback-Leibler from that mix, 0 where it is met.
    n: discussions held by `as_of`, on a known day, with attendance known by group; other sectors do not count.
    Interval: linearised over discussions, Student's t; none of the divergence. Period: of the day it was held.
    Flags: no_data; not_estimable where none of the three was there; too_few below `rules.discussions_from`
    discussions or where more than `rules.blank_share` of those held have no usable attendance; few_clusters
    (discussions − 1 < `rules.few_df`); descriptive (one discussion; the divergence); boundary_break.
    Raises ValueError for a target of other sectors or of negative shares.
    """
    asked, mix = Asked(by, period, as_of, level, rules, borders), _mix(target)
    held = totals("discussion_sectors", data, as_of=as_of, mapped=1 - rules.blank_share)
    rows = [row for cell in dated_cells(held, "held_on", asked) for row in _rows(cell, mix, asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _mix(target: Mapping[str, float] | Sequence[float] | None) -> _Mix | None:
    if target is None:
        return None
    if isinstance(target, Mapping) and set(target) != set(PARTNERS):
        raise ValueError(f"a target mix is of {', '.join(PARTNERS)}, got {', '.join(target)}")
    shares = [target[sector] for sector in PARTNERS] if isinstance(target, Mapping) else list(target)
    divergence(np.ones(len(PARTNERS)), shares)  # refuses what is no mix of three before any cell is asked
    return np.asarray(shares, dtype=float)


def _rows(cell: Cell, mix: _Mix | None, asked: Asked) -> Iterator[Row]:
    dated = cell.totals[cell.totals["held_on"].notna()]
    known = dated[dated["known"]]
    people = known[list(PARTNERS)].to_numpy(dtype=float)
    n, unknown, rules = len(known), len(dated) - len(known), asked.rules
    shared = (
        raised(
            too_few=n < rules.discussions_from or unknown > rules.blank_share * len(dated),
            not_estimable=not people.any(),
            descriptive=n == 1,
        )
        | cell.cautions
    )
    found = Estimate(*evenness(people, asked.level)[:6])
    told = [("pielou", "Pielou's J, linearised over discussions", found, raised(few_clusters=1 < n <= rules.few_df))]
    if mix is not None:
        apart = Estimate(divergence(people.sum(axis=0), mix))
        told.append(("divergence", "Kullback-Leibler divergence", apart, frozenset({"descriptive"})))
    note = f"attendance_unknown={unknown}; undated={len(cell.totals) - len(dated)}"
    for item, method, one, own in told:
        flags = shared | own if n else frozenset({"no_data"})
        name = f"participation_evenness:{item}"
        yield Row(name, cell.region, cell.period, n, method, one, None, flags, unit="index", note=note)
