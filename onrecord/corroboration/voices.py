"""Voices: whose word on an event a document gives. The innermost source of an attribution counts.

The rows of one event are few, and are read together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, Literal

import pyarrow as pa

from onrecord import vocabulary
from onrecord.corroboration.credits import NAME, Newsrooms, plain
from onrecord.corroboration.own_people import whose_people_saw
from onrecord.corroboration.spoken_of import only_spoken_of
from onrecord.corroboration.voice_rows import each, said_of
from onrecord.passages.outlets import is_outlet
from onrecord.resolution.tables import Tables

Standing = Literal["named", "unnamed", "newsroom", "own"]
Row = Mapping[str, Any]

_PEOPLE_OF_THE_PLACE = "local"
NO_WORDS = ""
"""The sort of a source whose words say nothing of who it is: "sources", "he"."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word one document gives on one event.

    `source` tells sources apart: the resolved id of a person or body, the name of a newsroom, the
    sort of an unnamed source, or the publisher. `bodies` are those the source speaks for. `alone`:
    no other voice of its document tells the event. `bare` is true where it says no more of it than
    that it happened: not who suffered it, nor who did it. `in_title`: it stands in the title alone.
    `own_people`: a newsroom is said to have its own people speak. `affirms` is false where all it
    says is a denial, or that there are reports of it; `denies` is true where some of it is one.
    `through`: who passes its words on, where another cites it. `quoted`: claims in its own words.
    """

    event: str
    document: str
    published: str
    publisher: str
    standing: Standing
    source: str
    words: str
    names: tuple[str, ...]
    bodies: tuple[str, ...]
    sort: str
    person: bool
    alone: bool
    bare: bool
    in_title: bool
    own_people: bool
    affirms: bool
    denies: bool
    through: str | None
    claims: tuple[str, ...]
    acts: tuple[str, ...]
    text: str
    quoted: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its first claim, or its first act where the document asserts it in its own voice."""
        return (self.claims or self.acts)[0]


def voices(
    tables: Tables, events: pa.Table, canonical: pa.Table
) -> Iterator[tuple[str, list[Voice]]]:
    """Each event with its voices, the earliest report first.

    `events`: (act, event). `canonical`: (key, canonical) of resolved entities.
    """
    rows = said_of(tables, events, canonical)
    rows = rows.sort_by([(name, "ascending") for name in ("event", "published", "document", "act")])
    newsrooms = Newsrooms()
    for event, said in groupby(each(rows), key=lambda row: row["event"]):
        yield event, _voices(event, list(said), newsrooms)


def _voices(event: str, rows: list[Row], newsrooms: Newsrooms) -> list[Voice]:
    """The voices of one event: one for each source in each document."""
    said: dict[tuple[str, Standing, str], list[Row]] = {}
    for row in rows:
        standing, source = _identity(row, newsrooms)
        said.setdefault((row["document"], standing, source), []).append(row)
    amount = Counter(document for document, _, _ in said)
    made = [
        _voice(event, *identity, rows, alone=amount[identity[0]] == 1)
        for identity, rows in said.items()
    ]
    return sorted(made, key=lambda v: (v.published, v.document, v.standing, v.source))


def _identity(row: Row, newsrooms: Newsrooms) -> tuple[Standing, str]:
    """Who it is, as far as that can be told."""
    words, name = row["source_words"] or "", row["name"] or ""
    itself = words.casefold() in vocabulary.load("corroboration")["outlet_itself"]
    if not row["source"] and (itself or not words):
        publisher = plain(row["publisher"] or "")
        if sort_of(publisher) in vocabulary.load("corroboration")["speak_for_themselves"]:
            return "named", row["issuer"] or publisher
        saw = whose_people_saw(row["sentence"] or "", row["publisher"] or "")
        if saw:
            return "newsroom", saw
        return "own", publisher or row["document"]
    if _is_named(row):
        newsroom = None if row["type"] == "Person" else newsrooms.named(name)
        if newsroom and newsroom[1] >= len(name.strip()):
            return "newsroom", newsroom[0]
        # "The Cobalt Wire reported": nobody's own name stands behind an article.
        if is_outlet(name) and (row["type"] != "Person" or words[:4] in ("the ", "The ")):
            return "newsroom", _without_people(name)
        return "named", row["canonical"] or f"{row['type']} {name.casefold()}"
    newsroom = newsrooms.named(words)
    if newsroom:
        return "newsroom", _without_people(newsroom[0])
    called = words.partition(",")[0]
    if _NAME.fullmatch(called):
        return "named", plain(called)
    return "unnamed", sort_of(words)


