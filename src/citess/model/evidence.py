"""Where facts come from and how far they can be trusted."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from attrs import field

from citess.i18n import Term, Text
from citess.model.codes import LanguageTag, WebAddress
from citess.model.ids import SourceId
from citess.model.record import record
from citess.model.time import PartialDate

Json = None | bool | int | float | str | tuple["Json", ...] | Mapping[str, "Json"]


class Evidence(Term):
    """How far the facts of a record are supported."""

    VERIFIED = "verified", "read in the source"
    INFERRED = "inferred", "inferred from verified facts"
    CONFLICTING = "conflicting", "sources conflict"
    UNVERIFIED = "unverified", "not verified at a source"
    SYNTHETIC = "synthetic", "made up for demonstration"


class SourceKind(Term):
    """What kind of publication a source is."""

    LAW = "law", "legal text"
    OFFICIAL = "official", "official publication"
    REPORT = "report", "project report"
    COURSE = "course", "course or method"
    PRESS = "press", "press"
    WEB = "web", "web page"
    RESEARCH = "research", "research"
    DATA = "data", "data set or code list"
    SYNTHETIC = "synthetic", "synthetic generator"


@record
class Sourced:
    """What every record says of its own support."""

    sources: tuple[SourceId, ...] = ()
    """Sources cited, the best first."""

    evidence: Evidence = Evidence.UNVERIFIED
    """How far the facts are supported by them."""

    _extra: Mapping[str, object] | None = field(default=None, hash=False, repr=False, alias="extra")

    @property
    def extra(self) -> Mapping[str, Json]:
        """Fields of a newer format that this version does not know, kept and written back."""
        return MappingProxyType(cast("dict[str, Json]", self._extra or {}))

    def _repr_html_(self) -> str:
        from citess.model.display import record_html  # noqa: PLC0415  (needed in notebooks only)

        return record_html(self)


@record
class Recorded(Sourced):
    """What every record says of itself in the data: since when it stands there, and until when."""

    recorded: PartialDate | None = None
    """When it was written down; ``None`` is ever since the data exist."""

    superseded: PartialDate | None = None
    """When another version took its place, for versions kept in :attr:`citess.Dataset.past`."""


@record
class Source(Recorded):
    """A publication that records cite.

    Examples
    --------
    >>> Source(id="s44", title=Text(fr="La loi sur l'ESS"), kind=SourceKind.PRESS).kind.label("fr")
    'presse'
    """

    id: SourceId
    """Stable identifier, unique among sources."""

    title: Text
    """Title, or a description where the publication has none."""

    kind: SourceKind
    """What kind of publication it is."""

    publisher: Text | None = None
    """Who published it."""

    url: WebAddress | None = None
    """Web address."""

    locator: str | None = None
    """Place in it: page, article, section; or an address that is not complete."""

    language: LanguageTag | None = None
    """Language it was read in."""

    published: PartialDate | None = None
    """When it was published."""

    licence: str | None = None
    """Licence of its text; facts are free to cite."""
