"""Whether an act is said to have been, not to have been, or only may, will or might be."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_clauses import planned_in
from onrecord.coding.acts_contrast import denied_for_another
from onrecord.coding.acts_denied import is_denied, is_left_open
from onrecord.coding.acts_grammar import ancestors, is_bound, is_passive, lemma, own_subjects
from onrecord.coding.acts_infinitives import (
    first_of_list,
    infinitives_over,
    is_denied_before,
    is_done_by_anybody,
    is_left_open_before,
)
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.model import Modality, Polarity


def polarity_of(token: Token, above: list[Token]) -> Polarity:
    """Negated where "not", "no", "never", "without" or a denial governs the act itself."""
    words = _words()
    for node in [token, *_shared(token), *above]:
        if _is_described(token, node):
            continue
        for part in node.children:
            if (part.dep_ == "neg" and denied_for_another(node)) or _adds_to_it(part):
                continue
            if part.dep_ == "neg" or _says_not(part, node) or _at_no_time(part, node):
                return "negated"
            done_to = part.dep_ == "dobj" and node.i == token.i  # "killed no civilians"
            party = part.dep_ in ("nsubj", "nsubjpass") or done_to
            whole = not part.is_ancestor(token)  # "none of those guilty of murder was tried"
            if party and whole and _nobody(part, words["negators"]):
                return "negated"
    if any(node.head.lower_ == "without" for node in [token, *_shared(token)]):
        return "negated"
    return "negated" if is_denied(token) or is_denied_before(token) else "affirmed"


def _is_described(token: Token, node: Token) -> bool:
    """Whether "be" tells how an act was and not whether: "the killing was not the first"."""
    said = [c for c in node.rights if c.dep_ in ("acomp", "attr")]
    if lemma(node) != "be" or not said or lemma(said[0]) in load("act_frames")["true"]:
        return False
    subjects = [c for c in node.lefts if c.dep_ == "nsubj"]
    return any(s.i == token.i or s.is_ancestor(token) for s in subjects)


def _says_not(part: Token, node: Token) -> bool:
    """Whether a word before a verb negates it: "never shot". "Without warning" says how it was."""
    return part.i < node.i and part.lower_ != "without" and part.lower_ in _words()["negators"]


def _adds_to_it(part: Token) -> bool:
    """Whether "not" says that there was more: "not only beaten but also shot"."""
    after = part.i + 1
    more = after < part.sent.end and part.doc[after].lower_ in _words()["only"]
    return more and part.lower_ == "not"


def _at_no_time(part: Token, node: Token) -> bool:
    """Whether "no" in front turns a sentence round: "At no point did they shoot"."""
    if part.dep_ != "prep" or part.i > node.i:
        return False
    subject = next((c for c in node.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    helping = [c for c in node.lefts if c.dep_ in ("aux", "auxpass")]
    turned = subject is not None and any(part.i < c.i < subject.i for c in helping)
    return turned and any(t.lower_ == "no" for o in part.children for t in o.lefts)


def _nobody(subject: Token, negators: frozenset[str]) -> bool:
    return subject.lower_ in ("none", "nobody", "neither") or any(
        p.lower_ in negators and not is_bound(p) for p in subject.lefts
    )


def _shared(token: Token) -> list[Token]:
    """The verbs whose auxiliaries a coordinated verb shares: "threatened to arrest and kill"."""
    found = []
    for head in ancestors(token):
        if token.dep_ != "conj" or head.pos_ != "VERB" or own_subjects(token):
            break
        found.append(head)
        token = head
    return found


def modality_of(token: Token, above: list[Token]) -> Modality:
    """How sure the words around an act are: hypothetical, future, hedged, in that order."""
    first = first_of_list(token)
    if first is not None:
        return modality_of(first, above)
    words = _words()
    shared = _shared(token)
    verbs = [token, *shared, *(a for a in above if a.pos_ in ("VERB", "AUX"))]
    around = {p.lower_ for v in verbs for p in v.children if p.dep_ in ("aux", "mark", "advmod")}
    around |= {lemma(p) for p in token.children if p.dep_ == "amod"} | {
        p.lower_ for p in token.lefts
    }
    head = shared[-1] if shared and not _has_own_auxiliary(token) else token
    over = list(infinitives_over(head))[1:]  # "the law would allow them to evict 30 families"
    around |= {p.lower_ for v in over for p in v.children if p.dep_ == "aux"}
    governors = _governors(head)
    told = [head, token.head] if _is_ordered(token) else [head]
    if (
        around & words["hypothetical"]
        or governors & words["preventing"]
        or _purpose(head)
        or _demanded(token)
        or _wished(head)
        or is_attempt(token)
        or _averted(token)
        or is_done_by_anybody(head)
        or is_left_open_before(head)
        or _spared(head)
        or any(map(_is_open, told))
        or _found_if_at_all(head)
        or _is_alternative(token)
    ):
        return "hypothetical"
    intended = governors | {head.head.lower_, lemma(head.head)} if over else frozenset()
    if (
        around & words["future"]
        or intended & words["future"]
        or any(map(_commissioned, infinitives_over(head)))
    ):
        return "future"
    if (
        around & words["hedges"]
        or governors & words["hedges"]
        or any(map(_only_believed, told))
        or is_left_open(head)
    ):
        return "hedged"
    return "asserted"


def _has_own_auxiliary(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") for c in verb.lefts)


def is_subjection(noun: Token) -> bool:
    """Whether the noun of an act is what somebody was, or was not, "subjected to"."""
    above = noun.head.head
    return noun.dep_ == "pobj" and lemma(above) in load("act_frames")["subjected"]


def is_infinitive(token: Token) -> bool:
    """Whether a verb stands in its bare form, not after "did"."""
    return token.tag_ == "VB" and not any(lemma(p) == "do" for p in token.lefts if p.dep_ == "aux")


def _governors(token: Token) -> frozenset[str]:
    """The verbs that a verb in the infinitive, or a noun, hangs on directly."""
    head = token.head
    if token.dep_ in ("xcomp", "pcomp", "pobj", "oprd") and head.i != token.i:
        found = {lemma(head)}
        if head.dep_ == "prep":
            found.add(lemma(head.head))
        return frozenset(found)
    return frozenset()


def is_attempt(verb: Token) -> bool:
    """Whether a verb says what was tried, which is not yet done: "attempted to kidnap him"."""
    return verb.dep_ == "xcomp" and lemma(verb.head) in load("act_frames")["attempting"]


def _demanded(noun: Token) -> bool:
    """Whether an act is what somebody asks for: "called for the arrest of X", "for jailing X"."""
    demanding: dict[str, list[str]] = load("act_frames")["demanding"]
    if noun.dep_ == "dobj":
        return demanding.get(lemma(noun.head)) == []
    behind = noun.dep_ in ("pobj", "pcomp")
    return behind and noun.head.lower_ in demanding.get(lemma(noun.head.head), ())


def _wished(verb: Token) -> bool:
    """Whether a bare "be" tells what somebody asks for: "asked that he be charged"."""
    bare = any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in verb.lefts)
    helped = any(c.dep_ == "aux" for c in verb.lefts)
    return bare and not helped and lemma(verb.head) in load("act_frames")["demanding"]


def _averted(noun: Token) -> bool:
    """Whether the noun of an act is what was prevented or feared: "foiled an attack"."""
    frames, verb = load("act_frames"), noun.head
    if noun.dep_ not in ("dobj", "nsubjpass") or lemma(verb) not in frames["averting"]:
        return False
    kept = any(c.dep_ == "neg" for c in verb.children) or verb.head.dep_ == "neg"
    return not kept and lemma(verb.head) not in frames["failing"]


def _is_ordered(noun: Token) -> bool:
    """Whether the noun of an act is what a verb says was done: "ordered the murder"."""
    verbs: dict[str, list[str]] = load("act_frames")["light_verbs"]
    done = noun.dep_ in ("dobj", "nsubjpass") and noun.head.pos_ == "VERB"
    return done and any(lemma(noun.head) in words for words in verbs.values())


def _spared(verb: Token) -> bool:
    """Whether it is what somebody was saved from: "saved him from being lynched"."""
    preposition = verb.head
    return (
        verb.dep_ == "pcomp"
        and preposition.lower_ == "from"
        and lemma(preposition.head) in load("act_frames")["sparing"]
    )


def _is_open(verb: Token) -> bool:
    """Whether the verb stands before its subject: "Did they kill him?", "Had they killed him, ..."

    "Why did they kill him?" takes for granted that they did.
    """
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    first = next((c for c in verb.lefts if c.dep_ in ("aux", "auxpass")), None)
    if subject is None or first is None or first.i > subject.i:
        return False
    would = any(c.lower_ in ("would", "could", "might") for c in verb.head.lefts)
    if first.lower_ in ("had", "should", "were") and verb.dep_ in ("advcl", "ccomp") and would:
        return True
    wh = any(t.tag_ in ("WRB", "WP", "WDT", "WP$") for t in verb.lefts if t.i < first.i)
    return not wh and verb.sent[-1].text.startswith("?")


def _found_if_at_all(head: Token) -> bool:
    """Whether it is what somebody may find: "if the court finds that he ordered the raid"."""
    token = head
    while token.dep_ in (*_INSIDE, "ccomp") and token.head.i != token.i:
        if token.dep_ == "ccomp" and any(
            c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in token.head.lefts
        ):
            return True
        token = token.head
    return False


_INSIDE = ("dobj", "nsubjpass", "pobj", "prep", "pcomp", "xcomp", "conj")
"""How an act hangs on the verb of the clause that tells it."""


def _is_alternative(verb: Token) -> bool:
    """Whether it is what was threatened or asked: "to leave or be killed", "demands that they ..."

    A bare verb behind "or", or listed with others that say what somebody asks for.
    """
    above = verb.head
    bare = verb.tag_ == "VB" or any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in verb.lefts)
    if not bare or verb.dep_ != "conj" or any(c.dep_ == "aux" for c in verb.lefts):
        return False
    if any(c.dep_ == "cc" and c.lower_ == "or" for c in above.rights if c.i < verb.i):
        return above.tag_ == "VB"
    asked = lemma(above) in load("act_frames")["demanding"] and above.tag_ != "VB"
    return asked and any(c.dep_ == "ccomp" and c.tag_ == "VB" for c in above.rights)


def _commissioned(verb: Token) -> bool:
    """Whether a verb tells what somebody was hired, sent or ordered to do."""
    above = verb.head
    return (
        verb.dep_ in ("xcomp", "advcl")
        and verb.tag_ == "VB"
        and is_passive(above)
        and lemma(above) in load("act_frames")["controllers"]["ordered"]
    )


def _only_believed(token: Token) -> bool:
    """Whether an act is what somebody believes, a rumour, or a confession under duress."""
    frames, above = load("act_frames"), token.head
    if token.dep_ == "ccomp" and above.pos_ == "VERB":
        made = lemma(above) == "confess" and any(
            lemma(a) in frames["forcing"] for a in ancestors(above)
        )
        return made or lemma(above) in _words()["hedges"]
    if token.dep_ in ("acl", "ccomp", "relcl") and above.pos_ == "NOUN":
        return lemma(above) in frames["rumoured"] and token.tag_ != "VBG"
    if token.dep_ not in ("pcomp", "pobj") or lemma(above.head) != "confess":
        return False
    return above.head.dep_ == "xcomp" and lemma(above.head.head) in frames["forcing"]


def _purpose(token: Token) -> bool:
    """A bare infinitive of purpose or plan says what is wanted, not what was done."""
    against = token.dep_ == "pcomp" and token.head.lower_ == "against"
    if against or planned_in(token) is not None:
        return True
    if token.tag_ != "VB" or token.dep_ not in ("advcl", "acl", "relcl"):
        return False
    if token.head.lower_ == "used" and is_passive(token.head):
        return False
    return any(p.lower_ == "to" for p in token.lefts)


@cache
def _words() -> dict[str, frozenset[str]]:
    data = load("act_frames")
    names = ("negators", "only", "hedges", "future", "hypothetical", "preventing")
    return {name: frozenset(data[name]) for name in names}
