"""Words for acts that mean none: an attack in words, a crackdown on fraud, what a law says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import (
    ancestors,
    child,
    clause,
    is_passive,
    lemma,
    objects_of,
    own_subject,
    own_subjects,
)
from onrecord.coding.person_words import is_property, names_people
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.coding.acts_roles import Roles
    from onrecord.coding.acts_triggers import Trigger

_ONESELF = frozenset({"himself", "herself", "themselves", "itself", "myself", "ourselves"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def means_none(trigger: Trigger, roles: Roles) -> bool:
    """Whether a word for an act is a topic, a figure of speech, or tells of nobody's doing."""
    token = trigger.token
    if _is_misfortune(trigger, roles) or _is_figure(trigger, roles):
        return True
    return _is_done_to_oneself(token) if trigger.verbal else _is_topic(token) or _is_title(token)


def _is_done_to_oneself(verb: Token) -> bool:
    """Whether the one who does it is the only one it is done to: "killed himself"."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative")]
    return bool(objects) and all(
        (o.lower_ in _ONESELF or _is_own_life(o)) and not any(c.dep_ == "conj" for c in o.children)
        for o in objects
    )


def _is_own_life(noun: Token) -> bool:
    return lemma(noun) == "life" and any(c.lower_ == "own" for c in noun.lefts)


def _is_topic(noun: Token) -> bool:
    """Whether a noun names a subject, not an act that took place: "a law against torture"."""
    topics = load("act_frames")["topics"]
    for above in ancestors(noun):
        if above.pos_ in ("VERB", "AUX"):
            return False
        if above.pos_ in ("NOUN", "PROPN") and lemma(above) in topics:
            return child(above, "poss") is None
    return False


def _is_title(noun: Token) -> bool:
    """Whether a noun opens the name of a work: "the film, Murder in Orla by X, was shown"."""
    if noun.i == noun.sent.start or not noun.text.istitle() or any(noun.lefts):
        return False
    words = [t.text for t in noun.sent if t.is_alpha]
    return 2 * sum(word.islower() for word in words) > len(words)


def _is_misfortune(trigger: Trigger, roles: Roles) -> bool:
    """Whether what befell people was nobody's act: "killed in an earthquake"."""
    causes = [head for head, how in roles.perpetrators if how == "carried_out"][:1]
    if not causes and roles.cause is not None:
        causes.append(roles.cause)
    token = trigger.token
    while token.dep_ == "conj":
        token = token.head
    if not causes and token.tag_ == "VBG" and token.dep_ in ("advcl", "acl"):
        above = token.head  # "a flood struck, killing ten"
        causes += own_subjects(above) or [above.head if above.dep_ == "acl" else above]
    return any(map(_is_nobodys, causes))


def _is_nobodys(cause: Token) -> bool:
    """Whether a noun, or the word it is made with, is for an illness or a disaster."""
    parts = [] if names_people(cause) else [c for c in cause.lefts if c.dep_ == "compound"]
    return any(lemma(t) in load("act_parties")["misfortunes"] for t in (cause, *parts))


def _is_figure(trigger: Trigger, roles: Roles) -> bool:
    """Whether a word for an act states none by what it is said of.

    Of a law ("no one shall be tortured"), of whole groups at all times ("miners are killed every
    year"), or of what no force can strike ("attacked the bill").
    """
    if _is_law(trigger.token) or _is_general(trigger, roles) or _is_in_contest(trigger.token):
        return True
    if trigger.rule.by_target:
        return _is_on_ideas(roles) or (trigger.verbal and _is_in_words(trigger.token))
    if trigger.rule.type == "excessive_force":
        on = [head for head in roles.victims if head.pos_ == "NOUN"]
        return bool(on) and all(lemma(head) in _words()["lawfully"] for head in on)
    if not trigger.verbal:
        return False
    said = _belittles(trigger.token) or _answers_back(trigger.token)
    return said or _is_on_lifeless(trigger, roles) or _is_on_things(trigger, roles)


def _answers_back(verb: Token) -> bool:
    """Whether somebody only answers: "the aide shot back: no"."""
    back = any(c.lower_ == "back" and c.dep_ in ("advmod", "prt") for c in verb.rights)
    return back and lemma(verb) in ("shoot", "hit") and child(verb, "dobj", "auxpass") is None


def _is_on_things(trigger: Trigger, roles: Roles) -> bool:
    """Whether what is beaten or gone is a thing: "kicked the ball", "jobs vanish"."""
    if trigger.rule.type not in ("physical_assault", "enforced_disappearance"):
        return False
    return bool(roles.victims) and all(map(_is_no_one, roles.victims))


def _is_no_one(head: Token) -> bool:
    if head.pos_ != "NOUN" or head.ent_type_ or names_people(head):
        return False
    counted = any(c.dep_ == "prep" and c.lower_ == "of" for c in head.rights)
    return not counted and lemma(head) not in _words()["limbs"] and child(head, "nummod") is None


