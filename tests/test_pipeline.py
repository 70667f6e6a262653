from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import pipeline
from onrecord.errors import WorkerDied
from onrecord.model import Record
from onrecord.pipeline import STAGES, Job, extract_lines, extract_many, extract_text, to_line
from onrecord.vocabulary import load

VALIDATOR = jsonschema.Draft202012Validator(load("record-1.schema"))

PIECES = (
    "Police in Orla killed four farmers on 3 May, Mira Tane said.",
    "“We deny this,” the ministry said in a statement.",
    "According to residents, more than 169 bodies were found.",
    "\n\n",
    " ",
    "“",
    "”",
    "'",
    "\x00",
    "\u202e",
    "\ufeff",
    "🕊️",
    "\r\n",
    "\u2028",
    "قال الوزير",
    "He called on the court to act.",
    "ORLA (Marrow Wire) —",
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=8).map(" ".join),
)


def spans_of(value: Any) -> Iterator[tuple[int, int]]:
    """Every span anywhere in a record's JSON."""
    if isinstance(value, list) and len(value) == 2 and all(type(v) is int for v in value):
        yield (value[0], value[1])
    elif isinstance(value, list):
        for part in value:
            yield from spans_of(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from spans_of(part)


def test_each_stage_reads_what_an_earlier_one_wrote() -> None:
    known = {"text", "document_id", "known_head"}
    for stage in STAGES:
        assert set(stage.reads) <= known, stage.name
        assert stage.writes not in known, stage.name
        known.add(stage.writes)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_no_unicode_text_is_refused_and_every_span_lies_inside(text: str) -> None:
    record = json.loads(to_line(extract_text(text)))
    assert record["text"] == text
    assert [error.message for error in VALIDATOR.iter_errors(record)] == []
    assert all(0 <= start < end <= len(text) for start, end in spans_of(record))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_every_id_that_is_named_is_there(text: str) -> None:
    check_references(extract_text(text))


def check_references(record: Record) -> None:
    for part in ("entities", "claims", "acts", "events", "relations", "demands", "engagements"):
        ids = [each.id for each in getattr(record, part)]
        assert len(ids) == len(set(ids)), part
    entities = {entity.id for entity in record.entities}
    claims = {claim.id for claim in record.claims}
    acts = {act.id for act in record.acts}
    for claim in record.claims:
        assert {link.entity for link in claim.attribution} <= entities | {None}
        assert claim.parent in claims | {None}
    for act in record.acts:
        assert set(act.claims) <= claims
        assert {p.entity for p in act.perpetrators} | {v.entity for v in act.victims} <= entities
        assert act.place in entities | {None}
    for event in record.events:
        assert set(event.acts) <= acts
    for relation in record.relations:
        assert {relation.subject, relation.object} <= entities | {None}
        assert set(relation.claims) <= claims
    for demand in record.demands:
        assert demand.claim in claims
        assert set(demand.addressees) <= entities
    for engagement in record.engagements:
        assert {*engagement.participants, engagement.place} <= entities | {None}


JOBS = [Job(f"{piece} {PIECES[0]} {PIECES[2]}", f"{n}.txt") for n, piece in enumerate(PIECES)]


def test_one_and_two_workers_and_two_runs_give_the_same_bytes() -> None:
    alone = list(extract_lines(JOBS))
    assert [line.path for line in alone] == [job.path for job in JOBS]
    assert list(extract_lines(JOBS)) == alone
    assert list(extract_lines(JOBS, workers=2)) == alone


def test_a_language_we_do_not_read_is_kept_and_says_so() -> None:
    text = "Le ministère a déclaré que quatre personnes avaient été tuées dans la ville hier soir."
    record = extract_text(text)
    assert record.document.language == "fr"
    assert "it is in French (fr)" in (record.document.note or "")
    assert record.text == text
    assert record.claims == record.entities == record.acts == ()


def test_a_killed_worker_is_named_with_what_to_do() -> None:
    import os
    import signal

    import psutil

    def jobs() -> Iterator[Job]:
        for number, job in enumerate(JOBS * 20):
            if number == 9:
                for child in psutil.Process().children(recursive=True):
                    if "spawn_main" in " ".join(child.cmdline()):
                        os.kill(child.pid, signal.SIGKILL)
            yield job

    with pytest.raises(WorkerDied, match="--workers"):
        list(extract_many(jobs(), workers=2))


def test_a_text_that_a_stage_fails_on_is_kept_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(context: object) -> tuple[()]:
        if "169" in context.parsed.text:  # type: ignore[attr-defined]
            raise KeyError("a fault of ours")
        return ()

    stages = [replace(s, run=fails) if s.name == "demands" else s for s in STAGES]
    monkeypatch.setattr(pipeline, "STAGES", tuple(stages))
    texts = [f"{PIECES[0]} {ending}" for ending in ("", "More than 169 had died.", "She left.")]
    records = list(extract_many(Job(text, f"{n}.txt") for n, text in enumerate(texts)))
    assert [record.text for record in records] == texts
    assert [bool(record.entities) for record in records] == [True, False, True]
    assert "KeyError" in (records[1].document.note or "")
    assert "1.txt" in caplog.text
    with pytest.raises(KeyError):
        extract_text(texts[1])
