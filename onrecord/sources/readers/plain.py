"""Plain text: the decoded file, unchanged."""

from __future__ import annotations

from onrecord.sources.encodings import decode
from onrecord.sources.fault import TooLarge, no_text
from onrecord.sources.limits import Limits
from onrecord.sources.reading import Reading

NAME, VERSION = "plain", "1"


def read_plain(data: bytes, limits: Limits) -> Reading:
    """The text as it is, with its line ends; a byte order mark of UTF-8 stays as U+FEFF."""
    if len(data) > 4 * limits.max_text:  # no encoding spends more than four bytes on a character
        raise TooLarge(
            "it holds too much text",
            why=f"at most {limits.max_text:,} characters of one file are read",
            todo="split it into its documents, or raise the bound max_text",
        )
    decoded = decode(data)
    if not decoded.text.strip().strip("\ufeff\u200b").strip():
        raise no_text("there is no text in it", "it holds nothing but white space")
    return Reading(
        text=decoded.text,
        media_type="text/plain",
        reader=NAME,
        reader_version=VERSION,
        warnings=decoded.warnings,
    )
