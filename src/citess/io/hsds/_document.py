"""Shapes of HSDS documents: one object, a list, a page of an interface, a document of lists."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, cast

from attrs import field, frozen

from citess.errors import Issue, ReadError, Report
from citess.io._strict import wrong_type
from citess.io.hsds._profile import Entity
from citess.io.hsds._standard import collections, plural, recognised

Shape = Literal["object", "list", "page", "lists"]
HsdsDocument = dict[str, object] | list[object]
"""A JSON document of HSDS, as plain dictionaries and lists."""

CONTENTS: Final = "contents"
UNKNOWN: Final = ""
"""Kind of an object that is none of HSDS."""

_ABOUT: Final = ("version", "profile", "openapi_url")


@frozen
class Root:
    """An object that stands at the top of a document."""

    entity: str
    content: Entity
    path: str


@frozen
class Layout:
    """How a document holds its objects, and what else it says."""

    shape: Shape = "lists"
    members: Mapping[str, object] = field(factory=dict[str, object])
    keys: Mapping[str, str] = field(factory=dict[str, str])
    """Keys of lists by the kind of their objects, where they are not the usual ones."""

    is_read: bool = False
    """Whether it is that of a document that was read."""


def id_of(value: object) -> str:
    """Id of an object; nothing when it has none, or is no object."""
    id_ = cast("Entity", value).get("id") if isinstance(value, dict) else None
    return id_ if isinstance(id_, str) else ""


def opened(document: object, path: str = "") -> tuple[Layout, list[Root]]:
    """Take a document apart.

    Raises
    ------
    ReadError
        When it is no document of HSDS.
    """
    if isinstance(document, list):
        return Layout("list"), _items(cast("list[object]", document), path)
    if not isinstance(document, dict):
        raise ReadError(Report((wrong_type(document, "an object").issue.at(path),)))
    given = cast("Entity", document)
    if isinstance(given.get(CONTENTS), list):
        items = cast("list[object]", given[CONTENTS])
        members = {key: value for key, value in given.items() if key != CONTENTS}
        return Layout("page", members), _items(items, f"{path}.{CONTENTS}".lstrip("."))
    if "id" not in given and "name" not in given:
        lists = {key: _entity(key) for key, value in given.items() if isinstance(value, list)}
        if any(lists.values()) or set(_ABOUT) & set(given):
            return _lists(given, {key: entity for key, entity in lists.items() if entity}, path)
    entity = recognised(given)
    if entity is None:
        raise ReadError(Report((Issue.of("unknown-shape", path, sorted(given), format="HSDS"),)))
    return Layout("object"), [Root(entity, given, path)]


def _entity(key: str) -> str | None:
    return collections().get(key.removesuffix(".csv"))


def _lists(given: Entity, lists: Mapping[str, str], path: str) -> tuple[Layout, list[Root]]:
    wrong = [
        wrong_type(value, "a list").issue.at(f"{path}.{key}".lstrip("."))
        for key, value in given.items()
        if value is not None and key not in lists and _entity(key)
    ]
    if wrong:
        raise ReadError(Report(tuple(wrong)))
    roots: list[Root] = []
    for key, entity in lists.items():
        for n, item in enumerate(cast("list[object]", given[key])):
            place = f"{path}.{key}[{n}]".lstrip(".")
            roots.append(Root(entity, _object(item, place), place))
    members = {key: value for key, value in given.items() if key not in lists or not value}
    keys = {entity: key for key, entity in lists.items() if key != plural(entity)}
    return Layout("lists", members, keys), roots


def _items(items: list[object], path: str) -> list[Root]:
    found: list[Root] = []
    for n, item in enumerate(items):
        content = _object(item, f"{path}[{n}]")
        found.append(Root(recognised(content) or UNKNOWN, content, f"{path}[{n}]"))
    return found


def _object(item: object, path: str) -> Entity:
    if not isinstance(item, dict):
        raise ReadError(Report((wrong_type(item, "an object").issue.at(path),)))
    return cast("Entity", item)


def closed(layout: Layout, roots: Iterable[tuple[str, Entity]], version: str) -> HsdsDocument:
    """Put a document together; objects that no longer fit the shape make one of lists."""
    given = list(roots)
    kinds = {entity for entity, _ in given}
    if layout.shape == "object" and len(given) == 1:
        return given[0][1]
    if layout.shape == "list":
        return [content for _, content in given]
    if layout.shape == "page" and len(kinds) < 2:  # noqa: PLR2004  (objects of one kind)
        return {**layout.members, CONTENTS: [content for _, content in given]}
    is_kept = layout.shape == "lists" and layout.is_read
    made: Entity = {**({} if is_kept else {"version": version}), **layout.members}
    for entity, content in given:
        key = layout.keys.get(entity) or plural(entity or "organization")
        if made.get(key) is None:
            made[key] = []
        cast("list[Entity]", made[key]).append(content)
    return made
