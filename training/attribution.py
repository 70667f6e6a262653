"""Learn which readings of which cues are attributions, from PolNeAR's train part.

    python training/attribution.py POLNEAR/train --out onrecord/vocabulary/cues-learned.json

What is written holds lemmas of cues, lemmas of common nouns that name sources, names of grammatical
constructions, counts turned into rates, and the numbers of a boosted forest: none of the text.
Same data and same versions give the same file; training/README.md tells the figures.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from onrecord import vocabulary
from onrecord.claims.candidate import Candidate
from onrecord.claims.choose import choose
from onrecord.claims.features import group_of, keys_of
from onrecord.claims.grammar import Grammar, read_grammar
from onrecord.claims.lexicon import Lexicon
from onrecord.claims.propose import propose
from onrecord.claims.selector import rows_of
from onrecord.passages.parse import parse

SEED = 20
FOLDS = 5
FEWEST = 3
"""A key counted less often than this is not written: its rate would say little."""
STRENGTH = 8.0
"""How many counts the expected rate of a key weighs."""
FIELD_STRENGTH = 40.0
"""How many counts the field's own trust in a cue weighs (cues.yaml): news of politics has few."""

Gold = dict[str, list[tuple[int, int]]]


@dataclass
class Document:
    """One annotated article with its candidates and which of them are right."""

    grammar: Grammar
    gold: list[Gold]
    candidates: list[Candidate]
    right: np.ndarray
    weight: np.ndarray


class Everything(frozenset[str]):
    """A lexicon that knows every word, to count which words are cues."""

    def __contains__(self, word: object) -> bool:
        return True


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
) -> tuple[np.ndarray, np.ndarray]:
    """Which candidates are right, and how much each counts.

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
    return right, weight


def learn_lexicon(documents: list[Document]) -> dict[str, list[str]]:
    seen: dict[str, Counter[str]] = {"verbs": Counter(), "nouns": Counter()}
    hits: dict[str, Counter[str]] = {"verbs": Counter(), "nouns": Counter()}
    for document in documents:
        g = document.grammar
        cues: dict[int, bool] = defaultdict(bool)
        for candidate, right in zip(document.candidates, document.right, strict=True):
            cues[candidate.cue] |= bool(right)
        for cue, right in cues.items():
            kind = "verbs" if g.tag[cue].startswith("VB") else "nouns"
            if g.lemma[cue].isalpha():
                seen[kind][g.lemma[cue]] += 1
                hits[kind][g.lemma[cue]] += right
    least = {"verbs": (2, 0.05), "nouns": (3, 0.08)}
    return {
        kind: sorted(w for w, n in hits[kind].items() if n >= few and n / seen[kind][w] >= rate)
        for kind, (few, rate) in least.items()
    }


def field_counts() -> dict[str, float]:
    """What the field's own cue words count for, by key "lemma|family"."""
    cues = vocabulary.load("cues")
    trusted = {
        f"{noun}|{name}": float(trust)
        for noun in cues["nouns"]
        for name, trust in cues["noun_trust"].items()
    }
    for group in cues["verbs"].values():
        for lemma in group["lemmas"]:
            for family in group["takes"]:
                key = f"{lemma}|{family}"
                trusted[key] = max(trusted.get(key, 0.0), float(group["trust"]))
    return trusted


def count_rates(documents: list[Document]) -> tuple[dict[str, float], float]:
    """The smoothed share of right candidates by key; narrow keys lean on wider ones."""
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    everything = hits = 0
    for document in documents:
        for candidate, good in zip(document.candidates, document.right, strict=True):
            everything += 1
            hits += bool(good)
            for key in set(keys_of(document.grammar, candidate)):
                total[key] += 1
                right[key] += bool(good)
    base = hits / everything
    rates: dict[str, float] = {}
    for key, n in total.items():
        if n >= FEWEST:
            rates[key] = round((right[key] + STRENGTH * base) / (n + STRENGTH), 4)
    trust_field(rates, total, right)
    return rates, base


def trust_field(rates: dict[str, float], total: Counter[str], right: Counter[str]) -> None:
    for key, trust in field_counts().items():
        lemma, family = key.split("|")
        kinds = [k for k in total if k.startswith(f"{lemma}|") and k.count("|") == 1]
        same = [k for k in kinds if k == key or _family(k.split("|")[1]) == family]
        for name in {key, *same}:
            n = total[name]
            if n < FIELD_STRENGTH:
                rates[name] = round(
                    (right[name] + FIELD_STRENGTH * trust) / (n + FIELD_STRENGTH), 4
                )


def _family(construction: str) -> str | None:
    try:
        return group_of(construction)
    except StopIteration:
        return None


def fit(rows: np.ndarray, right: np.ndarray, weight: np.ndarray) -> HistGradientBoostingClassifier:
    model = HistGradientBoostingClassifier(
        max_iter=240,
        learning_rate=0.07,
        max_leaf_nodes=24,
        min_samples_leaf=40,
        l2_regularization=2.0,
        early_stopping=False,
        random_state=SEED,
    )
    return model.fit(rows, right, sample_weight=weight)


