"""Texts in several languages: values, labels and the catalogues behind them."""

from citess.i18n._catalogue import Catalogue
from citess.i18n._language import (
    LABEL_LANGUAGES,
    LANGUAGES,
    Direction,
    direction,
    fallback_chain,
    is_language_tag,
    plural_category,
)
from citess.i18n._term import Term
from citess.i18n._text import MAX_LENGTH, Text, TextFault, text_fault

__all__ = [
    "LABEL_LANGUAGES",
    "LANGUAGES",
    "MAX_LENGTH",
    "Catalogue",
    "Direction",
    "Term",
    "Text",
    "TextFault",
    "direction",
    "fallback_chain",
    "is_language_tag",
    "plural_category",
    "text_fault",
]
