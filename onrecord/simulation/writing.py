"""Writes a simulated world to a folder: reports, records and the truth."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import TextIO

from onrecord.simulation.stream import Published, publish

TRUTH = ("people", "events", "documents", "claims", "origins", "contradictions")
BATCH = 200
"""Reports that are recorded and written at once."""
_SELDOM = 20_000
"""Objects made between two runs of the collector of cycles: there is little for it to find."""


def write_world(folder: Path, *, events: int, seed: int, texts: bool = True) -> int:
    """Write the world of so many events; see `write_reports`."""
    return write_reports(folder, publish(events, seed), texts=texts)


def write_reports(
    folder: Path,
    reports: Iterator[Published],
    *,
    texts: bool = True,
    apart: bool = False,
    advance: Callable[[str], None] = lambda _: None,
) -> int:
    """Write reports (if `texts`), records.jsonl and truth/*.jsonl; how many reports there are.

    `apart`: reports are told in this process, recorded and written in another forked from it. The
    bytes are the same. Raises `OSError` where that other process fails.
    """
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    if texts:
        (folder / "reports").mkdir(exist_ok=True)
    number = 0
    with ExitStack() as stack:
        stack.enter_context(_collected_seldom())
        files = _Files(folder, stack, texts=texts)
        write = stack.enter_context(_beside(files.write)) if apart else files.write
        while batch := list(_advanced(islice(reports, BATCH), advance)):
            number += len(batch)
            write(batch)
    return number


def _advanced(reports: Iterator[Published], advance: Callable[[str], None]) -> Iterator[Published]:
    for report in reports:
        yield report
        advance(report.recorder.path)


class _Files:
    """The files of a world, open for writing until the stack is closed."""

    def __init__(self, folder: Path, stack: ExitStack, *, texts: bool) -> None:
        def opened(path: Path) -> TextIO:
            return stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))

        self._folder, self._texts = folder, texts
        self._records = opened(folder / "records.jsonl")
        self._truth = {name: opened(folder / "truth" / f"{name}.jsonl") for name in TRUTH}
        self._encode = json.JSONEncoder(
            ensure_ascii=False, check_circular=False, separators=(",", ":")
        ).encode

    def write(self, batch: Sequence[Published]) -> None:
        """Record reports and write them, down to the files."""
        encode = self._encode
        for published in batch:
            report = published.report()
            if self._texts:
                path = self._folder / published.recorder.path
                path.write_text(report.text, encoding="utf-8", newline="\n")
            self._records.write(encode(report.record) + "\n")
            for name, rows in report.truth.items():
                self._truth[name].writelines([encode(row) + "\n" for row in rows])
        for file in (self._records, *self._truth.values()):
            file.flush()


@contextmanager
def _beside(
    write: Callable[[Sequence[Published]], None],
) -> Iterator[Callable[[Sequence[Published]], None]]:
    """Each call of `write` in a process forked for it, one after the other.

    A forked process has the reports as they are in memory: passed on in any other way they would
    take longer than recording them does.
    """
    running: list[ForkProcess] = []

    def write_uncollected(batch: Sequence[Published]) -> None:
        # The collector would touch, and so copy, all that this process shares with the first.
        gc.disable()
        write(batch)

    def ended() -> None:
        while running:
            process = running.pop()
            process.join()
            if process.exitcode:
                raise OSError(f"writing failed in process {process.pid} ({process.exitcode})")

    def begin(batch: Sequence[Published]) -> None:
        ended()
        running.append(get_context("fork").Process(target=write_uncollected, args=(batch,)))
        running[0].start()

    yield begin
    ended()


@contextmanager
def _collected_seldom() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
