"""Ids of FollowTheMoney: letters, digits and dashes, the same for the same part of a record."""

from __future__ import annotations

import hashlib
import re

from onrecord.model import content_id

_CONTENT_ID = re.compile(r"[a-z]+:[0-9a-f]{16}")
_DOCUMENT_ID = re.compile(r"sha256:[0-9a-f]{64}")


def document_id(document: str) -> str:
    """The id of a document's entity: "document-" and 32 digits of its hash."""
    return f"document-{_short(document)}"


def part_id(document: str, local: str) -> str:
    """The id of a part of a document's record: its own id and the document's, made one."""
    known = _CONTENT_ID.fullmatch(local)
    name = local.replace(":", "-") if known else f"part-{_digits(local)[:16]}"
    return f"{name}-{_short(document)}"


def entity_id(document: str, local: str) -> str:
    """The id of an entity of a document."""
    return content_id("entity", document, local).replace(":", "-")


def plain_id(identifier: str) -> str:
    """An id without the signature that a server put behind it."""
    return identifier.partition(".")[0]


def _short(document: str) -> str:
    if _DOCUMENT_ID.fullmatch(document):
        return document.removeprefix("sha256:")[:32]
    return _digits(document)[:32]


def _digits(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
