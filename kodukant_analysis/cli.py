"""The command `kodukant`: talks to people, decides nothing. The only place that reads the clock."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kodukant_analysis.places import prefectures, resolve_prefecture
from kodukant_analysis.settings import FILE_NAME, LANGUAGES, Settings, SettingsError, read_settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From the spreadsheets of community discussions to records, indicators, charts and reports.",
    epilog="Exit codes: 0 done; 1 could not be done; 2 wrong call or settings; 3 done, with files set aside.",
)
console = Console(stderr=True, soft_wrap=True)
_SHOWN_FILES: Final = 15
_SEVERITIES: Final = ["error", "warning", "note"]

Step = Callable[[int, int, str], None]
Raw = Annotated[Path | None, typer.Option(help="Folder of the spreadsheets.")]
Processed = Annotated[Path | None, typer.Option(help="Folder of the records.")]
Reports = Annotated[Path | None, typer.Option(help="Folder of the reports.")]
AsOf = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d", "%d.%m.%Y"], help="Day the results speak for; default: today.")
]
Language = Annotated[str | None, typer.Option(help=f"Language of the results: {', '.join(LANGUAGES)}.")]
Prefecture = Annotated[
    str | None, typer.Option(help=f"One prefecture for the notebooks: {', '.join(prefectures())}; default: all.")
]
Config = Annotated[Path | None, typer.Option(help=f"Settings file; default: {FILE_NAME}, if there is one.")]


class ExitCode(IntEnum):
    """What the command's exit code says."""

    DONE = 0
    FAILED = 1
    WRONG_CALL = 2
    FILES_SET_ASIDE = 3


@app.command()
def run(  # noqa: PLR0913, PLR0917
    raw: Raw = None,
    processed: Processed = None,
    reports: Reports = None,
    as_of: AsOf = None,
    language: Language = None,
    prefecture: Prefecture = None,
    config: Config = None,
) -> None:
    """Refresh the records and make the report."""
    with _told_plainly():
        settings = _settings(
            config, raw=raw, processed=processed, reports=reports, language=language, prefecture=prefecture
        )
        day = _day(as_of, settings)
        code = _refresh(settings, day)
        _report(settings, day)
        raise typer.Exit(code)


@app.command()
def refresh(raw: Raw = None, processed: Processed = None, as_of: AsOf = None, config: Config = None) -> None:
    """Read the spreadsheets into records."""
    with _told_plainly():
        settings = _settings(config, raw=raw, processed=processed)
        raise typer.Exit(_refresh(settings, _day(as_of, settings)))


@app.command()
def report(  # noqa: PLR0913, PLR0917
    processed: Processed = None,
    reports: Reports = None,
    as_of: AsOf = None,
    language: Language = None,
    prefecture: Prefecture = None,
    config: Config = None,
) -> None:
    """Make charts, page and notebooks from the records."""
    with _told_plainly():
        settings = _settings(config, processed=processed, reports=reports, language=language, prefecture=prefecture)
        _report(settings, _day(as_of, settings))


def main() -> None:
    """The entry point of the command."""
    app()


def _refresh(settings: Settings, as_of: date) -> ExitCode:
    from kodukant_analysis.refresh import check_raw
    from kodukant_analysis.refresh import refresh as refresh_records
    from kodukant_analysis.text.issues import issue_texts

    check_raw(settings.raw)
    with _progress("reading") as step:
        done = refresh_records(settings, as_of, step)
    aside, over = len(done.files_refused), len(done.files_passed_over)
    console.print(f"[bold]Files read[/]: {len(done.files_read)}; set aside: {aside}; passed over: {over}")
    for file, rule in done.files_refused.items():
        console.print(f"  {file}: {issue_texts()[rule].en}", markup=False)
    console.print("[bold]Records[/]: " + ", ".join(f"{table} {count}" for table, count in done.rows.items()))
    _print_issues(done.issues)
    console.print(f"[bold]Records written to[/] {settings.processed}")
    return ExitCode.FILES_SET_ASIDE if done.files_refused else ExitCode.DONE


def _print_issues(issues: Any) -> None:
    by_file = issues.groupby(["source_file", "severity"], observed=False, dropna=False).size().unstack(fill_value=0)
    counts = by_file.reindex(columns=_SEVERITIES, fill_value=0).sort_values(_SEVERITIES, ascending=False)
    console.print(f"[bold]Issues[/]: {len(issues)} in {len(counts)} files")
    for file, row in counts.head(_SHOWN_FILES).iterrows():
        said = ", ".join(f"{count} {severity}{'s' if count != 1 else ''}" for severity, count in row.items() if count)
        console.print(f"  {file}: {said}", markup=False)
    if len(counts) > _SHOWN_FILES:
        console.print(f"  and {len(counts) - _SHOWN_FILES} more files: see the table `issues`")


def _report(settings: Settings, as_of: date) -> None:
    from kodukant_analysis.report import report as make_report

    with _progress("reporting") as step:
        made = make_report(settings, as_of, step)
    console.print(f"[bold]Report[/]: {made.charts} charts, {made.notebooks} notebooks in {made.page.parent}")
    console.print(f"Open {made.page}", markup=False)


@contextmanager
def _progress(title: str) -> Iterator[Step]:
    """A bar on a terminal, else a line for every tenth of the work."""
    if not console.is_terminal:
        yield lambda done, total, label: _log(title, done, total, label)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total, label: bar.update(
            task, completed=done, total=total, description=f"{title} {label[-40:]:40}"
        )


def _log(title: str, done: int, total: int, label: str) -> None:
    if done in {1, total} or done * 10 // total != (done - 1) * 10 // total:
        console.print(f"{datetime.now():%H:%M:%S} {title} {done}/{total}: {label}", markup=False, highlight=False)  # noqa: DTZ005


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What can go wrong outside the code, said in a sentence instead of a traceback."""
    from kodukant_analysis.notebooks import NotebookError
    from kodukant_analysis.store import StoreError

    try:
        yield
    except SettingsError as error:
        _fail(str(error), ExitCode.WRONG_CALL)
    except FileNotFoundError as error:
        _fail(f"not found: {error.filename or error}", ExitCode.FAILED)
    except (StoreError, NotebookError, OSError, ValueError) as error:
        _fail(str(error), ExitCode.FAILED)


def _fail(message: str, code: ExitCode) -> None:
    console.print(f"kodukant: {message}", style="bold red", markup=False)
    sys.exit(code)


def _settings(config: Path | None, **typed: Any) -> Settings:
    if config and not config.is_file():
        raise SettingsError(f"there is no settings file {config}")
    read = read_settings(config or Path(FILE_NAME))
    settings = replace(read, **{name: value for name, value in typed.items() if value is not None})
    if settings.language not in LANGUAGES:
        raise SettingsError(f"language is {settings.language!r}; it must be one of {', '.join(LANGUAGES)}")
    return replace(settings, prefecture=_prefecture(settings.prefecture))


def _prefecture(typed: str) -> str:
    found = resolve_prefecture(typed) if typed else ""
    if found is None:
        raise SettingsError(f"prefecture is {typed!r}; it must be one of {', '.join(prefectures())}")
    return found


def _day(as_of: datetime | None, settings: Settings) -> date:
    return as_of.date() if as_of else settings.as_of or date.today()  # noqa: DTZ011
