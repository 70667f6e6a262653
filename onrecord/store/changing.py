"""A record that decisions are laid over: a copy, what stands in it, and the marks left on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.model import Span

Body = dict[str, Any]
Row = Mapping[str, Any]


@dataclass(slots=True)
class Over:
    """A record that is being changed, a copy of our own."""

    body: Body
    text: str
    lost: list[int] = field(default_factory=list)

    def note(self, row: Row, done: bool) -> None:
        """Remember a decision as lost where it could not be done."""
        if not done:
            self.lost.append(row["seq"])

    def item(self, subject: str) -> Body | None:
        """The claim or act of a subject `DOCUMENT|ID`."""
        local = subject.rpartition("|")[2]
        return self.claim(local) or self.act(local)

    def entity(self, local: str | None) -> Body | None:
        """The entity of an id."""
        return named(self.body["entities"], local)

    def claim(self, local: str | None) -> Body | None:
        """The claim of an id."""
        return named(self.body["claims"], local)

    def act(self, local: str | None) -> Body | None:
        """The act of an id."""
        return named(self.body["acts"], local)

    def holds(self, spans: Iterable[Sequence[int]]) -> bool:
        """Whether there are spans and each is one of the text."""
        found = list(spans)
        return bool(found) and all(0 <= s < e <= len(self.text) for s, e in found)

    def words(self, span: Sequence[int]) -> str:
        """The words at a span."""
        return self.text[span[0] : span[1]]


def named(rows: Iterable[Body], local: str | None) -> Body | None:
    """The first of some rows that has an id."""
    return next((row for row in rows if row["id"] == local), None)


def mark(row: Row, **told: Any) -> Body:
    """Who decided it, when, and in which entry of the log."""
    return told | {"by": row["actor"], "at": row["at"], "entry": row["seq"]}


def note_correction(item: Body, name: str, was: Any, row: Row) -> None:
    """Put down what a field was; the first extraction's value stays where two corrections meet."""
    marks = item.setdefault("corrected", {})
    marks[name] = mark(row, was=marks[name]["was"] if name in marks else was)


def pair(span: Sequence[int]) -> Span:
    """A span as the model has it."""
    return (span[0], span[1])
