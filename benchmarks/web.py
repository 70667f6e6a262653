"""How long the workbench takes for each page: alone, and with many people at work.

    python benchmarks/web.py [--case FOLDER | --documents 2000] [--users 20] [--seconds 60] [--json]

The server is a process of its own on the case given, or on one made of so many simulated reports.
What people open is drawn from the case itself: its documents, names, events, the words of its
texts, typed letter by letter. Each thinks a short while in between. Server time is from the
request's arrival until its answer is made, taken inside the server; what the client waits is beside
it. A route that gives a constant, on a server of its own in the same run, says what the bare stack
costs and how busy the machine was. Each page is first asked for alone, by one person: that gives
what it costs the processor, which other programs on the machine change little; then by all at once,
which tells how many people one process can serve. First paint and script come from Chromium, opened
while the others work. Exits 1 where a bound is broken.

Of a case nothing is written but what a workbench keeps beside it: the journal of reads, and for a
large one the columns that search counts in, which are made once for each state of the case.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psutil

MOST_MILLISECONDS, MOST_TYPING, MOST_PAINT, MOST_SCRIPT = 150.0, 100.0, 1000.0, 300_000
TYPING = "search, typing"
TIMING, COST = "x-server-ms", "x-server-cpu-ms"
CHROMIUM = Path("/usr/bin/chromium")
BARE = "bare route"
THINKS, TYPES = (1.0, 5.0), (0.12, 0.35)
"""Seconds from and to that somebody thinks before a page, and takes for a letter."""
WEIGHTS = {
    "overview": 3,
    TYPING: 6,
    "search": 4,
    "documents": 4,
    "document": 12,
    "names": 4,
    "name": 8,
    "said": 3,
    "events": 4,
    "event": 6,
    "chronology": 2,
    "demands": 3,
    "engagements": 2,
    "brief": 1,
    "timeline": 1,
    "map": 1,
    "network": 1,
    "review": 4,
    "review claims": 6,
    "log": 2,
}
"""How often each page is opened, for what people do all day: they read and decide."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: milliseconds in the server, of its processor, and until the client had it all.

    The processor's are those of the whole process: of this answer where it was the only one.
    """

    status: int
    server: float
    cost: float
    waited: float
    body: bytes


class Visitor:
    """Somebody with a session of their own."""

    def __init__(self, link: str) -> None:
        self._host = link.split("/")[2]
        self._connection = http.client.HTTPConnection(self._host, timeout=300)
        self._connection.request("GET", "/" + link.split("/", 3)[3])
        answer = self._connection.getresponse()
        answer.read()
        self.cookie = (answer.getheader("set-cookie") or "").partition(";")[0]

    def get(self, address: str) -> Answer:
        """Ask for a page and wait for all of it."""
        began = time.perf_counter()
        try:
            answer = self._asked(address)
        except (http.client.RemoteDisconnected, ConnectionError):
            # A server hangs up on whoever thinks for long; browsers call again, as this does.
            self._connection.close()
            answer = self._asked(address)
        body = answer.read()
        waited = (time.perf_counter() - began) * 1000
        took, cost = (float(answer.getheader(name) or 0) for name in (TIMING, COST))
        return Answer(answer.status, took, cost, waited, body)

    def _asked(self, address: str) -> http.client.HTTPResponse:
        self._connection.request("GET", address, headers={"cookie": self.cookie})
        return self._connection.getresponse()

    def data(self, address: str) -> Any:
        """What a page shows, as data."""
        answer = self.get(address)
        return json.loads(answer.body) if answer.status == 200 else {}


@dataclass(slots=True)
class Case:
    """What people may open in the case."""

    documents: list[str]
    names: list[str]
    events: list[str]
    engagements: list[str]
    words: list[str]
    pages: dict[str, int]

    def address(self, page: str, chance: random.Random) -> str:
        """An address of a page, for what somebody may want of it."""
        made: dict[str, Callable[[], str]] = {
            "overview": lambda: "/",
            "search": lambda: _searched(self, chance),
            "documents": lambda: f"/documents?page={self._stretch('documents', chance)}",
            "document": lambda: f"/documents/{quote(chance.choice(self.documents))}",
            "names": lambda: f"/names?page={self._stretch('names', chance)}",
            "name": lambda: f"/names/{quote(chance.choice(self.names))}",
            "said": lambda: (
                f"/names/{quote(chance.choice(self.names))}/said?part="
                + chance.choice(["against", "by", "suffered"])
            ),
            "events": lambda: f"/events?page={self._stretch('events', chance)}",
            "event": lambda: f"/events/{quote(chance.choice(self.events))}",
            "brief": lambda: f"/engagements/{quote(chance.choice(self.engagements))}",
            "review claims": lambda: f"/review/claims?at={chance.randrange(20)}",
        }
        return made.get(page, lambda: f"/{page}")()

    def _stretch(self, page: str, chance: random.Random) -> int:
        """Mostly the first stretch of a list; now and then any."""
        return 1 if chance.random() < 0.7 else chance.randint(1, self.pages[page])

    def typed(self, chance: random.Random) -> Iterator[str]:
        """What stands in the box while somebody types a word or two."""
        words = " ".join(chance.choices(self.words, k=chance.choice([1, 1, 2])))
        for end in range(2, len(words) + 1):
            yield f"/search?{urlencode({'q': words[:end], 'typing': 1})}"


def _searched(case: Case, chance: random.Random) -> str:
    asked = {"q": chance.choice([chance.choice(case.words), ""])}
    asked["what"] = chance.choice(["passages", "claims", "acts", "people", "documents"])
    if chance.random() < 0.6:
        asked["kind"] = chance.choice(["allegation", "denial", "demand"])
    if chance.random() < 0.3:
        asked["origins"] = chance.choice(["1", "2", "3"])
    return f"/search?{urlencode(asked)}"


def seen(visitor: Visitor, chance: random.Random) -> Case:
    """What there is to open, drawn from the whole of the lists."""
    lists = {page: visitor.data(f"/api/{page}") for page in ("documents", "names", "events")}
    pages = {page: max(1, int(told.get("pages", 1))) for page, told in lists.items()}
    some: dict[str, list[str]] = defaultdict(list)
    keys = {"documents": "id", "names": "canonical", "events": "id"}
    for page, key in keys.items():
        stretches = [1, *chance.sample(range(1, pages[page] + 1), min(8, pages[page]))]
        for stretch in stretches:
            told = visitor.data(f"/api/{page}?page={stretch}").get(page, [])
            some[page] += [each[key] for each in told]
    told = visitor.data("/api/engagements")
    engagements = re.findall(r'"(engagement:[^"]+)"', json.dumps(told))
    return Case(
        documents=some["documents"],
        names=some["names"],
        events=some["events"],
        engagements=sorted(set(engagements)),
        words=_words(visitor, chance.sample(some["documents"], min(12, len(some["documents"])))),
        pages=pages,
    )


def _words(visitor: Visitor, documents: Sequence[str]) -> list[str]:
    """Words of some texts, common ones as often as they stand there."""
    text = " ".join(
        told
        for document in documents
        for told in _texts(visitor.data(f"/api/documents/{quote(document)}"))
    )
    found = re.findall(r"[^\W\d_]{3,}", text)
    if not found:
        raise SystemExit("no words of a document were found to look for")
    return found


def _texts(told: Any) -> Iterator[str]:
    """What stands under the name `text` in data, anywhere."""
    inner = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    if isinstance(told, dict) and isinstance(told.get("text"), str):
        yield told["text"]
    for each in inner:
        yield from _texts(each)


@dataclass(slots=True)
class Times:
    """Answers by page."""

    answers: dict[str, list[tuple[float, ...]]] = field(default_factory=lambda: defaultdict(list))
    failed: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, page: str, answer: Answer) -> None:
        """One more answer."""
        with self.lock:
            self.answers[page].append((answer.server, answer.waited, answer.cost))
            if answer.status != 200:
                self.failed[page].add(answer.status)


def drawings(visitor: Visitor, page: str) -> list[str]:
    """The pictures on a page."""
    found = re.findall(r'<img [^>]*src="([^"]+)"', visitor.get(f"/{page}").body.decode())
    return [address.replace("&amp;", "&") for address in found]


def alone(visitor: Visitor, bare: Visitor, case: Case, chance: random.Random, often: int) -> Times:
    """Every page asked for so often by one person, nobody else being there."""
    times = Times()
    for page in _pages(case):
        for number in range(often + 1):
            addresses = case.typed(chance) if page == TYPING else [case.address(page, chance)]
            for address in addresses:
                answer = visitor.get(address)
                if number:  # The first of each may have to make what is kept afterwards.
                    times.add(page, answer)
            times.add(BARE, bare.get("/"))
    for page in ("timeline", "map", "network"):
        for address in drawings(visitor, page):
            for number in range(often + 1):
                answer = visitor.get(address)
                if number:
                    times.add(f"{page}, drawing", answer)
    return times


def _pages(case: Case) -> list[str]:
    there = {"brief": case.engagements, "event": case.events}
    return [page for page in WEIGHTS if there.get(page, True)]


def at_work(
    links: Sequence[str], bare: str, case: Case, seconds: float, seed: int
) -> tuple[Times, threading.Event, list[threading.Thread]]:
    """Start so many people; they work until the event is set. What they see after `seconds` is not
    counted any more.
    """
    times, over = Times(), threading.Event()
    until = time.perf_counter() + seconds
    workers = [
        threading.Thread(target=_works, args=(link, case, times, over, until, f"{seed} {number}"))
        for number, link in enumerate(links)
    ]
    workers.append(threading.Thread(target=_asks_bare, args=(bare, times, over, until)))
    for worker in workers:
        worker.start()
    return times, over, workers


def _works(
    link: str, case: Case, times: Times, over: threading.Event, until: float, seed: str
) -> None:
    visitor, chance = Visitor(link), random.Random(seed)
    pages = _pages(case)
    weights = [WEIGHTS[page] for page in pages]
    while not over.wait(chance.uniform(*THINKS)):
        (page,) = chance.choices(pages, weights)
        if page == TYPING:
            for address in case.typed(chance):
                _count(times, page, visitor.get(address), until)
                if over.wait(chance.uniform(*TYPES)):
                    return
            continue
        _count(times, page, visitor.get(case.address(page, chance)), until)
        if page in ("timeline", "map", "network"):
            for address in drawings(visitor, page):
                _count(times, f"{page}, drawing", visitor.get(address), until)


def _asks_bare(link: str, times: Times, over: threading.Event, until: float) -> None:
    visitor = Visitor(link)
    while not over.wait(0.25):
        _count(times, BARE, visitor.get("/"), until)


def _count(times: Times, page: str, answer: Answer, until: float) -> None:
    if time.perf_counter() <= until:
        times.add(page, answer)


def painted(link: str, case: Case, chance: random.Random) -> dict[str, dict[str, float]]:
    """First contentful paint in milliseconds, and bytes of script, of each page in Chromium."""
    from playwright.sync_api import sync_playwright

    found: dict[str, dict[str, float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(base_url=link.partition("/open")[0])
        context.new_page().goto(link)
        state = context.storage_state()
        for page in _pages(case):
            address = case.address("search" if page == TYPING else page, chance)
            if page != TYPING:
                found[page] = _painted(browser, state, link.partition("/open")[0] + address)
        browser.close()
    return found


def _painted(browser: Any, state: Any, address: str) -> dict[str, float]:
    """Three times with nothing kept by the browser: the median, and the script of one."""
    paints, script = [], 0
    for _ in range(3):
        context = browser.new_context(storage_state=state)
        page, scripts = context.new_page(), list[Any]()
        page.on(
            "response",
            lambda got, kept=scripts: (
                kept.append(got) if got.request.resource_type == "script" else None
            ),
        )
        page.goto(address, wait_until="load")
        paints.append(page.evaluate(_PAINT))
        script = sum(len(got.body()) for got in scripts)
        context.close()
    return {"paint": round(statistics.median(paints)), "script": script}


_PAINT = """() => new Promise(done => {
  const known = performance.getEntriesByName("first-contentful-paint")[0];
  if (known) done(known.startTime);
  else new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: "paint", buffered: true});
})"""


def _share(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def told(lone: Times, busy: Times, paints: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    """A row a page: milliseconds at the middle and at the 95th percentile."""
    rows = []
    for page in [*lone.answers]:
        row: dict[str, Any] = {"page": page}
        for name, times in (("alone", lone), ("load", busy)):
            answers = times.answers.get(page, [])
            row[f"{name}_n"] = len(answers)
            for at, what in enumerate(("server", "waited", "cost")):
                values = [answer[at] for answer in answers]
                for share in (50, 95):
                    known = round(_share(values, share / 100), 1) if values else None
                    row[f"{name}_{what}_p{share}"] = known
        failed = sorted(lone.failed[page] | busy.failed[page])
        rows.append(row | paints.get(page, {}) | ({"statuses": failed} if failed else {}))
    return rows


def broken(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The bounds that are not held."""
    found = []
    for row in rows:
        page = row["page"]
        most = MOST_TYPING if page == TYPING else MOST_MILLISECONDS
        if page != BARE and (row["load_server_p95"] or row["alone_server_p95"]) > most:
            found.append(f"{page}: over {most:.0f} ms in the server")
        if row.get("paint", 0) > MOST_PAINT:
            found.append(f"{page}: first paint after {row['paint']} ms")
        if row.get("script", 0) > MOST_SCRIPT:
            found.append(f"{page}: {row['script']} bytes of script")
        if "statuses" in row:
            found.append(f"{page}: answered with {row['statuses']}")
    return found


