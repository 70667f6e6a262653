"""Who holds which post, where, and with which rank: post relations.

Phrases (see `phrases`) are joined by what stands between them. A post goes with the person it
stands before ("the Governor of Zaru, Ima Bello") or behind ("Ima Bello, Governor of Zaru"), or
is tied to by a verb ("Ima Bello has been appointed Governor of Zaru").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.coding.carried import carried_on
from onrecord.coding.choosing import MOVING, REACH, Choice, choose, introduced, past_another
from onrecord.coding.context import Context
from onrecord.coding.formations import is_unit
from onrecord.coding.holders import Holder, find_holders
from onrecord.coding.phrase import Phrase
from onrecord.coding.phrases import find_phrases
from onrecord.coding.post import Post
from onrecord.coding.successions import with_successions
from onrecord.coding.tenure import has_years, is_over, opens_with_until, rows
from onrecord.coding.titles import Title, body_entity, find_titles, named_body
from onrecord.model import Span
from onrecord.vocabulary import load


def find_posts(context: Context, phrases: list[Phrase] | None = None) -> list[Post]:
    """Every post and rank that the text gives to a person; `phrases` are those of the text."""
    phrases = find_phrases(context) if phrases is None else phrases
    holders = list(find_holders(context, phrases))
    by_start = {h.start: h for h in [*holders, *carried_on(context, holders)]}
    holders = [by_start[start] for start in sorted(by_start)]
    titles = list(find_titles(context, phrases))
    joined = with_successions(context.parsed.text, holders, list(_joined(context, holders, titles)))
    posts = _shared(context, phrases, joined)
    told = {(p.title.start, p.title.end) for p in posts if p.title}
    posts += _posted(context, holders, phrases, told)
    held = {post.holder.start for post in posts}
    bare = [
        Post(h, None, False, (min(h.rank[0], h.start), max(h.rank[1], h.end)), "rank")
        for h in holders
        if h.rank and h.start not in held
    ]
    return sorted([*posts, *bare], key=lambda p: p.span)


def _joined(context: Context, holders: list[Holder], titles: list[Title]) -> Iterator[Post]:
    text = context.parsed.text
    reach: dict[int, int] = {}
    position = 0
    for index, told in enumerate(titles):
        while position < len(holders) and holders[position].end <= told.start:
            position += 1
        left = _named_before(text, holders, position)
        right = _right(text, holders, position, told)
        if right and right.start < told.end:
            continue
        choice = _respective(text, holders[max(0, position - 3) : position], titles, index)
        if choice is None and left and position > 1:
            choice = past_another(text, told, holders[position - 2], left, reach)
        choice = choice or choose(text, told, left, right, reach)
        if choice is None:
            yield from _role_name(context, told)
            continue
        post = _post(context, told, choice)
        reach[post.holder.start] = told.end
        if _is_no_office(text, post):
            continue
        yield post


def _named_before(text: str, holders: list[Holder], position: int) -> Holder | None:
    """The person in front of a post, and not "his" in "Dahl was relieved of his duties as"."""
    left = holders[position - 1] if position else None
    earlier = holders[position - 2] if position > 1 else None
    if left and earlier and earlier.entity == left.entity:
        return earlier if text[left.start : left.end] in ("his", "her") else left
    return left


def _is_no_office(text: str, post: Post) -> bool:
    """A form of address, or an occupation that no body is named with."""
    title = post.title
    if title is None or title.body or title.post.core is None:
        return False
    words = text[slice(*title.post.core)].lower()
    beside = post.way == "before the name" and post.holder.start - title.end < 2
    occupied = words in load("posts")["occupations"]
    return occupied or (beside and words in load("posts")["honorifics"])


def _post(context: Context, told: Title, choice: Choice) -> Post:
    holder, way, ended = choice
    title = _moved_to(context, holder, told)
    span = (min(holder.start, title.start), max(holder.end, title.end))
    over = has_years(context.parsed.text, span[1]) or (
        way != "verb"
        and is_over(context.parsed.text, (holder.start, holder.end), (title.start, title.end))
    )
    return Post(holder, title, title.post.ended or ended or over, span, way)


_TOWN = re.compile(r"\s*,?\s*(?:is|was|now|is\s+now|will\s+be|remains)?\s*")


def _right(text: str, holders: list[Holder], ahead: int, title: Title) -> Holder | None:
    """The person behind a post, past a town taken for one and past "He is"."""
    while title.body and ahead < len(holders) and holders[ahead].end <= title.end:
        ahead += 1  # an abbreviation of the body, taken for a name
    right = holders[ahead] if ahead < len(holders) else None
    following = holders[ahead + 1] if ahead + 1 < len(holders) else None
    if right is None or following is None or right.rank or not following.rank:
        return right
    words = text[right.start : right.end]
    skipped = " " not in words and right.start - title.end < 4
    if words in ("He", "She"):
        told = introduced().fullmatch(text, title.end, following.start)
        return following if told else right
    return following if skipped and _TOWN.fullmatch(text, right.end, following.start) else right


_RESPECTIVELY = re.compile(r"[^.;\n]{0,40}\brespectively\b")
_PAIRED = re.compile(r"\s*,?\s*and\s+(?:the\s+)?")


def _respective(text: str, before: list[Holder], titles: list[Title], index: int) -> Choice | None:
    """Two people and two posts, in order: "A and B are chief of X and head of Y respectively"."""
    for first in (index, index - 1):
        pair = titles[first : first + 2] if first >= 0 else []
        if len(pair) < 2 or len(before) < 2:
            continue
        joint = _PAIRED.fullmatch(text, pair[0].end, pair[1].start)
        people = [h for h in before if h.end <= pair[0].start][-2:]
        told = _RESPECTIVELY.search(text[people[-1].end : pair[0].start] if people else "")
        told = told or _RESPECTIVELY.match(text, pair[1].end)
        if joint and told and len(people) == 2 and pair[0].start - people[1].end <= REACH:
            return people[index - first], "respectively", False
    return None


def _shared(context: Context, phrases: list[Phrase], posts: list[Post]) -> list[Post]:
    """The posts, those of a list with the body that its end names: "..., all at the Ministry"."""
    starts = [p.start for p in phrases]
    for found in _ALL_AT.finditer(context.parsed.text):
        index = bisect_left(starts, found.end())
        body = phrases[index] if index < len(phrases) else None
        if body is not None and body.kind == "body" and body.start <= found.end() + 1:
            _share(posts, found.start(), body_entity(context, body))
    return posts


def _share(posts: list[Post], end: int, body: str) -> None:
    """Give a body to the posts without one that end, one close upon another, at a character."""
    for number in range(len(posts) - 1, -1, -1):
        post = posts[number]
        if post.span[1] > end:
            continue
        if end - post.span[1] > _LIST_GAP or post.title is None or post.title.body:
            return
        posts[number] = replace(post, title=replace(post.title, body=body))
        end = post.span[0]


_ALL_AT = re.compile(r"\b(?:all|both)\s+(?:at|of|in|from)\s+(?:the\s+)?")
_LIST_GAP = 30


def _moved_to(context: Context, holder: Holder, title: Title) -> Title:
    """Where "moved to 7 Division as commander" goes: to the last body before the "as"."""
    text = context.parsed.text
    if title.body or holder.end > title.start:
        return title
    told = MOVING.search(text[max(holder.end, title.start - REACH) : title.start])
    if told is None:
        return title
    ways = list(_TO.finditer(text, title.start - len(told[0]), title.start))
    body = named_body(context, ways[-1].end()) if ways else None
    return replace(title, body=body) if body else title


_TO = re.compile(r"\bto\s+(?:the\s+)?(?=[A-Z\d])")


def _posted(
    context: Context, holders: list[Holder], phrases: list[Phrase], told: set[Span]
) -> Iterator[Post]:
    """Where a person serves, with no post named: "was posted to", "Col. Sund of 4 Brigade"."""
    text = context.parsed.text
    starts = [p.start for p in phrases]
    for holder in holders:
        index = bisect_left(starts, holder.end)
        start, way = holder.end, None
        while index < len(phrases) and (way := _way_into(text, holder, start, phrases[index])):
            body = phrases[index]
            span = (holder.start, body.end)
            if not any(s <= body.start and body.end <= e for s, e in told):
                title = Title(
                    start, body.end, Phrase(start, body.start, "post"), body_entity(context, body)
                )
                left = bool(_LEAVING.search(text, start, body.start)) or opens_with_until(
                    text, holder.start
                )
                yield Post(holder, title, left, span, way)
            index, start = index + 1, body.end


def _way_into(text: str, holder: Holder, start: int, body: Phrase) -> str | None:
    """How the words from a person, or from one body of theirs, lead into another body, if so."""
    between = text[start : body.start]
    if body.kind != "body" or len(between) > 60 or "\n" in between:
        return None
    if start > holder.end:
        onward = _ONWARD.fullmatch(between) or _postings().fullmatch(between)
        return "posting" if onward and not between.isspace() else None
    if _postings().fullmatch(between):
        return "posting"
    serves = holder.rank is not None and _SERVES_IN.fullmatch(between)
    return "of a unit" if serves and is_unit(text, body) else None


_SERVES_IN = re.compile(
    r"\s+(?:(?:of|from|with|at|in)\s+)?(?:the\s+)?|\s*,\s*(?:(?:of|from)\s+)?(?:the\s+)?"
)
_ONWARD = re.compile(r"\s*,?\s*(?:and\s+)?to\s+(?:the\s+)?")
_LEAVING = re.compile(
    r"\b(?:leaves|leaving|left|formerly|until|hand(?:s|ed)\s+over|relinquished|gave\s+up|(?:moved|moves|redeployed|transferred|posted)\s+from)\b"
)


@cache
def _postings() -> re.Pattern[str]:
    return re.compile(
        r"\s*,?\s*(?:(?:who|is|was|now|has|had|been|who\s+was|currently|also|until\s+(?:now|recently|then),?)\s+)*"
        rf"(?:{rows(load('posts')['postings'])})\s+(?:the\s+|its\s+|his\s+|her\s+)?",
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
    yield Post(holder, title, title.post.ended, (title.start, title.end), "for the holder")
