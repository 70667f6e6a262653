"""The case itself: whether it is whole, where it lies, which words it uses."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from dataclasses import dataclass
from importlib.metadata import version

from onrecord import pipeline
from onrecord.case import Case
from onrecord.errors import NotFound
from onrecord.vocabulary.terms import LISTS, Term, terms
from onrecord.web.page import Action, Asked, Page, Parameter
from onrecord.web.working import Job, Tell


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the case, in words; `amiss` says that somebody should do something."""

    name: str
    value: str
    amiss: bool = False
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """What the case is kept in, whether it is up to date, and the latest check of all of it."""

    facts: tuple[Fact, ...]
    check: Job | None
    going: bool


@dataclass(frozen=True, slots=True)
class Words:
    """One list of controlled terms, with the names of all lists."""

    list: str
    lists: tuple[str, ...]
    terms: tuple[Term, ...]


def health(case: Case, asked: Asked) -> Health:
    """How the case is."""
    status = case.status()
    with case.browse() as state:
        resolved = state.is_resolved
    free = shutil.disk_usage(case.folder).free
    facts = (
        Fact("Name", status.name),
        Fact("Folder", status.folder),
        Fact("Database", status.database),
        Fact("Documents", f"{status.documents:,}"),
        Fact("Originals", _bytes(status.size)),
        Fact(
            "Waiting for extraction",
            f"{status.pending:,}",
            bool(status.pending),
            "run `onrecord add` with no files: it extracts what waits",
        ),
        Fact(
            "Who is who",
            "up to date" if resolved else "older than the latest documents or judgements",
            not resolved,
            "have it worked out anew on the first page",
        ),
        Fact("Log", f"{status.entries:,} entries, the newest sealed as {status.head[:16]}"),
        Fact(
            "Room on the disk",
            _bytes(free),
            free < status.size + (1 << 30),
            "make room before more documents come in",
        ),
        Fact("onrecord", f"{version('onrecord')}, extraction {pipeline.VERSION}"),
        Fact("Python, SQLite", f"{sys.version.split()[0]}, {sqlite3.sqlite_version}"),
    )
    checks = [job for job in asked.services.work.jobs() if job.kind == "verify"]
    latest = checks[0] if checks else None
    return Health(facts, latest, latest is not None and latest.ended is None)


def _bytes(number: float) -> str:
    for unit in ("bytes", "KB", "MB", "GB"):
        if number < 1024:
            return f"{number:.0f} {unit}"
        number /= 1024
    return f"{number:.1f} TB"


def check(case: Case, asked: Asked) -> str:
    """Check every original, text, record, citation and entry of the log, beside the pages."""
    with case.browse() as state:
        total = state.amount()

    def verify(tell: Tell) -> str:
        report = case.verify(progress=tell)
        for problem in report.problems:
            tell(f"{problem}")
        found = f"{len(report.problems)} problems" if report.problems else "no problem"
        return (
            f"{found} in {report.documents:,} documents, {report.citations:,} citations and "
            f"{report.entries:,} entries of the log"
        )

    asked.services.work.begin(
        "verify", "Check of the whole case", verify, actor=asked.visitor.name, total=total
    )
    return "/health"


def words(case: Case, asked: Asked) -> Words:
    """The terms of a list. Raises `NotFound`."""
    del case
    if asked["list"] not in LISTS:
        raise NotFound(
            "there is no such list of terms",
            why="the address was cut, or belongs to another version",
            todo="choose one of the lists",
        )
    return Words(asked["list"], LISTS, tuple(terms(asked["list"]).values()))


HEALTH = Page(
    "/health",
    "health",
    "Health",
    "Whether the case is whole and up to date, and where it lies.",
    health,
    "health.html.j2",
)
VOCABULARY = Page(
    "/vocabulary",
    "vocabulary",
    "Vocabulary",
    "The controlled terms of the record, with their codes in the field's standards.",
    words,
    "vocabulary.html.j2",
    (Parameter("list", "Which list.", default="acts", most=40),),
)
CHECK = Action("/check", "check", "Check the whole case.", check, right="contribute")
