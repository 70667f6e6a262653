"""Learn which readings of which cues are attributions, from PolNeAR's train part.

    python training/attribution.py POLNEAR/train --out onrecord/vocabulary/cues-learned.json

What is written holds lemmas of cues, lemmas of common nouns that name sources or head what is said,
names of grammatical constructions, counts turned into rates, and the numbers of two boosted
forests: none of the text. Same data and same versions give the same file; training/README.md tells
the figures.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from attribution_gold import (
    Document,
    figures,
    is_right,
    judged,
    propose_all,
    read_documents,
    share,
)
from register import VOCABULARY, register
from sklearn.ensemble import HistGradientBoostingClassifier

from onrecord import vocabulary
from onrecord.claims.context import around
from onrecord.claims.continued import continued
from onrecord.claims.features import group_of, keys_of
from onrecord.claims.grammar import Grammar
from onrecord.claims.lexicon import lexicon
from onrecord.claims.selector import rows_of

SEED = 20
FOLDS = 3
FEWEST = 3
"""A key counted less often than this is not written: its rate would say little."""
STRENGTH = 8.0
"""How many counts the expected rate of a key weighs."""
FIELD_STRENGTH = 40.0
"""How many counts the field's own trust in a cue weighs (cues.yaml): news of politics has few."""
BINS = 12
"""Points of the curve from scores to the share that is right."""

Rows = list[np.ndarray]


class Everything(frozenset[str]):
    """A lexicon that knows every word, to count which words are cues."""

    def __contains__(self, word: object) -> bool:
        return True


def _kind(g: Grammar, cue: int) -> str | None:
    """Which list of cue words a cue belongs to; None for prepositions and colons."""
    kinds = {"VB": "verbs", "NN": "nouns", "JJ": "adjectives"}
    return kinds.get(g.tag[cue][:2])


def learn_lexicon(documents: list[Document]) -> dict[str, list[str]]:
    kinds = ("verbs", "nouns", "adjectives")
    seen: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    hits: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    for document in documents:
        g = document.grammar
        cues: dict[int, bool] = defaultdict(bool)
        for candidate, right in zip(document.candidates, document.right, strict=True):
            cues[candidate.cue] |= bool(right)
        for cue, right in cues.items():
            kind = _kind(g, cue)
            if kind is not None and g.lemma[cue].isalpha():
                seen[kind][g.lemma[cue]] += 1
                hits[kind][g.lemma[cue]] += right
    least = {"verbs": (2, 0.05), "nouns": (3, 0.08), "adjectives": (3, 0.08)}
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


def fit_alone(documents: list[Document], rows: Rows) -> HistGradientBoostingClassifier:
    """The forest that reads a candidate by itself; of claims within claims it learns nothing."""
    model = HistGradientBoostingClassifier(
        max_iter=140,
        learning_rate=0.1,
        max_leaf_nodes=24,
        min_samples_leaf=40,
        l2_regularization=2.0,
        early_stopping=False,
        random_state=SEED,
    )
    outside = ~np.concatenate([d.inside for d in documents])
    right = np.concatenate([d.right for d in documents])[outside]
    weight = np.concatenate([d.weight for d in documents])[outside]
    return model.fit(stacked(rows)[outside], right, sample_weight=weight)


def fit_together(documents: list[Document], rows: Rows) -> HistGradientBoostingClassifier:
    """The forest that weighs the scores of a document's candidates against each other."""
    model = HistGradientBoostingClassifier(
        max_iter=120,
        learning_rate=0.07,
        max_leaf_nodes=16,
        min_samples_leaf=60,
        l2_regularization=4.0,
        early_stopping=False,
        random_state=SEED,
    )
    right = np.concatenate([d.right for d in documents])
    weight = np.concatenate([d.weight for d in documents])
    return model.fit(stacked(rows), right, sample_weight=weight)


def stacked(rows: Rows) -> np.ndarray:
    return np.vstack([r for r in rows if len(r)])


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


def counted_elsewhere(documents: list[Document]) -> Rows:
    """Rows whose rates were counted on the other folds."""
    rows: Rows = [np.zeros(0)] * len(documents)
    for fold in range(FOLDS):
        rates, base = count_rates([d for n, d in enumerate(documents) if n % FOLDS != fold])
        for n in range(fold, len(documents), FOLDS):
            found = rows_of(documents[n].grammar, documents[n].candidates, rates, base)
            rows[n] = found.astype(np.float32)
    return rows


