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
import hashlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from onrecord.passages.parse import parser
from onrecord.pipeline import Job, extract, extract_lines
from onrecord.sources.encodings import decode

WORDS_FOR_WORKERS = 250_000
"""Start-up of a process is seconds: fewer words would measure that."""


def main() -> None:
    arguments = _arguments()
    texts = _texts(arguments.texts)
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} texts, {words} words, {arguments.rounds} rounds")
    held = [
        _print(
            "extraction / bare spaCy, words per second", _share(texts, words, arguments.rounds), 0.5
        ),
        _print("two workers / one, whole run", _workers(texts, words), 1.7),
        _print("1200 MiB / peak memory of a worker", _memory(texts), 1.0),
        _print("import spaCy / onrecord --help", _startup(arguments.rounds), 3.0),
    ]
    sys.exit(not all(held))


def _print(name: str, figure: tuple[float, str], floor: float) -> bool:
    ratio, detail = figure
    print(f"{name:<44}{ratio:8.2f}  (at least {floor:.2f})  {detail}", flush=True)
    return ratio >= floor


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
    """The whole command with one worker and with two, on the same files."""
    times = max(1, WORDS_FOR_WORKERS // words)
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts * times):
            Path(folder, f"{number:06d}.txt").write_text(text, encoding="utf-8", newline="")
        seconds, hashes = {}, set()
        for workers in (1, 2):
            command = [sys.executable, "-m", "onrecord", "extract", "--jsonl", folder]
            started = time.perf_counter()
            run = subprocess.run(
                [*command, "--workers", str(workers)], check=True, stdout=subprocess.PIPE
            )
            seconds[workers] = time.perf_counter() - started
            hashes.add(hashlib.sha256(run.stdout).hexdigest())
    if len(hashes) > 1:
        sys.exit("one and two workers gave different records")
    return seconds[1] / seconds[2], f"{seconds[1]:.1f} s and {seconds[2]:.1f} s"


def _memory(texts: list[str]) -> tuple[float, str]:
    """The highest resident memory that any worker had (Linux: VmHWM), over all the texts."""
    highest = 0
    jobs = [Job(text, str(number)) for number, text in enumerate(texts)]
    for _ in extract_lines(jobs, workers=2):
        for child in psutil.Process().children(recursive=True):
            status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
            found = re.search(r"VmHWM:\s+(\d+) kB", status)
            highest = max(highest, int(found[1]) if found else 0)
    return 1200 * 1024 / highest, f"{highest / 1024:.0f} MiB"


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

    texts = [decode(path.read_bytes()).text for path in reports() if path.suffix == ".txt"]
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
