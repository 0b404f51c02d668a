"""Files that cannot be read, or not as they were written, say what is wrong with them."""

from pathlib import Path

import pytest

from kodukant_analysis.loaders.folder import list_files
from kodukant_analysis.loaders.workbook import load_file
from kodukant_analysis.privacy import PersonKeys

PLAN = "Kuupäev;Vald;Tegevus;Vastutaja\n29.09.2016;Põhja-Pärnumaa vald;Künnis külateel;KOV\n"


def _rules(path: Path, keys: PersonKeys) -> list[str]:
    return [issue.rule for issue in load_file(path, path.name, keys).issues]


@pytest.mark.parametrize("content", [PLAN.encode("utf-16")[:-1], b"\xef\xbb\xbf" + PLAN.encode("cp1257")])
def test_a_text_that_is_not_in_the_encoding_it_says_is_damaged(
    content: bytes, tmp_path: Path, keys: PersonKeys
) -> None:
    path = tmp_path / "plaan.csv"
    path.write_bytes(content)
    found = load_file(path, path.name, keys)
    assert (found.refused, found.drafts) == ("file-damaged", ())


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, keys: PersonKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plaan.csv"
    path.write_text(PLAN, encoding="utf-8")

    def forbidden(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert load_file(path, path.name, keys).refused == "file-not-permitted"


def test_a_text_read_in_the_wrong_encoding_is_mended_and_named(tmp_path: Path, keys: PersonKeys) -> None:
    path = tmp_path / "plaan.csv"
    path.write_bytes(PLAN.encode("utf-8").decode("cp1252").encode("utf-8"))
    assert _rules(path, keys) == ["encoding-repaired"]
    path.write_text(PLAN, encoding="utf-8")
    assert _rules(path, keys) == []


def test_a_person_in_the_name_of_a_file_is_masked_and_its_days_are_not(tmp_path: Path) -> None:
    (tmp_path / "Tiit Pihlakas").mkdir()
    for name in ("Mari Maasikas.csv", "Mari Murakas.csv", "Tiit Pihlakas/a.csv", "osalejad 30092018.csv"):
        (tmp_path / name).write_text("Koht;Kuupäev\n", encoding="utf-8")
    names = [file.name for file in list_files(tmp_path)]
    assert names == ["***.csv", "*** (2).csv", "***/a.csv", "osalejad 30092018.csv"]
