"""Published shares: surveys of which only the table exists, as rows of the same line as the series' own answers."""

from collections.abc import Iterator, Set
from math import isclose, nan
from typing import NamedTuple

import pandas as pd

from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row, raised
from kodukant_analysis.indicators.regions import COUNTRY_NAME, region_names, region_of, straddled_prefectures
from kodukant_analysis.indicators.rules import is_precise
from kodukant_analysis.stats import Estimate, published_share

_METHOD = "published share, Wilson"
_TEXT = ["series", "wave", "question", "survey_region", "prefecture", "county_code", "municipality_code", "answer"]
# best code of a scale -> its positive answers; the codes are those of the records, higher is better
_POSITIVE = {1.0: (1,), 4.0: (3, 4), 5.0: (4, 5), 10.0: (6, 7, 8, 9, 10)}


class _Table(NamedTuple):
    """What is published of one question in one wave of one series."""

    indicator: str
    wave: str
    shares: pd.DataFrame
    step: float  # the figures are rounded to this


def published_rows(shares: pd.DataFrame, answered: Set[tuple[str, str, str]], asked: Asked) -> Iterator[Row]:
    """Rows for every series, wave and question of the table `shares` that is not among those `answered`.

    A table of answers is summed over its positive ones (answers as coded in the records: "4" and "3" of four);
    a row without an answer, or with the answer "positive", is the positive share itself. The rounding step is read
    off the figures: tenths of a percent if any figure has one, else whole percent, times the figures summed.
    """
    placed = _placed(shares, asked)
    for key, table in placed.groupby(["series", "wave", "question"], observed=False, dropna=False):
        series, wave, question = (str(part) for part in key)
        if (series, wave, question) not in answered:
            published = _Table(f"survey_share:{question}:{series}", wave, table, _step(table["share"]))
            yield from (_row(published, region, asked) for region in region_names(asked.by, asked.borders))


def series_names(shares: pd.DataFrame) -> pd.Series:
    """The series of each row of the table `shares`, as indicators bear it: without colons, "unknown" where missing."""
    names: pd.Series = shares["series"].astype("str").fillna("").replace("", "unknown").str.replace(":", " ")
    return names


def _placed(shares: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    named = shares.assign(**shares[_TEXT].astype("str").fillna(""))
    named = named.assign(series=series_names(shares))
    fielded = named["fielded_to"].fillna(named["fielded_from"])
    is_known = ~(fielded > pd.Timestamp(asked.as_of)) & ~named["question"].isin(["", "other"])
    is_nowhere = (named[["survey_region", "prefecture", "county_code", "municipality_code"]] == "").all(axis=1)
    is_country = is_nowhere | (named["survey_region"] == COUNTRY_NAME)
    region = region_of(named, asked.by, asked.borders)
    # a question asked of regions keeps the country's rows in sight, so that every region gets its row
    return named.assign(region=region.where(is_country == (asked.by == "country")))[is_known]


def _row(table: _Table, region: str, asked: Asked) -> Row:
    inside = table.shares[table.shares["region"] == region]
    in_parts = asked.by == "prefecture" and region in straddled_prefectures()
    if in_parts and (inside["survey_region"] != "").any():
        return _unsaid(
            table, region, None, "not_estimable", f"part of the prefecture: {straddled_prefectures()[region]}"
        )
    if inside.empty:
        return _unsaid(table, region, 0, "no_data")
    share, terms = _positive_share(inside)
    if pd.isna(share):
        return _unsaid(table, region, None, "not_estimable", "no positive answers in the table")
    counts = inside["respondents"].dropna()
    if counts.empty:
        return Row(
            table.indicator, region, table.wave, None, _METHOD, Estimate(share), flags=frozenset({"descriptive"})
        )
    return _share_row(table, region, (share, terms, int(counts.iloc[0])), asked)


def _unsaid(table: _Table, region: str, n: int | None, flag: str, why: str = "") -> Row:
    return Row(table.indicator, region, table.wave, n, _METHOD, flags=frozenset({flag}), note=why)


def _share_row(table: _Table, region: str, figure: tuple[float, int, int], asked: Asked) -> Row:
    (share, terms, n), rules = figure, asked.rules
    if n == 0:
        return _unsaid(table, region, 0, "no_data")
    found = published_share(share, n, rules.deff_published, table.step * terms, asked.level)
    flags = raised(too_few=not is_precise(found, rules), all_same=share in {0, 1}, assumed_deff=True)
    note = f"deff={rules.deff_published:g}; step={table.step * terms:g}"
    return Row(table.indicator, region, table.wave, n, _METHOD, found, flags=flags, note=note)


def _positive_share(inside: pd.DataFrame) -> tuple[float, int]:
    direct = inside.loc[inside["answer"].isin(["", "positive"]), "share"].dropna().unique()
    if len(direct):
        return (float(direct[0]), 1) if len(direct) == 1 else (nan, 0)
    codes = pd.to_numeric(inside["answer"], errors="coerce").astype("float64")
    wanted = _POSITIVE.get(float(codes.max()), ())
    positive = inside[codes.isin(wanted)].drop_duplicates("answer")["share"]
    if positive.empty or positive.isna().any():
        return nan, 0
    return min(float(positive.sum()), 1.0), len(positive)


def _step(shares: pd.Series) -> float:
    return 0.01 if all(isclose(share * 100, round(share * 100), abs_tol=1e-9) for share in shares.dropna()) else 0.001
