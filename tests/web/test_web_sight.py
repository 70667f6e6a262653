"""Somebody without sight of the protected takes every route there is, and finds nobody."""

import asyncio
import html
import itertools
import json
import logging
import re
import sys
import unicodedata
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote, urlsplit

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "products" / "door"))

from planted import NAME, OTHER, REPORT, SPELLINGS, TOLD, write

from onrecord.case import Case
from onrecord.web.application import application
from onrecord.web.registry import ACTIONS, FILES, PAGES
from onrecord.web.services import Services

NOWHERE = "Quorena Vostrane"
"""A name that stands nowhere, of somebody of her family: her brother's stays where it is."""
LATER = f"""The Larkin Post, 6 May 2024

The mayor of Larkin said that {NAME} and Davit Orlan would visit the prison in Orla on 9 May 2024.
"{NAME} told us that the Marrow Brigade killed four farmers in Orla," he said on Monday. He asked
the United Nations to protect her. A nurse said the Marrow Brigade burned houses in Larkin.
"""
SAVED = f"""<!doctype html><html><head><title>{NAME}: a statement</title>
<meta name="author" content="{SPELLINGS[1]}"></head><body><article><h1>{NAME}: a statement</h1>
<p>{OTHER.replace("Orla", "Mirrow")}</p><p>{" ".join(REPORT.split()[5:60])}</p></article></body>
</html>"""


@pytest.fixture(scope="module")
def case_folder(tmp_path_factory):
    """She stands in text, quotes, names of files and folders, titles, a PDF, a saved page, EXIF, an
    engagement, a demand, a judgement's reason, a mapping's name, and pairs to be judged.
    """
    folder = tmp_path_factory.mktemp("sight")
    paths = write(folder / "sarela vostrane")
    for name, text in (("later.txt", LATER), ("page.html", SAVED)):
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    with Case.create(folder / "case", name=f"About {NAME}") as case:
        assert not case.add(paths).refused
        case.resolve()
        pairs = [p for p in case.proposals() if p.left.name == p.right.name == NAME]
        case.judge(pairs[0].left.key, pairs[0].right.key, "same", why=f"{NAME} is one person")
        other = next(p for p in case.proposals() if p.left.name == "Davit Orlan")
        case.judge(other.left.key, other.right.key, "unsure", why=f"ask {NAME} or Sarela")
        record = case.record(named(case, "report.txt"))
        claims = [f"{record.document.id}|{claim.id}" for claim in record.claims]
        case.review(claims[0], "accepted", why=f"{SPELLINGS[1]} said so")
        case.grade(claims[1], information_credibility="2", why=f"heard by {NAME.upper()}")
        case.remember_mapping(NAME, {"columns": {"name": NAME}})
        case.protect(NAME, spellings=TOLD, why=f"{NAME} is a witness")
        case.confide(named(case, "other.txt"), "confidential", why="shared in trust")
        case.resolve()
    return folder / "case"


def named(case, name):
    """The document of the file of that name."""
    return next(d.id for d in case.documents() if d.path.endswith(f"/{name}"))


def plain(text):
    """A text's letters, by none of the door's code."""
    for _ in range(3):
        text = html.unescape(unquote(text))
        text = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text, flags=re.IGNORECASE)
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if c.isalnum()).casefold()


NEEDLES = [plain(name) for name in (*SPELLINGS, "Vostrane Sarela", "Sarela", "Сарела", "سارلا")]


def said_by(answer):
    """Everything that an answer says: headers, body, the body without tags, JSON's words joined."""
    body = answer.content.decode("utf-8", "replace")
    yield from (plain(f"{name}: {value}") for name, value in answer.headers.items())
    yield plain(body)
    yield plain(re.sub(r"<[^>]*>", "", body))
    yield plain(answer.content.decode("latin-1"))
    yield plain(answer.content.decode("utf-16-le", "ignore"))
    if answer.headers.get("content-type", "").startswith("application/json"):
        yield plain("".join(words_of(answer.json())))


