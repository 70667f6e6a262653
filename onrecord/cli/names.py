"""`onrecord names`: whether names are one, without a case."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import islice, repeat
from pathlib import Path
from typing import IO

import click

from onrecord.cli import shared
from onrecord.errors import UnreadableSource

_WANTED = ("name1", "name2", "schema")
_AT_ONCE = 10_000


@click.group(
    epilog="""
\b
Examples:
  onrecord names compare pairs.csv > scored.csv
"""
)
def names() -> None:
    """Compare names across scripts, spellings and orders."""


@names.command(
    epilog="""
\b
Examples:
  onrecord names compare pairs.csv > scored.csv
  onrecord names compare --explain pairs.csv
  onrecord names compare - < pairs.csv
"""
)
@click.argument("pairs", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--explain", is_flag=True, help="Add a column with the reasons in words.")
def compare(pairs: Path, explain: bool) -> None:
    """Say of each pair of names in a CSV file whether they are one.

    PAIRS has the columns name1, name2 and schema (Person, Organization, Place, Vessel, ...). The
    same rows come out on standard output, with a score from 0 to 1 and match: true or false.
    """
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="")  # type: ignore[union-attr]
    with _opened(pairs) as file, shared.progress("comparing", None) as advance:
        rows = _rows(file, str(pairs))
        columns = list(next(rows))
        added = ["score", "match", *(["reasons"] if explain else [])]
        writer = csv.DictWriter(sys.stdout, [*columns, *added], lineterminator="\n")
        writer.writeheader()
        while some := list(islice(rows, _AT_ONCE)):
            for row in _scored(some, explain):
                writer.writerow(row)
                advance("")


def _scored(rows: list[dict[str, str]], explain: bool) -> Iterator[dict[str, str]]:
    """The rows with what was found, worked out for all of them at once."""
    from onrecord.resolution.names import compare_many, explain_many, threshold

    pairs = [[row[name] for row in rows] for name in _WANTED]
    reasons = explain_many(*pairs) if explain else repeat("", len(rows))
    for row, score, why in zip(rows, compare_many(*pairs).tolist(), reasons, strict=True):
        match = str(score >= threshold(row["schema"])).lower()
        found = {**row, "score": f"{score:.4f}", "match": match}
        yield {**found, "reasons": why} if explain else found


def _opened(path: Path) -> IO[str]:
    try:
        if str(path) == "-":
            return open(sys.stdin.fileno(), encoding="utf-8-sig", newline="", closefd=False)
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise UnreadableSource(
            str(path),
            "cannot be opened",
            why=error.strerror or "",
            todo="name a CSV file with the columns name1, name2 and schema",
        ) from error


def _rows(file: IO[str], path: str) -> Iterator[dict[str, str]]:
    """First the columns, as the keys of a row, then each row; another file is refused."""
    reader = csv.DictReader(file, strict=True)
    try:
        columns = list(reader.fieldnames or ())
        missing = [name for name in _WANTED if name not in columns]
        if missing:
            raise UnreadableSource(
                path,
                f"has no column {', '.join(missing)}",
                why=f"its first line names {', '.join(columns) or 'nothing'}",
                todo="give the columns name1,name2,schema in the first line",
            )
        yield dict.fromkeys(columns, "")
        for row in reader:
            if None in row or None in row.values():
                raise UnreadableSource(
                    path,
                    f"line {reader.line_num} has another number of fields than the first line",
                    why="a name with a comma must stand in double quotes",
                    todo="correct the line and run again",
                )
            yield row
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableSource(
            path,
            f"line {reader.line_num + 1} is not CSV in UTF-8",
            why=str(error),
            todo="save the table as CSV (UTF-8) and run again",
        ) from error
