"""What is said not to have been done: a denial, and not a complaint of what others left undone."""

from __future__ import annotations

from onrecord.claims.candidate import Candidate
from onrecord.claims.features import class_of
from onrecord.claims.grammar import Grammar, Tokens, main_verb
from onrecord.claims.lexicon import lexicon
from onrecord.claims.wording import NEGATIONS, NOBODY, words

_FIRST = frozenset({"i", "we"})
_THIRD = frozenset({"it", "he", "she", "they"})
_DEMANDING = frozenset({"can", "should", "must", "may", "will", "ought"})
_ASIDE = ("advcl", "relcl", "ccomp")
_POINTING = frozenset({"it", "this", "that", "so", "anything"})
_PLACED = frozenset({"there", "present", "near", "nearby"})
_ONLY = frozenset({"only", "just", "merely", "simply"})
_TO_COME = frozenset({"will", "would", "'ll", "shall"})
_UNREAL = frozenset({"would", "'d"})
_PARTS = frozenset({"role", "involvement", "part", "hand"})
SUBJECTS = ("nsubj", "nsubjpass")
_THINGS = ("dobj", "attr", "xcomp", "ccomp")


def own_pronouns(g: Grammar, candidate: Candidate) -> frozenset[str]:
    """The pronouns of the third person that may be the speaker in what is said; none in a quote.

    `A witness said they shot him` is of others; `the rebels said they did not` is of themselves.
    """
    head = candidate.source.head
    if candidate.quotes or head is None:
        return frozenset()
    named = class_of(g, candidate.source)
    if g.tag[head] in ("NNS", "NNPS") or any(g.dep[c] == "conj" for c in g.children[head]):
        return frozenset({"they"})
    if named in ("person", "third") or g.lemma[head] in lexicon().people:
        return frozenset({"he", "she"})
    return frozenset({"it", "they"}) if named in ("organization", "it", "they") else _THIRD


def denies(g: Grammar, content: tuple[Tokens, ...], own: frozenset[str]) -> bool:
    """Whether a wrong is said not to have been done: `we had no role`, `nobody was tortured`.

    Speakers, who are "I", "we" and the pronouns `own`, answer for themselves: what they did not do
    or have a part in is denied, whatever verb says so. Of others only the deed itself is denied:
    `they gave no warning and shot him` tells of a wrong.
    """
    verb = main_verb(g, content)
    subject = g.child(verb, *SUBJECTS)
    if subject is None or g.lemma[verb] in words().unknowing or is_not_all(g, verb):
        return False
    word = g.word[subject].lower()
    if is_to_come(g, verb) and not _is_out_of_the_question(g, verb):
        return False
    if word in _FIRST or (word in own and g.quote[subject] < 0):
        return _is_undone(g, verb) and _answers_for_it(g, verb, content)
    if _has_no_part(g, verb, anybody=word not in _THIRD):
        return True
    undone = is_negated(g, verb) or is_nobody(g, subject)
    return undone and not _is_rule(g, verb) and _is_deed(g, verb, subject, content)


def is_not_all(g: Grammar, verb: int) -> bool:
    """`did not only beat him`, `did not torture only men`: it was done, and more."""
    negated = next((c for c in g.children[verb] if g.word[c].lower() in NEGATIONS), None)
    if negated is None:
        return False
    after = range(negated + 1, min(len(g), max(negated, verb) + 2))
    return any(g.word[t].lower() in _ONLY for t in after)


def is_negated(g: Grammar, token: int) -> bool:
    """Whether a word of negation hangs on a token."""
    return any(g.word[c].lower() in NEGATIONS for c in g.children[token])


def is_to_come(g: Grammar, verb: int) -> bool:
    """`We will not be intimidated`: what is to come is not denied."""
    return any(g.lemma[c] in _TO_COME and g.dep[c] == "aux" for c in g.children[verb])


def _is_out_of_the_question(g: Grammar, verb: int) -> bool:
    """`We would never shell a hospital`, `he would not have shot her`: of what was done, too."""
    if g.child(verb, "auxpass") is not None or not words().wrongdoing.match(g.word[verb]):
        return False
    beside = {g.word[c].lower() for c in g.children[verb]}
    return not beside.isdisjoint(_UNREAL) and not beside.isdisjoint({"never", "have"})


def _is_undone(g: Grammar, verb: int) -> bool:
    """`never fired`, `had no role`."""
    thing = g.child(verb, "dobj", "attr")
    return is_negated(g, verb) or (thing is not None and has_no(g, thing))


