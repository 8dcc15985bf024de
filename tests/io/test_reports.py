"""What did not travel, and what was doubtful, as lines for people and as data for programs."""

import pytest

import citess
from citess.errors import Issue
from citess.io import ImportReport, LossReport
from citess.io._travel import Losses


@pytest.fixture
def losses():
    found = Losses("odt")
    found.lost("hubs[].charter", 2)
    found.add(Issue.of("bad-id", "hubs[h].id", "H"))
    return found.report()


def test_losses_are_counted_by_path_and_told_on_lines(losses):
    assert {"hubs[].charter": 2} == losses.lost
    assert [issue.text("fr") for issue in losses.issues] == losses.text("fr").splitlines()[1:]


def test_losses_have_a_versioned_shape(losses):
    shown = losses.to_dict("ar")
    assert ("citess.loss/1", "odt", {"hubs[].charter": 2}) == (
        shown["schema"],
        shown["format"],
        shown["lost"],
    )
    assert [issue.to_dict("ar") for issue in losses.issues] == shown["issues"]


def test_a_loss_can_be_refused(losses):
    with pytest.raises(citess.LossError):
        losses.require()
    LossReport("odt").require()


def test_doubts_are_told_on_lines_and_have_a_versioned_shape():
    report = ImportReport.of("odt", [Issue.of("bad-id", "hubs[h].id", "H")])
    assert [issue.text("fr") for issue in report.issues] == report.text("fr").splitlines()[1:]
    assert {
        "schema": "citess.import/1",
        "format": "odt",
        "issues": [issue.to_dict("en") for issue in report.issues],
    } == report.to_dict()
