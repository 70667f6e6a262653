"""Posts, kinship, membership, command, leadership, links and aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.coding.assurance import confidence_of, construction_of
from onrecord.coding.context import Context
from onrecord.coding.kinship import find_kin
from onrecord.coding.links import find_ties
from onrecord.coding.neighbours import Neighbours
from onrecord.coding.once import once
from onrecord.coding.phrase import Phrase
from onrecord.coding.phrases import find_phrases
from onrecord.coding.post import Post
from onrecord.coding.posts import find_posts
from onrecord.model import Claim, Relation, RelationType, Span, content_id
from onrecord.vocabulary import load


def find_relations(context: Context) -> tuple[Relation, ...]:
    """Every relation that the text states between two entities, in the order of their words."""
    found = [replace(r, confidence=confidence_of(how)) for how, r in told_relations(context)]
    return once(sorted(found, key=lambda r: (r.span, r.type, r.subject, r.object or "")))


def told_relations(context: Context) -> Iterator[tuple[str, Relation]]:
    """Every relation with its construction, as `assurance` names it; one told twice comes twice."""
    if context.parsed.doc is None:
        return
    phrases = find_phrases(context)
    ways = list(_posts(context, phrases))
    near = Neighbours(context, phrases)
    for way, relation in [*ways, *_family(context, near), *_ties(context, near)]:
        yield construction_of(relation.type, way), relation


def claims_over(claims: tuple[Claim, ...], span: Span) -> tuple[str, ...]:
    """The claims whose content holds the whole span."""
    return tuple(c.id for c in claims if any(s <= span[0] and span[1] <= e for s, e in c.content))


def _relation(
    context: Context,
    kind: RelationType,
    parties: tuple[str, str | None],
    words: tuple[Span, Span],
    **more: Span | bool | None,
) -> Relation:
    """`parties` are subject and object, `words` the label and the whole span."""
    label, span = words
    return Relation(
        id=content_id("relation", context.document_id, kind, *parties, *span),
        type=kind,
        subject=parties[0],
        object=parties[1],
        label=context.parsed.text[slice(*label)],
        span=span,
        claims=claims_over(context.claims, span),
        **more,  # type: ignore[arg-type]
    )


Told = Iterator[tuple[str, Relation]]


def _posts(context: Context, phrases: list[Phrase]) -> Told:
    for post in find_posts(context, phrases):
        if post.title is None:
            rank = post.holder.rank
            if rank:
                parties = (post.holder.entity, None)
                told = _relation(context, "post", parties, (rank, post.span), rank=rank)
                yield post.way, told
            continue
        kind, body = _kind(context, post)
        if kind is None or body == post.holder.entity:
            continue
        yield (
            post.way,
            _relation(
                context,
                kind,
                (post.holder.entity, body),
                (_label(context, post.title.post) or post.holder.rank or post.span, post.span),
                role=post.title.post.core,
                rank=post.holder.rank,
                ended=post.ended,
            ),
        )


def _label(context: Context, post: Phrase) -> Span | None:
    """The words of a post, without blanks and commas around them."""
    text = context.parsed.text
    start, end = post.span
    while start < end and text[start] in " ,\t":
        start += 1
    while end > start and text[end - 1] in " ,\t":
        end -= 1
    return (start, end) if start < end else None


def _kind(context: Context, post: Post) -> tuple[RelationType | None, str | None]:
    """A post as such, the lead of an armed band, or no more than membership."""
    title = post.title
    if title is None:
        return "post", None
    if title.post.core is None:
        named = post.holder.rank or _is_named(context, post.holder.entity)
        return "post" if named else "membership", title.body
    words = context.parsed.text[slice(*title.post.core)]
    head = words.split("(")[0].split()[-1].lower()
    if head in load("links")["leads"] and title.body and _is_a_band(context, title.body):
        return "leads", title.body
    if head in load("links")["members"]:
        known = context.book[title.body] if title.body else None
        return ("membership", title.body) if known and known.type != "Place" else (None, None)
    band = _band().match(words)
    if band:
        start = title.post.core[0]
        span = (start + band.start("band"), start + band.end("band"))
        return "leads", _band_entity(context, span, post.holder.entity)
    return "post", title.body


def _is_named(context: Context, identifier: str) -> bool:
    """Whether somebody has a name: "a soldier serving with 7 Division" belongs to it, no more."""
    words = context.book[identifier].name.split()
    return any(word[0].isupper() for word in words[1:] or words)


def _is_a_band(context: Context, identifier: str) -> bool:
    """A body that is led and has no office to hold: neither a place nor of a state."""
    body = context.book[identifier]
    state = body.actor_type in ("state_security_force", "other_state", "international_organization")
    return body.type in ("Organization", "Group") and not state


def _band_entity(context: Context, span: Span, leader: str) -> str:
    """The band, which is not its leader although the book may have both words as his name."""
    known = context.book.exactly(span) or context.book.at(span[1] - 1)
    if known is None or known.id == leader or known.type == "Person":
        return context.book.add("Group", [span]).id
    return known.id


@cache
def _band() -> re.Pattern[str]:
    words = load("links")
    bands = "|".join(sorted(words["bands"], key=len, reverse=True))
    leaders = "|".join(words["leaders"])
    return re.compile(
        rf"(?P<band>(?:[\w-]+\s+){{0,3}}(?:{bands}))\s+(?:{leaders})\b", re.IGNORECASE
    )


def _family(context: Context, near: Neighbours) -> Told:
    for kin in find_kin(near):
        parties = (kin.relative, kin.person)
        yield kin.way, _relation(context, "family", parties, (kin.word, kin.span))


def _ties(context: Context, near: Neighbours) -> Told:
    for tie in find_ties(near):
        parties = (tie.subject, tie.object)
        yield (
            "stated",
            _relation(context, tie.type, parties, (tie.words, tie.span), ended=tie.ended),
        )
