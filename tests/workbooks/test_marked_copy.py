"""The marked copy: every cell to mend coloured and commented, all of it listed first, the original untouched."""

import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from kodukant_analysis.check import Checked, check
from kodukant_analysis.loaders.workbook import load_file
from kodukant_analysis.privacy import PersonKeys
from kodukant_analysis.settings import Settings
from kodukant_analysis.workbooks.marks import COLOURS

PLAN = (
    ("Kuupäev", "Vald", "Tegevus", "Vastutaja", "Tähtaeg", "Staatus"),
    ("29.09.2016", "Põhja-Pärnumaa vald", "Künnis külateele", "KOV", "31.02.2017", "tehtud"),
    ("29.09.2016", "Põhja-Pärnumaa vald", "Helista 5123 4567", "politsei", "01.03.2017", "nii ja naa"),
)
Made = Callable[..., tuple[Checked, Path]]


def _plan(path: Path) -> Worksheet:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Kava"
    for row in PLAN:
        sheet.append(row)
    book.save(path)
    return sheet


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., list[Checked]]:
    """Checks files, their copies written beside them in a folder of their own."""
    settings = Settings(raw=tmp_path, person_key_file=tmp_path / "person.key", workers=1)
    return lambda *paths: check(paths, settings, date(2026, 6, 30), tmp_path / "copies")


@pytest.fixture
def made(tmp_path: Path, checked: Callable[..., list[Checked]]) -> Made:
    """The plan above, changed in a way, checked; the result and the path of the original."""

    def make(change: Callable[[Path], None] = lambda _: None) -> tuple[Checked, Path]:
        path = tmp_path / "tegevuskava.xlsx"
        _plan(path)
        change(path)
        (result,) = checked(path)
        return result, path

    return make


def _edited(change: Callable[[Worksheet], None]) -> Callable[[Path], None]:
    def edit(path: Path) -> None:
        book = load_workbook(path)
        change(book.worksheets[0])
        book.save(path)

    return edit


def _copy(result: Checked) -> tuple[Worksheet, Worksheet]:
    """The overview and the first sheet of a marked copy."""
    assert result.copy is not None
    overview, sheet, *_ = load_workbook(result.copy).worksheets
    return overview, sheet


def test_each_cell_to_mend_is_coloured_and_says_in_estonian_what_to_do(made: Made) -> None:
    _, sheet = _copy(made()[0])
    marked = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(marked) == {"E2", "F3", "C3"}
    assert all(cell.fill.fgColor.rgb.endswith(COLOURS["warning"]) for cell in marked.values())
    assert "Kuupäeva ei saa lugeda" in marked["E2"].comment.text
    assert sheet.sheet_properties.tabColor.rgb.endswith(COLOURS["warning"])


def test_the_first_sheet_lists_every_issue_with_a_link_to_its_cell_and_counts_the_rows(made: Made) -> None:
    overview, _ = _copy(made()[0])
    links = {cell.value: cell.hyperlink.location for row in overview.iter_rows() for cell in row if cell.hyperlink}
    assert links == {address: f"'Kava'!{address}" for address in ("E2", "F3", "C3")}
    text = " ".join(str(cell.value) for row in overview.iter_rows() for cell in row if cell.value)
    assert "Loeti 2 rida: 2 võeti arvesse, 0 jäi kõrvale, 0 jäeti vahele" in text
    assert "5123" not in text


def test_the_overview_alone_is_open_so_that_nothing_is_typed_into_two_sheets(made: Made) -> None:
    book = load_workbook(made()[0].copy)
    assert book.active is book.worksheets[0]
    assert not any(sheet.sheet_view.tabSelected for sheet in book.worksheets[1:])


def test_the_original_is_never_touched_and_the_copy_is_for_its_owner_alone(made: Made) -> None:
    before: list[bytes] = []
    result, path = made(lambda path: before.append(path.read_bytes()))
    assert [path.read_bytes()] == before
    assert result.copy is not None
    assert result.copy.stat().st_mode & 0o077 == 0


def test_a_cell_within_a_merged_area_is_marked_where_the_area_begins(made: Made) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("E2:E3")

    _, sheet = _copy(made(_edited(merge))[0])
    assert "Kuupäeva ei saa lugeda" in sheet["E2"].comment.text


def test_what_the_owner_had_noted_at_a_cell_stays_below_the_message(made: Made) -> None:
    def note(sheet: Worksheet) -> None:
        sheet["E2"].comment = Comment("küsin üle", "Kuno")

    _, sheet = _copy(made(_edited(note))[0])
    assert sheet["E2"].comment.text.startswith("Kuupäeva ei saa lugeda")
    assert sheet["E2"].comment.text.endswith("küsin üle")


def test_formulas_and_formats_of_the_owner_stay(made: Made) -> None:
    def dress(sheet: Worksheet) -> None:
        sheet["H1"] = "=COUNTA(C2:C3)"
        sheet["A2"].number_format = "dd.mm.yyyy"
        sheet.column_dimensions["C"].width = 44

    result, _ = made(_edited(dress))
    _, sheet = _copy(result)
    assert result.lost == ("results",)
    assert (sheet["H1"].value, sheet["A2"].number_format) == ("=COUNTA(C2:C3)", "dd.mm.yyyy")
    assert sheet.column_dimensions["C"].width == 44


