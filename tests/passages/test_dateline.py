"""A report begins behind its dateline. Places and people are invented."""

import pytest

from onrecord.passages.parse import parse


def sentences(text):
    return [sentence.text.strip() for sentence in parse(text).doc.sents]


@pytest.mark.parametrize(
    "dateline",
    [
        "THARNOK, March 17, 2025 (XYZ) -",
        "Tharnok [Norway], February 8 (XYZ):",
        "THARNOK, Norway (Northern Wire) —",
        "THARNOK, 3 March —",
    ],
)
def test_the_sentence_begins_behind_the_dateline(dateline):
    report = "Interior Minister Mirela Castane said on Monday that the road was closed."
    assert sentences(f"Road closed\n\n{dateline} {report}")[-1] == report


def test_a_dash_in_a_sentence_begins_none():
    report = "The army - said to be near - closed the road to the village on Monday."
    assert sentences(report) == [report]
