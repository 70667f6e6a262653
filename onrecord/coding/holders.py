"""People with their ranks: "Maj. Gen. Aro Venn", "Mr Venn, a brigadier general"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.coding.context import Context
from onrecord.coding.formations import is_unit
from onrecord.coding.offices import is_name
from onrecord.coding.phrase import Phrase
from onrecord.coding.tenure import NAMING
from onrecord.model import Span
from onrecord.vocabulary import load

_NAME = re.compile(
    r"\s*(?:\([^()\n]{1,12}\)\s*)?((?:[A-Z]\.\s?)*(?:[A-Z]\s)?[A-Z][\w’'-]+"
    r"(?:[ \t]+(?:(?:[A-Z](?:\.\s?|\s))+|(?:al|el|ul|ur|bin|ibn|dan|de|van|ould)\s)?"
    r"[ \t]*[A-Z][\w’'-]+){0,3})"
)
_STOPS = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|The|In|On|At|Yesterday|Today|And|Said|Says)\b.*"
)
_POSSESSIVE = re.compile(r"['’]s?$")
LONGEST = 6
"""Words of the longest name that a holder bears; a headline taken for a name is longer."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the rank in front of the name."""

    start: int
    end: int
    entity: str
    rank: Span | None = None


def find_holders(context: Context, phrases: list[Phrase]) -> Iterator[Holder]:
    """Everybody named, in order; a name after a rank that the book lacks is added to it."""
    text = context.parsed.text
    done = 0
    for index, phrase in enumerate(phrases):
        following = phrases[index + 1] if index + 1 < len(phrases) else None
        if phrase.start < done:
            continue
        holders: list[Holder] = []
        if phrase.kind == "rank":
            holders = list(_ranked(context, phrase, following))
        elif phrase.kind == "person" and phrase.entity:
            holder = _with_rank_behind(text, phrase, following)
            before = phrases[index - 1] if index else None
            if holder.rank or _may_hold(context, phrase, before):
                if NAMING.search(text, max(0, phrase.start - 20), phrase.start):
                    _without_post(context, phrase.entity, text[slice(*phrase.span)])
                holders = [holder]
        done = holders[-1].end if holders else done
        yield from holders


def _may_hold(context: Context, phrase: Phrase, before: Phrase | None) -> bool:
    """A name of a person's make: no abbreviation of a body ("JTF"), no number, no headline.

    A lone word behind a formation is the town it lies in: "4 Brigade, Zaru".
    """
    text = context.parsed.text
    words, name = text[phrase.start : phrase.end], context.book[phrase.entity or ""].name
    if " " not in words and words.isupper() and 1 < len(words) <= 5:
        return False
    if len(words.split()) > LONGEST or any(c.isdigit() for c in words):
        return False
    if before is None or before.kind != "body" or " " in name or not is_unit(text, before):
        return True
    return not _TOWN_GAP.fullmatch(text, before.end, phrase.start)


_TOWN_GAP = re.compile(r"\s*,?\s+")


def _is_plural(text: str, rank: Span) -> bool:
    """A rank that several bear: "Brigadier-Generals Venn and Tarko"."""
    return text[rank[1] - 1] == "s" and len(text[slice(*rank)]) > 4


def _ranked(context: Context, rank: Phrase, following: Phrase | None) -> Iterator[Holder]:
    """Who bears a rank: the name after it, and all the names after a rank in the plural."""
    if _SPOKEN_OF.search(context.parsed.text[max(0, rank.start - 8) : rank.end]):
        return
    several = _is_plural(context.parsed.text, rank.span)
    span = (rank.start, rank.end - several)
    holder = _first_bearer(context, rank, following)
    while holder is not None:
        yield replace(holder, rank=span)
        joint = _LISTED.match(context.parsed.text, holder.end)
        if joint is None or not several:
            return
        named = _bearer(context, span, joint.end())
        holder = replace(named, start=joint.end()) if named else None


_SPOKEN_OF = re.compile(r"\b(?:the|an?|his|her|their|our)\s+[\w-]+\.$")
"""An abbreviated rank that ends its sentence: "went to the AIG." """
_LISTED = re.compile(r"\s*(?:,\s*and|,|and|&)\s+(?=[A-Z])")


