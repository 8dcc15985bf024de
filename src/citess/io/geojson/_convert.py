"""Datasets as GeoJSON, and GeoJSON as datasets."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from citess.errors import Issue, ReadError, Report, Severity
from citess.io._careful import structure
from citess.io._layout import FORMAT as NATIVE
from citess.io._layout import SCHEMA_VERSION
from citess.io._plain import plain_document
from citess.io._sound import sound
from citess.io._told import by_kind, copied, extra_of, left_out
from citess.io._travel import ImportReport, Losses, LossReport
from citess.io.geojson._read import Item, Reading
from citess.io.geojson._rules import faults
from citess.io.geojson._write import EXPORTED, FORMAT, PLACES, Feature, Writer
from citess.model import Dataset, Record
from citess.model.shelves import kinds, shelf_types

GeoJson = dict[str, object]
"""A GeoJSON object, as plain dictionaries and lists."""

COLLECTION = "FeatureCollection"
_SHELVES = {shelf.kind: shelf.name for shelf in shelf_types()}


def to_geojson(data: Dataset, *, strict: bool = False) -> tuple[GeoJson, LossReport]:
    """Make a GeoJSON document (RFC 7946) of the places and organisations of a dataset.

    Territories, spaces, hubs, partners and enterprises are features whose properties are their
    fields in the native format, ``record`` the kind and ``label`` the name in its first language.
    A hub stands where its spaces do; what has no coordinates has the geometry null, never an
    invented centroid. Sources stand beside the features. Other classes are left out and counted.
    A dataset that was read from GeoJSON gives what was read, with what was changed since.

    Parameters
    ----------
    data
        What to write.
    strict
        Whether to refuse when something does not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.

    Examples
    --------
    >>> import citess
    >>> document, losses = to_geojson(citess.datasets.tunisia())
    >>> len(document["features"]), losses.lost["observations[]"]
    (123, 140)
    """
    losses = Losses(FORMAT)
    document = whole(data, losses)
    return document, losses.report(strict=strict)


def whole(data: Dataset, losses: Losses) -> GeoJson:
    """Give the document of a dataset; what is lost is counted."""
    members, features, sources = parts(data, losses)
    given = list(features)
    beside = list(sources)
    about = cast("Mapping[str, object]", data.extra.get(FORMAT, {}))
    if about.get("shape", COLLECTION) != COLLECTION and len(given) == 1 and not beside:
        return given[0]
    document: GeoJson = {"type": COLLECTION, **members, "features": given}
    if beside:
        document["sources"] = beside
    return document


def parts(data: Dataset, losses: Losses) -> tuple[GeoJson, Iterator[Feature], Iterator[object]]:
    """Foreign members, features and sources of the document of a dataset.

    What is lost is all counted when the last has been given.
    """
    left_out(data, EXPORTED, FORMAT, losses)
    about = cast("Mapping[str, object]", data.extra.get(FORMAT, {}))
    members = cast("GeoJson", copied(about.get("members", {})))
    writer = Writer(by_kind(data), losses)
    entries = [*cast("Iterable[Item]", about.get("others", ()))]
    kept: set[str] = set()
    for kind in PLACES:
        for record in data.shelf(kind).values():
            if entry := extra_of(record).get(FORMAT):
                entries.append({**cast("Item", entry), "record": record})
                kept.add(f"{kind}:{record.id}")
    entries.sort(key=lambda entry: cast("int", entry["place"]))
    return members, _features(writer, entries, kept), writer.sources()


def _features(writer: Writer, entries: list[Item], kept: set[str]) -> Iterator[Feature]:
    for entry in entries:
        feature = cast("Feature", copied(entry["feature"]))
        record = cast("Record | None", entry.get("record"))
        yield feature if record is None else _overlaid(writer, feature, record)
    for kind in PLACES:
        for record in writer.records[kind].values():
            if f"{kind}:{record.id}" not in kept:
                yield writer.feature(record)


def _overlaid(writer: Writer, feature: Feature, record: Record) -> Feature:
    """Lay over a feature that was read what its record says differently by now."""
    reading = Reading([feature])
    then = {name[0]: item for name, item in reading.items.items()}
    kind = kinds()[type(record)]
    item = {**then.get(kind, {}), "id": record.id}
    old = sound({(kind, record.id): item})[kind].get(record.id)
    new = writer.feature(record)
    before: Feature = (
        {} if old is None else Writer({**_NONE, **writer.records}, Losses(FORMAT)).feature(old)
    )
    if before == new:
        return feature
    made = {**feature, "id": new["id"]}
    if before.get("geometry") != new["geometry"]:
        made["geometry"] = new["geometry"]
    was = cast("Item", before.get("properties", {}))
    now = cast("Item", new["properties"])
    properties = {**cast("Item", feature.get("properties") or {}), **now}
    made["properties"] = {n: v for n, v in properties.items() if n in now or n not in was}
    return made


_NONE: dict[str, Mapping[str, Record]] = {kind: {} for kind in _SHELVES}


def from_geojson(document: GeoJson) -> tuple[Dataset, ImportReport]:
    """Make a dataset of a GeoJSON document: a collection, a feature or a geometry.

    Features that citess wrote come back as the records that they were. Any other point that has a
    name (``name``, ``title``, ``label`` or ``nom``) becomes a space, its kind not known, its
    language ``und``. Everything is kept in :attr:`extra` and written back by :func:`to_geojson`,
    unless the records say all of it.

    Returns
    -------
    Dataset
        The records.
    ImportReport
        What the standard advises against: rings that wind the wrong way, positions that are not on
        the globe, a coordinate reference system. How many features became no record is a note.

    Raises
    ------
    ReadError
        When the standard does not allow it; the report holds every fault with its place.
    IntegrityError
        When records of citess do not fit together.

    Examples
    --------
    >>> from citess.io.geojson import from_geojson, to_geojson
    >>> given = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [11.04, 35.5]},
    ...          "properties": {"name": "Lingare Mahdia", "seats": 12}}
    >>> data, report = from_geojson(given)
    >>> data.spaces["lingare-mahdia"].point.latitude
    Decimal('35.5')
    >>> to_geojson(data)[0] == given
    True
    """
    document = cast("GeoJson", plain_document(document))
    found = tuple(faults(document))
    if any(issue.severity is Severity.ERROR for issue in found):
        raise ReadError(Report(found))
    type_ = cast("str", document["type"])
    given = document["features"] if type_ == COLLECTION else [document]
    features = cast("list[Feature]", given)
    reading = Reading(features if type_ in {COLLECTION, "Feature"} else [])
    names = reading.names or [None] * len(features)
    shelves: dict[str, list[Item]] = {}
    items = {name: dict(item) for name, item in reading.items.items()}
    for (kind, _), item in items.items():
        shelves.setdefault(_SHELVES[kind], []).append(item)
    members = {n: v for n, v in document.items() if n not in {"type", "features"}}
    if reading.has_records and isinstance(members.get("sources"), list):
        shelves["sources"] = cast("list[Item]", members.pop("sources"))
    said = _said(reading)
    others: list[Item] = []
    for place, (feature, name) in enumerate(zip(features, names, strict=True)):
        entry: Item = {"place": place, "feature": copied(feature)}
        if name is None:
            others.append(entry)
        elif said.get(name) != feature:
            items[name][FORMAT] = entry
    native: Item = {"format": NATIVE, "schema_version": SCHEMA_VERSION, **shelves}
    if type_ != COLLECTION:
        native[FORMAT] = {"shape": type_, "members": {}, "others": others}
    elif members or others:
        native[FORMAT] = {"shape": type_, "members": copied(members), "others": others}
    return structure(native), ImportReport.of(FORMAT, [*found, *_aside(others)])


def _aside(others: Iterable[Item]) -> Iterator[Issue]:
    """Say how many features became no record, by the type of their geometry."""
    features = [cast("Feature", entry["feature"]) for entry in others]
    geometries = [one["geometry"] for one in features if one["type"] == "Feature"]
    types = Counter(cast("Item", one or {}).get("type") for one in geometries)
    for type_, count in types.items():
        yield Issue.of("kept-aside", "features", type_, severity=Severity.NOTE, count=count)


def _said(reading: Reading) -> dict[tuple[str, str], Feature]:
    """Features that a writer makes of the records read."""
    records = sound(reading.items)
    writer = Writer(records, Losses(FORMAT))
    return {
        (kind, id_): writer.feature(one) for kind in PLACES for id_, one in records[kind].items()
    }
