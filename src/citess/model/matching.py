"""Finding records by name, and records that may be the same."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Final, Literal, cast

from attrs import frozen

from citess.i18n import Text
from citess.model.identifier import Identifier
from citess.model.ids import RecordRef
from citess.model.shelves import Record, Shelves, check_shelves, kinds, reference
from citess.model.spelling import (
    bare,
    fold,
    is_arabic,
    is_arabizi,
    same_ending,
    similarity,
    skeleton,
)
from citess.model.territory import Territory

Why = Literal["identifier", "id", "name", "alias", "transliteration", "spelling", "beginning"]

_CODE: Final = re.compile(r"[A-Z]{2}-\d+")
_NEAR: Final = 0.84
_SCORE_BEGINNING: Final = 0.6
_LEAST_BEGINNING: Final = 3
_ACRONYM: Final = 6
"""Letters up to which one word may be an acronym, of which every letter counts."""
_SAME_BONES: Final = 0.6
_NEAR_BONES: Final = 0.88
_WINDOW: Final = 8
_NAMED: Final = ("hub", "partner", "enterprise", "territory", "programme", "space")


@frozen
class Candidate:
    """A record that a name may mean."""

    record: Record
    """Record."""

    score: float
    """How near it is, 0 to 1."""

    why: Why
    """By what it was found."""

    @property
    def ref(self) -> RecordRef:
        """Reference of the record."""
        return reference(self.record)


@frozen
class Pair:
    """Two records of one kind that may be the same."""

    first: RecordRef
    """One."""

    second: RecordRef
    """The other."""

    score: float
    """How near they are, 0 to 1."""

    why: Why
    """By what they were found."""


def find(
    data: Shelves, name: str, *, kinds: Collection[str] = _NAMED, limit: int = 10
) -> tuple[Candidate, ...]:
    """Find the records that a name, an alias, a code or a misspelling may mean, the nearest first.

    Case, accents, Arabic forms and signs are folded. Arabizi meets Latin spellings in their
    consonants; so does Arabic, where a record has no Arabic name, and the other way round. The
    first words of a name are enough, but for that of a place. A text that looks like a code is only
    ever looked up as a code.

    Parameters
    ----------
    data
        Dataset.
    name
        What somebody typed.
    kinds
        Kinds of records to look at.
    limit
        Most candidates given.

    Examples
    --------
    >>> import citess
    >>> data = citess.datasets.tunisia()
    >>> [(c.ref, c.why) for c in find(data, "9asrine", kinds=("territory",))]
    [('territory:tn-42', 'alias')]
    >>> find(data, "TN-09")
    ()
    """
    check_shelves(data)
    if not isinstance(cast("object", name), str):
        msg = f"a name is wanted, not {type(name).__name__}"
        raise TypeError(msg)
    records = [r for r in data.records() if _kind(r) in kinds]
    found = [candidate for record in records if (candidate := _candidate(record, name))]
    return tuple(sorted(found, key=lambda c: (-c.score, c.ref))[:limit])


def _kind(record: Record) -> str:
    return kinds_of(type(record))


def kinds_of(cls: type) -> str:
    """Kind of a class of records."""
    return kinds()[cls]


def spellings(record: Record) -> Iterator[tuple[str, Why]]:
    """Every spelling of a record's name, folded, with what it is."""
    name: object = getattr(record, "name", None)
    if isinstance(name, Text):
        for named in name.items():
            yield fold(named[1]), "name"
    aliases: tuple[str, ...] = getattr(record, "aliases", ())
    for alias in aliases:
        yield fold(alias), "alias"


def _codes(record: Record) -> Iterator[str]:
    identifiers: tuple[Identifier, ...] = getattr(record, "identifiers", ())
    yield from (identifier.value for identifier in identifiers)


def _candidate(record: Record, name: str) -> Candidate | None:
    wanted = name.strip()
    if wanted in _codes(record):
        return Candidate(record, 1.0, "identifier")
    if wanted == record.id:
        return Candidate(record, 1.0, "id")
    folded = fold(wanted)
    if not folded or _CODE.fullmatch(wanted):
        return None
    known, place = list(spellings(record)), isinstance(record, Territory)
    ours = [one for one in known if is_arabic(one[0]) == is_arabic(folded)]
    best = max(
        (_compared(folded, *one, place=place) for one in ours or known), default=(0.0, "name")
    )
    if not best[0] and not place and _begins(folded, known):
        best = _SCORE_BEGINNING, "beginning"
    return Candidate(record, best[0], best[1]) if best[0] else None