def _is_on_lifeless(trigger: Trigger, roles: Roles) -> bool:
    """Whether what is killed never lived: "killed the bill"."""
    killed = trigger.rule.type == "killing" and bool(roles.victims)
    return killed and all(lemma(head) in _words()["lifeless"] for head in roles.victims)


def _is_in_contest(verb: Token) -> bool:
    """Whether a candidate, or a player, does it to another in a contest, or a text about one."""
    subject = _whose(verb) if verb.pos_ == "VERB" else child(verb, "poss")
    if lemma(verb) not in _words()["contested"] or subject is None or is_passive(verb):
        return False
    rival = lemma(subject) in _words()["debaters"] or subject.ent_type_ == "PERSON"
    if not rival and subject.tag_ not in ("PRP", "PRP$"):
        return False
    named = (lemma(o) for p in verb.rights if p.lower_ == "in" for o in objects_of(p))
    return not _words()["contests"].isdisjoint(named) or _is_about_a_contest(verb.doc)


def _whose(verb: Token) -> Token | None:
    """The subject of a verb, of what it hangs on where it has none: "tried to beat her"."""
    while own_subject(verb) is None and verb.dep_ in ("xcomp", "conj", "advcl"):
        verb = verb.head
    return own_subject(verb)


def _is_about_a_contest(doc: Doc) -> bool:
    told = sum(lemma(t) in _words()["contest"] for t in doc)
    least: int = load("act_figures")["contest_words"]
    share: float = load("act_figures")["contest_share"]
    return told >= least and 100 * told >= share * len(doc)


def _is_law(token: Token) -> bool:
    """Whether the clause says what shall be: "no person shall be held in slavery"."""
    verb = clause(token)
    subject = own_subject(verb)
    if subject is None or not any(c.dep_ == "aux" and c.lower_ == "shall" for c in verb.lefts):
        return False
    one = any(c.dep_ == "poss" or c.lower_ in _DEFINITE for c in subject.lefts)
    return not one and subject.pos_ != "PROPN" and subject.tag_ != "PRP"


def _is_general(trigger: Trigger, roles: Roles) -> bool:
    """Whether a passive in the present tells what befalls a kind of people again and again."""
    verb = trigger.token
    if not trigger.verbal or not is_passive(verb) or roles.perpetrators:
        return False
    helping = [c for c in verb.lefts if c.dep_ in ("aux", "auxpass")]
    present = len(helping) == 1 and helping[0].tag_ in ("VBP", "VBZ")
    every = any(t.lower_ in ("every", "each") and t.ent_type_ == "DATE" for t in verb.subtree)
    bare = all(v.tag_ == "NNS" and not any(v.lefts) for v in roles.victims)
    return present and every and bare


def _is_on_ideas(roles: Roles) -> bool:
    """Whether all that is struck is what only words can strike: "attacks on her record"."""
    struck = [h for h in roles.victims if lemma(h) not in _words()["occasions"]]
    return bool(struck) and all(map(_is_idea, struck))


def is_thing(head: Token) -> bool:
    """Whether a noun is a word for what force can strike and that is nobody."""
    site = head.pos_ == "NOUN" and lemma(head) in _words()["sites"]
    return is_property(head) or (site and not names_people(head))


def _is_idea(head: Token) -> bool:
    if head.pos_ != "NOUN" or head.ent_type_ or is_thing(head) or names_people(head):
        return False
    abstract = lemma(head).endswith(tuple(load("act_figures")["endings"]))
    if lemma(head) not in _words()["ideas"] and not abstract:
        return False
    inner = next((c for c in head.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
    return inner is None or all(map(_is_idea, objects_of(inner)))


def _is_in_words(verb: Token) -> bool:
    """Whether what attacks cannot strike, or a politician attacks "over" or "as" something."""
    subject = own_subject(verb)
    if verb.dep_ in ("acl", "relcl") and subject is None:
        subject = verb.head
    if subject is None or is_passive(verb):
        return False
    if lemma(subject) in _words()["harmless"]:
        return True
    debater = lemma(subject) in _words()["debaters"] or subject.ent_type_ == "PERSON"
    if not debater:
        return False
    for part in verb.rights:
        if part.lower_ == "back":  # "fired back at her critics"
            return True
        if part.dep_ == "prep" and part.lower_ in _words()["reasons"]:
            inner = child(part, "pobj", "pcomp", "amod")
            return inner is not None and not inner.ent_type_
    return False


def _belittles(verb: Token) -> bool:
    """Whether somebody is dismissed in words alone: "dismissed him as a clown"."""
    if lemma(verb) not in _words()["belittling"]:
        return False
    said = (c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "as")
    what = next((o for p in said for o in p.children), None)
    return what is not None and (
        what.pos_ == "ADJ" or any(c.lower_ in ("a", "an") for c in what.lefts)
    )


@cache
def _words() -> dict[str, frozenset[str]]:
    listed = load("act_figures").items()
    return {name: frozenset(words) for name, words in listed if isinstance(words, list)}
