"""Layouts: where in a sheet the headers and the forms stand, and which texts stand over them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from kodukant_analysis.loaders.forms import Form, form_below, forms_in
from kodukant_analysis.loaders.headers import GUIDE, Band, goes_on, read_band
from kodukant_analysis.loaders.rows import Cell, label_of, leading_word
from kodukant_analysis.loaders.sheets import Sheet
from kodukant_analysis.loaders.vocabulary import DATASETS, vocabulary
from kodukant_analysis.loaders.wording import key

_MOST_OF_TEXTS: Final = 3
_FEWEST_OF_DATA: Final = 2


@dataclass(frozen=True)
class Layout:
    """The headers and the forms of a sheet, each from top to bottom."""

    sheet: Sheet
    bands: tuple[Band, ...]
    forms: tuple[Form, ...]

    def top(self) -> int:
        """The first row of a table or a form."""
        return min([band.first for band in self.bands] + [form.first for form in self.forms])

    def block(self, row: int) -> int:
        """The row at which the block around a row begins: a later form that names its discussion, with its title."""
        starts = (self._start(form) for form in self.forms if form.names_discussion and form.first <= row)
        return max((start for start in starts if any(band.last < start for band in self.bands)), default=1)

    def end_below(self, row: int) -> int:
        """The last row that may belong to a table whose header ends in a row."""
        starts = [band.first for band in self.bands] + [self._start(form) for form in self.forms]
        return min((start for start in starts if start > row), default=len(self.sheet.cells) + 1) - 1

    def _start(self, form: Form) -> int:
        row = form.first
        while row > 1 and len(cells_of(self.sheet, row - 1)) == 1:
            row -= 1
        return row


def layout_of(sheet: Sheet) -> Layout:
    """The headers and the forms of a sheet: no row of a form is searched for a header."""
    forms = [] if sheet.is_flipped else forms_in(sheet)
    datasets = ("discussions",) if sheet.is_flipped else DATASETS
    taken = {row for form in forms if form.is_sure for row in range(form.first, form.last + 1)}
    bands: list[Band] = []
    row = 1
    while row <= len(sheet.cells):
        band = None if row in sheet.hidden.rows or row in taken else read_band(sheet, row, datasets)
        if band and bands and _is_repeated(band, bands[-1]) and not _is_headed(sheet, row):
            taken.add(row)
        elif band and not (bands and goes_on(sheet, row, bands[-1])):
            bands.append(band)
            row = _last_header_row(sheet, band)
        row += 1
    top = bands[0].first if bands else len(sheet.cells) + 1
    forms = [form for form in forms if form.is_sure or form.last < top]
    taken |= {row for form in forms for row in range(form.first, form.last + 1)}
    below = [] if sheet.is_flipped else list(_forms_below(sheet, bands, taken))
    return Layout(sheet, tuple(bands), tuple(sorted([*forms, *below], key=lambda form: form.first)))


def headings_over(layout: Layout, row: int) -> tuple[Cell, ...]:
    """The texts over a row: those over the first table or form of its sheet, and those of the block it stands in."""
    top, start = layout.top(), layout.block(row)
    texts = (texts_in(layout, 1, min(top, start) - 1) if start > 1 else ()) + texts_in(layout, start, row - 1)
    return tuple(cell for cell in texts if cell.label or not _is_data_over(layout, cell.row, row))


def texts_in(layout: Layout, first: int, last: int) -> tuple[Cell, ...]:
    """The cells of the rows that are no rows of a table: those of forms with their labels, those with few filled."""
    headers = {row for band in layout.bands for row in range(band.first, band.last + 1)}
    found: list[Cell] = []
    for row in range(first, last + 1):
        forms = [form for form in layout.forms if form.first <= row <= form.last]
        if forms:
            found += _values_of(forms, row)
        elif row not in headers and len(cells := cells_of(layout.sheet, row)) <= _MOST_OF_TEXTS:
            found += cells
    return tuple(found)


def cells_of(sheet: Sheet, row: int) -> list[Cell]:
    """The filled cells of a row, none of a row that is not there."""
    return [Cell(v, row, c) for c in range(1, sheet.width + 1) if (v := sheet.value(row, c)) is not None]


def may_be_title(cells: Sequence[Cell]) -> bool:
    """Whether a row of few cells begins with a text that is no total, no sub-count and no note."""
    is_note = leading_word(cells[0].text, vocabulary().keys("rows", "note"))
    return isinstance(cells[0].value, str) and not is_note and not label_of(cells)


def _is_data_over(layout: Layout, row: int, header: int) -> bool:
    """Whether a row is one of an earlier table: it has several cells and no blank row parts it from the header.

    A row right over the next header may be its title, unless it is as full as the rows of the table.
    """
    above = next((band for band in reversed(layout.bands) if band.last < row), None)
    filled = len(cells_of(layout.sheet, row))
    if above is None or filled < _FEWEST_OF_DATA or any(map(layout.sheet.is_blank, range(above.last + 1, row))):
        return False
    return row + 1 < header or filled >= len(above.columns)


def _forms_below(sheet: Sheet, bands: Sequence[Band], taken: set[int]) -> Iterator[Form]:
    """Labels over the one line of their values, apart from the rows of tables."""
    headers = {row for band in bands for row in range(band.first, band.last + 1)} | taken
    for row in range(1, len(sheet.cells)):
        is_apart = not {row - 1, row, row + 1} & headers and _is_lone(sheet, row - 1)
        if is_apart and (form := form_below(sheet, row)):
            yield form


def _is_lone(sheet: Sheet, row: int) -> bool:
    """Whether a row is blank or has a title only."""
    values = (sheet.value(row, column) for column in range(1, sheet.width + 1))
    return sum(1 for _ in islice((value for value in values if value is not None), 2)) < 2


def _last_header_row(sheet: Sheet, band: Band) -> int:
    """The last row that can be no header of another table; in a guide, which names headers, that of its last row."""
    if band.dataset != GUIDE:
        return band.last
    below = range(band.last + 1, len(sheet.cells) + 1)
    return next((row - 1 for row in below if sheet.is_blank(row)), len(sheet.cells))


def _is_headed(sheet: Sheet, row: int) -> bool:
    """Whether a title stands over a repeated header: then it begins a block of its own."""
    above = next((r for r in range(row - 1, 0, -1) if not sheet.is_blank(r)), 0)
    cells = cells_of(sheet, above)
    return len(cells) in {1, 2} and may_be_title(cells)


def _is_repeated(band: Band, other: Band) -> bool:
    """Whether a header says again what another one said, maybe without a list that stood beside that."""
    said = [headers for headers, _ in _runs(other)]
    return all(headers in said for headers, is_understood in _runs(band) if is_understood)


def _runs(band: Band) -> list[tuple[list[str], bool]]:
    """The headers that stand together, from gap to gap, and whether any of them is understood."""
    columns = list(band.columns)
    gaps = [place for place, (left, right) in enumerate(pairwise(columns), 1) if left.index + 1 < right.index]
    runs = [columns[first:last] for first, last in pairwise((0, *gaps, len(columns)))]
    return [([key(c.header) for c in run], any(c.field or c.is_one_of_many for c in run)) for run in runs]


def _values_of(forms: Sequence[Form], row: int) -> Iterator[Cell]:
    """What the pairs that begin in a row say; nothing where they speak of several discussions."""
    is_of_one = len(forms) == 1 and not forms[0].is_flipped
    pairs = [pair for pair in forms[0].pairs if is_of_one and pair.at.row == row]
    return (Cell(*pair.values[0], pair.label) for pair in pairs)
