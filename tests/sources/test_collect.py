"""From paths to items: order, litter, links, ZIP files, and what is refused."""

from __future__ import annotations

import os
import socket
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from source_files import docx, written, zipped

from onrecord.errors import (
    EmptySource,
    EncryptedSource,
    SourceError,
    SourceMissing,
    SourceTooLarge,
    UnreadableSource,
)
from onrecord.sources import Item, Limits, collect


def found(*paths: Path, limits: Limits = Limits()) -> tuple[list[Item], list[SourceError]]:  # noqa: B008
    errors: list[SourceError] = []
    items = list(collect(paths, limits=limits, on_error=errors.append))
    return items, errors


def names(items: list[Item], folder: Path) -> list[str]:
    return [item.path.removeprefix(f"{folder}/") for item in items]


def the_error(kind: type[SourceError], errors: list[SourceError], path: str) -> SourceError:
    (error,) = errors
    assert type(error) is kind
    assert error.path == path
    assert path in str(error)
    assert error.why
    assert error.todo
    return error


def test_order_is_as_given_then_by_name(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "b/a/z.txt", "a.txt"):
        written(tmp_path, name, "words")
    items, errors = found(tmp_path / "b", tmp_path / "a.txt")
    assert names(items, tmp_path) == ["b/10.txt", "b/2.txt", "b/a/z.txt", "a.txt"]
    assert not errors


def test_hidden_files_and_litter_are_passed_over_unless_named(tmp_path: Path) -> None:
    for name in (".hidden", ".git/config", "Thumbs.db", "~$a.docx", "__MACOSX/a", "a.txt"):
        written(tmp_path, name, "words")
    assert names(found(tmp_path)[0], tmp_path) == ["a.txt"]
    assert names(found(tmp_path / ".hidden")[0], tmp_path) == [".hidden"]


def test_folder_or_zip_file_with_nothing_in_it(tmp_path: Path) -> None:
    written(tmp_path, "folder/.hidden", "words")
    the_error(EmptySource, found(tmp_path / "folder")[1], str(tmp_path / "folder"))
    path = written(tmp_path, "r.zip", zipped({}))
    the_error(EmptySource, found(path)[1], str(path))
    litter = written(tmp_path, "s.zip", zipped({"__MACOSX/a": b"x"}))
    the_error(EmptySource, found(litter)[1], str(litter))


def test_missing_path_is_named_and_the_rest_is_collected(tmp_path: Path) -> None:
    there = written(tmp_path, "a.txt", "words")
    items, errors = found(tmp_path / "nowhere.txt", there)
    the_error(SourceMissing, errors, str(tmp_path / "nowhere.txt"))
    assert names(items, tmp_path) == ["a.txt"]


def test_directory_loop_is_an_error_and_ends(tmp_path: Path) -> None:
    written(tmp_path, "a/b/c.txt", "words")
    (tmp_path / "a/b/up").symlink_to(tmp_path / "a")
    items, errors = found(tmp_path)
    assert names(items, tmp_path) == ["a/b/c.txt"]
    assert "loop" in the_error(UnreadableSource, errors, str(tmp_path / "a/b/up")).what


def test_folder_linked_twice_is_collected_once_and_links_to_files_are_followed(
    tmp_path: Path,
) -> None:
    written(tmp_path, "deep/a.txt", "words")
    (tmp_path / "again").symlink_to(tmp_path / "deep")
    (tmp_path / "link.txt").symlink_to(tmp_path / "deep/a.txt")
    items, errors = found(tmp_path)
    assert names(items, tmp_path) == ["again/a.txt", "link.txt"]
    assert not errors


def test_link_to_nowhere_and_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    the_error(SourceMissing, found(tmp_path)[1], str(tmp_path / "gone.txt"))
    (tmp_path / "gone.txt").unlink()
    (tmp_path / "self").symlink_to(tmp_path / "self")
    the_error(UnreadableSource, found(tmp_path)[1], str(tmp_path / "self"))


