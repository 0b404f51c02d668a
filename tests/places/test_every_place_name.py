"""Every name: all municipalities, counties and hundreds of villages in all case forms, against the lists themselves."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from kodukant_analysis.places import resolve_place
from kodukant_analysis.places.gazetteer import units_by_name
from kodukant_analysis.places.spelling import folded, key
from kodukant_analysis.places.tables import Row, listed, read_table

THEN, TODAY = date(2016, 5, 19), date(2020, 5, 19)
KIND_FORMS = {"vald": ("vald", "v.", "vallas", "vallast"), "linn": ("linn", "linnas", "linna"), "alev": ("alev",)}
ENDINGS = ("", "s", "l", "sse", "le", "st", "lt")
# All fourteen cases but the nominative and the genitive, which are the bare name of most places.
CASE_ENDINGS = ("t", "sse", "s", "st", "le", "l", "lt", "ks", "ni", "na", "ta", "ga")
VOWELS = "aeiouõäöüy"


def bare(name: str) -> str:
    name = name.removesuffix(" (alev)")
    return next((name.removesuffix(f" {k}") for k in ("vald", "linn", "linnaosa") if name.endswith(f" {k}")), name)


def village(name: str) -> str:
    return next(
        (name.removesuffix(f" {k}") for k in ("küla", "alevik", "alev", "linn") if name.endswith(f" {k}")), name
    )


def case_forms(name: str) -> list[str]:
    stem = name if name[-1] in VOWELS else f"{name}a"
    return [name, *(stem + ending for ending in ENDINGS[1:])]


def spellings(form: str) -> set[str]:
    plain = folded(form.casefold())
    return {form, form.upper(), plain, plain.upper(), form.replace("-", " ")}


def municipality_rows(on: date) -> list[Row]:
    return [row for row in read_table("municipalities") if bool(row["valid_to"]) == (on == THEN)]


def heirs_by_name(on: date) -> dict[str, set[str]]:
    heirs: dict[str, set[str]] = defaultdict(set)
    for row in municipality_rows(on):
        heirs[bare(row["name"])].update(listed(row["successors"]))
    return heirs


def bare_cases() -> Iterator[tuple[str, date, set[str]]]:
    """Bare names with the municipalities of today that they may be; Saare is a county too."""
    today = heirs_by_name(TODAY)
    for on in (THEN, TODAY):
        for name, heirs in heirs_by_name(on).items():
            yield from ((typed, on, heirs) for form in case_forms(name) for typed in spellings(form) if name != "Saare")
    for name, heirs in heirs_by_name(THEN).items():
        if name not in today and name != "Saare":
            yield from ((typed, TODAY, heirs) for form in case_forms(name) for typed in spellings(form))


def kinded_cases() -> Iterator[tuple[str, date, set[str]]]:
    names = {row["name"] for row in municipality_rows(TODAY)}
    for on in (THEN, TODAY):
        for row in municipality_rows(on):
            heirs = set(listed(row["successors"]))
            for kind in KIND_FORMS[row["kind"]]:
                for typed in spellings(f"{bare(row['name'])} {kind}"):
                    yield typed, on, heirs
                    if row["name"] not in names:
                        yield typed, TODAY, heirs


def measure(cases: Iterator[tuple[str, date, set[str]]]) -> tuple[list[str], float]:
    """Typed names that resolve to a wrong municipality, and the share found of those that can be found."""
    wrong, found, findable = [], 0, 0
    for typed, on, heirs in cases:
        code = resolve_place(typed, on).municipality_code
        if code is not None and code not in heirs:
            wrong.append(f"{typed} {on}: {code}")
        findable += len(heirs) == 1
        found += len(heirs) == 1 and code is not None
    return wrong, found / findable


def test_no_form_of_a_bare_municipality_name_resolves_wrongly() -> None:
    wrong, share = measure(bare_cases())
    assert wrong == []
    assert share >= 0.99


def test_no_form_of_a_municipality_with_its_kind_resolves_wrongly() -> None:
    wrong, share = measure(kinded_cases())
    assert wrong == []
    assert share >= 0.99


def unique_villages(count: int = 500) -> list[Row]:
    """Villages whose names, diacritics aside, nothing else bears."""
    bearers: dict[str, int] = defaultdict(int)
    for row in read_table("settlements"):
        for name in {row["old_name"], row["new_name"]} - {""}:
            bearers[folded(village(name).casefold())] += 1
    for row in (*read_table("municipalities"), *read_table("earlier_mergers")):
        bearers[folded(bare(row["name"]).casefold())] += 1
    for row in read_table("prefectures"):
        bearers[folded(row["prefecture"].casefold())] += 1
    rows = [row for row in read_table("settlements") if row["old_name"] and not row["new_name"]]
    unique = [row for row in rows if bearers[folded(village(row["old_name"]).casefold())] == 1]
    plain = [row for row in unique if "/" not in row["old_name"] and row["old_kind"] != "linnaosa"]
    return plain[:: len(plain) // count][:count]


def test_no_form_of_a_village_name_resolves_wrongly() -> None:
    cases = (
        (typed, on, {row["new_municipality"]})
        for row in unique_villages()
        for form in case_forms(village(row["old_name"]))
        for typed in spellings(form)
        for on in (THEN, TODAY)
    )
    wrong, share = measure(cases)
    assert wrong == []
    assert share >= 0.99


def test_every_village_beside_its_municipality_is_found_with_its_code() -> None:
    names = {row["code"]: row["name"] for row in municipality_rows(TODAY)}
    rows = [row for row in read_table("settlements") if row["new_name"] or row["old_name"]]
    missed, wrong = 0, []
    for row in rows:
        name, code = row["new_name"] or row["old_name"], row["new_code"] or row["old_code"]
        place = resolve_place(f"{name}, {names[row['new_municipality']]}", TODAY)
        missed += place.place_code is None
        if place.place_code not in (code, None) or place.municipality_code != row["new_municipality"]:
            wrong.append(f"{name} {code}: {place}")
    assert wrong == []
    assert missed <= 0.01 * len(rows)


def all_case_forms(name: str) -> list[str]:
    stem = name if name[-1] in VOWELS else f"{name}i"
    return [name, stem, *(stem + ending for ending in CASE_ENDINGS)]


def shares_by_case(named: dict[str, set[str]], column: str, on: date) -> list[float]:
    """Share of the names whose form in each case is resolved; a form that means another place fails."""
    found = [0] * (2 + len(CASE_ENDINGS))
    for name, codes in named.items():
        for position, form in enumerate(all_case_forms(name)):
            code = getattr(resolve_place(form, on), column)
            assert code in {*codes, None}, f"{form} {on}: {code}"
            found[position] += code is not None
    return [count / len(named) for count in found]


@pytest.mark.parametrize("on", [THEN, TODAY])
def test_a_municipality_means_itself_in_all_fourteen_cases(on: date) -> None:
    named = {name: codes for name, codes in heirs_by_name(on).items() if len(codes) == 1 and name != "Saare"}
    assert min(shares_by_case(named, "municipality_code", on)) >= 0.95


@pytest.mark.parametrize("on", [THEN, TODAY])
def test_a_county_means_itself_in_all_fourteen_cases(on: date) -> None:
    column = "valid_to" if on == THEN else "valid_from"
    rows = [row for row in read_table("counties") if row[column] or not (row["valid_from"] or row["valid_to"])]
    named = {row["name"].replace(" maakond", "maa"): {row["code"]} for row in rows}
    assert len(named) == 15
    assert min(shares_by_case(named, "county_code", on)) == 1


@pytest.mark.parametrize("on", [THEN, TODAY])
def test_a_village_means_itself_in_all_fourteen_cases(on: date) -> None:
    named = {village(row["old_name"]): {row["new_municipality"]} for row in unique_villages(300)}
    assert min(shares_by_case(named, "municipality_code", on)) >= 0.95


def slips(name: str) -> set[str]:
    """A name with one letter left out, doubled or swapped with the next, and not another name of ours."""
    left_out = {name[:i] + name[i + 1 :] for i in range(len(name))}
    doubled = {name[:i] + name[i:][:1] + name[i:] for i in range(len(name))}
    swapped = {name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in range(len(name) - 1)}
    return {slip for slip in left_out | doubled | swapped if key(slip) not in units_by_name()}


def test_a_slip_of_the_pen_never_makes_another_municipality_certain() -> None:
    wrong = [
        f"{typed}: {code}"
        for name, heirs in heirs_by_name(THEN).items()
        for slip in slips(name)
        for typed in (slip, f"{slip} vald")
        if (code := resolve_place(typed, THEN).municipality_code) not in {*heirs, None}
    ]
    assert wrong == []
