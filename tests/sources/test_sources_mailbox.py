"""Mailboxes: each message a document, wherever the file lies."""

from __future__ import annotations

import mailbox
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import SourceError
from onrecord.sources import Item, Limits, Reader, collect


def box(path: Path, *messages: bytes) -> Path:
    made = mailbox.mbox(path)
    for each in messages:
        made.add(each)
    made.close()
    return path


def items(path: Path, limits: Limits | None = None) -> tuple[list[Item], list[SourceError]]:
    errors: list[SourceError] = []
    return list(collect([path], limits=limits or Limits(), on_error=errors.append)), errors


LETTERS = tuple(
    (
        f"From: ada@example.org\nTo: b@example.org\nSubject: Letter {n}\n"
        f"Date: Mon, 0{n} Feb 2031 10:00:00 +0000\nMessage-ID: <{n}@example.org>\n\n"
        f"The gate was shut on day {n}.\n\nFrom here nobody left.\n"
    ).encode()
    for n in range(1, 4)
)


def test_each_message_of_a_mailbox_is_a_document(tmp_path: Path, reader: Reader) -> None:
    found, errors = items(box(tmp_path / "letters.mbox", *LETTERS))
    assert not errors
    assert [item.path.rpartition("/")[2] for item in found] == ["1", "2", "3"]
    readings = [reader.read(item).reading for item in found]
    assert [r.published and r.published[0] for r in readings] == [
        "2031-02-01",
        "2031-02-02",
        "2031-02-03",
    ]
    assert all(f"day {n}" in r.text for n, r in enumerate(readings, 1))
    assert all("here nobody left" in r.text for r in readings)


def test_the_messages_together_are_the_mailbox(tmp_path: Path) -> None:
    path = box(tmp_path / "letters.mbox", *LETTERS)
    found, _ = items(path)
    assert b"".join(item.read(Limits()) for item in found) == path.read_bytes()


def test_a_mailbox_in_a_zip_file_is_read_too(tmp_path: Path, reader: Reader) -> None:
    inner = box(tmp_path / "letters.mbox", *LETTERS)
    outer = tmp_path / "mail.zip"
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as made:
        made.write(inner, "letters.mbox")
    found, errors = items(outer)
    assert not errors
    assert "Letter 3" in reader.read(found[2]).reading.text


def test_one_message_stays_a_file_and_a_letter_that_begins_from_is_a_text(tmp_path: Path) -> None:
    alone = box(tmp_path / "one.mbox", LETTERS[0])
    letter = tmp_path / "letter.txt"
    letter.write_text("From the harbour we saw\nnothing at all.\n")
    assert [item.path for item in items(alone)[0]] == [str(alone)]
    assert [item.path for item in items(letter)[0]] == [str(letter)]


def test_a_mailbox_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = box(tmp_path / "letters.mbox", *LETTERS)
    found, _ = items(path)
    path.write_bytes(path.read_bytes().replace(b"day 1", b"day 9 and ten"))
    with pytest.raises(SourceError, match="changed"):
        found[1].read(Limits())


def test_too_many_messages_are_refused_and_none_is_taken(tmp_path: Path) -> None:
    path = box(tmp_path / "letters.mbox", *LETTERS)
    found, errors = items(path, Limits(max_members=2))
    assert found == []
    assert "too many messages" in str(errors[0])


@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(bodies=st.lists(st.binary(max_size=80), max_size=4))
def test_no_bytes_are_lost_whatever_stands_between_the_messages(
    tmp_path: Path, bodies: list[bytes]
) -> None:
    head = b"From x@example.org Mon Feb  3 10:00:00 2031\n"
    path = tmp_path / "any.mbox"
    path.write_bytes(b"\n\n".join(head + body for body in [b"a", b"b", *bodies]))
    found, errors = items(path)
    assert not errors
    assert b"".join(item.read(Limits()) for item in found) == path.read_bytes()
