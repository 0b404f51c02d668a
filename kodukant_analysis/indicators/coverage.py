"""Coverage (toimunud ja kavas): in how many municipalities, and for how many people, was a discussion held?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from kodukant_analysis.indicators.agenda import agenda
from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.regions import (
    COUNTRY,
    Borders,
    By,
    members,
    municipality_of,
    region_names,
    region_of,
)
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.places import counted_in_both, heirs, municipality_before, population
from kodukant_analysis.stats import Estimate

_METHOD = "complete count"
_DESCRIPTIVE = frozenset({"descriptive"})
_PLANNED = ("planned", "overdue")
_Where = tuple[frozenset[str], ...]


class _Coverage(NamedTuple):
    """What happened in each municipality ("held" or "planned"); where those of no certain one may have been."""

    borders: Borders
    states: Mapping[str, str]
    held_somewhere: _Where
    planned_somewhere: _Where


def coverage_place_share(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    borders: Borders = "today",
    as_of: date,
    rules: Rules = RULES,
    detail: bool = False,
) -> pd.DataFrame:
    """Share of municipalities with a discussion held, only planned, or never, by `as_of` (K73), a row a region each.

    data: the table `discussions`. n: municipalities of the region, k: those of the state that the indicator's name
    ends in, before the borders: `coverage_place_share:held:today`. Municipalities of today (79), or of before October
    2017 (213, "then"): a discussion held later counts there by its settlement, or where the municipality of today was
    made of one alone. A municipality counts once, however many of its villages were visited; cancelled is not planned.
    A complete count: no interval, flag descriptive. Note: discussions held (`not_placed_...`) and planned
    (`plan_not_placed_...`) that may have been in the region and whose municipality is not certain.
    """
    coverage = _coverage(data, borders, as_of, rules)
    rows = [row for region, codes in members(by, borders).items() for row in _place_rows(region, codes, coverage)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def coverage_population_share(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    borders: Borders = "today",
    as_of: date,
    rules: Rules = RULES,
    detail: bool = False,
) -> pd.DataFrame:
    """Share of people who live in a municipality where a discussion was held by `as_of` (K75), one row a region.

    data: the table `discussions`. n: people of the region, k: those of the municipalities covered, each counted once:
    of today, or of before October 2017 ("then"), see `coverage_place_share`. A village covers the whole of its
    municipality: the smaller ones of 2016 say more exactly who was reached. People: by the latest list that there is
    in both borders. Indicator: `coverage_population_share:held:today` or `...:then`. Flag: descriptive. Note: as there.
    """
    coverage = _coverage(data, borders, as_of, rules)
    rows = [_people_row(region, codes, coverage) for region, codes in members(by, borders).items()]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _coverage(data: Mapping[str, pd.DataFrame], borders: Borders, as_of: date, rules: Rules) -> _Coverage:
    known = agenda(data, as_of, rules)
    placed = known.assign(municipality=municipality_covered(known, borders))
    held, planned = (placed[placed["state"].isin(states)] for states in (("held",), _PLANNED))
    states = dict.fromkeys(planned["municipality"].dropna(), "planned") | dict.fromkeys(
        held["municipality"].dropna(), "held"
    )
    return _Coverage(borders, states, _somewhere(held, borders), _somewhere(planned, borders))


def municipality_covered(known: pd.DataFrame, borders: Borders) -> pd.Series:
    """The municipality that each discussion of `agenda` covers, of today or of before October 2017, where certain."""
    if borders == "today":
        return municipality_of(known, "today")
    then = municipality_of(known, "then")
    old = then.where(then.isin(list(members("municipality", "then"))))
    lying = zip(known["place_code"].fillna(""), municipality_of(known, "today").fillna(""), strict=True)
    before = pd.Series([municipality_before(place, code) for place, code in lying], index=known.index, dtype="str")
    return old.fillna(before)


def _somewhere(rows: pd.DataFrame, borders: Borders) -> _Where:
    """Of each discussion without a certain municipality, those that it may have been in."""
    lost = rows[rows["municipality"].isna()]
    regions = [region_of(lost, by, borders).fillna("") for by in ("county", "prefecture")]
    split = municipality_of(lost, "then").fillna("")
    lying = zip(split, *regions, strict=True)
    return tuple(_possible(then, county, prefecture, borders) for then, county, prefecture in lying)


def _possible(split: str, county: str, prefecture: str, borders: Borders) -> frozenset[str]:
    if borders == "today" and split and heirs(split):
        return frozenset(heir.code for heir in heirs(split))
    if county:
        return frozenset(members("county", borders)[county])
    return frozenset(members("prefecture", borders).get(prefecture) or members("country", borders)[COUNTRY])


def _place_rows(region: str, codes: tuple[str, ...], coverage: _Coverage) -> Iterator[Row]:
    found = [coverage.states.get(code, "never") for code in codes]
    note = _note(codes, coverage)
    for state in ("held", "planned", "never"):
        indicator = f"coverage_place_share:{state}:{coverage.borders}"
        yield _count_row(indicator, region, found.count(state), len(codes), note)


def _people_row(region: str, codes: tuple[str, ...], coverage: _Coverage) -> Row:
    # Two lists side by side would differ by definition, not by border.
    day = counted_in_both()
    counted = {code: population(code, day, coverage.borders) for code in codes}
    people = {code: found.people for code, found in counted.items() if found}
    covered = sum(count for code, count in people.items() if coverage.states.get(code) == "held")
    note = f"{_note(codes, coverage)}; population_on={day}"
    indicator = f"coverage_population_share:held:{coverage.borders}"
    return _count_row(indicator, region, covered, sum(people.values()), note)


def _count_row(indicator: str, region: str, k: int, n: int, note: str) -> Row:
    return Row(indicator, region, "", n, _METHOD, Estimate(k / n, n_eff=n), k, _DESCRIPTIVE, note=note)


def _note(codes: tuple[str, ...], coverage: _Coverage) -> str:
    inside = frozenset(codes)
    held, planned = (
        sum(not inside.isdisjoint(possible) for possible in somewhere)
        for somewhere in (coverage.held_somewhere, coverage.planned_somewhere)
    )
    return f"not_placed_{coverage.borders}={held}; plan_not_placed_{coverage.borders}={planned}"
