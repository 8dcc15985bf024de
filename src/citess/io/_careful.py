"""The careful path: read everything, keep what is unknown, report every problem."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, cast

from attrs import has
from cattrs import AttributeValidationNote, IterableValidationNote

from citess.errors import IntegrityError, InvalidValueError, Issue, ReadError, Report, suggest
from citess.io._layout import FORMAT, HEADER, PAST, SCHEMA_VERSION
from citess.io._migrate import is_newer, migrated
from citess.io._strict import converter, wrong_type
from citess.model import Dataset, evolve
from citess.model.evidence import Json
from citess.model.fields import field_types
from citess.model.integrity import check
from citess.model.privacy import withhold
from citess.model.shelves import Record, shelf_types

_VERSION: Final = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")


def structure(document: object, issues: tuple[Issue, ...] = ()) -> Dataset:
    """Make a dataset of a document that was read as plain data.

    Parameters
    ----------
    document
        What a JSON parser gives: objects as dictionaries, arrays as lists.
    issues
        Problems already found in it, reported with the others.

    Raises
    ------
    ReadError
        When the document is not a consistent citess document; the report holds every problem.
    IntegrityError
        When each record is sound and they do not fit together.

    Examples
    --------
    >>> structure({"format": "citess", "schema_version": "1.2", "hubs": []})
    Dataset()
    """
    found = [withhold(issue) for issue in issues]
    if not isinstance(document, dict):
        raise ReadError(Report((*found, wrong_type(document, "an object").issue)))
    given = cast("dict[str, object]", document)
    version = list(_header(given))
    found += version
    if any(issue.code == "newer-major" for issue in version):
        raise ReadError(Report(tuple(found)))
    if not version:
        given = migrated(given)
    records: list[Record] = []
    failed: set[str] = set()
    for shelf in shelf_types():
        for place, item in _items(given, shelf.name, found):
            try:
                records.append(_record(item, shelf.record))
            except Exception as error:  # noqa: BLE001  (each becomes issues of the report)
                found += [withhold(issue.at(place)) for issue in _issues(error, item)]
                failed.add(
                    repr(cast("dict[str, object]", item).get("id"))
                    if isinstance(item, dict)
                    else ""
                )
    past = _past(given, found)
    sound = not found
    extra = _unknown_keys(given) if sound else {}
    found += [
        issue
        for issue in check(records).errors
        if issue.code != "dangling-reference" or issue.given not in failed
    ]
    if found:
        raise (IntegrityError if sound else ReadError)(Report(_distinct(found)))
    return Dataset(records, extra=extra, past=past)


def _past(document: Mapping[str, object], found: list[Issue]) -> list[Record]:
    """Versions that others took the place of; each is sound, together they need not fit."""
    versions: list[Record] = []
    for shelf in shelf_types():
        for place, item in _items(document, PAST + shelf.name, found):
            try:
                versions.append(_record(item, shelf.record))
            except Exception as error:  # noqa: BLE001  (each becomes issues of the report)
                found += [withhold(issue.at(place)) for issue in _issues(error, item)]
    return versions


def _distinct(issues: list[Issue]) -> tuple[Issue, ...]:
    keys = ((one.code, one.path, one.given, one.details) for one in issues)
    return tuple(dict(zip(keys, issues, strict=True)).values())


def _header(document: Mapping[str, object]) -> Iterator[Issue]:
    name = document.get("format")
    if name != FORMAT:
        yield Issue.of("unknown-format", "format", name)
    if "schema_version" not in document:
        yield Issue.of("missing-version", "schema_version", None, current=SCHEMA_VERSION)
        return
    version = document["schema_version"]
    matched = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if matched is None or int(matched[1]) == 0:
        yield Issue.of("bad-version", "schema_version", version, current=SCHEMA_VERSION)
    elif int(matched[1]) > int(SCHEMA_VERSION.partition(".")[0]):
        yield Issue.of("newer-major", "schema_version", version, current=SCHEMA_VERSION)


def _items(
    document: Mapping[str, object], shelf: str, found: list[Issue]
) -> Iterator[tuple[str, object]]:
    items = document.get(shelf, [])
    if not isinstance(items, list):
        found.append(wrong_type(items, "a list").issue.at(shelf))
        return
    for n, item in enumerate(cast("list[object]", items)):
        id_ = cast("dict[str, object]", item).get("id") if isinstance(item, dict) else None
        yield f"{shelf}[{id_ if isinstance(id_, str) else n}]", item


def _record(item: object, cls: type[Record]) -> Record:
    record: Record = converter().structure(item, cls)
    unknown = _unknown(item, cls)
    return evolve(record, extra=unknown) if unknown else record


def structure_record(item: object, cls: type[Record]) -> tuple[Record | None, list[Issue]]:
    """Make one record of plain data, or say every problem of it."""
    try:
        return _record(item, cls), []
    except Exception as error:  # noqa: BLE001  (each becomes issues of the report)
        return None, list(_issues(error, item))


def _unknown_keys(document: Mapping[str, object]) -> dict[str, Json]:
    names = [shelf.name for shelf in shelf_types()]
    known = {*HEADER, *names, *(PAST + name for name in names)}
    extra = {key: cast("Json", value) for key, value in document.items() if key not in known}
    version = cast("str", document.get("schema_version", SCHEMA_VERSION))
    if is_newer(version):
        extra["schema_version"] = version
    return extra


def _unknown(value: object, kind: object) -> Json:
    """Fields that a class does not know, in the shape of the document; ``None`` for none."""
    if not (isinstance(value, dict) and isinstance(kind, type) and has(kind)):
        return None
    types = field_types(kind)
    found: dict[str, Json] = {}
    for key, item in cast("dict[str, object]", value).items():
        if key not in types:
            found[key] = cast("Json", item)
        elif types[key].many and isinstance(item, list):
            items = enumerate(cast("list[object]", item))
            below_ = {str(n): _unknown(one, types[key].kind) for n, one in items}
            if kept := {n: one for n, one in below_.items() if one is not None}:
                found[key] = kept
        elif (kept_one := _unknown(item, types[key].kind)) is not None:
            found[key] = kept_one
    return found or None


def _issues(error: BaseException, given: object) -> Iterator[Issue]:
    """Flatten what the converter raised into issues with their places."""
    if isinstance(error, BaseExceptionGroup):
        for inner in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            step, value = _step(inner, given)
            yield from (issue.at(step) for issue in _issues(inner, value))
    elif isinstance(error, InvalidValueError):
        yield error.issue
    elif isinstance(error, KeyError):
        keys = list(cast("dict[str, object]", given)) if isinstance(given, dict) else []
        name = str(error.args[0])
        near = suggest(name, keys)
        yield Issue.of("missing-field", "", None, suggestion=near, field=name)
    else:
        yield Issue.of("unfit-record", "", given, reason=error)


def _step(error: BaseException, given: object) -> tuple[str, object]:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, IterableValidationNote):
            items = cast("list[object]", given)
            return f"[{note.index}]", items[cast("int", note.index)]
        if isinstance(note, AttributeValidationNote):
            if isinstance(error, KeyError):
                return "", given
            return note.name, cast("dict[str, object]", given).get(note.name)
    return "", given
