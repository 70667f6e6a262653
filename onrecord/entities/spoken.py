"""Whose words a stretch is: within it, "he" is rather somebody else than who says it."""

from __future__ import annotations

from onrecord.entities.draft import Draft
from onrecord.entities.lexicon import listed
from onrecord.entities.words import Words

_FIRST = frozenset({"i", "me", "my", "myself", "we", "us", "our"})
_Stretch = tuple[int, int]
"""A first and a last sentence."""


class Speakers:
    """Who speaks the quotations of a text, and a paragraph in the first person behind "he said:".

    They become known as a text is read on: `learn` whom each word stands for.
    """

    def __init__(self, words: Words, found: list[tuple[int, Draft]]) -> None:
        self._words = words
        self._told: dict[int, set[int]] = {}
        for head, draft in found:
            self.learn(head, draft)
        self._quotations = _quotations(words)
        self._testimonies = _testimonies(words)

    def learn(self, head: int, draft: Draft) -> None:
        """Somebody stands at a word, who may speak there."""
        words = self._words
        if words.quoted[head]:
            return
        while words.dep[head] == "appos" and words.head[head] != head:
            head = words.head[head]
        if speaks(words, head):
            self._told.setdefault(words.sentence[head], set()).add(draft.number)

    def of(self, index: int) -> frozenset[int]:
        """The numbers of those who may speak the words at a token."""
        before = self._testimonies.get(self._words.sentence[index], -1)
        return self._of_quotation(self._words.quotation[index]) | frozenset(
            self._told.get(before, ())
        )

    def _of_quotation(self, number: int) -> frozenset[int]:
        """Who speaks in a quotation's sentences, else in the one before, else the last one."""
        while number in self._quotations:
            first, last = self._quotations[number]
            told = [self._told.get(s, set()) for s in range(first, last + 1)]
            here = frozenset().union(*told) or frozenset(self._told.get(first - 1, ()))
            follows = number - 1 in self._quotations
            if here or not follows or self._quotations[number - 1][1] < first - 1:
                return here
            number -= 1
        return frozenset()


def _quotations(words: Words) -> dict[int, _Stretch]:
    found: dict[int, _Stretch] = {}
    for index, quotation in enumerate(words.quotation):
        if quotation:
            first, _ = found.get(quotation, (words.sentence[index], 0))
            found[quotation] = first, words.sentence[index]
    return found


def _testimonies(words: Words) -> dict[int, int]:
    """The sentences of paragraphs in the first person, with the one that leads on to them."""
    found: dict[int, int] = {}
    for index, word in enumerate(words.word):
        if word != ":" or "\n" not in words.text[words.end[index] : words.end[index] + 3]:
            continue
        first = next((i for i in range(index + 1, len(words)) if words.word[i].strip()), None)
        if first is None:
            continue
        stop = words.text.find("\n", words.start[first])
        inside = []
        for i in range(first, len(words)):
            if words.start[i] >= stop >= 0:
                break
            inside.append(i)
        if any(words.lower[i] in _FIRST for i in inside):
            found |= {words.sentence[i]: words.sentence[index] for i in inside}
    return found


def speaks(words: Words, head: int) -> bool:
    """Whether a word is the subject of a verb of saying, or of a clause behind it that has one."""
    if words.dep[head] == "nsubj" and words.lemma[words.head[head]] in listed("roles", "speech"):
        return True
    return any(
        words.dep[c] == "relcl"
        and words.lemma[c] in listed("roles", "speech")
        and any(words.dep[w] == "nsubj" and words.tag[w] == "WP" for w in words.children[c])
        for c in words.children[head]
    )
