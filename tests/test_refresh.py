"""The refresh on real files: everything accounted for, nothing personal left on disk, the same bytes again."""

import csv
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kodukant_analysis.refresh import Refreshed, refresh
from kodukant_analysis.settings import Settings
from kodukant_analysis.store import read_tables
from tests.conftest import SHARED

RAW = Path(__file__).parents[1] / "data" / "raw"
AS_OF = date(2026, 6, 30)


def _refresh(raw: Path, folder: Path) -> Refreshed:
    settings = Settings(raw=raw, processed=folder / "processed", person_key_file=folder / "person.key")
    return refresh(settings, AS_OF, lambda *_: None)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Refreshed, Path]:
    folder = tmp_path_factory.mktemp("example")
    return _refresh(RAW, folder), folder / "processed"


def test_the_example_data_come_from_four_prefectures_and_two_survey_firms(example: tuple[Refreshed, Path]) -> None:
    tables = read_tables(example[1])
    assert set(tables["discussions"]["prefecture"].dropna()) == {"Põhja", "Lõuna", "Ida", "Lääne"}
    assert set(tables["answers"]["series"]) == {"siseturvalisus", "omnibus"}
    assert all(len(tables[table]) for table in ("attendance", "topics", "actions", "shares"))


def test_every_row_read_is_kept_set_aside_or_skipped(example: tuple[Refreshed, Path]) -> None:
    sheets = read_tables(example[1])["sheets"]
    rest = sheets["rows_kept"] + sheets["rows_set_aside"] + sheets["rows_skipped"]
    assert (sheets["rows_read"] == rest).all()
    assert set(sheets["source_file"]) == set(example[0].files_read)


def test_the_rows_kept_are_those_that_the_records_name(example: tuple[Refreshed, Path]) -> None:
    tables = read_tables(example[1])
    for dataset in ("topics", "actions", "answers"):
        kept = tables["sheets"].query("dataset == @dataset").groupby(["source_file", "source_sheet"])["rows_kept"].sum()
        rows = tables[dataset][["source_file", "source_sheet", "source_row"]].drop_duplicates()
        named = rows.groupby(["source_file", "source_sheet"]).size()
        assert kept[kept > 0].to_dict() == named.to_dict(), dataset


def test_every_sheet_with_rows_set_aside_has_an_issue(example: tuple[Refreshed, Path]) -> None:
    tables = read_tables(example[1])
    aside = tables["sheets"].query("rows_set_aside > 0")
    named = set(zip(tables["issues"]["source_file"], tables["issues"]["source_sheet"], strict=True))
    assert set(zip(aside["source_file"], aside["source_sheet"], strict=True)) <= named


def test_every_link_of_a_record_leads_to_a_record(example: tuple[Refreshed, Path]) -> None:
    tables = read_tables(example[1])
    known = set(tables["discussions"]["discussion_id"])
    assert tables["discussions"]["discussion_id"].is_unique
    assert set(tables["attendance"]["discussion_id"]) <= known
    assert set(tables["topics"]["discussion_id"]) <= known


def test_the_same_files_give_the_same_bytes(example: tuple[Refreshed, Path], tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(example[1].parent / "person.key", again / "person.key")
    _refresh(RAW, again)
    assert _contents(again / "processed") == _contents(example[1])


def test_a_broken_file_costs_itself_alone_and_is_named_once(example: tuple[Refreshed, Path], tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(RAW, raw)
    whole = next(raw.glob("Põhja*/vorm_2015.xlsx"))
    (raw / "poolik.xlsx").write_bytes(whole.read_bytes()[:4000])
    (raw / "leping.xlsx").write_bytes(b"%PDF-1.7")
    (raw / "tühi.csv").write_bytes(b"")
    (raw / "~$avatud.xlsx").write_bytes(b"x")
    done = _refresh(raw, tmp_path)
    assert done.files_refused == {"leping.xlsx": "file-is-pdf", "poolik.xlsx": "file-damaged", "tühi.csv": "file-empty"}
    assert done.files_passed_over == ("~$avatud.xlsx",)
    assert done.rows == example[0].rows
    of_files = done.issues[done.issues["rule"].str.startswith("file-")]
    assert sorted(of_files["source_file"]) == sorted([*done.files_refused, *done.files_passed_over])


def test_a_folder_without_files_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    done = _refresh(tmp_path / "raw", tmp_path)
    assert set(done.rows.values()) == {0}
    assert read_tables(tmp_path / "processed")["actions"].empty


def test_a_delivery_of_a_later_day_is_kept_and_named(example: tuple[Refreshed, Path]) -> None:
    late = example[0].issues.query("rule == 'delivery-after-as-of'")
    assert "Lääne prefektuur/tegevuskava_2026-10-31.xlsx" in set(late["source_file"])
    assert (read_tables(example[1])["actions"]["reported_on"].dt.date > AS_OF).any()


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The score of the whole example corpus; skipped where it does not lie beside the repository."""
    corpus = SHARED / "corpus"
    if not corpus.exists():
        pytest.skip("the corpus with its truth does not lie beside the repository")
    folder = tmp_path_factory.mktemp("corpus")
    _refresh(corpus / "dev" / "raw", folder)
    command = [sys.executable, str(corpus / "score.py"), "--truth", str(corpus / "dev" / "truth"), "--json"]
    said = subprocess.run([*command, "--processed", str(folder / "processed")], capture_output=True, check=True)
    return {**json.loads(said.stdout), "processed": folder / "processed"}


def test_the_corpus_is_read_as_its_truth_says(score: dict[str, Any]) -> None:
    assert score["score"] >= 0.99
    assert {table: found["spurious"] for table, found in score["tables"].items()} == dict.fromkeys(score["tables"], 0)
    assert min(found["score"] for found in score["tables"].values()) >= 0.98


def test_the_defects_of_the_corpus_are_named_at_their_cells(score: dict[str, Any]) -> None:
    assert score["issues"]["at_cell"] >= 0.98


def test_no_person_of_the_corpus_is_left_on_disk(score: dict[str, Any]) -> None:
    assert score["leaks"]["total"] == 0
    with (SHARED / "corpus" / "dev" / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
        people = {row["value"] for row in csv.DictReader(file) if row["kind"] in {"code", "phone", "email"}}
    for path in Path(score["processed"]).glob("*.parquet"):
        texts = pd.read_parquet(path).astype("string").stack()
        assert not people & set(texts), path.name


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix}
