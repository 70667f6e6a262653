"""The phrases that posts are told in: ranks, formations, posts, people, bodies and places.

Each is a stretch of the text with its kind. They are found on the surface, since the parser often
takes a rank or a formation for part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.coding.context import Context
from onrecord.model import Span
from onrecord.vocabulary import load

PhraseKind = Literal["rank", "post", "person", "body", "place"]
_BODY_KINDS = {"Organization": "body", "Group": "body", "Place": "place", "Person": "person"}
_PRONOUNS = frozenset(
    [
        *("he", "him", "his", "she", "her", "hers", "they", "them", "their", "theirs", "it", "its"),
        *("i", "me", "my", "we", "us", "our", "you", "your", "who", "whom", "whose"),
    ]
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of text, its kind, the entity that stands there, and for a post its own words.

    `core` is the post without "former", "new" and the like; `ended` is what those say.
    """

    start: int
    end: int
    kind: PhraseKind
    entity: str | None = None
    core: Span | None = None
    ended: bool = False

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.end


def find_phrases(context: Context) -> list[Phrase]:
    """All phrases of a document in order, none overlapping another."""
    text = context.parsed.text
    ranks = [Phrase(*found.span(), "rank") for found in _ranks().finditer(text)]
    units = list(_units(text))
    posts = list(_posts(text, ranks, units))
    ranks = [r for r in ranks if _stands(text, r)]
    taken = _Taken([*posts, *ranks, *units])
    named = [p for p in _named(context) if p.start not in taken.starts]
    return sorted(
        [*taken.phrases, *taken.trim(text, named)], key=lambda phrase: (phrase.start, phrase.end)
    )


class _Taken:
    """Characters that better phrases hold already; earlier phrases win over later ones."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases: list[Phrase] = []
        self._held: set[int] = set()
        self._in_bodies: set[int] = set()
        for phrase in phrases:
            if not self.touches(phrase.start, phrase.end):
                self.phrases.append(phrase)
                self._held.update(range(phrase.start, phrase.end))
                if phrase.kind == "body":
                    self._in_bodies.update(range(phrase.start, phrase.end))
        self.starts = {p.start for p in self.phrases if p.kind == "body"}

    def touches(self, start: int, end: int) -> bool:
        """Some of the characters are held."""
        return any(c in self._held for c in range(start, end))

    def _is_no_name(self, text: str, phrase: Phrase) -> bool:
        """A description that ends in a post, or the tail of a unit that was taken for a person."""
        if phrase.kind == "person" and phrase.start in self._in_bodies:
            return True
        return phrase.end - 1 in self._held and _is_description(text, phrase)

    def trim(self, text: str, named: Iterable[Phrase]) -> Iterator[Phrase]:
        """The parts of names that no better phrase holds: "Maj. Gen. Aro Venn" is Aro Venn."""
        for phrase in named:
            free = [c for c in range(phrase.start, phrase.end) if c not in self._held]
            if not free or self._is_no_name(text, phrase):
                continue
            start, end = free[0], free[-1] + 1
            if phrase.kind != "person" and start != phrase.start:
                continue
            if self.touches(start, end):
                start, end = _longest_run(free)
            while start < end and not text[start].isalnum():
                start += 1
            while start < end and text[end - 1] in " ,\n":
                end -= 1
            if any(c.isupper() for c in text[start:end]) or (start, end) == phrase.span:
                self._held.update(range(start, end))
                yield Phrase(start, end, phrase.kind, phrase.entity)


def _is_description(text: str, phrase: Phrase) -> bool:
    """A post with an article is no name: "the BNM chairman"."""
    first = text[phrase.start : phrase.end].split(maxsplit=1)[0].lower()
    return first in ("the", "a", "an", "its", "their")


def _longest_run(characters: list[int]) -> Span:
    runs: list[Span] = []
    for c in characters:
        if runs and runs[-1][1] == c:
            runs[-1] = (runs[-1][0], c + 1)
        else:
            runs.append((c, c + 1))
    return max(runs, key=lambda run: run[1] - run[0])


def _named(context: Context) -> list[Phrase]:
    """The mentions of the book, pronouns too, the longer ones first."""
    found = [
        Phrase(*span, _BODY_KINDS[entity.type], entity.id)  # type: ignore[arg-type]
        for entity in context.book
        for span in entity.mentions
    ]
    text = context.parsed.text
    return sorted((p for p in found if _is_name(text, p)), key=lambda p: (p.start - p.end, p.start))


def _is_name(text: str, phrase: Phrase) -> bool:
    words = text[phrase.start : phrase.end]
    if phrase.kind == "person":
        return words.lower() in _PRONOUNS or is_name(words)
    return words.lower() not in _PRONOUNS


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


def _row(words: Iterable[str], joint: str = r"[\s-]+") -> str:
    """A pattern for one phrase of several words."""
    return joint.join(re.escape(w) for w in words)


@cache
def _ranks() -> re.Pattern[str]:
    lexicon = load("ranks")
    forms = {
        word: "|".join([word.capitalize(), word.upper(), *(s.capitalize() for s in short)])
        if word != "of"
        else "of"
        for word, short in lexicon["words"].items()
    }
    rows = sorted(lexicon["ranks"], key=lambda row: -len(row.split()))
    phrases = [r"[\s.\-–]{1,3}".join(f"(?:{forms[w]})" for w in row.split()) for row in rows]
    short = [_row(a.split()) for a in sorted(lexicon["abbreviations"], key=len, reverse=True)]
    spelled_out = "|".join(
        [*(r.replace(" ", "[ -]") for r in rows if " " in r), "colonel", "brigadier"]
    )
    return re.compile(
        rf"(?<![\w-])(?=[A-Z12])(?:{'|'.join([*phrases, *short])})(?![\w])(?:\.(?=[\s,]*[A-Z(]))?"
        rf"(?:\s?\((?:[Rr]td|[Rr]etired)\.?\))?"
        rf"|(?<=\ba )(?:{spelled_out})(?![\w-])"
    )


_NAME_START = re.compile(r"\s*(?:\([^()\n]{1,12}\)\s*)?[A-Z]")


def _stands(text: str, rank: Phrase) -> bool:
    """Words that are also other things are a rank only right before a name."""
    word = text[rank.start : rank.end].rstrip(".").lower()
    if word not in _only_before_a_name():
        return True
    return bool(_NAME_START.match(text, rank.end)) and text[rank.end - 1] != ","


@cache
def _only_before_a_name() -> frozenset[str]:
    return frozenset(w.lower() for w in load("ranks")["only_before_a_name"])


@cache
def _unit_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Numbered units alone, and units of any sort."""
    lexicon = load("units")

    def any_of(name: str) -> str:
        longest_first = sorted(lexicon[name], key=len, reverse=True)
        return "(?:" + "|".join(_row(w.split(), r"\s+") for w in longest_first) + ")"

    title = r"[A-Z][\w’'-]*"
    number = rf"(?:\d{{1,4}}(?:st|nd|rd|th|ST|ND|RD|TH)?|{any_of('ordinals')}\b)"
    kinds, qualifiers = any_of("kinds"), any_of("qualifiers")
    tail = rf"(?:\s+{any_of('tails')}\b)?"
    numbered = (
        rf"(?:{number}\s?(?:{qualifiers}\s+){{0,3}}(?i:{kinds})"
        rf"|\d{{1,4}}\s(?:{title}\s+){{1,4}}{kinds})\b{tail}"
    )
    named = rf"(?:{title}\s+(?:(?:and|&|of)\s+)?){{0,3}}{title}\s+{any_of('named_kinds')}\b{tail}"
    operation = rf"{any_of('operations')}\s+{title}(?:\s+{title}){{0,2}}"
    force = (
        r"(?:[A-Z][\w-]*\s+){0,2}(?:Joint|Special|Military|Multi-?[Nn]ational)\s+"
        r"(?:[A-Z]\w+\s+)?Task\s+Force"
    )
    return tuple(  # type: ignore[return-value]
        re.compile(rf"(?<![\w-])(?=[A-Z\d])(?:{pattern})(?![\w-])")
        for pattern in (numbered, f"{numbered}|{operation}|{force}|{named}")
    )


