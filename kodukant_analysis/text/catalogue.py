"""Catalogues: a folder of TOML files a language. A key that is missing is an error, never a blank.

A further language is a further folder (`catalogues/ru`) with the same keys; no Python changes.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

DEFAULT_LANGUAGE = "et"
_FOLDER = Path(__file__).parent / "catalogues"


def translate(key: str, lang: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """The text of a dotted key in a language, with its values filled in.

    Raises KeyError with the key and the language when either is unknown, or when a value of the text was not given.

    >>> translate("number.percent", "en", value=85)
    '85%'
    """
    texts = catalogue(lang)
    if key not in texts:
        raise KeyError(f"no text {key!r} in language {lang!r}")
    return texts[key].format(**values)


def languages() -> tuple[str, ...]:
    """Language codes that have a catalogue, the default first.

    >>> languages()[0]
    'et'
    """
    found = sorted(path.name for path in _FOLDER.glob("??"))
    return tuple(sorted(found, key=lambda lang: lang != DEFAULT_LANGUAGE))


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """All texts of a language by dotted key; KeyError when the language has no catalogue."""
    if lang not in languages():
        raise KeyError(f"no catalogue for language {lang!r}; there are {', '.join(languages())}")
    trees = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((_FOLDER / lang).glob("*.toml"))]
    return MappingProxyType({key: text for tree in trees for key, text in _leaves(tree, "")})


def _leaves(tree: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
