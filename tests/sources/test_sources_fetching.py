"""Fetching: from a real server on this machine, into a WACZ that others can open, and back."""

from __future__ import annotations

import gzip
import json
import ssl
import subprocess
import sys
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from source_files import FIRST, PAGE, TITLE

from onrecord.errors import SourceError, SourceForbidden, SourceTooLarge
from onrecord.sources import Limits, Reader, collect
from onrecord.sources.web.address import Resolve, Target, is_public, target
from onrecord.sources.web.collecting import Collection
from onrecord.sources.web.feeds import links_in
from onrecord.sources.web.fetch import Bounds, Fetcher, agent
from onrecord.sources.web.polite import DELAY, Clock, Schedule

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Wire</title>
<item><title>One</title><link>{site}/report</link></item>
<item><title>Two</title><link>/latin</link></item></channel></rss>"""
LATIN = (
    "<html><body><article><p>" + "Sørine Åkre said it was so. " * 9 + "</p></article></body></html>"
)


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    ROBOTS: ClassVar[str | None] = "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"
    asked: ClassVar[Counter[str]] = Counter()
    agents: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        Pages.asked[self.path] += 1
        Pages.agents.add(self.headers["User-Agent"])
        site = f"http://{self.headers['Host']}"
        leads = {
            "/report": "/report?a=1",
            "/loop": "/loop",
            "/inside": "http://169.254.169.254/latest",
        }
        pages: dict[str, tuple[bytes, str, str]] = {
            "/report?a=1": (PAGE.encode(), "text/html; charset=utf-8", ""),
            "/latin": (LATIN.encode("latin-1"), "text/html; charset=iso-8859-1", ""),
            "/packed": (gzip.compress(PAGE.encode()), "text/html", "gzip"),
            "/feed": (FEED.format(site=site).encode(), "application/rss+xml", ""),
            "/endless": (b"x" * 3_000_000, "text/html", ""),
        }
        if Pages.ROBOTS is not None:
            pages["/robots.txt"] = (Pages.ROBOTS.encode(), "text/plain", "")
        if self.path in leads:
            self.lead(leads[self.path])
        elif self.path in pages:
            self.give(*pages[self.path])
        else:
            busy = self.path == "/robots.txt"
            self.give(b"no such page", "text/plain", status=503 if busy else 404)

    def give(self, body: bytes, kind: str, encoding: str = "", status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            return

    def lead(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Pages.asked.clear()
    Pages.agents.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


class Watch(Clock):
    """A clock that a test turns: waiting is only noted."""

    def __init__(self) -> None:
        self.time, self.waits = 100.0, []

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds


def fetcher(**more: object) -> Fetcher:
    return Fetcher(private=True, schedule=Schedule(Watch()), **more)  # type: ignore[arg-type]


def fetched(found: Fetcher, *urls: str) -> tuple[list[str], list[SourceError]]:
    refused: list[SourceError] = []
    pages = [page.page.url for page in found.fetch(urls, refused.append)]
    return pages, refused


def test_a_page_is_fetched_by_a_program_that_says_what_it_is(site: str) -> None:
    refused: list[SourceError] = []
    (page,) = fetcher().fetch([f"{site}/report"], refused.append)
    assert not refused
    assert [each.status for each in page.exchanges] == [302, 200]
    assert page.page.url == f"{site}/report?a=1"
    assert page.page.body == PAGE.encode()
    assert page.page.address == "127.0.0.1"
    assert Pages.agents == {agent()}
    assert agent().startswith("onrecord/")


def test_what_robots_txt_forbids_is_not_asked_and_its_delay_is_kept(site: str) -> None:
    found = fetcher()
    pages, refused = fetched(found, f"{site}/private/x", f"{site}/latin", f"{site}/packed")
    assert len(pages) == 2
    assert isinstance(refused[0], SourceForbidden)
    assert "disallows" in refused[0].why
    assert Pages.asked["/private/x"] == 0
    assert Pages.asked["/robots.txt"] == 1
    watch = found.schedule.clock
    assert isinstance(watch, Watch)
    assert watch.waits == [7.0]


def test_a_site_whose_robots_txt_fails_is_left_alone(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pages, "ROBOTS", None)
    pages, refused = fetched(fetcher(), f"{site}/latin")
    assert pages == []
    assert isinstance(refused[0], SourceForbidden)
    assert "counts as a refusal" in refused[0].why
    assert Pages.asked["/latin"] == 0


def test_other_hosts_go_first_while_one_rests() -> None:
    watch = Watch()
    schedule = Schedule(watch)
    schedule.asked("one.example", DELAY)
    assert schedule.ready(["one.example", "two.example"]) == 1
    assert watch.waits == []
    assert schedule.ready(["one.example"]) == 0
    assert watch.waits == [DELAY]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1",
     "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1"],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused_after_the_name_is_resolved(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(SourceForbidden, match="not public"):
        target("http://looks-public.example/", resolve=lambda *_: ["93.184.216.34", address])


def test_a_public_address_is_pinned() -> None:
    found = target("https://news.example/a?b#c", resolve=lambda *_: ["93.184.216.34"])
    assert found.url == "https://news.example/a?b"
    assert found.pinned(found.addresses[0]) == "https://93.184.216.34:443/a?b"
    assert (found.netloc, found.site) == ("news.example", "https://news.example")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x.example/", "http://user:pw@x.example/", "http:///x", "no url",
     "http://x.example/\r\nHost: y", "http://[::1", "http://x.example:99999/", "gopher://x"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    refused: list[SourceError] = []
    assert list(Fetcher().fetch([url], refused.append)) == []
    assert len(refused) == 1
    assert refused[0].todo


def test_without_the_switch_this_machine_is_not_asked(site: str) -> None:
    pages, refused = fetched(Fetcher(schedule=Schedule(Watch())), f"{site}/latin")
    assert pages == []
    assert isinstance(refused[0], SourceForbidden)
    assert not Pages.asked


def test_a_redirect_is_checked_as_the_first_address_was(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_the_first(url: str, *, private: bool, resolve: Resolve) -> Target:
        return target(url, private=url.startswith(site), resolve=resolve)

    monkeypatch.setattr("onrecord.sources.web.fetch.target", only_the_first)
    pages, refused = fetched(fetcher(), f"{site}/inside")
    assert pages == []
    assert isinstance(refused[0], SourceForbidden)
    assert "169.254.169.254" in refused[0].why


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server whose certificate, for news.example, this machine trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.example")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (tmp_path / "cert.pem").write_bytes(certificate.public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("host", "good"), [("news.example", True), ("other.example", False)])
def test_a_certificate_must_be_the_hosts_though_the_address_is_asked(
    certified: int, host: str, good: bool
) -> None:
    found = fetcher(resolve=lambda *_: ["127.0.0.1"])
    pages, refused = fetched(found, f"https://{host}:{certified}/latin")
    assert bool(pages) == good
    assert bool(refused) != good


def test_loops_and_pages_without_end_and_missing_ones_are_refused(site: str) -> None:
    found = fetcher(bounds=Bounds(max_bytes=1_000_000))
    pages, refused = fetched(found, f"{site}/loop", f"{site}/endless", f"{site}/absent")
    assert pages == []
    assert "without end" in refused[0].what
    assert isinstance(refused[1], SourceTooLarge)
    assert "404" in refused[2].what


@pytest.fixture
def wacz(site: str, tmp_path: Path) -> Path:
    made = Collection(fetcher())
    made.collect(
        [f"{site}/report", f"{site}/packed", f"{site}/absent"],
        [f"{site}/feed"],
        refuse=lambda _: None,
        progress=lambda _: None,
    )
    assert [page.asked.removeprefix(site) for page in made.pages] == [
        "/report",
        "/packed",
        "/latin",
    ]
    assert len(made.refused) == 1
    path = tmp_path / "visit.wacz"
    made.write(path, operator="Ada Nemes", title="A visit", at=datetime(2031, 2, 8, tzinfo=UTC))
    return path


def test_the_wacz_is_one_that_py_wacz_calls_valid(wacz: Path) -> None:
    command = [str(Path(sys.executable).with_name("wacz")), "validate", "-f", str(wacz)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Valid" in run.stdout or "valid" in run.stdout


def test_the_wacz_keeps_who_collected_what_when_from_where(wacz: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    with zipfile.ZipFile(wacz) as opened, opened.open("archive/data.warc.gz") as warc:
        records = [
            (r.rec_type, dict(r.rec_headers.headers), r.content_stream().read())
            for r in ArchiveIterator(warc, check_digests="raise")
        ]
    assert records[0][0] == "warcinfo"
    assert b"operator: Ada Nemes" in records[0][2]
    responses = [headers for kind, headers, _ in records if kind == "response"]
    assert len(responses) == 5  # the feed, a redirect with its page, and two pages
    assert all(h["WARC-IP-Address"] == "127.0.0.1" for h in responses)
    assert all(h["WARC-Payload-Digest"] and h["WARC-Date"] for h in responses)
    assert sum(kind == "request" for kind, _, _ in records) == len(responses)


def test_the_index_leads_to_each_record(wacz: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    with zipfile.ZipFile(wacz) as opened:
        lines = gzip.decompress(opened.read("indexes/index.cdx.gz")).decode().splitlines()
        warc = opened.read("archive/data.warc.gz")
    assert lines == sorted(lines)
    for line in lines:
        key, stamp, told = line.split(" ", 2)
        facts = json.loads(told)
        start, length = int(facts["offset"]), int(facts["length"])
        from io import BytesIO

        (record,) = ArchiveIterator(BytesIO(warc[start : start + length]))
        assert record.rec_headers.get_header("WARC-Target-URI") == facts["url"]
        assert len(stamp) == 14
        assert key.startswith("127.0.0.1")


def test_what_was_fetched_is_read_as_documents(wacz: Path, reader: Reader) -> None:
    errors: list[SourceError] = []
    items = list(collect([wacz], limits=Limits(), on_error=errors.append))
    assert not errors
    assert [item.path.rpartition("/")[2] for item in items] == ["report?a=1", "packed", "latin"]
    readings = [reader.read(item).reading for item in items]
    assert FIRST in readings[0].text
    assert readings[0].text == readings[1].text
    title = readings[0].title
    assert title
    assert readings[0].text[slice(*title)] == TITLE
    assert "Sørine Åkre" in readings[2].text
    assert {each.media_type for each in readings} == {"application/warc"}
    original = items[0].read(Limits())
    for said in (
        b"operator: Ada Nemes",
        b"WARC-IP-Address: 127.0.0.1",
        b"GET /report?a=1",
        PAGE.encode(),
    ):
        assert said in original


def test_an_altered_page_of_an_archive_is_refused(wacz: Path, reader: Reader) -> None:
    item = next(iter(collect([wacz], limits=Limits(), on_error=lambda _: None)))
    data = item.read(Limits())
    assert reader.read_bytes(item.path, data)
    with pytest.raises(SourceError, match="damaged") as error:
        reader.read_bytes(item.path, data.replace(b"four fishermen", b"five fishermen"))
    assert "digest" in error.value.why


def test_a_broken_web_archive_names_itself_and_nothing_is_taken(wacz: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wacz) as opened:
        data = opened.read("archive/data.warc.gz")
    whole, cut = tmp_path / "whole.warc.gz", tmp_path / "cut.warc.gz"
    whole.write_bytes(data)
    cut.write_bytes(data[: len(data) // 2] + b"garbage" + data[len(data) // 2 :])
    errors: list[SourceError] = []
    found = list(collect([whole], limits=Limits(), on_error=errors.append))
    assert len(found) == 3
    assert not errors
    assert list(collect([cut], limits=Limits(), on_error=errors.append)) == []
    assert len(errors) == 1
    assert "cut.warc.gz" in str(errors[0])


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><p>no feed</p></html>", b"<rss", b"{}", b"\xff\xfe\x00", FEED.encode()[:60]],
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="feed"):
        links_in("https://x.example/feed", data)


def test_a_feed_gives_its_pages_once_each_as_whole_addresses() -> None:
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
    <entry><id>1</id><title>a</title><link href="/a"/></entry>
    <entry><id>2</id><title>b</title><link href="https://y.example/b"/></entry>
    <entry><id>3</id><title>a again</title><link href="/a"/></entry></feed>"""
    assert links_in("https://x.example/f", atom) == ["https://x.example/a", "https://y.example/b"]


