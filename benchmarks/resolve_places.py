"""Benchmark: the time that a hundred thousand typed places take to resolve.

    python benchmarks/resolve_places.py

The tables are warm: another mixture, of other texts for the most part, was resolved before. Three times are
printed: a mixture as offices type it, the same again, and a hundred thousand texts of which no two are alike,
so that no memory of texts can help.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from time import perf_counter
from typing import NamedTuple

from kodukant_analysis.places import Place, resolve_place
from kodukant_analysis.places.spelling import folded
from kodukant_analysis.places.tables import read_table

COUNT = 100_000
SEED = 20171021
FIRST, DAYS = date(2014, 1, 1), 4000
ENDINGS = ("", "", "", "", "s", "s", "sse", "st", "le", "l", "lt", "ks", "ni", "na", "ta", "ga", "t")
WITHIN = (None, None, None, "Pärnu maakond", "Lääne prefektuur", "Tartumaa", "Ida")
TABLES, SHARES = ("municipalities", "settlements", "counties"), (6, 3, 1)


class Typed(NamedTuple):
    """One question: a text, its day and the region it is known to lie in."""

    text: str
    on: date | None
    within: str | None


def mixture(chance: Random) -> list[Typed]:
    """What offices type: mostly municipalities, some villages, few counties; most texts come again and again."""
    names = {table: _names(table) for table in TABLES}
    texts = (_typed(chance.choice(names[table]), chance) for table in chance.choices(TABLES, SHARES, k=COUNT))
    return [_asked(text, chance) for text in texts]


def all_distinct(chance: Random) -> list[Typed]:
    """As many texts, no two alike: villages beside their municipalities, in many spellings."""
    names = {row["code"]: row["name"] for row in read_table("municipalities")}
    villages = [row for row in read_table("settlements") if row["old_name"]]
    seen: dict[str, None] = {}
    while len(seen) < COUNT:
        row = chance.choice(villages)
        village, municipality = row["old_name"], names[row["old_municipality"]]
        seen[f"{_typed(village, chance)}, {_typed(municipality, chance)}"] = None
    return [_asked(text, chance) for text in seen]


def main() -> None:
    """Print the times."""
    first, second = Random(SEED), Random(SEED + 1)  # noqa: S311
    usual, before, distinct = mixture(first), mixture(second), all_distinct(first)
    texts = {typed.text for typed in usual}
    _time(f"warm-up with another mixture ({len({typed.text for typed in before}):,} distinct texts)", before)
    known = len(texts & {typed.text for typed in before})
    _time(f"mixture ({len(texts):,} distinct texts, {known:,} of them met in the warm-up)", usual)
    _time("mixture, again", usual)
    _time(f"all {COUNT:,} texts distinct", distinct)


def _names(table: str) -> list[str]:
    columns = ("old_name", "new_name") if table == "settlements" else ("name",)
    return sorted({row[column] for row in read_table(table) for column in columns} - {""})


def _typed(name: str, chance: Random) -> str:
    """A name as somebody may type it: declined, with or without its kind, with or without diacritics."""
    bare, _, kind = name.partition(" ")
    declined = f"{bare}{chance.choice(ENDINGS)}"
    form = chance.choice((name, bare, declined, declined, f"{bare} {kind[:1]}.", f"{bare} {kind}"))
    change: Callable[[str], str] = chance.choice((str, str, str, str, str.upper, str.casefold, folded))
    return change(form)


def _asked(text: str, chance: Random) -> Typed:
    on = FIRST + timedelta(days=chance.randrange(DAYS)) if chance.random() < 0.9 else None
    return Typed(text, on, chance.choice(WITHIN))


def _time(what: str, asked: list[Typed]) -> None:
    start = perf_counter()
    known = sum(place.municipality_code is not None for place in _resolved(asked))
    print(f"{what}: {perf_counter() - start:.2f} s, {known / len(asked):.0%} with a municipality")


def _resolved(asked: list[Typed]) -> Iterator[Place]:
    return (resolve_place(typed.text, typed.on, typed.within) for typed in asked)


if __name__ == "__main__":
    main()
