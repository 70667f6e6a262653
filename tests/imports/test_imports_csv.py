"""A table by a mapping: what it says, what is refused, and that each word can be pointed at."""

from __future__ import annotations

import contextlib
import hashlib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_files import MAPPING, PUBLISHER, TABLE, export, mapping, records, words

from onrecord.errors import SourceError, UnreadableSource
from onrecord.imports.dates import DateStyle, NotADateError, read_date
from onrecord.imports.item import Imported, read
from onrecord.imports.tables import MAX_CELL
from onrecord.imports.tabular import prepare
from onrecord.imports.terms import act_of_code, term


def test_a_row_becomes_a_record_whose_fields_cite_its_cells() -> None:
    first, _ = records(prepare(export("t.csv", TABLE), mapping()))
    (act,) = first.acts
    people = {each.id: each for each in first.entities}
    assert (act.type, act.date) == ("enforced_disappearance", "2021-04-03")
    assert words(first, act.span, act.cites["date"][0]) == ["Desaparición forzada", "03/04/2021"]
    (victim,) = act.victims
    assert people[victim.entity].name == "Tamsin Orlebar"
    assert (people[victim.entity].sex, people[victim.entity].age_group) == ("female", "adult")
    (accused,) = act.perpetrators
    assert (people[accused.entity].name, accused.involvement) == ("4th Rifles", "carried_out")
    assert people[accused.entity].actor_type == "state_security_force"
    assert act.place
    assert (people[act.place].name, people[act.place].country) == ("Selm", "NO")
    (event,) = first.events
    assert event.where
    assert (event.where.country, event.where.region, event.where.city) == (
        "NO",
        "North Reach",
        "Selm",
    )


def test_what_a_database_says_is_a_claim_of_who_publishes_it() -> None:
    first, second = records(prepare(export("t.csv", TABLE), mapping()))
    for record in (first, second):
        for act in record.acts:
            assert act.claims
        for claim in record.claims:
            assert claim.attribution[-1].level == "publisher"
            span = claim.attribution[-1].span
            assert span
            assert words(record, span) == [PUBLISHER]
    kinds = {claim.kind: claim for claim in first.claims}
    assert set(kinds) == {"statement", "allegation"}
    speaker = kinds["statement"].attribution[0]
    assert speaker.level == "speaker"
    assert speaker.span
    assert words(first, speaker.span) == ["a neighbour"]


def test_counts_have_bounds_and_stretches_two_ends() -> None:
    _, second = records(prepare(export("t.csv", TABLE), mapping()))
    (act,) = second.acts
    assert (act.type, act.date) == ("killing", "2021-05-05/2021-05-07")
    (victim,) = act.victims
    assert victim.count
    assert (victim.count.min, victim.count.max) == (12, 15)
    assert victim.count.text == "12\nMost: 15"
    assert {each.name for each in second.entities} >= {"4th Rifles", "Orevac"}
    assert "n/a" not in {each.name for each in second.entities}


def test_a_victim_who_bears_the_name_of_the_accused_is_not_made_one_with_him() -> None:
    table = "Victim,Accused,Act\nIvo Kestrel,Ivo Kestrel,Killing\n"
    rules = (
        "people: [{name: Victim, as: victim}, {name: Accused, as: perpetrator}]\nacts: {type: Act}"
    )
    (record,) = records(prepare(export("t.csv", table), mapping(rules)))
    (act,) = record.acts
    assert act.victims[0].entity != act.perpetrators[0].entity


def test_the_text_holds_every_cell_once_in_the_order_of_the_file() -> None:
    first, second = records(prepare(export("t.csv", TABLE), mapping()))
    lines = first.text.splitlines()
    assert lines[:2] == [f"Publisher: {PUBLISHER}", "Stood in: t.csv, row=2"]
    assert [line.partition(":")[0] for line in lines[3:8]] == [
        "Case",
        "Victim",
        "Sex",
        "Age",
        "Violation",
    ]
    assert "Account: Dead were found\nby the river." in second.text


