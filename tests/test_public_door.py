from __future__ import annotations

import subprocess
import sys

import pytest

import onrecord


def test_all_is_sorted_and_every_name_is_there() -> None:
    assert onrecord.__all__ == sorted(onrecord.__all__)
    for name in onrecord.__all__:
        assert getattr(onrecord, name).__name__ == name


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'parser'"):
        onrecord.parser  # noqa: B018


@pytest.mark.parametrize("module", ["onrecord", "onrecord.cli", "onrecord.sources"])
def test_the_door_opens_without_the_heavy_parts(module: str) -> None:
    heavy = "{'spacy', 'numpy', 'lxml', 'sqlalchemy', 'trafilatura', 'pypdfium2', 'jinja2'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"
