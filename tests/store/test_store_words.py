"""Words as search sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from onrecord.store.words import LONGEST, alike, fold, folded_name, likeness, slack, words


@given(st.text())
def test_spans_are_where_the_words_are(text):
    last = 0
    for word, (start, end) in words(text):
        assert last <= start < end <= len(text)
        assert word == fold(text[start:end]) != ""
        assert len(word) <= LONGEST
        assert " " not in word
        last = end


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ḥāʾirī al-Ṭarn", "hairi AL-TARN"),
        ("Straße", "STRASSE"),
        ("Øre Ångström", "Øre angstrom"),
        ("ﬁnal", "final"),
        ("كِتَاب", "كتاب"),
    ],
)
def test_marks_case_and_compatibility_forms_do_not_matter(one, other):
    assert folded_name(one) == folded_name(other) != ""


@given(st.text("abcde", min_size=1, max_size=12), st.text("abcde", min_size=1, max_size=12))
def test_likeness_falls_with_the_edits_between(one, other):
    score, edits = likeness(one, other), OSA.distance(one, other)
    assert (score == 1) == (one == other)
    assert (score > 0) == (edits <= slack(one))
    assert alike(one, [other]) == ({other: score} if score else {})
    if score:
        assert score == pytest.approx(1 - edits / len(one))


def test_short_words_and_numbers_are_taken_as_they_are():
    assert likeness("oda", "ida") == likeness("1998", "1999") == likeness("b52s", "b53s") == 0
    assert likeness("varn", "vaarn") > 0
    assert likeness("selmouth", "selmuoht") > 0
