"""Marks: the rows of an estimate frame as a chart draws them - label, numbers or words in their place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kodukant_analysis.text import Finding, estonian_key, read_finding, region_label, translate, wording
from kodukant_analysis.text.sentences import unshown_flag

# What makes a number provisional or weak: drawn hollow and told in the footnote.
HOLLOW = ("immature", "few_clusters", "one_cluster")
BREAKS = ("instrument_break", "boundary_break")


@dataclass(frozen=True)
class Mark:
    """One estimate ready to be drawn; `words` and `brief` stand where there is no number, else they are empty."""

    region_name: str
    label: str
    period: str
    estimate: float
    low: float
    high: float
    amount: str
    words: str
    brief: str
    flags: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        """True when there is a number to draw."""
        return not self.words

    @property
    def is_hollow(self) -> bool:
        """True when the number is provisional or rests on little."""
        return any(flag in HOLLOW for flag in self.flags)

    @property
    def is_break(self) -> bool:
        """True when this number must not be joined to the one before."""
        return any(flag in BREAKS for flag in self.flags)


def read_marks(frame: pd.DataFrame, lang: str) -> list[Mark]:
    """The rows of an estimate frame as marks, regions in Estonian alphabetical order, periods in time."""
    marks = [_mark(read_finding(row), lang) for _, row in frame.iterrows()]
    return sorted(marks, key=lambda mark: (estonian_key(mark.label), period_key(mark.period)))


def period_key(period: str) -> tuple[float, str]:
    """Sorting key of periods: by the moment they name, then as text.

    >>> sorted(["2023-Q2", "2016", "2023", "2023-05"], key=period_key)
    ['2016', '2023', '2023-Q2', '2023-05']
    """
    moment = period_moment(period)
    return (float("inf") if moment is None else moment, period)


def period_moment(period: str) -> float | None:
    """The moment that a period names, in years; None where it names none.

    >>> period_moment("2016"), period_moment("2023-Q2"), period_moment("2019H2"), period_moment("kevad")
    (2016.0, 2023.25, 2019.5, None)
    """
    part = re.fullmatch(r"(\d{4})[ -]?(?:H([12])|Q([1-4]))", period)
    if part:
        return int(part[1]) + ((int(part[2]) - 1) / 2 if part[2] else (int(part[3]) - 1) / 4)
    month = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-\d\d)?", period)
    return int(month[1]) + (int(month[2] or 1) - 1) / 12 if month else None


def positions(periods: Sequence[str]) -> dict[str, float]:
    """Where each period stands on the time axis: at its moment, or one step apart where one of them names none."""
    ordered = sorted(set(periods), key=period_key)
    moments = [period_moment(period) for period in ordered]
    if any(moment is None for moment in moments):
        return {period: float(step) for step, period in enumerate(ordered)}
    return {period: float(moment or 0) for period, moment in zip(ordered, moments, strict=True)}


def amount_words(finding: Finding) -> str:
    """What a number rests on, for the margin: "8/12" where it is a plain count of a register, else n."""
    if finding.n is None:
        return "–"
    if wording(finding.name).is_count and finding.k is not None and finding.n:
        return f"{finding.k}/{finding.n}"
    return str(finding.n)


def _mark(finding: Finding, lang: str) -> Mark:
    missing = float("nan")
    flag = "" if finding.is_shown else unshown_flag(finding.flags)
    return Mark(
        region_name=finding.region_name,
        label=region_label(finding.region_name, lang),
        period=finding.period,
        estimate=missing if finding.estimate is None else finding.estimate,
        low=missing if finding.low is None else finding.low,
        high=missing if finding.high is None else finding.high,
        amount=amount_words(finding),
        words=translate(f"short.{flag}", lang) if flag else "",
        brief=translate(f"brief.{flag}", lang) if flag else "",
        flags=finding.flags,
    )
