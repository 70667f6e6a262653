"""Who is said to have done what a report is about, and what kind of actor they are.

A sentence often leaves it to the rest of the report: "was arrested on Friday", and two sentences on
"the police". Such words are cited as `linked`: named in connection with the act, no more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.coding.acts_grammar import lemma
from onrecord.coding.acts_infinitives import means_nobody
from onrecord.coding.acts_parties import Parties, Party
from onrecord.coding.acts_words import Words
from onrecord.coding.doers_aside import (
    first_of_list,
    is_aside,
    is_of_those_harmed,
    shall_look,
)
from onrecord.coding.principal import chances_of_actors
from onrecord.coding.principal_signs import kind_of
from onrecord.model import Perpetrator
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.coding.context import Context
    from onrecord.model import Act, Entity, Span


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
        near = _Nearby(context, acts, core)
        found = (
            _linked(near, near.words(), core)
            or _shared(acts, core)
            or _linked(near, near.countries(), core)
        )
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


def _linked(near: _Nearby, words: Iterator[_Named], core: list[Act]) -> Act | None:
    """The act of an event that words for a doer stand nearest to, with them."""
    best: tuple[tuple[int, int], Act, Party, str] | None = None
    for token, meant in words:
        for act in core:
            if kind_of(act) not in meant.kinds or act.modality == "hypothetical":
                continue
            apart = abs(near.sentence(token.idx) - near.sentence(act.span[0]))
            rank = (apart, abs(token.idx - act.span[0]))
            if apart <= meant.far and (best is None or rank < best[0]):
                party = near.party(token, act)
                if party is not None:
                    how = "linked" if apart and _is_new(token) else meant.involvement
                    best = rank, act, party, how
    if best is None:
        return None
    _, act, party, involvement = best
    return replace(act, perpetrators=(Perpetrator(party.entity, involvement, party.span),))


def _shared(acts: tuple[Act, ...], core: list[Act]) -> Act | None:
    """The act of an event whose sufferers had something else done to them nearest to it.

    Whoever did that is named in connection with the same people, and is linked to no more.
    """
    pairs = [
        (abs(act.span[0] - other.span[0]), number, place)
        for number, act in enumerate(core)
        for place, other in enumerate(acts)
        if act.modality != "hypothetical" and _done_to_the_same(act, other)
    ]
    if not pairs:
        return None
    _, number, place = min(pairs)
    act, doer = core[number], acts[place].perpetrators[0]
    return replace(act, perpetrators=(replace(doer, involvement="linked"),))


def _done_to_the_same(act: Act, other: Act) -> bool:
    sufferers = {v.entity for v in act.victims}
    known = {v.entity for v in other.victims} & sufferers
    told = other.polarity != "negated" and other.modality != "hypothetical"
    return bool(told and known and other.perpetrators) and not (
        {p.entity for p in other.perpetrators} & sufferers
    )


class _Nearby:
    """The words of one report that can stand for those who did its event."""

    def __init__(self, context: Context, acts: tuple[Act, ...], core: list[Act]) -> None:
        assert context.parsed.doc is not None  # noqa: S101 - there are acts, so it was parsed
        self._context, self._doc = context, context.parsed.doc
        self._words = Words(context.claims)
        self._parties = Parties(context.book, context.parsed.text, self._words)
        self._starts = [s.start_char for s in self._doc.sents]
        denied = {p.entity for a in acts if a.polarity == "negated" for p in a.perpetrators}
        deny = _who_deny_for_others(context, self._words)
        self._others = {v.entity for act in core for v in act.victims} | denied | deny
        self._others |= self._asked_to_look_into_it()

    def _asked_to_look_into_it(self) -> set[str]:
        """Who is asked to find out about it: "urged the army to investigate"."""
        found = set()
        for token in self._doc:
            first = first_of_list(token)
            known = self._context.book.at(token.idx) if token.pos_ in ("NOUN", "PROPN") else None
            if known is not None and shall_look(first):
                found.add(known.id)
        return found

    def sentence(self, character: int) -> int:
        return bisect_right(self._starts, character) - 1

    def words(self) -> Iterator[_Named]:
        """Words for a doer."""
        wanted = _rules().linked
        for token in self._doc:
            if token.pos_ in ("NOUN", "PROPN"):
                for entry in wanted.get(token.lower_) or wanted.get(lemma(token)) or ():
                    yield token, entry

    def countries(self) -> Iterator[_Named]:
        """Countries that are said to act: "Lomaria released him" speaks of those who held him."""
        meant = _rules().countries
        for token in self._doc:
            if token.dep_ == "nsubj" and token.pos_ == "PROPN" and token.head.pos_ == "VERB":
                known = self._context.book.at(token.idx)
                if known is not None and known.type == "Place":
                    yield token, meant

    def party(self, token: Token, act: Act) -> Party | None:
        """Who such a word stands for, unless they suffered the event, tell of it or deny an act."""
        if token.dep_ in ("compound", "nmod", "poss", "amod", "oprd") or means_nobody(token):
            return None  # "they call me a killer", "none of the guards"
        if self._words.names_source(token.idx, act.span) or _is_of_another_act(token):
            return None
        if is_aside(token, act) or is_of_those_harmed(token, self._sufferers(act)):
            return None
        known: Entity | None = self._context.book.at(token.idx)
        if known is not None and (
            known.id in self._others or self._words.told_by(known.id, act.span)
        ):
            return None
        found = self._parties.of([token], as_perpetrator=True)
        whom = self._context.book.at(token.head.idx) if token.dep_ == "appos" else None
        if whom is not None and whom.type == "Person":  # "his brother Dahl, a soldier of the Guard"
            found = [p for p in found if p.entity == whom.id]
        return next((p for p in found if p.entity not in self._others), None)

    def _sufferers(self, act: Act) -> list[Token]:
        """The words for those to whom an act was done."""
        stretches = (self._doc.char_span(*v.span, alignment_mode="expand") for v in act.victims)
        return [stretch.root for stretch in stretches if stretch is not None]


def _is_new(token: Token) -> bool:
    """Whether a word for a doer tells of some who were not spoken of: "gunmen", "a killer"."""
    definite = ("the", "this", "that", "these", "those", "both")
    return not any(c.dep_ == "poss" or c.lower_ in definite for c in token.lefts)


def _is_of_another_act(token: Token) -> bool:
    """Whether a word for a doer says of what: "a suspect in a tax fraud".

    Where that is the event itself, its own words give the doer.
    """
    said = [c for c in token.rights if c.dep_ == "prep" and c.lower_ in ("in", "of", "over")]
    return bool(said) and any(
        meant.involvement in ("carried_out", "suspected")
        for meant in _rules().linked.get(lemma(token), ())
    )


def _who_deny_for_others(context: Context, words: Words) -> set[str]:
    """Who denies what another body is said to have done: the army, of the 4th Brigade."""
    bodies = [e for e in context.book if e.type == "Organization"]
    found: set[str] = set()
    for source, claim in words.denials():
        deny = {e.id for e in context.book if any(_within(m, source) for m in e.mentions)}
        others = (e for e in bodies if e.id not in deny)
        if any(_within(m, part) for e in others for m in e.mentions for part in claim.content):
            found |= deny
    return found


def _within(mention: Span, words: Span) -> bool:
    return words[0] <= mention[0] and mention[1] <= words[1]


@dataclass(frozen=True, slots=True)
class _Linked:
    involvement: str
    kinds: frozenset[str]
    far: int


_Named = tuple["Token", "_Linked"]
"""A word for a doer, and what it then means."""


@dataclass(frozen=True, slots=True)
class _Rules:
    linked: Mapping[str, tuple[_Linked, ...]]
    countries: _Linked
    open_to: Mapping[str, tuple[str, ...]]


@cache
def _rules() -> _Rules:
    data = load("act_doers")
    linked: dict[str, tuple[_Linked, ...]] = {}
    for entry in data["linked"]:
        for word in entry["words"]:
            linked[word] = (*linked.get(word, ()), _meant(entry))
    open_to = {kind: tuple(kinds) for kind, kinds in data["open_to"].items()}
    return _Rules(linked, _meant(data["countries"]), open_to)


def _meant(entry: Mapping[str, Any]) -> _Linked:
    return _Linked(entry["involvement"], frozenset(entry["kinds"]), entry["far"])
