from hypothesis import given
from hypothesis import strategies as some

from onrecord.corroboration.compare import compare

EARLIER = (
    "The governor said on Monday that twelve people were killed at the ferry. "
    "A doctor counted the bodies in the old school. The ministry did not answer."
)
LATER = (
    "A doctor counted the bodies in the old school. "
    "On Tuesday the governor said that ten people were killed at the ferry."
)


def words(text, span):
    return text[slice(*span)] if span else None


def test_what_was_replaced_left_out_added_and_moved_is_marked_on_both_sides():
    changes = compare(EARLIER, LATER).changes
    told = {(c.kind, words(EARLIER, c.earlier), words(LATER, c.later)) for c in changes}
    assert ("replaced", "twelve", "ten") in told
    assert ("left_out", "on Monday", None) in told
    assert ("left_out", "The ministry did not answer", None) in told
    assert any(kind == "moved" and "bodies in the old school" in one for kind, one, _ in told)


def test_case_accents_and_punctuation_are_no_change():
    assert compare("The café is shut.", "the CAFE is shut").changes == ()
    assert compare("The café is shut.", "the CAFE is shut").share == 1.0


WORDS = ["the", "river", "rose", "and", "took", "a", "mill", "away"]
TEXT = some.lists(some.sampled_from(WORDS), max_size=30)


@given(TEXT, TEXT)
def test_kept_and_changed_passages_are_true_and_cover_the_later_text(one, other):
    earlier, later = " ".join(one), ". ".join(other)
    found = compare(earlier, later)
    for kept in found.kept:
        sides = words(earlier, kept.earlier), words(later, kept.later)
        assert sides[0].split() == sides[1].replace(".", "").split()
    covered = [k.later for k in found.kept] + [c.later for c in found.changes if c.later]
    assert sum(len(words(later, span).split()) for span in covered) == len(other)
    assert 0 <= found.share <= 1


@given(some.text(some.characters()), some.text(some.characters()))
def test_any_text_passes(one, other):
    compare(one, other)
