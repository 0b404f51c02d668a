"""Joint ownership (ühine vastutus): of how many actions are two partners or more in charge?"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import cluster_share, wilson
from kodukant_analysis.totals import totals


def joint_ownership_share(  # noqa: PLR0913
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
    """Share of agreed actions that two sectors or more answer for (C3), one row a region and period.

    data: the table `actions`. n: actions whose owners are known by sector, from the latest delivery that names them;
    k: those of at least two sectors (two groups of one sector are one partner). Owners like "all together" count as
    what the records make of them; a partner may be one in name only. An action for several partners counts once.
    Left out and counted in the note: actions without an owner, or with one known sector beside an unknown group.
    Period: of the agreement; without a day an action counts only where periods are not asked for. Interval: from
    `rules.clusters_for_jackknife` discussions on Korn-Graubard over discussions, else Wilson.
    Flags: no_data; too_few below `rules.percent_from` actions or where the owners of more than `rules.blank_share`
    are unknown (n and k stay); one_cluster; few_clusters (discussions − 1 < `rules.few_df`); all_same; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    agreed = totals("action_owners", data, as_of=as_of)
    rows = [_row(cell, asked) for cell in dated_cells(agreed, "agreed_on", asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _row(cell: Cell, asked: Asked) -> Row:
    told = cell.totals.groupby("discussion_id", observed=False, dropna=False)[["joint", "single"]].sum()
    known = told[told.sum(axis=1) > 0]
    whole, rules, discussions = known.sum(axis=1), asked.rules, len(known)
    k, n, unknown = int(known["joint"].sum()), int(whole.sum()), int(cell.totals["owners_unknown"].sum())
    is_clustered = discussions >= rules.clusters_for_jackknife
    found = cluster_share(known["joint"], whole, asked.level) if is_clustered else wilson(k, n, asked.level)
    flags = (
        raised(
            too_few=n < rules.percent_from or unknown > rules.blank_share * (n + unknown),
            one_cluster=discussions == 1,
            few_clusters=1 < discussions <= rules.few_df,
            all_same=k in {0, n},
        )
        | cell.cautions
    )
    method = "Korn-Graubard over discussions" if is_clustered else "Wilson"
    note, shown = f"discussions={discussions}; owners_unknown={unknown}", flags if n else frozenset({"no_data"})
    return Row("joint_ownership_share", cell.region, cell.period, n, method, found, k, shown, note=note)
