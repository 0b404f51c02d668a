"""Templates: workbooks to fill in, as data in three languages: their columns, their choices and the example row."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from kodukant_analysis.loaders.cells import read_number, read_share
from kodukant_analysis.loaders.dates import read_day, read_time
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.wording import key, plain

TEMPLATES: Final = ("discussions", "attendance", "topics", "actions", "answers", "shares")
LANGUAGES: Final = ("et", "ru", "en")


@dataclass(frozen=True)
class Choice:
    """A value a column offers: the code the loaders read and the label people choose."""

    code: str
    label: str


@dataclass(frozen=True)
class TemplateColumn:
    """A column to fill in: the field it feeds, what its cells may hold and how that is told; `kind` as in the data.

    A column that is a question of a survey has the code of the question for its field.
    """

    field: str
    kind: str
    header: str
    guide: str
    is_required: bool
    choices: tuple[Choice, ...]
    example: Value

    def has_example(self, value: Value) -> bool:
        """Whether a cell of the column holds the example, however its program stores it."""
        if value is None or self.example is None:
            return value is self.example
        read = _READERS.get(self.kind, _text)
        return read(value) == read(self.example)


@dataclass(frozen=True)
class Template:
    """The workbook of one dataset in one language; `has_survey` when it is headed by a survey and its days."""

    dataset: str
    language: str
    sheet: str
    row: str
    has_survey: bool
    columns: tuple[TemplateColumn, ...]


@dataclass(frozen=True)
class Guide:
    """What the guide sheet says in one language; `allowed` by kind of column."""

    sheet: str
    title: str
    lines: tuple[str, ...]
    survey: str
    headers: tuple[str, ...]
    choice_headers: tuple[str, ...]
    choices_below: str
    required: str
    optional: str
    error: str
    source: str
    source_guide: str
    fielded: str
    fielded_guide: str
    allowed: Mapping[str, str]
    surveys: tuple[Choice, ...]


@cache
def template(dataset: str, language: str) -> Template:
    """The template of a dataset in a language. Raises ValueError where there is none."""
    if dataset not in TEMPLATES or language not in LANGUAGES:
        known = f"{', '.join(TEMPLATES)}; {', '.join(LANGUAGES)}"
        raise ValueError(f"there is no template of {dataset!r} in {language!r}; there are: {known}")
    told = _told(language)
    sheet = told[dataset]
    columns = tuple(_column(told, dataset, name) for name in sheet["columns"])
    return Template(dataset, language, sheet["sheet"], sheet["row"], sheet.get("has_survey", False), columns)


@cache
def guide(language: str) -> Guide:
    """The guide in a language. Raises ValueError where there is none."""
    if language not in LANGUAGES:
        raise ValueError(f"there is no guide in {language!r}; there are: {', '.join(LANGUAGES)}")
    told = dict(_told(language)["guide"])
    lists: dict[str, Any] = {name: tuple(told.pop(name)) for name in ("lines", "headers", "choice_headers")}
    told.pop("example_mark")
    return Guide(**told, **lists, surveys=_choices(_told(language), ["series"]))


def is_example(dataset: str, cells: Sequence[tuple[str, Value]]) -> bool:
    """Whether the cells of a row, each with its header, are the untouched example of a template in any language."""
    values = [value for _, value in cells]
    examples = _examples_under(dataset, tuple(header for header, _ in cells))
    return any(all(map(_is_of_example, columns, values)) for columns in examples)


@cache
def answers_offered(asked: str) -> tuple[str, ...]:
    """The labels that a template offers for the question of a survey asked so; none where no template asks it."""
    columns = (column for language in LANGUAGES for column in template("answers", language).columns)
    return next((tuple(c.label for c in column.choices) for column in columns if column.header == asked), ())


@lru_cache(maxsize=1_000)
def _examples_under(dataset: str, headers: tuple[str, ...]) -> list[list[TemplateColumn | None]]:
    """For each language whose template has the headers, the column under each: those with the marked cell."""
    found = []
    for language in LANGUAGES if dataset in TEMPLATES else ():
        by_header = {key(column.header): column for column in template(dataset, language).columns}
        columns = [by_header.get(key(header)) for header in headers]
        if any(column and _is_marked(column, language) for column in columns):
            found.append(columns)
    return found


def _is_marked(column: TemplateColumn, language: str) -> bool:
    """Whether the example of a column says that it is one: "Näide: ..."."""
    return str(column.example).startswith(_told(language)["guide"]["example_mark"])


def _is_of_example(column: TemplateColumn | None, value: Value) -> bool:
    return column.has_example(value) if column else value is None


def _column(told: Mapping[str, Any], dataset: str, name: str) -> TemplateColumn:
    said = told[dataset].get(name) or told["shared"][name]
    choices = _choices(told, said.get("choices", ()))
    header = told["choices"]["question"][name] if said.get("is_question") else said["header"]
    example = said.get("example")
    if choices and example is not None:
        labels = {choice.code: choice.label for choice in reversed(choices)}
        example = ", ".join(labels[code] for code in ([example] if isinstance(example, str) else example))
    return TemplateColumn(name, said["kind"], header, said["guide"], said.get("is_required", False), choices, example)


def _choices(told: Mapping[str, Any], names: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(code, label) for name in names for code, label in told["choices"][name].items())


@cache
def _told(language: str) -> Mapping[str, Any]:
    """The data with every text in one language."""
    text = files(__package__).joinpath("vocabulary", "templates.toml").read_text(encoding="utf-8")
    told: Mapping[str, Any] = _in_language(tomllib.loads(text), language)
    return told


def _in_language(data: Any, language: str) -> Any:
    if isinstance(data, dict):
        if data.keys() == set(LANGUAGES):
            return data[language]
        return {name: _in_language(inner, language) for name, inner in data.items()}
    return [_in_language(inner, language) for inner in data] if isinstance(data, list) else data


def _text(value: Value) -> str:
    return f"{value:g}" if isinstance(value, int | float) else plain(str(value))


_READERS: Final[Mapping[str, Callable[[Value], object]]] = {
    "date": read_day,
    "time": read_time,
    **dict.fromkeys(("count", "ordinal", "year", "number"), lambda value: read_number(value).value),
    "share": lambda value: read_share(value).value,
}
