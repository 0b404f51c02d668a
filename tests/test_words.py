"""Words that were not understood come back as lines for the vocabulary; nothing is applied without a person."""

import tomllib
from pathlib import Path

import pytest

from kodukant_analysis.loaders.suggestions import nearest
from kodukant_analysis.loaders.vocabulary import use_words_of
from kodukant_analysis.settings import Settings
from kodukant_analysis.words import Vocabularies, as_lines, survey_words

PLAN = """Kuupäev;Vald;Tegevus;Vastutaja;Tähtaeg;Staatus
29.09.2016;Saarde vald;Künnis külateele;KOV;1.3.2017;kukerpallitab
29.09.2016;Saarde vald;Valgusti parki;KOV;1.3.2017;kukerpallitab
29.09.2016;Saarde vald;Koosolek;{owner};1.3.2017;tehtut
"""
UNREAD = "Kelle kätte;Mida tahaks;Mis sellest arvatakse\nküla;kiik;hea mõte\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "kava_2016.csv").write_text(PLAN.format(owner="KOV"), encoding="utf-8")
    (tmp_path / "raw" / "kava_2017.csv").write_text(PLAN.format(owner="KOV"), encoding="utf-8")
    folders = {"raw": tmp_path / "raw", "vocabulary": tmp_path / "vocabulary", "processed": tmp_path / "processed"}
    return Settings(**folders, person_key_file=tmp_path / "person.key", workers=1)


def _survey(settings: Settings) -> Vocabularies:
    return survey_words(settings, lambda *_: None)


def test_values_that_were_not_understood_are_listed_by_how_often_they_stand(settings: Settings) -> None:
    found = [(each.gap.table, each.gap.text, each.times, each.files) for each in _survey(settings).missing]
    assert found == [("status", "kukerpallitab", 4, 2), ("status", "tehtut", 2, 2)]


def test_a_line_suggests_the_spelling_most_like_it_and_is_no_line_until_a_person_makes_it_one(
    settings: Settings,
) -> None:
    lines = as_lines(_survey(settings).missing)
    assert '# done = ["tehtut"]  # 2 times in 2 files; like "tehtud"' in lines
    assert '# ? = ["kukerpallitab"]  # 4 times in 2 files' in lines
    assert tomllib.loads(lines) == {"values": {"status": {}}}


def test_a_line_freed_of_its_sign_is_understood_in_the_next_run(settings: Settings) -> None:
    lines = as_lines(_survey(settings).missing).replace("# done", "done").replace("# ? =", "on_hold =")
    settings.vocabulary.mkdir()
    (settings.vocabulary / "meie.toml").write_text(lines, encoding="utf-8")
    assert _survey(settings).missing == ()
    use_words_of(None)


def test_a_header_that_was_not_understood_is_listed_with_its_dataset_and_the_nearest_known(settings: Settings) -> None:
    rows = [f"{line};{last}" for line, last in zip(PLAN.splitlines(), ["Prioriteeet", "5", "4", "3"], strict=True)]
    (settings.raw / "kava_2018.csv").write_text("\n".join(rows).format(owner="KOV"), encoding="utf-8")
    found = [each for each in _survey(settings).missing if each.gap.part == "headers"]
    assert [(each.gap.table, each.gap.text, each.times) for each in found] == [("actions", "Prioriteeet", 1)]
    assert '# priority = ["Prioriteeet"]' in as_lines(found)


def test_the_likely_header_of_a_sheet_that_is_no_table_is_listed(settings: Settings) -> None:
    (settings.raw / "soovid.csv").write_text(UNREAD, encoding="utf-8")
    headers = {each.gap.text for each in _survey(settings).missing if each.gap.part == "headers"}
    assert headers == {"Kelle kätte", "Mida tahaks", "Mis sellest arvatakse"}


def test_a_spelling_is_unused_until_a_file_has_it(settings: Settings) -> None:
    unused = {(entry.table, entry.spelling) for entry in _survey(settings).unused}
    assert ("status", "tehtud") in unused
    assert not {("actions", "Tähtaeg"), ("shared", "Vald")} & unused
    (settings.raw / "uus.csv").write_text(PLAN.format(owner="KOV").replace("tehtut", "tehtud"), encoding="utf-8")
    assert ("status", "tehtud") not in {(entry.table, entry.spelling) for entry in _survey(settings).unused}


def test_no_person_stands_among_the_words(settings: Settings) -> None:
    (settings.raw / "nimed.csv").write_text(PLAN.format(owner="Mari Maasikas 5123 4567"), encoding="utf-8")
    (settings.raw / "telefonid.csv").write_text("Mari Maasikas;Jaan Murakas;Tiit Pihlakas\n", encoding="utf-8")
    told = str(_survey(settings))
    assert not any(word in told for word in ("Maasikas", "Murakas", "Pihlakas", "5123"))


def test_nothing_is_written_but_the_key(settings: Settings) -> None:
    _survey(settings)
    assert sorted(path.name for path in settings.raw.parent.iterdir()) == ["person.key", "raw"]


def test_two_texts_of_one_code_stand_in_one_line_that_can_be_pasted(settings: Settings) -> None:
    plan = PLAN.format(owner="KOV").replace("kukerpallitab", "tehhtud", 1)
    (settings.raw / "kava_2018.csv").write_text(plan, encoding="utf-8")
    lines = as_lines(_survey(settings).missing)
    assert (
        '# done = ["tehtut", "tehhtud"]  # 3 times in 3 files; like "tehtud" | 1 times in 1 files; like "tehtud"'
        in lines
    )
    pasted = tomllib.loads(lines.replace("# done", "done"))
    assert pasted["values"]["status"]["done"] == ["tehtut", "tehhtud"]


def test_a_short_or_foreign_text_is_like_nothing() -> None:
    assert nearest("values", "status", "ok") is None
    assert nearest("values", "status", "protokollis") is None
    near = nearest("headers", "actions", "Tähtaegg")
    assert near is not None
    assert (near.code, near.spelling) == ("due_on", "Tähtaeg")
