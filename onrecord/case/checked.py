"""A document, and a claim or an act of it, as a decision on them is checked against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from onrecord.errors import NotDecided, NotFound
from onrecord.model import Span
from onrecord.store import overlay, reader, reviews
from onrecord.store.changing import Body
from onrecord.store.tables import ACTS, CLAIMS, REVIEWS

SHOWN = 80
"""Characters of a claim's words that the log says beside its id."""


def places_of(text: str, words: str, *, any_case: bool = False) -> Iterator[Span]:
    """Where words stand in a text, in order; blanks count alike. Nowhere where there are none."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    if pattern:
        flags = re.IGNORECASE if any_case else re.NOFLAG
        yield from (match.span() for match in re.finditer(pattern, text, flags))


@dataclass(frozen=True, slots=True)
class Read:
    """A document as a decision on it is checked against: with what was rejected still in it."""

    id: str
    body: Body
    text: str

    def item(self, local: str) -> tuple[str, Body] | None:
        """A claim or an act, and which of the two it is."""
        for kind, name in (("claim", "claims"), ("act", "acts")):
            for row in self.body[name]:
                if row["id"] == local:
                    return kind, row
        return None

    def words(self, spans: Sequence[Sequence[int]], most: int = SHOWN) -> str:
        """The words at some spans on one line, cut where they are many."""
        told = " … ".join(" ".join(self.text[s:e].split()) for s, e in spans)
        return told if len(told) <= most else f"{told[: most - 2]} …"

    def entity(self, name: str) -> str:
        """The id of an entity, for its id or a name that only one has. Raises `NotFound`."""
        rows = self.body["entities"]
        found = [e["id"] for e in rows if e["id"] == name]
        found = found or [e["id"] for e in rows if e["name"].casefold() == name.casefold()]
        if len(found) == 1:
            return str(found[0])
        raise NotFound(
            f"{len(found) or 'no'} entities of the document are named {name}",
            why=", ".join(found) or "an entity is named by its id or by its name there",
            todo="mark the name first, or give the entity's id",
        )

    def place_of(self, words: str, near: Sequence[Sequence[int]]) -> list[int]:
        """Where words stand, at the place nearest to others; blanks count alike.

        Raises `NotDecided`.
        """
        first, last = near[0][0], near[-1][1]
        away = [
            (max(first - end, start - last, 0), start, end)
            for start, end in places_of(self.text, words)
        ]
        if not away:
            raise NotDecided(
                "these words are not in the document",
                why=f"“{words}” stands nowhere in its text",
                todo="copy the words from the document, letter for letter",
            )
        return list(min(away)[1:])

    def of(self, kind: str, name: str) -> Body:
        """A claim or an act by its id. Raises `NotFound`."""
        found = self.item(name.rpartition("|")[2])
        if found is None or found[0] != kind:
            raise NotFound(f"the document has no {kind} {name}", todo="look at the document again")
        return found[1]

    def span(self, given: Sequence[int]) -> list[int]:
        """A span that lies in the text, blanks at its ends left out. Raises `NotDecided`."""
        start, end = given
        if not 0 <= start < end <= len(self.text):
            raise NotDecided(
                "these are no words of the document",
                why=f"{start} to {end} is not within its {len(self.text)} characters",
                todo="select the words again",
            )
        words = self.text[start:end]
        if not words.strip():
            raise NotDecided("no words are selected", why="there are blanks only")
        left, right = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
        return [start + left, end - right]


def read(connection: Connection, document: str) -> Read:
    """A document with what was added to it and corrected. Raises `NotFound`."""
    found = reviews.extracted(connection, document)
    if found is None:
        raise NotFound(f"{document} has no record", todo="run `onrecord add` to have it extracted")
    decided = replace(reviews.decided(connection, document), reviews=())
    return Read(document, overlay.overlay(*found, decided), found[1])


def subject(connection: Connection, name: str) -> tuple[str, str]:
    """Document and id of a claim or act, for `DOCUMENT|ID`, an id, or how it begins.

    Raises `NotFound`.
    """
    before, bar, local = name.rpartition("|")
    if bar:
        return reader.resolve(connection, before), local
    found = {
        (row.document_id, row.id)
        for table in (CLAIMS, ACTS)
        for row in connection.execute(
            select(table.c.document_id, table.c.id).where(
                table.c.id.startswith(name, autoescape=True)
            )
        )
    }
    rejected = select(REVIEWS.c.subject).where(REVIEWS.c.subject.contains(name, autoescape=True))
    for key in connection.execute(rejected).scalars():
        document, _, local = key.rpartition("|")
        if local.startswith(name):
            found.add((document, local))
    if len(found) == 1:
        return found.pop()
    raise NotFound(
        f"{len(found) or 'no'} claims or acts are named {name}",
        why="a claim or an act is named by DOCUMENT|ID, or by its id where one document has it",
        todo="`onrecord claims` lists those that are open",
    )


def nearest(
    told: Read, entity: str, content: Sequence[Sequence[int]], *, outside: bool = False
) -> list[int]:
    """The words for an entity that stand within some words, or else next to them.

    With `outside`, those within them come last: who says something is seldom named in it.
    """
    row = next(row for row in told.body["entities"] if row["id"] == entity)
    first, last = content[0][0], content[-1][1]

    spans = [*row["mentions"], *row.get("references", ())]
    away = [(max(first - end, start - last, 0), start, end) for start, end in spans]
    return list(min((outside and not far, far, start, end) for far, start, end in away)[2:])


def look_up(connection: Connection, name: str) -> tuple[Read, str, Body]:
    """The document of a claim or an act, which of the two it is, and it. Raises `NotFound`."""
    document, local = subject(connection, name)
    told = read(connection, document)
    found = told.item(local)
    if found is None:
        raise NotFound(f"{name} is no claim or act of that document", todo="look at it again")
    return told, *found


def one_of(what: str, value: object, known: Sequence[str]) -> None:
    """Raise `NotDecided` for a value that is none of those known."""
    if value not in known:
        raise NotDecided(f"there is no {what} {value!r}", todo=f"one of {', '.join(known)}")


def spans_of(kind: str, item: Body) -> Sequence[Sequence[int]]:
    """Where the words of a claim or an act stand."""
    return [item["span"]] if kind == "act" else list(item["content"])
