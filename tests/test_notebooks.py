"""Notebooks: what is delivered tells no folder of the machine, shows no cell, and heeds the prefecture."""

import re
from datetime import date
from pathlib import Path

import nbformat
import pytest

from kodukant_analysis import store
from kodukant_analysis.notebooks import NotebookError, Parameters, list_notebooks, run_notebooks
from kodukant_analysis.records import SCHEMAS, to_frame

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def _parameters(processed: Path, prefecture: str = "") -> Parameters:
    return Parameters(date(2026, 6, 30), prefecture, "en", processed)


def _run(notebook: str, folder: Path) -> dict[str, bytes]:
    store.write_tables(folder / "processed", {table: to_frame(table, []) for table in SCHEMAS})
    path = folder / "template.ipynb"
    path.write_text(notebook, encoding="utf-8")
    assert list(run_notebooks([path], _parameters(folder / "processed"), folder / "out")) == ["template"]
    return {made.name: made.read_bytes() for made in (folder / "out").iterdir()}


def _template() -> str:
    cells = [
        nbformat.v4.new_code_cell("processed = None", metadata={"tags": ["parameters"]}, id="0"),
        nbformat.v4.new_code_cell("print(as_of, prefecture, len(list(processed.glob('*.parquet'))))", id="1"),
    ]
    return str(nbformat.writes(nbformat.v4.new_notebook(cells=cells)))


def test_runs_in_two_folders_deliver_the_same_bytes_and_name_neither(tmp_path: Path) -> None:
    made = [_run(_template(), tmp_path / name) for name in ("one", "two") if not (tmp_path / name).mkdir()]
    assert made[0] == made[1]
    assert set(made[0]) == {"template.ipynb", "template.html"}
    for name, content in made[0].items():
        assert str(tmp_path).encode() not in content, name
        assert f"2026-06-30  {len(SCHEMAS)}".encode() in content, "executed on the records of the run"


def test_the_delivered_cell_leads_from_the_release_to_the_usual_records() -> None:
    assert "Path('../../../data/processed')" in _parameters(Path("/srv/records")).delivered


def test_a_folder_without_notebooks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="no notebooks in"):
        list_notebooks(tmp_path)


@pytest.mark.parametrize("path", list_notebooks(NOTEBOOKS), ids=lambda path: path.stem)
def test_notebooks_show_no_cell_and_no_count_of_persons(path: Path) -> None:
    code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    assert not re.search(r"""["']found["']|attendees|is_dont_know|records\["(attendance|answers)"\]""", code)


@pytest.mark.slow
@pytest.mark.parametrize("prefecture", ["", "Põhja", "Ida"])
def test_every_notebook_runs_on_empty_records_for_any_prefecture(prefecture: str, tmp_path: Path) -> None:
    store.write_tables(tmp_path / "processed", {table: to_frame(table, []) for table in SCHEMAS})
    paths = list_notebooks(NOTEBOOKS)
    done = run_notebooks(paths, _parameters(tmp_path / "processed", prefecture), tmp_path / "out")
    assert sorted(done) == [path.stem for path in paths]