def table(rows: Sequence[dict[str, Any]]) -> str:
    """As a table of Markdown; server times, except for the last columns."""
    lines = [
        f"| {' | '.join(_COLUMNS)} |",
        f"|{' --- |' * len(_COLUMNS)}",
    ]
    names = [f"alone_{what}_p{share}" for what in ("cost", "server") for share in (50, 95)]
    names += ["load_server_p50", "load_server_p95"]
    for row in rows:
        cells = [row["page"], *(_shown(row[name]) for name in names)]
        cells += [_shown(row["load_waited_p95"]), str(row["load_n"])]
        cells += [_shown(row.get("paint")), _shown(row.get("script"))]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


_COLUMNS = (
    *("page", "processor p50", "p95", "alone p50", "p95", "load p50", "p95"),
    *("client p95", "n", "paint", "script"),
)


def _shown(number: float | None) -> str:
    return "" if number is None else f"{number:,.0f}"


def served(folder: Path, users: int) -> None:
    """The server's process: prints the links of so many people, then answers."""
    from onrecord.case import Case as OpenCase
    from onrecord.web import serving

    made = serving.application
    serving.application = lambda *given, **named: _timed(made(*given, **named))
    with OpenCase.open(folder) as case:
        server = serving.serve(case)
        print(json.dumps([server.link() for _ in range(users)]), flush=True)
        server.run()


