"""A case as somebody sees it without sight of the protected: a copy without those names."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).parent / "products" / "door"))

from planted import NAME, SPELLINGS, TOLD, write

from onrecord.case import Case, Recipient, seeing
from onrecord.case.browsing import State
from onrecord.case.copying import COPIED, NOBODYS
from onrecord.errors import NotFound, NotReleased, NotShown, OnrecordError
from onrecord.model import as_json
from onrecord.store.citations import spans
from onrecord.store.tables import FOUND, LOG, METADATA, RESOLVED

NOBODY = "Quorena Mistrave"


def build(folder: Path, database: str | None = None) -> Path:
    paths = write(folder / "documents")
    with Case.create(folder / "case", name="The river case", database=database) as case:
        case.add(paths)
        case.resolve()
        case.protect(NAME, spellings=TOLD, why=f"{NAME} is a witness")
        case.resolve()
    return folder / "case"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("seeing"))


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Iterator[Case]:
    with Case.open(shutil.copytree(built, tmp_path / "case")) as opened:
        yield opened


def document(case: Case, name: str) -> str:
    return next(d.id for d in case.documents() if name in d.path)


def told(case: Case) -> str:
    """All that a case tells, as text."""
    with case.browse() as state:
        lists = [
            *(state.connection.execute(select(table)).all() for table in COPIED),
            *(case.people(None), case.proposals(), case.events(), case.log(), case.documents()),
            *(case.judgements(), case.reviews(), case.protections(), case.status()),
        ]
        every = " ".join(
            part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part)
            for each in lists
            for row in (each if isinstance(each, list) else [each])
            for part in (row if isinstance(row, tuple) else [row])
        )
    return every + json.dumps([as_json(record) for record in case.records()], ensure_ascii=False)


def test_every_method_of_a_case_is_decided_on() -> None:
    """A new one is refused to those without sight until somebody says what it gives them."""
    public = {name for name in dir(Case) if not name.startswith("_")} | {"folder", "name"}
    lists = (seeing.READ, seeing.OWN, seeing.DONE, seeing.REFUSED)
    assert set().union(*lists) == public
    assert sum(map(len, lists)) == len(public)
    own = {name for name in seeing.Seen.__dict__ if not name.startswith("_")}
    assert own - {"sight"} == seeing.OWN | seeing.DONE


def test_every_table_is_decided_on() -> None:
    assert set(METADATA.sorted_tables) == set(COPIED)
    assert set(NOBODYS) < set(COPIED)
    assert {each.name for each in dataclasses.fields(State)} == {"connection", "name"}


def test_what_is_not_decided_on_is_refused(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Case, "just_added", lambda self: NAME, raising=False)
    assert case.just_added() == NAME  # type: ignore[attr-defined]
    for name in ("just_added", "verify", "rebuild", "protect"):
        with pytest.raises(NotShown):
            getattr(case.without_sight(), name)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_no_name_stands_in_what_is_read(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = None if engine == "sqlite" else request.getfixturevalue("postgresql_url")
    with Case.open(build(tmp_path, url)) as case:
        before = told(case)
        assert all(name in before for name in (NAME, *TOLD))
        after = told(case.without_sight())
        for name in (*SPELLINGS, "sarela", "SARELA", "vostrané"):
            assert name not in after, name
        assert case.protections()[0].code in after
        assert document(case, "report.txt") not in after
        assert document(case, "statement.pdf") in after
        assert len(case.without_sight().documents()) == len(case.documents())
        assert case.without_sight().search("farmers")
        assert case.without_sight().search("sarela") == []


def test_the_copy_holds_no_name_even_where_nobody_reads_it(case: Case) -> None:
    seen: Any = case.without_sight()
    (copied,) = list(case.folder.glob("case.coded-*/case.sqlite"))
    with sqlite3.connect(copied) as connection:
        connection.execute("VACUUM INTO ?", (str(case.folder / "vacuumed"),))
    data = (case.folder / "vacuumed").read_bytes().lower()
    assert all(name.lower().encode() not in data for name in (*SPELLINGS, "sarela"))
    assert b"farmers" in data
    del seen


def test_citations_and_hits_fit_the_text_they_open(case: Case) -> None:
    seen = case.without_sight()
    code = case.protections()[0].code
    for record in seen.records():
        for _, (start, end) in spans({**as_json(record), "text": ""}):
            assert 0 <= start <= end <= len(record.text)
        for entity in record.entities:
            if entity.name == code:
                assert any(record.text[slice(*span)] == code for span in entity.mentions)
    hits = seen.search("farmers Orla")
    assert hits
    for hit in hits:
        text = seen.record(hit.document_id).text
        assert text[slice(*hit.span)] == hit.text
        assert {text[slice(*match)].lower() for match in hit.matches} <= {"farmers", "orla"}


def test_who_goes_by_a_code_is_one_and_not_proposed(case: Case) -> None:
    seen, code = case.without_sight(), case.protections()[0].code
    people = seen.people("Person")
    assert [group.name for group in people].count(code) == 1
    assert not [p for p in seen.proposals() if code in (p.left.name, p.right.name)]
    with seen.browse() as state:
        found, total = state.named(("Person",), code, 0, 5)
        assert (found[0].name, total) == (code, 1)
        assert state.named(("Person",), "sarela", 0, 5) == ([], 0)
        assert state.members(found[0].canonical)


def test_what_is_above_the_level_is_in_no_list_and_no_count(case: Case) -> None:
    before = case.without_sight()
    with before.browse() as state:
        amount = state.amount()
    case.confide(document(case, "other.txt"), "confidential")
    after = case.without_sight()
    with after.browse() as state:
        assert state.amount() == amount - 1
    assert not [d for d in after.documents() if "other.txt" in d.path]
    with pytest.raises(NotFound):
        after.record(document(case, "other.txt"))


def test_who_is_protected_now_is_protected_at_once(case: Case) -> None:
    before = case.without_sight()
    with before.browse() as state:
        head = state.head
    assert "Goran Besk" in told(before)
    entry = case.protect("Goran Besk", why="asked for it")
    after = case.without_sight()
    assert "Goran Besk" not in told(after)
    with after.browse() as state:
        assert state.head != head  # else what was made of the earlier state would be shown again
    case.undo(entry.seq)
    assert "Goran Besk" in told(case.without_sight())


def test_where_nobody_is_protected_nothing_is_copied(case: Case) -> None:
    case.undo(next(e.seq for e in case.log() if e.kind == "protect"))
    seen = case.without_sight()
    assert NAME in told(seen)
    assert list(case.folder.glob("case.coded-*/case.sqlite")) == []


def error(do: Any) -> str:
    with pytest.raises(OnrecordError) as caught:
        do()
    return f"{type(caught.value).__name__} {caught.value}"


def test_naming_the_protected_is_as_naming_nobody(case: Case) -> None:
    seen = case.without_sight()
    record = case.record(document(case, "report.txt"))
    her = next(e for e in record.entities if e.name == NAME)
    coded = seen.record(next(d.id for d in seen.documents() if d.path == "report.txt"))
    other = next(e for e in coded.entities if e.name == "Goran Besk")
    besk = f"{coded.document.id}|{other.id}"
    code = next(e for e in coded.entities if e.name == case.protections()[0].code)
    nobody = error(lambda: seen.judge(NOBODY, besk, "same"))
    assert error(lambda: seen.judge(NAME, besk, "same")) == nobody.replace(NOBODY, NAME)
    key = f"{coded.document.id}|{code.id}"
    assert error(lambda: seen.judge(key, besk, "same")) == nobody.replace(NOBODY, key)
    lost = f"{record.document.id[:-8]}00000000|{her.id}"
    raw = f"{record.document.id}|{her.id}"
    unknown = error(lambda: seen.grade(lost, information_credibility="2"))
    assert error(lambda: seen.grade(raw, information_credibility="2")) == unknown.replace(
        lost.partition("|")[0], record.document.id
    )
    protected = next(e.seq for e in case.log() if e.kind == "protect")
    resolved = next(e.seq for e in case.log() if e.kind == "resolve")
    refused = error(lambda: seen.undo(resolved))
    assert error(lambda: seen.undo(protected)) == refused.replace(str(resolved), str(protected))
    assert case.protections()


def test_what_they_decide_is_decided_of_what_they_mean(case: Case) -> None:
    seen = case.acting_as("Ada").without_sight()
    coded = seen.record(next(d.id for d in seen.documents() if d.path == "report.txt"))
    first = case.record(document(case, "report.txt"))
    claim = next(c for c in coded.claims if c.kind == "denial")
    entry = seen.review(f"{coded.document.id}|{claim.id}", "accepted", why="read it twice")
    assert (entry.actor, entry.payload["subject"]) == ("Ada", f"{coded.document.id}|{claim.id}")
    (held,) = case.reviews()
    assert held.document == first.document.id
    decided = next(c for c in first.claims if c.id == held.subject.rpartition("|")[2])
    assert decided.kind == "denial"
    again = case.without_sight().record(coded.document.id)
    assert next(c for c in again.claims if c.id == claim.id).reviewed
    with pytest.raises(NotShown):
        seen.mark(coded.document.id, "name", [(0, 4)], type="Person", entity="")


def test_what_they_give_out_goes_by_codes_whatever_they_ask(case: Case, tmp_path: Path) -> None:
    case.confide(document(case, "other.txt"), "confidential")
    seen = case.without_sight()
    for audience in ("internal", "court", "partner", "public"):
        out = tmp_path / f"{audience}.txt"
        with seen.release(
            "test",
            form="test",
            out=out,
            recipient=Recipient(audience),  # type: ignore[arg-type]
        ) as release:
            texts = [record.text for record in release.records()]
            release.path(out.name).write_text("\n".join(texts), encoding="utf-8")
        assert NAME not in out.read_text(encoding="utf-8")
        assert not any(d.path.endswith("other.txt") for d in case.without_sight().documents())
    assert len(texts) == len(case.documents()) - 1


def test_an_original_is_given_only_where_nobody_is_found_in_it(case: Case) -> None:
    seen = case.without_sight()
    given = {}
    for each in seen.documents():
        try:
            given[each.path.rpartition("/")[2]] = seen.original(each.id).file.exists()
        except NotReleased:
            given[each.path.rpartition("/")[2]] = False
    assert given.pop("other.txt") is True
    assert not any(given.values())  # the others name her in metadata, comments, EXIF or text


def test_what_is_decided_since_is_put_in_as_if_the_copy_were_made_anew(case: Case) -> None:
    case.without_sight()
    for name in ("report.txt", "other.txt"):
        record = case.record(document(case, name))
        claims = [f"{record.document.id}|{claim.id}" for claim in record.claims]
        case.review(claims[0], "accepted", why=f"{NAME} said so")
        case.review(claims[1], "rejected")
        case.correct(claims[-1], "modality", "hedged", why="a guess")
        case.grade(claims[0], information_credibility="2", why=f"by {NAME}")
        case.mark(record.document.id, "name", [(0, 3)], type="Organization", entity="")
    case.undo(case.review(claims[0], "undecided").seq)
    pair = next(p for p in case.proposals() if p.left.name == "Davit Orlan")
    case.judge(pair.left.key, pair.right.key, "unsure", why=f"ask {NAME}")
    with case.without_sight().browse() as state:
        since = rows_of(state)
    seeing.COPIES._places.clear()
    with case.without_sight().browse() as state:
        anew = rows_of(state)
    assert since == anew
    assert "Sarela" not in str(since)
    assert len(anew["reviews"]) == 2  # those of a redacted document stand in its record


def rows_of(state: State) -> dict[str, list[str]]:
    """All rows but what a resolution makes, and numbers and hashes that follow from the order."""
    aside = {*FOUND, *RESOLVED, METADATA.tables["paragraphs"], METADATA.tables["meta"]}
    return {
        table.name: sorted(
            str(tuple(row)[:-2] if table is LOG else tuple(row))
            for row in state.connection.execute(select(table))
        )
        for table in COPIED
        if table not in aside
    }
