"""The server: this machine, to this machine."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.case import Case
from onrecord.errors import OnrecordError
from onrecord.web.application import application
from onrecord.web.services import Services

if TYPE_CHECKING:
    import uvicorn

ADDRESS = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Served:
    """A server that is bound and waits to run at `base`; `services` let people in."""

    base: str
    services: Services
    _listening: socket.socket
    _server: uvicorn.Server = field(repr=False)

    def link(self) -> str:
        """A new link that opens once."""
        return f"{self.base}/open?key={self.services.access.invite()}"

    def run(self) -> None:
        """Answer until `stop`, Ctrl-C or SIGTERM."""
        try:
            self._server.run(sockets=[self._listening])
        finally:
            self.services.close()

    def stop(self) -> None:
        """Let `run` come to its end."""
        self._server.should_exit = True


def serve(case: Case, port: int = 0, *, services: Services | None = None) -> Served:
    """Bind to this machine at a port (0: any that is free). Raises `OnrecordError` if taken.

    `services` are those of the case unless given; they are closed when it has run.
    """
    import uvicorn

    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise OnrecordError(
            f"port {port} cannot be used",
            why=error.strerror or str(error),
            todo="name another with --port, or leave it out for any that is free",
        ) from error
    services, taken = services or Services.for_case(case), listening.getsockname()[1]
    hosts = (f"{ADDRESS}:{taken}", f"localhost:{taken}")
    config = uvicorn.Config(
        application(case, services, hosts),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
    )
    return Served(f"http://{ADDRESS}:{taken}", services, listening, uvicorn.Server(config))
