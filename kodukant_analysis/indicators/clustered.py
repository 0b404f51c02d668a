"""Clustered rows: shares and ratios of things that come by discussion, with what was not told counted beside them."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell
from kodukant_analysis.indicators.estimates import Row, raised
from kodukant_analysis.indicators.rules import Rules
from kodukant_analysis.stats import Estimate, cluster_mean, cluster_share


class Told(NamedTuple):
    """What is known of a cell: rows that tell (with `discussion_id`), how many do not, and what the note says.

    `young` counts what is left out only because its time is not over yet.
    """

    rows: pd.DataFrame
    blank: int = 0
    note: Mapping[str, object] = {}
    young: int = 0


def share_row(name: str, cell: Cell, told: Told, is_counted: pd.Series, asked: Asked) -> Row:
    """The share of the told rows that are counted, over discussions (`cluster_share`).

    Flags: no_data; too_few below `rules.percent_from` rows or with too many blank; one_cluster, few_clusters; all_same;
    immature where some are too young to tell; boundary_break.
    """
    discussions, _ = pd.factorize(told.rows["discussion_id"], use_na_sentinel=False)
    n, k = len(discussions), int(is_counted.sum())
    found = cluster_share(np.bincount(discussions, is_counted), np.bincount(discussions), asked.level)
    flags = (
        _flags(found, n, told, asked.rules)
        | raised(
            too_few=n < asked.rules.percent_from or is_blank(told.blank, n, asked.rules),
            all_same=k in {0, n},
        )
        | cell.cautions
    )
    shown = flags if n else frozenset({"no_data"})
    return Row(name, cell.region, cell.period, n, "Korn-Graubard over discussions", found, k, shown, note=_note(told))


def ratio_row(name: str, cell: Cell, told: Told, sums: tuple[pd.Series, pd.Series], asked: Asked) -> Row:
    """The ratio of two sums of the told rows, over discussions (`cluster_mean`); n counts the discussions.

    Flags: no_data; not_estimable where the second sum is 0; too_few below `rules.discussions_from` discussions or with
    too many blank; one_cluster, few_clusters; immature; boundary_break. One discussion has its value but no interval.
    """
    y, x = (one.groupby(told.rows["discussion_id"], observed=False, dropna=False).sum() for one in sums)
    found, n = cluster_mean(y, x, asked.level), len(x)
    flags = (
        _flags(found, n, told, asked.rules)
        | raised(
            not_estimable=n > 0 and math.isnan(found.estimate),
            too_few=n < asked.rules.discussions_from or is_blank(told.blank, len(told.rows), asked.rules),
        )
        | cell.cautions
    )
    shown = flags if n else frozenset({"no_data"})
    return Row(name, cell.region, cell.period, n, "Student over discussions", found, None, shown, note=_note(told))


def is_blank(blank: int, told: int, rules: Rules) -> bool:
    """Whether a field is left blank too often for what the others tell to stand for all."""
    return blank > rules.blank_share * (blank + told)


def note_of(parts: Mapping[str, object]) -> str:
    """What a row leaves out, as its note says it.

    >>> note_of({"blank": 3, "undated": 1})
    'blank=3; undated=1'
    """
    return "; ".join(f"{name}={value}" for name, value in parts.items())


def _flags(found: Estimate, n: int, told: Told, rules: Rules) -> frozenset[str]:
    return raised(
        one_cluster=found.df == 0, few_clusters=1 <= found.df < rules.few_df, immature=told.young > 0 and n > 0
    )


def _note(told: Told) -> str:
    return note_of({"blank": told.blank, **told.note})
