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

    @property
    def both(self) -> str:
        """The message in Estonian and English."""
        return f"{self.et} / {self.en}"


@cache
def issue_texts() -> dict[str, IssueText]:
    """The text of every rule."""
    typed = tomllib.loads(files(__package__).joinpath("issues.toml").read_text(encoding="utf-8"))
    return {rule: IssueText(**text) for rule, text in typed.items()}
