"""What exporting a large case costs: seconds and memory of each format, and the way back.

    python benchmarks/exports.py [--reports 100000] [--formats jsonl csv] [--round-trip 10000]

The case holds simulated reports with their faultless records (`docs/simulation.md`): nothing is
extracted. It is made once and kept under `--folder`. Each export is `onrecord export` in a process
of its own; memory is the largest sum over that process and its children. Beside JSON Lines, CSV and
Parquet stands what Python's json and csv and pyarrow need to write the same rows, in the same run,
the rows at hand. `--round-trip` exports, restores and exports again, and compares the bytes. Exits
1 where a bound is broken.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import psutil

MOST_MEGABYTES = 600
SEED = 11
EVENTS_FOR_A_REPORT = 0.16
"""About 6.6 reports tell of an event; a few events too many are never asked for."""
AT = "2026-01-01T00:00:00Z"


def case_of(reports: int, folder: Path) -> Path:
    """A case of so many simulated reports, made from a file that says what an export of it says."""
    made = folder / f"case-{reports}-{SEED}"
    if not (made / "case.json").exists():
        from onrecord.case import Case

        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"reports-{reports}-{SEED}.jsonl"
        began = time.perf_counter()
        _write_world(reports, file)
        written = time.perf_counter()
        Case.restore(file, made, command="benchmark")
        restored = time.perf_counter() - written
        simulated = f"{reports:,} reports simulated in {written - began:.0f} s"
        print(f"{simulated}, restored in {restored:.0f} s", flush=True)
        file.unlink()
    return made


def _write_world(reports: int, file: Path) -> None:
    from onrecord.products.export.jsonl import SCHEMA, Lines
    from onrecord.simulation import simulate

    with file.open("wb") as out:
        lines = Lines(out)
        lines.put("header", {"schema": SCHEMA, "case": f"{reports} simulated reports"})
        events = int(reports * EVENTS_FOR_A_REPORT) + 50
        number = 0
        for number, report in enumerate(islice(simulate(events, SEED), reports), 1):
            _put(lines, report.text, report.record, number)
        if number < reports:
            raise SystemExit(f"{events} events give {number} reports only")
        lines.put("end", {"documents": reports, "decisions": 0, "sha256": lines.sha256})


def _put(lines: Any, text: str, record: dict[str, Any], number: int) -> None:
    from onrecord.pipeline import VERSION
    from onrecord.store.log import canonical

    data = text.encode()
    told, identity = record["document"], record["document"]["id"]
    path = f"{number:06}-{told['path']}" if "path" in told else f"{number:06}.txt"
    came = {"at": AT, "actor": "benchmark", "command": "add", "path": path, "origin": f"/{path}"}
    read = {"reader": "plain", "reader_version": "1", "size": len(data)}
    facts = {name: told.get(name) for name in ("title", "publisher", "published")}
    document = {"id": identity, "path": path, "media_type": told["media_type"], "author": None}
    document |= {"text": None, "text_sha256": hashlib.sha256(data).hexdigest(), "known": {}}
    document |= {"layout": [], "warnings": [], "coded": False, "original": 1}
    lines.put("document", {**document, "custody": [{**came, **read}], **facts, **read})
    body = base64.b64encode(data).decode("ascii")
    lines.put("original", {"document": identity, "part": 1, "base64": body})
    sealed = {name: value for name, value in record.items() if name != "text"}
    digest = hashlib.sha256(canonical(sealed).encode()).hexdigest()
    lines.put(
        "record", {"document": identity, "version": VERSION, "sha256": digest, "record": record}
    )


def exported(case: Path, form: str, out: Path) -> dict[str, float]:
    """Seconds and megabytes of `onrecord export`; the largest memory of it and its children."""
    command = [sys.executable, "-m", "onrecord", "export", form, "-o", str(out)]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--case", str(case), "--audience", "internal"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    most = 0
    while process.poll() is None:
        most = max(most, _memory(process.pid))
        time.sleep(0.05)
    seconds = time.perf_counter() - began
    if process.returncode:
        told = process.stderr.read().decode() if process.stderr else ""
        raise SystemExit(f"exporting {form} failed: {told}")
    return {"seconds": seconds, "megabytes": most / 1e6, "size": _size(out) / 1e6}


def _memory(process: int) -> int:
    total = 0
    try:
        parent = psutil.Process(process)
        for one in (parent, *parent.children(recursive=True)):
            total += one.memory_info().rss
    except psutil.NoSuchProcess:
        return total
    return total


def _size(out: Path) -> int:
    files = out.rglob("*") if out.is_dir() else [out]
    return sum(path.stat().st_size for path in files if path.is_file())


def plain_json(out: Path, beside: Path) -> float:
    """Seconds that `json.dumps` and `write` take for the objects of the lines."""
    spent = 0.0
    with out.open("rb") as lines, beside.open("w", encoding="utf-8") as file:
        while batch := [json.loads(line) for line in islice(lines, 2_000)]:
            began = time.perf_counter()
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in batch)
            spent += time.perf_counter() - began
    return spent


def plain_csv(out: Path, beside: Path) -> float:
    """Seconds that `csv.writer` takes for the rows of all tables."""
    spent = 0.0
    for table in sorted(out.glob("*.csv")):
        with (
            table.open(encoding="utf-8-sig", newline="") as rows,
            beside.open("w", encoding="utf-8", newline="") as file,
        ):
            reader, writer = csv.reader(rows), csv.writer(file)
            while batch := list(islice(reader, 20_000)):
                began = time.perf_counter()
                writer.writerows(batch)
                spent += time.perf_counter() - began
    return spent


def plain_parquet(out: Path, beside: Path) -> float:
    """Seconds that pyarrow takes to make columns of the rows of all tables and to write them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    spent = 0.0
    for table in sorted(out.glob("*.parquet")):
        source = pq.ParquetFile(table)
        with pq.ParquetWriter(beside, source.schema_arrow, compression="zstd") as writer:
            for batch in source.iter_batches(20_000):
                rows = batch.to_pylist()
                began = time.perf_counter()
                writer.write_table(pa.Table.from_pylist(rows, schema=source.schema_arrow))
                spent += time.perf_counter() - began
    return spent


