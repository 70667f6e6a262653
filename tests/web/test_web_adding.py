"""Documents brought in through the browser: kept, refused by name, with progress."""

import re
import threading

import httpx
import pytest

from onrecord.case import Case
from onrecord.demo import FOLDER
from onrecord.web.serving import serve
from onrecord.web.views.adding import WAITING

REPORTS = sorted((FOLDER / "reports").iterdir())[:2]


@pytest.fixture
def empty(tmp_path):
    with Case.create(tmp_path / "case") as case:
        yield case


@pytest.fixture
def workbench(empty):
    server = serve(empty)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.stop()
    thread.join()


@pytest.fixture
def client(workbench):
    with httpx.Client(base_url=workbench.base, timeout=120) as client:
        client.get(workbench.link().removeprefix(workbench.base))
        yield client


def _token(page):
    return re.search(r'name="token" value="([^"]+)"', page.text)[1]


def _send(client, *files):
    token = _token(client.get("/add"))
    sent = [("files", file) for file in files]
    return client.post("/add", data={"token": token}, files=sent)


def _ended(workbench, number):
    """The work of that number, when it has ended: what comes after it in line says so."""
    over = threading.Event()
    workbench.services.work.begin("test", "after it", lambda _: over.set() or "")
    assert over.wait(300)
    return workbench.services.work.job(number)


def test_files_sent_are_in_the_case_with_who_sent_them(empty, workbench, client):
    answer = _send(client, *[(p.name, p.read_bytes()) for p in REPORTS], ("bad.pdf", b"%PDF-1.4 "))
    assert answer.status_code == 303
    job = _ended(workbench, int(answer.headers["location"].rpartition("/")[2]))
    assert (job.state, job.done, job.result) == ("done", 3, "2 added, 0 already there, 1 refused")
    assert any("bad.pdf" in line and WAITING not in line for line in job.last)
    documents = empty.documents()
    assert [d.path for d in documents] == [p.name for p in REPORTS]
    assert all(d.extracted for d in documents)
    (custody,) = empty.custody(documents[0].id)
    assert custody.origin == f"sent to the workbench by its owner: {REPORTS[0].name}"
    assert not empty.verify().problems
    with empty.browse() as state:
        assert state.is_resolved
    assert not list(empty.folder.glob(f"{WAITING}*"))


def test_what_is_not_read_is_told_with_the_reason_and_marked_in_the_list(workbench, client):
    text = "Les gendarmes ont battu Mira Tane à Orla le 3 mai."
    answer = _send(client, ("rapport.txt", text.encode()))
    job = _ended(workbench, int(answer.headers["location"].rpartition("/")[2]))
    assert any("rapport.txt: not read: it is in French (fr)" in line for line in job.last)
    assert "not read: it is in French (fr)" in client.get("/documents").text


def test_two_of_one_name_and_a_name_with_a_path_stay_inside(empty, workbench, client):
    answer = _send(client, ("a.txt", b"One said it."), ("../../a.txt", b"Another said so."))
    _ended(workbench, int(answer.headers["location"].rpartition("/")[2]))
    assert [d.path.rpartition("/")[2] for d in empty.documents()] == ["a.txt", "a.txt"]
    assert not (empty.folder.parent.parent / "a.txt").exists()


def test_nothing_chosen_is_said(client):
    answer = client.post("/add", data={"token": _token(client.get("/add"))}, files=[])
    assert answer.status_code == 400
    assert "no file was sent" in answer.text


def test_work_that_is_not_there(client):
    assert client.get("/jobs/99").status_code == 404
    assert "Add documents" in client.get("/jobs").text


def test_a_page_shows_how_far_it_is(empty, workbench, browser):
    page = browser.new_page()
    page.goto(workbench.link())
    page.get_by_role("link", name="Documents", exact=True).click()
    page.get_by_role("link", name="Add documents").first.click()
    page.get_by_label("Files").set_input_files([str(path) for path in REPORTS])
    page.get_by_role("button", name="Add them").click()
    page.get_by_text("2 added").wait_for(timeout=120_000)
    assert len(empty.documents()) == 2
    page.close()
