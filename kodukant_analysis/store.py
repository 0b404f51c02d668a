"""Store: the record tables as Parquet files, replaced whole or not at all. The home of pyarrow and filelock."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from kodukant_analysis.records import SCHEMAS, completed

MANIFEST: Final = "manifest.json"
LOCK: Final = ".lock"
_ARROW: Final = {
    "string": pa.string(),
    "time": pa.string(),
    "date": pa.date32(),
    "Int64": pa.int64(),
    "Float64": pa.float64(),
    "boolean": pa.bool_(),
}
_PANDAS: Final = {"string": "string", "time": "string", "Int64": "Int64", "Float64": "Float64", "boolean": "boolean"}


class StoreError(Exception):
    """The store cannot be read as a whole; the message says what to do."""


def table_path(folder: Path, table: str) -> Path:
    """Where a table lies in a store."""
    return folder / f"{table}.parquet"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds a folder for one run at a time. Raises StoreError when another run holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        with lock:
            yield
    except Timeout as error:
        raise StoreError(f"another run is writing to {folder}: wait until it is done") from error


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Writes all tables beside the old ones, then switches by the manifest, which says which bytes are the store.

    A run broken off before its manifest leaves the old store, one broken off later the new one: what is not yet in
    its place is read from beside it, and put there by the next run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _put_in_place(folder)
    manifest: dict[str, Any] = {}
    for table, frame in tables.items():
        content = _encode(table, frame)
        _write(_beside(folder, table), content)
        manifest[table] = {"rows": len(frame), "sha256": _fingerprint(content)}
    _write(folder / f".{MANIFEST}.new", json.dumps({"tables": manifest}, indent=1, sort_keys=True).encode())
    (folder / f".{MANIFEST}.new").replace(folder / MANIFEST)
    _put_in_place(folder)


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables of a store, with the nullable types of the contract.

    A column that an older version did not know is wholly missing.
    Raises StoreError when there is none, or when another run is replacing it just now.
    """
    fingerprints = _fingerprints(folder)
    return {table: _read(folder, table, fingerprints[table]) for table in SCHEMAS}


def read_table(folder: Path, table: str) -> pd.DataFrame:
    """One table of a store; see read_tables."""
    return _read(folder, table, _fingerprints(folder)[table])


def _fingerprints(folder: Path) -> dict[str, str]:
    if not (folder / MANIFEST).exists():
        raise StoreError(f"no records in {folder}: run `kodukant refresh` first")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return {table: facts["sha256"] for table, facts in manifest["tables"].items()}


def _read(folder: Path, table: str, fingerprint: str) -> pd.DataFrame:
    places = (_beside(folder, table), table_path(folder, table))
    content = next((found for place in places if _fingerprint(found := _bytes(place)) == fingerprint), None)
    if content is None:
        raise StoreError(
            f"{table} in {folder} was changed, or is being replaced by another run: run `kodukant refresh`"
        )
    arrow = pq.read_table(pa.BufferReader(content))
    kept = {name: kind for name, kind in SCHEMAS[table].items() if name in arrow.column_names}
    read = pd.DataFrame({name: _column(arrow[name], kind) for name, kind in kept.items()}, index=range(len(arrow)))
    return completed(table, read)[list(SCHEMAS[table])]


def _put_in_place(folder: Path) -> None:
    """Moves the tables that the manifest names from beside the old ones into their place."""
    fingerprints = _fingerprints(folder) if (folder / MANIFEST).exists() else {}
    for table, fingerprint in fingerprints.items():
        if _fingerprint(_bytes(_beside(folder, table))) == fingerprint:
            _beside(folder, table).replace(table_path(folder, table))


def _beside(folder: Path, table: str) -> Path:
    return folder / f".{table}.new"


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _bytes(path: Path) -> bytes:
    """What a file holds; nothing where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _column(values: pa.ChunkedArray, kind: str) -> pd.Series:
    if kind == "date":
        return pd.Series(values.cast(pa.timestamp("us")).to_numpy())
    return pd.Series(values.to_pylist(), dtype=_PANDAS[kind])


def _encode(table: str, frame: pd.DataFrame) -> bytes:
    schema = pa.schema([(name, _ARROW[kind]) for name, kind in SCHEMAS[table].items()])
    arrow = pa.Table.from_pandas(frame, schema=schema, preserve_index=False).replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    pq.write_table(arrow, sink, compression="zstd")
    return bytes(sink.getvalue())


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
