"""Verbs that a parse hangs on another word than they go on from: parses are set by hand."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.coding.acts_clauses import participle_after
from onrecord.coding.acts_infinitives import first_of_list


def parsed(*tokens):
    """A sentence from (word, tag, dependency, index of its head)."""
    words, tags, deps, heads = zip(*tokens, strict=True)
    return Doc(Vocab(), list(words), tags=list(tags), deps=list(deps), heads=list(heads))


BULLYING = (
    ("Rangers", "NNS", "nsubj", 2),
    ("are", "VBP", "aux", 2),
    ("bullying", "VBG", "ROOT", 2),
    ("traders", "NNS", "dobj", 2),
)


@pytest.mark.parametrize(("between", "found"), [((",", ",", "punct", 3), True), (None, False)])
def test_a_participle_behind_a_comma_goes_on_from_the_verb_before(between, found):
    at = 5 if between else 4
    tokens = (*BULLYING, *([between] if between else []))
    doc = parsed(*tokens, ("robbing", "VBG", "acl", 3), ("sailors", "NNS", "dobj", at))
    assert participle_after(doc[at]) == (doc[2] if found else None)


def test_an_adverb_may_stand_before_the_participle():
    comma, badly = (",", ",", "punct", 3), ("badly", "RB", "advmod", 6)
    beating = ("beating", "VBG", "acl", 3), ("them", "PRP", "dobj", 6)
    doc = parsed(*BULLYING, comma, badly, *beating)
    assert participle_after(doc[6]) == doc[2]


@pytest.mark.parametrize(("tag", "found"), [("VB", True), ("VBD", False)])
def test_a_bare_verb_goes_on_with_the_infinitive_before_it(tag, found):
    doc = parsed(
        ("They", "PRP", "nsubj", 1),
        ("threatened", "VBD", "ROOT", 1),
        ("to", "TO", "aux", 3),
        ("rob", "VB", "xcomp", 1),
        ("and", "CC", "cc", 1),
        ("hit", tag, "conj", 1),
        ("me", "PRP", "dobj", 5),
    )
    assert first_of_list(doc[5]) == (doc[3] if found else None)
