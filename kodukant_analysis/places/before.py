"""Before: the municipality of 2017 in which a place of today lay."""

from functools import cache

from kodukant_analysis.places.crosswalk import parts
from kodukant_analysis.places.gazetteer import settlements


def municipality_before(place_code: str | None, municipality_code: str | None) -> str | None:
    """The municipality in which a place of today lay before October 2017; None where that is not certain.

    The settlement says it; without one, a municipality of today that was made of one alone.

    >>> municipality_before("7536", "0624"), municipality_before(None, "0303"), municipality_before(None, "0624")
    ('0568', '0303', None)
    """
    found = _by_settlement().get(place_code or "") or {part.code for part in parts(municipality_code or "")}
    return next(iter(found)) if len(found) == 1 else None


@cache
def _by_settlement() -> dict[str, frozenset[str]]:
    return {row.code_today: frozenset({row.municipality_then}) for row in settlements() if row.municipality_then}
