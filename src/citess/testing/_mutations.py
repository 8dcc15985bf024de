"""Accidents that happen to documents: to their bytes, and to their members."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

_TOKEN: Final = re.compile(
    rb'(?P<key>"(?:[^"\\]|\\.)*"\s*:)|(?P<open>[\[{])|(?P<close>[\]}])'
    rb'|(?P<scalar>"(?:[^"\\]|\\.)*"|[^\s\[\]{}:,"]+)',
    re.DOTALL,
)
_PIECES: Final = (
    b"null",
    b"NaN",
    b"1e400",
    b"-0",
    b"[]",
    b"{}",
    b'""',
    b'"a"',
    b'"Mahdia"',
    b"2",
    b"1.5",
    b"true",
    b'"\\ud800"',
    b'"\\u0000"',
    b"\xff",
    b",",
    b"}",
    b"]",
    b'"id":"x",',
    b" ",
    b"\n",
    b'"extra":1,',
)
_WIDEST: Final = 12


class _Span(NamedTuple):
    """Where a member of an object, or an element of an array, stands in a document."""

    start: int
    value: int
    end: int


def _spans(document: bytes) -> list[_Span]:
    """Members and elements at every depth; of a broken document, those that can be told."""
    found: list[_Span] = []
    waiting: list[tuple[int, int]] = []
    key: int | None = None
    for token in _TOKEN.finditer(document):
        start = token.start() if key is None else key
        if token.lastgroup == "key":
            key = token.start()
            continue
        key = None
        if token.lastgroup == "open":
            waiting.append((start, token.start()))
        elif token.lastgroup == "scalar":
            found.append(_Span(start, token.start(), token.end()))
        elif waiting:
            found.append(_Span(*waiting.pop(), token.end()))
    return found


def _flipped(draw: DrawFn, document: bytes, start: int, end: int) -> bytes:
    byte = bytes(byte ^ (1 << draw(st.integers(0, 7))) for byte in document[start:end][:1])
    return document[:start] + byte + document[start + len(byte) :]


def _cut(_: DrawFn, document: bytes, start: int, end: int) -> bytes:
    return document[:start] + document[end:]


def _truncated(_: DrawFn, document: bytes, start: int, _end: int) -> bytes:
    return document[:start]


def _repeated(_: DrawFn, document: bytes, start: int, end: int) -> bytes:
    return document[:end] + document[start:]


def _inserted(draw: DrawFn, document: bytes, start: int, _end: int) -> bytes:
    return document[:start] + draw(st.sampled_from(_PIECES)) + document[start:]


def _replaced(draw: DrawFn, document: bytes, start: int, end: int) -> bytes:
    return document[:start] + draw(st.sampled_from(_PIECES)) + document[end:]


def _dropped(_: DrawFn, document: bytes, spans: list[_Span], at: _Span) -> bytes:
    del spans
    start, end = at.start, at.end
    if document[end : end + 1] == b",":
        end += 1
    elif document[start - 1 : start] == b",":
        start -= 1
    return document[:start] + document[end:]


def _doubled(_: DrawFn, document: bytes, spans: list[_Span], at: _Span) -> bytes:
    del spans
    return document[: at.end] + b"," + document[at.start :]


def _retyped(draw: DrawFn, document: bytes, spans: list[_Span], at: _Span) -> bytes:
    del spans
    return document[: at.value] + draw(st.sampled_from(_PIECES)) + document[at.end :]


def _borrowed(draw: DrawFn, document: bytes, spans: list[_Span], at: _Span) -> bytes:
    """Put a value of elsewhere in its place: ids change, references dangle, types differ."""
    other = draw(st.sampled_from(spans))
    return document[: at.value] + document[other.value : other.end] + document[at.end :]


_TO_BYTES: Final[tuple[Callable[[DrawFn, bytes, int, int], bytes], ...]] = (
    _cut,
    _inserted,
    _replaced,
    _repeated,
    _flipped,
    _truncated,
)
_TO_MEMBERS: Final[tuple[Callable[[DrawFn, bytes, list[_Span], _Span], bytes], ...]] = (
    _dropped,
    _doubled,
    _retyped,
    _borrowed,
)


def _after_accident(draw: DrawFn, document: bytes) -> bytes:
    spans = _spans(document) if draw(st.booleans()) else []
    if spans:
        to_member = draw(st.sampled_from(_TO_MEMBERS))
        return to_member(draw, document, spans, draw(st.sampled_from(spans)))
    start = draw(st.integers(0, len(document)))
    end = draw(st.integers(start, min(len(document), start + _WIDEST)))
    return draw(st.sampled_from(_TO_BYTES))(draw, document, start, end)


@st.composite
def mutated(draw: DrawFn, document: bytes) -> bytes:
    r"""Strategy for what one to three accidents make of a JSON document.

    Members and elements are dropped, doubled, given another type or the value of another; bytes
    are cut, inserted, replaced, repeated, flipped, and the end is lost. What no accident touches
    keeps its form, so that a canonical document stays nearly canonical. Some stay good.

    Parameters
    ----------
    draw
        Given by Hypothesis.
    document
        Any document; it need not be of citess.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(mutated(b'{"id":"a"}'), lambda content: content.count(b'"id"') == 2)
    b'{"id":"a","id":"a"}'
    """
    for _ in range(draw(st.integers(1, 3))):
        document = _after_accident(draw, document)
    return document
