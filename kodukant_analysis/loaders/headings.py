"""Headings: what the cells above and below a table say of all its rows: place, day, wave, state as at."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, TypeVar

from kodukant_analysis.loaders.cells import code_reader, read_date
from kodukant_analysis.loaders.columns import field_of
from kodukant_analysis.loaders.dates import find_days, read_day
from kodukant_analysis.loaders.drafts import Ledger, read_cell
from kodukant_analysis.loaders.questions import code_of, is_question_mark, without_code
from kodukant_analysis.loaders.rows import Cell, Row, leading_word
from kodukant_analysis.loaders.sections import round_in
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.titles import names_meeting, place_in, tells_plan, told_by_title
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key
from kodukant_analysis.places import is_prefecture_undecidable, resolve_county, resolve_place, resolve_prefecture

_SHORT_DAY: Final = re.compile(r"\d{1,2}\.\d{1,2}\.?$")
# What the people or the topics of a single meeting are delivered as.
_OF_A_DISCUSSION: Final = frozenset({"attendance", "topics"})
_Told = TypeVar("_Told")
_LABEL: Final = re.compile(r"^([^:]{2,40}):\s*(.*)$")
_PARTS: Final = re.compile(r"\s+[–—-]\s+|:\s+|;")
_DATE: Final = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.\s*[^\W\d]+\s+\d{4}")
_FILE_DATE: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_FILE_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Heading:
    """What a table's surroundings say; None or "" where they say nothing."""

    place: str = ""
    county: str = ""
    prefecture: str = ""
    number: str | None = None
    day: date | None = None
    reported_on: date | None = None
    fielded: tuple[date, date] | None = None
    series: str = ""
    question: str = ""
    title: str = ""
    file: str = ""
    round: int | None = None
    year: int | None = None
    titled: int | None = None
    is_plan: bool = False
    told: Mapping[str, Any] = field(default_factory=dict)


def read_heading(table: Table) -> Heading:
    """What stands above a table, the nearest to it last, completed from below it and from the file's name."""
    file = re.sub(r"[\W\d_]+", " ", table.sheet.file.rpartition("/")[2].partition(".")[0]).strip()
    programmes = vocabulary().values["programme"]
    named = [cell.text for cell in table.headings if not cell.label or programmes.exact(cell.text)]
    texts = [" ".join(named), table.sheet.name, table.sheet.file]
    asked = _asked_over(table.headings)
    titled = _first_told([cell.text for cell in [*asked, *table.headings[:1]]], _year_in)
    year = _first_told(texts[1:] + texts[:1], _year_in)
    heading = Heading(title=_title(table.headings), file=file, year=year, titled=titled)
    heading = replace(heading, question=without_code(asked[0].text) if asked else "")
    texts[2] = file
    told = {name: code for text in reversed(texts) for name, code in told_by_title(text).items()}
    heading = replace(heading, round=_first_told([cell.text for cell in reversed(table.headings)], round_in))
    heading = replace(heading, is_plan=bool(_first_told([*_alone(table.headings), *texts], tells_plan)), told=told)
    by_sheet = heading_of(table.sheet.name)
    heading = replace(heading, reported_on=by_sheet.reported_on)
    for cell, label in _labelled(table.headings):
        heading = _with(heading, cell, label)
    for cell, label in _labelled(table.closing):
        said = _with(Heading(), cell, label)
        heading = replace(
            heading, reported_on=heading.reported_on or said.reported_on, series=heading.series or said.series
        )
    day = by_sheet.day if by_sheet.reported_on else _day_in_name(table.sheet.name, heading.year)
    heading = replace(heading, day=heading.day or day)
    heading = heading if heading.place or heading.county else replace(heading, place=place_in(table.sheet.name))
    is_told = table.dataset in _OF_A_DISCUSSION and not (heading.place or heading.county or heading.day)
    return replace(heading, **_told_by_file(file, table.sheet.file)) if is_told else heading


def heading_of(text: str) -> Heading:
    """What a single text says of a discussion: "Halinga 17.03.2016"."""
    return _with(Heading(), Cell(text, 0, 0), "")


