"""The claims of a document."""

from __future__ import annotations

from onrecord.entities import EntityBook
from onrecord.model import Claim
from onrecord.passages.head import Head
from onrecord.passages.parse import Parsed


def find_claims(parsed: Parsed, book: EntityBook, head: Head) -> tuple[Claim, ...]:
    """Everything that is said, thought, felt or wanted by someone, with its chain of attribution."""
    return ()
