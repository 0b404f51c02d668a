"""The commands for those who fill in sheets and those who teach the vocabulary, as people run them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kodukant_analysis.console import ExitCode

KODUKANT = Path(sys.executable).with_name("kodukant")
FORM = next((Path(__file__).parents[1] / "data" / "raw").glob("Põhja*/vorm_2015.xlsx"))


def _kodukant(*typed: object, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(KODUKANT), *map(str, typed)], cwd=cwd, capture_output=True, text=True, check=False)


def test_a_check_lists_each_issue_with_its_cell_and_leaves_a_marked_copy(tmp_path: Path) -> None:
    done = _kodukant("check", FORM, cwd=tmp_path)
    assert done.returncode == ExitCode.DONE, done.stderr
    assert "hoiatus  Tegevused!G27 «??.07.2015»: Kuupäeva ei saa lugeda" in done.stdout
    copy = tmp_path / "checked" / "vorm_2015_kontrollitud.xlsx"
    assert load_workbook(copy)["Tegevused"]["G27"].comment is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checked"]


def test_a_check_as_json_can_be_read_by_a_program(tmp_path: Path) -> None:
    done = _kodukant("check", FORM, "--json", "--no-copies", "--language", "en", cwd=tmp_path)
    (file,) = json.loads(done.stdout)["files"]
    assert file["rows"] == {"read": 170, "kept": 170, "set_aside": 0, "skipped": 0}
    cells = {issue["cell"]: issue for issue in file["issues"]}
    assert (cells["G27"]["rule"], cells["G27"]["severity"]) == ("unreadable-date", "warning")
    assert cells["G27"]["message"].startswith("The date cannot be read")
    assert (file["marked_copy"], list(tmp_path.iterdir())) == (None, [])


def test_a_file_that_cannot_be_read_is_said_in_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "leping.xlsx").write_bytes(b"%PDF-1.7")
    done = _kodukant("check", "leping.xlsx", FORM, cwd=tmp_path)
    assert done.returncode == ExitCode.FILES_SET_ASIDE
    assert "PDF-fail" in done.stdout
    assert [path.name for path in (tmp_path / "checked").iterdir()] == ["vorm_2015_kontrollitud.xlsx"]


def test_a_template_filled_in_is_checked_without_an_issue(tmp_path: Path) -> None:
    assert _kodukant("template", "actions", "--lang", "ru", cwd=tmp_path).returncode == ExitCode.DONE
    book = load_workbook(tmp_path / "actions_ru.xlsx")
    sheet = book.worksheets[0]
    for column, cell in enumerate(sheet[2], 1):
        sheet.cell(3, column, cell.value)
    sheet.cell(3, [cell.value for cell in sheet[1]].index("Действие") + 1, "Осветить остановку")
    book.save(tmp_path / "меры.xlsx")
    done = _kodukant("check", "меры.xlsx", "--json", "--no-copies", cwd=tmp_path)
    (file,) = json.loads(done.stdout)["files"]
    assert (file["issues"], file["rows"]["kept"]) == ([], 1)


def test_the_vocabulary_lists_what_was_not_understood(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    shutil.copy(FORM, tmp_path / "raw")
    done = _kodukant("vocabulary", "--raw", "raw", "--unused", cwd=tmp_path)
    assert done.returncode == ExitCode.DONE, done.stderr
    assert '# ? = ["liige 3"]  # 1 times in 1 files' in done.stdout
    assert "# never used: headers." in done.stdout


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (["check", "nowhere.xlsx"], ExitCode.FAILED, "not found: nowhere.xlsx"),
        (["template", "actons"], ExitCode.WRONG_CALL, "dataset is 'actons'; did you mean actions?"),
        (["template", "crimes"], ExitCode.WRONG_CALL, "dataset is 'crimes'; it must be one of discussions,"),
        (["template", "actions", "--lang", "fi"], ExitCode.WRONG_CALL, "--lang is 'fi'; it must be one of et"),
        (["template", "actions", "--out", "taken.xlsx"], ExitCode.FAILED, "there is a file already: taken.xlsx"),
        (["vocabulary", "--raw", "nowhere"], ExitCode.FAILED, "not found: nowhere"),
        (["vocabulary", "--raw", "empty"], ExitCode.FAILED, "not found: a spreadsheet in empty"),
        (["check", "empty"], ExitCode.FAILED, "not found: a spreadsheet in empty"),
        (["check", "taken.xlsx", "--out", "taken.xlsx"], ExitCode.FAILED, "there is a file already: taken.xlsx"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(typed: list[str], code: ExitCode, said: str, tmp_path: Path) -> None:
    (tmp_path / "taken.xlsx").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    done = _kodukant(*typed, cwd=tmp_path)
    assert (done.returncode, said in " ".join(done.stderr.split())) == (code, True), done.stderr


def test_a_mistake_in_the_words_of_a_site_stops_every_command_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "meie.toml").write_text('[headers.actons]\ndue_on = ["x"]\n', encoding="utf-8")
    (tmp_path / "raw").mkdir()
    shutil.copy(FORM, tmp_path / "raw")
    for typed in (["check", FORM], ["vocabulary", "--raw", "raw"], ["refresh", "--raw", "raw", "--processed", "out"]):
        done = _kodukant(*typed, cwd=tmp_path)
        assert done.returncode == ExitCode.WRONG_CALL
        assert "meie.toml: headers: unknown 'actons'; did you mean 'actions'?" in " ".join(done.stderr.split())


def test_the_vocabulary_names_the_files_that_it_could_not_read(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    shutil.copy(FORM, tmp_path / "raw")
    (tmp_path / "raw" / "leping.xlsx").write_bytes(b"%PDF-1.7")
    done = _kodukant("vocabulary", "--raw", "raw", cwd=tmp_path)
    assert done.returncode == ExitCode.FILES_SET_ASIDE
    assert "leping.xlsx: See on PDF-fail" in done.stderr


def test_records_stay_as_they_were_when_no_file_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    shutil.copy(FORM, tmp_path / "raw" / "vorm.xlsx")
    typed = ["refresh", "--raw", "raw", "--processed", "out"]
    assert _kodukant(*typed, cwd=tmp_path).returncode == ExitCode.DONE
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    (tmp_path / "raw" / "vorm.xlsx").write_bytes(b"%PDF-1.7")
    done = _kodukant(*typed, cwd=tmp_path)
    assert done.returncode == ExitCode.FAILED
    assert "the records stay as they were vorm.xlsx: See on PDF-fail" in " ".join(done.stderr.split())
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
