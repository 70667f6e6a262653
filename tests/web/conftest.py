"""A small case of the packaged reports, and the workbench on it."""

import threading

import httpx
import pytest

from onrecord.case import Case
from onrecord.demo import FOLDER
from onrecord.web.serving import serve

REPORTS = ("01-", "02-", "04-", "05-", "06-", "08-", "12-", "13-", "23-", "26-", "28-")


@pytest.fixture(scope="session")
def case_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("web") / "case"
    reports = sorted(p for p in (FOLDER / "reports").iterdir() if p.name.startswith(REPORTS))
    with Case.create(folder, name="The river case") as case:
        assert not case.add(reports).refused
        case.resolve()
    return folder


@pytest.fixture(scope="module")
def opened(case_folder):
    with Case.open(case_folder) as case:
        yield case


@pytest.fixture(scope="module")
def served(opened):
    """The workbench on that case, running."""
    server = serve(opened)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.stop()
    thread.join()


@pytest.fixture
def access(served):
    return served.services.access


@pytest.fixture
def stranger(served):
    """A client that holds no session."""
    with httpx.Client(base_url=served.base, timeout=60) as client:
        yield client


@pytest.fixture
def visitor(stranger, access):
    """A client that followed the one-time link."""
    assert stranger.get("/open", params={"key": access.invite()}).status_code == 303
    return stranger
