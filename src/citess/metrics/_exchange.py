"""Tallies as hubs exchange them: versioned, without persons, small cells withheld."""

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from attrs import frozen

from citess.metrics._arrival import FORMAT, VERSION, arrived, fingerprint, words_of
from citess.metrics._changed import ENTITIES, VALUES
from citess.metrics._counted import KNOWN, SUM
from citess.metrics._facts import Fact, Number
from citess.metrics._merging import Bounds, Group, bounds_of
from citess.metrics._tally import Tally
from citess.model.pseudonyms import PSEUDONYM

_TOTALS: Final = {**dict.fromkeys(VALUES, ENTITIES), SUM: KNOWN}
"""Facts that are sums, and the fact that says over how many."""


@frozen(kw_only=True)
class _Terms:
    """On what terms a tally leaves."""

    threshold: int
    small_cells: bool
    key: bytes | None


def written(
    tally: Tally, *, hubs: Iterable[str], threshold: int, small_cells: bool, key: bytes | None
) -> str:
    """Write a tally as a document of the exchange format."""
    covered = sorted({*hubs, *tally.hubs})
    if not covered:
        msg = "nothing tells which hubs the tally covers: name them, as to_json(hubs=['mahdia'])"
        raise ValueError(msg)
    terms = _Terms(threshold=threshold, small_cells=small_cells, key=key)
    document = {
        "format": FORMAT,
        "version": VERSION,
        "reads": tally.reads,
        "by": list(tally.by),
        "on": tally.on,
        "period": tally.period,
        "where": {name: sorted(allowed) for name, allowed in sorted(tally.where.items())},
        "universe": {"hubs": covered, "on": tally.on, "period": tally.period},
        "threshold": threshold,
        "small_cells": "agreed" if small_cells else "withheld",
        "key": None if key is None else fingerprint(key),
        "cells": list(_cells(tally, terms)),
        "frame": [
            {"group": list(group), "facts": sorted(map(list, facts))}
            for group, facts in sorted(tally.frame.items())
        ],
        "sources": sorted(tally.sources),
        "uncertain": tally.uncertain,
    }
    for words in words_of(document):
        if PSEUDONYM.fullmatch(words):
            msg = "the tally names persons by their pseudonyms: it does not leave the hub"
            raise ValueError(msg)
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _hashed(ids: Iterable[str], key: bytes) -> list[str]:
    digests = (hmac.new(key, one.encode(), hashlib.sha256).hexdigest() for one in ids)
    return sorted(f"k-{digest[:32]}" for digest in digests)


def _cells(tally: Tally, terms: _Terms) -> Iterator[dict[str, object]]:
    kept = {} if terms.small_cells else _small(tally, terms.threshold)
    for group in sorted({*tally.groups, *tally.ids, *tally.bounded, *tally.withheld}):
        places = (tally.groups, tally.ids, tally.bounded)
        facts = {fact for place in places for fact in place.get(group, {})}
        for fact in sorted(facts | tally.withheld.get(group, frozenset())):
            cell: dict[str, object] = {"group": list(group), "fact": list(fact)}
            if fact in tally.withheld.get(group, ()):
                yield cell | {"withheld": True}
            elif (group, fact) in kept:
                yield cell | _bounds(kept[group, fact])
            else:
                yield cell | _value(tally, group, fact, terms.key)


def _value(tally: Tally, group: Group, fact: Fact, key: bytes | None) -> dict[str, object]:
    ids = tally.ids.get(group, {}).get(fact)
    found = bounds_of(tally, group, fact)
    if ids is not None and key is not None:
        return {"ids": _hashed(ids, key)}
    if found.low != found.high:
        return _bounds(found)
    return {"distinct" if found.distinct else "n": found.low}


def _bounds(found: Bounds | None) -> dict[str, object]:
    if found is None:
        return {"withheld": True}
    both: dict[str, object] = {"low": found.low, "high": found.high}
    return both | {"distinct": True} if found.distinct else both