def heading_at(text: str, over: Heading) -> Heading:
    """What a text over a column says of a discussion, within what the heading over the whole table says."""
    said = heading_of(text)
    return replace(said, county=said.county or over.county, prefecture=said.prefecture or over.prefecture)


def read_meeting_day(table: Table, row: Row, heading: Heading, ledger: Ledger) -> date | None:
    """The day of the discussion a row belongs to: typed in the row, or in the heading over it."""
    cell = row.cells.get("held_on")
    day = read_cell(cell, lambda value: read_date(value, heading.year), table, ledger).value if cell else None
    return day or heading.day


def file_date(file: str) -> date | None:
    """The day that a file's name bears ("tegevuskava_2016-12-31.xlsx", "seisuga 31.12.2016"), or None."""
    name = file.rpartition("/")[2].rpartition(".")[0]
    found = _FILE_DATE.search(name)
    return read_day("-".join(found.groups())) if found else next(iter(find_days(name.replace("_", " "))), None)


def _title(cells: Iterable[Cell]) -> str:
    """The first heading that is no label, without its dates and years: what an unknown survey is called by."""
    texts = (cell.text for cell in cells if isinstance(cell.value, str) and not cell.label)
    first = next((text for text in texts if not text.endswith(":")), "")
    return _FILE_YEAR.sub("", _DATE.sub("", first)).strip(" .,")


def _asked_over(cells: Sequence[Cell]) -> list[Cell]:
    """The nearest heading that is a question of a survey and stands in its row alone; none where there is none."""
    rows = Counter(cell.row for cell in cells)
    alone = [cell for cell in reversed(cells) if rows[cell.row] == 1 and isinstance(cell.value, str)]
    return [cell for cell in alone if is_question_mark(cell.text) or code_of(cell.text)][:1]


def _alone(cells: Sequence[Cell]) -> list[str]:
    """The texts that stand in their rows alone, as titles do, the nearest to the table first."""
    rows = Counter(cell.row for cell in cells)
    return [cell.text for cell in reversed(cells) if rows[cell.row] == 1 and isinstance(cell.value, str)]


def _labelled(cells: Iterable[Cell]) -> Iterator[tuple[Cell, str]]:
    """Each cell with the label before it: "Koht: Halinga" in one cell or in two neighbours."""
    label, row = "", 0
    for cell in cells:
        typed = _LABEL.match(cell.text)
        if cell.label:
            yield cell, cell.label
        elif typed and not typed[2]:
            label, row = typed[1], cell.row
        elif typed and (_is_label(typed[1])):
            yield cell._replace(value=typed[2]), typed[1]
        else:
            yield cell, label if cell.row == row else ""


def _is_label(text: str) -> bool:
    words = vocabulary().words["rows"]
    steering = any(
        key(text) in map(key, words[name]) for name in ("reported", "source", "question", "fielded", "author")
    )
    return steering or bool(field_of("discussions", text))


def _with(heading: Heading, cell: Cell, label: str) -> Heading:
    for name, read in _STEERED.items():
        if _starts_with(label or cell.text, name):
            return read(heading, cell)
    return _by_label(heading, cell, field_of("discussions", label)) if label else _by_content(heading, cell)


def _by_label(heading: Heading, cell: Cell, field: str) -> Heading:
    if field in {"held_on", "planned_on"}:
        return replace(heading, day=read_day(cell.value, heading.year) or heading.day)
    if field in {"place", "municipality", "settlement"}:
        if heading.place and not place_in(cell.text):
            return heading
        place = f"{heading.place}, {cell.text}" if heading.place and field == "municipality" else cell.text
        return replace(heading, place=place)
    if field == "discussion_no":
        return replace(heading, number=cell.text)
    if field == "county":
        return replace(heading, county=cell.text)
    return replace(heading, prefecture=cell.text) if field == "prefecture" else heading


