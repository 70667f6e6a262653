"""What a report is about, who did it and how sure its acts are. Names are invented."""

import pytest

from onrecord.coding.principal import weights
from onrecord.coding.principal_signs import kind_of
from onrecord.coding.report_words import words_of
from onrecord.errors import VocabularyError
from onrecord.passages.parse import parse
from onrecord.pipeline import extract_text
from onrecord.vocabulary import learned, load

ARREST = """Union leader arrested in Nakuru

Nairobi, 3 May 2021 - The trade unionist Tomas Verin was arrested at his home in Nakuru, Kenya, on
Sunday. His union demanded his release.

The police have not said what he is charged with. Verin is held in a cell without a lawyer.

The union recalled that a bus driver from Lyon was killed in a brawl in France in March 2015.
"""


def principal(record):
    (event,) = [e for e in record.events if e.principal]
    return [a for a in record.acts if a.id in event.acts]


def test_the_event_holds_the_kinds_of_act_the_report_is_about():
    acts = principal(extract_text(ARREST))
    assert {kind_of(act) for act in acts} == {"detention"}


def test_whom_the_report_links_to_its_event_is_cited_as_no_more_than_linked():
    record = extract_text(ARREST)
    names = {e.id: e for e in record.entities}
    found = [p for act in principal(record) for p in act.perpetrators]
    assert {p.involvement for p in found} == {"linked"}
    assert {ARREST[slice(*p.span)] for p in found} == {"The police"}
    assert {names[p.entity].actor_type for p in found} == {"state_security_force"}


def test_police_who_look_into_a_killing_are_not_linked_to_it():
    text = (
        "Teacher killed in Nakuru\n\nThe teacher Tomas Verin was shot dead in Nakuru on Sunday. "
        "Police are looking for witnesses. His sister mourns him."
    )
    record = extract_text(text)
    assert not [p for act in principal(record) for p in act.perpetrators]


def test_an_actor_type_told_by_the_whole_report_cites_the_actor_and_the_telling_words():
    text = (
        "Villagers kidnapped for ransom\n\nArmed men kidnapped nine farmers in Zamra. The "
        "gang, known for raids, wants a ransom. Bandits have raided the villages before."
    )
    record = extract_text(text)
    doers = {p.entity: p.span for act in principal(record) for p in act.perpetrators}
    for entity in record.entities:
        if entity.id in doers and entity.actor_type:
            assert entity.cites["actor_type"]
            assert all(0 <= s < e <= len(text) for s, e in entity.cites["actor_type"])


def test_every_act_has_a_confidence():
    record = extract_text(ARREST)
    assert record.acts
    assert all(act.confidence is not None and 0 < act.confidence < 1 for act in record.acts)


def test_the_words_of_a_report_hold_no_names():
    parsed = parse(ARREST)
    known = words_of(parsed.doc).whole
    assert not {"verin", "tomas", "nakuru", "kenya", "lyon", "france"} & set(known)
    assert "arrest" in known


def test_weights_stand_for_the_terms_of_the_vocabulary():
    kinds, actors = weights()
    assert set(kinds.classes) == {*load("event_rules")["kinds"], "other"}
    assert set(actors.classes) <= {*load("actor_types"), "none"}
    assert kinds.whole.shape == (len(kinds.words), len(kinds.classes))
    assert all(word.islower() and word.isalpha() for word in kinds.words)


def test_weights_that_are_not_listed_are_refused():
    with pytest.raises(VocabularyError):
        learned("principal-unknown")


def doers(record):
    return {p.involvement for act in principal(record) for p in act.perpetrators}


def test_whoever_did_something_else_to_the_same_people_is_linked_to_the_event():
    text = (
        "Teacher abducted in Nakuru\n\nNairobi, 3 May 2021 - The teacher Tomas Verin was abducted "
        "in Nakuru on Sunday. Masked men threatened Verin at his home in April."
    )
    assert doers(extract_text(text)) == {"linked"}


def test_a_country_said_to_act_is_linked_to_a_detention_where_nobody_else_is_told_of():
    text = (
        "Writer Tomas Verin jailed in Kenya\n\nThe writer Tomas Verin was jailed for two years in "
        "Nakuru in May. Kenya rejected a plea for his release."
    )
    record = extract_text(text)
    assert doers(record) == {"linked"}
    spans = [p.span for act in principal(record) for p in act.perpetrators]
    assert [text[slice(*span)] for span in spans] == ["Kenya"]
