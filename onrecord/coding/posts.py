"""Who holds which post, where, and with which rank: post relations.

Phrases (see `phrases`) are joined by what stands between them. A post goes with the person it
stands before ("the Governor of Zaru, Ima Bello") or behind ("Ima Bello, Governor of Zaru"), or
is tied to by a verb ("Ima Bello has been appointed Governor of Zaru").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from onrecord.coding.context import Context
from onrecord.coding.formations import is_unit
from onrecord.coding.holders import Holder, find_holders
from onrecord.coding.phrase import Phrase
from onrecord.coding.phrases import find_phrases
from onrecord.coding.titles import Title, body_entity, find_titles
from onrecord.model import Span
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Post:
    """One person's post, as read off the text; `title` is None where only a rank is told."""

    holder: Holder
    title: Title | None
    ended: bool
    span: Span


def find_posts(context: Context, phrases: list[Phrase] | None = None) -> list[Post]:
    """Every post and rank that the text gives to a person; `phrases` are those of the text."""
    phrases = find_phrases(context) if phrases is None else phrases
    holders = list(find_holders(context, phrases))
    titles = list(find_titles(context, phrases))
    posts = list(_joined(context.parsed.text, holders, titles, context))
    posts += _posted(context, holders, phrases, {post.span for post in posts})
    held = {post.holder.start for post in posts}
    bare = [
        Post(h, None, False, (min(h.rank[0], h.start), max(h.rank[1], h.end)))
        for h in holders
        if h.rank and h.start not in held
    ]
    return sorted([*posts, *bare], key=lambda p: p.span)


@cache
def _verb_gaps() -> dict[str, re.Pattern[str]]:
    verbs = load("posts")["verbs"]
    article = r"\s+(?:(?:the|an?|its|their|his|her|our)\s+)?(?:(?:new|current|former)\s+)?"

    def gap(words: list[str]) -> re.Pattern[str]:
        rows = "|".join(w.replace(" ", r"\s+") for w in sorted(words, key=len, reverse=True))
        return re.compile(
            rf"\s*,?\s*(?:(?:who|and)\s+)?(?:{rows})(?:\s+(?:now|currently|also|then))?{article}|",
            re.IGNORECASE,
        )

    return {"held": gap(verbs["held"]), "ended": gap(verbs["ended"])}


_APPOSED = re.compile(
    r"\s*,\s*(?:(?:the|an?|who\s+is|then|its|their|his|her|our|formerly|until\s+recently|previously|also|currently)\s+)*"
    r"(?:[\w-]+['’]s\s+)?|\s+\(\s*(?:the\s+)?",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\s*,?\s*(?:(?:who|has|have|had|been|was|were|is|being|now|also|then|will|be)\s+)*"
    r"(?:moved|moves|redeployed|posted|transferred|deployed|reassigned|leaves|leaving|left|goes|going)\b"
    r"[^.;\n]{0,90}?\s(?:as|to\s+become|to\s+be)\s+(?:(?:the|an?|its)\s+)?",
    re.IGNORECASE,
)
_FORMERLY = re.compile(r"\b(?:formerly|until|previously)\b", re.IGNORECASE)
_CONTINUED = re.compile(r"\s*,?\s*and\s+(?:also\s+)?(?:the\s+)?", re.IGNORECASE)
_LOOSE = (
    r"(?:\s*,?\s*(?:(?:of|in|at|and|for|the)\s+)*(?:[A-Z][\w’'&.-]*(?:\s+[A-Z][\w’'&.-]*)*"
    r"|division|brigade|battalion|command|unit|region|zone|area|state)){0,3}"
)
"""Capitalized words that say more of where a post is held, in no phrase of ours."""
_PREPOSED = re.compile(
    r"['’]?\s*,?\s*(?:(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Pp]rof|Alhaji|Sir|Hon|Engr)\.?\s+)?"
)
_PREPOSED_LOOSE = re.compile(rf"{_LOOSE}\s*,\s*")
_EQUATED = re.compile(
    r"\s*,?\s*(?:is|was|now|is\s+now|remains|will\s+be|has\s+been\s+named|named|identified\s+as"
    r"|known\s+as)\s+",
    re.IGNORECASE,
)


def _joined(
    text: str, holders: list[Holder], titles: list[Title], context: Context
) -> Iterator[Post]:
    holders = sorted(holders, key=lambda h: h.start)
    reach: dict[int, int] = {}
    position = 0
    for told in titles:
        title = told
        while position < len(holders) and holders[position].end <= title.start:
            position += 1
        left = holders[position - 1] if position else None
        ahead = position
        while title.body and ahead < len(holders) and holders[ahead].end <= title.end:
            ahead += 1  # an abbreviation of the body, taken for a name
        right = holders[ahead] if ahead < len(holders) else None
        if right and right.start < title.end:
            continue
        choice = _choose(text, title, left, right, reach)
        if choice is None:
            yield from _role_name(context, title)
            continue
        holder, ended = choice
        title = _moved_to(context, holder, title)
        reach[holder.start] = title.end
        yield Post(
            holder,
            title,
            title.post.ended or ended,
            (min(holder.start, title.start), max(holder.end, title.end)),
        )
        if holder is left and position > 1:
            yield from _succeeded(text, holders[position - 2], holder, title)


