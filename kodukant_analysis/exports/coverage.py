"""Coverage: the table of where discussions have been, in the borders of today and of 2016 side by side."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from kodukant_analysis.exports.tables import Table
from kodukant_analysis.text import Finding, estonian_key, read_finding, region_label, region_level, translate
from kodukant_analysis.text.sentences import bound_word, value_text

_COLUMNS: Final = {
    "held": "discussion_count:held",
    "planned": "discussion_count:planned",
    "places_today": "coverage_place_share:held:today",
    "places_then": "coverage_place_share:held:then",
    "people_today": "coverage_population_share:held:today",
    "people_then": "coverage_population_share:held:then",
}
_LEVELS: Final = ("country", "prefecture", "county")


def coverage_table(estimates: pd.DataFrame, lang: str) -> Table | None:
    """A row a region from the estimates over all time, the country first; None where they tell of no coverage.

    Municipalities as "7/16": with a discussion, and all of the region; people as a share. Of single municipalities
    and of survey regions there is no row.
    """
    is_told = estimates["indicator"].isin(_COLUMNS.values()) & (estimates["period"] == "")
    told = estimates[is_told & estimates["region_name"].map(region_level).isin(_LEVELS)]
    regions: dict[str, dict[str, Finding]] = {}
    for indicator, (_, row) in zip(told["indicator"], told.iterrows(), strict=True):
        regions.setdefault(str(row["region_name"]), {})[indicator] = read_finding(row)
    names = [name for name, found in regions.items() if found.keys() >= set(_COLUMNS.values())]
    if not names:
        return None
    ordered = sorted(
        names, key=lambda name: (_LEVELS.index(region_level(name)), estonian_key(region_label(name, lang)))
    )
    heads = [translate(f"coverage.{name}", lang) for name in ("region", *_COLUMNS)]
    rows = [(region_label(name, lang), *_cells(regions[name], lang)) for name in ordered]
    return Table(heads, rows, frozenset(range(1, len(heads))))


def _cells(found: Mapping[str, Finding], lang: str) -> Sequence[str]:
    return [_cell(found[indicator], lang) for indicator in _COLUMNS.values()]


def _cell(finding: Finding, lang: str) -> str:
    is_places = finding.name.key == "coverage_place_share"
    text = translate("coverage.of", lang, k=finding.k, n=finding.n) if is_places else value_text(finding, lang)
    return f"{bound_word(finding, lang)} {text}".strip()
