"""Trend: does an indicator rise or fall from period to period, and does a period stand out? Never across a break."""

from collections.abc import Iterator, Mapping
from math import isnan, nan
from typing import Any, Literal, get_args

import pandas as pd

from kodukant_analysis.indicators.estimates import NOT_SHOWN, Row, estimate_frame, raised
from kodukant_analysis.indicators.points import Line, Moments, lines_of
from kodukant_analysis.indicators.registry import registry
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate, mann_kendall, random_slope, student, theil_sen, wls_slope, xmr
from kodukant_analysis.stats.estimate import normal_quantile

Spread = Literal["known", "random"]
# What is so of a point is so of the line through it.
_INHERITED = frozenset({"few_clusters", "unweighted", "weights_missing", "assumed_deff"})
_CHART = dict.fromkeys(("mean", "lower", "upper"), "float64") | dict.fromkeys(("is_outside", "is_run"), "bool")
_Found = tuple[Row, dict[str, Any]]


def trend_slope(
    result: pd.DataFrame,
    *,
    time: str | Moments = "fieldwork_mid",
    level: float = 0.95,
    rules: Rules = RULES,
    spread: Spread = "known",
) -> pd.DataFrame:
    """Change a year of every indicator in every region, by the known errors of its periods; for surveys.

    result: estimates with detail, asked by period. A row is `trend_slope:<indicator>`, its period "2016 → 2024", n the
    number of points, the estimate in the unit of the indicator a year. x: the middle of the fieldwork or the period
    (`time`, see `lines_of`). The error of a point is its se; where it has none or 0, half its interval over z.
    Where the points scatter about the line by more than their errors (q_p < .1), the error is multiplied by
    √(q/(n−2)) and the interval is Student's on n − 2 degrees of freedom. With few waves that is noticed too seldom:
    spread "random" lets the points scatter in any case (`random_slope`), which is wider and keeps its level.
    Left out: immature and burn_in periods, and those without a number; what stands before the last break
    ("since=2018" in the note). Fewer points than `rules.slope_from`: too_few, and two are a change, not a trend.
    Added columns: q, q_p (lack of fit). Source: Cochran 1954; `wls_slope`.
    Raises ValueError for a frame without detail and an unknown `time` or `spread`. No forecast is made.
    """
    if spread not in get_args(Spread):
        raise ValueError(f"spread is one of {get_args(Spread)}, got {spread!r}")
    found = [_slope_row(line, level, rules, spread) for line in lines_of(result, time)]
    return _frame(result, found, {"q": "float64", "q_p": "float64"})


def trend_test(
    result: pd.DataFrame, *, time: str | Moments = "fieldwork_mid", level: float = 0.95, rules: Rules = RULES
) -> pd.DataFrame:
    """Median change a year (Theil-Sen) of every indicator in every region, and whether it goes one way; for registers.

    Rows, points and what is left out as of `trend_slope`, named `trend_test:<indicator>`; the errors of the points are
    not used. Fewer points than `rules.kendall_from`: too_few. A series of one value has slope 0, no interval and no
    test. Added columns: s, tau, p (Mann-Kendall). Source: Sen 1968, Kendall 1975; `theil_sen`, `mann_kendall`.
    """
    found = [_test_row(line, level, rules) for line in lines_of(result, time)]
    return _frame(result, found, dict.fromkeys(("s", "tau", "p"), "float64"))


def trend_chart(result: pd.DataFrame, *, time: str | Moments = "fieldwork_mid", rules: Rules = RULES) -> pd.DataFrame:
    """Limits of usual variation (XmR) of every indicator in every region, one row a period; for registers.

    A row is `trend_chart:<indicator>` with n, k and estimate of its period; each stretch between breaks has limits of
    its own. Fewer points in it than `rules.chart_from`: too_few. Periods without a number, and immature and burn_in
    ones, have their row without an estimate and count for nothing. Indicators that count persons are left out: a
    chart shows every period, and they must pass disclosure first.
    Added columns: mean, lower, upper, is_outside (beyond a limit), is_run (in a run of eight or more on one side of the
    mean). Source: Wheeler 1993; `xmr`.
    """
    lines = (line for line in lines_of(result, time) if not _counts_persons(line.indicator))
    found = [row for line in lines for row in _chart_rows(line, rules)]
    return _frame(result, found, _CHART)