def _moved_to(context: Context, holder: Holder, title: Title) -> Title:
    """Where "moved to 7 Division as commander" goes: to the last body before the "as"."""
    text = context.parsed.text
    if title.body or holder.end > title.start:
        return title
    if not _MOVED.fullmatch(text, holder.end, title.start):
        return title
    known = context.book.within((holder.end, title.start))
    bodies = [
        e
        for s, e in known
        if e.type == "Organization" and _TO.search(text[max(0, s[0] - 8) : s[0]])
    ]
    return replace(title, body=bodies[-1].id) if bodies else title


_TO = re.compile(r"\bto\s+(?:the\s+)?$")


def _succeeded(text: str, new: Holder, old: Holder, title: Title) -> Iterator[Post]:
    """X "took over from" Y as head: the post is X's too."""
    if len(between := text[new.end : old.start]) < 60 and _succession().search(between):
        yield Post(new, title, False, (new.start, title.end))


@cache
def _succession() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('posts')['succession'])})\s*$", re.IGNORECASE)


def _choose(
    text: str, title: Title, left: Holder | None, right: Holder | None, reach: dict[int, int]
) -> tuple[Holder, bool] | None:
    """The person a post belongs to, and whether the words say that it is over.

    Left to right: a person already given a post before the name gets the next one only by a verb.
    """
    start = max(left.end, reach.get(left.start, 0)) if left else None
    before = _gap(text, start, title.start)
    after = _gap(text, title.end, right.start if right else None)
    if left and before is not None and (ended := _verb(before)) is not None:
        return left, ended
    follows = after is not None and bool(_PREPOSED.fullmatch(after))
    if right and follows and "," not in (after or ""):
        return right, False
    if left and before is not None and _is_apposed(before, left, reach, follows):
        return left, bool(_FORMERLY.search(before))
    if right and after is not None and (follows or _leads_to(after, right)):
        return right, False
    return None


def _gap(text: str, start: int | None, end: int | None) -> str | None:
    """The words between a person and a post, where they stand near enough to be of one phrase."""
    if start is None or end is None or not 0 <= end - start <= 130:
        return None
    between = text[start:end]
    return None if "\n" in between else between


def _is_apposed(before: str, left: Holder, reach: dict[int, int], follows: bool) -> bool:
    if left.start not in reach:
        bare = before.isspace() and left.rank is not None
        return bare or bool(_APPOSED.fullmatch(before))
    if _CONTINUED.fullmatch(before):
        return not follows
    return not follows and bool(_APPOSED.fullmatch(before))


def _leads_to(after: str, right: Holder) -> bool:
    if _PREPOSED_LOOSE.fullmatch(after):
        return True
    return bool(right.rank) and bool(_EQUATED.fullmatch(after))


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


def _posted(
    context: Context, holders: list[Holder], phrases: list[Phrase], told: set[Span]
) -> Iterator[Post]:
    """Where a person serves, with no post named: "was posted to", "Col. Sund of 4 Brigade"."""
    text = context.parsed.text
    starts = [p.start for p in phrases]
    for holder in holders:
        index = bisect_left(starts, holder.end)
        body = phrases[index] if index < len(phrases) else None
        if body is None or body.kind != "body" or body.start - holder.end > 60:
            continue
        between = text[holder.end : body.start]
        ranked = holder.rank is not None and bool(_SERVES_IN.fullmatch(between))
        if not (ranked and is_unit(text, body)) and not _postings().fullmatch(between):
            continue
        span = (holder.start, body.end)
        if any(s <= body.start and body.end <= e for s, e in told):
            continue
        words = Phrase(holder.end, body.start, "post")
        yield Post(
            holder, Title(holder.end, body.end, words, body_entity(context, body)), False, span
        )


_SERVES_IN = re.compile(r"\s*,?\s+(?:(?:of|from|with|at|in)\s+)?(?:the\s+)?")


@cache
def _postings() -> re.Pattern[str]:
    words = load("posts")["postings"]
    rows = "|".join(w.replace(" ", r"\s+") for w in sorted(words, key=len, reverse=True))
    return re.compile(
        r"\s*,?\s*(?:(?:who|is|was|now|has|had|been|who\s+was|currently|also)\s+)*"
        rf"(?:{rows})\s+(?:the\s+|its\s+|his\s+|her\s+)?",
        re.IGNORECASE,
    )


def _role_name(context: Context, title: Title) -> Iterator[Post]:
    """A post that stands for its holder, where the book knows who "the BNM chairman" is."""
    known = context.book.at(title.post.start)
    if known is None or known.type != "Person" or title.body is None or title.body == known.id:
        return
    words = context.parsed.text[title.post.start : title.post.end].lower()
    if words in known.name.lower() or not any(c.isupper() for c in known.name):
        return
    holder = Holder(title.start, title.end, known.id)
    yield Post(holder, title, title.post.ended, (title.start, title.end))
