"""Cells that hold an error or a formula without its value are missing, and say so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kodukant_analysis.loaders.workbook import Delivery, load_file
from kodukant_analysis.privacy import PersonKeys

FILES = Path(__file__).parents[1] / "files"
Load = Callable[..., Delivery]


def _delivery(folder: Path, keys: PersonKeys, *attendees: Any) -> Delivery:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Turvaline küla", None, None])
    sheet.append(["Kuupäev", "Vald", "Osalejaid"])
    for day, typed in enumerate(attendees, 10):
        sheet.append([f"{day}.09.2016", "Are vald", typed])
    for row in sheet.iter_rows():
        for cell in (cell for cell in row if str(cell.value).startswith("#")):
            cell.data_type = "e"
    path = folder / "arutelud.xlsx"
    book.save(path)
    return load_file(path, path.name, keys)


def test_an_error_and_a_formula_that_was_never_worked_out_are_named_at_their_cells(
    tmp_path: Path, keys: PersonKeys
) -> None:
    found = _delivery(tmp_path, keys, "=10+2", "#DIV/0!", 12, "#N/A")
    assert [draft.values.get("attendees") for draft in found.drafts] == [None, None, 12, None]
    assert [(issue.cell, issue.rule) for issue in found.issues] == [
        ("C3", "formula-without-value"),
        ("C4", "cell-error"),
        ("C6", "cell-error"),
    ]


@pytest.mark.parametrize("typed", ["#DIV/0!", "#N/A", "#VALUE!", "#NIMI?", "#ССЫЛКА!", "#puudub"])
def test_an_error_that_a_text_file_has_in_words_is_missing_too(load: Load, typed: str) -> None:
    found = load(f"""
Kuupäev    | Vald     | Osalejaid
12.09.2016 | Are vald | {typed}
13.09.2016 | Are vald | 12
""")
    assert [draft.values.get("attendees") for draft in found.drafts] == [None, 12]
    assert ("C2", "cell-error") in [(issue.cell, issue.rule) for issue in found.issues]


def test_a_number_sign_is_no_error(load: Load) -> None:
    found = load("""
Kuupäev    | Vald     | Osalejaid | Märkused
12.09.2016 | Are vald | 12        | #turvaline
""")
    assert found.issues == ()


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_hidden_rows_and_columns_are_passed_over_with_a_note(ending: str, tmp_path: Path, keys: PersonKeys) -> None:
    path = FILES / "peidetud.ods"
    if ending == "xlsx":
        path = tmp_path / "peidetud.xlsx"
        _hidden().save(path)
    found = load_file(path, path.name, keys)
    assert [(draft.values["attendees"], draft.values.get("method")) for draft in found.drafts] == [
        (12, None),
        (15, None),
    ]
    assert {issue.rule for issue in found.issues} == {"hidden-rows-skipped", "hidden-columns-skipped"}


def _hidden() -> Workbook:
    """The register that `peidetud.ods` holds too: two rows and the method are hidden."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in [["Turvaline küla"], ["Kuupäev", "Vald", "Osalejaid", "Meetod"]]:
        sheet.append(row)
    for attendees in (12, 13, 14, 15):
        sheet.append([f"{attendees}.09.2016", "Are vald", attendees, "AR"])
    sheet.row_dimensions[4].hidden = sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    return book
