"""Trust (usaldus): what share of people answered positively, survey by survey and wave by wave?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

import pandas as pd

from kodukant_analysis.indicators.breaks import days_of_waves, with_breaks
from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.published import published_rows
from kodukant_analysis.indicators.regions import (
    Borders,
    By,
    region_names,
    region_of,
    straddled_prefectures,
    survey_region_parts,
)
from kodukant_analysis.indicators.rules import RULES, Rules, is_precise
from kodukant_analysis.stats import Estimate, kish, korn_graubard, published_share, ratio_independent, ratio_taylor
from kodukant_analysis.totals import totals

_SUMS = ["n", "n_dk", "k", "n_weightless", "sw", "sw2", "swy", "sw2y"]
_METHOD = "ratio, Taylor, Korn-Graubard"


class _Wave(NamedTuple):
    """One question in one wave of one series, with the sampling points of the whole wave."""

    indicator: str
    wave: str
    totals: pd.DataFrame
    points: pd.MultiIndex  # (stratum, cluster); empty where the wave has none


def survey_share(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "country",
    period: Literal["wave"] = "wave",
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    base: Literal["all", "substantive"] = "all",
) -> pd.DataFrame:
    """Weighted share of positive answers (T1), one row a question, series, wave and region.

    data: the tables `answers` and `shares`, and `breaks` (of `read_breaks`) where they are not ours alone.
    n: respondents in the base, k: those who answered positively (both unweighted). Base "all": don't know is an
    answer, as in published Estonian series; "substantive": it is not.
    Ratio with Taylor-linearised error over sampling points, Korn-Graubard interval. A region is a domain of the wave:
    sampling points without a respondent there stay in as zeros. A stratum with one point is centred on the country
    ("adjust"). A wave of which only a table is published is in the same line, flagged assumed_deff; where there are
    answers the table is not used. A prefecture that a survey region straddles is not_estimable without counties.
    A wave lies in the borders of its day where not every answer tells a municipality: the first one after October 2017
    is a boundary_break of a region that lost or gained more than `rules.boundary_share` of its people. The first wave
    after the manner of asking or the scale changed is an instrument_break.
    Flags: no_data; not_estimable; too_few (`rules.survey_*`); one_cluster, few_clusters, all_same; unweighted,
    weights_missing; assumed_deff; descriptive (published without a number of respondents).
    Raises ValueError for another period than "wave": waves are not pooled.
    """
    if period != "wave":
        raise ValueError(f'a survey is asked about by period "wave", got {period!r}')
    asked = Asked(by, None, as_of, level, rules, borders)
    sums = totals("survey_totals", data, as_of=as_of, base=base, weightless=rules.weightless_share)
    answered = set(zip(sums["series"], sums["wave"], sums["question"], strict=True))
    rows = [row for wave in _waves(sums, asked) for row in _wave_rows(wave, asked)]
    rows += published_rows(data["shares"], answered, asked)
    rows = with_breaks(rows, sums, days_of_waves(sums, data["shares"]), asked, data.get("breaks"))
    rows.sort(key=lambda row: (row.indicator, row.period))
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _waves(sums: pd.DataFrame, asked: Asked) -> Iterator[_Wave]:
    folded = sums.assign(survey_region=sums["survey_region"].replace(dict(survey_region_parts())))
    placed = folded.assign(region=region_of(folded, asked.by, asked.borders))
    for (_, wave), whole in placed.groupby(["series", "wave"], observed=False, dropna=False):
        points = whole.loc[whole["cluster"] != "", ["stratum", "cluster"]].drop_duplicates()
        for (series, question), answers in whole.groupby(["series", "question"], observed=False, dropna=False):
            indicator = f"survey_share:{question}:{series}"
            yield _Wave(indicator, str(wave), answers, pd.MultiIndex.from_frame(points))


def _wave_rows(wave: _Wave, asked: Asked) -> Iterator[Row]:
    is_unsaid = asked.by == "prefecture" and _knows_only_survey_regions(wave.totals)
    unsaid = straddled_prefectures() if is_unsaid else {}
    scales = sorted(wave.totals.loc[wave.totals["n"] > 0, "scale"].unique())
    for region in region_names(asked.by, asked.borders):
        if region in unsaid:
            yield _refused(wave, region, f"part of the prefecture: {unsaid[region]}")
        elif len(scales) > 1:
            yield _refused(wave, region, f"scales={','.join(scales)}")
        else:
            yield _share_row(wave, region, asked)


def _knows_only_survey_regions(totals: pd.DataFrame) -> bool:
    nowhere_closer = (totals["county_code"] == "") & (totals["municipality_code"] == "")
    return bool((nowhere_closer & (totals["survey_region"] != "") & (totals["n"] > 0)).any())


def _refused(wave: _Wave, region: str, why: str) -> Row:
    return Row(wave.indicator, region, wave.wave, None, _METHOD, flags=frozenset({"not_estimable"}), note=why)


def _share_row(wave: _Wave, region: str, asked: Asked) -> Row:
    inside = wave.totals[wave.totals["region"] == region]
    sums = inside[_SUMS].sum()
    n, k = int(sums["n"]), int(sums["k"])
    if n == 0:
        return Row(wave.indicator, region, wave.wave, 0, _METHOD, k=0, flags=frozenset({"no_data"}))
    ratio = _ratio(inside, sums, wave.points)
    found = _with_interval(ratio, sums, asked)
    flags = _flags(found, ratio.df, asked.rules) | raised(all_same=k in {0, n}) | _weight_flags(wave)
    method = _METHOD if ratio.df > 0 else "ratio, Kish, Wilson"
    note = f"dont_know={sums['n_dk'] / n:.3f}; weightless={int(sums['n_weightless'])}"
    return Row(wave.indicator, region, wave.wave, n, method, found, k, flags, note=note)


def _ratio(inside: pd.DataFrame, sums: pd.Series, points: pd.MultiIndex) -> Estimate:
    if len(points) == 0:
        return ratio_independent(sums["n"], sums["sw"], sums["sw2"], sums["swy"], sums["sw2y"])
    by_point = inside.groupby(["stratum", "cluster"], observed=False, dropna=False)[["swy", "sw"]].sum()
    design = by_point.reindex(points, fill_value=0)
    return ratio_taylor(dict(design.reset_index()), "adjust")


def _with_interval(ratio: Estimate, sums: pd.Series, asked: Asked) -> Estimate:
    n_eff = kish(sums["sw"], sums["sw2"])
    if ratio.df > 0:
        return korn_graubard(ratio.estimate, ratio.se, sums["n"], ratio.df, n_eff, level=asked.level)
    return published_share(ratio.estimate, n_eff, asked.rules.deff_one_cluster, 0, asked.level)._replace(df=0)


def _flags(found: Estimate, df: float, rules: Rules) -> frozenset[str]:
    return raised(
        too_few=not is_precise(found, rules),
        one_cluster=df == 0,
        assumed_deff=df == 0,
        few_clusters=0 < df < rules.few_df,
    )


def _weight_flags(wave: _Wave) -> frozenset[str]:
    return frozenset(wave.totals["weighting"]) - {"weighted"}
