"""Posts with the body or place they are held in: "GOC, 7 Division", "Zaru's Interior Minister"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from onrecord.coding.context import Context
from onrecord.coding.formations import find_units
from onrecord.coding.phrase import Phrase
from onrecord.model import EntityType
from onrecord.vocabulary import load

LONGEST = 80
"""Characters in which the name of a unit ends."""


@dataclass(frozen=True, slots=True)
class Title:
    """A post with the body or place it is held in."""

    start: int
    end: int
    post: Phrase
    body: str | None = None


@cache
def _body_gap() -> re.Pattern[str]:
    prepositions = "|".join(load("posts")["prepositions"])
    return re.compile(
        rf"\s*(?:\([^()\n]{{1,40}}\))?\s*,?\s*(?:(?:{prepositions})\s+)?(?:(?:the|its|an?)\s+)?"
        r"(?:(?:newly|new|created|newly-created|entire|whole|country['’]s|banned|outlawed)[\s-]+){0,3}",
        re.IGNORECASE,
    )


_BEFORE_GAP = re.compile(r"\)?(?:['’]s?)?[^\S\n]*")
_CHAIN_GAP = re.compile(
    r"\s*(?:\([^()\n]{1,40}\))?\s*,?\s*(?:(?:of|at|in|under)\s+)?(?:the\s+)?", re.IGNORECASE
)


def find_titles(context: Context, phrases: list[Phrase]) -> Iterator[Title]:
    """Every post with its body, which is the one behind it, else the one in front."""
    text = context.parsed.text
    phrases = _without_agency(context, phrases)
    for index, phrase in enumerate(phrases):
        if phrase.kind != "post":
            continue
        behind = _bodies_behind(text, phrases, index)
        if behind:
            body = body_entity(context, behind[0])
            yield Title(phrase.start, _closed(text, behind[-1].end), phrase, body)
            continue
        short = _short_body(text, phrase)
        before = phrases[index - 1] if index else None
        if short and (not before or before.kind == "person" or before.end <= short.start(1)):
            before = Phrase(*short.span(1), "body")
        if before and _is_body(before) and _BEFORE_GAP.fullmatch(text[before.end : phrase.start]):
            yield Title(before.start, phrase.end, phrase, body_entity(context, before))
        else:
            whole = _with_field(context, phrase)
            yield Title(whole.start, whole.end, whole)


def _short_body(text: str, post: Phrase) -> re.Match[str] | None:
    """An abbreviation in front of a post, whether or not the book has it: "ZDF spokesman"."""
    if text[slice(*post.span)].isupper():
        return None  # a headline in capitals: "THE CHIEF"
    return _SHORT_BODY.search(text, max(0, post.start - 10), post.start)


_SHORT_BODY = re.compile(r"(?:^|\n|[^\s:/|]\s|[(“\"])([A-Z]{3,8})\s+$")
"""Behind a colon or a stroke it is the credit of a picture."""
_FIELD = re.compile(r"\s+of\s+(?:the\s+)?((?:[A-Z][a-z]+\s+(?:(?:and|&)\s+)?){0,3}[A-Z][a-z]+)\b")


def _with_field(context: Context, post: Phrase) -> Phrase:
    """A post in capitals with the field of work that it is over: "Director of Frontier Roads"."""
    text = context.parsed.text
    head = text[slice(*post.core)].split()[-1] if post.core else ""
    field = _FIELD.match(text, post.end)
    if not (field and head[:1].isupper() and head.lower() in load("posts")["of_work"]):
        return post
    if any(context.book.at(at) for at in (field.start(1), field.end(1) - 1)):
        return post
    start = post.core[0] if post.core else post.start
    return replace(post, end=field.end(1), core=(start, field.end(1)))


def _without_agency(context: Context, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases without the dateline and the agency's credit, in which nobody holds a post."""
    agency = context.head.publisher or (0, 0)
    return [
        p
        for p in phrases
        if not context.in_dateline(p.span) and not (p.start < agency[1] and agency[0] < p.end)
    ]


def _is_body(phrase: Phrase) -> bool:
    return phrase.kind in ("body", "place")


_BODIES = ("Organization", "Place")


