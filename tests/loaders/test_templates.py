"""A template that comes back loads without an issue, whoever filled it in and whatever became of its example."""

import csv
import shutil
import subprocess
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kodukant_analysis.loaders.cells import codes_in
from kodukant_analysis.loaders.columns import field_of
from kodukant_analysis.loaders.drafts import Draft
from kodukant_analysis.loaders.files import read_sheets
from kodukant_analysis.loaders.linking import link_drafts
from kodukant_analysis.loaders.shares import published_answer
from kodukant_analysis.loaders.tables import locate_tables
from kodukant_analysis.loaders.templates import LANGUAGES, TEMPLATES, Template, guide, is_example, template
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.workbook import Delivery, load_file
from kodukant_analysis.places import resolve_county, resolve_survey_region
from kodukant_analysis.privacy import PersonKeys
from kodukant_analysis.workbooks.blanks import write_template
from tests.filling import Typed, expected, fill, type_rows

EVERY = list(product(TEMPLATES, LANGUAGES))
_QUESTIONS = {"trust_police", "safe_after_dark", "knows_officer", "well_informed", "cooperation"}
_KINDS = {
    ("discussions", "status"): "discussion_status",
    "channels": "channel",
    "raised_by": "group",
    "owners": "group",
    "partners": "group",
    "has_local_leader": "yes_no",
    "has_room": "yes_no",
}


def _written(tmp_path: Path, blank: Template) -> Path:
    path = tmp_path / f"{blank.dataset} {blank.language}.xlsx"
    write_template(blank.dataset, blank.language, path)
    return path


def _loaded(path: Path, keys: PersonKeys) -> Delivery:
    return load_file(path, path.name, keys)


def _told(found: Delivery, records: list[Typed]) -> list[Typed]:
    """What the drafts say of the columns that the records speak of, in order."""
    drafts = sorted(found.drafts, key=lambda draft: draft.row)
    return [{name: draft.values.get(name) for name in record} for draft, record in zip(drafts, records, strict=True)]


def _code_of(dataset: str, field: str, label: str) -> str | None:
    """The code that the loaders read in a label."""
    if field == "county":
        return resolve_county(label)
    if field == "survey_region":
        region = resolve_survey_region(label)
        return region.name if region else None
    if (dataset, field) == ("shares", "answer"):
        return published_answer(label)
    kind = _KINDS.get((dataset, field)) or _KINDS.get(field, field)
    codes, unknown = (
        codes_in(kind, label) if kind in {"group", "channel"} else (vocabulary().values[kind].find_all(label), [])
    )
    is_sure = not unknown and (len(codes) == 1 or kind == "language")
    return codes[0] if is_sure else None


@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_every_header_is_a_spelling_of_its_field(dataset: str, language: str) -> None:
    for column in template(dataset, language).columns:
        if column.field in _QUESTIONS:
            assert field_of(dataset, column.header) == ""
            assert vocabulary().values["question"].find(column.header) == column.field
        else:
            assert vocabulary().headers[dataset].exact(column.header) == column.field


@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_every_column_of_the_sheet_is_read_as_its_field(dataset: str, language: str, tmp_path: Path) -> None:
    blank = template(dataset, language)
    sheet = read_sheets(_written(tmp_path, blank), "vorm.xlsx")[0]
    fields = [column.field for column in locate_tables(sheet)[0].band.columns]
    assert fields == ["" if column.field in _QUESTIONS else column.field for column in blank.columns]


@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_every_choice_reads_back_as_its_code(dataset: str, language: str) -> None:
    for column in template(dataset, language).columns:
        if column.field in _QUESTIONS or column.field == "age_group":
            continue
        read = {choice.label: _code_of(dataset, column.field, choice.label) for choice in column.choices}
        assert read == {choice.label: choice.code for choice in column.choices}


@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_one_cell_of_an_example_says_that_it_is_one(dataset: str, language: str) -> None:
    mark = {"et": "Näide:", "ru": "Пример:", "en": "Example:"}[language]
    columns = template(dataset, language).columns
    assert sum(str(column.example).startswith(mark) for column in columns) == 1


@pytest.mark.parametrize(("dataset", "language"), [("survey", "et"), ("topics", "fi")])
def test_a_template_that_there_is_none_of_is_named(dataset: str, language: str) -> None:
    with pytest.raises(ValueError, match=f"no template of '{dataset}' in '{language}'"):
        template(dataset, language)


def test_a_guide_in_a_language_that_there_is_none_of_is_named() -> None:
    with pytest.raises(ValueError, match="no guide in 'fi'"):
        guide("fi")


@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_an_untouched_template_gives_nothing_at_all(
    dataset: str, language: str, tmp_path: Path, keys: PersonKeys
) -> None:
    found = _loaded(_written(tmp_path, template(dataset, language)), keys)
    assert (found.drafts, found.issues, found.refused) == ((), (), "")
    assert [account.dataset for account in found.accounts] == [dataset, "guide", "guide"]
    assert all(account.rows_read == account.rows_skipped > 0 for account in found.accounts)


@pytest.mark.parametrize("example", ["left", "overwritten", "deleted"])
@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_a_filled_template_loads_as_exactly_what_was_typed(
    dataset: str, language: str, example: str, tmp_path: Path, keys: PersonKeys
) -> None:
    blank = template(dataset, language)
    path, rows = _written(tmp_path, blank), type_rows(blank)
    fill(path, blank, rows, example)
    found = _loaded(path, keys)
    assert found.issues == ()
    assert _told(found, expected(blank, rows)) == expected(blank, rows)


