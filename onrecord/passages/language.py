"""Which language a text is in, and whether records can be made from it yet."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pycountry

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

EXTRACTED = frozenset({"en"})
"""ISO 639-1 codes of the languages that records are made from."""

SAMPLE = 4_000
"""Characters of the text that are looked at."""

SHORT = 300
"""In fewer characters the names weigh as much as the words, and names tell no language."""

FEWEST = 8
"""Letters that must remain without the names for the rest to be asked."""

SURE = 0.4
"""From this probability the likeliest language is taken."""

LEADS, BY = 0.25, 3
"""A less likely one is taken where it is this many times as likely as the next: in a short text."""

ENGLISH_LEADS, ENGLISH_BY = 0.1, 1.5
"""The same for English, which most texts that are brought here are in."""

PIDGIN = 2
"""Short English looks like Nigerian Pidgin, which is told only where this many times as likely."""


NOT_READ = "not read: "
"""How a record's note begins where no record was made for its language."""


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where it cannot be told."""
    sample = text[:SAMPLE]
    if _letters(sample) < 3:
        return None
    (code, first), (_, second) = sorted(_likely(sample).items(), key=lambda r: -r[1])[:2]
    leads, by = (ENGLISH_LEADS, ENGLISH_BY) if code == "en" else (LEADS, BY)
    return code if first >= SURE or (first >= leads and first >= by * second) else None


def not_read(language: str | None) -> str:
    """What is said of a text that no record is made from: why, and what can be done."""
    if language is None:
        return (
            f"{NOT_READ}its language could not be told, and onrecord reads English only; it is "
            "kept and searchable. If it is English, add it again with more of its text."
        )
    known = pycountry.languages.get(alpha_2=language) or pycountry.languages.get(alpha_3=language)
    return (
        f"{NOT_READ}it is in {known.name if known else language} ({language}), and onrecord reads "
        "English only; it is kept and searchable. An English translation can be added as a file "
        "of its own."
    )


def _likely(sample: str) -> dict[str, float]:
    """How likely each language is; of a short text both as it is and without its names."""
    likely = _ranked(sample)
    rest = _without_names(sample)
    if len(sample) < SHORT and _letters(rest) >= FEWEST:
        likely = {code: (likely[code] + other) / 2 for code, other in _ranked(rest).items()}
    if likely["pcm"] < PIDGIN * likely["en"]:
        likely["en"] += likely.pop("pcm")
    return likely


def _ranked(sample: str) -> dict[str, float]:
    return {str(code): float(likely) for code, likely in _identifier().rank(sample)}


def _without_names(sample: str) -> str:
    """The text but for words that begin with a capital, the first left aside, and numbers."""
    first, *others = sample.split() or [""]
    return " ".join([first, *(word for word in others if not _is_name(word))])


def _is_name(word: str) -> bool:
    start = next((character for character in word if character.isalnum()), "0")
    return start.isupper() or start.isdigit()


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
