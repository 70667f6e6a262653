"""A document as it comes in, before the case has it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.model import Span
from onrecord.store.citations import encode
from onrecord.store.log import plain


@dataclass(frozen=True, slots=True)
class Acquisition:
    """A document as it comes in.

    `path` is what the person named, `origin` where that lies whoever asks (absolute). `about` holds
    media_type, title, publisher, author, published; `known` what the reader saw, as JSON types;
    `paragraphs` the stretches of `text` that search shows.
    """

    sha256: str
    data: bytes
    path: str
    origin: str
    text: str
    reader: str
    reader_version: str
    paragraphs: Sequence[Span]
    about: Mapping[str, str | None]
    known: Mapping[str, Any] = field(default_factory=dict)
    layout: Sequence[Any] = ()
    warnings: Sequence[str] = ()

    @property
    def document_id(self) -> str:
        """The document's name: its hash."""
        return f"sha256:{self.sha256}"

    @property
    def text_sha256(self) -> str:
        """The hash of the text as the case keeps it."""
        return hashlib.sha256(encode(self.text)).hexdigest()

    def facts(self) -> dict[str, Any]:
        """What the log says of how it came in."""
        return {
            "document": self.document_id,
            "sha256": self.sha256,
            "size": len(self.data),
            "path": plain(self.path),
            "origin": plain(self.origin),
            "reader": self.reader,
            "reader_version": self.reader_version,
        }
