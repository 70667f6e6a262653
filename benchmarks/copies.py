"""Near copies: how many planted ones are found, how many found are wrong, and how fast.

    python benchmarks/copies.py [--events N] [--seed S] [--fit SEED ...]

Texts are those of a simulated world, whose outlets copy each other, and copies planted in them:
words replaced, left out or put in (up to 30% of them), sentences in another order, the text cut to
a half, words of another text added, or both. The same texts go through datasketch's MinHash LSH
(128 permutations over the same runs of three words, at a threshold that lets it find copies changed
so much). Prints, and exits 1 where a bound is not held:

- recall over planted copies of whose words at most 30% are not the original's, what was put in or
  added counted (all of them joined with what they were made from), and over those changed more
  (shown only: cut to a half, 30% of that changed, and as much again of another text);
- precision over joined pairs (at least 0.99);
- documents per second of processor, as a multiple of datasketch's (at least 1).

`--fit` prints weights for `vocabulary/corroboration_copies.yaml`, learned on these seeds' texts
(those in use for the closer look: 100 to 135, 300 events each).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log

from onrecord.corroboration.closer_look import CLOSE_SIGNS, CloserLook
from onrecord.corroboration.copies import (
    Doubtful,
    Families,
    clear_copies,
    find_copies,
    needs_closer_look,
)
from onrecord.corroboration.second_look import SIGNS, SecondLook, copy_rules
from onrecord.corroboration.shared_runs import shared_runs
from onrecord.corroboration.shingles import read_words
from onrecord.simulation.stream import simulate

MOST_CHANGED = 0.3
KINDS = ("words", "words", "cut", "added", "order", "part")
LEAST_WORDS = 40
PERMUTATIONS, THRESHOLD = 128, 0.15


@dataclass(slots=True)
class Corpus:
    """Texts in the order of publication; for a copy, what it was made from and how."""

    texts: list[str] = field(default_factory=list)
    publishers: list[str | None] = field(default_factory=list)
    made_from: dict[int, int] = field(default_factory=dict)
    how: dict[int, tuple[str, float]] = field(default_factory=dict)

    def root(self, text: int) -> int:
        """The text that all is made from."""
        while text in self.made_from:
            text = self.made_from[text]
        return text


def main() -> None:
    arguments = _arguments()
    if arguments.fit:
        fit([world(arguments.events, seed) for seed in arguments.fit])
        return
    corpus = world(arguments.events, arguments.seed)
    print(f"{len(corpus.texts)} texts, {len(corpus.made_from)} of them copies")
    started = time.process_time()
    found = [(a, b) for a, b, _ in find_copies(corpus.texts, corpus.publishers)]
    ours = len(corpus.texts) / (time.process_time() - started)
    started = time.process_time()
    theirs_found = list(datasketch_copies(corpus.texts))
    theirs = len(corpus.texts) / (time.process_time() - started)
    recall, precision = report("onrecord", corpus, found, ours)
    report("datasketch", corpus, theirs_found, theirs)
    held = [
        _print("recall of planted copies", recall, 1.0),
        _print("precision of joined pairs", precision, 0.99),
        _print("documents per second / datasketch's", ours / theirs, 1.0),
    ]
    sys.exit(not all(held))


def world(events: int, seed: int) -> Corpus:
    """The reports of a simulated world, and planted copies of a third of them at the end."""
    corpus, places = Corpus(), {}
    for report_made in simulate(events, seed):
        truth = report_made.truth["documents"][0]
        number = places[truth["document"]] = len(corpus.texts)
        corpus.texts.append(report_made.text)
        corpus.publishers.append(report_made.record["document"].get("publisher"))
        if truth["copy_of"]:
            corpus.made_from[number] = places[truth["copy_of"]]
            corpus.how[number] = ("outlet", truth["changed"])
    draw = random.Random(seed)
    vocabulary = sorted({word for text in corpus.texts for word in re.findall(r"\w+", text)})
    # What is added must stand in no other text: a copy of two texts would be a copy of both.
    strange = [r.text for r in simulate(max(2, events // 2), seed + 1)]
    long_enough = [n for n, t in enumerate(corpus.texts) if len(t.split()) >= LEAST_WORDS]
    for number in draw.sample(long_enough, len(long_enough) // 3):
        kind, share = draw.choice(KINDS), draw.choice((0.05, 0.1, 0.2, MOST_CHANGED))
        added = strange.pop() if kind in ("added", "part") and strange else ""
        copy = planted(corpus.texts[number], kind, share, draw, (vocabulary, added))
        corpus.made_from[len(corpus.texts)] = number
        corpus.how[len(corpus.texts)] = (kind, _changed(share, copy, added))
        corpus.texts.append(copy)
        corpus.publishers.append(draw.choice(corpus.publishers))
    return corpus


def planted(
    text: str, kind: str, share: float, draw: random.Random, other: tuple[list[str], str]
) -> str:
    """A copy of `text`: a share of its words changed; cut, put in another order or added to."""
    vocabulary, added = other
    sentences = [s for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip()]
    if kind in ("cut", "part"):
        sentences = sentences[: max(2, (len(sentences) + 1) // 2)]
    if kind == "order":
        draw.shuffle(sentences)
    parts = re.split(r"(\w+)", "\n".join(sentences))
    words = range(1, len(parts), 2)
    for place in draw.sample(words, int(share * len(words))):
        word, what = draw.choice(vocabulary), draw.choice(("replace", "replace", "omit", "insert"))
        parts[place] = {"replace": word, "omit": "", "insert": f"{parts[place]} {word}"}[what]
    copy = "".join(parts)
    more = " ".join(added.split()[: len(copy.split()) // 2])
    return f"{copy}\n\n{more}" if more else copy


def report(
    name: str, corpus: Corpus, found: list[tuple[int, int]], speed: float
) -> tuple[float, float]:
    """Print and return the recall of planted copies and the precision of pairs."""
    group = list(range(len(corpus.texts)))

    def of(text: int) -> int:
        while group[text] != text:
            group[text] = group[group[text]]
            text = group[text]
        return text

    right = 0
    for one, other in found:
        if corpus.root(one) == corpus.root(other):
            right += 1
            group[of(one)] = of(other)
    missed = {n for n, first in corpus.made_from.items() if of(n) != of(first)}
    within = [n for n, (_, changed) in corpus.how.items() if changed <= MOST_CHANGED]
    beyond = [n for n, (_, changed) in corpus.how.items() if changed > MOST_CHANGED]
    recall, further = (1 - len(missed & {*some}) / len(some) for some in (within, beyond))
    precision = right / max(1, len(found))
    print(f"{name:<12}recall {recall:.4f}  precision {precision:.4f}  {speed:8.0f} documents/s")
    print(
        f"{'':<12}recall {further:.4f} of {len(beyond)} copies changed more; {len(within)} within"
    )
    kinds = Counter(corpus.how[n][0] for n in missed & {*within})
    if kinds:
        print(f"{'':<12}missed within: {dict(kinds.most_common(6))}")
    return recall, precision


def _changed(share: float, copy: str, added: str) -> float:
    """The share of a copy's words that are not the original's."""
    words = len(copy.split())
    more = min(len(added.split()), words // 3) if added else 0
    return (share * (words - more) + more) / words


def datasketch_copies(texts: list[str]) -> Iterator[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for number, text in enumerate(texts):
        words = re.findall(r"\w+", text.casefold())
        runs = {" ".join(words[n : n + 3]).encode() for n in range(len(words) - 2)}
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(list(runs))
        for other in index.query(sketch):
            yield other, number
        index.insert(number, sketch)


def fit(corpora: Sequence[Corpus]) -> None:
    """Print the weights of both looks, learned on these texts."""
    for name, signs, learn in (("second", SIGNS, _second), ("closer", CLOSE_SIGNS, _closer)):
        rows, same = zip(*(row for corpus in corpora for row in learn(corpus)), strict=True)
        *weights, families, bias = _learned(rows, same)
        print(name, {sign: round(w, 2) for sign, w in zip(signs, weights, strict=True)})
        print(f"bias as likely as not {bias:.2f}, families {-families:.2f}; {len(rows)} pairs")


def _second(corpus: Corpus) -> Iterator[tuple[list[float], bool]]:
    words = read_words(corpus.texts)
    look = SecondLook(words, corpus.publishers)
    for one, other in shared_runs(words).candidates():
        signs = look.signs(one, other)
        if signs is not None and signs.length >= log(copy_rules().short_words):
            row = [*(getattr(signs, name) for name in SIGNS), 0.0]
            yield row, corpus.root(one) == corpus.root(other)


def _closer(corpus: Corpus) -> Iterator[tuple[list[float], bool]]:
    words, doubtful = read_words(corpus.texts), Doubtful()
    look, families = SecondLook(words, corpus.publishers), Families(len(corpus.texts))
    for _ in clear_copies(words, look, families, doubtful):
        pass
    left = families.likeliest(doubtful)
    among = (text for pair in left for text in pair)
    closer = CloserLook(corpus.texts, words, corpus.publishers, look, among)
    for one, other in left:
        score, signs = doubtful[one, other]
        close = closer.signs(one, other, signs) if needs_closer_look(score, signs) else None
        if close is not None:
            smaller = families.doubt(one, other) / copy_rules().families
            row = [*(getattr(close, name) for name in CLOSE_SIGNS), smaller]
            yield row, corpus.root(one) == corpus.root(other)


def _learned(rows: Sequence[list[float]], same: Sequence[bool]) -> list[float]:
    """A weight for each column, and the bias."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    values = np.array(rows)
    middle, spread = values.mean(0), np.maximum(values.std(0), 1e-9)
    model = LogisticRegression(max_iter=5000).fit((values - middle) / spread, same)
    weights = model.coef_[0] / spread
    return [*map(float, weights), float(model.intercept_[0] - weights @ middle)]


def _print(name: str, figure: float, floor: float) -> bool:
    print(f"{name:<44}{figure:8.4f}  (at least {floor:.2f})")
    return figure >= floor


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--events", type=int, default=600)
    arguments.add_argument("--seed", type=int, default=11)
    arguments.add_argument("--fit", type=int, nargs="+", metavar="SEED")
    return arguments.parse_args()


if __name__ == "__main__":
    main()
