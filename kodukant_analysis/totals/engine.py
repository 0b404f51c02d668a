"""Engine: the home of DuckDB. Runs `totals/<name>.sql` on tables in memory and gives back one small frame."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import pandas as pd

Parameter = str | int | float | date


class Remembering(dict[str, Any]):
    """Tables by name that remember the totals once asked of them, for many questions of the same tables."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        super().__init__(tables)
        self.known: dict[tuple[Any, ...], pd.DataFrame] = {}


def totals(name: str, tables: Mapping[str, Any], **parameters: Parameter) -> pd.DataFrame:
    """Sufficient statistics of the query `name` over `tables` (pandas frames or Arrow tables by their record name).

    `parameters` are the query's `$names`. The rows come in the query's own order, and sums are added in the order
    of the rows (one thread), so that the same input gives the same bytes. Text columns have the type `str`.
    Tables that are `Remembering` are asked each query once; what they give back is not to be changed in place.
    Raises KeyError for a table the query reads and `tables` lacks, FileNotFoundError for an unknown query.
    """
    if not isinstance(tables, Remembering):
        return _totals(name, tables, parameters)
    asked = (name, *sorted(parameters.items()))
    if asked not in tables.known:
        tables.known[asked] = _totals(name, tables, parameters)
    return tables.known[asked]


def _totals(name: str, tables: Mapping[str, Any], parameters: Mapping[str, Parameter]) -> pd.DataFrame:
    import duckdb

    query = query_text(name)
    with duckdb.connect(":memory:", config={"threads": 1, "enable_external_access": False}) as connection:
        for table in read_tables(query):
            connection.register(table, _laid_out(tables[table]))
        found = connection.execute(query, dict(parameters)).df()
    text = [column for column in found.columns if found[column].dtype == object]
    return found.astype(dict.fromkeys(text, "str"))


def _laid_out(table: Any) -> Any:
    # DuckDB cannot read a view that runs backwards, as a reversed frame is
    return table.copy() if isinstance(table, pd.DataFrame) else table


def query_text(name: str) -> str:
    """The SQL of one query, with its comments."""
    return files("kodukant_analysis.totals").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def read_tables(query: str) -> tuple[str, ...]:
    """The record tables a query reads, from its line `-- reads: a, b`.

    >>> read_tables("-- What it counts." + chr(10) + "-- reads: discussions, attendance" + chr(10) + "SELECT 1")
    ('discussions', 'attendance')
    """
    line = next(line for line in query.splitlines() if line.startswith("-- reads:"))
    return tuple(table.strip() for table in line.removeprefix("-- reads:").split(","))
