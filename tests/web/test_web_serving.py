"""Where the workbench may be served, and where it refuses to be."""

import json
import subprocess
import sys
import threading

import httpx
import pytest

from onrecord.case import Case
from onrecord.cli import main
from onrecord.errors import CaseError
from onrecord.web.binding import NotServed, Where
from onrecord.web.services import Services
from onrecord.web.serving import serve


@pytest.fixture
def empty(tmp_path):
    with Case.create(tmp_path / "case") as case:
        yield case


@pytest.fixture
def with_member(empty):
    services = Services.for_case(empty)
    services.accounts.members.invite("Amina", "administrator")
    yield empty
    services.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "cases.example.org"])
def test_another_address_is_refused_without_tls(with_member, host):
    with pytest.raises(NotServed, match="without TLS") as refused:
        serve(with_member, where=Where(host=host, url="http://cases.example.org"))
    assert "--tls-certificate" in refused.value.todo
    assert "--behind-proxy" in refused.value.todo


@pytest.mark.parametrize(
    "where",
    [
        Where(host="0.0.0.0", without_tls=True, url="http://cases.example.org"),
        Where(proxy="https://cases.example.org"),
    ],
)
def test_others_are_not_let_in_where_nobody_could_sign_in(empty, where):
    with pytest.raises(NotServed, match="nobody could sign in") as refused:
        serve(empty, where=where)
    assert "onrecord members invite NAME --role administrator" in refused.value.todo


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"certificate": "here.pem"}, "a certificate and its key"),
        ({"certificate": "no.pem", "key": "no.key"}, "cannot be used for TLS"),
        ({"proxy": "http://cases.example.org"}, "no address for --behind-proxy"),
        ({"proxy": "https://cases.example.org/river"}, "no address for --behind-proxy"),
        ({"url": "cases.example.org"}, "no address for --public-url"),
        ({"host": "0.0.0.0", "without_tls": True}, "every address of this machine"),
        ({"host": "192.0.2.7", "without_tls": True}, "no socket at 192.0.2.7"),
    ],
)
def test_what_cannot_be_served_says_why(with_member, where, words):
    with pytest.raises(NotServed, match=words):
        serve(with_member, where=Where(**where))


def test_behind_a_proxy_only_its_name_is_answered_and_who_asks_is_believed(with_member):
    services = Services.for_case(with_member)
    server = serve(with_member, where=Where(proxy="https://cases.example.org"), services=services)
    port = server._listening.getsockname()[1]
    thread = threading.Thread(target=server.run)
    thread.start()
    told = {"host": "cases.example.org", "x-forwarded-for": "198.51.100.9"}
    told |= {"x-forwarded-proto": "https"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        assert client.get("/sign-in").status_code == 421
        answer = client.get("/sign-in", headers=told)
        assert answer.status_code == 200
        assert "strict-transport-security" in answer.headers
        sent = {"name": "Amina", "password": "not the one at all"}
        origin = {"origin": "https://cases.example.org"}
        assert client.post("/sign-in", data=sent, headers=told | origin).status_code == 401
    refused = services.journal.reads(who="Amina")[0]
    server.stop()
    thread.join()
    assert (refused.kind, refused.subject) == ("sign-in refused", "198.51.100.9")


def test_on_a_laptop_a_link_opens_it_and_with_members_none_does(empty):
    alone = serve(empty)
    assert (alone.team, alone.base[:17]) == (False, "http://127.0.0.1:")
    alone._listening.close()
    alone.services.close()
    Services.for_case(empty).accounts.members.invite("Amina", "administrator")
    team = serve(empty)
    assert team.team
    team._listening.close()
    team.services.close()


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main([*arguments])
    told = capsys.readouterr()
    return ended.value.code, told.out, told.err


def test_members_are_managed_by_commands(empty, capsys):
    case = ("--case", str(empty.folder))

    def members(*arguments):
        return run(capsys, "members", *arguments, *case)

    code, link, told = members("invite", "Amina", "--role", "administrator")
    assert code == 0
    assert link.startswith("/join?key=")
    assert "sees names" in told
    assert members("invite", "Jon Dale", "--role", "reviewer")[0] == 0
    assert members("sight", "jon dale", "names")[0] == 0
    assert members("role", "Jon Dale", "contributor")[0] == 0
    assert members("require-second-factor")[0] == 0
    assert members("idle-end", "15")[0] == 0
    found = json.loads(members("list", "--json")[1])
    assert [(m["name"], m["role"], m["sight"], m["joined"]) for m in found] == [
        ("Amina", "administrator", "names", None),
        ("Jon Dale", "contributor", "names", None),
    ]
    code, _, told = members("remove", "Amina")
    assert (code, "last administrator" in told) == (2, True)
    assert members("remove", "Jon Dale")[0] == 0
    assert members("remove", "Nobody")[0] == 2
    told = [e.payload["what"] for e in empty.log() if e.kind == "membership"]
    assert told == [
        *("invited", "invited", "sight changed", "role changed", "second factor required"),
        *("sessions end after 15 minutes without use", "removed"),
    ]
    assert "key" not in json.dumps([dict(e.payload) for e in empty.log()])


def test_a_member_is_removed_at_once_while_another_process_writes_the_case(with_member):
    members = Services.for_case(with_member).accounts.members
    members.invite("Jon")
    with Case.open(with_member.folder, write=True):
        members.remove("Jon")
        assert members.find("Jon") is None
    members.tell_all()
    told = [e.payload for e in with_member.log() if e.kind == "membership"]
    assert told[-1] == {"what": "removed", "subject": "Jon"}
    assert [each["what"] for each in told] == ["invited", "invited", "removed"]


def test_serve_says_on_the_terminal_how_a_team_begins(empty):
    command = [sys.executable, "-m", "onrecord", "serve", "--case", empty.folder, "--no-browser"]
    refused = subprocess.run(
        [*command, "--host", "0.0.0.0"], capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert "--public-url" in refused.stderr
    told = [*command, "--host", "0.0.0.0", "--public-url", "http://cases.example.org"]
    refused = subprocess.run(told, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "--tls-certificate" in refused.stderr


def test_the_desk_is_for_its_owner_alone(with_member):
    for name in ("case.desk.sqlite", "case.desk.key"):
        assert (with_member.folder / name).stat().st_mode & 0o777 == 0o600


def test_without_its_key_the_desk_lets_nobody_in_and_says_so(with_member):
    (with_member.folder / "case.desk.key").unlink()
    members = Services.for_case(with_member).accounts.members
    with pytest.raises(CaseError, match=r"case\.desk\.key, is lost"):
        members.invite("Jon")