def _small(tally: Tally, threshold: int) -> dict[tuple[Group, Fact], Bounds | None]:
    """What is kept back of each cell that is too small, or that would tell one that is."""
    cells: defaultdict[Fact, dict[Group, Bounds]] = defaultdict(dict)
    for place in (tally.groups, tally.ids, tally.bounded):
        for group, facts in place.items():
            for fact in facts:
                cells[fact][group] = bounds_of(tally, group, fact)
    kept: dict[tuple[Group, Fact], Bounds | None] = {}
    for fact, by_group in cells.items():
        if _counter(fact) is None:
            kept |= {(group, fact): found for group, found in _kept(by_group, threshold).items()}
    for fact, by_group in cells.items():
        counter = _counter(fact)
        for group in by_group if counter is not None else ():
            few = by_group and bounds_of(tally, group, cast("Fact", counter)).high < threshold
            if few or (group, counter) in kept:
                kept[group, fact] = None
    return kept


def _counter(fact: Fact) -> Fact | None:
    """Fact that says over how many a fact sums, where it is a sum; the label may stand before."""
    for place, word in enumerate(fact[:2]):
        if word in _TOTALS:
            return (*fact[:place], _TOTALS[word], *fact[place + 1 :])
    return None


def _kept(by_group: Mapping[Group, Bounds], threshold: int) -> dict[Group, Bounds]:
    """Bounds in place of small numbers, and of a second where one alone could be told."""
    whole = by_group.get(())
    groups = {group: one for group, one in by_group.items() if group}
    small = {group for group, one in groups.items() if 0 < one.high < threshold}
    if whole is not None and 0 < whole.high < threshold:
        found = dict.fromkeys(small, threshold - 1) | {(): threshold - 1}
        return {group: Bounds(1, high, by_group[group].distinct) for group, high in found.items()}
    if len(small) == 1 and len(groups) > 1:
        rest = sorted((one.high, group) for group, one in groups.items() if group not in small)
        small.add(next((group for number, group in rest if number), rest[0][1]))
    if small and len(groups) == 1 and whole is not None:
        return {group: Bounds(1, threshold - 1, groups[group].distinct) for group in small}
    shown = sum(one.high for group, one in groups.items() if group not in small)
    most = threshold - 1 if whole is None else max(whole.high - shown - len(small) + 1, 1)
    return {
        group: Bounds(1, max(most, groups[group].high), groups[group].distinct) for group in small
    }


def read(text: str | bytes, *, small_cells: bool, key: bytes | None) -> Tally:
    """Read a document of the exchange format."""
    return _tally(arrived(text, small_cells=small_cells, key=key))


def _tally(document: Mapping[str, Any]) -> Tally:
    groups: dict[Group, dict[Fact, Number]] = {(): {}}
    ids: dict[Group, dict[Fact, frozenset[str]]] = {}
    bounded: dict[Group, dict[Fact, Bounds]] = {}
    withheld: dict[Group, frozenset[Fact]] = {}
    for cell in document["cells"]:
        group, fact = tuple(cell["group"]), tuple(cell["fact"])
        if "withheld" in cell:
            withheld[group] = withheld.get(group, frozenset()) | {fact}
        elif "ids" in cell:
            ids.setdefault(group, {})[fact] = frozenset(cell["ids"])
        elif "n" in cell:
            groups.setdefault(group, {})[fact] = cell["n"]
        else:
            low, high = (cell.get(end, cell.get("distinct")) for end in ("low", "high"))
            distinct = "distinct" in cell
            bounded.setdefault(group, {})[fact] = Bounds(low, high, distinct)
    hubs = frozenset(document["universe"]["hubs"])
    return Tally(
        reads=document["reads"],
        by=tuple(document["by"]),
        on=document["on"],
        period=document["period"],
        where={name: frozenset(allowed) for name, allowed in document["where"].items()},
        hubs=hubs,
        exchanged=hubs,
        groups=groups,
        ids=ids,
        personal=bool(ids),
        keyed=document["key"],
        bounded=bounded,
        withheld=withheld,
        frame={tuple(p["group"]): frozenset(map(tuple, p["facts"])) for p in document["frame"]},
        sources=frozenset(document["sources"]),
        uncertain=document["uncertain"],
    )
