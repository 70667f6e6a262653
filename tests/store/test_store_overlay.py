"""What people decided laid over a record: a pure function; what follows holds for any decisions."""

import copy
import json

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import (
    Act,
    Claim,
    Count,
    Demand,
    Document,
    Entity,
    Event,
    Link,
    Perpetrator,
    Record,
    Relation,
    Victim,
    as_json,
    from_json,
)
from onrecord.store.citations import derived, spans
from onrecord.store.overlay import STATES, Decided, laid, overlay
from onrecord.store.tables import CLAIMS

TEXT = (
    "Mira Tane said that soldiers had killed four farmers in Corrin, as Tam Oru had told her. "
    "She asked the court of Selm to open an inquiry. The army denied the killing."
)
DOCUMENT = "sha256:" + "a" * 64


def at(words):
    start = TEXT.index(words)
    return (start, start + len(words))


def claim(name, words, kind, speaker, **more):
    return Claim(
        id=f"claim:{name}",
        kind=kind,
        quote="indirect",
        modality="asserted",
        polarity="affirmed",
        content=(at(words),),
        attribution=(Link("speaker", speaker, at("Mira Tane")),),
        **more,
    )


RECORD = Record(
    document=Document(DOCUMENT, "river.txt", "text/plain"),
    text=TEXT,
    entities=(
        Entity("entity:mira", "Person", "Mira Tane", (at("Mira Tane"),), references=(at("her"),)),
        Entity("entity:tam", "Person", "Tam Oru", (at("Tam Oru"),)),
        Entity("entity:soldiers", "Group", "soldiers", (at("soldiers"),)),
        Entity("entity:farmers", "Group", "four farmers", (at("four farmers"),)),
    ),
    claims=(
        claim("outer", "soldiers had killed four farmers in Corrin, as Tam Oru had told her",
              "allegation", "entity:mira", confidence=0.9),
        claim("inner", "killed four farmers", "statement", "entity:tam", parent="claim:outer"),
        claim("asks", "the court of Selm to open an inquiry", "demand", "entity:mira"),
        claim("denies", "the killing", "denial", None),
    ),
    acts=(
        Act(
            "act:told", "killing", at("killed"), ("claim:outer",), "asserted", "affirmed",
            perpetrators=(Perpetrator("entity:soldiers", "carried_out", at("soldiers")),),
            victims=(
                Victim("entity:farmers", at("four farmers"), Count("four", at("four"), 4, 4)),
            ),
        ),
        Act("act:both", "killing", at("killed"), ("claim:outer", "claim:inner"), "asserted",
            "affirmed"),
        Act("act:bare", "abduction", at("the killing"), (), "asserted", "affirmed"),
    ),
    events=(Event("event:1", ("act:told", "act:both"), principal=True),),
    relations=(
        Relation("relation:1", "link", "entity:mira", "told", at("told"), "entity:tam",
                 claims=("claim:outer",)),
    ),
    demands=(Demand("demand:1", "claim:asks", (), at("open an inquiry")),),
)  # fmt: skip


def body():
    told = as_json(RECORD)
    del told["text"]
    return json.loads(json.dumps(told))


def row(seq, **told):
    return {"seq": seq, "at": "2026-11-22T16:00:00Z", "actor": "amara", "why": "", **told}


def review(seq, local, state):
    return row(seq, subject=f"{DOCUMENT}|{local}", state=state)


def correction(seq, local, field, value, part=""):
    subject = f"{DOCUMENT}|{local}"
    return row(seq, subject=subject, field=field, part=part, value=json.dumps(value))


def addition(seq, what, identity, **told):
    return row(seq, what=what, id=identity, body=json.dumps(told))


def by_id(rows):
    return {each["id"]: each for each in rows}


def test_without_decisions_the_record_is_the_same_object():
    told = body()
    assert overlay(told, TEXT, Decided()) is told


def test_a_rejected_claim_takes_what_rests_on_it_alone_and_its_children_stand():
    shown = overlay(body(), TEXT, Decided(reviews=[review(7, "claim:outer", "rejected")]))
    claims = by_id(shown["claims"])
    assert set(claims) == {"claim:inner", "claim:asks", "claim:denies"}
    assert claims["claim:inner"]["parent"] is None
    acts = by_id(shown["acts"])
    assert set(acts) == {"act:both", "act:bare"}
    assert acts["act:both"]["claims"] == ["claim:inner"]
    assert shown["events"][0]["acts"] == ["act:both"]
    assert shown["relations"] == []


def test_an_act_without_claims_goes_with_the_claim_whose_words_it_stands_in():
    shown = overlay(body(), TEXT, Decided(reviews=[review(7, "claim:denies", "rejected")]))
    assert "act:bare" not in by_id(shown["acts"])