def warc(*pages: tuple[str, str, bytes]) -> bytes:
    """A WARC file as simple programs write it: not packed, without digests."""
    made = b""
    for url, kind, body in pages:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        made += (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2031-02-08T10:00:00Z\r\n"
            f"WARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:uuid:{len(made)}>\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
        ).encode() + http + b"\r\n\r\n"  # fmt: skip
    return made


def test_a_plain_warc_gives_its_pages_and_passes_over_the_rest(
    tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "old.warc"
    page = PAGE.encode()
    path.write_bytes(
        warc(
            ("http://a.example/1", "text/html", page),
            ("http://a.example/logo.png", "image/png", b"\x89PNG"),
            ("http://a.example/1", "text/html; charset=utf-8", page.replace(b"four", b"five")),
        )
    )
    errors: list[SourceError] = []
    items = list(collect([path], limits=Limits(), on_error=errors.append))
    assert not errors
    names = [item.path.removeprefix(f"{path}/") for item in items]
    assert names == ["http://a.example/1", "http://a.example/1 (capture 2)"]
    assert ["five" in reader.read(item).reading.text for item in items] == [False, True]


def test_a_warc_that_breaks_off_is_refused_where_it_does(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "cut.warc"
    pages = [(f"http://a.example/{n}", "text/html", PAGE.encode()) for n in (1, 2)]
    path.write_bytes(warc(*pages)[:-400])
    errors: list[SourceError] = []
    items = list(collect([path], limits=Limits(), on_error=errors.append))
    readable = []
    for item in items:
        try:
            readable.append(reader.read(item).path)
        except SourceError as error:
            errors.append(error)
    assert readable == [f"{path}/http://a.example/1"]
    assert len(errors) == 1
    assert "breaks off" in errors[0].why


def test_what_only_says_that_it_is_packed_and_a_bomb(reader: Reader) -> None:
    head = "text/html\r\nContent-Encoding: gzip"
    assert reader.read_bytes("x", warc(("http://a.example/", head, PAGE.encode()))).text
    bomb = gzip.compress(b"<p>" + b"x" * (Limits().max_bytes + 10))
    with pytest.raises(SourceTooLarge, match="unfolds"):
        reader.read_bytes("x", warc(("http://a.example/", head, bomb)))