def _first_bearer(context: Context, rank: Phrase, following: Phrase | None) -> Holder | None:
    """The name after a rank: the book's, or the capitalized words that stand there."""
    text = context.parsed.text
    gap = text[rank.end : following.start] if following else ""
    if following and following.kind == "person" and following.entity and _is_gap(gap):
        run = _NAME.match(text, following.start)
        end = following.end if run is None else max(following.end, _end_of_name(run))
        _name(context, following.entity, rank.span, (following.start, end))
        return Holder(rank.start, end, following.entity, rank.span)
    found = _NAME.match(text, rank.end)
    if found and following and following.kind in ("post", "rank"):
        found = found if following.start >= found.end(1) else None
    return _bearer(context, rank.span, rank.end) if found else None


def _bearer(context: Context, rank: Span, at: int) -> Holder | None:
    """Whose name the capitalized words at a character are; somebody new where the book has none."""
    text = context.parsed.text
    found = _NAME.match(text, at)
    if found is None:
        return None
    start, end = found.start(1), _end_of_name(found)
    if not is_name(text[start:end]) or _goes_on(text[start:end]):
        return None
    known = context.book.at(end - 1) or context.book.at(start)
    if known and known.type == "Person":
        _name(context, known.id, rank, (start, end))
        return Holder(rank[0], end, known.id, rank)
    if known and (start, end) in known.mentions:
        context.book.learn(known.id, type="Person")
        return Holder(rank[0], end, known.id, rank)
    return Holder(rank[0], end, context.book.add("Person", [(start, end)]).id, rank)


def _goes_on(words: str) -> bool:
    """Whether the words behind a rank's word make it another: "General Assembly"."""
    first = words.split(maxsplit=1)[0].lower()
    return len(first.strip(".")) > 1 and first in load("ranks")["not_names"]


def _end_of_name(found: re.Match[str]) -> int:
    """Where the run of capitalized words stops being a name."""
    words, length = found[1], 0
    for word in re.finditer(r"\S+", _STOPS.sub("", words)):
        if length and not is_name(word[0]):
            break
        length = word.end()
    return found.start(1) + len(_POSSESSIVE.sub("", words[:length]))


def _name(context: Context, identifier: str, rank: Span, name: Span) -> None:
    """The words behind a rank are a name of their holder, and the name where the book had none."""
    text, book = context.parsed.text, context.book
    book.mention(identifier, name)
    known, words = book[identifier].name, text[slice(*name)]
    more, _, behind = known.partition(words) if words else (known, "", "")
    if not (more or behind) or more == known or any(c.isupper() for c in behind):
        return
    if text[slice(*rank)] in more or not is_name(more):
        book.learn(identifier, name=words)


def _without_post(context: Context, identifier: str, words: str) -> None:
    """Take the post behind it off a name: "elected Mara Dahl chairwoman"."""
    behind = context.book[identifier].name.removeprefix(words)
    if behind[:1] == " " and behind.islower():
        context.book.learn(identifier, name=words)


def _is_gap(gap: str) -> bool:
    return not gap.strip(" .\t") or bool(re.fullmatch(r"\s*\([^()\n]{1,12}\)\s*", gap))


_SHORT_FORM = re.compile(r"(?:\s*\([A-Z]{1,6}\)|\))")
_RANK_BEHIND = re.compile(r",\s+an?\s+(?:retired\s+)?|\s*\(")


def _with_rank_behind(text: str, person: Phrase, following: Phrase | None) -> Holder:
    """A person whose rank stands behind the name: "Mr Venn, a brigadier general", "Venn (SP)"."""
    if following and following.kind == "rank":
        gap = text[person.end : following.start]
        closed = "(" not in gap or text[following.end : following.end + 1] == ")"
        if closed and _RANK_BEHIND.fullmatch(gap):
            end = _SHORT_FORM.match(text, following.end)
            rank = following.span
            return Holder(person.start, end.end() if end else rank[1], person.entity or "", rank)
    return Holder(person.start, person.end, person.entity or "")
