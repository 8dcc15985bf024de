"""Circles in an order that must have none."""

from collections.abc import Iterable, Iterator, Mapping


def circles(above: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Find what is its own ancestor: the place where each circle closes, and the way round.

    Parameters
    ----------
    above
        What stands directly above each id; ids that are no key have nothing above them.

    Examples
    --------
    >>> list(circles({"a": ["b"], "b": ["c"], "c": ["a"]}))
    [('a', ('a', 'b', 'c', 'a'))]
    """
    settled: set[str] = set()
    for start in above:
        if start in settled:
            continue
        way = [start]
        stack = [iter(above[start])]
        while stack:
            up = next(stack[-1], None)
            if up is None:
                settled.add(way.pop())
                stack.pop()
            elif up in way:
                yield up, (*way[way.index(up) :], up)
            elif up not in settled and up in above:
                way.append(up)
                stack.append(iter(above[up]))
