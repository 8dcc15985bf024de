"""Language tags: which are well formed, their direction, what to fall back to."""

import re
from functools import lru_cache
from typing import Final, Literal, cast

Direction = Literal["ltr", "rtl"]

LANGUAGES: Final = ("en", "fr", "ar")
"""Languages in which every label, message and explanation of citess exists."""

LABEL_LANGUAGES: Final = (*LANGUAGES, "es", "it", "pt")
"""Languages in which the labels of every code list exist."""

_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ARABIC: Final = frozenset({"ar", "aeb", "ajp", "apc", "arb", "arq", "ary", "arz", "ayl"})
_RIGHT_TO_LEFT: Final = _ARABIC | {"ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"}
_SCRIPT: Final = re.compile(r"-([A-Za-z]{4})(?:-|$)")
_SCRIPTS_TO_THE_LEFT: Final = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa"})


@lru_cache(maxsize=1024)
def is_language_tag(tag: str) -> bool:
    """Tell whether a string is shaped like a BCP 47 language tag.

    Examples
    --------
    >>> is_language_tag("pt-BR"), is_language_tag("French")
    (True, False)
    """
    return len(tag) <= 35 and _TAG.fullmatch(tag) is not None  # noqa: PLR2004  (BCP 47, 4.4.1)


def direction(tag: str) -> Direction:
    """Writing direction of a language: ``"rtl"`` for Arabic and its like.

    A script in the tag decides before the language does.

    Examples
    --------
    >>> direction("ar-TN"), direction("fr"), direction("aeb"), direction("ar-Latn")
    ('rtl', 'ltr', 'rtl', 'ltr')
    """
    if script := _SCRIPT.search(tag):
        return "rtl" if script[1].lower() in _SCRIPTS_TO_THE_LEFT else "ltr"
    return "rtl" if tag.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def fallback_chain(tag: str) -> tuple[str, ...]:
    """Languages to try, in order, when a text is wanted in one of them.

    The tag itself, then its primary language, then the languages of citess.

    Raises
    ------
    TypeError
        When the tag is no string.

    Examples
    --------
    >>> fallback_chain("ar-TN")
    ('ar-TN', 'ar', 'en', 'fr')
    """
    if not isinstance(cast("object", tag), str):
        msg = f"a language is a tag such as 'fr', not {tag!r}"
        raise TypeError(msg)
    return tuple(dict.fromkeys((tag, tag.partition("-")[0], *LANGUAGES)))


Plural = Literal["zero", "one", "two", "few", "many", "other"]

_FEW: Final = range(3, 11)
_MANY: Final = range(11, 100)


def plural_category(n: int, tag: str) -> Plural:
    """Plural category of a whole number in a language of citess (Unicode CLDR).

    Examples
    --------
    >>> [plural_category(n, "ar") for n in (0, 1, 2, 5, 12, 100)]
    ['zero', 'one', 'two', 'few', 'many', 'other']
    >>> plural_category(0, "fr"), plural_category(0, "en")
    ('one', 'other')
    """
    primary = tag.partition("-")[0]
    if primary == "ar":
        small: dict[int, Plural] = {0: "zero", 1: "one", 2: "two"}
        if n in small:
            return small[n]
        return "few" if n % 100 in _FEW else "many" if n % 100 in _MANY else "other"
    ones = {0, 1} if primary in {"fr", "pt"} else {1}
    return "one" if n in ones else "other"
