"""Who did it and who suffered it, read from the grammar around the word that states an act."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.coding.acts_grammar import (
    ancestors,
    antecedent,
    child,
    clause,
    conjuncts,
    is_passive,
    lemma,
    objects_of,
    own_subject,
    own_subjects,
)
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.coding.acts_triggers import Rule, Trigger

_CLIMB = 8


@dataclass(slots=True)
class Roles:
    """The nouns that take part in an act, before it is known who they are.

    `above` are the words from the act's own up to the verb that governs it: where its place, its
    time and its polarity may be said. `cause` is a noun that may itself state an act.
    """

    perpetrators: list[tuple[Token, str]] = field(default_factory=list)
    victims: list[Token] = field(default_factory=list)
    above: list[Token] = field(default_factory=list)
    cause: Token | None = None

    def by(self, heads: list[Token], involvement: str = "carried_out") -> None:
        """These nouns are involved so, unless they are known already."""
        known = {token.i for token, _ in self.perpetrators} | {t.i for t in self.victims}
        self.perpetrators += [(h, involvement) for h in heads if h.i not in known]


def roles_of(trigger: Trigger) -> Roles:
    """The participants of one act, as its grammar gives them."""
    roles = Roles(above=[trigger.token])
    if trigger.verbal:
        _verb(trigger, roles)
    else:
        _noun(trigger, roles)
    return roles


# Verbs ---------------------------------------------------------------------------------------


def _verb(trigger: Trigger, roles: Roles) -> None:
    verb, rule = trigger.token, trigger.rule
    if verb.dep_ == "amod" and verb.head.pos_ in ("NOUN", "PROPN"):
        if verb.tag_ != "VBG":
            roles.victims.append(verb.head)
    elif rule.victim == "subject":
        roles.victims += _subjects(verb)
    elif is_passive(verb) or _is_headline_passive(trigger):
        _passive(trigger, roles)
    else:
        _active(trigger, roles)
    if rule.victim_after:
        roles.victims = [
            o
            for p in verb.rights
            if p.dep_ == "prep" and p.lower_ in rule.victim_after
            for o in objects_of(p)
        ]
    if rule.nobody:
        roles.perpetrators.clear()
    _ordered_by(verb, roles)


def _is_headline_passive(trigger: Trigger) -> bool:
    """ "Journalist killed in raid": a verb that wants an object, and has none, is a passive."""
    verb, rule = trigger.token, trigger.rule
    if verb.tag_ not in ("VBD", "VBN") or rule.by_target or rule.victim != "object":
        return False
    subject = own_subject(verb)
    if subject is None or subject.tag_ in ("WP", "WDT", "PRP") or subject.dep_ != "nsubj":
        return False
    labels = {c.dep_ for c in verb.children}
    shared = any(child(c, "dobj") is not None for c in conjuncts(verb))
    acting = lemma(subject) in load("act_parties")["people"]["bodies"] + list(_ACTING)
    return not (labels & {"dobj", "aux", "ccomp", "xcomp", "dative"} or shared or acting)


def _passive(trigger: Trigger, roles: Roles) -> None:
    verb = trigger.token
    if verb.dep_ == "acl":
        roles.victims.append(verb.head)
    elif (found := own_subject(verb)) is not None:
        roles.victims.append(found)
    elif verb.dep_ == "conj" or verb.dep_ in ("xcomp", "advcl", "ccomp"):
        roles.victims += _subjects(verb)
    if not trigger.rule.nobody:
        _agents(verb, roles)
    inner = child(verb, "dobj", "oprd")
    if inner is not None and not roles.victims:
        roles.victims.append(inner)


def _agents(verb: Token, roles: Roles) -> None:
    for preposition in verb.rights:
        if preposition.dep_ in ("agent", "prep") and preposition.lower_ == "by":
            heads = [h for h in objects_of(preposition) if h.pos_ not in ("VERB", "AUX")]
            roles.by(heads)
    if not roles.perpetrators:
        for other in verb.children:  # "abducted and killed by X": X did both
            if (
                other.dep_ == "conj"
                and other.pos_ == "VERB"
                and not child(other, "nsubj", "nsubjpass")
            ):
                _agents(other, roles)


def _active(trigger: Trigger, roles: Roles) -> None:
    verb = trigger.token
    if not trigger.rule.nobody:
        subjects = _subjects(verb)
        if subjects and verb.dep_ != "amod":
            roles.by(subjects)
            roles.cause = subjects[0]
    for part in verb.children:
        if part.dep_ in ("dobj", "dative") and part.pos_ != "ADP":
            roles.victims.append(part)
    if verb.dep_ == "relcl" and not roles.victims:
        for part in verb.children:
            if part.dep_ == "dobj" and part.tag_ in ("WP", "WDT"):
                roles.victims.append(verb.head)
    if not roles.victims:  # "abducted and killed four men": the list shares its object
        for other in conjuncts(verb):
            inner = child(other, "dobj")
            if other.i > verb.i and inner is not None and other.dep_ == "conj":
                roles.victims.append(inner)
                break


def _subjects(verb: Token) -> list[Token]:
    """Who does what a verb says, over lists, infinitives, participles and "accused of"."""
    for _ in range(_CLIMB):
        found = own_subjects(verb)
        if found:
            return [f for f in found if f.dep_ != "expl"]
        if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
            if is_passive(verb.head) and not is_passive(verb):
                return [own] if (own := own_subject(verb.head)) is not None else []
            verb = verb.head
        elif verb.dep_ in ("acl", "relcl"):
            return [verb.head]
        elif verb.dep_ == "xcomp":
            inner = child(verb.head, "dobj")
            if inner is not None and not is_passive(verb.head):
                return [inner]
            verb = verb.head
        elif verb.dep_ == "advcl" and child(verb, "mark") is None:
            verb = verb.head
        elif verb.dep_ == "pcomp":
            return _controller(verb)
        elif verb.dep_ in ("aux", "auxpass", "dep", "prt"):
            verb = verb.head
        else:
            break
    return []


def _controller(gerund: Token) -> list[Token]:
    """The subject of "-ing" after a preposition: "accuse X of killing", "X, by killing"."""
    governor = gerund.head.head
    if governor.pos_ in ("VERB", "AUX"):
        inner = child(governor, "dobj", "nsubjpass")
        if inner is not None and gerund.head.lower_ in ("of", "for", "with", "from", "in"):
            return [antecedent(inner)]
        if governor.dep_ == "acl":
            return [governor.head]
        return _subjects(governor)
    if governor.pos_ == "ADJ" and governor.head.pos_ in ("AUX", "VERB"):
        return _subjects(governor.head)
    owner = child(governor, "poss")
    return [owner] if owner is not None else []


def _ordered_by(verb: Token, roles: Roles) -> None:
    """Who orders, hires or lets others do it is involved otherwise than they are."""
    governor = verb.head
    if verb.dep_ not in ("xcomp", "ccomp", "advcl") or governor.pos_ != "VERB":
        return
    for involvement, lemmas in _frames().controllers.items():
        if lemma(governor) in lemmas and child(governor, "dobj", "nsubj") is not None:
            if is_passive(governor) or (
                child(governor, "dobj") is None and child(verb, "nsubj") is None
            ):
                continue
            roles.by(_subjects(governor), involvement)


# Nouns ---------------------------------------------------------------------------------------


def _noun(trigger: Trigger, roles: Roles) -> None:
    noun = trigger.token
    named = _subjects(noun.head) if noun.dep_ == "attr" else [noun]
    if trigger.rule.itself == "victim":
        roles.victims += named
    elif trigger.rule.itself == "perpetrator":
        roles.by(named)
    if trigger.rule.holds:
        _held(noun, trigger.rule.holds, roles)
    _complements(trigger, noun, roles)
    if trigger.rule.itself:
        roles.above.append(clause(noun))
        return
    for node in _chain(noun):
        if node.i != noun.i:
            roles.above.append(node)
        _participles(node, roles)
        _governed(node, roles)
        if node.pos_ in ("VERB", "AUX") or (roles.perpetrators and roles.victims):
            break


def _complements(trigger: Trigger, noun: Token, roles: Roles) -> None:
    rule = trigger.rule
    for preposition in noun.children:
        if preposition.dep_ not in ("prep", "agent"):
            continue
        word, inner = preposition.lower_, objects_of(preposition)
        heads = [h for h in inner if h.pos_ not in ("VERB", "AUX")]
        if (
            word in ("against", "on", "upon", "targeting", "toward", "towards", "at")
            and word not in rule.of
        ):
            roles.victims += [h for h in heads if lemma(h) not in ("hand", "night", "day")]
            if word == "at":
                roles.by(
                    [
                        o
                        for h in heads
                        if lemma(h) == "hand"
                        for p in h.children
                        if p.lower_ == "of"
                        for o in objects_of(p)
                    ]
                )
        elif word == "by" or (word == "from" and rule.possessor == "perpetrator"):
            roles.by(heads)
        elif word == "of" and word not in rule.of:
            _possessed(_owner(rule), heads, roles)
        elif word == "between":
            roles.by(heads)
    for part in noun.lefts:
        if part.dep_ == "poss":
            _possessed("perpetrator" if rule.possessor == "none" else _owner(rule), [part], roles)
        elif part.dep_ in _BEFORE_NOUN and part.i < trigger.start and not rule.holds:
            _compound(part, roles)


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
    if rule.itself:
        return "victim" if rule.itself == "perpetrator" else "perpetrator"
    return rule.possessor


def _possessed(possessor: str, heads: list[Token], roles: Roles) -> None:
    if possessor == "victim":
        roles.victims += heads
    elif possessor == "perpetrator":
        roles.by(heads)


def _compound(part: Token, roles: Roles) -> None:
    """ "police killings" are done by police, "child abductions" to children."""
    lexicon = load("act_parties")
    word = lemma(part)
    if word in lexicon["people"]["bodies"] or word in _ACTING or part.text.isupper():
        roles.by([part])
    elif word in lexicon["people"]["singular"]:
        roles.victims.append(part)


_BEFORE_NOUN = frozenset({"compound", "nmod", "amod"})
_ACTING = frozenset(
    {"militant", "rebel", "terrorist", "jihadist", "insurgent", "guerrilla", "taliban", "vigilante"}
)


def _chain(noun: Token) -> list[Token]:
    """From an act's noun up: lists, "including", "a campaign of", to the verb that governs it."""
    frames, found, node = _frames(), [noun], noun
    for _ in range(_CLIMB):
        head = node.head
        if head.i == node.i:
            break
        if node.dep_ in ("conj", "appos"):
            node = head
        elif (
            (node.dep_ in ("pobj", "pcomp") and head.lower_ in frames.list_prepositions)
            or (
                node.dep_ == "pobj"
                and head.lower_ in ("of", "to")
                and (lemma(head.head) in frames.containers)
            )
            or (
                node.dep_ == "dobj"
                and head.tag_ == "VBG"
                and lemma(head) in frames.list_prepositions
            )
        ):
            node = head.head
        else:
            break
        found.append(node)
        if node.pos_ in ("VERB", "AUX"):
            break
    return found


