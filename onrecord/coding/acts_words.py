"""On whose word an act rests: they are no party to it, unless the words say so.

"Two men were killed, said the doctor" has a doctor in it whom the act did not touch. A parse may
hang such words on the verb of the act; the claims of the document know better.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from onrecord.model import Claim, Span

_OWN_WORDS = frozenset({"direct", "mixed"})
_SOURCES = frozenset({"speaker", "cited", "channel"})


class Words:
    """Who says what, as the coding of acts asks it of the claims of one document."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._shortest_first = sorted(claims, key=lambda c: sum(e - s for s, e in c.content))
        self._sources = [
            (link.span, claim)
            for claim in self._shortest_first
            for link in claim.attribution
            if link.span is not None and link.level in _SOURCES
        ]
        self.speakers = frozenset(
            link.entity
            for claim in self._shortest_first
            for link in claim.attribution
            if link.entity is not None and link.level in _SOURCES
        )

    def names_source(self, character: int, act: Span | None = None) -> bool:
        """Whether the word at a character names the source of a claim, or of one that holds an act.

        "X, who was beaten, said he would sue": X is the source, and of no claim that holds the
        beating.
        """
        return any(
            start <= character < end and (act is None or holds(claim, act))
            for (start, end), claim in self._sources
        )

    def told_by(self, entity: str, act: Span) -> bool:
        """Whether somebody is the source of a claim that holds an act."""
        return any(
            link.entity == entity and holds(claim, act)
            for _, claim in self._sources
            for link in claim.attribution
        )

    def denials(self) -> Iterator[tuple[Span, Claim]]:
        """The words that name who denies something, each with what is denied."""
        return ((span, claim) for span, claim in self._sources if claim.kind == "denial")

    def who_says(self, character: int) -> str | None:
        """Who "I" is at a character: the speaker of the quotation around it, if that is known."""
        for claim in self._shortest_first:
            if claim.quote in _OWN_WORDS and holds(claim, (character, character + 1)):
                first = claim.attribution[:1]
                return first[0].entity if first and first[0].level == "speaker" else None
        return None


def holds(claim: Claim, span: Span) -> bool:
    """Whether a stretch of text lies in what a claim says."""
    return any(start <= span[0] and span[1] <= end for start, end in claim.content)


def says_it_after(token: Token) -> bool:
    """Whether a name that a parse reads as the last of a list says what stands before it.

    "Two men were held by the army in Orla, the Union of Teachers stated": no "and" joins them, and
    the verb of saying would else have no subject.
    """
    if token.dep_ != "conj" or any(c.dep_ == "cc" for c in token.head.rights if c.i < token.i):
        return False
    verb = next((t for t in token.doc[token.i : token.sent.end] if t.pos_ == "VERB"), None)
    if verb is None or verb.tag_ not in ("VBD", "VBZ") or verb.lemma_.lower() not in _speech():
        return False
    return not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.lefts)


@cache
def _speech() -> frozenset[str]:
    return frozenset(load("cues")["verbs"]["speech"]["lemmas"])
