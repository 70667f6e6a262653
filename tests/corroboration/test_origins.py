from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from story_factory import RAID, Said, Story, case, count, origins

from onrecord.corroboration.origins import find_origins

DOCTOR = Said("Mira Tolvan", post="doctor, Ombrel Hospital")
LONG = (
    "soldiers of the Ninth Brigade came over the ridge at dawn, burned the mill and two barns, "
    "led the miller away and killed four people in Ombrel before the bell rang for the market"
)


def test_two_named_sources_are_two():
    assert count([Story("The Lark", [Said("Anka Brell")]), Story("The Wren", [DOCTOR])]) == 2


def test_one_speaker_in_three_papers_is_one():
    papers = [Story(name, [Said("Anka Brell")]) for name in ("The Lark", "The Wren", "Reed FM")]
    assert count(papers) == 1


def test_one_speaker_spelled_two_ways_is_one_where_resolved():
    papers = [
        Story("The Lark", [Said("Anka Brell", "four people are dead")]),
        Story("The Wren", [Said("Mother Silvan", LONG)]),
    ]
    assert count(papers) == 2
    assert count(papers, [("Anka Brell", "Mother Silvan")]) == 1


def test_two_of_one_name_are_not_clearly_two():
    papers = [
        Story("The Lark", [Said("Anka Brell", "four people are dead")]),
        Story("The Wren", [Said("Anqa Bril", LONG)]),
    ]
    assert count(papers) == 1
    assert "two ways" in origins(papers)[0].reasons[0].sentence


def test_a_name_in_short_is_not_clearly_another_source():
    full = Story("The Lark", [Said("Reed Valley Committee for Lost Sons", kind="Organization")])
    words = "four people are dead"
    short = Story("The Wren", [Said("Committee", words, kind="Organization")])
    assert count([full, short]) == 1
    assert "in short and in full" in origins([full, short])[0].reasons[0].sentence


def test_a_name_in_short_links_no_two_others():
    papers = [
        Story("The Lark", [Said("Anka Brell")]),
        Story("The Wren", [Said("Sefa Brell", LONG)]),
        Story("Reed FM", [Said("Brell", "four people are dead")]),
    ]
    assert count(papers[:2]) == count(papers) == 2


def test_two_of_one_family_are_two_though_one_is_also_called_by_the_surname_alone():
    papers = [
        Story("The Lark", [Said("Anka Brell", "four people are dead")]),
        Story("Reed FM", [Said("Brell", "four people died at the mill")]),
        Story("The Wren", [Said("Sefa Brell", LONG)]),
    ]
    assert count(papers, [("Anka Brell", "Brell")]) == 2


def test_we_is_the_outlet_only_where_nobody_is_known_to_say_it():
    signed = Said("Anka Brell", "four people died at the mill", called="We")
    assert count([Story("The Lark", [DOCTOR]), Story("Reed Watch", [signed])]) == 2


def test_who_tells_it_on_anothers_word_adds_no_origin():
    doctor = Story("The Lark", [DOCTOR])
    told = f"that, according to the surgeon Mirra Tolvan, {LONG}"
    committee = Story("The Wren", [Said("Reed Valley Committee", told, kind="Organization")])
    assert count([doctor, committee]) == 1
    assert "on the word of Mira Tolvan" in origins([doctor, committee])[0].reasons[0].sentence
    other = replace(committee, said=[Said("Reed Valley Committee", LONG, kind="Organization")])
    assert count([doctor, other]) == 2


def test_a_family_name_spelled_another_way_is_not_clearly_another_source():
    full = Story("The Lark", [Said("Anka Brooley")])
    short = Story("The Wren", [Said("Bruli", LONG)])
    assert count([full, short]) == 1
    assert "in short and in full" in origins([full, short])[0].reasons[0].sentence


def test_who_tells_it_on_the_word_of_nobody_with_a_name_may_repeat_them():
    told = f"that, according to people in the area, {LONG}"
    committee = Story("The Wren", [Said("Reed Valley Committee", told, kind="Organization")])
    crowd = Story("The Lark", [Said("villagers", kind="Group")])
    assert count([crowd, committee]) == 1
    assert count([committee]) == 1
    saw = replace(committee, said=[replace(committee.said[0], words=LONG)])
    assert count([crowd, saw]) == 2


