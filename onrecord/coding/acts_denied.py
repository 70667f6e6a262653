"""Whether words deny that an act was: "denied", "no evidence that", "reports ... were false"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import SUBJECTS, ancestors, child, lemma
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

_INNER = frozenset({"dobj", "ccomp", "xcomp", "prep", "nsubjpass"})
_CLAUSES = frozenset({"acl", "ccomp", "relcl"})
_OF = frozenset({"of", "for", "in", "to", "behind"})


def is_denied(token: Token) -> bool:
    """Whether what governs the word of an act says that it was not."""
    if _is_not_caused(token):
        return True
    node = token
    for above in ancestors(token):
        if above.pos_ in ("NOUN", "PROPN") or above.dep_ in SUBJECTS:
            verdict = _by_noun(node, above)
        elif above.pos_ in ("VERB", "AUX"):
            verdict = _by_verb(node, above)
        else:
            verdict = None
        if verdict is not None:
            return verdict
        node = above
    return False


def _is_not_caused(noun: Token) -> bool:
    """Whether it is what did not come of something: "has not led to any arrests"."""
    verb = noun.head.head
    caused = any(
        lemma(verb) in entry["verb"] and noun.head.lower_ in entry.get("prep", ())
        for entry in load("act_frames")["causes"]
    )
    return noun.dep_ == "pobj" and caused and any(c.dep_ == "neg" for c in verb.children)


def is_left_open(token: Token) -> bool:
    """Whether words over an act neither say nor deny that it was: "it cannot be ruled out that"."""
    words, node = _words(), token
    for above in ancestors(token):
        unsaid = any(c.dep_ == "neg" for c in above.children)
        if (
            node.dep_ == "ccomp"
            and unsaid
            and (_denies(above) or lemma(above) in words["checking"])
        ):
            return True
        node = above
    return False


def _denies(verb: Token) -> bool:
    """Whether a verb denies what hangs on it: "ruled out that", not "ruled that"."""
    rules = lemma(verb) == "rule" and not any(c.lower_ == "out" for c in verb.rights)
    return lemma(verb) in _words()["denying"] and not rules


def _by_verb(node: Token, verb: Token) -> bool | None:
    """What a verb over an act says of it; None where the words above it decide."""
    words = _words()
    unsaid = any(c.dep_ == "neg" for c in verb.children)
    if unsaid and _denies(verb):
        return False  # "did not deny that", "cannot be ruled out that"
    nothing = any(c.lower_ in ("nothing", "nobody", "none") for c in verb.lefts)
    if lemma(verb) in words["proving"] and node.dep_ == "ccomp" and (unsaid or nothing):
        return True
    if _denies(verb):
        inner = child(verb, "dobj")
        return node.dep_ in _INNER and (inner is None or inner.i == node.i)
    if lemma(verb) in words["retracting"] and lemma(node) in words["claimed"]:
        return node.dep_ == "dobj"
    if node.dep_ in ("ccomp", "csubj"):
        if any(c.dep_ == "advmod" and c.lower_ in words["wrongly"] for c in verb.children):
            return True
        versions = [c for c in verb.lefts if c.dep_ == "nsubj" and lemma(c) == "version"]
        if any(c.lower_ in words["superseded"] for v in versions for c in v.lefts):
            return True
        found = _called_false(verb)
        if found is not None:
            return found
    above = lemma(verb.head)
    told = verb.dep_ == "acl" and above in words["claimed"]
    # "no evidence linking X to the murder" does not deny the murder
    shown = verb.dep_ in _CLAUSES and above in words["evidence"] and node.dep_ != "prep"
    return None if told or shown or verb.dep_ in ("ccomp", "xcomp") else False


def _by_noun(node: Token, noun: Token) -> bool | None:
    words, word = _words(), lemma(noun)
    if word in words["evidence"] and (node.dep_ in _CLAUSES or _after_of(node, noun)):
        if is_lacking(noun):
            return True
    elif word in words["claimed"] and (node.dep_ in _CLAUSES or _after_of(node, noun)):
        before = {c.lower_ for c in noun.lefts}
        if before & words["untrue"] or _is_told_false(noun):
            return True
    passed = node.dep_ in ("conj", "pobj") or word in words["charges"] | words["claimed"]
    return None if passed else False


def _after_of(node: Token, noun: Token) -> bool:
    return node.dep_ == "prep" and node.head.i == noun.i and node.lower_ in _OF


def is_lacking(noun: Token) -> bool:
    """Whether a noun is said not to be there: "no evidence", "did not find evidence"."""
    words = _words()
    if noun.lower_ == "nothing":
        return True
    if lemma(noun) not in words["evidence"]:
        return False
    if any(c.lower_ in words["negators"] | words["little"] for c in noun.lefts):
        return True
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        return lemma(noun.head.head) in words["little"]
    if noun.dep_ == "pobj":
        return noun.head.lower_ == "without"
    verb = noun.head
    return noun.dep_ in ("dobj", "attr", "nsubj", "nsubjpass") and any(
        c.dep_ == "neg" for c in verb.children
    )


def _is_told_false(noun: Token) -> bool:
    """Whether a report is called false: "the reports were false", "dismissed reports as lies"."""
    verb = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        inner = child(verb, "xcomp")
        return bool(_called_false(verb)) or (inner is not None and bool(_called_false(inner)))
    if noun.dep_ != "dobj":
        return False
    after = [c for c in verb.rights if c.i > noun.i and c.lower_ == "as"]
    named = [o for p in after for o in p.children] + [c for c in verb.rights if c.dep_ == "oprd"]
    return any({lemma(o), o.lower_} & _words()["untrue"] for o in named)


def _called_false(verb: Token) -> bool | None:
    """Whether what "be", "prove" or "turn out" says is "false", or "true" with "not"."""
    said = [c for c in verb.rights if c.dep_ in ("acomp", "attr", "oprd")]
    words = {form for c in said for form in (c.lower_, lemma(c))}
    negated = any(c.dep_ == "neg" for c in [*verb.children, *(g for c in said for g in c.children)])
    if words & _words()["untrue"]:
        return not negated
    return True if negated and words & _words()["true"] else None


@cache
def _words() -> dict[str, frozenset[str]]:
    data = load("act_frames")
    names = (
        "negators",
        "denying",
        "charges",
        "claimed",
        "retracting",
        "evidence",
        "little",
        "untrue",
        "true",
        "wrongly",
        "proving",
        "checking",
        "superseded",
    )
    return {name: frozenset(data[name]) for name in names}
