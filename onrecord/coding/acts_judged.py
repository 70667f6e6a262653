"""Courts that judge a killing or torture wrong nobody by the words that say so.

"The judge sentenced the captain for torturing prisoners" is no act against the captain, and none of
the judge's: who is said right there to have done it stays its doer. An arrest on suspicion stays
what it is: who holds whom, before anybody has been heard.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import lemma
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from onrecord.model import Act


def without_sentences(doc: Doc, acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """The acts, without the judgements on those whom the same words name as doers of violence."""
    return tuple(_judged(doc, acts))


def _judged(doc: Doc, acts: tuple[Act, ...]) -> Iterator[Act]:
    violent = [act for act in acts if act.type in _violent() and act.polarity == "affirmed"]
    for act in acts:
        told = act.type == "arbitrary_detention" and act.modality == "asserted"
        word = _word(doc, act) if violent and told else None
        if word is None or lemma(word) not in load("act_frames")["judging"]:
            yield act
            continue
        doers = {p.entity for b in violent if _is_ground(doc, word, b) for p in b.perpetrators}
        left = tuple(v for v in act.victims if v.entity not in doers)
        if len(left) == len(act.victims) or left:
            yield replace(act, victims=left)


def _is_ground(doc: Doc, word: Token, act: Act) -> bool:
    other = _word(doc, act)
    if other is None or other.i < word.i:
        return False  # "confirmed the sentence for torture": the parse may hang "for" on the verb
    return word.is_ancestor(other) or (word.dep_ == "dobj" and word.head.is_ancestor(other))


def _word(doc: Doc, act: Act) -> Token | None:
    stretch = doc.char_span(*act.span, alignment_mode="expand")
    return stretch.root if stretch is not None else None


@cache
def _violent() -> frozenset[str]:
    families: dict[str, list[str]] = load("event_rules")["families"]
    kinds = {*families["killing"], *families["body"], *families["liberty"]}
    return frozenset(kinds - {"arbitrary_detention", "unfair_trial"})
