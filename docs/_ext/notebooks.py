"""Each tutorial as a notebook to download, made from its page when the site is built."""

import re
from doctest import DocTestParser
from pathlib import Path

import nbformat
from nbformat import v4

FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DOWNLOAD = re.compile(r"^.*\{download\}.*\n", re.MULTILINE)
FOLDER = "notebooks"


def cells_of(page):
    """Prose as Markdown, and code up to each result that is shown."""
    prose_and_code = FENCE.split(DOWNLOAD.sub("", page))
    for place, part in enumerate(prose_and_code):
        if place % 2:
            yield from code_cells(part)
        elif part.strip():
            yield v4.new_markdown_cell(part.strip())


def code_cells(part):
    """One cell for each result: the statements before it belong to it."""
    lines = []
    for example in DocTestParser().get_examples(part):
        lines.append(example.source.rstrip("\n"))
        if example.want:
            yield v4.new_code_cell("\n".join(lines), outputs=[shown(example)])
            lines = []
    if lines:
        yield v4.new_code_cell("\n".join(lines))


def shown(example):
    """What the page says that comes out."""
    if example.source.startswith("print("):
        return v4.new_output("stream", name="stdout", text=example.want)
    data = {"text/plain": example.want.rstrip("\n")}
    return v4.new_output("execute_result", data=data, execution_count=None)


def notebook_of(page):
    """Notebook of a page, the same at each build."""
    cells = list(cells_of(page))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    found = v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.validate(found)
    return found


def write(app):
    """Write the notebooks beside the tutorials."""
    tutorial = Path(app.srcdir) / "tutorial"
    folder = tutorial / FOLDER
    folder.mkdir(exist_ok=True)
    for page in sorted(tutorial.glob("*.md")):
        text = page.read_text("utf-8")
        if DOWNLOAD.search(text):
            nbformat.write(notebook_of(text), folder / f"{page.stem}.ipynb")


def setup(app):
    """Write them before pages are read."""
    app.connect("builder-inited", write)
    return {"parallel_read_safe": True}
