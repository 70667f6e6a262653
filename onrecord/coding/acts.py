"""Who is said to have done what to whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.coding.acts_actors import learn_actor_type
from onrecord.coding.acts_contrast import named_instead, ruled_out
from onrecord.coding.acts_dates import Dates
from onrecord.coding.acts_doubted import is_no_doer, without_objects, wrongly_tried
from onrecord.coding.acts_grammar import characters, clause, own_subject
from onrecord.coding.acts_headline import with_names
from onrecord.coding.acts_judged import without_sentences
from onrecord.coding.acts_meant import is_thing, means_none
from onrecord.coding.acts_modality import is_infinitive, is_subjection, modality_of, polarity_of
from onrecord.coding.acts_nouns import is_only_a_doer, noun_roles
from onrecord.coding.acts_parties import Parties, Party
from onrecord.coding.acts_roles import CLEARED, Roles, commanders_of
from onrecord.coding.acts_sufferers import is_done_to_things, may_be_the_doer, struck_in
from onrecord.coding.acts_triggers import Trigger, find_triggers
from onrecord.coding.acts_verbs import verb_roles
from onrecord.coding.acts_words import Words, holds, says_it_after
from onrecord.coding.context import Context
from onrecord.coding.fates import find_fates
from onrecord.coding.once import once
from onrecord.coding.person_words import is_fighter, is_property
from onrecord.coding.places import Places
from onrecord.coding.reported import as_reported
from onrecord.coding.victim_acts import with_sufferers
from onrecord.model import Act, Modality, Perpetrator, Span, Victim, content_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token


def find_acts(context: Context) -> tuple[Act, ...]:
    """Every act a document states, with those it says took part, in order of the words.

    An act is kept where the text says something of it: who, to whom, where or when. A bare
    mention ("a law against torture") is a topic and yields nothing.
    """
    doc = context.parsed.doc
    if doc is None:
        return ()
    coder = _Coder(doc, context)
    acts = [coder.act(trigger) for trigger in coder.triggers.values()]
    told = once(without_sentences(doc, tuple(act for act in acts if act is not None)))
    told = tuple(sorted((*told, *coder.fates(told)), key=lambda act: act.span[0]))
    suffered = with_sufferers(context, with_names(context, _without_echoes(told)))
    return as_reported(context, suffered)


class _Coder:
    """Codes the acts of one document; knows its triggers, so that one act can explain another."""

    def __init__(self, doc: Doc, context: Context) -> None:
        self.triggers = {t.token.i: t for t in find_triggers(doc)}
        self._context, self._doc = context, doc
        self._words = Words(context.claims)
        self._parties = Parties(context.book, context.parsed.text, self._words)
        self._places = Places(doc, context)
        self._dates = Dates(doc, context, frozenset(self.triggers))
        self._roles: dict[int, Roles] = {}
        self._contents = sorted(
            (sum(e - s for s, e in claim.content), number, claim)
            for number, claim in enumerate(context.claims)
        )

    def act(self, trigger: Trigger) -> Act | None:
        """The act that one trigger states, or None where it is only a topic."""
        span = self._span(trigger)
        roles = self._touched(trigger, self._participants(trigger), span)
        if self._is_part_of_a_name(trigger.token) or means_none(trigger, roles):
            return None
        perpetrators = self._perpetrators(trigger, roles, span)
        taken = {p.entity for p in perpetrators}
        done_to = self._parties.of(struck_in(trigger.rule.type, roles.victims))
        perpetrators = without_objects(trigger.token, perpetrators, done_to)
        parties = [
            party
            for party in done_to
            if party.entity not in taken
            and not self._words.names_source(party.head.idx, span)
            and not says_it_after(party.head)
            and not ruled_out(party.head)
            and (perpetrators or not may_be_the_doer(party.head, self._context.book[party.entity]))
        ]
        struck = is_done_to_things(trigger.rule) and any(map(is_property, roles.victims))
        if not parties and not struck and (trigger.rule.person or is_only_a_doer(trigger)):
            return None
        victims = self._victims(parties)
        place = self._places.of(trigger.token, roles.above, carry=trigger.verbal)
        modality = self._modality(trigger, roles, span)
        date = self._dates.of(trigger, modality)
        if not (perpetrators or victims or place or date or (struck and modality == "asserted")):
            return None
        takers = [self._context.book[p.entity].actor_type for p in perpetrators]
        kind = _kind(trigger, roles, by_state=bool(_STATE.intersection(takers)))
        return Act(
            id=content_id("act", self._context.document_id, kind, *span),
            type=kind,
            span=span,
            claims=self._claims(span),
            modality=modality,
            polarity=polarity_of(trigger.token, _negatable(trigger, roles, perpetrators)),
            perpetrators=perpetrators,
            victims=victims,
            place=place and place[0],
            date=date and date[0],
            cites={
                name: (found[1],) for name, found in (("place", place), ("date", date)) if found
            },
        )

    def fates(self, acts: tuple[Act, ...]) -> Iterator[Act]:
        """What befell those whom later words name: "X is among the dead"."""
        for fate in find_fates(self._doc, acts, self._parties.of, self._context.book.__getitem__):
            span = characters(fate.token, fate.token)
            verb = clause(fate.token)
            yield Act(
                id=content_id("act", self._context.document_id, fate.act.type, *span),
                type=fate.act.type,
                span=span,
                claims=self._claims(span),
                modality=modality_of(verb, []),
                polarity=polarity_of(verb, []),
                victims=self._victims(list(fate.named)),
            )

    def _touched(self, trigger: Trigger, roles: Roles, span: Span) -> Roles:
        """The roles without whoever says of the act that it was: a parse may hang them on it.

        Who "admitted killing" him, "asked to be beaten" or "claimed the attack" is a party to it by
        their own words.
        """
        own = _shares_subject(trigger)
        return replace(
            roles,
            perpetrators=[
                (head, how)
                for head, how in roles.perpetrators
                if own or how != "carried_out" or not self._words.names_source(head.idx, span)
            ],
            victims=[
                head
                for head in roles.victims
                if own or not self._words.names_source(head.idx, span)
            ],
        )

    def _participants(self, trigger: Trigger) -> Roles:
        """The roles of one trigger; a cause that is itself an act passes on who did it."""
        known = self._roles.get(trigger.token.i)
        if known is not None:
            return known
        roles = self._roles[trigger.token.i] = Roles(above=[trigger.token])
        (verb_roles if trigger.verbal else noun_roles)(trigger, roles)
        wrongly_tried(trigger, roles)
        cause = self._cause(roles.cause)
        if cause is not None and cause.token.i != trigger.token.i:
            inherited = self._participants(cause)
            roles.perpetrators = [
                (head, how)
                for head, how in roles.perpetrators
                if head.i != getattr(roles.cause, "i", -1)
            ] + [p for p in _passed_on(cause, inherited) if p not in roles.perpetrators]
            roles.above += [cause.token, *inherited.above]
        did_it = [head for head, how in roles.perpetrators if how == "carried_out"]
        roles.by([leader for head in did_it for leader in commanders_of(head)], "led")
        return roles

    def _cause(self, cause: Token | None) -> Trigger | None:
        """The act that a cause names; "which" takes the last noun of an act before it."""
        if cause is None:
            return None
        if cause.tag_ == "WDT":
            before = [t for t in self.triggers.values() if cause.sent.start <= t.token.i < cause.i]
            return next((t for t in reversed(before) if not t.verbal), None)
        found = self.triggers.get(cause.i)
        if found is None or found.verbal or found.rule.type == "arbitrary_detention":
            return None  # who holds somebody is not thereby who beat them in custody
        return found

    def _is_part_of_a_name(self, token: Token) -> bool:
        known = self._context.book.at(token.idx)
        if known is None or token.pos_ != "PROPN":
            return False
        return any(m[0] <= token.idx < m[1] and m[1] - m[0] > len(token) for m in known.mentions)

    def _perpetrators(self, trigger: Trigger, roles: Roles, span: Span) -> tuple[Perpetrator, ...]:
        book, own = self._context.book, _shares_subject(trigger)
        found: dict[str, Perpetrator] = {}
        for named, involvement in roles.perpetrators:
            head = named_instead(named)
            if involvement == CLEARED or ruled_out(head) or is_no_doer(head, trigger, roles):
                continue
            if head.i in self.triggers and not self._parties.is_somebody(head):
                continue
            for party in self._parties.of([head], as_perpetrator=True):
                # "held by the army in Orla, the union said": a parse may take the two for a list
                listed = party.head.i != head.i and not own and involvement == "carried_out"
                says = listed and self._words.names_source(party.head.idx, span)
                if says or says_it_after(party.head) or ruled_out(party.head):
                    continue
                learn_actor_type(book, book[party.entity], party.span)
                found.setdefault(party.entity, Perpetrator(party.entity, involvement, party.span))
        return tuple(found.values())

    def _victims(self, parties: list[Party]) -> tuple[Victim, ...]:
        found: dict[str, Victim] = {}
        for party in parties:
            found.setdefault(party.entity, Victim(party.entity, party.span, party.count))
        return tuple(found.values())

    def _span(self, trigger: Trigger) -> Span:
        doc = trigger.token.doc
        return characters(doc[trigger.start], doc[trigger.end - 1])

    def _claims(self, span: Span) -> tuple[str, ...]:
        return tuple(c.id for _, _, c in self._contents if holds(c, span))

    def _modality(self, trigger: Trigger, roles: Roles, span: Span) -> Modality:
        """What somebody is asked to do has not been done: "urged the ministry to suspend him"."""
        found = modality_of(trigger.token, [] if trigger.rule.itself else roles.above)
        if found != "asserted" or not is_infinitive(trigger.token):
            return found
        innermost = next((c for _, _, c in self._contents if holds(c, span)), None)
        return "hypothetical" if innermost and innermost.kind == "demand" else found


def _passed_on(cause: Trigger, roles: Roles) -> list[tuple[Token, str]]:
    """Who did what a cause did: of those who fought each other nobody says which of them."""
    if cause.rule.type != "armed_clash":
        return roles.perpetrators
    return [(head, "linked" if how == "carried_out" else how) for head, how in roles.perpetrators]


def _shares_subject(trigger: Trigger) -> bool:
    """Whether a verb has its subject from the one it hangs on: "admitted killing him"."""
    token = trigger.token
    return trigger.verbal and token.dep_ in ("xcomp", "pcomp") and own_subject(token) is None


def _without_echoes(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Bodies found in a grave are told once, by the grave."""
    held = {v.span for act in acts if act.type == "mass_grave" for v in act.victims}
    return tuple(
        act
        for act in acts
        if act.type != "remains_found" or not held & {v.span for v in act.victims}
    )


