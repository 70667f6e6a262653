"""Manners: what a site's robots.txt allows, and how long to leave a host alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from onrecord.errors import SourceForbidden

AGENT = "onrecord"
DELAY = 2.0
"""Seconds between two requests to one host, where it asks for nothing longer."""
LONGEST_DELAY = 60.0


class Clock:
    """The time, and waiting: a test brings its own."""

    def now(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""
        threading.Event().wait(seconds)


@dataclass(slots=True)
class Schedule:
    """When each host may be asked next. Waits only where nothing else can be done meanwhile."""

    clock: Clock = field(default_factory=Clock)
    free: dict[str, float] = field(default_factory=dict)

    def ready(self, hosts: list[str]) -> int:
        """Which of these hosts may be asked first; waits until it may."""
        now = self.clock.now()
        number = min(range(len(hosts)), key=lambda n: (self.free.get(hosts[n], now), n))
        self.hold(hosts[number])
        return number

    def hold(self, host: str) -> None:
        """Wait until a host may be asked."""
        left = self.free.get(host, 0.0) - self.clock.now()
        if left > 0:
            self.clock.wait(left)

    def asked(self, host: str, delay: float) -> None:
        """Note that a host was asked just now, and is to be left alone for a while."""
        self.free[host] = self.clock.now() + delay


@dataclass(slots=True)
class Robots:
    """What the sites allow, each asked once. `get` gives the status and text of a robots.txt."""

    get: Callable[[str], tuple[int, str]]
    known: dict[str, object] = field(default_factory=dict)

    def check(self, site: str, url: str) -> float:
        """Seconds to leave the host alone after this URL. Raises `SourceForbidden` (RFC 9309)."""
        if site not in self.known:
            self.known[site] = self._rules(site)
        rules = self.known[site]
        if rules is None:
            raise SourceForbidden(
                url,
                "it is not fetched: the site does not say whether it may be",
                why=f"{site}/robots.txt could not be read, which counts as a refusal (RFC 9309)",
                todo="try later, or save the page in a browser and add the file",
            )
        from protego import Protego

        if not isinstance(rules, Protego) or rules.can_fetch(url, AGENT):
            asked = rules.crawl_delay(AGENT) if isinstance(rules, Protego) else None
            return min(max(DELAY, asked or 0.0), LONGEST_DELAY)
        raise SourceForbidden(
            url,
            "it is not fetched: the site asks programs not to",
            why=f"{site}/robots.txt disallows it for {AGENT}",
            todo="if you may read it, save the page in a browser and add the file",
        )

    def _rules(self, site: str) -> object:
        """The rules; True where there are none, None where they could not be read."""
        from protego import Protego

        status, text = self.get(f"{site}/robots.txt")
        if 200 <= status < 300:
            return Protego.parse(text)
        return True if 400 <= status < 500 and status != 429 else None