def _slope_row(line: Line, level: float, rules: Rules, spread: Spread) -> _Found:
    rows = line.last_stretch[line.last_stretch["is_point"]]
    points = rows.assign(error=_errors(rows, level)).dropna(subset="error")
    slope = wls_slope(points["moment"], points["estimate"], points["error"], level)
    found, method = Estimate(*slope[:6]), "WLS, known SE"
    if spread == "random":
        found = Estimate(*random_slope(points["moment"], points["estimate"], points["error"], level)[:6])
        method = "random effects, Knapp-Hartung"
    elif slope.is_inflated:
        found = student(found._replace(se=slope.se_inflated, df=slope.n_eff - 2), level)
        method = "WLS, SE inflated for lack of fit"
    flags = _few(line, points, rules.slope_from) | raised(not_estimable=len(points) > 1 and isnan(slope.estimate))
    flags |= _INHERITED & set(";".join(points["flag"]).split(";"))
    row = _row("trend_slope", line, points, method)._replace(found=found, flags=flags)
    return row, _told(flags, q=slope.q, q_p=slope.q_p)


def _test_row(line: Line, level: float, rules: Rules) -> _Found:
    points = line.last_stretch[line.last_stretch["is_point"]]
    test = mann_kendall(points["moment"], points["estimate"])
    slope = theil_sen(points["moment"], points["estimate"], level)
    if isnan(test.p):
        slope = slope._replace(low=nan, high=nan)
    flags = _few(line, points, rules.kendall_from) | raised(not_estimable=len(points) > 1 and isnan(slope.estimate))
    row = _row("trend_test", line, points, "Theil-Sen, Mann-Kendall")._replace(found=slope, flags=flags)
    return row, _told(flags, s=test.s, tau=test.tau, p=test.p)


def _told(flags: frozenset[str], **numbers: float) -> dict[str, Any]:
    """Numbers that stand beside an estimate, and are not told without it."""
    return dict.fromkeys(numbers, nan) if flags & NOT_SHOWN else numbers


def _chart_rows(line: Line, rules: Rules) -> Iterator[_Found]:
    for _, rows in line.rows.groupby("stretch"):
        values = rows["estimate"].where(rows["is_point"])
        chart, points = xmr(values), int(rows["is_point"].sum())
        is_few = points < rules.chart_from
        limits = (nan, nan, nan) if is_few else (chart.mean, chart.lower, chart.upper)
        stands_out = zip(chart.outside & ~is_few, chart.runs & ~is_few, strict=True)
        for (_, period), value, signals in zip(rows.iterrows(), values, stands_out, strict=True):
            row = Row(
                f"trend_chart:{line.indicator}",
                line.region,
                str(period["period"]),
                _whole(period["n"]),
                "XmR",
                Estimate(value),
                _whole(period["k"]),
                frozenset(str(period["flag"]).split(";")) - {"ok"} | raised(too_few=is_few),
                str(period["unit"]),
                f"points={points}",
            )
            yield row, dict(zip(_CHART, (*limits, *map(bool, signals)), strict=True))


def _whole(count: Any) -> int | None:
    return None if pd.isna(count) else int(count)


def _counts_persons(indicator: str) -> bool:
    known = registry().get(indicator.split(":", maxsplit=1)[0])
    return known is not None and known.counts == "persons"


def _errors(rows: pd.DataFrame, level: float) -> pd.Series:
    """The standard error of each period; published shares and k of n have an interval, and no error of their own."""
    of_interval = (rows["high"] - rows["low"]) / (2 * normal_quantile(level))
    errors: pd.Series = rows["se"].where(rows["se"] > 0, of_interval)
    return errors.where(errors > 0)


def _few(line: Line, points: pd.DataFrame, least: int) -> frozenset[str]:
    is_empty = len(points) == 0 and bool((line.rows["flag"] == "no_data").all())
    return raised(no_data=is_empty, too_few=not is_empty and len(points) < least)


def _row(name: str, line: Line, points: pd.DataFrame, method: str) -> Row:
    told = points["period"] if len(points) else line.last_stretch["period"]
    period = " → ".join(dict.fromkeys(told.iloc[[0, -1]])) if len(told) else ""
    return Row(
        f"{name}:{line.indicator}",
        line.region,
        period,
        len(points),
        method,
        unit=f"{line.unit} per year",
        note=_note(line, points),
    )


def _note(line: Line, points: pd.DataFrame) -> str:
    """What was counted, since when, and what was left out for which reason."""
    rows = line.last_stretch
    told = {
        "points": len(points),
        "since": str(rows["period"].iloc[0]) if len(rows) < len(line.rows) else "",
        "change": "two points are no trend" if len(points) == 2 else "",
        "before_break": len(line.rows) - len(rows),
        "left_out": len(rows) - len(points),
        "undated": line.undated,
    }
    return "; ".join(f"{name}={value}" for name, value in told.items() if value)


def _frame(result: pd.DataFrame, found: list[_Found], added: Mapping[str, str]) -> pd.DataFrame:
    names = dict(zip(result["region"], result["region_name"], strict=True))
    rows = estimate_frame((row for row, _ in found), names, detail=True)
    more = pd.DataFrame([told for _, told in found], columns=list(added)).astype(dict(added))
    return pd.concat([rows, more], axis=1)
