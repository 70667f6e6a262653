"""Who is the same person in one text and who is not. Every person and place is invented."""

import pytest

from onrecord.entities import find_entities
from onrecord.passages.parse import parse


@pytest.fixture(scope="module")
def book():
    return lambda text: find_entities(parse(text), "sha256:" + "0" * 64)


def named(found, name):
    entities = [entity for entity in found if entity.name == name]
    assert len(entities) == 1, sorted(entity.name for entity in found)
    return entities[0]


def at(found, words):
    return found.at(found.text.index(words))


class TestNamesThatAreNouns:
    def test_a_family_name_that_is_a_noun_comes_first(self, book):
        found = book(
            "Police took the lawyer Fan Haze from home on Tuesday. Fan's case was reported. "
            "Fan was beaten."
        )
        haze = named(found, "Fan Haze")
        assert at(found, "Fan's case") == at(found, "Fan was") == haze

    def test_two_of_one_family_name_stay_apart(self, book):
        found = book(
            "Police took the lawyer Fan Haze on Tuesday. Fan Bowen, a nurse, was held on Friday. "
            "Fan was beaten."
        )
        haze, bowen = named(found, "Fan Haze"), named(found, "Fan Bowen")
        assert sorted(at(found, "Fan was").candidates) == sorted([haze.id, bowen.id])

    def test_a_fan_is_nobody_s_name(self, book):
        found = book("A fan was beaten by the police. The fan said so on Monday.")
        assert all(entity.type != "Person" or entity.name.islower() for entity in found) or (
            at(found, "fan was").name == "A fan"
        )


class TestSonsAndFathers:
    TEXT = "{} and Anders bin Solmar, prince of the realm, began the reform. {} was ill."

    def test_a_name_behind_son_of_is_the_father_s(self, book):
        text = self.TEXT.format("King Solmar", "The king")
        found = book(text)
        assert at(found, "Solmar and") != named(found, "Anders bin Solmar")

    def test_with_the_word_it_is_the_son_s(self, book):
        found = book("Osven bin Laren was sought for years. In May bin Laren was found.")
        assert at(found, "bin Laren was found") == named(found, "Osven bin Laren")


class TestSpellings:
    def test_two_letters_that_changed_places(self, book):
        found = book("Madelaine Corvin went missing. A photograph of Madealine Corvin was shown.")
        assert len([entity for entity in found if entity.name.endswith("Corvin")]) == 1

    def test_ends_tell_people_apart(self, book):
        found = book("Marina Corvin went missing. A photograph of Marino Corvin was shown.")
        assert len([entity for entity in found if entity.name.endswith("Corvin")]) == 2

    def test_who_killed_and_who_died_in_one_sentence_are_two(self, book):
        found = book("Daniel Corvan was killed by Daniel Cravon, the police said on Monday.")
        assert len([entity for entity in found if entity.name.startswith("Daniel")]) == 2
        found = book("Daniel Corvan stabbed to death a miller called Daniel Corvaan on Monday.")
        assert len([entity for entity in found if entity.name.startswith("Daniel")]) == 2

    def test_another_spelling_that_is_told_as_one_is_the_same(self, book):
        found = book("Daniel Corvan (also spelled Daniel Corvaan) was seen in Orla on Monday.")
        assert len([entity for entity in found if entity.name.startswith("Daniel")]) == 1


class TestDescriptions:
    @pytest.mark.parametrize(
        ("text", "description"),
        [
            ("The Minister of Labour and Trade, Dr. Oren Dahl, is ill.", "Minister"),
            ("The Head of the Civil Service (HOCS), Dr Oren Dahl, said so on Monday.", "Head"),
        ],
    )
    def test_a_post_with_a_long_body_is_of_who_is_named_behind(self, book, text, description):
        found = book(text)
        assert at(found, description) == named(found, "Oren Dahl")

    def test_a_family_is_not_the_one_it_misses(self, book):
        text = "The family of Air Vice Marshal, Oren Dahl, has asked for help. Dahl was abducted."
        found = book(text)
        assert at(found, "family") != named(found, "Oren Dahl")
        assert at(found, "Air Vice Marshal") == named(found, "Oren Dahl")

    def test_who_is_two_things_to_somebody_is_one(self, book):
        found = book("She was met by Oren Dahl, her uncle and guardian, at the gate.")
        assert at(found, "her uncle") == named(found, "Oren Dahl")
        found = book("Oren Dahl, his wife and a friend were met at the gate.")
        assert at(found, "wife and") != named(found, "Oren Dahl")

    def test_what_somebody_is_denied_is_not_what_he_is(self, book):
        found = book("The court refused Oren Dahl a lawyer. It denied Petra Moe a doctor.")
        assert at(found, "a lawyer") != named(found, "Oren Dahl")
        assert at(found, "a doctor") != named(found, "Petra Moe")


class TestBodies:
    def test_our_government_need_not_be_the_one_told_of(self, book):
        found = book(
            'Dahl was held by the Zaruvian government. "We will not let our government read our '
            'letters," said Petra Moe of Arden.'
        )
        assert at(found, "our government") != at(found, "the Zaruvian government")

    def test_the_post_of_several_is_no_body(self, book):
        found = book(
            "Petra Moe, the UN Special Rapporteur on housing, warned of it. Oren Dahl, the UN "
            "Special Rapporteur on water, agreed."
        )
        assert not [entity for entity in found if entity.name == "UN Special Rapporteur"]
        assert named(found, "Petra Moe") != named(found, "Oren Dahl")


def test_a_name_that_only_later_stages_meet_is_one_person(book):
    text = "May said she was ill. On Friday, May said she was well."
    found = book(text)
    first, second = text.index("May"), text.rindex("May")
    ensured = [found.ensure((i, i + 3), i, "Person").id for i in (first, second)]
    assert ensured[0] == ensured[1]
    assert found.ensure((0, 3), 0, "Person").type == "Person"
