"""Files of every kind as sheets, or a refusal that names the reason."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from kodukant_analysis.loaders.files import read_sheets
from kodukant_analysis.loaders.refusals import UnreadableError
from kodukant_analysis.loaders.sheets import address
from kodukant_analysis.loaders.textfiles import read_text
from kodukant_analysis.loaders.workbook import load_file
from kodukant_analysis.privacy import PersonKeys


def _workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Teema", "Punktid"])
    sheet.append(["Kiirus", 5])
    book.save(path)
    return path


def _reason(path: Path) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_sheets(path, path.name)
    return refused.value.rule


def test_the_extension_is_never_trusted(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
    (sheet,) = read_sheets(path, "a.csv")
    assert sheet.value(2, 1) == "Kiirus"


def test_each_kind_of_broken_file_is_told_apart(tmp_path: Path) -> None:
    good = _workbook(tmp_path / "good.xlsx").read_bytes()
    contents = {
        "empty.xlsx": b"",
        "pdf.xlsx": b"%PDF-1.7 and so on",
        "short.xlsx": good[: len(good) // 2],
        "text.xlsx": b"hello, this is no workbook",
        "noise.csv": bytes(range(256)) * 8,
        "ole.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
        "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40,
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    assert {name: _reason(tmp_path / name) for name in contents} == {
        "empty.xlsx": "file-empty",
        "pdf.xlsx": "file-is-pdf",
        "short.xlsx": "file-damaged",
        "text.xlsx": "file-not-spreadsheet",
        "noise.csv": "file-not-spreadsheet",
        "ole.xls": "file-damaged",
        "locked.xlsx": "file-locked",
    }


def test_a_value_at_the_far_end_of_a_sheet_does_not_exhaust_the_run(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "far.xlsx")
    assert _reason(tmp_path / "far.xlsx") == "file-too-large"


def test_a_package_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(60):
            part.write(b"0" * 10_000_000)
    assert _reason(tmp_path / "bomb.xlsx") == "file-too-large"


def test_hidden_rows_and_sheets_are_known(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Teema", "Punktid"])
    sheet.append(["Kiirus", 5])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("Peidus").sheet_state = "hidden"
    book.save(tmp_path / "hidden.xlsx")
    shown, hidden = read_sheets(tmp_path / "hidden.xlsx", "hidden.xlsx")
    assert (shown.hidden.rows, shown.hidden.columns, shown.hidden.sheet) == ({2}, {2}, False)
    assert hidden.hidden.sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1257"])
def test_estonian_text_is_read_in_any_encoding(encoding: str) -> None:
    found = read_text("Küla;Õpetaja;Žürii\nPõhja;Jõhvi;Šokk".encode(encoding))
    assert found is not None
    assert found.rows == [(1, ["Küla", "Õpetaja", "Žürii"]), (2, ["Põhja", "Jõhvi", "Šokk"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_russian_text_is_read_in_any_encoding(encoding: str) -> None:
    found = read_text("Место;Дата\nНарва;12.04.2016".encode(encoding))
    assert found is not None
    assert found.rows == [(1, ["Место", "Дата"]), (2, ["Нарва", "12.04.2016"])]


@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
def test_the_delimiter_is_found_by_the_lines_agreeing_on_it(delimiter: str) -> None:
    lines = [["Teema", "Punktid", "Märkus"], ["Kiirus", "5", ""], ["Noored", "3", "a b"]]
    found = read_text("\n".join(delimiter.join(line) for line in lines).encode())
    assert found is not None
    assert [cells for _, cells in found.rows] == lines


def test_a_record_over_several_lines_is_known_by_its_first() -> None:
    found = read_text('Teema;Kokkuvõte\nKiirus;"esimene\nteine"\nNoored;kolmas'.encode())
    assert found is not None
    assert [line for line, _ in found.rows] == [1, 2, 4]


def test_addresses_are_those_of_excel() -> None:
    assert [address(1, 1), address(17, 26), address(3, 27), address(9, 703)] == ["A1", "Z17", "AA3", "AAA9"]


@pytest.mark.parametrize(("was", "read_as"), [("cp1257", "cp1251"), ("utf-8", "cp1252"), ("utf-8", "cp1251")])
def test_estonian_damaged_by_a_wrong_encoding_is_mended_and_said_so(was: str, read_as: str) -> None:
    text = "Kuupäev;Vald;Küla\n03.05.2018;Põhja-Pärnumaa vald;Vändra\n04.05.2018;Lääne-Nigula;Märjamaa"
    damaged = text.encode(was).decode(read_as, errors="ignore")
    found = read_text(damaged.encode("utf-8"))
    assert found is not None
    assert found.is_mended
    assert found.rows[1][1][1] == "Põhja-Pärnumaa vald"


def test_russian_read_as_western_text_is_mended() -> None:
    found = read_text("Статус;Тема\nВыполнено;Освещение\nВыполнено;Дороги".encode("cp1251").decode("cp1252").encode())
    assert found is not None
    assert found.rows[1][1] == ["Выполнено", "Освещение"]


def test_text_in_two_scripts_that_is_not_damaged_is_left_alone() -> None:
    text = "Тема / Teema;Koht\nосвещение;Tаpa\nдороги;Narva\nшум;Jõhvi"
    found = read_text(text.encode("utf-8"))
    assert found is not None
    assert not found.is_mended


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        (
            "veeb.xls",
            b"\xef\xbb\xbf<html><table><tr><td>Koht</td></tr></table></html>",
            "file-is-web-page",
        ),
        (
            "vana.xls",
            b'<?xml version="1.0"?>\n<?mso-application id="Excel"?>\n<Workbook/>',
            "file-is-web-page",
        ),
        ("kiri.xls", b"{\\rtf1 tere}", "file-is-document"),
        ("kirjad.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "file-is-document"),
        ("pakk.xlsx", b"\x1f\x8b\x08\x00", "file-is-archive"),
        ("pilt.xlsx", b"\x89PNG\r\n\x1a\n", "file-not-spreadsheet"),
    ],
)
def test_what_is_no_workbook_is_told_by_what_it_is(name: str, content: bytes, rule: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert _reason(tmp_path / name) == rule


@pytest.mark.parametrize(
    ("part", "content", "rule"),
    [
        ("word/document.xml", "<w/>", "file-is-document"),
        ("ppt/presentation.xml", "<p/>", "file-is-document"),
        ("Index/Document.iwa", "", "file-is-document"),
        ("mimetype", "application/vnd.oasis.opendocument.text", "file-is-document"),
        ("arutelud.xlsx", "", "file-is-archive"),
        ("META-INF/manifest.xml", "<manifest:encryption-data/>", "file-locked"),
    ],
)
def test_a_package_that_is_no_workbook_is_told_by_its_parts(part: str, content: str, rule: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr(part, content)
    assert _reason(tmp_path / "a.xlsx") == rule


def test_a_package_that_lies_about_its_size_is_counted_as_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 60_000_000)
    honest = path.read_bytes()
    path.write_bytes(honest.replace((60_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert path.read_bytes() != honest
    assert _reason(path) == "file-too-large"


def test_a_text_of_too_many_cells_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "suur.csv").write_text("a;b\n" * 200_001, encoding="utf-8")
    assert _reason(tmp_path / "suur.csv") == "file-too-large"
    (tmp_path / "lai.csv").write_text(";".join("a" * 1_900) + "\n" * 2 + (";".join("a" * 1_900) + "\n") * 2_700)
    assert _reason(tmp_path / "lai.csv") == "file-too-large"


def test_a_sheet_that_cannot_be_read_costs_itself_alone(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_workbook(tmp_path / "a.xlsx"))
    book.create_sheet("Rikutud")["A1"] = "siin"
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as broken:
        for name in package.namelist():
            xml = package.read(name)
            broken.writestr(name, xml[:-20] if name.endswith("sheet2.xml") else xml)
    good, bad = read_sheets(tmp_path / "b.xlsx", "b.xlsx")
    assert (good.value(2, 1), good.faults) == ("Kiirus", ())
    assert bad.faults == (("sheet-damaged", ""),)


def test_rows_struck_through_are_known_by_their_cells(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_workbook(tmp_path / "a.xlsx"))
    sheet = book.worksheets[0]
    sheet.append(["Noored", 3])
    sheet.append(["Kraav", 2])
    for cell in ("A3", "B3", "A4"):
        sheet[cell].font = Font(strike=True)
    sheet["A2"].font = Font(strike=False, bold=True)
    book.save(tmp_path / "a.xlsx")
    (found,) = read_sheets(tmp_path / "a.xlsx", "a.xlsx")
    assert found.hidden.struck == {(3, 1), (3, 2), (4, 1)}
    assert found.struck_rows == {3}


def test_a_row_its_owner_has_crossed_out_is_no_record(tmp_path: Path, keys: PersonKeys) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Kuupäev", "Vald", "Tegevus", "Vastutaja"])
    for number in range(3):
        sheet.append(["29.09.2016", "Are vald", f"Tegevus {number}", "KOV"])
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    book.save(tmp_path / "plaan.xlsx")
    found = load_file(tmp_path / "plaan.xlsx", "plaan.xlsx", keys)
    assert [draft.values["action"] for draft in found.drafts] == ["Tegevus 0", "Tegevus 2"]
    assert [issue.rule for issue in found.issues] == ["struck-rows-skipped"]
    (account,) = found.accounts
    assert (account.rows_read, account.rows_kept, account.rows_skipped) == (3, 2, 1)
