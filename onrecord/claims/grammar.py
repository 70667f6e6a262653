"""The parse as plain columns: read once a document, so that rules look at lists, not objects."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.model import Span
from onrecord.passages.quotes import Quotation, quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.passages.parse import Parsed

Tokens = tuple[int, int]
"""A stretch of tokens, end exclusive."""
FINITE = ("VBD", "VBZ", "VBP", "MD")
"""Tags of verbs that make a clause of their own."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Columns over the tokens of a document; `head[i] == i` at a root; edges are inclusive.

    `quote[i]` is the number of the quotation a token stands in, or -1; `sentence[i]` and
    `paragraph[i]` are numbers counted from 0. `quote_starts` are the tokens that open quotations.
    """

    text: str
    word: list[str]
    lemma: list[str]
    tag: list[str]
    dep: list[str]
    entity: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    left: list[int]
    right: list[int]
    children: list[list[int]]
    sentence: list[int]
    sentences: list[Tokens]
    paragraph: list[int]
    quotations: tuple[Quotation, ...]
    quote: list[int]
    quote_starts: list[int]

    def __len__(self) -> int:
        return len(self.word)

    def child(self, token: int, *deps: str) -> int | None:
        """The first dependent with one of these labels."""
        return next((c for c in self.children[token] if self.dep[c] in deps), None)

    def subtree(self, token: int) -> Tokens:
        """The stretch from the first to the last token below this one."""
        return (self.left[token], self.right[token] + 1)

    def head_of(self, tokens: Tokens) -> int:
        """The first token of a stretch whose head lies outside it."""
        first, last = tokens
        inside = (t for t in range(first, last) if not first <= self.head[t] < last)
        return next(inside, next((t for t in range(first, last) if self.head[t] == t), first))

    def sentence_of(self, token: int) -> Tokens:
        """The sentence a token stands in."""
        return self.sentences[self.sentence[token]]

    def covering(self, span: Span) -> Tokens:
        """The tokens that touch a stretch of characters."""
        return (bisect_right(self.end, span[0]), bisect_left(self.start, span[1]))

    def characters(self, tokens: Tokens) -> Span:
        """The characters from the first to the last of these tokens."""
        return (self.start[tokens[0]], self.end[tokens[1] - 1])


def main_verb(g: Grammar, content: tuple[Tokens, ...]) -> int:
    """The highest token of a content: a verb where one is, else that of its first stretch."""
    tops = [
        t
        for first, last in content
        for t in range(first, last)
        if not first <= g.head[t] < last or g.head[t] == t
    ]
    verbs = (t for t in tops if g.tag[t].startswith(("VB", "MD")))
    return next(verbs, tops[0] if tops else content[0][0])


def read_grammar(parsed: Parsed, doc: Doc) -> Grammar:
    """The columns of a parsed document."""
    tokens = list(doc)
    end = [token.idx + len(token) for token in tokens]
    head = [token.head.i for token in tokens]
    children: list[list[int]] = [[] for _ in tokens]
    for number, above in enumerate(head):
        if above != number:
            children[above].append(number)
    sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
    start = [token.idx for token in tokens]
    quoted = quotations(parsed.text, parsed.paragraphs)
    word = [token.text for token in tokens]
    return Grammar(
        text=parsed.text,
        word=word,
        lemma=[token.lemma_.lower() for token in tokens],
        tag=[token.tag_ for token in tokens],
        dep=[token.dep_ for token in tokens],
        entity=[token.ent_type_ for token in tokens],
        head=head,
        start=start,
        end=end,
        left=[token.left_edge.i for token in tokens],
        right=[token.right_edge.i for token in tokens],
        children=children,
        sentence=[n for n, (first, last) in enumerate(sentences) for _ in range(first, last)],
        sentences=sentences,
        paragraph=_numbered(start, [first for first, _ in parsed.paragraphs]),
        quotations=quoted,
        quote=_quoted(start, quoted),
        quote_starts=[bisect_right(end, one.outer[0]) for one in quoted],
    )


def _numbered(starts: list[int], firsts: list[int]) -> list[int]:
    return [max(0, bisect_right(firsts, at) - 1) for at in starts]


def _quoted(starts: list[int], quoted: tuple[Quotation, ...]) -> list[int]:
    inside = [-1] * len(starts)
    for number, quotation in enumerate(quoted):
        for first, last in quotation.spans:
            low, high = bisect_left(starts, first), bisect_left(starts, last)
            inside[low:high] = [number] * (high - low)
    return inside
