"""Words kept from one comparison to the next, and which of them answer to each other."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolution.names import compare_many, lexicon
from onrecord.resolution.names.align import _likeliest
from onrecord.resolution.names.lexicon import Lexicon
from onrecord.resolution.names.roles import KINDS, traits
from onrecord.vocabulary import load

WORD = st.text(alphabet="abdehiklmnorstu019", min_size=1, max_size=9)
WIDTH = 4
LIKES = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, WIDTH - 1), st.integers(0, WIDTH - 1)),
    st.sampled_from([0.7, 0.9, 1.0]),
)


def one_by_one(likes: dict[tuple[int, int, int], float]) -> set[tuple[int, int, int]]:
    """The likeliest pair of words, then the likeliest of those that are left."""
    found: set[tuple[int, int, int]] = set()
    rest = dict(likes)
    while rest:
        row, i, j = max(
            rest,
            key=lambda at: (
                rest[at] - 1e-4 * abs(at[1] - at[2]) - 1e-6 * (at[1] + at[2]),
                tuple(-place for place in at),
            ),
        )
        found.add((row, i, j))
        rest = {
            at: like for at, like in rest.items() if at[0] != row or (at[1] != i and at[2] != j)
        }
    return found


@given(LIKES)
@settings(max_examples=200, deadline=None)
def test_words_answer_to_each_other_as_if_taken_one_by_one(
    likes: dict[tuple[int, int, int], float],
) -> None:
    pairs = sorted(likes)
    row, i, j = np.array(pairs, np.int64).reshape(-1, 3).T
    like = np.array([likes[pair] for pair in pairs])
    kept = _likeliest(row * WIDTH + i, row * WIDTH + j, like, WIDTH)
    assert {pair for pair, is_kept in zip(pairs, kept, strict=True) if is_kept} == one_by_one(likes)


@given(st.lists(st.lists(WORD, max_size=6), max_size=6), st.sampled_from(KINDS))
@settings(max_examples=60, deadline=None)
def test_a_word_is_the_same_whenever_it_is_learnt(batches: list[list[str]], kind: str) -> None:
    grown, fresh = Lexicon(), Lexicon()
    for words in batches:
        grown.learn({kind: words})  # type: ignore[dict-item]
    every = [word for words in batches for word in words]
    ours, theirs = (of.learn({kind: every}).tolist() for of in (grown, fresh))  # type: ignore[dict-item]
    for our, their in zip(ours, theirs, strict=True):
        assert grown.words.word(our) == fresh.words.word(their)
        assert grown.words.text_number[our] == our


def test_a_title_may_be_taken_for_a_name() -> None:
    known = Lexicon()
    rows = known.learn({"person": ["mir", "tolduk"]}).tolist()
    mir, tolduk = (known.words.word(row) for row in rows)
    named = known.words.word(int(known.words.as_name[rows[0]]))
    assert (mir.role, named.role, named.text) == ("title", "name", "mir")
    assert named.weight == tolduk.weight > mir.weight
    assert known.words.as_name[rows[1]] == rows[1]


def test_there_is_room_for_any_number_of_words() -> None:
    known = Lexicon()
    words = [f"tol{number}duk" for number in range(9000)]
    first = known.learn({"organization": words[:3]}).tolist()
    kept = [known.words.word(row) for row in first]
    rows = known.learn({"organization": words}).tolist()
    assert [known.words.word(row) for row in rows[:3]] == kept
    assert len(set(rows)) == 9000 == len(known) - 1


def test_a_word_sounds_the_same_whenever_it_is_heard() -> None:
    words = ["sarfan", "tolduk", "beriman", "orlan"]
    early, late = Lexicon(), Lexicon()
    rows = early.learn({"person": words})
    early.words.hear(rows)
    rows = late.learn({"person": words})
    late.learn({"person": [f"tol{number}duk" for number in range(9000)]})
    late.words.hear(rows[2:])
    late.words.hear(rows)
    for row in rows.tolist():
        assert early.words.word(row) == late.words.word(row)
    assert len({late.words.word(row).sound for row in rows.tolist()}) == len(words)


def test_the_same_word_twice_answers_to_one_alone() -> None:
    once, twice = compare_many(
        ["Sarfan Tolduk", "Sarfan Sarfan Tolduk"], ["Sarfaan Tolduk", "Sarfan Sarfaan Tolduk"]
    )
    assert once < 1
    assert twice < 1


def test_what_was_met_before_changes_no_score() -> None:
    pairs = (
        ["Mir Sarfan Tolduk", "S. Tolduk", "Ben Orlan"],
        ["Sarfaan Tolduq", "Tolduk", "Orlan, B."],
    )
    lexicon.forget()
    at_first_sight = compare_many(*pairs)
    compare_many(["Tolduk Orlan Ltd"], ["Sarfan Mir Co"], "Organization")
    assert compare_many(*pairs).tolist() == at_first_sight.tolist()


def test_no_abbreviation_stands_for_another() -> None:
    whole = load("names_words")["abbreviations"]
    assert not whole.keys() & set(whole.values())


def test_no_word_weighs_nothing_but_the_one_that_is_not_there() -> None:
    assert traits().weight[0] == 0
    assert (traits().weight[1:] > 0).all()
