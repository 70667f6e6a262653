"""Pages of the web, fetched one by one: each with what was sent and what came back."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from onrecord.errors import (
    SourceError,
    SourceForbidden,
    SourceTooLarge,
    UnreadableSource,
)
from onrecord.sources.web.address import Resolve, Target, look_up, target
from onrecord.sources.web.polite import AGENT, Robots, Schedule

if TYPE_CHECKING:
    import httpx

REDIRECTS = 5
_REDIRECTED = frozenset({301, 302, 303, 307, 308})
ROBOTS_BYTES = 512 * 1024

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one page may cost: bytes of its body, and seconds until it is there."""

    max_bytes: int = 50 * 1024**2
    seconds: float = 60.0
    connect: float = 15.0


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with its response, as they went over the wire; `at` is UTC.

    `body` is what the server sent, in the content encoding that its headers name.
    """

    url: str
    address: str
    at: datetime
    request: Headers
    status: int
    reason: str
    headers: Headers
    body: bytes
    path: str

    def header(self, name: str) -> str:
        """A header of the response; empty where it has none of that name."""
        return next((v for k, v in self.headers if k.lower() == name), "")

    def decoded(self, most: int = 50 * 1024**2) -> bytes:
        """The body as it was before the server packed it; as it came where that cannot be told."""
        name = self.header("content-encoding").strip().lower()
        if name not in ("gzip", "x-gzip", "deflate"):
            return self.body
        try:
            return zlib.decompressobj(47).decompress(self.body, most)
        except zlib.error:
            return self.body


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was asked for: every exchange on the way, redirects first, the page last."""

    asked: str
    exchanges: tuple[Exchange, ...]

    @property
    def page(self) -> Exchange:
        """The exchange that gave the page."""
        return self.exchanges[-1]


@dataclass(slots=True)
class Fetcher:
    """Fetches pages, as one would read them: one at a time, resting between two of one host.

    `private` lets it ask this machine and its networks, which only a test server is a reason for.
    `now` gives the time that is put down.
    """

    bounds: Bounds = field(default_factory=Bounds)
    private: bool = False
    schedule: Schedule = field(default_factory=Schedule)
    resolve: Resolve = look_up
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _robots: Robots | None = None

    def fetch(
        self, urls: Iterable[str], refuse: Callable[[SourceError], None]
    ) -> Iterator[Fetched]:
        """The pages at `urls`, those first whose hosts need no rest; each URL once.

        What cannot be fetched goes to `refuse` as a `SourceError`, and the rest goes on.
        """
        waiting = list(dict.fromkeys(urls))
        while waiting:
            number = self.schedule.ready([_host(url) for url in waiting])
            try:
                yield self._page(waiting.pop(number))
            except SourceError as error:
                refuse(error)

    def _page(self, asked: str) -> Fetched:
        exchanges: list[Exchange] = []
        url = asked
        for _ in range(REDIRECTS + 1):
            # Anew at each step: a redirect may lead inside.
            where = target(url, private=self.private, resolve=self.resolve)
            delay = self._manners().check(where.site, where.url)
            self.schedule.hold(where.host)
            try:
                exchanges.append(self._ask(where, self.bounds.max_bytes))
            finally:
                self.schedule.asked(where.host, delay)
            last = exchanges[-1]
            if last.status not in _REDIRECTED or not last.header("location"):
                return _checked(asked, exchanges)
            url = urljoin(where.url, last.header("location"))
        raise UnreadableSource(
            asked,
            "it leads from one address to the next without end",
            why=f"after {REDIRECTS} redirects it leads to {url[:200]}",
            todo="open it in a browser and give the address at which that arrives",
        )

    def _manners(self) -> Robots:
        if self._robots is None:
            self._robots = Robots(self._robots_txt)
        return self._robots

    def _robots_txt(self, url: str) -> tuple[int, str]:
        try:
            for _ in range(REDIRECTS + 1):
                where = target(url, private=self.private, resolve=self.resolve)
                self.schedule.hold(where.host)
                found = self._ask(where, ROBOTS_BYTES)
                if found.status not in _REDIRECTED or not found.header("location"):
                    return found.status, found.body.decode("utf-8", "replace")
                url = urljoin(where.url, found.header("location"))
        except SourceForbidden:
            raise
        except SourceError:
            return 503, ""
        return 404, ""

    def _ask(self, where: Target, most: int) -> Exchange:
        """One exchange with the first of the addresses that answers."""
        import httpx

        failed: Exception | None = None
        for address in where.addresses:
            try:
                return self._exchange(where, address, most)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise _failed(where.url, error) from error
        raise _failed(where.url, failed) from failed

    def _exchange(self, where: Target, address: str, most: int) -> Exchange:
        import httpx

        sent = (
            ("Host", where.netloc),
            ("User-Agent", agent()),
            ("Accept", "*/*"),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        )
        at = self.now()
        wait = httpx.Timeout(self.bounds.seconds, connect=self.bounds.connect)
        # No proxy and no .netrc: what was checked is what is asked, and nothing else is sent.
        with (
            httpx.Client(
                trust_env=False, timeout=wait, verify=ssl.create_default_context()
            ) as client,
            client.stream(
                "GET",
                where.pinned(address),
                headers=sent,
                extensions={"sni_hostname": where.host},
            ) as response,
        ):
            return Exchange(
                url=where.url,
                address=address,
                at=at,
                request=sent,
                status=response.status_code,
                reason=response.reason_phrase,
                headers=tuple(
                    (k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers.raw
                ),
                body=self._body(where.url, response, most),
                path=response.request.url.raw_path.decode("ascii"),
            )

    def _body(self, url: str, response: httpx.Response, most: int) -> bytes:
        """The body as it was sent, within the bounds: a server may send without end."""
        clock = self.schedule.clock
        started, parts, size = clock.now(), [], 0
        for part in response.iter_raw():
            size += len(part)
            if size > most or clock.now() - started > self.bounds.seconds:
                raise SourceTooLarge(
                    url,
                    "it is too large, or comes too slowly",
                    why=f"at most {most:,} bytes in {self.bounds.seconds:g} seconds are taken",
                    todo="save it in a browser and add the file",
                )
            parts.append(part)
        return b"".join(parts)


def agent() -> str:
    """How onrecord calls itself to a server: the program, never the person."""
    return f"{AGENT}/{version('onrecord')} (documentation of human rights; fetches what is asked)"


def _failed(url: str, error: Exception | None) -> UnreadableSource:
    return UnreadableSource(
        url,
        "it cannot be fetched",
        why=f"{type(error).__name__}: {error}"[:300],
        todo="try later, or save the page in a browser and add the file",
    )


def _host(url: str) -> str:
    """The host to leave alone for a while; what is no URL is refused when it is asked for."""
    from urllib.parse import urlsplit

    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _checked(asked: str, exchanges: list[Exchange]) -> Fetched:
    last = exchanges[-1]
    if last.status != 200:
        raise UnreadableSource(
            asked,
            f"the server gives no page, but {last.status} {last.reason}".rstrip(),
            why=f"asked {len(exchanges)} times, last for {last.url[:200]}",
            todo="check the address in a browser; what the server forbids is not fetched",
        )
    if not last.body:
        raise UnreadableSource(
            asked, "the page is empty", why="no bytes came", todo="look at it in a browser"
        )
    return Fetched(asked, tuple(exchanges))
