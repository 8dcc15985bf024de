"""Documents that were read and are written back: what records say since is laid over them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from citess.io._sound import sound
from citess.io._told import by_kind, copied, extra_of
from citess.io._travel import Losses
from citess.io.hsds._check import RECORDS
from citess.io.hsds._document import Layout, Root, Shape, id_of
from citess.io.hsds._profile import EXPORTED, Entity
from citess.io.hsds._read import Reading
from citess.io.hsds._required import Required
from citess.io.hsds._standard import plural, within
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
    made = _overlaid(data, roots, version, Required(required.losses, silent=True))
    seen: set[tuple[str, str]] = set()
    for root in made:
        for entity, one in _walked(root.entity, root.content):
            name, id_ = plural(entity or "organization"), id_of(one)
            if entity in RECORDS and (name, id_) not in seen:
                seen.add((name, id_))
                required.check_at(entity, one, name, f"{name}[{id_}]")
    return made


def _walked(entity: str, content: Entity) -> Iterator[tuple[str, Entity]]:
    yield entity, content
    for inner, one in within(content):
        yield from _walked(inner, one)


def _overlaid(data: Dataset, roots: list[Root], version: str, required: Required) -> list[Root]:
    reading = Reading(roots)
    then = Writer(lenient(reading), version, Required(Losses(FORMAT)), reading.keys).objects()
    now = list(Writer(by_kind(data), version, required, reading.keys).objects())
    before, after = _index(then), _index(now)
    gone = set(before) - set(after)
    left = [root for root in roots if id_of(root.content) not in gone]
    for root in left:
        _prune(root.content, gone)
        _lay(root.content, before, after)
    there = {id_of(inner) for root in left for inner in _within(root.content)}
    for entity, one in now:
        id_ = id_of(one)
        if id_ not in there and before.get(id_) != after[id_]:
            left.append(Root(entity, one, ""))
    return left


def _within(content: Entity) -> Iterator[Entity]:
    """Every object of a document, whatever it stands under."""
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
            whole = found.setdefault(id_of(one), {})
            for name, value in one.items():
                whole.setdefault(name, value)
    return found


def _prune(content: Entity, gone: set[str]) -> None:
    """Take away the objects whose records are gone."""
    for name, value in list(content.items()):
        if isinstance(value, list):
            items = cast("list[object]", value)
            content[name] = [item for item in items if id_of(item) not in gone]
        elif id_of(value) in gone:
            del content[name]
    for _, one in within(content):
        _prune(one, gone)


def _lay(content: Entity, before: Mapping[str, Entity], after: Mapping[str, Entity]) -> None:
    for one in list(_within(content)):
        old, new = before.get(id_of(one), {}), after.get(id_of(one), {})
        for name in {**old, **new}:
            if old.get(name) == new.get(name):
                continue
            if isinstance(old.get(name, new.get(name)), list):
                _lay_list(one, name, old, new)
            elif name not in new:
                one.pop(name, None)
            elif not isinstance(one.get(name), dict):
                one[name] = copied(new[name])


def _lay_list(content: Entity, name: str, old: Entity, new: Entity) -> None:
    """Add to a list what is new or changed and not there, take from it what is gone."""
    was = {id_of(one): one for one in cast("list[Entity]", old.get(name, []))}
    is_ = {id_of(one): one for one in cast("list[Entity]", new.get(name, []))}
    given = content.get(name)
    items = cast("list[object]", given) if isinstance(given, list) else []
    there = {id_of(one) for one in items}
    left = [one for one in items if id_of(one) in is_ or id_of(one) not in was]
    added = [copied(one) for id_, one in is_.items() if id_ not in there and was.get(id_) != one]
    if left or added or name in content:
        content[name] = [*left, *added]
