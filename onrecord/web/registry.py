"""The pages and actions there are, in the order in which they are listed."""

from __future__ import annotations

from onrecord.web.giving import File
from onrecord.web.page import Action, Drawing, Page
from onrecord.web.views import (
    adding,
    caring,
    claims,
    document,
    documents,
    happened,
    log,
    originals,
    overview,
    people,
    pictures,
    review,
    searching,
)

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    searching.PAGE,
    documents.LIST,
    document.PAGE,
    people.LIST,
    people.ONE,
    happened.EVENTS,
    happened.EVENT,
    happened.CHRONOLOGY,
    happened.DEMANDS,
    happened.ENGAGEMENTS,
    happened.BRIEF,
    *pictures.PAGES,
    review.PAGE,
    claims.PAGE,
    log.PAGE,
    adding.FORM,
    adding.LIST,
    adding.ONE,
    caring.HEALTH,
    caring.VOCABULARY,
)
ACTIONS: tuple[Action, ...] = (
    review.JUDGE,
    review.UNDO,
    review.RESOLVE,
    *claims.ACTIONS,
    adding.ADD,
    caring.CHECK,
)
DRAWINGS: tuple[Drawing, ...] = pictures.DRAWINGS
FILES: tuple[File, ...] = originals.FILES
