"""Whom the verb, adjective or noun names that the noun of an act hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import (
    antecedent,
    child,
    clause,
    conjuncts,
    is_passive,
    lemma,
    objects_of,
    own_subject,
)
from onrecord.coding.acts_roles import (
    accusation,
    accused_of,
    agents_of,
    attribution_of,
    frames,
    holders_of,
    subjects_of,
)
from onrecord.coding.person_words import names_people
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.coding.acts_roles import Roles


def governed(node: Token, roles: Roles, *, climbed: bool) -> None:
    """Read what a noun of an act, or a word of its list, hangs on, and whom that names.

    `climbed` says that the node is above the act's own noun, which may be tagged as a verb.
    """
    head = node.head
    if climbed and node.pos_ in ("VERB", "AUX"):  # "are responsible for violations, including ..."
        _list_at_verb(node, roles)
    elif node.dep_ == "xcomp":
        roles.above.append(head)
        _subjected(head, roles)
    elif node.dep_ in ("dobj", "nsubjpass"):
        roles.above.append(head)
        _object(node, head, roles, climbed=climbed)
    elif node.dep_ in ("nsubj", "attr"):
        roles.above.append(head)
    elif node.dep_ == "pobj":
        roles.above.append(clause(head))
        _prepositional(head, roles)


def _list_at_verb(verb: Token, roles: Roles) -> None:
    for part in verb.children:
        if part.dep_ in ("acomp", "attr") and part.i > verb.i:
            for preposition in part.rights:
                if preposition.dep_ == "prep":
                    _phrase(part, preposition, roles)
        elif part.dep_ == "prep" and part.lower_ not in frames().list_prepositions:
            _prepositional(part, roles)
        elif part.dep_ == "dobj" and lemma(part) in frames().containers:
            _object(part, verb, roles, climbed=True)


def _object(noun: Token, verb: Token, roles: Roles, *, climbed: bool) -> None:
    """The act is what somebody "carried out", "ordered", "suffered" or "caused"."""
    word, passive = lemma(verb), noun.dep_ == "nsubjpass"
    if word in frames().prevention and not passive:
        roles.by(_failing(verb), "failed_to_prevent")
        return
    if (involvement := _lightly(word)) is not None:
        if involvement != "claimed" or lemma(noun) in frames().claimable:
            how = accused_of(verb) or involvement
            roles.by(agents_of(verb) if passive else subjects_of(verb), how)
            roles.victims += _done_on(verb) if how == "carried_out" else []
        return
    if any(lemma(part) in frames().charges for part in conjuncts(noun)):
        if word in frames().charged:  # "faces charges of torture" is accused, not tortured
            roles.by(subjects_of(verb), "suspected")
    elif word in frames().suffered and not passive:
        heard_of = climbed and (word == "receive" or lemma(noun) in frames().charges)
        roles.victims += [] if heard_of else subjects_of(verb)  # "received a report of the killing"
    elif any(word in f["verb"] and "prep" not in f for f in frames().causes):
        _caused(verb, roles)
    elif word in ("blame", "attribute", "pin"):
        on = [p for p in verb.rights if p.lower_ in ("on", "to")]
        roles.by([o for p in on for o in objects_of(p)], "responsible")


def _lightly(verb: str) -> str | None:
    """How who does what a verb of little meaning says is involved: "carried out", "ordered"."""
    return next((how for how, verbs in frames().light_verbs.items() if verb in verbs), None)


def _done_on(verb: Token) -> list[Token]:
    """To whom a verb tells that an act was done: "performed a mutilation on her"."""
    on = [p for p in verb.rights if p.dep_ == "prep" and p.lower_ in ("on", "upon", "against")]
    heads = [o for p in on for o in objects_of(p)]
    return [h for h in heads if h.tag_ == "PRP" or (h.pos_ == "NOUN" and names_people(h))]


def _failing(verb: Token) -> list[Token]:
    """Who failed to prevent it: "X failed to stop the killing", "X's failure to prevent it"."""
    if lemma(verb.head) not in frames().failing:
        return []
    if verb.head.pos_ in ("VERB", "AUX"):
        return subjects_of(verb.head)
    owner = child(verb.head, "poss")
    return [owner] if owner is not None else []


def _prepositional(preposition: Token, roles: Roles) -> None:
    governor, word = preposition.head, preposition.lower_
    if lemma(governor) == "connection" and governor.dep_ == "pobj":  # "named in connection with"
        word, governor = "in connection with", governor.head.head
    of = governor.head
    if governor.dep_ == "pobj" and of.lower_ == "of" and lemma(of.head) in _owned_nouns():
        governor = of.head  # "the sentence of X for", read as "X for"
    if governor.pos_ in ("NOUN", "PROPN"):
        _nominal(governor, word, roles)
    elif governor.pos_ == "ADJ" and (lemma(governor), word) == ("subject", "to"):
        holder = governor.head  # "detainees are subject to torture"
        roles.victims += subjects_of(holder) if holder.pos_ in ("VERB", "AUX") else [holder]
    elif governor.pos_ == "ADJ" or (governor.tag_ == "VBN" and governor.dep_ in ("acomp", "oprd")):
        _phrase(governor, preposition, roles)
    elif governor.pos_ in ("VERB", "AUX"):
        _under_verb(governor, word, roles)


def _under_verb(verb: Token, word: str, roles: Roles) -> None:
    name = lemma(verb)
    if word in frames().means:
        roles.by(
            agents_of(verb) if is_passive(verb) and verb.dep_ != "xcomp" else subjects_of(verb)
        )
    elif word in ("to", "under") and name in frames().subjected:
        _subjected(verb, roles)
    elif any(name in f["verb"] and word in f.get("prep", ()) for f in frames().causes):
        _caused(verb, roles)
    elif name == "be" and word == "behind":
        roles.by(subjects_of(verb), "responsible")
    else:
        _accused(verb, word, roles)


def _subjected(verb: Token, roles: Roles) -> None:
    """The object, or the passive's subject, suffered it: "subjected them to torture"."""
    if lemma(verb) not in frames().subjected:
        return
    if not is_passive(verb):
        inner = child(verb, "dobj")
        roles.victims += [inner] if inner is not None else []
        roles.by(subjects_of(verb))
        return
    own = own_subject(verb)
    roles.victims += [own] if own is not None else subjects_of(verb)
    roles.by(agents_of(verb))


