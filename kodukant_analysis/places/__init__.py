"""Places: typed place names against the administrative division of Estonia, before and after October 2017."""

from kodukant_analysis.places.before import municipality_before
from kodukant_analysis.places.counties import (
    County,
    counties,
    county_name,
    county_of_municipality,
    county_today,
    prefecture_of_county,
    prefectures,
    resolve_county,
)
from kodukant_analysis.places.crosswalk import Heir, Part, Relation, heirs, parts, relation
from kodukant_analysis.places.gazetteer import CREDIT, Municipality, municipalities, municipality_name, reform_on
from kodukant_analysis.places.members import COUNTRY, Division, is_territory_kept, members, region_key, region_of
from kodukant_analysis.places.outlines import Polygon, borders, centre, neighbours, outline
from kodukant_analysis.places.population import Population, counted_in_both, moved_share, population
from kodukant_analysis.places.regions import (
    SurveyRegion,
    is_prefecture_undecidable,
    resolve_prefecture,
    resolve_survey_region,
    survey_regions,
)
from kodukant_analysis.places.resolve import Place, has_name_of_place, resolve_place
from kodukant_analysis.places.tiles import Tile, tiles

__all__ = [
    "COUNTRY",
    "CREDIT",
    "County",
    "Division",
    "Heir",
    "Municipality",
    "Part",
    "Place",
    "Polygon",
    "Population",
    "Relation",
    "SurveyRegion",
    "Tile",
    "borders",
    "centre",
    "counted_in_both",
    "counties",
    "county_name",
    "county_of_municipality",
    "county_today",
    "has_name_of_place",
    "heirs",
    "is_prefecture_undecidable",
    "is_territory_kept",
    "members",
    "moved_share",
    "municipalities",
    "municipality_before",
    "municipality_name",
    "neighbours",
    "outline",
    "parts",
    "population",
    "prefecture_of_county",
    "prefectures",
    "reform_on",
    "region_key",
    "region_of",
    "relation",
    "resolve_county",
    "resolve_place",
    "resolve_prefecture",
    "resolve_survey_region",
    "survey_regions",
    "tiles",
]
