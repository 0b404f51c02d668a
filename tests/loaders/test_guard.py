"""A file that hangs, kills or fills the process that reads it costs itself alone: real files, real processes."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from kodukant_analysis.loaders.folder import list_files
from kodukant_analysis.loaders.guard import guarded, load_files
from kodukant_analysis.privacy import PersonKeys

PLAN = "Kuupäev;Vald;Tegevus;Vastutaja\n29.09.2016;Põhja-Pärnumaa vald;Künnis külateel;KOV\n"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def _package(path: Path, rows: str) -> None:
    Workbook().save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in {**parts, "xl/worksheets/sheet1.xml": SHEET.format(rows)}.items():
            package.writestr(name, xml)


def _refused(raw: Path, keys: PersonKeys) -> dict[str, str]:
    files = [file for file in list_files(raw) if file.is_read]
    return {delivery.file: delivery.refused for delivery in load_files(files, keys, 2, None)}


def test_a_file_that_aborts_its_reader_costs_itself_alone(tmp_path: Path, keys: PersonKeys) -> None:
    # Cells without addresses reach as far as they are many: no look at the XML tells that the sheet is too wide.
    wide, tall = "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>", "<row><c><v>1</v></c></row>" * 100_000
    _package(tmp_path / "suur.xlsx", wide + tall)
    for name in ("a.csv", "t.csv", "z.csv"):
        (tmp_path / name).write_text(PLAN, encoding="utf-8")
    refused = _refused(tmp_path, keys)
    assert refused.pop("suur.xlsx") in {"file-crashed", "file-too-large"}
    assert set(refused.values()) == {""}


def test_a_far_cell_is_known_by_what_it_holds_and_however_it_is_quoted(tmp_path: Path, keys: PersonKeys) -> None:
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    _package(tmp_path / "kaugel.xlsx", near + "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")
    _package(tmp_path / "vormindatud.xlsx", near + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    assert _refused(tmp_path, keys) == {"kaugel.xlsx": "file-too-large", "vormindatud.xlsx": ""}


def _sleep(_: Path) -> str:
    while True:
        pass


def _grow(_: Path) -> str:
    return str(len([bytes(2**20) for _ in range(2_000)]))


def _die(_: Path) -> str:
    import os

    os.abort()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("call", "rule"), [(_grow, "file-too-large"), (_die, "file-crashed"), (_sleep, "file-too-slow")]
)
def test_a_reader_that_breaks_gives_the_rule_that_says_how(
    call: object, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kodukant_analysis.loaders.guard.SECONDS", 6)
    path = tmp_path / "plaan.csv"
    path.write_text("hea", encoding="utf-8")
    assert dict(guarded(call, {"halb": (path,)}, 2, None)) == {"halb": rule}  # type: ignore[arg-type]
    assert dict(guarded(_read, {"hea": (path,)}, 2, None)) == {"hea": "hea"}
