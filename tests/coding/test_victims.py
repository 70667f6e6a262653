"""To whom the event of a report was done: over lists, headlines and names told later."""

import json
from importlib.resources import files

from onrecord.coding.victims import weights
from onrecord.pipeline import extract_text


def sufferers(text):
    """The names of the persons to whom the principal event of a text is said to have been done."""
    record = extract_text(text)
    entities = {e.id: e for e in record.entities}
    event = next(e for e in record.events if e.principal)
    acts = [a for a in record.acts if a.id in event.acts and a.polarity == "affirmed"]
    return {
        entities[v.entity].name
        for act in acts
        for v in act.victims
        if entities[v.entity].type == "Person"
    }


LIST = (
    "Four journalists arrested in Marrow\n\n"
    "Police in Marrow arrested four journalists on Monday and held them for two nights.\n\n"
    "They were identified as Orla Venn, Tam Birke, Jorun Sall and Edda Kvist, who write for the "
    "paper. Venn was arrested at her home.\n\n"
    "The minister, Ivo Sandal, told parliament that the courts would decide. Sandal said the "
    "government had no part in it. The courts have sat since March.\n"
)
NAMES = {"Orla Venn", "Tam Birke", "Jorun Sall", "Edda Kvist"}


def test_a_list_in_the_next_sentence_names_the_sufferers():
    found = sufferers(LIST)
    assert found >= NAMES
    assert "Ivo Sandal" not in found


def test_who_speaks_of_an_arrest_is_not_the_one_arrested():
    found = sufferers(
        "Activist arrested in Marrow\n\n"
        "The activist Orla Venn was arrested at her home on Monday. Her lawyer, Tam Birke, said "
        "the arrest of Venn was unlawful. The minister, Jorun Sall, said the courts would decide.\n"
    )
    assert found == {"Orla Venn"}


def test_every_added_victim_is_cited_by_a_mention_of_theirs():
    record = extract_text(LIST)
    entities = {e.id: e for e in record.entities}
    named = [v for a in record.acts for v in a.victims if entities[v.entity].name in NAMES]
    assert {entities[v.entity].name for v in named} == NAMES
    for victim in named:
        assert victim.span in entities[victim.entity].mentions


def test_the_field_of_a_sufferer_cites_its_word():
    record = extract_text(LIST)
    for person in (e for e in record.entities if e.type == "Person" and e.occupations):
        words = [record.text[slice(*span)] for span in person.cites["occupations"]]
        assert len(words) == len(person.occupations)
        assert all(word.strip() for word in words)


def test_weights_hold_signs_and_no_names():
    data = json.loads(
        (files("onrecord.vocabulary") / "victims-learned.json").read_text(encoding="utf-8")
    )
    assert set(data) == {"sufferers", "callings"}
    lexical = [name for name in weights().signs if name.startswith("~")]
    assert lexical
    assert all(name == name.lower() for name in lexical)


def test_a_text_with_nobody_named_has_its_act_all_the_same():
    record = extract_text("Soldiers killed twelve villagers near the river on Sunday, elders said.")
    assert any(e.principal for e in record.events)
