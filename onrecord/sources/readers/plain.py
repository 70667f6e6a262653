"""Plain text: the decoded file, unchanged."""

from __future__ import annotations

from onrecord.sources.encodings import Decoded
from onrecord.sources.fault import no_text
from onrecord.sources.reading import Reading

NAME, VERSION = "plain", "1"


def read_plain(decoded: Decoded) -> Reading:
    """The text as it is, with its line ends; a byte order mark of UTF-8 stays as U+FEFF."""
    if not decoded.text.strip().strip("\ufeff\u200b").strip():
        raise no_text("there is no text in it", "it holds nothing but white space")
    return Reading(
        text=decoded.text,
        media_type="text/plain",
        reader=NAME,
        reader_version=VERSION,
        warnings=decoded.warnings,
    )
