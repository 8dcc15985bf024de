"""Judging the shape of documents of JSON: every fault with its place."""

from collections.abc import Collection, Iterator, Mapping
from typing import cast

from citess.errors import Issue, ReadError, Report
from citess.io.graphs._records import shape

Item = dict[str, object]


class Faults:
    """Faults of a document, collected while it is taken apart."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []

    def refuse(self) -> None:
        """Refuse the document when it has faults.

        Raises
        ------
        ReadError
            With all of them.
        """
        if self.issues:
            raise ReadError(Report(tuple(self.issues)))

    def fields(self, value: object, path: str) -> Item:
        """Give an object; an empty one where it is none."""
        if isinstance(value, dict):
            return cast("Item", value)
        self.issues.append(shape(path, value, "an object"))
        return {}

    def items(
        self, owner: Mapping[str, object], name: str, path: str
    ) -> Iterator[tuple[str, Item]]:
        """Give the objects of a list with their places."""
        value = owner.get(name, [])
        if not isinstance(value, list):
            self.issues.append(shape(_below(path, name), value, "a list"))
            return
        for n, item in enumerate(cast("list[object]", value)):
            place = f"{_below(path, name)}[{n}]"
            if isinstance(item, dict):
                yield place, cast("Item", item)
            else:
                self.issues.append(shape(place, item, "an object"))

    def only(
        self, owner: Mapping[str, object], names: Collection[str], path: str, kind: str
    ) -> None:
        """Find members that an object must not have."""
        self.issues += [
            Issue.of("misplaced-member", _below(path, name), name, type=kind)
            for name in owner
            if name not in names
        ]

    def typed(self, owner: Mapping[str, object], types: Mapping[str, type], path: str) -> None:
        """Find members of the wrong type."""
        words: dict[type, str] = {
            str: "a string",
            bool: "true or false",
            dict: "an object",
            list: "a list",
        }
        self.issues += [
            shape(_below(path, name), owner[name], words[kind])
            for name, kind in types.items()
            if name in owner and not isinstance(owner[name], kind)
        ]

    def needs(self, owner: Mapping[str, object], names: Collection[str], path: str) -> None:
        """Find members that are missing."""
        self.issues += [
            Issue.of("missing-field", path, None, field=name) for name in names if name not in owner
        ]

    def strings(self, owner: Mapping[str, object], name: str, path: str) -> list[str]:
        """Give a list of strings."""
        value = owner.get(name, [])
        place = _below(path, name)
        if not isinstance(value, list):
            self.issues.append(shape(place, value, "a list"))
            return []
        many = cast("list[object]", value)
        self.issues += [
            shape(f"{place}[{n}]", one, "a string")
            for n, one in enumerate(many)
            if not isinstance(one, str)
        ]
        return [one for one in many if isinstance(one, str)]


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


class Names:
    """Names that are each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def fresh(self, given: str, n: int) -> str:
        """Give a name as it is, or with a number where it is taken."""
        name = given
        while name in self._taken:
            name = f"{name}-{n}"
        self._taken.add(name)
        return name


def pairs(ends: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Ties that hold the nodes of a hyperedge together."""
    members = list(dict.fromkeys(node for end in ends for node in end))
    if not members:
        return
    yield from ((members[0], node) for node in members[1:] or members)


def number(value: object) -> str | None:
    """Text of an id that is a string or a number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)