def _participles(noun: Token, roles: Roles) -> None:
    """ "an attack led by X", "killings blamed on X"."""
    if noun.pos_ in ("VERB", "AUX"):
        return
    later = [c for c in noun.rights if c.dep_ in ("acl", "relcl")]
    governor = clause(noun)
    later += [c for c in governor.rights if c.dep_ == "advcl" and c.i > noun.i and c.tag_ == "VBN"]
    for participle in later:
        by = next((c for c in participle.rights if c.lower_ == "by"), None)
        for involvement, lemmas in _frames().led_by.items():
            if lemma(participle) in lemmas and by is not None:
                roles.by(objects_of(by), involvement)
        for preposition in participle.rights:
            if lemma(participle) in ("blame", "pin") and preposition.lower_ == "on":
                roles.by(objects_of(preposition), "responsible")
            if lemma(participle) in ("attribute", "link") and preposition.lower_ == "to":
                roles.by(objects_of(preposition), "responsible")


def _governed(node: Token, roles: Roles) -> None:
    """The verb, adjective or noun that an act's noun hangs on, and whom it names."""
    if node.pos_ in ("VERB", "AUX"):  # "are responsible for violations, including ..."
        _list_at_verb(node, roles)
        return
    head = node.head
    if node.dep_ == "xcomp":
        roles.above.append(head)
        _subjected(head, roles)
    elif node.dep_ in ("dobj", "nsubjpass"):
        roles.above.append(head)
        _object(node, head, roles)
    elif node.dep_ == "nsubj":
        roles.above.append(head)
        _subject(head, roles)
    elif node.dep_ == "pobj":
        roles.above.append(clause(head))
        _prepositional(node, head, roles)


