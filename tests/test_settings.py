"""Settings read and checked, each mistake with its place."""

from datetime import date
from pathlib import Path

import pytest

from kodukant_analysis.settings import Settings, SettingsError, read_settings


def _typed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "kodukant.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_folders_count_from_where_the_file_lies(tmp_path: Path) -> None:
    settings = read_settings(_typed(tmp_path, 'raw = "tabelid"\nas_of = 2026-06-30\nlanguage = "en"'))
    assert (settings.raw, settings.as_of, settings.language) == (tmp_path / "tabelid", date(2026, 6, 30), "en")


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings(
        vocabulary=tmp_path / "vocabulary", breaks=tmp_path / "breaks.csv"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rwa = "x"', "did you mean 'raw'"),
        ("raw = 5", "raw has a value of the wrong kind"),
        ('language = "fi"', "must be one of et, en"),
        ('as_of = "30.06.2026"', "as_of has a value of the wrong kind"),
        ("workers = 0", "workers has a value of the wrong kind"),
        ("[roster]\nIda = 0", "roster has a value of the wrong kind"),
        ("roster = 130", "roster has a value of the wrong kind"),
        ('breaks = "murdekohad.csv"', "murdekohad.csv, which is not there"),
        ("raw = ", "kodukant.toml"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_settings(_typed(tmp_path, text))


def test_the_settings_of_the_repository_are_good() -> None:
    assert read_settings(Path(__file__).parents[1] / "kodukant.toml").as_of == date(2026, 6, 30)


def test_the_roster_is_a_number_of_constables_by_prefecture(tmp_path: Path) -> None:
    assert read_settings(_typed(tmp_path, '[roster]\n"Põhja" = 40\nIda = 30')).roster == {"Põhja": 40, "Ida": 30}
    assert read_settings(tmp_path / "none.toml").roster == {}
