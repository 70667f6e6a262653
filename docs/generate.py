"""Write the parts of the documentation that the program knows best, or check that they are current.

    python docs/generate.py            write every generated block
    python docs/generate.py --check    exit 1 and name the files whose blocks are out of date

A block stands between `<!-- generated: NAME -->` and `<!-- end of NAME -->`; what is between the
two belongs to this script, everything else to people.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import json
import re
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from click import Context

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(
    r"(<!-- generated: (?P<name>\w+) -->\n).*?(<!-- end of (?P=name) -->)", re.DOTALL
)
WIDTH = 96
BRIEF_FOR = "Port Ansel"


def documents() -> list[Path]:
    """The pages that may hold generated blocks."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands() -> str:
    """The help of every command, from the command line itself."""
    from click import Context

    from onrecord.cli import main

    settings = {**main.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    top = Context(main, info_name="onrecord", **settings)
    parts = [_help(top)]
    for name in main.list_commands(top):
        command = main.get_command(top, name)
        if command is not None and not command.hidden:
            inner = Context(command, info_name=name, parent=top)
            parts += [f"## {name}\n", _help(inner)]
            for below, part in sorted(getattr(command, "commands", {}).items()):
                parts += [
                    f"### {name} {below}\n",
                    _help(Context(part, info_name=below, parent=inner)),
                ]
    return "\n".join(parts)


def _help(context: Context) -> str:
    return f"```text\n{_plain(context.command.get_help(context))}\n```\n"


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


def stages() -> str:
    """The table of stages, from the pipeline."""
    from onrecord.pipeline import STAGES

    rows = [
        (f"`{s.name}`", _names(s.reads), f"`{s.writes}`", f"`{s.run.__module__}.{s.run.__name__}`")
        for s in STAGES
    ]
    return table(("stage", "reads", "writes", "where"), rows)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def rooms() -> str:
    """The rooms from top to bottom, from the import contract and the packages' own first lines."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = contract["tool"]["importlinter"]["contracts"][0]["layers"]
    rows = [
        (f"`{name}`", _first_line(ROOT / "onrecord" / name))
        for layer in layers
        for name in layer.split(" | ")
    ]
    return table(("room", "what it is for"), rows)


def _first_line(room: Path) -> str:
    file = room / "__init__.py" if room.is_dir() else room.with_suffix(".py")
    about = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return about.partition("\n")[0]


def fields() -> str:
    """Every field of the record, from its JSON Schema."""
    schema = json.loads(
        files("onrecord.vocabulary").joinpath("record-1.schema.json").read_text(encoding="utf-8")
    )
    parts = [_object("The record", schema)]
    parts += [
        _object(name.capitalize(), part)
        for name, part in schema["$defs"].items()
        if "properties" in part
    ]
    return "\n".join(parts)


def _object(title: str, part: dict[str, Any]) -> str:
    rows = list(_properties(part, ""))
    return (
        f"## {title}\n\n{part.get('description', '')}\n\n{table(('field', 'needed', 'what'), rows)}"
    )


def _properties(part: dict[str, Any], prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, field in part["properties"].items():
        needed = "yes" if name in part.get("required", ()) else ""
        yield f"`{prefix}{name}`", needed, _describe(field)
        inner, dots = field, "."
        if field.get("type") == "array":
            inner, dots = field["items"], "[]."
        if "properties" in inner:
            yield from _properties(inner, f"{prefix}{name}{dots}")


def _describe(field: dict[str, Any]) -> str:
    words = field.get("description", "")
    kind = _kind(field)
    return f"{kind}. {words}" if words else kind


def _kind(field: dict[str, Any]) -> str:
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"{'EDTF date' if name == 'edtf' else name}"
    if "enum" in field:
        return " \\| ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"list of: {_kind(field['items'])}"
    return str(field.get("type", "any"))


def terms() -> str:
    """The controlled terms with their definitions and codes, from the vocabulary."""
    from onrecord.vocabulary import terms as vocabulary

    parts = []
    for name in vocabulary.LISTS:
        rows = [
            (f"`{term.id}`", term.label, term.definition, _codes(term.codes))
            for term in vocabulary.terms(name).values()
        ]
        heads = ("term", "label", "definition", "codes")
        parts.append(f"## {name.replace('_', ' ').capitalize()}\n\n{table(heads, rows)}")
    return "\n".join(parts)


def _codes(codes: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{SCHEMES[scheme]} {', '.join(listed)}" for scheme, listed in codes.items())


SCHEMES = {
    "acled": "ACLED",
    "admiralty": "Admiralty",
    "huridocs_mt4": "HURIDOCS MT4",
    "huridocs_mt18": "HURIDOCS MT18",
    "huridocs_mt21": "HURIDOCS MT21",
    "huridocs_mt24": "HURIDOCS MT24",
    "huridocs_mt27": "HURIDOCS MT27",
    "huridocs_mt28": "HURIDOCS MT28",
    "icpped": "ICPPED",
    "local": "local",
    "rome_statute": "Rome Statute",
}


def brief() -> str:
    """The first sheet of the brief that the demo's case gives for the visit of two officials.

    What is cut is marked; of the notes, the first that an allegation leads to is shown.
    """
    text = _demo_brief()
    sheet, _, evidence = text.partition("\n## Evidence")
    alleged = sheet.partition("## What is alleged")[2]
    number = re.search(r"\[\^(\d+)\]", alleged)
    note = re.search(rf"^\[\^{number[1]}\]:.*$", evidence, re.MULTILINE) if number else None
    lines = [*sheet.rstrip().splitlines(), "", "[...]", "", *([note[0]] if note else [])]
    return "````markdown\n" + "\n".join(line.rstrip() for line in lines) + "\n````\n"


@cache
def _demo_brief() -> str:
    from click.testing import CliRunner

    from onrecord.cli import main
    from onrecord.demo import FOLDER

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        if result.exit_code:
            raise RuntimeError(f"onrecord {' '.join(arguments)} failed:\n{result.output}")
        return result.stdout

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(FOLDER):
        case = str(Path(folder) / "demo")
        run("init", case)
        run("add", "--case", case, "reports")
        return run("brief", "--engagement", BRIEF_FOR, "--case", case, "--format", "markdown")


def citation() -> str:
    """One claim of the demo's first report as the record has it, and the words that it cites."""
    from onrecord.demo import reports
    from onrecord.model import as_json
    from onrecord.pipeline import extract_text

    path = reports()[0]
    record = extract_text(path.read_text(encoding="utf-8"), path=path.name)
    names = {entity.id: entity.name for entity in record.entities}
    claim = next(c for c in record.claims if c.kind == "allegation" and c.attribution)
    cited = [
        *(("content", span, None) for span in claim.content),
        ("cue", claim.cue, None),
        *((f"attribution, {link.level}", link.span, link.entity) for link in claim.attribution),
    ]
    rows = [
        (
            field,
            f"`{list(span)}`",
            " ".join(record.text[slice(*span)].split()),
            names.get(who or "", ""),
        )
        for field, span, who in cited
        if span
    ]
    shown = json.dumps(as_json(claim), ensure_ascii=False, indent=1)
    shown = re.sub(r"\[\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2]", shown)
    return f"```json\n{shown}\n```\n\n{table(('field', 'span', 'words', 'entity'), rows)}"


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def formats() -> str:
    """What each format of export is for and what it cannot hold, from the formats."""
    from onrecord.products.export.formats import every

    rows = [
        (f"`{f.name}`", "folder" if f.folder else "file", f"{f.about.rstrip('.')}.", f.lacks)
        for f in every()
    ]
    return table(("format", "makes", "what it is for", "what it cannot hold"), rows)


def tables() -> str:
    """The tables of `csv` and `parquet`, from the definitions that fill them."""
    from onrecord.products.export.tables import TABLES

    rows = [
        (f"`{t.name}`", t.meaning, ", ".join(f"`{k}`" for k in t.key), str(len(t.columns)))
        for t in TABLES
    ]
    return table(("table", "what its rows are", "key", "columns"), rows)


BLOCKS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "stages": stages,
    "rooms": rooms,
    "fields": fields,
    "terms": terms,
    "brief": brief,
    "citation": citation,
    "formats": formats,
    "tables": tables,
}


def current(text: str) -> str:
    """A page with each of its blocks as it should be. Raises `KeyError` for an unknown block."""
    return BLOCK.sub(lambda found: found[1] + BLOCKS[found["name"]]() + found[3], text)


def main() -> int:
    """Write or check; the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--check", action="store_true", help="change nothing, exit 1 if stale")
    check = options.parse_args().check
    stale = []
    for path in documents():
        old = path.read_text(encoding="utf-8")
        new = current(old)
        if new != old:
            stale.append(path.relative_to(ROOT).as_posix())
            if not check:
                path.write_text(new, encoding="utf-8")
    for name in stale:
        print(f"{name}: {'out of date; run python docs/generate.py' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
