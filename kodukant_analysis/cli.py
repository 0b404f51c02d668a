"""The command `kodukant`: talks to people, decides nothing. The only place that reads the clock."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer

from kodukant_analysis.console import (
    ExitCode,
    console,
    print_checked,
    print_fields,
    print_indicators,
    print_refreshed,
    print_unread,
    progress,
    told_plainly,
)
from kodukant_analysis.places import prefectures, resolve_prefecture
from kodukant_analysis.records import RECORD_TABLES
from kodukant_analysis.settings import FILE_NAME, LANGUAGES, Settings, SettingsError, read_settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From the spreadsheets of community discussions to records, indicators, charts and reports.",
    epilog="Exit codes: 0 done; 1 could not be done; 2 wrong call or settings; 3 done, with files set aside.",
)

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
    with told_plainly():
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
    with told_plainly():
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
    with told_plainly():
        settings = _settings(config, processed=processed, reports=reports, language=language, prefecture=prefecture)
        _report(settings, _day(as_of, settings))


@app.command()
def check(  # noqa: PLR0913, PLR0917
    files: Annotated[list[Path], typer.Argument(help="Workbooks, text files or folders of them.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Folder of the marked copies.")] = Path("checked"),
    copies: Annotated[bool, typer.Option(help="Write a marked copy of each file.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    language: Language = None,
    config: Config = None,
) -> None:
    """List what is to be mended in files, and mark it in a copy of each."""
    from kodukant_analysis.check import check as check_files

    with told_plainly():
        settings = _settings(config, language=language)
        checked = check_files(files, settings, _day(None, settings), out if copies else None)
    if as_json:
        typer.echo(json.dumps({"files": [each.as_dict() for each in checked]}, ensure_ascii=False, indent=2))
    else:
        print_checked(checked, settings.language)
    is_aside = any(each.delivery.refused or each.failed for each in checked)
    raise typer.Exit(ExitCode.FILES_SET_ASIDE if is_aside else ExitCode.DONE)


@app.command()
def vocabulary(
    raw: Raw = None,
    unused: Annotated[bool, typer.Option("--unused", help="List the spellings that no file needs too.")] = False,
    config: Config = None,
) -> None:
    """List words of the spreadsheets that were not understood, as lines for the vocabulary of a site."""
    from kodukant_analysis.refresh import check_raw
    from kodukant_analysis.words import as_lines, survey_words

    with told_plainly(), progress("reading") as step:
        settings = _settings(config, raw=raw)
        check_raw(settings.raw)
        found = survey_words(settings, step)
    typer.echo(as_lines(found.missing))
    if unused:
        typer.echo("\n".join(f"# never used: {'.'.join(entry[:3])}: {entry.spelling}" for entry in found.unused))
    print_unread(found.unread, settings.language)
    console.print(f"Not understood: {len(found.missing)} words; never used: {len(found.unused)} spellings")
    raise typer.Exit(ExitCode.FILES_SET_ASIDE if found.unread else ExitCode.DONE)


@app.command()
def template(
    dataset: Annotated[str, typer.Argument(help=f"What to fill in: {', '.join(RECORD_TABLES)}.")],
    lang: Annotated[str, typer.Option(help="Language of the workbook: et, ru or en.")] = "et",
    out: Annotated[Path | None, typer.Option(help="File to write; default: DATASET_LANG.xlsx here.")] = None,
) -> None:
    """Write a workbook to fill in, with drop-down lists and a guide."""
    from kodukant_analysis.loaders.templates import LANGUAGES as SPOKEN
    from kodukant_analysis.workbooks.blanks import write_template

    target = out or Path(f"{dataset}_{lang}.xlsx")
    with told_plainly():
        _check_one_of("dataset", dataset, RECORD_TABLES)
        _check_one_of("--lang", lang, SPOKEN)
        write_template(dataset, lang, target)
    console.print(f"Workbook to fill in: {target}", markup=False)


@app.command()
def indicators(
    code: Annotated[str | None, typer.Argument(help="Code of one indicator; default: the list.")] = None,
    lang: Annotated[str, typer.Option(help="Language of names and words: et, en or ru.")] = "et",
    as_json: Annotated[bool, typer.Option("--json", help="Print the indicators and concepts as JSON.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print the page of the documentation.")] = False,
) -> None:
    """List what is measured: unit, smallest sample, which way is better; all about one by its code."""
    with told_plainly():
        from kodukant_analysis.indicator_pages import entry_fields, indicators_page, registry_as_data
        from kodukant_analysis.indicators import registry
        from kodukant_analysis.text import languages

        _check_one_of("--lang", lang, languages())
        if as_json:
            typer.echo(json.dumps(registry_as_data(), ensure_ascii=False, indent=2))
        elif as_markdown:
            typer.echo(indicators_page(), nl=False)
        elif code:
            _check_one_of("CODE", code, registry())
            print_fields(entry_fields(registry()[code], lang))
        else:
            print_indicators(registry().values(), lang)


@app.command()
def rotate_key(config: Config = None) -> None:
    """Make a new key for the pseudonyms of persons; the old one is gone, the next refresh uses the new one."""
    from kodukant_analysis.privacy import rotate_person_key

    with told_plainly():
        settings = _settings(config)
        rotate_person_key(settings.person_key_file)
    console.print(f"New key: {settings.person_key_file}", markup=False)
    console.print("Run `kodukant refresh` to make all pseudonyms anew.")


def main() -> None:
    """The entry point of the command."""
    app()


def _refresh(settings: Settings, as_of: date) -> ExitCode:
    from kodukant_analysis.refresh import check_raw
    from kodukant_analysis.refresh import refresh as refresh_records

    check_raw(settings.raw)
    with progress("reading") as step:
        done = refresh_records(settings, as_of, step)
    print_refreshed(done, settings.language)
    console.print(f"Records written to {settings.processed}", markup=False)
    return ExitCode.FILES_SET_ASIDE if done.files_refused else ExitCode.DONE


def _report(settings: Settings, as_of: date) -> None:
    from kodukant_analysis.report import report as make_report

    with progress("reporting") as step:
        made = make_report(settings, as_of, step)
    console.print(f"Report: {made.charts} charts, {made.notebooks} notebooks in {made.page.parent}", markup=False)
    console.print(f"Open {made.page}", markup=False)


def _settings(config: Path | None, **typed: Any) -> Settings:
    if config and not config.is_file():
        raise SettingsError(f"there is no settings file {config}")
    read = read_settings(config or Path(FILE_NAME))
    settings = replace(read, **{name: value for name, value in typed.items() if value is not None})
    _check_one_of("language", settings.language, LANGUAGES)
    return replace(settings, prefecture=_prefecture(settings.prefecture))


def _check_one_of(name: str, typed: str, known: Collection[str]) -> None:
    if typed not in known:
        near = get_close_matches(typed, known)
        hint = f"did you mean {' or '.join(near)}?" if near else f"it must be one of {', '.join(known)}"
        raise SettingsError(f"{name} is {typed!r}; {hint}")


def _prefecture(typed: str) -> str:
    found = resolve_prefecture(typed) if typed else ""
    if found is None:
        raise SettingsError(f"prefecture is {typed!r}; it must be one of {', '.join(prefectures())}")
    return found


def _day(as_of: datetime | None, settings: Settings) -> date:
    return as_of.date() if as_of else settings.as_of or date.today()  # noqa: DTZ011
