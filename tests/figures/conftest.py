"""The sample of estimates: 15 counties, 4 prefectures, 5 survey regions, two survey series, many kinds of flags."""

from pathlib import Path

import pandas as pd
import pytest

SAMPLE = Path(__file__).parent / "estimates.csv"
_NUMBERS = ["n", "k", "estimate", "low", "high", "se", "n_eff", "df"]


@pytest.fixture(scope="session")
def estimates() -> pd.DataFrame:
    text = dict.fromkeys(["region", "period", "flag", "note"], str)
    frame = pd.read_csv(SAMPLE, dtype=text, keep_default_na=False, na_values={name: [""] for name in _NUMBERS})
    return frame.astype({"n": "Int64", "k": "Int64"})
