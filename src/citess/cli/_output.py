"""Results on the standard output: text for people, JSON for programs."""

import json
import sys
from collections.abc import Iterable
from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Words

from citess.metrics import Measure
from citess.report import Document, Section, Table


def write_json(command: str, content: dict[str, object]) -> None:
    """Write a result as JSON with its versioned shape."""
    sys.stdout.write(json_text(command, content))


def json_text(command: str, content: dict[str, object]) -> str:
    """Give a result as JSON with its versioned shape."""
    shape = {"schema": f"citess.{command}/1", **content}
    return json.dumps(shape, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def write_lines(lines: Iterable[str]) -> None:
    """Write lines as they are."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def write_measures(measures: Iterable[Measure], language: str) -> None:
    """Write measures with their explanation, a blank line between them."""
    write_lines(f"{measure.explain(language)}\n" for measure in measures)


def write_document(document: Document, command: str, *, json: bool) -> None:
    """Write a report, as text or as JSON."""
    if json:
        write_json(command, document.to_dict())
        return
    console = Console(highlight=False, soft_wrap=False)
    justify = _justify(rtl=document.language == "ar")
    console.print(Words(document.title, style="bold"), justify=justify)
    for section in document.sections:
        _write_section(console, section, rtl=document.language == "ar")


def _write_section(console: Console, section: Section, *, rtl: bool) -> None:
    justify = _justify(rtl=rtl)
    console.print()
    console.print(Words(section.title, style="bold"), justify=justify)
    for paragraph in section.paragraphs:
        console.print(Words(paragraph), justify=justify)
    if section.table is not None:
        console.print(
            Padding(_grid(section.table, rtl=rtl), (0, 0, 0, 2), expand=False), justify=justify
        )
    for n, item in enumerate(section.items, 1):
        console.print(Words(f"{n}. {item}"), justify=justify)


def _justify(*, rtl: bool) -> Literal["right"] | None:
    return "right" if rtl else None


def _grid(table: Table, *, rtl: bool) -> Grid:
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    order = range(len(table.columns))
    places = list(reversed(order)) if rtl else list(order)
    for place in places:
        grid.add_column(Words(table.columns[place]), justify="right" if rtl else "left")
    for row in table.rows:
        grid.add_row(*(Words(row[place]) for place in places))
    return grid
