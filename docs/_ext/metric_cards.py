"""One card for each metric, written from the catalogue when the site is built."""

from pathlib import Path

from citess.metrics import catalogue

CARD = """# {id} {label}

*{question}*

{description}

Formula
: ${formula}$

Unit
: {unit}, {bounds}; {better}

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

Labels
: {fr} · {ar}
"""


def write_cards(app):
    """Write the cards and their index."""
    folder = Path(app.srcdir, "reference", "metrics")
    folder.mkdir(parents=True, exist_ok=True)
    for metric in catalogue.values():
        prose, _, example = metric.description.partition("Examples\n--------\n")
        prose = prose.partition("Raises\n------")[0].strip()
        low, high = metric.bounds
        card = CARD.format(
            id=metric.id,
            label=metric.label(),
            question=metric.question(),
            description=prose.replace("``", "`"),
            formula=metric.formula,
            unit=metric.unit,
            bounds=f"{low} to {'no limit' if high is None else high}",
            better=metric.better.label(),
            missing=metric.missing,
            small_numbers=metric.small_numbers,
            aggregation=metric.aggregation,
            limits=metric.limits(),
            source=metric.source,
            fr=metric.label("fr"),
            ar=metric.label("ar"),
        )
        worked = f"\n## Worked example\n\n```python\n{example.strip()}\n```\n"
        (folder / f"{metric.id}.md").write_text(card + worked, "utf-8")
    lines = "\n".join(f"{metric.id}" for metric in catalogue.values())
    index = f"# Metrics\n\n```{{toctree}}\n:maxdepth: 1\n\n{lines}\n```\n"
    (folder / "index.md").write_text(index, "utf-8")


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
