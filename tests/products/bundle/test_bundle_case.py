"""What of a case goes into a bundle, for whom; what stays can be neither read nor tried out."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.case import Case, Recipient
from onrecord.cli import main
from onrecord.errors import NotReleased, OnrecordError
from onrecord.products.bundle.verify import verify
from onrecord.vocabulary import load

TEXT = "The Lower Post, 3 May 2024\n\nIrna Solt said that soldiers killed two people in Orla.\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    told = (folder / "data" / f"{name}.jsonl").read_bytes()
    return [json.loads(line) for line in told.split(b"\n") if line]


def everything(path: Path) -> bytes:
    if path.is_dir():
        parts = sorted(p for p in path.rglob("*") if p.is_file())
        return b"\n".join(str(p).encode() + p.read_bytes() for p in parts)
    with zipfile.ZipFile(path) as packed:
        return path.read_bytes() + b"\n".join(packed.read(name) for name in packed.namelist())


@pytest.fixture(scope="module")
def released(bundled_case: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("released")
    made = {}
    for audience in ("public", "court", "internal"):
        made[audience] = folder / audience
        done = run("bundle", "--case", bundled_case, "-o", made[audience], "--audience", audience)
        assert done.exit_code == 0, done.output
    return made


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A case of one document, in which nobody is protected."""
    (tmp_path / "report.txt").write_text(TEXT)
    with Case.create(tmp_path / "case") as case:
        case.add([tmp_path / "report.txt"])
    return tmp_path / "case"


@pytest.mark.parametrize("audience", ["public", "court"])
def test_a_protected_person_is_nowhere_in_it(released, archive, audience) -> None:
    from leak_search import found_in
    from planted import SPELLINGS

    assert found_in(released[audience], SPELLINGS) == []
    assert found_in(archive, SPELLINGS) == []
    assert found_in(released["internal"], SPELLINGS) != []


@pytest.mark.parametrize("audience", ["public", "court"])
def test_no_hash_confirms_a_guess(bundled_case, released, audience) -> None:
    """Of what is about a document that does not leave as it is no hash is told, nor of an entry
    whose hash follows from such a one with nothing secret between.
    """
    whole = everything(released[audience])
    documents = lines(released[audience], "documents")
    ids = {told["id"] for told in documents}
    # Of one document the path alone names her: its text is here, so its hash is no secret.
    shown = {told["text_sha256"] for told in documents}
    guessable, found = False, 0
    with Case.open(bundled_case) as case:
        entries = case.log()
    for entry in entries:
        document = entry.payload.get("document", "")
        if document and document not in ids:
            guessable = True
            for name in ("document", "sha256", "text_sha256", "record_sha256"):
                told = str(entry.payload.get(name, "")).removeprefix("sha256:")
                if told and told not in shown:
                    assert told.encode() not in whole, entry.kind
                    found += 1
        if "secret" in entry.payload:
            guessable = False
            assert entry.payload["secret"].encode() not in whole
        if guessable:
            assert entry.hash.encode() not in whole, entry.kind
    assert found > 5


def test_the_log_for_a_court_is_whole_where_it_can_be(bundled_case, released) -> None:
    log = lines(released["court"], "log")
    kinds = [entry.get("kind") for entry in log]
    assert [entry["seq"] for entry in log] == list(range(1, len(log) + 1))
    # The report that was added after the protection follows an entry with a secret in it.
    late = [entry for entry in log if "late.txt" in str(entry.get("payload"))]
    assert [entry["kind"] for entry in late] == ["acquired"]
    assert late[0]["hash"]
    assert late[0]["previous"]
    assert "protect" not in kinds
    assert "judge" not in kinds
    protect = log[late[0]["seq"] - 2]
    assert protect == {
        "seq": late[0]["seq"] - 1,
        "previous": None,
        "hash": late[0]["previous"],
        "withheld": load("bundle")["log"]["decision"],
    }
    with Case.open(bundled_case) as case:
        stored = {entry.seq: entry for entry in case.log()}
    assert log[-1]["hash"] == stored[log[-1]["seq"]].hash
    assert all(line["hash"] in (None, stored[line["seq"]].hash) for line in log)


