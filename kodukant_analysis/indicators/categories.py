"""Categories (millest räägiti): what the topics were about, who raised them, and whether a few matters took it all."""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.clustered import is_blank, note_of, share_row
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.indicators.topics import board, told_topics
from kodukant_analysis.stats import Estimate, concentration

SECTORS = ("police", "local_government", "community", "state", "other")
# "Small" is a judgement: whoever judges otherwise gives another list.
SMALL_MATTERS = frozenset({"lighting", "stray_animals", "traffic_other", "public_order", "environment_waste"})


def topics_raised_by(  # noqa: PLR0913
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
    """Who raised the topics (P3; item `community` is K01): a row a sector, region and period.

    data: `discussions`, `topics`, `actions` and `attendance`. Items: `SECTORS`, together all of n: topics of held
    discussions that were raised by a known group, which belongs to the sector that the attendance lists give it. Shares
    over discussions (`cluster_share`). Note: blank (raised by nobody knows whom). Period: of the discussion.
    Flags: no_data; too_few below `rules.percent_from` or blank more often than `rules.blank_share`; one_cluster,
    few_clusters; all_same; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    cells = dated_cells(board(data, asked), "held_on", asked)
    rows = [row for cell in cells for row in _composition(cell, "topics_raised_by", "sector", SECTORS, asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def topic_category_share(  # noqa: PLR0913
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
    """What the topics were about (K43): a row a category, region and period.

    data as for `topics_raised_by`. Items: every category that any topic of the data has ("other" where none has
    any), together all of n: topics of held discussions with a category. A topic counts by its first category. Shares
    over discussions (`cluster_share`). Note: blank (without a category). Flags: as for `topics_raised_by`, but
    too_few below `rules.categories_from`.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    topics = board(data, asked)
    kinds = tuple(sorted(topics["category"].dropna().unique())) or ("other",)
    cells = dated_cells(topics, "held_on", asked)
    rows = [row for cell in cells for row in _composition(cell, "topic_category_share", "category", kinds, asked)]
    return estimate_frame([_if_enough(row, rules) for row in rows], region_names(by, borders), detail=detail)


def topic_small_share(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    small: frozenset[str] = SMALL_MATTERS,
) -> pd.DataFrame:
    """Share of topics that are about "small" matters (K10), one row a region and period.

    data as for `topics_raised_by`. small: the categories that count as small; what is small is a judgement, so neither
    much nor little of it is good. n: topics with a category. Share over discussions (`cluster_share`).
    Flags: as for `topic_category_share`.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    rows = []
    for cell in dated_cells(board(data, asked), "held_on", asked):
        told = told_topics(cell, "category")
        row = share_row("topic_small_share", cell, told, told.rows["category"].isin(small), asked)
        rows.append(_if_enough(row, rules))
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def topic_concentration(  # noqa: PLR0913
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
    """How much of the talk falls on few categories (P4, K43): Σ p² over the categories, one row a region and period.

    data as for `topics_raised_by`. n: topics with a category; 1 where all are of one, 1/m where m have equal parts. It
    falls as n grows and depends on how finely categories are drawn: descriptive, no interval. Note: blank, categories.
    Flags: descriptive; no_data; too_few below `rules.categories_from` topics or blank more often than
    `rules.blank_share`; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    rows = [_concentration_row(cell, asked) for cell in dated_cells(board(data, asked), "held_on", asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _composition(cell: Cell, name: str, fact: str, items: tuple[str, ...], asked: Asked) -> Iterator[Row]:
    told = told_topics(cell, fact)
    for item in items:
        yield share_row(f"{name}:{item}", cell, told, told.rows[fact] == item, asked)


def _if_enough(row: Row, rules: Rules) -> Row:
    """The row, too few where it rests on fewer topics than a profile of their categories needs."""
    return row._replace(flags=row.flags | raised(too_few=0 < (row.n or 0) < rules.categories_from))


def _concentration_row(cell: Cell, asked: Asked) -> Row:
    told = told_topics(cell, "category")
    counts, n = told.rows["category"].value_counts(), len(told.rows)
    flags = (
        raised(
            too_few=n < asked.rules.categories_from or is_blank(told.blank, n, asked.rules),
            descriptive=True,
        )
        | cell.cautions
    )
    found, note = Estimate(concentration(counts)), note_of({"blank": told.blank, "categories": len(counts)})
    shown = flags if n else frozenset({"no_data"})
    name, method = "topic_concentration", "Herfindahl-Hirschman"
    return Row(name, cell.region, cell.period, n, method, found, None, shown, unit="index", note=note)
