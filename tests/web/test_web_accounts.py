"""Accounts over TLS: invitations, passwords, second factors, sessions, tries that are too many."""

import json
import re
import ssl

import httpx
import pyotp
import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from onrecord.web.access import SECURE_COOKIE
from onrecord.web.rates import MOST
from onrecord.web.services import Services
from onrecord.web.views import account
from onrecord.web.views import members as team_page

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD, OTHER = "seven green lamps over water", "the ferry leaves an orange behind"


@pytest.fixture
def client(team, certificate):
    """Makes clients that trust the certificate."""
    context = ssl.create_default_context(cafile=str(certificate[0]))
    made = []

    def make():
        made.append(httpx.Client(base_url=team.base, verify=context, timeout=60))
        return made[-1]

    yield make
    for each in made:
        each.close()


def sign_in(client, name="Amina", password=PASSWORD):
    return client.post("/sign-in", data={"name": name, "password": password})


def act(client, path, **told):
    token = client.get("/api/account").json()["token"]
    return send(client, f"/api{path}", told, {"x-onrecord-token": token})


def send(client, path, told, headers=None):
    """JSON that any text can stand in."""
    headers = {"content-type": "application/json", **(headers or {})}
    return client.post(path, content=json.dumps(told), headers=headers)


def test_signing_in_opens_a_session_with_a_cookie_of_this_host_alone(client):
    amina = client()
    closed = amina.get("/documents")
    assert closed.status_code == 401
    assert "The river case" not in closed.text
    answer = sign_in(amina)
    told = set(answer.headers["set-cookie"].split("; ")[1:])
    assert answer.headers["set-cookie"].startswith(f"{SECURE_COOKIE}=")
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= told
    assert not any(part.startswith("Domain") for part in told)
    shown = amina.get("/documents")
    assert shown.status_code == 200
    assert amina.cookies[SECURE_COOKIE] not in shown.text + answer.headers["location"]


def test_tls_is_asked_for_and_kept_to(client, team, certificate):
    answer = client().get("/sign-in")
    assert "max-age=31536000" in answer.headers["strict-transport-security"]
    old = ssl.create_default_context(cafile=str(certificate[0]))
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with httpx.Client(base_url=team.base, verify=old) as twelve:
        assert twelve.get("/sign-in").status_code == 200
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.minimum_version = ssl.TLSVersion.TLSv1_1
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("DEFAULT@SECLEVEL=0")
    with (
        httpx.Client(base_url=team.base, verify=old) as eleven,
        pytest.raises(httpx.ConnectError),
    ):
        eleven.get("/sign-in")


def test_each_sign_in_has_a_new_id_and_the_old_one_opens_nothing(client):
    amina = client()
    sign_in(amina)
    first = amina.cookies[SECURE_COOKIE]
    sign_in(amina)
    assert amina.cookies[SECURE_COOKIE] != first
    other = client()
    other.cookies.set(SECURE_COOKIE, first, domain="127.0.0.1")
    assert other.get("/").status_code == 401


def test_no_id_of_a_session_is_kept(client, team):
    amina = client()
    sign_in(amina)
    kept = repr(team.services.access)
    assert amina.cookies[SECURE_COOKIE] not in kept
    assert amina.get("/api/account").json()["token"] not in kept


@pytest.mark.parametrize("name", ["Amina", "Nobody", "", "é" * 60, "x" * 5000])
def test_a_wrong_password_and_a_wrong_name_get_the_same_answer(client, name):
    stranger = client()
    answer = sign_in(stranger, name, "not the one at all")
    assert answer.status_code == 401
    assert answer.text == sign_in(stranger, "Somebody else", "not the one at all").text
    assert SECURE_COOKIE not in stranger.cookies


def test_a_name_that_nobody_has_takes_a_hash_too(team):
    """Where nobody has the name, the same function hashes at the same cost."""
    verified = []

    class Counting(PasswordHasher):
        def verify(self, hash, password):  # noqa: A002
            verified.append(hash)
            return super().verify(hash, password)

    accounts = team.services.accounts
    accounts.members.credentials.__dict__.pop("_argon2")
    accounts.members.credentials.hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
    assert accounts.with_password("Amina", "not the one at all") is None
    assert accounts.with_password("Nobody", "not the one at all") is None
    known, unknown = verified
    assert known.split("$")[:4] == unknown.split("$")[:4]


