"""The mapping of classes and fields to terms, and the namespaces of ESSGlobal."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Final, cast

from attrs import frozen

from citess import model
from citess.model.shelves import shelf_types

FORMAT: Final = "turtle"
"""Name of the format, as ``citess convert --to`` has it."""

KEPT: Final = "essglobal"
"""Key of what a document says of a record and citess has no field for."""

PART: Final = "kept_part"
"""Property of the resources that were kept with one."""

_VOCAB: Final = re.compile(r"https?://[^#?\s]*essglobal/(?:[^/#?\s]+/)?vocab/(?:v1\.1/)?(\w+)")
_CODE: Final = re.compile(r"https?://[^#?\s]*essglobal/(?:[^/#?\s]+/)?standard/([^/#\s]+)[/#](\w+)")


@frozen
class Terms:
    """Terms of one class: what it is, and by which properties its fields are said."""

    name: str
    """Name of the class."""

    types: tuple[str, ...]
    """Classes of other vocabularies that it is of."""

    fields: dict[str, str]
    """Property of a field, as ``prefix:name``."""

    rest: dict[str, str]
    """Property of the other languages of a text."""


@cache
def _document() -> dict[str, dict[str, object]]:
    text = resources.files("citess.io.essglobal").joinpath("terms.toml").read_text("utf-8")
    return cast("dict[str, dict[str, object]]", tomllib.loads(text))


def versions() -> dict[str, str]:
    """Starts of the namespaces of each version that can be written."""
    return cast("dict[str, str]", _document()["versions"])


@cache
def prefixes(version: str) -> dict[str, str]:
    """Prefixes of a document in a version.

    Raises
    ------
    ValueError
        When there is no such version.
    """
    if version not in versions():
        msg = f"{version!r} is no version of ESSGlobal that citess writes: {', '.join(versions())}"
        raise ValueError(msg)
    found = cast("dict[str, str]", _document()["prefixes"])
    return {"essglobal": f"{versions()[version]}vocab/", **found}


def iri(term: str, version: str = "1.1") -> str:
    """Full address of a term written as ``prefix:name``."""
    prefix, _, name = term.partition(":")
    return prefixes(version)[prefix] + name


def terms_of(cls: type) -> Terms:
    """Terms of a class; none for a part that has no terms of its own."""
    return _terms_of(cls.__name__)


@cache
def _terms_of(name: str) -> Terms:
    document = _document()
    row = {**document["parts"], **document["classes"]}.get(name, {})
    found = cast("dict[str, object]", row)
    return Terms(
        name,
        tuple(cast("list[str]", found.get("types", []))),
        cast("dict[str, str]", found.get("fields", {})),
        cast("dict[str, str]", found.get("rest", {})),
    )


@cache
def carried() -> dict[str, type[model.Record]]:
    """Classes that ESSGlobal and its companions have a home for, by kind."""
    names = set(_document()["classes"])
    return {s.kind: s.record for s in shelf_types() if s.record.__name__ in names}


def own(name: str) -> str:
    """Property of the CitESS profile for a field: ``support_roles`` is ``supportRoles``."""
    first, *others = name.split("_")
    return iri(f"citess:{first}{''.join(part.title() for part in others)}")


def vocabulary_term(address: str) -> str | None:
    """Name of a term of ESSGlobal, whatever the namespace it stands in.

    Examples
    --------
    >>> vocabulary_term("https://dev.lod.coop/essglobal/2.1/vocab/SSEInitiative")
    'SSEInitiative'
    >>> vocabulary_term("http://purl.org/essglobal/vocab/v1.1/TotalMen")
    'totalMen'
    """
    found = _VOCAB.fullmatch(address)
    if found is None:
        return None
    name = found[1]
    classes = {"SSEInitiative", "Network", "Address", "ProductOrService", "LocationOfSale"}
    return name if name in classes else name[:1].lower() + name[1:]


def code_of(address: str) -> tuple[str, str] | None:
    """List and code of a concept of ESSGlobal, whatever its namespace.

    Examples
    --------
    >>> code_of("http://purl.org/essglobal/standard/legal-form/L2")
    ('legal-form', 'L2')
    """
    found = _CODE.fullmatch(address)
    return None if found is None else (found[1], found[2])
