"""Counties and prefectures: codes before and after the reform, names, and how they are typed."""

from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from kodukant_analysis.places.gazetteer import Unit, county_codes, side_of, today_code
from kodukant_analysis.places.meanings import meaning
from kodukant_analysis.places.spelling import Segment, segments
from kodukant_analysis.places.tables import read_table


class County(NamedTuple):
    """A county of today: EHAK code, Estonian name with "maakond", prefecture."""

    code: str
    name: str
    prefecture: str


@cache
def counties() -> tuple[County, ...]:
    """The 15 counties of today, by code.

    >>> [county.code for county in counties()][:3], counties()[9].name
    (['0037', '0039', '0045'], 'Rapla maakond')
    """
    rows = (row for row in read_table("counties") if not row["valid_to"])
    return tuple(sorted(County(row["code"], row["name"], prefecture_of_code(row["code"]) or "") for row in rows))


def prefectures() -> tuple[str, ...]:
    """The four prefectures, in the order of the compass that reports use.

    >>> prefectures()
    ('Põhja', 'Lõuna', 'Ida', 'Lääne')
    """
    return tuple(row["prefecture"] for row in read_table("prefecture_names") if row["prefecture"] != "?")


@cache
def _codes_today() -> dict[str, str]:
    return {row["code"]: row["code_today"] for row in read_table("counties")}


def county_today(code: str) -> str | None:
    """The code that a county bears today; None for a code of no county.

    >>> county_today("0067"), county_today("0068"), county_today("0638")
    ('0068', '0068', None)
    """
    return _codes_today().get(code)


def county_name(code: str, lang: str = "et") -> str | None:
    """Name of a county by its code of any time, in et, en or ru.

    >>> county_name("0067"), county_name("0068", "ru")
    ('Pärnu maakond', 'Пярнумаа')
    """
    names = {row["code_today"]: row for row in read_table("county_names")}
    row = names.get(county_today(code) or "")
    return row[lang] if row else None


def prefecture_of_county(code: str, on: date) -> str | None:
    """The prefecture of a county on a day, by its code of any time; None before 2004.

    >>> prefecture_of_county("0070", date(2016, 1, 1)), prefecture_of_county("0071", date(2016, 1, 1))
    ('Lääne', 'Lääne')
    """
    day = on.isoformat()
    for row in read_table("prefectures"):
        is_valid = row["valid_from"] <= day and (not row["valid_to"] or day <= row["valid_to"])
        if is_valid and county_today(row["county_code"]) == county_today(code):
            return row["prefecture"]
    return None


@cache
def _prefectures_by_county() -> dict[str, str]:
    return {row["county_code"]: row["prefecture"] for row in read_table("prefectures")}


def prefecture_of_code(code: str) -> str | None:
    """The latest prefecture of a county code: a code that went with the reform keeps the one it had."""
    return _prefectures_by_county().get(code)


def county_of_municipality(code: str) -> str | None:
    """County code of today of a municipality of today.

    >>> county_of_municipality("0638"), county_of_municipality("0188")
    ('0068', None)
    """
    return county_codes("today").get(today_code(code))


def resolve_county(text: str, on: date | None = None) -> str | None:
    """The county that a text names in any form, as its code on a day, of today without one.

    >>> resolve_county("Rapla mk"), resolve_county("Raplas?"), resolve_county("Рапламаа"), resolve_county("Raplamaal")
    ('0071', '0071', '0071', '0071')
    >>> resolve_county("0070"), resolve_county("Rapla mk", date(2016, 1, 1)), resolve_county("Kehtna")
    ('0071', '0070', None)
    """
    today = _county(text)
    if today is None or on is None or side_of(on) == "today":
        return today
    return next((old for old, new in _codes_today().items() if new == today and old in _codes_then()), None)


@cache
def _codes_then() -> frozenset[str]:
    return frozenset(county_codes("then").values())


@lru_cache(maxsize=4096)
def _county(text: str) -> str | None:
    code = text.strip()
    if code.isdecimal():
        return county_today(code.zfill(4))
    found = {county_today(unit.code) for segment in segments(text) for unit in _county_units(segment)}
    return found.pop() if len(found) == 1 else None


def _county_units(segment: Segment) -> tuple[Unit, ...]:
    found = meaning(segment)
    return tuple(unit for unit in found.units if unit.level == "county") if found else ()
