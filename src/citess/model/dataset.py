"""The aggregate root: shelves of records that fit together."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter, eq
from types import MappingProxyType
from typing import Final, Literal, NoReturn

from citess.errors import IntegrityError, Report, UnknownIdError, suggest
from citess.model.difference import Difference, clashes, diff
from citess.model.evidence import Json
from citess.model.integrity import check, referring
from citess.model.observation import Observation
from citess.model.shelf import Shelf
from citess.model.shelves import Record, Shelves, reference, shelf_types
from citess.model.time import DateLike, Period, as_date

_TIMELESS: Final = frozenset({Observation})
"""Classes whose period says what they cover, not when they held."""

Unknown = Literal["include", "exclude"]


class Dataset(Shelves):
    """Records of every class, by id, that fit together.

    A dataset that exists is consistent: every reference resolves, every rule holds. It is never
    changed; edits give a new one. Datasets copy, pickle, hash and compare by value.

    Examples
    --------
    >>> from citess import Dataset, Hub, Territory, Text
    >>> mahdia = Territory(id="tn-53", name=Text(fr="Mahdia"), level="governorate")
    Traceback (most recent call last):
    ...
    TypeError: level must be of type TerritoryLevel, not 'governorate'
    >>> from citess import TerritoryLevel
    >>> mahdia = Territory(id="tn-53", name=Text(fr="Mahdia"), level=TerritoryLevel.GOVERNORATE)
    >>> hub = Hub(id="citess-mahdia", name=Text(fr="CitESS Mahdia"), territories=("tn-53",))
    >>> data = Dataset.of(mahdia, hub)
    >>> data
    Dataset(territories=1, hubs=1)
    >>> data.without("territory:tn-53")
    Traceback (most recent call last):
    ...
    citess.errors._exceptions.IntegrityError: 1 issue
    hubs[citess-mahdia].territories[0]: 'tn-53' is the id of no territory; expected the id of a \