def test_tries_are_counted_for_an_account_whether_it_exists_or_not(client):
    for name in ("Amina", "Nobody"):
        stranger = client()
        answers = [sign_in(stranger, name, "not the one at all") for _ in range(11)]
        assert [answer.status_code for answer in answers] == [401] * 10 + [429]
        assert 0 < int(answers[-1].headers["retry-after"]) <= 900
        assert "too many tries" in answers[-1].text
    assert sign_in(client()).status_code == 429


def test_tries_are_counted_for_an_account_from_everywhere(client, team):
    team.services.rates.most = {**MOST, "sign-in, account": "2/1 hour"}
    for _ in range(2):
        assert sign_in(client(), password="not the one at all").status_code == 401
    assert sign_in(client()).status_code == 429
    assert all(
        int(MOST[f"{kind}, account"].partition("/")[0]) < 100 for kind in ("sign-in", "code")
    )


def test_tries_are_counted_for_an_address(client, team):
    team.services.rates.most = {**MOST, "sign-in, address": "3/15 minutes"}
    codes = [sign_in(client(), f"Somebody {n}").status_code for n in range(4)]
    assert codes == [401, 401, 401, 429]


def test_an_invitation_opens_once_and_not_by_being_looked_at(client, team):
    admin = client()
    sign_in(admin)
    assert act(admin, "/members/invite", name="Jon", role="reviewer").status_code == 200
    link = admin.get("/api/members").json()["invitation"]["link"]
    assert admin.get("/api/members").json()["invitation"] is None
    jon = client()
    for _ in range(2):
        assert "Join <bdi>The river case</bdi>" in jon.get(link).text
    key = link.partition("key=")[2]
    told = {"key": key, "password": OTHER, "again": OTHER}
    assert jon.post("/join", data={**told, "again": "x"}).status_code == 422
    assert jon.post("/join", data=told).status_code == 303
    assert jon.get("/api/account").json()["name"] == "Jon"
    assert jon.get("/api/account").json()["sight"] == "codes"
    again = client()
    assert again.post("/join", data=told).status_code == 404
    assert again.get(link).status_code == 404


def test_an_invitation_ends_after_seven_days(client, team):
    members = team.services.accounts.members
    key = members.invite("Late")
    began = members.credentials.clock()
    members.credentials.clock = lambda: began + 7 * 24 * 3600 - 60
    assert client().get("/join", params={"key": key}).status_code == 200
    members.credentials.clock = lambda: began + 7 * 24 * 3600 + 1
    assert client().get("/join", params={"key": key}).status_code == 404


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "password1234",
        "passwordpassword",
        "qwertyuiop[]",
        "aaaaaaaaaaaaaaaa",
    ],
)
def test_a_password_that_is_short_or_common_is_refused(client, team, password):
    key = team.services.accounts.members.invite("Jon")
    told = {"key": key, "password": password, "again": password}
    assert client().post("/join", data=told).status_code == 422
    assert team.services.accounts.members.find("Jon").joined is None


WORDS = "the ferry leaves an orange behind while nine quiet tailors argue over a map of snow "
LONG = (WORDS + "and somebody's grandmother counts lighthouses")[:127] + "~"


@pytest.mark.parametrize(
    "password", ["lámpara 水の灯 seven 🏮 كلمة", "correct  horse lantern", LONG]
)
def test_a_password_may_be_long_and_of_any_characters(client, team, password):
    key = team.services.accounts.members.invite("Jon")
    told = {"key": key, "password": password, "again": password}
    assert client().post("/join", data=told).status_code == 303
    assert sign_in(client(), "Jon", password).status_code == 303
    assert sign_in(client(), "Jon", password[:-1]).status_code == 401


def test_a_password_that_is_too_long_is_refused_and_none_is_cut(client, team):
    key = team.services.accounts.members.invite("Jon")
    told = {"key": key, "password": LONG + "~", "again": LONG + "~"}
    assert len(LONG) == 128
    assert client().post("/join", data=told).status_code == 422


