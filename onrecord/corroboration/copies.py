"""Near copies: documents that are one text, changed, cut or added to.

Pairs that share runs of words are looked at a second time: their words are aligned. Where it is not
clear that they are one text, a closer look tells, and how many copies either has counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf, log
from typing import TYPE_CHECKING

import numpy as np

from onrecord.corroboration.closer_look import CloserLook
from onrecord.corroboration.second_look import SecondLook, Signs, copy_rules
from onrecord.corroboration.shared_runs import shared_runs
from onrecord.corroboration.shingles import Numbers, Words, read_words

if TYPE_CHECKING:
    import pyarrow as pa

Doubtful = dict[tuple[int, int], tuple[float, Signs]]
"""Pairs of texts that may be one: how clearly, and what they have in common."""


def near_copies(documents: pa.Table) -> pa.Table:
    """Pairs of near copies among `documents` (key, text, published, publisher).

    Columns: `earlier`, `later` (keys), `share` (float64: of the shorter document's words, how many
    the other has), sorted by the keys. Which of two undated documents is the earlier is decided by
    their keys, so that it is always the same one. Of many copies of one text not every pair is
    given, but enough to connect them all.
    """
    import pyarrow as pa

    keys, texts = documents["key"].to_pylist(), documents["text"].to_pylist()
    published, publishers = (documents[n].to_pylist() for n in ("published", "publisher"))
    order = sorted(range(len(keys)), key=lambda i: (published[i] or "~", keys[i]))
    found = find_copies([texts[i] or "" for i in order], [publishers[i] for i in order])
    rows = sorted((keys[order[a]], keys[order[b]], share) for a, b, share in found)
    columns = {"earlier": pa.string(), "later": pa.string(), "share": pa.float64()}
    return pa.table(
        {
            name: pa.array([row[place] for row in rows], kind)
            for place, (name, kind) in enumerate(columns.items())
        }
    )


def find_copies(
    texts: Sequence[str], publishers: Sequence[str | None]
) -> Iterator[tuple[int, int, float]]:
    """Near copies among texts in the order of their publication: two positions and the share."""
    words, families = read_words(texts), Families(len(texts))
    look, doubtful = SecondLook(words, publishers), Doubtful()
    yield from clear_copies(words, look, families, doubtful)
    left = families.likeliest(doubtful)
    closer = CloserLook(texts, words, publishers, look, (text for pair in left for text in pair))
    scored = []
    for earlier, later in left:
        score, signs = doubtful[earlier, later]
        if needs_closer_look(score, signs):
            close = closer.signs(earlier, later, signs)
            score = closer.score(close) if close is not None else -inf
        if score >= 0:
            scored.append((score, earlier, later, signs.aligned))
    # The clearest first: what a family is joined with depends on what it is by then.
    for score, earlier, later, share in sorted(scored, key=lambda row: -row[0]):
        if families.apart(earlier, later) and score >= families.doubt(earlier, later):
            families.join(earlier, later)
            yield earlier, later, share


def clear_copies(
    words: Words, look: SecondLook, families: Families, doubtful: Doubtful
) -> Iterator[tuple[int, int, float]]:
    """Joins the pairs that are clearly copies and gives them; gathers those in doubt."""
    rule, runs = copy_rules(), shared_runs(words)
    for earlier, later in runs.candidates():
        if families.apart(earlier, later):
            signs = look.signs(earlier, later)
            score = look.score(signs) if signs is not None else -inf
            if signs is not None and score >= rule.clearly:
                families.join(earlier, later)
                yield earlier, later, signs.aligned
            elif signs is not None and score >= rule.clearly_not:
                doubtful[earlier, later] = score, signs
    for earlier, later in runs.further(families.heads()):
        signs = look.signs(earlier, later) if (earlier, later) not in doubtful else None
        score = look.score(signs) if signs is not None else -inf
        if signs is not None and score >= rule.clearly_not:
            doubtful[earlier, later] = score, signs


def needs_closer_look(score: float, signs: Signs) -> bool:
    """Whether a second look is not enough; of a few words a closer one tells no more."""
    rule = copy_rules()
    return score < rule.clearly and signs.length >= log(rule.brief_words)


class Families:
    """Texts joined so far."""

    def __init__(self, texts: int) -> None:
        self._above = list(range(texts))
        self._size = [1] * texts

    def apart(self, one: int, other: int) -> bool:
        """Whether two texts are not joined."""
        return self._head(one) != self._head(other)

    def join(self, earlier: int, later: int) -> None:
        """Two texts, and all joined with either, are one."""
        above, below = self._head(earlier), self._head(later)
        self._above[below] = above
        self._size[above] += self._size[below]

    def doubt(self, one: int, other: int) -> float:
        """How much clearer than for two single texts it must be that their families are one.

        The more texts two families have that are clearly copies, the less is it to be believed
        that one doubtful pair is all that joins them, and the more pairs a false join makes.
        """
        smaller = min(self._size[self._head(one)], self._size[self._head(other)])
        return copy_rules().families * log(smaller)

    def likeliest(
        self, doubtful: Mapping[tuple[int, int], tuple[float, object]]
    ) -> list[tuple[int, int]]:
        """Of scored pairs, for any two families that are apart the few with the highest score."""
        seen: dict[tuple[int, int], int] = {}
        kept = []
        for pair in sorted(doubtful, key=lambda pair: (-doubtful[pair][0], pair)):
            one, other = sorted(map(self._head, pair))
            seen[one, other] = seen.get((one, other), 0) + 1
            if one != other and seen[one, other] <= copy_rules().pairs:
                kept.append(pair)
        return kept

    def heads(self) -> Numbers:
        """For each text, the one that stands for all those joined with it."""
        return np.array([self._head(text) for text in range(len(self._above))], dtype=np.int64)

    def _head(self, text: int) -> int:
        while self._above[text] != text:
            self._above[text] = self._above[self._above[text]]
            text = self._above[text]
        return text
