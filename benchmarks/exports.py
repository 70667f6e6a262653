"""What exporting a large case costs: seconds and memory of each format, and the way back.

    python benchmarks/exports.py [--reports 100000] [--formats jsonl csv] [--round-trip 10000]

The case holds simulated reports with their faultless records (`docs/simulation.md`): nothing is
extracted. It is made once and kept under `--folder`. Each export is `onrecord export` in a process
of its own; memory is the most that was resident. Beside JSON Lines, CSV and Parquet stands what
Python's json and csv and pyarrow need to write the same rows, in the same run, the rows at hand.
`--round-trip` restores an export, exports again, and compares the bytes. Exits 1 where a bound is
broken.
"""

from __future__ import annotations

import argparse
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

import simulated_case

MOST_MEGABYTES = 600


def case_of(reports: int, folder: Path) -> Path:
    """A case of so many simulated reports, kept from an earlier run or made."""
    made = folder / f"case-{reports}-{simulated_case.SEED}"
    if not (made / "done").exists():
        shutil.rmtree(made, ignore_errors=True)
        began = time.perf_counter()
        simulated_case.make(made, reports)
        (made / "done").touch()
        print(f"{reports:,} reports made in {time.perf_counter() - began:.0f} s", flush=True)
    return made


def exported(case: Path, form: str, out: Path) -> dict[str, float]:
    """What `onrecord export` took: seconds, processor seconds, largest memory, size made."""
    command = [sys.executable, "-m", "onrecord", "export", form, "-o", str(out)]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [*command, "--case", str(case), "--audience", "internal"],
            stdout=subprocess.DEVNULL,
            stderr=told,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        if process.returncode:
            told.seek(0)
            raise SystemExit(f"exporting {form} failed: {told.read().decode()}")
    return {
        "seconds": seconds,
        "processor": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss * 1024 / 1e6,
        "size": _size(out) / 1e6,
    }


def _size(out: Path) -> int:
    files = out.rglob("*") if out.is_dir() else [out]
    return sum(path.stat().st_size for path in files if path.is_file())


def plain_json(out: Path, beside: Path) -> float:
    """Processor seconds that `json.dumps` and `write` take for the objects of the lines."""
    spent = 0.0
    with out.open("rb") as lines, beside.open("w", encoding="utf-8") as file:
        while batch := [json.loads(line) for line in islice(lines, 2_000)]:
            began = time.process_time()
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in batch)
            spent += time.process_time() - began
    return spent


def plain_csv(out: Path, beside: Path) -> float:
    """Processor seconds that `csv.writer` takes for the rows of all tables."""
    spent = 0.0
    for table in sorted(out.glob("*.csv")):
        with (
            table.open(encoding="utf-8-sig", newline="") as rows,
            beside.open("w", encoding="utf-8", newline="") as file,
        ):
            reader, writer = csv.reader(rows), csv.writer(file)
            while batch := list(islice(reader, 20_000)):
                began = time.process_time()
                writer.writerows(batch)
                spent += time.process_time() - began
    return spent


def plain_parquet(out: Path, beside: Path) -> float:
    """Processor seconds that pyarrow takes for the rows of all tables, columns made of them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    spent = 0.0
    for table in sorted(out.glob("*.parquet")):
        source = pq.ParquetFile(table)
        with pq.ParquetWriter(beside, source.schema_arrow, compression="zstd") as writer:
            for batch in source.iter_batches(20_000):
                rows = batch.to_pylist()
                began = time.process_time()
                writer.write_table(pa.Table.from_pylist(rows, schema=source.schema_arrow))
                spent += time.process_time() - began
    return spent


PLAIN: dict[str, Callable[[Path, Path], float]] = {
    "jsonl": plain_json,
    "csv": plain_csv,
    "parquet": plain_parquet,
}


def round_trip(reports: int, folder: Path) -> tuple[bool, str]:
    """Restore an export, and export again: whether the bytes are the same, and what it took."""
    from onrecord.case import Case

    with tempfile.TemporaryDirectory(dir=folder) as name:
        here = Path(name)
        first, second = here / "first.jsonl", here / "second.jsonl"
        simulated_case.export_of(reports, first)
        began = time.perf_counter()
        Case.restore(first, here / "again", command="benchmark")
        restored = time.perf_counter() - began
        found = exported(here / "again", "jsonl", second)
        same = _sha256(first) == _sha256(second)
        told = f"restored in {restored:.0f} s and exported in {found['seconds']:.0f} s: "
        told += f"{'the same' if same else 'OTHER'} bytes, {found['size']:.0f} MB, "
        return same, told + f"SHA-256 {_sha256(second)[:16]}"


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
        print("| format | processor | wall | peak memory | size | plain writing, processor |")
        print("| --- | --- | --- | --- | --- | --- |")
        for form, found in measured(case, arguments.formats, arguments.folder):
            plain = f"{found['plain']:.1f} s" if "plain" in found else "—"
            print(
                f"| `{form}` | {found['processor']:.1f} s | {found['seconds']:.1f} s "
                f"| {found['megabytes']:.0f} MB "
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
