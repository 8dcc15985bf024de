"""What a conversion is asked for, or why that cannot be, in the language of the user."""

from typing import Final

from citess.cli._texts import CATALOGUE
from citess.errors import suggest
from citess.io.formats import FORMATS, Format, format_of

STREAM: Final = "-"


def formats_asked(
    files: tuple[str, str], names: tuple[str | None, str | None], language: str
) -> tuple[Format, Format]:
    """Give the format to read and the one to write.

    Parameters
    ----------
    files
        Where to read and where to write.
    names
        Formats that are named; by default suffixes tell them.
    language
        Language of the refusal.

    Raises
    ------
    ValueError
        When a name or a suffix tells no format, the one to read is only written, or a folder is
        to be a stream.
    """
    source, target = files
    reader = _format(source, names[0], language, reading=True)
    writer = _format(target, names[1], language, reading=False)
    if not reader.can_read:
        raise ValueError(CATALOGUE.text("convert.only-written", language, format=reader.name))
    for file, one, folder in ((source, reader, reader.needs_path), (target, writer, writer.folder)):
        if file == STREAM and folder:
            raise ValueError(CATALOGUE.text("convert.no-stream", language, format=one.name))
    return reader, writer


def check_days(on: str | None, period: str | None, language: str) -> None:
    """Refuse a day and a period at once.

    Raises
    ------
    ValueError
        When both are given.
    """
    if on is not None and period is not None:
        raise ValueError(CATALOGUE.text("convert.day-or-period", language))


def _format(file: str, name: str | None, language: str, *, reading: bool) -> Format:
    if name is None and reading and file == STREAM:
        return FORMATS["json"]
    if name is not None:
        if name in FORMATS:
            return FORMATS[name]
        near = suggest(name, FORMATS)
        key = "convert.no-format" if near is None else "convert.near-format"
        formats = ", ".join(FORMATS)
        raise ValueError(CATALOGUE.text(key, language, name=name, near=near, formats=formats))
    try:
        return format_of(file, reading=reading)
    except ValueError:
        known = ", ".join(suffix for one in FORMATS.values() for suffix in one.suffixes)
        text = CATALOGUE.text("convert.unclear", language, file=file, suffixes=known)
        raise ValueError(text) from None
