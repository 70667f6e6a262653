"""Two that are one, and one that is somebody else: put down from the page of a name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from onrecord.case import Case, Passage
from onrecord.case.browsing import State
from onrecord.case.judging import Verdict
from onrecord.errors import NotFound
from onrecord.resolution.names import compare
from onrecord.store import pages
from onrecord.store.listing import Named
from onrecord.web.page import Action, Asked, NotAsked, Page, Parameter
from onrecord.web.views.decided import numbers
from onrecord.web.views.people import somebody

AT_ONCE, PASSAGES, KEYS, OTHERS = 30, 3, 200, 20
MOST_TOGETHER = 20
MOST_APART = 12
"""Judgements of `different` made at once to part one entity from the others of its group."""


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """NameMember of the two: how it is spelled, and where some documents name it."""

    key: str
    canonical: str
    name: str
    type: str
    documents: int
    spellings: tuple[str, ...]
    passages: tuple[tuple[str, str, Passage], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two side by side. `against` and `reasons` are evidence; `proposed` pairs the machine saw.

    `one` says that they are taken for one already.
    """

    left: ComparedSide
    right: ComparedSide
    names: str
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    proposed: int
    one: bool


@dataclass(frozen=True, slots=True)
class Choosing:
    """Whom somebody may be the same as: those that answer to `q`, or the two side by side."""

    canonical: str
    name: str
    type: str
    q: str
    found: tuple[Named, ...]
    compared: Compared | None


@dataclass(frozen=True, slots=True)
class NameMember:
    """NameMember entity of one document among those taken for one."""

    key: str
    document: str
    name: str
    path: str
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class NameMembers:
    """Those taken for one, document by document, `first` to `last` of `total` documents."""

    canonical: str
    name: str
    type: str
    members: tuple[NameMember, ...]
    first: int
    last: int
    total: int
    page: int
    pages: int


