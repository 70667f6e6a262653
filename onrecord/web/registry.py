"""The pages and actions there are, in the order in which they are listed."""

from __future__ import annotations

from onrecord.web.giving import File
from onrecord.web.page import Action, Drawing, Page
from onrecord.web.views import (
    account,
    adding,
    caring,
    claims,
    document,
    documents,
    happened,
    log,
    members,
    originals,
    overview,
    people,
    pictures,
    reads,
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
    reads.PAGE,
    adding.FORM,
    adding.LIST,
    adding.ONE,
    caring.HEALTH,
    caring.VOCABULARY,
    members.PAGE,
    account.PAGE,
)
ACTIONS: tuple[Action, ...] = (
    review.JUDGE,
    review.UNDO,
    review.RESOLVE,
    *claims.ACTIONS,
    adding.ADD,
    caring.CHECK,
    *members.ACTIONS,
    *account.ACTIONS,
)
DRAWINGS: tuple[Drawing, ...] = pictures.DRAWINGS
FILES: tuple[File, ...] = originals.FILES
