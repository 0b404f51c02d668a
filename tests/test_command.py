"""The command as people run it: the whole way on the example data, and what it says when something is wrong."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from kodukant_analysis.cli import _settings
from kodukant_analysis.console import ExitCode
from kodukant_analysis.indicator_pages import indicators_page
from kodukant_analysis.indicators import registry
from kodukant_analysis.text import read_indicator
from kodukant_analysis.text.names import topic_text

ROOT = Path(__file__).parents[1]
KODUKANT = Path(sys.executable).with_name("kodukant")


def _kodukant(*typed: object, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(KODUKANT), *map(str, typed)], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of one run of the main job on the example data, in English."""
    folder = tmp_path_factory.mktemp("run")
    done = _kodukant(
        "run", "--processed", folder / "processed", "--reports", folder, "--as-of", "2026-06-30", "--language", "en"
    )
    assert done.returncode == ExitCode.DONE, done.stderr
    assert re.search(r"Files read: 41; set aside: 0; passed over: 0", done.stderr)
    assert str(folder / "2026-06-30") in done.stderr
    return folder / "2026-06-30"


def test_each_chart_has_a_picture_a_drawing_and_its_numbers(release: Path) -> None:
    endings = {}
    for path in (release / "charts").iterdir():
        endings.setdefault(path.stem, set()).add(path.suffix)
    assert endings
    assert set(map(frozenset, endings.values())) == {frozenset({".png", ".svg", ".csv"})}


def test_the_numbers_of_the_charts_are_those_of_the_estimates(release: Path) -> None:
    estimates = pd.read_csv(release / "estimates.csv", dtype={"region": "str", "period": "str"}, keep_default_na=False)
    what = ["indicator", "region", "period", "n"]
    known = set(estimates[what].itertuples(index=False, name=None))
    for path in (release / "charts").glob("*.csv"):
        drawn = pd.read_csv(path, sep=";", decimal=",", dtype="str", keep_default_na=False)
        assert set(drawn[what].itertuples(index=False, name=None)) <= known, path.name


def test_the_pages_load_nothing_from_outside(release: Path) -> None:
    for page in [*release.glob("*.html"), *release.glob("notebooks/*.html")]:
        loaded = re.findall(r"""(?:src|href)=["'](?!data:|#)([^"']+)""", page.read_text(encoding="utf-8"))
        outside = [address for address in loaded if re.match(r"(?:https?:)?//", address)]
        assert outside == [], page.name


def test_every_address_on_the_page_leads_somewhere(release: Path) -> None:
    (page,) = release.glob("index.html")
    addresses = re.findall(r'(?:src|href)="(?!data:|#)([^"]+)"', page.read_text(encoding="utf-8"))
    assert addresses
    assert [address for address in addresses if not (release / address).exists()] == []


def test_all_notebooks_run_from_top_to_bottom_with_the_parameters_of_the_run(release: Path) -> None:
    names = {path.stem for path in (release / "notebooks").glob("*.ipynb")}
    assert names == {"completion", "cooperation", "data_quality", "indicators", "places", "trust"}
    for path in (release / "notebooks").glob("*.ipynb"):
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), path.name
        assert "language = 'en'" in cells[0].source


def test_notebooks_hold_no_functions_and_read_no_spreadsheets() -> None:
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
        assert not re.search(r"^\s*def |lambda|read_excel|read_csv|openpyxl|calamine", code, re.MULTILINE), path.name


@pytest.mark.slow
def test_a_second_run_in_another_folder_gives_the_same_bytes(release: Path, tmp_path: Path) -> None:
    processed = tmp_path / "elsewhere"
    shutil.copytree(release.parent / "processed", processed)
    _kodukant("report", "--processed", processed, "--reports", tmp_path, "--as-of", "2026-06-30", "--language", "en")
    notebooks = list((release / "notebooks").iterdir())
    assert notebooks
    for path in [release / "estimates.csv", *(release / "charts").iterdir(), *notebooks]:
        assert (tmp_path / "2026-06-30" / path.relative_to(release)).read_bytes() == path.read_bytes(), path.name


