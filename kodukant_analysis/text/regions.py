"""Regions in words: what a region is called in a language, where something happened, which level it is of.

Keys are the Estonian names that the estimate frame carries in `region_name`.
"""

import re
from typing import Literal

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate
from kodukant_analysis.text.russian import in_russian

Level = Literal["country", "prefecture", "county", "survey_region", "municipality"]


def region_level(region_name: str) -> Level:
    """The level of a region by its Estonian name.

    >>> [region_level(name) for name in ("Eesti", "Lääne prefektuur", "Lääne maakond", "Lääne-Eesti", "Tori vald")]
    ['country', 'prefecture', 'county', 'survey_region', 'municipality']
    """
    if region_name == "Eesti":
        return "country"
    if region_name.endswith(" prefektuur"):
        return "prefecture"
    if region_name.endswith(" maakond"):
        return "county"
    return "survey_region" if region_name.endswith("-Eesti") else "municipality"


def region_label(region_name: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """The short name for charts and tables; a region that the catalogue does not name keeps its own.

    >>> region_label("Pärnu maakond", "et"), region_label("Kesk-Eesti", "en"), region_label("Tori vald", "en")
    ('Pärnumaa', 'Central Estonia', 'Tori vald')
    >>> region_label("Saarde vald (kuni 2017)", "en"), region_label("Tori vald", "ru")
    ('Saarde vald (until 2017)', 'волость Тори')
    """
    name, year = _parted(region_name)
    label = catalogue(lang).get(f"region.{name}") or _municipality(name, "region_kind", lang) or name
    return translate("region_kind.until", lang, where=label, year=year) if year else label


def where_phrase(region_name: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """The region as the place of an event, to begin a sentence with.

    >>> where_phrase("Pärnu maakond", "et"), where_phrase("Eesti", "en"), where_phrase("Tori vald", "ru")
    ('Pärnumaal', 'In Estonia', 'В волости Тори')
    >>> [where_phrase(name, "et") for name in ("Tori vald", "Tallinn", "Saarde vald (kuni 2017)")]
    ['Tori vallas', 'Tallinnas', 'Saarde vallas (kuni 2017)']
    """
    name, year = _parted(region_name)
    texts = catalogue(lang)
    found = texts.get(f"where.{name}") or _municipality(name, "where_kind", lang)
    where = found or translate("where.other", lang, name=name)
    return translate("where_kind.until", lang, where=where, year=year) if year else where


def _parted(region_name: str) -> tuple[str, str]:
    """A name and the year until which its region was there, "" for one of today."""
    found = re.fullmatch(r"(.+) \(kuni (\d{4})\)", region_name)
    return (found[1], found[2]) if found else (region_name, "")


def _municipality(name: str, kind: str, lang: str) -> str:
    """A municipality by the rule for its kind, "" where a name tells none; Tallinn's is a part of its name."""
    if name == "Tallinn":
        return translate(f"{kind}.Tallinn", lang)
    found = re.fullmatch(r"([^(]+) (vald|linn|alev)( \(.+\))?", name)
    if found is None:
        return ""
    stem = in_russian(found[1]) if translate("number.script", lang) == "Cyrl" else found[1]
    return translate(f"{kind}.{found[2]}", lang, name=stem) + (found[3] or "")
