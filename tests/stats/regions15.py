"""Fifteen made-up counties, and what R (metafor, lme4, qbinom) says of them."""

import json
from pathlib import Path

WITNESS = json.loads(Path(__file__).with_name("witnesses").joinpath("regions15.json").read_text(encoding="utf-8"))
K = [118, 4, 41, 17, 22, 9, 30, 12, 63, 25, 19, 71, 8, 26, 15]
N = [160, 9, 88, 24, 27, 13, 44, 20, 82, 30, 28, 101, 21, 38, 23]
