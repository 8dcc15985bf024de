"""Next steps that the data themselves suggest."""

from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from citess.model import Evidence, TextStatus, rivals
from citess.report._law import laws_of_hubs
from citess.report._words import Words

STEPS = 3


def next_steps(words: Words, day: str | None) -> tuple[str, ...]:
    """First steps to take: one of each sort before a second of any."""
    sorts = (
        _offers(words),
        _rivals(words),
        _decrees(words, day),
        _sectors(words),
        _forms(words),
        _sources(words),
    )
    found = (step for step in chain.from_iterable(zip_longest(*sorts)) if step is not None)
    steps = tuple(islice(found, STEPS))
    return steps or (words.say("next.done"),)


def _offers(words: Words) -> Iterator[str]:
    offering = {offer.hub for offer in words.data.service_offers.values()}
    for hub in words.data.hubs.values():
        if hub.id not in offering:
            yield words.say("next.offers", hub=hub.name.get(words.language))


def _rivals(words: Words) -> Iterator[str]:
    for question, group in rivals(words.data.observations.values()).items():
        yield words.say(
            "next.rival",
            figure=words.indicator(question.indicator),
            about=words.name(question.subject),
            values=", ".join(dict.fromkeys(words.figure(figure) for figure in group)),
        )


def _decrees(words: Words, day: str | None) -> Iterator[str]:
    laws = {law.id for law in laws_of_hubs(words.data)}
    for text in words.data.implementing_texts.values():
        status = None if day is None else text.status(day)
        if text.framework in laws and status is not TextStatus.ISSUED:
            subject = text.subject.get(words.language)
            yield words.say("next.decree", text=subject, status=words.term(status))


def _sectors(words: Words) -> Iterator[str]:
    for partner in words.data.partners.values():
        if partner.sector is None:
            yield words.say("next.sector", partner=partner.name.get(words.language))


def _forms(words: Words) -> Iterator[str]:
    for agreement in words.data.partnerships.values():
        if agreement.form is None:
            name = words.name(f"partnership:{agreement.id}")
            yield words.say("next.form", agreement=name)


def _sources(words: Words) -> Iterator[str]:
    for hub in words.data.hubs.values():
        if not hub.sources and hub.evidence is not Evidence.SYNTHETIC:
            yield words.say("next.source", record=hub.name.get(words.language))
