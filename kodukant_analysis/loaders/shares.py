"""Shares: published figures of a survey of which only a table exists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeGuard

from kodukant_analysis.loaders.answers import series_of, survey_region_of, year_of
from kodukant_analysis.loaders.cells import Reading, is_missing, read_count, read_number, read_share
from kodukant_analysis.loaders.columns import RESPONDENTS, Column, field_of
from kodukant_analysis.loaders.drafts import Draft, Ledger, draft, read_cell, records_of
from kodukant_analysis.loaders.headings import Heading
from kodukant_analysis.loaders.labels import is_dont_know, numbers_of
from kodukant_analysis.loaders.questions import code_of, is_question_mark
from kodukant_analysis.loaders.rows import Cell, Row
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key
from kodukant_analysis.places import resolve_survey_region

# Percentages are rounded, each on its own.
_MOST_PERCENT: Final = 105


def load_shares(table: Table, heading: Heading, ledger: Ledger) -> Iterable[Draft]:
    """One record for each share: by wave or region in columns, by region, answer or wave in rows."""
    below = _counts_below(table)
    is_percent = _is_in_percent(table)
    answers = _answers_in(table)
    told = _Told(heading, numbers_of(answers)[1], _is_of_estonia(table), bool(answers) or _says_percent(table))
    if not _says_percent(table) and (_are_counts(table, answers) or _are_means(heading)):
        ledger.add("unreadable-share", table, Cell("", table.first, table.band.columns[-1].index))
        return
    for row in records_of(table, ledger):
        if _is_count_row(row):
            ledger.use(table, row)
        for column, cell in _shares_in(table, row):
            values = _values(row, told, column)
            values |= {name: ledger.keep_text(values[name]) for name in ("survey_region", "wave")}
            if values["question"] == "other" and not (values["survey_region"] and told.is_percent):
                ledger.add("unknown-question", table, next(iter(row.cells.values()), None))
                continue
            share = read_cell(cell, _read_percent if is_percent else read_share, table, ledger).value
            typed = RESPONDENTS.search(column.header)
            count = None if typed else _count_beside(row, column) or _count_below(below, row, column, told)
            counted = read_cell(count, read_count, table, ledger).value if count else None
            yield draft(table, row, values | {"share": share, "respondents": int(typed[1]) if typed else counted})


def published_answer(text: str, numbers: Mapping[str, int] | None = None) -> str:
    """The answers a published share counts: a code of the scale, "positive", "negative", "dont_know" or "unstated".

    `numbers` are those of all answers of the table on their scale, where it has them.

    >>> published_answer("Pigem usaldan"), published_answer("Usaldus politsei vastu (täiesti + pigem usaldab), %")
    ('3', 'positive')
    """
    if is_dont_know(text):
        return "dont_know"
    if side := vocabulary().values["share_answer"].exact(text):
        return side
    alone, among = numbers_of([text])[1], numbers or {}
    if text not in alone and among.get(text) in {0, 1} and max(among.values()) == 1:
        return "positive" if among[text] else "negative"
    found = among if text in among else alone
    if text in found:
        return str(found[text])
    return vocabulary().values["share_answer"].find(text) or "unstated"


class _Told(NamedTuple):
    """What all shares of a table have in common."""

    heading: Heading
    numbers: Mapping[str, int]
    is_of_estonia: bool
    is_percent: bool


def _says_percent(table: Table) -> bool:
    """Whether anything over or in a table says that its numbers are shares: a region has counts of other things too."""
    texts = [cell.text for cell in table.headings] + [column.header for column in table.band.columns]
    typed = (cell.value for row in table.rows for _, cell in _shares_in(table, row))
    words = vocabulary().keys("rows", "percent")
    return any("%" in text or words & set(key(text).split()) for text in [*texts, *filter(_is_text, typed)])


def _is_text(value: Value) -> TypeGuard[str]:
    return isinstance(value, str)


def _answers_in(table: Table) -> list[str]:
    """All the answers of a table, in its columns and in its rows."""
    rows = (row for row in table.rows if row.kind == "data" and not _is_count_row(row))
    return [
        *(column.answer for column in table.band.columns if column.answer),
        *(row.cells["answer"].text for row in rows if "answer" in row.cells),
    ]


def _are_counts(table: Table, answers: Sequence[str]) -> bool:
    """Whether whole numbers for the answers of a region or a wave come to more than all of them: they are people."""
    sums: dict[object, float] = defaultdict(float)
    are_whole = True
    for row in (row for row in table.rows if row.kind == "data" and len(answers) > 1):
        for column, cell in _shares_in(table, row):
            number = read_number(cell.value).value or 0.0
            are_whole = are_whole and number.is_integer()
            sums[(row.number, column.year, column.at) if column.answer else column.index] += number
    return are_whole and any(total > _MOST_PERCENT for total in sums.values())


def _are_means(heading: Heading) -> bool:
    """Whether what stands over a table says that its numbers are means of a scale."""
    return bool(vocabulary().keys("rows", "mean") & set(key(f"{heading.title} {heading.question}").split()))


def _is_of_estonia(table: Table) -> bool:
    """Whether regions of Estonia stand beside the totals of a table: then the totals are those of the country."""
    rows = (row.cells["survey_region"].text for row in table.rows if "survey_region" in row.cells)
    named = {found.name for text in rows if (found := resolve_survey_region(text))}
    return len(named | {column.at for column in table.band.columns if column.at}) > 1


def _shares_in(table: Table, row: Row) -> Iterable[tuple[Column, Cell]]:
    """The cells of a row that are shares; none in a row of respondents."""
    if _is_count_row(row):
        return []
    single = [(c, row.cells["share"]) for c in table.band.columns if c.field == "share" and not c.is_one_of_many]
    cells = [*row.repeated, *single]
    return [(c, cell) for c, cell in cells if c.field == "share" and not is_missing(cell.value)]


def _count_beside(row: Row, column: Column) -> Cell | None:
    """The number of respondents in the row of a share, of its year and region or the one there is for all."""
    of_its_own = ((c.year, c.at) == (column.year, column.at) and c.field == "respondents" for c, _ in row.repeated)
    cells = (cell for (_, cell), is_own in zip(row.repeated, of_its_own, strict=True) if is_own)
    return next(cells, None) or row.cells.get("respondents")


def _counts_below(table: Table) -> dict[int, Cell]:
    """By column, the numbers of respondents of a row above or below the shares, those asked before those weighted."""
    rows = [row for row in table.rows if row.kind == "data" and _is_count_row(row)]
    rows.sort(key=_is_weighted, reverse=True)
    return {column.index: cell for row in rows for column, cell in row.repeated if cell.value is not None}


def _count_below(counts: Mapping[int, Cell], row: Row, column: Column, told: _Told) -> Cell | None:
    """The respondents of a column; among regions one under the other they are those of the whole country."""
    region = row.cells["survey_region"].text if "survey_region" in row.cells else ""
    is_of_all = not region or survey_region_of(_region(region, told))["survey_region"] == "Eesti"
    return counts.get(column.index) if is_of_all else None


def _is_count_row(row: Row) -> bool:
    label = next((cell.text for cell in row.cells.values() if isinstance(cell.value, str)), "")
    return bool(row.repeated) and field_of("shares", label) == "respondents"


def _is_weighted(row: Row) -> bool:
    """Whether a row counts respondents as they are weighted."""
    words = vocabulary().keys("rows", "weighted")
    return any(word in words for cell in row.cells.values() for word in key(cell.text).split())


def _is_in_percent(table: Table) -> bool:
    """Whether the plain numbers of a table are percentages: one of them is more than a whole."""
    rows = (row for row in table.rows if row.kind == "data")
    numbers = (read_number(cell.value).value for row in rows for _, cell in _shares_in(table, row))
    return any(number is not None and number > 1 for number in numbers)


def _read_percent(value: Value) -> Reading:
    """A share among percentages; a "%" typed beside a number says the same."""
    number = read_number(value).value
    return read_share(value if number is None else f"{number:f}%")


def _values(row: Row, told: _Told, column: Column) -> dict[str, Any]:
    texts: Mapping[str, str] = {name: cell.text for name, cell in row.cells.items()}
    heading = told.heading
    asked = column.asked or texts.get("question") or heading.question or heading.title
    said = column.answer or texts.get("answer")
    header = "" if column.is_one_of_many else column.header
    return {
        **series_of(heading),
        **survey_region_of(_region(column.at or texts.get("survey_region", ""), told)),
        "wave": column.year or texts.get("wave") or year_of(heading),
        "question": code_of(asked) or "other",
        "answer": published_answer(said, told.numbers) if said else _stated(f"{header} {asked}", asked, heading.title),
    }


def _stated(*texts: str) -> str:
    """What the first of some texts that says so counts; a question counts no answers."""
    answers = (published_answer(text) for text in texts if not is_question_mark(text))
    return next((answer for answer in answers if answer != "unstated"), "unstated")


def _region(text: str, told: _Told) -> str:
    """The region of a share; a total among the regions of Estonia is that of Estonia."""
    is_total = told.is_of_estonia and key(text) in vocabulary().keys("rows", "total") | vocabulary().keys("rows", "all")
    return "Eesti" if is_total else text