def _list_at_verb(verb: Token, roles: Roles) -> None:
    for part in verb.children:
        if part.dep_ in ("acomp", "attr") and part.i > verb.i:
            for preposition in part.rights:
                if preposition.dep_ == "prep":
                    _phrase(part, preposition, roles)
        elif part.dep_ == "prep" and part.lower_ not in _frames().list_prepositions:
            _prepositional(None, part, roles)
        elif part.dep_ == "dobj" and lemma(part) in _frames().containers:
            _object(part, verb, roles)


def _object(noun: Token, verb: Token, roles: Roles) -> None:
    frames, word = _frames(), lemma(verb)
    passive = noun.dep_ == "nsubjpass"
    for involvement, lemmas in frames.light_verbs.items():
        if word in lemmas:
            if passive:
                by = [c for c in verb.rights if c.lower_ == "by"]
                roles.by([o for p in by for o in objects_of(p)], involvement)
            else:
                roles.by(_subjects(verb), involvement)
            return
    if word in frames.suffered and not passive:
        roles.victims += _subjects(verb)
    elif any(word in f["verb"] and "prep" not in f for f in frames.causes):
        _caused(verb, roles)
    elif word in ("blame", "attribute") and passive:
        roles.by(
            [o for p in verb.rights if p.lower_ in ("on", "to") for o in objects_of(p)],
            "responsible",
        )