def _by_content(heading: Heading, cell: Cell) -> Heading:
    days = [day] if (day := read_day(cell.value)) else list(find_days(cell.text))
    series = code_reader("series")(cell.text).value
    if len(days) == 2 and series:
        heading = replace(heading, fielded=(days[0], days[1]))
    elif days:
        heading = replace(heading, day=days[0])
    if series:
        return replace(heading, series=series)
    if resolve_prefecture(cell.text) or is_prefecture_undecidable(cell.text):
        return replace(heading, prefecture=cell.text)
    return _with_place(heading, _DATE.sub("", cell.text))


def _with_place(heading: Heading, text: str) -> Heading:
    """A place or a county; after a dash ("Arutelu – Saaremaa") a name that may be either is a place."""
    parts = [part.strip(" ,.") for part in _PARTS.split(text)]
    for part in reversed(parts):
        place = place_in(part)
        is_county = len(parts) == 1 and not resolve_place(place).municipality_code
        if resolve_county(part) and (heading.place or is_county):
            return replace(heading, county=part)
        if place:
            return replace(heading, place=place)
    return heading


def _reported(heading: Heading, cell: Cell) -> Heading:
    if day := read_day(cell.value):
        return replace(heading, reported_on=day)
    before, after = _around_reported(cell.text)
    days, earlier = list(find_days(after)), list(find_days(before))
    if not days and not after.strip(" .,"):
        return replace(heading, reported_on=earlier[-1]) if earlier else heading
    heading = replace(heading, day=earlier[0]) if earlier else heading
    return replace(heading, reported_on=days[0]) if days else heading


def _around_reported(text: str) -> tuple[str, str]:
    """The text before and after the last word that announces the day of a state."""
    words = sorted(vocabulary().words["rows"]["reported"], key=len, reverse=True)
    found = list(re.finditer("|".join(rf"\b{re.escape(word)}\b" for word in words), text, re.IGNORECASE))
    return (text[: found[-1].start()], text[found[-1].end() :]) if found else ("", text)


def _fielded(heading: Heading, cell: Cell) -> Heading:
    days = sorted([*find_days(cell.text), *(heading.fielded or ())])
    return replace(heading, fielded=(days[0], days[-1])) if days else heading


def _source(heading: Heading, cell: Cell) -> Heading:
    return replace(heading, series=code_reader("series")(cell.text).value or heading.series)


def _question(heading: Heading, cell: Cell) -> Heading:
    text = _LABEL.match(cell.text)
    return replace(heading, question=text[2] if text else cell.text)


_STEERED: Final[dict[str, Callable[[Heading, Cell], Heading]]] = {
    "reported": _reported,
    "author": lambda heading, _: heading,
    "fielded": _fielded,
    "source": _source,
    "question": _question,
}


def _starts_with(text: str, name: str) -> bool:
    """Whether a text begins with one of the steering words; those of a state have its day behind them, anywhere."""
    typed, words = key(text), vocabulary().keys("rows", name)
    if typed in words or (name != "reported" and leading_word(text, words)):
        return True
    beside_day = (rf"\b{re.escape(word)} \d|\d {re.escape(word)}$" for word in words)
    return name == "reported" and any(re.search(pattern, typed) for pattern in beside_day)


def _day_in_name(name: str, year: int | None) -> date | None:
    """The day that a sheet's name bears; one without its year only beside a place ("Halinga 17.03")."""
    days, short = list(find_days(name)), _SHORT_DAY.search(name)
    if short and not days and place_in(name[: short.start()]):
        return read_day(short[0], year)
    return days[0] if len(days) == 1 else None


def _told_by_file(words: str, file: str) -> dict[str, Any]:
    """The place and the day of a file whose name tells of one meeting: "Maardu ümarlaud 12.09.2017"."""
    place, day = place_in(words), file_date(file)
    return {"place": place, "day": day} if place and day and names_meeting(words) else {}


def _first_told(texts: Iterable[str], tell: Callable[[str], _Told | None]) -> _Told | None:
    """What the first text that tells anything tells."""
    return next((told for text in texts if (told := tell(text)) is not None), None)


def _year_in(text: str) -> int | None:
    years = set(_FILE_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None
