"""How fast the extraction is, against the bare parser on the same texts in the same run.

    python benchmarks/extract.py [--texts FOLDER] [--rounds N]

Prints four figures, each with its bound:

- words per second of the whole extraction, as a share of bare spaCy's (at least 0.5);
- two workers against one, start-up included (at least 1.7);
- peak resident memory of a worker (under 1,200 MiB);
- `onrecord --help` against `import spacy` (at most a third).

Texts are the packaged demo reports, repeated, unless a folder of .txt files is named. Exits 1 where
a bound is not held. Times are medians of interleaved rounds: shared machines drift.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from onrecord.passages.parse import parser
from onrecord.pipeline import Job, extract, extract_lines

WORDS_FOR_WORKERS = 250_000
"""Start-up of a process is seconds: fewer words would measure that."""


def main() -> None:
    arguments = _arguments()
    texts = _texts(arguments.texts)
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} texts, {words} words, {arguments.rounds} rounds")
    figures = [
        ("extraction / bare spaCy, words per second", *_share(texts, words, arguments.rounds), 0.5),
        ("two workers / one, whole run", *_workers(texts, words), 1.7),
        ("worker's peak memory, MiB (1200 / it)", *_memory(), 1.0),
        ("import spaCy / onrecord --help (a third)", *_startup(arguments.rounds), 3.0),
    ]
    for name, ratio, detail, floor in figures:
        print(f"{name:<44}{ratio:8.2f}  (at least {floor:.2f})  {detail}")
    sys.exit(any(ratio < floor for _, ratio, _, floor in figures))


def _share(texts: list[str], words: int, rounds: int) -> tuple[float, str]:
    nlp = parser()
    jobs = [Job(text, str(number)) for number, text in enumerate(texts)]
    extract(jobs[0])
    bare, whole = [], []
    for _ in range(rounds):
        bare.append(_seconds(lambda: list(nlp.pipe(texts))))
        whole.append(_seconds(lambda: [extract(job) for job in jobs]))
    ratio = statistics.median(b / w for b, w in zip(bare, whole, strict=True))
    return ratio, (
        f"{words / statistics.median(whole):.0f} of {words / statistics.median(bare):.0f} words/s"
    )


def _workers(texts: list[str], words: int) -> tuple[float, str]:
    times = max(1, WORDS_FOR_WORKERS // words)
    jobs = [Job(text, str(number)) for number, text in enumerate(texts * times)]
    lines: dict[int, list[str]] = {}
    seconds = {
        workers: _seconds(lambda w=workers: lines.update({w: _pooled(jobs, w)}))  # type: ignore[misc]
        for workers in (1, 2)
    }
    if lines[1] != lines[2]:
        sys.exit("one and two workers gave different records")
    return seconds[1] / seconds[2], f"{seconds[1]:.1f} s and {seconds[2]:.1f} s"


def _pooled(jobs: list[Job], workers: int) -> list[str]:
    return list(extract_lines(jobs, workers=workers))


def _memory() -> tuple[float, str]:
    """Of the largest process that `_workers` started."""
    mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return 1200 / mib, f"{mib:.0f} MiB"


def _startup(rounds: int) -> tuple[float, str]:
    def run(*command: str) -> float:
        return _seconds(
            lambda: subprocess.run(
                [sys.executable, *command], check=True, stdout=subprocess.DEVNULL
            )
        )

    pairs = [
        (run("-c", "import spacy"), run("-m", "onrecord", "--help")) for _ in range(rounds + 2)
    ]
    ratio = statistics.median(a / b for a, b in pairs)
    return ratio, "medians {:.2f} s and {:.2f} s".format(
        *(statistics.median(column) for column in zip(*pairs, strict=True))
    )


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _texts(folder: Path | None) -> list[str]:
    if folder:
        return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    from onrecord.demo import reports

    texts = [path.read_text("utf-8", "replace") for path in reports() if path.suffix == ".txt"]
    return texts * 5


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--texts", type=Path, help="a folder of .txt files")
    arguments.add_argument("--rounds", type=int, default=3)
    return arguments.parse_args()


if __name__ == "__main__":
    main()
