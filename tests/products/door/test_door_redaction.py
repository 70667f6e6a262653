"""A redacted record names nobody protected, holds together, and keeps every other word."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import (
    Act,
    Channel,
    Claim,
    Count,
    Document,
    Entity,
    Link,
    Perpetrator,
    Record,
    Relation,
    Victim,
    as_json,
    from_json,
)
from onrecord.products.door.finding import Find, Names
from onrecord.products.door.redaction import Marked, redacted, renewed
from onrecord.products.door.replacing import replaced
from onrecord.products.door.spelling import Coded, spellings_of

CODE = "Person K7Q2"
NAMES = Names((Coded(CODE, "Person", ("Sarela Vostrane", "Sari")),))
SECRET = b"s" * 32
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((files("onrecord.vocabulary") / "record-1.schema.json").read_text())
)
_LETTERS = st.text(alphabet="abc SV.\n-'é،س", max_size=30)


def spell(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    """The first span of each of some words."""
    return tuple((text.index(word), text.index(word) + len(word)) for word in words)


def a_record(text: str, *entities: Entity, **parts: object) -> Record:
    told = Document(id=f"sha256:{'0' * 64}", path="a.txt", media_type="text/plain")
    return Record(document=told, text=text, entities=entities, **parts)  # type: ignore[arg-type]


def person(number: int, name: str, *mentions: tuple[int, int], **more: object) -> Entity:
    return Entity(f"entity:{number:016x}", "Person", name, mentions, **more)  # type: ignore[arg-type]


@given(st.lists(st.tuples(_LETTERS, st.booleans()), max_size=6), st.data())
def test_spans_lead_to_the_words_they_led_to(
    parts: list[tuple[str, bool]], data: st.DataObject
) -> None:
    text, found = "", []
    for words, named in parts:
        start = len(text)
        text += words
        if named and words:
            found.append(Find(start, len(text), CODE))
    made = replaced(text, found)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    new_start, new_end = made.map((start, end))
    assert 0 <= new_start < new_end <= len(made.text)
    if not any(left < end and start < right for left, right in made.old):
        assert made.text[new_start:new_end] == text[start:end]
    for one in found:
        inside = made.map((one.start, one.end))
        assert CODE in made.text[slice(*inside)]


@given(
    _LETTERS,
    st.sampled_from(["Sarela Vostrane", "SARELA\n VOSTRANE", "Vostrane, Sarela"]),
    _LETTERS,
)
def test_after_redaction_no_whole_name_is_left(before: str, name: str, after: str) -> None:
    text = f"{before} {name} {after}"
    made = redacted(a_record(text), NAMES, Marked(), SECRET)
    assert made.changed
    assert NAMES.find(made.record.text) == []
    assert CODE in made.record.text
    SCHEMA.validate(as_json(made.record))


def told() -> Record:
    text = (
        "Sarela Vostrane, a nurse, said that S. Vostrane's brother Tomas Vostrane saw four men. "
        "“They came at night,” Vostrane told the Herald. Brigadier Besk denied it."
    )
    (full, nurse, tomas, four, quote, herald, besk) = spell(
        text, "Sarela Vostrane", "a nurse", "Tomas Vostrane", "four men", "They came at night",
        "the Herald", "Brigadier Besk",
    )  # fmt: skip
    lone = (text.index("Vostrane told"), text.index("Vostrane told") + 8)
    she, he = f"entity:{1:016x}", f"entity:{2:016x}"
    claim = Claim(
        f"claim:{1:016x}", "statement", "direct", "asserted", "affirmed", (quote,),
        (Link("speaker", she, lone), Link("channel", None, herald)),
    )  # fmt: skip
    act = Act(
        f"act:{1:016x}", "abduction", four, (claim.id,), "asserted", "affirmed",
        (Perpetrator(he, "carried_out", besk),),
        (Victim(she, full, Count(text[slice(*four)], four, 4, 4)),),
    )  # fmt: skip
    kin = Relation(f"relation:{1:016x}", "family", she, "brother", tomas, object=he)
    return a_record(
        text,
        person(1, "Sarela Vostrane", full, lone, references=(nurse,), sex="female"),
        person(2, "Tomas Vostrane", tomas),
        person(3, "Brigadier Besk", besk),
        claims=(claim,),
        acts=(act,),
        relations=(kin,),
    )


def test_names_go_and_what_belongs_to_others_stays() -> None:
    made = redacted(told(), NAMES, Marked({f"entity:{1:016x}": CODE}), SECRET)
    record = made.record
    assert record.text == (
        f"{CODE}, a nurse, said that {CODE}'s brother Tomas Vostrane saw four men. "
        f"“They came at night,” {CODE} told the Herald. Brigadier Besk denied it."
    )
    assert [entity.name for entity in record.entities] == [CODE, "Tomas Vostrane", "Brigadier Besk"]
    assert made.kept == 1
    SCHEMA.validate(as_json(record))
    assert from_json(Record, json.loads(json.dumps(as_json(record)))) == record


def test_every_field_still_holds_its_words() -> None:
    record = redacted(told(), NAMES, Marked({f"entity:{1:016x}": CODE}), SECRET).record
    (claim,), (act,), (kin,) = record.claims, record.acts, record.relations
    words = lambda span: record.text[slice(*span)]  # noqa: E731
    assert words(claim.content[0]) == "They came at night"
    assert words(claim.attribution[0].span) == CODE
    assert words(act.victims[0].span) == CODE
    assert act.victims[0].count is not None
    assert act.victims[0].count.text == words(act.victims[0].count.span) == "four men"
    assert words(kin.span) == "Tomas Vostrane"
    assert [words(span) for span in record.entities[0].mentions] == [CODE, CODE]
    assert [words(span) for span in record.entities[0].references] == ["a nurse"]


def test_no_id_could_confirm_a_guess() -> None:
    """Each is made anew with the secret, references among them; without it nobody can make them."""
    before, after = told(), redacted(told(), NAMES, Marked(), SECRET).record
    assert after.document.id == renewed(before.document.id, SECRET)
    assert after.document.id.startswith("coded:")
    assert after.claims[0].id not in json.dumps(as_json(before))
    assert after.acts[0].claims == (after.claims[0].id,)
    assert after.relations[0].subject == after.entities[0].id
    assert renewed(before.document.id, b"another") != after.document.id
    again = redacted(told(), NAMES, Marked(), SECRET).record
    assert again == after


def test_a_record_without_the_name_is_left_as_it_is() -> None:
    text = "Sarela Orlan and Tomas Vostrane met."
    record = a_record(text, person(1, "Tomas Vostrane", *spell(text, "Tomas Vostrane")))
    assert redacted(record, NAMES, Marked(), SECRET).record is record


def test_a_namesake_gets_no_code_of_hers() -> None:
    text = "Sarela Vostrane the minister met Sarela Vostrane the nurse."
    first, second = (0, 15), (text.rindex("Sarela"), text.rindex("Sarela") + 15)
    record = a_record(
        text, person(1, "Sarela Vostrane", first), person(2, "Sarela Vostrane", second)
    )
    marked = Marked({f"entity:{2:016x}": CODE}, namesakes={f"entity:{1:016x}"})
    made = redacted(record, NAMES, marked, SECRET).record
    assert made.text == f"[name withheld] the minister met {CODE} the nurse."
    assert [entity.name for entity in made.entities] == ["[name withheld]", CODE]


def test_what_bears_one_code_is_one() -> None:
    text = "Sarela Vostrane came. Sari spoke. Besk met her."
    she, nick, besk = spell(text, "Sarela Vostrane", "Sari", "Besk")
    alias = Relation(
        f"relation:{1:016x}", "alias", f"entity:{1:016x}", "alias", nick, f"entity:{2:016x}"
    )
    record = a_record(
        text, person(1, "Sarela Vostrane", she), person(2, "Sari", nick), person(3, "Besk", besk),
        relations=(alias,),
    )  # fmt: skip
    made = redacted(record, NAMES, Marked(), SECRET)
    assert [entity.name for entity in made.record.entities] == [CODE, "Besk"]
    assert len(made.record.entities[0].mentions) == 2
    assert made.record.relations == ()
    first, second = (made.ids[f"entity:{n:016x}"] for n in (1, 2))
    assert first == second == made.record.entities[0].id


@pytest.mark.parametrize("field", ["path", "title", "publisher"])
def test_a_name_beside_the_text_is_coded_too(field: str) -> None:
    from dataclasses import replace

    record = a_record("Nothing here.")
    record = replace(record, document=replace(record.document, **{field: "x/sarela-vostrane.txt"}))
    made = redacted(record, NAMES, Marked(), SECRET).record
    assert getattr(made.document, field) == f"x/{CODE}.txt"
    assert made.document.id.startswith("coded:")


@pytest.mark.parametrize(
    ("path", "leaves"),
    [
        ("in/vostrane_2024.txt", f"in/{CODE}_2024.txt"),
        ("vostrane/notes.txt", "vostrane/notes.txt"),
        ("sarela vostrane/notes.txt", f"{CODE}/notes.txt"),
        ("in/vostranek.txt", "in/vostranek.txt"),
    ],
)
def test_a_family_name_alone_goes_from_the_name_of_a_file(path: str, leaves: str) -> None:
    from dataclasses import replace

    record = a_record("Nothing here.")
    record = replace(record, document=replace(record.document, path=path))
    assert redacted(record, NAMES, Marked(), SECRET).record.document.path == leaves


def test_a_withheld_claim_goes_with_all_that_rests_on_it() -> None:
    text = "Besk spoke. “Orlan shot Tane,” she said. Orlan left."
    quote, besk, tane = spell(text, "Orlan shot Tane", "Besk", "Tane")
    inside = spell(text[:20], "Orlan")[0]
    after = (text.rindex("Orlan"), text.rindex("Orlan") + 5)
    claim = Claim(
        f"claim:{1:016x}", "allegation", "direct", "asserted", "affirmed", (quote,),
        (Link("speaker", f"entity:{1:016x}"),),
    )  # fmt: skip
    act = Act(f"act:{1:016x}", "killing", quote, (claim.id,), "asserted", "affirmed")
    record = a_record(
        text, person(1, "Besk", besk), person(2, "Tane", tane), person(3, "Orlan", inside, after),
        claims=(claim,), acts=(act,),
    )  # fmt: skip
    made = redacted(record, Names(()), Marked(claims={claim.id}), SECRET).record
    assert made.text == "Besk spoke. “[withheld],” she said. Orlan left."
    assert [entity.name for entity in made.entities] == ["Besk", "Orlan"]
    assert [made.text[slice(*m)] for m in made.entities[1].mentions] == ["Orlan"]
    assert made.claims == made.acts == ()
    SCHEMA.validate(as_json(made))


def test_the_channel_keeps_to_its_words() -> None:
    from dataclasses import replace

    record = a_record("By Sarela Vostrane on her page.")
    channel = Channel("Sarela Vostrane on her page", (3, 30))
    record = replace(record, document=replace(record.document, channel=channel))
    made = redacted(record, NAMES, Marked(), SECRET).record.document.channel
    assert made is not None
    assert made.text == f"{CODE} on her page"


def test_what_describes_is_no_spelling() -> None:
    found = ["the nurse", "a 34-year-old", "Vostrane", "Dr Sarela Vostrane", "S. Vostrane"]
    assert spellings_of("Person", found, ("Sari",)) == ("Sari", "Dr Sarela Vostrane")
    assert spellings_of("Person", ["Vostrane", "Mrs Vostrane"]) == ("Mrs Vostrane", "Vostrane")
    assert spellings_of("Place", ["Orla", "the village"]) == ("Orla",)


@pytest.mark.parametrize(
    "name", ["Sarella Vostraine", "Vostrain, Sarela", "سرلا فوسترن", "Zarela M. Vostrane"]
)
def test_a_name_that_sounds_the_same_leaves_as_nobodys(name: str) -> None:
    text = f"Then {name} spoke, and Goran Besk left."
    made = redacted(a_record(text), NAMES, Marked(), SECRET)
    assert made.record.text == "Then [name withheld] spoke, and Goran Besk left."
    assert made.alike == 1


def test_a_name_that_sounds_the_same_stays_anothers_once_judged() -> None:
    text = "Then Sarella Vostraine spoke."
    record = a_record(text, person(1, "Sarella Vostraine", *spell(text, "Sarella Vostraine")))
    marked = Marked(namesakes={f"entity:{1:016x}"})
    assert redacted(record, NAMES, marked, SECRET).record is record


@given(st.text(max_size=200))
def test_any_text_is_redacted_without_an_exception(text: str) -> None:
    made = redacted(a_record(text), NAMES, Marked(), SECRET)
    assert made.changed or not NAMES.find(text)
