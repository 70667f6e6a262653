"""What a video or a letter says, and what is done according to custom. All names are invented."""

import pytest
from test_claims_find import read


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The captain gave her bread for reading out a letter claiming she was well.", "a letter"),
        ("Orla Venn left the court, saying that she was well.", "Orla Venn"),
    ],
)
def test_what_a_video_claims_is_laid_to_the_video(text, source):
    found = read(text)
    claim = next(c for c in found.claims if found.words(c.cue) in ("claiming", "saying"))
    assert found.source(claim) == source


@pytest.mark.parametrize("measure", ["the strictest methods", "an old custom", "legal norms"])
def test_what_a_thing_is_done_according_to_says_nothing(measure):
    found = read(f"The prison of Orla Town was run according to {measure}.")
    assert all(found.words(c.cue) != "according to" for c in found.claims)
