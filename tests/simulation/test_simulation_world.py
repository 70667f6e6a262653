"""A simulated world: citations are true to the texts, and the truth follows from what is told."""

import itertools
import json
import os
import subprocess
import sys
from collections import defaultdict

import jsonschema
import pytest
from rapidfuzz.distance import DamerauLevenshtein

from onrecord import vocabulary
from onrecord.simulation import mentions, simulate, write_world

EVENTS, SEED = 50, 7
PRONOUNS = {"he", "she", "his", "her"}


@pytest.fixture(scope="module")
def reports():
    return list(simulate(EVENTS, SEED))


def rows(reports, name):
    return [row for report in reports for row in report.truth[name]]


def spans(part):
    """All spans in a part of a record."""
    if isinstance(part, dict):
        for value in part.values():
            yield from spans(value)
    elif isinstance(part, list):
        if len(part) == 2 and all(type(item) is int for item in part):
            yield part
        else:
            for item in part:
                yield from spans(item)


def test_every_record_is_valid_and_every_span_lies_in_its_text(reports):
    validator = jsonschema.Draft202012Validator(vocabulary.load("record-1.schema"))
    for report in reports:
        record = report.record
        validator.validate(record)
        assert record["text"] == report.text
        for start, end in spans({k: v for k, v in record.items() if k != "text"}):
            assert 0 <= start < end <= len(record["text"])


def test_identifiers_are_unique_and_all_references_lead_somewhere(reports):
    documents = [report.record["document"]["id"] for report in reports]
    assert len(set(documents)) == len(documents)
    for report in reports:
        record = report.record
        ids = {}
        for part in ("entities", "claims", "acts", "events", "relations", "demands"):
            found = [item["id"] for item in record[part]]
            assert len(set(found)) == len(found)
            ids[part] = set(found)
        for claim in record["claims"]:
            assert {link["entity"] for link in claim["attribution"]} <= ids["entities"]
        for act in record["acts"]:
            assert set(act["claims"]) <= ids["claims"]
            parties = {p["entity"] for p in act["perpetrators"] + act["victims"]}
            assert parties | {act.get("place")} - {None} <= ids["entities"]
        for relation in record["relations"]:
            assert {relation["subject"], relation["object"]} <= ids["entities"]


def test_words_at_each_mention_are_a_spelling_of_the_name_or_a_pronoun(reports):
    for report in reports:
        for entity in report.record["entities"]:
            words = [report.text[start:end] for start, end in entity["mentions"]]
            assert all(mention == mention.strip() for mention in words)
            if entity["type"] == "Person":
                for mention in words:
                    assert mention.casefold() in PRONOUNS or alike(entity["name"], mention)


def alike(name, mention):
    """Whether a word of the mention is one of the name, but for a slip, or its initial."""
    pairs = itertools.product(*(n.casefold().replace(".", "").split() for n in (name, mention)))
    return any(DamerauLevenshtein.distance(a, b) <= 1 or a[:1] == b for a, b in pairs)


def test_counts_say_what_their_words_say(reports):
    numbers = {str(n): n for n in range(1000)} | {"one": 1, "two": 2, "three": 3, "twelve": 12}
    for report in reports:
        for act in report.record["acts"]:
            for victim in act["victims"]:
                count = victim.get("count")
                if not count:
                    continue
                start, end = count["span"]
                assert report.text[start:end] == count["text"]
                number = numbers.get(count["text"].split()[-1].casefold())
                if number is None:
                    continue
                open_ended = count["text"].casefold().startswith(("at least", "no fewer"))
                more = count["text"].casefold().startswith("more than")
                assert count["min"] == number + more
                assert count["max"] == (None if open_ended or more else number)


