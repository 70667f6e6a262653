"""A small case of invented reports, with a witness who is protected, and a bundle of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.case import Case, Recipient
from onrecord.products.bundle import verify as verifier

# The planted person and the search for her belong to the door's tests.
sys.path.append(str(Path(__file__).parents[1] / "door"))

COURT = Recipient("court", "The Tribunal of Orla", "case 4")


@pytest.fixture(scope="session")
def bundled_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of its documents two leave as they are; the witness was protected between two additions."""
    from planted import NAME, OTHER, TOLD, write

    folder = tmp_path_factory.mktemp("bundled")
    paths = write(folder / "documents")
    late = folder / "late.txt"
    late.write_text(OTHER.replace("4 May", "9 May"), encoding="utf-8")
    Case.create(folder / "case", name="River").close()
    with Case.open(folder / "case", write=True) as case:
        case.add(paths)
        case.resolve()
        case.protect(NAME, spellings=TOLD, why="a witness")
        case.add([late])
    return folder / "case"


@pytest.fixture(scope="session")
def bundle(bundled_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle for a court, as a folder; not to be changed."""
    out = tmp_path_factory.mktemp("out") / "river"
    with Case.open(bundled_case) as case:
        case.bundle(out, recipient=COURT)
    return out


@pytest.fixture(scope="session")
def archive(bundled_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a ZIP."""
    out = tmp_path_factory.mktemp("out") / "river.zip"
    with Case.open(bundled_case) as case:
        case.bundle(out, recipient=COURT)
    return out


@pytest.fixture(scope="session")
def packaged() -> Path:
    """The verifier as it is packaged."""
    return Path(verifier.__file__)


@pytest.fixture(scope="session")
def alone(packaged: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a copy of the verifier where nothing but the standard library can be imported."""

    def run(*arguments: Any, program: Path = packaged) -> subprocess.CompletedProcess[str]:
        told = [sys.executable, "-I", "-S", str(program), *map(str, arguments)]
        return subprocess.run(told, capture_output=True, text=True, check=False, env={})

    return run
