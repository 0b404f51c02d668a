"""Regions in words: what a region is called in a language, where something happened, which level it is of.

Keys are the Estonian names that the estimate frame carries in `region_name`.
"""

from typing import Literal

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, translate

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
    """
    return catalogue(lang).get(f"region.{region_name}", region_name)


def where_phrase(region_name: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """The region as the place of an event, to begin a sentence with.

    >>> where_phrase("Pärnu maakond", "et"), where_phrase("Eesti", "en")
    ('Pärnumaal', 'In Estonia')
    """
    known = catalogue(lang).get(f"where.{region_name}")
    return known or translate("where.other", lang, name=region_name)
