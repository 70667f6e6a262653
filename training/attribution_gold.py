"""PolNeAR's annotated attributions, which candidates are right by them, and how a choice does.

Used by `attribution.py`; not a command of its own.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.claims.candidate import Candidate
from onrecord.claims.choose import choose
from onrecord.claims.grammar import Grammar, read_grammar
from onrecord.claims.lexicon import Lexicon
from onrecord.claims.propose import propose
from onrecord.passages.parse import parse

Gold = dict[str, list[tuple[int, int]]]


@dataclass
class Document:
    """One annotated article with its candidates and which of them are right.

    `inside` are those whose cue stands in the content of an annotated attribution: the annotators
    marked no attribution there, so that nothing is known of them.
    """

    grammar: Grammar
    gold: list[Gold]
    candidates: list[Candidate]
    right: np.ndarray
    weight: np.ndarray
    inside: np.ndarray


def read_gold(path: Path) -> list[Gold]:
    spans: dict[str, list[tuple[int, int]]] = {}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) < 2:  # the text of an annotation may go on over lines
            continue
        if line.startswith("T"):
            where = parts[1].partition(" ")[2]
            spans[parts[0]] = [tuple(map(int, p.split())) for p in where.split(";")]  # type: ignore[misc]
        elif line.startswith("E"):
            event: Gold = {"Source": [], "Cue": [], "Content": []}
            for argument in parts[1].split():
                role, _, target = argument.partition(":")
                name = re.sub(r"\d+$", "", role)
                if name in event:
                    event[name] += spans.get(target, [])
            if event["Content"]:
                found.append(event)
    return found


def read_documents(folder: Path, cache: Path | None) -> list[tuple[Grammar, list[Gold]]]:
    if cache is not None and cache.exists():
        return list(pickle.loads(cache.read_bytes()))
    found = []
    for path in sorted((folder / "text").glob("*.txt")):
        annotations = sorted((folder / "attributions").glob(path.stem + "_*.ann"))
        parsed = parse(path.read_bytes().decode("utf-8"))
        if annotations and parsed.doc is not None:
            found.append((read_grammar(parsed, parsed.doc), read_gold(annotations[0])))
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found


def share(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> float:
    """Intersection over union of characters."""
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    whole = sum(b - a for a, b in one) + sum(d - c for c, d in other) - both
    return both / whole if whole else 0.0


def spans_of(g: Grammar, candidate: Candidate) -> tuple[list[Any], list[Any]]:
    source = candidate.source.words
    return [g.characters(p) for p in candidate.content], [g.characters(source)] if source else []


def is_right(content: list[Any], source: list[Any], gold: Gold) -> bool:
    if share(content, gold["Content"]) < 0.5:
        return False
    return (not source and not gold["Source"]) or share(source, gold["Source"]) >= 0.5


def label(
    g: Grammar, gold: list[Gold], candidates: list[Candidate]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which candidates are right, how much each counts, and which stand inside an attribution.

    Right is one whose content and source fit one attribution and whose cue is a cue; the better the
    content fits, the more it counts.
    """
    right = np.zeros(len(candidates), dtype=bool)
    weight = np.ones(len(candidates))
    for number, candidate in enumerate(candidates):
        content, source = spans_of(g, candidate)
        at = g.start[candidate.cue]
        for one in gold:
            if any(a <= at < b for a, b in one["Cue"]) and is_right(content, source, one):
                right[number] = True
                weight[number] = 0.25 + share(content, one["Content"])
    return right, weight, _inside(g, gold, candidates)


def judged(
    document: Document, scores: Sequence[float], threshold: float
) -> list[tuple[Candidate, float, bool]]:
    """The readings chosen, each with its score and whether it is right, paired as is evaluated."""
    chosen = choose(document.candidates, list(scores), threshold)
    spans = [spans_of(document.grammar, c) for c, _ in chosen]
    pairs = sorted(
        (
            (share(s[0], g["Content"]), i, j)
            for i, s in enumerate(spans)
            for j, g in enumerate(document.gold)
        ),
        reverse=True,
    )
    right: set[int] = set()
    used_i: set[int] = set()
    used_j: set[int] = set()
    for overlap, i, j in pairs:
        if overlap >= 0.5 and i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            if is_right(*spans[i], document.gold[j]):
                right.add(i)
    return [(c, score, i in right) for i, (c, score) in enumerate(chosen)]


def figures(
    documents: list[Document], scores: Sequence[Sequence[float]], threshold: float
) -> tuple[float, float, float]:
    """(precision, recall, F1) of who said what."""
    hits = predicted = gold = 0
    for document, score in zip(documents, scores, strict=True):
        found = judged(document, score, threshold)
        predicted += len(found)
        gold += len(document.gold)
        hits += sum(good for _, _, good in found)
    precision, recall = hits / max(1, predicted), hits / max(1, gold)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def propose_all(read: list[tuple[Grammar, list[Gold]]], lexicon: Lexicon) -> list[Document]:
    found = []
    for g, gold in read:
        candidates = propose(g, lexicon)
        found.append(Document(g, gold, candidates, *label(g, gold, candidates)))
    return found


def _inside(g: Grammar, gold: list[Gold], candidates: list[Candidate]) -> np.ndarray:
    spans = [span for one in gold for span in one["Content"]]
    starts = [g.start[c.cue] for c in candidates]
    return np.array([any(a <= at < b for a, b in spans) for at in starts], dtype=bool)
