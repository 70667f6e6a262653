"""The server: this machine to this machine, or a team's by TLS."""

from __future__ import annotations

import gc
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from onrecord.case import Case
from onrecord.web.ahead import AHEAD
from onrecord.web.application import application
from onrecord.web.binding import LOCAL, Where
from onrecord.web.services import PUBLIC_URL, Services

if TYPE_CHECKING:
    import uvicorn

ADDRESS = LOCAL


@dataclass(frozen=True, slots=True)
class Served:
    """A server that is bound and waits to run at `base`; `services` let people in.

    `team` says that members sign in, and that no link opens it.
    """

    base: str
    services: Services
    team: bool
    _listening: socket.socket
    _server: uvicorn.Server = field(repr=False)

    def link(self) -> str:
        """A new link that opens once."""
        return f"{self.base}/open?key={self.services.access.invite()}"

    def run(self) -> None:
        """Answer until `stop`, Ctrl-C or SIGTERM."""
        with _told_to_end():
            AHEAD.warm()
            try:
                with _set_aside():
                    self._server.run(sockets=[self._listening])
            finally:
                self.services.close()
                AHEAD.close()

    def stop(self) -> None:
        """Let `run` come to its end."""
        self._server.should_exit = True


@contextmanager
def _told_to_end() -> Iterator[None]:
    """SIGTERM ends what is around it in order, as Ctrl-C does.

    The server takes both and, when it has answered what was asked, raises them again for whoever
    had them before: left to the system, that would end the process with nothing closed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _set_aside() -> Iterator[None]:
    """What is there before the first page stays: Python does not look through it for what is not
    held any more. A page makes thousands of objects, and whichever set that look off would wait
    for as long as a page takes.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def serve(
    case: Case, port: int = 0, *, where: Where | None = None, services: Services | None = None
) -> Served:
    """Bind to this machine at a port (0: any that is free), or as `where` says.

    `services` are those of the case unless given; they are closed when it has run. Raises
    `NotServed` where the address is taken, or may not be served so.
    """
    import uvicorn

    where = where or Where(port=port)
    services = services or Services.for_case(case)
    team = services.accounts is not None and services.accounts.members.exist
    where.check(members=team)
    listening = where.listening()
    taken = listening.getsockname()[1]
    services.base = where.base(taken)
    if team and services.accounts:
        services.accounts.members.desk.set(PUBLIC_URL, services.base)
    config = uvicorn.Config(
        application(case, services, where.hosts(taken), secure=where.secure),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=3,
        **_transport(where),
    )
    return Served(services.base, services, team, listening, uvicorn.Server(config))


def _transport(where: Where) -> dict[str, Any]:
    """Where TLS ends, and whose word is believed on who asks."""
    if where.proxy:
        return {"proxy_headers": True, "forwarded_allow_ips": where.proxy_address}
    told: dict[str, Any] = {"proxy_headers": False}
    if where.certificate and where.key:
        told |= {"ssl_certfile": str(where.certificate), "ssl_keyfile": str(where.key)}
    return told
