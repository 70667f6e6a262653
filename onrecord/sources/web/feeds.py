"""RSS and Atom: the pages that a feed lists, from bytes that were fetched."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urljoin

from onrecord.errors import UnreadableSource

FEED_BYTES = 5 * 1024**2
ENTRIES = 500


def links_in(url: str, data: bytes) -> list[str]:
    """The addresses of a feed's entries, in its order, each once; `url` is the feed's own.

    Raises `UnreadableSource` where it is no feed, or lists nothing.
    """
    import feedparser

    if len(data) > FEED_BYTES:
        raise UnreadableSource(
            url,
            "the feed is too large",
            why=f"it has {len(data):,} bytes, and at most {FEED_BYTES:,} are read",
            todo="give the addresses of its pages one by one",
        )
    # As a stream, never as text: a text that looks like a URL would be fetched.
    found = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version") or not found.entries:
        broken = found.get("bozo_exception")
        raise UnreadableSource(
            url,
            "it is no feed that lists pages" if not found.get("version") else "the feed is empty",
            why=f"{broken}"[:200] if broken else "no entry of RSS or Atom is in it",
            todo="give the address of the feed itself, which ends in .xml, /rss or /feed as a rule",
        )
    links = [urljoin(url, str(each.link)) for each in found.entries[:ENTRIES] if each.get("link")]
    return list(dict.fromkeys(links))