def _units(text: str) -> Iterator[Phrase]:
    numbered, units = _unit_patterns()
    for found in units.finditer(text):
        inside = numbered.search(text, *found.span())
        start, end = inside.span() if inside else found.span()
        for word in text[start:end].split()[:-1]:
            if word.lower() not in _not_first_in_a_unit():
                break
            start = text.index(word, start) + len(word)
            start += len(text[start:end]) - len(text[start:end].lstrip())
        words = text[start:end].split()
        if (len(words) > 1 or words[0][0].isdigit()) and "\n" not in text[start:end]:
            yield Phrase(start, end, "body")


def is_unit(text: str, phrase: Phrase) -> bool:
    """A body that is a formation with a number or a name, not any organization."""
    return bool(_unit_patterns()[1].match(text, phrase.start, phrase.end))


@cache
def _not_first_in_a_unit() -> frozenset[str]:
    posts = load("posts")
    return frozenset([*load("units")["never_first"], *posts["heads"], "commanding"])


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
        phrases=re.compile("|".join(_row(p.split(), r"\s+") for p in phrases), re.IGNORECASE),
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


def _posts(text: str, ranks: list[Phrase], units: list[Phrase]) -> Iterator[Phrase]:
    """Every post that is named: its head, grown to the left and to the right."""
    words = _post_words()
    closed = {c for unit in units for c in range(unit.start, unit.end)}
    named = closed | {c for rank in ranks for c in range(rank.start, rank.end)}
    rank_spans = {rank.span for rank in ranks if _NAME_START.match(text, rank.end)}
    done = 0
    for head in _heads(text, words):
        if head[0] < done or head[0] in closed:
            continue
        own = {c for r in ranks if r.start <= head[0] < r.end for c in range(r.start, r.end)}
        phrase = _grown(text, head, closed, named - own if own else named)
        if phrase is not None and phrase.span not in rank_spans:
            done = phrase.end
            yield phrase


_TOKEN = re.compile(r"[^\W\d_][\w-]*")


def _heads(text: str, words: _PostWords) -> Iterator[Span]:
    first = _first_words()
    for token in _TOKEN.finditer(text):
        low = token[0].lower()
        if low not in first:
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
        if before.start() in closed or not (
            low in words.status or _modifies(word, low, words, capital)
        ):
            break
        ended = ended or low in words.ended
        start = before.start()
        if low not in words.status:
            core, grown = start, True
    if text[head[0] : head[1]].lower() in words.need_a_modifier and not grown:
        return None
    full = _with_function(text, end, words, named)
    end = _with_abbreviation(text, core, full)
    return Phrase(start, end, "post", core=(core, full), ended=ended)


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


def _with_function(text: str, end: int, words: _PostWords, closed: set[int]) -> int:
    found = words.function.match(text, end)
    if found is None or any(c in closed for c in range(*found.span())):
        return end
    following = _WORD.match(text, found.end() + 1)
    if following and text[found.end()] == " " and following[0].lower().rstrip(".,") in words.bodies:
        return end
    last = re.findall(r"[\w-]+", found[0])[-1].lower()
    return end if last in ("public", "special", "general", "human") else found.end()
