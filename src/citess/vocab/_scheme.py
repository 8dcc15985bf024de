"""Concept schemes in the shape of SKOS, read from TOML."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from attrs import field, frozen

from citess.errors import UnknownIdError, suggest
from citess.i18n import Text

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_PACKAGE: Final = "citess.vocab"
_SKOS: Final = frozenset(
    {"label", "definition", "alias", "broader", "match", "replaced_by", "deprecated"}
)


_loaded: Final[dict[str, "Scheme"]] = {}
_added: Final[dict[str, list["Scheme"]]] = {}


def _no_facts() -> dict[str, object]:
    return {}


@frozen(kw_only=True)
class Concept:
    """One entry of a code list (``skos:Concept``)."""

    code: str
    """Notation, unique in its scheme and kept for ever."""

    labels: Text
    """Preferred label by language (``skos:prefLabel``)."""

    definition: Text | None = None
    """What the concept means (``skos:definition``)."""

    aliases: tuple[str, ...] = ()
    """Other spellings, in any language (``skos:altLabel``)."""

    broader: tuple[str, ...] = ()
    """Codes of wider concepts in the same scheme (``skos:broader``)."""

    matches: tuple[str, ...] = ()
    """Same or near concepts elsewhere, as ``scheme:code`` (``skos:closeMatch``)."""

    replaced_by: str | None = None
    """Code that took its place, for a deprecated concept (``dcterms:isReplacedBy``)."""

    deprecated: bool = False
    """Whether the code is no longer to be used."""

    facts: Mapping[str, object] = field(factory=_no_facts, eq=False)
    """Further columns of the scheme, such as an ISO code or a number of decimals."""

    def label(self, language: str = "en") -> str:
        """Label in a language, or in the next best one."""
        return self.labels.get(language)


class Scheme(Mapping[str, Concept]):
    """A code list (``skos:ConceptScheme``): a read-only mapping of code to concept.

    Examples
    --------
    >>> scheme("legal-forms")["TN-GDA"].label("fr")
    'groupement de développement agricole'
    """

    __slots__ = ("_concepts", "id", "source", "title")
    id: str
    """Id of the scheme: the name of its file."""
    title: Text
    """What it lists."""
    source: str
    """Where the codes come from."""

    def __init__(self, id: str, title: Text, source: str, concepts: dict[str, Concept]) -> None:  # noqa: A002  (the word of the field)
        self.id = id
        self.title = title
        self.source = source
        self._concepts = concepts

    def __getitem__(self, code: str) -> Concept:
        if code not in self._concepts:
            raise UnknownIdError(self.id, code, suggest(code, self._concepts))
        return self._concepts[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._concepts)

    def __len__(self) -> int:
        return len(self._concepts)

    def __contains__(self, code: object) -> bool:
        return code in self._concepts

    def __repr__(self) -> str:
        return f"Scheme({self.id!r}, {len(self)} concepts)"

    def successor(self, code: str) -> str:
        """Code to use today for a code: itself, or the last of its successors."""
        seen = {code}
        while (following := self[code].replaced_by) is not None and following not in seen:
            seen.add(following)
            code = following
        return code


def schemes() -> tuple[str, ...]:
    """Ids of every scheme: bundled, added, and brought by installed packages; sorted."""
    return tuple(sorted({*_bundled(), *_added, *_installed()}))


def scheme(id: str) -> Scheme:  # noqa: A002  (the word of the field)
    """Load a scheme by its id, once, with the concepts that others added to it.

    Raises
    ------
    UnknownIdError
        When no scheme has that id.
    ValueError
        When two packages give the same code different meanings.
    """
    if id not in _loaded:
        parts = [_read(id)] if id in _bundled() else []
        parts += [_made(entry) for entry in _installed().get(id, ())]
        parts += _added.get(id, [])
        if not parts:
            raise UnknownIdError("scheme", id, suggest(id, schemes()))
        _loaded[id] = _joined(parts)
    return _loaded[id]


def add(*added: Scheme) -> None:
    """Add schemes of your own, or concepts to schemes that exist, for the running program.

    A package does the same for all who install it by an entry point of the group ``citess.vocab``
    whose name is the id of the scheme, and whose object is a scheme or a function that makes one.

    Raises
    ------
    ValueError
        When a code is there already with another meaning; nothing is added then.

    Examples
    --------
    >>> from citess import Text, vocab
    >>> dates = vocab.Concept(code="dates", labels=Text(en="dates", fr="dattes", ar="تمور"))
    >>> vocab.add(vocab.Scheme("crops", Text(en="Crops"), "my own", {"dates": dates}))
    >>> vocab.scheme("crops")["dates"].label("fr")
    'dattes'
    """
    joined = [_joined([scheme(new.id), new]) if new.id in schemes() else new for new in added]
    for new, whole in zip(added, joined, strict=True):
        _added.setdefault(new.id, []).append(new)
        _loaded[new.id] = whole


def _joined(parts: list[Scheme]) -> Scheme:
    first, *others = parts
    concepts = dict(first)
    for other in others:
        for code, concept in other.items():
            if concepts.setdefault(code, concept) != concept:
                msg = f"{code!r} is in the scheme {first.id!r} already, with another meaning"
                raise ValueError(msg)
    return Scheme(first.id, first.title, first.source, concepts)


@cache
def _bundled() -> frozenset[str]:
    from importlib import resources  # noqa: PLC0415  (needed when a scheme is read only)

    names = (entry.name for entry in resources.files(_PACKAGE).iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@cache
def _installed() -> Mapping[str, tuple["EntryPoint", ...]]:
    from importlib.metadata import entry_points  # noqa: PLC0415  (needed when a scheme is read only)

    found: dict[str, tuple[EntryPoint, ...]] = {}
    for entry in entry_points(group=_PACKAGE):
        found[entry.name] = (*found.get(entry.name, ()), entry)
    return found


def _made(entry: "EntryPoint") -> Scheme:
    given: object = entry.load()
    made = given() if callable(given) else given
    if not isinstance(made, Scheme):
        msg = f"{entry.value} must give a citess.vocab.Scheme, not {made!r}"
        raise TypeError(msg)
    return made


def _read(id_: str) -> Scheme:
    import tomllib  # noqa: PLC0415  (needed when a scheme is read only)
    from importlib import resources  # noqa: PLC0415  (needed when a scheme is read only)

    document = tomllib.loads(resources.files(_PACKAGE).joinpath(f"{id_}.toml").read_text("utf-8"))
    rows = cast("dict[str, dict[str, object]]", document["concepts"])
    return Scheme(
        id_,
        Text(cast("dict[str, str]", document["title"])),
        str(document.get("source", "")),
        {code: _concept(code, row) for code, row in rows.items()},
    )


def _concept(code: str, row: Mapping[str, object]) -> Concept:
    definition = cast("dict[str, str] | None", row.get("definition"))
    replaced_by = cast("str | None", row.get("replaced_by"))
    return Concept(
        code=code,
        labels=Text(cast("dict[str, str]", row["label"])),
        definition=None if definition is None else Text(definition),
        aliases=_strings(row, "alias"),
        broader=_strings(row, "broader"),
        matches=_strings(row, "match"),
        replaced_by=replaced_by,
        deprecated=replaced_by is not None or row.get("deprecated") is True,
        facts={key: value for key, value in row.items() if key not in _SKOS},
    )


def _strings(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", row.get(key, [])))
