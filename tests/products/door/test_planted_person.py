"""A protected person, planted wherever a name can stand, is in nothing that leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from leak_search import found_in
from planted import NAME, SPELLINGS, TOLD, write

from onrecord.case import Case, Recipient
from onrecord.cli import main
from onrecord.products.export import formats

PAGES = ("terminal", "markdown", "json", "html", "pdf", "docx")
PRODUCTS = {
    "brief": ["Davit Orlan", NAME],
    "dossier": [NAME],
    "chronology": [],
    "demands": [],
    "contradictions": [],
}

OTHERS = {
    "timeline": ([], (".svg", ".png", ".json")),
    "map": ([], (".svg", ".png", ".json")),
    "network": ([NAME], (".svg", ".png", ".json")),
    "submission": (["wgeid-urgent", NAME, "--today", "2025-04-01"], (".pdf", ".docx", ".json")),
    "elements": ([], (".html", ".json")),
    "bundle": ([], ("", ".zip")),
}
"""What else leaves, with its arguments and the endings of its files."""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    paths = write(folder / "documents")
    Case.create(folder / "case").close()
    with Case.open(folder / "case", write=True) as opened:
        done = opened.add(paths)
        assert len(done.added) == len(paths)
        opened.resolve()
        opened.protect(NAME, spellings=TOLD, why="a witness")
    return folder / "case"


def test_the_search_finds_her_in_what_was_not_redacted(case: Path) -> None:
    """Else it would prove nothing."""
    documents = case.parent / "documents"
    hit = {path.name for path in documents.iterdir() if found_in(path, SPELLINGS)}
    everything = {path.name for path in documents.iterdir()}
    assert hit == everything - {"other.txt"}


@pytest.mark.parametrize("form", PAGES)
@pytest.mark.parametrize("product", PRODUCTS)
def test_no_page_names_her(case: Path, tmp_path: Path, product: str, form: str) -> None:
    out = tmp_path / f"page.{form}"
    done = run(product, *PRODUCTS[product], "--case", case, "--format", form, "-o", out)
    assert done.exit_code == 0, done.output
    assert found_in(out, SPELLINGS) == []
    if form == "json" and product in ("brief", "dossier"):
        assert "Person " in out.read_text()


@pytest.mark.parametrize("form", sorted(formats.MODULES))
@pytest.mark.parametrize("audience", ["public", "court"])
def test_no_export_names_her(case: Path, tmp_path: Path, form: str, audience: str) -> None:
    found = formats.find(form)
    out = tmp_path / f"out{'' if found.folder else found.endings[0]}"
    recipient = Recipient(audience, "a reader")
    with (
        Case.open(case) as opened,
        opened.release("record", form=form, out=out, recipient=recipient) as release,
    ):
        found.write(release, release.path(out.name), lambda _: None)
    assert out.exists()
    assert found_in(out, SPELLINGS) == []


def test_everything_that_leaves_is_looked_at_here() -> None:
    leaving = {
        name
        for name, command in main.commands.items()
        if any(option.name == "audience" for option in command.params)
    } - {"consent"}
    assert leaving == {*PRODUCTS, *OTHERS, "export"}


@pytest.mark.parametrize(
    ("command", "ending"), [(name, end) for name, (_, ends) in OTHERS.items() for end in ends]
)
def test_nothing_else_names_her(case: Path, tmp_path: Path, command: str, ending: str) -> None:
    out = tmp_path / f"out{ending}"
    done = run(command, *OTHERS[command][0], "--case", case, "-o", out)
    assert done.exit_code == 0, done.output
    assert found_in(out, SPELLINGS) == []


def test_nothing_is_left_of_a_page_that_is_refused(case: Path, tmp_path: Path) -> None:
    """Her name as the name of the file: the door says which rule, not which name."""
    done = run("chronology", "--case", case, "-o", tmp_path / "sarela_vostrane.html")
    assert done.exit_code == 2
    assert "rule: the name of a protected person" in done.stderr
    assert "vostrane" not in done.stderr.lower()
    assert list(tmp_path.iterdir()) == []
    with Case.open(case) as opened:
        assert opened.log()[-1].kind == "release_refused"


def test_originals_that_name_her_stay(case: Path) -> None:
    with Case.open(case) as opened:
        with opened.release("originals", form="bundle", out=None) as release:
            given = {
                d.path.rpartition("/")[2] for d in release.documents() if release.original(d.id)
            }
            release.path("nothing").write_bytes(b"")
        assert given == {"other.txt"}
        assert len(release.withheld) == 4


def test_ourselves_see_her(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "dossier.md"
    done = run("dossier", NAME, "--case", case, "-o", out, "--audience", "internal")
    assert done.exit_code == 0, done.output
    assert NAME in out.read_text()
