"""The documentation is true: its generated parts are current, commands documented, links whole."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from click import Context, Group

from onrecord.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_generated_blocks_are_current(page: Path, generate: ModuleType) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == generate.current(text), "run python docs/generate.py"


def test_every_block_stands_on_a_page(generate: ModuleType) -> None:
    written = {
        found["name"]
        for page in PAGES
        for found in generate.BLOCK.finditer(page.read_text("utf-8"))
    }
    assert written == set(generate.BLOCKS)


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    headings = set(HEADING.findall(text))
    assert set(main.list_commands(Context(main))) <= headings


def test_only_existing_commands_are_named() -> None:
    known = set(main.list_commands(Context(main)))
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named = set(re.findall(r"(?:`|^ {4})onrecord ([a-z]+)\b", text, re.MULTILINE))
        assert named <= known, page


def test_every_option_that_the_pages_name_exists() -> None:
    groups = [command for command in main.commands.values() if isinstance(command, Group)]
    below = [command for group in groups for command in group.commands.values()]
    known = {
        option
        for command in [main, *main.commands.values(), *below]
        for parameter in command.params
        for option in parameter.opts
    } | {"--help"}
    for page in PAGES:
        text = re.sub(r"<!-- generated.*?<!-- end", "", page.read_text("utf-8"), flags=re.DOTALL)
        for line in re.findall(r"onrecord [a-z]+ [^`\n]*", text):
            named = set(re.findall(r"(?<=\s)--[a-z][a-z-]*", line))
            assert named <= known, (page, line)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith("https://"):
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), link
        if anchor:
            headings = HEADING.findall(path.read_text(encoding="utf-8"))
            assert anchor in {anchor_of(heading) for heading in headings}, link


def anchor_of(heading: str) -> str:
    """The anchor that code forges give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_decision_is_listed() -> None:
    text = (ROOT / "docs" / "developers.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        assert f"(decisions/{page.name})" in text