def test_files_set_aside_are_said_in_the_exit_code_and_by_name(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(next((ROOT / "data" / "raw").glob("Lääne*/tegevuskava_2016-12-31.xlsx")), raw)
    (raw / "leping.xlsx").write_bytes(b"%PDF-1.7")
    done = _kodukant("refresh", "--raw", raw, "--processed", tmp_path / "out")
    assert done.returncode == ExitCode.FILES_SET_ASIDE
    assert "leping.xlsx: See on PDF-fail" in done.stderr


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (["refresh", "--raw", "nowhere"], ExitCode.FAILED, "not found: nowhere"),
        (["report", "--processed", "nowhere"], ExitCode.FAILED, "run `kodukant refresh` first"),
        (["refresh", "--as-of", "someday"], ExitCode.WRONG_CALL, "someday"),
        (["report", "--language", "fi"], ExitCode.WRONG_CALL, "one of et, en"),
        (["fly"], ExitCode.WRONG_CALL, "fly"),
        (["refresh", "--config", "nope.toml"], ExitCode.WRONG_CALL, "there is no settings file nope.toml"),
        (["run", "--prefecture", "Pärnu"], ExitCode.WRONG_CALL, "must be one of Põhja, Lõuna, Ida, Lääne"),
        (["refresh", "--raw", "."], ExitCode.FAILED, "not found: a spreadsheet in ."),
        (["indicators", "plan_slipage"], ExitCode.WRONG_CALL, "CODE is 'plan_slipage'; did you mean plan_slippage?"),
        (["indicators", "--lang", "fi"], ExitCode.WRONG_CALL, "--lang is 'fi'; it must be one of et, en, ru"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(typed: list[str], code: ExitCode, said: str, tmp_path: Path) -> None:
    done = _kodukant(*typed, cwd=tmp_path)
    assert done.returncode == code
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_folder_without_spreadsheets_leaves_the_records_as_they_were(release: Path, tmp_path: Path) -> None:
    processed = tmp_path / "processed"
    shutil.copytree(release.parent / "processed", processed)
    before = {path.name: path.read_bytes() for path in processed.iterdir()}
    (tmp_path / "raw").mkdir()
    done = _kodukant("refresh", "--raw", tmp_path / "raw", "--processed", processed)
    assert done.returncode == ExitCode.FAILED
    assert {path.name: path.read_bytes() for path in processed.iterdir()} == before


def test_a_report_that_failed_leaves_the_release_of_before_and_nothing_half_made(release: Path, tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "bad.ipynb").write_text(nbformat.writes(nbformat.v4.new_notebook()), encoding="utf-8")
    (tmp_path / "2014-06-30").mkdir()
    (tmp_path / "2014-06-30" / "index.html").write_text("before", encoding="utf-8")
    typed = ["--processed", release.parent / "processed", "--reports", tmp_path, "--as-of", "2014-06-30"]
    done = _kodukant("report", *typed, cwd=tmp_path)
    assert (done.returncode, "no cell tagged" in done.stderr) == (ExitCode.FAILED, True)
    assert not (tmp_path / ".2014-06-30.new").exists()
    assert (tmp_path / "2014-06-30" / "index.html").read_text(encoding="utf-8") == "before"


def test_outside_the_repository_a_report_says_that_the_notebooks_are_missing(release: Path, tmp_path: Path) -> None:
    done = _kodukant("report", "--processed", release.parent / "processed", "--reports", tmp_path, cwd=tmp_path)
    assert (done.returncode, "no notebooks in notebooks" in done.stderr) == (ExitCode.FAILED, True)


def test_the_indicators_are_listed_a_line_each_in_the_language_asked_for() -> None:
    for language, name, direction in [
        ("et", "Kavandatud arutelu hilinemine", "väiksem on parem"),
        ("en", "Slippage of planned discussions", "lower is better"),
        ("ru", "Задержка запланированных обсуждений", "меньше – лучше"),
    ]:
        lines = _kodukant("indicators", "--lang", language).stdout.splitlines()
        (line,) = [line for line in lines if line.startswith("plan_slippage ")]
        assert name in line
        assert line.rstrip().endswith(direction)
    assert sum(line.startswith(tuple(f"{code} " for code in registry())) for line in lines) == len(registry())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "one held early counts as 0 days"),
        ("et", "varem peetu loetakse 0 päevaks"),
        ("ru", "состоявшееся раньше считается за 0 дней"),
    ],
)
def test_one_indicator_is_told_with_all_that_is_known_of_it(language: str, said: str) -> None:
    told = " ".join(_kodukant("indicators", "plan_slippage", "--lang", language).stdout.split())
    assert said in told
    assert topic_text("shows_not", read_indicator("plan_slippage"), language) in told


def test_the_indicators_are_printed_as_data_and_as_a_page() -> None:
    data = json.loads(_kodukant("indicators", "--json").stdout)
    assert [each["code"] for each in data["indicators"]] == list(registry())
    assert _kodukant("indicators", "--markdown").stdout == indicators_page()


@pytest.mark.parametrize("typed", ["Laane", "lääne prefektuur"])
def test_a_prefecture_is_known_by_any_of_its_names(typed: str) -> None:
    assert _settings(None, prefecture=typed).prefecture == "Lääne"


def test_importing_the_package_is_cheap() -> None:
    heavy = "{'pandas', 'matplotlib', 'scipy', 'duckdb'}"
    code = f"import sys, kodukant_analysis, kodukant_analysis.cli; print({heavy} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
