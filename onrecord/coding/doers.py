"""Who is said to have done what a report is about, and what kind of actor they are.

A sentence often leaves it to the rest of the report: "was arrested on Friday", and two sentences on
"the police". Such words are cited as `linked`: named in connection with the act, no more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import lemma
from onrecord.coding.acts_parties import Parties, Party
from onrecord.coding.principal import chances_of_actors
from onrecord.coding.principal_signs import kind_of
from onrecord.model import Perpetrator
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.coding.context import Context
    from onrecord.model import Act, Entity


def with_doers(
    context: Context, acts: tuple[Act, ...], principal: frozenset[str]
) -> tuple[Act, ...]:
    """The acts, with those whom the report links to its event where no sentence says who did it.

    `principal` are the ids of the acts of that event.

    The kind of actor of whoever did the event is learned on the way, within what their own words
    leave open: "police" may be of this state or another, "gunmen" anybody's.
    """
    core = [act for act in acts if act.id in principal and act.polarity != "negated"]
    if core and not any(act.perpetrators for act in core):
        found = _linked(context, core)
        if found is not None:
            core = [found if act.id == found.id else act for act in core]
            acts = tuple(found if act.id == found.id else act for act in acts)
    _learn_kinds(context, acts, core)
    return acts


def _learn_kinds(context: Context, acts: tuple[Act, ...], core: list[Act]) -> None:
    doers = {p.entity: p.span for act in core for p in act.perpetrators}
    if not doers:
        return
    chances, telling = chances_of_actors(context, acts, frozenset(act.id for act in core))
    for identifier, span in doers.items():
        entity = context.book[identifier]
        open_to = _rules().open_to.get(entity.actor_type or "untold", ())
        if not open_to or not chances:
            continue
        best = max(open_to, key=lambda kind: (chances.get(kind, 0.0), kind))
        if best not in (entity.actor_type, "none"):
            cited = tuple(sorted({span, *telling[best]}))
            cites = {**entity.cites, "actor_type": cited}
            context.book.learn(identifier, actor_type=best, cites=cites)


def _linked(context: Context, core: list[Act]) -> Act | None:
    """The act of an event that words for a doer stand nearest to, with them."""
    best: tuple[tuple[int, int], Act, Party, str] | None = None
    near = _Nearby(context, core)
    for token, involvement, kinds in near.words():
        for act in core:
            if kind_of(act) not in kinds or act.modality == "hypothetical":
                continue
            apart = abs(near.sentence(token.idx) - near.sentence(act.span[0]))
            rank = (apart, abs(token.idx - act.span[0]))
            if apart <= _rules().far and (best is None or rank < best[0]):
                party = near.party(token)
                if party is not None:
                    best = rank, act, party, involvement
    if best is None:
        return None
    _, act, party, involvement = best
    return replace(act, perpetrators=(Perpetrator(party.entity, involvement, party.span),))


class _Nearby:
    """The words of one report that can stand for those who did its event."""

    def __init__(self, context: Context, core: list[Act]) -> None:
        assert context.parsed.doc is not None  # noqa: S101 - there are acts, so it was parsed
        self._context, self._doc = context, context.parsed.doc
        self._parties = Parties(context.book, context.parsed.text)
        self._starts = [s.start_char for s in self._doc.sents]
        self._sufferers = {v.entity for act in core for v in act.victims}
        self._cues = [claim.cue for claim in context.claims if claim.cue]

    def sentence(self, character: int) -> int:
        return bisect_right(self._starts, character) - 1

    def words(self) -> Iterator[tuple[Token, str, frozenset[str]]]:
        """Words for a doer, how they are involved, and in which kinds of act."""
        wanted = _rules().linked
        for token in self._doc:
            if token.pos_ in ("NOUN", "PROPN"):
                for entry in wanted.get(token.lower_) or wanted.get(lemma(token)) or ():
                    yield token, entry.involvement, entry.kinds

    def party(self, token: Token) -> Party | None:
        """Who such a word stands for, unless they suffered the event."""
        if token.dep_ in ("compound", "nmod", "poss", "amod"):
            return None
        known: Entity | None = self._context.book.at(token.idx)
        if known is not None and known.id in self._sufferers:
            return None
        found = self._parties.of([token], as_perpetrator=True)
        return next((p for p in found if p.entity not in self._sufferers), None)


@dataclass(frozen=True, slots=True)
class _Linked:
    involvement: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    linked: Mapping[str, tuple[_Linked, ...]]
    open_to: Mapping[str, tuple[str, ...]]
    far: int


@cache
def _rules() -> _Rules:
    data = load("act_doers")
    linked: dict[str, tuple[_Linked, ...]] = {}
    for entry in data["linked"]:
        meant = _Linked(entry["involvement"], frozenset(entry["kinds"]))
        for word in entry["words"]:
            linked[word] = (*linked.get(word, ()), meant)
    open_to = {kind: tuple(kinds) for kind, kinds in data["open_to"].items()}
    return _Rules(linked, open_to, data["far"])
