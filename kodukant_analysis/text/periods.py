"""Periods in words: the year, half, quarter, month or survey wave of an event, or two of them with all between."""

import re

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, translate

_SPAN = re.compile(r"(.+?) *→ *(.+)|(\d{4}) *[-–] *(\d{4})")
_PARTED = re.compile(r"(\d{4})[ -]?(H[12]|Q[1-4])")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def when_phrase(period: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """A period as the time of an event; empty for no period.

    >>> when_phrase("2016"), when_phrase("2019H1"), when_phrase("")
    ('2016. aastal', '2019. aasta I poolaastal', '')
    >>> when_phrase("2023Q2", "en"), when_phrase("2016 → 2024", "en")
    ('in the second quarter of 2023', 'from 2016 to 2024')
    """
    if not period:
        return ""
    span = _SPAN.fullmatch(period)
    if span is None:
        return _phrase("when", period, lang)
    first, last = (found for found in span.groups() if found)
    return f"{_phrase('since', first, lang)} {_phrase('until', last, lang)}"


def _phrase(kind: str, period: str, lang: str) -> str:
    if re.fullmatch(r"\d{4}", period):
        return translate(f"{kind}.year", lang, year=period)
    if parted := _PARTED.fullmatch(period):
        return translate(f"{kind}.{parted[2]}", lang, year=parted[1])
    if month := _MONTH.fullmatch(period):
        return translate(f"{kind}.month", lang, year=month[1], month=month[2])
    return translate(f"{kind}.other", lang, period=period)
