"""The sufferers of the principal event as victims of its acts, with the words that tie them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from onrecord.coding.acts_grammar import child, lemma
from onrecord.coding.acts_headline import is_named
from onrecord.coding.events import grouped, told_events
from onrecord.coding.victim_callings import calling_of
from onrecord.coding.victim_features import Report, keys_of
from onrecord.coding.victims import sufferers
from onrecord.model import Victim
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from onrecord.coding.context import Context
    from onrecord.model import Act, Entity, Span

_FAR = 1
"""Sentences between an act and the name of its sufferer beyond which nothing ties them."""


def with_sufferers(context: Context, acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """The acts, with those sufferers of the principal event whom no act of theirs names yet.

    Each is added to the act nearest to a mention of them; nobody is where the text keeps them apart
    from every act of the event.
    """
    if not acts:
        return ()
    groups, principal = grouped(context, acts)
    report = Report(context, acts, (act.id for act in groups[principal]))
    chosen = sufferers(context, acts, report.principal)
    _learn_callings(report, chosen - (report.speakers - _victims(acts)))
    event = _event(context, acts)
    told = _victims(act for act in acts if act.id in event)
    elsewhere = _victims(acts) - _victims(act for act in acts if act.id in report.principal)
    found = {act.id: act for act in acts}
    for person in report.people:
        if person.id in chosen and person.id not in told | elsewhere:
            tie = _tie(report, person, event)
            if tie is not None:
                act, span = found[tie[0].id], tie[1]
                added = (*act.victims, Victim(person.id, span))
                found[act.id] = replace(act, victims=added)
    return tuple(found.values())


def _event(context: Context, acts: tuple[Act, ...]) -> frozenset[str]:
    """The ids of the acts that make the principal event, as it will be written."""
    groups, principal = told_events(context, acts)
    return frozenset(act.id for act in groups[principal])


def _victims(acts: Iterable[Act]) -> set[str]:
    return {v.entity for act in acts if act.polarity == "affirmed" for v in act.victims}


def _learn_callings(report: Report, chosen: frozenset[str]) -> None:
    for person in report.people:
        found = calling_of(report, person) if person.id in chosen else None
        if found is not None:
            known: dict[str, Any] = {
                "occupations": tuple(sorted({*person.occupations, found[0]})),
                "cites": {**person.cites},
            }
            known["cites"]["occupations"] = (*person.cites.get("occupations", ()), found[1])
            if person.age_group is None:
                known["age_group"] = "adult"
                known["cites"]["age_group"] = (found[1],)
            report.context.book.learn(person.id, **known)


def _tie(report: Report, person: Entity, event: frozenset[str]) -> tuple[Act, Span] | None:
    """The act of the event that a mention of a person stands nearest to, and the mention.

    None where nothing but nearness speaks for it: the report tells of them on their own word, or as
    the one to whom something else was done, or every act of the event was done to somebody named.
    """
    if person.id in report.speakers or any(_is_victim(person, act) for act in report.acts):
        return None
    best: tuple[tuple[int, int, int], Act, Span] | None = None
    for act in report.acts:
        if act.id not in event or act.polarity != "affirmed" or not _is_open(report, person, act):
            continue
        at = report.sentence(act.span[0])
        for span in person.mentions:
            apart = abs(report.sentence(span[0]) - at)
            if apart > (_FAR if act.victims else 0) or not _may_suffer(report, span):
                continue
            if _is_about(report.head_of(span), report.head_of(act.span)):
                continue
            rank = (apart, act.modality != "asserted", abs(span[0] - act.span[0]))
            if best is None or rank < best[0]:
                best = rank, act, span
    return (best[1], best[2]) if best is not None else None


def _is_victim(person: Entity, act: Act) -> bool:
    return any(victim.entity == person.id for victim in act.victims)


def _is_open(report: Report, person: Entity, act: Act) -> bool:
    """Whether a person can be one of those an act was done to, of whom nobody is named."""
    book = report.context.book
    return not any(p.entity == person.id for p in act.perpetrators) and not any(
        is_named(book[victim.entity]) for victim in act.victims
    )


def _may_suffer(report: Report, mention: Span) -> bool:
    """Whether a mention stands where those do to whom something is done, or in a list."""
    how = {key for key in keys_of(report.head_of(mention)) if " " not in key}
    return bool(how & _SUFFERING)


def _is_about(head: Token, act: Token) -> bool:
    """Whether a passive tells of somebody in view of an act, not of what they suffered.

    "X was sought for the killing", "was questioned over it", "was cleared of it", "is alleged to
    have tortured".
    """
    verb = head.head
    if head.dep_ != "nsubjpass" or verb.i >= act.i or not verb.is_ancestor(act):
        return False
    if lemma(verb) in load("act_frames")["hedges"]:
        return True
    below = act
    while below.head.i != verb.i:
        below = below.head
    object_ = child(below, "pobj")
    linked = object_ is not None and lemma(object_) == "connection"
    return linked or (below.dep_ == "prep" and below.lower_ in _IN_VIEW_OF)


_IN_VIEW_OF = frozenset({"for", "over", "of", "about", "as", "from"})
_SUFFERING = frozenset({"~undergoes", "~as", "~including", "~npadvmod", "~advcl", "~conj", "~oprd"})
