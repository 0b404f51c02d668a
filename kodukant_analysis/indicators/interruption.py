"""Interruption: did one region's series change its level or its slope when discussions began there?"""

from collections.abc import Iterator
from math import hypot, isnan, nan
from typing import NamedTuple

import numpy as np
import pandas as pd

from kodukant_analysis.indicators.design import EFFECT_RULES, REGISTERS, EffectRules
from kodukant_analysis.indicators.effect import Shown, effect_frame, effect_item
from kodukant_analysis.indicators.estimates import Row, raised
from kodukant_analysis.indicators.feasibility import Reason, refusal_note
from kodukant_analysis.indicators.regions import COUNTRY, COUNTRY_NAME
from kodukant_analysis.stats import Estimate, Family, Interrupted, interrupted_time_series, student

_TOLD = ("region", "region_name", "outcome", "population", "instrument", "mode", "recording", "boundary")
_MEASURED = ("instrument", "mode", "recording", "boundary")


class _Series(NamedTuple):
    """A series with the choices made about it."""

    rows: pd.DataFrame
    start: float
    season: float | None
    lag: int | None
    level: float
    rules: EffectRules

    @property
    def outcome(self) -> str:
        told = self.rows["outcome"].dropna()
        return "" if told.empty else str(told.iloc[0])

    @property
    def region(self) -> tuple[str, str]:
        """The code and the name of the region that the series is of; the country where it does not tell."""
        told = self.rows[["region", "region_name"]].dropna()
        return (COUNTRY, COUNTRY_NAME) if told.empty else (str(told.iloc[0, 0]), str(told.iloc[0, 1]))

    @property
    def is_counted(self) -> bool:
        return self.outcome in REGISTERS


def effect_its(  # noqa: PLR0913
    series: pd.DataFrame,
    *,
    start: float,
    season: float | None = 12,
    control: pd.DataFrame | None = None,
    lag: int | None = None,
    level: float = 0.95,
    rules: EffectRules = EFFECT_RULES,
    detail: bool = False,
) -> pd.DataFrame:
    """Change of a series' level and slope from `start` on, beside its trend and season: no effect, but a change.

    series: one region, one row a period: `time` (whole steps), `y`, and as far as known `region` and `region_name`
    (else the country), `outcome` (trust, crime, calls ...), `population` (people behind each count), `instrument`,
    `mode`, `recording`, `boundary`. control: the same of a series that the discussions cannot have changed; **without
    one nothing is known of the cause** (note).
    Rows `effect_its:<outcome>:level` and `:slope` (a period), and with a control `:control_level` and `:net_level`, the
    difference of both (their errors taken as independent). Counts (`crime`, `calls`) by quasi-Poisson, in percent of
    what was to be expected; all else by least squares with Newey-West errors, in units of the outcome. n: periods.
    Refused (flag, reasons in the note, one row): fewer than `rules.points_from` periods or `rules.before_months` on a
    side, another way of measuring inside the series, recorded crime where people are to report more.
    """
    asked = _Series(_completed(series), start, season, lag, level, rules)
    against = None if control is None else asked._replace(rows=_completed(control).assign(outcome=asked.outcome))
    reasons = list(_reasons(asked)) or ([] if against is None else list(_reasons(against)))
    if reasons:
        refused = _row(asked, "", Estimate(nan), refusal_note(reasons))._replace(flags=frozenset({"refused"}))
        return effect_frame([Shown(refused)], detail, dict([asked.region]))
    return effect_frame([Shown(row) for row in _rows(asked, against)], detail, dict([asked.region]))


def _completed(series: pd.DataFrame) -> pd.DataFrame:
    lacking = [name for name in ("time", "y") if name not in series]
    if lacking:
        raise ValueError(f"a series has the columns time and y; not there: {', '.join(lacking)}")
    full = series.reindex(columns=["time", "y", *_TOLD])
    return full.astype({"time": "float64", "y": "float64"}).sort_values("time", kind="stable", ignore_index=True)


def _reasons(asked: _Series) -> Iterator[Reason]:
    told, rules = asked.rows[asked.rows["y"].notna()], asked.rules
    if told["time"].duplicated().any() or told["time"].isna().any():
        yield Reason(0, "contradictory", {"rows": int(told["time"].duplicated().sum() + told["time"].isna().sum())})
    before = int((told["time"] < asked.start).sum())
    after = int((told["time"] >= asked.start).sum())
    if min(before, after) < rules.before_months or before + after < rules.points_from:
        yield Reason(2, "few_months", {"before": before, "after": after, "needed": rules.before_months})
    for column in _MEASURED:
        if told[column].nunique() > 1:
            yield Reason(3, f"changed_{column}", {"units": 1})
    if asked.outcome == "crime":
        yield Reason(8, "recorded_crime", {})


def _rows(asked: _Series, against: _Series | None) -> Iterator[Row]:
    found = _fitted(asked)
    note = f"lag={found.lag}; dispersion={found.dispersion:.3f}; control={'none' if against is None else 'given'}"
    yield _row(asked, "level", _shown(asked, Estimate(*found[:6])), note)
    yield _row(asked, "slope", _shown(asked, found.slope), note)
    if against is not None:
        beside = _fitted(against)
        yield _row(asked, "control_level", _shown(asked, Estimate(*beside[:6])), note)
        yield _row(asked, "net_level", _shown(asked, _difference(found, beside, asked.level)), note)


def _fitted(asked: _Series) -> Interrupted:
    told = asked.rows
    people = told["population"].astype("float64")
    offset = np.log(people) if asked.is_counted and people.notna().any() else None
    family: Family = "quasipoisson" if asked.is_counted else "gaussian"
    return interrupted_time_series(
        told["time"], told["y"], asked.start, asked.season, family, offset, asked.lag, level=asked.level
    )


def _difference(found: Interrupted, beside: Interrupted, level: float) -> Estimate:
    change = Estimate(found.estimate - beside.estimate, se=hypot(found.se, beside.se), df=min(found.df, beside.df))
    return student(change._replace(n_eff=found.n_eff), level)


def _shown(asked: _Series, found: Estimate) -> Estimate:
    """Logarithms of ratios as percent more or less than to be expected; all else as it is."""
    if not asked.is_counted:
        return found
    percent, low, high = (100 * float(np.expm1(value)) for value in found[:3])
    return Estimate(percent, low, high, (100 + percent) * found.se, found.df, found.n_eff)


def _row(asked: _Series, variant: str, found: Estimate, note: str) -> Row:
    is_share = not asked.is_counted and bool(asked.rows["y"].dropna().between(0, 1).all())
    times = asked.rows["time"]
    return Row(
        ":".join(filter(None, ("effect_its", effect_item(asked.outcome, is_share), variant))),
        asked.region[0],
        f"{times.min():g}-{times.max():g}" if len(times) else "",
        int(asked.rows["y"].notna().sum()),
        "segmented quasi-Poisson" if asked.is_counted else "segmented regression, Newey-West",
        found,
        flags=raised(not_estimable=isnan(found.estimate)),
        unit="percent" if asked.is_counted else "share" if is_share else "number",
        note=note,
    )
