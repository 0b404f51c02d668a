"""Survey waves: a question in a wave of a series, and what it tells of a region before the rules of display."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row, raised
from kodukant_analysis.indicators.regions import (
    region_names,
    region_of,
    straddled_prefectures,
    survey_region_parts,
)
from kodukant_analysis.stats import Estimate, kish, ratio_independent, ratio_taylor
from kodukant_analysis.totals import totals

Base = Literal["all", "substantive"]
Item = str | Collection[str] | None
_SUMS = ["n", "n_dk", "k", "n_weightless", "sw", "sw2", "swy", "sw2y", "swyy", "sw2yy"]


class Wave(NamedTuple):
    """One question in one wave of one series, with the sampling points of the whole wave."""

    question: str
    series: str
    wave: str
    totals: pd.DataFrame
    points: pd.MultiIndex  # (stratum, cluster); empty where the wave has none

    @property
    def line(self) -> str:
        """What an indicator's name says of it: "trust_police:omnibus"."""
        return f"{self.question}:{self.series}"


class Told(NamedTuple):
    """What a wave tells of one region: counts, the ratio with its design error, and what its interval rests on."""

    n: int
    k: int
    sums: Mapping[str, float]
    ratio: Estimate
    design: Mapping[str, Any] | None  # totals by sampling point, as `ratio_taylor` takes them; None without points
    is_all_same: bool
    weighting: frozenset[str]  # the flags unweighted or weights_missing

    @property
    def n_eff(self) -> float:
        """Kish's effective number of answers."""
        return kish(self.sums["sw"], self.sums["sw2"])

    @property
    def note(self) -> str:
        """The part of the answers that is don't know, and how many had to be left out for want of a weight."""
        return f"dont_know={self.sums['n_dk'] / self.n:.3f}; weightless={int(self.sums['n_weightless'])}"


def survey_sums(data: Mapping[str, Any], asked: Asked, counted: str, base: Base) -> pd.DataFrame:
    """The totals of all waves in the field by the cut-off; `counted`: what y is (see `survey_totals.sql`)."""
    weightless = asked.rules.weightless_share
    return totals("survey_totals", data, as_of=asked.as_of, base=base, weightless=weightless, counted=counted)


def survey_waves(sums: pd.DataFrame, asked: Asked, item: Item = None) -> Iterator[Wave]:
    """Every question in every wave of every series, with the region of each row of totals; `item`: only these."""
    folded = sums.assign(survey_region=sums["survey_region"].replace(dict(survey_region_parts())))
    placed = folded.assign(region=region_of(folded, asked.by, asked.borders))
    for (_, wave), whole in placed.groupby(["series", "wave"], observed=False, dropna=False):
        points = whole.loc[whole["cluster"] != "", ["stratum", "cluster"]].drop_duplicates()
        for (series, question), answers in whole.groupby(["series", "question"], observed=False, dropna=False):
            if is_asked(str(question), item):
                yield Wave(str(question), str(series), str(wave), answers, pd.MultiIndex.from_frame(points))


def is_asked(question: str, item: Item) -> bool:
    """Whether a question is one of the `item` (a question, several, or None for every one).

    >>> is_asked("trust_police", None), is_asked("trust_police", "knows_officer")
    (True, False)
    """
    return item is None or question in ({item} if isinstance(item, str) else item)


def unsaid_regions(wave: Wave, asked: Asked) -> Mapping[str, str]:
    """Regions of which the wave can say nothing -> why: several scales, or survey regions that cut through them."""
    scales = sorted(wave.totals.loc[wave.totals["n"] > 0, "scale"].unique())
    if len(scales) > 1:
        return dict.fromkeys(region_names(asked.by, asked.borders), f"scales={','.join(scales)}")
    if asked.by != "prefecture" or not _knows_only_survey_regions(wave.totals):
        return {}
    return {region: f"part of the prefecture: {within}" for region, within in straddled_prefectures().items()}


def unsaid_row(indicator: str, region: str, period: str, method: str, why: str) -> Row:
    """The row of a region of which a wave can say nothing."""
    return Row(indicator, region, period, None, method, flags=frozenset({"not_estimable"}), note=why)


def unasked_rows(rows: Iterable[Row], empty: Row, item: Item, asked: Asked) -> Iterator[Row]:
    """A row a region, like `empty` with nobody in it, for each question of `item` of which the `rows` tell nothing."""
    known = {row.indicator.split(":")[1] for row in rows}
    wanted = {item} if isinstance(item, str) else set(item or ())
    for question in sorted(wanted - known):
        for region in region_names(asked.by, asked.borders):
            name = f"{empty.indicator}:{question}"
            yield empty._replace(indicator=name, region=region, n=0, k=0, flags=frozenset({"no_data"}))


def told_by_region(wave: Wave) -> Mapping[str, Told]:
    """What the wave tells of each region; one where nobody answered is not there."""
    weighting = frozenset(wave.totals["weighting"]) - {"weighted"}
    points = pd.MultiIndex.from_frame(wave.totals[["stratum", "cluster"]])
    numbers = wave.totals[["region", *_SUMS, "y_min", "y_max"]]
    placed = numbers.assign(point=wave.points.get_indexer(points)) if len(wave.points) else numbers
    regions = placed.groupby("region", observed=False)
    return {str(region): _told(inside, wave, weighting) for region, inside in regions if inside["n"].sum() > 0}


def _told(inside: pd.DataFrame, wave: Wave, weighting: frozenset[str]) -> Told:
    sums = dict(zip(_SUMS, inside[_SUMS].to_numpy(dtype=float).sum(axis=0).tolist(), strict=True))
    design = _design(inside, wave.points) if len(wave.points) else None
    independent = (sums[name] for name in ("n", "sw", "sw2", "swy", "sw2y", "sw2yy"))
    ratio = ratio_taylor(design, "adjust") if design else ratio_independent(*independent)
    is_all_same = bool(inside["y_min"].min() == inside["y_max"].max())
    return Told(int(sums["n"]), int(sums["k"]), sums, ratio, design, is_all_same, weighting)


def design_flags(df: float, few_df: int) -> frozenset[str]:
    """What the number of sampling points raises."""
    return raised(one_cluster=df == 0, assumed_deff=df == 0, few_clusters=0 < df < few_df)


def _design(inside: pd.DataFrame, points: pd.MultiIndex) -> Mapping[str, Any]:
    """Totals by sampling point: those of the whole wave, as zeros where nobody of the region was asked."""
    sums = {name: np.bincount(inside["point"], inside[name], len(points)) for name in ("swy", "sw")}
    return {"stratum": points.get_level_values(0), "psu": points.get_level_values(1), **sums}


def _knows_only_survey_regions(totals: pd.DataFrame) -> bool:
    nowhere_closer = (totals["county_code"] == "") & (totals["municipality_code"] == "")
    return bool((nowhere_closer & (totals["survey_region"] != "") & (totals["n"] > 0)).any())
