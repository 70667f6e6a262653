"""Who follows whom in a post: "X took over from Y as head", "head X was replaced by Y"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.coding.choosing import REACH
from onrecord.coding.holders import Holder
from onrecord.coding.post import Post
from onrecord.coding.tenure import helping, rows
from onrecord.vocabulary import load

WAY = "succession"
"""The construction of a post that somebody has from, or loses to, another."""


def with_successions(text: str, holders: list[Holder], posts: list[Post]) -> list[Post]:
    """The posts, and those of the people who had them before or after.

    A post that another has taken over is over for whoever had it; one that is still to be taken
    over is not.
    """
    starts = [h.start for h in holders]
    titled = {p.holder.start for p in posts if p.way != "verb"}
    found: list[Post] = []
    for post in posts:
        index = bisect_left(starts, post.holder.start)
        older = holders[index - 1] if index else None
        if older and older.entity == post.holder.entity:
            older = None
        following = holders[bisect_left(starts, post.span[1]) :][:2]
        newer = next((h for h in following if h.entity != post.holder.entity), None)
        more = [
            *(_from_before(text, post, older, titled) if older else ()),
            *(_from_behind(text, post, newer) if newer else ()),
        ]
        over = any(_gives_up(text, post, other) for other in more)
        found += [replace(post, ended=post.ended or over), *more]
    return found


def _gives_up(text: str, post: Post, other: Post) -> bool:
    """Whether the other one of a succession has what this one had, and no longer has."""
    if other.ended:
        return False
    first, second = sorted([post.holder, other.holder], key=lambda h: h.start)
    between = text[first.end : second.start]
    passive = bool(_patterns()["passive"].search(between))
    return (first is post.holder) == passive and not _patterns()["coming"].search(between)


def _from_before(text: str, post: Post, other: Holder, titled: set[int]) -> Iterator[Post]:
    """The other one, where the post stands behind the second of the two."""
    title, holder = post.title, post.holder
    if title is None or title.start < holder.end or title.end > post.span[1]:
        return
    between, onward = text[other.end : holder.start], text[holder.end : title.start]
    if ". " in between or "\n" in between or len(between) > REACH or len(onward) > 30:
        return
    if "who" in onward.split():
        return
    words = _patterns()
    span = (other.start, title.end)
    replaced = words["replaces"].search(between) and other.start not in titled
    if words["passive"].search(between):
        yield Post(other, title, not words["coming"].search(between), span, WAY)
    elif replaced or words["follows"].search(between):
        yield Post(other, title, False, span, WAY)


def _from_behind(text: str, post: Post, other: Holder) -> Iterator[Post]:
    """The other one, named behind the post: "was made head, replacing Y", "was replaced by Y"."""
    title, end = post.title, post.span[1]
    if title is None or other.start - end > REACH or "\n" in text[end : other.start]:
        return
    between, words = text[end : other.start], _patterns()
    span = (post.span[0], other.end)
    if re.match(r"\s+as\b", text[other.end :]):
        return
    inside = text[post.holder.end : title.start]
    by = between.strip() == "by" and words["replaced as"].search(inside)
    if by or words["passive"].fullmatch(between):
        yield Post(other, title, False, span, WAY)
    elif words["instead"].fullmatch(between) and not post.ended and post.way == "verb":
        yield Post(other, title, not words["coming"].search(between), span, WAY)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What stands between two people of whom one follows the other."""
    told = {name: f"(?:{rows(words)})" for name, words in load("posts")["succession"].items()}
    said = r"(?:(?:the|former|acting|retired|(?-i:[A-Z][\w.’'-]*))\s+){0,4}"
    return {
        "follows": re.compile(rf"\b{told['follows']}\s*$", re.IGNORECASE),
        "replaces": re.compile(rf"\b{told['replaces']}\s*$", re.IGNORECASE),
        "instead": re.compile(rf"\s*,?\s+{told['instead']}\s+{said}", re.IGNORECASE),
        "passive": re.compile(
            rf"\s*,?\s*(?:(?:who|and)\s+)?(?:{helping()}+{told['passive']}"
            rf"|{helping()}*{told['handing']})(?:\s+(?:his|her)\s+successor,)?\s+{said}$",
            re.IGNORECASE,
        ),
        "replaced as": re.compile(r"\b(?:replaced|succeeded)\s+as\b"),
        "coming": re.compile(rf"\b{told['coming']}\b", re.IGNORECASE),
    }
