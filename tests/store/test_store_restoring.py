"""What exporting and restoring ask of the tables, however large a case is."""

import pytest
from sqlalchemy import event

from onrecord.case import Case
from onrecord.products.door.policy import Recipient


@pytest.fixture
def plans(tmp_path):
    """How SQLite answers each question that reading a document of a release asks."""
    (tmp_path / "one.txt").write_text("Ilka Varn said that it had rained.\n", encoding="utf-8")
    with Case.create(tmp_path / "case") as case:
        case.add([tmp_path / "one.txt"])
        case.resolve()
        asked = []
        out, recipient = tmp_path / "out", Recipient("internal")
        with case.release("record", form="jsonl", out=out, recipient=recipient) as release:
            engine = release._connection.engine
            document = next(release.documents())
            list(release.records())
            event.listen(
                engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3]))
            )
            release.custody(document.id)
            release.kept(document.id)
            release.who_is(document.id)
            found = [
                (statement, str(row[3]))
                for statement, values in list(asked)
                for row in release._connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", values
                )
            ]
            release.path("out").write_bytes(b"x")
    return found


def test_a_document_is_read_without_walking_a_table(plans):
    assert len(plans) >= 3
    assert [(statement, plan) for statement, plan in plans if plan.startswith("SCAN")] == []
