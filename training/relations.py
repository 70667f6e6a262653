"""Judge relations by hand, and turn the verdicts into the confidence that each construction gets.

    python training/relations.py sample HRDSATTACK/train.json GUM/dep --out sample.tsv
    python training/relations.py table training/relations_judged.csv

`sample` reads texts whose licences allow it (HRDsAttack, MIT; GUM, CC BY), extracts, and writes
relations to judge, each with its sentence: some of every construction, the rest at random. A
person adds a verdict; `training/relations_judged.csv` keeps document, span, construction and
verdict, and no text. `table` writes `onrecord/vocabulary/relation_confidence.yaml` and prints the
expected calibration error by cross-validation over documents. Same verdicts, same file; README.md
tells the figures.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import html
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.coding.relations import told_relations
from onrecord.pipeline import STAGES, Job

FOLDS = 5
FIRST = 0.75
"""The share that is expected before anything is judged."""
STRENGTH = 8.0
"""How many verdicts the share of the next wider construction weighs."""
BINS = 5
FEWEST = 8
"""Relations of each construction that are judged, where there are so many."""
TARGET = Path(__file__).parents[1] / "onrecord/vocabulary/relation_confidence.yaml"
HEADER = """\
# How often a relation of each construction was judged right (made by training/relations.py from
# training/relations_judged.csv). A share is drawn towards that of the next wider construction.
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One relation that a person judged."""

    document: str
    construction: str
    right: bool


def shares_of(verdicts: Iterable[Verdict]) -> dict[str, float]:
    """The share judged right of each construction, drawn to that of the next wider one."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for verdict in verdicts:
        for key in widening(verdict.construction):
            counts[key][verdict.right] += 1
    shares: dict[str, float] = {}
    for key in sorted(counts, key=lambda k: (k != "all", k.count(","), k)):
        wider = key.partition(", ")[0] if ", " in key else "all"
        prior = FIRST if key == "all" else shares[wider]
        right, judged = counts[key][True], counts[key].total()
        shares[key] = (right + STRENGTH * prior) / (judged + STRENGTH)
    return shares


def widening(construction: str) -> Iterator[str]:
    """A construction and all wider ones: "post, verb", "post", "all"."""
    yield from (construction, construction.partition(", ")[0], "all")


def confidence(shares: dict[str, float], construction: str) -> float:
    """As `onrecord.coding.assurance.confidence_of`, from shares in memory."""
    return next(shares[key] for key in widening(construction) if key in shares)


def calibration(verdicts: list[Verdict]) -> tuple[float, float]:
    """Expected calibration error and Brier score, each verdict predicted from other documents.

    The error is over BINS groups of equal size (Naeini, Cooper, Hauskrecht 2015).
    """
    fold = {v.document: int(hashlib.sha256(v.document.encode()).hexdigest(), 16) for v in verdicts}
    pairs: list[tuple[float, bool]] = []
    for held in range(FOLDS):
        shares = shares_of(v for v in verdicts if fold[v.document] % FOLDS != held)
        pairs += [
            (confidence(shares, v.construction), v.right)
            for v in verdicts
            if fold[v.document] % FOLDS == held
        ]
    pairs.sort()
    size = -(-len(pairs) // BINS)
    groups = [pairs[at : at + size] for at in range(0, len(pairs), size)]
    error = sum(abs(sum(c for c, _ in g) - sum(r for _, r in g)) for g in groups) / len(pairs)
    return error, sum((c - r) ** 2 for c, r in pairs) / len(pairs)


def table(path: Path) -> None:
    """Write the table of shares, and say how well they hold on documents held back."""
    with path.open(encoding="utf-8", newline="") as lines:
        verdicts = [
            Verdict(row["document"], row["construction"], row["verdict"] == "right")
            for row in csv.DictReader(lines)
        ]
    counts = Counter(key for v in verdicts for key in widening(v.construction))
    shares = shares_of(verdicts)
    rows = [f"  {key}: {share:.3f}  # of {counts[key]}" for key, share in shares.items()]
    TARGET.write_text(HEADER + "shares:\n" + "\n".join(rows) + "\n", encoding="utf-8")
    error, brier = calibration(verdicts)
    right = sum(v.right for v in verdicts) / len(verdicts)
    sys.stdout.write(f"{len(verdicts)} judged, {right:.3f} right\n")
    sys.stdout.write(f"by cross-validation: calibration error {error:.3f}, Brier {brier:.3f}\n")


def texts(hrdsattack: Path, gum: Path) -> Iterator[tuple[str, str]]:
    """Names and texts of the documents: articles, and GUM's documents joined by paragraph."""
    for number, sample in enumerate(json.loads(hrdsattack.read_text(encoding="utf-8"))):
        body = re.sub(r"</p>\s*", "\n\n", sample["sample"]["Input.article_interface"])
        body = html.unescape(re.sub(r"<[^>]+>", "", body)).strip()
        yield f"HRDsAttack/train/{number}", f"{sample['sample']['Input.title']}\n\n{body}\n"
    for path in sorted(gum.glob("*.conllu")):
        parts: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# newpar"):
                parts.append("\n\n")
            elif line.startswith("# text = "):
                parts.append(line.removeprefix("# text = ") + " ")
        yield f"GUM/{path.stem}", "".join(parts).strip() + "\n"


def sample(hrdsattack: Path, gum: Path, out: Path, wanted: int) -> None:
    """Write relations to judge: the fewest of each construction, then others up to `wanted`."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for name, text in texts(hrdsattack, gum):
        for construction, relation, names in relations_of(text):
            start, end = relation.span
            line = text.rfind("\n", 0, start) + 1
            around = text[max(line, start - 90) : end + 90].split("\n\n")[0].replace("\n", " ")
            said = [relation.role and text[slice(*relation.role)], relation.ended and "ended"]
            row = [name, f"{start}-{end}", construction, names[relation.subject], relation.label]
            row += [names.get(relation.object or "", "-"), str(said), around]
            found[construction].append([" ".join(c.split()) for c in row])
    chosen, rest = [], []
    for rows in found.values():
        rows.sort(key=_drawn)
        chosen += rows[:FEWEST]
        rest += rows[FEWEST:]
    chosen += sorted(rest, key=_drawn)[: max(0, wanted - len(chosen))]
    out.write_text("".join("\t".join(row) + "\n" for row in chosen), encoding="utf-8")


def _drawn(row: list[str]) -> bytes:
    """An order that has nothing to do with what a relation says."""
    return hashlib.sha256(f"{row[0]} {row[1]}".encode()).digest()


def relations_of(text: str):  # type: ignore[no-untyped-def]
    """The relations of a text with their constructions, and the names of its entities."""
    state = {"text": text, "document_id": "sample", "known_head": Job(text, "").known}
    for stage in STAGES:
        state[stage.writes] = stage.run(*(state[name] for name in stage.reads))
        if stage.name == "context":
            break
    told = list(told_relations(state["context"]))  # type: ignore[arg-type]
    names = {entity.id: entity.name for entity in state["book"]}  # type: ignore[attr-defined]
    return [(construction, relation, names) for construction, relation in told]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("sample")
    drawing.add_argument("hrdsattack", type=Path)
    drawing.add_argument("gum", type=Path)
    drawing.add_argument("--out", type=Path, required=True)
    drawing.add_argument("--wanted", type=int, default=260)
    commands.add_parser("table").add_argument("judged", type=Path)
    args = parser.parse_args()
    if args.command == "table":
        table(args.judged)
    else:
        sample(args.hrdsattack, args.gum, args.out, args.wanted)


if __name__ == "__main__":
    main()
