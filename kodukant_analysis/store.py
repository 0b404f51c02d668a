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

from kodukant_analysis.records import SCHEMAS

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
    """Writes all tables beside the old ones, then switches; the manifest, last, says which bytes belong together."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, Any] = {}
    for table, frame in tables.items():
        content = _encode(table, frame)
        _write(folder / f".{table}.new", content)
        manifest[table] = {"rows": len(frame), "sha256": hashlib.sha256(content).hexdigest()}
    _write(folder / f".{MANIFEST}.new", json.dumps({"tables": manifest}, indent=1, sort_keys=True).encode())
    for table in tables:
        (folder / f".{table}.new").replace(table_path(folder, table))
    (folder / f".{MANIFEST}.new").replace(folder / MANIFEST)


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables of a store, with the nullable types of the contract.

    Raises StoreError when there is none, or when another run is replacing it just now.
    """
    return {table: read_table(folder, table) for table in SCHEMAS}


def read_table(folder: Path, table: str) -> pd.DataFrame:
    """One table of a store; see read_tables."""
    if not (folder / MANIFEST).exists():
        raise StoreError(f"no records in {folder}: run `kodukant refresh` first")
    content = table_path(folder, table).read_bytes()
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest["tables"][table]["sha256"] != hashlib.sha256(content).hexdigest():
        raise StoreError(
            f"{table} in {folder} is being replaced by another run, or a run was broken off: run `kodukant refresh`"
        )
    arrow = pq.read_table(pa.BufferReader(content))
    return pd.DataFrame({name: _column(arrow[name], kind) for name, kind in SCHEMAS[table].items()})


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
