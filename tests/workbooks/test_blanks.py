"""A workbook to fill in holds what it promises: lists, rules, a guide, the same bytes each time."""

from itertools import product
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kodukant_analysis.loaders.templates import LANGUAGES, TEMPLATES, template
from kodukant_analysis.workbooks.blanks import write_template

EVERY = list(product(TEMPLATES, LANGUAGES))


def _book(tmp_path: Path, dataset: str, language: str) -> Workbook:
    path = tmp_path / "vorm.xlsx"
    write_template(dataset, language, path)
    return load_workbook(path)


def _rules(sheet: Worksheet) -> dict[str, DataValidation]:
    """What is let into the cells of a sheet, by the cells."""
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_the_same_template_is_the_same_file(dataset: str, language: str, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(dataset, language, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "arutelud.xlsx"
    path.write_text("filled in", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_template("discussions", "et", path)
    assert path.read_text(encoding="utf-8") == "filled in"


@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_each_list_offers_the_choices_of_its_column_and_no_others(dataset: str, language: str, tmp_path: Path) -> None:
    book, blank = _book(tmp_path, dataset, language), template(dataset, language)
    sheet, guide = book.worksheets
    header = 4 if blank.has_survey else 1
    rules = _rules(sheet)
    for index, column in enumerate(blank.columns, 1):
        letter = get_column_letter(index)
        rule = rules[f"{letter}{header + 1}:{letter}1000"]
        if column.choices:
            name, cells = str(rule.formula1).replace("'", "").split("!")
            assert name == guide.title
            offered = [row[0].value for row in guide[cells.replace("$", "")]]
            assert offered == [choice.label for choice in column.choices]
            assert rule.showErrorMessage == (column.kind == "choice")


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("held_on", ("date", "between", "36526", "73050")),
        ("starts_at", ("time", "between", "0", "0.9993055555555556")),
        ("attendees", ("whole", "greaterThanOrEqual", "0", None)),
    ],
)
def test_dates_times_and_counts_are_held_to_their_kind(
    field: str, rule: tuple[str, str, str, str | None], tmp_path: Path
) -> None:
    sheet = _book(tmp_path, "discussions", "et").worksheets[0]
    letter = get_column_letter([column.field for column in template("discussions", "et").columns].index(field) + 1)
    found = _rules(sheet)[f"{letter}2:{letter}1000"]
    assert (found.type, found.operator or "between", found.formula1, found.formula2) == rule
    assert found.error
    assert found.prompt


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_to_fill_in_comes_first_with_its_header_in_sight(language: str, tmp_path: Path) -> None:
    book = _book(tmp_path, "answers", language)
    sheet = book.worksheets[0]
    assert (book.active, sheet.freeze_panes, sheet.print_title_rows) == (sheet, "A5", "$4:$4")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet["A5"].font.i


def test_columns_to_be_filled_differ_from_the_others_in_colour(tmp_path: Path) -> None:
    sheet = _book(tmp_path, "topics", "et").worksheets[0]
    colours = {
        column.is_required: sheet.cell(1, index).fill.fgColor.rgb
        for index, column in enumerate(template("topics", "et").columns, 1)
    }
    assert colours == {True: "FF1F4E79", False: "FFDDEBF7"}


@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_no_text_shown_beside_a_cell_is_cut_off(dataset: str, language: str, tmp_path: Path) -> None:
    sheet = _book(tmp_path, dataset, language).worksheets[0]
    for rule in sheet.data_validations.dataValidation:
        assert len(rule.prompt or "") <= 255
        assert (rule.prompt or ".").endswith((".", ")"))
        assert not (rule.error or "").endswith(",")


@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_the_guide_names_every_column_and_asks_for_no_persons(dataset: str, language: str, tmp_path: Path) -> None:
    guide = _book(tmp_path, dataset, language).worksheets[1]
    told = [cell.value for cell in guide["A"] if cell.value]
    headers = [column.header for column in template(dataset, language).columns]
    assert [text for text in told if text in headers][: len(headers)] == headers
    words = {"et": "isikuandmeid", "ru": "личных данных", "en": "personal data"}
    assert any(words[language] in text for text in told)
