"""Who did it and who suffered it, where a noun states the act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_governors import governed
from onrecord.coding.acts_grammar import ancestors, clause, conjuncts, lemma, objects_of
from onrecord.coding.acts_roles import agents_of, frames, subjects_of
from onrecord.coding.acts_triggers import states_acts
from onrecord.coding.person_words import is_fighter, names_people
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.coding.acts_cues import Rule
    from onrecord.coding.acts_roles import Roles
    from onrecord.coding.acts_triggers import Trigger

_CLIMB = 8
_AGAINST = frozenset({"against", "on", "upon", "targeting", "toward", "towards"})
_BEFORE_NOUN = frozenset({"compound", "nmod", "amod"})
_NO_NOUN = frozenset({"JJ", "JJR", "JJS", "VBN", "VBD", "VBG"})


def noun_roles(trigger: Trigger, roles: Roles) -> None:
    """Fill in the participants of an act that a noun states."""
    noun, rule = trigger.token, trigger.rule
    if rule.itself:
        named = subjects_of(noun.head) if noun.dep_ == "attr" else [noun]
        (roles.victims.extend if rule.itself == "victim" else roles.by)(named)
    if rule.itself == "victim":
        held = (c for c in noun.rights if c.dep_ == "acl" and lemma(c) in frames().holding)
        roles.by([agent for verb in held for agent in agents_of(verb)])
    if rule.holds:
        _held(noun, rule.holds, roles)
    _complements(trigger, roles)
    _before(trigger, roles)
    if rule.itself:
        roles.above.append(clause(noun))
        return
    for node in _chain(noun):
        climbed = node.i != noun.i
        if climbed:
            roles.above.append(node)
        _participles(node, roles)
        governed(node, roles, climbed=climbed)
        if roles.perpetrators and roles.victims:
            break
    if not roles.victims:
        roles.victims += _shared_by_the_last(noun)


def _shared_by_the_last(noun: Token) -> list[Token]:
    """Whom the last act of a list names for all of it: "abductions, rape and killings of women"."""
    first = noun
    while first.dep_ == "conj" and first.head.pos_ == "NOUN":
        first = first.head
    listed = conjuncts(first)
    last = listed[-1]
    if len(listed) == 1 or last.i + 1 >= noun.sent.end or not all(map(states_acts, listed)):
        return []
    before = last.doc[last.left_edge.i - 1].lower_ if last.left_edge.i else ""
    if before not in ("and", "or") and (len(listed) > 2 or before != ","):
        return []  # the list goes on: "arson, kidnapping of a minor, theft and robbery"
    after = last.nbor()  # the parse may hang it on any of them
    shared = after.lower_ in ("of", "against") and after.head in listed
    return objects_of(after) if shared else []


def _complements(trigger: Trigger, roles: Roles) -> None:
    """What prepositions after the noun name: "killing of X by Y", "attacks on X"."""
    rule = trigger.rule
    if not rule.itself:  # "the torture of prisoners by X": X did not thereby hold them
        roles.by(_by_right_after(trigger))
    for preposition in trigger.token.children:
        if preposition.dep_ not in ("prep", "agent") or preposition.lower_ in rule.of:
            continue
        word = preposition.lower_
        heads = [h for h in objects_of(preposition) if h.pos_ not in ("VERB", "AUX")]
        if word == "on" and lemma(trigger.token.head) in ("blame", "pin"):
            roles.by(heads, "responsible")
        elif word == "against" and _is_charged(trigger.token):
            roles.by(heads, "suspected")
        elif word in _AGAINST or (word == "to" and rule.type == "threat"):
            roles.victims += [h for h in heads if word == "against" or _can_be_struck(h, rule)]
        elif word in ("by", "between") or (word == "from" and rule.possessor == "perpetrator"):
            roles.by(heads)
        elif word == "at":  # "at the hands of X"
            hands = [h for h in heads if lemma(h) == "hand"]
            of = [p for h in hands for p in h.rights if p.lower_ == "of"]
            roles.by([o for p in of for o in objects_of(p)])
        elif word == "of":
            _possessed(rule, _owner(rule), heads, roles)
            roles.by([] if rule.itself else _by_behind(heads))


def _can_be_struck(head: Token, rule: Rule) -> bool:
    """Whether what "on" or "to" names can be whom an act is done to: no day, no ground, no site."""
    if head.ent_type_ in ("DATE", "TIME", "EVENT"):
        return False
    return rule.type in load("act_parties")["done_on"] or (
        names_people(head) and head.pos_ == "NOUN"
    )


def _is_charged(noun: Token) -> bool:
    """Whether an act is what somebody is charged with: "charges of torture against the colonel".

    "Charges of violence against women" names who suffered it: that word asks for its victim.
    """
    of = noun.head
    held = noun.dep_ == "pobj" and of.lower_ == "of" and lemma(of.head) in frames().charges
    tried = {*load("act_frames")["judging"], *frames().charged, "plead", "guilty", "acquit"}
    if held and any(lemma(above) in tried for above in ancestors(of.head)):
        return False  # "convicted of two counts of harassment against the staff": somebody else is
    return held and lemma(noun) not in frames().struck_against


def _by_right_after(trigger: Trigger) -> list[Token]:
    """Who follows with "by" at once, wherever the parse hangs it: "a report on killings by X"."""
    doc = trigger.token.doc
    after = doc[trigger.end] if trigger.end < trigger.token.sent.end else None
    if after is None or after.lower_ != "by" or after.head.i == trigger.token.i:
        return []
    return [h for h in objects_of(after) if h.pos_ not in ("VERB", "AUX")]


def _by_behind(sufferers: list[Token]) -> list[Token]:
    """Whom "by" names that a parse hangs on those it was done to: "the arrest of two men by X"."""
    people = [h for h in sufferers if names_people(h) or h.ent_type_ == "PERSON"]
    found = [o for h in people for p in h.rights if p.lower_ == "by" for o in objects_of(p)]
    return [head for head in found if head.pos_ not in ("VERB", "AUX")]


def _before(trigger: Trigger, roles: Roles) -> None:
    """Possessives and compounds: "X's arrest", "the army's killing of X", "police killings"."""
    rule = trigger.rule
    for part in trigger.token.lefts:
        if part.dep_ == "poss":
            did_it = rule.possessor == "none" or (roles.victims and not rule.itself)
            if _is_a_force(part) and not rule.itself:
                did_it = True
            whose = "perpetrator" if did_it else _owner(rule)
            if rule.itself and any(c.lower_ == "fellow" for c in trigger.token.lefts):
                whose = "victim"  # "one of his fellow captives": he is held as they are
            _possessed(rule, whose, [part], roles)
        elif part.dep_ in _BEFORE_NOUN and not rule.holds:
            _compound(part, rule, roles, stated=part.i >= trigger.start)


def _compound(part: Token, rule: Rule, roles: Roles, *, stated: bool) -> None:
    """Who a word before the noun names; "major", "public" and "suspected" say how or what it is.

    `stated` says that the word is part of what states the act: a "hostage taking" is done to no
    "hostage".
    """
    lexicon = load("act_parties")
    if part.tag_ in _NO_NOUN and lemma(part) not in lexicon["before_a_noun"]:
        return
    word = lemma(part)
    initials = part.text.isupper() and len(part) > 1 and rule.possessor == "perpetrator"
    if word in lexicon["people"]["bodies"] or word in lexicon["acting"] or initials:
        roles.by([part])
    elif word in lexicon["people"]["singular"] and not (stated and word in frames().captives):
        roles.victims.append(part)


def _held(noun: Token, words: frozenset[str], roles: Roles) -> None:
    """Whom a grave holds: "graves where 30 bodies were found", "bodies found in a grave"."""
    verbs = [c for c in noun.rights if c.dep_ in ("relcl", "acl")]
    if noun.dep_ == "pobj":
        verbs.append(clause(noun))
    around = [c for v in verbs for c in v.children if c.dep_ in ("nsubj", "nsubjpass", "dobj")]
    around += [o for p in noun.rights if p.dep_ == "prep" for o in objects_of(p)]
    roles.victims += [t for t in around if lemma(t) in words or t.lower_ in words]


def _owner(rule: Rule) -> str:
    """Who "of" and the possessive name: a captor's are the captives, a captive's the captors."""
    if rule.itself and rule.possessor != "none":
        return "victim" if rule.itself == "perpetrator" else "perpetrator"
    return rule.possessor


def _possessed(rule: Rule, possessor: str, heads: list[Token], roles: Roles) -> None:
    if possessor == "victim" and not rule.itself:
        theirs = [h for h in heads if _did_it(h, rule)]  # "the repression of the regime"
        roles.by(theirs)
        heads = [h for h in heads if h not in theirs]
    if possessor == "victim":
        roles.victims += heads
    elif possessor == "perpetrator":
        roles.by(heads)


def _did_it(head: Token, rule: Rule) -> bool:
    """Whether "of" names who did it: a state always, its forces where they are not struck."""
    if lemma(head) in load("act_parties")["states"]:
        return rule.type not in load("act_parties")["done_to_states"]
    return _is_a_force(head) and rule.type not in load("act_parties")["done_to_forces"]


def _is_a_force(head: Token) -> bool:
    """Whether a noun is a word for a state's body or an armed one, not for somebody in it."""
    lexicon = load("act_parties")
    if lemma(head) in lexicon["states"] or lemma(head) == "police":
        return True
    return is_fighter(head) and lemma(head) in lexicon["people"]["bodies"]


