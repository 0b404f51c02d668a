"""Texts of issues: every rule that can be broken has one, and none is there for nothing."""

import re
from pathlib import Path

from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.text.issues import issue_texts

PACKAGE = Path(__file__).parents[1] / "kodukant_analysis"
_SLUG = re.compile(
    r'"((?:file|encoding|header|unreadable|unknown|hidden|personal|prefecture|place|row|table|closed|sheet|struck|folder|link|unclosed|delivery|discussion|imprecise|ambiguous|split|unread|ungrouped|dataset|cell|formula|example|topic)-[a-z-]+)"'
)


def _rules_in_code() -> set[str]:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "loaders").glob("*.py"))
    code += (PACKAGE / "refresh.py").read_text(encoding="utf-8")
    kinds = re.findall(r'code_reader\("(\w+)"', code)
    return set(_SLUG.findall(code)) | {f"unknown-{kind.replace('_', '-')}" for kind in kinds} - {
        "unknown-question",
        "unknown-series",
    }


def test_every_rule_has_a_text_and_every_text_a_rule() -> None:
    assert _rules_in_code() == set(issue_texts())


def test_every_text_says_something_in_both_languages() -> None:
    for rule, text in issue_texts().items():
        assert text.severity in {"error", "warning", "note"}, rule
        assert text.et.endswith("."), rule
        assert text.en.endswith("."), rule


def test_no_word_of_a_vocabulary_stands_for_two_codes() -> None:
    for kind, words in {**vocabulary().values, **vocabulary().headers}.items():
        if kind in {"sectors"}:
            continue
        typed = [word for spellings in words.codes.values() for word in spellings]
        assert len(typed) == len(set(typed)), (kind, sorted(word for word in typed if typed.count(word) > 1))
