"""The aggregate root: shelves of records that fit together."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import groupby
from operator import attrgetter, eq, methodcaller
from types import MappingProxyType
from typing import Literal, NoReturn, cast, overload

from citess.errors import IntegrityError, Report, UnknownIdError, suggest
from citess.model.difference import Difference, clashes, diff
from citess.model.evidence import Json
from citess.model.fields import FieldType
from citess.model.ids import RecordRef
from citess.model.integrity import check
from citess.model.record import evolve
from citess.model.recording import as_known, in_doubt, in_order
from citess.model.shelf import Shelf
from citess.model.shelves import Record, Shelves, reference, shelf_types
from citess.model.slices import Slice, Unknown, check_unknown, held, with_users
from citess.model.time import DateLike, PartialDate, Period, as_date
from citess.model.unknown import plain_fields

_Sure = Literal["include", "exclude"]


@cache
def _taken() -> Mapping[str, FieldType]:
    """Names in a document that no unknown field can have."""
    shelves = [shelf.name for shelf in shelf_types()]
    names = ("format", *shelves, *(f"past_{name}" for name in shelves))
    return dict.fromkeys(names, FieldType(str, optional=False, many=False))


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
    """Fields of a newer format that this version does not know, kept and written back."""

    past: tuple[Record, ...]
    """Versions of records that others took the place of, oldest first; see :meth:`known_on`."""

    def __init__(
        self,
        records: Iterable[Record] = (),
        *,
        extra: Mapping[str, Json] | None = None,
        past: Iterable[Record] = (),
    ) -> None:
        given = tuple(records)
        kept = plain_fields({} if extra is None else extra, _taken(), {})
        report = check(given)
        if not report.ok:
            raise IntegrityError(Report(report.errors))
        self._fill(given, cast("dict[str, Json]", kept), past)

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
    def _proven(
        cls,
        records: Iterable[Record],
        extra: Mapping[str, Json],
        past: Iterable[Record] = (),
    ) -> "Dataset":
        data = cls.__new__(cls)
        data._fill(records, extra, past)  # noqa: SLF001  (its own class)
        return data

    def _fill(
        self, records: Iterable[Record], extra: Mapping[str, Json], past: Iterable[Record]
    ) -> None:
        by_class: dict[type[Record], list[Record]] = {s.record: [] for s in shelf_types()}
        for cls, group in groupby(records, type):
            by_class[cls].extend(group)
        for shelf in shelf_types():
            found = by_class[shelf.record]
            by_id = dict(zip(map(attrgetter("id"), found), found, strict=True))
            object.__setattr__(self, shelf.name, Shelf(shelf.kind, by_id))
        object.__setattr__(self, "extra", MappingProxyType(dict(extra)))
        object.__setattr__(self, "past", in_order(past))

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
        if not isinstance(cast("object", ref), str):
            msg = f"a reference such as 'hub:citess-mahdia' is wanted, not {type(ref).__name__}"
            raise TypeError(msg)
        kind, _, id_ = ref.partition(":")
        return self.shelf(kind)[id_]

    def add(self, *records: Record) -> "Dataset":
        """Return a dataset with more records.

        Raises
        ------
        IntegrityError
            When an id is taken, or the records do not fit.
        """
        return Dataset((*self.records(), *records), extra=self.extra, past=self.past)

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
        return Dataset(tuple(kept), extra=self.extra, past=self.past)

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
        return Dataset(kept, extra=self.extra, past=self.past)

    @overload
    def at(self, on: DateLike, *, unknown: _Sure = ...) -> "Dataset": ...
    @overload
    def at(self, on: DateLike, *, unknown: Literal["report"]) -> Slice: ...
    def at(self, on: DateLike, *, unknown: Unknown = "include") -> "Dataset | Slice":
        """Return what held on a day.

        Left out are records whose period surely does not cover the day and, with them, those that
        refer to them. Records without a period stay: that they ended is not known.

        Parameters
        ----------
        on
            The day.
        unknown
            Whether to keep records of which it is not known if they held that day; ``"report"``
            keeps them and names them, in a :class:`~citess.Slice`.
        """
        day = as_date(on)
        return self._sliced(methodcaller("covers", day), unknown)

    @overload
    def during(self, period: Period, *, unknown: _Sure = ...) -> "Dataset": ...
    @overload
    def during(self, period: Period, *, unknown: Literal["report"]) -> Slice: ...
    def during(self, period: Period, *, unknown: Unknown = "include") -> "Dataset | Slice":
        """Return what held on some day of a period; parameters as for :meth:`at`."""
        if not isinstance(cast("object", period), Period):
            msg = f"a Period is wanted, not {type(period).__name__}"
            raise TypeError(msg)
        return self._sliced(period.overlaps, unknown)

    def _sliced(self, holds: Callable[[Period], bool | None], unknown: str) -> "Dataset | Slice":
        check_unknown(unknown)
        found = held(self, holds)
        gone = found.gone
        if unknown == "exclude":
            gone = {kind: ids | found.unknown[kind] for kind, ids in gone.items()}
        by_kind = {shelf.kind: shelf.values() for shelf in self.shelves()}
        leaving = with_users(by_kind, gone)
        data = Dataset.__new__(Dataset)
        for type_, shelf in zip(shelf_types(), self.shelves(), strict=True):
            object.__setattr__(data, type_.name, shelf.without(leaving.get(type_.kind, ())))
        object.__setattr__(data, "extra", self.extra)
        object.__setattr__(data, "past", self.past)
        if unknown != "report":
            return data
        doubtful = (
            RecordRef(f"{kind}:{id_}")
            for kind, ids in found.unknown.items()
            for id_ in sorted(ids - leaving.get(kind, set()))
        )
        return Slice(data, tuple(doubtful))

    def record(self, *records: Record, on: DateLike) -> "Dataset":
        """Add records and note the day on which they are written down.

        Raises
        ------
        ValueError
            When something was written down later already.
        IntegrityError
            When they do not fit.
        """
        self._check_day(on)
        date = PartialDate.of(on)
        return self.add(*(evolve(record, recorded=date) for record in records))

    def correct(self, *records: Record, on: DateLike) -> "Dataset":
        """Replace records and keep what stood there before in :attr:`past`.

        Raises
        ------
        ValueError, UnknownIdError, IntegrityError
            As :meth:`record` and :meth:`replace` do.
        """
        self._check_day(on)
        date = PartialDate.of(on)
        old = [evolve(self.get(reference(record)), superseded=date) for record in records]
        new = self.replace(*(evolve(record, recorded=date) for record in records))
        return Dataset._proven(new.records(), self.extra, (*self.past, *old))

    def retract(self, *records: Record | str, on: DateLike) -> "Dataset":
        """Take records away and keep them in :attr:`past`.

        Raises
        ------
        ValueError, UnknownIdError, IntegrityError
            As :meth:`record` and :meth:`without` do.
        """
        self._check_day(on)
        refs = [record if isinstance(record, str) else reference(record) for record in records]
        old = [evolve(self.get(ref), superseded=PartialDate.of(on)) for ref in refs]
        left = self.without(*refs)
        return Dataset._proven(left.records(), self.extra, (*self.past, *old))

    def _check_day(self, on: DateLike) -> None:
        day = as_date(on)
        known = (*self.records(), *self.past)
        dates = (date for record in known for date in (record.recorded, record.superseded))
        latest = max((date.earliest for date in dates if date is not None), default=day)
        if day < latest:
            msg = f"something was written down on {latest} already: {day} is before"
            raise ValueError(msg)

    @overload
    def known_on(self, on: DateLike, *, unknown: _Sure = ...) -> "Dataset": ...
    @overload
    def known_on(self, on: DateLike, *, unknown: Literal["report"]) -> Slice: ...
    def known_on(self, on: DateLike, *, unknown: Unknown = "include") -> "Dataset | Slice":
        """Return the dataset as it was known on a day: without what was written down later.

        Parameters
        ----------
        on
            The day.
        unknown
            Whether what was perhaps written down by that day counts as written down; ``"report"``
            counts it and names it, in a :class:`~citess.Slice`.

        Raises
        ------
        IntegrityError
            When what was known did not fit together, as when dates were given by hand.
        """
        check_unknown(unknown)
        day, doubt = as_date(on), unknown != "exclude"
        current, past = as_known(self.records(), self.past, day, doubt=doubt)
        data = Dataset(current, extra=self.extra, past=past)
        if unknown != "report":
            return data
        return Slice(data, in_doubt((*current, *past), day))

    def diff(self, other: "Dataset") -> Difference:
        """Tell what another dataset adds, removes and changes."""
        return diff(self, other)

    def check(self) -> Report:
        """Look for what is allowed but doubtful, such as codes that no vocabulary has."""
        return check(self.records())

    def __or__(self, other: "Dataset") -> "Dataset":
        if not isinstance(cast("object", other), Dataset):
            return NotImplemented
        conflicts = clashes(self, other)
        if len(conflicts):
            raise IntegrityError(conflicts)
        both = {reference(record): record for record in (*self.records(), *other.records())}
        extra = {**self.extra, **other.extra}
        return Dataset(both.values(), extra=extra, past=(*self.past, *other.past))

    def __len__(self) -> int:
        return sum(map(len, self.shelves()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        kept = (self.extra, self.past) == (other.extra, other.past)
        return kept and all(map(eq, self.shelves(), other.shelves()))

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

    def __reduce__(
        self,
    ) -> tuple[object, tuple[tuple[Record, ...], dict[str, Json], tuple[Record, ...]]]:
        return _restore, (tuple(self.records()), dict(self.extra), self.past)


def _restore(
    records: tuple[Record, ...], extra: dict[str, Json], past: tuple[Record, ...]
) -> Dataset:
    return Dataset(records, extra=extra, past=past)
