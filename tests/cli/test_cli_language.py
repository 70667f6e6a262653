"""`--language` from the command line: every page, picture and the site; no other export."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

REPORT = (
    "BRASK, May 6, 2024 (Sela News) - Soldiers of the Marrow Brigade abducted the farmer Odo Renk "
    "in Orla on 3 May 2024, nurse Mira Tane said. “They came at night,” she said. Tane asked the "
    "government of Maruvia to say where Renk is."
)
HEADS = {
    ("brief", "Mira Tane"): "Note d’information",
    ("dossier", "Mira Tane"): "Noms et graphies",
    ("chronology",): "Chronologie",
    ("demands",): "Demandes au dossier",
    ("contradictions",): "Contradictions entre sources",
    ("submission", "wgeid-urgent"): "Groupe de travail",
    ("elements", "--crime", "icpped-2"): "Éléments constitutifs",
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spoken")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    assert run("init", folder / "case").exit_code == 0
    added = run("add", folder / "report.txt", "--case", folder / "case")
    assert added.exit_code == 0, added.output
    return folder / "case"


@pytest.mark.parametrize("asked", HEADS, ids=lambda asked: asked[0])
def test_a_page_speaks_it(case: Path, asked: tuple[str, ...]) -> None:
    done = run(*asked, "--case", case, "--language", "fr", "--format", "markdown")
    assert done.exit_code == 0, done.output
    assert HEADS[asked] in done.output
    assert "The page" not in done.output
    assert "Each number leads" not in done.output


def test_a_body_is_called_by_its_official_name(case: Path) -> None:
    done = run("submission", "ced-urgent", "Odo Renk", "--case", case, "--language", "ar")
    assert done.exit_code == 0, done.output
    assert "اللجنة المعنية بحالات الاختفاء القسري" in done.output


def test_a_picture_speaks_it(case: Path, tmp_path: Path) -> None:
    picture = tmp_path / "timeline.svg"
    done = run("timeline", "--case", case, "--language", "ar", "-o", picture)
    assert done.exit_code == 0, done.output
    assert "الخط الزمني" in picture.read_text("utf-8")


def test_a_site_speaks_it_and_no_other_export(case: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = run("export", "site", "--case", case, "--language", "fr", "-o", site)
    assert done.exit_code == 0, done.output
    first = (site / "index.html").read_text("utf-8")
    assert '<html lang="fr" dir="ltr">' in first
    assert "Personnes et organismes" in first
    search = (site / "search.html").read_text("utf-8")
    assert "résultats montrés sur ${found}" in search
    refused = run("export", "csv", "--case", case, "--language", "fr", "-o", tmp_path / "tables")
    assert refused.exit_code == 2
    assert "only a site" in refused.output
    assert not (tmp_path / "tables").exists()


def test_a_language_nobody_translated_is_refused(case: Path) -> None:
    refused = run("chronology", "--case", case, "--language", "tlh")
    assert refused.exit_code == 2
    assert "'ar'" in refused.output
