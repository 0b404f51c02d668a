"""Space holders (ruumihoidjad): at how many discussions did somebody else than the leading officer hold the space?"""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from kodukant_analysis import places
from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names, region_of
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import wilson
from kodukant_analysis.totals import totals

# What each row is a share of: which column says yes or no, missing where the records do not tell.
_ITEMS = {"space_holder_support_share": "is_other", "space_holder_support_share:neighbour": "is_neighbour"}


def space_holder_support_share(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
) -> pd.DataFrame:
    """Share of held discussions with a helper in the space holder's place (C8, K62), two rows a region and period.

    data: the tables `discussions` and `attendance`. `space_holder_support_share`: n discussions held by `as_of`, on a
    known day, of which both the leading officer and the space holder are named, k those where they are two people.
    `space_holder_support_share:neighbour`: n those whose county and the county of the space holder are known, k those
    where the holder came from another county (of the day). A blank field is not a no: it is left out and counted.
    Interval: Wilson. Period: of the day it was held.
    Flags: no_data; too_few below `rules.percent_from` discussions or where more than `rules.blank_share` of those
    held are blank (n and k stay: "3 of 4"); all_same; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    held = totals("discussion_facts", data, as_of=as_of).pipe(_judged)
    rows = [row for cell in dated_cells(held, "held_on", asked) for row in _rows(cell, asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _judged(held: pd.DataFrame) -> pd.DataFrame:
    from_county = held["space_holder_county_code"].map(places.county_today, na_action="ignore").astype("str")
    return held.assign(
        is_other=_differs(held["space_holder_key"], held["lead_officer_key"]),
        is_neighbour=_differs(from_county, region_of(held, "county", "then")),
    )


def _differs(one: pd.Series, other: pd.Series) -> pd.Series:
    return (one != other).astype("boolean").mask(one.isna() | other.isna())


def _rows(cell: Cell, asked: Asked) -> Iterator[Row]:
    dated, rules = cell.totals[cell.totals["held_on"].notna()], asked.rules
    for name, column in _ITEMS.items():
        n, k = int(dated[column].notna().sum()), int(dated[column].sum())
        blank = len(dated) - n
        flags = (
            raised(
                too_few=n < rules.percent_from or blank > rules.blank_share * len(dated),
                all_same=k in {0, n},
            )
            | cell.cautions
        )
        note = f"held={len(dated)}; holder_unknown={blank}; undated={len(cell.totals) - len(dated)}"
        shown = flags if n else frozenset({"no_data"})
        yield Row(name, cell.region, cell.period, n, "Wilson", wilson(k, n, asked.level), k, shown, note=note)
