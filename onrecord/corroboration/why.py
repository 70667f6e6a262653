"""Why a claim or an event has so many independent origins: what is explained, as data and as text.

Nothing here says that a thing is so: it says who says it, where, and why two of them are not two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.corroboration.compare import compare
from onrecord.corroboration.origins import Origin, independent_origins
from onrecord.corroboration.voices import Voice
from onrecord.errors import NotFound
from onrecord.model import Span
from onrecord.resolution.tables import Tables

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document, and which document it is. `span` is null where they cannot be found."""

    document: str
    path: str
    publisher: str | None
    published: str | None
    words: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim (or act told without one): its words, its chain, and why it is of its origin.

    `chain` names its sources, the innermost first. `reason` is None for the first of an origin.
    `changed` are (earlier words, later words) where a copy differs from what it was made from.
    """

    key: str
    passage: Passage
    chain: tuple[str, ...]
    reason: str | None = None
    changed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ExplainedOrigin:
    """One origin with everything that goes back to it, the earliest first."""

    id: str
    source: str
    affirms: bool
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why `subject` (a claim or an event) has this number of independent origins.

    `claim` is the claim asked about, None for an event. `origin` is the id of its origin, None
    where it tells of no act, so that nothing can be counted. `types`, `dates` and `places` are what
    the acts of the event give.
    """

    subject: str
    claim: Telling | None
    event: str | None
    origin: str | None
    independent: int
    origins: tuple[ExplainedOrigin, ...]
    types: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def explain(tables: Tables, origins: Sequence[Origin], subject: str) -> Explanation:
    """Explain a claim or an event of a case; `origins` are those of all events.

    `subject` is the key or id of a claim, an act or an event, or the beginning of an id. Raises
    `NotFound` where nothing answers to it, or more than one thing does.
    """
    key = _resolve(tables, origins, subject)
    index = _Index(tables)
    mine = next((o for o in origins if key in o.members or key in o.acts), None)
    event = key if any(o.event == key for o in origins) else mine.event if mine else None
    if mine is None and event is None:
        mine = index.by_speaker(key, origins)
        event = mine.event if mine else None
    of_event = [o for o in origins if o.event == event]
    of_event.sort(key=lambda o: o is not mine)
    return Explanation(
        subject=key,
        claim=index.telling(key) if key in index.claims else None,
        event=event,
        origin=mine.id if mine else None,
        independent=independent_origins(of_event),
        origins=tuple(index.origin(o) for o in of_event),
        **index.given({act for origin in of_event for act in origin.acts}),
    )


def as_markdown(explained: Explanation, title: str) -> str:
    """The explanation as a page of Markdown."""
    return "\n".join(_lines(explained, title)) + "\n"


def _resolve(tables: Tables, origins: Sequence[Origin], subject: str) -> str:
    events = dict.fromkeys(origin.event for origin in origins)
    keys = [*events, *tables.claims["key"].to_pylist(), *tables.acts["key"].to_pylist()]
    for matches in (
        [key for key in keys if subject in (key, key.rpartition("|")[2])],
        [key for key in keys if subject and key.rpartition("|")[2].startswith(subject)],
    ):
        if len(matches) == 1:
            return str(matches[0])
        if matches:
            raise NotFound(
                f"{subject} is the beginning of {len(matches)} ids",
                todo=f"give more of it: {', '.join(matches[:3])}",
            )
    raise NotFound(
        f"no claim, act or event is called {subject}",
        todo="give the id of one, as `onrecord events` or `onrecord show DOCUMENT` prints it",
    )


