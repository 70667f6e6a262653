"""The last look: whatever made an answer, a protected name in it holds it back."""

import asyncio
import gzip
import json
import logging
import unicodedata

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from onrecord.errors import NotShown
from onrecord.products.door.finding import Names
from onrecord.products.door.spelling import Coded
from onrecord.web.sweeping import HELD_BACK, Sweeping

NAME = "Sarela Vostrane"
NAMES = Names((Coded("Person K7Q2", "Person", (NAME, "Сарела Востране")),))
HTML, DATA, SVG = "text/html; charset=utf-8", "application/json", "image/svg+xml"


def asked(answer, path="/page", *, kept=lambda: NAMES, method="GET", **more):
    """What a client gets of an application that gives `answer` at every address."""

    async def give(request):
        await request.body()
        return answer

    routes = [Route("/{path:path}", give, methods=["GET", "POST"])]
    app = Sweeping(Starlette(routes=routes), lambda scope: kept)

    async def ask():
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **more)

    return asyncio.run(ask())


SHOWN = {
    "plain": (f"<p>{NAME}</p>", HTML),
    "upper case": (f"<p>{NAME.upper()}</p>", HTML),
    "family name first": ("<p>Vostrane, Sarela</p>", HTML),
    "marked": ("<p>Sarela <mark>Vostrane</mark></p>", HTML),
    "marked within": ("<p>Sar<mark>ela</mark> Vos<b>tra</b>ne</p>", HTML),
    "entities": ("<p>&#83;arela&nbsp;Vostran&#x65;</p>", HTML),
    "an address": ('<a href="/names?q=Sarela%20Vostrane">x</a>', HTML),
    "an attribute": (f'<img alt="of {NAME}">', HTML),
    "marks of their own": (f"<p>{unicodedata.normalize('NFD', 'Sàrela Vostrané')}</p>", HTML),
    "another script": ("<p>Сарела Востране</p>", HTML),
    "invisible signs": ("<p>Sare\u200bla Vos\u00adtrane</p>", HTML),
    "a title": (f"<title>{NAME}</title>", HTML),
    "JSON": (json.dumps({"a": [{"name": NAME}]}), DATA),
    "escapes": (json.dumps({"a": "".join(f"\\u{ord(c):04x}" for c in NAME)}), DATA),
    "pieces": (
        json.dumps({"p": [{"text": "Sarela ", "found": False}, {"text": "Vostrane"}]}),
        DATA,
    ),
    "a key": (json.dumps({NAME: 1}), DATA),
    "a list of words": (json.dumps(["Sarela", " Vostrane"]), DATA),
    "a drawing": (f"<svg><text>{NAME}</text></svg>", SVG),
    "a script": (f"const a = '{NAME}';", "text/javascript"),
    "words": (NAME, "text/plain"),
    "an archive": (gzip.compress(NAME.encode()), "application/gzip"),
    "bytes": (b"\x00\x01" + NAME.encode("utf-16-le"), "application/octet-stream"),
}


@pytest.mark.parametrize("way", SHOWN)
def test_what_shows_a_name_is_held_back(way, caplog):
    body, kind = SHOWN[way]
    with caplog.at_level(logging.ERROR):
        answer = asked(Response(body, media_type=kind))
    assert (answer.status_code, HELD_BACK[0] in answer.text) == (500, True)
    assert NAME not in answer.text
    assert caplog.messages == [
        "an answer of /{path:path} was held back: it would have shown a protected name"
    ]


@pytest.mark.parametrize(
    "answer",
    [
        RedirectResponse("/names?q=Sarela+Vostrane", 303),
        RedirectResponse(f"/names/{NAME}", 303),
        Response(b"", headers={"content-disposition": f'attachment; filename="{NAME}.pdf"'}),
        Response(b"%PDF", media_type="application/pdf", headers={"x-note": "Vostrane, Sarela"}),
    ],
)
def test_a_name_in_a_header_is_held_back(answer):
    held = asked(answer)
    assert held.status_code == 500
    assert "vostrane" not in str(held.headers).lower()


def test_a_name_cut_over_what_is_sent_piece_by_piece_is_held_back():
    pieces = StreamingResponse(iter([b"<p>Sarela Vos", b"trane</p>"]), media_type=HTML)
    assert asked(pieces).status_code == 500
    data = asked(Response(f"{{'{NAME}'}}", media_type=DATA), "/api/page")
    assert data.json()["error"] == HELD_BACK[0]


def test_what_somebody_typed_is_no_find_where_it_is_repeated():
    echo = Response(f"<p>Nothing answers to “{NAME}”.</p>", media_type=HTML)
    assert asked(echo, params={"q": f"  {NAME}  "}).status_code == 200
    assert asked(echo, f"/names/{NAME}").status_code == 200
    assert asked(echo, method="POST", data={"left": NAME}).status_code == 200
    assert asked(echo, method="POST", json={"left": NAME}).status_code == 200
    quoted = Response(json.dumps({"next": "/search?q=Sarela%20Vostrane"}), media_type=DATA)
    assert asked(quoted, "/api/search", params={"q": NAME}).status_code == 200
    other = Response("<p>Сарела Востране; Vostrane Sarela</p>", media_type=HTML)
    assert asked(other, params={"q": NAME}).status_code == 500
    assert asked(echo, params={"q": "Sarela"}).status_code == 500


def test_all_else_goes_as_it_is():
    page = Response("<p>Tomas Vostrane of Orla</p>", 201, {"x-a": "b"}, media_type=HTML)
    answer = asked(page)
    assert (answer.status_code, answer.headers["x-a"]) == (201, "b")
    assert answer.text == "<p>Tomas Vostrane of Orla</p>"
    shown = Response(f"<p>{NAME}</p>", media_type=HTML)
    assert asked(shown, kept=lambda: Names(())).text == f"<p>{NAME}</p>"
    assert asked(shown, kept=None).text == f"<p>{NAME}</p>"


def test_while_the_case_is_made_ready_nothing_is_asked_of_it():
    def unready():
        raise NotShown.yet()

    answer = asked(Response("never seen"), kept=unready)
    assert (answer.status_code, "made ready" in answer.text) == (503, True)
