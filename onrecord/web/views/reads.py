"""The journal of reads, for administrators: who opened what, took what away, signed in, when."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.case import Case
from onrecord.errors import NotFound
from onrecord.web.journal import Read
from onrecord.web.page import Asked, Page, Parameter

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Reads:
    """Rows, the newest first, of `who` and of `document`; `people` are all that there are rows of.

    `before` is the number to go on from; None where these are all.
    """

    reads: tuple[Read, ...]
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
    return Reads(tuple(found), tuple(journal.people()), asked["who"], asked["document"], more)


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
