"""The pages and actions there are, in the order in which they are listed."""

from __future__ import annotations

from onrecord.web.giving import File
from onrecord.web.page import Action, Drawing, Page
from onrecord.web.views import (
    account,
    adding,
    asking,
    caring,
    chronicle,
    claims,
    document,
    documents,
    events,
    giving_out,
    joining,
    log,
    meetings,
    members,
    originals,
    overview,
    people,
    pictures,
    reads,
    review,
    said,
    searching,
)

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    searching.PAGE,
    documents.LIST,
    document.PAGE,
    people.LIST,
    people.ONE,
    said.SAID,
    joining.MEMBERS,
    joining.CHOOSE,
    events.EVENTS,
    events.EVENT,
    chronicle.CHRONOLOGY,
    asking.DEMANDS,
    meetings.ENGAGEMENTS,
    meetings.BRIEF,
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
    joining.SAME,
    joining.SPLIT,
    joining.TAKE_BACK,
    giving_out.GIVE,
    *claims.ACTIONS,
    adding.ADD,
    caring.CHECK,
    *members.ACTIONS,
    *account.ACTIONS,
)
DRAWINGS: tuple[Drawing, ...] = ()
FILES: tuple[File, ...] = (*originals.FILES, *pictures.FILES, *giving_out.FILES)
