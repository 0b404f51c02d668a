"""Keys: a person as a pseudonym that nobody without the key can make."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kodukant_analysis.privacy.names import name_parts

KEY_VARIABLE: Final = "KODUKANT_PERSON_KEY"
_KEY_BYTES: Final = 32
# A pseudonym has no digits, so that it resembles no personal code.
_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True)
class PersonKeys:
    """Makes the pseudonym of a person from the name: a keyed hash, the same in every file and every run."""

    secret: bytes

    def key(self, name: str, mark: str = "") -> str | None:
        """The pseudonym of a name in any order of its parts, script and case; None when there is no name.

        `mark` is what tells the person from namesakes, where a list shows that there are any.
        """
        parts = name_parts(name)
        return self._digest(" ".join([*parts, mark]).strip()) if parts else None

    def key_of_number(self, number: str) -> str:
        """The pseudonym of somebody known by a number or code, as a respondent is."""
        return self._digest(f"number {number.strip()}")

    def _digest(self, text: str) -> str:
        return hmac.new(self.secret, text.encode(), hashlib.sha256).hexdigest()[:20].translate(_LETTERS)


def read_person_key(path: Path) -> PersonKeys:
    """The key from the environment, or from its file, which is made on first use for its owner's eyes only.

    Raises ValueError when a key is too short to keep anybody's secret.
    """
    typed = os.environ.get(KEY_VARIABLE)
    if typed is None:
        if not path.exists():
            _make_key(path)
        typed = path.read_text(encoding="ascii").strip()
    if len(typed) < _KEY_BYTES:
        raise ValueError(f"the person key has {len(typed)} characters; at least {_KEY_BYTES} are needed")
    return PersonKeys(typed.encode())


def rotate_person_key(path: Path) -> None:
    """Puts a new key in the place of the old one, which is gone for good: no pseudonym of before can be made again.

    Raises ValueError when the key comes from the environment, where this program cannot change it.
    """
    if KEY_VARIABLE in os.environ:
        raise ValueError(f"the person key comes from {KEY_VARIABLE}: change it there")
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    _make_key(new)
    new.replace(path)


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_KEY_BYTES))
