"""Surveys: headers of respondents' answers and of published shares, told by what stands beside each other in them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kodukant_analysis.loaders.cells import is_missing, read_number, read_share
from kodukant_analysis.loaders.columns import NAMES, RESPONDENTS, YEAR, Column, field_of
from kodukant_analysis.loaders.labels import are_answers, is_answer, is_side
from kodukant_analysis.loaders.questions import code_of, is_code
from kodukant_analysis.loaders.samples import below
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key
from kodukant_analysis.places import resolve_county, resolve_prefecture, resolve_survey_region

_SHORT: Final = 30


def is_survey(columns: Sequence[Column]) -> bool:
    """Whether known questions, or their numbers beside a respondent, make a survey; a list of persons is none."""
    if any(not column.field and field_of("attendance", column.header) in NAMES for column in columns):
        return False
    numbered = [column for column in columns if not column.field and is_code(column.header)]
    has_respondent = any(column.field == "respondent_no" for column in columns)
    return any(column.asked for column in columns) or (has_respondent and len(numbered) > 1)


def of_shares(sheet: Sheet, rows: tuple[int, int], columns: Sequence[Column]) -> list[Column]:
    """The columns of published shares with the one without a header on their left, and the total among regions."""
    index = columns[0].index - 1 if columns else 0
    is_filled = index and isinstance(sheet.value(rows[1] + 1, index), str)
    corner = [Column(index, "", "")] if is_filled else []
    by_region = any(column.at for column in columns)
    totals = vocabulary().keys("rows", "total") | vocabulary().keys("rows", "all")
    is_total = [
        by_region and not column.field and key(RESPONDENTS.sub("", column.header)) in totals for column in columns
    ]
    named = [replace(c, field="share", at=c.header) if yes else c for c, yes in zip(columns, is_total, strict=True)]
    return [*corner, *_apart(named)]


def share_of(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column of published shares, or of their respondents, of a year, of a survey region or of an answer."""
    values = below(sheet, last, index)
    is_mean = vocabulary().keys("rows", "mean") & set(key(" ".join(stack)).split())
    if is_mean or not values or sum(map(_is_number, values)) * 2 < len(values):
        return None
    header, year = " / ".join(stack), next(iter(YEAR.findall(" ".join(stack))), "")
    stack = [text for text in stack if not RESPONDENTS.fullmatch(text)] or stack
    rest = [text for text in stack if not YEAR.search(text)]
    region = next(filter(None, (region_in(RESPONDENTS.sub("", text)) for text in stack)), "")
    answer = next((text for text in reversed(stack) if is_answer(text) or is_side(text)), "")
    year = year if len(" ".join(stack)) < _SHORT or region or answer else ""
    asks = next((text for text in stack if code_of(text) and not are_answers(values)), "")
    if not (year or region or answer or asks):
        return None
    field = field_of("shares", rest[-1]) if rest else ""
    if year and rest[-1:] == stack[-1:] and not (region or answer or asks or field):
        return None
    field = field if field == "respondents" or not (region or answer or asks) else ""
    return Column(index, field or "share", header, year=year, at=region, answer=answer, asked=asks)


def asked(sheet: Sheet, last: int, index: int, stack: Sequence[str]) -> Column | None:
    """A column under a known question, if what stands under it are answers on a scale; or of names that forms hide."""
    header, values = " / ".join(stack), below(sheet, last, index)
    if field_of("attendance", header) in NAMES and len(set(values)) < 2 <= len(values):
        return Column(index, "paradata", header)
    is_value = len(stack) > 1 and is_answer(stack[-1])
    is_asked = " " in header.strip() and not is_value and code_of(header) is not None and are_answers(values)
    return Column(index, "", header, asked=header) if is_asked else None


def region_in(text: str) -> str:
    """The survey region, the prefecture or the county that a header is."""
    found = resolve_survey_region(text)
    return found.name if found else text if resolve_prefecture(text) or resolve_county(text) else ""


def _is_number(value: Value) -> bool:
    return is_missing(value) or not (read_share(value).rule and read_number(value).rule)


def _apart(columns: Sequence[Column]) -> list[Column]:
    """The columns of shares, those of several waves of one year told apart by all of their headers."""
    waves = Counter((c.field, c.year, c.at, c.answer, c.asked) for c in columns if c.year)
    return [replace(c, year=c.header) if waves[c.field, c.year, c.at, c.answer, c.asked] > 1 else c for c in columns]
