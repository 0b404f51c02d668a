"""Filled fields: shares and ratios over the discussions of a cell that fill a field; blank is not "no"."""

from typing import NamedTuple

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell
from kodukant_analysis.indicators.estimates import Row, raised
from kodukant_analysis.stats import cluster_mean, wilson

NO_DATA = frozenset({"no_data"})


class Question(NamedTuple):
    """What is asked of the discussions of a cell, a column each with a value a discussion, missing where blank."""

    indicator: str
    over: pd.Series  # whether it is so, or the numerator
    of: pd.Series | None = None  # the denominator of a ratio; left out: each discussion counts as one
    unit: str = "share"
    note: str = ""  # in front of what is counted as left out


def held_on_a_day(cell: Cell) -> pd.DataFrame:
    """The discussions of a cell that were held on a known day; the others are in the note, not in n."""
    return cell.totals[cell.totals["held_on"].notna()]


def filled_share(cell: Cell, question: Question, asked: Asked) -> Row:
    """Share of discussions for which it is so, of those that tell, with Wilson's interval.

    Flags: no_data; too_few below `rules.percent_from` or where more than `rules.blank_share` are blank; all_same;
    boundary_break.
    """
    told = question.over.dropna()
    n, k = len(told), int(told.sum())
    few = n < asked.rules.percent_from or is_mostly_blank(n, len(question.over), asked)
    flags = raised(too_few=few, all_same=k in {0, n}) | cell.cautions if n else NO_DATA
    note = noted(cell, question.over, question.note)
    return Row(
        question.indicator, cell.region, cell.period, n, "Wilson", wilson(k, n, asked.level), k, flags, note=note
    )


def filled_ratio(cell: Cell, question: Question, asked: Asked) -> Row:
    """Mean of a number over discussions, or ratio of two sums, of those that tell, with Student's t over discussions.

    A denominator of 0 is none: such a discussion is left out as blank. n: discussions; k: none.
    Flags: no_data; not_estimable (the denominators add up to 0); too_few below `rules.discussions_from` or where more
    than `rules.blank_share` are blank; few_clusters; boundary_break.
    """
    below = pd.Series(1, index=question.over.index) if question.of is None else question.of
    is_told = question.over.notna() & below.notna()
    over, of = (column[is_told].astype("float64") for column in (question.over, below))
    n, found = len(over), cluster_mean(over, of, asked.level)
    flags = (
        raised(
            not_estimable=of.sum() == 0,
            too_few=n < asked.rules.discussions_from or is_mostly_blank(n, len(is_told), asked),
            few_clusters=n - 1 < asked.rules.few_df,
        )
        | cell.cautions
    )
    note = noted(cell, over.reindex(is_told.index), question.note)
    method = "mean over discussions, t" if question.of is None else "ratio over discussions, Taylor, t"
    return Row(
        question.indicator, cell.region, cell.period, n, method, found, None, flags if n else NO_DATA,
        unit=question.unit, note=note,
    )  # fmt: skip


def is_mostly_blank(n: int, asked_of: int, asked: Asked) -> bool:
    """Whether more discussions leave the field blank than `rules.blank_share`."""
    return asked_of - n > asked.rules.blank_share * asked_of


def noted(cell: Cell, told: pd.Series, first: str = "") -> str:
    """What was left out of a cell, counted: fields left blank, discussions held on an unknown day."""
    undated = int(cell.totals["held_on"].isna().sum())
    counts = f"blank={int(told.isna().sum())}; undated={undated}"
    return f"{first}; {counts}" if first else counts
