"""An export that is stopped or killed leaves nothing that looks whole, and the case as it was."""

import importlib.util
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.case import Case

ROOT = Path(__file__).parents[1]
REPORTS = 1_500


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A case that takes seconds to export, who is who worked out."""
    place = ROOT / "benchmarks" / "simulated_case.py"
    spec = importlib.util.spec_from_file_location("simulated_case", place)
    simulated = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(simulated)
    folder = tmp_path_factory.mktemp("stopped") / "case"
    simulated.make(folder, REPORTS)
    return folder


def start(case, form, out):
    # As in a terminal: a test run in the background would hand down that SIGINT is ignored.
    command = ["env", "--default-signal=INT", sys.executable, "-m", "onrecord"]
    command += ["export", form, "-o", out, "--case", case]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def being_written(folder):
    """Bytes in the private folders beside the destination."""
    sizes = []
    for path in folder.glob(".out*/**/*"):
        try:
            sizes.append(path.stat().st_size if path.is_file() else 0)
        except FileNotFoundError:
            continue
    return sum(sizes)


def stop(process, folder, how):
    while not being_written(folder) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(how)
    return process.communicate()


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_stopped_by_ctrl_c_nothing_is_left(form, case, tmp_path):
    process = start(case, form, tmp_path / "out")
    _, told = stop(process, tmp_path, signal.SIGINT)
    assert process.returncode == 130
    assert "stopped" in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_killed_nothing_stands_where_the_export_was_to_be(form, case, tmp_path):
    process = start(case, form, tmp_path / "out")
    stop(process, tmp_path, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / "out").exists()
    assert all(path.name.startswith(".out") for path in tmp_path.iterdir())


def test_the_log_tells_of_no_release(case):
    with Case.open(case) as opened:
        kinds = {entry.kind for entry in opened.log()}
    assert kinds == {"migrated", "acquired", "extracted", "resolve"}