def with_second_factor(client, team):
    """Amina's client and the source of her codes; time goes on a step with each code."""
    amina = client()
    sign_in(amina)
    assert act(amina, "/account/second-factor", current=PASSWORD).status_code == 200
    secret = amina.get("/api/account").json()["setting_up"]["secret"].replace(" ", "")
    codes, credentials = pyotp.TOTP(secret), team.services.accounts.members.credentials
    began, step = credentials.clock(), [0]
    credentials.clock = lambda: began + 30 * step[0]

    def code():
        step[0] += 1
        return codes.at(began + 30 * step[0])

    assert act(amina, "/account/second-factor/confirm", code=code()).status_code == 200
    return amina, code


def test_a_second_factor_is_asked_for_and_no_code_opens_twice(client, team):
    amina, code = with_second_factor(client, team)
    fresh = client()
    half = sign_in(fresh)
    assert half.headers["location"].startswith("/second-factor")
    assert fresh.get("/").status_code == 401
    used = code()
    assert fresh.post("/second-factor", data={"code": used}).status_code == 303
    assert fresh.get("/").status_code == 200
    thief = client()
    sign_in(thief)
    assert thief.post("/second-factor", data={"code": used}).status_code == 401
    told = [
        (each["kind"], each["subject"]) for each in amina.get("/api/account").json()["happened"]
    ]
    assert ("sign-in refused", "127.0.0.1") in told
    assert ("code tried again", "") in told


def test_a_code_may_be_tried_five_times_for_one_password(client, team):
    with_second_factor(client, team)
    thief = client()
    sign_in(thief)
    for _ in range(5):
        assert "Code" in thief.post("/second-factor", data={"code": "000000"}).text
    assert "current-password" in thief.post("/second-factor", data={"code": "000000"}).text
    sign_in(thief)
    codes = [thief.post("/second-factor", data={"code": "1"}).status_code for _ in range(6)]
    assert 429 in codes


def test_a_recovery_code_opens_once_and_is_shown_once(client, team):
    amina, _ = with_second_factor(client, team)
    codes = amina.get("/api/account").json()["codes"]
    assert len(codes) == 8
    assert all(re.fullmatch("([A-Z2-7]{4}-){5}[A-Z2-7]{4}", code) for code in codes)
    assert amina.get("/api/account").json()["codes"] == []
    for answer in (303, 401):
        fresh = client()
        sign_in(fresh)
        typed = codes[0].lower().replace("-", " ")
        assert fresh.post("/second-factor", data={"code": typed}).status_code == answer
    assert amina.get("/api/account").json()["codes_left"] == 7


def test_where_everybody_needs_a_second_factor_nothing_opens_without(client, team):
    amina = client()
    sign_in(amina)
    assert act(amina, "/members/settings", second_factor="required").status_code == 200
    assert amina.get("/documents").headers["location"] == "/account"
    assert amina.get("/api/documents").status_code == 403
    assert act(amina, "/members/settings", second_factor="free").status_code == 403
    ready, _ = with_second_factor(client, team)
    assert ready.get("/documents").status_code == 200
    assert amina.get("/").status_code == 401
    assert act(ready, "/account/second-factor/remove", current=PASSWORD).status_code == 422


def test_a_password_change_needs_the_old_one_and_ends_every_session(client):
    first, second = client(), client()
    sign_in(first)
    sign_in(second)
    told = {"password": OTHER, "again": OTHER}
    assert act(first, "/account/password", current="not the one", **told).status_code == 422
    assert act(first, "/account/password", current=PASSWORD, **told).status_code == 200
    assert first.get("/").status_code == second.get("/").status_code == 401
    assert sign_in(first).status_code == 401
    assert sign_in(first, password=OTHER).status_code == 303


def test_ones_sessions_are_listed_and_ended_with_the_password(client):
    first, second = client(), client()
    sign_in(first)
    sign_in(second)
    sessions = first.get("/api/account").json()["sessions"]
    assert len(sessions) == 2
    assert act(first, "/account/sessions/end", current="no").status_code == 422
    assert second.get("/").status_code == 200
    assert act(first, "/account/sessions/end", current=PASSWORD).status_code == 200
    assert second.get("/").status_code == 401
    assert first.get("/").status_code == 200


