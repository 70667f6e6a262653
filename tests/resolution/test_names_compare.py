"""Names compared: what must be one, what must not, and what holds whatever the names are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolution.names import compare, compare_many, explain_many, fold, keys, threshold

KINDS = ("Person", "Organization", "Place", "Vessel")
ANY = st.text(max_size=40)
WORDS = st.lists(
    st.text(alphabet="bdgklmnprstvz", min_size=1, max_size=3).map(lambda s: "a".join(s) + "ora"),
    min_size=2,
    max_size=4,
    unique=True,
)
PARTS = st.sampled_from(
    [
        *("", "S", "S.", "Ш.", "JC", "J.C.", "Dr", "Dr.", "General", "al", "bin", "van", "Abd"),
        *("ud-Din", "Ltd", "ООО", "s ogranichennoy", "Co", "&", "III", "3rd", "20", "3", "Forty"),
        *("Four", "B0b", "OLF", "Sarfan", "SARFAN", "Sarfaan", "Tolduk,", ",", "O'Orlan", "سرفراز"),
        *("e\u0301", "\u0301", "\u200f", "\u200d", "\u202e", "\ufeff", "\u200fتلدک\u200e", "张伟"),
        *("Дольченко", "ДОЛЬЧЕНКО", "ДольченкоИван", "ソラン", "ﬀ", "Ⅳ", "①", "ß", "İ", "ЩЩ", "🙂"),
        *("\n", "\x00", "\ud800", "-", "...", "a" * 70, "Sarfan " * 14),
    ]
)
NAMELIKE = st.tuples(
    st.lists(PARTS, max_size=5), st.sampled_from([" ", "", ", ", "-", "\u00a0"])
).map(lambda told: told[1].join(told[0]))
"""Names of what is odd in names: one letter, titles alone, unseen marks, many scripts."""

ONE_PERSON = [
    ("Sarfan Tolduk", "Sarfaan Tolduq"),
    ("Karim Balouch", "Kareem Baluch"),
    ("Sergei Dolinov", "Sergey Dolinow"),
    ("Иван Петрович Дольский", "Ivan Dolsky"),
    ("سرفراز تلدک", "Sarfaraz Talduk"),
    ("Γιώργος Πετρίδης", "Giorgos Petridis"),
    ("Abdul Karim al-Tamuri", "Abd al-Karim El Tamouri"),
    ("Saif ud-Din Orlan", "Saifuddin Orlan"),
    ("Bill Oduya", "William Oduya"),
    ("Tolduk, Sarfan", "Sarfan Tolduk"),
    ("Maj Gen (retd) Tariq Orlan", "Tariq Orlan"),
    ("Mir Sarfan Tolduk", "Sarfan Tolduk"),
    ("Lucía Varela Montoro", "Lucia Varela"),
    ("J. Varela Montoro", "Javier Varela Montoro"),
    ("Kim Jong-sam", "Kim Jongsam"),
    ("SarfanTolduk", "Sarfan Tolduk"),
    ("ДОЛЬЧЕНКО ШАМИЛЬ", "Шамиль Дольченко"),
    ("ΨΑΡΟΣ ΧΡΥΣΟΣ", "Χρύσος Ψαρός"),
    ("Ш. Дольченко", "Shamil Dolchenko"),
]
TWO_PEOPLE = [
    ("Sarfan Tolduk", "Aftan Tolduk"),
    ("Tolduk", "Sarfan Tolduk"),
    ("S. T.", "Sarfan Tolduk"),
    ("Ivan Petrovich Dolsky", "Ivan Sergeyevich Dolsky"),
    ("Ahmed Tolduk", "Mohamed Tolduk"),
    ("Sarfan Tolduk", "Sarfan Beriman"),
    ("Maria Varela", "Maria Montoro"),
    ("Ш. Дольченко", "Иван Дольченко"),
]
ONE_BODY = [
    ("3rd Armd Div", "3 Armoured Division"),
    ("III Corps", "Third Corps"),
    ("Brigade Forty-Four", "44 Brigade"),
    ("Orlan Trading Ltd", "Orlan Trading Limited"),
    ('ООО "Орлан"', "Orlan LLC"),
    (
        "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ ОРЛАН",
        "Общество с ограниченной ответственностью Орлан",
    ),
    ("Orlan Liberation Front", "OLF"),
    ("Ministry of Defence of Tolvane", "Ministry of Defense, Tolvane"),
]
TWO_BODIES = [
    ("3 Armoured Division", "4 Armoured Division"),
    ("Orlan Trading AG", "Orlan Trading GmbH"),
    ("Ministry of Defence", "Ministry of Justice"),
    ("Orlan Bank", "Beriman Bank"),
]


@pytest.mark.parametrize(("left", "right"), ONE_PERSON)
def test_spellings_of_one_person_match(left: str, right: str) -> None:
    assert compare(left, right).match, compare(left, right)


@pytest.mark.parametrize(("left", "right"), TWO_PEOPLE)
def test_namesakes_in_part_do_not_match(left: str, right: str) -> None:
    assert not compare(left, right).match, compare(left, right)


@pytest.mark.parametrize(("left", "right"), ONE_BODY)
def test_spellings_of_one_body_match(left: str, right: str) -> None:
    assert compare(left, right, "Organization").match, compare(left, right, "Organization")


@pytest.mark.parametrize(("left", "right"), TWO_BODIES)
def test_other_bodies_do_not_match(left: str, right: str) -> None:
    assert not compare(left, right, "Organization").match, compare(left, right, "Organization")


@pytest.mark.parametrize(("left", "right"), ONE_PERSON)
def test_spellings_of_one_person_share_a_key(left: str, right: str) -> None:
    assert set(keys(left)) & set(keys(right))


@pytest.mark.parametrize(("left", "right"), ONE_BODY)
def test_spellings_of_one_body_share_a_key(left: str, right: str) -> None:
    assert set(keys(left, "Organization")) & set(keys(right, "Organization"))


@pytest.mark.parametrize(
    ("word", "sound"),
    [("baloch", "baluc"), ("tsherbin", "sirbin"), ("sergej", "sirgi"), ("uai", "ui")],
)
def test_sounds_follow_one_another_in_order(word: str, sound: str) -> None:
    assert fold.sounded([word]) == [sound]


def test_a_shared_surname_gives_no_selective_key() -> None:
    shared = set(keys("Sarfan Tolduk")) & set(keys("Meran Tolduk"))
    assert not {key for key in shared if key[:2] in ("p:", "w:")}


def test_another_number_of_a_unit_is_held_down() -> None:
    found = compare("12 Mechanised Brigade", "13 Mechanised Brigade", "Organization")
    assert found.score <= 0.1
    assert "12 against 13" in found.explain()


def test_reasons_name_the_words() -> None:
    said = compare("Mir Sarfaraz Tolduk", "Sarfraz Tolduk").explain()
    assert "the surname is the same: Tolduk" in said
    assert "the given name is spelled two ways: Sarfaraz, Sarfraz" in said
    assert "Mir" in said.partition("not weighed")[2]


def test_reasons_keep_the_script_of_the_source() -> None:
    assert "سرفراز" in compare("سرفراز تلدک", "Sarfaraz Talduk").explain()


def test_every_feature_says_what_it_means_and_adds_up() -> None:
    found = compare("Sarfan M. Tolduk", "Aftan Tolduk")
    assert all(evidence.says and evidence.value > 0 for evidence in found.features)
    assert sum(evidence.adds for evidence in found.features) < 0


def test_lengths_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="as many"):
        compare_many(["a"], ["b", "c"])
    with pytest.raises(ValueError, match="as many"):
        compare_many(["a"], ["b"], ["Person", "Person"])


@given(ANY, ANY, st.sampled_from(KINDS))
@settings(max_examples=200, deadline=None)
def test_any_text_is_compared_and_both_ways_alike(left: str, right: str, kind: str) -> None:
    one, two = compare(left, right, kind), compare(right, left, kind)
    assert 0 <= one.score <= 1
    assert one.score == two.score
    assert one.match == (one.score >= threshold(kind))
    assert one.explain()
    assert keys(left, kind) == tuple(sorted(set(keys(left, kind))))


@given(NAMELIKE, NAMELIKE, st.sampled_from(KINDS))
@settings(max_examples=200, deadline=None)
def test_odd_names_are_compared_both_ways_alike(left: str, right: str, kind: str) -> None:
    one, two = compare(left, right, kind), compare(right, left, kind)
    assert 0 <= one.score <= 1
    assert one.score == two.score == compare(left, right, kind).score
    assert one.explain() == compare(left, right, kind).explain()
    assert compare(left, left, kind).score == float(bool(left))
    assert keys(left, kind) == tuple(sorted(set(keys(left, kind))))


@given(st.text(min_size=1, max_size=60), st.sampled_from(KINDS))
@settings(max_examples=200, deadline=None)
def test_a_name_is_itself(name: str, kind: str) -> None:
    assert compare(name, name, kind).score == 1.0


@given(WORDS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_a_persons_words_does_not_matter(words: list[str], rng: object) -> None:
    turned = list(words)
    rng.shuffle(turned)  # type: ignore[attr-defined]
    assert compare(" ".join(words), " ".join(turned)).score == 1.0
    assert set(keys(" ".join(words))) & set(keys(" ".join(turned)))


@given(st.lists(st.tuples(ANY, ANY, st.sampled_from(KINDS)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_many_give_what_one_by_one_gives(pairs: list[tuple[str, str, str]]) -> None:
    left, right, kinds = ([pair[place] for pair in pairs] for place in range(3))
    many = compare_many(left, right, kinds)
    assert many.dtype == np.float64
    assert many.tolist() == pytest.approx([compare(*pair).score for pair in pairs], abs=1e-12)


@given(st.lists(st.tuples(NAMELIKE, NAMELIKE, st.sampled_from(KINDS)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_many_are_explained_as_one_by_one(pairs: list[tuple[str, str, str]]) -> None:
    left, right, kinds = ([pair[place] for pair in pairs] for place in range(3))
    assert explain_many(left, right, kinds) == [compare(*pair).explain() for pair in pairs]


def test_a_ship_is_no_unit_however_it_is_compared() -> None:
    pair = ("5 Division Orlan", "Division Orlan", "Vessel")
    assert compare(*pair).score == compare_many(*([part] for part in pair))[0]
    assert compare(*pair).score > compare(*pair[:2], "Organization").score


@given(st.lists(ANY, max_size=8), st.booleans())
@settings(max_examples=100, deadline=None)
def test_names_read_together_have_the_words_they_have_alone(names: list[str], people: bool) -> None:
    together = fold.words(names, of_people=people)
    assert together == [fold.words([name], of_people=people)[0] for name in names]
    words = [word for said in together for word in said]
    assert fold.sounded(words) == [fold.sounded([word])[0] for word in words]


def test_a_name_as_long_as_a_book_is_compared_in_good_time() -> None:
    book = "Sarfan Tolduk " * 20_000
    assert compare(book, book + "x").score > 0.5
    assert len(keys(book)) < 100
    assert compare("a" * 300_000, "b" * 300_000).score < 0.5
