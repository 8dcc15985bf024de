"""Texts of one part of the library, by key: English in code, other languages in TOML files."""

from collections.abc import Callable, Mapping
from typing import Final

from citess.i18n._language import LABEL_LANGUAGES, fallback_chain, plural_category

_loaded: Final[dict[tuple[str, str], dict[str, str]]] = {}


class Catalogue:
    """The texts of one package: English given in code, ``fr.toml`` and ``ar.toml`` beside it.

    Parameters
    ----------
    package
        Import name of the package that holds the language files.
    english
        English texts by key, or a function that gives them (read at first use).

    Examples
    --------
    >>> from citess.i18n import Term
    >>> Term.catalogue().languages()
    ('en', 'fr', 'ar', 'es', 'it', 'pt')
    """

    __slots__ = ("_english", "package")
    package: str
    """Import name of the package that holds the language files."""

    def __init__(
        self,
        package: str,
        english: Mapping[str, str] | Callable[[], Mapping[str, str]],
    ) -> None:
        self.package = package
        self._english = english

    def languages(self) -> tuple[str, ...]:
        """Languages that this catalogue has."""
        from importlib import resources  # noqa: PLC0415  (needed for other languages only)

        files = resources.files(self.package)
        return tuple(
            language
            for language in LABEL_LANGUAGES
            if language == "en" or files.joinpath(f"{language}.toml").is_file()
        )

    def texts(self, language: str) -> Mapping[str, str]:
        """All texts in a language by key; empty when the language has none."""
        if language == "en":
            return self._english() if callable(self._english) else self._english
        key = (self.package, language)
        if key not in _loaded:
            _loaded[key] = toml_texts(self.package, language)
        return _loaded[key]

    def text(self, key: str, language: str = "en", /, **values: object) -> str:
        """Text of a key in a language, or in the next best language that has it.

        Raises
        ------
        KeyError
            When no language has the key.
        """
        for tag in fallback_chain(language):
            found = self.texts(tag).get(key)
            if found is not None:
                return found.format(**values) if values else found
        raise KeyError(key)

    def count(self, key: str, n: int, language: str = "en") -> str:
        """Text of a number of things, in the plural form that the language wants.

        The forms stand under ``<key>.one``, ``<key>.few`` ...; ``other`` serves for those that a
        language does not have.
        """
        for tag in fallback_chain(language):
            texts = self.texts(tag)
            for form in (plural_category(n, tag), "other"):
                if f"{key}.{form}" in texts:
                    return texts[f"{key}.{form}"].format(n=n)
        raise KeyError(key)

    def missing(self, language: str) -> tuple[str, ...]:
        """Keys that English has and a language lacks, sorted."""
        return tuple(sorted(self.texts("en").keys() - self.texts(language).keys()))


def toml_texts(package: str, language: str) -> dict[str, str]:
    """Texts of the language file of a package by key; empty when there is none."""
    import tomllib  # noqa: PLC0415  (needed for other languages only)
    from importlib import resources  # noqa: PLC0415  (needed for other languages only)

    file = resources.files(package).joinpath(f"{language}.toml")
    content = file.read_text("utf-8") if file.is_file() else ""
    return dict(_flat(tomllib.loads(content)))


def _flat(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{prefix}{key}.")  # pyright: ignore[reportUnknownArgumentType]  (TOML tables have string keys)
        else:
            rows.append((f"{prefix}{key}", str(value)))
    return rows
