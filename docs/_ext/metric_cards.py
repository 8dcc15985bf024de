"""One card for each metric, written from the catalogue when the site is built."""

import re
from pathlib import Path

from citess.metrics import catalogue

GROUPS = {
    "S": "Service offer",
    "R": "Reach and equity",
    "E": "Employment",
    "T": "Trajectory of enterprises",
    "H": "Sustainability of the hub",
    "G": "Partnership and governance",
    "N": "Networks",
    "L": "Replication, label, institutional framework",
    "D": "Disclosure control",
}
TAKES = {
    "records": "a dataset, records, tables of frames, or a tally",
    "values": "values that the caller has",
    "graph": "a dataset, whose partnership graph is taken, or a graph",
    "nodes": "a dataset, whose partnership graph is taken, or a graph; one value for each node",
}
CARD = """# {id} {label}

*{question}*

`citess.metrics.{name}`

{description}

Takes
: {takes}

Formula
: ${formula}$

Unit
: {unit}, {bounds}; {better}

Level
: {level}

Missing values
: {missing}

Few units
: {small_numbers}

Several hubs
: {aggregation}

Limits
: {limits}

Source
: {source}

{more}Labels
: {fr} · {ar}
"""
SECTION = re.compile(r"^(Parameters|Returns|Raises|Notes|Examples)\n-+$", re.MULTILINE)
ROLE = re.compile(r":\w+:`~?([^`]+)`")


def sections(description):
    """Prose of a docstring, and its sections by name."""
    prose, *rest = SECTION.split(description)
    named = dict(zip(rest[::2], rest[1::2], strict=True))
    return plain(prose).strip(), {name: text.strip("\n") for name, text in named.items()}


def plain(text):
    """Markdown of a text with the roles and literals of reStructuredText."""
    return ROLE.sub(r"`\1`", text).replace("``", "`")


def listed(text):
    """Markdown list of the entries of a section: names, with what is said below each."""
    entries = re.split(r"\n(?=\S)", text)
    pairs = (entry.partition("\n") for entry in entries)
    said = (f"- `{name.strip()}`: {' '.join(plain(rest).split())}" for name, _, rest in pairs)
    return "\n".join(said)


def bounds_of(metric):
    """Bounds in words."""
    low, high = metric.bounds
    if low is None and high is None:
        return "without bounds"
    least = "no lower limit" if low is None else low
    return f"{least} to {'no limit' if high is None else high}"


def more_of(metric):
    """What only some metrics have: dimensions, engines, codes in other catalogues."""
    facts = {
        "Broken down by": ", ".join(f"`{name}`" for name in getattr(metric, "dimensions", ())),
        "Runs on": ", ".join(getattr(metric, "engines", ())),
        "Elsewhere": "; ".join(
            f"{one.catalogue} {one.code}{f', of `{one.part}`' if one.part else ''}"
            f" ({one.relation}, seen {one.verified_on})"
            for one in metric.alignments
        ),
    }
    return "".join(f"{name}\n: {text}\n\n" for name, text in facts.items() if text)


def card_of(metric):
    """Card of a metric."""
    prose, parts = sections(metric.description)
    for name in ("Parameters", "Raises"):
        if name in parts:
            prose += f"\n\n**{name}**\n\n{listed(parts[name])}"
    card = CARD.format(
        id=metric.id,
        name=metric.name,
        label=metric.label(),
        question=metric.question(),
        description=prose,
        takes=TAKES[metric.takes],
        formula=metric.formula,
        unit=metric.unit,
        bounds=bounds_of(metric),
        better=metric.better.label(),
        level=metric.level,
        missing=metric.missing,
        small_numbers=metric.small_numbers,
        aggregation=metric.aggregation,
        limits=metric.limits(),
        source=metric.source,
        more=more_of(metric),
        fr=metric.label("fr"),
        ar=metric.label("ar"),
    )
    example = parts.get("Examples", "").strip()
    return f"{card}\n## Worked example\n\n```pycon\n{example}\n```\n"


def index_of(metrics):
    """Index of the cards, group by group."""
    text = "# Metrics\n"
    for letter, title in (*GROUPS.items(), (None, "Others")):
        ids = [one.id for one in metrics if (one.id[0] if one.id[0] in GROUPS else None) == letter]
        if ids:
            lines = "\n".join(ids)
            text += f"\n## {title}\n\n```{{toctree}}\n:maxdepth: 1\n\n{lines}\n```\n"
    return text


def write_cards(app):
    """Write the cards and their index; cards of metrics that are gone are removed."""
    folder = Path(app.srcdir, "reference", "metrics")
    folder.mkdir(parents=True, exist_ok=True)
    cards = {f"{metric.id}.md": card_of(metric) for metric in catalogue.values()}
    cards["index.md"] = index_of(catalogue.values())
    for old in folder.glob("*.md"):
        if old.name not in cards:
            old.unlink()
    for name, card in cards.items():
        (folder / name).write_text(card, "utf-8")


def plain_headings(app, what, name, obj, options, lines):
    """Make the heading of examples in a module a plain line: pages have headings of their own."""
    if what == "module":
        for n, line in enumerate(lines):
            if set(line) == {"-"} and lines[n - 1] == "Examples":
                lines[n - 1 : n + 1] = ["**Examples**", ""]


def setup(app):
    """Register with Sphinx."""
    app.connect("builder-inited", write_cards)
    app.connect("autodoc-process-docstring", plain_headings, priority=1)
    return {"parallel_read_safe": True}
