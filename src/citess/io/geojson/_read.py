"""Features of GeoJSON as records: those of citess come back, named points become spaces."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, cast

from citess.io._cleaned import cleaned, slug
from citess.io.geojson._write import PLACES, POINTED, Feature
from citess.model.rules import decimal

Item = dict[str, object]
Name = tuple[str, str]

_NAMES: Final = ("name", "title", "label", "nom")
_UNDETERMINED: Final = "und"
_STEP: Final = 1e-6


class Reading:
    """What the features of a document say.

    Parameters
    ----------
    features
        Features, in order.
    taken
        Ids of spaces that are in use.
    """

    def __init__(self, features: Iterable[Feature], taken: Iterable[str] = ()) -> None:
        self.items: dict[Name, Item] = {}
        """Records in the native format, by kind and id."""
        self.names: list[Name | None] = []
        """Kind and id of the record that each feature became, if any."""
        self.has_records = False
        """Whether any feature is a record of citess."""
        given = list(features)
        ours = [_record(feature) for feature in given]
        used = {*taken, *(name[1] for name in ours if name)}
        for feature, name in zip(given, ours, strict=True):
            if name is not None and name not in self.items:
                self.has_records = True
                self.items[name] = _ours(feature, name)
                self.names.append(name)
                continue
            item = _space(feature) if name is None else None
            if item is None:
                self.names.append(None)
                continue
            id_ = next(id_ for id_ in _ids(feature, item) if id_ not in used)
            used.add(id_)
            self.items["space", id_] = {"id": id_, **item}
            self.names.append(("space", id_))


def _properties(feature: Feature) -> Item:
    return cast("Item", feature.get("properties") or {})


def _record(feature: Feature) -> Name | None:
    """Kind and id of a feature that citess wrote."""
    given = _properties(feature)
    kind, id_ = given.get("record"), given.get("id")
    known = isinstance(kind, str) and kind in PLACES and isinstance(id_, str)
    return (cast("str", kind), cast("str", id_)) if known else None


def _ours(feature: Feature, name: Name) -> Item:
    item = {key: v for key, v in _properties(feature).items() if key not in {"record", "label"}}
    point = _point(feature)
    if name[0] in POINTED and point is not None and not _is_near(item.get("point"), point):
        item["point"] = point
    return item


def _is_near(exact: object, point: Item) -> bool:
    """Whether an exact point is the one whose nearest numbers stand in the geometry."""
    if not isinstance(exact, dict):
        return False
    given = cast("Item", exact)
    try:
        return all(float(str(given[name])) == float(str(value)) for name, value in point.items())
    except (KeyError, ValueError):
        return False


def _point(feature: Feature) -> Item | None:
    """Point of a feature, when it is one and on the globe."""
    geometry = cast("Item", feature.get("geometry") or {})
    if geometry.get("type") != "Point":
        return None
    east, north, *_ = cast("list[float]", geometry["coordinates"])
    if abs(east) > 180 or abs(north) > 90:  # noqa: PLR2004  (degrees)
        return None
    return {
        "latitude": _digits(north),
        "longitude": _digits(east),
    }


def _digits(number: float) -> str:
    """Give degrees as the native format holds them; what is less than a step is nothing."""
    return str(decimal(Decimal(repr(number)) if abs(number) >= _STEP else 0))


def _space(feature: Feature) -> Item | None:
    """Space that a point with a name is."""
    given = _properties(feature)
    point = _point(feature)
    name = next((text for key in _NAMES if (text := cleaned(given.get(key)))), None)
    if name is None or point is None:
        return None
    item: Item = {"name": {_UNDETERMINED: name}, "point": point}
    if (text := cleaned(given.get("description"))) is not None:
        item["description"] = {_UNDETERMINED: text}
    if (text := cleaned(given.get("address"))) is not None:
        item["address"] = text
    return item


def _ids(feature: Feature, item: Item) -> Iterator[str]:
    """Ids for a space: that of the feature, its name, and the same with numbers."""
    name = cast("dict[str, str]", item["name"])[_UNDETERMINED]
    given = feature.get("id")
    first = (slug(str(given)) if given is not None else None) or slug(name) or "space"
    yield first
    n = 2
    while True:
        yield f"{first}-{n}"
        n += 1
