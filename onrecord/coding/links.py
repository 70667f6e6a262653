"""Ties without a post: links, aliases, who leads whom, who belongs where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.coding.neighbours import Neighbours
from onrecord.coding.tenure import has_years, opens_with_until
from onrecord.model import RelationType, Span
from onrecord.vocabulary import load

ACTORS = ("person", "body", "place")


@dataclass(frozen=True, slots=True)
class Tie:
    """Two entities and the words that tie them."""

    type: RelationType
    subject: str
    object: str
    words: Span
    span: Span
    ended: bool = False


def find_ties(near: Neighbours) -> Iterator[Tie]:
    """Links, aliases, leading and membership, each as the text states it."""
    yield from _linked_by_nouns(near)
    yield from _linked_by_participles(near)
    yield from _aliases(near)
    yield from _led(near)
    yield from _joined(near)


def _any(words: list[str]) -> str:
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True)
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = load("links")
    adjectives = f"(?:(?:{_any(words['adjectives'])})\\s+)*"
    return {
        "noun": re.compile(
            rf"\b(?:{_any(words['nouns'])})\s+(?P<to>{_any(words['noun_prepositions'])}|between)\s+",
            re.IGNORECASE,
        ),
        "whose": re.compile(
            rf"(?:(?P<whose>\b(?:their|his|her|its)|['’]s?)\s+)?(?P<words>{adjectives})$",
            re.IGNORECASE,
        ),
        "participle": re.compile(
            rf"(?P<words>\b(?:{_any(words['participles'])}))\s+", re.IGNORECASE
        ),
        "alias": re.compile(
            rf"\s*[,(]*\s*(?P<words>\b(?:{_any(words['alias'])}))[\s,:]*[‘'“\"]*\s*(?:the\s+)?"
        ),
        "led_by": re.compile(
            rf"(?P<words>\b(?:{_any(words['leading_passive'])}))\s+by\s+", re.IGNORECASE
        ),
        "leads": re.compile(
            rf"\s*,?\s*(?:who\s+)?(?:(?:allegedly|reportedly|currently|once|formerly|previously|now|has|had|also)\s+)*"
            rf"(?P<words>{_any(words['leading'])})\s+(?:the\s+|an?\s+|his\s+)?",
        ),
        "joined": re.compile(
            rf"\s*,?\s*(?:who\s+)?(?:allegedly\s+|reportedly\s+)?(?P<words>{_any(words['joining'])})\s+(?:the\s+)?"
        ),
    }


def _linked_by_nouns(near: Neighbours) -> Iterator[Tie]:
    for found in _patterns()["noun"].finditer(near.text):
        offset = max(0, found.start() - 80)
        before = _patterns()["whose"].search(near.text[offset : found.start()])
        first = offset + (before.start("words") if before else found.start() - offset)
        words = (first, found.start("to") - 1)
        if found["to"].lower() == "between":
            yield from _between(near, found.end(), words)
            continue
        other = near.after(found.end(), ("person", "body"))
        whose = (before["whose"] or "").lower() if before else ""
        start = offset + before.start("whose") if before and whose else first
        for subject, begin in _possessors(near, whose, start) if other else ():
            if other and subject != other.entity:
                yield Tie("link", subject, str(other.entity), words, (begin, other.end))


def _between(near: Neighbours, position: int, words: Span) -> Iterator[Tie]:
    one = near.after(position, ACTORS)
    two = near.after(one.end, ACTORS) if one else None
    if one and two and "and" in near.text[one.end : two.start].split():
        yield Tie("link", str(one.entity), str(two.entity), words, (words[0], two.end))


_HAS = re.compile(
    r"\s*,?\s*(?:who\s+)?(?:has|have|had|maintains|maintained|enjoys|kept|keeps|denied|denies|with)\s+(?:any\s+|its\s+|his\s+)?$"
)


def _possessors(near: Neighbours, whose: str, start: int) -> list[tuple[str, int]]:
    """Whose links they are: "their" is everybody named together before."""
    if whose == "their" and (people := near.coordinated_before(start)):
        return [(person, start) for person in people]
    if whose in ("their", "his", "her", "its"):
        known = near.at(start)
        return [(known.id, start)] if known else []
    before = near.before(start, ACTORS)
    if before and (whose or _HAS.fullmatch(near.text[before.end : start])):
        return [(str(before.entity), before.start)]
    return []


_IS = re.compile(
    r"\s*,?\s*(?:(?:who|which|and)\s+)?(?:(?:is|are|was|were|has|have|had|been|be|being|also|repeatedly|long|allegedly|reportedly|"
    r"closely|directly|believed|said|to|widely|openly|known|suspected|of|publicly|previously)\s+)*$"
)


def _linked_by_participles(near: Neighbours) -> Iterator[Tie]:
    for found in _patterns()["participle"].finditer(near.text):
        other = near.after(found.end(), ("person", "body"))
        one = near.before(found.start(), ("person", "body")) if other else None
        if other is None or one is None or one.entity == other.entity:
            continue
        if _IS.fullmatch(near.text[one.end : found.start()]):
            yield Tie(
                "link",
                str(one.entity),
                str(other.entity),
                found.span("words"),
                (one.start, other.end),
            )


_BEING = re.compile(
    r"(?:\s*,)?(?:\s+(?:tactics|units|groups|men|forces|fighters|members|which|who|now|are|is|was|were|being|been|have|has|also|then))*"
)


def _aliases(near: Neighbours) -> Iterator[Tie]:
    for one, two in zip(near.phrases, near.phrases[1:], strict=False):
        between = near.text[one.end : two.start]
        if len(between) < 5 or len(between) > 90 or not (one.entity and two.entity):
            continue
        if one.kind not in ("person", "body") or two.kind != one.kind or one.entity == two.entity:
            continue
        being = _BEING.match(between)
        cut = being.end() if being else 0
        found = _patterns()["alias"].fullmatch(between, cut)
        if found:
            words = (one.end + found.start("words"), one.end + found.end("words"))
            yield Tie("alias", one.entity, two.entity, words, (one.start, two.end))


_LED = re.compile(
    r"\s*,?\s*(?:(?:which|that|is|was|are|allegedly|reportedly|once|formerly|previously|and|being)\s+)*$"
)


def _led(near: Neighbours) -> Iterator[Tie]:
    for found in _patterns()["led_by"].finditer(near.text):
        body = near.before(found.start(), ("body",))
        person = near.after(found.end()) if body else None
        if body and person and _LED.fullmatch(near.text[body.end : found.start()]):
            yield _leading(
                near,
                str(person.entity),
                body.span,
                str(body.entity),
                found.span("words"),
                person.span,
            )
    for one, two in zip(near.phrases, near.phrases[1:], strict=False):
        if one.kind == "person" and two.kind == "body" and one.entity and two.entity:
            gap = _patterns()["leads"].fullmatch(near.text, one.end, two.start)
            if gap:
                yield _leading(near, one.entity, two.span, two.entity, gap.span("words"), one.span)


def _leading(
    near: Neighbours, person: str, body: Span, entity: str, words: Span, other: Span
) -> Tie:
    named = near.text[slice(*body)].lower()
    commanded = any(re.search(rf"\b{w}\b", named) for w in load("links")["commanded"])
    span = (min(body[0], other[0]), max(body[1], other[1]))
    over = bool(_OVER.search(near.text[span[0] : words[1]])) or has_years(near.text, span[1])
    over = over or opens_with_until(near.text, span[0])
    return Tie("command" if commanded else "leads", person, entity, words, span, over)


_OVER = re.compile(r"\b(?:once|formerly|previously|until)\b")


def _joined(near: Neighbours) -> Iterator[Tie]:
    for one, two in zip(near.phrases, near.phrases[1:], strict=False):
        if one.kind == "person" and two.kind == "body" and one.entity and two.entity:
            gap = _patterns()["joined"].fullmatch(near.text, one.end, two.start)
            if gap:
                yield Tie(
                    "membership", one.entity, two.entity, gap.span("words"), (one.start, two.end)
                )
