"""The doors of the workbench: a one-time link, sign-in, second factor, invitation, and out again.

What they answer to whoever is not in tells nothing of the case, and is the same, in the same time,
whether a name is a member's or nobody's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from onrecord.errors import OnrecordError
from onrecord.web.access import COOKIE, HALF_LASTS, LASTS, SECURE_COOKIE, Visit, is_from_here
from onrecord.web.accounts import Accounts
from onrecord.web.credentials import MOST as MOST_PASSWORD
from onrecord.web.credentials import WeakPassword, folded
from onrecord.web.journal import called
from onrecord.web.members import LONGEST_NAME, Member, Membership
from onrecord.web.page import NotAllowed
from onrecord.web.rates import TooOften
from onrecord.web.receiving import given
from onrecord.web.services import Services
from onrecord.web.visitor import OWNER

Fill = Callable[..., str]
"""Fills a template that belongs to no page: its name, its title, whose session, and its values."""
_VISIT = "onrecord.visit"
"""Where a request keeps whose session it is."""
_WRONG = "That is not a name and password that belong together."
_WRONG_CODE = "That code is not right, is over, or was used before."


@dataclass(frozen=True, slots=True)
class Doors:
    """The routes by which somebody comes in and goes out. With `secure` all goes over TLS."""

    services: Services
    secure: bool
    fill: Fill
    case: str

    @property
    def cookie(self) -> str:
        """What the cookie of a session is called."""
        return SECURE_COOKIE if self.secure else COOKIE

    @property
    def team(self) -> bool:
        """Whether there is anybody who could sign in."""
        accounts = self.services.accounts
        return accounts is not None and accounts.members.exist

    def routes(self) -> list[Route]:
        """Every door."""
        return [
            Route("/open", self.open),
            Route("/sign-in", self.sign_in_page),
            Route("/sign-in", self._guarded(self.sign_in), methods=["POST"]),
            Route("/api/sign-in", self._guarded(self.sign_in_as_data), methods=["POST"]),
            Route("/second-factor", self.second_factor_page),
            Route("/second-factor", self._guarded(self.second_factor), methods=["POST"]),
            Route("/join", self.join_page),
            Route("/join", self._guarded(self.join), methods=["POST"]),
            Route("/leave", self.leave, methods=["POST"]),
        ]

    def visit(self, request: Request) -> Visit | None:
        """The session of a request, looked up once, however many ask."""
        if _VISIT not in request.scope:
            cookie = request.cookies.get(self.cookie)
            request.scope[_VISIT] = self.services.access.visit(cookie)
        visit: Visit | None = request.scope[_VISIT]
        return visit

    def closed(self, request: Request) -> Response | None:
        """The form to sign in, for somebody without a session; None where nobody can sign in."""
        if not self.team or request.url.path.startswith("/api"):
            return None
        wanted = request.url.path if request.method == "GET" else "/"
        if wanted == "/open":
            wanted = "/"
        return self._form("sign_in", "Sign in", 401, next=wanted)

    async def open(self, request: Request) -> Response:
        """Open a session with a one-time link."""
        key = request.query_params.get("key", "")
        visit = self.services.access.enter(key, **_whence(request))
        if visit is None:
            raise HTTPException(401)
        self.services.journal.note("signed in", called(OWNER), "one-time link", _address(request))
        return self._in(RedirectResponse("/", 303), visit)

    async def sign_in_page(self, request: Request) -> Response:
        """Ask for name and password."""
        return self._form("sign_in", "Sign in", 200, next=_local(request.query_params.get("next")))

    async def sign_in(self, request: Request, told: Mapping[str, str]) -> Response:
        """Take name and password; ask for a code where the member has a second factor."""
        wanted = _local(told.get("next"))
        member = await run_in_threadpool(self._known, request, told)
        if member is None:
            return self._form("sign_in", "Sign in", 401, next=wanted, trouble=_WRONG)
        if member.second_factor:
            half = self.services.access.halfway(member)
            answer = RedirectResponse(f"/second-factor?next={wanted}", 303)
            return self._with_cookie(answer, half, HALF_LASTS)
        return self._in(RedirectResponse(wanted, 303), self._admitted(request, member))

    async def sign_in_as_data(self, request: Request, told: Mapping[str, str]) -> Response:
        """As `sign_in`, for a program: name, password and, where it is asked for, a code."""
        member = await run_in_threadpool(self._known, request, told)
        if member is not None and member.second_factor:
            right = await run_in_threadpool(self._right, request, member, told.get("code", ""))
            member = member if right else None
        if member is None:
            return JSONResponse({"error": _WRONG, "why": "or the code is wrong", "todo": ""}, 401)
        visit = self._admitted(request, member)
        return self._in(JSONResponse({"next": "/", "token": visit.token}), visit)

    async def second_factor_page(self, request: Request) -> Response:
        """Ask for a code."""
        if self.services.access.waiting(request.cookies.get(self.cookie)) is None:
            return RedirectResponse("/sign-in", 303)
        wanted = _local(request.query_params.get("next"))
        return self._form("second_factor", "Second factor", 200, next=wanted)

    async def second_factor(self, request: Request, told: Mapping[str, str]) -> Response:
        """Take a code; five tries, then the password is asked for again."""
        half, wanted = request.cookies.get(self.cookie), _local(told.get("next"))
        member = self.services.access.waiting(half, tries=True)
        if member is None:
            return self._form("sign_in", "Sign in", 401, next=wanted, trouble=_WRONG_CODE)
        if not await run_in_threadpool(self._right, request, member, told.get("code", "")):
            return self._form(
                "second_factor", "Second factor", 401, next=wanted, trouble=_WRONG_CODE
            )
        self.services.access.passed(half)
        return self._in(RedirectResponse(wanted, 303), self._admitted(request, member))

    async def join_page(self, request: Request) -> Response:
        """Show an invitation. To look at it does not open it: programs look at links too."""
        key = request.query_params.get("key", "")
        member = await run_in_threadpool(self._invited, request, key)
        return self._joining(key, member, 200 if member else 404)

    async def join(self, request: Request, told: Mapping[str, str]) -> Response:
        """Open an invitation with a password of one's own, and come in."""
        key, password = told.get("key", ""), told.get("password", "")
        member = await run_in_threadpool(self._invited, request, key)
        if member is None:
            return self._joining(key, None, 404)
        if password != told.get("again", ""):
            return self._joining(key, member, 422, "The two passwords are not the same.")
        try:
            joined = await run_in_threadpool(self._accounts.members.join, key, password)
        except WeakPassword as error:
            return self._joining(key, member, 422, f"{error.what}: {error.why}. {error.todo}")
        except Membership:
            return self._joining(key, None, 404)
        return self._in(RedirectResponse("/", 303), self._admitted(request, joined))

    async def leave(self, request: Request) -> Response:
        """End the session."""
        visit = self.visit(request)
        told, token, _ = await given(request, as_data=False)
        del told
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if visit and visit.token == token and is_from_here(site, origin, request.headers["host"]):
            self.services.access.leave(visit)
            self.services.presence.gone(visit.visitor.name)
            self.services.journal.note("signed out", called(visit.visitor))
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(
            self.cookie, httponly=True, samesite="strict", secure=self.secure, path="/"
        )
        answer.headers["clear-site-data"] = '"cache", "storage"'
        return answer

    @property
    def _accounts(self) -> Accounts:
        if self.services.accounts is None:
            raise HTTPException(404)
        return self.services.accounts

    def _guarded(self, do: Callable[..., Any]) -> Callable[[Request], Any]:
        """A route that takes a form from somebody who has no session, so no token either."""

        async def take(request: Request) -> Response:
            site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
            if not is_from_here(site, origin, request.headers["host"]):
                raise HTTPException(403, "It was not sent by a page of this workbench.")
            as_data = request.url.path.startswith("/api")
            try:
                told, _, _ = await given(request, as_data)
                answer: Response = await do(request, told)
            except OnrecordError as error:
                return self._refused(error, as_data)
            return answer

        return take

    def _refused(self, error: OnrecordError, as_data: bool) -> Response:
        told = {"error": error.what, "why": error.why, "todo": error.todo}
        status = 429 if isinstance(error, TooOften) else 422
        later = {"retry-after": str(error.after)} if isinstance(error, TooOften) else {}
        if as_data:
            return JSONResponse(told, status, later)
        shown = self.fill("trouble.html.j2", "Not done", None, view=told)
        return HTMLResponse(shown, status, later)

    def _known(self, request: Request, told: Mapping[str, str]) -> Member | None:
        """The member of a name and password. Raises `TooOften`."""
        name, password = told.get("name", ""), told.get("password", "")
        rates, address = self.services.rates, _address(request)
        rates.take("sign-in, address", address)
        if len(name) > LONGEST_NAME or len(password) > 2 * MOST_PASSWORD:
            name, password = "", ""
        rates.take("sign-in, account from an address", f"{address} {folded(name)}")
        rates.take("sign-in, account", folded(name))
        member = self._accounts.with_password(name, password)
        if member is None:
            known = self._accounts.members.find(name)
            who = known.name if known else ""
            self.services.journal.note("sign-in refused", who, "password", address)
        return member

    def _right(self, request: Request, member: Member, code: str) -> bool:
        """Whether a member's code is right. Raises `TooOften`."""
        self.services.rates.take("code, account", folded(member.name))
        right = len(code) <= 100 and self._accounts.with_code(member.name, code)
        if not right:
            self.services.journal.note("sign-in refused", member.name, "code", _address(request))
        return right

    def _invited(self, request: Request, key: str) -> Member | None:
        try:
            self.services.rates.take("invitation, address", _address(request))
        except TooOften as error:
            raise HTTPException(429, error.todo, {"retry-after": str(error.after)}) from error
        return self._accounts.members.invited(key) if len(key) <= 100 else None

    def _admitted(self, request: Request, member: Member) -> Visit:
        """A session, and a word in the journal; what was tried before counts no more."""
        name, rates = folded(member.name), self.services.rates
        rates.forget("sign-in, account from an address", f"{_address(request)} {name}")
        for kind in ("sign-in, account", "code, account"):
            rates.forget(kind, name)
        self.services.journal.note("signed in", member.name, "", _address(request))
        before = self.visit(request)
        if before is not None:
            self.services.access.leave(before)
        return self.services.access.admit(member, **_whence(request))

    def _joining(self, key: str, member: Member | None, status: int, trouble: str = "") -> Response:
        told = {"key": key, "member": member, "trouble": trouble}
        return self._form("join", "Invitation", status, case=self.case if member else "", **told)

    def _form(self, template: str, title: str, status: int, **view: Any) -> Response:
        shown = self.fill(f"{template}.html.j2", title, None, view={"trouble": "", **view})
        return HTMLResponse(shown, status)

    def _in(self, answer: Response, visit: Visit) -> Response:
        return self._with_cookie(answer, visit.id, LASTS)

    def _with_cookie(self, answer: Response, value: str, lasts: int) -> Response:
        answer.set_cookie(
            self.cookie,
            value,
            max_age=lasts,
            path="/",
            httponly=True,
            samesite="strict",
            secure=self.secure,
        )
        return answer


def detour(request: Request, visit: Visit) -> Response | None:
    """Lead a member who has yet to set up a second factor to where it is set up.

    Raises `NotAllowed` where they want to do, or read as data, anything else.
    """
    if not visit.must or request.url.path.removeprefix("/api").startswith("/account"):
        return None
    if request.method == "GET" and not request.url.path.startswith("/api"):
        return RedirectResponse("/account", 303)
    raise NotAllowed(
        "set up your second factor first",
        why="everybody in this case needs one",
        todo="open My account, /account",
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _whence(request: Request) -> dict[str, str]:
    return {"address": _address(request), "agent": request.headers.get("user-agent", "")}


def _local(path: str | None) -> str:
    """An address of this workbench, and of no other, to go on to."""
    told = path or "/"
    plain = told.startswith("/") and told[1:2] not in ("/", "\\") and told.isprintable()
    return told if plain and len(told) < 2000 else "/"
