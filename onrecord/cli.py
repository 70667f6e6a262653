"""The command line: thin; every command calls the Python API behind it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Turn reports about alleged human-rights violations into a record that can be checked."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jsonl", is_flag=True, help="One JSON object a document on standard output.")
def extract(paths: tuple[Path, ...], jsonl: bool) -> None:
    """Records of documents, no case needed."""
    from onrecord.model import as_json
    from onrecord.pipeline import extract_text

    for path in paths:
        record = extract_text(path.read_bytes().decode("utf-8"), path=str(path))
        sys.stdout.write(json.dumps(as_json(record), ensure_ascii=False) + "\n")
