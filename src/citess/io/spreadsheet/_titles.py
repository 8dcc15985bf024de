"""Titles of sheets and columns in every language; one home for the label of each field."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from citess.i18n import Catalogue
from citess.io.spreadsheet._columns import Column, SheetType, sheet_types
from citess.model.fields import field_types, is_domain_class

LONGEST_SHEET: Final = 31
"""Longest name of a sheet that spreadsheets allow."""

_UNCLEAR: Final = {
    "on": "date",
    "of": "belongs to",
    "to": "referred to",
    "text": "wording",
    "copy": "new hub",
    "kept": "parts kept",
    "adapted": "parts adapted",
    "dropped": "parts dropped",
    "referral.dropped": "abandoned",
    "fte": "full-time equivalents",
    "sse": "part of the SSE",
    "due": "due on",
    "sent": "sent on",
    "upper": "to age",
    "lower": "from age",
}
_WORDS: Final = {
    "word.yes": "yes",
    "word.no": "no",
    "word.open": "open",
    "word.unknown": "unknown",
    "word.order": "order of languages",
    "place.sheet": "{file}, sheet {sheet}",
    "place.cell": "{cell} ({title})",
    "place.line": "line {line}",
    "place.column": "column {title} ({cell})",
    "sheet.guide": "Read me",
    "note.required": "Required.",
    "note.several": "Several values: separate them by semicolons.",
    "note.date": "A date: 2017-03-14, 14/03/2017, 2017-03 or 2017.",
    "note.end": "A date, or 'open' while it goes on, or 'unknown'.",
    "note.choice": "Choose from the list.",
    "note.reference": "Id from the sheet {sheet}.",
    "note.id": "Lower-case letters and digits joined by hyphens.",
    "note.number": "A number.",
    "note.whole": "A whole number.",
    "note.text": "Text in this language.",
    "note.truth": "yes or no.",
    "note.personal": "About a person: keep this file safe.",
    "guide.1": "One sheet for each class of records; its entries stand on sheets of their own.",
    "guide.2": "Leave a cell empty where something is not known; never write 0 or 'none' instead.",
    "guide.3": "Titles are locked; sheets that you do not need may stay empty.",
    "guide.4": "Dates: the day comes first, as in 14/03/2017; a year or a month alone is enough.",
    "guide.5": "Several values in one cell are separated by semicolons.",
    "guide.6": "Check the file with: citess validate FILE.xlsx --mark MARKED.xlsx",
}


@cache
def _english() -> dict[str, str]:
    texts = dict(_WORDS)
    for sheet in sheet_types():
        texts.setdefault(f"sheet.{sheet.shelf.name}", _spaced(sheet.shelf.name).capitalize())
        for name in _names(sheet.row):
            texts[f"field.{name}"] = _UNCLEAR.get(name, _spaced(name))
    texts["field.record"] = "record"
    for key, text in _UNCLEAR.items():
        if "." in key:
            texts[f"field.{key}"] = text
    return texts


def _names(cls: type) -> Iterator[str]:
    for name, type_ in field_types(cls).items():
        yield name
        if is_domain_class(type_.kind):
            yield from _names(type_.python)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


CATALOGUE: Final = Catalogue("citess.io.spreadsheet", _english)


def field_label(sheet: SheetType, name: str, language: str) -> str:
    """Label of a field: that of its class where it has one, or that of all fields of the name."""
    own = f"field.{sheet.shelf.kind}.{name}"
    try:
        return CATALOGUE.text(own, language)
    except KeyError:
        return CATALOGUE.text(f"field.{name}", language)


def column_title(
    sheet: SheetType, column: Column, language: str, text_language: str | None = None
) -> str:
    """Title of a column: ``"Name (fr)"``, ``"Period: start"``."""
    labels = [field_label(sheet, name, language) for name in column.path]
    title = ": ".join(labels)
    title = title[:1].upper() + title[1:]
    if text_language is None:
        return title
    tag = CATALOGUE.text("word.order", language) if text_language == "*" else text_language
    return f"{title} ({tag})"


def sheet_title(sheet: SheetType, language: str) -> str:
    """Title of a sheet, short enough for every spreadsheet."""
    title = CATALOGUE.text(f"sheet.{sheet.shelf.name}", language)
    if sheet.entries is not None:
        title = f"{title} - {field_label(sheet, sheet.entries, language)}"
    return title[:LONGEST_SHEET].strip(" -")
