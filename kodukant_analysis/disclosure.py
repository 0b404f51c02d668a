"""Disclosure: estimates with detail -> the same frame with what could give away a person withheld. The only gate out.

Cells that count persons (see the registry), or tell how many people came, are withheld below `rules.persons_least`,
and below `rules.persons_all_equal` where all answered the same. Where a withheld cell could then be solved from the
sums of regions (a prefecture and its counties, ...), the smallest other part goes as well, until none can be; so too
where people who came are told by year and over all time. What is withheld of a survey question in one measure (its
share, its mean, an answer) is withheld in all, and in changes from or to it: a change and one of its two levels give
the other.
Cells that count events pass: "3 of 4 discussions" names nobody.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

import numpy as np
import pandas as pd

from kodukant_analysis.indicators.cells import is_within
from kodukant_analysis.indicators.changes import ARROW
from kodukant_analysis.indicators.estimates import BREAKS, joined_flags
from kodukant_analysis.indicators.regions import Borders, region_names, sums_of
from kodukant_analysis.indicators.registry import indicator_of, people_in
from kodukant_analysis.indicators.rules import RULES, Rules

_HIDDEN_NUMBERS = ["estimate", "low", "high", "se", "n_eff", "df"]
_HIDDEN_COUNTS = ["n", "k"]
_ROUNDING = 1e-9
Place = tuple[str, str]  # region, period
Sums = Sequence[tuple[Place, tuple[Place, ...]]]


def disclosed(estimates: pd.DataFrame, rules: Rules = RULES) -> pd.DataFrame:
    """The frame of estimates (with detail) as it may leave the house: same rows, same columns, same types.

    A withheld row has the flag `suppressed`, beside it only that of a break (what changed in a survey or in a border
    is no secret, and a line must not be drawn across it), and no n, estimate, limits, detail or note; its names, method
    and unit stay. A row of persons that is not shown for another reason keeps n and n_eff, not k, and its note only
    where that says why it is not estimable. What passed once passes unchanged again. Raises KeyError for an indicator
    that is not in the registry, ValueError for persons told twice of one region and period: the difference between the
    borders of today and of the day is the people who moved.
    """
    told = estimates["indicator"].map({name: people_in(name) for name in estimates["indicator"].unique()})
    people = estimates["n"].where(told == "n", estimates["k"]).mask(estimates["n"] == 0, 0).where(told.notna())
    _refuse_twofold(estimates[told.notna()])
    is_small = _is_small(estimates, people, told == "n", rules)
    withheld = told.notna() & (is_small | estimates["flag"].str.contains("suppressed"))
    counted = estimates.assign(people=people)[told.notna()]
    withheld |= _further(counted, withheld[told.notna()]).reindex(estimates.index, fill_value=False)
    persons = estimates["indicator"].map(_counts_persons).astype(bool)
    unshown = persons & estimates["estimate"].isna() & ~withheld
    return _emptied(estimates, withheld, unshown)


def _refuse_twofold(persons: pd.DataFrame) -> None:
    twice = persons[persons.duplicated(["indicator", "region", "period"])]
    if not twice.empty:
        told = ", ".join(twice[["indicator", "region", "period"]].iloc[0].astype(str))
        raise ValueError(f"told twice, in both borders or in two bases: {told}; disclose one frame at a time")


def _counts_persons(indicator: str) -> bool:
    return indicator_of(indicator).counts == "persons"


def _is_small(estimates: pd.DataFrame, people: pd.Series, is_whole: pd.Series, rules: Rules) -> pd.Series:
    n, k = estimates["n"], estimates["k"]
    # That nobody gave one answer of several does not tell which one all gave.
    is_one_of_several = estimates["indicator"].str.startswith("survey_distribution:")
    all_equal = (
        (k == n) | (estimates["estimate"] == 1) | (~is_one_of_several & ((k == 0) | (estimates["estimate"] == 0)))
    )
    few = (people < rules.persons_least) | ((people < rules.persons_all_equal) & all_equal & is_whole)
    return (few & (people > 0)).fillna(False).astype(bool)


def _further(estimates: pd.DataFrame, withheld: pd.Series) -> pd.Series:
    """All rows that have to go, those `withheld` at first among them, until no further one does."""
    answers, gone = _answers(estimates), withheld
    while True:
        known = {answer for answer, is_gone in zip(answers, gone, strict=True) if is_gone and len(answer) == 1}
        told = set().union(*known)
        shared = pd.Series([not told.isdisjoint(answer) for answer in answers], index=gone.index, dtype=bool)
        more = gone | shared | _complements(estimates, gone | shared)
        if more.equals(gone):
            return gone
        gone = more


def _answers(estimates: pd.DataFrame) -> list[frozenset[tuple[str, ...]]]:
    """Of each row whose answers it is of: question and series, region, and its wave (a change: both waves)."""
    rows = zip(estimates["indicator"], estimates["region"], estimates["period"], strict=True)
    return [_answers_of(indicator.split(":"), region, period) for indicator, region, period in rows]


def _answers_of(name: list[str], region: str, period: str) -> frozenset[tuple[str, ...]]:
    if not name[0].startswith("survey_"):
        return frozenset()
    return frozenset((*name[1:3], region, wave) for wave in period.split(ARROW))


def _complements(estimates: pd.DataFrame, withheld: pd.Series) -> pd.Series:
    """Which further rows must go, family by family of what adds up."""
    further = pd.Series(False, index=estimates.index)
    for _, family in estimates.groupby(["indicator", _families(estimates)], observed=False, dropna=False):
        places = pd.Series(list(zip(family["region"], family["period"], strict=True)), index=family.index)
        gone = set(places[withheld[family.index]])
        if gone:
            told = family["people"].notna() & ~withheld[family.index]
            shown = dict(zip(places[told], family.loc[told, "people"].astype(int), strict=True))
            further[family.index[places.isin(_to_go(shown, gone, _sums(frozenset(places))))]] = True
    return further


def _families(estimates: pd.DataFrame) -> pd.Series:
    """Waves and constables stand alone; those who came in the periods of a time add up to those of all of it."""
    return estimates["period"].where(~estimates["indicator"].map(_adds_up_over_time).astype(bool), "all")


def _adds_up_over_time(indicator: str) -> bool:
    return not indicator.startswith(("survey_", "load_gini"))


def _to_go(shown: Mapping[Place, int], withheld: Set[Place], sums: Sums) -> Set[Place]:
    """The shown cells that have to go until no withheld one is the only solution of the sums."""
    left = dict(shown)
    while (chosen := next(_companions(left, withheld | (shown.keys() - left.keys()), sums), None)) is not None:
        del left[chosen]
    return shown.keys() - left.keys()


def _companions(shown: Mapping[Place, int], withheld: Set[Place], sums: Sums) -> Iterator[Place]:
    """What could go next: from the sums with the fewest unknown members first, each time the smallest part.

    Where the sums that give a cell away have nobody left to hide it behind, whatever else keeps it solvable.
    """
    given_away = _given_away(shown.keys(), sums) & withheld
    for whole, parts in sorted(sums, key=lambda one: len({one[0], *one[1]} - shown.keys())):
        if given_away & {whole, *parts}:
            others = [part for part in parts if shown.get(part, 0) > 0] or [whole] * (shown.get(whole, 0) > 0)
            yield from sorted(others, key=lambda other: (shown[other], other))[:1]
    for other in sorted((cell for cell in shown if shown[cell] > 0), key=lambda one: (shown[one], one)):
        if given_away - _given_away(shown.keys() - {other}, sums):
            yield other


def _given_away(shown: Set[Place], sums: Sums) -> Set[Place]:
    """Cells that are not shown and yet follow from those that are: zero in every solution of the homogeneous sums."""
    dark = sorted({cell for whole, parts in sums for cell in (whole, *parts)} - shown)
    matrix = np.array([[(one in parts) - (one == whole) for one in dark] for whole, parts in sums], dtype=float)
    _, sizes, directions = np.linalg.svd(matrix.reshape(-1, len(dark)))
    free = directions[int(np.sum(sizes > _ROUNDING)) :]
    return {cell for cell, shifts in zip(dark, free.T, strict=True) if np.all(np.abs(shifts) < _ROUNDING)}


def _sums(places: Set[Place]) -> Sums:
    """The sums that the cells of a family are in: of regions in each of its periods, of periods in each of its regions.

    In the borders of the day where one of the regions was gone in 2017.
    """
    regions, periods = {region for region, _ in places}, sorted({period for _, period in places})
    gone = region_names("municipality", "then").keys() - region_names("municipality").keys()
    borders: Borders = "then" if regions & gone else "today"
    by_region = [
        ((whole, period), tuple((part, period) for part in parts))
        for period in periods
        for whole, sums in sums_of(borders).items()
        for parts in sums
    ]
    by_period = [
        ((region, whole), tuple((region, part) for part in parts))
        for whole, parts in _sums_of_periods(periods)
        for region in sorted(regions)
    ]
    return _without_loose_ends([*by_region, *by_period], places)


def _sums_of_periods(periods: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each period with those of one length that make it up: all time of years, a year of its halves, ...

    >>> list(_sums_of_periods(["", "2016", "2017"]))
    [('', ('2016', '2017'))]
    """
    for whole in periods:
        for kind in ("", "H", "Q"):
            parts = tuple(part for part in periods if part and part != whole and part[4:5] == kind)
            if inside := tuple(part for part in parts if is_within(part, whole)):
                yield whole, inside