def test_a_rejected_demand_is_demanded_no_more():
    shown = overlay(body(), TEXT, Decided(reviews=[review(7, "claim:asks", "rejected")]))
    assert shown["demands"] == []


def test_a_rejected_act_leaves_its_claim():
    shown = overlay(body(), TEXT, Decided(reviews=[review(7, "act:told", "rejected")]))
    assert "act:told" not in by_id(shown["acts"])
    assert "claim:outer" in by_id(shown["claims"])


def test_an_accepted_claim_says_by_whom_and_when():
    shown = overlay(body(), TEXT, Decided(reviews=[review(7, "claim:outer", "accepted")]))
    marked = by_id(shown["claims"])["claim:outer"]["reviewed"]
    assert marked == {
        "state": "accepted", "by": "amara", "at": "2026-11-22T16:00:00Z", "entry": 7,
    }  # fmt: skip


def test_a_corrected_count_keeps_the_words_and_says_what_it_was():
    value = {"min": 5, "max": None, "span": None}
    told = Decided(corrections=[correction(7, "act:told", "count", value, "entity:farmers")])
    (victim,) = by_id(overlay(body(), TEXT, told)["acts"])["act:told"]["victims"]
    assert victim["count"] == {"text": "four", "span": list(at("four")), "min": 5, "max": None}
    was = victim["corrected"]["count"]["was"]
    assert (was["min"], was["max"], was["span"]) == (4, 4, list(at("four")))


def test_a_corrected_count_at_other_words_has_their_text():
    value = {"min": 4, "max": 4, "span": list(at("four farmers"))}
    told = Decided(corrections=[correction(7, "act:told", "count", value, "entity:farmers")])
    (victim,) = by_id(overlay(body(), TEXT, told)["acts"])["act:told"]["victims"]
    assert victim["count"]["text"] == "four farmers"


def party(seq, field, entity, words=None, **more):
    value = {"said": words is not None, "span": words and list(at(words)), **more}
    return correction(seq, "act:told", field, value, entity)


def test_who_did_it_is_put_in_at_words_and_taken_out_and_what_it_was_is_kept():
    told = [
        party(7, "perpetrator", "entity:soldiers"),
        party(8, "perpetrator", "entity:tam", "Tam Oru", involvement="ordered"),
        party(9, "victim", "entity:mira", "her"),
    ]
    act = by_id(overlay(body(), TEXT, Decided(corrections=told))["acts"])["act:told"]
    assert act["perpetrators"] == [
        {"entity": "entity:tam", "span": list(at("Tam Oru")), "involvement": "ordered"}
    ]
    assert [victim["entity"] for victim in act["victims"]] == ["entity:farmers", "entity:mira"]
    (was,) = act["corrected"]["perpetrators"]["was"]
    assert was["entity"] == "entity:soldiers"


def test_a_count_may_be_of_whom_a_correction_made_a_victim():
    told = Decided(
        additions=[addition(9, "count", "count:new", act="act:told", victim="entity:mira", min=1,
                            max=1, span=list(at("her")), spans=[])],
        corrections=[party(8, "victim", "entity:mira", "her")],
    )  # fmt: skip
    found = laid(body(), TEXT, told)
    assert found.lost == ()
    assert by_id(found.body["acts"])["act:told"]["victims"][1]["count"]["min"] == 1


def test_who_is_not_in_an_act_cannot_be_taken_out_of_it():
    told = Decided(corrections=[party(7, "perpetrator", "entity:mira")])
    assert laid(body(), TEXT, told).lost == (7,)


def test_a_date_without_words_is_lost_and_with_them_cites_them():
    bare = {"date": "2021-03-04", "span": None}
    cited = bare | {"span": list(at("inquiry"))}
    assert laid(body(), TEXT, Decided(corrections=[correction(7, "act:told", "date", bare)])).lost
    told = Decided(corrections=[correction(7, "act:told", "date", cited)])
    act = by_id(overlay(body(), TEXT, told)["acts"])["act:told"]
    assert (act["date"], act["cites"]["date"]) == ("2021-03-04", [list(at("inquiry"))])


def test_the_later_of_two_corrections_counts_and_the_first_value_is_kept():
    told = [
        correction(7, "claim:outer", "kind", "statement"),
        correction(9, "claim:outer", "kind", "finding"),
    ]
    shown = by_id(overlay(body(), TEXT, Decided(corrections=told))["claims"])["claim:outer"]
    assert shown["kind"] == "finding"
    assert shown["corrected"]["kind"]["was"] == "allegation"


def test_acts_that_said_the_same_follow_a_corrected_claim():
    told = Decided(corrections=[correction(7, "claim:outer", "modality", "hedged")])
    acts = by_id(overlay(body(), TEXT, told)["acts"])
    assert acts["act:told"]["modality"] == "hedged"
    assert acts["act:both"]["modality"] == "asserted", "it rests on another claim too"


