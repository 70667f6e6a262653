"""The journal of reads, for administrators: who opened what, took what away, signed in, when."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.case import Case
from onrecord.corroboration.summary import EventSummary
from onrecord.errors import NotFound
from onrecord.model import from_json
from onrecord.products.event_title import event_title
from onrecord.store import happenings
from onrecord.store.heads import with_names
from onrecord.web.journal import Read
from onrecord.web.page import Asked, Page, Parameter

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Reads:
    """Rows, the newest first, of `who` and of `document`; `people` are all that there are rows of.

    `about` is what each row's subject is called: documents, entities and events by their names.
    `before` is the number to go on from; None where these are all.
    """

    reads: tuple[Read, ...]
    about: tuple[str, ...]
    people: tuple[str, ...]
    who: str
    document: str
    before: int | None


def reads(case: Case, asked: Asked) -> Reads:
    """Rows of the journal, the newest first."""
    journal = asked.services.journal
    subject = _document(case, asked["document"])
    found = journal.reads(who=asked["who"], subject=subject, before=asked["before"], most=AT_ONCE)
    more = found[-1].seq if len(found) == AT_ONCE and found[-1].seq > 1 else None
    about = _called(case, [read.subject for read in found])
    people = tuple(journal.people())
    return Reads(tuple(found), about, people, asked["who"], asked["document"], more)


def _called(case: Case, subjects: list[str]) -> tuple[str, ...]:
    with case.browse() as state:
        names = with_names(state.connection, subjects)
        titles = {
            subject: _title(state.connection, subject)
            for subject in dict.fromkeys(subjects)
            if subject.startswith("event:")
        }
    return tuple(titles.get(*each) for each in zip(subjects, names, strict=True))


def _title(connection: Connection, event: str) -> str:
    """What an event is called; its id where it is none of the case any more."""
    known = happenings.event(connection, event)
    if known is None:
        return event
    summary = from_json(EventSummary, known.body)
    return event_title(summary.types, summary.dates, summary.places)


def _document(case: Case, name: str) -> str:
    """The id of a document, however it is named; what was typed where there is none."""
    if not name:
        return ""
    try:
        with case.browse() as state:
            return state.document_id(name)
    except NotFound:
        return name


PAGE = Page(
    "/log/reads",
    "reads",
    "Reads",
    "Who opened what, took what away, and signed in, when.",
    reads,
    "reads.html.j2",
    (
        Parameter("who", "Only what this person did.", default=""),
        Parameter("document", "Only reads of this document: its id or its path.", default=""),
        Parameter("before", "Only rows before this number.", "integer", None, 1, 10**12),
    ),
    right="administer",
)
