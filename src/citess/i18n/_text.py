"""One text in several languages."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, Literal, NoReturn, cast

from citess.i18n._language import Direction, direction, fallback_chain, is_language_tag

TextFault = Literal["empty", "blank", "control", "bidi", "surrogate", "not-nfc", "too-long"]

MAX_LENGTH: Final = 1_000_000
"""Longest text kept, in characters."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BIDI: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def text_fault(value: str) -> TextFault | None:  # noqa: PLR0911  (one answer for each fault)
    r"""Name what makes a string unfit to be stored, or ``None`` when it is fit.

    Refused are empty and over-long strings, white space at either end, control characters
    (line feed and tab excepted), invisible characters that reorder the line for the reader
    (U+200E-F, U+202A-E, U+2066-9), lone surrogates, and forms other than Unicode NFC.

    Examples
    --------
    >>> text_fault("Sidi Bouzid"), text_fault(" Mahdia"), text_fault("a\u202eb")
    (None, 'blank', 'bidi')
    """
    if not value:
        return "empty"
    if len(value) > MAX_LENGTH:
        return "too-long"
    if value.isprintable() and value[0] != " " != value[-1]:
        return None if unicodedata.is_normalized("NFC", value) else "not-nfc"
    if _SURROGATE.search(value):
        return "surrogate"
    if value.strip() != value:
        return "blank"
    if _CONTROL.search(value):
        return "control"
    if _BIDI.search(value):
        return "bidi"
    if not unicodedata.is_normalized("NFC", value):
        return "not-nfc"
    return None


class Text:
    """One text in one or more languages; the first is the original.

    Parameters
    ----------
    by_language
        Text by language tag.
    languages
        The same as keywords, for tags that are Python names.

    Raises
    ------
    ValueError
        When no language is given, a tag is not a BCP 47 tag, or a text is unfit
        (see :func:`text_fault`).

    Examples
    --------
    >>> name = Text(fr="Tunisie", ar="تونس")
    >>> name.get("ar"), name.get("it"), str(name)
    ('تونس', 'Tunisie', 'Tunisie')
    >>> name.direction("ar")
    'rtl'
    """

    __slots__ = ("_json",)
    _json: dict[str, str]

    def __init__(self, by_language: Mapping[str, str] | None = None, /, **languages: str) -> None:
        texts = {**(by_language or {}), **languages}
        if not texts:
            msg = "a text needs at least one language, such as Text(fr='Tunisie')"
            raise ValueError(msg)
        for tag, text in texts.items():
            if not all(isinstance(part, str) for part in cast("tuple[object, ...]", (tag, text))):
                msg = f"a text maps language tags to strings, not {tag!r} to {text!r}"
                raise TypeError(msg)
            if not is_language_tag(tag):
                msg = f"{tag!r} is not a language tag such as 'fr' or 'ar-TN'"
                raise ValueError(msg)
            if fault := text_fault(text):
                msg = f"the text in {tag!r} is unfit ({fault}): {text[:80]!r}"
                raise ValueError(msg)
        object.__setattr__(self, "_json", texts)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages present, the original first."""
        return tuple(self._json)

    def get(self, language: str) -> str:
        """Text in a language, or in the next best one that is present.

        Tried in order: the tag, its primary language, en, fr, ar, then the original.
        """
        return self._best(language)[1]

    def direction(self, language: str) -> Direction:
        """Writing direction of what :meth:`get` returns for a language."""
        return direction(self._best(language)[0])

    def _best(self, language: str) -> tuple[str, str]:
        for tag in fallback_chain(language):
            if tag in self._json:
                return tag, self._json[tag]
        return next(iter(self._json.items()))

    def items(self) -> tuple[tuple[str, str], ...]:
        """Pairs of language tag and text, the original first."""
        return tuple(self._json.items())

    def __iter__(self) -> Iterator[str]:
        return iter(self._json)

    def __len__(self) -> int:
        return len(self._json)

    def __contains__(self, language: object) -> bool:
        return language in self._json

    def __str__(self) -> str:
        return next(iter(self._json.values()))

    def __repr__(self) -> str:
        return f"Text({self._json!r})"

    def __eq__(self, other: object) -> bool:
        return self.items() == other.items() if isinstance(other, Text) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.items())

    def __setattr__(self, name: str, value: object) -> NoReturn:
        msg = f"Text is immutable: {name} cannot be set"
        raise AttributeError(msg)

    def __delattr__(self, name: str) -> NoReturn:
        msg = f"Text is immutable: {name} cannot be deleted"
        raise AttributeError(msg)

    def __reduce__(self) -> tuple[type["Text"], tuple[dict[str, str]]]:
        return Text, (self._json.copy(),)
