"""Files that a route gives: bytes with a type and a name, that can do nothing in a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.responses import FileResponse, Response

from onrecord.case import Case
from onrecord.web.page import Asked, Parameter, read
from onrecord.web.visitor import Right

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
"""A policy under which a file, whatever it is, loads nothing, sends nothing and runs nothing."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file for a browser: to be kept under `name`, or with `shown` to be shown by it.

    What is large is a path, and goes out a piece at a time. `policy` holds where it is shown.
    """

    body: bytes | Path
    type: str
    name: str
    shown: bool = False
    policy: str = NOTHING


@dataclass(frozen=True, slots=True)
class File:
    """A route that gives a file. `give` raises what a page's `view` may."""

    path: str
    name: str
    about: str
    give: Callable[[Case, Asked], Given]
    parameters: tuple[Parameter, ...] = ()
    right: Right = "read"

    @property
    def api(self) -> str:
        """The address at which programs get it too."""
        return self.path

    def asked(self, given: Mapping[str, str]) -> Asked:
        """Every parameter's value. Raises `NotAsked`."""
        return read(self.parameters, given)


def answer(given: Given) -> Response:
    """The answer that gives a file."""
    kind = "inline" if given.shown else "attachment"
    plain = given.name.encode("ascii", "replace").decode().translate(_NOT_IN_QUOTES)
    told = {
        "content-security-policy": given.policy,
        "content-disposition": f"{kind}; filename=\"{plain}\"; filename*=UTF-8''"
        + quote(given.name, safe="", errors="replace"),
        "x-frame-options": "SAMEORIGIN",
        "x-dns-prefetch-control": "off",
        # A page of ours that opens it in another window needs no hold on that window; and a file
        # without rights of its own (sandbox) is not shown at all where this is asked for.
        "cross-origin-opener-policy": "unsafe-none",
    }
    if isinstance(given.body, Path):
        return FileResponse(given.body, media_type=given.type, headers=told)
    return Response(given.body, media_type=given.type, headers=told)


_NOT_IN_QUOTES = {ord(c): "_" for c in '"\\/%'} | dict.fromkeys([*range(32), 127], "_")
