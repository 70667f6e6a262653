"""The last look at what goes to somebody without sight of the protected.

Each answer, whatever route made it, is searched by the door's own finder before any of it is sent.
It knows nothing of pages. What the person typed is no find where an answer repeats it: to hold such
an answer back would tell them that they guessed a name.
"""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_plus

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import NotShown, Unsearchable
from onrecord.products.door.finding import Names
from onrecord.products.door.folding import folded
from onrecord.products.door.sweep import leaks_in
from onrecord.products.door.undoing import texts, undone

TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
"""Types of answers that are read as text."""
_MOST_TYPED = 1 << 16
"""Bytes of a body that may be words somebody typed."""
_FAR_APART = "\n||||||\n"
HELD_BACK = (
    "This answer was held back: it would have shown somebody who is protected.",
    "a page of the workbench did not take a name out that it should have",
    "tell whoever keeps this case; the workbench's own log says which page it was",
)


@dataclass(slots=True)
class _Answer:
    """What an application sent, in whole; and what was sent to it, as far as it may be words."""

    begun: Message = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    sent: bytearray = field(default_factory=bytearray)


class Sweeping:
    """Searches the answers to those whom `kept_from` gives names for; to all others sends them on.

    `kept_from` gets a request's scope, and gives a function that gives the names that must not
    appear, or None for somebody who may see all.
    """

    def __init__(
        self, app: ASGIApp, kept_from: Callable[[Scope], Callable[[], Names] | None]
    ) -> None:
        self._app, self._kept_from = app, kept_from

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        kept = self._kept_from(scope) if scope["type"] == "http" else None
        if kept is None:
            await self._app(scope, receive, send)
            return
        try:
            await run_in_threadpool(kept)
        except NotShown as error:
            await _plain(scope, (error.what, error.why, error.todo), 503)(scope, receive, send)
            return
        answer = _Answer()

        async def receiving() -> Message:
            message = await receive()
            if message["type"] == "http.request" and len(answer.sent) < _MOST_TYPED:
                answer.sent += message.get("body", b"")
            return message

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.begun = message
            elif message["type"] == "http.response.body":
                answer.body += message.get("body", b"")

        await self._app(scope, receiving, sending)
        if await run_in_threadpool(_shows, scope, answer, kept):
            route = getattr(scope.get("route"), "path", "an address that leads nowhere")
            logging.getLogger(__name__).error(
                "an answer of %s was held back: it would have shown a protected name", route
            )
            await _plain(scope, HELD_BACK, 500)(scope, receive, send)
            return
        await send(answer.begun)
        await send({"type": "http.response.body", "body": bytes(answer.body)})


def _plain(scope: Scope, said: tuple[str, str, str], status: int) -> Response:
    """An answer with nothing of the case in it."""
    if scope["path"].startswith("/api"):
        return JSONResponse(dict(zip(("error", "why", "todo"), said, strict=True)), status)
    return PlainTextResponse("\n".join(said) + "\n", status)


def _shows(scope: Scope, answer: _Answer, kept: Callable[[], Names]) -> bool:
    """Whether an answer shows a protected name that the request did not itself hold."""
    names = kept()
    if not names:
        return False
    headers = Headers(raw=answer.begun["headers"])
    told = _FAR_APART.join(value for _, value in headers.items())
    kind = headers.get("content-type", "")
    body = bytes(answer.body)
    if not kind.startswith(TEXTS):
        return _finds(names, (told, unquote(told)), ()) or _holds(names, body)
    said = [told.encode() + _FAR_APART.encode() + body]
    if kind.startswith("application/json"):
        said += [each.encode("utf-8", "surrogatepass") for each in joined(body)]
    if not any(_holds(names, each) for each in said):
        return False
    typed = {
        letters for words in _typed(scope, bytes(answer.sent)) for letters in _spelled(names, words)
    }
    return any(_finds(names, texts(each, names.scripts), typed) for each in said)


def _holds(names: Names, data: bytes) -> bool:
    """Whether some bytes hold a protected name; also if that cannot be told."""
    try:
        # What is unpacked and too large for memory lies in a file that has no name.
        return leaks_in(data, names, Path(tempfile.gettempdir()))
    except Unsearchable:
        return True


def _finds(names: Names, said: Iterable[str], typed: Collection[str]) -> bool:
    return any(letters not in typed for text in said for letters in _spelled(names, text))


def _spelled(names: Names, text: str) -> Iterator[str]:
    """The letters of each protected name in a text, as it spells it."""
    for one in names.find(text):
        written = text[one.start : one.end]
        *_, plain = (written, *undone(written))
        yield folded(plain)


def joined(body: bytes) -> Iterator[str]:
    """What the strings of some JSON say that stand in a row: a text may be cut into pieces."""
    try:
        yield from _joined(json.loads(body))
    except ValueError:
        return


def _joined(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _joined(part)
    elif isinstance(value, list):
        rows = [part for part in value if isinstance(part, dict)]
        for name in dict.fromkeys(name for row in rows for name in row):
            words = [row[name] for row in rows if isinstance(row.get(name), str)]
            yield "".join(words)
        yield "".join(part for part in value if isinstance(part, str))
        for part in value:
            yield from _joined(part)


def _typed(scope: Scope, sent: bytes) -> Iterator[str]:
    """The words in a request: its address with what it asks, and what a form or JSON sent."""
    path = scope["path"]
    yield path
    yield from (unquote(part) for part in path.split("/"))
    query = scope.get("query_string", b"").decode("latin-1")
    yield from _values(query)
    said = sent.decode("utf-8", "replace")
    yield from _values(said)
    yield unquote_plus(said)
    try:
        yield from _strings(json.loads(said))
    except ValueError:
        return


def _values(query: str) -> Iterator[str]:
    for name, value in parse_qsl(query, keep_blank_values=True):
        yield name
        yield value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from _strings(part)