def has_no(g: Grammar, thing: int) -> bool:
    """Whether a noun is said not to be there: `no evidence`."""
    return any(g.word[c].lower() == "no" for c in g.children[thing])


def _answers_for_it(g: Grammar, verb: int, content: tuple[Tokens, ...]) -> bool:
    """Whether the wrong is in what was not done, and not in a clause or phrase beside it.

    Of who `was not there when they shot him` it is all denied.
    """
    absent = any(g.word[c].lower() in _PLACED for c in g.children[verb])
    beside = [c for c in g.children[verb] if not absent and _is_aside(g, c)]
    aside = {t for c in beside for t in range(*g.subtree(c))}
    thing = g.child(verb, "dobj")
    pointing = thing is not None and g.word[thing].lower() in _POINTING
    low, high = (0, len(g)) if pointing else g.sentence_of(verb)
    said = " ".join(
        g.word[t]
        for first, last in content
        for t in range(max(first, low), min(last, high))
        if t not in aside
    )
    return bool(words().wrongdoing.search(said) or words().denied.search(said))


def _is_aside(g: Grammar, child: int) -> bool:
    """A clause, or a phrase that tells why or when: `because of the shelling`."""
    told_on = g.tag[child] in ("VBD", "VBZ", "VBP") or g.child(child, *SUBJECTS) is not None
    going_on = g.dep[child] == "conj" and told_on
    if g.dep[child] in _ASIDE or going_on:
        return True
    return g.dep[child] == "prep" and g.lemma[child] in words().circumstance


def _has_no_part(g: Grammar, verb: int, *, anybody: bool) -> bool:
    """`They had no role in it`, `he did not take any part in it`.

    Of `anybody` only a part in a deed is denied so: a family without knowledge denies nothing.
    """
    thing = g.child(verb, "dobj", "attr")
    if thing is None or not words().denied.fullmatch(g.word[thing]):
        return False
    if anybody and g.lemma[thing] not in _PARTS:
        return False
    return has_no(g, thing) or is_negated(g, verb)


def is_nobody(g: Grammar, subject: int) -> bool:
    """`nobody by that name`, `no one`, `none of his men`, `no officer of ours`."""
    determined = any(
        g.dep[c] in ("det", "neg") and g.word[c].lower() in ("no", "neither")
        for c in g.children[subject]
    )
    return determined or g.word[subject].lower() in NOBODY


def _is_rule(g: Grammar, verb: int) -> bool:
    """`No army may shell a hospital`: what ought not to be."""
    return any(g.lemma[c] in _DEMANDING and g.dep[c] == "aux" for c in g.children[verb])


def _is_deed(g: Grammar, verb: int, subject: int, content: tuple[Tokens, ...]) -> bool:
    """Whether the verb is the wrong, or orders it, and no other wrong is told beside it."""
    known = words()
    if g.lemma[verb] in known.seizing and not known.wrongdoing.match(g.word[verb]):
        return is_nobody(g, subject) and _is_ours_or_named(g, subject)
    deed = verb if known.wrongdoing.match(g.word[verb]) else _ordered(g, verb)
    if deed is None:
        return False
    whole = (g.sentence_of(verb),) if is_nobody(g, subject) else content
    beside = any(
        known.wrongdoing.match(g.word[t])
        for first, last in content
        for t in range(first, last)
        if t not in (verb, deed) and any(low <= t < high for low, high in whole)
    )
    return not beside and not any(
        g.lemma[c] in ("for", "over") and g.dep[c] == "prep" for c in g.children[verb]
    )


def _ordered(g: Grammar, verb: int) -> int | None:
    """The wrong that a verb orders: `nobody ordered the killing`, `gave an order to shoot`."""
    things = [c for c in g.children[verb] if c > verb and g.dep[c] in _THINGS]
    if g.lemma[verb] not in words().ordering:
        orders = (t for t in things if g.lemma[t] in words().orders)
        things = [c for t in orders for c in g.children[t] if c > t]
    return next((t for t in things if words().wrongdoing.match(g.word[t])), None)


def _is_ours_or_named(g: Grammar, subject: int) -> bool:
    """`no officer of his`, `nobody by that name`: not `no suspect`, who should have been seized."""
    return any(
        g.lemma[t] == "name" or g.tag[t] == "PRP$" or g.word[t].lower() == "us"
        for t in range(*g.subtree(subject))
    )
