"""Names of one word: which of them are a person's. Every person, body and place is invented."""

import pytest

from onrecord.entities import EntityBook, find_entities
from onrecord.passages.parse import parse


def kinds_of(text, name):
    found = find_entities(parse(text), "sha256:" + "0" * 64)
    return {entity.type for entity in found.freeze() if entity.name == name}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Orlin", "The order was read out by the campaign group Orlin. Orlin asked for a delay."),
        ("Vesht", "The limit is too low, according to the harbour's rights group, Vesht."),
        ("Tamveri", "Tamveri, a news site, was fined. The fine was paid to Tamveri by mistake."),
        ("Sarmat", "Soldiers of the Sarmat burned the mill. Two men fled from the Sarmat."),
        ("KRDO", "Suspect held on a kidnapping charge: KRDO\n\nHe drove off, KRDO said."),
    ],
)
def test_a_body_by_what_it_is_called(name, text):
    assert kinds_of(text, name) == {"Organization"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Muslims", "Nearly two hundred Muslims were imprisoned in the district last year."),
        ("Christians", "In that year, Christians were being abducted on the road to Arden."),
        ("Tamil", "The law was used against the minority Tamil and other communities."),
        ("Uighurs", "They took notes on the loyalty of the Uighurs of the town."),
    ],
)
def test_a_people_or_a_faith_is_nobody_by_name(name, text):
    assert kinds_of(text, name) == {"Group"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Fingers", "He died on Monday. Fingers were pointed at the ministry, too."),
        ("Truncheons", "He answered with force. Truncheons and mass detentions have followed."),
        ("Backsliding", "They promised reforms. Backsliding began within months."),
        ("Download", "The law must change.\n\nDownload\n\nThe full report is on the site."),
        ("Settler", "Few settlers were tried. Settler violence went on all summer."),
    ],
)
def test_a_capital_alone_makes_no_person(name, text):
    assert "Person" not in kinds_of(text, name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Edvar Snoll", "It was leaked by the former contractor Edvar Snoll. He fled on Friday."),
        ("Solberg", "Judge Solberg was found cheating. The judge had to step down."),
        ("Okello", "Okello, 34, was shot dead on Monday. His brother buried him."),
        ("Kasimov", "A driver saw Kasimov and his lawyer. Kasimov's lawyer has left."),
        ("Tamil", "Ms Tamil was arrested on Monday. Ms Tamil is a nurse."),
        ("Grace", "Grace was abducted by rebels. Grace escaped in June."),
        ("Christian", "Christian was detained in Orla. Christian is a nurse."),
        ("Anders Baloch", "Anders Baloch was arrested on Monday. Baloch is a nurse. Baloch fled."),
    ],
)
def test_a_person_stays_one(name, text):
    assert kinds_of(text, name) == {"Person"}


def test_whoever_is_told_something_is_no_representative():
    text = "In a message to Orvala, a representative said that the roads were open."
    found = find_entities(parse(text), "sha256:" + "0" * 64)
    assert found.at(text.index("Orvala")) is not found.at(text.index("representative"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Gods", "He wrote The Gods and How To Feed Them. It sold well in the Gods of Arden."),
        ("Year", "She was named Person of the Year in Arden."),
    ],
)
def test_a_capital_that_the_parser_takes_for_nothing_is_nothing(name, text):
    assert not kinds_of(text, name)


def test_a_prison_is_no_body_for_what_it_holds():
    text = "They went to Sollum Gate, a detention center, on Monday."
    assert "Organization" not in kinds_of(text, "Sollum Gate")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Armin Tiagu", "The Minister of Health Armin Tiagu opened a clinic on Monday."),
        ("Brandon Solberg", "The report names Officers Brandon Solberg and Jon Vale."),
    ],
)
def test_what_leads_to_a_name_is_no_part_of_it(name, text):
    assert kinds_of(text, name) == {"Person"}


def test_what_only_later_stages_meet_is_a_body_by_its_last_word():
    found = EntityBook("sha256:0", "Harbour Rights Watch condemned it, as did Adam Church.")
    assert found.ensure((0, 20), 15, "Person").type == "Organization"
    assert found.ensure((42, 53), 47, "Person").type == "Person"
