"""Codes of ESSGlobal for the codes of citess, and back where that says no more than was said."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from citess import vocab

FORMS: Final = {
    "L1": "INFORMAL",
    "L2": "ILO-COOP",
    "L5": "ILO-SE",
    "OS30": "ILO-SE",
    "OS60": "ILO-COOP",
    "OS70": "ILO-COOP",
    "OS80": "ILO-COOP",
    "OS90": "ILO-COOP",
    "OS100": "ILO-COOP",
    "OS110": "ILO-COOP",
    "OS115": "ILO-COOP",
    "OS170": "ILO-MUT",
}
"""Legal form that a code surely is; the others name no single form."""

_OURS: Final = "essglobal:"
_ISIC: Final = "isic-rev4:"


def _matches(scheme: str, code: str, start: str) -> tuple[str, ...]:
    concepts = vocab.scheme(scheme)
    if code not in concepts:
        return ()
    return tuple(m.removeprefix(start) for m in concepts[code].matches if m.startswith(start))


def legal_form(code: str) -> str | None:
    """Legal form L1 to L5 that a legal form of citess falls under."""
    found = (m for m in _matches("legal-forms", code, _OURS) if m.startswith("L"))
    return next(found, None)


def structure(code: str) -> str | None:
    """Organisational structure OS10 to OS240 that a legal form of citess falls under."""
    found = (m for m in _matches("legal-forms", code, _OURS) if m.startswith("OS"))
    return next(found, None)


def form_of(codes: Iterable[str]) -> str | None:
    """Legal form of citess that one of several codes surely is, the finer code first."""
    ordered = sorted(codes, key=lambda code: not code.startswith("OS"))
    return next((FORMS[code] for code in ordered if code in FORMS), None)


@cache
def _by_section() -> dict[str, str]:
    pairs = (
        (match.removeprefix(_ISIC), concept.code)
        for concept in vocab.scheme("essglobal-codes").values()
        for match in concept.matches
    )
    return dict(reversed(list(pairs)))


def sector(activity: str) -> tuple[str, str] | None:
    """List and code of ESSGlobal for an activity: the list of the ICA where it has one.

    Examples
    --------
    >>> sector("A"), sector("L"), sector("no-such-code")
    (('activities-ica', 'ICA10'), ('activities', 'A12'), None)
    """
    code = _by_section().get(activity)
    if code is not None:
        return str(vocab.scheme("essglobal-codes")[code].facts["list"]), code
    found = _matches("activities", activity, _OURS)
    return ("activities", found[0]) if found else None


@cache
def words() -> dict[str, str]:
    """Codes by the words that data sets write for them, and by our labels, in lower case."""
    found: dict[str, str] = {}
    for scheme in ("essglobal-structures", "essglobal-codes", "activities"):
        for concept in vocab.scheme(scheme).values():
            matched = (m.removeprefix(_OURS) for m in concept.matches if m.startswith(_OURS))
            code = next(matched, concept.code)
            labels = (label for _, label in concept.labels.items())
            for word in (*concept.aliases, *labels, code):
                found.setdefault(word.casefold(), code)
    return found


@cache
def _labels() -> dict[str, str]:
    """Words by code: the published one where there is one, else our English label."""
    found: dict[str, str] = {}
    for scheme in ("essglobal-structures", "essglobal-codes", "activities"):
        for concept in vocab.scheme(scheme).values():
            matched = (m.removeprefix(_OURS) for m in concept.matches if m.startswith(_OURS))
            label = concept.aliases[0] if concept.aliases else concept.label()
            found.setdefault(next(matched, concept.code), label)
    return found


def word(code: str) -> str:
    """Word that data sets write for a code."""
    return _labels().get(code, code)
