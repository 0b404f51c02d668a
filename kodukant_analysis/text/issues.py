"""Issue texts: what a broken rule means and what its owner is to do, by rule and language."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class IssueText(NamedTuple):
    """The severity of a rule and its message in each language."""

    severity: str
    et: str
    en: str

    def told(self, language: str, hint: str = "") -> str:
        """The message in a language, with what may have been meant."""
        message = self.et if language == "et" else self.en
        if not hint:
            return message
        return f"{message} Kas mõtlesite „{hint}“?" if language == "et" else f"{message} Did you mean “{hint}”?"

    def both(self, hint: str = "") -> str:
        """The message in Estonian and English."""
        return f"{self.told('et', hint)} / {self.told('en', hint)}"


@cache
def issue_texts() -> dict[str, IssueText]:
    """The text of every rule."""
    typed = tomllib.loads(files(__package__).joinpath("issues.toml").read_text(encoding="utf-8"))
    return {rule: IssueText(**text) for rule, text in typed.items()}
