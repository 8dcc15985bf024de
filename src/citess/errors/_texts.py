"""English texts of issues and exceptions; ``fr.toml`` and ``ar.toml`` hold the others."""

from typing import Final

from citess.i18n import Catalogue

ISSUES: Final[dict[str, tuple[str, str]]] = {
    "bad-json": ("is not JSON: {reason}", "one JSON document"),
    "bad-encoding": ("is not UTF-8: {reason}", "UTF-8 without a byte order mark"),
    "byte-order-mark": ("begins with a byte order mark", "UTF-8 without a byte order mark"),
    "duplicate-key": ("is a key given twice in one object", "each key once"),
    "not-finite": ("is not a finite number", "a finite number, or null when not known"),
    "number-too-large": ("is beyond what every reader keeps exactly", "at most 2^53 in size"),
    "too-deep": ("is nested too deeply", "at most {limit} levels"),
    "too-large": ("is too large", "at most {limit}"),
    "surrogate": ("holds half of a surrogate pair", "whole Unicode characters"),
    "control-character": ("holds a control character", "visible text, tabs and line feeds"),
    "bidi-character": (
        "holds an invisible character that reorders the line",
        "text without U+200E-F, U+202A-E, U+2066-9",
    ),
    "not-nfc": ("is not in Unicode normal form C", "text in normal form C"),
    "empty-text": ("is empty", "at least one character, or null when not known"),
    "blank-edge": ("begins or ends with white space", "text without white space at its ends"),
    "wrong-type": ("is {given_type}", "{expected_type}"),
    "missing-field": ("lacks a field that is required", "the field {field}"),
    "missing-version": ("has no schema_version", "a schema_version such as {current!r}"),
    "bad-version": ("is not a schema version", "major.minor, such as {current!r}"),
    "newer-major": (
        "was written by a newer citess with another major version of the format",
        "version {current} or older: update citess to read this file",
    ),
    "unknown-format": ("is not a citess document", "the format 'citess'"),
    "bad-id": ("is not an id", "lower-case letters and digits joined by single hyphens"),
    "bad-reference": ("is not a reference", "kind:id with one of the kinds {kinds}"),
    "bad-code": ("is not a code of {scheme}", "one of {codes}"),
    "bad-date": ("is not a date", "YYYY, YYYY-MM or YYYY-MM-DD"),
    "bad-number": ("is not a plain decimal number", "digits, written as '1234.5'"),
    "bad-currency": ("is not a currency that citess knows", "an ISO 4217 code such as 'TND'"),
    "bad-language": ("is not a language tag", "a BCP 47 tag such as 'fr' or 'ar-TN'"),
    "bad-url": ("is not a web address", "an http or https address"),
    "too-precise": ("has more decimals than its currency", "at most {decimals} decimals"),
    "negative-amount": ("is negative", "zero or more"),
    "out-of-range": ("is out of range", "{range}"),
    "end-before-start": ("ends before it starts", "an end after {start}"),
    "mixed-currencies": ("mixes currencies", "one currency throughout, such as {currency!r}"),
    "too-few-members": ("has fewer than two members", "two or more different members"),
    "repeated-value": ("is given twice", "each value once"),
    "unknown-frame": ("is no table that metrics read", "one of {codes}"),
    "not-a-tally": ("is no tally of citess", "a document that tally.to_json() wrote"),
    "tally-version": ("is a version of tallies that this citess does not know", "{current}"),
    "personal-field": (
        "is nothing that a tally may hold, and may be about persons",
        "numbers by groups and facts alone",
    ),
    "repeated-cell": ("is a cell given twice", "each cell once"),
    "small-cells": (
        "tells small numbers, which was not agreed here",
        "a tally without them, or from_json(small_cells=True) where both sides agree",
    ),
    "other-key": ("is hashed with another key", "the key that both sides share"),
    "total-and-parts": (
        "has a total beside its parts",
        "the total alone, or its parts alone, on each day",
    ),
    "not-in-order": ("is dated before the entry it follows", "entries in order of time"),
    "duplicate-id": ("is the id of two records", "an id used once among {kinds}"),
    "ambiguous-id": ("is the id of several records", "one of the references {refs}"),
    "dangling-reference": ("is the id of no {kind}", "the id of a {kind} in this dataset"),
    "circle": ("is its own ancestor: {chain}", "an order without circles"),
    "conflict": ("differs between the two datasets", "equal records, or different ids"),
    "unknown-code": ("is not a concept of {scheme}", "a code of the vocabulary {scheme}"),
    "deprecated-code": ("is deprecated in {scheme}", "its successor"),
    "no-source": ("cites no source", "at least one source, or evidence 'synthetic'"),
    "too-early": ("is before {event}, {date}", "a date that is not before {date}"),
    "excludes": ("cannot stand beside {other}", "one of the two"),
    "same-party": ("is on both sides", "two different parties"),
    "double-count": (
        "counts the same jobs on the same day as {other}",
        "one count a day of the same jobs",
    ),
    "not-awardable": (
        "is given by a label that could not be awarded then",
        "a day on which the label {label} is known to be awardable",
    ),
    "may-not-trade": (
        "is trade, which the law forbids to {form}",
        "no trade, or another legal form",
    ),
    "overlap": ("overlaps {other}", "versions of which one holds at a time"),
    "wrong-label": ("is a criterion of another label", "a criterion of {label}"),
    "bad-pseudonym": ("is not a pseudonym", "what citess.pseudonym() makes of an identity"),
    "no-home": (
        "has no home in {format}, {count} times",
        "a format that can hold it, such as the native one",
    ),
    "withheld": (
        "is about persons or a note and was left out, {count} times",
        "the native format for what is private",
    ),
    "required-by-standard": (
        "lacks {field}, which {format} requires",
        "{field}; it is never invented",
    ),
    "changed-form": ("was written to {format} in a coarser form, {count} times", "{kept}"),
    "not-a-workbook": ("is no workbook that can be read: {reason}", "a workbook saved as .xlsx"),
    "other-workbook": ("is a workbook of another kind, {kind}", "a workbook saved as .xlsx"),
    "encrypted": ("is protected by a password", "a workbook without a password"),
    "has-macros": ("holds macros", "a workbook without macros, saved as .xlsx"),
    "has-dtd": ("declares a document type", "a document without such declarations"),
    "unsafe-entry": ("is an entry that a workbook must not have", "the plain parts of a workbook"),
    "zip-bomb": (
        "unpacks to more than is safe",
        "at most {limit} in 1000 entries, a hundred times the size of the file",
    ),
    "unknown-table": ("is no table of records and was set aside", "one of {codes}"),
    "bad-table": ("cannot be taken apart into cells: {reason}", "cells that a comma separates"),
    "no-table": ("holds no table of records", "a sheet or file such as {codes}"),
    "unknown-column": ("is no column of {kind} and was set aside", "a column of the template"),
    "missing-column": ("lacks a column that is required", "the column {field}"),
    "repeated-column": ("is the title of two columns", "each column once"),
    "beyond-header": ("stands beyond the last title", "a title above every column"),
    "set-aside": ("is a column of the form and was set aside", "nothing to be done"),
    "kept-aside": (
        "became no record, {count} times",
        "nothing to be done: it is kept, and written back in its own format",
    ),
    "left-out": (
        "has no field here and was left out, {count} times",
        "a file of the graph, which is kept whole",
    ),
    "read-as": ("was read as {kept}", "{kept}"),
    "error-cell": ("is an error of the spreadsheet", "a value"),
    "formula-without-value": (
        "is a formula that holds no result",
        "a workbook that a spreadsheet has saved, or the value itself",
    ),
    "not-whole": ("is no whole number", "a number without decimals"),
    "bad-truth": ("is neither yes nor no", "one of {codes}"),
    "ambiguous-date": (
        "could be read with the month first, {count} times in its column",
        "the day first: it was read as {kept}",
    ),
    "ambiguous-number": (
        "could have a mark between thousands, {count} times in its column",
        "a decimal mark: it was read as {kept}",
    ),
    "hijri-date": (
        "looks like a year of the Hijri calendar, {count} times in its column",
        "a year of the Gregorian calendar",
    ),
    "cleaned": (
        "had space at its ends, another line end or another Unicode form, {count} times",
        "text without them; it was read as such",
    ),
    "assumed-encoding": ("was taken for the encoding", "UTF-8 where that is not so"),
    "assumed-separator": ("was taken for what separates the cells", "a comma where that is not so"),
    "assumed-language": (
        "names no language and was read as {label}",
        "a title with a language, such as 'Name (fr)'",
    ),
    "from-vocabulary": (
        "was taken from the vocabulary {scheme}",
        "a sheet of its own where more is known",
    ),
    "hidden-sheet": ("is hidden and was read all the same", "sheets that can be seen"),
    "open-quote": (
        "opens a quotation mark that nothing closes",
        "a second quotation mark at the end of the cell, or none",
    ),
    "garbled-text": ("looks like text read in another encoding", "a file in one encoding, UTF-8"),
    "merged-cells": ("are merged, and only the first holds a value", "a value in every cell"),
    "remote-context": ("is a context that stands elsewhere", "a context within the document"),
    "bad-csv": ("is not CSV: {reason}", "values separated by commas, in UTF-8"),
    "bad-xml": ("is not XML: {reason}", "one well-formed document of XML"),
    "bad-rdf": ("is not RDF in {format}: {reason}", "statements of RDF in {format}"),
    "undefined": ("has no value: {reason}", "a defined value; it is never written as zero"),
    "unknown-shape": ("has not the shape of {format}", "a document of {format}"),
    "bad-format": ("is not of the format {format}", "the format {format}"),
    "open-ring": ("is not where the ring began", "a last position equal to the first"),
    "too-few-positions": ("are too few positions", "at least {least}"),
    "bad-position": ("is no position", "two numbers or more: longitude, latitude"),
    "bad-bbox": ("is no bounding box", "an even number of numbers, 4 or more"),
    "misplaced-member": ("is a member that a {type} must not have", "another name for it"),
    "wrong-winding": (
        "winds the wrong way",
        "outer rings counterclockwise and holes clockwise",
    ),
    "unfit-record": ("is not a consistent record: {reason}", "a consistent record"),
}

