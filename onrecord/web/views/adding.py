"""Bringing documents in through the browser, and the work that goes on beside the pages."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from onrecord.case import AddReport, Brought, Case
from onrecord.errors import NotFound, OnrecordError
from onrecord.web.page import Action, Asked, NotAsked, Page, Parameter, Sent
from onrecord.web.services import Services
from onrecord.web.working import Job, Tell

MOST = 1 << 30
"""Bytes of all the files that are sent at once."""
WAITING = "incoming-"
"""How the names of folders begin in which files wait until they are in the case."""


@dataclass(frozen=True, slots=True)
class Adding:
    """What the form for documents says. `megabytes` may be sent at once."""

    documents: int
    megabytes: int


@dataclass(frozen=True, slots=True)
class Working:
    """Work of this workbench since it began, the newest first. `going` says that some still is."""

    jobs: tuple[Job, ...]
    going: bool


@dataclass(frozen=True, slots=True)
class OneJob:
    """One piece of work. `going` says that it has not ended."""

    job: Job
    going: bool


def form(case: Case, asked: Asked) -> Adding:
    """The form for bringing documents in."""
    del asked
    with case.browse() as state:
        return Adding(state.amount(), MOST >> 20)


def add(case: Case, asked: Asked) -> str:
    """Take the files that came into the case, one after another, beside the pages."""
    if not asked.files:
        raise NotAsked("no file was sent", why="none was chosen", todo="choose files, and send")
    folder = Path(tempfile.mkdtemp(prefix=WAITING, dir=case.folder))
    try:
        paths = [_set_down(folder, number, sent) for number, sent in enumerate(asked.files)]
    except BaseException:
        shutil.rmtree(folder)
        raise
    brought = Brought(folder, f"sent to the workbench by {asked.visitor.name or 'its owner'}")
    label = f"{len(paths)} {'file' if len(paths) == 1 else 'files'}"
    job = asked.services.work.begin(
        "add",
        label,
        lambda tell: _take_in(case, asked.services, paths, brought, tell),
        actor=asked.visitor.name,
        total=len(paths),
    )
    return f"/jobs/{job.id}"


def _set_down(folder: Path, number: int, sent: Sent) -> Path:
    """A file that was sent, under its own name; two of one name do not meet."""
    name = PurePosixPath(sent.name.replace("\\", "/")).name.replace("\0", "") or "unnamed"
    path = folder / name[-200:]
    if path.exists():
        path = folder / str(number) / name[-200:]
        path.parent.mkdir()
    with path.open("wb") as file:
        shutil.copyfileobj(sent.data, file)
    return path


def _take_in(
    case: Case, services: Services, paths: list[Path], brought: Brought, tell: Tell
) -> str:
    """One file after another, so that others can write meanwhile."""
    whole = AddReport()
    with _gone_afterwards(brought.folder):
        for path in paths:
            with services.writing:
                report = case.add([path], brought=brought)
            for error in report.refused:
                tell(f"refused: {_without(brought.folder, error)}")
            if not report.refused:
                tell(f"{path.name}: {'added' if report.added else 'already in the case'}")
            for unread, why in report.unread:
                tell(f"{unread}: {why}")
            whole.added += report.added
            whole.already += report.already
            whole.refused += report.refused
    services.work.resolve_soon(case)
    return (
        f"{len(whole.added)} added, {len(whole.already)} already there, "
        f"{len(whole.refused)} refused"
    )


def _without(folder: Path, error: OnrecordError) -> str:
    return str(error).replace(f"{folder}/", "")


@contextmanager
def _gone_afterwards(folder: Path) -> Iterator[None]:
    try:
        yield
    finally:
        shutil.rmtree(folder)


def working(case: Case, asked: Asked) -> Working:
    """What this workbench does and did beside its pages."""
    del case
    jobs = tuple(asked.services.work.jobs())
    return Working(jobs, any(job.ended is None for job in jobs))


def one(case: Case, asked: Asked) -> OneJob:
    """One piece of work. Raises `NotFound`."""
    del case
    job = asked.services.work.job(asked["job"])
    if job is None:
        raise NotFound(
            "there is no work of that number",
            why="the workbench keeps the latest only, until it ends",
            todo="look at the list of work; the log says what was done",
        )
    return OneJob(job, job.ended is None)


FORM = Page(
    "/add",
    "add",
    "Add documents",
    "Bring documents in: reports, pages, PDFs, mail, archives.",
    form,
    "add.html.j2",
    right="contribute",
)
LIST = Page("/jobs", "jobs", "Work", "What goes on beside the pages.", working, "jobs.html.j2")
ONE = Page(
    "/jobs/{job}",
    "job",
    "Work",
    "One piece of work, as far as it has come.",
    one,
    "job.html.j2",
    (Parameter("job", "Its number.", "integer", 1, least=1, most=10**9),),
)
ADD = Action(
    "/add",
    "add_documents",
    "Take the files that are sent into the case.",
    add,
    right="contribute",
    body=MOST,
)