def _negatable(
    trigger: Trigger, roles: Roles, perpetrators: tuple[Perpetrator, ...]
) -> list[Token]:
    """The words above an act whose negation is its own.

    "Nobody was tried for the killing" does not deny the killing.
    """
    if trigger.rule.itself:  # "the detainees were not fed" denies no detention
        named = trigger.token.dep_ == "attr" and trigger.rule.itself == "perpetrator"
        return [trigger.token.head] if named else []  # "X is not the killer"
    direct = trigger.token.dep_ in ("nsubj", "nsubjpass", "dobj") or is_subjection(trigger.token)
    return roles.above if trigger.verbal or direct or perpetrators else []


_STATE = frozenset({"state_security_force", "other_state"})


def _kind(trigger: Trigger, roles: Roles, *, by_state: bool) -> str:
    """The act's type; an attack is named after what it struck, a taking after who took them."""
    if trigger.rule.by_taker and by_state:
        return "arbitrary_detention"
    if not trigger.rule.by_target:
        return trigger.rule.type
    targets = roles.victims
    if any(is_fighter(t) for t in targets):
        return "armed_clash"
    if any(not is_thing(t) for t in targets):
        return "attack_on_civilians"
    return "attack_on_property" if any(map(is_property, targets)) else trigger.rule.type
