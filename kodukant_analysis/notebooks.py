"""Notebooks: executed from top to bottom with the parameters of a run, as notebooks and as pages."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

PARAMETER_TAG: Final = "parameters"
USUAL_RECORDS: Final = Path("../../../data/processed")
_AT_ONCE: Final = 2
_SECONDS: Final = 300


class NotebookError(Exception):
    """A notebook that stopped; the message names it and says why."""


@dataclass(frozen=True)
class Parameters:
    """What the parameter cell of a notebook is given."""

    as_of: date
    prefecture: str
    language: str
    processed: Path

    @property
    def source(self) -> str:
        """The parameter cell as Python."""
        lines = (
            f"as_of = date.fromisoformat({self.as_of.isoformat()!r})",
            f"prefecture = {self.prefecture!r}",
            f"language = {self.language!r}",
            f"processed = Path({self.processed.as_posix()!r})",
        )
        return "\n".join(["from datetime import date", "from pathlib import Path", "", *lines])

    @property
    def delivered(self) -> str:
        """The cell as it is delivered: the records where they usually lie, seen from the notebook.

        A folder of the machine that made the release is nobody's business, and the same records give the same bytes.
        """
        return replace(self, processed=USUAL_RECORDS).source


def list_notebooks(folder: Path) -> list[Path]:
    """The notebooks of a folder, in the order of their names. Raises NotebookError when there is none."""
    found = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
    if not found:
        raise NotebookError(f"no notebooks in {folder}: run where they lie, or say in kodukant.toml where that is")
    return found


def run_notebooks(paths: Sequence[Path], parameters: Parameters, out: Path) -> Iterator[str]:
    """Executes notebooks, two at a time, into `out` as `.ipynb` and `.html`; yields the name of each as it gets done.

    Raises NotebookError for the first that stops.
    """
    out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        futures = {pool.submit(_run, path, parameters, out): path for path in paths}
        for future in as_completed(futures):
            future.result()
            yield futures[future].stem


def _run(path: Path, parameters: Parameters, out: Path) -> None:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, as_version=4)
    cell = _parameter_cell(notebook, path)
    cell["source"] = parameters.source
    quiet = ["--IPKernelApp.log_level=ERROR"]
    client = NotebookClient(
        notebook, timeout=_SECONDS, record_timing=False, coalesce_streams=True, extra_arguments=quiet
    )
    client.resources = {"metadata": {"path": "."}}
    try:
        asyncio.run(client.async_execute())
    except CellExecutionError as error:
        raise NotebookError(f"the notebook {path.name} stopped: {error.ename}: {error.evalue}") from error
    cell["source"] = parameters.delivered
    nbformat.write(notebook, out / path.name)
    (out / f"{path.stem}.html").write_text(_page(notebook, path.stem), encoding="utf-8")


def _parameter_cell(notebook: Any, path: Path) -> Any:
    for cell in notebook.cells:
        if PARAMETER_TAG in cell.get("metadata", {}).get("tags", []):
            return cell
    raise NotebookError(f"the notebook {path.name} has no cell tagged {PARAMETER_TAG!r}")


def _page(notebook: Any, title: str) -> str:
    """The notebook's body in a page of our own: nbconvert's full templates load addresses from outside."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True)
    body, _ = exporter.from_notebook_node(notebook)
    return _FRAME.format(title=title.replace("_", " ").capitalize(), body=body)


_FRAME: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 17px/1.55 system-ui, sans-serif; color: #1b1b1b; max-width: 70rem; margin: 0 auto; padding: 1.5rem; }}
img {{ max-width: 100%; height: auto; }}
pre {{ background: #f4f5f7; padding: .6rem .8rem; white-space: pre-wrap; font-size: .85rem; }}
table {{ border-collapse: collapse; font-size: .9rem; display: block; overflow-x: auto; }}
th, td {{ padding: .3rem .7rem; border-bottom: 1px solid #d5d8dd; text-align: left; }}
.anchor-link {{ display: none; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""
