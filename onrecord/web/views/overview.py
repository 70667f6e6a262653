"""The first page: what the case holds, what waits for a person, what was done last."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.case import Case
from onrecord.web.keeping import KEPT
from onrecord.web.page import Asked, Page
from onrecord.web.views.log import Done, done


@dataclass(frozen=True, slots=True)
class Overview:
    """The case in figures. `waiting` are documents without a record, `open` unjudged proposals.

    `resolved` says whether who is who was worked out after the latest documents and judgements.
    """

    name: str
    documents: int
    waiting: int
    people: int
    open: int
    resolved: bool
    entries: int
    head: str
    lately: tuple[Done, ...]


def overview(case: Case, asked: Asked) -> Overview:
    """The case in figures."""
    del asked
    status = case.status()
    with case.browse() as state:
        return Overview(
            name=status.name,
            documents=status.documents,
            waiting=status.pending,
            people=state.named(("Person",), "", 0, 1)[1],
            open=len(KEPT.get(case, "proposals", case.proposals)) if state.is_resolved else 0,
            resolved=state.is_resolved,
            entries=status.entries,
            head=status.head,
            lately=tuple(done(entry) for entry in state.entries(None, 5)),
        )


PAGE = Page("/", "case", "Case", "The case in figures.", overview, "overview.html.j2")
