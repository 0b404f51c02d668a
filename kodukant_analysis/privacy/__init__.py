"""Privacy: persons as keyed pseudonyms, and the detector that keeps names, codes and contacts out of kept text."""

from kodukant_analysis.privacy.detector import MASK, Detector, masked_names
from kodukant_analysis.privacy.keys import KEY_VARIABLE, PersonKeys, read_person_key, rotate_person_key
from kodukant_analysis.privacy.names import is_common_surname, may_be_name, surname_words, surnames_in

__all__ = [
    "KEY_VARIABLE",
    "MASK",
    "Detector",
    "PersonKeys",
    "is_common_surname",
    "masked_names",
    "may_be_name",
    "read_person_key",
    "rotate_person_key",
    "surname_words",
    "surnames_in",
]
