"""What was worked out anew is put in place: only what differs, whatever was there before."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from onrecord.case import Case
from onrecord.store import found
from onrecord.store.found import Made, rank
from onrecord.store.tables import GROUP_DOCUMENTS, WORTH

KEYS = st.text("aAé~|Ω\U0001f30a", min_size=1, max_size=3)
ROWS = st.dictionaries(st.tuples(KEYS, KEYS), st.integers(0, 3), max_size=12)


@pytest.fixture
def case(tmp_path, database):
    with Case.create(tmp_path / "case", database=database) as case:
        yield case


def documents(rows):
    return [
        {"canonical": canonical, "document_id": document, "seq": seq}
        for (canonical, document), seq in rows.items()
    ]


def put(case, rows, most_dropped):
    found._MOST_DROPPED, kept = most_dropped, found._MOST_DROPPED
    try:
        with case._session.writing() as writer, writer.connection.begin(), Made() as made:
            made.put(GROUP_DOCUMENTS, documents(rows))
            change = found.changes(writer.connection, made, (GROUP_DOCUMENTS,))
            found.put_in_place(writer.connection, made, change)
            return change[GROUP_DOCUMENTS]
    finally:
        found._MOST_DROPPED = kept


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=ROWS, after=ROWS, most_dropped=st.sampled_from([1, 200_000]))
def test_what_was_made_takes_the_place_of_what_was_there(case, before, after, most_dropped):
    put(case, before, 200_000)
    change = put(case, after, most_dropped)
    with case._session.reading() as connection:
        held = {(r[0], r[1]): r[2] for r in connection.execute(select(GROUP_DOCUMENTS))}
        assert held == after
        assert found.hash_of(connection, GROUP_DOCUMENTS) == change.sha256
        order = [row[:2] for row in found.stored(connection, GROUP_DOCUMENTS)]
        assert order == sorted(after)
    if not change.anew:
        assert len(change.put) == sum(before.get(key) != value for key, value in after.items())
        assert set(change.drop) == {key for key, value in before.items() if after.get(key) != value}


def test_numbers_come_back_as_they_were(case):
    row = {"left_key": "a", "right_key": "b", "score": -0.000001, "affected": 2**30, "joined": 0}
    with case._session.writing() as writer, writer.connection.begin(), Made() as made:
        made.put(WORTH, [row | {"value": 1e-7}])
        change = found.changes(writer.connection, made, (WORTH,))
        found.put_in_place(writer.connection, made, change)
        assert found.hash_of(writer.connection, WORTH) == change[WORTH].sha256
        assert found._change(writer.connection, made, WORTH).put.tolist() == []
        writer.connection.execute(insert(WORTH), [row | {"left_key": "c", "value": 5.0}])
        assert found._change(writer.connection, made, WORTH).drop == [("c", "b")]


@given(
    st.lists(
        st.tuples(st.integers(1, 2**29), st.text("0123456789abcdef", min_size=16, max_size=16))
    )
)
def test_lists_are_sorted_by_number_then_id(groups):
    pairs = [(number, f"cluster:{digits}") for number, digits in groups]
    assert sorted(pairs, key=lambda p: (rank(*p), p[1])) == sorted(
        pairs, key=lambda p: (-p[0], p[1])
    )
    assert all(0 <= rank(*pair) < 2**63 for pair in pairs)


def test_what_the_planner_of_queries_knows_is_kept(tmp_path):
    with Case.create(tmp_path / "case") as case:
        put(case, {("a", "b"): 1}, 200_000)
        with case._session.writing() as writer, writer.connection.begin():
            writer.connection.exec_driver_sql("ANALYZE")
        put(case, {("c", "d"): 1, ("c", "e"): 2}, 0)
        with case._session.reading() as connection:
            query = "SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'group_documents'"
            known = dict(tuple(row) for row in connection.exec_driver_sql(query))
    assert known["group_documents_seq"] == "2 2 1"
