"""Console: what is said to the one who types a command: progress, results, what went wrong."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from kodukant_analysis.settings import SettingsError

if TYPE_CHECKING:
    from kodukant_analysis.check import Checked
    from kodukant_analysis.indicators import Indicator
    from kodukant_analysis.refresh import Refreshed

console = Console(stderr=True, soft_wrap=True, log_path=False, log_time_format="%H:%M:%S", emoji=False)
_WIDE: Final = 400
# What goes into a file or a pipe is as wide as it is.
results = Console(
    soft_wrap=True, highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else _WIDE
)
_SHOWN_FILES: Final = 15
_LABEL: Final = 22
_NAME: Final = 24
_SEVERITIES: Final = ["error", "warning", "note"]

Step = Callable[[int, int, str], None]


class ExitCode(IntEnum):
    """What the command's exit code says."""

    DONE = 0
    FAILED = 1
    WRONG_CALL = 2
    FILES_SET_ASIDE = 3


def print_refreshed(done: "Refreshed", language: str) -> None:
    """What a refresh read, set aside and found to mend."""
    aside, over = len(done.files_refused), len(done.files_passed_over)
    console.print(f"[bold]Files read[/]: {len(done.files_read)}; set aside: {aside}; passed over: {over}")
    print_unread(done.files_refused, language)
    console.print("[bold]Records[/]: " + ", ".join(f"{table} {count}" for table, count in done.rows.items()))
    _print_issues(done.issues)


def print_unread(refused: Mapping[str, str], language: str) -> None:
    """Why each file could not be read, by its name."""
    from kodukant_analysis.text.issues import issue_texts

    for file, rule in refused.items():
        console.print(f"  {file}: {issue_texts()[rule].told(language)}", markup=False)


def print_checked(checked: "Sequence[Checked]", language: str) -> None:
    """What is to be mended in each file, a line an issue, and where its marked copy is."""
    from kodukant_analysis.text import translate
    from kodukant_analysis.workbooks.overview import lost_sentence, rows_sentence

    for each in checked:
        results.print(each.delivery.file, style="bold")
        if not each.delivery.refused:
            results.print(f"  {rows_sentence(each.delivery.accounts, language)}")
        for advice in each.advice:
            where = "!".join(filter(None, (advice.sheet, advice.cell)))
            found = f" «{advice.found}»" if advice.found else ""
            severity = translate(f"severity.{advice.severity}", language)
            results.print(f"  {severity:8} {where}{found}{': ' if where or found else ''}{advice.message}")
        if each.copy:
            results.print(f"  -> {each.copy}")
        if each.lost:
            results.print(f"     {lost_sentence(each.lost, language)}")
        if each.failed:
            results.print(f"  {translate('feedback.no_copy', language)}")


def print_indicators(listed: "Iterable[Indicator]", language: str) -> None:
    """The indicators chapter by chapter: code, name, unit, which way is better; all else is told of one by its code."""
    from kodukant_analysis.text import translate

    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("code", "name", "unit", "direction"):
        least = _NAME if column == "name" else None
        table.add_column(translate(f"registry.{column}", language), no_wrap=column == "code", min_width=least)
    for chapter, found in groupby(listed, key=attrgetter("chapter")):
        table.add_row()
        table.add_row(Text(translate(f"chapter.{chapter}", language), style="bold"))
        for each in found:
            table.add_row(each.code, each.name[language], each.unit_words(language), each.direction_words(language))
    results.print(table, soft_wrap=False)


def print_fields(fields: Mapping[str, str]) -> None:
    """Labels and what they stand for, one below the other."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", max_width=_LABEL)
    table.add_column()
    for label, text in fields.items():
        table.add_row(label, text)
    results.print(table, soft_wrap=False)


@contextmanager
def progress(title: str) -> Iterator[Step]:
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
        console.log(f"{title} {done}/{total}: {label}", markup=False, highlight=False)


@contextmanager
def told_plainly() -> Iterator[None]:
    """What can go wrong outside the code, said in a sentence instead of a traceback."""
    from kodukant_analysis.notebooks import NotebookError
    from kodukant_analysis.store import StoreError

    try:
        yield
    except SettingsError as error:
        _fail(str(error), ExitCode.WRONG_CALL)
    except FileNotFoundError as error:
        _fail(f"not found: {error.filename or error}", ExitCode.FAILED)
    except FileExistsError as error:
        _fail(f"there is a file already: {error.filename or error}; choose another name", ExitCode.FAILED)
    except (StoreError, NotebookError, OSError, ValueError) as error:
        _fail(str(error), ExitCode.FAILED)


def _fail(message: str, code: ExitCode) -> None:
    console.print(f"kodukant: {message}", style="bold red", markup=False)
    sys.exit(code)


def _print_issues(issues: Any) -> None:
    by_file = issues.groupby(["source_file", "severity"], observed=False, dropna=False).size().unstack(fill_value=0)
    counts = by_file.reindex(columns=_SEVERITIES, fill_value=0).sort_values(_SEVERITIES, ascending=False)
    console.print(f"[bold]Issues[/]: {len(issues)} in {len(counts)} files")
    for file, row in counts.head(_SHOWN_FILES).iterrows():
        said = ", ".join(f"{count} {severity}{'s' if count != 1 else ''}" for severity, count in row.items() if count)
        console.print(f"  {file}: {said}", markup=False)
    if len(counts) > _SHOWN_FILES:
        console.print(f"  and {len(counts) - _SHOWN_FILES} more files: see the table `issues`")
