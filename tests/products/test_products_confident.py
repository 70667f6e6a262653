from dataclasses import replace

from onrecord.model import Act, Claim, Demand, Document, Event, Record, Relation
from onrecord.products import chronology
from onrecord.products.confident import Sieve

TEXT = "The union said guards had beaten Ada Lorn, a clerk, and urged an inquiry."


def claim(name, sure, parent=None):
    return Claim(
        id=name,
        kind="allegation",
        quote="indirect",
        modality="asserted",
        polarity="affirmed",
        content=((15, 42),),
        attribution=(),
        parent=parent,
        confidence=sure,
    )


def act(name, claims, sure=None):
    return Act(
        id=name,
        type="torture",
        span=(26, 32),
        claims=claims,
        modality="asserted",
        polarity="affirmed",
        confidence=sure,
    )


RECORD = Record(
    document=Document("sha256:0", "union.txt", "text/plain"),
    text=TEXT,
    claims=(claim("a", 0.9), claim("b", 0.2, "a"), claim("c", 0.8, "b"), claim("d", None)),
    acts=(act("both", ("a", "b")), act("weak", ("b",)), act("own", ()), act("dim", ("a",), 0.1)),
    events=(Event("e", ("both", "weak"), principal=True), Event("f", ("weak",), principal=False)),
    relations=(Relation("r", "post", "x", "clerk", (43, 50), claims=("b",)),),
    demands=(Demand("m", "b", (), (56, 72)), Demand("n", "a", (), (56, 72))),
)


def test_what_rests_on_a_claim_left_out_is_left_out_and_the_rest_stays_joined():
    sieve = Sieve(0.5)
    kept = sieve.record(RECORD)
    assert [(c.id, c.parent) for c in kept.claims] == [("a", None), ("c", "a"), ("d", None)]
    assert [(a.id, a.claims) for a in kept.acts] == [("both", ("a",)), ("own", ())]
    assert [(e.id, e.acts) for e in kept.events] == [("e", ("both",))]
    assert kept.relations == ()
    assert [d.id for d in kept.demands] == ["n"]
    assert sieve.left_out == 1 + 2 + 1 + 1


def test_nothing_is_left_out_below_a_floor_of_nothing():
    sieve = Sieve(0)
    assert sieve.record(RECORD) == RECORD
    assert sieve.left_out == 0


def test_a_page_says_how_much_it_leaves_out():
    sieve = Sieve(0.5)
    record = replace(RECORD, demands=(), relations=())
    page = sieve.noted(chronology(sieve.records([record])))
    assert page.lead.endswith("3 items below a confidence of 0.5 are left out.")