def _subject(verb: Token, roles: Roles) -> None:
    """ "the attack killed four": nobody is named; "the killing was the work of X"."""
    if is_passive(verb):
        roles.by([o for p in verb.rights if p.lower_ == "by" for o in objects_of(p)])


def _prepositional(node: Token | None, preposition: Token, roles: Roles) -> None:
    governor, word, frames = preposition.head, preposition.lower_, _frames()
    name = lemma(governor)
    if name == "connection" and governor.dep_ == "pobj":  # "named in connection with"
        word, governor = governor.head.lower_, governor.head.head
        name = lemma(governor)
    if governor.pos_ in ("NOUN", "PROPN"):
        _nominal(governor, word, roles)
    elif governor.pos_ == "ADJ" or (governor.tag_ == "VBN" and governor.dep_ == "acomp"):
        _phrase(governor, preposition, roles)
    elif governor.pos_ in ("VERB", "AUX"):
        if word in frames.means and (word != "by" or not is_passive(governor)):
            roles.by(_doers(governor))
        elif word in ("to", "under") and name in frames.subjected:
            _subjected(governor, roles)
        elif any(name in f["verb"] and word in f.get("prep", ()) for f in frames.causes):
            _caused(governor, roles)
        elif name == "be" and word == "behind":
            roles.by(_subjects(governor))
        else:
            _accused(governor, name, word, roles)
    del node


def _doers(verb: Token) -> list[Token]:
    """Who acts: "these groups have been used to suppress them through ..." are the groups."""
    if is_passive(verb) and verb.dep_ != "xcomp":
        return [o for p in verb.rights if p.lower_ == "by" for o in objects_of(p)]
    return _subjects(verb)


def _subjected(verb: Token, roles: Roles) -> None:
    if is_passive(verb):
        own = own_subject(verb)
        roles.victims += (
            [verb.head]
            if own is None and verb.dep_ == "acl"
            else [own]
            if own is not None
            else _subjects(verb)
        )
        roles.by([o for p in verb.rights if p.lower_ == "by" for o in objects_of(p)])
        return
    inner = child(verb, "dobj")
    roles.victims += [inner] if inner is not None else []
    roles.by(_subjects(verb))


