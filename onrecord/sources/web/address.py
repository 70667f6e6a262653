"""Which addresses may be asked: public ones only, decided after the name is resolved."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from onrecord.errors import SourceForbidden, UnreadableSource

LONGEST = 2_000
_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], Sequence[str]]
"""From a host and a port to its addresses, as text."""


@dataclass(frozen=True, slots=True)
class Target:
    """A URL with the addresses that may be asked for it: what was checked is what is used."""

    url: str
    parts: SplitResult
    host: str
    port: int
    addresses: tuple[str, ...]

    @property
    def site(self) -> str:
        """Scheme, host and port: what robots.txt is about."""
        return f"{self.parts.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """Host and port as the `Host` header gives them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.parts.scheme] else f"{host}:{self.port}"

    def pinned(self, address: str) -> str:
        """The URL with one of its addresses in the host's place."""
        host = f"[{address}]" if ":" in address else address
        path = self.parts.path or "/"
        return urlunsplit((self.parts.scheme, f"{host}:{self.port}", path, self.parts.query, ""))


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def target(url: str, *, private: bool = False, resolve: Resolve = look_up) -> Target:
    """Where a URL leads, once its name is resolved.

    With `private`, addresses of this machine and its networks may be asked too. Raises
    `UnreadableSource` for what is no web address or has no host that is known, `SourceForbidden`
    where any of its addresses is not public: a name that leads both ways is a trap.
    """
    parts, host, port = _parsed(url)
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise UnreadableSource(
            url,
            "its host is not known",
            why=f"{host} cannot be resolved: {error}",
            todo="check the spelling and the connection",
        ) from error
    odd = [address for address in addresses if not is_public(address)]
    if not addresses or (odd and not private):
        raise SourceForbidden(
            url,
            "it leads to an address that is not public",
            why=f"{host} is {odd[0] if odd else 'nowhere'}: this machine, its network, or reserved",
            todo="ask for pages of public servers only; save an internal page as a file and add it",
        )
    return Target(urlunsplit(parts._replace(fragment="")), parts, host, port, tuple(addresses))


def _parsed(url: str) -> tuple[SplitResult, str, int]:
    try:
        if len(url) > LONGEST or any(ord(char) <= 32 or ord(char) == 127 for char in url):
            raise ValueError("it is too long, or holds blanks or control characters")
        parts = urlsplit(url)
        if parts.scheme not in _PORTS:
            raise ValueError("only http and https are fetched")
        if parts.username is not None or parts.password is not None:
            raise ValueError("it holds a user name or password, which must not be kept")
        host = (parts.hostname or "").rstrip(".")
        if not host:
            raise ValueError("it names no host")
        if not host.isascii():
            host = host.encode("idna").decode()
        return parts, host, parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise UnreadableSource(
            url[:200],
            "it is no web address that can be fetched",
            why=str(error),
            todo="give a whole URL: https://example.org/page",
        ) from error


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet, also where it is wrapped in another."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return found.ipv4_mapped is None and is_public(str(inner))
    return found.is_global and not found.is_multicast
