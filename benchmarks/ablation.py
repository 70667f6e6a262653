"""What each part adds: the figures without the learned weights, the pronouns, the gazetteer.

    python benchmarks/ablation.py --evaluations FOLDER [--limit N]

Runs the evaluations of claims, acts and posts with each part left out in turn (ONRECORD_WITHOUT in
`onrecord/vocabulary/parts.py`) and prints the one figure of each and how far it is from the whole.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from accuracy import ran

from onrecord.vocabulary.parts import PARTS

HERE = Path(__file__).resolve().parent
NAMES = {
    "selector": "without the learned weights for claims",
    "pronouns": "without pronouns led back to names",
    "gazetteer": "without the gazetteer",
}


def columns(evaluations: Path, limit: int | None) -> dict[str, list[str]]:
    """The commands by the name of their column; those whose script or data is absent left out."""
    bound = [] if limit is None else ["--limit", str(limit)]
    found = {
        name: [str(evaluations / f"{name}.py"), *bound] for name in ("polnear", "hrdsattack", "sfm")
    }
    found["speakers"] = [str(HERE / "speakers.py"), str(evaluations / "data/GUM")]
    return {name: words for name, words in found.items() if Path(words[0]).exists()}


def figure(name: str, words: list[str], without: str) -> float | None:
    """The one figure of a run: the last number after a colon, or the first share that is right."""
    done = ran(words, ONRECORD_WITHOUT=without)
    for line in done.stdout.splitlines():
        if line.startswith(f"{name}: "):
            return float(line.split()[1])
        if name == "speakers" and " right " in line:
            return float(line.split(" right ")[1].split()[0])
    return None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--evaluations", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="only the first N documents of each")
    args = parser.parse_args()
    runs = columns(args.evaluations.resolve(), args.limit)
    print(" " * 42 + "".join(f"{name:>18}" for name in runs))
    whole: dict[str, float | None] = {}
    for part in ("", *PARTS):
        found = {name: figure(name, words, part) for name, words in runs.items()}
        whole = whole or found
        print(f"{NAMES.get(part, 'whole'):<42}" + "".join(_cell(found[n], whole[n]) for n in runs))


def _cell(found: float | None, whole: float | None) -> str:
    if found is None or whole is None:
        return f"{'-':>18}"
    apart = "" if found is whole else f" ({found - whole:+.3f})"
    return f"{f'{found:.3f}{apart}':>18}"


if __name__ == "__main__":
    main()
