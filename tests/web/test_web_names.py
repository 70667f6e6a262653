"""What stands on the page of a name, and how two are joined and one is parted there."""

import re
import threading

import httpx
import pytest

from onrecord.case import Case
from onrecord.web.registry import PAGES
from onrecord.web.serving import serve
from onrecord.web.views.parts import PARTS

WITH_BOTH = "Davit Oranesh"


@pytest.fixture
def who(visitor):
    """The group of a name."""

    def find(name):
        found = visitor.get("/api/names", params={"q": name}).json()["names"]
        return next(one["canonical"] for one in found if one["name"] == name)

    return find


@pytest.fixture
def post(visitor):
    """Sends a form of a page."""

    def send(path, page="/review", **values):
        token = re.search(r'name="token" value="([^"]+)"', visitor.get(page).text)[1]
        return visitor.post(path, data={"token": token, **values})

    return send


def test_a_page_says_on_whose_word_each_line_stands(visitor, who):
    shown = visitor.get(f"/api/names/{who(WITH_BOTH)}").json()
    assert shown["read"] == shown["documents"] > 1
    assert WITH_BOTH in [one["name"] for one in shown["spellings"]]
    told = [line for s in shown["product"]["sections"] for line in s["lines"]]
    carrying = [line for line in told if line["kind"] in ("claim", "relation", "demand")]
    assert carrying
    assert all(line["steps"] and line["notes"] for line in carrying)


def test_every_part_holds_as_many_as_the_page_counts(visitor, who):
    name = who(WITH_BOTH)
    shown = visitor.get(f"/api/names/{name}").json()
    assert {one["part"] for one in shown["parts"]} <= set(PARTS)
    for one in shown["parts"]:
        found, page = [], 1
        while True:
            asked = {"part": one["part"], "page": page}
            part = visitor.get(f"/api/names/{name}/said", params=asked).json()
            found += part["product"]["sections"][0]["lines"]
            if page == part["pages"]:
                break
            page += 1
        assert len(found) == part["total"] == one["number"], one


def test_what_is_no_part_is_refused(visitor, who):
    asked = {"part": "guilt"}
    answer = visitor.get(f"/api/names/{who(WITH_BOTH)}/said", params=asked)
    assert answer.status_code == 400
    assert "against" in answer.json()["todo"]


def test_the_key_of_one_entity_leads_to_its_group(visitor, who):
    name = who(WITH_BOTH)
    members = visitor.get(f"/api/names/{name}/members").json()["members"]
    shown = visitor.get(f"/api/names/{members[0]['key']}").json()
    assert shown["canonical"] == name
    assert visitor.get("/api/names/cluster:none").status_code == 404


def test_one_is_parted_from_the_others_and_put_back(visitor, who, post, opened):
    name = who(WITH_BOTH)
    members = visitor.get(f"/api/names/{name}/members").json()["members"]
    one = members[-1]["key"]
    answer = post("/split", key=one, why="another of that name")
    there = answer.headers["location"]
    assert answer.status_code == 303
    parted = visitor.get(f"/api{there}").json()
    assert parted["documents"] == 1
    assert parted["done"]["holds"]
    assert parted["done"]["verdict"] == "different"
    others = visitor.get(f"/api/names/{members[0]['key']}").json()
    assert others["canonical"] != parted["canonical"]
    assert others["documents"] == len({m["document"] for m in members}) - 1
    assert "They are 2 from now on" in visitor.get(there).text
    back = post("/takeback", entries=parted["done"]["entries"], who=one)
    again = visitor.get(f"/api{back.headers['location']}").json()
    assert again["canonical"] == name
    assert again["done"]["undone"]
    assert not opened.judgements()


def test_two_are_joined_from_the_page_and_parted_again(visitor, who, post, opened):
    left = who(WITH_BOTH)
    found = visitor.get(f"/api/names/{left}/same", params={"q": "a"}).json()["found"]
    right = found[0]["canonical"]
    page = visitor.get(f"/api/names/{left}/same", params={"other": right}).json()
    sides = page["compared"]
    assert not sides["one"]
    assert sides["names"]
    assert sides["left"]["passages"]
    assert sides["right"]["passages"]
    keys = {side: sides[side]["key"] for side in ("left", "right")}
    answer = post("/same", verdict="same", why="the same office", **keys)
    joined = visitor.get(f"/api{answer.headers['location']}").json()
    assert joined["done"]["holds"]
    assert {pair.verdict for pair in opened.judgements()} == {"same"}
    assert visitor.get(f"/api/names/{right}/same", params={"other": left}).status_code in (200, 404)
    post("/takeback", entries=joined["done"]["entries"], who=left)
    assert (
        visitor.get(f"/api/names/{left}").json()["documents"]
        == page["compared"]["left"]["documents"]
    )


def test_nobody_is_parted_from_nobody(visitor, post, opened):
    alone = visitor.get("/api/names", params={"page": 1}).json()["names"][-1]["canonical"]
    member = visitor.get(f"/api/names/{alone}/members").json()["members"][0]["key"]
    before = opened.status().head
    assert post("/split", key=member).status_code in (303, 404)
    if opened.status().head != before:
        pytest.fail("somebody who stands alone was judged")
    assert post("/takeback", entries="none").status_code == 400


def test_pages_of_names_are_in_the_navigation(visitor, who):
    names = {page.name for page in PAGES}
    assert {"said", "members_of", "same"} <= names
    for page in ("", "/members", "/same"):
        shown = visitor.get(f"/names/{who(WITH_BOTH)}{page}").text
        assert 'aria-current="true"' in shown


def test_what_a_reviewer_rejected_is_laid_to_nobody(visitor, who, opened):
    name = who(WITH_BOTH)
    path, asked = f"/api/names/{name}/said", {"part": "by"}
    before = visitor.get(path, params=asked).json()
    note = before["product"]["notes"][0]
    keys = [
        f"{record.document.id}|{claim.id}"
        for record in opened.records()
        for claim in record.claims
        if record.document.id == note["document"]
        and claim.content[0][0] == note["citations"][0]["start"]
    ]
    entry = opened.review(keys[0], "rejected", why="misread")
    try:
        after = visitor.get(path, params=asked).json()
        assert after["total"] == before["total"] - 1
        assert len(after["product"]["sections"][0]["lines"]) == min(after["total"], after["last"])
    finally:
        opened.undo(entry.seq)
    assert visitor.get(path, params=asked).json()["total"] == before["total"]


def test_somebody_of_a_case_that_was_never_resolved_has_a_page(tmp_path, opened):
    reports = [d for d in opened.documents() if d.title][:2]
    with Case.create(tmp_path / "case") as case:
        files = []
        for number, report in enumerate(reports):
            files.append(tmp_path / f"{number}.txt")
            files[-1].write_text(opened.record(report.id).text)
        case.add(files)
        with case.browse() as state:
            first = state.named(("Person", "Organization"), "", 0, 1)[0][0]
        server = serve(case)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            with httpx.Client(base_url=server.base, timeout=60) as client:
                client.get("/open", params={"key": server.services.access.invite()})
                page = client.get(f"/names/{first.canonical}")
                assert page.status_code == 200
                assert "Work it out anew" in page.text
                assert first.name in page.text
                for path in ("/events", "/chronology", "/demands", "/engagements", "/", "/log"):
                    assert client.get(path).status_code == 200
                for kind in ("timeline", "map", "network"):
                    assert client.get(f"/pictures/{kind}.svg").text.startswith("<svg")
        finally:
            server.stop()
            thread.join()