PLAIN: dict[str, Callable[[Path, Path], float]] = {
    "jsonl": plain_json,
    "csv": plain_csv,
    "parquet": plain_parquet,
}


def round_trip(reports: int, folder: Path) -> tuple[bool, str]:
    """Export, restore, export again: whether the bytes are the same, and what it took."""
    from onrecord.case import Case

    with tempfile.TemporaryDirectory(dir=folder) as name:
        here = Path(name)
        first = exported(case_of(reports, folder), "jsonl", here / "first.jsonl")
        began = time.perf_counter()
        Case.restore(here / "first.jsonl", here / "again", command="benchmark")
        restored = time.perf_counter() - began
        second = exported(here / "again", "jsonl", here / "second.jsonl")
        digests = [_sha256(here / file) for file in ("first.jsonl", "second.jsonl")]
    same = digests[0] == digests[1]
    told = f"exported in {first['seconds']:.0f} s, restored in {restored:.0f} s, exported again "
    told += f"in {second['seconds']:.0f} s: {'the same' if same else 'OTHER'} bytes, "
    return same, told + f"{first['size']:.0f} MB, SHA-256 {digests[0][:16]}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def measured(case: Path, forms: list[str], folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Each format with what it took; what was written is thrown away."""
    for form in forms:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            out = Path(name) / "out"
            found = exported(case, form, out)
            if form in PLAIN:
                found["plain"] = PLAIN[form](out, Path(name) / "beside")
        yield form, found


def main() -> None:
    arguments = _arguments()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    arguments.folder.mkdir(parents=True, exist_ok=True)
    broken = []
    if arguments.reports:
        case = case_of(arguments.reports, arguments.folder)
        print("| format | seconds | peak memory | size | plain writing of the same rows |")
        print("| --- | --- | --- | --- | --- |")
        for form, found in measured(case, arguments.formats, arguments.folder):
            plain = f"{found['plain']:.1f} s" if "plain" in found else "—"
            print(
                f"| `{form}` | {found['seconds']:.1f} s | {found['megabytes']:.0f} MB "
                f"| {found['size']:.1f} MB | {plain} |",
                flush=True,
            )
            if found["megabytes"] > MOST_MEGABYTES:
                broken.append(f"{form} takes more than {MOST_MEGABYTES} MB")
    if arguments.round_trip:
        same, told = round_trip(arguments.round_trip, arguments.folder)
        print(f"\n{arguments.round_trip:,} reports {told}")
        if not same:
            broken.append("what was restored exports other bytes")
    if arguments.discard:
        shutil.rmtree(arguments.folder)
    if broken:
        raise SystemExit("\n".join(broken))


def _arguments() -> argparse.Namespace:
    from onrecord.products.export.formats import MODULES

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", choices=sorted(MODULES), default=sorted(MODULES))
    parser.add_argument("--round-trip", type=int, default=10_000)
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-exports"
    )
    parser.add_argument("--discard", action="store_true", help="throw the cases away afterwards")
    return parser.parse_args()


if __name__ == "__main__":
    main()
