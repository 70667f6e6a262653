"""What the coding of acts asks of a parse: phrases, lists, subjects, the clause around a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.model import Span
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INSIDE_PHRASE = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "predet", "nmod", "quantmod", "case", "nounmod"}
)
_TIMES = frozenset({"DATE", "TIME"})
_NOT_IN_PHRASE = frozenset({"relcl", "acl", "conj", "cc", "appos", "punct", "advcl", "parataxis"})
_STEPS = 6
_YEAR = 4
_BEFORE_YEARS = frozenset({"in", "since", "until"})


def lemma(token: Token) -> str:
    """A token's lemma in lower case."""
    return token.lemma_.lower()


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of these dependency labels."""
    return next((c for c in token.children if c.dep_ in labels), None)


def conjuncts(token: Token) -> list[Token]:
    """A token and all that is coordinated with it, below it in the tree, in order."""
    found, queue = [token], [token]
    while queue:
        for part in queue.pop().children:
            if part.dep_ == "conj" and part not in found:
                found.append(part)
                queue.append(part)
    return sorted(found, key=lambda t: t.i)


def is_bound(word: Token) -> bool:
    """Whether "no" or "not" begins a count: "no fewer than ten men", "not less than"."""
    after = word.i + 1
    return after < len(word.doc) and word.doc[after].lower_ in ("fewer", "less", "more")


def phrase_start(head: Token) -> int:
    """The index of the first token of a head's own noun phrase, left of it."""
    start = head.i
    for left in head.lefts:
        if left.ent_type_ in _TIMES and head.ent_type_ not in _TIMES:
            continue  # "on Friday morning troops shot him", read as one phrase
        if _belongs_before(left):
            continue
        if left.dep_ in _INSIDE_PHRASE and "," not in {t.text for t in left.subtree}:
            start = min(start, left.left_edge.i)
    return start


def _belongs_before(left: Token) -> bool:
    """Whether a word is read into the phrase after it: "shot dead two men", "in 2016 troops"."""
    before = left.nbor(-1) if left.i > left.sent.start else None
    if before is None:
        return False
    dead = left.lower_ == "dead" and before.pos_ == "VERB"
    year = left.is_digit and len(left) == _YEAR and left.text[:2] in ("19", "20")
    return dead or (year and before.lower_ in _BEFORE_YEARS)


def phrase_end(head: Token) -> int:
    """The index after a head's noun phrase, with its "of" phrase and without lists and clauses."""
    for right in head.rights:
        if right.dep_ == "prep" and right.lower_ == "of" and right.i == head.i + 1:
            inner = child(right, "pobj")
            return phrase_end(inner) if inner is not None else head.i + 1
    return head.i + 1


def characters(doc_start: Token, doc_end: Token) -> Span:
    """The characters from one token to another, both included."""
    return doc_start.idx, doc_end.idx + len(doc_end)


def phrase_span(head: Token) -> Span:
    """The characters of a head's noun phrase."""
    doc = head.doc
    return characters(doc[phrase_start(head)], doc[phrase_end(head) - 1])


def is_passive(verb: Token) -> bool:
    """Whether a verb's subject is the one it is done to."""
    labels = {c.dep_ for c in verb.children}
    if _has_done(verb):
        return False
    if labels & {"auxpass", "nsubjpass", "csubjpass"}:
        return True
    listed = verb.dep_ == "conj" or (verb.dep_ == "dep" and verb.tag_ == "VBN")
    if listed and verb.head.pos_ == "VERB" and verb.tag_ in ("VBN", "VBD"):
        return not labels & {"dobj", "nsubj", "aux"} and is_passive(verb.head)
    if not (verb.tag_ == "VBN" or _is_set_off(verb)) or labels & {"dobj", "aux"}:
        return False
    return verb.dep_ in ("acl", "amod", "advcl", "relcl", "ROOT", "ccomp", "oprd", "acomp", "xcomp")


def _has_done(verb: Token) -> bool:
    """Whether "'s" is "has", read as "is": "she's killed two men" has an object."""
    short = any(c.dep_ == "auxpass" and c.lower_ in ("'s", "’s") for c in verb.lefts)
    return short and any(c.dep_ == "dobj" and c.i > verb.i for c in verb.rights)


def _is_set_off(verb: Token) -> bool:
    """Whether a past tense behind a comma says more of a noun: "the one held, jailed for it"."""
    before = verb.nbor(-1).text if verb.i > verb.sent.start else ""
    return verb.tag_ == "VBD" and verb.dep_ == "acl" and before == ","


def own_subject(verb: Token) -> Token | None:
    """The subject that stands at the verb itself, an antecedent in place of a relative pronoun."""
    found = child(verb, "nsubj", "nsubjpass", "csubj", "expl")
    return antecedent(found) if found is not None else None


def own_subjects(verb: Token) -> list[Token]:
    """The subjects that stand at the verb itself; a broken parse may give several parts of one."""
    labels = ("nsubj", "nsubjpass", "csubj", "expl")
    return [antecedent(c) for c in verb.lefts if c.dep_ in labels]


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token is itself."""
    if token.tag_ not in ("WP", "WDT") or token.dep_ not in (
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "dative",
    ):
        return token
    for verb in ancestors(token):
        if verb.dep_ == "relcl":
            if token.lower_ == "which" and verb.head.ent_type_ == "PERSON":
                return token  # "blasts in the home town of Mira Ost, which killed ten"
            return _person_before(verb.head) if token.lower_ == "who" else verb.head
        if verb.dep_ not in ("conj", "xcomp", "prep", "pobj", "pcomp"):
            break
    return token


def _person_before(noun: Token) -> Token:
    """Whom "who" stands for: not the place or the year that the parse may hang it on."""
    people = load("act_parties")["people"]
    body = noun.dep_ == "pobj" and (noun.ent_type_ == "ORG" or lemma(noun) in people["bodies"])
    if noun.ent_type_ not in ("GPE", "LOC", "DATE", "FAC") and noun.pos_ != "NUM" and not body:
        return noun
    for above in ancestors(noun):
        if above.pos_ in ("VERB", "AUX"):
            found = None if body else child(above, "nsubj", "nsubjpass")
            if found is not None and found.tag_ not in ("WP", "WDT") and found.i < noun.i:
                return found
        elif above.pos_ == "NOUN" and lemma(above) in people["singular"]:
            return above  # "a teacher from the Dabo Hills who was killed"
        elif above.ent_type_ in ("PERSON", "NORP") and above.dep_ != "pobj":
            return above
    return noun


def ancestors(token: Token) -> Iterator[Token]:
    """The tokens above one, nearest first, up to a few steps."""
    for _ in range(_STEPS * 2):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def clause(token: Token) -> Token:
    """The verb (or root) of the innermost clause around a token."""
    if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound"):
        return token
    last = token
    for above in ancestors(token):
        last = above
        if above.pos_ in ("VERB", "AUX") and above.dep_ not in ("amod", "compound"):
            return above
    return last


def objects_of(preposition: Token) -> list[Token]:
    """What stands after a preposition, lists split."""
    inner = child(preposition, "pobj", "pcomp")
    return conjuncts(inner) if inner is not None else []
