"""Where an act is said to have happened: the nearest words that place it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import ancestors, clause, lemma
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.coding.context import Context
    from onrecord.model import Span

_STEPS = 4


@dataclass(frozen=True, slots=True)
class Locative:
    """Words that place something: the word they hang on, the place, and the place's mention."""

    head: int
    token: int
    sentence: int
    entity: str
    span: Span


class Places:
    """The locative phrases of one document, found once; a dateline places nothing that is told."""

    def __init__(self, doc: Doc, context: Context) -> None:
        self._context, self._book = context, context.book
        self._claim_of = {at: c for c in context.claims if c.cue for at in range(*c.cue)}
        self._denied = [part for c in context.claims if c.kind == "denial" for part in c.content]
        self._starts = [s.start for s in doc.sents]
        mentions = sorted(
            (span, entity.id)
            for entity in context.book
            if entity.type == "Place"
            for span in entity.mentions
            if not context.in_dateline(span)
        )
        found = (self._locative(doc, span, entity) for span, entity in mentions)
        outer = _outer(context.parsed.text, mentions)
        self._locatives = [
            replace(x, entity=outer[x.span][1], span=outer[x.span][0]) if x.span in outer else x
            for x in found
            if x is not None and not self._is_of_a_saying(doc, x)
        ]
        self._by_head: dict[int, list[Locative]] = {}
        for locative in self._locatives:
            self._by_head.setdefault(locative.head, []).append(locative)

    def of(self, token: Token, above: list[Token], *, carry: bool) -> tuple[str, Span] | None:
        """The place of what a token states: by its own phrase, clause, sentence, or the one before.

        `above` are the words the token hangs on, nearest first; `carry` allows the sentence before,
        unless that denies that anything was done there.
        """
        named = self._compound(token)
        if named is not None:
            return named
        for node in [token, *above, clause(token), clause(token).head]:
            if node.i in self._by_head:
                first = self._by_head[node.i][0]
                return first.entity, first.span
        sentence = self._sentence(token.i)
        for number in (sentence, sentence - 1) if carry else (sentence,):
            near = [p for p in self._locatives if p.sentence == number]
            if number != sentence:
                near = [p for p in near if not self._is_denied(p)]
            if near:
                best = min(near, key=lambda p: abs(p.token - token.i))
                return best.entity, best.span
        return None

    def _is_denied(self, place: Locative) -> bool:
        return any(first <= place.span[0] < last for first, last in self._denied)

    def _compound(self, token: Token) -> tuple[str, Span] | None:
        for part in token.lefts:
            if part.dep_ in ("compound", "nmod", "amod") and part.pos_ == "PROPN":
                known = self._book.at(part.idx)
                if known is not None and known.type == "Place":
                    span = next(m for m in known.mentions if m[0] <= part.idx < m[1])
                    if not self._context.in_dateline(span):
                        return known.id, span
        return None

    def _is_of_a_saying(self, doc: Doc, place: Locative) -> bool:
        """Where words were said is not where the act was that they tell of: "said in Nairobi"."""
        head = doc[place.head]
        cue = head.head if head.dep_ in ("dobj", "dative") else head
        claim = self._claim_of.get(head.idx) or self._claim_of.get(cue.idx)
        if claim is None:
            return False
        ahead = any(c.dep_ == "ccomp" and c.i > place.token for c in cue.rights)
        return ahead or not any(s <= place.span[0] < e for s, e in claim.content)

    def _sentence(self, token: int) -> int:
        return bisect_left(self._starts, token + 1) - 1

    def _locative(self, doc: Doc, span: Span, entity: str) -> Locative | None:
        stretch = doc.char_span(*span, alignment_mode="expand")
        if stretch is None:
            return None
        node, prepositions = stretch.root, load("places_words")["prepositions"]
        for _ in range(_STEPS):
            head = node.head
            if head.i == node.i:
                return None
            if node.dep_ == "dobj" and lemma(head) in _entering():
                return Locative(head.i, stretch.start, self._sentence(stretch.start), entity, span)
            if node.dep_ == "pobj" and _is_part(head):
                node = head.head
                continue
            if node.dep_ == "pobj":
                if head.lower_ not in prepositions:
                    return None
                target = head.head if head.dep_ != "pcomp" else head.head.head
                if target.dep_ == "prep":  # "from inside a house in ..."
                    target = next((a for a in ancestors(target) if a.dep_ != "prep"), target)
                return Locative(
                    target.i, stretch.start, self._sentence(stretch.start), entity, span
                )
            if node.dep_ not in ("compound", "appos", "conj", "nmod", "poss", "amod"):
                return None
            node = head
        return None


def _is_part(preposition: Token) -> bool:
    """Whether "of" or "to" stands after a part of a place or a way to it: "on the outskirts of"."""
    words = load("places_words")
    above = preposition.head
    named = above.pos_ != "NOUN"  # "the Lower Region of Westmark" is a place by itself
    known = preposition.lower_ in words["part_prepositions"] and lemma(above) in words["parts"]
    return known and not named


def _entering() -> list[str]:
    verbs: list[str] = load("act_frames")["entering"]
    return verbs


def _outer(text: str, mentions: list[tuple[Span, str]]) -> dict[Span, tuple[Span, str]]:
    """Of each place that only says where a place right before it lies, that finer place.

    "raided Orla in Westmark": Orla is where the raid was; "in Orla, in Westmark" likewise.
    """
    found: dict[Span, tuple[Span, str]] = {}
    for (before, inner), (after, entity) in pairwise(mentions):
        if inner != entity and text[before[1] : after[0]].strip(" ,") == "in":
            found[after] = found.get(before, (before, inner))
    return found
