"""Topics (teemad): how many a discussion has, and how many of them were talked over and written up."""

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.clustered import Told, ratio_row, share_row
from kodukant_analysis.indicators.estimates import Row, estimate_frame
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.totals import totals

_TALKED_OVER = 2


def board(data: Mapping[str, pd.DataFrame], asked: Asked) -> pd.DataFrame:
    """The totals `topic_outcomes`: every topic of the discussions held, and those of which no topic is told."""
    return totals("topic_outcomes", data, as_of=asked.as_of, linked=1 - asked.rules.blank_share)


def told_topics(cell: Cell, fact: str) -> Told:
    """The topics of a cell that tell a fact, and how many do not."""
    topics = cell.totals[cell.totals["topic_id"].notna()]
    told = topics[topics[fact].notna()]
    return Told(told, len(topics) - len(told))


def topics_per_discussion(  # noqa: PLR0913
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
    """Mean number of topics of a discussion (P1), one row a region and period.

    data: `discussions`, `topics`, `actions` and `attendance`. n: held discussions with at least one topic on record; a
    discussion without any counts as not recorded (note: blank), not as zero. Note: range=fewest-most. Period: of the
    day it was held. Student's interval over discussions (`cluster_mean`); one discussion has a value and no interval.
    More topics is not better. Flags: no_data; too_few below `rules.discussions_from` discussions or blank more often
    than `rules.blank_share`; few_clusters; boundary_break.
    """
    return _answered(data, Asked(by, period, as_of, level, rules, borders), _number_row, detail)


def solutions_per_topic(  # noqa: PLR0913
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
    """Solutions written down per topic (K45), one row a region and period.

    data as for `topics_per_discussion`. The ratio Σ solutions / Σ topics over discussions (`cluster_mean`), of topics
    whose solutions are counted; n: their discussions. Note: blank (topics whose solutions nobody counted), topics.
    Flags: as for `topics_per_discussion`.
    """
    return _answered(data, Asked(by, period, as_of, level, rules, borders), _solutions_row, detail)


def topic_summary_share(  # noqa: PLR0913
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
    """Share of topics with a written summary (K15), one row a region and period.

    data as for `topics_per_discussion`. n: topics of which it is told whether they have one; blank is not "no". Share
    over discussions (`cluster_share`). Period: of the discussion. Flags: no_data; too_few below `rules.percent_from` or
    blank more often than `rules.blank_share`; one_cluster, few_clusters; all_same; boundary_break.
    """
    return _answered(data, Asked(by, period, as_of, level, rules, borders), _summary_row, detail)


def topics_discussed_share(  # noqa: PLR0913
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
    """Share of topics that at least two people talked over (K16), one row a region and period.

    data as for `topics_per_discussion`. n: topics whose participants are counted. Groups of one are allowed in Open
    Space. Share over discussions (`cluster_share`). Flags: as for `topic_summary_share`.
    """
    return _answered(data, Asked(by, period, as_of, level, rules, borders), _discussed_row, detail)


def _answered(
    data: Mapping[str, pd.DataFrame], asked: Asked, row: Callable[[Cell, Asked], Row], detail: bool
) -> pd.DataFrame:
    rows = [row(cell, asked) for cell in dated_cells(board(data, asked), "held_on", asked)]
    return estimate_frame(rows, region_names(asked.by, asked.borders), detail=detail)


def _number_row(cell: Cell, asked: Asked) -> Row:
    topics = cell.totals[cell.totals["topic_id"].notna()]
    counts = topics.groupby("discussion_id", observed=False, dropna=False).size()
    spread = {"range": f"{counts.min()}-{counts.max()}"} if len(counts) else {}
    per_discussion = pd.DataFrame({"discussion_id": counts.index, "topics": counts.to_numpy()})
    told = Told(per_discussion, len(cell.totals) - len(topics), spread)
    sums = (per_discussion["topics"], pd.Series(1, index=per_discussion.index))
    return ratio_row("topics_per_discussion", cell, told, sums, asked)._replace(k=len(topics), unit="topics")


def _solutions_row(cell: Cell, asked: Asked) -> Row:
    told = told_topics(cell, "solutions")
    told = told._replace(note={"topics": len(told.rows)})
    solutions = told.rows["solutions"].astype("float64")
    sums = (solutions, pd.Series(1, index=solutions.index))
    return ratio_row("solutions_per_topic", cell, told, sums, asked)._replace(unit="solutions")


def _summary_row(cell: Cell, asked: Asked) -> Row:
    told = told_topics(cell, "has_summary")
    return share_row("topic_summary_share", cell, told, told.rows["has_summary"].astype(bool), asked)


def _discussed_row(cell: Cell, asked: Asked) -> Row:
    told = told_topics(cell, "participants")
    return share_row("topics_discussed_share", cell, told, told.rows["participants"] >= _TALKED_OVER, asked)
