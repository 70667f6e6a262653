"""A file's bytes are read once and whole, or there is an error that says why not."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_files import written

from onrecord.errors import (
    EmptySource,
    SourceForbidden,
    SourceTooLarge,
    SourceVanished,
    UnreadableSource,
)
from onrecord.sources import Item, Limits, Reader, collect
from onrecord.sources.acquire import Opened

GIB = 1024**3


def item(path: Path) -> Item:
    return Item(str(path), path)


def test_empty_file(tmp_path: Path) -> None:
    path = written(tmp_path, "empty.txt", b"")
    with pytest.raises(EmptySource, match=r"empty\.txt") as caught:
        item(path).read(Limits())
    assert caught.value.todo


def test_two_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, "huge.txt", b"")
    os.truncate(path, 2 * GIB)
    started = time.perf_counter()
    with pytest.raises(SourceTooLarge, match=r"huge\.txt.*2,147,483,648") as caught:
        item(path).read(Limits())
    assert time.perf_counter() - started < 0.5
    assert caught.value.todo


def test_named_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(UnreadableSource, match=r"a\.txt.*named pipe") as caught:
        item(tmp_path / "a.txt").read(Limits())
    assert caught.value.todo


def test_file_that_vanishes_after_it_was_collected(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "words")
    (found,) = collect([path], limits=Limits(), on_error=pytest.fail)
    path.unlink()
    with pytest.raises(SourceVanished, match=r"a\.txt") as caught:
        found.read(Limits())
    assert caught.value.todo


def test_file_that_vanishes_while_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "words")
    with Opened(path) as opened:
        path.unlink()
        with pytest.raises(SourceVanished, match="went away"):
            opened.read(100)


def test_file_that_is_replaced_while_it_is_read(tmp_path: Path) -> None:
    path, other = written(tmp_path, "a.txt", "words"), written(tmp_path, "b.txt", "words")
    with Opened(path) as opened:
        other.rename(path)
        with pytest.raises(SourceVanished, match="changed"):
            opened.read(100)


def test_file_that_is_written_to_while_it_is_read(tmp_path: Path, reader: Reader) -> None:
    path = written(tmp_path, "log.txt", b"words " * 5_000_000)
    stop = threading.Event()

    def write() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"more ")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(SourceVanished, match=r"log\.txt.*changed") as caught:
            reader.read(item(path))
    finally:
        stop.set()
        writer.join()
    assert caught.value.todo


@pytest.fixture
def without_rights() -> Iterator[Path]:
    """A folder that all may enter, entered as somebody who is not root (whom nothing stops)."""
    with tempfile.TemporaryDirectory(dir="/tmp") as made:
        folder = Path(made)
        folder.chmod(0o755)
        written(folder, "open.txt", "words").chmod(0o644)
        written(folder, "shut.txt", "words").chmod(0o000)
        (folder / "shut").mkdir(mode=0o000)
        was = os.geteuid()
        if was == 0:
            os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(was)
            (folder / "shut").chmod(0o700)


def test_no_permission_to_read_a_file(without_rights: Path) -> None:
    assert item(without_rights / "open.txt").read(Limits()) == b"words"
    with pytest.raises(SourceForbidden, match=r"shut\.txt.*permission") as caught:
        item(without_rights / "shut.txt").read(Limits())
    assert caught.value.todo


def test_no_permission_to_search_a_folder(without_rights: Path) -> None:
    errors: list[Exception] = []
    items = list(collect([without_rights], limits=Limits(), on_error=errors.append))
    assert [found.file.name for found in items] == ["open.txt"]
    assert {type(error) for error in errors} == {SourceForbidden}
    assert [
        str(without_rights / name) in str(e)
        for name, e in zip(("shut", "shut.txt"), errors, strict=True)
    ] == [True, True]
