"""Mean scores: how far up the scale the answers to a survey question lie on average, from 0 to 100."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import inf, sqrt
from typing import Literal

import pandas as pd

from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row, raised
from kodukant_analysis.indicators.published import Counting, published_rows
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules, is_precise_mean
from kodukant_analysis.indicators.survey_waves import (
    Item,
    Told,
    Wave,
    design_flags,
    survey_sums,
    survey_waves,
    told_by_region,
    unasked_rows,
    unsaid_regions,
    unsaid_row,
)
from kodukant_analysis.indicators.trust import asked_by_wave, wave_frame
from kodukant_analysis.stats import Estimate, student

METHOD = "ratio, Taylor, t"
# points of the score: what adding up leaves of a standard error that is 0
_NO_SPREAD = 1e-6


def survey_mean(  # noqa: PLR0913
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
) -> pd.DataFrame:
    """Weighted mean score 0-100 (T2), one row a question, series, wave and region.

    data, item: as for `survey_share`. The score is the percent of the maximum possible (POMP, Cohen et al. 1999):
    100·(answer − worst) / (best − worst), which takes the steps of a scale for equal. n: respondents with a
    substantive answer: don't know has no score, so that the base is not that of the share. Interval: Student's t on
    the design's df; with one sampling point the error of Kish's n over `rules.deff_one_cluster`. A published wave has
    a mean where the share of every answer is published, else it is not_estimable. Unit: score.
    Flags: as for `survey_share`; too_few: effective n below `rules.survey_n_eff` or an interval of more than
    `rules.survey_half_width` points to either side; all_same: the value without an interval.
    """
    asked = asked_by_wave(period, Asked(by, None, as_of, level, rules, borders))
    sums = survey_sums(data, asked, "score", "substantive")
    waves = survey_waves(sums, asked, item)
    rows = [row for wave in waves for row in mean_rows(wave, f"survey_mean:{wave.line}", asked)]
    rows += published_rows(data["shares"], sums, Counting("survey_mean", "score", item=item), asked)
    rows += unasked_rows(rows, Row("survey_mean", "", "", 0, METHOD, unit="score"), item, asked)
    return wave_frame(rows, data, sums, asked, detail=detail)


def mean_found(told: Told, asked: Asked) -> Estimate:
    """The mean with its interval: by the design's error, or by that of independent answers where the design tells none.

    That is so with one sampling point (Kish's n under an assumed design effect) and where all points happen to agree
    though the answers differ (Kish's n).
    """
    mean, sums, design = told.ratio.estimate, told.sums, told.ratio
    variance = max(sums["swyy"] / sums["sw"] - mean**2, 0.0)
    if design.df > 0 and design.se > _NO_SPREAD:
        return student(design, asked.level)._replace(n_eff=min(told.n, variance / design.se**2))
    n_eff = told.n_eff / (1 if design.df > 0 else asked.rules.deff_one_cluster)
    found = Estimate(mean, se=sqrt(variance / n_eff), df=design.df or inf, n_eff=n_eff)
    return student(found, asked.level)._replace(df=design.df)


def mean_rows(wave: Wave, indicator: str, asked: Asked) -> Iterator[Row]:
    """The mean score of a wave, a row a region."""
    unsaid, known = unsaid_regions(wave, asked), told_by_region(wave)
    for region in region_names(asked.by, asked.borders):
        if region in unsaid:
            yield unsaid_row(indicator, region, wave.wave, METHOD, unsaid[region])._replace(unit="score")
        elif told := known.get(region):
            yield _mean_row(told, Row(indicator, region, wave.wave, told.n, METHOD, unit="score"), asked)
        else:
            yield Row(indicator, region, wave.wave, 0, METHOD, flags=frozenset({"no_data"}), unit="score")


def _mean_row(told: Told, row: Row, asked: Asked) -> Row:
    found, df = mean_found(told, asked), told.ratio.df
    # Where all gave one answer there is no spread to see: the value without an interval.
    is_precise = found.n_eff >= asked.rules.survey_n_eff if told.is_all_same else is_precise_mean(found, asked.rules)
    flags = raised(too_few=not is_precise, all_same=told.is_all_same)
    flags |= design_flags(df, asked.rules.few_df) | told.weighting
    method = METHOD if df > 0 else "ratio, Kish, t"
    needed = f"; needed={asked.rules.survey_n_eff:g}" if "too_few" in flags else ""
    k = told.n if told.is_all_same else None
    return row._replace(method=method, found=found, k=k, flags=flags, note=f"{told.note}{needed}")
