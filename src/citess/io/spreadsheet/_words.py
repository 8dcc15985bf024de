"""Words of code lists: what people write for a code, in any language of citess."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import Final

from citess import vocab
from citess.errors import suggest
from citess.i18n import LABEL_LANGUAGES
from citess.io.spreadsheet._titles import CATALOGUE
from citess.model import codes
from citess.model.fields import is_term_class
from citess.model.spelling import fold

_MOST_SHOWN: Final = 12
_SCHEMES: Final[Mapping[object, tuple[str, ...]]] = {
    **{kind: (scheme,) for kind, scheme in codes.SCHEMES.items()},
    codes.CurrencyCode: ("currencies",),
    codes.UnitCode: ("units", "currencies"),
}
YES: Final = "yes"
NO: Final = "no"
_TRUE: Final = ("true", "y", "o", "x", "1", "vrai", "ok", "\u0635\u062d\u064a\u062d")
_FALSE: Final = ("false", "n", "0", "faux", "\u062e\u0637\u0623")

Labels = Mapping[str, str]


class Words:
    """A code list as people write it: codes, labels in every language, other spellings."""

    def __init__(self, entries: Iterable[tuple[str, Labels, Iterable[str]]]) -> None:
        self._labels: dict[str, Labels] = {}
        self._exact: dict[str, set[str]] = {}
        self._folded: dict[str, set[str]] = {}
        for code, labels, others in entries:
            self._labels[code] = labels
            for word in chain(labels.values(), others):
                self._exact.setdefault(word, set()).add(code)
                self._folded.setdefault(fold(word), set()).add(code)
        for code in self._labels:
            self._folded.setdefault(fold(code), set()).add(code)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes in order."""
        return tuple(self._labels)

    def label(self, code: str, language: str) -> str:
        """Label of a code; the code itself where no language has one."""
        labels = self._labels[code]
        return labels.get(language) or labels.get("en") or code

    def code(self, word: str, language: str) -> str | None:
        """Code that a word stands for; ``None`` where it stands for none, or for several."""
        if word in self._labels:
            return word
        key = fold(word)
        for found in (self._exact.get(word, set()), self._folded.get(key, set())):
            if len(found) == 1:
                return next(iter(found))
            mine = [code for code in found if fold(self.label(code, language)) == key]
            if len(mine) == 1:
                return mine[0]
        return None

    def shown(self, code: str, language: str) -> str:
        """Word that people read for a code, and that stands for it again."""
        if code in self._labels:
            label = self.label(code, language)
            return label if self.code(label, language) == code else code
        return code if self.code(code, language) is None and code[:1] != "[" else f"[{code}]"

    def near(self, word: str, language: str) -> str | None:
        """Word in a language that was perhaps meant."""
        words = {fold(self.label(code, language)): code for code in self._labels}
        everything = {word: next(iter(found)) for word, found in self._folded.items()}
        for known in (words, everything):
            near = suggest(fold(word), known)
            if near is not None:
                return self.shown(known[near], language)
        return None

    def listed(self, language: str) -> str:
        """Words to choose from, shortened."""
        shown = [self.shown(code, language) for code in self.codes]
        more = ", ..." if len(shown) > _MOST_SHOWN else ""
        return ", ".join(shown[:_MOST_SHOWN]) + more


@cache
def words_of(kind: object) -> Words | None:
    """Words of the code list that a kind of values takes; ``None`` where it takes none."""
    if is_term_class(kind):
        return Words(
            (str(term), {tag: term.label(tag) for tag in LABEL_LANGUAGES}, ()) for term in kind
        )
    if kind in _SCHEMES:
        concepts = [c for name in _SCHEMES[kind] for c in vocab.scheme(name).values()]
        return Words((c.code, dict(c.labels.items()), c.aliases) for c in concepts)
    return None


@cache
def truth_words() -> Words:
    """Words for yes and no."""
    return _fixed({YES: _TRUE, NO: _FALSE})


@cache
def end_words() -> Words:
    """Words for the ends of periods that are no dates."""
    return _fixed({"open": ("en cours", "ongoing", "..."), "unknown": ("?",)})


def _fixed(others: Mapping[str, Iterable[str]]) -> Words:
    return Words(
        (code, {tag: CATALOGUE.text(f"word.{code}", tag) for tag in ("en", "fr", "ar")}, more)
        for code, more in others.items()
    )
