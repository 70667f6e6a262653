"""Who may come in, and what every answer says to the browser."""

import re

import pytest

from onrecord.web.access import COOKIE, LASTS, Access
from onrecord.web.headers import ALWAYS, MOST_BODY
from onrecord.web.registry import ACTIONS, PAGES

PATHS = [page.path.replace("{", "").replace("}", "") for page in PAGES]
DONE = [action.path for action in ACTIONS]


def token_on(client, path="/review"):
    return re.search(r'name="token" value="([^"]+)"', client.get(path).text)[1]


def test_a_link_opens_once(stranger, access):
    key = access.invite()
    answer = stranger.get("/open", params={"key": key})
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert key not in cookie
    stranger.cookies.clear()
    assert stranger.get("/open", params={"key": key}).status_code == 401
    assert stranger.get("/").status_code == 401


@pytest.mark.parametrize("key", ["", "0", "ä", "x" * 5000])
def test_a_wrong_key_opens_nothing(stranger, access, key):
    access.invite()
    assert stranger.get("/open", params={"key": key}).status_code == 401


@pytest.mark.parametrize("path", [*PATHS, *(f"/api{path}" for path in PATHS), "/api"])
def test_without_a_session_every_page_is_closed(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 401 or (path == "/api/" and answer.status_code in (307, 401))
    assert "The river case" not in answer.text.replace("<title>", "") or path[:4] != "/api"


@pytest.mark.parametrize("path", [*DONE, *(f"/api{path}" for path in DONE)])
def test_without_a_session_nothing_is_done(stranger, opened, path):
    before = opened.status().head
    assert stranger.post(path).status_code == 401
    assert opened.status().head == before


@pytest.mark.parametrize("path", DONE)
@pytest.mark.parametrize(
    "headers",
    [{}, {"sec-fetch-site": "cross-site"}, {"origin": "http://elsewhere.example"}],
    ids=["no token", "other site", "other origin"],
)
def test_what_another_site_sends_is_refused(visitor, opened, path, headers):
    token = token_on(visitor) if headers else ""
    before = opened.status().head
    assert visitor.post(path, data={"token": token}, headers=headers).status_code == 403
    assert opened.status().head == before


def test_a_strange_host_is_not_served(stranger):
    assert stranger.get("/", headers={"host": "elsewhere.example"}).status_code == 421


def test_a_large_body_is_refused(visitor):
    assert visitor.post("/judge", content=b"x" * (MOST_BODY + 1)).status_code == 413


@pytest.mark.parametrize("path", [*PATHS, "/api/case", "/nothing", "/static/workbench.js"])
def test_every_answer_carries_the_headers(visitor, path):
    answer = visitor.get(path)
    for name, value in ALWAYS.items():
        if not (name == "cache-control" and path.startswith("/static")):
            assert answer.headers[name] == value
    assert "server" not in answer.headers


def test_pages_hold_no_inline_script_or_style(visitor):
    for path in PATHS:
        body = visitor.get(path).text
        assert not re.search(
            r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", body
        )
        assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", body)


def test_a_session_ends():
    now = [0.0]
    access = Access(clock=lambda: now[0])
    visit = access.enter(access.invite())
    assert access.visit(visit.id) == visit
    now[0] = LASTS
    assert access.visit(visit.id) is None


def test_leaving_ends_the_session(visitor):
    cookie = visitor.cookies[COOKIE]
    visitor.post("/leave", data={"token": token_on(visitor)})
    visitor.cookies.set(COOKIE, cookie)
    assert visitor.get("/").status_code == 401


def test_an_address_that_leads_nowhere_says_so(visitor):
    assert visitor.get("/nothing").status_code == 404
    assert visitor.get("/documents/sha256:beef").status_code == 404
    assert visitor.get("/api/events/event:none").json()["todo"]
    assert visitor.get("/documents?page=minus").status_code == 400
    assert visitor.request("DELETE", "/log").status_code == 405


@pytest.mark.parametrize("path", ["/", "/api/case", "/nothing", "/api/nothing", "/static/mark.svg"])
def test_every_text_says_its_characters_and_data_is_a_file(visitor, path):
    answer = visitor.get(path)
    kind = answer.headers["content-type"]
    assert kind == "application/json" or kind.endswith("charset=utf-8")
    kept = answer.headers.get("content-disposition")
    assert (kept == 'attachment; filename="api.json"') == path.startswith("/api")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_no_other_method_is_taken(visitor, method):
    for path in ("/", "/api/case", "/log"):
        assert visitor.request(method, path).status_code == 405


@pytest.mark.parametrize("origin", ["null", "https://elsewhere.example"])
def test_no_other_origin_may_read(visitor, origin):
    answer = visitor.get("/api/case", headers={"origin": origin})
    assert not [name for name in answer.headers if name.startswith("access-control")]
