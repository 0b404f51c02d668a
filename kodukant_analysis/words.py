"""Words: what the vocabulary lacks for the files of the raw folder, and which of its spellings none of them needs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kodukant_analysis import privacy
from kodukant_analysis.loaders.folder import list_files
from kodukant_analysis.loaders.gaps import Gap, Words, read_words, unused
from kodukant_analysis.loaders.guard import guarded
from kodukant_analysis.loaders.spellings import Entry
from kodukant_analysis.loaders.suggestions import nearest
from kodukant_analysis.loaders.vocabulary import use_words_of
from kodukant_analysis.settings import Settings

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Missing:
    """A text that was not understood, how often and in how many files it stands, and the spelling most like it."""

    gap: Gap
    times: int
    files: int
    near: Entry | None


@dataclass(frozen=True)
class Vocabularies:
    """What the raw folder says of the vocabulary: what it lacks, most frequent first, and what is never used.

    `unread` has the rule that says why a file could not be read, by its name.
    """

    missing: tuple[Missing, ...]
    unused: tuple[Entry, ...]
    unread: Mapping[str, str]


def survey_words(settings: Settings, progress: Progress) -> Vocabularies:
    """Reads every file of the raw folder for the words in it; writes nothing.

    Raises FileNotFoundError when there is no raw folder.
    """
    use_words_of(settings.vocabulary)
    files = [file for file in list_files(settings.raw) if file.is_read]
    keys = privacy.read_person_key(settings.person_key_file)
    calls = {file.name: (file.path, file.name, keys) for file in files}
    results: dict[str, Words | str] = {}
    for name, result in guarded(read_words, calls, settings.workers, settings.vocabulary):
        results[name] = result
        progress(len(results), len(files), name)
    found = {name: words for name, words in results.items() if isinstance(words, Words)}
    used = frozenset(entry for words in found.values() for entry in words.used)
    unread = {name: rule for name, rule in sorted(results.items()) if isinstance(rule, str)}
    return Vocabularies(tuple(_missing(found)), tuple(unused(used)), unread)


def _missing(found: Mapping[str, Words]) -> list[Missing]:
    where: dict[Gap, list[str]] = defaultdict(list)
    for file, words in found.items():
        for gap in (gap for gap in words.gaps if gap.text.replace(privacy.MASK, "").strip()):
            where[gap].append(file)
    missing = [Missing(gap, len(files), len(set(files)), nearest(*gap)) for gap, files in where.items()]
    return sorted(missing, key=lambda each: (-each.times, each.gap))


def as_lines(missing: Iterable[Missing]) -> str:
    """The missing words as lines for a file of a site's vocabulary, each to be freed of its "#" by a person.

    A line without a field or code is for a text that is like none: whoever knows what it means writes it in.
    """
    tables: dict[str, dict[tuple[str, str], list[Missing]]] = defaultdict(lambda: defaultdict(list))
    for each in missing:
        table = each.gap.table or (each.near.table if each.near else "?")
        code = each.near.code if each.near else "?"
        tables[f"{each.gap.part}.{table}"][code, "" if each.near else each.gap.text].append(each)
    return "\n\n".join("\n".join([_head(table), *map(_line, lines.values())]) for table, lines in tables.items())


def _head(table: str) -> str:
    return f"# [{table}]" if table.endswith("?") else f"[{table}]"


def _line(alike: Sequence[Missing]) -> str:
    """The texts of one field or code in a line, with what each was seen as."""
    code = alike[0].near.code if alike[0].near else "?"
    typed = (each.gap.text.replace("\\", "\\\\").replace('"', '\\"') for each in alike)
    words = ", ".join(f'"{text}"' for text in typed)
    return f"# {code} = [{words}]  # {' | '.join(map(_seen, alike))}"


def _seen(missing: Missing) -> str:
    like = f'; like "{missing.near.spelling}"' if missing.near else ""
    return f"{missing.times} times in {missing.files} files{like}"
