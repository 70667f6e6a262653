from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.case import Case


@pytest.fixture(scope="session")
def empty_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that holds nothing, to be copied or left as it is."""
    folder = tmp_path_factory.mktemp("empty") / "case"
    Case.create(folder).close()
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    Case.create(folder).close()
    return folder