def words_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from words_of(part)


def found_in(answer, needles):
    return [needle for said in said_by(answer) for needle in needles if needle in said]


@pytest.fixture(scope="module")
def raw(opened):
    """What only the case itself knows: ids of documents that name her, of her, of her group."""
    record = opened.record(named(opened, "report.txt"))
    her = next(e for e in record.entities if e.name == NAME)
    document = record.document.id
    with opened.browse() as state:
        group = state.who_is(document)[her.id]
    protected = next(e.seq for e in opened.log() if e.kind == "protect")
    return {
        "document": document,
        "her": f"{document}|{her.id}",
        "group": group,
        "claim": f"{document}|{record.claims[0].id}",
        "entry": protected,
    }


def typed_of(raw):
    return [NAME, SPELLINGS[1], TOLD[1], "sarela", raw["her"], f"{raw['document']}|{NAME}"]


class Within:
    """A client that speaks to the application itself: what carries its answers adds nothing."""

    def __init__(self, app, base, cookies):
        self._loop = asyncio.Runner()
        carried = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=carried, base_url=base, cookies=cookies)

    def request(self, method, path, **asked):
        return self._loop.run(self._client.request(method, path, **asked))

    def get(self, path, **asked):
        return self.request("GET", path, **asked)

    def post(self, path, **asked):
        return self.request("POST", path, **asked)

    def close(self):
        self._loop.run(self._client.aclose())
        self._loop.close()


@pytest.fixture
def within(member, opened, served):
    """Makes members as `member` does, each with a client of the application that is served."""
    app = application(opened, served.services, (urlsplit(served.base).netloc,))
    with ExitStack() as clients:

        def make(name, role, sight):
            joined = member(name, role, sight)
            return clients.enter_context(closing(Within(app, served.base, joined.cookies)))

        yield make


@pytest.fixture
def blind(within):
    return within("Ada", "administrator", "codes")


@pytest.fixture
def sighted(within):
    return within("Berit", "administrator", "names")


@pytest.fixture
def known(blind):
    """What somebody without sight has come to know: ids from their own pages."""
    documents = blind.get("/api/documents").json()["documents"]
    coded = [d["id"] for d in documents if d["id"].startswith("coded:")]
    whole = [d["id"] for d in documents if not d["id"].startswith("coded:")]
    people = blind.get("/api/names").json()["names"]
    coded_group = next(n["canonical"] for n in people if n["name"].startswith("Person "))
    group = next(n["canonical"] for n in people if not n["name"].startswith("Person "))
    shown = blind.get(f"/api/documents/{coded[0]}").json()
    events = blind.get("/api/events", params={"all": "1"}).json()["events"]
    engagements = blind.get("/api/engagements").json()["engagements"]
    claims = re.findall(r"claim:[0-9a-f]+", json.dumps(shown))
    return {
        "document": [*coded, *whole[:1]],
        "who": [coded_group, group],
        "event": [event["id"] for event in events][:4],
        "engagement": [one["id"] for one in engagements][:4],
        "claim": [f"{coded[0]}|{claims[0]}"],
        "word": ["Orla", "killing", "2024", "people"],
    }


def values(parameter, known, raw):
    """Something that a parameter may be, plausible and not."""
    if parameter.kind == "integer":
        return ["1", str(raw["entry"]), "x"]
    own = known.get(parameter.name, known["word"])
    return [*own[:2], known["who"][0], known["document"][0], raw["group"], NAME, raw["her"]]


def inside(parameter, known, raw):
    """The same for what stands in the path, where it decides what a page is about."""
    if parameter.kind == "integer":
        return values(parameter, known, raw)
    more = [known["claim"][0], raw["document"], raw["claim"], "vostrane", "report.txt"]
    return [*known.get(parameter.name, ()), *values(parameter, known, raw), *more, *typed_of(raw)]