@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_what_is_no_file_is_refused_without_waiting(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # names of sockets are short
    path = Path("special")
    with socket.socket(socket.AF_UNIX) as bound:
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "socket":
            bound.bind(str(path))
        else:
            path = Path("/dev/zero")
        items, errors = found(path)
        assert not items
        assert kind in the_error(UnreadableSource, errors, str(path)).what


def test_file_name_that_is_not_unicode_can_be_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("words")
    (item,), _ = found(tmp_path)
    assert item.path == f"{tmp_path}/caf\\xe9.txt"
    assert item.read(Limits()) == b"words"


def test_names_that_play_tricks_on_a_screen_are_spelled_out(tmp_path: Path) -> None:
    path = written(
        tmp_path, "r.zip", zipped({"a\x1b[2J.txt": b"words", "b\u202etxt.pdf": b"words"})
    )
    items, errors = found(path)
    assert names(items, path) == ["a\\x1b[2J.txt", "b\\u202etxt.pdf"]
    assert items[0].read(Limits()) == b"words"
    assert not errors


def test_zip_members_are_items_and_one_zip_inside_is_looked_into(tmp_path: Path) -> None:
    inner = zipped({"in.txt": b"inner"})
    path = written(
        tmp_path,
        "r.dat",
        zipped(
            {
                "z.txt": b"last",
                "sub/inner.zip": inner,
                "sub/a.txt": b"first",
                "b.docx": docx("words"),
                "__MACOSX/._a.txt": b"litter",
            }
        ),
    )
    items, errors = found(path)
    assert names(items, path) == ["b.docx", "sub/a.txt", "sub/inner.zip/in.txt", "z.txt"]
    assert [item.read(Limits()) for item in items[1:]] == [b"first", b"inner", b"last"]
    assert not errors


def test_third_level_of_zip_is_refused(tmp_path: Path) -> None:
    third = zipped({"a.txt": b"words"})
    path = written(tmp_path, "r.zip", zipped({"s.zip": zipped({"t.zip": third, "b": b"words"})}))
    items, errors = found(path)
    assert names(items, path) == ["s.zip/b"]
    the_error(UnreadableSource, errors, f"{path}/s.zip/t.zip")


def test_office_document_is_not_an_archive(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", docx("words"))
    assert [item.path for item in found(path)[0]] == [str(path)]


def test_zip_bomb_by_ratio(tmp_path: Path) -> None:
    path = written(tmp_path, "bomb.zip", zipped({"a.txt": b" " * (30 * 1024**2)}))
    items, errors = found(path)
    assert not items
    assert "bomb" in the_error(SourceTooLarge, errors, str(path)).why


def test_zip_bomb_by_unpacked_size_and_by_number(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", zipped({f"{i}.txt": b"words" * 9 for i in range(5)}))
    items, errors = found(path, limits=Limits(max_unpacked=200))
    assert not items
    the_error(SourceTooLarge, errors, str(path))
    the_error(SourceTooLarge, found(path, limits=Limits(max_members=4))[1], str(path))
    assert len(found(path, limits=Limits(max_members=5))[0]) == 5


def test_zip_files_in_a_zip_file_share_its_bounds(tmp_path: Path) -> None:
    inner = zipped({f"{i}.txt": b"words" for i in range(5)})
    inners = {"1.zip": inner, "2.zip": zipped({str(i): b"words" for i in range(99)})}
    inners |= {"3.zip": inner, "4.zip": inner}
    path = written(tmp_path, "r.zip", zipped(inners))
    items, errors = found(path, limits=Limits(max_members=14))
    assert names(items, path) == [f"{z}.zip/{i}.txt" for z in (1, 3) for i in range(5)]
    assert [error.path for error in errors] == [f"{path}/2.zip", f"{path}/4.zip"]
    assert {type(error) for error in errors} == {SourceTooLarge}


def test_member_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"a" * 5_000_000}))
    size = struct.pack("<I", 5_000_000)
    while size in data:
        at = data.index(size)
        data[at : at + 4] = struct.pack("<I", 7)
    (item,), _ = found(written(tmp_path, "liar.zip", bytes(data)))
    with pytest.raises(UnreadableSource, match="damaged"):
        item.read(Limits())


@pytest.mark.parametrize("name", ["../up.txt", "/etc/passwd", "a/../../b", "C:\\x", "..\\x"])
def test_member_whose_name_leads_out_is_refused_alone(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, "r.zip", zipped({name: b"x", "good.txt": b"words"}))
    items, errors = found(path)
    assert names(items, path) == ["good.txt"]
    the_error(UnreadableSource, errors, f"{path}/{name}")


def test_encrypted_zip(tmp_path: Path) -> None:
    path = written(tmp_path, "r.zip", locked({"a.txt": b"words", "b.txt": b"words"}))
    items, errors = found(path)
    assert not items
    the_error(EncryptedSource, errors, str(path))


def locked(members: dict[str, bytes]) -> bytes:
    """A ZIP file whose members are marked as encrypted (APPNOTE 4.4.4)."""
    data = bytearray(zipped(members, zipfile.ZIP_STORED))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(magic, at + 4)
    return bytes(data)


def test_truncated_zip(tmp_path: Path) -> None:
    whole = zipped({"a.txt": os.urandom(500)})
    path = written(tmp_path, "r.zip", whole[:-80])
    the_error(UnreadableSource, found(path)[1], str(path))


def test_damaged_member_is_named(tmp_path: Path) -> None:
    whole = bytearray(zipped({"a.txt": b"words", "b.txt": b"more words"}, zipfile.ZIP_STORED))
    at = whole.index(b"words")
    whole[at] ^= 1
    path = written(tmp_path, "r.zip", bytes(whole))
    first, second = found(path)[0]
    with pytest.raises(UnreadableSource, match=r"r\.zip/a\.txt"):
        first.read(Limits())
    assert second.read(Limits()) == b"more words"


def test_large_archive_is_read_member_by_member_in_any_order(tmp_path: Path) -> None:
    members = {f"{i:04}.txt": f"words {i}".encode() for i in range(3000)}
    items, _ = found(written(tmp_path, "r.zip", zipped(members)))
    assert [item.read(Limits()) for item in reversed(items)] == list(reversed(members.values()))


def test_archive_that_was_replaced_after_it_was_listed(tmp_path: Path) -> None:
    path = written(tmp_path, "r.zip", zipped({"a.txt": b"words"}))
    (item,), _ = found(path)
    written(tmp_path, "r.zip", zipped({"a.txt": b"other words"}))
    with pytest.raises(SourceError, match="changed"):
        item.read(Limits())


def test_zip_is_what_zipfile_says(tmp_path: Path) -> None:
    whole = zipped({"ä/ö.txt": "wörds".encode(), "b.txt": b"words"})
    path = written(tmp_path, "r.zip", whole)
    with zipfile.ZipFile(BytesIO(whole)) as other:
        expected = {f"{path}/{name}": other.read(name) for name in other.namelist()}
    assert {item.path: item.read(Limits()) for item in found(path)[0]} == expected
