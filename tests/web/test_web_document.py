"""The document page: its text and what is said in it, as plain data and as a page."""

import re

import pytest
from sqlalchemy import delete

from onrecord.case import Case
from onrecord.model import Document, Record
from onrecord.store.tables import DERIVED, RECORDS
from onrecord.web.access import Access
from onrecord.web.exact import runs
from onrecord.web.services import Services
from onrecord.web.views import document_text as texts
from onrecord.web.views.document import PAGE


@pytest.fixture(scope="module")
def report(opened):
    """The record of a report with allegations."""
    return next(r for r in opened.records() if any(c.kind == "allegation" for c in r.claims))


def shown(visitor, report, **asked):
    answer = visitor.get(f"/api/documents/{report.document.id}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_paragraphs_hold_all_words_at_their_places(visitor, report):
    found = shown(visitor, report)
    gone = list(report.text)
    for paragraph in found["paragraphs"]:
        assert paragraph["start"] == paragraph["pieces"][0]["start"]
        for piece in paragraph["pieces"]:
            start, words = piece["start"], piece["text"]
            assert report.text[start : start + len(words)] == words
            gone[start : start + len(words)] = [""] * len(words)
    assert not "".join(gone).strip()


def test_each_mark_leads_to_its_claim_and_back(visitor, report):
    page = visitor.get(f"/documents/{report.document.id}").text
    ids = set(re.findall(r' id="([^"]+)"', page))
    leads = set(re.findall(r'href="#([^"]+)"', page))
    assert leads <= ids
    assert {lead for lead in leads if lead.startswith("claim:")}
    for claim in report.claims:
        assert {claim.id, f"in-{claim.id}"} <= ids
        assert f"in-{claim.id}" in leads
    assert len(re.findall(r' id="', page)) == len(ids)


def test_what_is_said_is_narrowed_by_kind(visitor, report):
    every = shown(visitor, report)
    kinds = dict(every["kinds"])
    assert every["total"] == sum(kinds.values()) == len(every["claims"])
    one = shown(visitor, report, kind="allegation")
    assert {claim["kind"] for claim in one["claims"]} == {"allegation"}
    assert len(one["claims"]) == kinds["allegation"]
    marked = {m for p in one["paragraphs"] for piece in p["pieces"] for m in piece["marks"]}
    assert "allegation" in marked
    assert "statement" not in marked
    assert shown(visitor, report, kind="nonsense")["claims"] == []


def test_the_page_is_shown_in_every_state(visitor, report):
    claim, act = report.claims[0].id, report.acts[0].id
    for asked in (
        *({"open": 1}, {"open": 1, "kind": "allegation"}, {"kind": "act"}, {"kind": "nonsense"}),
        *({"claim": claim}, {"claim": act, "correct": 1}, {"claim": "none", "correct": 1}),
        *({"start": 5}, {"start": 9, "end": 3}, {"start": 10**8, "end": 10**9}),
        *({"find": "the"}, {"find": " "}, {"part": 99}, {"show": "original", "page": 3}),
    ):
        page = visitor.get(f"/documents/{report.document.id}", params=asked)
        assert page.status_code == 200, asked
        ids = set(re.findall(r' id="([^"]+)"', page.text))
        assert set(re.findall(r'href="#([^"]+)"', page.text)) <= ids, asked


def test_the_original_is_checked_when_asked(visitor, opened, report):
    assert shown(visitor, report)["checked"] is None
    assert shown(visitor, report, check=1)["checked"]["unchanged"] is True
    file = opened.original(report.document.id).file
    kept = file.read_bytes()
    file.chmod(0o644)
    try:
        file.write_bytes(kept + b" ")
        assert shown(visitor, report, check=1)["checked"]["unchanged"] is False
        page = visitor.get(f"/documents/{report.document.id}?check=1").text
        assert "onrecord verify" in page
        original = shown(visitor, report, show="original")["original"]
        assert "not what it was" in original["trouble"]
    finally:
        file.write_bytes(kept)


def test_words_are_found_in_the_text(visitor, report):
    words = " ".join(report.text.split()[4:9])
    found = shown(visitor, report, find=f"  {words.upper()}\n")
    assert [report.text[p["start"] : p["end"]].split() for p in found["places"]] == [words.split()]
    assert found["selected"] == found["places"][0]
    assert shown(visitor, report, find="no such words")["places"] == []


def record(text):
    return Record(document=Document("sha256:0", "a", "text/plain"), text=text)


@pytest.mark.parametrize(
    "text",
    ["", "a" * 200_000, "word " * 40_000, "A short line.\n\n" * 9_000, "x\n" + "y" * 70_000],
)
def test_a_long_text_is_shown_in_parts_that_make_it_up(text):
    first = texts.part_of(text, 1, None)
    parts = [texts.part_of(text, number, None) for number in range(1, first.parts + 1)]
    assert "".join(text[slice(*part.span)] for part in parts) == text
    assert all(part.span[1] - part.span[0] <= texts.AT_ONCE + 2 for part in parts)
    for place in (0, len(text) // 2, max(0, len(text) - 1)):
        part = texts.part_of(text, 1, place)
        assert part.span[0] <= place <= part.span[1]
    shown = texts.paragraphs_of(record(text), parts[-1], [], texts.Paper((), ()))
    assert sum(len(p.text) for each in shown for p in each.pieces) <= texts.AT_ONCE + 2


def test_pages_of_paper_begin_where_their_first_line_does():
    layout = [{"start": s, "end": s + 5, "page": p} for s, p in ((0, 1), (6, 1), (12, 2), (18, 4))]
    paper = texts.Paper.of(layout)
    assert [paper.page_at(place) for place in (0, 11, 12, 17, 18, 99)] == [1, 1, 2, 2, 4, 4]
    part = texts.Part(1, 1, (0, 23))
    shown = texts.paragraphs_of(record("aaaaa bbbbb ccccc ddddd"), part, [], paper)
    assert [(p.start, p.page) for p in shown[0].pieces] == [(0, 1), (12, 2), (18, 4)]
    assert texts.Paper.of([]).page_at(3) is None


def test_what_cannot_be_seen_is_named_and_keeps_its_place():
    found = list(runs("a\r\nb\u202ec\td", 10))
    assert [(r.start, r.end, r.shown, r.strange) for r in found] == [
        (10, 11, "a", False),
        (11, 13, "\n", True),
        (13, 14, "b", False),
        (14, 15, "⟨U+202E⟩", True),
        (15, 18, "c\td", False),
    ]


def test_a_claim_is_decided_on_and_one_is_back_at_it(visitor, opened, report):
    claim = next(c for c in report.claims if c.kind == "allegation")
    page = visitor.get(f"/documents/{report.document.id}").text
    card = page.partition(f'id="{claim.id}"')[2].partition("</li>")[0]
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', card.replace("&amp;", "&")))
    before = opened.status().entries
    answer = visitor.post("/claims/review", data={**sent, "state": "accepted"})
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/documents/{report.document.id}#{claim.id}"
    told = shown(visitor, report)
    decided = {c["id"]: c["reviewed"]["state"] for c in told["claims"] if "reviewed" in c}
    assert decided == {claim.id: "accepted"}
    assert told["open"] == told["total"] - 1
    assert claim.id not in {c["id"] for c in shown(visitor, report, open=1)["claims"]}
    opened.undo(opened.reviews(report.document.id)[-1].seq)
    opened.review(f"{report.document.id}|{claim.id}", "rejected", why="the words are another's")
    told = shown(visitor, report)
    assert claim.id not in {c["id"] for c in told["claims"]}
    assert [r["why"] for r in told["rejected"]] == ["the words are another's"]
    opened.undo(opened.reviews(report.document.id)[-1].seq)
    assert opened.status().entries == before + 4
    assert shown(visitor, report)["open"] == told["total"] + 1


def test_a_document_of_another_case_is_not_found(visitor, tmp_path):
    with Case.create(tmp_path / "other") as other:
        (tmp_path / "a.txt").write_text("The guard denied it, said Mira Solan.")
        other.add([tmp_path / "a.txt"])
        stranger = other.documents()[0].id
    for path in ("", "/original", "/pages/1.png"):
        assert visitor.get(f"/documents/{stranger}{path}").status_code == 404


def test_a_text_can_be_read_before_anything_is_extracted(tmp_path):
    (tmp_path / "a.txt").write_text("The guard denied it, said Mira Solan.")
    with Case.create(tmp_path / "case") as case:
        case.add([tmp_path / "a.txt"])
        document = case.documents()[0].id
        with case._session.writing() as writer, writer.connection.begin():
            for table in (*reversed(DERIVED), RECORDS):
                writer.connection.execute(delete(table))
        asked = PAGE.asked({"document": document})
        asked.services = Services(Access())
        shown = PAGE.view(case, asked)
    assert shown.note == "Nothing was extracted from it yet."
    assert "".join(p.text for each in shown.paragraphs for p in each.pieces).endswith("Mira Solan.")
    assert not shown.claims
