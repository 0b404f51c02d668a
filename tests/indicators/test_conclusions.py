"""Conclusions: the trends and the effects of a report, of disclosed estimates only."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from kodukant_analysis.indicators import trend_slope, trend_test
from kodukant_analysis.indicators.conclusions import conclusions
from kodukant_analysis.indicators.estimates import COLUMNS, DETAIL, Row, estimate_frame
from kodukant_analysis.records import RECORD_TABLES, to_frame
from kodukant_analysis.stats import Estimate

AS_OF = date(2026, 1, 1)
TRUST, TRIAD = "survey_share:trust_police:S", "participation_triad_share"
SHARES = [0.82, 0.84, 0.82, 0.85, 0.83, 0.86]


@pytest.fixture
def tables():
    return {name: to_frame(name, []) for name in RECORD_TABLES}


def line(indicator, shares=SHARES, error=0.015, flags=frozenset()):
    rows = [
        Row(
            indicator,
            "EE",
            str(2016 + place),
            400,
            "-",
            Estimate(share, share - 0.03, share + 0.03, error),
            flags=flags,
        )
        for place, share in enumerate(shares)
    ]
    return estimate_frame(rows, {"EE": "Eesti"}, detail=True)


def only(frame, indicator):
    rows = frame[frame["indicator"] == indicator]
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_survey_is_concluded_from_with_waves_that_scatter(tables):
    told = only(conclusions(line(TRUST), tables, AS_OF), f"trend_slope:{TRUST}")
    known, random = (trend_slope(line(TRUST), spread=spread).iloc[0] for spread in ("known", "random"))
    assert told["low"] == pytest.approx(random["low"])
    assert told["high"] - told["low"] > 1.02 * (known["high"] - known["low"])


def test_a_register_is_concluded_from_without_its_errors(tables):
    told = only(conclusions(line(TRIAD), tables, AS_OF), f"trend_test:{TRIAD}")
    expected = trend_test(line(TRIAD)).iloc[0]
    assert told[["estimate", "low", "high"]].tolist() == expected[["estimate", "low", "high"]].tolist()


def test_a_wave_that_is_withheld_has_no_part_in_a_trend(tables):
    rows = line(TRUST)
    rows.loc[3, ["estimate", "low", "high", "se"]] = np.nan
    rows["flag"] = rows["flag"].mask(rows.index == 3, "suppressed")
    told = only(conclusions(rows, tables, AS_OF), f"trend_slope:{TRUST}")
    assert told["n"] == 5
    assert told["estimate"] == pytest.approx(trend_slope(rows.drop(index=3), spread="random")["estimate"].iloc[0])


def test_from_nothing_nothing_is_concluded(tables):
    found = conclusions(estimate_frame([], {}, detail=True), tables, AS_OF)
    assert found.empty
    assert list(found.columns) == [*COLUMNS, *DETAIL]
    assert isinstance(found, pd.DataFrame)
