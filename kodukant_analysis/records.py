"""Records: the first waist. What the sheets say, as six tables of a fixed shape, with issues and sheets beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

PROVENANCE: Final = {"source_file": "string", "source_sheet": "string", "source_row": "Int64"}
REGION: Final = dict.fromkeys(
    ("prefecture", "county_code", "municipality_code", "municipality_code_then", "place_code", "place"), "string"
)

_COLUMNS: Final[dict[str, dict[str, str]]] = {
    "discussions": {
        "string": "discussion_id programme status method language lead_officer_key space_holder_key venue"
        " space_holder_county_code channels follow_up_of",
        "date": "planned_on held_on summary_sent_on",
        "time": "starts_at ends_at",
        "Int64": "police_team invited registered attendees summary_recipients",
        "boolean": "has_local_leader has_room is_attendees_approximate",
    },
    "attendance": {
        "string": "discussion_id sector group person_key organisation",
        "Int64": "attendees discussion_groups",
        "boolean": "is_approximate in_opening_ring in_closing_ring is_bee is_butterfly is_first_time is_absent",
    },
    "topics": {
        "string": "topic_id discussion_id title category other_categories pillar raised_by next_step",
        "Int64": "topic_no round participants points rank solutions",
        "boolean": "has_summary",
    },
    "actions": {
        "string": "action_id discussion_id topic_id action owners sectors due_kind due_as_typed status status_as_typed",
        "date": "agreed_on due_on done_on reported_on",
        "Float64": "progress_share",
    },
    "answers": {
        "string": "series wave respondent_key survey_region question question_as_asked scale stratum cluster language"
        " sex age_group",
        "date": "fielded_from fielded_to",
        "Float64": "answer score weight",
        "boolean": "is_positive is_dont_know",
    },
    "shares": {
        "string": "series wave survey_region question answer",
        "date": "fielded_from fielded_to",
        "Float64": "share",
        "Int64": "respondents",
    },
}

_ORDER: Final = {
    "discussions": "discussion_id programme status planned_on held_on starts_at ends_at venue method language"
    " lead_officer_key police_team space_holder_key space_holder_county_code has_local_leader has_room channels invited"
    " registered attendees is_attendees_approximate summary_sent_on summary_recipients follow_up_of",
    "attendance": "discussion_id sector group attendees is_approximate person_key organisation in_opening_ring"
    " in_closing_ring discussion_groups is_bee is_butterfly is_first_time is_absent",
    "topics": "topic_id discussion_id topic_no title category other_categories pillar raised_by round participants"
    " points rank has_summary solutions next_step",
    "actions": "action_id discussion_id topic_id action owners sectors agreed_on due_on due_kind due_as_typed status"
    " status_as_typed done_on progress_share reported_on",
    "answers": "series wave fielded_from fielded_to respondent_key survey_region question question_as_asked scale"
    " answer score is_positive is_dont_know weight stratum cluster language sex age_group",
    "shares": "series wave fielded_from fielded_to survey_region question answer share respondents",
}


def _schema(table: str) -> dict[str, str]:
    kind_of = {name: kind for kind, names in _COLUMNS[table].items() for name in names.split()}
    return {**PROVENANCE, **REGION, **{name: kind_of[name] for name in _ORDER[table].split()}}


RECORD_TABLES: Final = tuple(_COLUMNS)
SCHEMAS: Final[dict[str, dict[str, str]]] = {table: _schema(table) for table in RECORD_TABLES} | {
    "issues": dict.fromkeys(
        ["source_file", "source_sheet", "cell", "dataset", "column", "severity", "rule", "found", "message"],
        "string",
    ),
    "sheets": {
        **dict.fromkeys(["source_file", "source_sheet", "dataset"], "string"),
        **dict.fromkeys(
            ["header_row", "first_row", "last_row", "rows_read", "rows_kept", "rows_set_aside", "rows_skipped"],
            "Int64",
        ),
        **dict.fromkeys(["unknown_headers", "layout"], "string"),
    },
}


@dataclass(frozen=True, order=True)
class Issue:
    """One thing somebody can mend: where it stands, the rule it breaks, what was found (personal data masked).

    `hint` is what its owner may have meant; it is shown in the message and never applied.
    """

    source_file: str
    source_sheet: str = ""
    cell: str = ""
    rule: str = ""
    found: str = ""
    dataset: str = ""
    column: str = ""
    hint: str = ""


@dataclass(frozen=True)
class SheetAccount:
    """One table found in a file, with what became of its rows: read = kept + set aside + skipped."""

    source_file: str
    source_sheet: str
    dataset: str
    header_row: int | None
    first_row: int | None
    last_row: int | None
    rows_read: int
    rows_kept: int
    rows_set_aside: int
    rows_skipped: int
    unknown_headers: str
    layout: str


def to_frame(table: str, rows: Iterable[Mapping[str, Any]]) -> "pd.DataFrame":
    """Rows of plain values as the frame of a table: all columns of the contract, nullable types, in source order.

    Dates become `datetime64[us]`, times of day text "HH:MM"; a column no row has is wholly missing.
    """
    import pandas as pd  # here, so that the processes that read spreadsheets stay light

    frame = pd.DataFrame.from_records(list(rows), columns=list(SCHEMAS[table]))
    return pd.DataFrame({name: _typed(frame[name], kind) for name, kind in SCHEMAS[table].items()})


def completed(table: str, frame: "pd.DataFrame") -> "pd.DataFrame":
    """A frame with all columns of its table: those it lacks are there, wholly missing; others stay as they are.

    A table of another name than ours comes back as it is.
    """
    lacking = [name for name in SCHEMAS.get(table, {}) if name not in frame.columns]
    return frame.assign(**dict(to_frame(table, [{}] * len(frame))[lacking].set_axis(frame.index))) if lacking else frame


def _typed(column: "pd.Series[Any]", kind: str) -> "pd.Series[Any]":
    import pandas as pd

    if kind == "date":
        return pd.to_datetime(column, format="%Y-%m-%d").astype("datetime64[us]")
    if kind == "time":
        return column.map(lambda moment: moment.strftime("%H:%M"), na_action="ignore").astype("string")
    return column.astype(pd.api.types.pandas_dtype(kind))
