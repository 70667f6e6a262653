"""The one door out: whole, searched and logged, or nothing; and the decisions it goes by."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.case import Case, Recipient, releasing
from onrecord.cli import main, shared_release
from onrecord.errors import CaseError, CaseLocked, NotFound, NotReleased, OnrecordError
from onrecord.model import Record
from onrecord.products.door import policy
from onrecord.products.door.policy import Consent, consents

WITNESS = """Sarela Vostrane of the Lower Gate Union said that soldiers killed four farmers in Orla.

"They came at night," she told the Orla Herald. Goran Besk denied it.
"""
OTHER = "Goran Besk said on Monday that the road to Larkin was open. Nobody was hurt, he said.\n"
LATER = "The union's lawyer met SARELA VOSTRANE in Port Hest, said Goran Besk.\n"
NAME = "Sarela Vostrane"


def build(folder: Path, database: str | None) -> Path:
    for name, text in (("witness.txt", WITNESS), ("other.txt", OTHER)):
        Path(name).write_text(text, encoding="utf-8")
    Case.create(folder, database=database).close()
    with Case.open(folder, write=True) as opened:
        opened.add(["witness.txt", "other.txt"])
        opened.resolve()
    return folder


@pytest.fixture
def either(tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case on either engine."""
    monkeypatch.chdir(tmp_path)
    return build(tmp_path / "case", database)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    with contextlib.chdir(folder):
        return build(folder / "case", None)


