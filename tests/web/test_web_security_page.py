"""What docs/security.md says of the workbench is held by tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8").partition("## The workbench")[2]
TESTS = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
}
UNTESTED = {*("2.1.10", "2.2.2", "2.4.3", "2.4.4", "2.5.2", "2.8.7", "2.10.4", "3.5.1", "3.5.3")}
"""What asks that something is not done, or is not ours to do."""
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \|([^|]*)\|([^|]*)\|$", re.MULTILINE)


def test_every_test_that_is_named_exists():
    named = re.findall(r"`(test_\w+)`", PAGE)
    assert len(named) > 60
    assert not [name for name in named if name not in TESTS]


def test_every_requirement_stands_once_with_a_test_or_a_reason():
    rows = ROW.findall(PAGE)
    numbers = [number for number, _, _ in rows]
    assert len(numbers) == len(set(numbers)) > 60
    untested = {number for number, how, test in rows if how.strip() and test.strip() == "—"}
    assert untested == UNTESTED
    assert all("`test_" in test for number, _, test in rows if number not in untested)


def test_every_requirement_of_level_two_is_there():
    chapters = {"2.1": 12, "2.3": 3, "2.4": 5, "2.5": 7, "2.6": 3, "2.8": 6, "14.4": 7, "14.5": 4}
    numbers = {number for number, _, _ in ROW.findall(PAGE)}
    wanted = {f"{chapter}.{n}" for chapter, most in chapters.items() for n in range(1, most + 1)}
    wanted |= {"2.2.1", "2.2.2", "2.2.3", "3.1.1", "3.7.1", "13.1.1", "13.1.3", "13.1.4", "13.1.5"}
    wanted |= {f"3.2.{n}" for n in range(1, 5)} | {f"3.3.{n}" for n in range(1, 5)}
    wanted |= {f"3.4.{n}" for n in range(1, 6)} | {f"3.5.{n}" for n in range(1, 4)}
    wanted |= {f"13.2.{n}" for n in (1, 2, 3, 5, 6)}
    assert wanted <= numbers, sorted(wanted - numbers)
