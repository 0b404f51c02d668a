"""Distributions: how answers to a survey question fall on the points of its scale."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

import pandas as pd

from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row
from kodukant_analysis.indicators.published import Counting, has_middle, is_fielded, published_codes, published_rows
from kodukant_analysis.indicators.regions import Borders, By
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.survey_waves import Base, Item, survey_sums, survey_waves, unasked_rows
from kodukant_analysis.indicators.trust import METHOD, asked_by_wave, share_rows, wave_frame

GROUPS = ("positive", "neutral", "negative")
DONT_KNOW = "dont_know"
Lines = Mapping[tuple[str, str], tuple[str, ...]]


class _Part(NamedTuple):
    """One answer of the distributions, with the lines (question and series) that have it."""

    answer: str
    base: Base
    item: Item
    lines: frozenset[tuple[str, str]]


def survey_distribution(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    item: Item = None,
    *,
    by: By = "country",
    period: Literal["wave"] = "wave",
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    base: Base = "all",
    parts: Literal["answers", "groups"] = "answers",
    simultaneous: bool = False,
) -> pd.DataFrame:
    """Weighted share of each answer (T4), a row a question, series, answer, wave and region.

    data, item, base and flags: as for `survey_share`. parts "answers": every point of the scale that somebody of the
    line chose, as coded in the records (higher is better), and "dont_know"; "groups": positive, neutral (the middle of
    a scale that has one), negative and dont_know. The answer is the last part of the indicator's name; the shares of
    one wave add up to 1 (base "substantive" has no dont_know). n: respondents in the base, k: those who gave the
    answer. Each interval is that of a share; simultaneous: at 1 − (1 − level) / answers, so that all hold together.
    Source: Goodman 1965.
    """
    asked = asked_by_wave(period, Asked(by, None, as_of, level, rules, borders))
    lines = _lines(data, as_of, base, parts)
    if simultaneous:
        asked = asked._replace(level=1 - (1 - level) / max(map(len, lines.values()), default=1))
    answers = dict.fromkeys(answer for line in lines.values() for answer in line)
    told = [_Part(one, base, item, frozenset(line for line in lines if one in lines[line])) for one in answers]
    rows = [row for part in told for row in _rows(data, part, asked)]
    rows += unasked_rows(rows, Row("survey_distribution", "", "", 0, METHOD), item, asked)
    return wave_frame(rows, data, survey_sums(data, asked, "positive", base), asked, detail=detail)


def _rows(data: Mapping[str, Any], part: _Part, asked: Asked) -> Iterator[Row]:
    sums, counting = survey_sums(data, asked, part.answer, part.base), Counting("survey_distribution", part.answer)
    for wave in survey_waves(sums, asked, part.item):
        if (wave.question, wave.series) in part.lines:
            yield from share_rows(wave, counting.name(wave.question, wave.series), asked)
    for row in published_rows(data["shares"], sums, counting._replace(base=part.base, item=part.item), asked):
        _, question, series, _ = row.indicator.split(":", maxsplit=3)
        if (question, series) in part.lines:
            yield row


def _lines(data: Mapping[str, pd.DataFrame], as_of: date, base: Base, parts: Literal["answers", "groups"]) -> Lines:
    """The answers of each line, in the order of its scale."""
    last = (DONT_KNOW,) if base == "all" else ()
    shares, answers = (data[table][is_fielded(data[table], as_of)] for table in ("shares", "answers"))
    codes = published_codes(shares)
    series = answers["series"].fillna("unknown").str.replace(":", " ")
    chosen = answers.assign(series=series).dropna(subset=["question", "answer"])
    for question, name, answer in zip(chosen["question"], chosen["series"], chosen["answer"], strict=True):
        codes.setdefault((str(question), str(name)), set()).add(f"{answer:g}")
    ordered = {line: tuple(sorted(points, key=float)) for line, points in codes.items()}
    return {line: (_groups(points) if parts == "groups" else points) + last for line, points in ordered.items()}


def _groups(points: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(group for group in GROUPS if group != "neutral" or has_middle(points))
