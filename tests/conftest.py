"""What tests share: a key for pseudonyms, and sheets drawn as text."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from kodukant_analysis.loaders.linking import Records, link_drafts
from kodukant_analysis.loaders.workbook import Delivery, load_sheets
from kodukant_analysis.privacy import PersonKeys
from tests.drawing import draw

# the first example of a property waits for imports, and machines differ: how long one takes proves nothing
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def keys() -> PersonKeys:
    return PersonKeys(b"a key for tests, at least 32 bytes")


@pytest.fixture
def load(keys: PersonKeys) -> Callable[..., Delivery]:
    """Loads sheets drawn as text, each a sheet of one workbook."""

    def loaded(*drawings: str, file: str = "Lääne prefektuur/arutelud.xlsx") -> Delivery:
        sheets = [draw(drawing, file, f"Leht{number}") for number, drawing in enumerate(drawings, 1)]
        return load_sheets(sheets, file, keys)

    return loaded


@pytest.fixture
def linked(load: Callable[..., Delivery]) -> Callable[..., Records]:
    """Loads and links sheets drawn as text."""
    return lambda *drawings, **where: link_drafts(load(*drawings, **where).drafts)
