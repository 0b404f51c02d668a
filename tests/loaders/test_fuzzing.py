"""Fuzzing: whatever chance makes of a file, it ends in records or in a refusal with a name."""

import logging
import resource
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kodukant_analysis.loaders.folder import list_files
from kodukant_analysis.loaders.guard import load_files
from kodukant_analysis.privacy import PersonKeys
from kodukant_analysis.text.issues import issue_texts
from tests.binary import write_xlsb
from tests.mutating import mutants

FILES = Path(__file__).parents[1] / "files"
LONGEST_SECONDS = 30
MOST_MEMORY = 2**20  # kilobytes
KINDS = 9


def _originals(folder: Path) -> list[Path]:
    """The same plan in every format that is read."""
    rows = [[cell.value for cell in row] for row in load_workbook(FILES / "kava.xlsx").worksheets[0].iter_rows()]
    typed = [["" if value is None else str(value) for value in row] for row in rows]
    write_xlsb(folder / "kava.xlsb", typed)
    text = "\n".join(";".join(row) for row in typed)
    (folder / "kava.xlsm").write_bytes((FILES / "kava.xlsx").read_bytes())
    (folder / "kava.csv").write_text(text, encoding="utf-8-sig")
    (folder / "kava_balti.csv").write_text(text, encoding="cp1257")
    (folder / "kava_utf16.txt").write_text(text, encoding="utf-16")
    (folder / "kava.tsv").write_text(text.replace(";", "\t"), encoding="utf-8")
    found = [*FILES.glob("kava.*"), *folder.iterdir()]
    assert len(found) == KINDS
    return found


def _fuzz(tmp_path: Path, keys: PersonKeys, many: int) -> None:
    (tmp_path / "sound").mkdir()
    (tmp_path / "damaged").mkdir()
    for original in _originals(tmp_path / "sound"):
        assert sum(1 for _ in mutants(original, tmp_path / "damaged", many)) == many
    files = list_files(tmp_path / "damaged")
    began = last = time.monotonic()
    refused = []
    for delivery in load_files(files, keys, 2, None):
        assert time.monotonic() - last < LONGEST_SECONDS, delivery.file
        last = time.monotonic()
        assert not delivery.refused or delivery.refused in issue_texts()
        assert delivery.drafts or delivery.accounts or delivery.issues, delivery.file
        refused.append(delivery.refused)
    assert len(refused) == len(files)
    assert 0 < sum(map(bool, refused)) < len(files)
    assert refused.count("file-crashed") == 0
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MOST_MEMORY
    logging.getLogger(__name__).info("%d files in %.0f s", len(files), time.monotonic() - began)


def test_damaged_files_of_every_format_end_in_records_or_in_a_named_refusal(tmp_path: Path, keys: PersonKeys) -> None:
    _fuzz(tmp_path, keys, 12)


@pytest.mark.slow
def test_thousands_of_damaged_files_end_in_records_or_in_a_named_refusal(tmp_path: Path, keys: PersonKeys) -> None:
    _fuzz(tmp_path, keys, 300)
