"""Search: other spellings found by look-up, the best passages first, the same on both engines."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from onrecord.case import Case
from onrecord.store import search, spelling
from onrecord.store.asking import widened
from onrecord.store.tables import WORD_FORMS, WORDS
from onrecord.store.words import alike

FEW_LETTERS = st.text("abc1é", min_size=1, max_size=11)


@pytest.fixture(scope="module")
def writer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search") / "case"
    with Case.create(folder) as case, case._session.writing() as writer:
        yield writer


def plainly(connection, asked):
    return alike(asked, connection.execute(select(WORDS.c.word)).scalars())


@given(
    st.sets(FEW_LETTERS, min_size=1, max_size=60), st.lists(FEW_LETTERS, min_size=1, max_size=12)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_what_is_looked_up_is_what_comparing_with_every_word_finds(writer, known, asked):
    connection = writer.connection
    with connection.begin() as all_of_it:
        search._count(connection, dict.fromkeys(known, 1))
        for word in [*asked, *sorted(known)]:
            assert spelling.spelled_like(connection, word) == plainly(connection, word)
        all_of_it.rollback()


def test_slips_of_long_words_are_found(writer):
    chance = random.Random(7)
    known = {"".join(chance.choices("abcdefghijklmn", k=chance.randint(3, 14))) for _ in range(400)}
    with writer.connection.begin() as all_of_it:
        search._count(writer.connection, dict.fromkeys(known, 1))
        for word in sorted(known):
            at = chance.randrange(len(word) - 1)
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            for slip in (swapped, swapped[1:], swapped + "x", "z" + word):
                found = spelling.spelled_like(writer.connection, slip)
                assert found == plainly(writer.connection, slip)
        all_of_it.rollback()


def test_forms_made_at_once_are_those_made_word_by_word(tmp_path, database):
    (tmp_path / "a.txt").write_text("Soldiers burned 12 mills in Selmouth, Ilka Varn said.\n")
    (tmp_path / "b.txt").write_text("Soldiers of the harbour guard left Selmuth in 1998.\n")
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([tmp_path / "a.txt", tmp_path / "b.txt"])
        with case._session.writing() as writer, writer.connection.begin():
            every = select(WORD_FORMS).order_by(WORD_FORMS.c.form, WORD_FORMS.c.word)
            made = sorted(map(tuple, writer.connection.execute(every)))
            writer.connection.execute(delete(WORD_FORMS))
            spelling.keep_all(writer.connection)
            assert sorted(map(tuple, writer.connection.execute(every))) == made
            assert made


TEXTS = {
    "one.txt": "The mill of Oranesh was burned.\n\nA grave was found, a mass was read.\n",
    "two.txt": "A mass grave was found near Oranesh.\n\nThe oranges were lost.\n",
    "three.txt": "Nobody was found in the mas grave of Halm.\n",
}


@pytest.fixture
def case(tmp_path, database):
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([tmp_path / name for name in TEXTS])
        yield case


def found(case, query, **asked):
    return [hit.text.strip() for hit in case.search(query, **asked)]


def test_the_last_word_may_be_begun(case):
    assert not found(case, "Oran")
    assert len(found(case, "Oran", typing=True)) == 3
    assert found(case, "mill Oran", typing=True) == ["The mill of Oranesh was burned."]
    assert not found(case, "Oran ", typing=True)


def test_words_side_by_side_come_first_and_other_spellings_last(case):
    assert found(case, "mass grave") == [
        "A mass grave was found near Oranesh.",
        "A grave was found, a mass was read.",
        "Nobody was found in the mas grave of Halm.",
    ]


def test_where_no_passage_holds_all_words_those_with_the_rarest_come_first(case):
    assert found(case, "found burned")[0] == "The mill of Oranesh was burned."
    assert len(found(case, "found burned")) == 4


def test_more_than_can_be_scored_are_cut_by_what_they_are_worth(tmp_path, postgresql_url):
    lines = [f"The guard of Halm{number:04} came." for number in range(300)]
    lines += ["The gaurd of Selmouth came."] * 200 + ["The guard, of Selmouth!"]
    (tmp_path / "many.txt").write_text("\n\n".join(lines), encoding="utf-8")
    answers = []
    for name, database in (("a", None), ("b", postgresql_url)):
        with Case.create(tmp_path / name, database=database) as case:
            case.add([tmp_path / "many.txt"])
            answers.append([case.search(q, 5) for q in ("guard Selmouth", "the guard", "gua came")])
            best = case.search("guard Selmouth", 5)
            assert best[0].text.strip() == "The guard, of Selmouth!"
            with case.browse() as state:
                asked = widened(state.connection, "guard came")
                matched = search.matching(state.connection, asked, 100)
                assert matched.paragraphs[:2].tolist() == [1, 2]
                assert len(matched.paragraphs) == 100
                assert matched.more
                assert not matched.partly
    assert answers[0] == answers[1]
