"""Visits, meetings, hearings and trips of people in public office and of public bodies.

Only what is published, to the day and the city at the finest; people without a public post in the
text are left out, and an engagement of nobody else is not recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import ancestors
from onrecord.coding.context import Context
from onrecord.coding.engagement_merge import merged
from onrecord.coding.neighbours import Neighbours
from onrecord.coding.once import once
from onrecord.coding.phrases import find_phrases
from onrecord.coding.posts import find_posts
from onrecord.model import Citations, Engagement, EngagementStatus, Entity, Span, content_id
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_PUBLIC_ACTORS = frozenset({"state_security_force", "other_state", "international_organization"})


@dataclass(frozen=True, slots=True)
class _Told:
    """An engagement as one sentence tells it, before public office is looked at."""

    type: str
    word: Token
    participants: tuple[str, ...]
    place: tuple[str, Span] | None
    sentence: Sentence


def find_engagements(context: Context) -> tuple[Engagement, ...]:
    """The engagements of a text, told once each, in the order of their words."""
    if context.parsed.doc is None:
        return ()
    if not _mentions_any(context):
        return ()
    told = list(_told(context, Neighbours(context, find_phrases(context))))
    public = _in_public_office(context)
    found: list[Engagement] = []
    for one in told:
        participants = tuple(p for p in one.participants if _is_public(context, p, public))
        if participants:
            engagement = _engagement(context, one, participants)
            if engagement.place or engagement.start or len(participants) > 1:
                found.append(engagement)
    return once(merged(context, found))


@cache
def _words() -> tuple[dict[str, str], dict[str, str]]:
    lexicon = load("engagements")
    return lexicon["nouns"], lexicon["verbs"]


def _mentions_any(context: Context) -> bool:
    nouns, verbs = _words()
    return any(t.lower_ in nouns or t.lemma_ in verbs for t in context.parsed.doc or ())


def _told(context: Context, near: Neighbours) -> Iterator[_Told]:
    nouns, verbs = _words()
    for token in context.parsed.doc or ():
        low = token.lower_
        if low in nouns and token.pos_ in ("NOUN", "PROPN"):
            yield _by_noun(near, token, nouns[low])
        elif token.pos_ == "VERB" and token.lemma_ in verbs:
            yield _by_verb(context, token, verbs[token.lemma_])


def _by_noun(near: Neighbours, noun: Token, kind: str) -> _Told:
    """The "visit of A and B to C", "A's meeting with B in C"."""
    lexicon, context = load("engagements"), near.context
    who: list[str] = []
    place = None
    for child in _reached(noun):
        low = child.lower_
        if child.dep_ == "poss":
            who += _listed(context, child)
        elif low in lexicon["of"]:
            who += [str(p.entity) for p in near.listed_after(child.idx + len(child))]
        elif low in lexicon["to"] and place is None:
            place = _place(context, child)
    host = noun.head if noun.dep_ in ("dobj", "pobj") else None
    if host is not None and host.pos_ == "ADP":
        host = next((a for a in ancestors(host) if a.pos_ != "ADP"), None)
    if not who and host is not None and host.pos_ == "VERB" and host.lemma_ not in _words()[1]:
        who += _subjects(context, host, before=noun)
    place = place or _place_behind(context, noun)
    return _Told(kind, noun, tuple(dict.fromkeys(who)), place, noun.sent)


def _reached(noun: Token) -> Iterator[Token]:
    """The dependents of a noun, and the prepositions that a parser may hang from those."""
    for child in noun.children:
        yield child
        if child.dep_ == "prep":
            for inner in child.subtree:
                if inner.i != child.i and inner.dep_ == "prep":
                    yield inner


def _by_verb(context: Context, verb: Token, kind: str) -> _Told:
    """What is told with a verb: "A will visit C", "A met B in C"."""
    lexicon = load("engagements")
    who = _subjects(context, verb)
    place = None
    if verb.lemma_ in lexicon["need_an_object"] and not _receives(context, verb):
        who = []
    for child in verb.children:
        if child.dep_ == "dobj":
            for identifier in _listed(context, child):
                if context.book[identifier].type == "Place" and kind != "meeting":
                    place = place or (identifier, _mention(context, child))
                else:
                    who.append(identifier)
        elif child.lower_ == "with":
            who += [e for c in child.children if c.dep_ == "pobj" for e in _listed(context, c)]
        elif child.lower_ in lexicon["to"] and place is None:
            place = _place(context, child)
    return _Told(kind, verb, tuple(dict.fromkeys(who)), place, verb.sent)


def _subjects(context: Context, verb: Token, *, before: Token | None = None) -> list[str]:
    """Who does it; `before` leaves out those who follow, as in "for a visit, X announced"."""
    if before is not None and verb.i > before.i:
        return []
    found = [e for c in verb.children if c.dep_ == "nsubj" for e in _listed(context, c)]
    if not found and verb.dep_ in ("xcomp", "conj", "advcl") and verb.head.i != verb.i:
        return [e for c in verb.head.children if c.dep_ == "nsubj" for e in _listed(context, c)]
    if not found and verb.dep_ == "relcl":
        return _listed(context, verb.head)
    return found


def _listed(context: Context, head: Token) -> list[str]:
    """The entities of a noun and of those joined to it by "and"."""
    entity = context.book.at(head.idx)
    if context.in_dateline((head.idx, head.idx + 1)):
        return []
    found = [entity.id] if entity else []
    for child in head.children:
        if child.dep_ in ("conj", "appos") and child.pos_ in ("PROPN", "NOUN", "PRON"):
            found += _listed(context, child)
    return found


def _receives(context: Context, verb: Token) -> bool:
    """Whether it is people that are received, not a letter."""
    objects = [e for c in verb.children if c.dep_ == "dobj" for e in _listed(context, c)]
    return any(context.book[e].type in ("Person", "Group") for e in objects)


def _place(context: Context, preposition: Token) -> tuple[str, Span] | None:
    for child in preposition.children:
        if child.dep_ == "pobj":
            entity = context.book.at(child.idx)
            if entity and entity.type == "Place":
                return entity.id, _mention(context, child)
            of = [p for p in child.rights if p.lower_ == "of"]
            if of and child.lemma_ in load("engagements")["settlements"]:
                return _place(context, of[0])
    return None


def _mention(context: Context, token: Token) -> Span:
    """The whole name that a token stands in."""
    entity = context.book.at(token.idx)
    spans = [m for m in entity.mentions if m[0] <= token.idx < m[1]] if entity else []
    return min(spans, default=(token.idx, token.idx + len(token)))


def _place_behind(context: Context, word: Token) -> tuple[str, Span] | None:
    """The first place told after "to" or "in" behind the word, in its sentence."""
    prepositions = load("engagements")["to"]
    doc = word.doc
    for token in doc[word.i + 1 : min(word.sent.end, word.i + 40)]:
        if token.lower_ in prepositions and token.i + 1 < word.sent.end:
            following = doc[token.i + 1]
            entity = context.book.at(following.idx)
            if entity and entity.type == "Place":
                return entity.id, _mention(context, following)
    return None


# ---------------------------------------------------------------- public office


def _in_public_office(context: Context) -> frozenset[str]:
    """The people whom the text gives a post that is not a private one."""
    private = set(load("engagements")["private_posts"])
    text = context.parsed.text
    return frozenset(
        post.holder.entity
        for post in find_posts(context)
        if post.title
        and post.title.post.core
        and not private & set(text[slice(*post.title.post.core)].lower().split())
    )


def _is_public(context: Context, identifier: str, public: frozenset[str]) -> bool:
    entity: Entity = context.book[identifier]
    if entity.type == "Person":
        held = set(load("engagements")["public_occupations"])
        return identifier in public or bool(held & set(entity.occupations))
    if entity.type == "Group":
        words = set(entity.name.lower().split())
        return bool(words & set(load("engagements")["public_groups"]))
    return entity.type == "Place" or entity.actor_type in _PUBLIC_ACTORS


# ---------------------------------------------------------------- when and how sure


def _engagement(context: Context, told: _Told, participants: tuple[str, ...]) -> Engagement:
    dates = _dates(context, told)
    start, end = (dates[0], dates[1]) if dates else (None, None)
    span = _span(context, told, dates[2] if dates else None)
    cites: dict[str, tuple[Span, ...]] = {}
    if told.place:
        cites["place"] = (told.place[1],)
    if dates:
        cites["start"] = cites["end"] = (dates[2],)
    frozen: Citations = cites
    return Engagement(
        id=content_id("engagement", context.document_id, told.type, *span),
        type=told.type,
        participants=participants,
        status=_status(told),
        span=span,
        place=told.place[0] if told.place else None,
        start=start,
        end=end,
        cites=frozen,
    )


def _dates(context: Context, told: _Told) -> tuple[str, str, Span] | None:
    """The first date behind the word in its sentence, else the nearest before it."""
    first, last = told.sentence.start_char, told.sentence.end_char
    inside = [d for d in context.dates if first <= d.span[0] and d.span[1] <= last]
    behind = [d for d in inside if d.span[0] >= told.word.idx]
    nearest = behind[:1] or inside[-1:]
    if not nearest:
        return None
    start, _, end = nearest[0].edtf.partition("/")
    return start, end or start, nearest[0].span


def _span(context: Context, told: _Told, date: Span | None) -> Span:
    """From the first of the words that state it to the last."""
    word = (told.word.idx, told.word.idx + len(told.word))
    first, last = told.sentence.start_char, told.sentence.end_char
    parts = [word, *([told.place[1]] if told.place else []), *([date] if date else [])]
    for identifier in told.participants:
        inside = (m for m in context.book[identifier].mentions if first <= m[0] and m[1] <= last)
        parts += [m for m in inside if not context.in_dateline(m)]
    return min(s for s, _ in parts), max(e for _, e in parts)


@cache
def _status_patterns() -> list[tuple[EngagementStatus, re.Pattern[str]]]:
    rows = load("engagements")["status"]
    found = []
    for status, words in rows.items():
        forms = {*words, *(w.capitalize() for w in words)} - {"May"}  # a month
        found.append((status, re.compile(rf"\b(?:{'|'.join(sorted(forms))})\b")))
    return found


def _status(told: _Told) -> EngagementStatus:
    """What the words around it say; told in the past, it is past."""
    text = told.sentence.text
    at = told.word.idx - told.sentence.start_char
    near = text[max(0, at - 60) : at + 160]
    for status, pattern in _status_patterns():
        if pattern.search(near):
            return status
    return "past"
