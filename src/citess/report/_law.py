"""State of the law in the countries of the hubs."""

from citess.metrics import legal_pipeline
from citess.model import Dataset, LegalFramework
from citess.report._document import Section, Table
from citess.report._words import Words


def countries(data: Dataset) -> frozenset[str]:
    """Territories of the hubs and all that contain them."""
    found: set[str] = set()
    waiting = [place for hub in data.hubs.values() for place in hub.territories]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting += [parent.territory for parent in data.territories[place].parents]
    return frozenset(found)


def laws_of_hubs(data: Dataset) -> list[LegalFramework]:
    """Legal frameworks with implementing texts, or of the countries of the hubs."""
    places = countries(data)
    return [law for law in data.legal_frameworks.values() if law.country in places]


def law_section(words: Words, day: str | None) -> Section:
    """Each law, its age, how many of its texts are issued, and the last report on each."""
    laws = laws_of_hubs(words.data)
    if not laws:
        return Section(title=words.say("law"), paragraphs=(words.say("law.none"),))
    paragraphs: list[str] = []
    rows: list[tuple[str, ...]] = []
    for law in laws:
        name = words.name(f"legal_framework:{law.id}")
        status = words.term(law.status)
        paragraphs.append(words.say("law.state", law=name, status=status))
        texts = [t for t in words.data.implementing_texts.values() if t.framework == law.id]
        if texts:
            paragraphs.append(_progress(words, law, len(texts), day))
        for text in texts:
            last = text.history[-1] if text.history else None
            reported = (
                words.say("not-known")
                if last is None
                else f"{words.term(last.status)}, {words.date(last.since)}"
            )
            rows.append((text.subject.get(words.language), reported))
    columns = (words.say("column.text"), words.say("column.last"))
    return Section(
        title=words.say("law"),
        paragraphs=tuple(paragraphs),
        table=Table(columns=columns, rows=tuple(rows)) if rows else None,
    )


def _progress(words: Words, law: LegalFramework, n: int, day: str | None) -> str:
    measure = legal_pipeline(words.data, on=day, country=law.country)
    if measure.value is None:
        return words.say("law.silent", n=n)
    days = measure.parts["days"]
    return words.say(
        "law.days",
        days=words.say("not-known") if days is None else days,
        issued=measure.numerator,
        known=measure.denominator,
        unknown=measure.missing,
    )
