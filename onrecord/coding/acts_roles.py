"""Nouns that take part in an act, and the subjects that grammar gives a verb."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.coding.acts_clauses import nearer_clause, participle_after, planned_in, told_of
from onrecord.coding.acts_denied import is_lacking
from onrecord.coding.acts_grammar import (
    antecedent,
    child,
    conjuncts,
    is_passive,
    lemma,
    objects_of,
    own_subjects,
)
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLIMB = 8
CLEARED = "cleared"
"""Said of somebody to tell that they did not do it: no involvement, and nothing suffered."""


@dataclass(slots=True)
class Roles:
    """The nouns that take part in an act, before it is known who they are.

    `above` are the words from the act's own up to the verb that governs it: where its place, its
    time and its polarity may be said. `cause` is a noun that may itself state an act, which then
    passes on who did it.
    """

    perpetrators: list[tuple[Token, str]] = field(default_factory=list)
    victims: list[Token] = field(default_factory=list)
    above: list[Token] = field(default_factory=list)
    cause: Token | None = None

    def by(self, heads: list[Token], involvement: str = "carried_out") -> None:
        """These nouns are involved so, unless they are known already."""
        known = {token.i for token, _ in self.perpetrators} | {t.i for t in self.victims}
        self.perpetrators += [(h, involvement) for h in heads if h.i not in known]


@dataclass(frozen=True, slots=True)
class Frames:
    """`vocabulary/act_frames.yaml`, as far as the grammar of participants reads it."""

    light_verbs: dict[str, list[str]]
    claimable: frozenset[str]
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
    commands: frozenset[str]
    formerly: frozenset[str]
    controllers: dict[str, list[str]]
    denying: list[str]
    prevention: frozenset[str]
    failing: frozenset[str]
    captives: list[str]
    charges: frozenset[str]
    entering: frozenset[str]
    entering_by: dict[str, list[str]]
    wronging: frozenset[str]
    charged: frozenset[str]
    wrongly: frozenset[str]
    struck_against: frozenset[str]
    suspects: frozenset[str]
    wielding: frozenset[str]
    holding: frozenset[str]


@cache
def frames() -> Frames:
    """The frames, read once."""
    data = load("act_frames")
    sets = (
        "prevention",
        "failing",
        "charges",
        "charged",
        "wrongly",
        "struck_against",
        "suspects",
        "wielding",
        "holding",
        "commands",
        "formerly",
        "entering",
        "claimable",
        "containers",
        "list_prepositions",
        "means",
        "wronging",
    )
    values: dict[str, Any] = {
        name: frozenset(data[name]) if name in sets else data[name] for name in Frames.__slots__
    }
    return Frames(**values)


def agents_of(verb: Token) -> list[Token]:
    """Whom "by" names after a passive."""
    return [
        head
        for preposition in verb.rights
        if preposition.dep_ in ("agent", "prep") and preposition.lower_ == "by"
        for by in conjuncts(preposition)
        if by.lower_ == "by"
        for head in objects_of(by)
        if head.pos_ not in ("VERB", "AUX")
    ]


def commanders_of(doer: Token) -> list[Token]:
    """Who leads those who did it: "soldiers led by X", "troops under the command of X"."""
    leading = frames().led_by["led"]
    found: list[Token] = []
    for part in doer.rights:
        if part.dep_ == "acl" and part.tag_ == "VBN" and lemma(part) in leading:
            found += [] if _is_past(part) else agents_of(part)
        elif part.dep_ == "prep" and part.lower_ == "under":
            for held in objects_of(part):
                if lemma(held) in frames().commands:
                    found += [o for p in held.rights if p.lower_ == "of" for o in objects_of(p)]
    return found


def _is_past(verb: Token) -> bool:
    """Whether it is said to be no longer so: "a unit once commanded by X"."""
    return any(c.dep_ == "advmod" and c.lower_ in frames().formerly for c in verb.children)


def subjects_of(verb: Token) -> list[Token]:
    """Who does what a verb says, over lists, infinitives, participles and "accused of"."""
    start = verb
    for _ in range(_CLIMB):
        other = nearer_clause(verb) or participle_after(verb)
        if other is not None:
            verb = other
            continue
        found = _stated(verb)
        found = _asked(verb) if found is None else found
        if found is not None:
            return found
        if (told := _told_to(verb)) is not None:
            return [told]
        if verb.dep_ == "advcl":
            if child(verb, "mark") is not None:
                return []
            if is_passive(verb.head) and not is_passive(start):
                return agents_of(verb.head)  # "was shot by police, injuring two": police did
        elif verb.dep_ != "xcomp" and not _shares_subject(verb):
            return []
        verb = verb.head
    return []


def _told_to(verb: Token) -> Token | None:
    """Whom the verb before an infinitive makes do it: "sent soldiers to attack"."""
    name, controllers = lemma(verb.head), frames().controllers
    if is_passive(verb.head) or name in frames().wronging:
        return None
    sent = name in (*controllers["ordered"], *controllers["facilitated"])
    loose = verb.dep_ == "advcl" and sent and any(c.tag_ == "TO" for c in verb.lefts)
    return child(verb.head, "dobj") if verb.dep_ == "xcomp" or loose else None


def _stated(verb: Token) -> list[Token] | None:
    """The subject said at the verb itself, or by what it hangs on; None to look further up."""
    found = own_subjects(verb)
    if found:
        return [f for f in found if f.dep_ != "expl"]
    if (noun := told_of(verb)) is not None:
        return [noun]
    if (plan := planned_in(verb)) is not None:
        owner = child(plan, "poss")
        return [owner] if owner is not None and owner.pos_ != "PRON" else []
    if verb.dep_ in ("acl", "relcl"):
        return [verb.head]
    return controller_of(verb) if verb.dep_ == "pcomp" else None


def _asked(verb: Token) -> list[Token] | None:
    """Who is called "on" to do what an infinitive says: they do it, not those who ask."""
    asking = load("act_frames")["asking"]
    if verb.dep_ not in ("xcomp", "advcl") or lemma(verb.head) not in asking:
        return None
    between = [p for p in verb.head.rights if p.dep_ == "prep" and p.i < verb.i]
    heads = [o for p in between if p.lower_ in asking[lemma(verb.head)] for o in objects_of(p)]
    return heads or None


def _shares_subject(verb: Token) -> bool:
    if verb.dep_ == "conj":
        return verb.head.pos_ in ("VERB", "AUX")
    return verb.dep_ in ("aux", "auxpass", "dep", "prt") and verb.head.i != verb.i


def controller_of(gerund: Token) -> list[Token]:
    """The subject of "-ing" after a preposition: "accuse X of killing", "X, by killing"."""
    governor = gerund.head.head
    if gerund.head.lower_ == "against":
        return []  # "she spoke against torturing prisoners"
    if gerund.head.lower_ in load("act_frames")["demanding"].get(lemma(governor), ()):
        return []  # "her calls for jailing reporters": others shall do it
    if gerund.head.lower_ == "by" and is_passive(governor):
        return []  # "two were killed by shelling": not they shelled
    if governor.pos_ in ("VERB", "AUX"):
        inner = child(governor, "dobj", "nsubjpass")
        if inner is None and accusation(governor, gerund.head.lower_):
            inner = _done_to(governor)
        if inner is not None and gerund.head.lower_ in ("of", "for", "with", "from", "in"):
            return [antecedent(inner)]
        return [governor.head] if governor.dep_ == "acl" else subjects_of(governor)
    if governor.pos_ == "ADJ" and governor.head.pos_ in ("AUX", "VERB"):
        return holders_of(governor)
    owner = child(governor, "poss")
    return [owner] if owner is not None else []


def _done_to(verb: Token) -> Token | None:
    """The noun before a clause that says what its subject does to it: "guards it accuses"."""
    subject = child(verb, "nsubj")
    inside = verb.dep_ == "relcl" and subject is not None and subject.tag_ not in ("WP", "WDT")
    return verb.head if inside else None


def holders_of(adjective: Token) -> list[Token]:
    """Who is said to be "guilty" or "responsible": "X is", "was found", "the court found X"."""
    own = own_subjects(adjective)
    if own:
        return own
    verb = adjective.head
    inner = None if is_passive(verb) else child(verb, "dobj")
    if inner is None and adjective.dep_ == "oprd":
        inner = _done_to(verb)
    return [inner] if inner is not None else subjects_of(verb)


def accusation(verb: Token, preposition: str) -> str | None:
    """The involvement that "accuse X of", "charge X with", "link X to" gives X, or None.

    `CLEARED` for who is acquitted of it or falsely accused.
    """
    name = lemma(verb)
    for entry in frames().verbs:
        if name in entry["verb"] and preposition in entry["prep"]:
            wrongly = any(c.lower_ in frames().wrongly for c in verb.children)
            if wrongly or (verb.dep_ in ("acl", "relcl") and is_lacking(verb.head)):
                return CLEARED  # "falsely accused of", "nothing to link him to"
            return str(entry["involvement"])
    return None


def accused_of(gerund: Token) -> str | None:
    """How who does what "-ing" says is involved where they are accused or cleared of it.

    "Accused of killing", "acquitted of ordering", "guilty of torturing"; None where it is no more
    than told.
    """
    if gerund.dep_ != "pcomp":
        return None
    governor, preposition = gerund.head.head, gerund.head.lower_
    tied = attribution_of if governor.pos_ == "ADJ" else accusation
    return tied(governor, preposition)


def attribution_of(adjective: Token, preposition: str) -> str | None:
    """The involvement that "responsible for", "guilty of", "not guilty of" gives, or None."""
    denied = any(c.dep_ == "neg" for c in adjective.children)
    if denied and preposition == "to":  # "pleaded not guilty to"
        return "suspected"
    for entry in frames().phrases:
        if lemma(adjective) in entry["cue"] and preposition in entry["prep"]:
            return CLEARED if denied else str(entry["involvement"])
    return None