def test_truth_covers_every_named_entity_act_and_claim(reports):
    for report in reports:
        record, document = report.record, report.record["document"]["id"]
        named = {
            f"{document}|{e['id']}"
            for e in record["entities"]
            if e["type"] in ("Person", "Organization", "Place")
        }
        assert {row["entity"] for row in report.truth["people"]} == named
        acts = {f"{document}|{act['id']}" for act in record["acts"]}
        assert {row["act"] for row in report.truth["events"]} == acts
        claims = {f"{document}|{claim['id']}" for claim in record["claims"]}
        assert {row["claim"] for row in report.truth["claims"]} == claims


def speakers(reports):
    """For each account: who is named as its source, by true identity, and who is not named."""
    person = {row["entity"]: row["person"] for row in rows(reports, "people")}
    account = {row["claim"]: row["account"] for row in rows(reports, "claims")}
    told = defaultdict(set)
    for report in reports:
        record, document = report.record, report.record["document"]["id"]
        entities = {e["id"]: e for e in record["entities"]}
        body = {r["subject"]: r["object"] for r in record["relations"] if r["type"] == "post"}
        for claim in record["claims"]:
            source = next(link for link in claim["attribution"] if link["level"] != "publisher")
            entity = body.get(source["entity"], source["entity"])
            named = person.get(f"{document}|{entity}")
            key = account[f"{document}|{claim['id']}"]
            told[key].add((named or "nobody named", entities[entity]["type"]))
    return told


def test_origins_are_counted_right_by_brute_force_from_who_is_cited(reports):
    """The rule again, from the records alone: posts stand for bodies, the unnamed for one."""
    told = speakers(reports)
    kinds = defaultdict(set)
    for report in reports:
        document = report.record["document"]["id"]
        claims = {f"{document}|{c['id']}": c for c in report.record["claims"]}
        for row in report.truth["claims"]:
            kinds[row["account"]].add(claims[row["claim"]]["kind"])
    for row in rows(reports, "origins"):
        origins = set()
        for account in row["accounts"]:
            if "denial" not in kinds[account]:
                # A body where any report says for whom the source speaks, else the person.
                origins.add(max(told[account], key=lambda source: source[1] == "Organization"))
        private = any(kind == "Person" for _, kind in origins)
        count = len(origins) - (private and ("nobody named", "Group") in origins)
        assert row["independent_origins"] == count, row


def test_a_copy_keeps_the_accounts_of_its_original_and_at_least_40_percent_of_its_words(reports):
    documents = {row["document"]: row for row in rows(reports, "documents")}
    copies = [row for row in documents.values() if row["copy_of"]]
    assert len(copies) > 50
    for row in copies:
        assert row["copy_of"] in documents
        assert 0 <= row["changed"] <= 0.75
    pairs = [(r, documents[r["copy_of"]]) for r in copies if r["changed"] == 0]
    assert pairs
    assert all(set(copy["accounts"]) <= set(original["accounts"]) for copy, original in pairs)


def test_contradictions_are_between_accounts_of_one_event(reports):
    account = {row["claim"]: row["account"] for row in rows(reports, "claims")}
    event = {row["act"]: row["event"] for row in rows(reports, "events")}
    of = dict(account)
    for report in reports:
        document = report.record["document"]["id"]
        for act in report.record["acts"]:
            for claim in act["claims"]:
                of[f"{document}|{act['id']}"] = account[f"{document}|{claim}"]
    found = rows(reports, "contradictions")
    assert {row["field"] for row in found} >= {"count", "denial"}
    for row in found:
        assert of[row["left"]] != of[row["right"]]
        for side in ("left", "right"):
            assert event.get(row[side], row["event"]) == row["event"]


def test_counts_that_contradict_are_disjoint(reports):
    acts = {}
    for report in reports:
        document = report.record["document"]["id"]
        for act in report.record["acts"]:
            acts[f"{document}|{act['id']}"] = [v["count"] for v in act["victims"] if "count" in v]
    for row in rows(reports, "contradictions"):
        if row["field"] == "count":
            pairs = itertools.product(acts[row["left"]], acts[row["right"]])
            ends = [(a["max"], b["max"], a["min"], b["min"]) for a, b in pairs]
            assert any(
                (a is not None and a < least) or (b is not None and b < other)
                for a, b, other, least in ends
            )


