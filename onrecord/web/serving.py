"""The server: this machine, to this machine."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from onrecord.case import Case
from onrecord.errors import OnrecordError
from onrecord.web.access import Access
from onrecord.web.application import application

ADDRESS = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Served:
    """A server that is bound and waits to run; `link` opens it once."""

    listening: socket.socket
    link: str
    app: object

    def run(self) -> None:
        """Answer until stopped by Ctrl-C or SIGTERM."""
        import uvicorn

        config = uvicorn.Config(
            self.app,  # type: ignore[arg-type]
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=3,
        )
        uvicorn.Server(config).run(sockets=[self.listening])


def serve(case: Case, port: int) -> Served:
    """Bind to this machine at a port (0: any that is free). Raises `OnrecordError` if taken."""
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
    access, taken = Access(), listening.getsockname()[1]
    hosts = (f"{ADDRESS}:{taken}", f"localhost:{taken}")
    link = f"http://{ADDRESS}:{taken}/open?key={access.invite()}"
    return Served(listening, link, application(case, access, hosts))
