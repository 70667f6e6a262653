"""Who suffered it where the parse, or the sentence, names them in a roundabout way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import (
    SUBJECTS,
    ancestors,
    child,
    conjuncts,
    lemma,
    own_subject,
    own_subjects,
)
from onrecord.coding.person_words import is_property, names_people, person_words
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.coding.acts_cues import Rule
    from onrecord.coding.acts_roles import Roles
    from onrecord.model import Entity

_THEM = frozenset({"they", "them", "their", "theirs"})
_ARMED = frozenset({"state_security_force", "state_backed_armed", "armed_group", "other_state"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_ONE = frozenset({"was", "is", "has", "'s", "’s"})
_TIMES = frozenset({"DATE", "TIME"})
_CLAUSES = frozenset({"advcl", "ccomp", "pcomp"})
_BELONGING = frozenset({"of", "from", "at", "in", "with", "for"})
_ARTICLES = frozenset({"a", "an", "another"})
_BODILY = frozenset(
    {"killing", "extrajudicial_killing", "massacre", "attempted_killing", "death_penalty"}
    | {"death_in_custody", "enforced_disappearance", "abduction", "hostage_taking", "torture"}
    | {"arbitrary_detention", "ill_treatment", "physical_assault", "sexual_violence", "mutilation"}
)
"""Acts that only people suffer, and no organization."""
_DONE_TO_THINGS = frozenset({"attack_on_property", "unlawful_search"})


def who_they_are(kind: str, roles: Roles) -> None:
    """Put the people in the place of what the parse took for those who suffered it."""
    if kind in _BODILY:
        roles.victims = [_in_it(v) for v in roles.victims]
    roles.victims = [_said_to_be(v) for v in roles.victims]


def _in_it(noun: Token) -> Token:
    """The person whose body a clause hangs on: "a member of a union jailed in 2015"."""
    body = noun.ent_type_ == "ORG" or lemma(noun) in person_words().bodies
    if noun.dep_ != "pobj" or noun.head.lower_ not in _BELONGING or not body:
        return noun
    for above in ancestors(noun):
        if above.pos_ in ("VERB", "AUX"):
            break
        if above.pos_ in ("NOUN", "PROPN") and lemma(above) in person_words().people:
            return above
    return noun


def _said_to_be(noun: Token) -> Token:
    """Whom a name says that they are: "Mira Ost was the third teacher arrested in May".

    Also "Mira Ost, the teacher who was arrested".
    """
    verb = noun.head
    if noun.dep_ == "appos" and noun.tag_ == "NN" and child(noun, "poss") is None:
        return verb if verb.pos_ == "PROPN" and verb.ent_type_ == "PERSON" else noun
    if noun.dep_ != "attr" or noun.tag_ != "NN" or lemma(verb) not in ("be", "become", "remain"):
        return noun
    if any(c.dep_ == "neg" for c in verb.children):
        return noun
    subject = own_subject(verb)
    return subject if subject is not None and subject.pos_ == "PROPN" else noun


def passive_subjects(verb: Token) -> list[Token]:
    """Who a passive is said of at the verb itself.

    Of two, behind "According to the chief, X, the man was held" the last; "An aide of the mayor,
    Orin Vale, was held" names one person twice; "Mira, of Dabo, and Orin were held" two.
    """
    subjects = own_subjects(verb)
    if len(subjects) < 2:
        first = own_subject(verb)
        return subjects or ([first] if first is not None else [])
    if any(c.lower_ == "according" for c in verb.lefts):
        return subjects[-1:]
    one = any(c.lower_ in _ONE for c in verb.lefts if c.dep_ in ("aux", "auxpass"))
    twice = subjects[0].pos_ == "NOUN" and subjects[-1].pos_ == "PROPN"
    if one:
        return subjects[-1:] if twice else subjects[:1]
    joined = any(c.dep_ == "cc" for s in subjects[:-1] for c in s.rights)
    theirs = any(_is_theirs(s) for s in subjects[1:])  # "Mira Ost, her husband and a son were"
    if joined or theirs:
        return subjects
    stray = subjects[0].pos_ == "NOUN" and not names_people(subjects[0])
    return subjects[-1:] if stray and names_people(subjects[-1]) else subjects[:1]


def noun_before(verb: Token) -> list[Token]:
    """The noun whose participle a parse takes for a clause: "of 50 nurses kidnapped, two are"."""
    if verb.tag_ != "VBN" or verb.dep_ not in _CLAUSES or verb.i == verb.sent.start:
        return []
    before = verb.nbor(-1)
    if any(c.dep_ in ("aux", "auxpass", "mark", "cc") for c in verb.children):
        return []
    beside = verb.is_ancestor(before) or verb.head.is_ancestor(before)
    return [before] if before.dep_ == "pobj" and beside and names_people(before) else []


def lost_subject(verb: Token) -> list[Token]:
    """Whom a passive without a subject is said of, where the parse hangs them on a date.

    "On 12 May, a nurse, Mira Ost, was kidnapped": what stands right before "was".
    """
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB" and own_subject(verb) is None:
        verb = verb.head
    helping = [c for c in verb.lefts if c.dep_ in ("aux", "auxpass")]
    if not helping or helping[0].tag_ not in _FINITE or own_subject(verb) is not None:
        return []
    if (hung := _hung_on_the_opening(verb, helping[0])) is not None:
        return [hung]
    first = helping[0].i - 1
    while first > verb.sent.start and verb.doc[first].text == ",":
        first -= 1
    noun = verb.doc[first]
    if first < verb.sent.start or noun.ent_type_ in _TIMES:
        return []
    while noun.dep_ in ("appos", "conj", "compound") and noun.head.ent_type_ not in _TIMES:
        noun = noun.head
    hung_on_a_date = noun.dep_ in ("appos", "conj") and noun.head.ent_type_ in _TIMES
    loose = noun.dep_ in ("npadvmod", "dep") and noun.head.i == verb.i
    person = noun.pos_ == "PROPN" or (noun.pos_ == "NOUN" and names_people(noun))
    return [noun] if (hung_on_a_date or loose) and person else []


def _hung_on_the_opening(verb: Token, helping: Token) -> Token | None:
    """A name that a parse sets beside what the opening is of: "In Dabo, Mira Ost, 30, was held"."""
    opening = [t for p in verb.lefts if p.dep_ == "prep" and p.i < helping.i for t in p.subtree]
    named = [
        t
        for t in opening
        if t.ent_type_ == "PERSON"
        and t.dep_ in ("appos", "pobj")
        and t.left_edge.i > verb.sent.start
        and verb.doc[t.left_edge.i - 1].text == ","
        and verb.doc[t.i + 1].text in (",", helping.text)
    ]
    return named[0] if len(named) == 1 and verb.doc[helping.i - 1].i in _ends(opening) else None


def _ends(opening: list[Token]) -> set[int]:
    """Where an opening may end before its verb: with its last word, or a comma behind that."""
    last = max(t.i for t in opening)
    return {last, last + 1}


def kin_of(head: Token) -> list[Token]:
    """Who is listed behind a name as theirs: "Tomas Orel, his wife and two children".

    A parse takes the first of them for a word that says who the name is.
    """
    if head.dep_ in SUBJECTS and any(
        c.lower_ in _ONE for c in head.head.lefts if c.dep_ in ("aux", "auxpass")
    ):
        return []  # "X, his cousin and a former mayor, was held": one person
    found: list[Token] = []
    for part in (c for c in head.rights if c.dep_ == "appos"):
        listed = [c for c in conjuncts(part)[1:] if _is_another(c)]
        further = listed or [c for c in conjuncts(head)[1:] if c.i > part.i and _is_another(c)]
        if further and _is_theirs(part):
            found += [part, *listed]
        else:
            found += [c for c in listed if _is_theirs(c)]
    return found


def _is_theirs(noun: Token) -> bool:
    """Whether a noun tells of somebody by a pronoun: "his wife", "her two brothers"."""
    owner = child(noun, "poss")
    return owner is not None and owner.tag_ == "PRP$" and names_people(noun)


def _is_another(noun: Token) -> bool:
    """Whether a word of a list is somebody of their own: "his son", "two children", "a driver"."""
    if noun.pos_ == "PROPN":
        return True
    if child(noun, "poss", "nummod") is not None or noun.tag_ == "NNS":
        return names_people(noun)
    article = child(noun, "det")
    kin = lemma(noun) in load("kinship")["kin"]
    return kin or (article is not None and article.lower_ in _ARTICLES and names_people(noun))


def may_be_the_doer(head: Token, entity: Entity) -> bool:
    """Whether "them" is said to mean forces: who did it is not told, and it may as well be they.

    "The soldiers stopped two nurses. They took them captive."
    """
    return head.lower_ in _THEM and entity.actor_type in _ARMED


def is_done_to_things(rule: Rule) -> bool:
    """Whether an act of a rule may strike a thing: such an act is told without anybody."""
    return rule.by_target or rule.type == "unlawful_search"


def struck_in(kind: str, heads: list[Token]) -> list[Token]:
    """Who suffered an act of a kind that is done to things: whose home or office it was.

    "Police searched the offices of the union", "burned her house".
    """
    if kind not in _DONE_TO_THINGS:
        return heads
    listed = [part for head in heads for part in conjuncts(head)]
    owners = [owner for part in listed if is_property(part) if (owner := _owner(part)) is not None]
    return [*heads, *owners]


def _owner(thing: Token) -> Token | None:
    owner = child(thing, "poss")
    if owner is not None:
        kind_of_thing = owner.tag_ == "NN" and child(owner, "det", "poss") is None
        return None if kind_of_thing else owner  # "40 mayor's offices" are of no mayor
    of = next((c for c in thing.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
    return child(of, "pobj") if of is not None else None
