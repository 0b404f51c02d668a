"""Selection: the rows of an estimate frame that concern one prefecture."""

from typing import get_args

import pandas as pd

from kodukant_analysis.indicators.regions import COUNTRY, Borders, sums_of


def within_prefecture(estimates: pd.DataFrame, prefecture: str) -> pd.DataFrame:
    """The rows of the country, of a prefecture and of the counties, municipalities and survey regions that make it up.

    An empty prefecture keeps every row. Raises KeyError for a prefecture there is none of.
    """
    if not prefecture:
        return estimates
    sums = [sums_of(borders) for borders in get_args(Borders)]
    parts = {region for side in sums for regions in side[prefecture] for region in regions}
    smaller = {region for side in sums for part in parts for regions in side.get(part, ()) for region in regions}
    return estimates[estimates["region"].isin({COUNTRY, prefecture, *parts, *smaller})]