class _Index:
    """The rows that an explanation needs, by their keys."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.claims = {key: row for row, key in enumerate(tables.claims["key"].to_pylist())}
        self._acts = {key: row for row, key in enumerate(tables.acts["key"].to_pylist())}
        self._documents = {key: row for row, key in enumerate(tables.documents["key"].to_pylist())}

    def given(self, acts: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The kinds, dates and places that some acts give."""
        known = sorted(self._acts[act] for act in acts if act in self._acts)
        rows = pa.array(known, pa.int64())
        table = self._tables.acts.select(("type", "date", "place_name")).take(rows)
        return {
            name: tuple(sorted({value for value in table[column].to_pylist() if value}))
            for name, column in (("types", "type"), ("dates", "date"), ("places", "place_name"))
        }

    def by_speaker(self, key: str, origins: Sequence[Origin]) -> Origin | None:
        """The origin of what the same speaker says of an act in the same document, if it is one."""
        claim = self._claim(key)
        if claim["speaker"] is None:
            return None
        claims = self._tables.claims
        same = pc.and_(
            pc.equal(claims["document"], claim["document"]),
            pc.equal(claims["speaker"], claim["speaker"]),
        )
        keys = set(claims.filter(same)["key"].to_pylist())
        found = [o for o in origins if keys & set(o.members)]
        return found[0] if len(found) == 1 else None

    def origin(self, origin: Origin) -> ExplainedOrigin:
        """One origin, each of its voices with its reason."""
        reasons = {reason.member: reason for reason in origin.reasons}
        tellings = []
        for voice in origin.voices:
            reason = reasons.get(voice.key)
            changed = self._changed(voice, origin) if reason and reason.rule == "copied" else ()
            tellings.append(self.telling(voice.key, reason.sentence if reason else None, changed))
        return ExplainedOrigin(origin.id, origin.source, origin.affirms, tuple(tellings))

    def telling(
        self, key: str, reason: str | None = None, changed: tuple[tuple[str, str], ...] = ()
    ) -> Telling:
        """A claim or act with its passage and its chain."""
        claim = self._claim(key) if key in self.claims else None
        row = claim or self._tables.acts.slice(self._acts[key], 1).to_pylist()[0]
        document = self._document(row["document"])
        publisher = document["publisher"]
        chain = list(_chain(claim)) if claim else [f"{publisher or 'the document'}, unattributed"]
        passage = Passage(
            document=row["document"],
            path=document["path"] or row["document"],
            publisher=publisher,
            published=document["published"],
            words=row["text"],
            span=place_of(row["text"], document["text"]),
        )
        return Telling(key, passage, tuple(chain), reason, changed)

    def _changed(self, voice: Voice, origin: Origin) -> tuple[tuple[str, str], ...]:
        reason = next(r for r in origin.reasons if r.member == voice.key)
        texts = [self._row_text(reason.of), self._row_text(voice.key)]
        changes = compare(*texts).changes
        return tuple(
            tuple(
                text[slice(*span)] if span else "" for text, span in zip(texts, spans, strict=True)
            )  # type: ignore[misc]
            for spans in ((change.earlier, change.later) for change in changes)
        )

    def _row_text(self, key: str) -> str:
        if key in self.claims:
            return str(self._claim(key)["text"])
        return str(self._tables.acts["text"][self._acts[key]].as_py())

    def _claim(self, key: str) -> Row:
        row: Row = self._tables.claims.slice(self.claims[key], 1).to_pylist()[0]
        return row

    def _document(self, key: str) -> Row:
        row: Row = self._tables.documents.slice(self._documents[key], 1).to_pylist()[0]
        return row


def place_of(words: str, text: str) -> Span | None:
    """Where words of a claim stand; they may stand apart, with its cue or source between them."""
    start = text.find(words)
    if start >= 0:
        return start, start + len(words)
    parts = [re.escape(part) for part in words.split()]
    found = re.search(r"\s+(?:[^\n]{0,200}?\s)??".join(parts), text) if len(parts) < 100 else None
    return found.span() if found else None


def _chain(claim: Row) -> Iterator[str]:
    for cited in claim["cited"] or ():
        if cited["words"]:
            yield str(cited["words"])
    for name in ("speaker_words", "channel", "publisher"):
        if claim[name]:
            yield str(claim[name])


def _lines(explained: Explanation, title: str) -> Iterator[str]:
    yield f"# Why: {title}"
    if explained.claim:
        yield ""
        yield f"“{_one_line(explained.claim.passage.words)}”"
        yield ""
        yield f"Said by: {' < '.join(explained.claim.chain) or 'nobody who is named'}."
        yield f"Stands in: {_where(explained.claim.passage)}."
    yield ""
    if explained.event is None:
        yield "It tells of no act, so no origins can be counted for it."
        return
    count = explained.independent
    yield f"**{count} independent origin{'' if count == 1 else 's'}** for {explained.event}."
    for number, origin in enumerate(explained.origins, 1):
        yield ""
        own = " (the origin of this claim)" if origin.id == explained.origin else ""
        denies = "" if origin.affirms else ", which denies it and is not counted"
        yield f"## {number}. {_one_line(origin.source)}{denies}{own}"
        yield ""
        for telling in origin.tellings:
            yield from _told(telling)


def _told(telling: Telling) -> Iterator[str]:
    yield f"- “{_one_line(telling.passage.words)}” ({_where(telling.passage)})"
    yield f"  - Said by: {' < '.join(telling.chain) or 'nobody who is named'}."
    if telling.reason:
        yield f"  - Not independent: {telling.reason}"
    if telling.changed:
        parts = (f"“{one}” to “{other}”" for one, other in telling.changed[:_CHANGES_SHOWN])
        yield f"  - Changed in the copy: {'; '.join(parts)}."


_CHANGES_SHOWN = 4


def _where(passage: Passage) -> str:
    span = f", characters {passage.span[0]} to {passage.span[1]}" if passage.span else ""
    parts = [passage.publisher, passage.published, passage.path + span]
    return ", ".join(part for part in parts if part)


def _one_line(words: str) -> str:
    return " ".join(words.split())
