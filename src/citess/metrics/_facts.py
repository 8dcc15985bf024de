"""Facts: what was met, and how often; the small table that a formula reads."""

from collections.abc import Iterator, Mapping
from typing import Final

Fact = tuple[str, ...]
"""What was met, in words: ``("female",)``, ``("offer", "legal", "idea", "tn-53")``."""

Number = float | int

NOT_KNOWN: Final = ""
"""Word of a fact whose value the record does not say."""


class Facts(Mapping[Fact, Number]):
    """How often each fact was met, or a sum over the records in which it was met.

    A fact that was never met counts zero. Hand numbers may name a fact of one word by the word.

    Examples
    --------
    >>> facts = Facts({"female": 81, "male": 182, "": 7})
    >>> facts["female"], facts.known, facts.missing, facts["other"]
    (81, 263, 7, 0)
    """

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Mapping[Fact, Number] | Mapping[str, Number]) -> None:
        self._numbers: dict[Fact, Number] = {
            (key,) if isinstance(key, str) else key: number for key, number in numbers.items()
        }

    def below(self, *words: str) -> "Facts":
        """Facts that begin with some words, without them."""
        n = len(words)
        return Facts({fact[n:]: x for fact, x in self._numbers.items() if fact[:n] == words})

    @property
    def total(self) -> Number:
        """Sum over all facts."""
        return sum(self._numbers.values())

    @property
    def missing(self) -> Number:
        """Sum over the facts whose first word is not known."""
        return sum(number for fact, number in self._numbers.items() if fact[:1] == (NOT_KNOWN,))

    @property
    def known(self) -> Number:
        """Sum over the facts whose first word is known."""
        return self.total - self.missing

    def __getitem__(self, fact: Fact | str) -> Number:
        return self._numbers.get((fact,) if isinstance(fact, str) else fact, 0)

    def __contains__(self, fact: object) -> bool:
        return fact in self._numbers

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __repr__(self) -> str:
        return f"Facts({self._numbers!r})"
