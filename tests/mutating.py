"""Mutating: files damaged by chance, in their bytes or inside their package; the same seed gives the same damage."""

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

_SIGNS = (b"\x00", b"\xff", b"<", b">", b"&", b'"', b"9999999999", b"-1", b"&#x0;", b"1048577", "õ".encode())


def mutants(original: Path, folder: Path, many: int, seed: int = 0) -> Iterator[Path]:
    """Writes that many damaged copies of a file into a folder."""
    chance = random.Random(f"{original.name} {seed}")  # noqa: S311
    content = original.read_bytes()
    for number in range(many):
        damaged = _damaged_package(content, chance) if zipfile.is_zipfile(original) and number % 2 else content
        path = folder / f"{original.stem}_{original.suffix[1:]}_{number:04}{original.suffix}"
        path.write_bytes(damaged if damaged is not content else _damaged(content, chance))
        yield path


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """One to eight bites, losses, repetitions and foreign signs, some at the end of the file."""
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(max(len(content), 1))
        length = chance.choice((1, 1, 1, 2, 4, 16, 200))
        piece = content[start : start + length]
        replacement = chance.choice(
            (bytes(chance.randbytes(len(piece))), b"", piece * chance.randint(2, 50), chance.choice(_SIGNS))
        )
        content = content[:start] + replacement + content[start + length :]
    return content[: chance.randrange(len(content) + 1)] if chance.random() < 0.1 else content


def _damaged_package(content: bytes, chance: random.Random) -> bytes:
    """A sound package in which one part is damaged, or gone."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as package, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as damaged:
        victim = chance.choice(package.namelist())
        for name in package.namelist():
            part = package.read(name)
            if name != victim:
                damaged.writestr(name, part)
            elif chance.random() < 0.95:
                damaged.writestr(name, _damaged(part, chance))
    return written.getvalue()
