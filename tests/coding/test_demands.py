"""Demands: whom a claim asks, for what, by when."""

from functools import cache

import pytest

from onrecord.coding.context import Context
from onrecord.coding.demands import find_demands
from onrecord.coding.when import find_dates
from onrecord.entities import find_entities
from onrecord.model import Claim
from onrecord.passages.head import Head
from onrecord.passages.parse import parse


@cache
def demand(text, cue, content):
    """The demand of a claim with these words for cue and content."""
    parsed = parse(text)
    book = find_entities(parsed, "sha256:0")
    spans = [(text.index(words), text.index(words) + len(words)) for words in (cue, content)]
    claim = Claim(
        "claim:1", "demand", "indirect", "asserted", "affirmed", (spans[1],), (), spans[0]
    )
    head = Head(published=("2024-02-09", (0, 1)))
    context = Context(parsed, book, head, (claim,), find_dates(parsed, head))
    (found,) = find_demands(context)
    return found, {book[a].name.removeprefix("the ") for a in found.addressees}


@pytest.mark.parametrize(
    ("text", "cue", "content", "addressees", "action"),
    [
        (
            (
                "Vestdal urged the Norwegian government, parliamentarians, media and civil society "
                "to question them."
            ),
            "urged",
            "the Norwegian government, parliamentarians, media and civil society to question them",
            {"Norwegian government", "parliamentarians", "media", "civil society"},
            "question them",
        ),
        (
            "Calling on Norway to open its files, Vestdal left the hall.",
            "Calling on",
            "to open its files",
            {"Norway"},
            "open its files",
        ),
        (
            "She said that Norway must “open its files”.",
            "said",
            "that Norway must “open its files",
            {"Norway"},
            "“open its files",
        ),
        (
            "She stressed that prison authorities should speak with the families.",
            "stressed",
            "that prison authorities should speak with the families",
            {"prison authorities"},
            "speak with the families",
        ),
        (
            "She demanded prosecution of the raid before the International Criminal Court.",
            "demanded",
            "prosecution of the raid before the International Criminal Court",
            {"International Criminal Court"},
            "prosecution of the raid before the International Criminal Court",
        ),
        (
            "She said the men must be released.",
            "said",
            "the men must be released",
            set(),
            "be released",
        ),
        (
            "She asked why soldiers continue to guard the grave.",
            "asked",
            "why soldiers continue to guard the grave",
            set(),
            "why soldiers continue to guard the grave",
        ),
    ],
)
def test_addressees_and_action(text, cue, content, addressees, action):
    found, names = demand(text, cue, content)
    assert names == addressees
    assert text[slice(*found.action)] == action


def test_deadline_and_ground():
    text = (
        "She called on Norway to free the men by 1 March 2024, "
        "citing the Convention against Torture."
    )
    found, _ = demand(
        text,
        "called on",
        "to free the men by 1 March 2024, citing the Convention against Torture",
    )
    assert found.deadline == "2024-03-01"
    assert text[slice(*found.cites["deadline"][0])] == "1 March 2024"
    assert text[slice(*found.ground)] == "citing the Convention against Torture"
