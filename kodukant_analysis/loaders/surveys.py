"""Surveys: headers of respondents' answers and of published shares, told by what stands beside each other in them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kodukant_analysis.loaders.columns import NAMES, RESPONDENTS, Column, field_of
from kodukant_analysis.loaders.questions import is_code
from kodukant_analysis.loaders.sheets import Sheet
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key


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


def _apart(columns: Sequence[Column]) -> list[Column]:
    """The columns of shares, those of several waves of one year told apart by all of their headers."""
    waves = Counter((c.field, c.year, c.at, c.answer, c.asked) for c in columns if c.year)
    return [replace(c, year=c.header) if waves[c.field, c.year, c.at, c.answer, c.asked] > 1 else c for c in columns]
