"""Published shares: surveys of which only the table exists, as rows of the same line as the series' own answers."""

from collections.abc import Iterable, Iterator
from datetime import date
from math import inf, isclose, nan, sqrt
from typing import NamedTuple

import pandas as pd

from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row, raised
from kodukant_analysis.indicators.regions import COUNTRY_NAME, region_names, region_of, straddled_prefectures
from kodukant_analysis.indicators.rules import is_precise, is_precise_mean
from kodukant_analysis.indicators.survey_waves import Base, Item, is_asked
from kodukant_analysis.stats import Estimate, published_share, student

_METHOD = "published share, Wilson"
_TEXT = ["series", "wave", "question", "survey_region", "prefecture", "county_code", "municipality_code", "answer"]
_DONT_KNOW = "dont_know"


class _Scale(NamedTuple):
    """The codes of a scale as in the records (higher is better): all of them, the positive ones, the middle."""

    points: tuple[int, ...]
    positive: tuple[int, ...]
    neutral: tuple[int, ...] = ()


# best code of a scale -> the scale
_SCALES = {
    1: _Scale((0, 1), (1,)),
    4: _Scale((1, 2, 3, 4), (3, 4)),
    5: _Scale((1, 2, 3, 4, 5), (4, 5), (3,)),
    10: _Scale(tuple(range(11)), (6, 7, 8, 9, 10), (5,)),
}


class Counting(NamedTuple):
    """What is counted of a published table: for which indicator, which answers ("score": their mean), in which base."""

    code: str
    counted: str = "positive"
    base: Base = "all"
    item: Item = None

    def name(self, question: str, series: str) -> str:
        """The indicator's name; a part of a distribution ends it."""
        line = f"{self.code}:{question}:{series}"
        return f"{line}:{self.counted}" if self.code == "survey_distribution" else line


class _Table(NamedTuple):
    """What is published of one question in one wave of one series."""

    indicator: str
    wave: str
    shares: pd.DataFrame
    step: float  # the figures are rounded to this
    unit: str


class _Figure(NamedTuple):
    """A share of a table: how many published figures it sums, and what part of the table its base is."""

    share: float
    terms: int = 1
    base: float = 1.0


def published_rows(shares: pd.DataFrame, sums: pd.DataFrame, counting: Counting, asked: Asked) -> Iterator[Row]:
    """Rows for every series, wave and question of the table `shares` that is not among the answers summed in `sums`.

    A table of answers is summed over those that count (answers as coded in the records: "4" and "3" of four); a row
    without an answer, or with the answer "positive", is the positive share itself. Base "substantive": what is left of
    the table without don't know. A mean score needs the share of every point of the scale. The rounding step is read
    off the figures: tenths of a percent if any figure has one, else whole percent, times the figures summed.
    """
    answered = set(zip(sums["series"], sums["wave"], sums["question"], strict=True))
    placed = _placed(shares, asked)
    for key, table in placed.groupby(["series", "wave", "question"], observed=False, dropna=False):
        series, wave, question = (str(part) for part in key)
        if (series, wave, question) not in answered and is_asked(question, counting.item):
            name, step = counting.name(question, series), _step(table["share"])
            published = _Table(name, wave, table, step, "score" if counting.counted == "score" else "share")
            for region in region_names(asked.by, asked.borders):
                yield _row(published, region, counting, asked)


def published_codes(shares: pd.DataFrame) -> dict[tuple[str, str], set[str]]:
    """The points of the scale that are published, by question and series."""
    told = shares.assign(series=series_names(shares), code=_codes(shares["answer"]))
    known = told.dropna(subset=["question", "code"])
    lines = zip(known["question"], known["series"], known["code"], strict=True)
    found: dict[tuple[str, str], set[str]] = {}
    for question, series, code in lines:
        found.setdefault((str(question), str(series)), set()).add(f"{code:g}")
    return found


def has_middle(codes: Iterable[str]) -> bool:
    """Whether the scale of these codes has a middle, which is neither positive nor negative.

    >>> has_middle({"1", "4"}), has_middle({"0", "10"})
    (False, True)
    """
    best = max(map(float, codes))
    return best in _SCALES and bool(_SCALES[int(best)].neutral)


def series_names(shares: pd.DataFrame) -> pd.Series:
    """The series of each row of the table `shares`, as indicators bear it: without colons, "unknown" where missing."""
    names: pd.Series = shares["series"].astype("str").fillna("").replace("", "unknown").str.replace(":", " ")
    return names


def is_fielded(rows: pd.DataFrame, as_of: date) -> pd.Series:
    """Whether the fieldwork was over by `as_of`; of a wave that tells no day by the year its name begins with."""
    day = rows["fielded_to"].fillna(rows["fielded_from"])
    year = pd.to_numeric(rows["wave"].astype("str").str.extract(r"^((?:19|20)\d\d)")[0])
    return ~(day > pd.Timestamp(as_of)) & ~(day.isna() & (year > as_of.year))


