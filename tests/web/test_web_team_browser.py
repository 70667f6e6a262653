"""A team in a real browser over TLS: invited, signed in with a second factor, seeing each other."""

import re

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe

PASSWORD, OTHER = "seven green lamps over water", "the ferry leaves an orange behind"
GRAVE = ("serious", "critical")


@pytest.fixture
def window(browser, team):
    """Opens a window of somebody else each time."""
    contexts = []

    def make(width=1280, scheme="light", script=True):
        contexts.append(
            browser.new_context(
                ignore_https_errors=True,
                base_url=team.base,
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                java_script_enabled=script,
            )
        )
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def sign_in(page, name="Amina", password=PASSWORD):
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def sound(page, width=None):
    """Nothing serious for axe, and nothing wider than the window."""
    found = Axe().run(page).response["violations"]
    grave = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in GRAVE]
    assert not grave, page.url
    if width:
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def invitation(page, name):
    """The link of an invitation that an administrator makes."""
    page.goto("/members")
    sound(page)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Invite", exact=True).click()
    sound(page)
    return page.get_by_label("This link opens once").input_value()


def join(page, link):
    page.goto(link)
    sound(page, 390)
    page.get_by_label("A password of your own").fill(OTHER)
    page.get_by_label("The same again").fill(OTHER)
    page.get_by_role("button", name="Join").click()


def set_up(page, now):
    """Set up a second factor; returns its secret and the recovery codes."""
    page.get_by_label("Your password as it is now").first.fill(OTHER)
    page.get_by_role("button", name="Set up a second factor").click()
    secret = page.get_by_text("Secret:").locator("code").inner_text().replace(" ", "")
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 100
    sound(page, 390)
    page.get_by_label("Code").fill(pyotp.TOTP(secret).at(now))
    page.get_by_role("button", name="Confirm").click()
    return secret, page.locator(".codes code").all_inner_texts()


def test_somebody_is_invited_joins_and_signs_in_with_a_second_factor(window, team):
    credentials = team.services.accounts.members.credentials
    now = credentials.clock()
    credentials.clock = lambda: now
    amina, jon = window(), window(390, "dark")
    sign_in(amina)
    amina.wait_for_url(team.base + "/")
    join(jon, invitation(amina, "Jon Dale"))
    jon.wait_for_url(team.base + "/")
    jon.get_by_role("link", name="Jon Dale").click()
    sound(jon, 390)
    secret, recovery = set_up(jon, now)
    assert len(recovery) == 8
    sound(jon, 390)
    jon.reload()
    assert not jon.locator(".codes").count()

    jon.get_by_role("button", name="Sign out").click()
    sign_in(jon, "Jon Dale", OTHER)
    jon.wait_for_url("**/second-factor**")
    sound(jon, 390)
    credentials.clock = lambda: now + 30
    jon.get_by_label("Code").fill(pyotp.TOTP(secret).at(now + 30))
    jon.get_by_role("button", name="Go on").click()
    jon.wait_for_url(team.base + "/")

    amina.goto("/members")
    amina.get_by_text("Change Jon Dale").click()
    amina.get_by_role("button", name="Remove").last.click()
    amina.get_by_text("Jon Dale").wait_for(state="detached")
    jon.goto("/")
    assert jon.get_by_role("button", name="Sign in").is_visible()


def test_a_closed_page_asks_to_sign_in_and_goes_on_to_what_was_wanted(window):
    page = window()
    page.goto("/documents")
    sound(page)
    page.get_by_label("Name").fill("Amina")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Show it").click()
    assert page.get_by_label("Password").get_attribute("type") == "text"
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/documents")


def test_two_who_review_the_same_pair_see_each_other(window, team):
    members = team.services.accounts.members
    members.join(members.invite("Jon", "reviewer", "names"), OTHER)
    amina, jon = window(), window()
    sign_in(amina)
    amina.wait_for_url(team.base + "/")
    sign_in(jon, "Jon", OTHER)
    jon.wait_for_url(team.base + "/")
    amina.goto("/review")
    assert not amina.get_by_text("looking at this too").count()
    jon.goto("/review")
    assert re.search(r"Amina\s+is looking at this too", jon.locator("main").inner_text())
    amina.reload()
    assert re.search(r"Jon\s+is looking at this too", amina.locator("main").inner_text())
    sound(amina)
    with jon.expect_navigation():
        jon.keyboard.press("n")
    amina.reload()
    assert not amina.get_by_text("looking at this too").count()


def test_what_was_read_is_shown_to_administrators_without_script(window, team):
    members = team.services.accounts.members
    members.join(members.invite("Jon", "viewer", "names"), OTHER)
    jon, amina = window(script=False), window(390, script=False)
    sign_in(jon, "Jon", OTHER)
    jon.goto("/documents")
    jon.locator("main .list a").first.click()
    read = jon.url.rpartition("/")[2]
    sign_in(amina)
    amina.goto("/log/reads")
    amina.get_by_label("Who", exact=True).select_option("Jon")
    amina.get_by_label("Document").fill(read[:20].replace("%3A", ":"))
    amina.get_by_role("button", name="Show").click()
    rows = amina.locator("main ol.done li").all_inner_texts()
    assert len(rows) == 1
    assert "Jon opened document" in re.sub(r"\s+", " ", rows[0])