WORDS: Final[dict[str, str]] = {
    "object": "an object",
    "list": "a list",
    "string": "a string",
    "whole": "a whole number",
    "number": "a number",
    "truth": "true or false",
    "null": "null",
    "string-or-number": "a string or a number",
    "position": "a position",
    "code": "a code as a string",
    "decimal": "a decimal number as a string",
    "date": "a date as a string",
    "bound": "a date, 'open' or 'unknown'",
    "texts": "an object of texts by language",
    "json": "a value of JSON",
    "two-capitals": "two capital letters",
    "two-letters": "two letters",
}
"""Types of JSON and other words that stand in the details of issues."""

MESSAGES: Final[dict[str, str]] = {
    "word.range": "{low} to {high}",
    "word.at-least": "{low} or more",
    "phrase.given": "{path}: {given} {problem}; expected {expected}",
    "phrase.suggestion": "; did you mean {suggestion!r}?",
    "phrase.document": "document",
    "count.one": "1 issue",
    "count.other": "{n} issues",
    "count.none": "no issue",
    "unknown-id": "no {kind} has the id {id!r}",
    "unknown-id-suggestion": "no {kind} has the id {id!r}; did you mean {suggestion!r}?",
    "undefined-measure": "{metric} is undefined: {reason}",
    "missing-extra": '{feature} needs the extra {extra!r}: pip install "citess[{extra}]"',
    "unsupported-engine": "{feature} does not run on {engine}; it runs on {engines}",
    "locked": "{path} is being edited by {owner}; waited {seconds} s",
}


def _english() -> dict[str, str]:
    texts = {**MESSAGES, **{f"word.{key}": text for key, text in WORDS.items()}}
    for code, (problem, expected) in ISSUES.items():
        texts[f"issue.{code}.problem"] = problem
        texts[f"issue.{code}.expected"] = expected
    return texts


CATALOGUE: Final = Catalogue("citess.errors", _english)
