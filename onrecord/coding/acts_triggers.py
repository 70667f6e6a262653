"""The words of a text that state an act, and which type of act they state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding.acts_cues import Cues, Rule, cues
from onrecord.coding.acts_grammar import child, clause, lemma, objects_of
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REACH = 9
"""Tokens after a verb among which its `with` words are looked for."""
_SAID_OF_OTHERS = frozenset({"dobj", "oprd", "attr", "xcomp", "ccomp", "acomp", "advmod"})
_CAUSING = frozenset({"result", "lead", "culminate", "end", "cause", "claim", "leave"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that states an act, with the tokens `[start, end)` that go with it."""

    rule: Rule
    token: Token
    verbal: bool
    start: int
    end: int


def find_triggers(doc: Doc) -> list[Trigger]:
    """Every word of a parse that states an act, in order."""
    from spacy import attrs

    known = cues()
    columns = doc.to_array([attrs.LEMMA, attrs.LOWER]).tolist()
    hashes = known.hashes
    found = []
    for position, (by_lemma, by_lower) in enumerate(columns):
        if by_lemma in hashes or by_lower in hashes:
            trigger = _match(doc[position], known)
            if trigger is not None:
                found.append(trigger)
    held = {inner.i for t in found if (inner := inner_verb(t)) is not None}
    return [trigger for trigger in found if trigger.token.i not in held]


def inner_verb(trigger: Trigger) -> Token | None:
    """The verb of what was only threatened or tried, no act of its own: "tried to kill"."""
    if trigger.rule.victim != "inner":
        return None
    inner = child(trigger.token, "xcomp")
    return inner if inner is not None and lemma(inner) in trigger.rule.with_ else None


def _match(token: Token, known: Cues) -> Trigger | None:
    verbal = is_verbal(token)
    for key in dict.fromkeys((lemma(token), token.lower_)):
        rules = (known.verbs if verbal else known.nouns).get(key, ())
        for rule in rules:
            bounds = _verb(token, rule) if verbal else _noun(token, rule)
            if bounds:
                return Trigger(rule, token, verbal, *bounds)
    return None


def states_acts(noun: Token) -> bool:
    """Whether a noun is one of the words for acts, whatever else its rules ask for."""
    return lemma(noun) in cues().nouns or noun.lower_ in cues().nouns


def is_verbal(token: Token) -> bool:
    """Whether a word is used as a verb: "the killing of" is a noun, whatever its tag."""
    if token.tag_ == "VBG":
        labels = {c.dep_ for c in token.children}
        if labels & {"det", "amod", "poss"} or token.dep_ == "compound":
            return False
        return "dobj" in labels or not any(c.lower_ == "of" for c in token.rights)
    if token.tag_ == "VB" and token.dep_ == "pobj":
        return False
    if token.tag_ == "VB" and token.dep_ == "xcomp" and lemma(token.head) in _before_nouns():
        return False
    return token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBN", "VBD", "VBP", "VBZ", "VB")


def _before_nouns() -> list[str]:
    """Verbs after which "to" is a preposition: "subjected to abuse"."""
    verbs: list[str] = load("act_frames")["subjected"]
    return verbs


def _verb(token: Token, rule: Rule) -> tuple[int, int] | None:
    if not _is_built(token, rule):
        return None
    if rule.victim == "inner":
        tried = inner_verb(Trigger(rule, token, True, token.i, token.i + 1))
        return None if tried is None else (token.i, tried.i + 1)
    window = token.doc[token.i + 1 : min(token.sent.end, token.i + 1 + _REACH)]
    words = [t.lower_ for t in window]
    if rule.without and not rule.without.isdisjoint(words):
        return None
    if rule.object:
        objects = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass", "pobj")]
        if token.dep_ in ("acl", "relcl") and not _does_it(token):
            objects.append(token.head)
        if not any(_headed(o, rule.object) for o in objects):
            return None
    end = token.i + 1
    if rule.with_:
        behind = [o for p in token.rights if p.dep_ == "prep" for o in objects_of(p)]
        near = [
            t
            for t in [*window, *(o for o in behind if o not in window)]
            if (t.lower_ in rule.with_ or lemma(t) in rule.with_)
            and (t.i <= token.i + 2 or _is_said_with(t, token))
        ]
        left = [t for t in token.lefts if t.lower_ in rule.with_]
        if not near and not left:
            return None
        if near and near[0].i <= token.i + 3:
            end = near[0].i + 1
    return token.i, end


def _does_it(clause_of: Token) -> bool:
    """Whether what a clause says more of is its subject: "the fighters who train here"."""
    subject = child(clause_of, "nsubj")
    return clause_of.tag_ == "VBG" or (subject is not None and subject.tag_ in ("WP", "WDT"))


