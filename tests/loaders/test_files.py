"""Files that cannot be read, or not as they were written, say what is wrong with them."""

import os
import re
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


def test_what_is_no_file_is_named_and_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / "plaan.csv").write_text(PLAN, encoding="utf-8")
    os.mkfifo(tmp_path / "toru.csv")
    (tmp_path / "iseendale.csv").symlink_to(tmp_path / "iseendale.csv")
    (tmp_path / "kadunud.csv").symlink_to(tmp_path / "ei ole.csv")
    (tmp_path / "kaust").symlink_to(tmp_path)
    found = {file.name: (file.is_read, file.rule) for file in list_files(tmp_path)}
    assert found == {
        "iseendale.csv": (False, "link-not-followed"),
        "kadunud.csv": (False, "link-not-followed"),
        "kaust": (False, "link-not-followed"),
        "plaan.csv": (True, ""),
        "toru.csv": (False, "file-not-regular"),
    }


def test_a_link_out_of_the_folder_is_read_and_named(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (tmp_path / "mujal.csv").write_text(PLAN, encoding="utf-8")
    (raw / "viide.csv").symlink_to(tmp_path / "mujal.csv")
    assert [(file.is_read, file.rule) for file in list_files(raw)] == [(True, "link-leads-outside")]


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may enter every folder")
def test_a_folder_that_may_not_be_entered_is_named(tmp_path: Path) -> None:
    (tmp_path / "kinni").mkdir(mode=0)
    assert [(file.name, file.rule) for file in list_files(tmp_path)] == [("kinni", "folder-not-permitted")]


def test_names_that_cannot_be_printed_are_cleaned_once_and_stay_apart(tmp_path: Path) -> None:
    for name in (b"a\n\x1b[31mb.csv", b"a\xff.csv", b"a\xfe.csv", "é.csv".encode(), "e\u0301.csv".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(PLAN, encoding="utf-8")
    names = [file.name for file in list_files(tmp_path)]
    assert sorted(names) == sorted(["a\ufffd\ufffd[31mb.csv", "a\ufffd.csv", "a\ufffd (2).csv", "é.csv", "é (2).csv"])
    assert all(len(_name_of_deep_file(tmp_path, depth)) <= 250 for depth in (2, 12))


def _name_of_deep_file(raw: Path, depth: int) -> str:
    folder = raw.joinpath(*["p" * 200] * depth)
    folder.mkdir(parents=True)
    (folder / "plaan.csv").write_text(PLAN, encoding="utf-8")
    return next(file.name for file in list_files(raw) if file.path.parent == folder)


def test_a_file_still_being_copied_is_left_for_the_next_run(tmp_path: Path, keys: PersonKeys) -> None:
    path = tmp_path / "plaan.csv"
    path.write_text(PLAN, encoding="utf-8")
    (seen,) = list_files(tmp_path)
    assert load_file(path, path.name, keys, seen.seen).refused == ""
    path.write_text(PLAN * 2, encoding="utf-8")
    assert load_file(path, path.name, keys, seen.seen).refused == "file-still-copied"
    path.with_name("plaan.csv.part").touch()
    path.with_name("~$avatud.csv").touch()
    path.with_name("avatud.csv").write_text(PLAN, encoding="utf-8")
    found = {file.name: (file.is_read, file.rule) for file in list_files(tmp_path)}
    assert found["plaan.csv"] == (False, "file-still-copied")
    assert found["avatud.csv"] == (True, "file-in-use")


def test_a_file_without_a_filled_cell_says_so(tmp_path: Path, keys: PersonKeys) -> None:
    path = tmp_path / "plaan.csv"
    path.write_text("\n\n ; ;\n", encoding="utf-8")
    assert _rules(path, keys) == ["file-without-cells"]


def test_a_quote_that_is_never_closed_costs_no_line_and_is_named(tmp_path: Path, keys: PersonKeys) -> None:
    path = tmp_path / "plaan.csv"
    path.write_text(PLAN + '29.09.2016;Põhja-Pärnumaa vald;"Valgustus;KOV\n' + PLAN.splitlines()[1], encoding="utf-8")
    found = load_file(path, path.name, keys)
    assert [(issue.cell, issue.rule) for issue in found.issues] == [("A3", "unclosed-quote")]
    assert len(found.drafts) == 3


@pytest.mark.parametrize("sign", ["?", "\ufffd"])
def test_a_text_whose_letters_are_lost_is_refused_by_name(sign: str, tmp_path: Path, keys: PersonKeys) -> None:
    path = tmp_path / "plaan.csv"
    path.write_text(re.sub("[äöüõ]", sign, PLAN), encoding="utf-8")
    assert load_file(path, path.name, keys).refused == "encoding-lost"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "cp1257", "cp1252"])
def test_a_text_is_read_in_any_encoding_of_an_office(encoding: str, tmp_path: Path, keys: PersonKeys) -> None:
    path = tmp_path / "plaan.csv"
    path.write_bytes(PLAN.encode(encoding))
    found = load_file(path, path.name, keys)
    assert [draft.values["action"] for draft in found.drafts] == ["Künnis külateel"]
    assert found.issues == ()
