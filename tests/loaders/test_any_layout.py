"""The same records come out whatever the order of columns, the words over them and what stands around the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.workbook import load_sheets
from kodukant_analysis.privacy import PersonKeys

KEYS = PersonKeys(b"a key for tests, at least 32 bytes")
GAP: Final = 2


@dataclass(frozen=True)
class Example:
    """Rows of a dataset as typed, field by field, and what the records say of them."""

    dataset: str
    fields: tuple[str, ...]
    typed: tuple[tuple[Value, ...], ...]
    columns: tuple[str, ...]
    expected: list[tuple[Any, ...]]


ACTIONS = Example(
    "actions",
    ("action", "owners", "due_on", "status"),
    (
        ("Künnis kooli juurde", "KOV", date(2016, 12, 1), "töös"),
        ("Valgusti bussipeatusesse", "politsei, vald", "IV kv 2016", "edasi lükatud"),
        ("Kokku leppida patrullides", "konstaabel", "pidevalt", "pidev"),
        ("Talgud", "külavanem", "01.05.2017", "tehtud"),
    ),
    ("action", "owners", "due_on", "status"),
    [
        ("Künnis kooli juurde", "local_government", date(2016, 12, 1), "in_progress"),
        ("Valgusti bussipeatusesse", "local_government|police", date(2016, 12, 31), "postponed"),
        ("Kokku leppida patrullides", "police", None, "continuous"),
        ("Talgud", "village_elder", date(2017, 5, 1), "done"),
    ],
)
DISCUSSIONS = Example(
    "discussions",
    ("held_on", "municipality", "attendees", "method", "invited"),
    (
        ("29.09.2016", "Are vald", 19.0, "avatud ruum", 40.0),
        (date(2016, 12, 1), "Koonga vald", "ca 25", "ümarlaud", "60"),
        ("2. veebruar 2017", "Rapla vald", "12", "AR", None),
    ),
    ("held_on", "municipality_code_then", "attendees", "method", "invited"),
    [
        (date(2016, 9, 29), "0149", 19, "open_space", 40),
        (date(2016, 12, 1), "0334", 25, "round_table", 60),
        (date(2017, 2, 2), "0669", 12, "open_space", None),
    ],
)
TOPICS = Example(
    "topics",
    ("topic_no", "title", "points", "raised_by"),
    (
        (1.0, "Kihutamine külateel", 12.0, "elanik"),
        (2.0, "Pime bussipeatus", "7", "külavanem"),
        (3.0, "Lahtised koerad", None, "konstaabel"),
    ),
    ("topic_no", "title", "points", "raised_by"),
    [
        (1, "Kihutamine külateel", 12, "resident"),
        (2, "Pime bussipeatus", 7, "village_elder"),
        (3, "Lahtised koerad", None, "police"),
    ],
)
ATTENDANCE = Example(
    "attendance",
    ("name", "group", "in_opening_ring", "in_closing_ring"),
    (
        ("Mari Maasikas", "politsei", "x", "x"),
        ("Jaan Murakas", "vallavalitsus", "x", None),
        ("Tiit Pihlakas", "elanik", "jah", "ei"),
    ),
    ("person_key", "group", "in_opening_ring", "in_closing_ring", "attendees"),
    [
        (KEYS.key("Mari Maasikas"), "police", True, True, 1),
        (KEYS.key("Jaan Murakas"), "local_government", True, None, 1),
        (KEYS.key("Tiit Pihlakas"), "resident", True, False, 1),
    ],
)
ABOVE: tuple[list[Value], ...] = (["TURVALINE KODUKANT"], [], ["Prefektuuri kokkuvõte", None, None])
AMONG: tuple[list[Value], ...] = ([], ["Märkus: vt protokolli"])
BELOW: tuple[list[Value], ...] = (
    [],
    ["Kokku", None, None],
    ["Kokku", 57.0],
    ["Kõik kokku", None, 3.0],
    ["Koostas: nimi puudub"],
    ["Allikas: prefektuur"],
)
BESIDE: tuple[list[list[Value]], ...] = (
    [],
    [["Valikud"], ["jah"], ["ei"], ["ei tea"]],
    [["Telefonid", None], ["Häirekeskus", 112.0], ["Politsei infotelefon", 1247.0]],
)


def _spellings(dataset: str, field: str) -> list[str]:
    words = vocabulary().headers[dataset].codes[field]
    return [word for word in words if not word.startswith("~") and len(word) > 3 and "/" not in word]


def _dressed(header: str) -> st.SearchStrategy[str]:
    return st.sampled_from([header, f"{header}:", f"{header} *", header.upper(), f"  {header} ", f"{header}\u00ad"])


@st.composite
def sheets(draw: st.DrawFn, example: Example) -> Sheet:
    """A sheet with the rows of an example, its columns in any order under any words, other things around it."""
    order = draw(st.permutations(range(len(example.fields))))
    names = [example.fields[place] for place in order]
    headers = [draw(st.sampled_from(_spellings(example.dataset, name)).flatmap(_dressed)) for name in names]
    left: list[Value] = [None] * draw(st.integers(0, 2))
    cells: list[list[Value]] = [*draw(st.lists(st.sampled_from(ABOVE), max_size=3)), [*left, *headers]]
    head = len(cells) - 1
    for row in example.typed:
        cells += draw(st.lists(st.sampled_from(AMONG), max_size=1))
        if draw(st.booleans()) and draw(st.booleans()):
            cells.append([*left, *headers])
        cells.append([*left, *(row[place] for place in order)])
    cells += draw(st.lists(st.sampled_from(BELOW), max_size=3))
    _put_beside(cells, draw(st.sampled_from(BESIDE)), head, len(left) + len(headers) + GAP)
    return Sheet("Lääne prefektuur/arutelud.xlsx", "Leht1", cells)


def _put_beside(cells: list[list[Value]], side: Sequence[Sequence[Value]], first: int, column: int) -> None:
    for place, values in enumerate(side, first):
        cells += [[] for _ in range(place + 1 - len(cells))]
        cells[place] = [*cells[place], *([None] * (column - len(cells[place]))), *values]


def _facts(draft: Draft, example: Example) -> tuple[object, ...]:
    return tuple(draft.values.get(name) for name in example.columns)


def _check(sheet: Sheet, example: Example) -> None:
    found = load_sheets([sheet], sheet.file, KEYS)
    assert [_facts(draft, example) for draft in found.drafts if draft.dataset == example.dataset] == example.expected
    assert {draft.dataset for draft in found.drafts} == {example.dataset}
    for account in found.accounts:
        assert account.rows_read == account.rows_kept + account.rows_set_aside + account.rows_skipped
    assert sum(account.rows_kept for account in found.accounts if account.dataset) == len(example.typed)


_MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_MANY
@given(sheets(ACTIONS))
def test_the_same_actions_come_out_of_every_layout(sheet: Sheet) -> None:
    _check(sheet, ACTIONS)


@_MANY
@given(sheets(DISCUSSIONS))
def test_the_same_discussions_come_out_of_every_layout(sheet: Sheet) -> None:
    _check(sheet, DISCUSSIONS)


@_MANY
@given(sheets(TOPICS))
def test_the_same_topics_come_out_of_every_layout(sheet: Sheet) -> None:
    _check(sheet, TOPICS)


@_MANY
@given(sheets(ATTENDANCE))
def test_the_same_persons_come_out_of_every_layout(sheet: Sheet) -> None:
    _check(sheet, ATTENDANCE)


@pytest.mark.parametrize("beside", BESIDE[1:])
def test_a_repeated_header_is_one_though_a_list_stands_beside_the_first(beside: list[list[Value]]) -> None:
    left: list[Value] = [None, None]
    header: list[Value] = [*left, "Inimene", "Grupp", "Ring", "Lõpuring"]
    first, second, third = ([*left, *row] for row in ATTENDANCE.typed)
    cells: list[list[Value]] = [header, first, second, header, third, ["Kõik kokku", None, 3.0]]
    _put_beside(cells, beside, 0, len(header) + GAP)
    _check(Sheet("Lääne prefektuur/arutelud.xlsx", "Leht1", cells), ATTENDANCE)
