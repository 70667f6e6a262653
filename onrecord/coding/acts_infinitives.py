"""What "to" and the verbs before it say of an act: whether it is open, or not done at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import child, is_bound, lemma, own_subject
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_CLIMB = 6


def infinitives_over(verb: Token) -> Iterator[Token]:
    """A verb and those whose "to" it hangs on: "were told to use rifles to kill", from the last."""
    for _ in range(_CLIMB):
        yield verb
        if verb.dep_ not in ("xcomp", "advcl", "ccomp"):
            return
        if not (_has_to(verb) or (verb.tag_ == "VB" and lemma(verb.head) == "let")):
            return
        verb = verb.head


def _has_to(verb: Token) -> bool:
    """Whether "to" stands before a verb, in the passive too: "to shoot", "to be shot"."""
    return verb.tag_ in ("VB", "VBN") and any(c.tag_ == "TO" for c in verb.lefts)


def first_of_list(verb: Token) -> Token | None:
    """The infinitive that a bare verb goes on with: "threatened to beat and kill me".

    A parse may hang "kill" on "threatened".
    """
    bare = verb.tag_ == "VB" and child(verb, "aux", "nsubj") is None
    if not bare or verb.dep_ != "conj" or verb.head.tag_ == "VB":
        return None
    before = (c for c in verb.head.rights if c.dep_ == "xcomp" and c.i < verb.i)
    return next((c for c in before if _has_to(c)), None)


def is_denied_before(verb: Token) -> bool:
    """Whether "not" before a verb of trying or telling denies it: "did not order them to"."""
    frames = load("act_frames")
    over = list(infinitives_over(first_of_list(verb) or verb))[1:]
    for above in over:
        if lemma(above) not in frames["passing_on"]:
            return False
        if any(c.dep_ == "neg" and not _more_follows(c) for c in above.children):
            return True
    return False


def is_left_open_before(verb: Token) -> bool:
    """Whether "if" before such a verb leaves it open: "asked if he paid them to torture"."""
    passing = load("act_frames")["passing_on"]
    over = list(infinitives_over(verb))[1:]
    return any(
        c.dep_ == "mark" and c.lower_ in ("if", "whether")
        for above in over
        if lemma(above) in passing
        for c in above.lefts
    )


def _more_follows(part: Token) -> bool:
    """Whether "not" says that there was more: "did not only order them to shoot"."""
    return part.nbor().lower_ in load("act_frames")["only"] if part.i + 1 < part.sent.end else False


def is_done_by_anybody(verb: Token) -> bool:
    """Whether a verb tells what a law or a warning is about: "anyone who beats a child"."""
    while verb.dep_ == "conj" and own_subject(verb) is None and verb.head.pos_ == "VERB":
        verb = verb.head
    subject = own_subject(verb)
    return subject is not None and means_anybody(subject)


def means_anybody(noun: Token) -> bool:
    """Whether words stand for whoever it may be: "any person", "anyone"."""
    any_one = any(c.dep_ == "det" and c.lower_ == "any" for c in noun.lefts)
    return any_one or noun.lower_ in load("act_frames")["anybody"]


def means_nobody(noun: Token) -> bool:
    """Whether words stand for no one: "no soldier", "not one officer", "none of the guards"."""
    of = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return of.lower_ in ("nobody", "nothing", "none", "no-one") or has_no_before(noun)


def has_no_before(noun: Token) -> bool:
    """Whether "no" or "not" stands before a noun: "no soldier", "not a single guard"."""
    before = (c for c in noun.lefts if c.dep_ in ("det", "nummod", "neg", "quantmod"))
    return any(t.lower_ in ("no", "not") and not is_bound(t) for c in before for t in c.subtree)
