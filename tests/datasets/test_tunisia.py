"""The real dataset: every record sourced, every published figure there, nothing made up."""

import hashlib
from collections import Counter

import pytest

import citess
from citess import Evidence, GroupingScheme, ObservationStatus, TerritoryLevel, rivals

DATA = citess.datasets.tunisia()
DIGEST = "f7cbd951595d59714169119861edfed2022d77c695ede5fbb4fd7994fdc17811"
DISTRICT_3 = {"tn-51", "tn-52", "tn-53", "tn-41", "tn-42", "tn-34"}


def figures(subject, indicator, place=None):
    """Values of an indicator, as strings."""
    return {
        str(o.value)
        for o in DATA.observations.values()
        if (o.subject, o.indicator, o.place) == (subject, indicator, place)
    }


def test_every_record_cites_a_source_that_exists():
    for record in DATA.records():
        if isinstance(record, citess.Source):
            continue
        assert record.sources, record.id
        assert set(record.sources) <= set(DATA.sources)


def test_the_check_finds_nothing():
    assert [] == list(DATA.check())


def test_nothing_is_synthetic_and_what_is_not_verified_can_be_left_out():
    kinds = Counter(record.evidence for record in DATA.records())
    assert 0 == kinds[Evidence.SYNTHETIC]
    assert 0 < kinds[Evidence.UNVERIFIED] < 20
    unsure = [r for r in DATA.records() if r.evidence is Evidence.UNVERIFIED]
    used = {source for r in DATA.records() if r not in unsure for source in r.sources}
    laws = [record for record in unsure if isinstance(record, citess.LegalFramework)]
    assert laws
    without = DATA.without(*laws)
    assert len(DATA) - len(laws) == len(without)
    assert "s00" in used


def test_the_shelves_are_as_full_as_the_sources():
    least = {"hubs": 2, "partners": 40, "programmes": 10, "financing_lines": 8, "spaces": 4}
    least |= {"observations": 130, "legal_frameworks": 23, "implementing_texts": 7, "sources": 80}
    assert {} == {name: n for name, n in least.items() if len(getattr(DATA, name)) < n}
    assert (2, 0, 0) == (len(DATA.hubs), len(DATA.service_offers), len(DATA.enterprises))


def test_each_governorate_has_a_planning_region_and_a_district():
    found = [t for t in DATA.territories.values() if t.level is TerritoryLevel.GOVERNORATE]
    assert 24 == len(found)
    for land in found:
        schemes = Counter(parent.scheme for parent in land.parents)
        assert (1, 1) == (schemes[GroupingScheme.PLANNING_REGION], schemes[GroupingScheme.DISTRICT])
        codes = {i.scheme: i.value for i in land.identifiers}
        assert f"TN-{codes['ins']}" == codes["iso-3166-2"]


def test_the_district_that_a_source_names_is_verified_and_the_others_are_not():
    for land in DATA.territories.values():
        for parent in land.parents:
            if parent.scheme is GroupingScheme.DISTRICT:
                sure = parent.evidence is Evidence.VERIFIED
                assert sure is (land.id in DISTRICT_3)


