"""Rounding of counts, so that no small one shows."""

from collections.abc import Sequence
from random import Random
from typing import Final, Literal

Way = Literal["nearest", "random", "controlled"]
_WAYS: Final = ("nearest", "random", "controlled")


def round_counts(
    counts: Sequence[int], base: int = 5, *, way: Way = "nearest", seed: int = 0
) -> list[int]:
    """Round counts to multiples of a base (D05).

    ``"nearest"`` rounds each, halves up; ``"random"`` rounds up or down with chances that keep
    every expected count, from a seed; ``"controlled"`` rounds up or down so that the sum stays
    within one base of the true one. The error is known: below one base. Margins are rounded apart,
    so rounded tables do not add up, and rates are computed from exact counts, never from these.

    Raises
    ------
    ValueError
        When the base is below 2, a count is negative, or the way does not exist.

    Examples
    --------
    >>> round_counts([3, 7, 12, 13, 22])
    [5, 5, 10, 15, 20]
    >>> sum(round_counts([1, 1, 1, 1, 1], way="controlled"))
    5
    """
    if base < 2 or way not in _WAYS:  # noqa: PLR2004  (one would change nothing)
        msg = f"the base is 2 or more and the way one of {', '.join(_WAYS)}; not {base!r}, {way!r}"
        raise ValueError(msg)
    if any(count < 0 for count in counts):
        msg = f"counts are zero or more, not {min(counts)!r}"
        raise ValueError(msg)
    if way == "nearest":
        return [(2 * count + base) // (2 * base) * base for count in counts]
    if way == "random":
        random = Random(seed)  # noqa: S311  (keyed by a seed that the caller keeps)
        return [
            count - count % base + base * (random.random() < count % base / base)
            for count in counts
        ]
    return _controlled(counts, base)


def _controlled(counts: Sequence[int], base: int) -> list[int]:
    """Round up those with the greatest rest, as many as the rounded sum asks for."""
    floors = [count - count % base for count in counts]
    wanted = (2 * sum(counts) + base) // (2 * base) * base
    ups = (wanted - sum(floors)) // base
    order = sorted(range(len(counts)), key=lambda n: (-(counts[n] % base), n))
    raised = {n for n in order[:ups] if counts[n] % base}
    return [floor + base * (n in raised) for n, floor in enumerate(floors)]


__all__ = ["round_counts"]
