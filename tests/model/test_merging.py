"""Differences and merges: nothing lost, nothing invented, every conflict told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citess
from citess import (
    Dataset,
    Evidence,
    HubMode,
    PartialDate,
    Partner,
    Source,
    SourceKind,
    Text,
    evolve,
    merge,
)
from citess.model import apply
from citess.model.difference import _said
from citess.testing import whole_datasets
from tests.few import few

BASE = citess.datasets.tunisia()
HUB = BASE.hubs["citess-mahdia"]
CALM = few(20)


def with_hub(**changes):
    return BASE.replace(evolve(HUB, **changes))


@CALM
@given(whole_datasets(), whole_datasets())
def test_applying_a_difference_gives_the_second(a, b):
    assert b == citess.apply(citess.diff(a, b), a)
    assert b == Dataset(apply(citess.diff(a, b), a.records()))


@st.composite
def histories(draw):
    """A hub that was corrected now and then, with fields of a newer format beside it."""
    data = Dataset(
        BASE.records(), extra=draw(st.dictionaries(st.sampled_from("ab"), st.integers(-99, 99)))
    )
    for day, charter in enumerate(draw(st.lists(st.booleans(), max_size=3)), 1):
        data = data.correct(evolve(HUB, charter=charter), on=f"2026-01-0{day}")
    return data


@few(15)
@given(histories(), histories())
def test_a_difference_holds_past_versions_and_newer_fields(a, b):
    difference = citess.diff(a, b)
    assert b == citess.apply(difference, a)
    assert (a == b) == (len(difference) == 0) == ("no difference" == difference.text())
    assert len(difference) == len(difference.text().splitlines()) or a == b


@CALM
@given(whole_datasets())
def test_merging_with_oneself_changes_nothing(data):
    assert data == merge(data, data, data).data == merge(Dataset(), data, data).data


@st.composite
def edits(draw):
    """A dataset of partners and two edited copies of it."""
    names = st.sampled_from(("a", "b", "c", "d"))
    evidence = st.sampled_from(Evidence)
    sources = [Source(id=f"s{n}", title=Text(fr="s"), kind=SourceKind.WEB) for n in range(3)]
    cited = st.lists(st.sampled_from(("s0", "s1", "s2")), max_size=2, unique=True).map(tuple)
    partners = st.builds(
        lambda id_, e, c, a: Partner(
            id=id_, name=Text(fr=id_), evidence=e, sources=c, aliases=a
        ),
        names, evidence, cited,
        st.lists(st.sampled_from(("x", "y")), max_size=2, unique=True).map(tuple),
    )  # fmt: skip
    copies = st.lists(partners, max_size=4, unique_by=lambda p: p.id)
    return tuple(Dataset((*sources, *draw(copies))) for _ in range(3))


def newer(conflict):
    """Symmetric rule: the greater text wins."""
    return "ours" if repr(conflict.ours) > repr(conflict.theirs) else "theirs"


@few(150)
@given(edits())
def test_merging_is_commutative_under_a_symmetric_rule_and_loses_nothing(versions):
    base, ours, theirs = versions
    one, other = merge(base, ours, theirs, prefer=newer), merge(base, theirs, ours, prefer=newer)
    assert one.data == other.data
    assert one.data is not None
    for id_ in {*ours.partners} & {*theirs.partners}:
        merged = one.data.partners[id_]
        for side in (ours.partners[id_], theirs.partners[id_]):
            if ours.partners[id_] != theirs.partners[id_] and base.partners.get(id_) not in {
                ours.partners[id_], theirs.partners[id_]
            }:  # fmt: skip
                assert set(side.sources) <= set(merged.sources)
                assert set(side.aliases) <= set(merged.aliases)
    added = ({*ours.partners} | {*theirs.partners}) - {*base.partners}
    assert added <= set(one.data.partners)
    again = merge(base, one.data, one.data, prefer=newer)
    assert again.data == one.data


def test_what_one_side_took_away_is_named_and_sources_stay():
    extra = Partner(id="extra", name=Text(fr="extra"))
    base = BASE.add(extra)
    for ours, theirs in ((base, BASE), (BASE, base)):
        merged = merge(base, ours, theirs)
        assert ((extra,), BASE) == (merged.removed, merged.data)
    both = merge(base, BASE, BASE)
    assert ((), BASE) == (both.removed, both.data)
    source = Source(id="once", title=Text(fr="s"), kind=SourceKind.WEB)
    for sides in ((BASE.add(source), BASE), (BASE, BASE.add(source))):
        merged = merge(BASE.add(source), *sides)
        assert (True, ()) == ("once" in merged.data.sources, merged.removed)


def test_identifiers_aliases_and_sources_stay_where_one_side_took_them_away():
    kept = {
        "aliases": ("B", "A"),
        "identifiers": (citess.Identifier(scheme="rne", value="1"),),
        "sources": ("s11", "s12"),
    }
    base = with_hub(**kept)
    for name, value in kept.items():
        emptied = base.replace(evolve(base.hubs[HUB.id], **{name: ()}, charter=True))
        for sides in ((base, emptied), (emptied, base)):
            merged = merge(base, *sides).data.hubs[HUB.id]
            assert (value, True) == (getattr(merged, name), merged.charter)
    more = base.replace(evolve(base.hubs[HUB.id], aliases=("C", "B", "A")))
    assert ("C", "B", "A") == merge(base, base, more).data.hubs[HUB.id].aliases
    assert ("C", "B", "A") == merge(base, more, base).data.hubs[HUB.id].aliases
    fewer = [base.replace(evolve(base.hubs[HUB.id], aliases=a)) for a in (("A", "D"), ("E", "A"))]
    assert ("A", "D", "E") == merge(base, *fewer).data.hubs[HUB.id].aliases


def test_fields_of_a_newer_format_merge_key_by_key():
    def beside(**extra):
        return Dataset(BASE.records(), extra=extra)

    base = beside(a=1, b=1)
    assert {"a": 1, "b": 2, "c": 3} == dict(
        merge(base, beside(a=1, b=2), beside(a=1, b=1, c=3)).data.extra
    )
    assert {"b": 1} == dict(merge(base, beside(b=1), base).data.extra)
    assert {"b": 1} == dict(merge(base, base, beside(b=1)).data.extra)
    ours, theirs = beside(a=2, b=1), beside(a=3, b=1)
    (conflict,) = merge(base, ours, theirs).conflicts
    assert ("dataset", "a", 2, 3) == (conflict.ref, conflict.field, conflict.ours, conflict.theirs)
    assert "Conflict(dataset.a: (withheld) | (withheld))" == repr(conflict)
    for side, value in (("ours", 2), ("theirs", 3)):
        settled = merge(base, ours, theirs, prefer=lambda _, side=side: side)
        assert value == settled.data.extra["a"]
    gone = merge(base, beside(b=1), theirs, prefer=lambda _: "ours")
    assert "a" not in gone.data.extra


def test_changes_of_different_fields_join():
    merged = merge(BASE, with_hub(charter=True), with_hub(mode=HubMode.VIRTUAL))
    assert (True, HubMode.VIRTUAL) == (
        merged.data.hubs[HUB.id].charter,
        merged.data.hubs[HUB.id].mode,
    )
    assert merge(BASE, BASE, with_hub(charter=True)).data == with_hub(charter=True)


def test_a_conflict_stays_open_without_a_rule():
    ours, theirs = with_hub(charter=True), with_hub(charter=False)
    merged = merge(BASE, ours, theirs)
    (conflict,) = merged.conflicts
    assert (None, "charter", True, False) == (
        merged.data,
        conflict.field,
        conflict.ours,
        conflict.theirs,
    )
    assert "Conflict(hub:citess-mahdia.charter: True | False)" == repr(conflict)


def test_rules_settle_conflicts_and_say_so():
    ours = with_hub(charter=True, evidence=Evidence.VERIFIED)
    theirs = with_hub(charter=False, evidence=Evidence.UNVERIFIED)
    merged = merge(BASE, ours, theirs, prefer="verified")
    assert merged.data.hubs[HUB.id].charter
    assert {"ours"} == {side for _, side in merged.settled}
    assert not merge(BASE, theirs, ours, prefer=lambda _: "ours").data.hubs[HUB.id].charter
    sources = [
        Source(
            id=f"new-{year}",
            title=Text(fr="x"),
            kind=SourceKind.WEB,
            published=citess.PartialDate(year),
        )
        for year in ("2030", "2031")
    ]
    old = BASE.add(sources[0]).replace(evolve(HUB, charter=True, sources=("new-2030",)))
    new = BASE.add(sources[1]).replace(evolve(HUB, charter=False, sources=("new-2031",)))
    merged = merge(BASE, old, new, prefer="newest")
    assert merged.data.hubs[HUB.id].charter is False
    assert {"new-2030", "new-2031"} <= set(merged.data.hubs[HUB.id].sources)
    written = BASE.correct(evolve(HUB, charter=False), on="2026-01-01")
    merged = merge(BASE, with_hub(charter=True), written, prefer="newest")
    assert merged.data.hubs[HUB.id].charter is False
    assert 1 == len(merged.data.past)
    undecided = merge(BASE, with_hub(charter=True), with_hub(charter=False), prefer="newest")
    assert 1 == len(undecided.conflicts)


def test_removed_here_and_changed_there_is_a_conflict():
    extra = Partner(id="extra", name=Text(fr="extra"))
    base = BASE.add(extra)
    changed = base.replace(evolve(extra, evidence=Evidence.VERIFIED))
    for ours, theirs in ((BASE, changed), (changed, BASE)):
        (conflict,) = merge(base, ours, theirs).conflicts
        assert "" == conflict.field
        assert "withheld" in repr(conflict)
    assert "extra" not in merge(base, BASE, changed, prefer=lambda _: "ours").data.partners
    assert "extra" in merge(base, BASE, changed, prefer=lambda _: "theirs").data.partners
    assert "extra" in merge(base, BASE, changed, prefer="verified").data.partners
    assert "extra" not in merge(base, BASE, base).data.partners


def test_rival_observations_are_kept_side_by_side():
    figure = next(iter(BASE.observations.values()))
    one, two = (
        BASE.replace(evolve(figure, note=Text(fr=note))) for note in ("première", "seconde")
    )
    merged = merge(BASE, one, two)
    assert () == merged.conflicts
    assert f"{figure.id}-rival" in merged.data.observations
    assert merged.data == merge(BASE, two, one).data
    for side in (one, two):
        assert merged.data == merge(BASE, merged.data, side).data
        assert merged.data == merge(BASE, side, merged.data).data
    assert one == merge(BASE, one, BASE).data == merge(BASE, BASE, one).data
    three = BASE.replace(evolve(figure, note=Text(fr="troisième")))
    most = merge(BASE, merged.data, three).data
    rivals = [o for o in most.observations if o.startswith(f"{figure.id}-rival")]
    assert [f"{figure.id}-rival", f"{figure.id}-rival-2"] == rivals
    assert {"première", "seconde", "troisième"} == {
        str(most.observations[id_].note) for id_ in (figure.id, *rivals)
    }


def test_the_id_of_a_rival_is_never_too_long():
    figure = evolve(next(iter(BASE.observations.values())), id="a" * 113 + "-aaaaaa")
    one, two = (BASE.add(evolve(figure, note=Text(fr=note))) for note in ("première", "seconde"))
    merged = merge(BASE, one, two).data
    assert "a" * 113 + "-rival" in merged.observations


def test_a_difference_reads_well_in_three_languages():
    changed = with_hub(mode=HubMode.PHYSICAL, charter=True, sources=("s11",), aliases=()).add(
        Partner(id="new", name=Text(fr="new"))
    )
    difference = citess.diff(BASE, changed)
    text = difference.text("fr")
    assert "+ partner:new" in text
    assert "~ hub:citess-mahdia mode : inconnu -> physique" in text
    assert "s11, s12, s00 -> s11" in text
    assert "غير معروف" in difference.text("ar")
    assert "- partner:new" in str(citess.diff(changed, BASE))
    assert "no difference" == citess.diff(BASE, BASE).text()
    named = citess.diff(BASE, with_hub(name=Text(fr="Autre")))
    assert "CitESS Mahdia -> Autre" in named.text()
    assert "charter : inconnu -> oui" in text
    assert "charter: نعم -> لا" in citess.diff(changed, with_hub(charter=False)).text("ar")
    phase = citess.PhaseEntry(phase=citess.HubPhase.CONSULTATION, since=PartialDate("2016"))
    phased = citess.diff(BASE, with_hub(phases=(phase,)))
    assert "[(phase: concertation multi-acteurs, since: 2016)]" in phased.text("fr")
    written = BASE.correct(evolve(HUB, charter=True), on="2026-01-02")
    assert "+ hub:citess-mahdia, as it stood until 2026-01-02" in citess.diff(BASE, written).text()
    assert "- hub:citess-mahdia, tel" in citess.diff(written, BASE).text("fr")
    newer = Dataset(BASE.records(), extra={"a": 1})
    assert "~ fields of a newer format" == citess.diff(BASE, newer).text()


def test_what_is_private_in_a_nested_value_is_not_printed():
    finding = citess.CriterionFinding(
        criterion="kalo-1", finding=citess.Finding.MET, note=Text(fr="secret")
    )
    assert "(criterion: kalo-1, finding: met)" == _said(finding, "en")


def test_private_values_are_withheld_from_the_printed_difference():
    case = citess.Case(id="c", hub=HUB.id, opened=citess.PartialDate("2021"))
    data = BASE.add(case)
    noted = data.replace(evolve(case, note=Text(fr="secret")))
    assert "retenu" in citess.diff(data, noted).text("fr")
    assert "secret" not in citess.diff(data, noted).text("fr")


def test_a_difference_is_applied_only_where_it_was_found():
    difference = citess.diff(BASE, with_hub(charter=True))
    with pytest.raises(ValueError, match="not as"):
        apply(difference, with_hub(charter=False).records())
    with pytest.raises(ValueError, match="other records"):
        apply(difference, ())
    with pytest.raises(ValueError, match="other records"):
        apply(citess.diff(BASE, Dataset()), ())
    with pytest.raises(ValueError, match="other records"):
        apply(citess.diff(BASE, Dataset()), with_hub(charter=False).records())
    with pytest.raises(ValueError, match="there already"):
        apply(citess.diff(Dataset(), Dataset(BASE.sources.values())), BASE.sources.values())
    newer = Dataset(BASE.records(), extra={"a": 1})
    with pytest.raises(ValueError, match="newer format"):
        apply(citess.diff(newer, BASE), BASE)
    written = BASE.correct(HUB, on="2026-01-02")
    present = Dataset(written.records())
    with pytest.raises(ValueError, match="past versions"):
        apply(citess.diff(written, present), present)
