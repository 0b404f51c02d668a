"""Load (koormus): is the leading of discussions shared among the area constables, or does it rest on a few?"""

from collections.abc import Iterator, Mapping
from datetime import date
from math import nan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import NOT_SHOWN, Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import COUNTRY, Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate, dispersion, gini, gini_by_chance
from kodukant_analysis.totals import totals

_Load = npt.NDArray[np.float64]
_METHODS = {
    "gini": "Gini, corrected for n, jackknife over constables",
    "by_chance": "Gini of equal Poisson loads",
    "top_share": "complete count",
}
_UNITS = {"gini": "index", "by_chance": "index", "top_share": "share"}


class _Part(NamedTuple):
    """One row of a cell, before what all its rows share; `why` there is no number, where that is to be said."""

    item: str
    n: int | None
    found: Estimate
    flags: frozenset[str]
    k: int | None = None
    why: str = ""
    beside: str = ""  # told in the note where the number is shown


_NOTHING = tuple(_Part(item, 0, Estimate(nan), frozenset({"no_data"})) for item in _UNITS)


def load_gini(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "prefecture",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    roster: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """How unevenly leading discussions is shared among area constables (C7, K57), three rows a region and period.

    data: the tables `discussions` and `attendance`; roster: prefecture -> its number of area constables (settings,
    `[roster]`), those who led nothing included. The country's is their sum. Only by country and prefecture: a smaller
    region would tell of one person. `load_gini:gini`: n constables, Gini coefficient of the discussions each led,
    corrected for n, jackknife over constables; its note tells analysts the largest load over the mean (max_to_mean) and
    Fisher's test of dispersion (dispersion_p). `load_gini:by_chance`: what equal expected loads would give by chance,
    to be read beside it. `load_gini:top_share`: n discussions held by `as_of`, on a known day, whose leading officer
    is named, k those led by whoever led most. Period: of the day it was held; the roster is taken as the same.
    Flags: no_data (nothing led by anybody named); gini and by_chance: refused without a roster (its zeros are missing),
    not_estimable where it is shorter than the list of those who led; suppressed, n too, below
    `rules.constables_from` constables (top_share without a roster: leading officers); too_few where more than
    `rules.blank_share` of those held name no leading officer, top_share also below `rules.percent_from` discussions;
    gini and by_chance below `rules.discussions_from` (one discussion is led by one person); descriptive (by_chance,
    top_share); boundary_break.
    Raises ValueError for smaller regions, and for a roster of other regions or of numbers below 0.
    """
    if by not in {"country", "prefecture"}:
        raise ValueError(f"load is told by country and prefecture only, got {by!r}")
    asked, constables = Asked(by, period, as_of, level, rules, borders), _constables(roster or {})
    held = totals("discussion_facts", data, as_of=as_of)
    cells = dated_cells(held, "held_on", asked)
    rows = [row for cell in cells for row in _rows(cell, constables.get(cell.region), asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _constables(roster: Mapping[str, int]) -> Mapping[str, int]:
    """The roster with the country's number, which is known once that of every prefecture is."""
    prefectures = region_names("prefecture").keys()
    if set(roster) - prefectures or any(number < 0 for number in roster.values()):
        raise ValueError(f"a roster is of prefectures ({', '.join(prefectures)}) and not negative, got {dict(roster)}")
    return dict(roster) | ({COUNTRY: sum(roster.values())} if set(roster) == prefectures else {})


def _rows(cell: Cell, roster: int | None, asked: Asked) -> Iterator[Row]:
    dated = cell.totals[cell.totals["held_on"].notna()]
    led = np.asarray(dated["lead_officer_key"].value_counts(), dtype=float)
    n = int(led.sum())
    unknown = len(dated) - n
    note = f"lead_unknown={unknown}; undated={len(cell.totals) - len(dated)}"
    shared = raised(too_few=unknown > asked.rules.blank_share * len(dated)) | cell.cautions
    for part in (*_shared(led, roster, asked), _top(led, roster, asked.rules)) if n else _NOTHING:
        name, method, unit = f"load_gini:{part.item}", _METHODS[part.item], _UNITS[part.item]
        if "suppressed" in part.flags:
            yield Row(name, cell.region, cell.period, None, method, flags=frozenset({"suppressed"}), unit=unit)
        else:
            flags = part.flags | (shared if n and "refused" not in part.flags else frozenset())
            told = part.why or note + ("" if flags & NOT_SHOWN else part.beside)
            yield Row(name, cell.region, cell.period, part.n, method, part.found, part.k, flags, unit, told)


def _shared(led: _Load, roster: int | None, asked: Asked) -> tuple[_Part, _Part]:
    """How unevenly the load is shared, and how unevenly it would be by chance."""
    if roster is None or roster < len(led):
        flags = raised(refused=roster is None, not_estimable=roster is not None)
        why = "roster missing" if roster is None else "roster too short"
        unsaid = _Part("gini", roster, Estimate(nan), flags, why=why)
        return unsaid, unsaid._replace(item="by_chance")
    loads = np.pad(led, (0, roster - len(led)))
    found = gini(loads, asked.level)
    own = Estimate(found.corrected, found.low, found.high, found.se, found.df)
    few = led.sum() < asked.rules.discussions_from
    hidden = raised(suppressed=roster < asked.rules.constables_from, too_few=bool(few))
    chance = Estimate(gini_by_chance(float(led.sum()) / roster))
    equal = _Part("by_chance", roster, chance, hidden | {"descriptive"})
    return _Part("gini", roster, own, hidden, beside=_for_analysts(loads)), equal


def _for_analysts(loads: _Load) -> str:
    return f"; max_to_mean={loads.max() / loads.mean():.2f}; dispersion_p={dispersion(loads).p:.2g}"


def _top(led: _Load, roster: int | None, rules: Rules) -> _Part:
    n, k = int(led.sum()), int(led.max())
    constables = len(led) if roster is None else max(roster, len(led))
    flags = raised(suppressed=constables < rules.constables_from, too_few=n < rules.percent_from, descriptive=True)
    return _Part("top_share", n, Estimate(k / n), flags, k)
