"""Who and what a text mentions. Every country, person and body here is invented."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.entities import find_entities
from onrecord.passages.parse import Parsed, parse


@pytest.fixture(scope="module")
def book():
    """A function that reads a text and gives its book of entities."""
    return lambda text: find_entities(parse(text), "sha256:0")


def called(book, name):
    """The one entity of this name, in any letter case."""
    found = [entity for entity in book if entity.name.casefold() == name.casefold()]
    assert len(found) == 1, sorted(entity.name for entity in book)
    return found[0]


def at(book, words, *, times=1):
    """The entity at the start of the last of `words`, where they stand for the nth time."""
    position = -1
    for _ in range(times):
        position = book.text.index(words, position + 1)
    return book.at(position + words.rfind(" ") + 1)


def said(book, entity):
    return {book.text[slice(*mention)] for mention in entity.mentions}


class TestMentionsAndReferences:
    TEXT = (
        "Colonel Anders Solberg, the commander of the Marrow Brigade, spoke on Monday. "
        "He said Colonel Solberg was his brother. Two officials left. They gave no names."
    )

    def frozen(self, book, name):
        (entity,) = (e for e in book(self.TEXT).freeze() if e.name == name)
        return [
            {self.TEXT[slice(*span)] for span in spans}
            for spans in (entity.mentions, entity.references)
        ]

    def test_names_are_mentions_and_all_else_refers(self, book):
        names, others = self.frozen(book, "Anders Solberg")
        assert names == {"Anders Solberg", "Solberg"}
        assert {"Colonel Anders Solberg", "the commander", "He"} <= others

    def test_who_has_no_name_is_mentioned_by_a_description(self, book):
        names, others = self.frozen(book, "Two officials")
        assert names == {"Two officials"}
        assert others <= {"They"}


class TestPeople:
    def test_a_surname_that_two_people_bear_stays_undecided(self, book):
        found = book(
            "Anders Solberg met Minister Petra Solberg in the capital on Monday. "
            "Solberg said nothing afterwards."
        )
        alone = found.at(found.text.index("Solberg said"))
        anders, petra = called(found, "Anders Solberg"), called(found, "Petra Solberg")
        assert sorted(alone.candidates) == sorted([anders.id, petra.id])
        assert alone.id not in (anders.id, petra.id)

    def test_a_title_that_only_one_of_them_bears_decides(self, book):
        found = book(
            "Anders Solberg met Governor Petra Solberg on Monday. "
            "Governor Solberg said nothing afterwards."
        )
        assert at(found, "Governor Solberg") == called(found, "Petra Solberg")

    def test_a_surname_of_one_person_is_that_person(self, book):
        found = book("The lawyer Mirela Castane was held on Friday. Castane was freed on Sunday.")
        assert "Castane" in said(found, called(found, "Mirela Castane"))

    def test_a_brother_is_somebody_else(self, book):
        found = book("Tomas Verrin, brother of Mayor Lukas Verrin, led the raid, witnesses said.")
        assert called(found, "Tomas Verrin").id != called(found, "Lukas Verrin").id
        assert not called(found, "Tomas Verrin").candidates

    def test_one_letter_within_a_long_name_is_a_spelling(self, book):
        found = book(
            "Governor Sarfaro Benlouch arrived on Monday. The visit of Sarfaro Benloich was short."
        )
        assert len([e for e in found if e.type == "Person"]) == 1

    def test_names_that_differ_in_their_last_letter_are_two_people(self, book):
        found = book("Marino Castane was arrested on Friday. Marina Castane was at home in bed.")
        assert called(found, "Marino Castane").id != called(found, "Marina Castane").id

    def test_two_close_names_side_by_side_are_two_people(self, book):
        found = book("Police arrested Hassane Benlouch and Hassene Benlouch on Monday.")
        assert len([e for e in found if e.type == "Person" and e.name.endswith("Benlouch")]) == 2

    def test_a_title_belongs_to_a_mention_but_not_to_the_name(self, book):
        found = book("Dr Mirela Castane spoke first. Dr Castane was calm.")
        assert {"Dr Mirela Castane", "Mirela Castane", "Castane"} <= said(
            found, called(found, "Mirela Castane")
        )

    def test_the_holder_of_a_role_is_found_by_it(self, book):
        found = book(
            "Marrow Reform Union (MRU) Chairman Ilias Benlouch criticised the army on Monday. "
            "The MRU chairman urged restraint. The chairman left on Tuesday."
        )
        ilias = called(found, "Ilias Benlouch")
        assert at(found, "The MRU chairman") == ilias
        assert at(found, "The chairman") == ilias

    def test_two_holders_of_a_role_leave_it_undecided(self, book):
        found = book(
            "Mirela Castane, a journalist, was arrested. Anders Solberg, a journalist, was freed. "
            "The journalist thanked the crowd."
        )
        assert len(at(found, "The journalist").candidates) == 2

    def test_a_name_before_people_is_not_a_person(self, book):
        found = book(
            "Dr. Naro Velluch spoke on Monday. Velluch fighters attacked a convoy, he said. "
            "Velluch civilians fled."
        )
        naro = called(found, "Naro Velluch")
        assert found.text.index("Velluch fighters") not in {start for start, _ in naro.mentions}

    def test_namesakes_whose_callings_clash_are_two(self, book):
        found = book(
            "The fisherman Joren Solberg has been missing since May. Colonel Joren Solberg took "
            "up his post in June. Joren Solberg could not be reached on Monday."
        )
        one, other = at(found, "fisherman Joren Solberg"), at(found, "Colonel Joren Solberg")
        alone = at(found, "Joren Solberg", times=3)
        assert one.id != other.id
        assert sorted(alone.candidates) == sorted([one.id, other.id])

    @pytest.mark.parametrize("second", ["Mr Joren Solberg", "Secretary General Joren Solberg"])
    def test_callings_that_do_not_clash_leave_one_person(self, book, second):
        found = book(f"The fisherman Joren Solberg came home. {second} met reporters on Monday.")
        assert at(found, "fisherman Joren Solberg") == at(found, second)

    def test_a_given_name_of_one_relative_is_his(self, book):
        found = book(
            "Governor Davin Solberg spoke. Residents accuse Tomas Solberg of it. His brother "
            "Tomas, Solberg said, was away."
        )
        assert "Tomas" in said(found, called(found, "Tomas Solberg"))

    def test_a_post_a_place_and_a_name_are_one_person(self, book):
        found = book(
            "Interior Minister Mirela Castane and the governor of Drovel, Ilias Benlouch, will "
            "travel to Tharnok. The governor will stay longer."
        )
        ilias = called(found, "Ilias Benlouch")
        assert ilias.type == "Person"
        assert {"the governor", "The governor"} <= said(found, ilias)
        assert called(found, "Drovel").type == "Place"
        assert "governor" not in " ".join(said(found, called(found, "Mirela Castane")))
        assert not [e for e in found if e.name == "Interior"]

    @pytest.mark.parametrize(
        "words",
        [
            "Counsel for the state, Ilias Benlouch, rejected the charge on Monday.",
            "Ilias Benlouch, counsel for the state, rejected the charge on Monday.",
            "The exiled chair of the Marrow Front, Mr Ilias Benlouch, rejected the charge.",
            "The chair of the Marrow Front, Ilias Benlouch rejected the charge on Monday.",
        ],
    )
    def test_what_a_comma_sets_beside_a_name_describes_it(self, book, words):
        found = book(words)
        post = "ounsel" if "ounsel" in words else "chair"
        assert found.at(words.index(post)) == called(found, "Ilias Benlouch")

    def test_the_subject_of_a_verb_is_no_apposition(self, book):
        found = book("Asked about Ilias Benlouch, the spokeswoman said that he was abroad.")
        assert said(found, called(found, "Ilias Benlouch")) >= {"Ilias Benlouch"}
        assert at(found, "the spokeswoman") != called(found, "Ilias Benlouch")

    def test_a_post_in_the_headline_is_the_one_who_holds_it(self, book):
        found = book(
            "Governor denies raid\n\nGovernor Ilias Benlouch denied on Monday that he ordered it."
        )
        assert "Governor" in said(found, called(found, "Ilias Benlouch"))

    def test_the_same_post_is_the_same_unnamed_person(self, book):
        found = book(
            "The Foreign Secretary arrived. Reporters asked the Foreign Secretary to stay."
        )
        assert at(found, "The Foreign Secretary") == at(found, "the Foreign Secretary")

    def test_whose_relative_somebody_is_is_another(self, book):
        found = book("Mirela Castane, whose husband was shot, spoke to reporters on Monday.")
        assert "husband" not in " ".join(said(found, called(found, "Mirela Castane")))


class TestPronouns:
    def test_he_is_never_a_sister(self, book):
        found = book(
            "Joren Solberg left home on Monday. His sister, Yanel Castane, said that she had "
            "warned him. He was seen at the market."
        )
        joren, yanel = called(found, "Joren Solberg"), called(found, "Yanel Castane")
        assert yanel.sex == "female"
        assert not {"him", "He", "His"} & said(found, yanel)
        assert at(found, "him") == joren

    def test_the_speaker_goes_on(self, book):
        found = book(
            "Ilias Benlouch said the raids must end. He also demanded an inquiry. "
            "His statement was short."
        )
        ilias = called(found, "Ilias Benlouch")
        assert found.at(found.text.index("He also")) == ilias
        assert found.at(found.text.index("His statement")) == ilias
        assert ilias.sex == "male"

    def test_sex_decides_between_two(self, book):
        found = book(
            "Mr Ilias Benlouch wrote to Mrs Mirela Castane. She did not reply to the letter."
        )
        assert found.at(found.text.index("She did")) == called(found, "Mirela Castane")

    def test_he_in_a_quotation_is_not_its_speaker(self, book):
        found = book('"He was beaten in his cell," Ilias Benlouch said on Monday.')
        ilias = called(found, "Ilias Benlouch")
        assert found.at(found.text.index("He was")) != ilias

    @pytest.mark.parametrize(
        ("text", "words", "name"),
        [
            ("Jon Dahl greeted Erik Moe, and Moe went to warn him.", "warn him", "Jon Dahl"),
            (
                "Jon Dahl was in his cell. He heard Erik Moe insulting him.",
                "insulting him",
                "Jon Dahl",
            ),
            (
                "Erik Moe was known. Jon Dahl never described himself as brave.",
                "himself",
                "Jon Dahl",
            ),
        ],
    )
    def test_who_does_it_is_not_whom_it_is_done_to(self, book, text, words, name):
        found = book(text)
        assert at(found, words) is called(found, name)

    def test_who_was_beaten_is_not_who_told_of_an_abduction(self, book):
        found = book(
            "Jon Dahl was abducted on Monday. Officer Erik Moe said that ten men were sought. "
            "He had been beaten with sticks."
        )
        assert found.at(found.text.index("He had")) is not called(found, "Erik Moe")

    def test_who_tells_of_their_own_arrest(self, book):
        found = book(
            "Soldiers arrested Jon Dahl on Monday. Erik Moe came home on Friday, "
            "and Moe said he was beaten."
        )
        assert at(found, "said he") is called(found, "Erik Moe")

    def test_what_befalls_somebody_makes_them_no_place(self, book):
        found = book(
            "Anna Blackwood left on Monday. Two men were held in Blackwood's disappearance. "
            "A third was named in Blackwood's murder."
        )
        assert at(found, "in Blackwood") is called(found, "Anna Blackwood")

    def test_an_opening_pronoun_points_forward(self, book):
        found = book("In his letter, Ilias Benlouch asked for an inquiry into the raid.")
        assert found.at(found.text.index("his letter")) == called(found, "Ilias Benlouch")


class TestBodies:
    def test_an_acronym_in_brackets_is_the_same_body(self, book):
        found = book(
            "The Marrow Teachers' Union (MTU) went on strike on Monday. The MTU said talks failed."
        )
        union = called(found, "Marrow Teachers' Union")
        assert union.type == "Organization"
        assert "MTU" in said(found, union)

    def test_words_for_one_army_are_one_body(self, book):
        found = book(
            "Norway's military denied the raid. The Norwegian army said it was far away. "
            "The army later apologised."
        )
        bodies = [e for e in found if e.type == "Organization"]
        assert [body.country for body in bodies] == ["NO"]
        assert {"The Norwegian army", "The army"} <= said(found, bodies[0])
        assert bodies[0].actor_type == "state_security_force"

    def test_the_army_of_another_country_is_another_state(self, book):
        found = book(
            "Norway, Norway and again Norway: Norwegian villagers fled. The Chilean army fired."
        )
        army = at(found, "The Chilean army")
        assert (army.country, army.actor_type) == ("CL", "other_state")

    def test_the_body_of_a_letterhead_is_one(self, book):
        found = book(
            "OPEN LOOKOUT\nAlert for the safety of reporters\n14 March 2025\n\n"
            "Open Lookout is alarmed by a threat against Mirela Castane. She was told to leave."
        )
        lookout = called(found, "Open Lookout")
        assert lookout.type == "Organization"
        assert said(found, lookout) == {"OPEN LOOKOUT", "Open Lookout"}

    def test_a_short_form_is_the_one_body_it_shortens(self, book):
        found = book(
            "Chair of Front speaks\n\nThe Marrow Reform Front met the Drovel Centre for Peace. "
            "The Front later withdrew. The Drovel Centre did not."
        )
        assert "Front" in said(found, called(found, "Marrow Reform Front"))
        assert "Drovel Centre" in said(found, called(found, "Drovel Centre for Peace"))

    def test_a_short_form_of_two_bodies_is_neither(self, book):
        found = book("The Marrow Council met the Drovel Council on Monday. The Council adjourned.")
        assert len([e for e in found if e.name.endswith("Council")]) == 3

    def test_two_groups_that_are_counted_are_two(self, book):
        found = book("Two officials spoke on Monday. Three officials spoke on Tuesday.")
        assert len([e for e in found if e.type == "Group"]) == 2

    @pytest.mark.parametrize(
        ("words", "actor"),
        [
            ("police officers", "state_security_force"),
            ("pro-state militias", "state_backed_armed"),
            ("masked gunmen", "armed_group"),
            ("local residents", "non_state"),
        ],
    )
    def test_actor_types(self, book, words, actor):
        found = book(f"According to witnesses, {words} attacked the market on Monday.")
        assert at(found, words).actor_type == actor

    @pytest.mark.parametrize(
        ("bound", "words"),
        [("At least", "four people"), ("More than", "40 people"), ("As many as", "30 villagers")],
    )
    def test_a_bound_of_a_number_leaves_the_phrase_whole(self, book, bound, words):
        found = book(f"{bound} {words} were killed on Monday before dawn.")
        assert words in said(found, at(found, words))


class TestPlaces:
    def test_a_known_city_has_coordinates_and_a_country(self, book):
        oslo = called(book("The delegation arrived in Oslo, Norway, on Monday."), "Oslo")
        assert (oslo.type, oslo.country) == ("Place", "NO")
        assert (round(oslo.location.lat), round(oslo.location.lon)) == (60, 11)

    def test_an_unknown_village_has_none(self, book):
        found = book("Soldiers burned houses in the Tharnok area of Norway, Norwegian media said.")
        village = called(found, "Tharnok")
        assert (village.type, village.location, village.country) == ("Place", None, "NO")

    def test_a_town_known_only_elsewhere_gets_no_coordinates(self, book):
        """ "Kech" is another name of a German town; this text is not about Germany."""
        found = book("Norwegian soldiers searched houses in Kech, Norway, on Monday.")
        assert called(found, "Kech").location is None

    @pytest.mark.parametrize("event", ["raid on", "shooting at", "massacre in"])
    def test_where_an_event_was_is_a_place(self, book, event):
        found = book(f"He denied the {event} Ombrel and condemned it in a letter on Friday.")
        assert called(found, "Ombrel").type == "Place"

    def test_a_dateline_is_a_place(self, book):
        found = book("THARNOK, March 3 (XYZ) - Soldiers closed the road on Monday, officials said.")
        assert at(found, "THARNOK").type == "Place"


class TestAttributes:
    def test_each_rests_on_words(self, book):
        found = book(
            "Mirela Castane, a 43-year-old journalist, was arrested on Friday. She was freed later."
        )
        mirela = called(found, "Mirela Castane")
        assert mirela.occupations == ("journalist",)
        assert (mirela.sex, mirela.age_group) == ("female", "adult")
        words = {
            name: [found.text[slice(*span)] for span in spans]
            for name, spans in mirela.cites.items()
        }
        assert words["occupations"] == ["journalist"]
        assert "She" in words["sex"]
        assert "43" in words["age_group"][0]

    def test_nothing_is_known_without_words(self, book):
        found = book(
            "THARNOK, Norway (XYZ) - The Norwegian army shot Mirela Castane, 15, near Sorrelby, "
            "said Governor Ilias Benlouch, a pro-state militia leader. He blamed insurgents."
        )
        fields = ("country", "actor_type", "occupations", "sex", "age_group")
        known = [(e, field) for e in found for field in fields if getattr(e, field)]
        assert len(known) > 8
        assert [(e.name, field) for e, field in known if not e.cites.get(field)] == []

    def test_a_plural_is_what_each_of_a_list_is(self, book):
        found = book("Police arrested journalists Mirela Castane and Anders Solberg on Friday.")
        assert called(found, "Anders Solberg").occupations == ("journalist",)
        assert called(found, "Mirela Castane").occupations == ("journalist",)

    def test_two_occupations_before_a_name(self, book):
        found = book("Police arrested the rights activist and blogger Mirela Castane on Friday.")
        mirela = called(found, "Mirela Castane")
        assert mirela.occupations == ("human_rights_defender", "journalist")

    def test_a_post_in_a_union_makes_a_trade_unionist(self, book):
        found = book("Ilias Benlouch, president of the Marrow Teachers' Union, was arrested.")
        assert "trade_unionist" in called(found, "Ilias Benlouch").occupations

    @pytest.mark.parametrize(
        "words",
        [
            "Ilias Benlouch, a government critic, was arrested.",
            "Ilias Benlouch said his wife had fled.",
        ],
    )
    def test_grown_up_by_what_is_said(self, book, words):
        found = called(book(words), "Ilias Benlouch")
        assert (found.age_group, len(found.cites["age_group"])) == ("adult", 1)

    def test_a_secretary_general_is_no_soldier(self, book):
        found = book("Police arrested secretary general Ilias Benlouch on Friday.")
        assert "soldier" not in called(found, "Ilias Benlouch").occupations

    def test_a_child(self, book):
        found = book("Police shot Ilias Benlouch, 15, on his way to school.")
        assert called(found, "Ilias Benlouch").age_group == "child"

    def test_the_leader_of_a_militia_is_what_it_is(self, book):
        found = book("Ilias Benlouch, a pro-state militia leader, denied it.")
        assert called(found, "Ilias Benlouch").actor_type == "state_backed_armed"


def test_the_same_text_gives_the_same_entities(book):
    text = "Anders Solberg and Petra Solberg met officials in Oslo. Solberg spoke. They left."
    assert book(text).freeze() == book(text).freeze()


def test_no_language_no_entities():
    assert not find_entities(Parsed("…", None), "sha256:0").freeze()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(
                [
                    "Mr ",
                    "Chairman ",
                    "Anders Solberg ",
                    "journalists ",
                    "(",
                    ")",
                    "“",
                    "The army",
                    " said ",
                    "Oslo, ",
                    "\n\n",
                    "'s ",
                    "his ",
                    "\u202e",
                    "🙂",
                ]
            ),
        ),
        max_size=12,
    )
)
def test_any_text_passes_and_every_span_lies_inside(pieces):
    from onrecord.passages.parse import parser

    text = "".join(pieces)
    found = find_entities(Parsed(text, "en", [], parser()(text)), "sha256:0").freeze()
    spans = [span for entity in found for span in entity.mentions]
    spans += [span for entity in found for cited in entity.cites.values() for span in cited]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert not [key for key, times in Counter(e.id for e in found).items() if times > 1]


def test_a_place_in_a_datelines_capitals_is_named_as_the_text_has_it(book):
    found = book(
        "CARRICK, Maruvia, June 4, 2031 (Norden Wire) - Soldiers closed the road to Carrick.\n"
    )
    assert called(found, "Carrick").name == "Carrick"
    assert said(found, called(found, "Carrick")) == {"CARRICK", "Carrick"}
