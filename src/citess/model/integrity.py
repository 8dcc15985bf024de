"""What records must be to each other; reference rules are derived from annotations."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Final, cast

from citess import vocab
from citess.errors import Issue, Report, Severity, suggest
from citess.model import codes, ids
from citess.model.circles import circles
from citess.model.consistency import broken_rules
from citess.model.evidence import Evidence
from citess.model.fields import FieldType, field_types, is_domain_class
from citess.model.privacy import withhold
from citess.model.shelves import Record, kinds, place, shelf_types
from citess.model.territory import Territory

_PARTIES: Final = ("hub", "partner", "enterprise")
_AGREEMENTS: Final = ("partnership", "programme")
_UNIQUE_TOGETHER: Final = (_PARTIES, _AGREEMENTS)


Names = tuple[str, ...]
ByKind = Mapping[str, Mapping[str, Record]]


def check(records: Iterable[Record]) -> Report:
    """Look for every problem between records; never raises.

    Errors are ids used twice, references to no record, circles of territories or
    replications, dates before what they follow, and what the law forbids; warnings are codes that
    no vocabulary has or that are deprecated, and records that cite no source.

    Examples
    --------
    >>> from citess import Hub, Text
    >>> hub = Hub(id="citess-mahdia", name=Text(fr="CitESS Mahdia"), territories=("tn-53",))
    >>> [issue.code for issue in check([hub])]
    ['dangling-reference', 'no-source']
    """
    given = tuple(records)
    by_kind: dict[str, dict[str, Record]] = {kind: {} for kind in kinds().values()}
    issues: list[Issue] = []
    for record in given:
        if type(record) not in kinds():
            msg = f"records of the model are wanted, not {type(record).__name__}"
            raise TypeError(msg)
        shelf = by_kind[kinds()[type(record)]]
        if record.id in shelf:
            issues.append(_duplicate(record, (kinds()[type(record)],)))
        shelf[record.id] = record
    issues += _shared_ids(by_kind)
    issues += _dangling(by_kind)
    issues += _circles(by_kind)
    issues += broken_rules(by_kind)
    issues += _codes(by_kind)
    issues += _unsourced(by_kind)
    return Report(tuple(map(withhold, issues)))


def _duplicate(record: Record, among: Names) -> Issue:
    return Issue.of("duplicate-id", place(record, "id"), record.id, kinds=", ".join(among))


def _shared_ids(by_kind: ByKind) -> Iterator[Issue]:
    for together in _UNIQUE_TOGETHER:
        seen: set[str] = set()
        for kind in together:
            for id_ in sorted(seen & by_kind[kind].keys()):
                yield _duplicate(by_kind[kind][id_], together)
            seen |= by_kind[kind].keys()


@cache
def targets_by_type() -> Mapping[object, Names]:
    """Kinds of records that each type of reference can name."""
    single: dict[object, Names] = {shelf.id_type: (shelf.kind,) for shelf in shelf_types()}
    everything = tuple(shelf.kind for shelf in shelf_types())
    return {**single, ids.PartyId: _PARTIES, ids.RecordRef: everything}


def leaves(cls: type) -> tuple[tuple[Names, FieldType], ...]:
    """Paths of attributes to the values that no domain class takes further apart."""
    found: list[tuple[Names, FieldType]] = []
    for name, type_ in field_types(cls).items():
        if is_domain_class(type_.kind):
            found += [((name, *path), leaf) for path, leaf in leaves(cast("type", type_.kind))]
        else:
            found.append(((name,), type_))
    return tuple(found)


def _references(cls: type) -> tuple[tuple[Names, Names], ...]:
    return _cached_references(cls)


@cache
def _cached_references(cls: type) -> tuple[tuple[Names, Names], ...]:
    return tuple(
        (path, targets_by_type()[leaf.kind])
        for path, leaf in leaves(cls)
        if leaf.kind in targets_by_type() and path != ("id",)
    )


def values(records: Iterable[object], path: Names) -> Iterable[object]:
    """Values along a path of attributes, through tuples and past what is not known."""
    found: Iterable[object] = records
    for name in path:
        got = [value for value in map(attrgetter(name), found) if value is not None]
        found = (
            chain.from_iterable(cast("list[tuple[object, ...]]", got))
            if got and isinstance(got[0], tuple)
            else got
        )
    return found


def _located(record: object, path: Names) -> Iterator[tuple[str, str]]:
    name, *rest = path
    value = getattr(record, name)
    if value is None:
        return
    parts = (
        [(f"{name}[{n}]", item) for n, item in enumerate(cast("tuple[object, ...]", value))]
        if isinstance(value, tuple)
        else [(name, cast("object", value))]
    )
    for where, item in parts:
        if rest:
            for below, leaf in _located(item, tuple(rest)):
                yield f"{where}.{below}", leaf
        else:
            yield where, str(item)


def _resolves(value: str, targets: Names, by_kind: ByKind, *, named: bool) -> bool:
    if named:
        kind, _, id_ = value.partition(":")
        return id_ in by_kind.get(kind, {})
    return any(value in by_kind[kind] for kind in targets)


def _dangling(by_kind: ByKind) -> Iterator[Issue]:
    for shelf in shelf_types():
        records = by_kind[shelf.kind].values()
        for path, targets in _references(shelf.record):
            named = len(targets) == len(by_kind)
            distinct = set(cast("Iterable[str]", values(records, path)))
            lost = {v for v in distinct if not _resolves(v, targets, by_kind, named=named)}
            if lost:
                for record in records:
                    for where, value in _located(record, path):
                        if value in lost:
                            yield _lost(place(record, where), value, targets, by_kind, named=named)


def _lost(where: str, value: str, targets: Names, by_kind: ByKind, *, named: bool) -> Issue:
    if named:
        known = [f"{kind}:{id_}" for kind in targets for id_ in by_kind[kind]]
        kind = value.partition(":")[0]
        if kind not in by_kind:
            near = suggest(value, known)
            return Issue.of(
                "bad-reference", where, value, suggestion=near, kinds=", ".join(by_kind)
            )
        targets = (kind,)
    else:
        known = [id_ for kind in targets for id_ in by_kind[kind]]
    near = suggest(value, known)
    return Issue.of("dangling-reference", where, value, suggestion=near, kind=", ".join(targets))


def refers_to(records: Iterable[Record], ref: ids.RecordRef) -> tuple[Record, ...]:
    """Records that name another one, directly."""
    kind, _, id_ = ref.partition(":")
    return tuple(
        record
        for record in records
        if any(
            kind in targets and value in ({ref} if len(targets) == len(kinds()) else {id_})
            for path, targets in _references(type(record))
            for _, value in _located(record, path)
        )
    )


def named_ids(
    cls: type, records: Collection[Record], gone: Mapping[str, Collection[str]]
) -> Iterator[str]:
    """Ids of the records of a class that name one of the ids given by kind, directly."""
    for path, targets in _references(cls) if records else ():
        if len(targets) == len(kinds()):
            wanted = {f"{kind}:{id_}" for kind, ids_ in gone.items() for id_ in ids_}
        else:
            wanted = {id_ for kind in targets for id_ in gone.get(kind, ())}
        for record in records if wanted else ():
            named = cast("Iterable[str]", values((record,), path))
            if not wanted.isdisjoint(named):
                yield record.id


def _circles(by_kind: ByKind) -> Iterator[Issue]:
    territories = cast("Mapping[str, Territory]", by_kind["territory"])
    parents = {id_: [up.territory for up in one.parents] for id_, one in territories.items()}
    for top, chain_ in circles(parents):
        circle = " > ".join(chain_)
        yield Issue.of("circle", place(territories[top], "parents"), top, chain=circle)


def _coded(cls: type) -> tuple[tuple[Names, str], ...]:
    return tuple(
        (path, codes.SCHEMES[leaf.kind]) for path, leaf in leaves(cls) if leaf.kind in codes.SCHEMES
    )


def _codes(by_kind: ByKind) -> Iterator[Issue]:
    for shelf in shelf_types():
        records = by_kind[shelf.kind].values()
        for path, scheme_id in _coded(shelf.record):
            distinct = set(cast("Iterable[str]", values(records, path)))
            doubtful = {code for code in distinct if _is_doubtful(code, scheme_id)}
            for record in records if doubtful else ():
                for where, code in _located(record, path):
                    if code in doubtful:
                        yield _doubt(place(record, where), code, scheme_id)


def _is_doubtful(code: str, scheme_id: str) -> bool:
    scheme = vocab.scheme(scheme_id)
    return code not in scheme or scheme[code].deprecated


def _doubt(where: str, code: str, scheme_id: str) -> Issue:
    scheme = vocab.scheme(scheme_id)
    known = code in scheme
    return Issue.of(
        "deprecated-code" if known else "unknown-code",
        where,
        code,
        suggestion=scheme.successor(code) if known else suggest(code, scheme),
        severity=Severity.WARNING,
        scheme=scheme_id,
    )


def _unsourced(by_kind: ByKind) -> Iterator[Issue]:
    for shelf in shelf_types():
        if shelf.kind == "source":
            continue
        for record in by_kind[shelf.kind].values():
            if not record.sources and record.evidence is not Evidence.SYNTHETIC:
                yield Issue.of("no-source", place(record, "sources"), (), severity=Severity.WARNING)
