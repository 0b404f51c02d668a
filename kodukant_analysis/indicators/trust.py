"""Trust (usaldus): what share of people answered positively, survey by survey and wave by wave?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import pandas as pd

from kodukant_analysis.indicators.breaks import days_of_waves, with_breaks
from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.published import Counting, published_rows
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules, is_precise
from kodukant_analysis.indicators.survey_waves import (
    Base,
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
from kodukant_analysis.stats import Estimate, korn_graubard

METHOD = "ratio, Taylor, Korn-Graubard"
# Whether people know whom to turn to. How many came is reach, not awareness.
AWARENESS = "knows_officer"


def survey_share(  # noqa: PLR0913
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
) -> pd.DataFrame:
    """Weighted share of positive answers (T1), one row a question, series, wave and region.

    data: the tables `answers` and `shares`, and `breaks` (of `read_breaks`) where they are not ours alone. item: a
    question or several (`trust_police`; `AWARENESS` for T5), all when left out; one of `item` that no wave asked gets
    one no_data row a region. n: respondents in the base, k: those who answered positively (both unweighted).
    Base "all": don't know is an answer, as in published Estonian series; "substantive": it is not.
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
    asked = asked_by_wave(period, Asked(by, None, as_of, level, rules, borders))
    sums = survey_sums(data, asked, "positive", base)
    waves = survey_waves(sums, asked, item)
    rows = [row for wave in waves for row in share_rows(wave, f"survey_share:{wave.line}", asked)]
    rows += published_rows(data["shares"], sums, Counting("survey_share", "positive", base, item), asked)
    rows += unasked_rows(rows, Row("survey_share", "", "", 0, METHOD), item, asked)
    return wave_frame(rows, data, sums, asked, detail=detail)


def asked_by_wave(period: str, asked: Asked) -> Asked:
    """How a survey is asked; ValueError for another period than "wave"."""
    if period != "wave":
        raise ValueError(f'a survey is asked about by period "wave", got {period!r}')
    return asked


def wave_frame(
    rows: list[Row], data: Mapping[str, pd.DataFrame], sums: pd.DataFrame, asked: Asked, *, detail: bool
) -> pd.DataFrame:
    """Rows of surveys as a frame, with the flags of breaks, line by line and wave by wave."""
    broken = with_breaks(rows, sums, days_of_waves(sums, data["shares"]), asked, data.get("breaks"))
    ordered = sorted(broken, key=lambda row: (row.indicator, row.period))
    return estimate_frame(ordered, region_names(asked.by, asked.borders), detail=detail)


def share_rows(wave: Wave, indicator: str, asked: Asked) -> Iterator[Row]:
    """The share of y = 1 in a wave, a row a region; the wave's totals say what y is."""
    unsaid, known = unsaid_regions(wave, asked), told_by_region(wave)
    for region in region_names(asked.by, asked.borders):
        if region in unsaid:
            yield unsaid_row(indicator, region, wave.wave, METHOD, unsaid[region])
        elif told := known.get(region):
            yield _share_row(told, Row(indicator, region, wave.wave, told.n, METHOD), asked)
        else:
            yield Row(indicator, region, wave.wave, 0, METHOD, k=0, flags=frozenset({"no_data"}))


def share_found(told: Told, asked: Asked) -> Estimate:
    """The share with its interval: Korn-Graubard, or Kish and Wilson under an assumed design where df is 0."""
    ratio, deff = told.ratio, asked.rules.deff_one_cluster
    return korn_graubard(ratio.estimate, ratio.se, told.n, ratio.df, told.n_eff, level=asked.level, deff=deff)


def _share_row(told: Told, row: Row, asked: Asked) -> Row:
    found, df = share_found(told, asked), told.ratio.df
    seen = raised(too_few=not is_precise(found, asked.rules, told.n_eff), all_same=told.k in {0, told.n})
    flags = seen | design_flags(df, asked.rules.few_df) | told.weighting
    method = METHOD if df > 0 else "ratio, Kish, Wilson"
    note = f"{told.note}; needed={asked.rules.survey_n_eff:g}" if "too_few" in flags else told.note
    return row._replace(method=method, found=found, k=told.k, flags=flags, note=note)
