"""Doers whom the grammar of a sentence seems to give, and whom its words do not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import SUBJECTS, conjuncts, lemma, own_subject
from onrecord.coding.acts_infinitives import means_anybody, means_nobody
from onrecord.coding.acts_roles import agents_of
from onrecord.coding.person_words import names_people
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.coding.acts_parties import Party
    from onrecord.coding.acts_roles import Roles
    from onrecord.coding.acts_triggers import Trigger
    from onrecord.model import Perpetrator

_BEFORE_NOUN = ("compound", "nmod", "amod")
_OBJECTS = frozenset({"him", "her", "them"})
_SPEAKERS = frozenset({"I", "i", "we", "We"})


def is_no_doer(head: Token, trigger: Trigger, roles: Roles) -> bool:
    """Whether a noun that grammar makes a doer of an act is none by its words."""
    whole = not head.is_ancestor(trigger.token)  # "none of those guilty of murder was tried"
    if (whole and means_nobody(head)) or means_anybody(head) or _is_resisted(trigger):
        return True
    if head.dep_ == "pobj" and head.head.lower_ == "against":
        return lemma(head) in load("act_frames")["sufferers"]
    if trigger.rule.itself == "victim" and head.dep_ in _BEFORE_NOUN:
        return True  # "Front prisoners" are as often its people as those whom it holds
    if _is_means(head) or _is_item_before(head, trigger) or _is_by_another(head, trigger):
        return True
    return _was_it_done_to(head, trigger, roles)


def wrongly_tried(trigger: Trigger, roles: Roles) -> None:
    """Make those accused suffer it where the accusation is the wrong: "on trumped-up charges"."""
    if trigger.rule.type == "unfair_trial":
        accused = [head for head, how in roles.perpetrators if how == "suspected"]
        roles.perpetrators = [p for p in roles.perpetrators if p[0] not in accused]
        roles.victims += [head for head in accused if head not in roles.victims]


def _is_resisted(trigger: Trigger) -> bool:
    """Whether an arrest is what somebody is said to have resisted."""
    noun, resisting = trigger.token, load("act_frames")["resisting"]
    if trigger.verbal:
        return False
    around = [noun.head, *noun.lefts] if noun.dep_ == "dobj" else list(noun.lefts)
    return any(lemma(t) in resisting and t.pos_ != "NOUN" for t in around)


def _is_means(head: Token) -> bool:
    """Whether "force" is what was used, and no body: "used force to disperse them"."""
    return head.lower_ == "force" and not any(c.dep_ != "punct" for c in head.lefts)


def _is_item_before(head: Token, trigger: Trigger) -> bool:
    """Whether a parse makes an item of a list the doer of the next: "held X, beat Y, jailed Z".

    It then reads "beat Y" as a Y that was beaten.
    """
    first = next(iter(head.lefts), None)
    if first is None or first.dep_ != "amod" or first.tag_ not in ("VBD", "VBN"):
        return False
    listed = first.i > first.sent.start and first.nbor(-1).text == ","
    return listed and head.dep_ == "nsubj" and head.head.i == trigger.token.i


def _is_by_another(head: Token, trigger: Trigger) -> bool:
    """Whether "by" behind a participle names who did it: "policemen taken hostage by them"."""
    verb = trigger.token
    if not trigger.verbal or verb.tag_ not in ("VBN", "VBD") or head.i > verb.i:
        return False
    if any(c.dep_ == "aux" for c in verb.lefts):
        return False
    return any(a.i != head.i and (a.pos_ == "PRON" or names_people(a)) for a in agents_of(verb))


def _was_it_done_to(head: Token, trigger: Trigger, roles: Roles) -> bool:
    """Whether a verb that wants an object and has none tells what was done to its subject.

    "Some were burnt, others dismembered"; "students stopped at the gate and arrested". Those whose
    trade it is to fight or arrest are left as they are.
    """
    verb, rule = trigger.token, trigger.rule
    wants = trigger.verbal and rule.victim == "object" and not rule.by_target
    if not wants or roles.victims or verb.tag_ not in ("VBD", "VBN", "VBG"):
        return False
    behind = verb.dep_ == "acl" and head in conjuncts(verb.head)
    if not (head.dep_ in SUBJECTS or behind) or head.pos_ == "PRON":
        return False
    if verb.tag_ == "VBG" and head.head.i != verb.i:
        return False
    if {lemma(head), head.lower_} & _forces():
        return False
    listed = [verb, verb.head] if verb.dep_ == "conj" else [verb]
    said = {c.dep_ for c in verb.lefts} | {c.dep_ for v in listed for c in v.rights}
    return not said & {"aux", "dobj", "dative", "prt"}


def without_objects(
    verb: Token, doers: tuple[Perpetrator, ...], done_to: list[Party]
) -> tuple[Perpetrator, ...]:
    """The doers, without those who would have done it to themselves: "before kidnapping her".

    "Her" is somebody else than whoever kidnaps: of the two readings one is wrong, and a doer whom
    the verb does not name is the one given up, unless it is their trade.
    """
    own = own_subject(verb)
    if own is not None and (own.pos_ != "PRON" or own.text in _SPEAKERS):
        return doers
    objects = {p.entity for p in done_to if p.head.lower_ in _OBJECTS or _is_told_apart(verb, p)}
    return tuple(d for d in doers if d.entity not in objects or _is_of_force(verb, d))


def _is_told_apart(verb: Token, party: Party) -> bool:
    """Whether "they" did it to those whom the same words name: "they bombed the rebels"."""
    own, head = own_subject(verb), party.head
    definite = head.pos_ == "PROPN" or any(c.lower_ == "the" for c in head.lefts)
    return own is not None and head.dep_ == "dobj" and head.head.i == verb.i and definite


def _is_of_force(verb: Token, doer: Perpetrator) -> bool:
    """Whether the words for a doer are for those who fight: "gunmen", not "they"."""
    words = verb.doc.char_span(*doer.span, alignment_mode="expand")
    return words is not None and bool({lemma(words.root), words.root.lower_} & _forces())


@cache
def _forces() -> frozenset[str]:
    words = load("act_parties")
    return frozenset({*words["people"]["bodies"], *words["acting"], *words["fighters"]})
