"""Where the workbench answers, and whether it may: this machine alone, or a network by TLS."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.errors import OnrecordError

LOCAL = "127.0.0.1"


class NotServed(OnrecordError):
    """An address, a certificate or a name with which the workbench is not served."""


@dataclass(frozen=True, slots=True)
class Where:
    """What was asked for. `proxy` is the https address of a proxy at which TLS ends, and
    `proxy_address` the one from which its word on who asks is believed; `url` is the address that
    people open, if not the one that is bound.
    """

    host: str = LOCAL
    port: int = 0
    certificate: Path | None = None
    key: Path | None = None
    proxy: str = ""
    proxy_address: str = LOCAL
    url: str = ""
    without_tls: bool = False

    @property
    def local(self) -> bool:
        """Whether it answers this machine alone."""
        return self.host == "localhost" or (self._ip is not None and self._ip.is_loopback)

    @property
    def secure(self) -> bool:
        """Whether what people send goes over TLS."""
        return bool(self.certificate or self.proxy)

    def base(self, port: int) -> str:
        """The address that people open, without a slash at its end."""
        told = self.proxy or self.url
        if told:
            return told.rstrip("/")
        return f"http{'s' if self.secure else ''}://{self._named(self.host, port)}"

    def hosts(self, port: int) -> tuple[str, ...]:
        """The names, with ports, that a browser may ask for."""
        found = [urlsplit(self.base(port)).netloc]
        if not self.proxy:
            names = [LOCAL, "localhost"] if self.host in (LOCAL, "localhost") else [self.host]
            found += [self._named(name, port) for name in names]
            found += names if port == (443 if self.secure else 80) else []
        return tuple(dict.fromkeys(found))

    def check(self, *, members: bool) -> None:
        """Raise `NotServed` for what would open the case to others without protection."""
        self._check_tls()
        self._check_names()
        if self.local and not self.proxy:
            return
        if not (self.secure or self.without_tls):
            raise NotServed(
                f"the workbench is not served at {self.host} without TLS",
                why="passwords and what the case holds would cross the network for all to read",
                todo="give --tls-certificate and --tls-key; or --behind-proxy https://NAME where "
                "a proxy does TLS; or --without-tls if you know that nobody else is on the network",
            )
        if not members:
            raise NotServed(
                "nobody could sign in",
                why="to others than this machine the workbench is open to members only, and the "
                "case has none",
                todo="invite the first: onrecord members invite NAME --role administrator",
            )

    def listening(self) -> socket.socket:
        """Bound and listening. Raises `NotServed` where the address cannot be had."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
            made = socket.socket(found[0], socket.SOCK_STREAM)
        except OSError as error:
            raise self._refused(error) from error
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind(found[4])
            made.listen(128)
        except OSError as error:
            made.close()
            raise self._refused(error) from error
        return made

    def _refused(self, error: OSError) -> NotServed:
        return NotServed(
            f"port {self.port} cannot be used" if self.local else f"no socket at {self.host}",
            why=error.strerror or str(error),
            todo="name another with --port, or leave it out for any that is free",
        )

    def _check_tls(self) -> None:
        if bool(self.certificate) != bool(self.key):
            raise NotServed(
                "TLS needs a certificate and its key",
                why="one of the two was not given",
                todo="give --tls-certificate and --tls-key, both as PEM",
            )
        if self.certificate and self.proxy:
            raise NotServed(
                "TLS ends here or at the proxy",
                why="both were asked for",
                todo="give a certificate, or --behind-proxy, not both",
            )
        if self.certificate and self.key:
            try:
                ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.certificate, self.key)
            except (OSError, ssl.SSLError) as error:
                raise NotServed(
                    f"{self.certificate} cannot be used for TLS",
                    why=error.strerror or str(error),
                    todo="give a certificate and the key that belongs to it, both as PEM",
                ) from error

    def _check_names(self) -> None:
        for option, told, scheme in (
            ("--behind-proxy", self.proxy, "https"),
            ("--public-url", self.url, "https" if self.secure else "http"),
        ):
            parts = urlsplit(told)
            if told and (parts.scheme != scheme or not parts.netloc or parts.path.strip("/")):
                raise NotServed(
                    f"{told!r} is no address for {option}",
                    why=f"it must be {scheme}://NAME, with a port if it has one, and no path",
                    todo=f"for instance {option} {scheme}://cases.example.org",
                )
        if self._ip is not None and self._ip.is_unspecified and not (self.proxy or self.url):
            raise NotServed(
                f"{self.host} is every address of this machine",
                why="only requests for a name that is known are answered",
                todo="say by which address people open it: --public-url https://NAME:PORT",
            )

    @property
    def _ip(self) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    def _named(self, host: str, port: int) -> str:
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