def members(case: Case, asked: Asked) -> NameMembers:
    """The entities taken for one, in the order their documents came in. Raises `NotFound`."""
    page = asked["page"]
    with case.browse() as state:
        canonical = pages.group_of(state.connection, asked["who"])
        known = somebody(state, canonical)
        _, total = pages.documents_of(state.connection, canonical, 0, 1)
        rows = pages.members(state.connection, canonical, (page - 1) * AT_ONCE, AT_ONCE)
        alone = state.members(canonical) if not total else []
    found = [
        NameMember(f"{r['document_id']}|{r['id']}", r["document_id"], r["name"], *_source(r))
        for r in rows
    ]
    found += [
        NameMember(f"{m.document}|{m.entity}", m.document, m.name, m.path, m.publisher, m.published)
        for m in alone
    ]
    total = max(total, len(alone))
    last = min(page * AT_ONCE, total)
    return NameMembers(
        canonical=canonical,
        name=known.name,
        type=known.type,
        members=tuple(found),
        first=min((page - 1) * AT_ONCE + 1, last),
        last=last,
        total=total,
        page=page,
        pages=max(1, -(-total // AT_ONCE)),
    )


def _source(row: Mapping[str, Any]) -> tuple[str, str | None, str | None]:
    return row["path"], row["publisher"], row["published"]


def choosing(case: Case, asked: Asked) -> Choosing:
    """Whom somebody may be the same as. Raises `NotFound`."""
    text, other = asked["q"] or "", asked["other"] or ""
    with case.browse() as state:
        canonical = pages.group_of(state.connection, asked["who"])
        known = somebody(state, canonical)
        found = []
        if text and not other:
            named, _ = state.named((known.type,), text, 0, OTHERS)
            found = [one for one in named if one.canonical != canonical]
        compared = _compared(state, case, canonical, other) if other else None
    return Choosing(canonical, known.name, known.type, text, tuple(found), compared)


def _compared(state: State, case: Case, left: str, other: str) -> Compared:
    right = pages.group_of(state.connection, other)
    sides = [_standing(state, case, canonical) for canonical in (left, right)]
    keys = [pages.some_keys(state.connection, c, KEYS) or [c] for c in (left, right)]
    proposed = pages.proposed_between(state.connection, *keys) if left != right else []
    reasons: Counter[str] = Counter(r for row in proposed for r in json.loads(row["reasons"]))
    return Compared(
        left=sides[0],
        right=sides[1],
        names=compare(sides[0].name, sides[1].name, sides[0].type).explain(),
        reasons=tuple(reason for reason, _ in reasons.most_common(8)),
        against=tuple(_against(state, left, right, keys)),
        proposed=len(proposed),
        one=left == right,
    )


def _against(state: State, left: str, right: str, keys: list[list[str]]) -> list[str]:
    """What speaks against, or was said before: reports that name both, judgements that hold."""
    found = []
    if left != right:
        number = pages.together(state.connection, left, right, MOST_TOGETHER)
        if number:
            more = " or more" if number == MOST_TOGETHER else ""
            told = "1 document names" if number == 1 else f"{number}{more} documents name"
            found.append(f"{told} both, as two.")
    mine, theirs = set(keys[0]), set(keys[1])
    for row in pages.judged_in(state.connection, keys[0]):
        ends = {row["left_key"], row["right_key"]}
        if ends & mine and ends & theirs and row["verdict"] != "same":
            found.append(
                f"{row['actor']} judged two of them {row['verdict']} (entry {row['seq']})"
                + (f": {row['why']}" if row["why"] else "")
            )
    return found


def _standing(state: State, case: Case, canonical: str) -> ComparedSide:
    known = somebody(state, canonical)
    spelled, _ = pages.spellings(state.connection, canonical, 6)
    rows = pages.members(state.connection, canonical, 0, PASSAGES)
    named = [f"{row['document_id']}|{row['id']}" for row in rows] or [canonical]
    key, shown = named[0], []
    for each in named:
        for passage in case.passages_of(each)[:1]:
            document = each.rpartition("|")[0]
            path = next((r["path"] for r in rows if r["document_id"] == document), "")
            shown.append((document, path, passage))
    names = tuple(one.name for one in spelled) or (known.name,)
    return ComparedSide(
        key, canonical, known.name, known.type, known.documents, names, tuple(shown[:PASSAGES])
    )


def same(case: Case, asked: Asked) -> str:
    """Put down that two are the same, or different; back to the first of them."""
    if asked["verdict"] not in ("same", "different", "unsure"):
        raise NotAsked("that is no verdict", why="it is not on the list", todo="same, different")
    verdict = cast("Verdict", asked["verdict"])
    with case.browse() as state:
        left, right = (
            pages.one_of(state.connection, asked[side]) or asked[side] for side in ("left", "right")
        )
    entry = case.judge(left, right, verdict, why=asked["why"] or "")
    asked.services.work.resolve_soon(case, actor=asked.visitor.name)
    return f"/names/{left}?done={entry.seq}"


def split(case: Case, asked: Asked) -> str:
    """Put down that one entity is somebody else than the others of its group.

    Of a large group it is judged against one for each spelling, and so many in all. Raises
    `NotFound` where it is alone.
    """
    key = asked["key"]
    with case.browse() as state:
        canonical = pages.group_of(state.connection, key)
        known = pages.keys_of(state.connection, canonical, MOST_APART + 1)
    others = [other for other in known if other != key][:MOST_APART]
    if not others:
        raise NotFound(
            "there is nobody to part it from",
            why="who is who was worked out anew, and it stands alone",
            todo="look at the page of the name again",
        )
    entries = [case.judge(key, other, "different", why=asked["why"] or "").seq for other in others]
    asked.services.work.resolve_soon(case, actor=asked.visitor.name)
    return f"/names/{key}?done={entries[0]}-{entries[-1]}"


def take_back(case: Case, asked: Asked) -> str:
    """Take back judgements just made, the newest first; back to the name."""
    wanted = numbers(asked["entries"])
    if not wanted:
        raise NotAsked("those are no entries", why="they are not read so", todo="as 12 or 12-15")
    for number in reversed(wanted):
        case.undo(number, why="in the workbench")
    asked.services.work.resolve_soon(case, actor=asked.visitor.name)
    return f"/names/{asked['who']}?done={asked['entries']}"


_WHO = Parameter("who", "The id of their group, or the key DOCUMENT|ENTITY.", most=300)
_WHY = Parameter("why", "The reason, in a person's words.", default="", most=2000)
MEMBERS = Page(
    "/names/{who}/members",
    "members_of",
    "Name",
    "Those of all documents who are taken for one, each with its source.",
    members,
    "name_members.html.j2",
    (_WHO, Parameter("page", "Which stretch, from 1.", "integer", 1, least=1, most=10**6)),
)
CHOOSE = Page(
    "/names/{who}/same",
    "same",
    "Name",
    "Whom a name may be the same as: the two side by side, with what speaks for and against it.",
    choosing,
    "same.html.j2",
    (
        _WHO,
        Parameter("q", "Part of the other's spelling.", default="", most=200),
        Parameter("other", "The id of the other's group.", default="", most=300),
    ),
)
SAME = Action(
    "/same",
    "judge_same",
    "Put down that two names are of one and the same, or of two.",
    same,
    (
        Parameter("left", "Key of an entity, or the id of a group."),
        Parameter("right", "Key of the other entity, or the id of its group."),
        Parameter("verdict", "same, different or unsure.", default="same", most=12),
        _WHY,
    ),
)
SPLIT = Action(
    "/split",
    "split",
    "Put down that one entity is somebody else than the others of its group.",
    split,
    (Parameter("key", "Key of the entity: DOCUMENT|ENTITY."), _WHY),
)
TAKE_BACK = Action(
    "/takeback",
    "take_back",
    "Take back judgements made from the page of a name.",
    take_back,
    (
        Parameter("entries", "Numbers of the log's entries: 12 or 12-15.", default="", most=30),
        Parameter("who", "The name to go back to.", default="", most=300),
    ),
)
