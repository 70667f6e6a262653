"""Whom a phrase names that describes somebody: `the newspaper Orsa Lark` is the Lark."""

from __future__ import annotations

from functools import cache

from onrecord import vocabulary
from onrecord.claims.grammar import Grammar
from onrecord.claims.wording import NOBODY
from onrecord.entities import EntityBook
from onrecord.entities.lexicon import body_heads, person_nouns
from onrecord.model import Entity, Span

POST = 6
"""Most words of a post that stand between a body and a name."""
_ONE = frozenset({"a", "an", "one", "any", "single"})
_BODIES = ("Person", "Organization")


@cache
def _posts() -> frozenset[str]:
    return frozenset(vocabulary.load("posts")["heads"])


def is_nobody(g: Grammar, head: int) -> bool:
    """`No one`, `not a single officer`, `none of the groups`: whom nothing can be laid to.

    `No fewer than ten witnesses` and `not only the army` are somebody.
    """
    first = g.left[head]
    following = g.word[first + 1].lower() if first + 1 < len(g) else ""
    if g.word[first].lower() == "not":
        return following in _ONE
    compared = g.tag[first + 1 : first + 2] in (["JJR"], ["RBR"])
    return not compared and not NOBODY.isdisjoint({g.word[head].lower(), g.word[first].lower()})


def named_in(g: Grammar, book: EntityBook, known: Entity, span: Span) -> Entity:
    """Whom a phrase names: `Union of Teachers (UT) chairman Ras Adu` is Adu, not the union.

    `known` is whom its head stands for.
    """
    if known.type != "Person":
        held = _holder(g, book, known, span)
        if held is not None:
            return held
    return _apposed(g, book, known, span) or known


def _holder(g: Grammar, book: EntityBook, known: Entity, span: Span) -> Entity | None:
    """Who has the post in a body that a phrase begins with."""
    ends = [end for (_, end), entity in book.within(span) if entity.id == known.id]
    for (first, last), entity in book.within(span):
        after = g.text[last : span[1]].lstrip()
        if entity.type != "Person" or (after and after[0] != ","):
            continue
        if any(_is_post(g, (end, first)) for end in ends if end < first):
            return entity
    return None


def _is_post(g: Grammar, span: Span) -> bool:
    """Whether the words between a body and a name are a post: `(UT) deputy chairman`."""
    words = [t for t in range(*g.covering(span)) if g.word[t] not in ("(", ")")]
    if not 0 < len(words) <= POST:
        return False
    plain = all(g.tag[t].startswith(("NN", "JJ")) or g.tag[t] == "POS" for t in words)
    return plain and any(g.tag[t] == "NN" or g.word[t].lower() in _posts() for t in words)


def _apposed(g: Grammar, book: EntityBook, known: Entity, span: Span) -> Entity | None:
    """The name right behind a description: `the group's director in Orsa, Kai Brun`.

    Behind a comma it must be the end of the phrase, and of the same kind; and none who may be
    named as well may stand before it: of `the lawyer of the general, Adu`, Adu may be either.
    """
    mentions = book.within(span)
    own = [s for s, e in mentions if e.id == known.id]
    if known.type not in _BODIES or not own or not all(_is_common(g, s) for s in own):
        return None
    for (first, last), entity in mentions:
        if first < own[0][1] or entity.type not in _BODIES or _is_common(g, (first, last)):
            continue
        between = g.text[own[0][1] : first]
        whole = between.rstrip().endswith(",") and last == span[1] and entity.type == known.type
        if (whole and not _tells_of_another(g, (own[0][1], first))) or not between.strip():
            return entity
    return None


def _tells_of_another(g: Grammar, between: Span) -> bool:
    """Whether words behind a description speak of somebody else, or join it with more."""
    return any(
        g.word[t].lower() == "and" or (g.tag[t] in ("NN", "NNS") and _is_one_or_body(g.lemma[t]))
        for t in range(*g.covering(between))
    )


def _is_one_or_body(noun: str) -> bool:
    return noun in person_nouns() or noun in body_heads()


def _is_common(g: Grammar, span: Span) -> bool:
    """Whether a mention ends with a common noun: `the director`, not `Director Brun`."""
    last = g.covering(span)[1] - 1
    return g.tag[last] in ("NN", "NNS")
