"""What every answer says to the browser, and which requests get no answer at all."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.page import MOST_BODY

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""No inline script, no inline style, no other host, no frame around it."""

ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
}
SECURE = {"strict-transport-security": "max-age=31536000; includeSubDomains"}
"""Where the workbench is reached by TLS, browsers come back by nothing else."""


class Guard:
    """Adds the headers to every answer; refuses strange hosts and bodies that are too large.

    A page of another site can make a browser send requests here under a host name of its own
    (DNS rebinding). Only `hosts`, each with its port, are answered. `larger` says for some paths
    how many bytes a body may have there. With `secure` browsers are told to come by TLS only.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: tuple[str, ...],
        larger: Mapping[str, int] | None = None,
        *,
        secure: bool = False,
    ) -> None:
        self._app, self._hosts, self._larger = app, frozenset(hosts), larger or {}
        self._always = ALWAYS | SECURE if secure else ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    answer.setdefault(name, value)
                _say_charset(answer)
                if scope["path"].startswith("/api"):
                    answer.setdefault("content-disposition", 'attachment; filename="api.json"')
            await send(message)

        if told.get("host", "") not in self._hosts:
            refusal = PlainTextResponse("This name is not served here.\n", 421)
            await refusal(scope, receive, sending)
            return
        length = told.get("content-length", "0")
        most = self._larger.get(scope["path"], MOST_BODY)
        if "transfer-encoding" in told or not length.isdigit() or int(length) > most:
            await PlainTextResponse("Too much was sent.\n", 413)(scope, receive, sending)
            return
        await self._app(scope, receive, sending)


def _say_charset(answer: MutableHeaders) -> None:
    """Every text says that it is UTF-8, drawings and other XML too."""
    kind = answer.get("content-type", "")
    if kind.endswith(("+xml", "/xml")):
        answer["content-type"] = f"{kind}; charset=utf-8"
