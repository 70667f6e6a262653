"""Documents that speak in their own voice: transcripts, and signed statements and letters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache

from onrecord import vocabulary
from onrecord.claims.grammar import FINITE, Grammar, Tokens
from onrecord.entities import EntityBook
from onrecord.model import Entity, Span

HEAD = 6
"""Lines at the top among which a heading that names the speaker is looked for."""
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_LABEL = re.compile(r"[^\W\d_][^\n:.!?,;“”\"]{0,40}(?=:\s)")
_FROM = re.compile(r"From:\s+\"?(?P<who>[^\W\d_][^<>\"\n@]*[^\W\d_])")
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")
_PARTICLES = "al|el|bin|ibn|ben|abu|de|da|dos|del|di|du|la|le|van|von|der"
_CAPITALS = rf"[^\W\d_a-z][\w'’-]*(?: (?:(?:{_PARTICLES}) )*[^\W\d_a-z][\w'’-]*){{1,4}}"
_OWN = frozenset({"i", "we", "my", "our"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks a stretch: the words that say so, the entity, and the tokens spoken.

    `plural` is whether "we" there is that one too, or may be others whom nothing names.
    """

    span: Span
    entity: str | None
    tokens: Tokens
    plural: bool = True


@dataclass(frozen=True, slots=True)
class _Words:
    headings: re.Pattern[str]
    closings: re.Pattern[str]
    naming: re.Pattern[str]
    below: re.Pattern[str]
    fields: frozenset[str]


@cache
def _words() -> _Words:
    cues = vocabulary.load("cues")
    return _Words(
        headings=re.compile(
            rf"(?:{'|'.join(cues['own_words'])})\s+(?:by|from|of)\s+(?P<who>\S.*?)"
            r"(?:,?\s+(?:on|about|regarding|concerning|after|following|before|to|in|at|for)\s.*)?",
            re.IGNORECASE,
        ),
        closings=re.compile(rf"(?:{'|'.join(cues['closings'])})\W*", re.IGNORECASE),
        naming=re.compile(
            rf"(?:(?<=\.\s)|^)(?i:{'|'.join(cues['naming_oneself'])})\s+(?P<who>{_CAPITALS})"
        ),
        below=re.compile(rf"(?:{'|'.join(cues['below_own_words'])})\b", re.IGNORECASE),
        fields=frozenset(cues["label_fields"]),
    )


def is_field(label: str) -> bool:
    """Whether words before a colon name a field of a letterhead, not somebody who speaks."""
    return label.casefold().strip() in _words().fields


def turns(g: Grammar, book: EntityBook) -> list[Voice]:
    """The turns of a transcript, in order: `NAME: words`, up to the next label.

    A text is a transcript where lines begin with names or words in capitals, and those come back.
    """
    surnames = _surnames(book)
    labels = [s for s in _labels(g) if _shouted(g, s) or _named(book, surnames, g.text, s)]
    said = Counter(g.text[slice(*span)].casefold() for span in labels)
    if len(labels) < 3 or max(said.values()) < 2:
        return []
    speakers = {name for name, times in said.items() if times > 1}
    spans = [s for s in labels if g.text[slice(*s)].casefold() in speakers or _shouted(g, s)]
    starts = [bisect_left(g.start, span[1] + 1) for span in spans]
    ends = [bisect_left(g.start, span[0]) for span in spans[1:]]
    ends.append(_end_of_paragraph(g, starts[-1]))
    return [
        Voice(span, _named(book, surnames, g.text, span), (first, last))
        for span, first, last in zip(spans, starts, ends, strict=True)
        if first < last
    ]


def _shouted(g: Grammar, span: Span) -> bool:
    return g.text[slice(*span)].isupper()


def _labels(g: Grammar) -> list[Span]:
    found = []
    for line in _LINE.finditer(g.text):
        label = _LABEL.match(g.text, line.start(), line.end())
        if label is not None and label[0][0].isupper() and not is_field(label[0]):
            found.append(label.span())
    return found


def _end_of_paragraph(g: Grammar, token: int) -> int:
    last = token
    while last < len(g) and g.paragraph[last] == g.paragraph[token]:
        last += 1
    return last


def _surnames(book: EntityBook) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entity in book:
        words = entity.name.casefold().split()
        if entity.type == "Person" and len(words) > 1:
            found.setdefault(words[-1], set()).add(entity.id)
    return found


def _named(book: EntityBook, surnames: dict[str, set[str]], text: str, span: Span) -> str | None:
    """Who a label means: the one person with that surname, or the mention that stands there."""
    same = surnames.get(text[slice(*span)].casefold().rsplit(maxsplit=1)[-1], set())
    if len(same) == 1:
        return next(iter(same))
    people = [e for _, e in book.within(span) if e.type != "Place"]
    return people[0].id if people and not same else None


def signed(g: Grammar, book: EntityBook) -> Voice | None:
    """Who speaks in a statement or letter in the first person, by its heading or signature.

    None where nothing signs it, or where nobody says "I" or "we" outside quotations.
    """
    own = sum(w.lower() in _OWN and q < 0 for w, q in zip(g.word, g.quote, strict=True))
    if own < 2:
        return None
    lines = [line.span() for line in _LINE.finditer(g.text)]
    mailed = _mailed(g, book, lines) or _named_by_themselves(g, book, lines)
    return mailed or _headed(g, book, lines[:HEAD]) or _at_the_end(g, book, lines)