def _caused(verb: Token, roles: Roles) -> None:
    """What stands before "led to": a force, its failing ("the army's inability"), another act.

    A person whose words or work led to an arrest did not arrest anybody: only forces and states
    are taken for those who did it.
    """
    pronoun = next((c for c in verb.lefts if c.dep_ == "nsubj" and c.tag_ == "WDT"), None)
    if pronoun is not None:  # "which" is a thing, whatever name the parse hangs it on
        roles.cause = pronoun
        return
    lexicon = load("act_parties")
    for subject in subjects_of(verb):
        owner = child(subject, "poss")
        doer = owner if owner is not None else subject
        if lemma(doer) in lexicon["fighters"] or lemma(doer) in lexicon["states"]:
            failed = owner is not None and lemma(subject) in frames().failing
            roles.by([doer], "failed_to_prevent" if failed else "carried_out")
        roles.cause = subject


def _phrase(adjective: Token, preposition: Token, roles: Roles) -> None:
    """The holder of "responsible for", "guilty of", "complicit in"."""
    involvement = attribution_of(adjective, preposition.lower_)
    if involvement is not None:
        nominal = adjective.head.pos_ in ("NOUN", "PROPN")
        roles.by([adjective.head] if nominal else holders_of(adjective), involvement)


def _accused(verb: Token, word: str, roles: Roles) -> None:
    """The one accused of, charged with, linked to or named in connection with the act."""
    involvement = accusation(verb, word)
    if involvement is not None:
        if verb.dep_ == "acl":
            heads = [verb.head]
        elif is_passive(verb):
            heads = subjects_of(verb)
        else:
            inner = child(verb, "dobj")
            heads = [antecedent(inner)] if inner is not None else []
        roles.by(heads, involvement)
        return
    for entry in frames().subject_verbs:
        if lemma(verb) in entry["verb"] and word in entry["prep"] and not is_passive(verb):
            roles.by(subjects_of(verb), entry["involvement"])
    inner = child(verb, "dobj") or next((o for p in verb.rights for o in _on_trial(p)), None)
    if inner is not None and lemma(inner) in (*frames().responsibility["noun"], *_owned_nouns()):
        _nominal(inner, word, roles)


def _on_trial(preposition: Token) -> list[Token]:
    """The word of "went on trial", "is on trial"."""
    return [o for o in objects_of(preposition) if lemma(o) == "trial" and o.head.lower_ == "on"]


def _owned_nouns() -> list[str]:
    return [noun for entry in frames().nouns if entry.get("owned") for noun in entry["noun"]]


def _nominal(noun: Token, word: str, roles: Roles) -> None:
    """The owner of a "role in" the act, a "victim of" it, who "claimed responsibility for" it."""
    if lemma(noun) in ("victim", "survivor") and word == "of":
        roles.victims.append(noun)
        return
    if lemma(noun) in frames().suspects and word in ("in", "of", "over"):
        roles.by([noun], "suspected")
        return
    verb = noun.head
    if lemma(noun) in frames().responsibility["noun"] and noun.dep_ in ("dobj", "nsubjpass"):
        if lemma(verb) in frames().responsibility["verb"] and word == "for":
            found = subjects_of(verb) if noun.dep_ == "dobj" else agents_of(verb)
            roles.by(found, "claimed")
        return
    for entry in frames().nouns:
        if lemma(noun) in entry["noun"] and word in entry["prep"]:
            roles.by(_holders(noun, owned=bool(entry.get("owned"))), entry["involvement"])


def _holders(noun: Token, *, owned: bool) -> list[Token]:
    owner = child(noun, "poss")
    if owner is not None:
        return [owner]
    if lemma(noun) == "trial" and noun.head.lower_ == "on":
        return subjects_of(noun.head.head)
    if lemma(noun) == "trial" and lemma(noun.head) in ("stand", "face", "await"):
        return subjects_of(noun.head)
    if noun.dep_ == "dobj" and not owned:
        return [] if lemma(noun.head) in frames().denying else subjects_of(noun.head)
    return [o for p in noun.rights if p.lower_ in ("of", "by") for o in objects_of(p)]
