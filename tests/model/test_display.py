"""Short forms: one line in a console, a small table in a notebook."""

import citess
from citess import Evidence, Text
from citess.model.display import value_html

REAL = citess.datasets.tunisia()


def test_every_repr_is_one_line():
    assert all("\n" not in repr(record) for record in REAL.records())


def test_a_page_escapes_and_gives_direction():
    hub = citess.Hub(id="h", name=Text(fr="<b>", ar="قطب"), territories=("tn",))
    page = hub._repr_html_()
    assert "&lt;b&gt;" in page
    assert '<span lang="ar" dir="rtl">قطب</span>' in page
    assert "<b>" not in page
    assert "color" not in page
    rows = page.split("<tr>")[1:]
    assert ["id", "name", "territories"] == [
        row.partition("</th>")[0].rpartition(">")[2] for row in rows
    ]


def test_long_fields_are_cut_with_a_count():
    assert ", ".join("a" * 12) + " <small>+ 8</small>" == value_html(("a",) * 20)
    assert ", ".join("a" * 12) == value_html(("a",) * 12)
    assert value_html(("a",) * 13).endswith(" <small>+ 1</small>")
    assert "read in the source" == value_html(Evidence.VERIFIED)


def test_a_dataset_shows_its_shelves():
    page = REAL._repr_html_()
    assert "<caption>Dataset</caption>" in page
    assert "hub" in page
    assert "self_assessment" not in page


def test_measures_show_themselves_small():
    measure = citess.metrics.formality_share(citess.datasets.synthetic())
    assert "<" in measure._repr_html_()
    assert len(measure._repr_html_()) < 5_000
