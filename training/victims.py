"""Learn what tells to whom the event of a report was done, from HRDsAttack's train part.

    python training/victims.py HRDSATTACK/train.json --out onrecord/vocabulary/victims-learned.json
    python training/register.py victims-learned

What is written holds names of signs (`onrecord/coding/victim_features.py`: grammar, lemmas of verbs
and common nouns, places in the text) with one weight each: no text and no name. Logistic
regression, nothing random: the same data and versions give the same file. `--cache FILE` keeps the
parses between runs. training/README.md tells the figures.
"""

from __future__ import annotations

import argparse
import html
import json
import pickle
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from onrecord import pipeline
from onrecord.coding.context import Context
from onrecord.coding.events import grouped
from onrecord.coding.victim_callings import FIELDS, calling_signs
from onrecord.coding.victim_features import Features, Report, features_of
from onrecord.coding.victims import Weights
from onrecord.model import Act
from onrecord.passages.head import Head
from onrecord.passages.parse import Parsed, parse

FOLDS = 5
FEWEST = 6
"""Reports in which a sign must stand to get a weight."""
PENALTY = 0.03
"""Inverse strength of the penalty on large weights (scikit-learn's C), by cross-validation."""
THRESHOLD = 0.32
"""Share from which somebody is chosen, by cross-validation of the whole pipeline."""
CALLING_PENALTY, CALLING_THRESHOLD = 0.1, 0.4
"""The same for the fields that victims work in."""
LEXICAL = "~"
"""Signs that begin so are counts of words; all others are brought to one scale."""


@dataclass
class Example:
    """One report: its people with their signs, and whom people named as victims."""

    gold: dict[str, frozenset[str]]
    """Whom people named as victims, with the fields they work in."""
    names: list[str]
    signs: list[Features]
    callings: list[Features]
    known: list[tuple[str, ...]]

    def right(self) -> list[bool]:
        """Whom people named as victims, in full or in part."""
        return [any(n in g or g in n for g in self.gold) for n in self.names]


def article(sample: dict[str, Any]) -> str:
    """A report as plain text: title, day, paragraphs."""
    raw = sample["sample"]
    body = re.sub(r"</p>\s*", "\n\n", raw["Input.article_interface"])
    body = html.unescape(re.sub(r"<[^>]+>", "", body)).strip()
    return f"{raw['Input.title']}\n{raw['Input.publish_date'][:10]}\n\n{body}\n"


def parses(samples: list[dict[str, Any]], cache: Path | None) -> list[Parsed]:
    if cache is not None and cache.exists():
        return list(pickle.loads(cache.read_bytes()))
    found = [parse(article(sample)) for sample in samples]
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found


def stated(parsed: Parsed) -> Report | None:
    """A report with its acts as grammar alone states them, before anything learned is added."""
    state: dict[str, Any] = {"parsed": parsed, "text": parsed.text, "document_id": "learned"}
    state["known_head"] = Head()
    found: list[Report] = []

    def record(context: Context, acts: tuple[Act, ...]) -> tuple[Act, ...]:
        if acts:
            groups, principal = grouped(context, acts)
            found.append(Report(context, acts, (act.id for act in groups[principal])))
        return acts

    with patch("onrecord.coding.acts.with_sufferers", record):
        for stage in pipeline.STAGES:
            if stage.name in ("head", "entities", "claims", "dates", "context", "acts"):
                state[stage.writes] = stage.run(*(state[name] for name in stage.reads))
    return found[0] if found else None


def examples(samples: list[dict[str, Any]], cache: Path | None) -> list[Example]:
    found = []
    for sample, parsed in zip(samples, parses(samples, cache), strict=True):
        victims = sample["annotations"][0]["annotation"]["victims"]
        gold = {v["victim_name"]: _fields(v) for v in victims if v["victim_name"]}
        report = stated(parsed)
        people = report.people if report is not None else []
        signs = features_of(report) if report is not None else {}
        found.append(
            Example(
                gold,
                [p.name for p in people],
                [signs[p.id] for p in people],
                [calling_signs(report, p) for p in people] if report is not None else [],
                [p.occupations for p in people],
            )
        )
    return found


