"""Changes: by how much a share or a mean score moved from one wave of a series to another."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import pandas as pd

from kodukant_analysis.indicators.breaks import Breaks, Line, Parting, between, breaks_of, days_of_waves, middle_of
from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.means import mean_rows
from kodukant_analysis.indicators.published import Counting, published_rows
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.survey_waves import (
    Base,
    Item,
    Told,
    survey_sums,
    survey_waves,
    told_by_region,
    unasked_rows,
)
from kodukant_analysis.indicators.trust import share_rows
from kodukant_analysis.stats import Estimate, change_correlation, change_taylor, mover, student

ARROW = " → "
Measure = Literal["share", "mean"]
_WEIGHTING = frozenset({"unweighted", "weights_missing"})
_CAUTION = frozenset({"few_clusters", "assumed_deff"}) | _WEIGHTING


class _Way(NamedTuple):
    """How a change is measured: its indicator, that of the level, what is counted in which base, unit and method."""

    code: str
    counting: Counting
    unit: str
    method: str


class _Level(NamedTuple):
    """What one wave tells of a line in a region: its row of estimates and, where there are answers, its design."""

    row: Row
    told: Told | None


def survey_change(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    item: Item = None,
    *,
    from_wave: str | None = None,
    to_wave: str | None = None,
    measure: Measure = "share",
    by: By = "country",
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    base: Base = "all",
) -> pd.DataFrame:
    """Change of a share (or mean score) between two waves of one series (T3), one row a question, series and region.

    data, item, base: as for `survey_share`. Without waves, from each wave to the next; with only one of them, from
    the first or to the last; a question of `item` of which there are not two gets one no_data row a region.
    Period: "2016 → 2018". estimate: share points (`survey_change`), or points of the score
    (`survey_mean_change`, measure "mean"). n: answers of the smaller wave; the note tells both.
    Interval: MOVER on the limits of the two shares, with the correlation of waves that share sampling points; of
    means, Student's t on the linearised error of the change. Different series are never compared.
    Flags: no_data; too_few where either level is; not_estimable where one is, where one rests on a single sampling
    point or has no known n, and where only one of the two is weighted; instrument_break, boundary_break (with
    not_estimable: the levels stand, the change does not) where the line broke in between; few_clusters;
    unweighted, weights_missing; assumed_deff.
    Raises ValueError for an unknown measure.
    """
    asked, way = Asked(by, None, as_of, level, rules, borders), _way(measure, base, item)
    sums = survey_sums(data, asked, way.counting.counted, way.counting.base)
    known = breaks_of(sums, days_of_waves(sums, data["shares"]), asked, data.get("breaks"))
    rows = [
        _change_row(pair, way, asked, parting)
        for line in _lines(data, sums, way, asked)
        for pair, parting in _pairs(line, known, (from_wave, to_wave))
    ]
    rows += unasked_rows(rows, Row(way.code, "", "", 0, way.method, unit=way.unit), item, asked)
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _way(measure: Measure, base: Base, item: Item) -> _Way:
    if measure == "share":
        counting = Counting("survey_share", "positive", base, item)
        return _Way("survey_change", counting, "share", "difference, MOVER")
    if measure == "mean":
        counting = Counting("survey_mean", "score", "substantive", item)
        return _Way("survey_mean_change", counting, "score", "difference, Taylor, t")
    raise ValueError(f"measure is share or mean, got {measure!r}")


def _lines(data: Mapping[str, Any], sums: pd.DataFrame, way: _Way, asked: Asked) -> Iterator[list[_Level]]:
    """The levels of each question, series and region."""
    told: dict[tuple[str, str, str], Told] = {}
    rows: list[Row] = []
    for wave in survey_waves(sums, asked, way.counting.item):
        indicator = way.counting.name(wave.question, wave.series)
        rows += (share_rows if way.unit == "share" else mean_rows)(wave, indicator, asked)
        told |= {(indicator, wave.wave, region): known for region, known in told_by_region(wave).items()}
    rows += published_rows(data["shares"], sums, way.counting, asked)
    lines: dict[tuple[str, str], list[_Level]] = {}
    for row in rows:
        known = told.get((row.indicator, row.period, row.region))
        lines.setdefault((row.indicator, row.region), []).append(_Level(row, known))
    return iter(lines.values())


def _pairs(
    line: list[_Level], known: Breaks, waves: tuple[str | None, str | None]
) -> Iterator[tuple[tuple[_Level, _Level], Parting]]:
    """The pairs of waves asked for, with what parts them."""
    _, question, series = line[0].row.indicator.split(":")
    place = Line(series, question, line[0].row.region)
    ordered = sorted(line, key=lambda one: (middle_of(known, series, one.row.period) or date.max, one.row.period))
    for first, last in _ends([one.row.period for one in ordered], waves):
        before, after = ordered[first], ordered[last]
        yield (before, after), between(known, place, before.row.period, after.row.period)


def _ends(periods: list[str], waves: tuple[str | None, str | None]) -> Iterator[tuple[int, int]]:
    if waves == (None, None):
        return pairwise(range(len(periods)))
    first, last = waves[0] or periods[0], waves[1] or periods[-1]
    is_there = first in periods and last in periods and periods.index(first) < periods.index(last)
    return iter([(periods.index(first), periods.index(last))] if is_there else [])


def _change_row(pair: tuple[_Level, _Level], way: _Way, asked: Asked, parting: Parting) -> Row:
    before, after = pair[0].row, pair[1].row
    indicator = before.indicator.replace(way.counting.code, way.code, 1)
    counts = [row.n for row in (before, after) if row.n is not None]
    row = Row(indicator, before.region, f"{before.period}{ARROW}{after.period}", None, way.method, unit=way.unit)
    row = row._replace(n=min(counts) if len(counts) == 2 else None, note=f"n_from={before.n}; n_to={after.n}")
    if 0 in counts:
        return row._replace(flags=frozenset({"no_data"}))
    found, flags = _change(pair, way, asked), before.flags | after.flags
    is_mixed = bool((before.flags ^ after.flags) & _WEIGHTING)
    is_unsaid = {"not_estimable", "one_cluster", "descriptive"} & flags or pd.isna(found.low) or is_mixed
    unshown = raised(not_estimable=bool(is_unsaid or parting.flags), too_few="too_few" in flags)
    note = "; ".join(filter(None, (row.note, parting.note)))
    return row._replace(found=found, flags=unshown | parting.flags | (flags & _CAUTION), note=note)


def _change(pair: tuple[_Level, _Level], way: _Way, asked: Asked) -> Estimate:
    (before, after), (told1, told2) = (one.row.found for one in pair), (one.told for one in pair)
    change = Estimate(after.estimate - before.estimate, se=(before.se**2 + after.se**2) ** 0.5, df=_df(before, after))
    correlation = 0.0
    if told1 and told2 and told1.design and told2.design:
        change = change_taylor(told1.design, told2.design, lonely="adjust")
        correlation = change_correlation(told1.ratio, told2.ratio, change)
    if way.unit == "score":
        return student(change, asked.level)
    limits = mover(before.estimate, before[1:3], after.estimate, after[1:3], correlation)
    return limits._replace(se=change.se, df=change.df)


def _df(before: Estimate, after: Estimate) -> float:
    return before.df + after.df if before.df > 0 and after.df > 0 else float("inf")
