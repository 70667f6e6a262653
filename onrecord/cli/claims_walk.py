"""Open claims one after the other in a terminal, one key a decision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.case import Case, OpenClaim
    from onrecord.model import Claim, Record, Span

_STATES = {"a": "accepted", "r": "rejected", "u": "undecided"}
_KEYS = "a accept   r reject   u undecided   c correct   z undo   n next   q quit"
_AROUND = 160


class Walk:
    """One review: what was decided, and which claims were left open."""

    def __init__(self, case: Case, order: Any, narrowed: dict[str, str], limit: int | None) -> None:
        self.case, self.order, self.narrowed, self.limit = case, order, narrowed, limit
        self.made: list[int] = []
        self.left, self.moved = 0, False

    def through(self, keys: Iterator[str]) -> None:
        """Show claim after claim until the keys or the claims end."""
        while self.limit is None or self.left + len(self.made) < self.limit:
            found = self.case.open_claims(self.left, 1, order=self.order, **self.narrowed)
            if not found:
                return
            _show(self.case, found[0])
            key = next((key for key in keys if key in "arucznq"), "q")
            if key == "q":
                return
            self.do(key, found[0].key, keys)

    def do(self, key: str, subject: str, keys: Iterator[str]) -> None:
        """What a key means."""
        if key == "n":
            self.left += 1
        elif key == "z":
            self.take_back()
        elif key == "c":
            self.correct(subject, keys)
        else:
            entry = self.case.review(subject, _STATES[key], why="in review")  # type: ignore[arg-type]
            self.note(entry.seq, moved=not entry.payload.get("aside"))
            click.echo(f"entry {entry.seq}: {_STATES[key]}\n")

    def note(self, entry: int, *, moved: bool) -> None:
        """Remember a decision of this review; `moved` where who is who has to be worked out."""
        self.made.append(entry)
        self.moved |= moved

    def take_back(self) -> None:
        """Take the last decision of this review back."""
        if not self.made:
            click.echo("nothing was decided in this review yet\n")
            return
        seq = self.made.pop()
        entry = self.case.undo(seq, why="in review")
        self.moved |= not entry.payload.get("aside")
        click.echo(f"entry {seq} is taken back\n")

    def correct(self, subject: str, keys: Iterator[str]) -> None:
        """Ask for a field and a value: a line of letters each, ended by the enter key."""
        field, value = (_line(f"{name}: ", keys) for name in ("field", "value"))
        try:
            entry = self.case.correct(subject, field, value, why="in review")
        except OnrecordError as error:
            click.echo(f"{error}\n")
            return
        self.note(entry.seq, moved=True)
        click.echo(f"entry {entry.seq}: {field} corrected to {value}\n")


def _line(asked: str, keys: Iterator[str]) -> str:
    """Letters up to the end of a line, shown as they are pressed."""
    click.echo(asked, nl=False)
    typed = ""
    for key in keys:
        if key in "\r\n":
            break
        typed = typed[:-1] if key in "\x7f\b" else typed + key
        click.echo(key, nl=False)
    click.echo()
    return typed.strip()


def _show(case: Case, open_claim: OpenClaim) -> None:
    from onrecord.products.attribution import chain, who
    from onrecord.products.index import Index

    record = case.record(open_claim.document)
    claim = _of(record, open_claim.id)
    index = Index([record])
    said = "" if claim.modality == "asserted" else f", {claim.modality}"
    said += ", negated" if claim.polarity == "negated" else ""
    click.echo(f"--- {claim.kind}{said}, {1 - open_claim.doubt:.0%} sure: {claim.id} ---")
    click.echo(f"  … {_in_context(record, claim)} …")
    click.echo(f"on the word of: {' < '.join(map(who, chain(index, record, claim)))}")
    for act in index.of_document[record.document.id].acts_of.get(claim.id, ()):
        by = _quoted(record, [part.span for part in act.perpetrators])
        done_to = _quoted(record, [part.span for part in act.victims])
        click.echo(f"coded as: {act.type}, laid to {by}, done to {done_to}  ({act.id})")
    click.echo(f"in: {record.document.path}\n{_KEYS}")


def _in_context(record: Record, claim: Claim) -> str:
    """The words of a claim underlined between those around it, on one line."""
    start, end = claim.content[0][0], claim.content[-1][1]
    left, right = max(0, start - _AROUND), min(len(record.text), end + _AROUND)
    left = record.text.find(" ", left, start) + 1 or left if left else 0
    right = max(record.text.rfind(" ", end, right), end) if right < len(record.text) else right
    parts = (record.text[left:start], record.text[start:end], record.text[end:right])
    before, exact, after = (re.sub(r"\s+", " ", part) for part in parts)
    return f"{before.lstrip()}{click.style(exact, underline=True)}{after.rstrip()}"


def _quoted(record: Record, spans: Iterable[Span]) -> str:
    told = [" ".join(record.text[slice(*span)].split()) for span in spans]
    return ", ".join(f"“{words}”" for words in told) or "nobody named"


def words(case: Case, claim: OpenClaim) -> str:
    """The words of an open claim on one line."""
    record = case.record(claim.document)
    return _said(record, _of(record, claim.id))


def _of(record: Record, identifier: str) -> Claim:
    return next(claim for claim in record.claims if claim.id == identifier)


def _said(record: Record, claim: Claim) -> str:
    return " … ".join(" ".join(record.text[slice(*span)].split()) for span in claim.content)