def _without_people(name: str) -> str:
    """The newsroom in "a correspondent of the Wren Press Agency"; a name without its article."""
    if _own_people().search(name):
        name = re.sub(r"^.*?\b(?:of|for|from|with|at) ", "", name)
    return re.sub("^[Tt]he ", "", name)


_NAME = re.compile(NAME.replace("{0,5}", "{1,7}"))
"""Two words or more that are all written as a name."""


def _is_named(row: Row) -> bool:
    """Whether a source has a name; a group may be called only by what sort of people it is."""
    name = re.sub("^[Tt]he ", "", row["name"] or "")
    further = name[:1] + name[1:].casefold() != name
    if row["type"] == "Organization":
        # "Rights groups" at the head of a sentence is no name; "Amnesty" is.
        return further or (name[:1].isupper() and sort_of(name) == NO_WORDS)
    describes = row["type"] == "Group" and not further and sort_of(name) != NO_WORDS
    return bool(row["names"]) and row["type"] != "Place" and not describes


def _voice(
    event: str, document: str, standing: Standing, source: str, rows: list[Row], *, alone: bool
) -> Voice:
    first = rows[0]
    publisher = first["publisher"] or ""
    words = _once(row["source_words"] or "" for row in rows)
    names = _once(n for row in rows for n in (row["names"] or ()))
    longest = max(words, key=lambda w: (len(w), w), default=publisher or "the document")
    if standing == "newsroom" and not words:
        longest = source
    named = standing == "named"
    return Voice(
        event=event,
        document=document,
        published=first["published"] or "~",
        publisher=publisher,
        standing=standing,
        source=source,
        words=first["name"] or longest if named else longest,
        names=tuple(names or [longest.partition(",")[0]]) if named else (),
        bodies=tuple(_once(b for row in rows for b in row["bodies"] or ())),
        sort=_sort_of_named(first) if named else (source if standing == "unnamed" else ""),
        person=first["type"] == "Person",
        alone=alone,
        bare=not any(map(_tells_more, rows)),
        in_title=all(row["title"] and row["sentence"] in row["title"] for row in rows),
        own_people=not words or any(_own_people().search(said) for said in words),
        affirms=any(map(_affirms, rows)),
        denies=any(row["kind"] == "denial" or row["polarity"] == "negated" for row in rows),
        through=next((row["passed_on_by"] for row in rows if row["passed_on_by"]), None),
        claims=tuple(_once(row["claim"] for row in rows if row["claim"])),
        acts=tuple(_once(row["act"] for row in rows)),
        text=" ".join(_once(row["text"] or "" for row in rows)),
        quoted=tuple(_once(row["text"] or "" for row in rows if row["quote"] == "direct")),
    )


def _affirms(row: Row) -> bool:
    """Whether it is said that the thing was done: not denied, feared, planned or only reported."""
    return (
        row["polarity"] != "negated"
        and row["kind"] != "denial"
        and row["modality"] in ("asserted", "hedged")
        and not only_spoken_of(row["text"] or "", row["cue"])
    )


def _tells_more(row: Row) -> bool:
    """Whether it is said who suffered it, or who did it and when or where."""
    return bool(row["victims"] or (row["perpetrators"] and (row["place"] or row["date"])))


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


@lru_cache(maxsize=65536)
def sort_of(words: str) -> str:
    """What sort of source words without a name speak of; the last word that says so decides."""
    found = NO_WORDS
    for word in re.findall(r"[\w-]+", words.casefold()):
        found = _sorts().get(word, found)
    return found


def _sort_of_named(row: Row) -> str:
    """The sort of a named source: somebody without a post is one of the people of the place."""
    if row["type"] != "Person":
        found = sort_of(row["name"] or row["publisher"] or "")
    elif row["posts"]:
        found = sort_of(" ".join(row["posts"]))
    else:
        of = vocabulary.load("corroboration")["occupations"]
        sorts = [of[occupation] for occupation in row["occupations"] or () if occupation in of]
        return sorts[0] if sorts else _PEOPLE_OF_THE_PLACE
    return NO_WORDS if found == _PEOPLE_OF_THE_PLACE else found


@cache
def _own_people() -> re.Pattern[str]:
    return re.compile(vocabulary.load("corroboration")["own_people"], re.IGNORECASE)


@cache
def _sorts() -> Mapping[str, str]:
    data = vocabulary.load("corroboration")["sorts"]
    return {word: sort for sort, words in data.items() for word in words}
