"""Documents that were read and are written back: what records say since is laid over them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from citess.io._sound import sound
from citess.io._told import by_kind, copied, extra_of
from citess.io._travel import Losses
from citess.io.hsds._document import Layout, Root, Shape
from citess.io.hsds._profile import EXPORTED, Entity
from citess.io.hsds._read import Reading
from citess.io.hsds._required import Required
from citess.io.hsds._write import FORMAT, Records, Writer
from citess.model import Dataset


def entry(place: int, root: Root) -> Entity:
    """What is kept of an object at the top of a document."""
    return {"place": place, "entity": root.entity, "object": copied(root.content)}


def kept(data: Dataset) -> tuple[Layout, list[Root]]:
    """Give the objects that were kept when a dataset was read, in their order."""
    about = cast("Mapping[str, object]", data.extra.get(FORMAT, {}))
    entries = [*_entries(about.get("others"))]
    for kind in EXPORTED:
        for record in data.shelf(kind).values():
            entries += _entries(extra_of(record).get(FORMAT))
    entries.sort(key=lambda one: cast("int", one["place"]))
    shape = cast("Shape", about.get("shape", "lists"))
    members, keys = (cast("Entity", copied(about.get(name) or {})) for name in ("members", "keys"))
    layout = Layout(shape, members, cast("dict[str, str]", keys), bool(about))
    return layout, [
        Root(cast("str", one["entity"]), cast("Entity", copied(one["object"])), "")
        for one in entries
    ]


def described(layout: Layout, others: list[Entity]) -> Entity:
    """What is kept of a document as a whole."""
    return {
        "shape": layout.shape,
        "members": dict(layout.members),
        "keys": dict(layout.keys),
        "others": others,
    }


def _entries(value: object) -> Iterable[Mapping[str, object]]:
    return cast("Iterable[Mapping[str, object]]", value or ())


def lenient(reading: Reading) -> Records:
    """Records of a reading that are sound, whether or not they fit together."""
    return sound(reading.items)


def overlaid(data: Dataset, roots: list[Root], version: str, required: Required) -> list[Root]:
    """Lay over the objects kept what the records of a dataset say differently by now."""
    reading = Reading(roots)
    then = list(Writer(lenient(reading), version, Required(Losses(FORMAT)), reading.keys).objects())
    now = list(Writer(by_kind(data), version, required, reading.keys).objects())
    before, after = _index(then), _index(now)
    for root in roots:
        _lay(root.content, before, after)
    tops = {one["id"] for _, one in then}
    there = {inner.get("id") for root in roots for inner in _within(root.content)}
    gone = {id_ for id_ in before if id_ not in after}
    left = [root for root in roots if root.content.get("id") not in gone]
    for entity, one in now:
        changed = (
            one["id"] not in tops or before[cast("str", one["id"])] != after[cast("str", one["id"])]
        )
        if changed and one["id"] not in there:
            left.append(Root(entity, one, ""))
    return left


def _within(content: Entity) -> Iterator[Entity]:
    yield content
    for value in content.values():
        for item in cast("list[object]", value) if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield from _within(cast("Entity", item))


def _index(objects: Iterable[tuple[str, Entity]]) -> dict[str, Entity]:
    """Every object by its id, whole where it stands in several places."""
    found: dict[str, Entity] = {}
    for _, top in objects:
        for one in _within(top):
            whole = found.setdefault(cast("str", one["id"]), {})
            for name, value in one.items():
                whole.setdefault(name, value)
    return found


def _lay(content: Entity, before: Mapping[str, Entity], after: Mapping[str, Entity]) -> None:
    id_ = content.get("id")
    old = before.get(id_, {}) if isinstance(id_, str) else {}
    new = after.get(id_, {}) if isinstance(id_, str) else {}
    for name in {**old, **new} if old and new else ():
        if old.get(name) == new.get(name):
            continue
        if isinstance(old.get(name, new.get(name)), list):
            _lay_list(content, name, old, new)
        elif name in new:
            if not isinstance(content.get(name), dict):
                content[name] = copied(new[name])
        else:
            content.pop(name, None)
    for value in content.values():
        for item in cast("list[object]", value) if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                _lay(cast("Entity", item), before, after)


def _lay_list(content: Entity, name: str, old: Entity, new: Entity) -> None:
    """Add to a list what is new or changed and not there, take from it what is gone."""
    was = {one["id"]: one for one in cast("list[Entity]", old.get(name, []))}
    is_ = {one["id"]: one for one in cast("list[Entity]", new.get(name, []))}
    given = content.get(name)
    items = cast("list[Entity]", given) if isinstance(given, list) else []
    there = {one.get("id") for one in items}
    gone = {id_ for id_ in was if id_ not in is_}
    kept_ = [one for one in items if one.get("id") not in gone]
    added = [
        cast("Entity", copied(one))
        for id_, one in is_.items()
        if id_ not in there and was.get(id_) != one
    ]
    if kept_ or added:
        content[name] = [*kept_, *added]
    else:
        content.pop(name, None)