def test_a_newsroom_is_an_origin_where_its_own_people_speak():
    doctor = Story("The Lark", [DOCTOR])
    agency = Story("Reed FM", [Said("the Wren Press Agency", LONG, kind="Organization")])
    assert count([doctor, agency]) == 1
    assert "its own people" in origins([doctor, agency])[0].reasons[0].sentence
    reporter = replace(agency.said[0], who="a reporter of the Wren Press Agency")
    assert count([doctor, replace(agency, said=[reporter])]) == 2


def test_a_newsroom_spelled_two_ways_is_not_clearly_two():
    papers = [
        Story("The Lark", [Said(f"a reporter of the {name}", kind="Organization", words=words)])
        for name, words in (("Shirab Post", "four are dead"), ("Chirrab Post", LONG))
    ]
    assert count(papers) == 1


def test_whom_a_title_does_not_name_the_report_below_names():
    title = Said("Rights groups", "the mill and two barns were burned", kind="Group")
    report = Story("The Wren", [DOCTOR], title=title)
    assert count([Story("The Lark", [Said("Anka Brell", LONG)]), report]) == 2
    reasons = [reason for origin in origins([report]) for reason in origin.reasons]
    assert [reason.rule for reason in reasons] == ["in_title"]
    assert count([replace(report, title=None, said=[DOCTOR, title])]) == 2


def test_a_doctor_of_no_stated_hospital_may_be_of_the_one_that_speaks():
    hospital = Story("The Lark", [Said("Ombrel Hospital", kind="Organization")])
    doctor = Story("The Wren", [Said("Ilva Dorn", LONG, occupation="doctor")])
    assert count([hospital, doctor]) == 1
    elsewhere = replace(doctor.said[0], post="doctor, Reed Clinic")
    assert count([hospital, replace(doctor, said=[elsewhere])]) == 2


def test_who_says_only_that_it_happened_repeats_an_account_of_it():
    full = Story("The Lark", [Said("Anka Brell")])
    only = Story("The Wren", [Said("Sefa Quill", "the killings in Ombrel are a disgrace")])
    assert count([full, only]) == 2
    told = case([full, only])
    named = told[0].acts.to_pylist()
    named[0]["victims"] = [told[0].entities["key"][0].as_py()]
    acts = pa.Table.from_pylist(named, schema=told[0].acts.schema)
    found = list(find_origins(replace(told[0], acts=acts), *told[1:]))
    assert len(found) == 1
    assert found[0].reasons[0].rule == "bare"


def test_a_sort_of_people_with_a_capital_is_no_name():
    papers = [
        Story(f"Paper {n}", [Said(words, kind="Organization")])
        for n, words in enumerate(("Rights groups", "rights groups"))
    ]
    assert [origin.voices[0].standing for origin in origins(papers)] == ["unnamed"]


def test_the_innermost_source_of_a_quotation_counts():
    papers = [
        Story("The Lark", [DOCTOR]),
        Story("The Wren", [Said("Osk Perin", cited="Mira Tolvan")]),
        Story("Reed FM", [Said("Ilva Dorn", cited="Mira Tolvan")]),
    ]
    assert count(papers) == 1


def test_a_figure_of_unnamed_residents_repeated_for_years_has_one_origin():
    papers = [
        Story("The Lark", [Said("residents", kind="Group")], "2031-05-04"),
        Story("The Wren", [Said(None)], "2031-05-05"),
        Story("a weblog", [Said(None)], "2032-01-01"),
        Story("Reed Party", [Said(None)], "2036-05-04"),
    ]
    found = origins(papers)
    assert len(found) == 1
    assert {reason.rule for reason in found[0].reasons} == {"own_voice"}
    assert all("names no source" in reason.sentence for reason in found[0].reasons)


def test_unnamed_people_may_be_the_named_one_of_the_place():
    named = Story("The Lark", [Said("Anka Brell")])
    crowd = Story("The Wren", [Said("villagers", kind="Group")])
    assert count([named, crowd]) == 1
    assert count([crowd, Story("The Lark", [DOCTOR])]) == 2


def test_unnamed_people_never_link_two_who_are_named():
    names = ["Anka Brell", "Sefa Quill"]
    papers = [Story(f"Paper {n}", [Said(n), Said("villagers", kind="Group")]) for n in names]
    assert count(papers) == 2


