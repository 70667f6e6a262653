"""Take a picture of every page of the workbench, on a case of the packaged reports.

    python docs/screenshots.py                     all pages, into docs/screenshots/
    python docs/screenshots.py search document     some of them, by name

Needs Chromium (apt-get install chromium). The reports are our own fiction.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, sync_playwright

from onrecord.case import Case
from onrecord.demo import FOLDER
from onrecord.web.page import Page
from onrecord.web.registry import PAGES
from onrecord.web.serving import Served, serve

OUT = Path(__file__).parent / "screenshots"
CHROMIUM = "/usr/bin/chromium"
WIDE = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 780}
ASKED = {"search": {"q": "killed Ombrath"}, "events": {"all": "1"}}
"""What a page is asked with, where it shows more so."""
ALSO = (
    ("document", "phone", PHONE, "light"),
    ("claims", "phone", PHONE, "light"),
    ("who", "dark", WIDE, "dark"),
    ("event", "dark", WIDE, "dark"),
)
"""Pages shown once more: on a phone, in the dark theme."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture to take."""

    name: str
    address: str
    size: Mapping[str, int]
    scheme: str = "light"


@contextmanager
def workbench(folder: Path) -> Iterator[Served]:
    """A workbench on a new case of the packaged reports; all that it shows of places is our own."""
    shutil.copytree(FOLDER / "reports", folder / "reports")
    os.chdir(folder)
    os.environ["ONRECORD_USER"] = "Ada Venn"
    command = "onrecord add reports"
    with Case.create("river-villages", name="The river villages", command=command) as case:
        case.add(["reports"])
        case.resolve()
        served = serve(case)
        thread = threading.Thread(target=served.run)
        thread.start()
        try:
            yield served
        finally:
            served.stop()
            thread.join()


def shots(client: httpx.Client) -> Iterator[Shot]:
    """A picture for each page, and for some another."""
    known = _known(client)
    addresses = {page.name: _address(page, known) for page in PAGES}
    for name, address in addresses.items():
        yield Shot(name, address, WIDE)
    for name, what, size, scheme in ALSO:
        yield Shot(f"{name}-{what}", addresses[name], size, scheme)


def _known(client: httpx.Client) -> dict[str, str]:
    """Something worth showing for each part of an address that a page's path has."""

    def first(path: str, part: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = client.get(f"/api/{path}").raise_for_status().json()[part]
        return found[0]

    return {
        "document": first("search?q=mass+grave", "passages")["document"],
        "who": first("names", "names")["canonical"],
        "event": first("events?all=1", "events")["id"],
        "engagement": first("engagements", "engagements")["id"],
        "job": "1",
    }


def _address(page: Page, known: Mapping[str, str]) -> str:
    asked = "&".join(f"{name}={value}" for name, value in ASKED.get(page.name, {}).items())
    return page.path.format(**known) + (f"?{asked}" if asked else "")


def take(browser: Browser, served: Served, wanted: Shot, state: Any) -> None:
    """One picture."""
    context = browser.new_context(
        viewport={"width": wanted.size["width"], "height": wanted.size["height"]},
        color_scheme="dark" if wanted.scheme == "dark" else "light",
        storage_state=state,
        base_url=served.base,
    )
    page = context.new_page()
    page.goto(wanted.address, wait_until="networkidle")
    page.screenshot(path=OUT / f"{wanted.name}.png")
    context.close()


def main() -> int:
    """Take them; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="pictures to take; all if none")
    names = set(parser.parse_args().names)
    OUT.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        workbench(Path(folder)) as served,
        httpx.Client(base_url=served.base, timeout=120) as client,
        sync_playwright() as playwright,
    ):
        client.get(served.link())
        served.services.work.begin("add", "3 files", lambda tell: tell("report.pdf: added") or "")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        first = browser.new_context()
        first.new_page().goto(served.link())
        state = first.storage_state()
        for wanted in shots(client):
            if not names or wanted.name in names:
                take(browser, served, wanted, state)
                print(OUT / f"{wanted.name}.png", file=sys.stderr)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
