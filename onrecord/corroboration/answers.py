"""Which event a denial answers that names nobody: by its words, a place, or what stands before it.

"Denied any part in the raid" answers the raid that its report tells of, "rejected the claim" what
was said just before, "denied these allegations" all that was said there. What is said there may
tell of no act: such a denial answers none that is known, and is left open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.vocabulary import load

Row = dict[str, Any]
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_ENDING = re.compile("(?<=...)(ings?|ed|ers?|es|e|s)$")
_QUOTED = re.compile('[\u201c"\u00ab].*?[\u201d"\u00bb]')


@dataclass(frozen=True, slots=True)
class Report:
    """A report that denies: its text, claims, and acts with their `event`, both with `start`."""

    text: str
    claims: Sequence[Row]
    acts: Sequence[Row]


def answered(denial: Row, report: Report) -> str | None:
    """The event that a denial of a report answers, None where that is not clear."""
    named = _of_words(denial, report) or _of_place(denial, report)
    if named:
        return _nearest(denial, named)
    if _points_back(denial["text"]):
        before = _before(denial, report)
        if before:
            return _told(before, every=_words_for(denial["text"], "all"))
    events = {act["event"] for act in report.acts}
    return events.pop() if len(events) == 1 else None


def _of_words(denial: Row, report: Report) -> list[Row]:
    """The acts that are stated by a word which the denial has, too."""
    said = _telling(denial["text"])
    return [
        act for act in report.acts if any(_alike(a, b) for a in _telling(act["text"]) for b in said)
    ]


def _of_place(denial: Row, report: Report) -> list[Row]:
    """The acts at a place that the denial names."""
    return [
        act
        for act in report.acts
        if act["place_name"]
        and re.search(rf"(?<!\w){re.escape(act['place_name'])}(?!\w)", denial["text"])
    ]


def _nearest(denial: Row, acts: Iterable[Row]) -> str:
    """The event of the act told last before the denial, else of the first told after it."""

    def distance(act: Row) -> tuple[bool, int]:
        return act["start"] > denial["start"], abs(act["start"] - denial["start"])

    event: str = min(acts, key=distance)["event"]
    return event


def _points_back(words: str) -> bool:
    """Whether a denial says no more than that what was said is not so, or ends with "it"."""
    if _words(words)[-1:] and _words(words)[-1] in _vocabulary("pronouns"):
        return True
    left = [word for word in _words(words) if word not in _vocabulary("plain")]
    return bool(left) and all(word in _vocabulary("one") | _vocabulary("all") for word in left)


def _words_for(words: str, name: str) -> bool:
    return any(word in _vocabulary(name) for word in _words(words))


def _before(denial: Row, report: Report) -> list[tuple[int, str | None]]:
    """What stands before a denial in its paragraph, else in the one before: start and event.

    The event of an act, or of the acts that a claim tells; None of a claim that tells of none.
    """
    of_claim = {claim: act["event"] for act in report.acts for claim in act["claims"]}
    said = [(act["start"], act["event"]) for act in report.acts]
    said += [
        (claim["start"], of_claim.get(claim["key"]))
        for claim in report.claims
        if denial["text"] not in claim["text"] and claim["key"] != denial["key"]
    ]
    breaks = [0, *(found.end() for found in _BREAK.finditer(report.text, 0, denial["start"]))]
    for first in breaks[:-3:-1]:
        found = [one for one in said if first <= one[0] < denial["start"]]
        if found:
            return sorted(found, key=lambda one: (one[0], one[1] is not None, one[1]))
    return []


def _told(before: Sequence[tuple[int, str | None]], *, every: bool) -> str | None:
    """The event told last; of `every` thing said, the one told most, None where two are."""
    if not every:
        return before[-1][1]
    told = Counter(event for _, event in before if event).most_common(2)
    if not told or (len(told) == 2 and told[0][1] == told[1][1]):
        return None
    return told[0][0]


def _telling(words: str) -> list[str]:
    known = _vocabulary("plain") | _vocabulary("one") | _vocabulary("all")
    return [word for word in _words(words) if word not in known]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(_QUOTED.sub(" ", text))]


def _alike(one: str, other: str) -> bool:
    """Whether two words may be forms of one: "raid" and "raided", "killing" and "killed"."""
    least: int = load("denials")["alike"]
    shorter, longer = sorted((_root(one), _root(other)), key=len)
    return len(shorter) >= least and longer.startswith(shorter)


def _root(word: str) -> str:
    """A word without the ending that makes it a plural, a participle or whoever does it."""
    return _ENDING.sub("", word)


@cache
def _vocabulary(name: str) -> frozenset[str]:
    return frozenset(load("denials")[name])
