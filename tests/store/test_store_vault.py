"""The vault keeps originals whole, and undoes what a crash left."""

import hashlib

import pytest

from onrecord.store.vault import Vault

DATA = b"an original"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "originals")


def test_what_is_kept_is_there_under_its_hash(vault):
    vault.keep(SHA256, DATA)
    vault.settle(SHA256)
    assert vault.path(SHA256).read_bytes() == DATA
    assert vault.sha256_of(SHA256) == SHA256
    assert list(vault.kept()) == [vault.path(SHA256)]
    assert vault.sha256_of("ab" * 32) is None


def test_until_settled_it_is_no_original_of_the_case(vault):
    vault.keep(SHA256, DATA)
    assert list(vault.kept()) == []


@pytest.mark.parametrize("known", [True, False])
def test_a_crash_before_settling_is_undone_or_completed(vault, known):
    vault.keep(SHA256, DATA)
    (vault.folder / ".incoming" / f"{'ab' * 32}.part").write_bytes(b"half")
    vault.recover(lambda _: known)
    assert list(vault.kept()) == ([vault.path(SHA256)] if known else [])
    assert vault.path(SHA256).exists() == known
    assert list((vault.folder / ".incoming").iterdir()) == []


def test_a_part_left_by_a_crash_is_written_over(vault):
    (vault.folder / ".incoming").mkdir(parents=True)
    (vault.folder / ".incoming" / f"{SHA256}.part").write_bytes(b"half")
    vault.keep(SHA256, DATA)
    assert vault.sha256_of(SHA256) == SHA256