def body_entity(context: Context, phrase: Phrase) -> str:
    """The id of a body: the book's, one of the same name, or a new one."""
    if phrase.entity:
        return phrase.entity
    same = context.book.exactly(phrase.span)
    if same is None:
        words = context.parsed.text[phrase.start : phrase.end]
        same = next((e for e in context.book if e.type in _BODIES and e.name == words), None)
        if same:
            context.book.mention(same.id, phrase.span)
    kind: EntityType = "Place" if phrase.kind == "place" else "Organization"
    return (same or context.book.add(kind, [phrase.span])).id


def named_body(context: Context, at: int) -> str | None:
    """The id of the body whose name begins at a character: the book's, else by its own words."""
    known = context.book.at(at)
    if known is not None and known.type == "Organization":
        return known.id
    text = context.parsed.text
    unit = next((u for u in find_units(text[at : at + LONGEST]) if u.start == 0), None)
    if unit is not None:
        return body_entity(context, Phrase(at, at + unit.end, "body"))
    spelled = _body_name().match(text, at)
    return body_entity(context, _spelled_out(spelled)) if spelled else None


def _bodies_behind(text: str, phrases: list[Phrase], index: int) -> list[Phrase]:
    """The body a post is held in and what says where that is: "7 Division, Zaru Army, Bama"."""
    found: list[Phrase] = []
    end, gap = phrases[index].end, _body_gap()
    lead = gap.match(text, end)
    spelled = _body_name().match(text, lead.end()) if lead and "\n" not in lead[0] else None
    for phrase in phrases[index + 1 : index + 6]:
        if spelled and phrase.start < spelled.end():
            if _is_better(text, phrase, spelled):
                spelled = None
            elif phrase.end <= spelled.end():
                continue
        if spelled and not found:
            found.append(_spelled_out(spelled))
            end, gap = spelled.end(), _CHAIN_GAP
        between = text[end : phrase.start]
        if found and between.strip() == "(" and text[phrase.end : phrase.end + 1] == ")":
            end = phrase.end + 1
            continue
        if not _is_body(phrase) or "\n" in between or not gap.fullmatch(between):
            return found
        if _OWNS.match(text, phrase.end):
            return found  # "head of the Ministry's press desk" does not head the ministry
        found.append(phrase)
        end, gap = phrase.end, _CHAIN_GAP
    return found or ([_spelled_out(spelled)] if spelled else [])


def _is_better(text: str, phrase: Phrase, spelled: re.Match[str]) -> bool:
    """Whether the book knows this very body, or has something else than a body there.

    An abbreviation that it has for a person ("Director of Policy, DHQ") is a body all the same.
    """
    if not _is_body(phrase):
        return not (phrase.span == spelled.span() and text[phrase.start : phrase.end].isupper())
    return phrase.end >= spelled.end() > phrase.start == spelled.start()


def _spelled_out(found: re.Match[str]) -> Phrase:
    return Phrase(found.start(), found.end(), "body")


@cache
def _body_name() -> re.Pattern[str]:
    """The name of a body that the book does not know: capitalized words with one for a body."""
    units, posts = load("units"), load("posts")
    last = {*units["named_kinds"], *units["kinds"], *(b.capitalize() for b in posts["bodies"])}
    words = "|".join(w.replace(" ", r"\s+") for w in sorted(last, key=len, reverse=True))
    small = "|".join(w.lower() for w in units["small"])
    name = r"[A-Z][\w’'&-]*"
    return re.compile(
        rf"(?:(?:{name}\s+(?:(?:of|and|for|&)\s+(?:the\s+)?)?){{0,6}}(?:{words}|(?<=\s)(?:{small}))\b"
        rf"(?:\s+(?:of|for)\s+(?:the\s+)?{name}(?:\s+{name}){{0,2}}(?:\s+and\s+{name})?)?"
        r"|[A-Z]{3,9}\b)(?![\w-])"
    )


_OWNS = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,2}[a-z]")
_SHORT = re.compile(
    r"(?:\s*\\?[(\[](?!(?:[a-z]+\s)?\d{4}\b)[^()\[\]\n]{1,40}[)\]])?"
    r"(?:\s*,?\s+(?:with\s+(?:its\s+)?headquarters|headquartered|based)\s+(?:in|at)\s+[A-Z][\w’'-]+)?"
)


def _closed(text: str, end: int) -> int:
    short = _SHORT.match(text, end)
    return short.end() if short else end
