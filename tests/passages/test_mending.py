"""What the parser often reads wrongly in reports of this kind, set right."""

import pytest

from onrecord.passages.parse import parse


def read(text):
    return {token.text: token for token in parse(text).doc}


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("The union accused the mayor of beating two students.", "beating"),
        ("The union accused the mayor of Karsun of beating two students.", "beating"),
        ("The union accused the governor of the killing of two students.", "killing"),
        ("The court cleared the colonel of torturing the students.", "torturing"),
    ],
)
def test_a_charge_hangs_on_the_verb(text, deed):
    preposition = read(text)[deed].head
    assert preposition.text == "of"
    assert preposition.head.lemma_ in ("accuse", "clear")


def test_what_says_who_is_meant_stays_where_it_is():
    found = read("The union accused members of the opposition party, saying that they had lied.")
    assert found["party"].head.head.text == "members"


@pytest.mark.parametrize("plural", ["Gendarmes", "Paramilitaries", "Policemen"])
def test_a_plural_that_opens_a_sentence_is_no_name(plural):
    token = read(f"{plural} opened fire on mourners in Karsun.")[plural]
    assert (token.pos_, token.lemma_) == (
        "NOUN",
        {"Gendarmes": "gendarme", "Paramilitaries": "paramilitary", "Policemen": "policeman"}[
            plural
        ],
    )


def test_a_name_that_begins_so_stays_one():
    assert read("Gendarmes Karsun won the match.")["Gendarmes"].tag_ == "NNP"


@pytest.mark.parametrize(
    "text",
    [
        "His cousin Reth, whom neighbours accuse of leading the raid, could not be found.",
        "Colonel Reth, whom survivors blame for the fire, has left.",
    ],
)
def test_whom_others_accuse_does_not_accuse(text):
    doc = parse(text).doc
    verb = next(t for t in doc if t.text in ("accuse", "blame"))
    told = {c.dep_: c.text for c in verb.children}
    assert (told["nsubj"], told["dobj"]) == (text.split()[text.split().index("whom") + 1], "whom")
    assert verb.head.text == "Reth"
