"""Text: what is said to people, in their language - catalogues, numbers, names of regions, sentences."""

from kodukant_analysis.text.catalogue import DEFAULT_LANGUAGE, catalogue, languages, translate
from kodukant_analysis.text.collation import estonian_key
from kodukant_analysis.text.explanations import explain
from kodukant_analysis.text.findings import Finding, read_finding
from kodukant_analysis.text.left_out import left_out_sentence
from kodukant_analysis.text.names import IndicatorName, Wording, read_indicator, wording
from kodukant_analysis.text.numbers import (
    count_words,
    integer,
    long_date,
    measure_range,
    measure_text,
    number,
    percent,
    percent_range,
)
from kodukant_analysis.text.periods import when_phrase
from kodukant_analysis.text.refusals import assumption_texts, refusal_texts, refusals_in
from kodukant_analysis.text.regions import region_label, region_level, where_phrase
from kodukant_analysis.text.sentences import flag_sentences

__all__ = [
    "DEFAULT_LANGUAGE",
    "Finding",
    "IndicatorName",
    "Wording",
    "assumption_texts",
    "catalogue",
    "count_words",
    "estonian_key",
    "explain",
    "flag_sentences",
    "integer",
    "languages",
    "left_out_sentence",
    "long_date",
    "measure_range",
    "measure_text",
    "number",
    "percent",
    "percent_range",
    "read_finding",
    "read_indicator",
    "refusal_texts",
    "refusals_in",
    "region_label",
    "region_level",
    "translate",
    "when_phrase",
    "where_phrase",
    "wording",
]
