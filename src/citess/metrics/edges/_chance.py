"""What permuted sectors would give, worked out instead of drawn."""

from collections.abc import Iterable
from math import perm, sqrt

from attrs import frozen


@frozen(kw_only=True)
class Expected:
    """Mean and standard deviation of the ties across sectors, when sectors change places."""

    mean: float
    """Expected share of ties that go across."""

    sd: float
    """Standard deviation of that share."""


def across(sizes: Iterable[int], ties: int, crossings: int) -> Expected | None:
    """Exact moments of the share of ties across sectors over every permutation of the sectors.

    ``sizes`` are the numbers of nodes by sector, ``crossings`` the pairs of ties that share a node.
    Two ties share a node or none: the chance that both stay within a sector is that of three nodes
    of one sector, or of two pairs. ``None`` below two nodes or without ties.

    Examples
    --------
    >>> found = across([1, 1, 1], ties=2, crossings=1)
    >>> found.mean, found.sd
    (1.0, 0.0)
    >>> round(across([2, 2], ties=1, crossings=0).mean, 4)
    0.6667
    """
    counts = [size for size in sizes if size]
    n = sum(counts)
    if n < 2 or not ties:  # noqa: PLR2004  (a tie takes two)
        return None
    twos = [perm(size, 2) for size in counts]
    within = sum(twos) / perm(n, 2)
    path = sum(perm(size, 3) for size in counts) / perm(n, 3) if crossings else 0.0
    apart = ties * (ties - 1) // 2 - crossings
    four = sum(perm(size, 4) for size in counts) + sum(twos) ** 2 - sum(two**2 for two in twos)
    disjoint = four / perm(n, 4) if apart else 0.0
    second = ties * within + 2 * (crossings * path + apart * disjoint)
    variance = max(second / ties**2 - within**2, 0.0)
    return Expected(mean=1 - within, sd=sqrt(variance))
