"""Headers: rows of a sheet that name columns. Which dataset they belong to and which field each column feeds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from kodukant_analysis.loaders.columns import (
    YEAR,
    Column,
    field_of,
    fields_of,
    header_text,
    is_named_exactly,
)
from kodukant_analysis.loaders.counts import is_part
from kodukant_analysis.loaders.crosstabs import are_days, corner, read_column, with_marks, with_states
from kodukant_analysis.loaders.dates import read_day
from kodukant_analysis.loaders.evidence import held_against, is_word_of, told_by_values
from kodukant_analysis.loaders.glances import said_over
from kodukant_analysis.loaders.parts import with_team, without_parts
from kodukant_analysis.loaders.questions import asks
from kodukant_analysis.loaders.rivals import with_groups_told
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.surveys import is_survey, of_shares
from kodukant_analysis.loaders.vocabulary import DATASETS, vocabulary
from kodukant_analysis.loaders.wording import key

_OF_THE_FORM: Final = frozenset({"timestamp", "paradata"})
_PLACE: Final = frozenset({"place", "municipality", "settlement", "county"})
_ABOUT_PERSON: Final = frozenset(
    [
        "group",
        "group_mark",
        "presence",
        "in_opening_ring",
        "in_closing_ring",
        "discussion_groups",
        "is_first_time",
        "is_bee",
        "is_butterfly",
        "discussion_no",
    ]
)
_ABOUT_ACTION: Final = frozenset({"owners", "owner_mark", "due_on", "status", "status_mark", "done_on", "reported_on"})
_ABOUT_RESPONDENT: Final = frozenset({"survey_region", "wave", "sex", "age_group", "cluster", "county"})
_ABOUT_TOPIC: Final = frozenset(
    [
        "topic_no",
        "raised_by",
        "points",
        "participants",
        "rank",
        "next_step",
        "summary",
        "solutions",
        "category",
        "round",
        "discussion_no",
        "points_at",
        "topic_at",
    ]
)

# A header row belongs to a dataset if it has a field of each set of one of the dataset's signatures.
SIGNATURES: Final[Mapping[str, tuple[tuple[frozenset[str], ...], ...]]] = {
    "actions": ((frozenset({"action"}), _ABOUT_ACTION),),
    "topics": ((frozenset({"title"}), _ABOUT_TOPIC),),
    "attendance": (
        (frozenset({"name", "first_name"}), _ABOUT_PERSON | {"count_at"}),
        (frozenset({"name", "first_name"}), frozenset({"role"}), frozenset({"organisation"})),
        (frozenset({"name", "first_name"}), frozenset({"signature"}), frozenset({"organisation"})),
        (frozenset({"group"}), _ABOUT_PERSON - {"group", "group_mark"} | {"attendees", "count_at"}),
        (frozenset({"group_count"}), _PLACE | {"held_on"}),
    ),
    "discussions": (
        (frozenset({"held_on", "planned_on"}), _PLACE | {"discussion_no"}),
        (_PLACE | {"held_on"}, frozenset({"attendees_at"})),
    ),
    "answers": (
        (frozenset({"respondent_no", "weight"}), _ABOUT_RESPONDENT),
        (
            frozenset({"question", "question_code"}),
            frozenset({"answer"}),
            _ABOUT_RESPONDENT | {"respondent_no", "weight", "timestamp"},
        ),
    ),
    "shares": ((frozenset({"survey_region", "answer", "question", "wave"}), frozenset({"share"})),),
    "codes": ((frozenset({"code_value"}), frozenset({"code_label"})),),
}
# A table that tells how to fill in another sheet: no dataset, it holds no records.
GUIDE: Final = "guide"
MAX_BAND: Final = 3
_SHARED: Final = frozenset({"row_no", "notes", "personal", "signature"})
# What may stand left of the days of a crosstab.
_BESIDE_DAYS: Final = _PLACE | {"group", "held_on", "name"}
_MIN_KNOWN: Final = 0.4
_MAX_HEADER: Final = 120
_OF_COUNTS: Final = frozenset({"actions", "topics", "attendance", "discussions"})
_MARK: Final = re.compile(r"[xх+✓✔]", re.IGNORECASE)
_NUMERIC: Final = re.compile(r"[+~-]?\d[\d\s.,:/–-]*%?(?:\s?г\.)?")


@dataclass(frozen=True)
class Band:
    """Header rows with what they were understood as; `score` grows with the fields that were recognised."""

    first: int
    last: int
    dataset: str
    columns: tuple[Column, ...]
    score: float


def read_band(sheet: Sheet, row: int, datasets: Sequence[str] = DATASETS) -> Band | None:
    """The header rows that start at a row, or None when the row starts no header of any of the datasets."""
    if guide := _guide(sheet, row):
        return guide
    height = 0
    while height < MAX_BAND and _may_be_header(sheet, row + height):
        height += 1
    heights = [h for h in range(1, height + 1) if said_over(sheet, row, row + h - 1) >= _fewest(sheet, row)]
    bands = [band for h in heights if (band := _best(sheet, row, h, datasets))]
    best = max(bands, key=lambda band: (band.score, -band.last), default=None)
    return best and replace(best, columns=told_by_values(sheet, best.last, best.dataset, best.columns))


def _guide(sheet: Sheet, row: int) -> Band | None:
    """The header of a guide: all its words are those of guides."""
    columns = range(1, sheet.width + 1)
    headers = {column: header_text(value) for column in columns if (value := sheet.value(row, column)) is not None}
    if len(headers) < 2 or not vocabulary().keys("guide", "headers").issuperset(map(key, headers.values())):
        return None
    return Band(row, row, GUIDE, tuple(Column(column, GUIDE, header) for column, header in headers.items()), 0)


def _may_be_header(sheet: Sheet, row: int) -> bool:
    """Whether a row has nothing in it but what headers are made of, and says anything that headers say."""
    return are_days(sheet, row) or (_is_of_labels(sheet, row) and said_over(sheet, row, row) > 0)


def _is_of_labels(sheet: Sheet, row: int) -> bool:
    filled = [value for column in range(1, sheet.width + 1) if (value := sheet.value(row, column)) is not None]
    may_begin = isinstance(filled[0], str) or all(YEAR.fullmatch(header_text(v)) for v in filled) if filled else False
    if len(filled) < 2 or not may_begin or (len(filled) == 2 and str(filled[0]).rstrip().endswith(":")):
        return False
    data = [value for value in filled if _is_data(value)]
    days_may_be_headers = bool(data) and field_of("attendance", str(filled[0])) in _BESIDE_DAYS
    return all(days_may_be_headers and read_day(value) for value in data)


def _best(sheet: Sheet, row: int, height: int, datasets: Sequence[str]) -> Band | None:
    rows = (row, row + height - 1)
    stacks = {c: stack for c in range(1, sheet.width + 1) if (stack := _stack(sheet, row, height, c))}
    stacks = corner(sheet, rows, stacks) | stacks
    named = {dataset: columns for dataset in datasets if (columns := _named(sheet, rows, dataset, stacks))}
    bands = [_band(sheet, rows, dataset, columns) for dataset, columns in named.items()]
    if not any(bands):
        told = {dataset: told_by_values(sheet, rows[1], dataset, columns) for dataset, columns in named.items()}
        bands = [_band(sheet, rows, dataset, columns) for dataset, columns in told.items()]
    return max((band for band in bands if band), key=lambda band: band.score, default=None)


def _stack(sheet: Sheet, row: int, height: int, column: int) -> tuple[str, ...]:
    """The header texts over a column from top to bottom; a merged or left-standing parent counts for all it covers."""
    texts = []
    for r in range(row, row + height):
        value = sheet.value(r, column)
        below = any(sheet.value(lower, column) is not None for lower in range(r + 1, row + height))
        value = _parent(sheet, r, column) if value is None and below else value
        texts.append(header_text(value))
    return tuple(dict.fromkeys(filter(None, texts)))


def _parent(sheet: Sheet, row: int, column: int) -> Value:
    if sheet.merges:
        box = sheet.merged_homes.get((row, column))
        return sheet.value(box[0], box[1]) if box else None
    return next((v for c in range(column - 1, 0, -1) if (v := sheet.value(row, c)) is not None), None)


def _named(sheet: Sheet, rows: tuple[int, int], dataset: str, stacks: Mapping[int, Sequence[str]]) -> list[Column]:
    """The columns as their headers name them; none where too few do to go by."""
    read = [read_column(sheet, rows[1], dataset, (column, stack)) for column, stack in stacks.items()]
    if dataset in _OF_COUNTS:
        read = without_parts(sheet, rows[1], with_marks(sheet, rows[1], with_team(read)))
    read = with_states(sheet, rows[1], read) if dataset == "actions" else read
    read = with_groups_told(sheet, rows[1], dataset, read)
    columns = list(_first_of_each(dataset, [held_against(sheet, rows[1], dataset, column) for column in read]))
    columns = of_shares(sheet, rows, columns) if dataset == "shares" else columns
    return columns if sum(bool(column.field or column.asked) for column in columns) >= _fewest(sheet, rows[0]) else []


def _fewest(sheet: Sheet, row: int) -> int:
    """How many columns must be known to go by: one will do where no row above can be one of a table."""
    return 1 if row <= sheet.first_wide_row else 2


def _band(sheet: Sheet, rows: tuple[int, int], dataset: str, columns: Sequence[Column]) -> Band | None:
    if not _is_understood(dataset, columns):
        return None
    if rows[0] < rows[1] and not _are_header_rows(sheet, rows, dataset, columns):
        return None
    return Band(*rows, dataset, tuple(columns), _score(dataset, columns) + 0.1 * (rows[1] - rows[0]))


def _is_understood(dataset: str, columns: Sequence[Column]) -> bool:
    """Whether enough of the columns are known, those among them that make the dataset; a survey may ask anything."""
    known = [column for column in columns if column.field or column.asked]
    asked = [column for column in columns if dataset == "answers" and column not in known and asks(column.header)]
    few = 1 if is_survey(columns) else 2
    enough = len(known) >= max(few, _MIN_KNOWN * (len(columns) - len(asked)))
    return enough and (_signed(dataset, known) or is_survey(columns))


def _score(dataset: str, columns: Sequence[Column]) -> float:
    """How much speaks for a dataset: its own fields in full, shared ones and those told by values in half."""
    known = [column for column in columns if column.field]
    own = vocabulary().headers[dataset].codes
    fields = len({column.field for column in known} & own.keys())
    half = sum(c.by_values or c.field in _PLACE | _SHARED for c in known)
    many = sum(column.is_one_of_many and not column.year for column in columns)
    return fields + many - 0.5 * half


def _are_header_rows(sheet: Sheet, rows: tuple[int, int], dataset: str, columns: Sequence[Column]) -> bool:
    """Whether each of several rows names columns itself: at least half of what stands in it is understood."""
    return all(_names_columns(sheet, row, dataset, columns) for row in range(rows[0], rows[1] + 1))


def _names_columns(sheet: Sheet, row: int, dataset: str, columns: Sequence[Column]) -> bool:
    inside = [column for column in columns if sheet.value(row, column.index) is not None]
    return sum(_is_named_in(sheet, row, dataset, column) for column in inside) * 2 >= len(inside) > 0


def _is_named_in(sheet: Sheet, row: int, dataset: str, column: Column) -> bool:
    text = header_text(sheet.value(row, column.index))
    return column.is_one_of_many or column.by_values or bool(field_of(dataset, text)) or is_part(text)


def _signed(dataset: str, known: Sequence[Column]) -> bool:
    fields = {column.field for column in known}
    return any(all(fields & need for need in signature) for signature in SIGNATURES[dataset])


def _first_of_each(dataset: str, columns: Iterable[Column]) -> Iterable[Column]:
    """Each field once, exact names first: a column whose field is taken feeds the next that it may name, or none."""
    columns = list(columns)
    exact = {column.field for column in columns if column.field and is_named_exactly(dataset, column)}
    seen: set[str] = set()
    for column in columns:
        field = column.field
        is_taken = field and (field in seen or (field in exact and not is_named_exactly(dataset, column)))
        if is_taken and not (column.is_one_of_many or field in {"notes", "personal"}):
            field = next(
                (other for other in fields_of(dataset, column.header) if other not in seen | exact),
                field if field in _OF_THE_FORM else "",
            )
        seen.add(field)
        yield replace(column, field=field)


def _is_data(value: Value) -> bool:
    """Whether no header has such a value: a mark, a number or date that is no year, a text too long for a header."""
    if isinstance(value, str):
        typed = value.strip()
        is_figure = _NUMERIC.fullmatch(typed) and not YEAR.fullmatch(typed)
        return bool(is_figure or _MARK.fullmatch(typed)) or (len(typed) > _MAX_HEADER and not asks(typed))
    return isinstance(value, date | datetime) or not header_text(value)


def goes_on(sheet: Sheet, row: int, band: Band) -> bool:
    """Whether a row right below others of a table is one of them: a word that its column is for stands in it."""
    if sheet.is_blank(row - 1) or row - 1 <= band.last:
        return False
    values = ((column.field, sheet.value(row, column.index)) for column in band.columns)
    return any(isinstance(value, str) and is_word_of(band.dataset, field, value) for field, value in values)