def test_reports_come_in_the_order_of_publication(reports):
    dates = [report.record["document"].get("published") for report in reports]
    full = [date for date in dates if date and not date.startswith("X")]
    assert full == sorted(full)
    assert len(full) > 0.9 * len(dates)


def test_the_same_seed_gives_the_same_bytes_whatever_the_order_of_sets(tmp_path):
    script = "import sys; from onrecord.cli import main; main()"
    for name, hashes in (("one", "1"), ("two", "2")):
        command = ["simulate", "--events", "12", "--seed", "3", "--out", str(tmp_path / name)]
        subprocess.run(
            [sys.executable, "-c", script, *command],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hashes},
            stderr=subprocess.DEVNULL,
        )
    one, two = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")}
        for n in ("one", "two")
    )
    assert one == two
    assert len([path for path in one if path.suffix == ".txt"]) > 12


def test_a_story_printed_again_months_later_adds_no_account_and_changes_no_origin():
    reports = list(simulate(EVENTS * 4, SEED, extras=["republication"]))
    documents = {row["document"]: row for row in rows(reports, "documents")}
    reprints = [row for row in documents.values() if row.get("reprint")]
    assert len(reprints) > 5
    for row in reprints:
        assert set(row["accounts"]) <= set(documents[row["copy_of"]]["accounts"])
    told = {row["event"]: set(row["accounts"]) for row in rows(reports, "origins")}
    accounts = {account for row in documents.values() for account in row["accounts"]}
    assert accounts == set().union(*told.values())


def test_another_seed_gives_another_world(reports):
    other = next(iter(simulate(EVENTS, SEED + 1)))
    assert other.text != reports[0].text


def written_apart(folder):
    """Runs in a process of its own, since a process with threads should not fork."""
    script = """
import sys
from pathlib import Path
from onrecord.simulation import publish, write_reports, writing
writing.BATCH = 7
write_reports(Path(sys.argv[1]), publish(8, 3), apart=True)
"""
    command = [sys.executable, "-c", script, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_another_process_writes_has_the_same_bytes(tmp_path):
    write_world(tmp_path / "one", events=8, seed=3)
    assert written_apart(tmp_path / "two").returncode == 0
    one, two = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")}
        for n in ("one", "two")
    )
    assert one == two
    assert len(one) > 20


def test_a_failure_of_the_process_that_writes_is_told(tmp_path):
    (tmp_path / "reports" / "00001.txt").mkdir(parents=True)
    failed = written_apart(tmp_path)
    assert failed.returncode == 1
    assert "OSError: writing failed" in failed.stderr


def test_records_only_leaves_the_texts_out_and_nothing_else(tmp_path):
    number = write_world(tmp_path, events=5, seed=1, texts=False)
    assert not (tmp_path / "reports").exists()
    lines = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == number
    assert json.loads(lines[0])["text"]
    assert {p.stem for p in (tmp_path / "truth").iterdir()} == {
        "people",
        "events",
        "documents",
        "claims",
        "origins",
        "contradictions",
    }


def test_people_have_several_spellings_and_some_share_a_full_name():
    named, borne = defaultdict(set), defaultdict(set)
    for row in mentions(20_000, 1):
        named[row["person"]].add(row["name"])
        borne[row["name"]].add(row["person"])
    assert sum(len(names) > 1 for names in named.values()) > 0.4 * len(named)
    shared = sum(len(people) > 1 for people in borne.values()) / len(borne)
    assert 0.002 < shared < 0.1


def test_profiles_are_as_many_as_asked_and_alike_each_time():
    first, second = list(mentions(500, 4)), list(mentions(500, 4))
    assert len(first) == 500
    assert first == second
    assert len({row["key"] for row in first}) == 500
