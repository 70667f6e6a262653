from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.sources import Limits, Reader


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader(Limits()) as started:
        yield started
