"""The words that name a post, and how far a post reaches: "former Chief of Army Staff (COAS)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.coding.formations import before_a_name
from onrecord.coding.phrase import Phrase, row
from onrecord.model import Span
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class _PostWords:
    heads: frozenset[str]
    in_capitals: frozenset[str]
    need_a_modifier: frozenset[str]
    ended: frozenset[str]
    status: frozenset[str]
    modifiers: frozenset[str]
    functions: frozenset[str]
    phrases: re.Pattern[str]
    function: re.Pattern[str]
    bodies: frozenset[str]


@cache
def _post_words() -> _PostWords:
    lexicon = load("posts")
    functions = "|".join(sorted(lexicon["functions"], key=len, reverse=True))
    joint = r"(?:,?\s+and\s+|\s*&\s*|\s*,\s+(?=[^\s,]+,?\s+and\b)|\s+|-\s*)"
    phrases = sorted(lexicon["phrases"], key=len, reverse=True)
    return _PostWords(
        heads=frozenset(lexicon["heads"]),
        in_capitals=frozenset(lexicon["in_capitals"]),
        need_a_modifier=frozenset(lexicon["need_a_modifier"]),
        ended=frozenset(lexicon["status"]["ended"]),
        status=frozenset(lexicon["status"]["ended"]) | frozenset(lexicon["status"]["other"]),
        modifiers=frozenset(lexicon["modifiers"]),
        functions=frozenset(lexicon["functions"]),
        phrases=re.compile("|".join(row(p.split()) for p in phrases), re.IGNORECASE),
        function=re.compile(
            rf"(?:\s+(?:of|for|on|in charge of)\s+(?:the\s+)?|\s*,\s+(?=[A-Z])|\s+(?=[A-Z]))"
            rf"(?:{functions})\b(?:{joint}(?:{functions})\b)*",
            re.IGNORECASE,
        ),
        bodies=frozenset(lexicon["bodies"]),
    )


_ABBREVIATION = re.compile(r",?\s*\\?[(\[]\s*[A-Z][\w.&/ -]{1,9}\\?[)\]]")
_ABBREVIATION_BETWEEN_COMMAS = re.compile(r",\s([A-Z]{2,8}s?)(?=,)")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_WORDS_BEFORE = re.compile(r"([\w’'.-]+)[ \t]+$")


def find_offices(text: str, ranks: list[Phrase], units: list[Phrase]) -> Iterator[Phrase]:
    """Every post that is named: its head, grown to the left and to the right."""
    words = _post_words()
    closed = {c for unit in units for c in range(unit.start, unit.end)}
    named = closed | {c for rank in ranks for c in range(rank.start, rank.end)}
    borne = [rank.span for rank in ranks if before_a_name(text, rank.end)]
    after_a_name = {rank.start for rank in ranks if text[rank.start].islower()}
    done = 0
    for head in _heads(text, words):
        if head[0] < done or head[0] in closed:
            continue
        own = {c for r in ranks if r.start <= head[0] < r.end for c in range(r.start, r.end)}
        phrase = _grown(text, head, closed, named - own if own else named)
        if phrase is None or phrase.start in after_a_name:
            continue
        if not any(start <= phrase.start and phrase.end <= end for start, end in borne):
            done = phrase.end
            yield phrase


_TOKEN = re.compile(r"[^\W\d_][\w-]*")


def _heads(text: str, words: _PostWords) -> Iterator[Span]:
    first = _first_words()
    for token in _TOKEN.finditer(text):
        low = token[0].lower()
        if low not in first and low.split("-")[0] not in first:
            continue
        found = words.phrases.match(text, token.start())
        if found and not text[found.end() : found.end() + 1].isalnum():
            yield found.span()
        elif low in words.heads and (low not in words.in_capitals or token[0].isupper()):
            yield token.span()


@cache
def _first_words() -> frozenset[str]:
    return frozenset(p.split()[0] for p in load("posts")["phrases"]) | _post_words().heads


def _grown(text: str, head: Span, closed: set[int], named: set[int]) -> Phrase | None:
    """The post with the words before and after its head that belong to it.

    `closed` are the characters of units, `named` those of units and ranks.
    """
    words = _post_words()
    start, end = head
    core, ended, grown = start, False, False
    capital = text[start].isupper()
    while before := _WORDS_BEFORE.search(text, max(0, start - 30), start):
        word, low = before[1], before[1].lower()
        tied = low.partition("-")
        if tied[0] in words.ended and tied[2] in words.modifiers:
            core, ended, grown = before.start() + len(tied[0]) + 1, True, True
            start = before.start()
            continue
        if before.start() in closed or not (
            low in words.status
            or _modifies(word, low, words, capital or _opens(text, before.start()))
        ):
            break
        ended = ended or low in words.ended
        start = before.start()
        if low not in words.status:
            core, grown = start, True
    grown = grown or bool(_WHOSE_DEPUTY.search(text, max(0, start - 6), head[1]))
    if text[head[0] : head[1]].lower() in words.need_a_modifier and not grown:
        return None
    ended = ended or bool(_former().search(text[max(0, start - 60) : start]))
    full = _with_function(text, end, words, named)
    end = _with_abbreviation(text, core, full)
    return Phrase(start, end, "post", core=(core, full), ended=ended)


_WHOSE_DEPUTY = re.compile(r"\b(?:his|her|its|their)\s+deputy$")


@cache
def _former() -> re.Pattern[str]:
    """What ends a post from before the body it was held in: "former British", "ex-Marrow Union"."""
    ended = "|".join(map(re.escape, sorted(_post_words().ended)))
    return re.compile(rf"\b(?i:{ended})[\s-]+(?:[A-Z][\w.’'&-]*[\s-]+){{1,4}}$")


def _opens(text: str, start: int) -> bool:
    """Whether a word is the first of its sentence, where a capital says nothing of it."""
    before = text[:start].rstrip(' \t“"')[-1:]
    return before in ("", ".", "!", "?", "\n")


def _modifies(word: str, low: str, words: _PostWords, capital: bool) -> bool:
    if low in words.modifiers:
        return capital or not word[0].isupper() or low in ("acting", "deputy")
    return False


def _with_abbreviation(text: str, start: int, end: int) -> int:
    """Take in the short form: "Chief of Army Staff (COAS)", "Chief of Army Staff, COAS, ..."."""
    short = _ABBREVIATION.match(text, end)
    if short:
        return short.end()
    short = _ABBREVIATION_BETWEEN_COMMAS.match(text, end)
    if short and " " in text[start:end] and short[1][0] == text[start].upper():
        return short.end()
    return end


_AHEAD = re.compile(r"\s+([A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,2})")


def _begins_a_body(text: str, function: re.Match[str]) -> bool:
    """Whether what looks like a field of work begins a name: "Head, Defence Industries Limited"."""
    ahead = _AHEAD.match(text, function.end())
    told = ahead[1].split() if ahead and function[0].split()[-1][0].isupper() else []
    if any(w.lower() in _post_words().bodies for w in told):
        return not any(w.lower() in _post_words().heads for w in told)
    joined = re.search(r"\b(?:of|for|on)\b", function[0])
    return not joined and any(map(is_name, told[:1]))


_VAGUE = frozenset({"public", "special", "general", "human", "international", "political", "civil"})
"""Words that say of what kind a field of work is, and not which."""


def _with_function(text: str, end: int, words: _PostWords, closed: set[int]) -> int:
    found = words.function.match(text, end)
    if found is None or any(c in closed for c in range(*found.span())):
        return end
    if _begins_a_body(text, found):
        return end
    following = _WORD.match(text, found.end() + 1)
    if following and text[found.end()] == " " and following[0].lower().rstrip(".,") in words.bodies:
        return end
    told = found[0]
    if following and following[0].lower().rstrip(".,") in words.heads:
        told = _BEFORE_THE_NEXT.sub("", told)  # "Director of Training and Military Secretary"
    last = re.findall(r"[\w-]+", told)[-1:]
    vague = not last or last[0].lower() in _VAGUE
    return end if vague else found.start() + len(told)


_BEFORE_THE_NEXT = re.compile(r"\s*(?:,|&|\band\b)(?:(?!,|&|\band\b).)*$|(?<=\w)\s+\S+$")


def is_name(words: str) -> bool:
    """A capitalized word that is none of those that posts and ranks are told in."""
    return any(
        word[0].isupper()
        and (len(word) == 1 or not {word.lower(), word.lower().rstrip("s")} & _no_names())
        for word in _TOKEN.findall(words)
    )


@cache
def _no_names() -> frozenset[str]:
    """Words that a person's name does not consist of."""
    post, ranks = _post_words(), load("ranks")
    heads = {word for phrase in load("posts")["phrases"] for word in phrase.split()}
    short = {form for forms in ranks["words"].values() for form in forms}
    words = {*post.heads, *post.status, *post.modifiers, *post.functions, *heads, *short}
    return frozenset(
        {*words, *ranks["words"], *ranks["not_names"]} - {"king", "prince", "major", "bishop"}
    )