def addresses(known, raw):
    """Every address of every route that gives something, each parameter varied in its turn."""
    for route in (*PAGES, *FILES):
        parameters = getattr(route, "parameters", ())
        within = [p for p in parameters if f"{{{p.name}}}" in route.path]
        asked = [p for p in parameters if p not in within]
        choices = itertools.zip_longest(*(inside(p, known, raw) for p in within), fillvalue="1")
        for number, chosen in enumerate(choices if within else [()]):
            told = dict(zip((f"{{{p.name}}}" for p in within), chosen, strict=True))
            for way in sorted({route.path, getattr(route, "api", route.path)}):
                path = re.sub(r"{\w+}", lambda m, told=told: quote(told[m[0]], safe=":|"), way)
                yield path, {}
                # A page shows what its data holds, which are asked for with every value.
                most = None if path.startswith("/api") or route in FILES else 2
                if number == 0:
                    for p in asked:
                        told_by = values(p, known, raw)[::-1][:most]
                        yield from ((path, {p.name: value}) for value in told_by)


STRANGE = ("/nothing", f"/{quote(NAME)}", f"/api/{quote(NAME)}", "/static/workbench.css", "/api")
STRANGE += (f"/documents/{quote(NAME)}/nothing", f"/documents/{quote(NAME)}.txt", f"/static/{NAME}")


def typed_by(path, asked, raw):
    told = [*unquote(path).split("/"), *asked.values()]
    return next((name for name in typed_of(raw) for each in told if name in each), None)


def standing_for(typed, raw):
    """What is nowhere, and of the same kind as what was typed."""
    return {
        NAME: NOWHERE,
        SPELLINGS[1]: "Vostrane, Quorena",
        TOLD[1]: "Квобена Мистраве",
        "sarela": "quoren",
        raw["her"]: raw["her"][:-16] + "0123456789abcdef",
        f"{raw['document']}|{NAME}": f"{raw['document']}|{NOWHERE}",
    }[typed]


def test_every_route_is_walked(opened):
    """Whatever is added is walked without anybody thinking of it: the registry is all there is."""
    guard = application(opened, Services.for_case(opened), ("localhost",))
    routes = guard._app._app.routes
    ours = {path for each in (*PAGES, *ACTIONS) for path in (each.path, each.api)}
    ours |= {each.path for each in FILES}
    doors = {"/open", "/leave", "/sign-in", "/api/sign-in", "/second-factor", "/join"}
    assert {route.path for route in routes} - ours == doors | {"/static/{name}", "/api"}


def test_the_search_finds_her_where_she_is_shown(sighted, raw):
    """Else the walk would prove nothing."""
    shown = ["/", "/names", "/documents", "/log", "/search?q=farmers", "/engagements", "/demands"]
    shown += [f"/documents/{raw['document']}", f"/names/{raw['group']}", "/review", "/chronology"]
    shown += [f"/documents/{raw['document']}/original", "/api/log", "/api/documents"]
    for path in shown:
        assert found_in(sighted.get(path), NEEDLES), path


def test_she_is_nowhere(blind, known, raw, caplog):
    seen, wrong = set(), []
    with caplog.at_level(logging.ERROR, logger="onrecord.web.sweeping"):
        for path, asked in [*addresses(known, raw), *((path, {}) for path in STRANGE)]:
            answer = blind.get(path, params=asked)
            seen.add(answer.status_code)
            if answer.status_code >= 500:
                wrong.append((path, asked, answer.status_code, answer.text[:200]))
            elif (typed := typed_by(path, asked, raw)) is None:
                wrong += [
                    (path, asked, each) for each in found_in(answer, secrets(path, asked, raw))
                ]
            elif not answers_as_nowhere(blind, path, asked, typed, raw, answer):
                wrong.append((path, asked, "not as for a name that is nowhere"))
    assert not wrong, (len(wrong), wrong[:30])
    assert {200, 400, 403, 404} <= seen
    assert not caplog.records


