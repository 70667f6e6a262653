"""Every module that the package imports from elsewhere is declared in pyproject.toml."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]


def imported(path: Path) -> Iterator[str]:
    """The top-level modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]


def plain(name: str) -> str:
    """A distribution's name as names are compared (PEP 503), without version and extras."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", name.strip())[0]).lower()


def undeclared(folder: Path, declared: set[str]) -> dict[str, str]:
    """Modules from elsewhere that no declared distribution has, each with a file that needs it."""
    homes = packages_distributions()
    return {
        module: str(path.relative_to(folder))
        for path in sorted(folder.rglob("*.py"))
        for module in imported(path)
        if module not in sys.stdlib_module_names and module != "onrecord"
        if declared.isdisjoint(map(plain, homes.get(module, ())))
    }


def test_what_the_package_imports_is_declared() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = set(map(plain, told["project"]["dependencies"]))
    assert undeclared(ROOT / "onrecord", declared) == {}


def test_a_module_that_nobody_declared_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import json\ndef f():\n    from jinja2 import Template\n")
    assert undeclared(tmp_path, {"click"}) == {"jinja2": "a.py"}
    assert undeclared(tmp_path, {"jinja2"}) == {}
