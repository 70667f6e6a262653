"""Migrations make the tables that the code speaks to, once, in order, whole or not at all."""

import pytest
from sqlalchemy import inspect

from onrecord.case import Case
from onrecord.errors import CaseError, CaseExists
from onrecord.store import database as module
from onrecord.store import session as session_module
from onrecord.store import writer as writer_module
from onrecord.store.migrations import MIGRATIONS, Migration
from onrecord.store.tables import METADATA


def test_the_tables_are_those_the_code_speaks_to(tmp_path, database):
    with Case.create(tmp_path / "case", database=database) as case:
        found = inspect(case._session._engine)
        for table in METADATA.sorted_tables:
            columns = {column["name"]: column for column in found.get_columns(table.name)}
            assert set(columns) == {column.name for column in table.columns}
            keys = found.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key]


def test_names_are_ordered_and_logged(tmp_path):
    assert [m.name[:4] for m in MIGRATIONS] == [f"{n:04}" for n in range(1, len(MIGRATIONS) + 1)]
    with Case.create(tmp_path / "case") as case:
        assert [e.payload["migration"] for e in case.log()] == [m.name for m in MIGRATIONS]


def test_a_case_of_an_earlier_version_is_brought_up_to_date(tmp_path, database, monkeypatch):
    (tmp_path / "a.txt").write_text("Soldiers burned a mill in Selmouth, Ilka Varn said.\n")
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([tmp_path / "a.txt"])
    later = (*MIGRATIONS, Migration("9999_more", lambda _: ("CREATE TABLE more (id INTEGER)",)))
    for part in (module, session_module, writer_module):
        monkeypatch.setattr(part, "MIGRATIONS", later)
    with Case.open(tmp_path / "case") as case:
        assert case.log()[-1].payload["migration"] == "9999_more"
        assert case.verify().problems == ()
        assert len(case.documents()) == 1


def test_a_migration_that_fails_changes_nothing(tmp_path, database, monkeypatch):
    with Case.create(tmp_path / "case", database=database) as case:
        before = case.log()
    broken = Migration("9999_broken", lambda _: ("CREATE TABLE more (id INTEGER)", "CREATE WRONG"))
    with monkeypatch.context() as patch:
        for part in (module, session_module, writer_module):
            patch.setattr(part, "MIGRATIONS", (*MIGRATIONS, broken))
        with pytest.raises(CaseError, match="refused"):
            Case.open(tmp_path / "case")
    with Case.open(tmp_path / "case") as case:
        assert case.log() == before
        assert not inspect(case._session._engine).has_table("more")


def test_a_creation_cut_short_is_completed_by_opening(tmp_path):
    with Case.create(tmp_path / "case") as case:
        identity = case._session.facts.id
    (tmp_path / "case" / "case.sqlite").unlink()
    with Case.open(tmp_path / "case") as case:
        assert [entry.payload["case"] for entry in case.log()] == [identity] * len(MIGRATIONS)


def test_a_database_of_another_case_is_refused(tmp_path):
    for name in ("one", "other"):
        Case.create(tmp_path / name).close()
    (tmp_path / "one" / "case.sqlite").replace(tmp_path / "other" / "case.sqlite")
    with pytest.raises(CaseError, match="another case"):
        Case.open(tmp_path / "other")


def test_a_stray_database_is_not_taken_over(tmp_path):
    (tmp_path / "case.sqlite").write_bytes(b"")
    with pytest.raises(CaseExists):
        Case.create(tmp_path)
