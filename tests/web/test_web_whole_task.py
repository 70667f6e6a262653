"""A whole task from end to end, as a documenter does it, in each of the ways people have.

Find the minister, accept two allegations, correct a count, merge two spellings, split them again,
print the brief.
"""

import re
import threading

import pytest
from argon2 import PasswordHasher
from hands import WIDE, Keys, Mouse, Phone

from onrecord.case import Case
from onrecord.demo import FOLDER
from onrecord.web.binding import Where
from onrecord.web.services import Services
from onrecord.web.serving import serve

REPORTS = ("01-", "05-", "08-", "23-", "26-")
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "nine slow herons on a roof"
PRINTED = "window.print = () => { document.documentElement.dataset.printed = 1; };"


def new_case(folder, database=None):
    reports = sorted(p for p in (FOLDER / "reports").iterdir() if p.name.startswith(REPORTS))
    case = Case.create(folder / "case", name="The river case", database=database)
    assert not case.add(reports).refused
    case.resolve()
    return case


@pytest.fixture
def case(tmp_path):
    with new_case(tmp_path) as case:
        yield case


@pytest.fixture
def workbench(case):
    server = serve(case)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.stop()
    thread.join()


@pytest.fixture(params=[Mouse, Keys, Phone], ids=["mouse", "keyboard", "phone"])
def hands(request, browser, workbench):
    kind = request.param
    context = browser.new_context(
        viewport=kind.screen, has_touch=kind.touch, base_url=workbench.base, reduced_motion="reduce"
    )
    context.add_init_script(PRINTED)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(workbench.link())
    yield kind(page)
    context.close()


def test_a_whole_task(hands, case):
    page = hands.page
    find_the_minister(hands)
    accept_two(hands, case)
    correct_a_count(hands, case)
    merge(hands, case)
    split(hands, case)
    print_the_brief(hands)
    assert page.evaluate("document.documentElement.scrollWidth") <= hands.screen["width"]
    assert not case.verify().problems


def find_the_minister(hands):
    page = hands.page
    hands.write("Search this case", "minister")
    hands.send()
    page.wait_for_url("**/search?q=minister*")
    hands.press("link", re.compile("Governor and minister to visit"), within="#results")
    page.wait_for_url("**/documents/**")
    hands.press("link", re.compile("Helka Torvane"), within="main")
    page.wait_for_url("**/names/**")
    assert page.locator("h1").inner_text() == "Helka Torvane"


def accept_two(hands, case):
    page = hands.page
    hands.press("link", "Open claims", within="main")
    page.wait_for_url("**/review/claims?who=*")
    for number in (1, 2):
        with page.expect_navigation():
            hands.press("button", re.compile("^Accept"))
        assert [r.what for r in case.reviews()] == ["accepted"] * number
    assert len({r.subject for r in case.reviews()}) == 2


def correct_a_count(hands, case):
    page = hands.page
    hands.write("Search this case", "twelve people killed")
    hands.send()
    page.wait_for_url("**/search?q=twelve*")
    hands.press("link", re.compile("letter", re.IGNORECASE), within="#results")
    page.wait_for_url("**/documents/**")
    hands.press("link", re.compile("^Who says what"))
    told = page.locator(".tellings li", has_text="how many").first
    told.wait_for()
    hands.act(told.get_by_role("link", name="Correct").first)
    page.wait_for_url("**correct=1*")
    hands.write("How many at most; empty where no most is stated", "14")
    with page.expect_navigation():
        hands.send()
    counts = [v.count for r in case.records() for a in r.acts for v in a.victims if v.count]
    assert [c for c in counts if c.max == 14]


def merge(hands, case):
    page = hands.page
    hands.press("link", "Names")
    hands.press("link", re.compile("^Ilse Harmond"), within="main")
    page.wait_for_url("**/names/**")
    hands.press("link", re.compile("^Is the same as"))
    hands.write("Part of the other’s name", "Harmond")
    hands.send()
    hands.press("link", "Harmond", within="main")
    hands.press("button", re.compile("^Same"))
    page.get_by_text("They are one from now on").wait_for()
    assert [d.verdict for d in case.judgements()] == ["same"]


def split(hands, case):
    page = hands.page
    hands.press("button", re.compile("^Take it back"))
    page.get_by_text("no longer hold").wait_for()
    assert not case.judgements()


def print_the_brief(hands):
    page = hands.page
    hands.press("link", "Demands", within="header")
    hands.press("link", "Engagements", within="header")
    hands.press("link", re.compile("^visit, Port Ansel"), within="main")
    hands.press("button", "Print")
    page.locator("html[data-printed]").wait_for(state="attached")
    assert page.locator("h1").inner_text().startswith("Brief")
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.pdf().startswith(b"%PDF")


@pytest.fixture
def shared_case(tmp_path, postgresql_url):
    with new_case(tmp_path, postgresql_url) as case:
        yield case


@pytest.fixture
def team(shared_case, browser):
    """Two reviewers at work in one case on PostgreSQL, each in a browser of their own."""
    services = Services.for_case(shared_case, hasher=CHEAP)
    members = services.accounts.members
    members.join(members.invite("Root", "administrator"), PASSWORD)
    for name in ("Amina", "Bruno"):
        members.join(members.invite(name, "reviewer", "names"), PASSWORD)
    server = serve(shared_case, services=services, where=Where(without_tls=True))
    thread = threading.Thread(target=server.run)
    thread.start()
    contexts = []

    def sign_in(name):
        contexts.append(browser.new_context(viewport=WIDE, base_url=server.base))
        contexts[-1].set_default_timeout(60_000)
        page = contexts[-1].new_page()
        page.goto("/")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="The river case").wait_for()
        return page

    yield sign_in("Amina"), sign_in("Bruno")
    for context in contexts:
        context.close()
    server.stop()
    thread.join()


def test_two_people_review_the_same_thing_and_see_it(team, shared_case):
    amina, bruno = team
    for page in (amina, bruno):
        page.goto("/review/claims")
    assert amina.locator("main .said").inner_text() == bruno.locator("main .said").inner_text()
    bruno.reload()
    assert "Amina" in bruno.locator("main").inner_text()
    with amina.expect_navigation():
        amina.get_by_role("button", name="Accept").click()
    with bruno.expect_navigation():
        bruno.get_by_role("button", name="Reject").click()
    assert "Amina" in bruno.locator("main").inner_text()
    (told,) = shared_case.reviews()
    assert (told.what, told.actor) == ("accepted", "Amina")
    with bruno.expect_navigation():
        bruno.get_by_role("button", name="all the same").click()
    (told,) = shared_case.reviews()
    assert (told.what, told.actor) == ("rejected", "Bruno")
    at_once(amina, bruno)
    assert sorted(r.actor for r in shared_case.reviews()) == ["Amina", "Bruno", "Bruno"]
    assert not shared_case.verify().problems


def at_once(amina, bruno):
    """Each decides on another claim without waiting for the other."""
    amina.goto("/review/claims?at=0")
    bruno.goto("/review/claims?at=1")
    with amina.expect_navigation(), bruno.expect_navigation():
        amina.get_by_role("button", name="Accept").click(no_wait_after=True)
        bruno.get_by_role("button", name="Accept").click(no_wait_after=True)
