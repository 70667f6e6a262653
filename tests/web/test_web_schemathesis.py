"""The API as schemathesis tries it from its OpenAPI document: no answer is a fault of ours.

Few examples for each operation here. All that it can think of takes minutes: the same command with
`--phases examples,coverage,fuzzing --max-examples 100`.
"""

import re
import shutil
import subprocess
import sys
import threading

import httpx
import pytest

from onrecord.case import Case
from onrecord.web.access import COOKIE
from onrecord.web.serving import serve

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


@pytest.fixture
def session(case_folder, tmp_path):
    """A workbench on a copy of the case, since all that can be is done to it; its headers."""
    copy = tmp_path / "case"
    shutil.copytree(case_folder, copy)
    with Case.open(copy) as case:
        server = serve(case)
        thread = threading.Thread(target=server.run)
        thread.start()
        with httpx.Client(base_url=server.base) as client:
            entered = client.get(server.link())
            cookie = entered.cookies[COOKIE]
            token = re.search(r'name="token" value="([^"]+)"', client.get("/").text)[1]
        yield tmp_path, server.base, {"Cookie": f"{COOKIE}={cookie}", "X-Onrecord-Token": token}
        server.stop()
        thread.join()


def test_schemathesis_finds_no_server_error(session):
    folder, base, headers = session
    told = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{base}/api", *told]
    command += ["--checks", ",".join(CHECKS), "--phases", "fuzzing"]
    command += ["--max-examples", "12", "--generation-deterministic", "--no-color"]
    command += ["--suppress-health-check", "all", "--continue-on-failure"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    tried = re.search(r"(\d+) generated", done.stdout)
    assert tried, done.stdout[-1500:]
    assert int(tried[1]) > 400
