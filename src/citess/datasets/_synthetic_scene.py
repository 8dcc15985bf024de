"""The scene of a synthetic dataset: chance that is the same everywhere, names, dates."""

from collections.abc import Sequence
from random import Random
from typing import Final, TypeVar

from citess.i18n import Text
from citess.model import Evidence, PartialDate, Period

T = TypeVar("T")

FIRST_YEAR: Final = 2020
COUNTRY: Final = "synthetic-land"
SYNTHETIC: Final = Evidence.SYNTHETIC


class Scene:
    """Sizes and seeded chance; every draw goes through ``random()``, the same on any Python."""

    def __init__(
        self, *, hubs: int, partners: int, enterprises: int, years: int, seed: int
    ) -> None:
        self.hubs = hubs
        self.partners = partners
        self.enterprises = enterprises
        self.years = years
        self.prefix = f"synthetic-{seed}"
        self._random = Random(seed)  # noqa: S311  (not for secrets)

    def below(self, n: int) -> int:
        """Draw a whole number from 0 to n - 1."""
        return int(self._random.random() * n)

    def chance(self, share: float) -> bool:
        """Draw true with a probability."""
        return self._random.random() < share

    def one(self, items: Sequence[T]) -> T:
        """Draw one item."""
        return items[self.below(len(items))]

    def some(self, items: Sequence[T], n: int) -> tuple[T, ...]:
        """Draw n different items, in their order."""
        chosen = sorted(range(len(items)), key=lambda _: self._random.random())[:n]
        return tuple(items[place] for place in sorted(chosen))

    def id(self, kind: str, n: int | str) -> str:
        """Id of the nth record of a kind."""
        return f"{self.prefix}-{kind}-{n}"

    def month(self, after: int = 0) -> PartialDate:
        """Draw a month, some years after the first."""
        year = FIRST_YEAR + after + self.below(max(1, self.years - after))
        return PartialDate(f"{year}-{1 + self.below(12):02d}")

    def period(self) -> Period:
        """Draw a period: going, ended, or with an end that is not known."""
        start = FIRST_YEAR + self.below(self.years)
        end = self.one(("open", "open", "open", "unknown", str(start + 2 + self.below(3))))
        return Period.of(f"{start}-{1 + self.below(12):02d}", end)


def named(english: str, french: str, arabic: str, n: int) -> Text:
    """Name that says it is synthetic, in three languages."""
    return Text(
        en=f"Synthetic {english} {n + 1}",
        fr=f"{french} synthétique {n + 1}",
        ar=f"{arabic} مصطنع {n + 1}",
    )
