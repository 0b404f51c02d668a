"""Guides: the sheet beside a workbook to fill in that tells what each column is for and lists what can be chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from kodukant_analysis.loaders.templates import Choice, Guide, Template, TemplateColumn

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDTHS: Final = (42, 58, 38, 14, 36)
_LINE_HEIGHT: Final = 15.5
_LABELS_SHOWN: Final = 90
_LETTERS_PER_WIDTH: Final = 1.05


@dataclass(frozen=True)
class Layout:
    """Where the parts of a guide sheet stand (rows from 0) and which columns each list of choices is for."""

    lines: tuple[str, ...]
    columns_at: int
    choices_at: int
    lists: Mapping[tuple[Choice, ...], Sequence[str]]

    def rows_of(self, choices: tuple[Choice, ...]) -> tuple[int, int]:
        """The first and the last row of a list of choices."""
        first = self.choices_at + 1
        for listed in self.lists:
            if listed == choices:
                break
            first += len(listed)
        return first, first + len(choices) - 1


def lay_out(template: Template, guide: Guide) -> Layout:
    """The parts of the guide to a template, from top to bottom: title, lines, columns, choices."""
    lines = [line.format(sheet=template.sheet, row=template.row) for line in guide.lines]
    lines += [guide.survey] if template.has_survey else []
    lists: dict[tuple[Choice, ...], list[str]] = {}
    if template.has_survey:
        lists[guide.surveys] = [guide.source.rstrip(":")]
    for column in template.columns:
        if column.choices:
            lists.setdefault(column.choices, []).append(column.header)
    columns_at = len(lines) + 2
    return Layout(tuple(lines), columns_at, columns_at + len(template.columns) + 2, lists)


def write_guide(sheet: "Worksheet", template: Template, guide: Guide, formats: Mapping[str, "Format"]) -> None:
    """Writes the guide to a template into an empty sheet."""
    layout = lay_out(template, guide)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, guide.title, formats["title"])
    sheet.set_row(0, 24)
    for row, line in enumerate(layout.lines, 1):
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, line, formats["wrapped"])
        sheet.set_row(row, _height([line], [sum(_WIDTHS)]))
    _write_columns(sheet, layout.columns_at, (template, guide), formats)
    _write_choices(sheet, layout, guide, formats)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def allowed(column: TemplateColumn, guide: Guide) -> str:
    """What the cells of a column may hold: short lists in full, long ones by where they stand."""
    said = guide.allowed[column.kind]
    labels = ", ".join(choice.label for choice in column.choices)
    if not labels:
        return said
    return f"{said}: {labels}" if len(labels) <= _LABELS_SHOWN else f"{said} ({guide.choices_below})"


def example_text(column: TemplateColumn, language: str) -> str:
    """The example of a column as its cell shows it, with the decimal sign of the language."""
    value: Any = column.example
    if value is None:
        return ""
    if column.kind == "date":
        return f"{value:%d.%m.%Y}"
    if column.kind == "time":
        return f"{value:%H:%M}"
    if column.kind == "share":
        return f"{value:.0%}"
    return str(value).replace(".", ",") if column.kind == "number" and language != "en" else str(value)


def _write_columns(sheet: "Worksheet", top: int, of: tuple[Template, Guide], formats: Mapping[str, "Format"]) -> None:
    template, guide = of
    sheet.write_row(top, 0, guide.headers, formats["required"])
    for row, column in enumerate(template.columns, top + 1):
        must = guide.required if column.is_required else guide.optional
        cells = [column.header, column.guide, allowed(column, guide), must, example_text(column, template.language)]
        _write_texts(sheet, row, cells, formats["cell"])
        sheet.write_string(row, 0, column.header, formats["required" if column.is_required else "optional"])
        sheet.set_row(row, _height(cells, _WIDTHS))


def _write_choices(sheet: "Worksheet", layout: Layout, guide: Guide, formats: Mapping[str, "Format"]) -> None:
    sheet.write_row(layout.choices_at, 0, guide.choice_headers, formats["required"])
    for choices, headers in layout.lists.items():
        first, last = layout.rows_of(choices)
        for row, choice in enumerate(choices, first):
            _write_texts(sheet, row, ["", choice.label], formats["cell"])
        label = ", ".join(headers)
        if last > first:
            sheet.merge_range(first, 0, last, 0, label, formats["cell"])
        else:
            sheet.write_string(first, 0, label, formats["cell"])


def _write_texts(sheet: "Worksheet", row: int, texts: Iterable[str], cell: "Format") -> None:
    for index, text in enumerate(texts):
        sheet.write_string(row, index, text, cell) if text else sheet.write_blank(row, index, None, cell)


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """The height of a row in points in which every text fits its column, wrapped."""
    lines = [ceil(len(text) / (width * _LETTERS_PER_WIDTH)) for text, width in zip(texts, widths, strict=True)]
    return _LINE_HEIGHT * max(1, *lines)
