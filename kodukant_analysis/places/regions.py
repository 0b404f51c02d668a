"""Regions: prefectures and the regions of surveys, by any of the names they are typed with."""

from functools import cache
from typing import NamedTuple, TypeVar

from kodukant_analysis.places.spelling import folded, normalised, segments
from kodukant_analysis.places.tables import listed, read_table

_UNDECIDABLE = "?"
_ENDINGS = ("is", "ist", "isse", "i", "s", "st", "sse", "l", "le", "lt")
_T = TypeVar("_T")


class SurveyRegion(NamedTuple):
    """A region that surveys report by: Estonian name, the prefecture it lies in, codes of its counties today.

    `prefecture` is None where it straddles two (Kesk-Eesti) and for the whole country.
    """

    name: str
    prefecture: str | None
    county_codes: tuple[str, ...] = ()


def survey_regions() -> tuple[SurveyRegion, ...]:
    """All survey regions, the country first."""
    return tuple(
        SurveyRegion(row["name"], row["prefecture"] or None, listed(row["counties"]))
        for row in read_table("survey_regions")
    )


@cache
def _regions_by_name() -> dict[str, SurveyRegion]:
    rows = zip(read_table("survey_regions"), survey_regions(), strict=True)
    return {_name(name): region for row, region in rows for name in (row["name"], *listed(row["aliases"]))}


def resolve_survey_region(text: str) -> SurveyRegion | None:
    """The survey region that a text names, whatever it adds in brackets; None for no region of ours.

    >>> resolve_survey_region("kesk-eesti").prefecture is None, resolve_survey_region("Ida-Virumaa").name
    (True, 'Kirde-Eesti')
    """
    return _found(text, _regions_by_name()) or _found(text.partition("(")[0], _regions_by_name())


@cache
def _prefectures_by_name() -> dict[str, str]:
    rows = read_table("prefecture_names")
    return {_name(name): row["prefecture"] for row in rows for name in listed(row["aliases"])}


def resolve_prefecture(text: str) -> str | None:
    """The prefecture that a text names in Estonian, Russian or English; None for none or several.

    A bare name must stand alone; with "prefektuur" it may stand in a longer heading.

    >>> resolve_prefecture("Западная префектура"), resolve_prefecture("LAANE PREF."), resolve_prefecture("LP")
    ('Lääne', 'Lääne', None)
    >>> resolve_prefecture("PPA Lõuna prefektuur, 2016"), resolve_prefecture("Lääne-Viru")
    ('Lõuna', None)
    """
    found = _prefectures(text) - {_UNDECIDABLE}
    return found.pop() if len(found) == 1 else None


def is_prefecture_undecidable(text: str) -> bool:
    """Whether a text names a prefecture without saying which: "LP" is Lõuna or Lääne.

    >>> is_prefecture_undecidable("LP"), is_prefecture_undecidable("Lääne")
    (True, False)
    """
    return _prefectures(text) == {_UNDECIDABLE}


def _prefectures(text: str) -> set[str]:
    alone = _found("".join(letter for letter in text if not letter.isdecimal()), _prefectures_by_name())
    if alone:
        return {alone}
    named = (segment.words[-1] for segment in segments(text) if "prefektuur" in segment.kinds)
    return {found for word in named if (found := _found(word, _prefectures_by_name()))}


def _found(text: str, by_name: dict[str, _T]) -> _T | None:
    """The entry of a name as typed or, failing that, in a local case."""
    name = _name(text)
    forms = (name, *(name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)))
    return next((by_name[form] for form in forms if form in by_name), None)


def _name(text: str) -> str:
    return folded("".join(letter for letter in normalised(text) if letter.isalnum()))
