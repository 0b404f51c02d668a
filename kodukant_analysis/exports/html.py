"""The page: one HTML file that says what was found, shows the charts and what they rest on; loads nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kodukant_analysis.exports.sections import sections
from kodukant_analysis.exports.tables import Table, records_table, rules_table, severities_table
from kodukant_analysis.figures import Chart
from kodukant_analysis.text import integer, long_date, translate

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class About:
    """What a page says about its data.

    `files_aside`: (file, reason) of each file that could not be read; the names are shown, so mask them where needed.
    `records`: number of records by table. `issues`: frame with `severity`, `rule`, `source_file`. `rule_titles`:
    words for rules. `notebooks` and `charts` (folder of the chart files): addresses relative to the page.
    `languages`: languages of all pages of the release, for links between them.
    """

    lang: str
    as_of: date
    files_read: int
    files_aside: Sequence[tuple[str, str]] = ()
    records: Mapping[str, int] = field(default_factory=dict)
    issues: pd.DataFrame | None = None
    rule_titles: Mapping[str, str] = field(default_factory=dict)
    notebooks: Sequence[str] = ()
    charts: str = "charts"
    languages: Sequence[str] = ()


def write_index(folder: Path, charts: Sequence[Chart], estimates: pd.DataFrame, about: About) -> Path:
    """Write the page of a language into a folder (made if needed) and return its path.

    `charts` are those of the same language, written by `write_charts` into `about.charts` under the folder;
    `estimates` is the disclosed frame (detail=True) that they came from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / index_name(about.lang, about.languages)
    path.write_bytes(_render(charts, estimates, about).encode("utf-8"))
    return path


def index_name(lang: str, languages: Sequence[str] = ()) -> str:
    """The page's file name: `index.html` in the first language of the release, else with the language in it.

    >>> index_name("en"), index_name("et", ["et", "en"]), index_name("en", ["et", "en"])
    ('index.html', 'index.html', 'index_en.html')
    """
    return "index.html" if lang in languages[:1] or not languages else f"index_{lang}.html"


def _render(charts: Sequence[Chart], estimates: pd.DataFrame, about: About) -> str:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = partial(translate, lang=about.lang)
    issues = about.issues if about.issues is not None else pd.DataFrame(columns=["severity", "rule", "source_file"])
    found = sections(charts, estimates, about.charts, about.lang)
    return environment.get_template("index.html.j2").render(
        t=text,
        lang=about.lang,
        as_of=long_date(about.as_of, about.lang),
        others=_others(about),
        sections=found,
        chapters=[(chapter, list(within)) for chapter, within in groupby(found, key=attrgetter("chapter"))],
        files_read=integer(about.files_read, about.lang),
        files_aside=integer(len(about.files_aside), about.lang),
        aside=Table([text("page.file"), text("page.reason")], about.files_aside),
        records=records_table(about.records, about.lang),
        notebooks=[{"href": quote(place), "label": PurePosixPath(place).stem} for place in about.notebooks],
        severities=severities_table(issues, about.lang),
        rules=rules_table(issues, about.rule_titles, about.lang),
    )


def _others(about: About) -> list[dict[str, str]]:
    return [
        {"lang": lang, "href": index_name(lang, about.languages), "label": translate("page.this_language", lang)}
        for lang in about.languages
        if lang != about.lang
    ]