def test_the_same_bytes_give_the_same_document_and_others_another() -> None:
    one, again = (prepare(export("t.csv", TABLE), mapping()).items for _ in range(2))
    assert [item.data for item in one] == [item.data for item in again]
    assert len({item.data for item in one}) == 2
    assert Imported.of(one[0].data) == one[0]
    assert one[0].path == "t.csv#row=2"
    other = one[0].data.replace(b"Tamsin", b"Tomsin")
    assert read(other).record.document.id != read(one[0].data).record.document.id


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"nothing", b'{"schema":"onrecord/import/1"}'])
def test_bytes_that_are_no_item_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="cannot be read as an imported item"):
        read(data)


def test_an_item_in_another_form_of_json_is_refused() -> None:
    (item, _) = prepare(export("t.csv", TABLE), mapping()).items
    with pytest.raises(UnreadableSource, match="not as an import wrote it"):
        read(item.data.replace(b'","', b'", "', 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(encoding: str, delimiter: str) -> None:
    table = (
        f"Case{delimiter}Victim{delimiter}Violation\n"
        f"1{delimiter}Åse Søråsen{delimiter}Desaparición forzada\n"
    )
    rules = """
people: [{name: Victim, as: victim}]
acts: {type: {column: Violation, values: {desaparición forzada: enforced_disappearance}}}
"""
    (record,) = records(prepare(export("t.csv", table.encode(encoding)), mapping(rules)))
    assert "Åse Søråsen" in {each.name for each in record.entities}
    assert record.acts[0].type == "enforced_disappearance"


def refused(table: str, rules: str = MAPPING) -> list[tuple[str, str, str]]:
    batch = prepare(export("t.csv", table), mapping(rules))
    for each in batch.refused:
        assert each.why
        assert each.todo
        assert str(each).startswith(f"t.csv, {each.place}")
    return [(each.place, each.column, each.value) for each in batch.refused]


GOLDEN = ["465cac671e504955", "306d1d4dfa3528f8"]
HEADER = TABLE.splitlines()[0] + "\n"


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"Violation": "Misfortune"}, "Violation", "Misfortune"),
        ({"From": "31/02/2021"}, "From", "31/02/2021"),
        ({"From": "44289"}, "From", "44289"),
        ({"From": "3/4/21"}, "From", "3/4/21"),
        ({"Age": "old"}, "Age", "old"),
        ({"Age": "344"}, "Age", "344"),
        ({"Sex": "Q"}, "Sex", "Q"),
        ({"Country": "Drovany"}, "Country", "Drovany"),
        ({"Least": "some"}, "Least", "some"),
        ({"Least": "20", "Most": "3"}, "Most", "3"),
        ({"Role": "cook"}, "Role", "cook"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named(
    cells: dict[str, str], column: str, value: str
) -> None:
    good = {"Case": "1", "Victim": "Ivo Kestrel", "Violation": "Killing", "Force": "4th Rifles"}
    row = {**good, **cells}
    line = ",".join(row.get(name, "") for name in HEADER.strip().split(","))
    assert refused(HEADER + line + "\n") == [("row=2", column, value)]


def test_only_the_items_with_refused_cells_are_left_out() -> None:
    table = TABLE + "19,Ivo Kestrel,,,Misfortune,,,,,,,,,,,\n"
    batch = prepare(export("t.csv", table), mapping())
    assert [item.place for item in batch.items] == ["row=2", "row=3"]
    with pytest.raises(SourceError, match="nothing was imported: 1 cell"):
        batch.require("t.csv")


def test_rows_that_are_too_wide_or_too_short_are_refused() -> None:
    table = "Case,Victim\n1,Ivo Kestrel,Killing\n2\n3,Ada Nemes\n"
    batch = prepare(export("t.csv", table), mapping("people: [{name: Victim}]"))
    assert [(each.place, each.value) for each in batch.refused] == [
        ("row=2", "Killing"),
        ("row=3", ""),
    ]
    assert [item.place for item in batch.items] == ["row=4"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no table"),
        (b"  \n\n", "no table"),
        (b"Case,Victim,Violation\n", "no rows"),
        (b"Case,Name\n1,x\n", "no column 'Victim'"),
        (b"Case,Victim,Victim,Violation\n1,x,y,z\n", "two columns"),
        (b'Case,Victim,Violation\n1,"x,y\n', "breaks off"),
        (b"Case,Victim,Violation\n1,\x00x,y\n", "NUL"),
        (b"Case,Victim,Violation\n1,\xc3\xa9t\xe9,y\n", "byte"),
        (b"Case,Victim,Violation\n1," + b"x" * (MAX_CELL + 1) + b",y\n", "breaks off"),
        (b"Case,Victim,Violation\n" + b"," * 5000 + b"\n", "too large"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, ""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(data: bytes, what: str) -> None:
    rules = mapping("people: [{name: Victim}]\nacts: {type: Violation}")
    with pytest.raises(SourceError) as error:
        prepare(export("t.csv", data), rules)
    assert what in str(error.value)
    assert error.value.why
    assert error.value.todo


def test_a_stated_encoding_that_does_not_fit_is_refused() -> None:
    rules = mapping("encoding: utf-8\npeople: [{name: Victim}]")
    with pytest.raises(SourceError, match="not in utf-8") as error:
        prepare(export("t.csv", "Victim\nÅse\n".encode("cp1252")), rules)
    assert "byte 7" in error.value.why


@pytest.mark.parametrize(
    ("words_", "order", "edtf"),
    [
        ("2021-04-03", None, "2021-04-03"), ("2021-04", None, "2021-04"), ("2021", None, "2021"),
        ("XXXX-02-08", None, "XXXX-02-08"), ("2021-04-03T10:00:00Z", None, "2021-04-03"),
        ("03/04/2021", "day_first", "2021-04-03"), ("03/04/2021", "month_first", "2021-03-04"),
        ("13/04/2021", None, "2021-04-13"), ("04/13/2021", None, "2021-04-13"),
        ("4.4.2021", None, "2021-04-04"), ("2021/4/3", None, "2021-04-03"),
        ("04/2021", None, "2021-04"),
        ("3 April 2021", None, "2021-04-03"), ("early 2015", None, "2015"),
        ("2021-04-03~2021-05-01", None, "2021-04-03/2021-05-01"),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written(words_: str, order: str | None, edtf: str) -> None:
    assert read_date(words_, DateStyle(order)) == edtf


@pytest.mark.parametrize(
    "text", ["03/04/2021", "3-4-2021", "31/02/2021", "03/04/21", "soon", "44289", ""]
)
def test_dates_that_leave_something_open_are_refused(text: str) -> None:
    with pytest.raises(NotADateError) as error:
        read_date(text, DateStyle())
    assert error.value.why
    assert error.value.todo


def test_forms_of_dates_that_a_mapping_states() -> None:
    assert read_date("03.04.21", DateStyle(formats=("%d.%m.%y",))) == "2021-04-03"
    assert read_date("Apr 21", DateStyle(formats=("%b %y",))) == "2021-04"
    assert read_date("1617408000", DateStyle(formats=("unix",))) == "2021-04-03"


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_makes_the_reading_of_dates_fail_otherwise(text: str) -> None:
    with contextlib.suppress(NotADateError):
        assert read_date(text, DateStyle())


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["Case", "Victim", "Account", "Witness"]), st.text(max_size=60))
)
def test_any_cells_give_a_record_or_a_refusal(cells: dict[str, str]) -> None:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Case", "Victim", "Account", "Witness"])
    writer.writerow([cells.get(name, "") for name in ("Case", "Victim", "Account", "Witness")])
    data = out.getvalue().encode("utf-8", "surrogatepass")
    rules = mapping(
        "title: Case\nsource: Witness\ntext: Account\npeople: [{name: Victim, as: victim}]"
    )
    try:
        batch = prepare(export("t.csv", data), rules)
    except SourceError:
        return
    if not batch.refused:
        records(batch)


def test_huridocs_codes_stand_for_our_terms_where_only_one_can_be_meant() -> None:
    assert act_of_code("010100000000") == "killing"
    assert act_of_code("01 01") == "killing"
    assert act_of_code("MT4:030103000000") == "enforced_disappearance"
    assert act_of_code("030104000000") is None  # an abduction, or a taking of hostages
    assert term("type", "Enforced disappearance") == "enforced_disappearance"
    assert term("type", "enforced_disappearance") == "enforced_disappearance"
    assert term("type", "Misfortune") is None


@pytest.mark.parametrize(
    ("rules", "where"),
    [
        ("persons: [{name: Victim}]", "'persons' is no part"),
        ("people: [{name: Victim, as: culprit}]", "people[1]: as 'culprit'"),
        ("people: [{nom: Victim}]", "people[1]: 'nom'"),
        ("people: [{as: victim}]", "a `name` is due"),
        ("acts: [{type: {column: V, values: {x: murderish}}}]", "acts[1].type: 'murderish'"),
        ("acts: [{date: From}]", "a `type` is due"),
        ("dates: {order: backwards}", "'backwards'"),
        ("dates: {formats: ['%d.%m']}", "'%d.%m'"),
        ("relations: [{type: {constant: enemy}, subject: A, object: B}]", "'enemy'"),
        ("encoding: utf-99", "encoding"),
        ("delimiter: ';;'", "delimiter"),
        ("claim: truth", "'truth'"),
        ("- a\n- b", "no table"),
        ("title: [", "while parsing a flow node"),
        ("a: &x [1]\nb: *x", "aliases"),
    ],
)
def test_a_mapping_that_errs_is_told_where(rules: str, where: str) -> None:
    with pytest.raises(UnreadableSource) as error:
        mapping(rules)
    assert where in error.value.why
    assert "--example" in error.value.todo


def test_norway_is_a_country_and_yes_a_word() -> None:
    told = mapping(
        "places: [{name: P, country: {constant: NO}}]\nacts: {type: T, negated: {column: N}}"
    )
    table = "P,T,N\nOrevac,Killing,yes\n"
    (record,) = records(prepare(export("t.csv", table), told))
    assert {each.country for each in record.entities if each.type == "Place"} == {"NO"}
    assert record.acts[0].polarity == "negated"


def test_relations_name_whom_two_columns_name() -> None:
    rules = """
people: [{name: {column: Officers, separator: ";"}}]
organizations: [{name: Unit}]
relations:
  - {type: {constant: post}, subject: Officers, object: Unit, role: Role, rank: Rank, ended: Over}
"""
    table = "Officers,Unit,Role,Rank,Over\nBram Holt; Ada Nemes,4th Rifles,Commander,Colonel,no\n"
    (record,) = records(prepare(export("t.csv", table), mapping(rules)))
    names = {each.id: each.name for each in record.entities}
    found = {(names[r.subject], names[r.object or ""], r.label, r.ended) for r in record.relations}
    assert found == {
        ("Bram Holt", "4th Rifles", "Commander", False),
        ("Ada Nemes", "4th Rifles", "Commander", False),
    }
    assert record.relations[0].rank
    assert words(record, record.relations[0].rank) == ["Colonel"]
    assert record.claims[0].kind == "statement"


def test_the_example_mapping_reads_the_table_that_it_shows() -> None:
    text = (files("onrecord.imports") / "example_mapping.yaml").read_text(encoding="utf-8")
    lines = [line.removeprefix("#   ") for line in text.splitlines() if line.startswith("#   ")]
    (record,) = records(prepare(export("t.csv", "\n".join(lines[:2]) + "\n"), mapping(text)))
    assert [act.type for act in record.acts] == ["enforced_disappearance"]
    assert [act.date for act in record.acts] == ["2021-04-03"]


def test_the_bytes_and_the_text_of_an_item_are_those_that_cases_hold_already() -> None:
    """They are sealed in logs: where they must change, it is another format, beside this one."""
    item = prepare(export("t.csv", TABLE), mapping()).items[0]
    made = read(item.data)
    digests = [
        hashlib.sha256(each).hexdigest()[:16] for each in (item.data, made.record.text.encode())
    ]
    assert digests == GOLDEN