def bare_served() -> None:
    """The process of the bare server."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    def constant(request: Request) -> PlainTextResponse:
        del request
        return PlainTextResponse("a constant")

    listening = socket.create_server(("127.0.0.1", 0))
    print(json.dumps([f"http://127.0.0.1:{listening.getsockname()[1]}/"]), flush=True)
    application = _timed(Starlette(routes=[Route("/", constant)]))
    config = uvicorn.Config(application, log_level="error", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


def _timed(application: Any) -> Any:
    """Says with each answer how long it took, from the request's arrival."""

    async def timed(scope: Any, receive: Any, send: Any) -> None:
        began, used = time.perf_counter(), time.process_time()

        async def sends(message: Any) -> None:
            if message["type"] == "http.response.start":
                passed = {TIMING: time.perf_counter() - began, COST: time.process_time() - used}
                told = [(name.encode(), f"{s * 1000:.3f}".encode()) for name, s in passed.items()]
                message = {**message, "headers": [*message["headers"], *told]}
            await send(message)

        await application(scope, receive, sends)

    return timed


@contextlib.contextmanager
def running(*arguments: str) -> Iterator[list[str]]:
    """A process of this program, and the links it prints."""
    command = [sys.executable, __file__, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise SystemExit(f"the server did not start: {' '.join(arguments)}")
        yield json.loads(line)
    finally:
        process.terminate()
        process.wait()


def measured(folder: Path, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """Every page alone, then with people at work, then painted while they still are."""
    chance = random.Random(asked.seed)
    number = str(asked.users + 2)
    with (
        running("--serve", str(folder), "--users", number) as links,
        running("--bare") as (bare,),
    ):
        first = Visitor(links.pop())
        began = time.perf_counter()
        while first.data("/api/search").get("counting"):
            time.sleep(0.5)
        _say(f"claims are counted after {time.perf_counter() - began:.1f} s")
        case = seen(first, chance)
        _say(f"{len(case.documents)} documents, {len(case.names)} names drawn; each page alone")
        lone = alone(first, Visitor(bare), case, chance, asked.alone)
        painting = links.pop()
        if not asked.users:
            return told(lone, Times(), {})
        _say(f"{asked.users} people at work for {asked.seconds:.0f} s")
        busy, over, workers = at_work(links, bare, case, asked.seconds, asked.seed)
        try:
            psutil.cpu_percent()
            over.wait(asked.seconds)
            _say(f"the machine was {psutil.cpu_percent():.0f} % busy, other programs among it")
            paints = painted(painting, case, chance) if asked.paint else {}
        finally:
            over.set()
            for worker in workers:
                worker.join()
    return told(lone, busy, paints)


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def main() -> int:
    """Measure; 1 where a bound is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--case", type=Path, help="a case that is there")
    parser.add_argument("--documents", type=int, default=2_000, help="simulated reports to make")
    parser.add_argument("--users", type=int, default=20, help="0: each page alone, no more")
    parser.add_argument("--alone", type=int, default=15, help="times that each page is asked alone")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--no-paint", dest="paint", action="store_false", help="without Chromium")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.bare:
        bare_served()
        return 0
    if asked.serve:
        served(asked.serve, asked.users)
        return 0
    with tempfile.TemporaryDirectory() as made:
        rows = measured(asked.case or _made(Path(made) / "case", asked.documents), asked)
    found = broken(rows)
    print(json.dumps({"pages": rows, "broken": found}, indent=1) if asked.json else table(rows))
    for each in found:
        _say(each)
    return 1 if found else 0


def _made(folder: Path, number: int) -> Path:
    """A case of so many simulated reports, worked out."""
    sys.path.insert(0, str(Path(__file__).parent))
    from simulated_case import make

    from onrecord.case import Case as OpenCase

    _say(f"making a case of {number} simulated reports")
    make(folder, number)
    with OpenCase.open(folder) as case:
        case.resolve()
    return folder


if __name__ == "__main__":
    sys.exit(main())