@pytest.fixture
def case(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same on SQLite, where the engine makes no difference: a copy of one that was built."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(built, tmp_path / "case"))


def given(case: Path, audience: Any = "public", purpose: str = "") -> dict[str, Record]:
    """The records that leave, by the names of their files."""
    with (
        Case.open(case) as opened,
        opened.release(
            "test", form="test", out=None, recipient=Recipient(audience, "", purpose)
        ) as release,
    ):
        found = {r.document.path.rpartition("/")[2]: r for r in release.records()}
        release.path("nothing").write_bytes(b"")
    return found


def leave(case: Case, out: Path, text: str, meanwhile: Any = None, **more: Any) -> None:
    """Let a text leave to a file; `meanwhile` is done when it is written."""
    with case.release("test", form="test", out=out, **more) as release:
        release.path(out.name).write_text(text, encoding="utf-8")
        if meanwhile:
            meanwhile()


def decide(case: Path, what: str, *arguments: Any, **more: Any) -> int:
    with Case.open(case, write=True) as opened:
        return int(getattr(opened, what)(*arguments, **more).seq)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_protected_name_leaves_as_a_code_until_that_is_undone(
    either: Path, tmp_path: Path
) -> None:
    entry = decide(either, "protect", NAME, why="asked for it")
    with Case.open(either) as opened:
        (held,) = opened.protections()
        assert (held.seq, held.why, held.spellings) == (entry, "asked for it", (NAME,))
        assert opened.verify().problems == ()
    for audience in ("public", "partner", "court"):
        text = given(either, audience)["witness.txt"].text
        assert held.code in text
        assert "vostrane" not in text.lower()
    assert given(either, "internal")["witness.txt"].text == WITNESS
    Path("later.txt").write_text(LATER, encoding="utf-8")
    with Case.open(either, write=True) as opened:
        opened.add(["later.txt"])
        assert opened.rebuild() == 3
        assert opened.protections() == [held]
    assert held.code in given(either)["later.txt"].text
    with Case.open(either, write=True) as opened:
        undone = opened.undo(entry)
        assert opened.protections() == []
        opened.undo(undone.seq)
        assert opened.protections() == [held]
        assert opened.verify().problems == ()


def test_the_code_stays_with_the_group_and_is_nobody_elses(case: Path) -> None:
    decide(case, "protect", NAME)
    decide(case, "protect", NAME, spellings=["Sari"])
    decide(case, "protect", "Goran Besk")
    decide(case, "protect", "Mila Orvane", kind="Person", spellings=["Milka"])
    with Case.open(case) as opened:
        codes = {one.spellings: one.code for one in opened.protections()}
    assert set(codes) == {("Sari", NAME), ("Goran Besk",), ("Mila Orvane", "Milka")}
    assert len(set(codes.values())) == 3
    with pytest.raises(NotFound):
        decide(case, "protect", "Nobody Here")


def test_confidentiality_decides_for_whom(case: Path) -> None:
    decide(case, "confide", "witness.txt", "restricted")
    assert set(given(case)) == {"other.txt"}
    assert set(given(case, "partner")) == {"witness.txt", "other.txt"}
    decide(case, "confide", "witness.txt", "confidential")
    assert set(given(case, "partner")) == {"other.txt"}
    assert set(given(case, "court")) == {"witness.txt", "other.txt"}
    decide(case, "confide", "witness.txt", "public")
    assert set(given(case)) == {"witness.txt", "other.txt"}


def test_a_confidential_person_is_coded(case: Path) -> None:
    decide(case, "confide", NAME, "restricted")
    assert NAME not in given(case)["witness.txt"].text
    assert NAME in given(case, "partner")["witness.txt"].text


def test_without_consent_what_a_person_said_stays(either: Path) -> None:
    decide(either, "consent", NAME, "refused", given_by="herself")
    record = given(either, "court")["witness.txt"]
    assert "four farmers" not in record.text
    assert "They came at night" not in record.text
    assert "[withheld]" in record.text
    assert NAME not in record.text
    assert record.acts == ()
    assert given(either, "internal")["witness.txt"].text == WITNESS


def test_consent_is_for_an_audience_and_a_purpose(either: Path) -> None:
    decide(either, "consent", "witness.txt", "given", audiences=["court"], purposes=["Trial 7"])
    assert "witness.txt" not in given(either)
    assert "witness.txt" not in given(either, "court")
    assert "witness.txt" in given(either, "court", "trial 7 ")
    decide(either, "consent", "witness.txt", "withdrawn")
    assert "witness.txt" not in given(either, "court", "Trial 7")


def test_a_withheld_claim_is_blacked_out(case: Path) -> None:
    record = given(case)["witness.txt"]
    claim = next(c for c in record.claims if "night" in record.text[slice(*c.content[0])])
    decide(case, "confide", f"witness.txt|{claim.id}", "restricted")
    with Case.open(case) as opened:
        with opened.release("test", form="test", out=None) as release:
            records = list(release.records())
            release.path("x").write_bytes(b"")
        assert [one.rule for one in release.withheld] == ["confidentiality: not for this audience"]
    assert "at night" not in records[0].text
    assert "four farmers" in records[0].text


@pytest.mark.parametrize(
    ("told", "recipient", "leaves"),
    [
        ([], Recipient(), True),
        ([Consent("*", "given", (), 1)], Recipient(), True),
        ([Consent("*", "unknown", (), 1)], Recipient("court"), False),
        ([Consent("court", "given", (), 1)], Recipient("court"), True),
        ([Consent("court", "given", (), 1)], Recipient("partner"), False),
        (
            [Consent("court", "given", (), 1), Consent("*", "refused", (), 2)],
            Recipient("court"),
            False,
        ),
        (
            [Consent("*", "refused", (), 1), Consent("court", "given", (), 2)],
            Recipient("court"),
            True,
        ),
        ([Consent("*", "given", ("a",), 1)], Recipient("public", purpose="A"), True),
        ([Consent("*", "given", ("a",), 1)], Recipient("public", purpose="b"), False),
        ([Consent("*", "withdrawn", (), 1)], Recipient("internal"), True),
    ],
)
def test_of_several_answers_the_latest_counts(
    told: list[Consent], recipient: Recipient, leaves: bool
) -> None:
    assert consents(recipient, told) is leaves


def test_what_left_stands_in_the_log(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.md"
    asked = ["--to", "M. Ostrel", "--purpose", "fact checking"]
    assert run("chronology", "--case", case, "-o", out, *asked).exit_code == 0
    with Case.open(case) as opened:
        entry = opened.log()[-1]
    assert entry.kind == "released"
    told = {name: entry.payload[name] for name in ("what", "form", "to", "purpose", "audience")}
    assert told == {
        "what": "chronology", "form": "markdown", "to": "M. Ostrel", "purpose": "fact checking",
        "audience": "public",
    }  # fmt: skip
    (file,) = entry.payload["files"]
    assert file["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert "M. Ostrel" in run("log", "--case", case).stdout
    shown = run("chronology", "--case", case)
    assert shown.stdout.startswith("CHRONOLOGY")
    with Case.open(case) as opened:
        assert opened.log()[-1].payload["out"] == "standard output"


class Stopped(KeyboardInterrupt):
    """Ctrl-C, in a test."""


@pytest.mark.parametrize("error", [Stopped, ValueError])
def test_an_error_or_a_stop_leaves_nothing(
    case: Path, tmp_path: Path, error: type[BaseException]
) -> None:
    def stop() -> None:
        raise error

    before = sorted(tmp_path.iterdir())
    with Case.open(case) as opened:
        entries = len(opened.log())
        with pytest.raises(error):
            leave(opened, tmp_path / "out.txt", "half of", stop)
        assert len(opened.log()) == entries
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_leaves_as_a_folder_and_never_into_another(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    with Case.open(case) as opened:
        with opened.release("site", form="site", out=out) as release:
            release.path("site").mkdir()
            (release.path("site") / "index.html").write_text("x")
        assert (out / "index.html").read_text() == "x"
        with pytest.raises(OnrecordError, match="cannot be written"):
            leave(opened, out, "x")
        with opened.release("two", form="two", out=tmp_path / "two") as release:
            release.path("a").write_text("a")
            release.path("b").write_text("b")
    assert {p.name for p in (tmp_path / "two").iterdir()} == {"a", "b"}


def test_a_leak_is_refused_by_rule_without_the_name(case: Path, tmp_path: Path) -> None:
    decide(case, "protect", NAME)
    out = tmp_path / "out.txt"
    with Case.open(case) as opened:
        with pytest.raises(NotReleased) as refused:
            leave(opened, out, f"heard from {NAME.upper()}")
        entry = opened.log()[-1]
    assert "the name of a protected person" in str(refused.value)
    assert "out.txt" in str(refused.value)
    assert "vostrane" not in str(refused.value).lower()
    assert entry.kind == "release_refused"
    assert not out.exists()


def test_a_decision_made_meanwhile_stops_what_was_made_before_it(
    case: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.txt"
    with Case.open(case) as opened, pytest.raises(CaseError, match="decided"):
        leave(opened, out, "made before", lambda: decide(case, "protect", NAME))
    assert not out.exists()


def test_nothing_leaves_that_the_log_cannot_tell_of(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releasing, "PATIENCE", 0.5)
    said: list[str] = []
    refused = pytest.raises(CaseLocked, match="nothing was given out")
    with Case.open(case, write=True), Case.open(case) as opened, refused:
        leave(opened, tmp_path / "out", "x", tell=said.append)
    assert said == ["waiting for the process that is writing the case ..."]
    assert not (tmp_path / "out").exists()


def test_a_writer_that_ends_is_waited_for(case: Path, tmp_path: Path) -> None:
    writer = Case.open(case, write=True)
    ends = threading.Event()

    def wait_and_close() -> None:
        ends.wait()
        writer.close()

    other = threading.Thread(target=wait_and_close)
    other.start()
    with Case.open(case) as opened:
        leave(opened, tmp_path / "out", "x", tell=lambda _: ends.set())
    other.join()
    assert (tmp_path / "out").read_text() == "x"


def test_our_own_people_are_for_those_who_may_know_them(case: Path) -> None:
    for audience, known in (("public", False), ("partner", False), ("court", True)):
        with (
            Case.open(case) as opened,
            opened.release(
                "t",
                form="t",
                out=None,
                recipient=Recipient(audience),  # type: ignore[arg-type]
            ) as release,
        ):
            document = next(release.documents())
            (custody,) = release.custody(document.id)
            assert bool(custody.actor and custody.origin and custody.command) is known
            release.path("x").write_bytes(b"")


def test_decisions_on_who_is_protected_never_leave(case: Path) -> None:
    decide(case, "protect", NAME)
    decide(case, "consent", "other.txt", "given")
    with Case.open(case) as opened, pytest.raises(NotReleased):
        leave(opened, Path("sarela-vostrane.txt"), "nothing")
    decide(case, "grade", "witness.txt", source_reliability="B", why=f"{NAME} is known to us")
    with Case.open(case) as opened:
        with opened.release("t", form="t", out=None) as release:
            told = list(release.decisions())
            release.path("x").write_bytes(b"")
        (held,) = opened.protections()
        with opened.release("t", form="t", out=None, recipient=Recipient("internal")) as release:
            ours = [entry.kind for entry in release.decisions()]
            release.path("x").write_bytes(b"")
    assert [entry.kind for entry in told] == ["grade"]
    assert ours == ["protect", "consent", "grade"]
    assert told[0].payload["why"] == f"{held.code} is known to us"
    assert told[0].payload["subject"].startswith("coded:")
    assert told[0].hash == told[0].previous == told[0].actor == ""


def test_the_commands_put_down_and_list(case: Path) -> None:
    at = ("--case", case)
    assert "Person " in run("protect", NAME, "--spelling", "Sari", *at).stdout
    assert "Sari" in run("protect", *at).stdout
    assert (
        "given for court"
        in run(
            "consent", "witness.txt", "given", "--audience", "court", "--by", "herself", *at
        ).stdout
    )
    assert "herself" in run("consent", "--json", *at).stdout
    assert "restricted" in run("confidential", "witness.txt", "restricted", *at).stdout
    assert "restricted" in run("confidential", *at).stdout
    assert run("consent", "witness.txt", *at).exit_code == 2
    assert "protect" in run("log", *at).stdout
    assert run("undo", *at).exit_code == 0
    assert "restricted" not in run("confidential", *at).stdout


def test_the_command_line_knows_the_same_terms() -> None:
    assert shared_release.AUDIENCES == policy.AUDIENCES
    assert shared_release.LEVELS == policy.LEVELS
    assert shared_release.ANSWERS == policy.ANSWERS


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_our_folders_stay_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audience: Any
) -> None:
    ours = tmp_path / "home-of-a-colleague" / "field"
    ours.mkdir(parents=True)
    (ours / "witness.txt").write_text(WITNESS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Case.create(tmp_path / "case") as opened:
        opened.add([ours / "witness.txt"])
        recipient = Recipient(audience)
        with opened.release("test", form="test", out=None, recipient=recipient) as release:
            documents = list(release.documents())
            told = [
                *map(repr, (*release.records(), *documents)),
                *(repr(release.kept(document.id)) for document in documents),
                *(repr(release.custody(document.id)) for document in documents),
            ]
        assert documents[0].path == "witness.txt"
        assert not [words for words in told if "home-of-a-colleague" in words]