def test_what_is_no_demand_any_more_demands_nothing():
    told = Decided(corrections=[correction(7, "claim:asks", "kind", "statement")])
    assert overlay(body(), TEXT, told)["demands"] == []


def test_a_speaker_is_corrected_where_one_is_named_and_put_in_where_none_is():
    told = Decided(
        corrections=[
            correction(7, "claim:outer", "speaker", {"entity": "entity:tam", "span": None}),
            correction(8, "claim:denies", "speaker", {"entity": None, "span": list(at("army"))}),
        ]
    )
    claims = by_id(overlay(body(), TEXT, told)["claims"])
    assert claims["claim:outer"]["attribution"][0]["entity"] == "entity:tam"
    assert claims["claim:denies"]["attribution"][0]["span"] == list(at("army"))


def added_claim(seq, identity, words, **more):
    told = {
        "kind": "allegation", "quote": "indirect", "modality": "asserted", "polarity": "affirmed",
        "content": [list(at(words))], "spans": [list(at(words))], "cue": None, "hedges": [],
        "parent": None,
        "attribution": [{"level": "speaker", "entity": "entity:new", "span": list(at("The army"))}],
    }  # fmt: skip
    return addition(seq, "claim", identity, **told | more)


def added_name(seq, identity, words, **more):
    told = {"span": list(at(words)), "spans": [list(at(words))], "entity": None, "type": "Group"}
    return addition(seq, "name", identity, **told | more)


def test_what_is_added_may_rest_on_what_was_added_before():
    told = Decided(
        additions=[
            added_claim(9, "claim:new", "The army denied the killing"),
            added_name(8, "entity:new", "The army"),
            addition(10, "act", "act:new", type="killing", span=list(at("killing")), spans=[],
                     modality="asserted", polarity="negated", claims=["claim:new"], victims=[],
                     perpetrators=[{"entity": "entity:new", "involvement": "carried_out",
                                    "span": list(at("The army"))}]),
        ],
    )  # fmt: skip
    found = laid(body(), TEXT, told)
    assert found.lost == ()
    assert by_id(found.body["entities"])["entity:new"]["name"] == "The army"
    assert by_id(found.body["claims"])["claim:new"]["reviewed"]["state"] == "added"
    assert by_id(found.body["acts"])["act:new"]["claims"] == ["claim:new"]


def test_what_has_lost_its_ground_does_nothing_and_is_named():
    told = Decided(
        additions=[added_claim(9, "claim:new", "The army denied the killing", attribution=[
            {"level": "speaker", "entity": "entity:new", "span": None}])],
        corrections=[correction(10, "claim:gone", "kind", "denial")],
        reviews=[review(11, "claim:gone", "rejected"), review(12, "claim:outer", "accepted")],
    )  # fmt: skip
    found = laid(body(), TEXT, told)
    assert set(found.lost) == {9, 10, 11}
    assert len(found.body["claims"]) == len(RECORD.claims)


def test_another_mention_is_no_reference_any_more():
    told = Decided(additions=[added_name(8, "mention:1", "her", entity="entity:mira")])
    shown = by_id(overlay(body(), TEXT, told)["entities"])["entity:mira"]
    assert list(at("her")) in shown["mentions"]
    assert shown["references"] == []


def test_words_that_name_somebody_else_are_not_taken_away():
    told = Decided(additions=[added_name(8, "mention:1", "Tam Oru", entity="entity:mira")])
    assert laid(body(), TEXT, told).lost == (8,)