def _fields(victim: dict[str, Any]) -> frozenset[str]:
    return frozenset(name.replace(" ", "_") for name in victim["victim_type"]) & set(FIELDS)


def learn_callings(examples: list[Example]) -> dict[str, Any]:
    """Weights of the signs for each field of work, over the people who were named as victims."""
    rows, gold = [], []
    for example in examples:
        for name, signs in zip(example.names, example.callings, strict=True):
            match = next((g for g in example.gold if name in g or g in name), None)
            if match is not None:
                rows.append(dict(sorted(signs.items())))
                gold.append(example.gold[match])
    vectorizer = DictVectorizer(sparse=False)
    table = vectorizer.fit_transform(rows)
    data: dict[str, Any] = {"threshold": CALLING_THRESHOLD}
    for field in FIELDS:
        model = LogisticRegression(C=CALLING_PENALTY, max_iter=3000)
        model.fit(table, [field in fields for fields in gold])
        values = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
        data[field] = {n: round(float(v), 5) for n, v in values if abs(v) >= 5e-4}
        data[field]["bias"] = round(float(model.intercept_[0]), 5)
    return data


def learn(examples: list[Example]) -> Weights:
    """Weights of the signs that stand in enough reports."""
    counted = Counter(name for e in examples for name in set().union(*e.signs))
    known = {name for name, count in counted.items() if count >= FEWEST}
    rows = [{n: s[n] for n in sorted(s) if n in known} for e in examples for s in e.signs]
    right = [r for e in examples for r in e.right()]
    vectorizer = DictVectorizer(sparse=False)
    table = vectorizer.fit_transform(rows)
    names = vectorizer.feature_names_
    lexical = np.array([name.startswith(LEXICAL) for name in names])
    scale = np.where(lexical, 1.0, table.std(axis=0) + 1e-9)
    centre = table.mean(axis=0)
    model = LogisticRegression(C=PENALTY, max_iter=3000).fit((table - centre) / scale, right)
    values = model.coef_[0] / scale
    bias = float(model.intercept_[0] - (centre * values).sum())
    signs = {n: round(float(v), 5) for n, v in zip(names, values, strict=True) if abs(v) >= 5e-4}
    return Weights(signs, round(bias, 5), THRESHOLD)


def figures(examples: list[Example], weights: list[Weights], threshold: float) -> str:
    """Precision, recall and F1 of names, exact, of whom the weights choose."""
    hit = chosen = gold = 0
    for example, w in zip(examples, weights, strict=True):
        names = {
            n for n, s in zip(example.names, example.signs, strict=True) if w.score(s) >= threshold
        }
        hit, chosen = hit + len(names & set(example.gold)), chosen + len(names)
        gold += len(example.gold)
    precision, recall = hit / max(chosen, 1), hit / max(gold, 1)
    f1 = 2 * hit / max(chosen + gold, 1)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def validate(examples: list[Example]) -> None:
    folds = [
        learn([e for number, e in enumerate(examples) if number % FOLDS != fold])
        for fold in range(FOLDS)
    ]
    weights = [folds[number % FOLDS] for number in range(len(examples))]
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.35):
        print(f"cross-validation, threshold {threshold}:", figures(examples, weights, threshold))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    found = examples(json.loads(args.data.read_text(encoding="utf-8")), args.cache)
    validate(found)
    weights = learn(found)
    sufferers = {"bias": weights.bias, "threshold": THRESHOLD, "signs": dict(weights.signs)}
    data = {"sufferers": sufferers, "callings": learn_callings(found)}
    args.out.write_text(json.dumps(data, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(weights.signs)} signs written to {args.out}")


if __name__ == "__main__":
    main()