def forest_json(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    trees = [stage[0].nodes for stage in model._predictors]  # noqa: SLF001
    numbers = [np.arange(len(t)) for t in trees]
    return {
        "feature": [t["feature_idx"].tolist() for t in trees],
        "threshold": [[float(f"{x:.6g}") for x in t["num_threshold"]] for t in trees],
        "left": [
            np.where(t["is_leaf"], n, t["left"]).tolist()
            for t, n in zip(trees, numbers, strict=True)
        ],
        "right": [
            np.where(t["is_leaf"], n, t["right"]).tolist()
            for t, n in zip(trees, numbers, strict=True)
        ],
        "value": [
            [
                round(float(x), 5) if leaf else 0
                for x, leaf in zip(t["value"], t["is_leaf"], strict=True)
            ]
            for t in trees
        ],
        "depth": max(int(t["depth"].max()) for t in trees),
        "baseline": float(np.ravel(model._baseline_prediction)[0]),  # noqa: SLF001
    }


def figures(
    documents: list[Document], scores: list[np.ndarray], threshold: float
) -> tuple[float, ...]:
    """(precision, recall, F1) of who said what, by the evaluation's pairing."""
    hits = predicted = gold = 0
    for document, score in zip(documents, scores, strict=True):
        chosen = [c for c, _ in choose(document.candidates, list(score), threshold)]
        predicted += len(chosen)
        gold += len(document.gold)
        spans = [spans_of(document.grammar, c) for c in chosen]
        pairs = sorted(
            (
                (share(s[0], g["Content"]), i, j)
                for i, s in enumerate(spans)
                for j, g in enumerate(document.gold)
            ),
            reverse=True,
        )
        used_i: set[int] = set()
        used_j: set[int] = set()
        for overlap, i, j in pairs:
            if overlap >= 0.5 and i not in used_i and j not in used_j:
                used_i.add(i)
                used_j.add(j)
                hits += is_right(*spans[i], document.gold[j])
    precision, recall = hits / max(1, predicted), hits / max(1, gold)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def out_of_fold(documents: list[Document]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Rows whose rates were counted on the other folds."""
    rows: list[np.ndarray] = [np.zeros(0)] * len(documents)
    for fold in range(FOLDS):
        rates, base = count_rates([d for n, d in enumerate(documents) if n % FOLDS != fold])
        for n in range(fold, len(documents), FOLDS):
            rows[n] = rows_of(documents[n].grammar, documents[n].candidates, rates, base)
    return np.vstack([r for r in rows if len(r)]), rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="keep the parsed articles here between runs")
    args = parser.parse_args()
    read = read_documents(args.folder, args.cache)
    raising = frozenset(vocabulary.load("cues")["raising"])
    holding = frozenset(vocabulary.load("cues")["holding"])
    documents = propose_all(read, Lexicon(Everything(), Everything(), raising, holding))
    words = learn_lexicon(documents)
    cues = vocabulary.load("cues")
    field = {lemma for group in cues["verbs"].values() for lemma in group["lemmas"]}
    known = Lexicon(
        frozenset(field | set(words["verbs"])),
        frozenset({*cues["nouns"], *words["nouns"]}),
        raising,
        holding,
    )
    documents = propose_all(read, known)
    _, rows = out_of_fold(documents)
    threshold = tune(documents, rows)
    rates, base = count_rates(documents)
    model = fit(
        np.vstack([r for r in rows if len(r)]),
        np.concatenate([d.right for d in documents]),
        np.concatenate([d.weight for d in documents]),
    )
    learned = {
        **words,
        "rates": dict(sorted(rates.items())),
        "base": base,
        "threshold": threshold,
        "forest": forest_json(model),
    }
    args.out.write_text(
        json.dumps(learned, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


def propose_all(read: list[tuple[Grammar, list[Gold]]], lexicon: Lexicon) -> list[Document]:
    found = []
    for g, gold in read:
        candidates = propose(g, lexicon)
        found.append(Document(g, gold, candidates, *label(g, gold, candidates)))
    return found


def tune(documents: list[Document], rows: list[np.ndarray]) -> float:
    """The threshold with the best F1 on a fifth of the articles that the forest did not see."""
    seen = [n for n in range(len(documents)) if n % FOLDS and len(rows[n])]
    held = [n for n in range(len(documents)) if n % FOLDS == 0 and len(rows[n])]
    model = fit(
        np.vstack([rows[n] for n in seen]),
        np.concatenate([documents[n].right for n in seen]),
        np.concatenate([documents[n].weight for n in seen]),
    )
    scores = [model.predict_proba(rows[n])[:, 1] for n in held]
    best = (0.0, 0.5)
    for threshold in np.arange(0.2, 0.6, 0.03):
        precision, recall, f1 = figures([documents[n] for n in held], scores, float(threshold))
        print(
            f"threshold {threshold:.2f}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}", flush=True
        )
        best = max(best, (f1, round(float(threshold), 2)))
    return best[1]


if __name__ == "__main__":
    main()
