"""The parse of a document as plain columns: spaCy's attributes, each converted once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.model import Span
from onrecord.passages.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass")
"""How a noun hangs on the verb of which it is the subject."""
_MARK = re.compile('[“”"\n]')


@dataclass(frozen=True, slots=True)
class Words:
    """One row a token: its word, lemma, part of speech, dependency, head, offsets, sentence."""

    text: str
    word: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    sentence: list[int]
    quoted: list[bool]
    quotation: list[int]
    """Number of the quotation a token stands in, from 1; 0 outside."""
    children: list[list[int]]
    names: list[tuple[int, int, str]]
    """What the parser takes for names: first token, end, label."""

    def __len__(self) -> int:
        return len(self.word)

    def span(self, first: int, end: int) -> Span:
        """The characters from token `first` up to and without token `end`."""
        return (self.start[first], self.end[end - 1])

    def said(self, first: int, end: int) -> str:
        """The words from token `first` up to `end` as the text has them."""
        return self.text[self.start[first] : self.end[end - 1]]


def words_of(parsed: Parsed) -> Words:
    """The columns of a parsed text; `parsed.doc` must be there."""
    doc = parsed.doc
    assert doc is not None  # noqa: S101 - callers have turned away what was not parsed
    tokens = list(doc)
    word = [token.text for token in tokens]
    start = [token.idx for token in tokens]
    head = [token.head.i for token in tokens]
    quotation = list(_quotations(parsed.text, start))
    children: list[list[int]] = [[] for _ in word]
    for index, above in enumerate(head):
        if above != index:
            children[above].append(index)
    return Words(
        text=parsed.text,
        word=word,
        lower=[w.lower() for w in word],
        lemma=[token.lemma_.lower() for token in tokens],
        pos=[token.pos_ for token in tokens],
        tag=[token.tag_ for token in tokens],
        dep=[token.dep_ for token in tokens],
        head=head,
        start=start,
        end=[s + len(w) for s, w in zip(start, word, strict=True)],
        sentence=_sentences(tokens),
        quoted=[number > 0 for number in quotation],
        quotation=quotation,
        children=children,
        names=[(ent.start, ent.end, ent.label_) for ent in doc.ents],
    )


def _sentences(tokens: list[Token]) -> list[int]:
    number, found = -1, []
    for token in tokens:
        number += token.is_sent_start is True or number < 0
        found.append(number)
    return found


def _quotations(text: str, starts: list[int]) -> Iterator[int]:
    """The quotation each token stands in: between double marks, which end with their line."""
    marks = [match.start() for match in _MARK.finditer(text)]
    inside, position, number = False, 0, 0
    for start in starts:
        while position < len(marks) and marks[position] < start:
            mark = text[marks[position]]
            inside = mark == "“" or (mark == '"' and not inside)
            number += inside
            position += 1
        yield number if inside else 0