def test_the_log_for_ourselves_is_whole(bundled_case, released) -> None:
    found = verify(str(released["internal"]))
    number = found["counts"]["log entries recomputed and in their chain"]
    assert number == len(lines(released["internal"], "log")) > 10
    assert len(lines(released["internal"], "documents")) == found["counts"]["originals"] == 6
    assert lines(released["internal"], "withheld") == []


def test_the_public_learns_nothing_of_our_own_people(bundled_case, released) -> None:
    with Case.open(bundled_case) as case:
        entries = case.log()
    for entry in lines(released["public"], "log"):
        assert not {"actor", "command", "at"} & set(entry)
    for entry in lines(released["public"], "custody"):
        assert (entry["actor"], entry["command"], entry["origin"]) == ("", "", "")
    whole = everything(released["public"])
    unsalted = [e for e in entries if "secret" not in e.payload]
    assert not any(entry.hash.encode() in whole for entry in unsalted)


def test_what_stays_is_listed_with_its_rule(released) -> None:
    stays = lines(released["court"], "withheld")
    ids = {told["id"]: told for told in lines(released["court"], "documents")}
    without = {name for name, told in ids.items() if told["original"] is None}
    assert {told["subject"] for told in stays} == without
    assert len(without) == 4
    assert all(told["rule"] for told in stays)


def test_the_log_says_what_left(bundled_case, tmp_path) -> None:
    out = tmp_path / "river.zip"
    done = run(
        *("bundle", "--case", bundled_case, "-o", out, "--audience", "court"),
        *("--to", "The Tribunal", "--purpose", "case 4", "--json"),
    )
    told = json.loads(done.stdout)
    with Case.open(bundled_case) as case:
        entry = case.log()[-1]
    assert entry.kind == "released"
    assert entry.payload["what"] == "bundle"
    assert entry.payload["to"] == "The Tribunal"
    sealed = hashlib.sha256(out.read_bytes()).hexdigest()
    assert entry.payload["files"] == [
        {"name": "river.zip", "sha256": sealed, "size": out.stat().st_size}
    ]
    assert told["fingerprint"] == verify(str(out))["fingerprint"]
    assert told["withheld"]


def test_the_same_case_gives_the_same_bytes(small, tmp_path) -> None:
    made = []
    for name in ("one", "two"):
        with Case.open(small) as case:
            case.bundle(tmp_path / name, recipient=Recipient("internal"))
        made.append(tmp_path / name)
    differ = {
        path.relative_to(made[0]).as_posix()
        for path in made[0].rglob("*")
        if path.is_file()
        and path.read_bytes() != (made[1] / path.relative_to(made[0])).read_bytes()
    }
    # The log has grown by what it says of the first; the rest follows from it, or from the time.
    made_of_it = {f"{p}manifest-{kind}.txt" for p in ("", "tag") for kind in ("sha256", "sha512")}
    assert differ <= {"data/log.jsonl", "bag-info.txt", "signature.txt", *made_of_it}
    assert not {p.name for p in small.rglob("*") if "signing-key" in p.name} & {
        p.name for p in made[0].rglob("*")
    }