def _chain(noun: Token) -> list[Token]:
    """From an act's noun up: lists, "a campaign of", its "charges", to the verb that governs it."""
    found = [noun]
    for _ in range(_CLIMB):
        above = _one_up(found[-1])
        if above is None:
            break
        found.append(above)
        if above.pos_ in ("VERB", "AUX"):
            break
    return found


def _one_up(node: Token) -> Token | None:
    head = node.head
    if head.i == node.i:
        return None
    charge = node.dep_ in _BEFORE_NOUN and lemma(head) in frames().charges
    if node.dep_ in ("conj", "appos") or charge:
        return head
    listed = head.lower_ in frames().list_prepositions
    held = head.lower_ in ("of", "to") and lemma(head.head) in frames().containers
    if node.dep_ in ("pobj", "pcomp") and (listed or held):
        return head.head
    if node.dep_ == "dobj" and head.tag_ == "VBG" and lemma(head) in frames().list_prepositions:
        return head.head
    return None


def _participles(noun: Token, roles: Roles) -> None:
    """What a participle after the noun says: "an attack led by X", "killings blamed on X"."""
    if noun.pos_ in ("VERB", "AUX"):
        return
    own = [c for c in noun.rights if c.dep_ in ("acl", "relcl")]
    own += [c for h in _of(noun) for c in h.rights if c.dep_ == "acl" and c.tag_ == "VBN"]
    loose = [c for c in clause(noun).rights if c.dep_ == "advcl" and c.tag_ == "VBN"]
    for participle in (*own, *(c for c in loose if c.i > noun.i)):
        word = lemma(participle)
        by = next((c for c in participle.rights if c.lower_ == "by"), None)
        for involvement, lemmas in frames().led_by.items():
            far = participle in loose and involvement == "facilitated"
            if by is not None and word in lemmas and not far:
                roles.by(objects_of(by), involvement)
        for preposition in participle.rights:
            if (word, preposition.lower_) in _BLAMED:
                roles.by(objects_of(preposition), "responsible")


def _of(noun: Token) -> list[Token]:
    return [h for p in noun.rights if p.lower_ == "of" for h in objects_of(p)]


_BLAMED = frozenset({("blame", "on"), ("pin", "on"), ("attribute", "to")})


def is_only_a_doer(trigger: Trigger) -> bool:
    """Whether a noun names people by what they do and states no act: "the attackers fled".

    "His killers" and "a convicted murderer" tell that there was a killing.
    """
    if trigger.rule.itself != "perpetrator":
        return False
    if trigger.token.dep_ == "oprd":  # "they call me a killer"
        return True
    return not any(t.lower_ in load("act_frames")["convicted"] for t in trigger.token.lefts)
