"""Panel: municipalities by periods, with what was measured in each and when the first discussion was held there."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kodukant_analysis.indicators.agenda import agenda
from kodukant_analysis.indicators.cells import period_span
from kodukant_analysis.indicators.coverage import municipality_covered
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.places import counted_in_both, neighbours, parts, population, region_of

# What a panel must tell, one row a unit and period: y in any unit of measurement, cohort 0 for never.
REQUIRED = {"unit": "str", "time": "float64", "cohort": "float64", "y": "float64"}
# What it may tell beside; what it does not tell cannot be checked, and that is said.
OPTIONAL = {
    "period": "str",  # how the period is written
    "n": "float64",  # respondents or events behind y
    "se": "float64",
    "covered_share": "float64",  # part of the unit's people to whom the discussions came, 0-1
    "prefecture": "str",
    "outcome": "str",  # trust, safety, awareness, crime (recorded), calls, ...: one a panel
    "instrument": "str",  # survey series and wording
    "mode": "str",  # how people were asked
    "population": "str",  # who was asked: "15+", "15-74"
    "recording": "str",  # how a register counts
    "boundary": "str",  # in which borders the unit is meant
    "chosen_for_peak": "boolean",  # the unit was chosen because of a recent peak
    "reporting_is_target": "boolean",  # discussions are to make people report more
    "placebo": "float64",  # an outcome that discussions cannot move
    "borders_treated": "boolean",  # an untreated unit beside a treated one
    "unplaced": "float64",  # discussions held of which no municipality is known
}
COVERED_LEAST = 0.5


class Arrays(NamedTuple):
    """A panel as arrays: outcomes and placebos, units x periods, and each unit's cohort (1 is the first period)."""

    outcomes: npt.NDArray[np.float64]
    cohorts: npt.NDArray[np.int64]
    placebos: npt.NDArray[np.float64]
    units: tuple[str, ...]
    prefectures: npt.NDArray[np.str_] | None
    periods: tuple[str, ...]


def panel_frame(panel: pd.DataFrame) -> pd.DataFrame:
    """A panel with all columns of `REQUIRED` and `OPTIONAL`, those not told missing, in the order of unit and time.

    `g` is another name of `cohort`; a missing or infinite cohort is 0. Raises ValueError where a required column is not
    there, or a column is not of its type.

    >>> panel_frame(pd.DataFrame({"unit": ["0638"], "time": [1], "g": [0], "y": [0.8]}))[["unit", "cohort"]].values
    array([['0638', 0.0]], dtype=object)
    """
    told = panel if "cohort" in panel else panel.rename(columns={"g": "cohort"})
    lacking = [name for name in REQUIRED if name not in told]
    if lacking:
        raise ValueError(f"a panel has the columns {', '.join(REQUIRED)}; these are not there: {', '.join(lacking)}")
    types = REQUIRED | OPTIONAL
    dated = told["cohort"].astype("float64").replace(np.inf, 0).fillna(0)
    full = told.assign(cohort=dated).reindex(columns=list(types))
    return full.astype(types).sort_values(["unit", "time"], kind="stable", ignore_index=True)


def half_covered(panel: pd.DataFrame) -> pd.Series:
    """Rows of units with discussions that came to less than half of their people: neither treated nor untreated."""
    covered = panel.groupby("unit", observed=False, dropna=False)["covered_share"].transform("max")
    return (panel["cohort"] > 0) & (covered < COVERED_LEAST)


def is_contradictory(panel: pd.DataFrame) -> pd.Series:
    """Rows without a unit or a time, told twice, or of a unit with two cohorts or one before time began."""
    cohorts = panel.groupby("unit", observed=False, dropna=False)["cohort"].transform("nunique")
    is_lost = panel["unit"].isna() | panel["time"].isna()
    return is_lost | panel.duplicated(["unit", "time"]) | (cohorts > 1) | (panel["cohort"] < 0)


def panel_arrays(panel: pd.DataFrame) -> Arrays:
    """A panel (`panel_frame`) of units told once a period, as arrays. Cohorts are counted in the periods there are."""
    times = np.sort(panel["time"].unique())
    outcomes, placebos = (_table(panel, column, times) for column in ("y", "placebo"))
    of_unit = panel.groupby("unit", observed=False, dropna=False)
    cohorts = of_unit["cohort"].first()
    placed = np.where(cohorts > 0, np.searchsorted(times, cohorts) + 1, 0)
    prefectures = of_unit["prefecture"].first()
    labels = panel.groupby("time", observed=False, dropna=False)["period"].first()
    return Arrays(
        outcomes.to_numpy(),
        placed.astype(np.int64),
        placebos.to_numpy(),
        tuple(outcomes.index),
        None if prefectures.isna().any() else prefectures.to_numpy().astype(str),
        tuple(f"{time:g}" if pd.isna(label) else str(label) for time, label in labels.items()),
    )