def test_whoever_speaks_for_a_body_it_is_one_source():
    papers = [
        Story("The Lark", [Said("Rudo Hask", post="spokesman, Ombrel Police")]),
        Story("The Wren", [Said("Ombrel Police", kind="Organization")]),
        Story("Reed FM", [Said("Tessa Vorn", post="chief, Ombrel Police")]),
    ]
    assert count(papers) == 1


def test_the_same_post_in_two_bodies_makes_two_sources():
    papers = [
        Story("The Lark", [Said("Rudo Hask", post="spokesman, Ombrel Police")]),
        Story("The Wren", [Said("Tessa Vorn", post="spokesman, Reed Front")]),
    ]
    assert count(papers) == 2


def test_a_copy_joins_what_it_took_over_and_not_what_it_added():
    wire = Story("Wren Press Agency", [Said("Anka Brell", LONG)], "2031-05-04")
    respelled = Said("Anca Brel", LONG)
    copy = Story("The Lark", [respelled], "2031-05-05")
    assert count([wire, copy]) == 1
    assert "near copy" in origins([wire, copy])[0].reasons[0].sentence
    more = replace(copy, said=[respelled, DOCTOR])
    assert count([wire, more]) == 2


def test_who_only_denies_is_no_origin():
    denial = Said("Rudo Hask", claim="denial", post="spokesman, Ombrel Police")
    found = origins([Story("The Lark", [DOCTOR]), Story("The Wren", [denial])])
    assert [origin.affirms for origin in found] == [True, False]
    assert count([Story("The Wren", [denial])]) == 0


def test_a_title_above_a_denial_makes_no_origin_of_who_denies():
    denial = Said("Rudo Hask", LONG, claim="denial", post="spokesman, Ombrel Police")
    denied = Story("The Wren", [denial], title=Said(None, "four killed in Ombrel"))
    found = origins([Story("The Lark", [DOCTOR]), denied])
    assert {origin.source: origin.affirms for origin in found} == {
        "Mira Tolvan": True,
        "Rudo Hask": False,
    }


def test_a_source_without_a_name_is_not_taken_for_who_denies_it():
    hask = [Said("Rudo Hask", LONG), Said("Rudo Hask", claim="denial")]
    witnesses = Said("witnesses", kind="Group")
    found = origins([Story("The Lark", hask), Story("The Wren", [witnesses])])
    assert {origin.source for origin in found} == {"Rudo Hask", "witnesses"}


def test_who_is_known_through_one_alone_adds_no_origin():
    head = Said("Ilse Vandar", LONG, post="director, Lantern House")
    passed_on = replace(head, words=RAID, cited="witnesses")
    assert count([Story("The Lark", [head, passed_on])]) == 1
    assert (
        count([Story("The Lark", [head]), Story("The Wren", [Said("witnesses", kind="Group")])])
        == 2
    )


def test_a_denial_goes_back_to_nobody_who_alleges_it():
    denial = Said("Rudo Hask", claim="denial", post="mayor, Ombrel")
    alleged = Said("Senna Vald", LONG, post="chair, Reed Front")
    found = origins([Story("The Wren", [denial]), Story("The Lark", [alleged])])
    assert {origin.source: origin.affirms for origin in found} == {
        "Rudo Hask": False,
        "Senna Vald": True,
    }


def test_every_voice_but_the_first_of_an_origin_has_its_reason():
    bare = Said("Anka Brell", "there was a raid", post="aide, Lantern House")
    later = Said("Mira Tolvan", LONG, occupation="doctor")
    papers = [
        Story("The Wren", [bare], "2031-05-04"),
        Story("The Lark", [replace(bare, who="Orla Venn")], "2031-05-05"),
        Story("Reed FM", [later], "2031-05-06"),
    ]
    for origin in origins(papers):
        told = {reason.member for reason in origin.reasons}
        assert {voice.key for voice in origin.voices[1:]} <= told


def test_what_an_outlet_saw_is_its_own():
    seen = "A reporter of The Wren counted the graves on the hill. "
    assert count([Story("The Lark", [DOCTOR]), Story("The Wren", [Said(None)], head=seen)]) == 2
    assert count([Story("The Lark", [DOCTOR]), Story("The Wren", [Said(None)])]) == 1
    quoted = "“We counted the graves on the hill,” one man told reporters. "
    assert count([Story("The Lark", [DOCTOR]), Story("The Wren", [Said(None)], head=quoted)]) == 1


