"""The rules of RFC 7946: what a GeoJSON text must be, fault by fault with its place."""

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Final, cast

from citess.errors import Issue, Severity, suggest
from citess.io._parse import below
from citess.io._strict import wrong_type

Member = dict[str, object]

_RING: Final = 4
_LINE: Final = 2
_BBOX: Final = 4
_FORBIDDEN: Final[Mapping[str, tuple[str, ...]]] = {
    "Feature": ("coordinates", "geometries", "features"),
    "FeatureCollection": ("coordinates", "geometries", "geometry", "properties"),
    "Geometry": ("geometry", "properties", "features"),
}


def faults(document: object) -> Iterator[Issue]:
    """Find what the standard does not allow; warnings where it only advises."""
    yield from _object(document, "", TYPES)


def _object(value: object, path: str, types: tuple[str, ...]) -> Iterator[Issue]:
    if not isinstance(value, dict):
        yield wrong_type(value, "an object").issue.at(path)
        return
    given = cast("Member", value)
    type_ = given.get("type")
    if "type" not in given:
        near = suggest("type", given)
        yield Issue.of("missing-field", path, None, suggestion=near, field="type")
        return
    if not isinstance(type_, str) or type_ not in types:
        near = suggest(type_, types) if isinstance(type_, str) else None
        codes = ", ".join(types)
        yield Issue.of(
            "bad-code", below(path, "type"), type_, suggestion=near, scheme="GeoJSON", codes=codes
        )
        return
    yield from _common(given, path, type_)
    yield from _RULES[type_](given, path)


def _common(given: Member, path: str, type_: str) -> Iterator[Issue]:
    for name in _FORBIDDEN.get(type_, _FORBIDDEN["Geometry"]):
        if name in given:
            yield Issue.of("misplaced-member", below(path, name), given[name], type=type_)
    if "crs" in given:
        yield _advice(Issue.of("misplaced-member", below(path, "crs"), given["crs"], type=type_))
    if "bbox" in given:
        listed = isinstance(given["bbox"], list)
        numbers = cast("list[object]", given["bbox"]) if listed else []
        if len(numbers) < _BBOX or len(numbers) % 2 or not all(map(_is_number, numbers)):
            yield Issue.of("bad-bbox", below(path, "bbox"), given["bbox"])


def _advice(issue: Issue) -> Issue:
    return Issue(
        issue.code, issue.path, issue.given, issue.suggestion, Severity.WARNING, issue.details
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _items_of(name: str, types: tuple[str, ...]) -> Callable[[Member, str], Iterator[Issue]]:
    """Make the rule of a member that is a list of objects."""

    def checked(given: Member, path: str) -> Iterator[Issue]:
        if name not in given:
            near = suggest(name, given)
            yield Issue.of("missing-field", path, None, suggestion=near, field=name)
        elif not isinstance(given[name], list):
            yield wrong_type(given[name], "a list").issue.at(below(path, name))
        else:
            for n, item in enumerate(cast("list[object]", given[name])):
                yield from _object(item, f"{below(path, name)}[{n}]", types)

    return checked


def _feature(given: Member, path: str) -> Iterator[Issue]:
    for name in ("geometry", "properties"):
        if name not in given:
            near = suggest(name, given)
            yield Issue.of("missing-field", path, None, suggestion=near, field=name)
    if (geometry := given.get("geometry")) is not None:
        yield from _object(geometry, below(path, "geometry"), GEOMETRIES)
    properties = given.get("properties")
    if properties is not None and not isinstance(properties, dict):
        yield wrong_type(properties, "an object").issue.at(below(path, "properties"))
    id_ = given.get("id", "")
    if not isinstance(id_, str) and not _is_number(id_):
        yield wrong_type(id_, "a string or a number").issue.at(below(path, "id"))


Check = Callable[[object, str], Iterator[Issue]]


def _coordinates(check: Check) -> Callable[[Member, str], Iterator[Issue]]:
    def checked(given: Member, path: str) -> Iterator[Issue]:
        if "coordinates" not in given:
            near = suggest("coordinates", given)
            yield Issue.of("missing-field", path, None, suggestion=near, field="coordinates")
        else:
            yield from check(given["coordinates"], below(path, "coordinates"))

    return checked


def _position(value: object, path: str) -> Iterator[Issue]:
    if not isinstance(value, list):
        yield wrong_type(value, "a position").issue.at(path)
        return
    numbers = cast("list[object]", value)
    if len(numbers) < _LINE:
        yield Issue.of("bad-position", path, numbers)
        return
    unfit = [n for n, number in enumerate(numbers) if not _is_number(number)]
    for n in unfit:
        yield Issue.of("bad-position", f"{path}[{n}]", numbers[n])
    for n, limit in () if unfit else ((0, 180), (1, 90)):
        if abs(cast("float", numbers[n])) > limit:
            wide = Issue.of(
                "out-of-range", f"{path}[{n}]", numbers[n], range=f"-{limit} to {limit}"
            )
            yield _advice(wide)


def _many(check: Check, least: int = 0) -> Check:
    def checked(value: object, path: str) -> Iterator[Issue]:
        if not isinstance(value, list):
            yield wrong_type(value, "a list").issue.at(path)
            return
        items = cast("list[object]", value)
        if len(items) < least:
            yield Issue.of("too-few-positions", path, items, least=least)
        for n, item in enumerate(items):
            yield from check(item, f"{path}[{n}]")

    return checked


_ring_positions: Final = _many(_position, _RING)


def _ring(value: object, path: str) -> Iterator[Issue]:
    issues = list(_ring_positions(value, path))
    yield from issues
    if not any(issue.severity is Severity.ERROR for issue in issues):
        ring = cast("list[list[float]]", value)
        if ring[0] != ring[-1]:
            yield Issue.of("open-ring", f"{path}[{len(ring) - 1}]", ring[-1])


def _polygon(value: object, path: str) -> Iterator[Issue]:
    issues = list(_many(_ring)(value, path))
    yield from issues
    if any(issue.severity is Severity.ERROR for issue in issues):
        return
    for n, ring in enumerate(cast("list[list[list[float]]]", value)):
        turn = _turn(ring)
        if (turn < 0) is (n == 0) and turn:
            yield _advice(Issue.of("wrong-winding", f"{path}[{n}]", ring))


def _turn(ring: list[list[float]]) -> float:
    """Twice the area of a ring, above zero when it winds counterclockwise."""
    return math.fsum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


_line: Final = _many(_position, _LINE)
TYPES: Final = (
    "FeatureCollection",
    "Feature",
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
)
"""Types of GeoJSON."""

GEOMETRIES: Final = TYPES[2:]
"""Types of geometries."""

_RULES: Final[Mapping[str, Callable[[Member, str], Iterator[Issue]]]] = {
    "FeatureCollection": _items_of("features", ("Feature",)),
    "Feature": _feature,
    "Point": _coordinates(_position),
    "MultiPoint": _coordinates(_many(_position)),
    "LineString": _coordinates(_line),
    "MultiLineString": _coordinates(_many(_line)),
    "Polygon": _coordinates(_polygon),
    "MultiPolygon": _coordinates(_many(_polygon)),
    "GeometryCollection": _items_of("geometries", GEOMETRIES),
}
