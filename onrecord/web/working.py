"""Work that goes on beside the pages: who is who worked out anew, documents taken in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from threading import Lock
from typing import Literal

from onrecord.case import Case
from onrecord.errors import OnrecordError
from onrecord.store.log import now
from onrecord.web import resolving

Tell = Callable[[str], None]
FEW = 200
"""Documents up to which who is who is worked out at once, while the person waits."""
_KEPT = 50
_LINES = 200


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work. `done` counts what it told of, `last` are its newest lines.

    `began` and `ended` are UTC; `actor` asked for it; `result` or `trouble` says how it ended.
    """

    id: int
    kind: str
    label: str
    actor: str
    began: str
    state: Literal["waiting", "running", "done", "failed"] = "waiting"
    done: int = 0
    total: int | None = None
    last: tuple[str, ...] = ()
    ended: str | None = None
    result: str = ""
    trouble: str = ""
    todo: str = ""


@dataclass(slots=True)
class Work:
    """The work of one workbench, one piece after another, since a case has one writer."""

    _jobs: dict[int, Job] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _numbers: count[int] = field(default_factory=lambda: count(1))
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def begin(
        self,
        kind: str,
        label: str,
        do: Callable[[Tell], str],
        *,
        actor: str = "",
        total: int | None = None,
    ) -> Job:
        """Put a piece of work in line. `do` is told where to tell of each thing done."""
        with self._lock:
            job = Job(next(self._numbers), kind, label, actor, now(), total=total)
            self._jobs[job.id] = job
            for old in [j for j in self._jobs.values() if j.ended][:-_KEPT]:
                del self._jobs[old.id]
        self._pool.submit(self._run, job.id, do)
        return job

    def jobs(self) -> list[Job]:
        """What there was to do and what became of it, the newest first."""
        with self._lock:
            return sorted(self._jobs.values(), key=lambda job: -job.id)

    def job(self, number: int) -> Job | None:
        """One piece of work, by its number."""
        with self._lock:
            return self._jobs.get(number)

    def resolve_soon(self, case: Case, *, actor: str = "") -> bool:
        """Have who is who worked out anew: at once in a small case, else beside the pages.

        Returns whether it is done. What is asked for while it waits in line is asked for once.
        """
        with case.browse() as state:
            small = state.amount() <= FEW
        if small:
            case.resolve()
        else:
            self._resolve_beside(case, actor)
        return small

    def catch_up(self, case: Case) -> None:
        """Have who is who worked out beside the pages where documents or judgements came since."""
        with case.browse() as state:
            old = state.amount() > 0 and not state.is_resolved
        if old:
            self._resolve_beside(case, "")

    def _resolve_beside(self, case: Case, actor: str) -> None:
        with self._lock:
            waiting = any(j.kind == "resolve" and j.state == "waiting" for j in self._jobs.values())
        if not waiting:
            do = partial(resolving.resolve, case.folder, actor)
            self.begin("resolve", "Who is who", do, actor=actor)

    def close(self) -> None:
        """Wait for what runs, but for who is who, which ends; what waits is not begun."""
        resolving.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, number: int, do: Callable[[Tell], str]) -> None:
        self._change(number, state="running")
        try:
            result = do(lambda line: self._told(number, line))
        except OnrecordError as error:
            trouble = ": ".join(part for part in (error.what, error.why) if part)
            self._change(number, state="failed", trouble=trouble, todo=error.todo, ended=now())
        except Exception:
            logging.getLogger(__name__).exception("work %d failed", number)
            trouble = "A fault of the workbench itself; the terminal in which it runs says which."
            self._change(number, state="failed", trouble=trouble, ended=now())
        else:
            self._change(number, state="done", result=result, ended=now())

    def _told(self, number: int, line: str) -> None:
        with self._lock:
            job = self._jobs[number]
            self._jobs[number] = replace(job, done=job.done + 1, last=(*job.last, line)[-_LINES:])

    def _change(self, number: int, **what: object) -> None:
        with self._lock:
            self._jobs[number] = replace(self._jobs[number], **what)  # type: ignore[arg-type]


@dataclass(slots=True)
class WorkOf(Work):
    """The same work as one person sees it to whom that of others is not shown."""

    actor: str = ""

    @classmethod
    def of(cls, work: Work, actor: str) -> WorkOf:
        """What `actor` sees of some work; what they begin stands in one line with all other."""
        return cls(work._jobs, work._lock, work._numbers, work._pool, actor)  # noqa: SLF001

    def jobs(self) -> list[Job]:
        """What they asked for, and what became of it, the newest first."""
        return [job for job in Work.jobs(self) if job.actor == self.actor]

    def job(self, number: int) -> Job | None:
        """One piece of their work, by its number."""
        found = Work.job(self, number)
        return found if found is not None and found.actor == self.actor else None
