"""Closed lists of codes whose members carry labels."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Final, Self

from citess.i18n._catalogue import Catalogue, toml_texts
from citess.i18n._language import fallback_chain

_WORD_START: Final = re.compile(r"(?<!^)(?=[A-Z])")


class Term(str, Enum):  # noqa: UP042  (members carry a label beside their code)
    """A code of a closed list, with a label in every language of citess.

    A subclass lists ``NAME = "code", "English label"``; the other languages stand in
    ``citess/i18n/<language>.toml`` under the name of the list.

    Examples
    --------
    >>> from citess import Sector
    >>> Sector.SSE.value, Sector.SSE.label("fr")
    ('sse', 'économie sociale et solidaire')
    >>> Sector("public") is Sector.PUBLIC
    True
    """

    english: str

    def __new__(cls, code: str, english: str = "") -> Self:
        """Make a member from its code and English label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = english
        return member

    def label(self, language: str = "en") -> str:
        """Label in a language, or in the next best one."""
        key = f"{self.list_name()}.{self.value}"
        found = (
            self.english if tag == "en" else _catalogue.texts(tag).get(key)
            for tag in fallback_chain(language)
        )
        return next((text for text in found if text is not None), self.english)

    def definition(self, language: str = "en") -> str | None:
        """Definition in a language, or in the next best one; ``None`` where there is none."""
        key = f"{self.list_name()}.{self.value}"
        found = (_definitions(tag).get(key) for tag in fallback_chain(language))
        return next((text for text in found if text is not None), None)

    @classmethod
    def list_title(cls, language: str = "en") -> str:
        """Title of the list in a language; its name where it has none."""
        found = (
            _definitions(tag).get(f"title.{cls.list_name()}") for tag in fallback_chain(language)
        )
        return next((text for text in found if text is not None), cls.list_name())

    @classmethod
    def list_name(cls) -> str:
        """Name of the list in the language files: ``HubPhase`` is ``hub_phase``."""
        return _WORD_START.sub("_", cls.__name__).lower()

    @staticmethod
    def catalogue() -> Catalogue:
        """Labels of every closed list that is imported."""
        return _catalogue

    def __str__(self) -> str:
        return str(self.value)


def _english() -> dict[str, str]:
    return {
        f"{terms.list_name()}.{term.value}": term.english
        for terms in Term.__subclasses__()
        for term in terms
    }


@cache
def _definitions(language: str) -> Mapping[str, str]:
    """Definitions of every list in a language; English stands in a file as the others do."""
    return toml_texts("citess.i18n.definitions", language)


_catalogue: Final = Catalogue("citess.i18n", _english)