@pytest.mark.parametrize("example", ["left", "overwritten"])
@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_each_row_alone_loads_as_what_was_typed(
    dataset: str, language: str, example: str, tmp_path: Path, keys: PersonKeys
) -> None:
    blank = template(dataset, language)
    path = _written(tmp_path, blank)
    for row in type_rows(blank)[:7]:
        fill(path, blank, [row], example)
        found = _loaded(path, keys)
        assert found.issues == ()
        assert _told(found, expected(blank, [row])) == expected(blank, [row])


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_a_filled_template_survives_libreoffice(suffix: str, tmp_path: Path, keys: PersonKeys) -> None:
    blanks = [template(dataset, language) for dataset, language in EVERY]
    for blank in blanks:
        fill(_written(tmp_path, blank), blank, type_rows(blank), "left")
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(map(str, tmp_path.glob("*.xlsx")))
    convert = ["soffice", home, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path / "saved"), *files]
    subprocess.run(convert, check=True, capture_output=True)
    for blank in blanks:
        found = _loaded(tmp_path / "saved" / f"{blank.dataset} {blank.language}.{suffix}", keys)
        records = expected(blank, type_rows(blank))
        assert (blank, found.issues) == (blank, ())
        assert _told(found, records) == records


@pytest.mark.parametrize(("dataset", "language"), EVERY)
def test_an_example_changed_in_any_one_cell_is_none(dataset: str, language: str) -> None:
    columns = template(dataset, language).columns
    cells = [(column.header, column.example) for column in columns]
    assert is_example(dataset, cells)
    for place, column in enumerate(columns):
        touched = "2" if column.example is None or column.kind in {"text", "mark", "choice", "several"} else None
        assert not is_example(dataset, [*cells[:place], (column.header, touched), *cells[place + 1 :]]), column.header
    assert not is_example(dataset, [*cells, ("Märkused", "sademeid oli palju")])


@pytest.mark.parametrize("dataset", TEMPLATES)
def test_an_example_that_somebody_touched_is_data(dataset: str, tmp_path: Path, keys: PersonKeys) -> None:
    blank = template(dataset, "et")
    path = _written(tmp_path, blank)
    book = load_workbook(path)
    book.worksheets[0].cell(5 if blank.has_survey else 2, 2).value = None
    book.save(path)
    accounts = _loaded(path, keys).accounts
    assert sum(account.rows_kept + account.rows_set_aside for account in accounts) == 1


def test_an_example_is_known_when_its_columns_stand_in_another_order_or_are_gone(
    tmp_path: Path, keys: PersonKeys
) -> None:
    path = _written(tmp_path, template("actions", "et"))
    book = load_workbook(path)
    book.worksheets[0].delete_cols(4)
    book.worksheets[0].move_range("A1:A2", cols=20)
    book.save(path)
    found = _loaded(path, keys)
    assert (found.drafts, found.issues) == ((), ())


def test_an_example_is_known_in_a_text_file(tmp_path: Path, keys: PersonKeys) -> None:
    blank = template("discussions", "et")
    sheet = load_workbook(_written(tmp_path, blank)).worksheets[0]
    typed = [[_as_text(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
    path = tmp_path / "arutelud.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(typed)
    found = _loaded(path, keys)
    assert (found.drafts, found.issues) == ((), ())


def _as_text(value: object, form: str) -> str:
    return "" if value is None else f"{value:%d.%m.%Y}" if form == "dd.mm.yyyy" else str(value)


def test_records_typed_below_a_guide_are_not_lost(tmp_path: Path, keys: PersonKeys) -> None:
    path = _written(tmp_path, template("topics", "et"))
    book = load_workbook(path)
    guide_sheet = book.worksheets[1]
    guide_sheet.append([])
    guide_sheet.append(["Arutelu kuupäev", "Koht", "Teema", "Punktid"])
    guide_sheet.append(["30.09.2016", "Are vald", "Koerad lahti", 4])
    book.save(path)
    found = _loaded(path, keys)
    assert [draft.values["title"] for draft in found.drafts] == ["Koerad lahti"]


def test_a_guide_is_known_by_its_words_and_not_by_the_name_of_its_sheet(tmp_path: Path, keys: PersonKeys) -> None:
    path = _written(tmp_path, template("discussions", "ru"))
    book = load_workbook(path)
    book.worksheets[1].title = "Лист2"
    book.save(path)
    found = _loaded(path, keys)
    assert (found.drafts, found.issues) == ((), ())


def test_templates_that_speak_of_one_discussion_find_it(tmp_path: Path, keys: PersonKeys) -> None:
    drafts: list[Draft] = []
    for dataset, language in product(("discussions", "attendance", "topics", "actions"), LANGUAGES):
        blank = template(dataset, language)
        path = _written(tmp_path, blank)
        row = type_rows(blank)[0] | {"held_on": date(2018, 3, 1), "agreed_on": date(2018, 3, 1)}
        fill(path, blank, [row], "overwritten")
        drafts += _loaded(path, keys).drafts
    found = link_drafts(drafts).rows
    tables = ("discussions", "attendance", "topics", "actions")
    assert [len(found[table]) for table in tables] == [1, 1, 1, 3], "what three files tell counts once"
    assert len({row["discussion_id"] for table in tables for row in found[table]}) == 1


def test_a_survey_of_ones_own_is_called_by_its_name(tmp_path: Path, keys: PersonKeys) -> None:
    blank = template("shares", "et")
    path, rows = _written(tmp_path, blank), type_rows(blank)
    fill(path, blank, rows, "deleted")
    book = load_workbook(path)
    book.worksheets[0]["B1"] = "Halinga rahulolu küsitlus"
    book.save(path)
    found = _loaded(path, keys)
    assert found.issues == ()
    assert {draft.values["series"] for draft in found.drafts} == {"halinga rahulolu küsitlus"}
