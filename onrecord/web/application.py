"""The application: pages and actions behind one door, as HTML and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from onrecord.case import Case
from onrecord.case.seeing import kept_from
from onrecord.errors import CaseLocked, NotFound, NotReleased, NotShown, OnrecordError
from onrecord.model import as_json
from onrecord.products.door.finding import Names
from onrecord.web import giving
from onrecord.web.access import Visit, is_ours
from onrecord.web.doors import Doors, detour
from onrecord.web.giving import File
from onrecord.web.headers import Guard
from onrecord.web.journal import called
from onrecord.web.navigation import BELOW, sections
from onrecord.web.openapi import described
from onrecord.web.page import (
    MOST_BODY,
    Action,
    Asked,
    NotAllowed,
    NotAsked,
    Overtaken,
    Page,
    Sent,
)
from onrecord.web.rates import TooOften
from onrecord.web.receiving import given as received
from onrecord.web.registry import ACTIONS, FILES, PAGES
from onrecord.web.rendering import render
from onrecord.web.services import Services
from onrecord.web.sweeping import Sweeping
from onrecord.web.visitor import Visitor

STATIC = {
    "workbench.css": "text/css",
    "workbench.js": "text/javascript",
    "document.css": "text/css",
    "document.js": "text/javascript",
    "live.js": "text/javascript",
    "print.js": "text/javascript",
    "passwords.js": "text/javascript",
    "mark.svg": "image/svg+xml",
}
_STATUS: tuple[tuple[type[OnrecordError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (NotReleased, 403),
    (NotShown, 403),
    (NotAsked, 400),
    (TooOften, 429),
    (CaseLocked, 409),
    (Overtaken, 409),
    (OnrecordError, 422),
)


def application(
    case: Case, services: Services, hosts: tuple[str, ...], *, secure: bool = False
) -> Any:
    """The workbench on an open case, as an ASGI application.

    `hosts` are the names, with ports, under which it answers. With `secure` its cookie goes over
    TLS only.
    """
    desk = _Desk(case, services, secure)
    routes = [
        *desk.doors.routes(),
        Route("/static/{name}", _static),
        Route("/api", partial(desk.answer, desk.described)),
    ]
    for page in PAGES:
        routes.append(Route(page.path, desk.page(page, as_data=False), name=page.name))
        routes.append(Route(page.api, desk.page(page, as_data=True)))
    routes += [Route(file.path, desk.file(file)) for file in FILES]
    for action in ACTIONS:
        routes.append(Route(action.path, desk.action(action, as_data=False), methods=["POST"]))
        routes.append(Route(action.api, desk.action(action, as_data=True), methods=["POST"]))
    handlers: dict[Any, Any] = {HTTPException: desk.strange, Exception: desk.failed}
    larger = {path: a.body for a in ACTIONS for path in (a.path, a.api) if a.body > MOST_BODY}
    inner = Sweeping(Starlette(routes=routes, exception_handlers=handlers), desk.kept_from)
    return Guard(inner, hosts, larger, secure=secure)


@dataclass(slots=True)
class _Desk:
    """What the routes share: the case, who may come in, and one writer at a time."""

    case: Case
    services: Services
    secure: bool

    @property
    def doors(self) -> Doors:
        """How somebody comes in."""
        return Doors(self.services, self.secure, self._door, self.case.name)

    def case_for(self, visitor: Visitor) -> Case:
        """The case as somebody may see it, with their name in the log for what they do."""
        case = self.case.acting_as(visitor.name) if visitor.name else self.case
        return case if visitor.sight == "names" else case.without_sight()

    def kept_from(self, scope: Scope) -> Callable[[], Names] | None:
        """What gives the names that must not go to whoever asks; None if they may see all."""
        visit = self.doors.visit(Request(scope))
        if visit is None or visit.visitor.sight == "names":
            return None
        visitor = visit.visitor
        return lambda: kept_from(self.case_for(visitor))

    def asked(self, by: Page | Action | File, given: Mapping[str, str], visit: Visit) -> Asked:
        """What was asked, by whom. Raises `NotAllowed`, `NotAsked`."""
        if not visit.visitor.may(by.right):
            raise NotAllowed(
                "your role does not let you do that",
                why=f"it needs the right to {by.right}; you are {visit.visitor.role} here",
                todo="ask an administrator of this case",
            )
        asked = by.asked(given)
        asked.services = self.services.seen_by(visit.visitor)
        asked.visitor, asked.visit = visit.visitor, visit
        return asked

    def _noted(
        self, kind: str, name: str, request: Request, visit: Visit, view: object = None
    ) -> None:
        """A read, into the journal: of what, but never the words that were asked."""
        inside = "/".join(map(str, request.path_params.values()))
        subject = str(getattr(view, "id", inside)) if inside else ""
        self.services.journal.note(kind, called(visit.visitor), name, subject)

    def page(self, page: Page, *, as_data: bool) -> Callable[[Request], Any]:
        async def show(request: Request, visit: Visit) -> Response:
            view = await run_in_threadpool(self._view, page, request, visit)
            self._noted("taken as data" if as_data else "opened", page.name, request, visit, view)
            if as_data:
                return JSONResponse(as_json(view))
            return await run_in_threadpool(self._html, page, view, visit)

        return partial(self.answer, show)

    def _view(self, page: Page, request: Request, visit: Visit) -> Any:
        asked = self.asked(page, {**request.query_params, **request.path_params}, visit)
        return page.view(self.case_for(visit.visitor), asked)

    def _html(self, page: Page, view: Any, visit: Visit) -> Response:
        return HTMLResponse(self._filled(page.template, page.title, visit, view=view, here=page))

    def _filled(self, template: str, title: str, visit: Visit | None, **values: Any) -> str:
        here = values["here"].name
        shown = sections(PAGES, visit.visitor, here) if visit else ()
        return render(
            template,
            title=title,
            case=self.case_for(visit.visitor).name if visit else "onrecord",
            navigation=shown,
            at=BELOW.get(here, here),
            token=visit.token if visit else None,
            visitor=visit.visitor if visit else None,
            **values,
        )

    def _door(self, template: str, title: str, visit: Visit | None, **values: Any) -> str:
        """A template that belongs to no page."""
        here = next(page for page in PAGES if page.name == "case")
        return self._filled(template, title, visit, here=here, **values)

    def file(self, file: File) -> Callable[[Request], Any]:
        async def send(request: Request, visit: Visit) -> Response:
            found = await run_in_threadpool(self._file, file, request, visit)
            self._noted("original", file.name, request, visit)
            return giving.answer(found)

        return partial(self.answer, send)

    def _file(self, file: File, request: Request, visit: Visit) -> giving.Given:
        asked = self.asked(file, {**request.query_params, **request.path_params}, visit)
        return file.give(self.case_for(visit.visitor), asked)

    def action(self, action: Action, *, as_data: bool) -> Callable[[Request], Any]:
        async def do(request: Request, visit: Visit) -> Response:
            given, token, files = await received(request, as_data)
            origin = request.headers.get("origin")
            site = request.headers.get("sec-fetch-site")
            if not is_ours(visit, token, site, origin, request.headers["host"]):
                raise HTTPException(403, "It was not sent by a page of this workbench.")
            there = await run_in_threadpool(self._act, action, given, files, visit)
            if as_data:
                return JSONResponse({"next": there})
            return RedirectResponse(there, 303)

        return partial(self.answer, do)

    def _act(
        self, action: Action, given: Mapping[str, str], files: tuple[Sent, ...], visit: Visit
    ) -> str:
        asked = self.asked(action, given, visit)
        asked.files = files
        with self.services.writing:
            return action.act(self.case_for(visit.visitor), asked)

    async def described(self, request: Request, visit: Visit) -> Response:
        """The documentation of the API (OpenAPI)."""
        del request, visit
        return JSONResponse(described(PAGES, ACTIONS, FILES, self.doors.cookie))

    async def answer(self, make: Callable[[Request, Visit], Any], request: Request) -> Response:
        """What a route gives to somebody who may come in; errors in words."""
        visit = self.doors.visit(request)
        if visit is None:
            return self._closed(request)
        try:
            found: Response = detour(request, visit) or await make(request, visit)
        except OnrecordError as error:
            status = next(code for kind, code in _STATUS if isinstance(error, kind))
            answer = self._trouble(request, visit, status, error)
            if isinstance(error, TooOften):
                answer.headers["retry-after"] = str(error.after)
            return answer
        finally:
            # Files that came with a form wait in temporary ones until here.
            await request.close()
        return found

    def _closed(self, request: Request) -> Response:
        form = self.doors.closed(request)
        if form is not None:
            return form
        error = OnrecordError(
            "This workbench is closed to you",
            why="its link opens once, and a session ends after twelve hours or with the program",
            todo="open the link that `onrecord serve` prints, or start it again for a new one",
        )
        return self._trouble(request, None, 401, error)

    def _trouble(
        self, request: Request, visit: Visit | None, status: int, error: OnrecordError
    ) -> Response:
        told: dict[str, Any] = {"error": error.what, "why": error.why, "todo": error.todo}
        if request.url.path.startswith("/api"):
            return JSONResponse(told, status)
        told["again"] = error if isinstance(error, Overtaken) else None
        return HTMLResponse(self._door("trouble.html.j2", "Not done", visit, view=told), status)

    async def strange(self, request: Request, error: Exception) -> Response:
        """An address or a method that there is none of."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        detail = str(getattr(error, "detail", ""))
        visit = self.doors.visit(request)
        if status == 401:
            return self._closed(request)
        told = OnrecordError(
            "There is nothing at this address" if status == 404 else "That cannot be done here",
            why=detail if status != 404 else "the address was cut, or belongs to another version",
            todo="begin at the first page",
        )
        answer = self._trouble(request, visit, status, told)
        answer.headers.update(getattr(error, "headers", None) or {})
        return answer

    async def failed(self, request: Request, error: Exception) -> Response:
        """A fault of ours: what it is stands in the terminal, not on the page."""
        del error
        visit = self.doors.visit(request)
        told = OnrecordError(
            "Something went wrong in the workbench itself",
            why="the terminal in which it runs says what",
            todo="go back; nothing was changed that the log does not show",
        )
        return self._trouble(request, visit, 500, told)


async def _static(request: Request) -> Response:
    """A file of the package, which needs no session: it tells nothing of a case."""
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    body = (files("onrecord.web") / "static" / name).read_bytes()
    return Response(body, media_type=STATIC[name], headers={"cache-control": "max-age=600"})