def scored_elsewhere(documents: list[Document], rows: Rows, fit: Any) -> Rows:
    """Scores by forests that saw only the other folds."""
    scores: Rows = [np.zeros(0)] * len(documents)
    for fold in range(FOLDS):
        seen = [n for n in range(len(documents)) if n % FOLDS != fold and len(rows[n])]
        model = fit([documents[n] for n in seen], [rows[n] for n in seen])
        for n in range(fold, len(documents), FOLDS):
            if len(rows[n]):
                scores[n] = model.predict_proba(rows[n])[:, 1]
    return scores


def tune(documents: list[Document], scores: Rows) -> float:
    """The threshold with the best F1 on articles that the forests did not see."""
    best = (0.0, 0.5)
    for threshold in np.arange(0.2, 0.5, 0.03):
        precision, recall, f1 = figures(documents, [s.tolist() for s in scores], float(threshold))
        print(
            f"threshold {threshold:.2f}: P {precision:.4f} R {recall:.4f} F1 {f1:.4f}", flush=True
        )
        best = max(best, (f1, round(float(threshold), 2)))
    return best[1]


def curve(judgements: list[tuple[float, bool]]) -> list[list[float]]:
    """From scores to the share that is right: bins of equal number, made to rise (isotonic)."""
    ordered = sorted(judgements)
    pools: list[list[float]] = []
    for held in np.array_split(np.array(ordered, dtype=float), BINS):
        pools.append([float(held[:, 0].sum()), float(held[:, 1].sum()), float(len(held))])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    return [
        [round(score / count, 4) for score, _, count in pools],
        [round(good / count, 4) for _, good, count in pools],
    ]


def share_continued(documents: list[Document], scores: Rows, threshold: float) -> float:
    """How often a quotation without a cue is right that is laid to the voice before it."""
    right = total = 0
    for document, score in zip(documents, scores, strict=True):
        g = document.grammar
        chosen = [c for c, _, _ in judged(document, score.tolist(), threshold)]
        for quote, voice in continued(g, chosen):
            total += 1
            content = list(g.quotations[quote].spans)
            right += any(
                is_right(content, [], gold)
                or (share(content, gold["Content"]) >= 0.5 and _same_source(g, voice, gold))
                for gold in document.gold
            )
    return round(right / max(1, total), 2)


def _same_source(g: Grammar, voice: Any, gold: Any) -> bool:
    words = voice.source.words
    return words is not None and share([g.characters(words)], gold["Source"]) >= 0.5


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="keep the parsed articles here between runs")
    args = parser.parse_args()
    words, documents = prepare(args.folder, args.cache)
    rows = counted_elsewhere(documents)
    alone = scored_elsewhere(documents, rows, fit_alone)
    context = [
        np.array(around(d.grammar, d.candidates, s.tolist()), dtype=np.float32)
        for d, s in zip(documents, alone, strict=True)
    ]
    together = scored_elsewhere(documents, context, fit_together)
    threshold = tune(documents, together)
    found = [
        (score, good)
        for d, s in zip(documents, together, strict=True)
        for _, score, good in judged(d, s.tolist(), threshold)
    ]
    found_alone = [
        (score, good)
        for d, s in zip(documents, alone, strict=True)
        for _, score, good in judged(outside(d), s[~d.inside].tolist(), threshold)
    ]
    rates, base = count_rates(documents)
    learned = {
        **words,
        "rates": dict(sorted(rates.items())),
        "base": base,
        "threshold": threshold,
        "alone": forest_json(fit_alone(documents, rows)),
        "together": forest_json(fit_together(documents, context)),
        "observed": curve(found),
        "observed_alone": curve(found_alone),
        "continued": share_continued(documents, together, threshold),
    }
    args.out.write_text(
        json.dumps(learned, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    if args.out.resolve().parent == VOCABULARY:
        register(args.out.stem)


def prepare(folder: Path, cache: Path | None) -> tuple[dict[str, list[str]], list[Document]]:
    """The cue words that the articles teach, and the articles with the candidates these make."""
    read = read_documents(folder, cache)
    cues, every = vocabulary.load("cues"), Everything()
    any_word = replace(lexicon(), verbs=every, nouns=every, adjectives=every)
    words = learn_lexicon(propose_all(read, any_word))
    field = {lemma for group in cues["verbs"].values() for lemma in group["lemmas"]}
    known = replace(
        lexicon(),
        verbs=frozenset(field | set(words["verbs"])),
        nouns=frozenset({*cues["nouns"], *words["nouns"]}),
        adjectives=frozenset(words["adjectives"]),
    )
    return words, propose_all(read, known)


def outside(document: Document) -> Document:
    """The article without the candidates inside its attributions."""
    kept = ~document.inside
    candidates = [c for c, k in zip(document.candidates, kept, strict=True) if k]
    return Document(
        document.grammar,
        document.gold,
        candidates,
        document.right[kept],
        document.weight[kept],
        document.inside[kept],
    )


if __name__ == "__main__":
    main()
