"""The words of a text that state an act, and which type of act they state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.coding.acts_grammar import child, clause, lemma
from onrecord.errors import VocabularyError
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REACH = 9
"""Tokens after a verb among which its `with` words are looked for."""
_CONDITIONS = (
    "with",
    "without",
    "object",
    "modifier",
    "of",
    "passive",
    "plural",
    "person",
    "caused",
    "transitive",
)
_FLAGS = ("passive", "plural", "person", "caused", "transitive")
_SAID_OF_OTHERS = frozenset({"dobj", "oprd", "attr", "xcomp", "ccomp", "acomp", "advmod"})
_CAUSING = frozenset({"result", "lead", "culminate", "end", "cause", "claim", "leave"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the cue list: the words' conditions and who is done to where."""

    type: str
    with_: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    modifier: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    passive: bool = False
    plural: bool = False
    person: bool = False
    caused: bool = False
    transitive: bool = False
    victim: str = "object"
    victim_after: frozenset[str] = frozenset()
    nobody: bool = False
    possessor: str = "victim"
    by_target: bool = False
    itself: str = ""
    holds: frozenset[str] = frozenset()

    @property
    def weight(self) -> int:
        """How much the rule asks: rules that ask more are tried first."""
        return sum(
            bool(part)
            for part in (self.with_, self.object, self.modifier, self.of, self.passive, self.caused)
        )


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that states an act, with the tokens `[start, end)` that go with it."""

    rule: Rule
    token: Token
    verbal: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cues:
    verbs: dict[str, tuple[Rule, ...]]
    nouns: dict[str, tuple[Rule, ...]]
    hashes: frozenset[int]


def find_triggers(doc: Doc) -> list[Trigger]:
    """Every word of a parse that states an act, in order."""
    from spacy import attrs

    cues = _cues()
    columns = doc.to_array([attrs.LEMMA, attrs.LOWER]).tolist()
    hashes = cues.hashes
    found = []
    for position, (by_lemma, by_lower) in enumerate(columns):
        if by_lemma in hashes or by_lower in hashes:
            trigger = _match(doc[position], cues)
            if trigger is not None:
                found.append(trigger)
    return found


def _match(token: Token, cues: _Cues) -> Trigger | None:
    verbal = is_verbal(token)
    for key in dict.fromkeys((lemma(token), token.lower_)):
        rules = (cues.verbs if verbal else cues.nouns).get(key, ())
        for rule in rules:
            bounds = _verb(token, rule) if verbal else _noun(token, rule)
            if bounds:
                return Trigger(rule, token, verbal, *bounds)
    return None


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
    window = token.doc[token.i + 1 : min(token.sent.end, token.i + 1 + _REACH)]
    words = [t.lower_ for t in window]
    if rule.without and not rule.without.isdisjoint(words):
        return None
    if rule.object:
        objects = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass", "pobj")]
        if token.dep_ in ("acl", "relcl"):
            objects.append(token.head)
        if not any(_headed(o, rule.object) for o in objects):
            return None
    end = token.i + 1
    if rule.with_:
        near = [
            t
            for t in window
            if (t.lower_ in rule.with_ or lemma(t) in rule.with_)
            and (t.i <= token.i + 2 or clause(t.head).i == token.i)
        ]
        left = [t for t in token.lefts if t.lower_ in rule.with_]
        if not near and not left:
            return None
        if near and near[0].i <= token.i + 3:
            end = near[0].i + 1
    return token.i, end


def _is_built(verb: Token, rule: Rule) -> bool:
    """Whether a verb has the preposition, the passive or the object that a rule asks for."""
    if rule.victim_after and not any(
        p.dep_ == "prep" and p.lower_ in rule.victim_after for p in verb.rights
    ):
        return False
    if rule.passive and child(verb, "nsubjpass", "auxpass") is None:
        return False
    done_to = child(verb, "nsubjpass", "auxpass", "dobj", "agent")
    return not rule.transitive or done_to is not None


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


@cache
def _cues() -> _Cues:
    verbs: dict[str, list[Rule]] = {}
    nouns: dict[str, list[Rule]] = {}
    for kind, forms in load("act_cues").items():
        for form, table, key in (("verbs", verbs, "verb"), ("nouns", nouns, "noun")):
            for entry in forms.get(form) or ():
                fields = entry if isinstance(entry, dict) else {key: entry}
                rule = _rule(kind, fields, bool(forms.get("by_target")))
                for word in _words(fields[key]):
                    for spelled in (word, *_inflected(word, form)):
                        table.setdefault(spelled, []).append(rule)
    return _Cues(_ranked(verbs), _ranked(nouns), _hashes([*verbs, *nouns]))


def _inflected(word: str, form: str) -> tuple[str, ...]:
    """Regular forms: the parser does not always know the lemma ("graves" is no "graf")."""
    if form == "verbs":
        stem = word.removesuffix("e")
        return (f"{stem}ed", f"{stem}ing", f"{word}s")
    if word.endswith(("s", "x", "ch", "sh")):
        return (f"{word}es",)
    return (f"{word[:-1]}ies",) if word.endswith("y") else (f"{word}s",)


def _ranked(table: dict[str, list[Rule]]) -> dict[str, tuple[Rule, ...]]:
    return {w: tuple(sorted(rules, key=lambda r: -r.weight)) for w, rules in table.items()}


def _rule(kind: str, fields: dict[str, Any], by_target: bool) -> Rule:
    for name, words in fields.items():
        if isinstance(words, list) and not all(isinstance(w, str) for w in words):
            raise VocabularyError(
                f"act_cues: {kind}: {name} holds a word that YAML reads as no text"
            )
    victim = fields.get("victim", "object")
    conditions: dict[str, Any] = {
        ("with_" if name == "with" else name): name in _FLAGS or frozenset(_words(fields[name]))
        for name in _CONDITIONS
        if name in fields
    }
    return Rule(
        kind,
        **conditions,
        victim=victim if isinstance(victim, str) else "after",
        victim_after=frozenset(victim if isinstance(victim, list) else ()),
        nobody=bool(fields.get("nobody")),
        possessor=fields.get("possessor", "victim"),
        itself=fields.get("itself", ""),
        holds=frozenset(fields.get("holds", ())),
        by_target=by_target,
    )


def _words(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _hashes(words: list[str]) -> frozenset[int]:
    from spacy.strings import get_string_id

    forms = {form for word in words for form in (word, word.capitalize(), word.upper())}
    return frozenset(get_string_id(form) for form in forms)
