"""Who is meant by a name: folded, never guessed."""

import contextlib

import product_factory as factory
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import NotFound
from onrecord.products.index import Index
from onrecord.products.people import People, fold, is_name


@pytest.fixture(scope="module")
def people():
    return People(Index(factory.case()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Ilse VANDAR", "ilse vandar"),
        ("Governor Renzo Maldek’s", "Renzo Maldek"),
        ("José Müller-O'Neil", "jose muller oneil"),
        ("  Prime Minister\nOsk  Brannig ", "Osk Brannig"),
    ],
)
def test_case_diacritics_titles_and_punctuation_do_not_matter(one, other):
    assert fold(one) == fold(other)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_and_never_fails(name):
    assert fold(fold(name)) == fold(name)
    is_name(name)


@given(st.text(max_size=40))
def test_any_query_finds_somebody_or_says_that_it_does_not(query):
    people = People(Index([factory.statement()]))
    with contextlib.suppress(NotFound):
        assert people.find(query).entities


@pytest.mark.parametrize("words", ["he", "the governor", "two officials", "She", "A man"])
def test_descriptions_are_not_names(words):
    assert not is_name(words)


def test_equal_full_names_of_several_documents_are_taken_together(people):
    assert len(people.find("renzo maldek").entities) == 3


def test_a_surname_that_one_full_name_bears_is_enough(people):
    assert people.find("Quill").name == "Teodor Quill"
    assert people.find("Brannig").name == "Osk Brannig"


def test_an_ambiguous_name_lists_the_candidates():
    namesake = factory.Report("other.txt", "Tavi Quill met Teodor Quill.")
    namesake.entity("Tavi Quill", "Person", ["Tavi Quill"])
    people = People(Index([factory.wire(), namesake.record()]))
    with pytest.raises(
        NotFound, match=r"may be any of 2.*\n.*\n.*Tavi Quill.*\n.*Teodor Quill"
    ) as caught:
        people.find("Quill")
    assert len(caught.value.candidates) == 2


def test_namesakes_that_one_document_tells_apart_are_never_joined():
    report = factory.Report("two.txt", "Teodor Quill, the father, and Teodor Quill, the son.")
    spans = [report.at("Teodor Quill", 0), report.at("Teodor Quill", 1)]
    for nth, span in enumerate(spans):
        identifier = report.entity("Teodor Quill", "Person", ["Teodor Quill"])
        entity = report.entities.pop(identifier)
        report.entities[f"entity:{nth}"] = type(entity)(
            f"entity:{nth}", "Person", "Teodor Quill", (span,)
        )
    people = People(Index([factory.wire(), report.record()]))
    with pytest.raises(NotFound, match="may be any of 3"):
        people.find("Teodor Quill")
    assert people.find("entity:1").entities == frozenset({"entity:1"})


def test_a_name_with_its_file_stands_for_that_file_alone():
    reports = [
        factory.Report(f"{n} (copy).txt", f"Teodor Quill left {n}.") for n in ("Lisk", "Orla")
    ]
    for report in reports:
        report.entity("Teodor Quill", "Person", ["Teodor Quill"])
    people = People(Index([report.record() for report in reports]))
    (quill,) = people.groups
    assert len(quill) == 2
    for entity in quill:
        asked = people.asked_as([entity])
        assert asked.startswith("Teodor Quill (")
        assert people.find(asked).entities == {entity}
    assert people.find(people.asked_as(quill)).entities == quill
    with pytest.raises(NotFound, match="nothing in this case names"):
        people.find("Teodor Quill (no-such-file.txt)")


def test_what_a_name_and_its_file_do_not_tell_apart_is_asked_for_by_its_id():
    folders = [
        factory.Report(f"{folder}/a.txt", f"Teodor Quill of {folder} left.")
        for folder in ("x", "y")
    ]
    ids = [each.entity("Teodor Quill", "Person", ["Teodor Quill"]) for each in folders]
    people = People(Index([each.record() for each in folders]))
    assert people.asked_as(ids) == " = ".join(sorted(ids))
    assert sorted(people.meant_by("Teodor Quill (a.txt)")) == sorted(ids)


def test_an_unknown_name_lists_the_closest(people):
    with pytest.raises(NotFound, match=r"closest names: .*Ilse Vandar"):
        people.find("Elsa Vander")


def test_an_undecided_mention_is_never_somebody(people):
    quill = people.find("Renzo Maldek")
    undecided = [e for e in quill.undecided if people.index.entity(e).candidates]
    assert undecided
    assert not quill.entities & set(undecided)
