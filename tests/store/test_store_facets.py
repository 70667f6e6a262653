"""Facets: every number beside a value is what choosing it finds; claims are found by words too."""

import json
from itertools import product

import pytest
from sqlalchemy import select

from onrecord.case import Case
from onrecord.demo import FOLDER
from onrecord.store import naming
from onrecord.store.asking import spellings, widened
from onrecord.store.columns import load
from onrecord.store.facets import FACETS, Choice, Facets
from onrecord.store.search import matching
from onrecord.store.tables import FINDABLE, FINDABLE_WHO
from onrecord.store.words import folded_name

REPORTS = ("01-", "02-", "04-", "05-", "06-", "08-", "12-", "13-", "23-", "26-", "28-")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("facets") / "case"
    with Case.create(folder) as case:
        case.add(sorted(p for p in (FOLDER / "reports").iterdir() if p.name.startswith(REPORTS)))
        case.resolve()
        claim = next(claim for record in case.records() for claim in record.claims)
        document = next(r.document.id for r in case.records() if claim in r.claims)
        case.review(f"{document}|{claim.id}", "accepted")
        other = next(c for r in case.records() for c in r.claims if r.document.id != document)
        elsewhere = next(r.document.id for r in case.records() if other in r.claims)
        case.review(f"{elsewhere}|{other.id}", "rejected")
    return folder


@pytest.fixture(scope="module")
def connection(folder):
    with Case.open(folder) as case, case.browse() as state:
        yield state.connection


@pytest.fixture(scope="module")
def facets(connection):
    return Facets(connection)


def with_value(facet, term, choice):
    if facet == "when":
        year = int(term) * 10_000
        return Choice(**{**fields_of(choice), "first": year + 101, "last": year + 1231})
    return Choice(**{**fields_of(choice), facet: term})


def fields_of(choice):
    return {name: getattr(choice, name) for name in Choice.__dataclass_fields__}


def choices(facets):
    """Nothing, and each of the first two values of some facets."""
    counted = {each.facet: each for each in facets.count("claims", Choice(), None, "")}
    yield Choice()
    for facet in ("kind", "act", "speaker", "origins"):
        for term, _ in counted[facet].values[:2]:
            yield with_value(facet, term, Choice())


@pytest.mark.parametrize("what", ["claims", "acts"])
def test_the_number_beside_a_value_is_what_choosing_it_finds(facets, connection, what):
    asked = widened(connection, "killed")
    words = matching(connection, asked, 1_000).paragraphs
    assert len(words)
    compared = 0
    for choice, paragraphs in product(choices(facets), (None, words)):
        for counted in facets.count(what, choice, paragraphs, str(paragraphs)):
            for term, number in counted.values:
                chosen = facets.answer(with_value(counted.facet, term, choice), paragraphs)
                assert chosen.amount(what) == number, (choice, counted.facet, term)
                compared += 1
    assert compared > 100


def test_what_is_chosen_is_what_the_tables_say(facets, connection):
    for kind, act in product(("allegation", "statement"), ("killing", "arbitrary_detention")):
        told = {
            (row.seq, row.number)
            for row in connection.execute(
                select(FINDABLE.c.seq, FINDABLE.c.number)
                .join(
                    FINDABLE_WHO,
                    (FINDABLE_WHO.c.document_id == FINDABLE.c.document_id)
                    & (FINDABLE_WHO.c.claim == FINDABLE.c.claim),
                )
                .where(FINDABLE.c.kind == kind, FINDABLE_WHO.c.canonical == act)
            )
        }
        found = [
            place
            for reviewed in ("", "rejected")
            for place in facets.answer(Choice(kind=kind, act=act, reviewed=reviewed), None).listed(
                "claims", 0, 10_000
            )
        ]
        assert set(found) == told
        assert len(found) == len(told)


def test_claims_are_in_the_passages_with_the_words(facets, connection):
    asked = widened(connection, "killed")
    paragraphs = matching(connection, asked, 1_000).paragraphs
    answer = facets.answer(Choice(), paragraphs)
    assert 0 < answer.amount("claims") < facets.answer(Choice(), None).amount("claims")
    assert set(answer.paragraphs().tolist()) <= set(paragraphs)
    held = facets.columns.documents_of(connection, paragraphs)
    assert set(answer.documents().tolist()) <= set(held.tolist())


def test_a_choice_of_what_nobody_knows_finds_nothing(facets):
    for facet in (*FACETS[:2], *FACETS[3:]):
        assert facets.answer(Choice(**{facet: "zzz"}), None).amount("claims") == 0


def test_a_review_moves_its_claim(facets):
    reviewed = {c.facet: dict(c.values) for c in facets.count("claims", Choice(), None, "")}
    assert reviewed["reviewed"]["accepted"] == 1
    every = sum(reviewed["reviewed"].values())
    for state in ("accepted", "rejected"):
        assert facets.answer(Choice(reviewed=state), None).amount("claims") == 1
    assert facets.answer(Choice(), None).amount("claims") == every - 1


def test_names_answer_to_their_words_begun_and_misspelled(connection):
    names, meant = load(connection).names, spellings(connection)
    for place in range(0, len(names.listed), 7):
        (shown,) = naming.called(connection, [names.canonical(place)])
        word = max(folded_name(shown.name).split(), key=len)
        if len(word) < 5 or not word.isascii():
            continue
        for query in (shown.name, word[:4], word[:2] + word[3:], word[1] + word[0] + word[2:]):
            assert place in names.answering(query, meant, typing=True), query
        assert place not in names.answering(f"{shown.name} xylophone", meant, typing=True)


def test_an_empty_case_has_nothing_to_choose(tmp_path, database):
    with Case.create(tmp_path / "case", database=database) as case:
        case.resolve()
        with case.browse() as state:
            assert all(
                not each.values
                for each in Facets(state.connection).count("claims", Choice(), None, "")
            )


def test_both_engines_give_the_same_columns(tmp_path, folder, postgresql_url):
    told = []
    for name, url in (("a", None), ("b", postgresql_url)):
        with Case.create(tmp_path / name, database=url) as case:
            reports = sorted(p for p in (FOLDER / "reports").iterdir())[:3]
            case.add(reports)
            case.resolve()
            with case.browse() as state:
                columns = load(state.connection)
                facets = Facets(state.connection)
                counted = facets.count("claims", Choice(), None, "")
                listed = facets.answer(Choice(), None).listed("claims", 0, 1_000)
                told.append(json.dumps([repr(counted), listed, columns.paragraph.tolist()]))
    assert told[0] == told[1]
