"""Words: what the vocabulary lacks for the files of the raw folder, and which of its spellings none of them needs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
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
    """What the raw folder says of the vocabulary: what it lacks, most frequent first, and what is never used."""

    missing: tuple[Missing, ...]
    unused: tuple[Entry, ...]


def survey_words(settings: Settings, progress: Progress) -> Vocabularies:
    """Reads every file of the raw folder for the words in it; writes nothing.

    Raises FileNotFoundError when there is no raw folder.
    """
    use_words_of(settings.vocabulary)
    files = [file for file in list_files(settings.raw) if file.is_read]
    keys = privacy.read_person_key(settings.person_key_file)
    calls = {file.name: (file.path, file.name, keys) for file in files}
    found: dict[str, Words] = {}
    for name, words in guarded(read_words, calls, settings.workers, settings.vocabulary):
        progress(len(found) + 1, len(files), name)
        found[name] = words if isinstance(words, Words) else Words((), frozenset())
    used = frozenset(entry for words in found.values() for entry in words.used)
    return Vocabularies(tuple(_missing(found)), tuple(unused(used)))


def _missing(found: Mapping[str, Words]) -> list[Missing]:
    where: dict[Gap, list[str]] = defaultdict(list)
    for file, words in found.items():
        for gap in words.gaps:
            where[gap].append(file)
    missing = [Missing(gap, len(files), len(set(files)), nearest(*gap)) for gap, files in where.items()]
    return sorted(missing, key=lambda each: (-each.times, each.gap))


def as_lines(missing: Iterable[Missing]) -> str:
    """The missing words as lines for a file of a site's vocabulary, each to be freed of its "#" by a person.

    A line without a field or code is for a text that is like none: whoever knows what it means writes it in.
    """
    tables: dict[str, list[Missing]] = defaultdict(list)
    for each in missing:
        table = each.gap.table or (each.near.table if each.near else "?")
        tables[f"{each.gap.part}.{table}"].append(each)
    return "\n\n".join("\n".join([_head(table), *map(_line, lines)]) for table, lines in tables.items())


def _head(table: str) -> str:
    return f"# [{table}]" if table.endswith("?") else f"[{table}]"


def _line(missing: Missing) -> str:
    code = missing.near.code if missing.near else "?"
    like = f'; like "{missing.near.spelling}"' if missing.near else ""
    typed = missing.gap.text.replace("\\", "\\\\").replace('"', '\\"')
    return f'# {code} = ["{typed}"]  # {missing.times} times in {missing.files} files{like}'
