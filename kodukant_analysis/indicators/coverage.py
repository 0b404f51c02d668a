"""Coverage (toimunud ja kavas): in how many municipalities, and for how many people, was a discussion held?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.regions import Borders, By, members, region_names, region_of
from kodukant_analysis.places import municipality_before, population
from kodukant_analysis.stats import Estimate
from kodukant_analysis.totals import totals

_METHOD = "complete count"
_PLANNED = ("planned", "overdue")
_DESCRIPTIVE = frozenset({"descriptive"})


class _Coverage(NamedTuple):
    """What happened in each municipality ("held" or "planned"), and held discussions of uncertain municipality."""

    borders: Borders
    states: Mapping[str, str]
    unplaced: Mapping[str, int]


def coverage_place_share(
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    borders: Borders = "today",
    as_of: date,
    detail: bool = False,
) -> pd.DataFrame:
    """Share of municipalities with a discussion held, only planned, or never, by `as_of` (K73), a row a region each.

    data: the table `discussions`. n: municipalities of the region, k: those of the state that the indicator's name
    ends in, before the borders: `coverage_place_share:held:today`. Municipalities of today (79), or of before October
    2017 (213, "then"): a discussion held later counts there by its settlement, or where the municipality of today was
    made of one alone. A municipality counts once, however many of its villages were visited; cancelled is not planned.
    A complete count: no interval, flag descriptive. Note: held discussions whose municipality is not certain.
    """
    coverage = _coverage(data, by, borders, as_of)
    rows = [row for region, codes in members(by, borders).items() for row in _place_rows(region, codes, coverage)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def coverage_population_share(
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    borders: Borders = "today",
    as_of: date,
    detail: bool = False,
) -> pd.DataFrame:
    """Share of people who live in a municipality where a discussion was held by `as_of` (K75), one row a region.

    data: the table `discussions`. n: people of the region, k: those of the municipalities covered, each counted once:
    of today, or of before October 2017 ("then"), see `coverage_place_share`. A village covers the whole of its
    municipality: the smaller ones of 2016 say more exactly who was reached. Population: the count nearest to the day,
    named in the note. Indicator: `coverage_population_share:held:today` or `...:then`. Flag: descriptive.
    """
    coverage = _coverage(data, by, borders, as_of)
    rows = [_people_row(region, codes, coverage, as_of) for region, codes in members(by, borders).items()]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _coverage(data: Mapping[str, pd.DataFrame], by: By, borders: Borders, as_of: date) -> _Coverage:
    known = totals("discussion_places", data, as_of=as_of)
    placed = known.assign(municipality=_municipality(known, borders), region=region_of(known, by, borders))
    planned, held = (placed[placed["state"].isin(states)] for states in (_PLANNED, ("held",)))
    lost = held[held["municipality"].isna()]["region"].value_counts()
    states = dict.fromkeys(planned["municipality"].dropna(), "planned") | dict.fromkeys(
        held["municipality"].dropna(), "held"
    )
    return _Coverage(borders, states, {str(region): int(count) for region, count in lost.items()})


def _municipality(known: pd.DataFrame, borders: Borders) -> pd.Series:
    if borders == "today":
        return known["municipality_code"]
    then = region_of(known, "municipality", "then")
    old = then.where(then.isin(list(members("municipality", "then"))))
    lying = zip(known["place_code"].fillna(""), known["municipality_code"].fillna(""), strict=True)
    today = pd.Series([municipality_before(place, code) for place, code in lying], index=known.index, dtype="str")
    return old.fillna(today)


def _place_rows(region: str, codes: tuple[str, ...], coverage: _Coverage) -> Iterator[Row]:
    found = [coverage.states.get(code, "never") for code in codes]
    for state in ("held", "planned", "never"):
        k = found.count(state)
        indicator = f"coverage_place_share:{state}:{coverage.borders}"
        yield _count_row(indicator, region, k, len(codes), _note(region, coverage))


def _people_row(region: str, codes: tuple[str, ...], coverage: _Coverage, day: date) -> Row:
    counted = {code: found for code in codes if (found := population(code, day, coverage.borders))}
    people = {code: found.people for code, found in counted.items()}
    covered = sum(count for code, count in people.items() if coverage.states.get(code) == "held")
    days = sorted({found.on.isoformat() for found in counted.values()})
    note = f"{_note(region, coverage)}; population_on={','.join(days)}"
    return _count_row(f"coverage_population_share:held:{coverage.borders}", region, covered, sum(people.values()), note)


def _count_row(indicator: str, region: str, k: int, n: int, note: str) -> Row:
    return Row(indicator, region, "", n, _METHOD, Estimate(k / n, n_eff=n), k, _DESCRIPTIVE, note=note)


def _note(region: str, coverage: _Coverage) -> str:
    return f"not_placed_{coverage.borders}={coverage.unplaced.get(region, 0)}"
