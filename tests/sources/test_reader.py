"""The reading process: bounds on it, what happens when it dies, and what it is not told."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from source_files import FIRST, PAGE, docx, pdf, written, zipped

from onrecord.errors import SourceTooLarge, UnreadableSource
from onrecord.sources import Item, Limits, Reader, collect

SLOW = ("<p>" + FIRST + "</p>").encode() * 30_000


def test_item_is_read_hashed_and_sized(tmp_path: Path, reader: Reader) -> None:
    path = written(tmp_path, "r.zip", zipped({"sub/a.txt": b"\xef\xbb\xbfOne\r\ntwo\n"}))
    (item,) = collect([path], limits=reader.limits, on_error=pytest.fail)
    acquired = reader.read(item)
    assert acquired.path == f"{path}/sub/a.txt"
    assert acquired.data == b"\xef\xbb\xbfOne\r\ntwo\n"
    assert acquired.size == len(acquired.data)
    assert acquired.sha256 == hashlib.sha256(acquired.data).hexdigest()
    assert acquired.reading.text == "\ufeffOne\r\ntwo\n"
    assert acquired.reading.media_type == "text/plain"
    assert (acquired.reading.reader, acquired.reading.reader_version) == ("plain", "1")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_plain_text_is_the_decoded_file_unchanged(text: str, reader: Reader) -> None:
    assume(text.strip().strip("\ufeff\u200b").strip())
    assert reader.read_bytes("a.txt", text.encode()).text == text


def test_importing_the_package_loads_no_reading_library() -> None:
    code = (
        "import sys, onrecord.sources; heavy = {'lxml', 'trafilatura', 'pypdfium2', 'yaml'}; "
        "print(heavy & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def test_two_readers_give_the_same_readings_in_any_order(reader: Reader) -> None:
    files = {"a.pdf": pdf(FIRST, FIRST), "a.html": PAGE.encode(), "a.docx": docx(FIRST)}
    with Reader(Limits()) as other:
        first = {name: reader.read_bytes(name, files[name]) for name in files}
        assert {name: other.read_bytes(name, files[name]) for name in reversed(files)} == first


def test_process_killed_between_two_files() -> None:
    with Reader(Limits()) as reader:
        assert reader.read_bytes("a.txt", b"one").text == "one"
        first = reader.pid
        assert first
        os.kill(first, signal.SIGKILL)
        assert reader.read_bytes("b.txt", b"two").text == "two"
        assert reader.pid != first


def test_process_killed_again_and_again_while_it_reads_costs_that_file_only() -> None:
    with Reader(Limits()) as reader:
        stop, killed = threading.Event(), set[int]()

        def kill() -> None:
            while not stop.is_set():
                pid = reader.pid
                if pid and pid not in killed and busy(pid):
                    os.kill(pid, signal.SIGKILL)
                    killed.add(pid)

        killer = threading.Thread(target=kill)
        killer.start()
        try:
            with pytest.raises(UnreadableSource, match=r"slow\.html.*died") as caught:
                reader.read_bytes("slow.html", SLOW)
        finally:
            stop.set()
            killer.join()
        assert len(killed) == 2
        assert "SIGKILL" in caught.value.why
        assert caught.value.todo
        assert reader.read_bytes("b.txt", b"two").text == "two"


def busy(pid: int) -> bool:
    """Whether the process has taken in a large file."""
    try:
        return psutil.Process(pid).memory_info().rss > 60 * 1024**2
    except psutil.NoSuchProcess:
        return False


def test_reading_that_takes_too_long_is_given_up() -> None:
    with Reader(Limits(seconds=1)) as reader:
        reader.read_bytes("a.txt", b"one")
        started = time.perf_counter()
        with pytest.raises(SourceTooLarge, match=r"slow\.html.*too long") as caught:
            reader.read_bytes("slow.html", SLOW)
        assert time.perf_counter() - started < 5
        assert caught.value.todo
        assert reader.read_bytes("b.txt", b"two").text == "two"


def test_reading_that_takes_too_much_memory_is_given_up() -> None:
    with Reader(Limits(memory=300 * 1024**2)) as reader:
        with pytest.raises(SourceTooLarge, match=r"big\.html.*memory") as caught:
            reader.read_bytes("big.html", SLOW * 3)
        assert caught.value.todo
        assert reader.read_bytes("b.txt", b"two").text == "two"


def test_too_many_pages() -> None:
    with Reader(Limits(max_pages=2)) as reader:
        assert reader.read_bytes("a.pdf", pdf("one", "two")).layout
        with pytest.raises(SourceTooLarge, match=r"a\.pdf.*pages: 3") as caught:
            reader.read_bytes("a.pdf", pdf("one", "two", "three"))
        assert caught.value.todo


@pytest.mark.parametrize(
    "make", [lambda: b"word " * 300, lambda: pdf(FIRST * 6), lambda: docx(FIRST * 6)]
)
def test_too_much_text(make: object) -> None:
    with Reader(Limits(max_text=1000)) as reader:
        with pytest.raises(SourceTooLarge, match=r"a: it holds too much text") as caught:
            reader.read_bytes("a", make())  # type: ignore[operator]
        assert caught.value.todo


def test_document_that_is_a_bomb() -> None:
    bomb = zipped({"word/document.xml": b" " * 30 * 1024**2, "[Content_Types].xml": b"<Types/>"})
    with Reader(Limits()) as reader, pytest.raises(SourceTooLarge, match=r"a\.docx") as caught:
        reader.read_bytes("a.docx", bomb)
    assert "bomb" in caught.value.why


def test_process_ends_with_the_reader_and_writes_no_files(tmp_path: Path) -> None:
    with Reader(Limits()) as reader:
        reader.read_bytes("a.txt", b"one")
        pid = reader.pid
        assert pid
        bounds = psutil.Process(pid)
        assert bounds.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
        assert bounds.rlimit(psutil.RLIMIT_AS)[0] == Limits().memory
    assert not psutil.pid_exists(pid)


def test_process_ends_when_the_one_that_asks_is_killed() -> None:
    code = (
        "import os, signal; from onrecord.sources import *; reader = Reader(Limits()); "
        "reader.read_bytes('a.txt', b'one'); print(reader.pid, flush=True); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    try:
        psutil.Process(int(said.stdout)).wait(timeout=20)
    except psutil.NoSuchProcess:
        return


def test_reads_from_any_folder(tmp_path: Path) -> None:
    written(tmp_path, "json.py", "raise SystemExit('a file among the evidence was run')")
    written(
        tmp_path, "onrecord/__init__.py", "raise SystemExit('a file among the evidence was run')"
    )
    was = Path.cwd()
    os.chdir(tmp_path)
    try:
        with Reader(Limits()) as reader:
            item = Item("a.txt", written(tmp_path, "a.txt", "words"))
            assert reader.read(item).reading.text == "words"
    finally:
        os.chdir(was)


def test_a_thousand_small_files_take_seconds(tmp_path: Path, reader: Reader) -> None:
    for index in range(1000):
        written(tmp_path, f"{index:04}.txt", f"Report {index}. {FIRST}" * 5)
    started = time.perf_counter()
    items = collect([tmp_path], limits=reader.limits, on_error=pytest.fail)
    assert len({reader.read(item).sha256 for item in items}) == 1000
    assert time.perf_counter() - started < 10


def test_interrupt_while_reading_leaves_no_answer_behind() -> None:
    with Reader(Limits()) as reader:
        reader.read_bytes("a.txt", b"one")
        first, stop = reader.pid, threading.Event()
        assert first

        def interrupt() -> None:
            while not stop.is_set() and not busy(first):
                stop.wait(0.01)
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

        waiter = threading.Thread(target=interrupt)
        # A test run in the background would hand down that SIGINT is ignored.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        waiter.start()
        try:
            with pytest.raises(KeyboardInterrupt):
                reader.read_bytes("slow.html", SLOW)
        finally:
            stop.set()
            waiter.join()
            signal.signal(signal.SIGINT, before)
        assert not psutil.pid_exists(first)
        assert reader.read_bytes("b.txt", b"two").text == "two"
