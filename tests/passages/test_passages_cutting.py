"""A text cut at marks: nothing is lost, and each stretch knows all that marks it."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.passages.cutting import stretches

PLACES = st.integers(0, 30)
SPANS = st.tuples(PLACES, PLACES).map(lambda pair: tuple(sorted(pair)))


@given(SPANS, st.lists(SPANS, max_size=8), st.lists(PLACES, max_size=3))
def test_each_character_has_its_marks(within, spans, edges):
    marks = list(zip(spans, range(len(spans)), strict=True))
    cut = list(stretches(within, marks, edges))
    assert [place for (start, end), _ in cut for place in range(start, end)] == list(range(*within))
    for (start, end), found in cut:
        for place in range(start, end):
            covering = {n for (first, last), n in marks if first <= place < last}
            assert set(found) == covering
    inside = {edge for edge in edges if within[0] < edge < within[1]}
    assert inside <= {start for (start, _), _ in cut}


def test_the_innermost_mark_comes_last():
    marks = [((2, 4), "inner"), ((0, 6), "outer"), ((2, 6), "middle")]
    assert dict(stretches((0, 6), marks)) == {
        (0, 2): ("outer",),
        (2, 4): ("outer", "middle", "inner"),
        (4, 6): ("outer", "middle"),
    }
