"""Groups: which people a word or a column means, and which side of the table they sit on."""

from kodukant_analysis.loaders.cells import codes_in, is_missing
from kodukant_analysis.loaders.drafts import Ledger
from kodukant_analysis.loaders.rows import Cell
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.vocabulary import cached_by_words, vocabulary

UNMAPPED = "unmapped"


@cached_by_words
def sector_of(group: str) -> str:
    """The sector of a group; data, so that who counts as community is not decided here."""
    return next((sector for sector, groups in vocabulary().values["sectors"].codes.items() if group in groups), "other")


def read_group(table: Table, cell: Cell | None, ledger: Ledger) -> str | None:
    """The one group a cell names; `unmapped` with an issue when its words are in no vocabulary."""
    groups = read_groups(table, cell, ledger)
    return groups[0] if groups else None


def read_groups(table: Table, cell: Cell | None, ledger: Ledger) -> list[str]:
    """All groups a cell names ("politsei, vald"); a person's name is none, and is nobody's business."""
    if cell is None or is_missing(cell.value):
        return []
    groups, unknown = codes_in("group", cell.value)
    if [word for word in unknown if not ledger.detector.kinds(word)]:
        ledger.add("unknown-group", table, cell)
    return groups or [UNMAPPED]
