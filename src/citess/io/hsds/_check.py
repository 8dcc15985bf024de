"""What an HSDS document says that the standard does not allow: every fault, with its place."""

import re
from collections.abc import Iterator
from typing import Final, cast

from citess.errors import Issue, Severity, suggest
from citess.io._parse import below
from citess.io._strict import wrong_type
from citess.io.hsds._document import Root
from citess.io.hsds._profile import Entity
from citess.io.hsds._standard import StandardField, fields_of, is_list, part

RECORDS: Final = frozenset({"organization", "program", "service", "location"})
"""Objects that become records; faults of the others hinder no reader and are notes."""

_FORMATS: Final = {
    "uuid": re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
    "uri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*"),
    "datetime": re.compile(
        r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?"
    ),
}


def faults(root: Root) -> Iterator[Issue]:
    """Find what the standard does not allow in an object and in those inside it."""
    if root.entity:
        yield from _object(root.entity, root.content, root.path)


def _object(entity: str, content: Entity, path: str) -> Iterator[Issue]:
    minor = Severity.WARNING if entity in RECORDS else Severity.NOTE
    for name, field in fields_of(entity).items():
        value = content.get(name)
        if value is None:
            if field.required:
                yield Issue.of("missing-field", below(path, name), None, severity=minor, field=name)
        elif issue := value_fault(entity, field, value):
            severity = minor if field.kind == "uuid" else Severity.WARNING
            given = Issue(issue.code, "", issue.given, issue.suggestion, severity, issue.details)
            yield given.at(below(path, name))
    for name, value in content.items():
        inner = part(name)
        if inner is None or name in fields_of(entity) or value is None:
            continue
        yield from _part(inner, value, below(path, name), many=is_list(name))


def _part(entity: str, value: object, path: str, *, many: bool) -> Iterator[Issue]:
    if many and isinstance(value, list):
        for n, item in enumerate(cast("list[object]", value)):
            yield from _part(entity, item, f"{path}[{n}]", many=False)
    elif not many and isinstance(value, dict):
        yield from _object(entity, cast("Entity", value), path)
    else:
        issue = wrong_type(value, "a list" if many else "an object").issue
        yield Issue(issue.code, path, issue.given, None, Severity.WARNING, issue.details)


def value_fault(entity: str, field: StandardField, value: object) -> Issue | None:
    """Find what the standard does not allow in one value."""
    if field.kind == "number":
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return None if is_number else _wrong(value, "a number")
    if not isinstance(value, str):
        return _wrong(value, "a string")
    if field.codes and value not in field.codes:
        near = suggest(value, field.codes)
        scheme, codes = f"{entity}.{field.name}", ", ".join(field.codes)
        return Issue.of("bad-code", "", value, suggestion=near, scheme=scheme, codes=codes)
    form = _FORMATS.get(field.kind)
    if form is not None and not form.fullmatch(value):
        return Issue.of("bad-format", "", value, format=field.kind)
    return None


def _wrong(value: object, expected: str) -> Issue:
    return wrong_type(value, expected).issue
