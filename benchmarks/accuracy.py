"""Every measurement of accuracy that is at hand, in one table.

    python benchmarks/accuracy.py [--evaluations FOLDER] [--write docs/accuracy.md] [--only NAME...]

FOLDER holds the evaluations (`polnear.py` and the others, each with its data under `data/`); it may
be named by ONRECORD_EVALUATIONS, and is `../shared/eval` beside this repository where neither is
given. What is absent is said. With --write the blocks between `<!-- measured: NAME -->` and
`<!-- end of measured -->` of that file are written anew, for those that could be measured.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BLOCK = re.compile(
    r"(?P<open><!-- measured: (?P<name>[\w-]+) -->\n)"
    r"(?P<body>.*?)(?P<close><!-- end of measured -->)",
    re.DOTALL,
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")


@dataclass(frozen=True)
class Row:
    """A line of the output, by how it begins, and what it is to be held against."""

    label: str
    begins: str
    reference: str = ""


@dataclass(frozen=True)
class Measure:
    """One command. `rows` are picked from what it prints; without rows all of it is shown.

    One that `asked` for is run only where --only names it: it runs all the others several times.
    """

    name: str
    command: str
    rows: tuple[Row, ...] = ()
    asked: bool = False


MEASURES = (
    Measure(
        "polnear",
        "{evaluations}/polnear.py",
        (
            Row("content (P, R, F1)", "content", "Citron, retrained, F1 57.1; two people 80"),
            Row("who said what (P, R, F1)", "who said what", "Citron 50.7; two people 70 to 73"),
            Row("exact source, cue and content (P, R, F1)", "exact source"),
        ),
    ),
    Measure(
        "seeds",
        "{evaluations}/seeds.py",
        (
            Row("claims: who said what (P, R, F1)", "claims: who said what", "by hand, 100"),
            Row("entities of the right type (R)", "entities of the right type", "100"),
            Row("relations (R)", "relations (R)", "100"),
            Row("acts (R)", "acts: type", "100"),
            Row("demands (R)", "demands with", "100"),
            Row("engagements (R)", "engagements:", "100"),
            Row("mean", "seeds:", "1.0"),
        ),
    ),
    Measure(
        "hrdsattack",
        "{evaluations}/hrdsattack.py",
        (
            Row("", "*table", "T5-large, second column"),
            Row("mean of the comparable", "hrdsattack:"),
        ),
    ),
    Measure(
        "sfm",
        "{evaluations}/sfm.py",
        (
            Row("onrecord (P, R, F1)", "onrecord"),
            Row("SFM's own system (P, R, F1)", "SFM's own system", "the system to beat"),
        ),
    ),
    Measure(
        "names",
        "{evaluations}/names.py",
        (
            Row("onrecord (P, R, F1)", "onrecord"),
            Row("nomenklatura logic-v2 (P, R, F1)", "nomenklatura", "the method to beat"),
        ),
    ),
    Measure("calibration", "{here}/calibration.py --data {evaluations}/data/PolNeAR/dev"),
    Measure(
        "calibration-acts",
        "{here}/calibration_acts.py --data {evaluations}/data/HRDsAttack/dev.json",
    ),
    Measure("nested", "{here}/nested.py {evaluations}/data/GUM"),
    Measure("speakers", "{here}/speakers.py {evaluations}/data/GUM"),
    Measure("pronouns", "{here}/pronouns.py {evaluations}/data/GUM"),
    Measure("fairness", "{here}/fairness.py {evaluations}/data/HRDsAttack/dev.json"),
    Measure("fairness-speakers", "{here}/fairness_speakers.py {evaluations}/data/PolNeAR/dev"),
    Measure("ablation", "{here}/ablation.py --evaluations {evaluations}", asked=True),
)


def ran(words: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """A script run to its end with this onrecord, in its own folder; what it printed is kept."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=Path(words[0]).parent,
        env={**os.environ, "ONRECORD": f"{sys.executable} -m onrecord", **environment},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )


def run(measure: Measure, evaluations: Path) -> str | None:
    """What a measurement prints; None where its script or its data is absent."""
    words = [
        word.format(evaluations=evaluations, here=HERE) for word in shlex.split(measure.command)
    ]
    if not all(Path(word).exists() for word in words if word.startswith("/")):
        return None
    done = ran(words)
    if done.returncode:
        print(f"{measure.name}: exit {done.returncode}", file=sys.stderr)
        return None
    return done.stdout


def markdown(measure: Measure, printed: str) -> str:
    """A measurement as a table of the rows asked for, or as it was printed."""
    shown = measure.command.format(evaluations="EVALUATIONS", here="benchmarks")
    command = f"`python {shown}`\n"
    if not measure.rows:
        whole = printed.rstrip().lstrip("\n")
        return f"{command}\n```text\n{whole}\n```\n"
    lines = [f"| {measure.name} | figure | reference |", "| --- | --- | --- |"]
    for row in measure.rows:
        for label, figures in picked(printed, row):
            lines.append(f"| {label} | {figures} | {row.reference} |")
    return "\n".join([command, *lines]) + "\n"


def picked(printed: str, row: Row) -> list[tuple[str, str]]:
    """(label, figures) of the lines a row asks for; `*table` asks for all with two figures."""
    if row.begins == "*table":
        two = re.compile(
            r"^(?P<label>\S.*?)\s{2,}(?P<one>[\d.]+)\s+(?P<other>[\d.]+)$", re.MULTILINE
        )
        return [(m["label"].strip(), f"{m['one']} ({m['other']})") for m in two.finditer(printed)]
    for line in printed.splitlines():
        if line.strip().startswith(row.begins):
            figures = _NUMBER.findall(line.strip()[len(row.begins) :].rpartition(")")[2])
            return [(row.label, ", ".join(figures))]
    return []


def write(page: Path, found: dict[str, str]) -> None:
    """Put what was measured into the marked blocks of a page; other blocks stay as they are."""
    text = page.read_text(encoding="utf-8")

    def renewed(block: re.Match[str]) -> str:
        body = found.get(block["name"])
        return block[0] if body is None else f"{block['open']}{body}{block['close']}"

    page.write_text(BLOCK.sub(renewed, text), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--evaluations",
        type=Path,
        default=Path(os.environ.get("ONRECORD_EVALUATIONS", ROOT.parent / "shared/eval")),
    )
    parser.add_argument("--write", type=Path, metavar="PAGE", help="renew the blocks of this page")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these measurements")
    args = parser.parse_args()
    found: dict[str, str] = {}
    absent = []
    for measure in MEASURES:
        if measure.name not in args.only if args.only else measure.asked:
            continue
        printed = run(measure, args.evaluations.resolve())
        if printed is None:
            absent.append(measure.name)
            continue
        found[measure.name] = markdown(measure, printed)
        print(f"## {measure.name}\n\n{found[measure.name]}", flush=True)
    if absent:
        print(f"not at hand: {', '.join(absent)}")
    if args.write:
        write(args.write, found)


if __name__ == "__main__":
    main()
