"""Pictures leave through the door: logged, redacted, whole or not at all."""

import json
import struct
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "door"))

from leak_search import found_in
from planted import NAME, OTHER, REPORT, SPELLINGS, TOLD

from onrecord.case import Case
from onrecord.cli import main


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "other.txt").write_text(OTHER, encoding="utf-8")
    with Case.create(folder / "case") as made:
        made.add([folder / "report.txt", folder / "other.txt"])
        made.resolve()
        made.protect(NAME, spellings=TOLD, why="a witness")
    return folder / "case"


@pytest.mark.parametrize("kind", ["timeline", "map", "network"])
def test_a_picture_leaves_in_each_form_and_names_nobody_protected(case, tmp_path, kind):
    for form in ("svg", "png", "json"):
        out = tmp_path / f"{kind}.{form}"
        done = run(kind, "--case", case, "-o", out, "--to", "a reader", "--purpose", "print")
        assert done.exit_code == 0, done.output
        assert found_in(out, SPELLINGS) == []
    ET.parse(tmp_path / f"{kind}.svg")
    assert struct.unpack(">I", (tmp_path / f"{kind}.png").read_bytes()[16:20])[0] > 700
    data = json.loads((tmp_path / f"{kind}.json").read_text())
    assert data["schema"] == "onrecord/picture/1"
    with Case.open(case) as opened:
        told = opened.log()[-1]
    assert (told.payload["what"], told.payload["form"], told.payload["to"]) == (
        kind,
        "json",
        "a reader",
    )


def test_somebody_protected_can_be_asked_for_by_name(case, tmp_path):
    done = run("timeline", NAME, "--case", case, "-o", tmp_path / "her.json")
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "her.json").read_text())["title"].startswith("Timeline: Person ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["-o", "x.pdf"], "a picture is one of"), (["Nobody Here"], "nothing in this case names")],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_left(
    case, tmp_path, monkeypatch, arguments, told
):
    monkeypatch.chdir(tmp_path)
    done = run("network", "--case", case, *arguments)
    assert done.exit_code == 2
    assert told in done.output
    assert not list(tmp_path.iterdir())
