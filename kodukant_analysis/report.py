"""Report: the records as a release - charts, page, numbers and executed notebooks - replaced whole or not at all."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from kodukant_analysis import notebooks, store
from kodukant_analysis.disclosure import disclosed
from kodukant_analysis.exports import About, write_charts, write_index
from kodukant_analysis.figures import charts
from kodukant_analysis.indicators import all_estimates, compare_funnel, conclusions, read_breaks
from kodukant_analysis.records import RECORD_TABLES
from kodukant_analysis.settings import Settings
from kodukant_analysis.text import estonian_key
from kodukant_analysis.text.issues import issue_texts

Progress = Callable[[int, int, str], None]
ESTIMATES: Final = "estimates.csv"


@dataclass(frozen=True)
class Reported:
    """What a report made; `page` is where to begin."""

    page: Path
    charts: int
    notebooks: int


def report(settings: Settings, as_of: date, progress: Progress) -> Reported:
    """Makes the release of a day from the store; `progress(done, all, what)` is called after each step.

    Raises StoreError when there are no records or another run is at it, NotebookError when there are no notebooks or
    one stops; the release of before is then left as it was.
    """
    with store.locked(settings.reports):
        return _report(settings, as_of, progress)


def _report(settings: Settings, as_of: date, progress: Progress) -> Reported:
    tables = store.read_tables(settings.processed) | {"breaks": read_breaks(settings.breaks)}
    templates = notebooks.list_notebooks(settings.notebooks)
    folder = settings.reports / as_of.isoformat()
    steps = _Steps(progress, len(templates) + 3)
    with _replacing(folder) as new:
        estimates = _estimates(tables, settings, as_of)
        _write_estimates(new / ESTIMATES, estimates)
        steps.done("estimates")
        drawn = charts(estimates, lang=settings.language, as_of=as_of)
        write_charts(drawn, new / "charts")
        steps.done("charts")
        parameters = notebooks.Parameters(as_of, settings.prefecture, settings.language, settings.processed)
        for name in notebooks.run_notebooks(templates, parameters, new / "notebooks"):
            steps.done(f"notebook {name}")
        places = [f"notebooks/{path.stem}.html" for path in templates]
        page = write_index(new, drawn, estimates, _about(tables, settings.language, as_of, places))
        steps.done("page")
    return Reported(folder / page.name, len(drawn), len(templates))


def _estimates(tables: dict[str, pd.DataFrame], settings: Settings, as_of: date) -> pd.DataFrame:
    """Every estimate that may leave the house, what is concluded from them, and how regions stand among each other."""
    told = disclosed(all_estimates(tables, as_of, roster=settings.roster))
    return compare_funnel(pd.concat([told, conclusions(told, tables, as_of)], ignore_index=True))


@dataclass
class _Steps:
    progress: Progress
    total: int
    count: int = 0

    def done(self, what: str) -> None:
        self.count += 1
        self.progress(self.count, self.total, what)


def _write_estimates(path: Path, estimates: pd.DataFrame) -> None:
    path.write_text(estimates.to_csv(index=False, float_format="%.10g", lineterminator="\n"), encoding="utf-8")


def _about(tables: dict[str, pd.DataFrame], language: str, as_of: date, places: list[str]) -> About:
    texts = {rule: getattr(text, language) for rule, text in issue_texts().items()}
    issues = tables["issues"]
    refused = issues[issues["rule"].str.startswith("file-") & (issues["severity"] == "error")]
    refused = refused.sort_values("source_file", key=lambda files: files.map(estonian_key))
    read = set(tables["sheets"]["source_file"]) - set(refused["source_file"])
    return About(
        lang=language,
        as_of=as_of,
        files_read=len(read),
        files_aside=[(file, texts[rule]) for file, rule in zip(refused["source_file"], refused["rule"], strict=True)],
        records={table: len(tables[table]) for table in RECORD_TABLES},
        issues=issues,
        rule_titles=texts,
        notebooks=places,
        languages=(language,),
    )


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of `folder` once it is full; of one left half full nothing stays."""
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
        _switch(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _switch(new: Path, folder: Path) -> None:
    """Puts the new release in the place of the old one, which is out of the way before it is deleted."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    with suppress(FileNotFoundError):
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