FIGURES = [
    ("programme:iess", "hubs", {"2"}),
    ("programme:iess", "business-plans", {"200"}),
    ("programme:iess", "enterprises-supported", {"140"}),
    ("programme:iess", "projects-accompanied", {"100"}),
    ("programme:iess", "officers-sensitised", {"80"}),
    ("programme:iess", "people-aware", {"1500"}),
    ("programme:iess", "networks", {"4"}),
    ("programme:restart", "ideas-preselected", {"300", "278"}),
    ("programme:restart", "projects-trained", {"150"}),
    ("programme:restart", "enterprises-financed", {"50"}),
    ("programme:futur-proche", "entrepreneurs", {"15"}),
    ("programme:futur-proche", "support-least", {"5000"}),
    ("programme:futur-proche", "support-most", {"8000"}),
    ("programme:medtown", "budget", {"3400000"}),
    ("programme:medtown", "eu-share", {"86.5"}),
    ("programme:medtown", "pilots", {"10"}),
    ("programme:medtown", "beneficiaries", {"800"}),
    ("programme:medtown", "jobs", {"14"}),
    ("programme:medtown", "enterprises-strengthened", {"18"}),
    ("programme:medrisse", "budget", {"1100000"}),
    ("programme:medrisse", "eu-share", {"90"}),
    ("programme:medup", "concept-notes", {"635"}),
    ("programme:medup", "full-applications", {"138"}),
    ("programme:medup", "enterprises-financed", {"64"}),
    ("programme:medup", "support-organisations", {"60"}),
    ("programme:medup", "enterprises-supported", {"100"}),
    ("programme:jeuness", "budget", {"9200000", "10000000", "30000"}),
    ("programme:jeuness", "structures-created-or-consolidated", {"179"}),
    ("programme:jeuness", "jobs", {"1341"}),
    ("programme:jeuness", "youth-trained", {"1235"}),
    ("programme:jeuness", "clubs", {"23"}),
    ("programme:jeuness", "enterprises-in-creation", {"137"}),
    ("programme:jeuness", "jobs-promised", {"400"}),
    ("programme:jeuness", "women-share", {"69"}),
    ("programme:jeuness", "incubation-months", {"3", "6"}),
    ("programme:promess", "budget", {"3000000", "7000000"}),
    ("financing_line:prasoc", "envelope", {"57000000"}),
    ("financing_line:bts-sse", "envelope", {"30000000"}),
    ("financing_line:bts-sse", "interest-rate", {"5"}),
    ("financing_line:bts-sse", "support-most", {"300000"}),
    ("financing_line:lf-2024-art-19", "envelope", {"20000000"}),
    ("financing_line:lf-2024-art-19", "support-most", {"10000"}),
    ("legal_framework:tn-2020-30", "votes-for", {"131"}),
    ("legal_framework:tn-2020-30", "articles", {"24"}),
    ("territory:tn", "sse-employment-share", {"0.6", "0.5", "1.5"}),
    ("territory:tn", "sse-employment", {"20000"}),
    ("territory:tn", "associations", {"25080", "25171", "17627"}),
    ("territory:tn-11", "associations", {"5110", "5095"}),
    ("territory:tn-61", "associations", {"1085", "1895"}),
    ("territory:tn-53", "sse-structures", {"109"}),
    ("territory:tn-53", "womens-gda", {"1"}),
    ("territory:tn", "associations-conforming", {"7808"}),
    ("legal_framework:tn-2022-15", "members-least-local", {"50"}),
    ("legal_framework:tn-2025-3", "members-least-regional", {"15"}),
    ("legal_framework:tn-2025-3", "capital-least-local", {"5000"}),
    ("territory:tn", "inhabitants", {"11972169", "10982754"}),
    ("territory:tn", "women-share", {"50.7"}),
    ("territory:tn", "unemployment", {"16"}),
    ("territory:tn-42", "unemployment", {"20.7"}),
    ("territory:tn-43", "unemployment-graduates", {"41"}),
    ("territory:tn", "coworking-spaces", {"49"}),
    ("territory:tn", "coworking-women-share", {"51.22"}),
    ("territory:tn", "farm-labour-women-share", {"70"}),
    ("territory:dz", "project-holders", {"742"}),
    ("territory:fr", "dla-structures", {"6710"}),
    ("partner:european-union", "sse-employment", {"13600000"}),
    ("partner:oecd", "sse-gdp-share-most", {"10"}),
]


@pytest.mark.parametrize(("subject", "indicator", "expected"), FIGURES)
def test_a_published_figure_is_there(subject, indicator, expected):
    assert expected == figures(subject, indicator)


def test_the_counts_of_incubation_spaces_stand_side_by_side():
    assert {"2", "3", "4", "8"} == figures("partner:tcse", "incubation-spaces", "tn")
    disputed = {question.indicator for question in rivals(DATA.observations.values())}
    assert {"incubation-spaces", "budget", "associations"} <= disputed


def test_sums_that_sources_give_hold():
    by_place = [
        o.value
        for o in DATA.observations.values()
        if (o.subject, o.indicator, o.status)
        == ("programme:restart", "ideas-preselected", ObservationStatus.REPORTED)
        and o.place
    ]
    assert (5, 278) == (len(by_place), sum(by_place))
    parts = ("agriculture", "sse", "grants")
    values = [DATA.observations[f"prasoc-{part}"].value for part in parts]
    assert DATA.observations["prasoc-total"].value == sum(values)


def test_targets_are_not_results():
    assert ObservationStatus.TARGET is DATA.observations["iess-plans-target"].status
    assert ObservationStatus.REPORTED is DATA.observations["iess-projects"].status


def test_the_hubs_say_what_is_not_known():
    for hub in DATA.hubs.values():
        assert (None, None, None) == (hub.mode, hub.website, hub.charter)
        assert ("2017-03", Evidence.INFERRED) == (str(hub.created), hub.evidence)


def test_loading_again_gives_the_same_object():
    assert DATA is citess.datasets.tunisia()


def test_the_bytes_are_the_same_on_every_python():
    digest = hashlib.sha256(citess.dumps(DATA)).hexdigest()
    assert DIGEST == digest
