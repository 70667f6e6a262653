"""A brief on paper: made of what may leave, through the door, and to be fetched once it is made."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock

from onrecord.case import Case, Recipient
from onrecord.errors import NotFound
from onrecord.products import brief
from onrecord.products.render import render_bytes
from onrecord.web.giving import File, Given
from onrecord.web.page import Action, Asked, NotAsked, Parameter
from onrecord.web.views.meetings import bearing_on

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST = 16
"""Files that wait to be fetched; the oldest goes first."""


class _Waiting:
    """Files by their numbers, each for whoever had it made."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[str, Given]] = OrderedDict()
        self._lock = Lock()

    def put(self, whose: str, given: Given) -> str:
        """Keep a file; returns the number to fetch it by."""
        number = secrets.token_urlsafe(18)
        with self._lock:
            self._held[number] = (whose, given)
            while len(self._held) > MOST:
                self._held.popitem(last=False)
        return number

    def get(self, whose: str, number: str) -> Given | None:
        """The file of that number, if it is theirs."""
        with self._lock:
            owner, given = self._held.get(number, ("", None))
        return given if given is not None and owner == whose else None


_WAITING = _Waiting()


def give(case: Case, asked: Asked) -> str:
    """Make the brief for an engagement as a file, for use inside; the log says that it left.

    Raises `NotFound`, `NotAsked`, `NotReleased`, `CaseLocked`.
    """
    form, wanted = asked["form"], asked["engagement"]
    if form not in TYPES:
        raise NotAsked("there is no such form", why="it is not on the list", todo=", ".join(TYPES))
    with case.browse() as state:
        documents, _, _ = bearing_on(case, state, wanted)
    name = f"brief.{form}"
    recipient = Recipient("internal", to=asked.visitor.name, purpose="in the workbench")
    with case.release("brief", form=form, out=None, recipient=recipient) as release:
        page = brief(release.records(documents), engagement=wanted, judged=release.judged)
        release.path(name).write_bytes(render_bytes(page, form))
    given = Given(release.read(name), TYPES[form], name)
    return f"/given/{_WAITING.put(asked.visitor.name, given)}"


def _fetch(case: Case, asked: Asked) -> Given:
    """A file that was made. Raises `NotFound`."""
    del case
    given = _WAITING.get(asked.visitor.name, asked["number"])
    if given is None:
        raise NotFound(
            "that file is not here any more",
            why="it waits until others were made, or the program was started again",
            todo="have it made again from the page of the engagement",
        )
    return given


GIVE = Action(
    "/give",
    "give_brief",
    "Make the brief for an engagement as a file, for use inside, with an entry in the log.",
    give,
    (
        Parameter("engagement", "The engagement's id.", default="", most=200),
        Parameter("form", f"One of {', '.join(TYPES)}.", default="pdf", most=8),
    ),
)
FILES = (
    File(
        "/given/{number}",
        "given",
        "A file that was made from a page, for whoever had it made.",
        _fetch,
        (Parameter("number", "What the action that made it returned.", most=60),),
        "review",
    ),
)