def _placed(shares: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    named = shares.assign(**shares[_TEXT].astype("str").fillna(""))
    named = named.assign(series=series_names(shares))
    is_known = is_fielded(named, asked.as_of) & ~named["question"].isin(["", "other"])
    is_nowhere = (named[["survey_region", "prefecture", "county_code", "municipality_code"]] == "").all(axis=1)
    is_country = is_nowhere | (named["survey_region"] == COUNTRY_NAME)
    region = region_of(named, asked.by, asked.borders)
    # a question asked of regions keeps the country's rows in sight, so that every region gets its row
    return named.assign(region=region.where(is_country == (asked.by == "country")))[is_known]


def _row(table: _Table, region: str, counting: Counting, asked: Asked) -> Row:
    inside = table.shares[table.shares["region"] == region]
    in_parts = asked.by == "prefecture" and region in straddled_prefectures()
    if in_parts and (inside["survey_region"] != "").any():
        return _unsaid(
            table, region, None, "not_estimable", f"part of the prefecture: {straddled_prefectures()[region]}"
        )
    if inside.empty:
        return _unsaid(table, region, 0, "no_data")
    counts = inside["respondents"].dropna()
    n = None if counts.empty else int(counts.iloc[0])
    if counting.counted == "score":
        return _mean_row(table, region, (inside, n), asked)
    return _share_row(table, region, (_figure(inside, counting), n), asked)


def _unsaid(table: _Table, region: str, n: int | None, flag: str, why: str = "") -> Row:
    return Row(table.indicator, region, table.wave, n, _METHOD, flags=frozenset({flag}), unit=table.unit, note=why)


def _share_row(table: _Table, region: str, told: tuple[_Figure, int | None], asked: Asked) -> Row:
    (figure, n), rules = told, asked.rules
    if pd.isna(figure.share):
        return _unsaid(table, region, None, "not_estimable", "no such answers in the table")
    share = min(figure.share / figure.base, 1.0)
    if n is None:
        flags = frozenset({"descriptive"})
        return Row(table.indicator, region, table.wave, None, _METHOD, Estimate(share), flags=flags)
    if n == 0:
        return _unsaid(table, region, 0, "no_data")
    step = table.step * figure.terms / figure.base
    found = published_share(share, n * figure.base, rules.deff_published, step, asked.level)
    flags = raised(too_few=not is_precise(found, rules), all_same=share in {0, 1}, assumed_deff=True)
    note = f"deff={rules.deff_published:g}; step={step:g}"
    return Row(table.indicator, region, table.wave, round(n * figure.base), _METHOD, found, flags=flags, note=note)


def _mean_row(table: _Table, region: str, told: tuple[pd.DataFrame, int | None], asked: Asked) -> Row:
    (inside, n), rules = told, asked.rules
    mean, variance, base = _scores(inside)
    if pd.isna(mean):
        return _unsaid(table, region, None, "not_estimable", "not every answer is published")
    row = Row(table.indicator, region, table.wave, None, "published shares, POMP", Estimate(mean), unit=table.unit)
    if not n:
        return row._replace(flags=frozenset({"descriptive"}))
    n_eff = n * base / rules.deff_published
    found = student(Estimate(mean, se=sqrt(variance / n_eff), df=inf, n_eff=n_eff), asked.level)
    flags = raised(too_few=not is_precise_mean(found, rules), all_same=variance == 0, assumed_deff=True)
    note = f"deff={rules.deff_published:g}; dont_know={1 - base:.3f}"
    return row._replace(n=round(n * base), found=found._replace(df=nan), flags=flags, note=note)


def _figure(inside: pd.DataFrame, counting: Counting) -> _Figure:
    base = 1.0 if counting.base == "all" else _substantive(inside)
    direct = inside.loc[inside["answer"].isin(["", "positive"]), "share"].dropna().unique()
    if counting.counted == "positive" and len(direct):
        return _Figure(float(direct[0]), 1, base) if len(direct) == 1 else _Figure(nan)
    told = inside[_counts(inside["answer"], counting.counted)].drop_duplicates("answer")["share"]
    if told.empty or told.isna().any() or pd.isna(base):
        return _Figure(nan)
    return _Figure(float(told.sum()), len(told), base)


def _counts(answers: pd.Series, counted: str) -> pd.Series:
    codes = _codes(answers)
    scale = _SCALES.get(codes.max(), _Scale((), ()))
    wanted = {"positive": scale.positive, "neutral": scale.neutral, "negative": _negative(scale)}
    if counted in wanted:
        return codes.isin(wanted[counted])
    return answers == counted if counted == _DONT_KNOW else codes == float(counted)


def _negative(scale: _Scale) -> tuple[int, ...]:
    return tuple(point for point in scale.points if point not in scale.positive + scale.neutral)


def _substantive(inside: pd.DataFrame) -> float:
    """The part of the table that is not don't know; NaN where that is not published."""
    told = inside.loc[inside["answer"] == _DONT_KNOW, "share"].dropna().unique()
    return 1 - float(told[0]) if len(told) == 1 else nan


def _scores(inside: pd.DataFrame) -> tuple[float, float, float]:
    """Mean and variance of the score 0-100, and the part of the table that has one; NaN without every answer."""
    codes = _codes(inside["answer"])
    told = inside.assign(code=codes).dropna(subset=["code", "share"]).drop_duplicates("code")
    scale = _SCALES.get(codes.max())
    if scale is None or set(told["code"]) != set(scale.points):
        return nan, nan, nan
    base = float(told["share"].sum())
    score = 100 * (told["code"] - scale.points[0]) / (scale.points[-1] - scale.points[0])
    mean = float((told["share"] * score).sum() / base)
    return mean, float((told["share"] * (score - mean) ** 2).sum() / base), base


def _codes(answers: pd.Series) -> pd.Series:
    return pd.to_numeric(answers, errors="coerce").astype("float64")


def _step(shares: pd.Series) -> float:
    return 0.01 if all(isclose(share * 100, round(share * 100), abs_tol=1e-9) for share in shares.dropna()) else 0.001
