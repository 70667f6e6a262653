"""Whose a post is: the person in front of it or the one behind, by the words between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord.coding.holders import Holder
from onrecord.coding.titles import Title
from onrecord.vocabulary import load

REACH = 130
"""Characters between a person and a post of theirs, at most."""

Choice = tuple[Holder, str, bool]
"""The person, the construction that ties them to the post, and whether the words say it is over."""


def rows(words: Iterable[str]) -> str:
    """A pattern for any of some phrases, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(w.replace(" ", r"\s+") for w in longest_first)


@cache
def _verb_gaps() -> dict[str, re.Pattern[str]]:
    verbs = load("posts")["verbs"]
    article = r",?\s+(?:(?:the|an?|its|their|his|her|our)\s+)?(?:(?:new|current|former)\s+)?"
    adverb = r"(?:\s+(?:now|currently|also|then|formally|recently|since|later|once|until\s+then))?"

    def gap(forms: str) -> re.Pattern[str]:
        return re.compile(
            rf"\s*,?\s*(?:(?:who|and|he|she)\s+)?(?:{forms}){adverb}{article}|", re.IGNORECASE
        )

    auxiliary = rf"(?:{rows(verbs['auxiliaries'])})"
    appointed = (
        rf"(?:{auxiliary}\s+)*(?:now\s+|also\s+|recently\s+|formally\s+)?"
        rf"(?:{rows(verbs['appointed'])})"
    )
    tied = r"(?:\s+(?:as|to\s+be|to\s+become))?"
    return {
        "held": gap(f"{rows(verbs['held'])}|{appointed}{tied}"),
        "ended": gap(rows(verbs["ended"])),
    }


_APPOSED = re.compile(
    r"\s*,\s*(?:(?:the|an?|who\s+is|then|its|their|his|her|our|formerly|until\s+recently|until\s+now"
    r"|previously|also|currently|now|once|at\s+one\s+time|one[\s-]+time)\s+)*"
    r"(?:[\w-]+['’]s\s+)?|\s+\(\s*(?:the\s+)?",
    re.IGNORECASE,
)
_MOVE = (
    r"(?:moved|moves|redeployed|posted|transferred|deployed|reassigned|leaves|leaving|left|goes|going)\b"
    r"[^.;\n]{0,90}?\s(?:as|to\s+become|to\s+be|and\s+appointed)\s+(?:(?:the|an?|its)\s+)?"
)
_MOVED = re.compile(
    rf"\s*,?\s*(?:(?:who|has|have|had|been|was|were|is|being|now|also|then|will|be)\s+)*{_MOVE}",
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
_INTRODUCED = re.compile(
    r"\s+(?:has|have)\s+(?:also\s+)?been\s+(?:appointed|named|announced)\.\s+(?:He|She)\s+is\s+"
)
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
    if left and before is not None and (ended := _verb(before)) is not None:
        return left, "verb", ended
    follows = after is not None and bool(_PREPOSED.fullmatch(after))
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


def _leads_to(after: str, right: Holder) -> bool:
    if _PREPOSED_LOOSE.fullmatch(after):
        return True
    return bool(right.rank) and any(
        gap.fullmatch(after) for gap in (_EQUATED, _BARE_PLACE, _INTRODUCED)
    )


def _verb(between: str) -> bool | None:
    """Whether the words between a person and a post say it is over; None where no verb does."""
    if not between.strip():
        return None
    if _MOVED.fullmatch(between):
        return False
    gaps = _verb_gaps()
    if gaps["held"].fullmatch(between):
        return False
    return True if gaps["ended"].fullmatch(between) else None
