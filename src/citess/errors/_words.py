"""Words within the details of an issue, in the language of its sentence."""

import re
from typing import Final

from citess.errors._texts import CATALOGUE, WORDS

_SPOKEN: Final = frozenset({"given_type", "expected_type", "range", "codes"})
_KEYS: Final = {text: f"word.{key}" for key, text in WORDS.items()}
_RANGES: Final = (
    (re.compile(r"(?P<low>\S+) to (?P<high>\S+)"), "word.range"),
    (re.compile(r"(?P<low>.+) or more"), "word.at-least"),
)


def said(name: str, value: str, language: str) -> str:
    """Give a detail in a language: types of JSON, ranges and what codes look like.

    Examples
    --------
    >>> said("expected_type", "a string", "fr"), said("range", "-90 to 90", "fr")
    ('une chaîne', '-90 à 90')
    """
    if name not in _SPOKEN:
        return value
    if value in _KEYS:
        return CATALOGUE.text(_KEYS[value], language)
    for pattern, key in _RANGES:
        if found := pattern.fullmatch(value):
            return CATALOGUE.text(key, language).format(**found.groupdict())
    return value
