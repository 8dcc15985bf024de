"""Policies: what a publisher holds to, said with every table."""

from typing import Final

from attrs import frozen

from citess.metrics.disclosure.rules import THRESHOLD


@frozen(kw_only=True)
class Policy:
    """Rules by which figures about people are published.

    Raises
    ------
    ValueError
        When a number is out of range.

    Examples
    --------
    >>> Policy(threshold=10).protection
    5
    """

    threshold: int = THRESHOLD
    """Least count that is shown, of those counted and of those not counted."""

    protection: int = THRESHOLD
    """Least width of what a reader can deduce of a hidden count."""

    least: int = 2 * THRESHOLD
    """Least denominator of a rate."""

    zeros: bool = False
    """Whether empty cells are hidden too."""

    base: int | None = None
    """Base to which the counts shown are rounded; ``None`` shows them as they are."""

    def __attrs_post_init__(self) -> None:
        numbers = (self.threshold, self.protection, self.least)
        if min(numbers) < 1 or (self.base is not None and self.base < 2):  # noqa: PLR2004  (one would change nothing)
            msg = f"threshold, protection and least are 1 or more, a base 2 or more; not {self!r}"
            raise ValueError(msg)


DEFAULT: Final = Policy()
"""What holds unless a publisher names a policy."""

__all__ = ["DEFAULT", "Policy"]
