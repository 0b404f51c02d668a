"""Selection: the rows of an estimate frame that concern one prefecture."""

import pandas as pd

from kodukant_analysis.indicators.regions import COUNTRY, sums_of


def within_prefecture(estimates: pd.DataFrame, prefecture: str) -> pd.DataFrame:
    """The rows of the country, of a prefecture and of the counties, municipalities and survey regions that make it up.

    An empty prefecture keeps every row. Raises KeyError for a prefecture there is none of.
    """
    if not prefecture:
        return estimates
    parts = {region for regions in sums_of()[prefecture] for region in regions}
    smaller = {region for part in parts for regions in sums_of().get(part, ()) for region in regions}
    return estimates[estimates["region"].isin({COUNTRY, prefecture, *parts, *smaller})]
