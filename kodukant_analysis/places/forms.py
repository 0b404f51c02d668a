"""Case forms: the names that a typed form may stand for ("halingas" -> "halinga")."""

from collections.abc import Iterator

# Where and whither stand in sheets every day; the others are looked at only when these lead nowhere.
_LOCATIVE = ("sse", "s", "st", "le", "l", "lt")
_OTHER = ("ks", "ni", "na", "ga", "ta", "t", "d", "")
_VOWELS = "aeiouõäöüy"
_GENITIVE_VOWELS = "aeiu"
# Short illatives double a voiceless consonant behind a vowel: "tappa", and never "halingga".
_UNDOUBLED = "bdg" + _VOWELS
# The short illative of common last parts, which doubles or changes a consonant of the genitive.
_ILLATIVES = {
    "külla": "küla",
    "verre": "vere",
    "perre": "pere",
    "sallu": "salu",
    "saarde": "saare",
    "jõkke": "jõe",
    "mäkke": "mäe",
    "randa": "ranna",
    "ojja": "oja",
    "majja": "maja",
    "virru": "viru",
    "kõrbe": "kõrve",
    "laande": "laane",
}
_NOMINATIVES = {"saar": "saare"}


def locative_stems(form: str) -> Iterator[str]:
    """Names of which `form` may be a local case, keys as in `spelling.key`; most are no names at all.

    >>> "tõstamaa" in locative_stems("tõstamaal"), "tallinn" in locative_stems("tallinnas")
    (True, True)
    >>> list(locative_stems("arukülla"))
    ['aruküla']
    """
    for ending in _LOCATIVE:
        if form.endswith(ending):
            yield from _stems(form, ending)
    if form.endswith(tuple(_ILLATIVES)):
        yield from (form.removesuffix(end) + genitive for end, genitive in _ILLATIVES.items() if form.endswith(end))


def all_cases(stem: str) -> tuple[str, ...]:
    """A stem in the cases that its vowel leads to, from the genitive to the comitative.

    >>> all_cases("valla")[:4]
    ('valla', 'vallasse', 'vallas', 'vallast')
    """
    return (stem, *(stem + ending for ending in ("sse", "s", "st", "le", "l", "lt", "ks", "ni", "na", "ta", "ga")))


def genitive_stems(form: str) -> Iterator[str]:
    """Names that end in a consonant of which `form` may be the genitive, which stands before a kind.

    >>> list(genitive_stems("tallinna"))
    ['tallinn']
    """
    yield from _stems(form, "")


def other_stems(form: str) -> Iterator[str]:
    """Names of which `form` may be any other case, from the genitive ("tallinna") to the terminative.

    >>> "halinga" in other_stems("halingaga"), "tallinn" in other_stems("tallinna")
    (True, True)
    """
    for ending in _OTHER:
        yield from _stems(form, ending)
    for nominative, genitive in _NOMINATIVES.items():
        if form.endswith(nominative):
            yield form.removesuffix(nominative) + genitive


def short_illative_stem(form: str) -> str | None:
    """The name whose last consonant `form` doubles, as short illatives do.

    >>> short_illative_stem("tappa"), short_illative_stem("haapsallu"), short_illative_stem("narva")
    ('tapa', 'haapsalu', None)
    """
    doubled = len(form) > 3 and form[-1] in _VOWELS and form[-2] == form[-3] and form[-4] in _VOWELS
    if doubled and form[-2] not in _UNDOUBLED:
        return form[:-2] + form[-1]
    return None


def _stems(form: str, ending: str) -> Iterator[str]:
    """A stem ends in a vowel; a name that ends in a consonant got the vowel with its case ending."""
    stem = form.removesuffix(ending)
    if not form.endswith(ending) or len(stem) < 2 or stem[-1] not in _VOWELS:
        return
    if ending == "d" and stem[-2] != stem[-1]:
        # The partitive of a long vowel: "tõstamaad". Of a diphthong it would make a village of every table: "laud".
        return
    if ending:
        yield stem
    if stem[-2] not in _VOWELS and stem[-1] in _GENITIVE_VOWELS:
        yield stem[:-1]
