"""The verifier names whatever was changed, is missing or was added; alone, without onrecord."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.case import Case
from onrecord.products.bundle import signing
from onrecord.products.bundle.verify import verify


def named(path: Path, fingerprint: str = "") -> set[str]:
    return {one["file"] for one in verify(str(path), fingerprint)["problems"]}


def flip(path: Path, at: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1 << bit
    path.write_bytes(data)


def files_of(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.fixture
def copy(bundle: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundle, tmp_path / "copy"))


def test_a_bundle_holds_without_onrecord(bundle, archive, alone, tmp_path) -> None:
    program = tmp_path / "verify.py"
    shutil.copy(bundle / "verify.py", program)
    proof = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "import onrecord"], capture_output=True, check=False
    )
    assert proof.returncode == 1, "the verifier would not run alone"
    for path in (bundle, archive):
        done = alone(path, program=program)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert done.stdout.endswith("EVERYTHING HOLDS\n")
        told = json.loads(alone(path, "--json", program=program).stdout)
        assert told["holds"]
        assert told["counts"]["originals"] == 2
        assert told["counts"]["documents"] == told["counts"]["records"] == 6
        assert told["counts"]["citations"] > 50


def test_it_is_written_in_the_python_of_years_ago(bundle, archive, packaged) -> None:
    ast.parse(packaged.read_text(encoding="utf-8"), feature_version=(3, 8))
    for python in map(shutil.which, [f"python3.{minor}" for minor in range(8, 20)]):
        if (
            python
            and not subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode
        ):
            for path in (bundle, archive):
                told = [python, "-I", "-S", str(packaged), str(path)]
                subprocess.run(told, check=True, capture_output=True)


def test_it_is_a_bag_to_the_library_of_archivists(bundle, archive, tmp_path) -> None:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path)
    for folder in (bundle, tmp_path / "river"):
        bag = bagit.Bag(str(folder))
        assert bag.version_info == (1, 0)
        assert bag.validate()
        assert sorted(bag.algorithms) == ["sha256", "sha512"]
        assert bag.info["Audience"] == "court"


def test_the_packaged_file_goes_into_the_bundle_unchanged(bundle, packaged) -> None:
    assert (bundle / "verify.py").read_bytes() == packaged.read_bytes()


def test_one_changed_byte_of_any_file_is_named(copy) -> None:
    files = files_of(copy)
    assert len(files) > 20
    for name in files:
        whole = (copy / name).read_bytes()
        for at in (0, len(whole) // 2, len(whole) - 1):
            flip(copy / name, at)
            assert name in named(copy), f"{name}, byte {at}"
            (copy / name).write_bytes(whole)
    assert named(copy) == set()


def test_what_was_changed_is_named_and_nothing_else(copy) -> None:
    names = [
        *("verify.py", "README.txt", "signature.txt", "manifest-sha512.txt"),
        *("tagmanifest-sha256.txt", "data/withheld.jsonl"),
        next(name for name in files_of(copy) if name.startswith("data/originals/")),
    ]
    for name in names:
        whole = (copy / name).read_bytes()
        flip(copy / name, 30)
        assert named(copy) == {name}
        (copy / name).write_bytes(whole)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), data=st.data())
def test_any_bit_of_a_folder(copy, at, bit, data) -> None:
    name = data.draw(st.sampled_from(files_of(copy)))
    whole = (copy / name).read_bytes()
    flip(copy / name, int(at * len(whole)), bit)
    try:
        assert name in named(copy)
    finally:
        (copy / name).write_bytes(whole)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), tail=st.booleans())
def test_any_bit_of_a_zip(archive, tmp_path, at, bit, tail) -> None:
    """Also those of the archive itself: times, attributes, its directory."""
    path = tmp_path / "river.zip"
    whole = archive.read_bytes()
    path.write_bytes(whole)
    end = 4000 if tail else len(whole)
    flip(path, len(whole) - 1 - int(at * end), bit)
    found = verify(str(path))
    assert not found["holds"]
    assert all(one["file"] for one in found["problems"])


def test_missing_added_and_renamed_files_are_named(copy, bundle) -> None:
    for name in files_of(copy):
        (copy / name).rename(copy.parent / "away")
        assert name in named(copy)
        (copy / "data" / "texts" / "new.txt").write_bytes((copy.parent / "away").read_bytes())
        assert {name, "data/texts/new.txt"} <= named(copy)
        (copy / "data" / "texts" / "new.txt").unlink()
        (copy.parent / "away").rename(copy / name)
    for name in ("added.txt", "data/added", "data/originals/" + "0" * 64):
        (copy / name).write_bytes(b"x")
        assert name in named(copy)
        (copy / name).unlink()
    (copy / "data" / "hidden").mkdir()
    (copy / "link").symlink_to(bundle / "README.txt")
    assert {"data/hidden", "link"} <= named(copy)


def test_a_zip_with_a_file_more_or_packed_anew_is_named(bundle, archive, tmp_path) -> None:
    more = Path(shutil.copy(archive, tmp_path / "more.zip"))
    with zipfile.ZipFile(more, "a") as packed:
        packed.writestr("river/data/added.txt", b"x")
    assert {"data/added.txt", "more.zip"} <= named(more)
    anew = tmp_path / "anew.zip"
    with zipfile.ZipFile(anew, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in files_of(bundle):
            packed.write(bundle / name, f"river/{name}")
    assert "README.txt" in named(anew)


def test_another_key_is_named(bundled_case, bundle, copy, tmp_path) -> None:
    """Whoever makes all hashes anew must sign with a key of their own."""
    own = signing.own_key(tmp_path / "other.pem")
    mine = signing.fingerprint(signing.own_key(bundled_case / "case.signing-key.pem"))
    assert named(bundle, mine) == named(bundle, mine.upper()) == set()
    assert named(bundle, signing.fingerprint(own)) == {"signature.txt"}
    (copy / "public-key.pem").write_bytes(signing.public_pem(own))
    assert "public-key.pem" in named(copy)
    out = tmp_path / "forged"
    with Case.open(bundled_case) as case:
        case.bundle(out, key=tmp_path / "other.pem")
    assert named(out) == set()
    assert named(out, mine) == {"signature.txt"}


def resealed(folder: Path, key: Path) -> None:
    """Everything signed anew, by somebody who has the key."""
    import hashlib

    files = files_of(folder)
    hashes = {}
    for prefix, wanted in (("manifest", True), ("tagmanifest", False)):
        skip = ("tagmanifest", "signature", "timestamp")
        listed = [n for n in files if n.startswith("data/") is wanted and not n.startswith(skip)]
        for kind in ("sha256", "sha512"):
            rows = [
                f"{hashlib.new(kind, (folder / n).read_bytes()).hexdigest()}  {n}\n" for n in listed
            ]
            path = folder / f"{prefix}-{kind}.txt"
            path.write_text("".join(rows))
            hashes[path.name] = hashlib.new(kind, path.read_bytes()).hexdigest()
    tags = {name: told for name, told in hashes.items() if name.startswith("tag")}
    at = "2031-01-01T00:00:00Z"
    (folder / "signature.txt").write_bytes(
        signing.statement(signing.own_key(key), "bundle", tags, at)
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/log.jsonl", '"kind":"acquired"', '"kind":"acquirex"'),
        ("data/log.jsonl", '"record_sha256":"', '"record_sha256":"0'),
        ("data/custody.jsonl", '"actor":"', '"actor":"x'),
        ("data/record.jsonl", '"modality":"', '"modality":"x'),
        ("data/record.jsonl", ',"soldiers', ',"Soldiers'),
        ("data/documents.jsonl", '"id":"sha256:', '"id":"sha256:0'),
    ],
)
def test_the_holder_of_the_key_cannot_change_one_thing_alone(
    copy, bundled_case, name, old, new
) -> None:
    """Records, texts, custody and log hold each other, whoever signs."""
    path = copy / name
    told = path.read_text()
    assert old in told
    path.write_text(told[::-1].replace(old[::-1], new[::-1], 1)[::-1])
    resealed(copy, bundled_case / "case.signing-key.pem")
    assert any(found.startswith("data/") for found in named(copy))


def test_an_altered_text_is_named_though_all_is_signed_anew(copy, bundled_case) -> None:
    untouched = next((copy / "data" / "originals").iterdir()).name
    flip(copy / "data" / "texts" / f"{untouched}.txt", 5)
    resealed(copy, bundled_case / "case.signing-key.pem")
    assert f"data/texts/{untouched}.txt" in named(copy)


def test_what_is_no_bundle_is_said_to_be_none(tmp_path, alone) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.zip").write_bytes(os.urandom(200))
    for name in ("empty", "no.zip", "absent"):
        done = alone(tmp_path / name)
        assert (done.returncode, done.stderr) == (1, "")
        assert "DOES NOT HOLD" in done.stdout
