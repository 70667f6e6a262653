"""Learn what a report is about, and what kind of actor did it, from HRDsAttack's train part.

    W=onrecord/vocabulary/principal-learned.json
    python training/principal.py HRDSATTACK/train.json --out $W
    python training/register.py principal-learned

What is written holds lemmas of common words (nouns, verbs, adjectives outside names, each in at
least FEWEST reports) and names of signs (`onrecord/coding/principal_signs.py`) with weights: no
text and no name. Penalized logistic regression, nothing random but the folds, whose seed is fixed:
the same data and versions give the same file. `--cache FILE` keeps the parses between runs.
training/README.md tells the figures.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from victims import parses

from onrecord import pipeline
from onrecord.coding.acts_confidence import signs_of_act
from onrecord.coding.events import by_sufferers
from onrecord.coding.principal import (
    Weights,
    chance,
    chances_of_actors,
    chances_of_kinds,
    weights_of,
)
from onrecord.coding.principal_signs import Signs, kind_of, signs_by_kind, signs_of_doers
from onrecord.coding.report_words import ReportWords, words_of
from onrecord.passages.head import Head
from onrecord.passages.parse import Parsed

FOLDS, SEED = 10, 0
FEWEST = 5
"""Reports in which a word or a sign must stand to get a weight."""
KINDS = {
    "detention": "arbitrary detention",
    "disappearance": "enforced disappearance",
    "killing": "killing",
    "abduction": "kidnapping",
    "torture": "torture",
    "other": "other",
}
ACTORS = {
    "state_security_force": "state actor",
    "other_state": "other state actors",
    "state_backed_armed": "other actors with permissions",
    "armed_group": "other actors without permissions",
    "non_state": "other non-state actors",
    "international_organization": "regional orgs",
    "unknown": "insufficient info",
    "none": None,
}
SIGNS, WORDS = 0.01, 10.0
"""How freely signs and words may weigh (inverse penalties), by cross-validation."""
ACTOR_SIGNS, ACTOR_WORDS = 0.01, 3.0
THRESHOLD, JOINS = 0.36, 0.6
"""Chance from which a kind stays in the event (best F1 of kinds in cross-validation), and from
which one told elsewhere joins it (half a point of F1 given up for fewer acts of other events)."""
OF_ACTS = 0.1
"""How freely the signs of single acts may weigh, by cross-validation."""

DRAWN = 100
"""Reports in a draw, as many as the part that calibration is measured on has."""

Floats = np.ndarray
Judged = tuple[float, bool]
"""The confidence of an act, and whether readers recorded its kind."""


@dataclass
class Example:
    """One report: its words and signs, and what people say it is about."""

    kinds: set[str]
    actor: str | None
    words: ReportWords
    signs: dict[str, Signs]
    doers: Signs
    told: tuple[Any, Any, frozenset[str]]


def stated(parsed: Parsed) -> tuple[Any, Any, frozenset[str]]:
    """Context, acts and principal event of a report before anything is learned of its kinds."""
    state: dict[str, Any] = {"parsed": parsed, "text": parsed.text, "document_id": "learned"}
    state["known_head"] = Head()
    wanted = {"head", "entities", "claims", "dates", "context", "acts"}
    with patch("onrecord.coding.acts.as_reported", lambda _, acts: acts):
        for stage in pipeline.STAGES:
            if stage.name in wanted:
                state[stage.writes] = stage.run(*(state[name] for name in stage.reads))
    context, acts = state["context"], state["acts"]
    if not acts:
        return context, acts, frozenset()
    groups, principal = by_sufferers(context, acts)
    return context, acts, frozenset(act.id for act in groups[principal])


def examples(samples: list[dict[str, Any]], cache: Path | None) -> list[Example]:
    found = []
    for sample, parsed in zip(samples, parses(samples, cache), strict=True):
        gold = sample["annotations"][0]["annotation"]
        told = stated(parsed)
        found.append(
            Example(
                set(gold["violation_types"]),
                gold["perpetrator_type"],
                words_of(parsed.doc),
                signs_by_kind(*told),
                signs_of_doers(*told),
                told,
            )
        )
    return found


def columns(rows: list[Signs]) -> list[str]:
    counted = Counter(name for row in rows for name in row)
    return sorted(name for name, count in counted.items() if count >= FEWEST)


def table(rows: list[Signs], names: list[str]) -> Floats:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows]).reshape(
        len(rows), len(names)
    )


def of_words(found: list[Example], words: list[str]) -> sparse.csr_matrix:
    """Weights of words, shape (reports, 2 x words): whole reports, then leads."""
    index = {word: number for number, word in enumerate(words)}
    matrix = sparse.lil_matrix((len(found), 2 * len(words)))
    for row, example in enumerate(found):
        for offset, part in ((0, example.words.whole), (len(words), example.words.lead)):
            for word, value in part.items():
                if word in index:
                    matrix[row, offset + index[word]] = value
    return matrix.tocsr()


def learn(found: list[Example]) -> dict[str, Any]:
    """The weights in their JSON form."""
    counted = Counter(word for example in found for word in example.words.whole)
    words = sorted(word for word, count in counted.items() if count >= FEWEST)
    return {"words": words, "kinds": _kinds(found, words), "actors": _actors(found, words)}


def _kinds(found: list[Example], words: list[str]) -> dict[str, Any]:
    """One regression for all kinds: signs weigh for all alike and for each kind apart."""
    pairs = [(n, kind) for n, e in enumerate(found) for kind in e.signs]
    rows = [found[n].signs[kind] for n, kind in pairs]
    names, spoken = columns(rows), of_words(found, words)
    signs = table(rows, names)
    at = np.array([n for n, _ in pairs])
    blocks, scaled, masks = [], [], []
    for kind in (None, *KINDS):
        mask = np.array([kind in (None, k) for _, k in pairs], dtype=float)
        part = np.hstack([signs, np.ones((len(rows), 1))]) * mask[:, None]
        size = part.std(axis=0)
        size[size == 0] = np.inf
        blocks.append(sparse.csr_matrix((part - part.mean(axis=0)) / size * SIGNS**0.5))
        scaled.append((part.mean(axis=0), size))
        if kind is not None:
            masks.append(sparse.diags(mask) @ spoken[at] * WORDS**0.5)
    right = [KINDS[kind] in found[n].kinds for n, kind in pairs]
    model = LogisticRegression(C=1.0, solver="liblinear", random_state=SEED)
    model.fit(sparse.csr_matrix(sparse.hstack(blocks + masks)), right)
    weights = model.coef_[0]
    width = len(names) + 1
    own = [
        weights[i * width : (i + 1) * width] * SIGNS**0.5 / scaled[i][1] for i in range(len(blocks))
    ]
    bias = float(model.intercept_[0]) - sum(
        float(o @ mean) for o, (mean, _) in zip(own, scaled, strict=True)
    )
    spoken_weights = weights[len(blocks) * width :].reshape(len(KINDS), 2, len(words))
    classes = {
        kind: _class(names, own[0] + own[number + 1], bias, spoken_weights[number] * WORDS**0.5)
        for number, kind in enumerate(KINDS)
    }
    return {"threshold": THRESHOLD, "joins": JOINS, "classes": classes}


def _class(names: list[str], own: Floats, bias: float, words: Floats) -> dict[str, Any]:
    """One class in JSON form; the last of its own weights is a constant."""
    return {
        "bias": round(bias + float(own[-1] if len(own) > len(names) else 0.0), 5),
        "signs": {
            n: round(float(v), 5) for n, v in zip(names, own, strict=False) if abs(v) >= 5e-4
        },
        "whole": [round(float(v), 3) for v in words[0]],
        "lead": [round(float(v), 3) for v in words[1]],
    }


def _actors(found: list[Example], words: list[str]) -> dict[str, Any]:
    rows = [example.doers for example in found]
    names = columns(rows)
    signs, spoken = table(rows, names), of_words(found, words)
    mean, size = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    design = sparse.hstack(
        [
            sparse.csr_matrix((signs - mean) / size * ACTOR_SIGNS**0.5),
            spoken * ACTOR_WORDS**0.5,
        ]
    )
    number = {gold: n for n, gold in enumerate(ACTORS.values())}
    model = LogisticRegression(C=1.0, max_iter=500)
    model.fit(sparse.csr_matrix(design), [number[example.actor] for example in found])
    kinds = list(ACTORS)
    classes = {}
    for row, at in enumerate(model.classes_):
        own = model.coef_[row, : len(names)] * ACTOR_SIGNS**0.5 / size
        bias = float(model.intercept_[row] - own @ mean)
        told = model.coef_[row, len(names) :].reshape(2, len(words)) * ACTOR_WORDS**0.5
        classes[kinds[at]] = _class(names, own, bias, told)
    return {"threshold": 0.0, "classes": classes}


def using(learned: dict[str, Any]) -> tuple[Weights, Weights]:
    kinds, actors = (weights_of(learned[name], learned["words"]) for name in ("kinds", "actors"))
    return kinds, actors


def _confidence(found: list[Example], chances: list[dict[str, float]]) -> dict[str, Any]:
    """Weights of the signs of single acts, with chances of their kinds as new reports get them."""
    rows, right = [], []
    for example, of_kinds in zip(found, chances, strict=True):
        context, acts, principal = example.told
        for act in acts:
            if act.polarity != "negated":
                kind = kind_of(act)
                rows.append(signs_of_act(context, act, of_kinds[kind], act.id in principal))
                right.append(KINDS[kind] in example.kinds)
    names = columns(rows)
    signs = table(rows, names)
    mean, size = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    model = LogisticRegression(C=OF_ACTS, max_iter=500).fit((signs - mean) / size, right)
    own = model.coef_[0] / size
    bias = float(model.intercept_[0] - own @ mean)
    return {
        "bias": round(bias, 5),
        "signs": {n: round(float(v), 5) for n, v in zip(names, own, strict=True)},
    }


def validate(found: list[Example]) -> list[dict[str, float]]:
    """Print how well kinds and actors are told in cross-validation; the chances of kinds in it."""
    order = np.random.default_rng(SEED).permutation(len(found))
    kinds: list[dict[str, float]] = [{} for _ in found]
    actors: list[str | None] = [None for _ in found]
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        learned = using(learn([e for n, e in enumerate(found) if n not in held]))
        with patch("onrecord.coding.principal.weights", lambda learned=learned: learned):
            for n in held:
                kinds[n] = chances_of_kinds(*found[n].told)
                chances = chances_of_actors(*found[n].told)[0]
                actors[n] = ACTORS[max(chances, key=lambda c: chances[c])]
    for threshold in (0.3, 0.33, 0.36, 0.4, 0.45):
        print(f"kinds of act, threshold {threshold}:", figures(found, kinds, threshold))
    right = np.mean([a == e.actor for a, e in zip(actors, found, strict=True)])
    print(f"kind of actor: right in {right:.3f}")
    return kinds


def calibrated(found: list[Example], chances: list[dict[str, float]]) -> None:
    """Print the expected calibration error of acts in reports that no weight has seen.

    Of all reports, and of draws of DRAWN: acts of one report are right or wrong together, so that
    so few reports give a far larger error by chance alone.
    """
    order = np.random.default_rng(SEED).permutation(len(found))
    judged: list[list[Judged]] = [[] for _ in found]
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        kept = [n for n in range(len(found)) if n not in held]
        learned = _confidence([found[n] for n in kept], [chances[n] for n in kept])
        for n in held:
            judged[n] = list(_judged(found[n], chances[n], learned))
    rng = np.random.default_rng(SEED)
    draws = [rng.choice(len(found), DRAWN, replace=False) for _ in range(1000)]
    errors = [error_of([j for n in draw for j in judged[n]]) for draw in draws]
    low, high = np.percentile(errors, (2.5, 97.5))
    error = error_of([j for each in judged for j in each])
    print(f"confidence of acts, expected calibration error: {error:.3f};")
    print(f"of {DRAWN} reports: {np.mean(errors):.3f}, 95% from {low:.3f} to {high:.3f}")


def _judged(
    example: Example, of_kinds: dict[str, float], learned: dict[str, Any]
) -> Iterator[Judged]:
    context, acts, principal = example.told
    for act in acts:
        if act.polarity != "negated":
            kind = kind_of(act)
            signs = signs_of_act(context, act, of_kinds[kind], act.id in principal)
            odds = sum(learned["signs"].get(name, 0.0) * value for name, value in signs.items())
            yield chance(learned["bias"] + odds), KINDS[kind] in example.kinds


def error_of(judged: list[Judged]) -> float:
    """The expected calibration error over ten bins of equal width."""
    sure, right = np.array(judged, dtype=float).T
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = (abs((sure - right)[bins == one].sum()) for one in range(10))
    return float(sum(gaps) / len(sure))


def figures(found: list[Example], chances: list[dict[str, float]], threshold: float) -> str:
    hit = chosen = gold = 0
    for example, of_kinds in zip(found, chances, strict=True):
        least = min(threshold, max(of_kinds.values(), default=0.0))
        picked = {KINDS[k] for k, c in of_kinds.items() if c >= least} or {"unknown"}
        hit, chosen = hit + len(picked & example.kinds), chosen + len(picked)
        gold += len(example.kinds)
    return f"P {hit / chosen:.3f} R {hit / gold:.3f} F1 {2 * hit / (chosen + gold):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    found = examples(json.loads(args.data.read_text(encoding="utf-8")), args.cache)
    chances = validate(found)
    calibrated(found, chances)
    learned = learn(found) | {"confidence": _confidence(found, chances)}
    args.out.write_text(json.dumps(learned, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(learned['words'])} words written to {args.out}")


if __name__ == "__main__":
    main()
