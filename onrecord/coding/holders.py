"""People with their ranks: "Maj. Gen. Aro Venn", "Mr Venn, a brigadier general"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.coding.context import Context
from onrecord.coding.offices import is_name
from onrecord.coding.phrase import Phrase
from onrecord.model import Span

_NAME = re.compile(
    r"\s*(?:\([^()\n]{1,12}\)\s*)?((?:[A-Z]\.\s?)*(?:[A-Z]\s)?[A-Z][\w’'-]+"
    r"(?:[ \t]+(?:(?:[A-Z](?:\.\s?|\s))+|(?:al|el|ul|ur|bin|ibn|dan|de|van|ould)\s)?"
    r"[ \t]*[A-Z][\w’'-]+){0,3})"
)
_STOPS = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|The|In|On|At|Yesterday|Today|And|Said|Says)\b.*"
)


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
        if phrase.kind == "rank":
            holder = _ranked(context, phrase, following)
            if holder:
                done = holder.end
                yield holder
        elif phrase.kind == "person" and phrase.entity and phrase.start >= done:
            yield _with_rank_behind(text, phrase, following)


def _ranked(context: Context, rank: Phrase, following: Phrase | None) -> Holder | None:
    """The name after a rank: the book's, or the capitalized words that stand there."""
    text = context.parsed.text
    gap = text[rank.end : following.start] if following else ""
    if following and following.kind == "person" and following.entity and _is_gap(gap):
        run = _NAME.match(text, following.start)
        end = following.end if run is None else max(following.end, _end_of_name(run))
        _name(context, following.entity, rank.span, (following.start, end))
        return Holder(rank.start, end, following.entity, rank.span)
    found = _NAME.match(text, rank.end)
    if found is None or (
        following and following.kind in ("post", "rank") and following.start < found.end(1)
    ):
        return None
    start, end = found.start(1), _end_of_name(found)
    if not is_name(text[start:end]):
        return None
    known = context.book.at(end - 1) or context.book.at(start)
    if known and known.type == "Person":
        _name(context, known.id, rank.span, (start, end))
        return Holder(rank.start, end, known.id, rank.span)
    if known and (start, end) in known.mentions:
        context.book.learn(known.id, type="Person")
        return Holder(rank.start, end, known.id, rank.span)
    return Holder(rank.start, end, context.book.add("Person", [(start, end)]).id, rank.span)


def _end_of_name(found: re.Match[str]) -> int:
    """Where the run of capitalized words stops being a name."""
    words, length = found[1], 0
    for word in re.finditer(r"\S+", _STOPS.sub("", words)):
        if length and not is_name(word[0]):
            break
        length = word.end()
    return found.start(1) + length


def _name(context: Context, identifier: str, rank: Span, name: Span) -> None:
    """The words behind a rank are a name of their holder, and the name where the book had none."""
    text, book = context.parsed.text, context.book
    book.mention(identifier, name)
    known, words = book[identifier].name, text[slice(*name)]
    more = known.removesuffix(words)
    if more in ("", known) or not words:
        return
    if text[slice(*rank)] in more or not is_name(more):
        book.learn(identifier, name=words)


def _is_gap(gap: str) -> bool:
    return not gap.strip(" .\t") or bool(re.fullmatch(r"\s*\([^()\n]{1,12}\)\s*", gap))


_RANK_BEHIND = re.compile(r",\s+an?\s+(?:retired\s+)?")


def _with_rank_behind(text: str, person: Phrase, following: Phrase | None) -> Holder:
    """A person whose rank stands behind the name: "Mr Venn, a brigadier general"."""
    rank = None
    if following and following.kind == "rank":
        gap = text[person.end : following.start]
        rank = following.span if _RANK_BEHIND.fullmatch(gap) else None
    return Holder(person.start, person.end, person.entity or "", rank)
