"""Subject: whether a table speaks of our discussions and surveys, or only has columns like those that do."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

from kodukant_analysis.loaders.cells import is_missing
from kodukant_analysis.loaders.questions import asks, code_of
from kodukant_analysis.loaders.rows import NEEDED, Cell
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key
from kodukant_analysis.places import resolve_place

# Fields that other tables hardly have, by dataset.
_TELLING: Final[Mapping[str, frozenset[str]]] = {
    "discussions": frozenset({"programme", "method", "lead_officer", "police_team", "space_holder", "has_local_leader"})
    | {"space_holder_county", "channels", "summary_sent_on", "summary_recipients", "follow_up_no", "group_count"},
    "attendance": frozenset({"in_opening_ring", "in_closing_ring", "discussion_groups", "is_bee", "is_butterfly"})
    | {"is_first_time", "group_count", "count_at"},
    "topics": frozenset({"round", "discussion_no"}),
    "actions": frozenset({"discussion_no"}),
    "answers": frozenset({"survey_region"}),
    "shares": frozenset(),
}
# Fields whose values are groups; police, municipality and villagers at one table are ours.
_OF_GROUPS: Final = ("group", "owners", "partners", "raised_by")
_OURS: Final = frozenset({"police", "assistant_police", "local_government", "resident", "village_elder"}) | {
    "neighbourhood_watch",
    "volunteer_rescuer",
    "ngo_housing",
}
_OF_NO_WEIGHT: Final = frozenset({"row_no", "notes", "personal", "signature", "station", "weekday", "timestamp"})
_WHERE: Final = frozenset({"held_on", "planned_on", "place", "municipality", "settlement", "discussion_no", "presence"})
_PLACES: Final = ("place", "municipality", "settlement")
_SAMPLE: Final = 60
_FEWEST: Final = 3


def ours_and_others(tables: Iterable[Table]) -> tuple[list[Table], list[Table]]:
    """The tables of a workbook that are ours, and those of which that is not certain.

    One that is certain vouches for the others of its workbook. Tables of codes and guides are no datasets.
    """
    tables = list(tables)
    datasets = [table for table in tables if table.dataset in _TELLING]
    if any(_is_certain(table) for table in datasets):
        return tables, []
    others = [table for table in datasets if any(row.kind == "data" for row in table.rows) and not _may_be(table)]
    return [table for table in tables if table not in others], others


def _is_certain(table: Table) -> bool:
    fields = {column.field for column in table.band.columns}
    return bool(fields & _TELLING[table.dataset]) or _is_named(table) or _has_our_words(table)


def _is_named(table: Table) -> bool:
    """Whether a word of our subject stands in the names of file and sheet, over the table or in its headers."""
    texts = [table.sheet.file, table.sheet.name, *(cell.text for cell in table.headings)]
    texts += [column.header for column in table.band.columns]
    stems = vocabulary().words["subject"]["stems"]
    words = [word for text in texts for word in key(text).replace("_", " ").split()]
    return any(word.startswith(stem) for word in words for stem in stems)


def _has_our_words(table: Table) -> bool:
    """Whether the values tell of our groups, or a survey asks one of our questions."""
    if table.dataset in {"answers", "shares"}:
        asked = [column.header for column in table.band.columns if not column.field and asks(column.header)]
        texts = [*asked, *(cell.text for cell in _values(table, ("question",)))]
        return any(code_of(text) not in {None, "other"} for text in texts)
    guessed = {column.field for column in table.band.columns if column.by_values and _is_guessed(table)}
    named = [field for field in _OF_GROUPS if field not in guessed]
    groups = (vocabulary().values["group"].find(cell.text) for cell in _values(table, named))
    return not _OURS.isdisjoint(groups) or (table.dataset == "topics" and _is_about_safety(table, "title"))


def _is_guessed(table: Table) -> bool:
    """Whether no header names the texts without which a table is not of its dataset: any texts are like those."""
    needed = [column for column in table.band.columns if column.field in NEEDED[table.dataset]]
    return table.dataset in {"actions", "topics"} and all(column.by_values for column in needed)


def _is_about_safety(table: Table, field: str) -> bool:
    """Whether at least half of the texts are of our categories."""
    texts = _values(table, (field,))
    known = [vocabulary().values["category"].find(cell.text) not in {None, "other"} for cell in texts]
    return sum(known) * 2 >= len(known) > 0


def _may_be(table: Table) -> bool:
    """Whether a table without any sign of us has nothing else in it either, and is about a place and a day of ours."""
    columns = [column for column in table.band.columns if column.field not in _OF_NO_WEIGHT]
    fields = {column.field for column in columns}
    if "" in fields or len(fields) < _FEWEST or table.dataset in {"answers", "shares"} or _is_guessed(table):
        return False
    if table.dataset == "attendance" and not fields & _WHERE:
        return False
    places = [cell for cell in _values(table, _PLACES) if not is_missing(cell.value)]
    if table.dataset == "actions" and not places:
        return _is_about_safety(table, "action")
    known = sum(resolve_place(cell.text).municipality_code is not None for cell in places)
    return known * 2 >= len(places)


def _values(table: Table, fields: Iterable[str]) -> list[Cell]:
    rows = islice((row for row in table.rows if row.kind == "data"), _SAMPLE)
    return [row.cells[name] for row in rows for name in fields if name in row.cells and row.cells[name].text]