def panel_of(  # noqa: PLR0913
    result: pd.DataFrame,
    data: Mapping[str, pd.DataFrame],
    *,
    outcome: str,
    as_of: date,
    last_days: Mapping[str, date] | None = None,
    rules: Rules = RULES,
) -> pd.DataFrame:
    """The panel of a tidy result by municipality and period and of the discussions held.

    result: one indicator, one row a municipality of today and period (`detail=True` for its standard errors); a number
    that is not shown is missing; rows without a period (a question nobody asked) are left out. data: the table
    `discussions`. outcome: see `OPTIONAL`. last_days: the last day of each period, for survey waves whose name does not
    tell it.
    A municipality's cohort is the first period that its first discussion falls in or before; 0 where none was held by
    the last period's end and `as_of`. Its covered share is that of the people of its parts before October 2017 to
    which a discussion came, by the list of people there is in both borders; a part that went to several heirs counts by
    its settlements, and a discussion that tells no part covers nobody for certain. Municipalities of which only an
    undated discussion is known are left out. The instrument is the result's name, broken where a row is flagged
    instrument_break; the boundary where it is flagged boundary_break.
    Raises ValueError for a result of several indicators or a period of unknown days.
    """
    names = result["indicator"].unique()
    if len(names) > 1:
        raise ValueError(f"a panel is of one indicator, got {', '.join(sorted(names))}")
    told = result[result["period"] != ""]
    ends = _last_days(sorted(told["period"].unique()), last_days or {})
    known = agenda(data, as_of, rules)
    held = known[(known["state"] == "held") & ~(known["held_on"] > pd.Timestamp(max(ends.values(), default=as_of)))]
    placed = held.assign(today=municipality_covered(held, "today"), then=municipality_covered(held, "then"))
    first = placed.groupby("today")["held_on"].min()
    rows = _measured(told[~told["region"].isin(first.index[first.isna()])], ends)
    cohorts = {str(unit): 1 + sum(end < day.date() for end in ends.values()) for unit, day in first.dropna().items()}
    return panel_frame(
        rows.assign(
            outcome=outcome,
            cohort=rows["unit"].map(cohorts).fillna(0),
            covered_share=rows["unit"].map(_covered(placed)).fillna(0.0),
            borders_treated=rows["unit"].isin(_beside(set(cohorts))),
            unplaced=float(placed["today"].isna().sum()),
        )
    )


def _table(panel: pd.DataFrame, column: str, times: npt.NDArray[np.float64]) -> pd.DataFrame:
    wide = panel.set_index(["unit", "time"])[column].unstack("time")
    return wide.reindex(columns=times)


def _last_days(periods: list[str], told: Mapping[str, date]) -> dict[str, date]:
    days = {period: told.get(period) or period_span(period.replace("-", "").replace(" ", ""))[1] for period in periods}
    return dict(sorted(days.items(), key=lambda one: one[1]))


def _measured(result: pd.DataFrame, ends: Mapping[str, date]) -> pd.DataFrame:
    times = {period: place for place, period in enumerate(ends, start=1)}
    rows = result.assign(unit=result["region"], time=result["period"].map(times), y=result["estimate"])
    rows = rows.sort_values(["unit", "time"], kind="stable", ignore_index=True)
    broken = {kind: _segments(rows, f"{kind}_break") for kind in ("instrument", "boundary")}
    prefectures = {unit: region_of(unit, "prefecture") for unit in rows["unit"].unique()}
    return rows.assign(
        prefecture=rows["unit"].map(prefectures),
        instrument=rows["indicator"] + " " + broken["instrument"],
        boundary=broken["boundary"],
    )


def _segments(rows: pd.DataFrame, flag: str) -> pd.Series:
    """How many breaks a unit has had by each row, as text."""
    is_broken = pd.Series([flag in flags.split(";") for flags in rows["flag"]], index=rows.index, dtype=bool)
    return is_broken.groupby(rows["unit"], observed=False, dropna=False).cumsum().astype("str")


def _covered(placed: pd.DataFrame) -> dict[str, float]:
    """Municipality of today -> the share of its people in parts of before the reform where a discussion was held."""
    return {str(unit): _share(str(unit), frozenset(rows.dropna())) for unit, rows in placed.groupby("today")["then"]}


def _share(unit: str, codes: frozenset[str]) -> float:
    people = {part.code: _people(part.code) * part.share_settlements for part in parts(unit)}
    return sum(people[code] for code in people if code in codes) / sum(people.values())


def _people(code: str) -> int:
    found = population(code, counted_in_both(), "then")
    return found.people if found else 0


def _beside(treated: set[str]) -> set[str]:
    return {code for unit in treated for code in neighbours(unit)} - treated
