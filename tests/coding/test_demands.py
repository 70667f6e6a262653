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
def demand(text, cue, content, published="2024-02-09"):
    """The demand of a claim with these words for cue and content."""
    parsed = parse(text)
    book = find_entities(parsed, "sha256:0")
    spans = [(text.index(words), text.index(words) + len(words)) for words in (cue, content)]
    claim = Claim(
        "claim:1", "demand", "indirect", "asserted", "affirmed", (spans[1],), (), spans[0]
    )
    head = Head(published=(published, (0, 1))) if published else Head()
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


@pytest.mark.parametrize(
    ("cue", "clause", "addressees", "action"),
    [
        (
            "demanded",
            "that the interior minister order an inquiry",
            {"interior minister"},
            "order an inquiry",
        ),
        ("urged", "that the police not use force", {"police"}, "not use force"),
        (
            "demanded",
            "that the mayor and the army end the blockade",
            {"mayor", "army"},
            "end the blockade",
        ),
        (
            "requested",
            "that the commission, which met in May, hear her sons",
            {"commission"},
            "hear her sons",
        ),
        (
            "demanded",
            "that the roadblocks be lifted by the gendarmes",
            {"gendarmes"},
            "that the roadblocks be lifted by the gendarmes",
        ),
        (
            "demanded",
            "that those responsible be held to account",
            set(),
            "that those responsible be held to account",
        ),
        (
            "demanded",
            "that Colonel Vask face trial",
            set(),
            "that Colonel Vask face trial",
        ),
        (
            "demanded",
            "that the detainees receive medical care",
            set(),
            "that the detainees receive medical care",
        ),
        (
            "demanded",
            "that no civilian be tried by a military court",
            set(),
            "that no civilian be tried by a military court",
        ),
        ("demanded", "that talks begin", set(), "that talks begin"),
        (
            "insisted",
            "that the army had left the village",
            set(),
            "that the army had left the village",
        ),
        (
            "insisted",
            "that soldiers leave the village every night",
            set(),
            "that soldiers leave the village every night",
        ),
    ],
)
def test_whom_a_clause_asks(cue, clause, addressees, action):
    text = f"Helka Dorn {cue} {clause}. The office did not answer."
    found, names = demand(text, cue, clause)
    assert names == addressees
    assert text[slice(*found.action)] == action


def test_who_must_stand_somewhere_is_asked_to():
    text = "She said that Colonel Vask must stand by his word."
    _, names = demand(text, "said", "that Colonel Vask must stand by his word")
    assert names == {"Vask"}


def test_who_must_meet_with_something_is_not_asked_for_it():
    text = "She said that Colonel Vask must face trial."
    _, names = demand(text, "said", "that Colonel Vask must face trial")
    assert names == set()


# 9 February 2024 is a Friday.
@pytest.mark.parametrize(
    ("words", "deadline", "cited"),
    [
        ("by 31 May", "2024-05-31", "31 May"),
        ("before the end of June", "2024-06", "the end of June"),
        ("by September", "2024-09", "September"),
        ("by Monday", "2024-02-12", "Monday"),
        ("by next week", "[2024-02-12..2024-02-18]", "next week"),
        ("by the end of the month", "2024-02", "by the end of the month"),
        ("within two weeks", "2024-02-23~", "within two weeks"),
        ("within 48 hours", "2024-02-11~", "within 48 hours"),
        ("within 36 hours", None, "within 36 hours"),
        ("within a week of the verdict", None, "within a week of the verdict"),
        ("immediately", None, None),
    ],
)
def test_deadlines(words, deadline, cited):
    text = f"Helka Dorn demanded that the army free the men {words}. It did not answer."
    found, _ = demand(text, "demanded", f"that the army free the men {words}")
    assert found.deadline == deadline
    assert [text[slice(*span)] for span in found.cites.get("deadline", ())] == [cited] * bool(cited)


@pytest.mark.parametrize(
    "words", ["by Monday", "within two weeks", "by the end of the month", "by next week"]
)
def test_a_deadline_told_from_an_unknown_day_stays_words(words):
    text = f"Helka Dorn demanded that the army free the men {words}. It did not answer."
    found, _ = demand(text, "demanded", f"that the army free the men {words}", None)
    assert found.deadline is None
    assert [text[slice(*span)] for span in found.cites["deadline"]] == [words]


def test_until_when_somebody_was_held_is_no_deadline():
    text = "Helka Dorn demanded the release of men held until 3 May. It did not answer."
    found, _ = demand(text, "demanded", "the release of men held until 3 May")
    assert found.deadline is None
    assert not found.cites