def secrets(path, asked, raw):
    """What an answer must not hold: her name, and ids that would confirm a guess at it."""
    told = unquote(path) + str(asked)
    digests = [raw[name].rpartition(":")[2] for name in ("document", "her", "group")]
    return [*NEEDLES, *(digest for digest in digests if digest not in told)]


def answers_as_nowhere(client, path, asked, typed, raw, answer):
    other = standing_for(typed, raw)
    instead = {name: value.replace(typed, other) for name, value in asked.items()}
    for ways in ({"safe": ":|"}, {}):
        path = path.replace(quote(typed, **ways), quote(other, **ways))
    return blanked(answer, typed) == blanked(client.get(path, params=instead), other)


def blanked(answer, typed):
    """Status and text of an answer, with what was typed taken out."""
    text = answer.text
    written = (quote(typed), quote(typed, safe=":|"), quote(typed, safe="/:"), quote_plus(typed))
    # An address to go back to is taken without what looks like a scheme.
    written += tuple(way.partition(":")[2] or way for way in written)
    ways = {typed, html.escape(typed), json.dumps(typed)[1:-1], *written}
    for way in sorted(ways, key=len, reverse=True):
        text = text.replace(way, "")
    return answer.status_code, text


def test_errors_of_every_kind_do_not_name_her(blind, raw):
    for method, path in (
        ("DELETE", f"/documents/{quote(NAME)}"),
        ("PUT", "/search"),
        ("POST", f"/names/{raw['group']}"),
        ("GET", "/documents?page=minus"),
        ("GET", "/judge"),
    ):
        answer = blind.request(method, path)
        assert answer.status_code in (400, 404, 405)
        assert not found_in(answer, NEEDLES)


def done(client, action, values, headers):
    """What comes of doing something, as JSON and as a form."""
    data = client.post(action.api, json=values, headers=headers)
    form = client.post(action.path, data={**values, "token": headers["x-onrecord-token"]})
    return data, form


def test_whoever_goes_by_a_code_can_be_named_in_no_action(blind, known, raw, opened):
    token = re.search(r'name="token" value="([^"]+)"', blind.get("/search").text)[1]
    headers, lost = {"x-onrecord-token": token}, str(10**6)
    protections, other, wrong = opened.protections(), known["who"][1], []
    stands = {raw["group"]: "cluster:0123456789abcdef"}
    stands |= {value: standing_for(value, raw) for value in (NAME, raw["her"])}
    for action in ACTIONS:
        for parameter in action.parameters:
            # Where to go back to is an address, which is cut and quoted, and names nobody.
            names = parameter.kind == "string" and parameter.name != "back"
            for value, instead in stands.items() if names else ():
                rest = {"left": other, "right": other, "entry": lost}
                rest = {p.name: rest[p.name] for p in action.parameters if p.name in rest}
                answers = done(blind, action, rest | {parameter.name: value}, headers)
                twins = done(blind, action, rest | {parameter.name: instead}, headers)
                for answer, twin in zip(answers, twins, strict=True):
                    if 429 in (answer.status_code, twin.status_code):
                        continue  # Passwords may be tried a few times only, whatever is typed.
                    said = (action.path, parameter.name, value, answer.text[:200])
                    if blanked(answer, value) != blanked(twin, instead) or answer.status_code > 499:
                        wrong.append(said)
                    if value == raw["group"] and found_in(answer, NEEDLES):
                        wrong.append((*said, "found"))
    assert not wrong, (len(wrong), wrong[:20])
    undone = blind.post("/api/undo", json={"entry": raw["entry"]}, headers=headers)
    nothing = blind.post("/api/undo", json={"entry": lost}, headers=headers)
    assert undone.status_code == nothing.status_code == 404
    assert undone.text.replace(str(raw["entry"]), lost) == nothing.text
    assert opened.protections() == protections
