"""One claim as it is decided on: its words in context, on whose word, what was coded from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.case import Case, ReviewDecision
from onrecord.case.reviewing import said
from onrecord.errors import NotFound
from onrecord.model import Act, Claim, Record, Span, Victim
from onrecord.products.attribution import chain
from onrecord.products.index import Index, Sheet, last_part
from onrecord.products.page import Step

AROUND = 400
"""Characters of the text shown before and after a claim."""
MOST_NAMED = 300
"""Entities of a document that a speaker may be chosen from."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words with one set of marks: `claim`, `hedge`, `cue`, `name`, `count`, `source`."""

    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody an act is said to have been done to: the words, and how many they say."""

    entity: str
    words: str
    number: str | None
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Involved:
    """Somebody an act is laid to: the words, and how they are said to be involved."""

    entity: str
    words: str
    involvement: str


@dataclass(frozen=True, slots=True)
class ActShown:
    """An act coded from the claim; `seen` is the newest decision on the act itself, if known.

    `place` is the name of the entity `at`; `place_words` and `date_words` are those cited.
    """

    key: str
    type: str
    words: str
    modality: str
    polarity: str
    confidence: float | None
    perpetrators: tuple[Involved, ...]
    victims: tuple[Counted, ...]
    place: str | None
    at: str | None
    place_words: str | None
    date: str | None
    date_words: str | None
    corrected: tuple[str, ...]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody or something of the document that may be chosen: its id and its name."""

    id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class DecidedOn:
    """What somebody decided of the claim or of an act of it."""

    entry: int
    by: str
    at: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim with all that a decision on it needs.

    `resting` are the words of demands and of claims that are told within it; `seen` is the newest
    decision on it, to be sent back with the next. Where it was rejected it is shown as extracted.
    """

    key: str
    id: str
    document: str
    title: str
    path: str
    publisher: str | None
    published: str | None
    language: str | None
    kind: str
    quote: str
    modality: str
    polarity: str
    confidence: float | None
    state: str | None
    start: int
    end: int
    words: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    steps: tuple[Step, ...]
    hedges: tuple[str, ...]
    acts: tuple[ActShown, ...]
    resting: tuple[str, ...]
    speaker: str | None
    entities: tuple[Choice, ...]
    decided: tuple[DecidedOn, ...]
    seen: int


def shown(case: Case, key: str) -> ClaimShown:
    """A claim by its key `DOCUMENT|ID`. Raises `NotFound`."""
    document, _, local = key.rpartition("|")
    record = case.record(document)
    told = case.reviews_of(f"{record.document.id}|{local}")
    state = next((each.what for each in reversed(told) if each.kind == "review"), None)
    claim = _claim(record, local)
    if claim is None:
        record = case.extracted(document, corrected=True)
        claim = _claim(record, local)
    if claim is None:
        raise NotFound(
            f"the document has no claim {local}",
            why="it was read anew since, or what put it there was taken back",
            todo="go on with the next",
        )
    index = Index([record])
    return _made(index, record, claim, told, state)


def _claim(record: Record, local: str) -> Claim | None:
    return next((claim for claim in record.claims if claim.id == local), None)


def _made(
    index: Index, record: Record, claim: Claim, told: Sequence[ReviewDecision], state: str | None
) -> ClaimShown:
    sheet, about = index.of_document[record.document.id], record.document
    acts = sheet.acts_of.get(claim.id, ())
    return ClaimShown(
        key=f"{about.id}|{claim.id}",
        id=claim.id,
        document=about.id,
        title=about.title or last_part(about.path),
        path=about.path,
        publisher=about.publisher,
        published=about.published,
        language=about.language,
        kind=claim.kind,
        quote=claim.quote,
        modality=claim.modality,
        polarity=claim.polarity,
        confidence=claim.confidence,
        state=state,
        start=claim.content[0][0],
        end=claim.content[-1][1],
        words=tuple(words(record, span) for span in claim.content),
        stretches=tuple(stretches(record, claim, acts)),
        steps=chain(index, record, claim),
        hedges=tuple(words(record, span) for span in claim.hedges),
        acts=tuple(act_shown(sheet, act, told) for act in acts),
        resting=tuple(_resting(record, claim)),
        speaker=next((k.entity for k in claim.attribution if k.level == "speaker"), None),
        entities=choices(record),
        decided=tuple(DecidedOn(d.seq, d.actor, d.at, said(d), d.why) for d in told),
        seen=max((d.seq for d in told), default=0),
    )


def words(record: Record, span: Span) -> str:
    """The words at a span, on one line."""
    return " ".join(record.text[slice(*span)].split())


def act_shown(sheet: Sheet, act: Act, told: Sequence[ReviewDecision] | None = None) -> ActShown:
    """An act as it is shown beside its claim; `told` is what was decided of either, if known."""
    record, key = sheet.record, f"{sheet.record.document.id}|{act.id}"
    place = sheet.entities.get(act.place or "")
    corrected = [*act.corrected, *("count" for v in act.victims if v.corrected)]
    return ActShown(
        key=key,
        type=act.type,
        words=words(record, act.span),
        modality=act.modality,
        polarity=act.polarity,
        confidence=act.confidence,
        perpetrators=tuple(
            Involved(part.entity, words(record, part.span), part.involvement)
            for part in act.perpetrators
        ),
        victims=tuple(_counted(record, victim) for victim in act.victims),
        place=place.name if place else None,
        at=act.place,
        place_words=_cited(record, act, "place"),
        date=act.date,
        date_words=_cited(record, act, "date"),
        corrected=tuple(dict.fromkeys(corrected)),
        seen=None if told is None else max((d.seq for d in told if d.subject == key), default=0),
    )


def _cited(record: Record, act: Act, name: str) -> str | None:
    spans = act.cites.get(name)
    return " … ".join(words(record, span) for span in spans) if spans else None


def _counted(record: Record, victim: Victim) -> Counted:
    count = victim.count
    said_as = words(record, count.span) if count else None
    bounds = (count.min, count.max) if count else (None, None)
    return Counted(victim.entity, words(record, victim.span), said_as, *bounds)


def choices(record: Record) -> tuple[Choice, ...]:
    """Whom a speaker may be chosen from: people and bodies first, by name."""
    known = [e for e in record.entities if not e.candidates][:MOST_NAMED]
    ordered = sorted(known, key=lambda e: (e.type == "Place", e.name.casefold(), e.id))
    return tuple(Choice(entity.id, entity.name, entity.type) for entity in ordered)


def _resting(record: Record, claim: Claim) -> Iterator[str]:
    """What is told within the claim, and what is demanded by it."""
    for inner in record.claims:
        if inner.parent == claim.id:
            yield " … ".join(words(record, span) for span in inner.content)
    for demand in record.demands:
        if demand.claim == claim.id:
            yield words(record, demand.action)


def stretches(record: Record, claim: Claim, acts: Iterable[Act]) -> Iterator[Stretch]:
    """The claim's words with what stands around them, cut wherever a mark begins or ends."""
    first, last = claim.content[0][0], claim.content[-1][1]
    cited = [link.span for link in claim.attribution if link.span and link.level != "publisher"]
    near = [span for span in (*cited, *([claim.cue] if claim.cue else ())) if _near(span, claim)]
    first = min([first, *(start for start, _ in near)])
    last = max([last, *(end for _, end in near)])
    left, right = _window(record.text, first, last)
    marks = [(span, "claim") for span in claim.content]
    marks += [(span, "hedge") for span in claim.hedges]
    marks += [(span, "name") for span in cited]
    marks += [(claim.cue, "cue")] if claim.cue else []
    counts = (victim.count for act in acts for victim in act.victims)
    marks += [(count.span, "count") for count in counts if count]
    edges = {left, right, *(edge for span, _ in marks for edge in span if left < edge < right)}
    for start, end in pairwise(sorted(edges)):
        held = [name for span, name in marks if span[0] <= start and end <= span[1]]
        yield Stretch(record.text[start:end], tuple(dict.fromkeys(held)))


def _near(span: Span, claim: Claim) -> bool:
    """Whether words stand close enough to a claim to be shown with it."""
    return (
        claim.content[0][0] - 3 * AROUND < span[0] and span[1] < claim.content[-1][1] + 3 * AROUND
    )


def _window(text: str, first: int, last: int) -> Span:
    """Where to begin and to end, at blanks."""
    left, right = max(0, first - AROUND), min(len(text), last + AROUND)
    left = text.find(" ", left, first) + 1 or left if left else 0
    right = max(text.rfind(" ", last, right), last) if right < len(text) else right
    return left, right