def letterhead(g: Grammar, book: EntityBook) -> Entity | None:
    """The body whose name alone makes the first line: it is the "we" of what follows."""
    first = _LINE.search(g.text)
    found = None if first is None else _filling(book, g.text, first.span())
    return found if found is not None and found.type == "Organization" else None


def _headed(g: Grammar, book: EntityBook, lines: list[Span]) -> Voice | None:
    for start, end in lines:
        found = _words().headings.fullmatch(g.text, start, end)
        if found is None or found["who"].rstrip()[-1] in ".!?":
            continue
        named = [e for _, e in book.within(found.span("who")) if not e.candidates]
        people = [e for e in named if e.type == "Person"]
        bodies = [e for e in named if e.type == "Organization"]
        speaker = next(iter(people or bodies), None)
        if speaker is not None:
            span = _trimmed(g.text, found.span("who"))
            return Voice(span, speaker.id, (bisect_left(g.start, end), len(g)))
    return None


def _named_by_themselves(g: Grammar, book: EntityBook, lines: list[Span]) -> Voice | None:
    """`My name is Ras Adu.` in a testimony, `I, Ras Adu, a tailor, state` in an affidavit.

    All from there on is theirs, but what others put below it: `Sworn before me`.
    """
    for number, (start, end) in enumerate(lines[:HEAD]):
        found = _words().naming.search(g.text[start:end])
        if found is None:
            continue
        span = (start + found.start("who"), start + found.end("who"))
        first = bisect_left(g.start, start + found.start())
        if first == len(g) or g.quote[first] >= 0:
            continue
        named = [e for _, e in book.within(span)]
        speaker = named[0] if named else _signer(book, g.text, span)
        if speaker is None or speaker.type != "Person" or speaker.candidates:
            continue
        below = (a for a, b in lines[number + 1 :] if _words().below.match(g.text, a, b))
        return Voice(span, speaker.id, (first, bisect_left(g.start, next(below, len(g.text)))))
    return None


def _mailed(g: Grammar, book: EntityBook, lines: list[Span]) -> Voice | None:
    """The sender of a mail who signs it with the same name, or a part of it."""
    sender = next((m for s in lines[:HEAD] if (m := _FROM.match(g.text, *s))), None)
    if sender is None:
        return None
    known = set(sender["who"].casefold().split())
    for start, end in lines[-3:]:
        signs = set(g.text[start:end].casefold().rstrip(".,").split()) <= known
        if signs and start > sender.end():
            named = _signer(book, g.text, sender.span("who"))
            body = (bisect_left(g.start, sender.end()), bisect_left(g.start, start))
            return None if named is None else Voice(sender.span("who"), named.id, body)
    return None


def _at_the_end(g: Grammar, book: EntityBook, lines: list[Span]) -> Voice | None:
    """The name below a closing formula, or a line that is only a name among the last three."""
    last = lines[-4:]
    closed = next((n for n, s in enumerate(last) if _closes(g.text, s)), None)
    for number, line in enumerate(last):
        if closed is not None and number <= closed:
            continue
        if any(_is_prose(g.text, later) for later in last[number:]):
            continue
        speaker = _filling(book, g.text, line) if closed is None else _signer(book, g.text, line)
        if speaker is not None and speaker.type != "Place" and not speaker.candidates:
            if closed is None and speaker.type != "Person":
                continue
            end = line[0] if closed is None else last[closed][0]
            return Voice(line, speaker.id, (0, bisect_left(g.start, end)))
    return None


def _signer(book: EntityBook, text: str, line: Span) -> Entity | None:
    """Who signs below a closing formula: what stands there is a person, known before or not."""
    known = _filling(book, text, line)
    if known is None:
        named = _NAME.fullmatch(text, *line) is not None
        return book.ensure(line, line[0], "Person") if named else None
    if known.type == "Place" and all(line[0] <= start < line[1] for start, _ in known.mentions):
        book.learn(known.id, type="Person")
    return book[known.id]


def _closes(text: str, line: Span) -> bool:
    return _words().closings.fullmatch(text, *line) is not None


def _is_prose(text: str, line: Span) -> bool:
    return line[1] - line[0] > 90 or text[slice(*line)].rstrip()[-1:] in (".", "!", "?", "”", '"')


def _filling(book: EntityBook, text: str, line: Span) -> Entity | None:
    """The entity whose mention makes (nearly) a whole line: "Dr Ilse Bram"."""
    words = text[slice(*line)].split()
    if not 1 < len(words) <= 9:
        return None
    for span, entity in book.within(line):
        if len(text[slice(*span)].split()) >= len(words) - 1:
            return entity
    return None


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return (start, end)


def sentences_of(g: Grammar, voice: Voice) -> list[Tokens]:
    """The whole sentences of prose that a voice speaks, quotations apart."""
    first, last = voice.tokens
    return [
        sentence
        for sentence in g.sentences
        if first <= sentence[0] and sentence[1] <= last and _is_said(g, sentence)
    ]


def _is_said(g: Grammar, sentence: Tokens) -> bool:
    first, last = sentence
    while last > first and g.word[last - 1].isspace():
        last -= 1
    whole = last - first > 3 and g.word[last - 1] in (".", "!", "?", ";")
    plain = all(g.quote[t] < 0 for t in (first, last - 1))
    return whole and plain and any(g.tag[t] in FINITE for t in range(first, last))
