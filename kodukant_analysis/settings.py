"""Settings: `kodukant.toml`, read and checked, with the place of each mistake."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from platformdirs import user_config_path

FILE_NAME: Final = "kodukant.toml"
LANGUAGES: Final = ("et", "en")


class SettingsError(Exception):
    """A mistake in the settings; the message names the file, the key and what is wrong."""


@dataclass(frozen=True)
class Settings:
    """Where things lie and how results are shown.

    `as_of` None means the day of the run; `vocabulary` is the folder of the site's own words, which need not be there;
    `breaks` the site's own table of breaks, which must be there if the file names it.
    `roster` is the number of area constables by prefecture, those who led no discussion included.
    """

    raw: Path = Path("data/raw")
    processed: Path = Path("data/processed")
    reports: Path = Path("reports")
    as_of: date | None = None
    language: str = "et"
    prefecture: str = ""
    notebooks: Path = Path("notebooks")
    vocabulary: Path = Path("vocabulary")
    breaks: Path = Path("breaks.csv")
    person_key_file: Path = user_config_path("kodukant", appauthor=False) / "person.key"
    workers: int = 2
    roster: Mapping[str, int] = field(default_factory=dict)


def read_settings(path: Path) -> Settings:
    """The settings of a file; folders in it count from where it lies. A file that is not there gives the defaults.

    Raises SettingsError for an unknown key, a value of the wrong kind or a file that is no TOML.
    """
    beside = Settings(vocabulary=path.parent / Settings.vocabulary, breaks=path.parent / Settings.breaks)
    if not path.exists():
        return beside
    try:
        typed = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    return replace(beside, **{key: _checked(path, key, value) for key, value in typed.items()})


def _checked(path: Path, key: str, value: Any) -> Any:
    kinds: dict[str, Any] = {field.name: field.type for field in fields(Settings)}
    if key not in kinds:
        near = difflib.get_close_matches(key, kinds, n=1)
        raise SettingsError(f"{path}: unknown setting {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    if kinds[key] is Path and isinstance(value, str):
        return _place(path, key, value)
    if key == "as_of" and isinstance(value, date) and not isinstance(value, datetime):
        return value
    if key == "language" and value not in LANGUAGES:
        raise SettingsError(f"{path}: language is {value!r}; it must be one of {', '.join(LANGUAGES)}")
    if kinds[key] is int and _is_count(value):
        return value
    if key == "roster" and isinstance(value, dict) and all(_is_count(number) for number in value.values()):
        return value
    if kinds[key] is str and isinstance(value, str):
        return value
    raise SettingsError(f"{path}: {key} has a value of the wrong kind: {value!r}")


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _place(path: Path, key: str, value: str) -> Path:
    place = path.parent / Path(value).expanduser()
    if key == "breaks" and not place.exists():
        raise SettingsError(f"{path}: breaks names {place}, which is not there")
    return place