LOCALS = [item.id for item in (*RECORD.claims, *RECORD.acts)] + ["claim:gone", "claim:new"]
some_span = st.tuples(st.integers(0, 200), st.integers(1, 200)).map(list)
some_review = st.builds(review, st.just(0), st.sampled_from(LOCALS), st.sampled_from(STATES))
some_correction = st.one_of(
    st.builds(
        correction,
        st.just(0),
        st.sampled_from(LOCALS),
        st.sampled_from(["modality", "polarity"]),
        st.sampled_from(["hedged", "negated"]),
    ),
    st.builds(
        lambda local, entity, span: correction(
            0, local, "speaker", {"entity": entity, "span": span}
        ),
        st.sampled_from(LOCALS),
        st.sampled_from(["entity:tam", "entity:gone", "entity:new", None]),
        st.none() | some_span,
    ),
    st.builds(
        lambda local, part, span: correction(
            0, local, "count", {"min": 1, "max": None, "span": span}, part
        ),
        st.sampled_from(LOCALS),
        st.sampled_from(["entity:farmers", "entity:new"]),
        st.none() | some_span,
    ),
    st.builds(
        lambda local, name, part, span: correction(
            0, local, name, {"said": span is not None, "span": span, "involvement": "led"}, part
        ),
        st.sampled_from(LOCALS),
        st.sampled_from(["perpetrator", "victim"]),
        st.sampled_from(["entity:soldiers", "entity:tam", "entity:gone", "entity:new"]),
        st.none() | some_span,
    ),
    st.builds(
        lambda local, entity, span: correction(0, local, "place", {"entity": entity, "span": span}),
        st.sampled_from(LOCALS),
        st.sampled_from(["entity:tam", "entity:gone", None]),
        st.none() | some_span,
    ),
    st.builds(
        lambda local, day, span: correction(0, local, "date", {"date": day, "span": span}),
        st.sampled_from(LOCALS),
        st.sampled_from(["2021-03-04", None]),
        st.none() | some_span,
    ),
)
some_addition = st.one_of(
    st.builds(
        lambda span, entity: addition(
            0, "name", "entity:new", span=span, spans=[span], entity=entity, type="Person"
        ),
        some_span,
        st.sampled_from([None, "entity:mira", "entity:gone"]),
    ),
    st.builds(
        lambda span, entity: added_claim(
            0, "claim:new", "killed", content=[span], parent="claim:outer",
            attribution=[{"level": "speaker", "entity": entity, "span": None}],
        ),
        some_span,
        st.sampled_from(["entity:new", "entity:mira", "entity:gone"]),
    ),
    st.builds(
        lambda span: addition(
            0, "act", "act:new", type="killing", span=span, spans=[span], modality="asserted",
            polarity="affirmed", claims=["claim:new"], perpetrators=[],
            victims=[{"entity": "entity:new", "span": span}],
        ),
        some_span,
    ),
    st.builds(
        lambda span: addition(
            0, "count", "count:new", act="act:new", victim="entity:new", min=2, max=2, span=span,
            spans=[span],
        ),
        some_span,
    ),
)  # fmt: skip
MOST = 6


@st.composite
def decisions(draw):
    """Decisions of all kinds, right and wrong, as the tables may hold them."""
    keyed = (
        (some_addition, ("id",)),
        (some_correction, ("subject", "field", "part")),
        (some_review, ("subject",)),
    )
    lists = [
        draw(
            st.lists(
                some,
                max_size=MOST,
                unique_by=lambda row, names=names: tuple(row[name] for name in names),
            )
        )
        for some, names in keyed
    ]
    numbers = iter(draw(st.permutations(range(1, 3 * MOST + 1))))
    return Decided(*([each | {"seq": next(numbers)} for each in rows] for rows in lists))


def sparse(value):
    """A record without the optional fields that are unknown, as another program may write it."""
    if isinstance(value, dict):
        return {name: sparse(part) for name, part in value.items() if part is not None}
    return list(map(sparse, value)) if isinstance(value, list) else value


@given(decisions(), st.randoms(), st.booleans())
def test_whatever_is_decided_the_record_holds_together(decided, random, is_sparse):
    before = sparse(body()) if is_sparse else body()
    untouched = copy.deepcopy(before)
    found = laid(before, TEXT, decided)
    assert before == untouched, "what was extracted stays"
    shown = found.body
    for pointer, (start, end) in spans(shown):
        assert 0 <= start < end <= len(TEXT), pointer
    claims, entities = by_id(shown["claims"]), by_id(shown["entities"])
    parents = [each.get("parent") for each in claims.values()]
    assert all(parent is None or parent in claims for parent in parents)
    links = [link for each in claims.values() for link in each["attribution"]]
    assert {link.get("entity") for link in links} <= {None, *entities}
    assert all(set(act["claims"]) <= set(claims) for act in shown["acts"])
    parties = [p for act in shown["acts"] for p in (*act["victims"], *act["perpetrators"])]
    assert all(party["entity"] in entities for party in parties)
    assert all(demand["claim"] in claims for demand in shown["demands"])
    assert {a for event in shown["events"] for a in event["acts"]} <= set(by_id(shown["acts"]))
    states = {row["subject"].rpartition("|")[2]: row["state"] for row in decided.reviews}
    gone = {name for name, state in states.items() if state == "rejected"}
    assert not gone & {*claims, *by_id(shown["acts"])}
    whole = from_json(Record, shown | {"text": TEXT})
    assert sparse(as_json(whole)) == sparse(shown | {"text": TEXT})
    assert len(derived(DOCUMENT, shown, TEXT)[CLAIMS]) == len(claims)
    shuffled = [list(rows) for rows in (decided.additions, decided.corrections, decided.reviews)]
    for rows in shuffled:
        random.shuffle(rows)
    again = laid(before, TEXT, Decided(*shuffled))
    assert again.body == shown
    assert sorted(again.lost) == sorted(found.lost)
