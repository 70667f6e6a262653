"""Whose a post is: the person in front of it or the one behind, by the words between them."""

from __future__ import annotations

import re
from functools import cache

from onrecord.coding.holders import Holder
from onrecord.coding.tenure import NAMING, introduction, verb
from onrecord.coding.titles import Title

REACH = 130
"""Characters between a person and a post of theirs, at most."""

Choice = tuple[Holder, str, bool]
"""The person, the construction that ties them to the post, and whether the words say it is over."""

_APPOSED = re.compile(
    r"(?:\s*\([^()\n]{1,30}\))?\s*,\s*(?:(?:the|an?|who\s+is|then|its|their|his|her|our|formerly|until\s+recently|until\s+now"
    r"|previously|also|currently|now|once|at\s+one\s+time|one[\s-]+time)\s+)*"
    r"(?:[\w-]+['’]s\s+)?|\s+\(\s*(?:the\s+)?",
    re.IGNORECASE,
)
_MOVE = (
    r"(?:moved|moves|redeployed|posted|transferred|deployed|reassigned|leaves|leaving|left|goes|going)\b"
    r"[^.;\n]{0,90}?\s(?:as|to\s+become|to\s+be|and\s+appointed)\s+(?:(?:the|an?|its)\s+)?"
)
_MOVED = re.compile(
    rf"\s*,?\s*(?:(?:who|has|have|had|been|was|were|is|being|now|also|then|will|be)\s+)*"
    rf"(?:promoted\s+(?:to\s+)?[\w-]+(?:\s[\w-]+){{0,2}}\s+and\s+)?{_MOVE}",
    re.IGNORECASE,
)
MOVING = re.compile(rf"\b{_MOVE}$", re.IGNORECASE)
"""The end of "was moved from the staff to 7 Division as", before the post."""
_FORMERLY = re.compile(r"\b(?:formerly|until|previously|once|one[\s-]+time)\b", re.IGNORECASE)
_CONTINUED = re.compile(
    r"\s*,?\s*(?:and\s+|/|who\s+is\s+)(?:also\s+)?(?:the\s+)?(?-i:[A-Z][\w’'-]+\s+)?", re.IGNORECASE
)
_LOOSE = (
    r"(?:\s*,?\s*(?:(?:of|in|at|and|for|the)\s+)*(?:[A-Z][\w’'&.-]*(?:\s+[A-Z][\w’'&.-]*)*"
    r"|division|brigade|battalion|command|unit|region|zone|area|state|army|navy|police|forces?)){0,3}"
)
"""Capitalized words that say more of where a post is held, in no phrase of ours."""
_PREPOSED = re.compile(
    r"['’]?\s*,?\s*(?:(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Pp]rof|Alhaji|Sir|Hon|Engr)\.?\s+)?"
)
_PREPOSED_LOOSE = re.compile(rf"{_LOOSE}\s*,\s*")
_BARE_PLACE = re.compile(rf"{_LOOSE}\s+")
_TAIL = re.compile(r"\s*,?\s*(?:in\s+|at\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?(?=\s*,?\s+[a-z])")
"""The town behind a post, before what its holder does next."""
_EQUATED = re.compile(
    r"(?:\s*,\s*(?-i:[A-Z][\w’'-]+))?\s*,?\s*(?:who\s+)?(?:is|was|now|is\s+now|remains|will\s+be|has\s+been\s+named|named"
    r"|identified\s+as|known\s+as)\s+",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\s+(?:is|was|has|had|will|would|becomes|became|takes|took|moves|moved|goes|said|says|told"
    r"|added|stated|explained|announced|warned|confirmed|disclosed|noted|urged)\b"
)
_PRONOUNS = ("he", "she", "this", "who")
_ASIDE = re.compile(
    r"\s*,\s+(?!and\b|or\b)[^,.;:\n]{0,80}\b(?:of|to|for|by|under|with|from)\s+(?:the\s+)?"
    r"(?:[\w.’'-]+\s+){0,3}"
)
_CLOSED = re.compile(r"\s*,\s+(?!(?:who|the|an?|as|and|now|currently)\b)")
_BY = re.compile(r"\bby\s+(?:the\s+)?(?:[\w.’'-]+\s+){0,4}$")
_OPEN = re.compile(r"\s*,\s*the\s+")
_SPOKE = re.compile(
    r"\s+(?:said|says|told|added|stated|explained|announced|warned|confirmed|disclosed|noted|urged)\b"
)


def choose(
    text: str, title: Title, left: Holder | None, right: Holder | None, reach: dict[int, int]
) -> Choice | None:
    """The person a post belongs to, how, and whether the words say that it is over.

    `reach` says where the last post of a person ends, by where their name begins. Left to right: a
    person already given a post before the name gets the next one only by a verb.
    """
    start = max(left.end, reach.get(left.start, 0)) if left else None
    before = _gap(text, start, title.start)
    if left and before and left.start in reach:
        before = _TAIL.sub("", before, count=1) if _TAIL.match(before) else before
    after = _gap(text, title.end, right.start if right else None)
    told = _verb(before) if before else None
    follows = after is not None and bool(_PREPOSED.fullmatch(after))
    equated = right is not None and follows and after is not None and after.isspace()
    pronoun = left is not None and text[left.start : left.end].lower() in _PRONOUNS
    if left and told is not None and not (equated and pronoun):
        return left, "verb", told
    if (
        left
        and before
        and before.isspace()
        and NAMING.search(text, max(0, left.start - 20), left.start)
    ):
        return left, "verb", False
    if right and follows and ("," not in (after or "") or _is_subject(text, right)):
        return right, "before the name", False
    if left and before is not None and _is_apposed(text, before, left, title, reach, follows):
        return left, "apposition", bool(_FORMERLY.search(before))
    if right and after is not None and follows:
        return right, "before the name", False
    if right and after is not None and _leads_to(after, right):
        return right, "further before the name", False
    return None


def _gap(text: str, start: int | None, end: int | None) -> str | None:
    """The words between a person and a post, where they stand near enough to be of one phrase."""
    if start is None or end is None or not 0 <= end - start <= REACH:
        return None
    between = text[start:end]
    return None if "\n" in between else between


def _is_subject(text: str, right: Holder) -> bool:
    """A ranked name that a finite verb follows begins its own clause with the post before it."""
    return right.rank is not None and bool(_FINITE.match(text, right.end))


def _is_apposed(
    text: str, before: str, left: Holder, title: Title, reach: dict[int, int], follows: bool
) -> bool:
    if title.body is None and _OPEN.fullmatch(before) and _SPOKE.match(text, title.end):
        return False  # no comma closes it: "a letter signed by Dahl, the chief said"
    if left.start not in reach:
        bare = before.isspace() and left.rank is not None
        return bare or bool(_APPOSED.fullmatch(before))
    if _CONTINUED.fullmatch(before):
        return not follows
    return not follows and bool(_APPOSED.fullmatch(before))


def past_another(
    text: str, title: Title, subject: Holder, other: Holder, reach: dict[int, int]
) -> Choice | None:
    """Whose the post is where somebody else stands in between and only helps to tell of them.

    That is who gave it ("was named by Dahl as") or whom an aside names ("aide to Dahl, was named").
    """
    between = text[subject.end : other.start]
    start = max(subject.end, reach.get(subject.start, 0))
    if _ASIDE.fullmatch(between) and _CLOSED.match(text, other.end):
        start = other.end
    elif not _BY.search(between):
        return None
    words = _gap(text, start, title.start)
    ended = verb(words) if words else None
    return None if ended is None else (subject, "verb", ended)


def _leads_to(after: str, right: Holder) -> bool:
    if _PREPOSED_LOOSE.fullmatch(after):
        return True
    return bool(right.rank) and any(
        gap.fullmatch(after) for gap in (_EQUATED, _BARE_PLACE, introduced())
    )


@cache
def introduced() -> re.Pattern[str]:
    """Between a post and its holder, whom the next sentence names: "was sworn in. He is"."""
    return re.compile(rf"{introduction()}(?:He|She)\s+is\s+(?:the\s+)?")


def _verb(between: str) -> bool | None:
    """Whether the words between a person and a post say it is over; None where no verb does."""
    if not between.strip():
        return None
    return False if _MOVED.fullmatch(between) else verb(between)
