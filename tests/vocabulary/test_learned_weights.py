import hashlib
import json
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord import vocabulary
from onrecord.errors import VocabularyError

ROOT = Path(__file__).parents[2]


def test_every_file_of_weights_is_listed_with_its_hash_and_has_a_card():
    folder = files(vocabulary)
    shipped = {p.name[: -len(".json")] for p in folder.iterdir() if p.name.endswith("learned.json")}
    listed = vocabulary.load("learned")
    assert shipped <= set(listed)
    for name, entry in listed.items():
        data = (folder / f"{name}.json").read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"], name
        assert (ROOT / entry["card"]).is_file()
        assert vocabulary.learned(name) == json.loads(data)


def test_weights_that_are_not_those_measured_are_refused(tmp_path, monkeypatch):
    (tmp_path / "learned.yaml").write_text(f"odd-learned: {{sha256: {'0' * 64}, card: x}}\n")
    (tmp_path / "odd-learned.json").write_text("{}")
    monkeypatch.setattr(vocabulary, "files", lambda _: tmp_path)
    monkeypatch.setattr(vocabulary, "load", vocabulary.load.__wrapped__)
    with pytest.raises(VocabularyError, match="not the file that was measured"):
        vocabulary.learned.__wrapped__("odd-learned")
    with pytest.raises(VocabularyError, match="no learned weights"):
        vocabulary.learned.__wrapped__("absent-learned")
