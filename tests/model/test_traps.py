"""Sixteen traps of the field, each with a test of its name."""

from decimal import Decimal

import networkx as nx
import pytest

import citess
from citess import (
    AgeBand,
    Case,
    Dataset,
    Enterprise,
    Hub,
    InvalidValueError,
    Money,
    PartialDate,
    Partner,
    Partnership,
    Stage,
    StageEntry,
    Text,
    vocab,
)
from citess.model.fields import field_types

REAL = citess.datasets.tunisia()
MADE = citess.datasets.synthetic()


def test_trap_1_a_hub_is_not_its_association_and_partners_are_dated_ties():
    assert not issubclass(Hub, Partner)
    assert "partners" not in field_types(Hub)
    assert Hub(id="h", name=Text(fr="h"), territories=("tn",)).legal_entity is None
    tie = field_types(Partnership)
    assert {"members", "period", "sources", "kind", "intensity"} <= set(tie)
    assert field_types(citess.Member)["role"].kind is citess.Role
    levels = {str(partner.level) for partner in REAL.partners.values()}
    assert len(levels) > 1


def test_trap_2_legal_forms_are_dated_data_with_their_law():
    versions = [v for v in REAL.legal_form_versions.values() if v.form == "TN-SC-L"]
    assert [50, 10] == [v.min_members for v in sorted(versions, key=lambda v: str(v.period))]
    assert all(v.text and v.period.start.date for v in REAL.legal_form_versions.values())
    assert REAL.legal_form_versions["tn-assoc-2011"].sse is None
    assert "INFORMAL" in vocab.scheme("legal-forms")
    sells = Enterprise(id="g", name=Text(fr="g"), legal_form="TN-GDA", activities=("G",))
    with pytest.raises(citess.IntegrityError, match="may-not-trade"):
        Dataset.of(sells)


def test_trap_3_sectors_are_more_than_three_and_may_be_unknown():
    assert 5 == len(citess.Sector)
    cress = next(p for p in REAL.partners.values() if p.id.startswith("cress"))
    assert citess.SubSector.SSE_REPRESENTATIVE is cress.sub_sector
    assert field_types(Partner)["sector"].optional
    assert {"civil_society", "donor"} <= {str(part) for part in citess.SubSector}


def test_trap_4_age_is_a_band_at_intake_and_unknown_is_allowed():
    kinds = field_types(Case)
    assert (AgeBand, True) == (kinds["age_band"].kind, kinds["age_band"].optional)
    assert (citess.Sex, True) == (kinds["sex"].kind, kinds["sex"].optional)
    assert not {"name", "birth_date", "age"} & set(kinds)
    with pytest.raises(TypeError):
        AgeBand(18, 35)
    assert frozenset() == citess.Profile(age=20).belongs_to()
    case = next(case for case in MADE.cases.values() if case.age_band is not None)
    offer = next(iter(MADE.service_offers.values()))
    data = MADE.replace(citess.evolve(offer, age_band=case.age_band))
    verdicts = [
        {
            r.rule: r.verdict
            for match in citess.services_for(data, case, on=on)
            for r in match.reasons
        }
        for on in (case.opened.earliest, case.opened.earliest.replace(year=2090))
    ]
    assert [citess.Verdict.YES, citess.Verdict.NO] == [found["age"] for found in verdicts]


def test_trap_5_an_idea_is_not_an_enterprise():
    stages = (
        StageEntry(stage=Stage.IDEA, since=PartialDate("2021")),
        StageEntry(stage=Stage.CREATION, since=PartialDate("2022")),
        StageEntry(stage=Stage.START_UP, since=PartialDate("2023")),
    )
    one = Enterprise(id="e", name=Text(fr="e"), stages=stages)
    days = ("2021-12-31", "2022-12-31", "2024-01-01")
    assert [False, None, True] == [one.is_enterprise(day) for day in days]
    assert {"individual", "collective"} == {str(carried) for carried in citess.Initiative}


def test_trap_6_jobs_are_not_counted_twice_nor_kinds_added():
    bees = Enterprise(id="e", name=Text(fr="e"))
    jobs = citess.JobsCount(id="a", enterprise="e", on=PartialDate("2022"), heads=3)
    with pytest.raises(citess.IntegrityError, match="double-count"):
        Dataset.of(bees, jobs, citess.evolve(jobs, id="b"))
    promised = citess.evolve(jobs, id="b", kind=citess.JobsKind.PROMISED)
    assert 2 == len(Dataset.of(bees, jobs, promised).jobs_counts)
    assert {"heads", "fte", "share", "programme"} <= set(field_types(citess.JobsCount))
    claimed = citess.metrics.claims([(10, {"hub", "apii"}), (6, {"hub"})])
    shared = citess.metrics.double_count_adjustment.compute(claimed)
    assert (26, 16) == (shared.parts["claimed"], shared.parts["jobs"])


def test_trap_7_rival_figures_stand_side_by_side_and_years_stay_years():
    rivals = citess.rivals(REAL.observations.values())
    statuses = {str(o.status) for group in rivals.values() for o in group}
    assert {"target", "reported"} <= statuses
    assert {"as_of", "period", "status", "sources"} <= set(field_types(citess.Observation))
    figure = next(iter(REAL.observations.values()))
    with pytest.raises(citess.IntegrityError, match="conflict"):
        REAL | REAL.replace(citess.evolve(figure, value=figure.value + 1))
    assert "2014" == str(PartialDate("2014"))
    assert PartialDate("2014").before("2014-06-01") is None


