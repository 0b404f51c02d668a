"""Groups: which people a word or a column means, and which side of the table they sit on."""

from collections.abc import Iterable
from typing import Final

from kodukant_analysis.loaders.cells import codes_in, is_missing
from kodukant_analysis.loaders.drafts import Ledger
from kodukant_analysis.loaders.rows import Cell, Row
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.titles import place_in
from kodukant_analysis.loaders.vocabulary import cached_by_words, vocabulary
from kodukant_analysis.loaders.wording import key
from kodukant_analysis.places import resolve_place

UNMAPPED = "unmapped"


_LOCAL_GOVERNMENT: Final = "local_government"


@cached_by_words
def sector_of(group: str) -> str:
    """The sector of a group; data, so that who counts as community is not decided here."""
    return next((sector for sector, groups in vocabulary().values["sectors"].codes.items() if group in groups), "other")


def read_group(table: Table, cell: Cell | None, ledger: Ledger) -> str | None:
    """The one group a cell names; `unmapped` with an issue when its words are in no vocabulary."""
    if cell is None or is_missing(cell.value):
        return None
    groups, unknown = codes_in("group", cell.value)
    _note_unknown(table, cell, unknown, ledger)
    return groups[0] if groups else UNMAPPED


def read_owners(table: Table, cell: Cell | None, ledger: Ledger) -> list[str]:
    """All groups that a cell names as owners ("politsei, vald"); a municipality owns by its government."""
    if cell is None or is_missing(cell.value):
        return []
    groups, unknown = codes_in("group", cell.value)
    towns = [word for word in unknown if _is_municipality(word)]
    _note_unknown(table, cell, [word for word in unknown if word not in towns], ledger)
    return groups + ([_LOCAL_GOVERNMENT] if towns else []) or [UNMAPPED]


def group_of(table: Table, row: Row, ledger: Ledger) -> str | None:
    """The group of a person: as typed, by the office, by the section of the list, at last by the organisation.

    Whoever is but near a group or was in it does not belong to it, whatever the organisation.
    """
    group = read_group(table, row.cells.get("group"), ledger)
    offices = [
        cell for name in ("role", "organisation") if (cell := row.cells.get(name)) and not is_missing(cell.value)
    ]
    told = [cell for cell in offices if _tells_group(cell)]
    if group or (row.section.group and row.cells.get("role") not in told):
        return group or row.section.group
    return read_group(table, next(iter([*told, *offices]), None), ledger)


def _note_unknown(table: Table, cell: Cell, words: Iterable[str], ledger: Ledger) -> None:
    """An issue at words that are in no vocabulary; a person's name is none, and is nobody's business."""
    if [word for word in words if not ledger.detector.kinds(word)]:
        ledger.add("unknown-group", table, cell)


def _tells_group(cell: Cell) -> bool:
    """Whether a cell names a group, or somebody near one."""
    is_near = not vocabulary().keys("kin", "words").isdisjoint(key(cell.text).split())
    return is_near or bool(codes_in("group", cell.value)[0])


def _is_municipality(text: str) -> bool:
    """Whether a text is the whole name of a municipality: "Hiiumaa vald"."""
    kinds = vocabulary().keys("rows", "municipality")
    is_whole = not kinds.isdisjoint(key(text).split()) and place_in(text) == text
    return is_whole and resolve_place(text).municipality_code is not None
