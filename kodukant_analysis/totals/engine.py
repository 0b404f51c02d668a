"""Engine: the home of DuckDB. Runs `totals/<name>.sql` on tables in memory and gives back one small frame."""

import re
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd

from kodukant_analysis.records import completed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

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
    A column of the contract that a frame lacks (an older store, a table made by hand) is wholly missing.
    A query may use others (`-- uses:`), which are then tables to it, and those others again.
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
            connection.register(table, _laid_out(table, tables[table]))
        _lay_out_used(connection, query, parameters)
        found = connection.execute(query, _own(query, parameters)).df()
    text = [column for column in found.columns if found[column].dtype == object]
    return found.astype(dict.fromkeys(text, "str"))


def _lay_out_used(connection: "DuckDBPyConnection", query: str, parameters: Mapping[str, Parameter]) -> None:
    """What a query uses as tables, and first what that uses."""
    for used in used_queries(query):
        text = query_text(used)
        _lay_out_used(connection, text, parameters)
        connection.execute(f"CREATE TABLE IF NOT EXISTS {used} AS {text}", _own(text, parameters))


def _laid_out(name: str, table: Any) -> Any:
    # DuckDB cannot read a view that runs backwards, as a reversed frame is
    return completed(name, table).copy() if isinstance(table, pd.DataFrame) else table


def query_text(name: str) -> str:
    """The SQL of one query, with its comments."""
    return files("kodukant_analysis.totals").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def read_tables(query: str) -> tuple[str, ...]:
    """The record tables a query reads, from its line `-- reads: a, b`.

    >>> read_tables("-- What it counts." + chr(10) + "-- reads: discussions, attendance" + chr(10) + "SELECT 1")
    ('discussions', 'attendance')
    """
    return _listed(query, "-- reads:")


def used_queries(query: str) -> tuple[str, ...]:
    """The queries whose result a query reads as a table, from its line `-- uses: a`; most use none.

    >>> used_queries("-- What it counts." + chr(10) + "-- uses: action_histories" + chr(10) + "SELECT 1")
    ('action_histories',)
    """
    return _listed(query, "-- uses:")


def _listed(query: str, heading: str) -> tuple[str, ...]:
    line = next((line for line in query.splitlines() if line.startswith(heading)), heading)
    return tuple(name.strip() for name in line.removeprefix(heading).split(",") if name.strip())


def _own(query: str, parameters: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """The parameters a query names, outside its comments: DuckDB refuses any other."""
    code = re.sub(r"--.*", "", query)
    return {name: value for name, value in parameters.items() if re.search(rf"\${name}\b", code)}
