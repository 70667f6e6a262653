"""The workbench in a real browser: by mouse, by keyboard, on a phone, without script."""

import re
import signal
import subprocess
import sys
from html import unescape

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe

from onrecord.case import Case
from onrecord.web.registry import PAGES

GRAVE = ("serious", "critical")


LINK = re.compile(r'(?:href|action)="(/[^"#]*)')


def page_at(address):
    """The page whose path that is."""
    path = address.partition("?")[0]
    for page in PAGES:
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(page.path)), path):
            return page.name
    return None


def test_every_page_is_reached_from_the_first_by_links(visitor, known):
    assert known
    reached, waiting, seen = {"case"}, ["/"], {"/"}
    while waiting and len(seen) < 400:
        shown = visitor.get(waiting.pop(0)).text
        for address in map(unescape, LINK.findall(shown)):
            name = page_at(address)
            if name and address not in seen and name not in reached:
                reached.add(name)
                seen.add(address)
                waiting.append(address)
    assert reached == {page.name for page in PAGES}


@pytest.fixture
def addresses(known):
    """An address for every page."""
    asked = {"search": "?q=Oranesh", "events": "?all=1"}
    return [page.path.format(**known) + asked.get(page.name, "") for page in PAGES]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_every_page_is_readable_and_asks_only_us(window, addresses, width, scheme):
    page = window(width, scheme)
    asked, complaints = set(), []
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.on("console", lambda message: complaints.append(message.text))
    axe = Axe()
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = axe.run(page).response["violations"]
        assert not [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in GRAVE], (
            address
        )
    assert asked == {page.url.split("/")[2]}
    assert not complaints


def test_the_words_of_a_note_stand_marked_in_the_document(window):
    page = window()
    page.goto("/names")
    page.locator("main .list a").first.click()
    cited = page.locator(".notes .cited").first
    words = re.sub(r"\s+", " ", cited.locator("bdi").inner_text()).strip("“”")
    cited.locator("a").click()
    marked = "".join(page.locator(".m-asked").all_inner_texts())
    assert re.sub(r"\s+", " ", marked).strip() == words
    assert page.locator(".m-asked").first.is_visible()


def test_a_proposal_is_judged_and_taken_back_with_keys_alone(window, case_folder):
    page = window()
    page.goto("/review")
    shown = page.locator("main .lead").first.inner_text()
    with page.expect_navigation():
        page.keyboard.press("d")
    with Case.open(case_folder) as case:
        assert [d.verdict for d in case.judgements()] == ["different"]
    assert page.locator("main .lead").first.inner_text() != shown
    with page.expect_navigation():
        page.keyboard.press("z")
    with Case.open(case_folder) as case:
        assert not case.judgements()
    assert page.locator("main .lead").first.inner_text() == shown


def test_keys_find_and_walk(window):
    page = window()
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("Oranesh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Oranesh")
    page.locator("h1").click()
    page.keyboard.press("j")
    name = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    page.wait_for_url("**/names/**")
    assert name in page.locator("h1").inner_text() or "Oranesh" in page.locator("h1").inner_text()


def test_results_come_while_typing(window):
    page = window()
    page.goto("/search")
    page.locator("#find").press_sequentially("Oranech")
    page.locator("#results mark").first.wait_for()
    page.wait_for_url("**q=Oranech**")


def test_the_work_goes_without_script(window, case_folder):
    page = window(390, "light", script=False)
    page.goto("/")
    page.get_by_label("Search this case").fill("mass grave")
    page.get_by_role("button", name="Search").click()
    assert page.locator("#results li").count()
    page.goto("/review")
    page.get_by_label("Why").fill("they are of other villages")
    with page.expect_navigation():
        page.get_by_role("button", name="Unsure").click()
    with Case.open(case_folder) as case:
        assert [(d.verdict, d.why) for d in case.judgements()] == [
            ("unsure", "they are of other villages")
        ]
    page.goto("/log")
    with page.expect_navigation():
        page.get_by_role("button", name="Take back").first.click()
    with Case.open(case_folder) as case:
        assert not case.judgements()


@pytest.mark.parametrize(("told", "ended"), [(signal.SIGINT, (0, 130)), (signal.SIGTERM, (143,))])
def test_ctrl_c_and_a_request_to_end_end_it_in_order(case_folder, told, ended):
    # As in a terminal: a test run in the background would hand down that SIGINT is ignored.
    command = ["env", "--default-signal=INT", sys.executable, "-m", "onrecord"]
    command += ["serve", "--no-browser", "--case", case_folder]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline()).group()
    assert httpx.get(address, timeout=60).status_code in (200, 401)
    process.send_signal(told)
    assert process.wait(timeout=60) in ended
    process.stdout.close()
