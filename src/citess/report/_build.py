"""Building the report on the hubs of a dataset."""

from collections import Counter

from citess.errors import suggest
from citess.i18n import LANGUAGES
from citess.metrics import Measure, Undefined, catalogue, evaluate
from citess.metrics.laws import latest_evidence
from citess.model import Dataset, DateLike, Evidence, as_date, rivals
from citess.report._document import Document, Section, Table
from citess.report._law import law_section
from citess.report._offers import offers_section
from citess.report._steps import next_steps
from citess.report._words import Words


def hub_report(data: Dataset, language: str = "en", *, on: DateLike | None = None) -> Document:
    """Report on the hubs: who they are, what is known and not known, what to do next.

    Parameters
    ----------
    data
        Where the hubs are.
    language
        One of the languages of citess: en, fr, ar.
    on
        Day on which dated things hold; without it, the latest day that the data report on, which
        the report names.

    Raises
    ------
    ValueError
        When there is no report in the language.

    Examples
    --------
    >>> import citess
    >>> from citess.report import hub_report
    >>> report = hub_report(citess.datasets.tunisia(), "fr")
    >>> report.sections[0].title, len(report.sections[0].table.rows)
    ('Les pôles', 2)
    """
    if language not in LANGUAGES:
        near = suggest(language, LANGUAGES)
        hint = f"; did you mean {near!r}?" if near else ""
        msg = f"{language!r} is no language of the report; it speaks {', '.join(LANGUAGES)}{hint}"
        raise ValueError(msg)
    words = Words(data, language)
    day = latest_evidence(data) if on is None else as_date(on).isoformat()
    return Document(
        title=words.say("title"),
        language=language,
        sections=(
            _hubs(words, day, asked=on is not None),
            _partners(words),
            offers_section(words, day),
            _rivals(words),
            law_section(words, day),
            *_measures(words, day),
            Section(title=words.say("next"), items=next_steps(words, day)),
            _sources(words),
        ),
    )


def _hubs(words: Words, day: str | None, *, asked: bool) -> Section:
    rows = tuple(
        (
            hub.name.get(words.language),
            ", ".join(words.name(f"territory:{place}") for place in hub.territories),
            words.date(hub.created),
            words.term(hub.status),
            words.term(hub.evidence),
        )
        for hub in words.data.hubs.values()
    )
    when = (
        words.say("no-day") if day is None else words.say("day-asked" if asked else "day", day=day)
    )
    names = ("hub", "territory", "created", "status", "evidence")
    columns = tuple(words.say(f"column.{name}") for name in names)
    return Section(
        title=words.say("hubs"),
        paragraphs=(when,) if rows else (words.say("hubs.none"),),
        table=Table(columns=columns, rows=rows) if rows else None,
    )


def _partners(words: Words) -> Section:
    counts = Counter(partner.sector for partner in words.data.partners.values())
    unknown = counts.pop(None, 0)
    rows = [(words.term(sector), str(n)) for sector, n in counts.most_common()]
    rows += [(words.say("not-known"), str(unknown))] if unknown else []
    n = len(words.data.partners)
    columns = (words.say("column.sector"), words.say("column.partners"))
    return Section(
        title=words.say("partners"),
        paragraphs=(words.say("partners.count", n=n, unknown=unknown),),
        table=Table(columns=columns, rows=tuple(rows)) if rows else None,
    )


def _rivals(words: Words) -> Section:
    found = rivals(words.data.observations.values())
    if not found:
        return Section(title=words.say("rivals"), paragraphs=(words.say("rivals.none"),))
    rows = tuple(
        (
            words.indicator(question.indicator),
            words.name(question.subject),
            words.figure(figure),
            f"{words.term(figure.status)}, {words.date(figure.as_of)}",
            words.sources(figure.sources),
        )
        for question, group in found.items()
        for figure in group
    )
    names = ("figure", "about", "value", "claim", "source")
    columns = tuple(words.say(f"column.{name}") for name in names)
    return Section(
        title=words.say("rivals"),
        paragraphs=(words.say("rivals.intro", n=len(found)),),
        table=Table(columns=columns, rows=rows),
    )


def _measures(words: Words, day: str | None) -> tuple[Section, ...]:
    """Measures that the records give, and questions that they do not answer, with the reason."""
    found = evaluate(words.data, on=day).measures
    known = tuple(_row(words, one, one.text(words.language)) for one in found if one.reason is None)
    open_ = tuple(
        _row(words, one, _why(words, one, one.reason)) for one in found if one.reason is not None
    )
    first, reading, reason = (
        words.say(f"column.{name}") for name in ("measure", "reading", "reason")
    )
    return (
        Section(
            title=words.say("measures"),
            paragraphs=(words.say("measures.intro"),),
            table=Table(columns=(first, reading), rows=known) if known else None,
        ),
        Section(
            title=words.say("unmeasured"),
            paragraphs=(words.say("unmeasured.intro", n=len(open_)),),
            table=Table(columns=(first, reason), rows=open_) if open_ else None,
        ),
    )


def _why(words: Words, measure: Measure, reason: Undefined) -> str:
    """Reason of a measure; where nothing at all was counted, that nothing is recorded."""
    if reason is Undefined.ZERO_DENOMINATOR and not (measure.n or measure.missing):
        return words.say("unmeasured.nothing")
    return reason.label(words.language)


def _row(words: Words, measure: Measure, said: str) -> tuple[str, str]:
    return catalogue[measure.metric].question(words.language), said


def _sources(words: Words) -> Section:
    records = list(words.data.records())
    cited = {source for record in records for source in record.sources}
    sure = {Evidence.VERIFIED}
    doubtful = sum(record.evidence not in sure for record in records)
    text = words.say("sources.count", n=len(cited), doubtful=doubtful, records=len(records))
    return Section(title=words.say("sources"), paragraphs=(text,))