def test_a_session_ends_when_it_is_not_used_and_after_twelve_hours(client, team):
    began, later = team.services.access.clock(), [0.0]
    team.services.access.clock = lambda: began + later[0]
    amina = client()
    sign_in(amina)
    later[0] = 29 * 60
    assert amina.get("/").status_code == 200
    later[0] += 31 * 60
    assert amina.get("/").status_code == 401
    sign_in(amina)
    start = later[0]
    while later[0] < start + 12 * 3600 - 20 * 60:
        later[0] += 20 * 60
        assert amina.get("/api/account").status_code == 200
    later[0] = start + 12 * 3600
    assert amina.get("/").status_code == 401


def test_signing_out_ends_it(client):
    amina = client()
    sign_in(amina)
    cookie = amina.cookies[SECURE_COOKIE]
    token = amina.get("/api/account").json()["token"]
    assert amina.post("/leave", data={"token": token}).status_code == 303
    assert SECURE_COOKIE not in amina.cookies
    amina.cookies.set(SECURE_COOKIE, cookie, domain="127.0.0.1")
    assert amina.get("/").status_code == 401


def test_another_role_ends_the_sessions(client, team):
    members = team.services.accounts.members
    members.join(members.invite("Jon", "reviewer"), OTHER)
    jon = client()
    sign_in(jon, "Jon", OTHER)
    assert jon.get("/").status_code == 200
    members.change("Jon", role="viewer")
    assert jon.get("/").status_code == 401


def test_the_last_administrator_stays(client):
    amina = client()
    sign_in(amina)
    assert act(amina, "/members/remove", name="Amina").status_code == 422
    assert act(amina, "/members/change", name="Amina", role="viewer").status_code == 422
    assert act(amina, "/members/invite", name="Amina").status_code == 422
    assert amina.get("/").status_code == 200


def test_no_secret_stands_in_log_journal_or_database(client, team, team_case):
    members, made = team.services.accounts.members, []
    new_seed = members.credentials.new_seed
    members.credentials.new_seed = lambda: made.append(new_seed()) or made[-1]
    amina, _ = with_second_factor(client, team)
    sign_in(client(), password=OTHER)
    codes = amina.get("/api/account").json()["codes"]
    act(amina, "/members/invite", name="Jon")
    key = amina.get("/api/members").json()["invitation"]["link"].partition("key=")[2]
    team.services.journal.flush()
    team.services.accounts.members.desk.close()
    files = [path.read_bytes() for path in team_case.folder.glob("case.*sqlite*")]
    secrets = [PASSWORD, OTHER, key, amina.cookies[SECURE_COOKIE], *codes, *made]
    for secret in secrets:
        assert not any(secret.encode() in data for data in files)
    told = [entry for entry in team_case.log() if entry.kind == "membership"]
    assert {"invited", "joined"} <= {entry.payload["what"] for entry in told}


def test_the_form_of_another_site_signs_nobody_in(client):
    stranger = client()
    for headers in ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}):
        told = {"name": "Amina", "password": PASSWORD}
        assert stranger.post("/sign-in", data=told, headers=headers).status_code == 403
    assert SECURE_COOKIE not in stranger.cookies


@pytest.mark.parametrize("path", ["//elsewhere.example", "https://elsewhere.example", "/\\x", "x"])
def test_signing_in_leads_nowhere_else(client, path):
    told = {"name": "Amina", "password": PASSWORD, "next": path}
    assert client().post("/sign-in", data=told).headers["location"] == "/"


def test_a_program_signs_in_with_json(client, team):
    told = {"name": "amina", "password": PASSWORD}
    program = client()
    answer = program.post("/api/sign-in", json=told)
    assert program.get("/api/account").json()["token"] == answer.json()["token"]
    _, code = with_second_factor(client, team)
    assert client().post("/api/sign-in", json=told).status_code == 401
    assert client().post("/api/sign-in", json={**told, "code": code()}).status_code == 200