def test_what_a_copy_cannot_carry_over_is_said(made: Made) -> None:
    def add_parts(path: Path) -> None:
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("xl/vbaProject.bin", b"macros")
            package.writestr("xl/drawings/drawing9.xml", "<xdr:wsDr><xdr:sp macro=''/></xdr:wsDr>")

    result, _ = made(add_parts)
    assert result.lost == ("macros", "shapes")
    overview, _ = _copy(result)
    assert any("makrod, tekstikastid" in str(cell.value) for cell in overview["A"])


def test_a_marked_copy_sent_back_gives_the_same_records_and_issues(made: Made, keys: PersonKeys) -> None:
    result, path = made()
    assert result.copy is not None
    first, again = (load_file(each, path.name, keys) for each in (path, result.copy))
    assert [draft.values for draft in again.drafts] == [draft.values for draft in first.drafts]
    assert again.issues == first.issues


def test_a_text_file_comes_back_as_a_workbook_with_its_lines_as_rows(
    tmp_path: Path, checked: Callable[..., list[Checked]]
) -> None:
    path = tmp_path / "kava.csv"
    path.write_text("\n".join(";".join(row) for row in PLAN) + "\n29.09.2016;Saarde vald;=1+1;KOV;;töös\n", "utf-8")
    (result,) = checked(path)
    _, sheet = _copy(result)
    assert result.lost == ("layout",)
    assert sheet["E2"].comment is not None
    assert (sheet["C4"].value, sheet["C4"].data_type) == ("=1+1", "s")


def test_a_copy_that_its_owner_has_begun_to_mend_is_never_written_over(
    tmp_path: Path, checked: Callable[..., list[Checked]]
) -> None:
    path = tmp_path / "kava.xlsx"
    _plan(path)
    (first,) = checked(path)
    assert first.copy is not None
    first.copy.write_bytes(b"begun")
    (tmp_path / "copies" / "kava_kontrollitud_2.xlsx").symlink_to(path)
    before = path.read_bytes()
    (again,) = checked(path)
    assert again.copy is not None
    assert again.copy.name == "kava_kontrollitud_3.xlsx"
    assert (first.copy.read_bytes(), path.read_bytes()) == (b"begun", before)


def test_the_copies_of_before_are_not_checked_again(tmp_path: Path, checked: Callable[..., list[Checked]]) -> None:
    _plan(tmp_path / "kava.xlsx")
    checked(tmp_path)
    assert [result.delivery.file for result in checked(tmp_path)] == ["kava.xlsx"]


def test_a_person_in_the_name_of_a_file_is_not_in_that_of_its_copy(
    tmp_path: Path, checked: Callable[..., list[Checked]]
) -> None:
    _plan(tmp_path / "Mari Maasikas.xlsx")
    (result,) = checked(tmp_path)
    assert "Maasikas" not in str(result.as_dict()["marked_copy"])
    assert result.copy is not None


def test_a_header_that_is_nearly_known_is_commented_with_what_may_be_meant(made: Made) -> None:
    def misspell(sheet: Worksheet) -> None:
        sheet["G1"], sheet["G2"], sheet["G3"] = "Prioriteeet", "a", "b"

    result, _ = made(_edited(misspell))
    _, sheet = _copy(result)
    assert "Kas mõtlesite „Prioriteet“?" in sheet["G1"].comment.text


def test_files_of_one_name_get_copies_of_their_own(tmp_path: Path, checked: Callable[..., list[Checked]]) -> None:
    for folder in ("Ida", "Lääne"):
        (tmp_path / folder).mkdir()
        _plan(tmp_path / folder / "kava.xlsx")
    results = checked(tmp_path / "Ida" / "kava.xlsx", tmp_path / "Lääne")
    assert [result.delivery.file for result in results] == ["Ida/kava.xlsx", "Lääne/kava.xlsx"]
    assert sorted(result.copy.name for result in results if result.copy) == [
        "kava_kontrollitud.xlsx",
        "kava_kontrollitud_2.xlsx",
    ]


def test_the_sheet_of_a_person_is_marked_though_its_name_is_told_to_nobody(made: Made) -> None:
    def name(sheet: Worksheet) -> None:
        sheet.title = "Mari Maasikas"

    result, _ = made(_edited(name))
    assert not any("Maasikas" in str(advice) for advice in result.advice)
    _, sheet = _copy(result)
    assert sheet["E2"].comment is not None


def test_a_file_that_cannot_be_read_has_its_reason_and_no_copy(
    tmp_path: Path, checked: Callable[..., list[Checked]]
) -> None:
    path = tmp_path / "kava.xlsx"
    _plan(path)
    path.write_bytes(path.read_bytes()[:900])
    (result,) = checked(path)
    assert (result.delivery.refused, result.copy) == ("file-damaged", None)
    assert [advice.rule for advice in result.advice] == ["file-damaged"]


def test_a_copy_of_a_sound_file_says_that_nothing_is_to_be_mended(made: Made) -> None:
    def mend(sheet: Worksheet) -> None:
        sheet["E2"], sheet["F3"], sheet["C3"] = "28.02.2017", "töös", "Helistada valda"

    overview, sheet = _copy(made(_edited(mend))[0])
    assert "Parandada ei ole midagi" in str(overview["A4"].value)
    assert not any(cell.comment for row in sheet.iter_rows() for cell in row)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.slow
def test_libreoffice_opens_a_marked_copy_with_its_comments(made: Made, tmp_path: Path) -> None:
    import subprocess

    result, _ = made()
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "ods", "--outdir", str(tmp_path), str(result.copy)]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(tmp_path / "tegevuskava_kontrollitud.ods") as package:
        content = package.read("content.xml").decode()
    assert content.count("office:annotation ") == 3
