"""Every page as JSON, as the API's own documentation says it is."""

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.web.registry import ACTIONS, FILES, PAGES


def address(page, known):
    return "/api" + ("/case" if page.path == "/" else page.path.format(**known))


def test_every_page_is_what_the_documentation_says(visitor, known):
    described = visitor.get("/api").json()
    for page in PAGES:
        found = visitor.get(address(page, known))
        assert found.status_code == 200, (page.path, found.text)
        told = described["paths"]["/api/case" if page.path == "/" else f"/api{page.path}"]["get"]
        schema = told["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(found.json(), schema | {"components": described["components"]})
        shown = visitor.get("/" if page.path == "/" else page.path.format(**known))
        assert shown.status_code == 200


def test_the_document_describes_all_there_is(visitor):
    paths = visitor.get("/api").json()["paths"]
    operations = [each for path in paths.values() for each in path.values()]
    assert len(operations) == len(PAGES) + len(ACTIONS) + len(FILES)
    assert all(each["summary"] for each in operations)


STRANGE = st.text(max_size=40) | st.integers().map(str) | st.just("\x00") | st.just("%00/../..")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@given(st.data())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_request_is_a_fault_of_ours(visitor, page, data):
    inside = [each.name for each in page.parameters if f"{{{each.name}}}" in page.path]
    asked = {each.name: data.draw(STRANGE) for each in page.parameters if each.name not in inside}
    path = page.path
    for name in inside:
        path = path.replace(
            f"{{{name}}}", data.draw(st.sampled_from(["a|b", "sha256:0000", "é", "x:y"]))
        )
    answer = visitor.get(f"/api{path}" if path != "/" else "/api/case", params=asked)
    assert answer.status_code in (200, 400, 404, 422), answer.text


def test_a_judgement_goes_through_and_comes_back(visitor, opened):
    page = visitor.get("/review").text
    token = page.partition('name="token" value="')[2].partition('"')[0]
    headers = {"x-onrecord-token": token}
    shown = visitor.get("/api/review").json()
    sides = {side: shown[side]["key"] for side in ("left", "right")}
    done = visitor.post(
        "/api/judge",
        json=sides | {"verdict": "different", "why": "other villages"},
        headers=headers,
    )
    assert done.status_code == 200, done.text
    judged = opened.judgements()
    assert [(d.verdict, d.why) for d in judged] == [("different", "other villages")]
    after = visitor.get("/api/review").json()
    assert (after["left"]["key"], after["right"]["key"]) != (sides["left"], sides["right"])
    assert (
        visitor.post("/api/undo", json={"entry": judged[0].seq}, headers=headers).status_code == 200
    )
    assert not opened.judgements()
    assert visitor.get("/api/review").json()["total"] == shown["total"]


def test_what_is_no_judgement_is_refused(visitor, opened):
    token = visitor.get("/review").text.partition('name="token" value="')[2].partition('"')[0]
    headers = {"x-onrecord-token": token}
    before = opened.status().head
    for body in ({}, {"left": "a", "right": "b", "verdict": "maybe"}, {"left": "a", "right": "b"}):
        assert visitor.post("/api/judge", json=body, headers=headers).status_code in (400, 404, 422)
    assert visitor.post("/api/judge", json=[], headers=headers).status_code == 400
    assert visitor.post("/api/undo", json={"entry": 1}, headers=headers).status_code == 404
    assert opened.status().head == before


def test_whatever_is_confidential_can_be_taken_back_from_the_log(visitor, opened):
    document = opened.documents()[0].id
    entry = opened.confide(document, "restricted", why="shared in trust")
    page = visitor.get("/log").text
    try:
        assert f"entry {entry.seq}</span></button>" in page
        assert "restricted  shared in trust" in page
    finally:
        opened.undo(entry.seq)