def test_trap_8_money_has_its_currency_and_three_decimals():
    assert "1.500 TND" == str(Money.of("1.5", "TND"))
    assert isinstance(Money.of("1.5", "TND").amount, Decimal)
    with pytest.raises(InvalidValueError):
        citess.model.total([Money.of(1, "TND"), Money.of(1, "EUR")])
    with pytest.raises(TypeError):
        Money.of(1)
    assert field_types(Money)["on"].kind is PartialDate


def test_trap_9_territories_have_several_parents_and_arabic_names():
    kasserine = REAL.territories["tn-42"]
    schemes = {str(parent.scheme) for parent in kasserine.parents}
    assert {"planning_region", "district"} <= schemes
    assert ("rtl", "القصرين") == (kasserine.name.direction("ar"), kasserine.name.get("ar"))
    assert {"ins", "iso-3166-2"} == {identifier.scheme for identifier in kasserine.identifiers}
    assert "hasc" in vocab.scheme("territories")["tn-42"].facts
    assert "tn-42" == citess.find(REAL, "9asrine")[0].record.id
    assert {"delegation", "municipality"} <= {str(level) for level in citess.TerritoryLevel}


def test_trap_10_graphs_are_dated_multigraphs_and_two_hubs_are_not_ranked():
    early, late = (
        citess.network.partnership_graph(REAL, on=day) for day in ("2015-01-01", "2021-01-01")
    )
    assert isinstance(late, nx.MultiDiGraph)
    assert early.number_of_edges() != late.number_of_edges()
    measure = citess.metrics.density(REAL, on="2021-01-01")
    assert "no-comparison" in measure.warnings
    assert nx.is_bipartite(citess.network.agreement_graph(REAL))
    two = citess.metrics.betweenness(nx.path_graph([*REAL.hubs]))
    with pytest.raises(ValueError, match="no ranks below 5"):
        two.top(1)


def test_trap_11_there_is_no_single_score():
    names = {metric.name for metric in citess.metrics.catalogue.values()}
    assert not {"impact", "impact_score", "innovation_index", "social_innovation"} & names
    posts = dict.fromkeys(("law", "finance"), citess.metrics.Goalpost(worst=0, best=10))
    card = citess.metrics.Scorecard(version="1", goalposts=posts)
    composite = citess.metrics.readiness_score({"law": 8, "finance": None}, card)
    assert (None, {"law", "finance"}) == (composite.value, {*composite.parts})
    ratings = {str(rating) for rating in citess.Rating}
    assert {"no", "partly", "yes", "not_known"} == ratings
    measure = citess.metrics.service_coverage(MADE)
    assert measure.numerator is not None
    assert measure.denominator


def test_trap_12_services_are_codes_with_conditions_and_a_map_of_old_codes():
    kinds = vocab.scheme("service-kinds")
    assert "advice" == kinds.successor("coaching")
    assert all(len(concept.labels) == 6 for concept in kinds.values())
    offer = field_types(citess.ServiceOffer)
    assert {"providers", "price", "age_band", "period", "languages"} <= set(offer)


def test_trap_13_a_label_that_is_defined_is_not_awardable():
    label = REAL.labels["tn-entreprise-ess"]
    assert label.is_awardable("2023-01-01") is False
    award = citess.LabelAward(
        id="w",
        label=label.id,
        holder="citess-mahdia",
        on=PartialDate("2026"),
        status=citess.AwardStatus.AWARDED,
    )
    with pytest.raises(citess.IntegrityError, match="not-awardable"):
        REAL.add(award)
    assert citess.LabelKind.ASPIRATION is REAL.labels["citess"].kind


def test_trap_14_dependency_and_closure_can_be_said():
    assert "donor-dependency" in vocab.scheme("citess-method")
    assert {citess.HubStatus.DORMANT, citess.HubStatus.CLOSED} <= set(citess.HubStatus)
    assert citess.Survival.LOST is not citess.Survival.CLOSED
    earned = [funding.is_earned for funding in MADE.fundings.values()]
    assert {True, False} == set(earned)
    hub = next(iter(MADE.hubs.values()))
    ended = MADE.replace(citess.evolve(hub, status=citess.HubStatus.CLOSED))
    assert hub.id in ended.hubs


def test_trap_15_facts_are_sourced_or_flagged_as_synthetic():
    assert all(record.sources for record in REAL.records() if record not in REAL.sources.values())
    assert {citess.Evidence.SYNTHETIC} == {record.evidence for record in MADE.records()}
    assert (0, 0, 0) == (len(REAL.cases), len(REAL.mandates), len(REAL.fundings))


def test_trap_16_levels_are_asserted_by_a_source_and_words_are_many():
    level = field_types(citess.Programme)["levels"].kind
    assert {"level", "source"} == set(field_types(level))
    assert ("en", "fr", "ar", "es", "it", "pt") == citess.Term.catalogue().languages()
    assert "licence" in field_types(citess.Source)
    assert not {"author", "contact", "director"} & {
        name for record in {type(r) for r in REAL.records()} for name in field_types(record)
    }
