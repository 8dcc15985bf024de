"""Datasets as HSDS documents, and HSDS documents as datasets."""

from collections.abc import Callable, Iterator
from typing import cast

from citess.errors import Issue, ReadError, Report, Severity
from citess.io._careful import structure
from citess.io._given import check_dataset
from citess.io._layout import FORMAT as NATIVE
from citess.io._layout import SCHEMA_VERSION
from citess.io._plain import plain_document
from citess.io._told import by_kind, left_out
from citess.io._travel import ImportReport, Losses, LossReport
from citess.io.hsds._check import faults
from citess.io.hsds._document import HsdsDocument, Layout, Root, closed, id_of, opened
from citess.io.hsds._kept import described, entry, kept, lenient, overlaid
from citess.io.hsds._profile import Entity, exported_classes
from citess.io.hsds._read import SHELVES, Item, Reading
from citess.io.hsds._required import Required
from citess.io.hsds._standard import VERSIONS, Version
from citess.io.hsds._write import FORMAT, Writer
from citess.model import Dataset


def check_version(version: str) -> None:
    """Refuse a version that is not written.

    Raises
    ------
    ValueError
        When it is none.
    """
    if version not in VERSIONS:
        msg = f"HSDS is written in the versions {', '.join(VERSIONS)}, not {version!r}"
        raise ValueError(msg)


def to_hsds(
    data: Dataset, *, version: Version = "3.0", strict: bool = False
) -> tuple[HsdsDocument, LossReport]:
    """Make an HSDS document of a dataset, with the attributes of the CitESS profile.

    Hubs, partners and enterprises are organisations; offers are services, one for each provider;
    spaces are locations, programmes programs; territories and services of the catalogue are
    taxonomy terms. What HSDS has no home for stands in attributes of the profile. Other classes
    are left out and counted, as is what is private. A dataset that was read from HSDS gives the
    document that was read, with what was changed since laid over it.

    Parameters
    ----------
    data
        What to write.
    version
        Version of HSDS: 3.0 or 3.1.
    strict
        Whether to refuse when something does not travel, or is lacking.

    Raises
    ------
    LossError
        When strict and something did not travel or is required and lacking.
    ValueError
        When the version is none that is written.

    Examples
    --------
    >>> import citess
    >>> document, losses = to_hsds(citess.datasets.tunisia())
    >>> document["organizations"][0]["name"]
    'CitESS Mahdia'
    >>> losses.lost["observations[]"]
    140
    """
    check_version(version)
    losses = Losses(FORMAT)
    layout, objects = given_objects(data, version, losses)
    document = closed(layout, objects, version)
    return document, losses.report(strict=strict)


def given_objects(
    data: Dataset, version: str, losses: Losses
) -> tuple[Layout, Iterator[tuple[str, Entity]]]:
    """Objects of the document of a dataset, one by one, and how the document holds them.

    What is lost is all counted when the last has been given.
    """
    check_dataset(data, FORMAT)
    layout, roots = kept(data)
    left_out(data, exported_classes(), FORMAT, losses)
    return layout, _objects(data, roots, version, losses)


def _objects(
    data: Dataset, roots: list[Root], version: str, losses: Losses
) -> Iterator[tuple[str, Entity]]:
    required = Required(losses)
    if roots:
        for root in overlaid(data, roots, version, required):
            yield root.entity, root.content
    else:
        yield from Writer(by_kind(data), version, required).objects()
    required.close()


def from_hsds(document: HsdsDocument, *, strict: bool = False) -> tuple[Dataset, ImportReport]:
    """Make a dataset of an HSDS document.

    Read are a single object of any kind, a list, a page of an interface, and a document of lists.
    Organisations become partners, services become services of the catalogue of the kind
    ``unclassified``, locations that have a name become spaces, programs programmes; with the
    attributes of the CitESS profile, every record comes back as it was. HSDS does not say in which
    language a text is: it is ``und``. Coordinates that are not on the globe give no point. The
    objects themselves are kept in :attr:`extra` and written back by :func:`to_hsds`, unless the
    records say all of them.

    Parameters
    ----------
    document
        What a JSON parser gives.
    strict
        Whether to refuse what the standard does not allow, instead of reporting it.

    Returns
    -------
    Dataset
        The records.
    ImportReport
        What the standard does not allow, with its place: a warning in an organisation, program,
        service or location and wherever a value is unfit; a note where a part lacks an id or a
        field.

    Raises
    ------
    ReadError
        When it is no document of HSDS, or strict and not allowed.
    IntegrityError
        When records of the profile do not fit together.

    Examples
    --------
    >>> given = {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Ruches", "email": "?",
    ...          "description": "Bees"}
    >>> data, report = from_hsds(given)
    >>> print(report.issues.warnings[0])
    email: '?' is not of the format email; expected the format email [bad-format]
    >>> data.partners["d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"].name
    Text({'und': 'Ruches'})
    >>> from citess.io.hsds import to_hsds
    >>> to_hsds(data)[0] == given
    True
    """
    layout, roots = opened(plain_document(document))
    return assembled(layout, roots, (), said_by, strict=strict)


def assembled(
    layout: Layout,
    roots: list[Root],
    issues: tuple[Issue, ...],
    said_by: Callable[[Writer, list[Root]], bool],
    *,
    strict: bool,
) -> tuple[Dataset, ImportReport]:
    """Make a dataset of objects of HSDS.

    Parameters
    ----------
    layout, roots
        The document, taken apart.
    issues
        Issues that were found before, reported with the others.
    said_by
        Tells whether what a writer makes of the records says all that the objects do.
    strict
        Whether to refuse what the standard does not allow.
    """
    found = [*issues, *(issue for root in roots for issue in faults(root))]
    if strict and any(issue.severity is not Severity.NOTE for issue in found):
        raise ReadError(Report(tuple(found)))
    reading = Reading(roots)
    shelves: dict[str, list[Item]] = {}
    items = {name: dict(item) for name, item in reading.items.items()}
    for (kind, _), item in items.items():
        shelves.setdefault(SHELVES[kind], []).append(item)
    about: Entity = {}
    if not _is_reproduced(reading, roots, said_by):
        others: list[Entity] = []
        for place, root in enumerate(roots):
            name = reading.record_of(root)
            home = (
                others if name is None else cast("list[Entity]", items[name].setdefault(FORMAT, []))
            )
            home.append(entry(place, root))
        about = described(layout, others)
        unknown = sum(not root.entity for root in roots)
        if unknown:
            note = Issue.of("kept-aside", "", None, severity=Severity.NOTE, count=unknown)
            found.append(note)
    elif set(layout.members) - {"version"} or layout.keys or layout.shape != "lists":
        about = described(layout, [])
    native: Entity = {"format": NATIVE, "schema_version": SCHEMA_VERSION, **shelves}
    if about:
        native[FORMAT] = about
    return structure(native), ImportReport.of(FORMAT, found)


def _is_reproduced(
    reading: Reading, roots: list[Root], said_by: Callable[[Writer, list[Root]], bool]
) -> bool:
    """Whether the records say all that the objects do."""
    if not reading.has_profile:
        return not roots
    records = lenient(reading)
    writers = (Writer(records, v, Required(Losses(FORMAT)), reading.keys) for v in VERSIONS)
    return any(said_by(writer, roots) for writer in writers)


def said_by(writer: Writer, roots: list[Root]) -> bool:
    """Tell whether what a writer makes of the records says all that objects do."""
    made = {id_of(one): one for _, one in writer.objects()}
    return all(made.get(id_of(root.content)) == root.content for root in roots)
