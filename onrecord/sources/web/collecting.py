"""One visit to the web: addresses and feeds in, pages out, all of it in one WACZ file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from onrecord.errors import OnrecordError, SourceError, SourceTooLarge
from onrecord.sources.web.feeds import links_in
from onrecord.sources.web.fetch import Exchange, Fetched, Fetcher
from onrecord.sources.web.wacz import Collector, write_wacz

TOGETHER = 500 * 1024**2
"""Bytes of all pages of one visit: they are held in memory until they are written."""


@dataclass(slots=True)
class Collection:
    """What a visit gave: the pages, the feeds that listed them, and what was not fetched."""

    fetcher: Fetcher
    pages: list[Fetched] = field(default_factory=list)
    listed: list[Exchange] = field(default_factory=list)
    refused: list[SourceError] = field(default_factory=list)

    def collect(
        self,
        urls: Iterable[str],
        feeds: Iterable[str],
        *,
        refuse: Callable[[SourceError], None],
        progress: Callable[[str], None],
    ) -> None:
        """Fetch the pages at `urls` and those that `feeds` list, each once.

        `refuse` is told of what is not fetched, `progress` of each page that is.
        """

        def refused(error: SourceError) -> None:
            self.refused.append(error)
            refuse(error)

        asked = list(urls)
        for feed in self.fetcher.fetch(feeds, refused):
            try:
                asked += links_in(feed.page.url, feed.page.decoded())
            except SourceError as error:
                refused(error)
            else:
                self.listed += feed.exchanges
        size = 0
        for page in self.fetcher.fetch(asked, refused):
            size += sum(len(each.body) for each in page.exchanges)
            if size > TOGETHER:
                refused(_too_much(page.asked))
                break
            self.pages.append(page)
            progress(page.page.url)

    def write(self, path: Path, *, operator: str, title: str, at: datetime) -> None:
        """Write it all as a WACZ file. Raises `OnrecordError` where it cannot be written."""
        try:
            write_wacz(path, self.pages, self.listed, Collector(operator, at, title))
        except OSError as error:
            raise OnrecordError(
                f"{path}: cannot be written",
                why=error.strerror or str(error),
                todo="name another place with --output",
            ) from error


def _too_much(url: str) -> SourceTooLarge:
    return SourceTooLarge(
        url,
        "it and what comes after it are not fetched",
        why=f"the pages of one visit are over {TOGETHER:,} bytes together",
        todo="fetch the rest with another command",
    )
