"""How sure a claim is, and claims inside claims, on sentences about people who do not exist."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.claims import find_claims
from onrecord.claims.by_hand import scores_by_hand
from onrecord.claims.context import around
from onrecord.claims.grammar import read_grammar
from onrecord.claims.lexicon import lexicon
from onrecord.claims.propose import propose
from onrecord.claims.selector import selector
from onrecord.entities import find_entities
from onrecord.model import Claim
from onrecord.passages.head import Head
from onrecord.passages.parse import parse


def read(text: str) -> tuple[Claim, ...]:
    parsed = parse(text)
    return find_claims(parsed, find_entities(parsed, "sha256:test"), Head())


def speaker(text: str, claim: Claim) -> str | None:
    said = (s for s in claim.attribution if s.span and s.level == "speaker")
    return next((text[slice(*s.span)] for s in said), None)


NESTED = [
    (
        "The harbour police said that Ilse Bram had accused the guards of theft.",
        ("The harbour police", "Ilse Bram"),
    ),
    (
        "According to the Esk Gazette, the mayor said the well had been poisoned.",
        ("the Esk Gazette", "the mayor"),
    ),
]


def test_a_claim_inside_another_names_it_as_its_parent_and_is_no_surer():
    for text, (outer, inner) in NESTED:
        claims = {speaker(text, claim): claim for claim in read(text)}
        assert set(claims) >= {outer, inner}
        assert claims[inner].parent == claims[outer].id
        assert claims[inner].confidence <= claims[outer].confidence


def test_what_is_plainly_said_is_surer_than_what_hardly_is():
    plain = read("The governor said that the bridge would reopen in March.")[0]
    assert plain.confidence > 0.8


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_confidence_rises_with_the_score(scores):
    sure = [selector().confidence(score) for score in sorted(scores)]
    assert sure == sorted(sure)
    assert all(0 <= value <= 1 for value in sure)


def test_each_reading_gets_one_row_of_the_width_that_the_weights_were_learned_on():
    parsed = parse("Oren Vash said, “The well was never ours to sell,” and Ilse Bram agreed.")
    g = read_grammar(parsed, parsed.doc)
    candidates = propose(g, lexicon())
    scores = selector().score(g, candidates)
    rows = np.array(around(g, candidates, scores.alone))
    assert rows.shape[0] == len(candidates) == len(scores.together)
    assert selector().together.feature.max() < rows.shape[1]


def test_without_what_was_learned_a_cue_is_worth_what_people_wrote_down():
    parsed = parse("Ilse Bram accused the guards of theft and walked home.")
    g = read_grammar(parsed, parsed.doc)
    candidates = propose(g, lexicon())
    by_hand = scores_by_hand(g, candidates)
    worth = {g.lemma[c.cue]: score for c, score in zip(candidates, by_hand, strict=True)}
    assert worth.pop("accuse") > 0.5
    assert not any(worth.values())