def test_what_an_outlets_people_confirm_is_its_own_beside_whom_it_quotes():
    crowd = Said("villagers", kind="Group")
    told = "the mill and two barns burned down before the bell rang for the market"
    confirmed = Said(None, f"{told}, as a correspondent of the Wren could establish by telephone")
    doctor = Story("The Lark", [DOCTOR])
    assert count([doctor, Story("The Wren", [crowd, Said(None, told)])]) == 2
    assert count([doctor, Story("The Wren", [crowd, confirmed])]) == 3
    assert count([doctor, Story("Reed FM", [confirmed]), Story("The Wren", [confirmed])]) == 2


def test_a_credit_leads_to_the_newsroom_that_has_the_source():
    papers = [
        Story("The Lark", [DOCTOR], "2031-05-04"),
        Story("Wren Press Agency", [Said("Anka Brell", LONG)], "2031-05-05"),
        Story("Reed FM", [Said(None)], "2031-05-06", foot="\nWith inputs from WPA"),
    ]
    found = next(o for o in origins(papers) if o.source == "Anka Brell")
    assert "credited to a newsroom that quotes Anka Brell" in found.reasons[0].sentence
    assert count(papers) == 2


def test_a_statement_republished_is_one():
    words = "we buried four of our sons under the walnut tree and nobody came to ask us why"
    papers = [
        Story("The Lark", [Said("Anka Brell", words, quote="direct")]),
        Story("The Wren", [Said("Families of Ombrel", words, kind="Organization", quote="direct")]),
    ]
    assert count(papers) == 1


SOURCES = [
    Said("Anka Brell"),
    Said("Sefa Quill"),
    DOCTOR,
    Said("villagers", kind="Group"),
    Said("witnesses", kind="Group"),
    Said("he", kind="Group"),
    Said("Osk Perin", cited="Mira Tolvan"),
    Said("Rudo Hask", post="spokesman, Ombrel Police"),
    Said("Ombrel Police", kind="Organization", claim="denial"),
    Said("Wren Press Agency", kind="Organization"),
    Said("the Reed News Agency", kind="Organization"),
    Said("Dorn", occupation="doctor"),
    Said(None),
]
PAPERS = ["Wren Press Agency", "The Lark", "Reed FM", "Ombrel Police"]
# Each in words of its own: one short sentence said by many would make copies of them all.
SOURCES = [
    replace(said, words=" ".join(f"{word}{number}" for word in RAID.split()))
    for number, said in enumerate(SOURCES)
]
STORIES = some.lists(
    some.builds(
        Story,
        publisher=some.sampled_from(PAPERS),
        said=some.lists(some.sampled_from(SOURCES), min_size=1, max_size=3, unique=True),
        published=some.sampled_from(["2031-05-04", "2031-05-05", "2031-06"]),
        foot=some.sampled_from(["", "\n(WPA)", "\nWith inputs from agencies"]),
        title=some.sampled_from([None, Said(None), Said("officials", kind="Group")]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda story: (story.publisher, story.record()["text"]),
)


@settings(max_examples=25, deadline=None)
@given(STORIES, some.randoms())
def test_origins_do_not_depend_on_the_order_of_documents(stories, draw):
    first = origins(stories)
    shuffled = list(stories)
    draw.shuffle(shuffled)
    assert origins(shuffled) == first


@settings(max_examples=25, deadline=None)
@given(STORIES, some.data())
def test_a_copy_never_raises_the_count(stories, data):
    before = count(stories)
    story = data.draw(some.sampled_from(stories))
    day = data.draw(some.sampled_from(["2030-01-01", "2031-05-04", "2033-01-01", ""]))
    copy = replace(story, publisher="The Mirror of Reed", published=day)
    assert count([*stories, copy]) <= before


@pytest.mark.parametrize("stories", [[], [Story("The Lark", [])]])
def test_nothing_told_has_no_origin(stories):
    assert origins(stories) == []


def test_the_reasons_connect_every_voice_of_an_origin():
    papers = [Story(f"Paper {n}", [Said("Anka Brell"), Said(None, RAID)]) for n in range(4)]
    for origin in origins(papers):
        assert len(origin.reasons) == len(origin.voices) - 1
        assert {r.member for r in origin.reasons} <= {v.key for v in origin.voices}
