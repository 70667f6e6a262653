"""A case of real articles, the demo and bulk: every citation of every record holds."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from onrecord.case import Case
from onrecord.errors import SourceError

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared"))
REPORTS = Path(__file__).parents[1] / "onrecord" / "demo" / "reports"


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    if not (SHARED / "eval" / "data").is_dir():
        pytest.skip(f"the evaluation data is not at {SHARED} (ONRECORD_SHARED names its place)")
    folder = tmp_path_factory.mktemp("attacks")
    sys.path.insert(0, str(SHARED / "eval"))
    from hrdsattack import article

    attacks = SHARED / "eval" / "data" / "HRDsAttack" / "dev.json"
    for number, sample in enumerate(json.loads(attacks.read_text(encoding="utf-8"))):
        (folder / f"{number:03d}.txt").write_text(article(sample), encoding="utf-8", newline="")
    news = SHARED / "eval" / "data" / "PolNeAR" / "dev" / "text"
    return [SHARED / "corpus", REPORTS, folder, news]


def test_every_citation_of_two_hundred_documents_holds(paths: list[Path], tmp_path: Path) -> None:
    refused: list[SourceError] = []
    with Case.create(tmp_path / "case") as case:
        report = case.add(paths, workers=2, refuse=refused.append)
        checked = case.verify()
    assert refused == []
    assert len(report.added) >= 190
    assert checked.documents == len(report.added)
    assert checked.citations > 20 * checked.documents
    assert checked.problems == ()
