"""The list of documents."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.case import Case
from onrecord.store.listing import Listed
from onrecord.web.keeping import amount_of
from onrecord.web.page import Asked, Page, Parameter

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Documents:
    """A stretch of the list of documents. `page` counts from 1."""

    documents: tuple[Listed, ...]
    page: int
    pages: int
    total: int


def documents(case: Case, asked: Asked) -> Documents:
    """A stretch of the list of documents."""
    total = amount_of(case)
    with case.browse() as state:
        found = state.documents((asked["page"] - 1) * AT_ONCE, AT_ONCE)
    pages = max(1, -(-total // AT_ONCE))
    return Documents(tuple(found), asked["page"], pages, total)


LIST = Page(
    "/documents",
    "documents",
    "Documents",
    "The documents of the case, in the order they came in.",
    documents,
    "documents.html.j2",
    (Parameter("page", "Which stretch, from 1.", "integer", 1, least=1, most=10**6),),
)
