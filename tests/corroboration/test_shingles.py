import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from onrecord.corroboration.shingles import read_words, shingles

TEXTS = some.lists(some.text(some.characters(), max_size=40), max_size=6)


def words_of(text):
    words = read_words([text])
    return [text[begin:end] for begin, end in zip(words.begin, words.end, strict=True)]


def test_words_are_compared_without_case_accents_and_punctuation():
    first, second = (read_words([t]).hashes for t in ("Le café, FERMÉ!", "le cafe\u0301 (ferme)"))
    assert first.tolist() == second.tolist()


def test_scripts_without_spaces_count_each_character():
    assert words_of("東京 ok") == ["東", "京", "ok"]


def test_a_full_stop_opens_a_sentence():
    words = read_words(["One two. Three\nfour"])
    assert words.opens.tolist() == [True, False, True, True]


@given(TEXTS)
def test_any_text_passes_and_every_place_is_within_its_text(texts):
    words = read_words(texts)
    for number, text in enumerate(texts):
        part = words.of(number)
        for begin, end in zip(words.begin[part], words.end[part], strict=True):
            assert 0 <= begin < end <= len(text)


@given(some.lists(some.text(some.characters(max_codepoint=127)), max_size=6))
def test_plain_letters_are_split_as_a_pattern_splits_them(texts):
    words = read_words(texts)
    for number, text in enumerate(texts):
        part = words.of(number)
        places = zip(words.begin[part], words.end[part], strict=True)
        assert [text[b:e] for b, e in places] == re.findall(r"[A-Za-z0-9]+", text)


@given(TEXTS, some.integers(1, 4))
def test_runs_stay_within_their_text_and_do_not_depend_on_the_others(texts, size):
    words = read_words(texts)
    hashes, places = shingles(words, size)
    alone = [shingles(read_words([text]), size)[0] for text in texts]
    assert hashes.tolist() == np.concatenate([np.zeros(0, np.uint64), *alone]).tolist()
    owner = np.searchsorted(words.first, places, side="right") - 1
    assert (places + size <= words.first[owner + 1]).all()