def _caused(verb: Token, roles: Roles) -> None:
    """What stands before "led to": an actor, its failing ("the army's inability"), or another act."""
    pronoun = next((c for c in verb.lefts if c.dep_ == "nsubj" and c.tag_ == "WDT"), None)
    if pronoun is not None:  # "which" is a thing, whatever name the parse hangs it on
        roles.cause = pronoun
        return
    for subject in _subjects(verb):
        owner = child(subject, "poss")
        roles.by([owner if owner is not None else subject])
        roles.cause = subject


def _phrase(adjective: Token, preposition: Token, roles: Roles) -> None:
    for entry in _frames().phrases:
        if lemma(adjective) in entry["cue"] and preposition.lower_ in entry["prep"]:
            holder = adjective.head
            if holder.pos_ in ("NOUN", "PROPN"):
                roles.by([holder], entry["involvement"])
            else:
                inner = child(holder, "dobj") if lemma(holder) in ("hold", "find", "deem") else None
                roles.by([inner] if inner is not None else _subjects(holder), entry["involvement"])


def _accused(verb: Token, name: str, word: str, roles: Roles) -> None:
    frames = _frames()
    for entry in frames.verbs:
        if name in entry["verb"] and word in entry["prep"]:
            if verb.dep_ == "acl":
                roles.by([verb.head], entry["involvement"])
            else:
                inner = child(verb, "nsubjpass") if is_passive(verb) else child(verb, "dobj")
                heads = [antecedent(inner)] if inner is not None else []
                roles.by(
                    heads or (_subjects(verb) if is_passive(verb) else []), entry["involvement"]
                )
            return
    for entry in frames.subject_verbs:
        if name in entry["verb"] and word in entry["prep"] and not is_passive(verb):
            roles.by(_subjects(verb), entry["involvement"])
    responsible = child(verb, "dobj")
    if responsible is not None and lemma(responsible) in frames.responsibility["noun"]:
        _nominal(responsible, word, roles)


def _nominal(noun: Token, word: str, roles: Roles) -> None:
    frames = _frames()
    if lemma(noun) in ("victim", "survivor") and word == "of":
        roles.victims.append(noun)
        return
    if lemma(noun) == "responsibility" and noun.dep_ in ("dobj", "nsubjpass") and word == "for":
        if lemma(noun.head) in frames.responsibility["verb"]:
            roles.by(_subjects(noun.head) if noun.dep_ == "dobj" else _doers(noun.head), "claimed")
        return
    for entry in frames.nouns:
        if lemma(noun) in entry["noun"] and word in entry["prep"]:
            owner = child(noun, "poss")
            if owner is None and noun.dep_ == "dobj":
                if lemma(noun.head) not in frames.denying:
                    roles.by(_subjects(noun.head), entry["involvement"])
                return
            of = [o for p in noun.rights if p.lower_ in ("of", "by") for o in objects_of(p)]
            roles.by([owner] if owner is not None else of, entry["involvement"])


# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Frames:
    light_verbs: dict[str, list[str]]
    suffered: list[str]
    subjected: list[str]
    phrases: list[dict[str, Any]]
    verbs: list[dict[str, Any]]
    subject_verbs: list[dict[str, Any]]
    nouns: list[dict[str, Any]]
    responsibility: dict[str, list[str]]
    containers: frozenset[str]
    list_prepositions: frozenset[str]
    means: frozenset[str]
    causes: list[dict[str, Any]]
    led_by: dict[str, list[str]]
    controllers: dict[str, list[str]]
    denying: list[str]


@cache
def _frames() -> _Frames:
    data = load("act_frames")
    sets = ("containers", "list_prepositions", "means")
    values: dict[str, Any] = {
        name: frozenset(data[name]) if name in sets else data[name] for name in _Frames.__slots__
    }
    return _Frames(**values)


def is_topic(noun: Token) -> bool:
    """Whether an act's noun names a subject, not an act that took place: "a law against torture"."""
    topics = load("act_frames")["topics"]
    for above in ancestors(noun):
        if above.pos_ in ("VERB", "AUX"):
            return False
        if above.pos_ in ("NOUN", "PROPN") and lemma(above) in topics:
            return True
    return False
