"""Who is named later as one of those an act was done to: "the dead include X", "X is among them".

Such words point back to an act that was told before and say no more of it than whom it befell. They
are an act of their own in the record because somebody else may say them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import SUBJECTS, characters, lemma, objects_of
from onrecord.coding.acts_headline import is_named
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Token

    from onrecord.coding.acts_parties import Party
    from onrecord.model import Act, Entity

_FAR = 3000
"""Characters back to the act that such words may point to."""
_AMONG = frozenset({"among", "amongst"})


@dataclass(frozen=True, slots=True)
class Fate:
    """The act before that some words point back to, the word that does, and whom they name."""

    act: Act
    token: Token
    named: tuple[Party, ...]


def find_fates(
    doc: Doc,
    acts: tuple[Act, ...],
    parties: Callable[[list[Token]], list[Party]],
    entity: Callable[[str], Entity],
) -> Iterator[Fate]:
    """The words of a document that name somebody as one of the dead, the detained, the victims.

    `parties` gives who nouns stand for, `entity` the entity of an id. Words that no act before them
    explains name nobody: the dead of an earthquake were not killed by anybody.
    """
    taken = [act.span for act in acts]
    for token in doc:
        kinds = _kinds().get(token.lower_)
        if kinds is None or not _stands_alone(token):
            continue
        start, end = characters(token, token)
        if any(s < end and start < e for s, e in taken):
            continue
        act = _told_before(acts, start, kinds)
        named = tuple(p for p in parties(_names(token)) if is_named(entity(p.entity)))
        if act is not None and named:
            yield Fate(act, token, named)


def _stands_alone(token: Token) -> bool:
    """Whether a word stands for people: "the dead", not "the dead sea"."""
    before = token.nbor(-1) if token.i > token.sent.start else None
    return token.dep_ not in ("amod", "compound") and before is not None and before.lower_ == "the"


def _told_before(acts: tuple[Act, ...], start: int, kinds: frozenset[str]) -> Act | None:
    """The nearest act before a character that such a fate can be of."""
    found = (
        act
        for act in acts
        if start - _FAR <= act.span[0] < start
        and act.type in kinds
        and act.polarity == "affirmed"
        and act.modality != "hypothetical"
    )
    return max(found, key=lambda act: act.span, default=None)


def _names(token: Token) -> list[Token]:
    """The heads of the names that a sentence gives to "the dead"."""
    head = token.head
    if token.dep_ == "pobj" and head.lower_ in _AMONG and lemma(head.head) == "be":
        return [c for c in head.head.children if c.dep_ in ("nsubj", "attr")]
    if token.dep_ in SUBJECTS and lemma(head) in _words("saying_who"):
        return [c for c in head.rights if c.dep_ in ("dobj", "attr")]
    if token.dep_ in ("dobj", *SUBJECTS) and lemma(head) in _words("naming_as"):
        after = [p for p in (*head.rights, *token.rights) if p.dep_ == "prep" and p.lower_ == "as"]
        return [o for p in after for o in objects_of(p)]
    return []


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("fates")[name])


@cache
def _kinds() -> dict[str, frozenset[str]]:
    return {
        word: frozenset(entry["kinds"])
        for entry in load("fates")["fates"]
        for word in entry["words"]
    }
