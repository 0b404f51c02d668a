"""Spellings: the words of the vocabulary as data, those of the package and those that a site adds."""

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

from kodukant_analysis.loaders.wording import key
from kodukant_analysis.settings import SettingsError

PARTS: Final = ("headers", "values", "words")
Spellings = dict[str, Any]


class Entry(NamedTuple):
    """One spelling of the vocabulary: the part and the table it stands in, the field or code that it is for."""

    part: str
    table: str
    code: str
    spelling: str


class VocabularyError(SettingsError):
    """A mistake in a site's own vocabulary; the message names the file, the table and what is wrong."""


def read_spellings(folder: Path | None) -> Spellings:
    """`headers`, `values` and `words` of the package, with those of every TOML file in a folder put before them.

    A spelling that the site gives to one code is taken from the others of its table. Raises VocabularyError for a
    file that is no TOML, for a table, field or code that there is none of, and for anything that is no list of texts.
    """
    spellings = _of_package()
    for path in sorted(folder.glob("*.toml")) if folder else []:
        for part, typed in _read_site_file(path).items():
            _add(spellings[part], typed, (f"{path}: {part}",))
    return spellings


def entries(folder: Path | None) -> Iterator[Entry]:
    """Every spelling of headers and values, in the order of the files."""
    spellings = read_spellings(folder)
    for part in ("headers", "values"):
        for table, codes in flat(spellings[part]):
            yield from (Entry(part, table, code, word) for code, words in codes.items() for word in words)


def flat(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """Tables of codes by name, those within another by both names ("answer.agree4")."""
    for name, codes in tables.items():
        if all(isinstance(words, list) for words in codes.values()):
            yield name, codes
        else:
            yield from ((f"{name}.{inner}", words) for inner, words in codes.items())


def _of_package() -> Spellings:
    folder = files(__package__).joinpath("vocabulary")
    return {part: tomllib.loads(folder.joinpath(f"{part}.toml").read_text(encoding="utf-8")) for part in PARTS}


def _read_site_file(path: Path) -> Spellings:
    """The tables of a site's file: under `headers`, `values` and `words`, or all of the part that it is named after."""
    try:
        typed = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: {error}") from error
    if path.stem in PARTS and not typed.keys() <= set(PARTS):
        return {path.stem: typed}
    for part in typed:
        _check_known(part, PARTS, (str(path),))
    return typed


def _add(known: Spellings, typed: Any, where: tuple[str, ...]) -> None:
    """Puts what a site typed into a table of spellings, table by table down to the lists."""
    if not isinstance(typed, Mapping):
        raise VocabularyError(f"{'.'.join(where)}: there should be a table here, not {typed!r}")
    for name, value in typed.items():
        _check_known(name, known, where)
        if isinstance(known[name], dict):
            _add(known[name], value, (*where, name))
        else:
            _add_words(known, name, _checked(value, (*where, name)))


def _add_words(known: Spellings, name: str, words: list[str]) -> None:
    taken = {key(word) or word for word in words}
    for code, listed in deepcopy(known).items():
        if isinstance(listed, list):
            known[code] = [word for word in listed if (key(word) or word) not in taken]
    known[name] = [*words, *known[name]]


def _checked(value: Any, where: tuple[str, ...]) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip("~ ") for word in value):
        raise VocabularyError(f"{'.'.join(where)}: there should be a list of texts, not {value!r}")
    return value


def _check_known(name: str, known: Iterable[str], where: tuple[str, ...]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise VocabularyError(f"{'.'.join(where)}: unknown {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