def test_a_body_of_another_kind_is_refused(client):
    amina = client()
    sign_in(amina)
    token = amina.get("/api/account").json()["token"]
    headers = {"x-onrecord-token": token, "content-type": "text/plain"}
    assert amina.post("/api/judge", content=b"{}", headers=headers).status_code == 415
    assert amina.post("/judge", content=b"token=x", headers=headers).status_code == 415


def test_forms_tell_a_password_manager_what_is_what(client, team):
    stranger = client()
    key = team.services.accounts.members.invite("Jon")
    sign = stranger.get("/sign-in").text
    join = stranger.get("/join", params={"key": key}).text
    assert re.findall(r'autocomplete="([^"]+)"', sign) == ["username", "current-password"]
    assert re.findall(r'autocomplete="([^"]+)"', join) == ["username", *["new-password"] * 2]
    assert "onpaste" not in sign + join


def test_what_happened_to_an_account_is_shown_to_its_owner(client):
    amina = client()
    sign_in(amina, password=OTHER)
    sign_in(amina)
    told = {"current": PASSWORD, "password": OTHER, "again": OTHER}
    assert act(amina, "/account/password", **told).status_code == 200
    sign_in(amina, password=OTHER)
    happened = [each["kind"] for each in amina.get("/api/account").json()["happened"]]
    assert happened == ["signed in", "password changed", "signed in", "sign-in refused"]


def test_passwords_are_kept_as_argon2id_at_the_cost_that_is_advised(team_case):
    credentials = Services.for_case(team_case).accounts.members.credentials
    kept = credentials.seal_password(PASSWORD)
    found = re.fullmatch(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$([^$]+)\$[^$]+", kept)
    memory, rounds, salt = found.groups()
    assert int(memory) >= 19 * 1024
    assert int(rounds) >= 2
    assert len(salt) * 6 >= 128
    assert credentials.matches(PASSWORD, kept)
    assert credentials.seal_password(PASSWORD) != kept


def test_without_the_key_of_the_desk_no_password_can_be_tried(team_case):
    credentials = Services.for_case(team_case, hasher=CHEAP).accounts.members.credentials
    kept = credentials.seal_password(PASSWORD)
    with pytest.raises(VerificationError):
        CHEAP.verify(kept, PASSWORD)


def test_an_invitation_for_a_member_ends_what_opened_their_account(client, team):
    members = team.services.accounts.members
    members.join(members.invite("Jon", "administrator"), OTHER)
    amina, _ = with_second_factor(client, team)
    jon = client()
    sign_in(jon, "Jon", OTHER)
    assert act(jon, "/members/invite", name="amina").status_code == 200
    assert amina.get("/").status_code == 401
    assert sign_in(client()).status_code == 401
    link = jon.get("/api/members").json()["invitation"]["link"]
    told = {"key": link.partition("key=")[2], "password": PASSWORD, "again": PASSWORD}
    assert amina.post("/join", data=told).status_code == 303
    shown = amina.get("/api/account").json()
    assert (shown["role"], shown["second_factor"], shown["codes_left"]) == (
        "administrator",
        False,
        0,
    )


@pytest.mark.parametrize(
    "strange", ["", "\x00", "\ud800", "\u202e\u0301", "é" * 240, "-1", "%", None]
)
def test_nothing_strange_is_a_fault_of_ours(client, strange):
    """Whatever is sent to a door, to an account or to the members."""
    amina = client()
    sign_in(amina)
    for action in (*account.ACTIONS, *team_page.ACTIONS):
        told = {each.name: strange for each in action.parameters}
        answer = act(amina, action.path, **told)
        assert answer.status_code in (200, 400, 404, 422, 429), (action.path, answer.text)
    named = dict.fromkeys(("name", "password", "code", "key", "again", "next"), strange)
    assert send(client(), "/api/sign-in", named).status_code in (401, 422)
    for path in ("/sign-in", "/second-factor", "/join"):
        sent = {name: (value or "").encode("utf-8", "replace") for name, value in named.items()}
        assert client().post(path, data=sent).status_code in (401, 404, 422)
    for path in ("/log/reads", "/sign-in", "/join"):
        asked = {"who": "\x00%", "document": "\x00%", "key": "\x00", "next": "\x00"}
        assert amina.get(path, params=asked).status_code in (200, 404)
