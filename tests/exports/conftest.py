"""The sample of estimates that the figures are tried on."""

from pathlib import Path

import pandas as pd
import pytest

SAMPLE = Path(__file__).parents[1] / "figures" / "estimates.csv"
_NUMBERS = ["n", "k", "estimate", "low", "high", "se", "n_eff", "df"]


@pytest.fixture(scope="session")
def estimates() -> pd.DataFrame:
    text = dict.fromkeys(["region", "period", "flag", "note"], str)
    frame = pd.read_csv(SAMPLE, dtype=text, keep_default_na=False, na_values={name: [""] for name in _NUMBERS})
    return frame.astype({"n": "Int64", "k": "Int64"})
