"""Who did it and who suffered it, where a verb states the act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import (
    child,
    conjuncts,
    is_passive,
    lemma,
    objects_of,
    own_subject,
    own_subjects,
)
from onrecord.coding.acts_inverted import counted_among, held_hostage, owner_before, set_behind
from onrecord.coding.acts_members import companions
from onrecord.coding.acts_modality import is_attempt
from onrecord.coding.acts_roles import (
    accused_of,
    agents_of,
    frames,
    subjects_of,
)
from onrecord.coding.acts_sufferers import (
    lost_subject,
    noun_before,
    passive_subjects,
    who_they_are,
)
from onrecord.coding.acts_triggers import inner_verb
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.coding.acts_roles import Roles
    from onrecord.coding.acts_triggers import Trigger

_BOUNDING = ("between", "over", "above", "about", "around", "under", "up")
_OCCASIONS = ("in", "during", "by")


def verb_roles(trigger: Trigger, roles: Roles) -> None:
    """Fill in the participants of an act that a verb states."""
    verb, rule = trigger.token, trigger.rule
    if verb.dep_ == "amod" and verb.i > 0 and lemma(verb.nbor(-1)) == "have":
        roles.by(subjects_of(verb.nbor(-1)), _said_of(verb.nbor(-1)))
        roles.victims.append(verb.head)  # "to have tortured prisoners", read as what he has
    elif verb.dep_ == "amod" and verb.head.pos_ in ("NOUN", "PROPN"):
        roles.victims += owner_before(verb)
        if verb.tag_ != "VBG" and "," not in {t.text for t in verb.doc[verb.i : verb.head.i]}:
            roles.victims.append(verb.head)
    elif (inner := inner_verb(trigger)) is not None:
        _active(verb, roles)
        roles.victims = [o for o in inner.children if o.dep_ in ("dobj", "dative")]
    elif rule.victim == "subject":
        roles.victims += subjects_of(verb)
    elif is_passive(verb) or noun_before(verb) or _is_headline_passive(trigger):
        _passive(verb, roles)
    else:
        _active(verb, roles)
    if rule.victim_after:
        after = [p for p in verb.rights if p.dep_ == "prep" and p.lower_ in rule.victim_after]
        roles.victims = [o for p in after for o in objects_of(p)]
    who_they_are(rule.type, roles)
    if roles.victims:
        roles.victims += counted_among(roles.victims) + companions(verb)
    if rule.nobody:
        roles.perpetrators.clear()
    _ordered_by(verb, roles)


def _is_headline_passive(trigger: Trigger) -> bool:
    """Whether a verb that wants an object, and has none, is a passive: "Journalist killed"."""
    verb, rule = trigger.token, trigger.rule
    if verb.tag_ not in ("VBD", "VBN") or rule.by_target or rule.victim != "object":
        return False
    subject = own_subject(verb)
    if subject is None or subject.tag_ in ("WP", "WDT", "PRP") or subject.dep_ != "nsubj":
        return False
    lexicon, labels = load("act_parties"), {c.dep_ for c in verb.children}
    shared = any(child(c, "dobj") is not None for c in conjuncts(verb))
    acting = lemma(subject) in (*lexicon["people"]["bodies"], *lexicon["acting"])
    after = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    if after == "to" and lemma(verb) == "threaten":
        return False  # "threatened to jail them", where a parse reads "jail" as a noun
    if after in ("at", "into") and subject.tag_ == "NNS" and lemma(subject) in lexicon["fighters"]:
        return False  # "the soldiers shot at everything"
    return not (labels & {"dobj", "aux", "ccomp", "xcomp", "dative"} or shared or acting)


def _passive(verb: Token, roles: Roles) -> None:
    if verb.dep_ == "acl":
        roles.victims.append(verb.head)
    elif behind := set_behind(verb):
        roles.victims += behind
    elif found := passive_subjects(verb):
        roles.victims += found
    elif reduced := noun_before(verb):
        roles.victims += reduced
    elif verb.dep_ in ("conj", "xcomp", "advcl", "ccomp") or _is_told_by_the_way(verb):
        roles.victims += subjects_of(verb)
    inner = child(verb, "dobj", "oprd")
    if inner is not None and not roles.victims:
        roles.victims.append(inner)
    if not roles.victims:
        roles.victims += lost_subject(verb)
    _passive_agents(verb, roles)
    if not roles.perpetrators:
        roles.by(_came_when(verb), "linked")
    if not roles.perpetrators:
        occasions = [
            p for p in verb.rights if p.dep_ in ("prep", "agent") and p.lower_ in _OCCASIONS
        ]
        roles.cause = next((o for p in occasions for o in objects_of(p)), None)


def _is_told_by_the_way(verb: Token) -> bool:
    """Whether who the sentence is of suffered it before or after: "she died after being beaten"."""
    preposition = verb.head
    if verb.dep_ != "pcomp" or preposition.lower_ not in ("after", "before", "while", "since"):
        return False
    return child(preposition.head, "dobj") is None or is_passive(preposition.head)


def _came_when(verb: Token) -> list[Token]:
    """Who came when it was done: "were killed when soldiers stormed the town"."""
    for came in verb.rights:
        if came.dep_ != "advcl" or not any(c.lower_ in ("when", "as") for c in came.lefts):
            continue
        by = frames().entering_by.get(lemma(came))
        if lemma(came) in frames().entering or (by and any(p.lower_ in by for p in came.rights)):
            return own_subjects(came)
    return []


def _passive_agents(verb: Token, roles: Roles) -> None:
    roles.by(agents_of(verb))
    if roles.perpetrators:
        return
    for other in verb.children:  # "abducted and killed by X": X did both
        if other.dep_ == "conj" and is_passive(other) and own_subject(other) is None:
            _passive_agents(other, roles)


def _active(verb: Token, roles: Roles) -> None:
    subjects = subjects_of(verb)
    if subjects and verb.dep_ != "amod":
        roles.by(subjects, _said_of(verb))
        roles.by([a for s in subjects for a in _used_by(s)])
        roles.cause = subjects[0]
    roles.victims += [p for p in verb.children if p.dep_ in ("dobj", "dative") and p.pos_ != "ADP"]
    roles.victims = held_hostage(verb) or roles.victims
    roles.victims += _bounded(verb)
    if not roles.victims:  # "abducted and killed four men": the list shares its object
        later = (child(o, "dobj") for o in conjuncts(verb) if o.i > verb.i)
        roles.victims += [inner for inner in later if inner is not None][:1]


def _used_by(weapon: Token) -> list[Token]:
    """Who used what did the harm: "a bomb planted by X killed two"."""
    used = (c for c in weapon.rights if c.dep_ == "acl" and lemma(c) in frames().wielding)
    return [agent for verb in used for agent in agents_of(verb)]


def _bounded(verb: Token) -> list[Token]:
    """An object that the parse takes for a place: "arrested between 20 and 30 students"."""
    after = next((p for p in verb.rights if p.dep_ == "prep" and p.i == verb.i + 1), None)
    if after is None or after.lower_ not in _BOUNDING:
        return []
    return [o for o in objects_of(after) if o.pos_ == "NUM" or child(o, "nummod") is not None]


def _said_of(verb: Token) -> str:
    """How the subject is involved: "accused of killing" is not "killed"."""
    first = verb
    while own_subject(first) is None and (first.dep_ == "conj" or is_attempt(first)):
        first = first.head  # "convicted of robbing her and killing him"
    if (accused := accused_of(first)) is not None:
        return accused
    if any(lemma(c) in frames().charges for c in verb.children if c.dep_ == "dobj"):
        return "suspected"  # "faces kidnapping charges", read as a verb with its object
    return "carried_out"


def _ordered_by(verb: Token, roles: Roles) -> None:
    """Who orders, hires or lets others do it is involved otherwise than they are.

    Those who are forced to do it are no doers: "rebels made the boys kill".
    """
    governor = verb.head
    infinitive = verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.lefts)
    if not infinitive or governor.pos_ != "VERB":
        return
    passive = is_passive(governor)
    told = own_subject(governor) if passive else child(governor, "dobj") or child(verb, "nsubj")
    if lemma(governor) in load("act_frames")["forcing"] and told is not None:
        roles.perpetrators = [p for p in roles.perpetrators if p[0] not in conjuncts(told)]
    if passive:
        if lemma(governor) in frames().controllers["ordered"]:
            roles.by(agents_of(governor), "ordered")
        return
    for involvement, lemmas in frames().controllers.items():
        if lemma(governor) in lemmas and told is not None:
            roles.by(subjects_of(governor), accused_of(governor) or involvement)
