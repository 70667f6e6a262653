"""Which language a text is in, and whether records can be made from it yet."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

EXTRACTED = frozenset({"en"})
"""ISO 639-1 codes of the languages that records are made from."""

SAMPLE = 4_000
"""Characters of the text that are looked at."""

SURE = 0.4
"""From this probability the likeliest language is taken."""

LEADS, BY = 0.25, 3
"""A less likely one is taken where it is this many times as likely as the next: in a short text."""


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where it cannot be told."""
    sample = text[:SAMPLE]
    if sum(character.isalpha() for character in sample) < 3:
        return None
    (code, first), (_, second) = sorted(_identifier().rank(sample), key=lambda r: -float(r[1]))[:2]
    sure = float(first) >= SURE or (float(first) >= LEADS and float(first) >= BY * float(second))
    return str(code) if sure else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
