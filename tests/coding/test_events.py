"""Acts that belong together, and the event that a report is about. Names are invented."""

from onrecord.pipeline import extract_text

REPORT = """Four farmers killed in Kenya raid

Nairobi, 3 May 2021 - Gunmen killed four farmers in Nakuru, Kenya, on Sunday, police said.

The farmers were shot dead at dawn. The gunmen abducted two teachers from Nakuru as they fled.

In an unrelated case, a court in Lyon, France, sentenced the banker Odo Varr to two years in prison
in March 2015 for fraud.
"""


def principal(record):
    (event,) = [e for e in record.events if e.principal]
    return event


def test_no_acts_no_events():
    assert extract_text("The minister opened a school in the capital on Monday.").events == ()


def test_one_event_is_what_the_report_is_about():
    record = extract_text(REPORT)
    event = principal(record)
    kinds = {a.type for a in record.acts if a.id in event.acts}
    assert "killing" in kinds
    assert event.where is not None
    assert event.where.country == "KE"


def test_every_act_stands_in_exactly_one_event():
    record = extract_text(REPORT)
    listed = [identifier for event in record.events for identifier in event.acts]
    assert sorted(listed) == sorted(a.id for a in record.acts)


def test_what_happened_elsewhere_to_others_is_another_event():
    record = extract_text(REPORT)
    sentence = next(a for a in record.acts if record.text[slice(*a.span)].startswith("sentence"))
    assert sentence.id not in principal(record).acts


def test_an_event_cites_where_and_when():
    record = extract_text(REPORT)
    for event in record.events:
        assert bool(event.where) == ("where" in event.cites)
        assert bool(event.date) == ("date" in event.cites)
        for spans in event.cites.values():
            assert all(0 <= s < e <= len(record.text) for s, e in spans)


def test_a_victim_without_a_name_may_be_the_one_named_later():
    text = (
        "Five held over killing of journalist in Nairobi\n\n"
        "Five people have been held over the killing of a journalist, police said.\n\n"
        "The killing of Tomas Verin in Nairobi was condemned by editors."
    )
    record = extract_text(text)
    names = {e.id: e.name for e in record.entities}
    acts = [a for a in record.acts if a.id in principal(record).acts]
    assert "Tomas Verin" in {names[v.entity] for a in acts for v in a.victims}


def test_two_named_victims_of_two_killings_are_two_events():
    text = (
        "The killing of Tomas Verin was condemned by editors in a long letter to the ministry, "
        "which has not answered it so far, as its spokesman confirmed when he was asked.\n\n"
        "It has no link with anything else that the editors of the paper wrote about at the time, "
        "and its court never took it up, nor did the council of the town speak of it at length.\n\n"
        "The killing of Edda Bellin was condemned by nobody."
    )
    record = extract_text(text)
    first, *_, last = [a for a in record.acts if a.victims]
    assert not any({first.id, last.id} <= set(e.acts) for e in record.events)


def test_a_headline_means_the_one_named_below():
    text = (
        "Journalist jailed in Nairobi\n\n"
        "A journalist has been jailed in Nairobi, Kenya, after a trial of one hour.\n\n"
        "Tomas Verin was jailed for three years. Police arrested Verin on Monday."
    )
    record = extract_text(text)
    names = {e.id: e.name for e in record.entities}
    jailed = [a for a in record.acts if "jailed" in text[slice(*a.span)]]
    assert len(jailed) == 3
    assert {names[v.entity] for a in jailed for v in a.victims} == {"Tomas Verin"}


def test_a_headline_means_nobody_where_two_are_named_below():
    text = (
        "Journalist jailed in Nairobi\n\n"
        "A journalist has been jailed in Nairobi, Kenya, after a trial of one hour.\n\n"
        "Tomas Verin was jailed for three years. Edda Bellin was jailed for two."
    )
    record = extract_text(text)
    names = {e.id: e.name for e in record.entities}
    first = min(record.acts, key=lambda act: act.span)
    assert not {"Tomas Verin", "Edda Bellin"} & {names[v.entity] for v in first.victims}


def test_who_denies_a_deed_and_tells_of_another_done_to_others_tells_of_two_events():
    denied = "The union denied that its men had killed villagers in Orla. "
    own = "“Three of our own members were murdered in May,” the union said."
    record = extract_text(denied + own)
    assert [len(event.acts) for event in record.events] == [1, 1]
    others = "Residents said that the men had killed three villagers at dawn."
    assert [len(event.acts) for event in extract_text(denied + others).events] == [2]
