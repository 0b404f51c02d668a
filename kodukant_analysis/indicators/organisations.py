"""Organisations (organisatsioonid): how many came, how often, around whom? Organisations only, never people."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import nan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate, centralisation, density, rarefaction
from kodukant_analysis.totals import totals

_UNITS = {
    "organisations": "organisations",
    "visits_mean": "per_discussion",
    "density": "index",
    "centralisation": "index",
    "twice": "share",
}


class _Network(NamedTuple):
    """The organisations of a cell: at how many of its discussions each was, and of how many none is named."""

    visits: npt.NDArray[np.intp]
    discussions: int
    unknown: int
    undated: int

    @property
    def note(self) -> str:
        left_out = f"organisations_unknown={self.unknown}; undated={self.undated}"
        return f"organisations={len(self.visits)}; {left_out}"

    def is_blank(self, rules: Rules) -> bool:
        return self.unknown > rules.blank_share * (self.discussions + self.unknown)


def organisation_network(  # noqa: PLR0913
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
    """The organisations of a region's discussions (C4), five rows a region and period.

    data: the tables `discussions` and `attendance`. n: discussions held by `as_of`, on a known day, at which an
    organisation is named. `organisation_network:organisations`: different ones (R); `visits_mean`: organisations per
    discussion; `density`: ties of those there could be; `centralisation`: 1 where one organisation was everywhere and
    everyone else once; `twice`: share of organisations at two discussions or more, n organisations. An organisation is
    at a discussion or not, however many it sent; people, named or masked, are none. All of them fall or rise with the
    number of discussions by themselves: never to be compared across regions, see `organisation_richness`.
    Period: of the day it was held. Complete counts: no interval.
    Flags: no_data; not_estimable (one organisation or discussion); too_few below `rules.discussions_from` discussions
    or where none is named at more than `rules.blank_share` of those held; descriptive; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    visits = totals("organisation_visits", data, as_of=as_of)
    rows = [row for cell in dated_cells(visits, "held_on", asked) for row in _network_rows(cell, rules)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def organisation_richness(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    m: int | None = None,
) -> pd.DataFrame:
    """Different organisations to be expected in m discussions (C5), one row a region and period: fair to size.

    data: the tables `discussions` and `attendance`. n: as for `organisation_network`. m: the same for all rows; left
    out, the fewest discussions of any row that has `rules.richness_discussions` of them, and the note says it. So
    rows of one frame may be compared, those of two only with one m. Rarefaction over discussions: as if m of them had
    been drawn. Unit: organisations. Period: of the day it was held. No interval.
    Flags: no_data; too_few below m discussions or where no organisation is named at more than `rules.blank_share` of
    those held; descriptive; boundary_break. Raises ValueError for m below `rules.richness_discussions`.
    """
    if m is not None and m < rules.richness_discussions:
        raise ValueError(
            f"organisations are expected in at least {rules.richness_discussions} discussions, got m = {m}"
        )
    asked = Asked(by, period, as_of, level, rules, borders)
    visits = totals("organisation_visits", data, as_of=as_of)
    cells = [(cell, _network(cell)) for cell in dated_cells(visits, "held_on", asked)]
    compared = [net.discussions for _, net in cells if not net.is_blank(rules)]
    least = rules.richness_discussions
    size = m or min((count for count in compared if count >= least), default=least)
    rows = [_richness_row(cell, net, size, rules) for cell, net in cells]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _network(cell: Cell) -> _Network:
    dated = cell.totals[cell.totals["held_on"].notna()]
    named = dated[dated["organisation"].notna()]
    held, known = dated["discussion_id"].nunique(), named["discussion_id"].nunique()
    undated = cell.totals["discussion_id"].nunique() - held
    return _Network(np.asarray(named["organisation"].value_counts(), dtype=np.intp), known, held - known, undated)


def _network_rows(cell: Cell, rules: Rules) -> Iterator[Row]:
    net = _network(cell)
    R, D, twice = len(net.visits), net.discussions, int((net.visits > 1).sum())  # noqa: N806
    values = {
        "organisations": float(R),
        "visits_mean": net.visits.sum() / D if D else nan,
        "density": density(net.visits, D),
        "centralisation": centralisation(net.visits, D),
        "twice": twice / R if R else nan,
    }
    few = rules.discussions_from > D or net.is_blank(rules)
    for item, value in values.items():
        flags = raised(not_estimable=bool(np.isnan(value)), too_few=few, descriptive=True) | cell.cautions
        n, k = (R, twice) if item == "twice" else (D, None)
        shown = flags if D else frozenset({"no_data"})
        yield Row(
            f"organisation_network:{item}", cell.region, cell.period, n, "complete count", Estimate(value), k, shown,
            unit=_UNITS[item], note=net.note,
        )  # fmt: skip


def _richness_row(cell: Cell, net: _Network, m: int, rules: Rules) -> Row:
    expected = float(rarefaction(net.visits, net.discussions, m))
    flags = raised(too_few=net.discussions < m or net.is_blank(rules), descriptive=True) | cell.cautions
    return Row(
        "organisation_richness", cell.region, cell.period, net.discussions, "rarefaction", Estimate(expected), None,
        flags if net.discussions else frozenset({"no_data"}), unit="organisations", note=f"m={m}; {net.note}",
    )  # fmt: skip
