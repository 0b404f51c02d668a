"""Vocabulary: which words of a sheet mean what, in Estonian, English and Russian; read from data, never from code."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from kodukant_analysis.loaders.spellings import Entry, entries, flat, read_spellings
from kodukant_analysis.loaders.wording import fold, key, without_brackets

DATASETS: Final = ("actions", "topics", "attendance", "discussions", "answers", "shares", "codes")


# The lists of words that guard the codes of a kind against a text that says otherwise.
_GUARDS: Final = {
    "status": ("negation", "promise", "part"),
    "discussion_status": ("negation", "promise"),
    "presence": ("negation",),
    "next_step": ("negation",),
    "group": ("negation", "kin"),
}
_ENDED: Final = frozenset({"cancelled", "rejected"})
_LONGEST: Final = 1_000
_REMEMBERED: Final = 50_000
_Entry = tuple[int, tuple[str, ...], str]
_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")
# The folder of a site's own words, and how to forget what was looked up without them.
_SITE: Final[list[Path | None]] = [None]
_FORGET: Final[list[Callable[[], None]]] = []


def use_words_of(folder: Path | None) -> None:
    """Makes this process read with the words of a site's folder too; None, or a folder that is not there: without.

    Raises VocabularyError for a mistake in them.
    """
    found = folder if folder and folder.is_dir() else None
    if found != _SITE[0]:
        _SITE[0] = found
        for forget in _FORGET:
            forget()
    vocabulary()


def cached_by_words(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """A function with a memory that is emptied when the process begins to read with other words."""
    remembering = lru_cache(maxsize=50_000)(function)
    _FORGET.append(remembering.cache_clear)
    return remembering  # type: ignore[return-value]  # the type of lru_cache says nothing of its arguments


def _room_in(memory: dict[str, _Result]) -> dict[str, _Result]:
    """A memory that has room for more: one that is full begins anew."""
    if len(memory) >= _REMEMBERED:
        memory.clear()
    return memory


@dataclass(frozen=True)
class Words:
    """Spellings and the code each stands for; whole texts first, then stems that must begin words.

    With `guards` ("ei", "saab"), a line of stems fits a text that has one only if it has it itself.
    """

    codes: Mapping[str, tuple[str, ...]]
    guards: frozenset[str] = frozenset()

    @cached_property
    def _whole(self) -> dict[str, str]:
        whole = [(word, code) for code, words in self.codes.items() for word in words if not word.startswith("~")]
        return {key(word) or word: code for word, code in whole}

    @cached_property
    def _folded(self) -> dict[str, str]:
        """Spellings without their diacritics, as far as each then still stands for one code."""
        folded: dict[str, set[str]] = {}
        for word, code in self._whole.items():
            for bare in (fold(word), fold(word.replace("ü", "y"))):
                folded.setdefault(bare, set()).add(code)
        return {bare: codes.pop() for bare, codes in folded.items() if len(codes) == 1 and len(bare) > 2}

    @cached_property
    def _stems(self) -> dict[str, list[_Entry]]:
        """Lines of stems by the two letters that their first stem begins with; "" for those that may begin inside."""
        lines = [(_stems_of(word[1:]), code) for code, words in self.codes.items() for word in words if word[:1] == "~"]
        by_start: dict[str, list[_Entry]] = {}
        for order, (stems, code) in enumerate(sorted(lines, key=lambda line: -len(line[0]))):
            by_start.setdefault("" if stems[0].startswith("-") else stems[0][:2], []).append((order, stems, code))
        return by_start

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words that whole spellings begin with, without diacritics."""
        spelled = (word.split() for word in (*map(fold, self._whole), *self._folded))
        return frozenset(words[0] for words in spelled if words)

    @cached_property
    def first_stems(self) -> frozenset[str]:
        """The first stem of each line of stems."""
        return frozenset(stems[0] for lines in self._stems.values() for _, stems, _ in lines)

    @cached_property
    def _exact(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def _found(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def _used(self) -> set[str | tuple[str, ...]]:
        return set()

    def is_used(self, spelling: str) -> bool:
        """Whether a text that was looked up so far fits a spelling."""
        if spelling.startswith("~"):
            return _stems_of(spelling[1:]) in self._used
        return not self._used.isdisjoint({key(spelling) or spelling, fold(key(spelling))})

    def exact(self, text: str) -> str | None:
        """The code of the whole text, also without brackets or diacritics; None when it is not listed."""
        if len(text) > _LONGEST:
            return None
        if text not in self._exact:
            _room_in(self._exact)[text] = self._look_up_whole(text)
        return self._exact[text]

    def find(self, text: str) -> str | None:
        """The code of the text: whole spellings first, then most stems; of as many the code that is listed first."""
        found = self.find_all(text)
        return found[0] if found else None

    def find_all(self, text: str) -> list[str]:
        """Every code whose stems the text has, those that say most first; each distinct text is looked up once.

        A text of the length of a story has words of every kind, and stands for no code.
        """
        if len(text) > _LONGEST:
            return []
        if text not in self._found:
            _room_in(self._found)[text] = self._look_up(text)
        return self._found[text]

    def _look_up_whole(self, text: str) -> str | None:
        typed = key(text)
        for table, word in (
            (self._whole, typed),
            (self._whole, key(without_brackets(text))),
            (self._folded, fold(typed)),
        ):
            if word in table:
                self._used.add(word)
                return table[word]
        return self._whole.get(text.strip())

    def _first_part(self, text: str) -> str | None:
        """Of a state with a comma the part before it ("ei, jäi ära"), unless a guard follows that may turn it round.

        What did not come about is not turned round by its reason: "jäi ära, rahvast ei tulnud".
        """
        first, comma, rest = text.partition(",")
        code = self.exact(first) if self.guards and comma else None
        return code if code in _ENDED or not self.guards.intersection(key(rest).split()) else None

    def _look_up(self, text: str) -> list[str]:
        exact, words = self.exact(text) or self._first_part(text), key(text).split()
        starts = {"", *(word[:2] for word in words)}
        entries = sorted(entry for start in starts for entry in self._stems.get(start, []))
        guarded = self.guards.intersection(words)
        fitting = [entry for entry in entries if _has_stems(words, entry[1]) and _allowed(guarded, entry[1])]
        self._used.update(stems for _, stems, _ in fitting)
        found = [code for _, _, code in fitting]
        return list(dict.fromkeys([exact, *found] if exact else found))


@dataclass(frozen=True)
class Vocabulary:
    """All the words: `headers` by dataset, `values` by kind, `words` that steer the reading."""

    headers: Mapping[str, Words]
    values: Mapping[str, Words]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]

    def keys(self, topic: str, name: str) -> frozenset[str]:
        """The words of one list, evened out for comparing."""
        if (topic, name) not in self._keys:
            self._keys[topic, name] = frozenset(key(word) for word in self.words[topic][name])
        return self._keys[topic, name]

    @cached_property
    def _keys(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}


@cached_by_words
def vocabulary() -> Vocabulary:
    """The vocabulary of the package, with the words of the site's own folder, if it has one."""
    headers, values, words = read_spellings(_SITE[0]).values()
    return Vocabulary(
        headers={dataset: Words(_merged(headers[dataset], headers["shared"])) for dataset in DATASETS},
        values={kind: Words(_tuples(codes), _guards_of(kind, words)) for kind, codes in flat(values)},
        words={topic: _tuples(lists) for topic, lists in words.items()},
    )


@cached_by_words
def known_entries() -> tuple[Entry, ...]:
    """Every spelling of headers and values."""
    return tuple(entries(_SITE[0]))


def used_spellings() -> frozenset[Entry]:
    """The spellings that texts looked up so far by this process fit."""
    known = vocabulary()
    return frozenset(
        entry for entry in entries(_SITE[0]) if any(words.is_used(entry.spelling) for words in _of(known, entry))
    )


def _of(known: Vocabulary, entry: Entry) -> list[Words]:
    """The words in which a spelling can be found: what is shared by the datasets in those of each."""
    if entry.part == "values":
        return [known.values[entry.table]]
    return list(known.headers.values()) if entry.table == "shared" else [known.headers[entry.table]]


def _guards_of(kind: str, words: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(key(word) for name in _GUARDS.get(kind, ()) for word in words[name]["words"])


def _merged(own: Mapping[str, list[str]], shared: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    """A dataset's own spellings outrank the shared ones: what both list belongs to the dataset."""
    taken = {key(word) for words in own.values() for word in words}
    rest = {field: [word for word in words if key(word) not in taken] for field, words in shared.items()}
    return _tuples({**rest, **{field: [*rest.get(field, []), *words] for field, words in own.items()}})


def _tuples(lists: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in lists.items()}


def _stems_of(typed: str) -> tuple[str, ...]:
    """The stems of a line; "-" before one says that it may also stand inside a word, as the last part of compounds."""
    return tuple(("-" if stem.startswith("-") else "") + key(stem) for stem in typed.split())


def _has_stems(words: list[str], stems: tuple[str, ...]) -> bool:
    return all(any(_has_stem(word, stem) for word in words) for stem in stems)


def _allowed(guarded: Iterable[str], stems: tuple[str, ...]) -> bool:
    return all(any(_has_stem(word, stem) for stem in stems) for word in guarded)


def _has_stem(word: str, stem: str) -> bool:
    return stem[1:] in word if stem.startswith("-") else word.startswith(stem)