def _begins(folded: str, known: Iterable[tuple[str, Why]]) -> bool:
    """Whether a name begins with the words typed."""
    long = len(folded) >= _LEAST_BEGINNING
    return long and any(spelling.startswith(f"{folded} ") for spelling, _ in known)


def _compared(a: str, b: str, what: Why, *, place: bool) -> tuple[float, Why]:
    """Score of two folded spellings, 0 when they are not near, and why."""
    if a == b:
        return (1.0 if what == "name" else 0.98), what
    foreign = is_arabic(a) != is_arabic(b)
    bones = skeleton(a)
    if foreign:
        return (0.85, "transliteration") if len(bones) > 1 and bones == skeleton(b) else (0.0, what)
    one, other = bare(a), bare(b)
    near = similarity(one, other)
    if is_arabizi(a) or is_arabizi(b):
        same = bones == skeleton(b) and near >= _SAME_BONES
        return (0.85, "transliteration") if same else (0.0, what)
    near_bones = similarity(bones, skeleton(b)) >= _NEAR_BONES
    acronym = not place and " " not in one + other and max(len(one), len(other)) <= _ACRONYM
    close = near >= _NEAR and near_bones and same_ending(one, other)
    alike = near == 1 or (close and not acronym)
    return (near * 0.95, "spelling") if alike else (0.0, what)


def duplicates(data: Shelves, *, kinds: Collection[str] = _NAMED) -> tuple[Pair, ...]:
    """Propose records of one kind that may be the same, the likeliest first; nothing is changed.

    Records meet in blocks of one consonant skeleton or one identifier, and inside a block with
    their neighbours in order of spelling: never all pairs. Spellings that differ in a consonant do
    not meet.

    Examples
    --------
    >>> import citess
    >>> name = citess.Text(fr="Cit'ESS Mahdia")
    >>> again = citess.Hub(id="hub-7", name=name, territories=("tn-53",))
    >>> pair, = duplicates(citess.datasets.tunisia().add(again), kinds=("hub",))
    >>> pair.first, pair.second
    ('hub:citess-mahdia', 'hub:hub-7')
    """
    check_shelves(data)
    found: dict[tuple[str, str], Pair] = {}
    for shelf in data.shelves():
        if shelf.kind in kinds:
            for pair in _pairs(shelf.values(), places=shelf.kind == "territory"):
                key = (pair.first, pair.second)
                if key not in found or found[key].score < pair.score:
                    found[key] = pair
    return tuple(sorted(found.values(), key=lambda p: (-p.score, p.first, p.second)))


def _pairs(records: Iterable[Record], *, places: bool) -> Iterator[Pair]:
    blocks: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    codes: defaultdict[tuple[str, str], list[RecordRef]] = defaultdict(list)
    for record in records:
        ref = reference(record)
        for spelling, _ in spellings(record):
            blocks[skeleton(spelling)].add((spelling, ref))
        identifiers: tuple[Identifier, ...] = getattr(record, "identifiers", ())
        for identifier in identifiers:
            codes[identifier.scheme, identifier.value].append(ref)
    for refs in codes.values():
        for one, other in pairwise(sorted(set(refs))):
            yield Pair(RecordRef(one), RecordRef(other), 1.0, "identifier")
    for block in blocks.values():
        yield from _neighbours(sorted(block), places=places)


def _neighbours(block: list[tuple[str, str]], *, places: bool) -> Iterator[Pair]:
    for n, (spelling, ref) in enumerate(block):
        for other, other_ref in block[n + 1 : n + 1 + _WINDOW]:
            if ref != other_ref:
                score, why = _compared(spelling, other, "name", place=places)
                if score:
                    first, second = sorted((ref, other_ref))
                    yield Pair(RecordRef(first), RecordRef(second), score, why)
