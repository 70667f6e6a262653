"""Whether somebody holds a post or held it, by the words that stand around the two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord.model import Span
from onrecord.vocabulary import load


def rows(words: Iterable[str]) -> str:
    """A pattern for any of some phrases, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(w.replace(" ", r"\s+") for w in longest_first)


def helping() -> str:
    """A pattern for one helping verb or adverb before a verb of tenure."""
    verbs = load("posts")["verbs"]
    return rf"(?:(?:{rows([*verbs['auxiliaries'], *verbs['adverbs']])})\s+)"


NAMING = re.compile(
    r"\b(?:appointed|appoints?|named|names|elected|elects|made|nominated|chosen?|chose)\s+$"
)
"""In front of somebody whose post follows at once: "elected Dahl chairman"."""


def verb(between: str) -> bool | None:
    """Whether the words between a person and a post say it is over; None where no verb does."""
    gaps = _gaps()
    if gaps["held"].fullmatch(between):
        return False
    return True if gaps["ended"].fullmatch(between) else None


@cache
def introduction() -> str:
    """What a post's new holder did, at the end of a sentence on it: "has been picked in May. "."""
    verbs = load("posts")["verbs"]
    told = rows([*verbs["appointed"], *verbs["introduced"]])
    return rf"\s+(?:[\w’'-]+\s+){{0,6}}?(?:{told})\b[^.;:\n]{{0,70}}\.\s+"


@cache
def _gaps() -> dict[str, re.Pattern[str]]:
    """The words between a person and a post, by what they say of it."""
    told = {name: f"(?:{rows(words)})" for name, words in load("posts")["verbs"].items()}
    day = r"(?:(?:on|in|last|this)\s+(?:(?-i:[A-Z]\w+|\d{4})|week|month|year)(?:\s+\d{4})?)"
    until = r"(?:until\s+(?:[\w’'-]+\s+){0,3}[\w’'-]+,?)"
    adverb = rf"(?:{told['adverbs']}|{day})"
    past = rf"(?:{told['past']}|{until})"
    helped = rf"(?:(?:{told['auxiliaries']}|{adverb})\s+)*"
    office = r"(?:(?:the|his|her|their|its)\s+)?(?:post|position|office|job|role|duties|command)"
    tied = rf"(?:as|to\s+be|to\s+become|(?:to|in|of|from)\s+{office}\s+(?:as|of))"
    aside = r"(?:,?\s+(?:on|in|at|last|this|earlier|during|yesterday|today)\b[^.,;:\n]{0,50},?)?"
    agent = r"(?:\s+by\s+[^.;:\n]{2,80}?)?"
    sent_away = f"(?:{told['removed']}|{told['relieved']})"
    gone = f"(?:{told['left']}|{sent_away}|{told['followed']})"
    of_office = rf"(?:\s+of\s+{office})?"
    promoted = r"(?:promoted\s+(?:to\s+)?[\w-]+(?:\s[\w-]+){0,2}\s+and\s+)?"
    appointed = helped + promoted + told["appointed"]

    def gap(forms: str) -> re.Pattern[str]:
        article = r",?\s+(?:(?:the|an?|its|their|his|her|our)\s+)?(?:(?:new|current|former)\s+)?"
        return re.compile(
            rf"\s*,?\s*(?:(?:who|and|he|she)\s+)?(?:{forms}){article}(?:\d+(?:st|nd|rd|th)\s+)?",
            re.IGNORECASE,
        )

    return {
        "held": gap(
            rf"(?:{adverb}\s+)*{told['held']}(?:\s+{adverb})?"
            rf"|(?:(?:{told['present']}|{adverb})\s+)*{told['serving']}(?:\s+{adverb})?{aside}\s+as"
            rf"|{appointed}{aside}{agent}\s+{tied}(?:\s+{adverb})?"
            rf"|{appointed}(?:\s+{adverb})?|now|currently|as"
        ),
        "ended": gap(
            rf"(?:(?:{adverb}|{past})\s+)*{told['was']}(?:,?\s+(?:{adverb}|{past}))*"
            rf"|(?:(?:had|{adverb}|{past})\s+)*{told['served']}(?:\s+(?:{adverb}|{past}))?\s+as"
            rf"|{told['over']}|(?:{helped}{gone}{aside}{of_office}|of\s+{office})\s+{tied}"
            rf"|{helped}{sent_away}{aside}{of_office}{agent}\s+{tied}"
        ),
    }


def is_over(text: str, holder: Span, title: Span) -> bool:
    """Whether what stands around a person and their post, side by side, says that it is over."""
    start, end = min(holder[0], title[0]), max(holder[1], title[1])
    around = _around()
    return bool(around["before"].search(text, max(0, start - REACH), start)) or any(
        around[way].match(text, end) for way in ("years", "until", "gone")
    )


def has_years(text: str, end: int) -> bool:
    """Whether the years that a post was held in stand behind it, with the last of them."""
    return bool(_around()["years"].match(text, end))


def opens_with_until(text: str, start: int) -> bool:
    """Whether what the sentence tells of somebody was so until something else: "Until 2014, X"."""
    return bool(_UNTIL_THEN.search(text, max(0, start - 2 * REACH), start))


REACH = 40
"""Characters in front of a person in which their dismissal is told."""
_UNTIL_THEN = re.compile(r"(?:^|[.;!?”\"\n]\s*)Until\s[^.;\n]{2,60},\s*$")


@cache
def _around() -> dict[str, re.Pattern[str]]:
    verbs = load("posts")["verbs"]
    left, removed = rows(verbs["left"]), rows(verbs["removed"])
    office = (
        r"(?:\s+(?:of|from)\s+(?:(?:his|her|the)\s+)?"
        r"(?:posts?|position|office|job|duties|command|power))"
    )
    retired = f"{removed}|retired"
    onward = (
        r"(?=\s*(?:[.,;:\n]|$)|\s+(?:on|in|last|this|yesterday|today|after|following|amid|over"
        r"|when|because|and|by)\b)"
    )
    return {
        "before": re.compile(
            rf"\b(?<!was )(?<!were )(?<!been )(?:{removed}|relieved)\s+(?:the\s+|his\s+|its\s+)?$"
        ),
        "years": re.compile(
            r"\s*,?\s*(?:[(,]\s*(?:from\s+)?|from\s+|between\s+)(?:\w+\s+)?\d{4}\s*(?:-|–|to|until|and)\s*(?:\w+\s+)?\d{4}\b"
        ),
        "until": re.compile(r"\s*,?\s*(?:at\s+the\s+time\b|until\s+(?!now\b)\w)"),
        "gone": re.compile(
            rf"\s*,?\s*(?:who\s+)?(?:(?:(?:has|have|had)\s+)?(?:{left})"
            rf"|{helping()}*(?:was|were|been)\s+(?:{retired}|relieved(?={office}))){office}?{onward}"
        ),
    }