def test_an_altered_original_is_not_given_out(small, tmp_path) -> None:
    original = next((small / "originals").rglob("*/*"))
    original.chmod(0o644)
    original.write_bytes(b"other words")
    with Case.open(small) as case, pytest.raises(OnrecordError, match="missing or altered"):
        case.bundle(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_altered_text_is_not_given_out(small, tmp_path) -> None:
    import sqlite3

    with sqlite3.connect(small / "case.sqlite") as database:
        altered = TEXT.replace("two", "ten").encode()
        database.execute("UPDATE texts SET body = ?", (altered,))
    database.close()
    with Case.open(small) as case, pytest.raises(OnrecordError, match="would not hold"):
        case.bundle(tmp_path / "out.zip")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case", "report.txt"]


def test_stopped_it_leaves_nothing(small, tmp_path) -> None:
    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with Case.open(small) as case, pytest.raises(KeyboardInterrupt):
        case.bundle(tmp_path / "out", progress=stop)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case", "report.txt"]


def test_a_name_that_would_tell_is_refused(bundled_case, tmp_path) -> None:
    with Case.open(bundled_case) as case, pytest.raises(NotReleased) as refused:
        case.bundle(tmp_path / "sarela-vostrane.zip")
    assert "vostrane" not in str(refused.value).lower()
    assert list(tmp_path.iterdir()) == []


def test_any_text_goes_in_and_is_checked(tmp_path) -> None:
    """Letters beyond the first plane count as one; control signs and odd names of files pass."""
    odd = tmp_path / "réport \U0001f600 %0A.txt"
    odd.write_text(f"\U0001f600 \x1d\u2028\r\n{TEXT}", newline="")
    with Case.create(tmp_path / "case", name="\u202eÖrla\nriver") as case:
        assert case.add([odd]).refused == []
        case.bundle(tmp_path / "ö.zip", recipient=Recipient("internal"))
    found = verify(str(tmp_path / "ö.zip"))
    assert found["holds"], found
    assert found["counts"]["citations"]


def test_a_case_that_came_back_without_originals_says_so(bundled_case, tmp_path) -> None:
    from onrecord.products.export import formats

    lossless = formats.find("jsonl")
    with (
        Case.open(bundled_case) as case,
        case.release("record", form="jsonl", out=tmp_path / "r.jsonl") as release,
    ):
        lossless.write(release, release.path("r.jsonl"), lambda _: None)
    Case.restore(tmp_path / "r.jsonl", tmp_path / "again")
    with Case.open(tmp_path / "again") as case:
        made = case.bundle(tmp_path / "out", recipient=Recipient("internal"))
    assert made.counts["originals"] == 2
    rules = [told["rule"] for told in lines(tmp_path / "out", "withheld")]
    assert rules == ["the case itself does not hold this original"] * 4


def test_the_command_checks_bundles(archive, tmp_path) -> None:
    assert run("bundle", "--verify", archive).exit_code == 0
    told = run("bundle", "--verify", archive, "--json", "--fingerprint", "00")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["problems"][0]["file"] == "signature.txt"
    assert run("bundle").exit_code == 2
    assert run("bundle", "--verify", archive, "-o", tmp_path / "x").exit_code == 2


def test_a_document_that_stays_cannot_be_recognized(small, tmp_path) -> None:
    """Neither by its words nor by a hash, which whoever has it could make."""
    text = TEXT.replace("Irna Solt", "Benno Karr")
    (tmp_path / "letter.txt").write_text(text)
    with Case.open(small, write=True) as case:
        case.add([tmp_path / "letter.txt"])
        digest = hashlib.sha256(text.encode()).hexdigest()
        case.confide(f"sha256:{digest}", "confidential")
        made = case.bundle(tmp_path / "out", recipient=Recipient("partner"))
        entries = case.log()
    assert made.counts["documents"] == 1
    whole = everything(tmp_path / "out")
    about = [entry for entry in entries if digest in str(entry.payload)]
    assert [entry.kind for entry in about] == ["acquired", "extracted", "confidential"]
    told = [digest, "Benno Karr", "letter.txt", *(entry.hash for entry in about)]
    told += [entry.payload.get("record_sha256", digest) for entry in about]
    assert not [each for each in told if each.encode() in whole]
    assert [one["rule"] for one in lines(tmp_path / "out", "withheld")] == [
        "confidentiality: not for this audience"
    ]
