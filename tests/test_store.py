"""The store: what is written comes back, whole or not at all."""

import hashlib
from datetime import date, time
from pathlib import Path

import pandas as pd
import pytest

from kodukant_analysis.records import SCHEMAS, to_frame
from kodukant_analysis.store import StoreError, locked, read_table, read_tables, table_path, write_tables


def _tables(**rows: list[dict[str, object]]) -> dict[str, pd.DataFrame]:
    return {table: to_frame(table, rows.get(table, [])) for table in SCHEMAS}


DISCUSSION = {
    "discussion_id": "d1",
    "held_on": date(2016, 9, 29),
    "starts_at": time(17),
    "attendees": 19,
    "has_room": True,
}


def test_records_come_back_with_their_types_and_missing_stays_missing(tmp_path: Path) -> None:
    write_tables(tmp_path, _tables(discussions=[DISCUSSION, {"discussion_id": "d2"}]))
    back = read_tables(tmp_path)["discussions"]
    assert back["held_on"].dt.date.iloc[0] == date(2016, 9, 29)
    assert (back["starts_at"].iloc[0], back["attendees"].iloc[0], back["has_room"].iloc[0]) == ("17:00", 19, True)
    assert back.loc[1, ["held_on", "starts_at", "attendees", "has_room"]].isna().all()
    assert list(back.columns) == list(SCHEMAS["discussions"])


def test_an_empty_store_has_all_tables_with_all_columns(tmp_path: Path) -> None:
    write_tables(tmp_path, _tables())
    assert {table: list(frame.columns) for table, frame in read_tables(tmp_path).items()} == {
        table: list(schema) for table, schema in SCHEMAS.items()
    }


def test_a_column_that_an_older_store_lacks_is_missing(tmp_path: Path) -> None:
    write_tables(tmp_path, _tables(discussions=[DISCUSSION]))
    path, manifest = table_path(tmp_path, "discussions"), tmp_path / "manifest.json"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    pd.read_parquet(path).drop(columns=["has_room", "summary_sent_on"]).to_parquet(path)
    after = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    back = read_tables(tmp_path)["discussions"]
    assert list(back.columns) == list(SCHEMAS["discussions"])
    assert back.loc[0, ["has_room", "summary_sent_on"]].isna().all()
    assert back.dtypes.equals(to_frame("discussions", [DISCUSSION]).dtypes)
    assert back.loc[0, "attendees"] == 19


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_tables(tmp_path / name, _tables(discussions=[DISCUSSION]))
    contents = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert contents[0] == contents[1]


def test_half_a_store_is_never_read(tmp_path: Path) -> None:
    write_tables(tmp_path, _tables(discussions=[DISCUSSION]))
    write_tables(tmp_path / "other", _tables())
    table_path(tmp_path / "other", "discussions").replace(table_path(tmp_path, "discussions"))
    with pytest.raises(StoreError, match="replaced by another run"):
        read_table(tmp_path, "discussions")


@pytest.mark.parametrize("moves", range(len(SCHEMAS) + 1))
def test_a_run_broken_off_while_it_switches_leaves_the_old_store_or_the_new(
    moves: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tables(tmp_path, _tables(discussions=[DISCUSSION]))
    replace, left = Path.replace, iter(range(moves))

    def breaking(path: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", breaking)
        with pytest.raises(KeyboardInterrupt):
            write_tables(tmp_path, _tables(topics=[{"topic_id": "t1"}]))
    tables = read_tables(tmp_path)
    assert (len(tables["discussions"]), len(tables["topics"])) == ((0, 1) if moves else (1, 0))
    write_tables(tmp_path, _tables())
    assert not list(tmp_path.glob(".*.new"))


def test_a_store_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kodukant refresh"):
        read_tables(tmp_path)


def test_one_run_at_a_time_writes_to_a_folder(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(StoreError, match="another run is writing"), locked(tmp_path):
        pass


def test_nothing_is_left_beside_the_tables(tmp_path: Path) -> None:
    write_tables(tmp_path, _tables())
    assert {path.name for path in tmp_path.iterdir()} == {f"{table}.parquet" for table in SCHEMAS} | {"manifest.json"}
