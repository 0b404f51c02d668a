"""Persons: the cells of a table that name somebody, in columns made for it and in others."""

from collections.abc import Iterable, Iterator
from typing import Final

from kodukant_analysis.loaders.rows import Cell
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.vocabulary import cached_by_words, known_entries
from kodukant_analysis.loaders.wording import as_typed, key
from kodukant_analysis.places import has_name_of_place
from kodukant_analysis.privacy import MASK, Detector, is_common_surname, masked_names, may_be_name, surname_words

# Columns that are there to name persons or to reach them; nothing of them is kept as text.
PERSONAL: Final = frozenset(
    {
        "name",
        "first_name",
        "last_name",
        "personal",
        "signature",
        "lead_officer",
        "space_holder",
        "has_local_leader",
        "organiser",
    }
)
_NAMES: Final = ("name", "first_name", "last_name", "lead_officer", "space_holder")
_FEWEST_DIGITS: Final = 11


def person_names(tables: Iterable[Table]) -> list[str]:
    """What stands in the name columns of the tables, and the names in other lines of cells that are mostly names."""
    return [name for table in tables for name in (*_in_name_columns(table), *_in_other_lines(table))]


def surnames_of_titles(titles: Iterable[str]) -> list[str]:
    """The surnames in the names of a file, its folders and its sheets: whoever is in one is masked in all.

    What is a place or a word of ours is nobody's: "Halinga Mari Maasikas", "Jaan Tamm tegevused".
    """
    persons = (person for title in titles for person in Detector().names(as_typed(title)))
    return [word for person in persons for word in surname_words(person) if not _is_place_or_thing(word)]


def sheet_names(names: list[str], detector: Detector) -> dict[str, str]:
    """Names of sheets without personal data; a place stays, though somebody is called as it is."""
    masked = masked_names((name for name in names if not _is_of_places(name, detector)), detector)
    return {name: masked.get(name, name) for name in names}


def are_persons(table: Table, column: int, detector: Detector) -> bool:
    """Whether at least half of the texts in a column name persons."""
    return _are_names([text for row in table.rows if (text := _text(table, row.number, column))], detector)


def hides_code(table: Table, cell: Cell, detector: Detector) -> bool:
    """Whether a cell holds a personal code by itself or, whatever its check digit, by the header over it."""
    if sum(map(str.isdigit, cell.text)) < _FEWEST_DIGITS:
        return False
    header = next((column.header for column in table.band.columns if column.index == cell.column), "")
    return any("code" in detector.kinds(text) for text in (cell.text, f"{header}: {cell.text}"))


def _is_place_or_thing(word: str) -> bool:
    return has_name_of_place(word) or (key(word) in _things() and not is_common_surname(word))


def _is_of_places(name: str, detector: Detector) -> bool:
    """Whether all that is masked in a name, and only for the surnames of a workbook, are places."""
    found = detector.names(name)
    return Detector().mask_name(name) == name and all(" " not in word and has_name_of_place(word) for word in found)


@cached_by_words
def _things() -> frozenset[str]:
    """The words of the vocabulary."""
    spellings = (entry.spelling for entry in known_entries() if not entry.spelling.startswith("~"))
    return frozenset(word for spelling in spellings for word in key(spelling).split())


def _in_name_columns(table: Table) -> Iterator[str]:
    cells = (row.cells[name] for row in table.rows for name in _NAMES if name in row.cells)
    return (cell.text for cell in cells if cell.text != MASK)


def _in_other_lines(table: Table) -> Iterator[str]:
    """The names in columns whose texts are mostly names, and in headers of which two are: lists have other shapes."""
    columns = [column for column in table.band.columns if column.field not in _NAMES]
    lines = [[text for row in table.rows if (text := _text(table, row.number, column.index))] for column in columns]
    unread = [column.header for column in columns if not column.field]
    for texts in (*lines, unread if len(unread) > 1 else []):
        names = list(filter(may_be_name, texts))
        if len(names) * 2 >= len(texts) and _are_names(texts, Detector()):
            yield from names


def _are_names(texts: list[str], detector: Detector) -> bool:
    names = (text == MASK or "name" in detector.kinds(text) for text in texts)
    return bool(texts) and sum(names) * 2 >= len(texts)


def _text(table: Table, row: int, column: int) -> str:
    value = table.value(row, column)
    return value if isinstance(value, str) else ""