territory in this dataset [dangling-reference]
    """

    extra: Mapping[str, Json]

    def __init__(
        self, records: Iterable[Record] = (), *, extra: Mapping[str, Json] | None = None
    ) -> None:
        given = tuple(records)
        report = check(given)
        if not report.ok:
            raise IntegrityError(Report(report.errors))
        self._fill(given, extra or {})

    @classmethod
    def of(cls, *records: Record) -> "Dataset":
        """Make a dataset of records, checking everything at once.

        Raises
        ------
        IntegrityError
            With every duplicate id, dangling reference and broken rule.
        """
        return cls(records)

    @classmethod
    def _proven(cls, records: Iterable[Record], extra: Mapping[str, Json]) -> "Dataset":
        data = cls.__new__(cls)
        data._fill(records, extra)  # noqa: SLF001  (its own class)
        return data

    def _fill(self, records: Iterable[Record], extra: Mapping[str, Json]) -> None:
        by_class: dict[type[Record], list[Record]] = {s.record: [] for s in shelf_types()}
        for cls, group in groupby(records, type):
            by_class[cls].extend(group)
        for shelf in shelf_types():
            found = by_class[shelf.record]
            by_id = dict(zip(map(attrgetter("id"), found), found, strict=True))
            object.__setattr__(self, shelf.name, Shelf(shelf.kind, by_id))
        object.__setattr__(self, "extra", MappingProxyType(dict(extra)))

    def shelf(self, kind: str) -> Shelf[str, Record]:
        """Shelf of a kind, as references name it.

        Raises
        ------
        UnknownIdError
            When there is no such kind.
        """
        for type_, shelf in zip(shelf_types(), self.shelves(), strict=True):
            if kind in {type_.kind, type_.name}:
                return shelf
        raise UnknownIdError("shelf", kind, suggest(kind, [s.kind for s in shelf_types()]))

    def get(self, ref: str) -> Record:
        """Record that a reference such as ``"hub:citess-mahdia"`` names.

        Raises
        ------
        UnknownIdError
            When there is no such kind or record.
        """
        kind, _, id_ = ref.partition(":")
        return self.shelf(kind)[id_]

    def add(self, *records: Record) -> "Dataset":
        """Return a dataset with more records.

        Raises
        ------
        IntegrityError
            When an id is taken, or the records do not fit.
        """
        return Dataset((*self.records(), *records), extra=self.extra)

    def replace(self, *records: Record) -> "Dataset":
        """Return a dataset in which records take the place of those with the same id.

        Raises
        ------
        UnknownIdError
            When there is no record to replace.
        IntegrityError
            When the new records do not fit.
        """
        taken = {reference(record): record for record in records}
        for ref in taken:
            self.get(ref)
        kept = (taken.pop(reference(record), record) for record in self.records())
        return Dataset(tuple(kept), extra=self.extra)

    def without(self, *records: Record | str) -> "Dataset":
        """Return a dataset without some records, given themselves or by reference.

        Raises
        ------
        UnknownIdError
            When there is no such record.
        IntegrityError
            When others still refer to them.
        """
        gone = {record if isinstance(record, str) else reference(record) for record in records}
        for ref in gone:
            self.get(ref)
        kept = (record for record in self.records() if reference(record) not in gone)
        return Dataset(kept, extra=self.extra)

    def at(self, on: DateLike, *, unknown: Unknown = "include") -> "Dataset":
        """Return what held on a day.

        Left out are records whose period surely does not cover the day and, with them, those that
        refer to them. Records without a period stay: that they ended is not known.

        Parameters
        ----------
        on
            The day.
        unknown
            Whether to keep records of which it is not known if they held that day.
        """
        day = as_date(on)
        leaving = {False} if unknown == "include" else {False, None}
        gone = {reference(r) for r in self.records() if _held(r, day) in leaving}
        gone |= referring(self.records(), gone)
        kept = (record for record in self.records() if reference(record) not in gone)
        return Dataset(kept, extra=self.extra)

    def diff(self, other: "Dataset") -> Difference:
        """Tell what another dataset adds, removes and changes."""
        return diff(self, other)

    def check(self) -> Report:
        """Look for what is allowed but doubtful, such as codes that no vocabulary has."""
        return check(self.records())

    def __or__(self, other: "Dataset") -> "Dataset":
        conflicts = clashes(self, other)
        if len(conflicts):
            raise IntegrityError(conflicts)
        both = {reference(record): record for record in (*self.records(), *other.records())}
        return Dataset(both.values(), extra={**self.extra, **other.extra})

    def __len__(self) -> int:
        return sum(map(len, self.shelves()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        return self.extra == other.extra and all(map(eq, self.shelves(), other.shelves()))

    def __hash__(self) -> int:
        return hash(tuple(self.shelves()))

    def __repr__(self) -> str:
        pairs = zip(shelf_types(), self.shelves(), strict=True)
        shown = (f"{type_.name}={len(shelf)}" for type_, shelf in pairs if len(shelf))
        return f"Dataset({', '.join(shown)})"

    def _repr_html_(self) -> str:
        from citess.model.display import dataset_html  # noqa: PLC0415  (needed in notebooks only)

        return dataset_html(self)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        msg = f"a dataset is immutable: use add, replace or without to change {name}"
        raise AttributeError(msg)

    def __delattr__(self, name: str) -> NoReturn:
        msg = f"a dataset is immutable: use without to remove from {name}"
        raise AttributeError(msg)

    def __reduce__(self) -> tuple[object, tuple[tuple[Record, ...], dict[str, Json]]]:
        return _restore, (tuple(self.records()), dict(self.extra))


def _restore(records: tuple[Record, ...], extra: dict[str, Json]) -> Dataset:
    return Dataset(records, extra=extra)


def _held(record: Record, day: date) -> bool | None:
    period: Period | None = getattr(record, "period", None)
    if period is None or type(record) in _TIMELESS:
        return True
    return period.holds(day)