def _without_loose_ends(sums: Sums, places: Set[Place]) -> Sums:
    """The sums without those that nothing follows from: with a member that nobody asks for and no other sum has."""
    while True:
        often = Counter(cell for whole, parts in sums for cell in (whole, *parts))
        kept = [one for one in sums if all(often[cell] > 1 or cell in places for cell in (one[0], *one[1]))]
        if len(kept) == len(sums):
            return kept
        sums = kept


def _emptied(estimates: pd.DataFrame, withheld: pd.Series, unshown: pd.Series) -> pd.DataFrame:
    numbers = {name: estimates[name].mask(withheld, np.nan) for name in _HIDDEN_NUMBERS}
    counts = {name: estimates[name].mask(withheld, pd.NA) for name in _HIDDEN_COUNTS}
    counts["k"] = counts["k"].mask(unshown, pd.NA)
    # Why something cannot be worked out, or how many it takes, is no number of persons.
    is_why = unshown & estimates["flag"].str.contains("not_estimable")
    needed = estimates["note"].str.extract(r"(needed=[\d.]+)")[0].fillna("")
    texts = {
        "flag": estimates["flag"].mask(withheld, estimates["flag"].map(_withheld_flag)),
        "note": estimates["note"].mask(unshown & ~is_why, needed).mask(withheld, ""),
    }
    return estimates.assign(**numbers, **counts, **texts).astype(estimates.dtypes.to_dict())


def _withheld_flag(flag: str) -> str:
    return joined_flags({"suppressed", *(BREAKS & set(flag.split(";")))})