def _is_said_with(word: Token, verb: Token) -> bool:
    """Whether a word belongs to a verb's own clause, or to one that tells why it came to that.

    "Died after a doctor gave him a beating"; not where that was done to somebody else.
    """
    before = word if word.dep_ == "advcl" else clause(word.head)
    follows = before.dep_ == "advcl" and before.head.i == verb.i
    if not follows or not any(c.lower_ == "after" for c in before.lefts):
        return clause(word.head).i == verb.i
    done_to = child(before, "dobj")
    return done_to is None or done_to.pos_ != "NOUN" or done_to.i == word.i


def _is_built(verb: Token, rule: Rule) -> bool:
    """Whether a verb has the prepositions, the passive or the object that a rule asks for."""
    left = [place for place in _left_by(verb) if not _is_a_post(place)]
    if rule.out_of and not any(_headed(place, rule.out_of) for place in left):
        return False
    if rule.victim_after and not any(
        p.dep_ == "prep" and p.lower_ in rule.victim_after for p in verb.rights
    ):
        return False
    if rule.passive and child(verb, "nsubjpass", "auxpass") is None:
        return False
    done_to = child(verb, "nsubjpass", "auxpass", "dobj", "agent")
    return not rule.transitive or done_to is not None


def _is_a_post(place: Token) -> bool:
    """Whether somebody is taken from a post, not from a place: "removed from office"."""
    return place.lower_ == "office" and not any(place.lefts)


def _left_by(verb: Token) -> list[Token]:
    """What "from" and "out of" name after a verb, wherever the parse hangs them."""
    doc, found = verb.doc, []
    for word in doc[verb.i + 1 : min(verb.sent.end, verb.i + 1 + _REACH)]:
        if word.lower_ in ("from", "of") and (word.lower_ == "from" or _follows_out(word)):
            found += objects_of(word)
    return found


def _follows_out(word: Token) -> bool:
    return word.i > word.sent.start and word.nbor(-1).lower_ == "out"


def _headed(token: Token, words: frozenset[str]) -> bool:
    if lemma(token) in words or token.lower_ in words:
        return True
    parts = [c for c in token.children if c.dep_ in ("compound", "conj")]
    inner = next((child(c, "pobj") for c in token.rights if c.lower_ == "of"), None)
    return any(lemma(p) in words for p in (*parts, *([inner] if inner is not None else ())))


def _noun(token: Token, rule: Rule) -> tuple[int, int] | None:
    if _only_qualifies(token, rule) or (rule.plural and token.tag_ not in ("NNS", "NNPS")):
        return None
    if rule.caused and not _is_caused(token):
        return None
    start, end = token.i, token.i + 1
    if rule.modifier or rule.without:
        before = _modifiers(token)
        if rule.without and any(t.lower_ in rule.without for t in before):
            return None
        hits = [t for t in before if t.lower_ in rule.modifier]
        if rule.modifier and not hits:
            return None
        if hits:
            start = min(hits[0].i, start)
    if rule.of:
        inner = _complement(token, rule.of)
        if inner is None:
            return None
        end = inner.i + 1
    return start, end


def _only_qualifies(noun: Token, rule: Rule) -> bool:
    """Whether a noun says what something else is: "arrest warrant", "held them hostage"."""
    if noun.dep_ in ("compound", "nmod"):
        return bool(rule.itself) or lemma(noun.head) in _idle_heads()
    bare = child(noun, "det", "nummod", "poss") is None and noun.tag_ == "NN"
    return rule.itself == "victim" and bare and noun.dep_ in _SAID_OF_OTHERS


def _idle_heads() -> list[str]:
    idle: list[str] = load("act_frames")["idle_heads"]
    return idle


def _is_caused(noun: Token) -> bool:
    head = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in ("pobj", "dobj") and lemma(head) in _CAUSING


def _modifiers(token: Token) -> list[Token]:
    """The words before a noun in its phrase, and those that a list shares with it.

    "extrajudicial killings and executions": "extrajudicial" is said of both.
    """
    own = [t for left in token.lefts if left.dep_ not in ("det", "cc") for t in left.subtree]
    near = [t for t in token.doc[max(token.i - 3, token.sent.start) : token.i] if t not in own]
    adjacent = [
        t for t in near if t.i == token.i - 1 and t.pos_ in ("ADJ", "NOUN", "PROPN", "VERB")
    ]
    return [*own, *adjacent]


def _complement(token: Token, words: frozenset[str]) -> Token | None:
    for preposition in token.rights:
        if preposition.dep_ == "prep":
            for inner in preposition.subtree:
                if inner.i > token.i + _REACH:
                    break
                if lemma(inner) in words or inner.lower_ in words:
                    return inner
    return None
