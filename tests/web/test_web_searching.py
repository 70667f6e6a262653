"""Search in a real browser: facets by links alone, names and passages while typing, on any page."""

import re
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from onrecord.case import Case
from onrecord.web.serving import serve

GRAVE = ("serious", "critical")


def number(text):
    return int(re.search(r"[\d,]+", text)[0].replace(",", ""))


def tab(page, name):
    return page.locator("nav[aria-label='What to look at'] li", has_text=name)


def test_facets_are_chosen_and_taken_off_without_script(window):
    page = window(390, script=False)
    page.goto("/search?what=claims")
    everything = number(tab(page, "Claims").locator(".count").inner_text())
    value = page.locator("#facets li", has_text="denial")
    fewer = number(value.locator(".count").inner_text())
    assert 0 < fewer < everything
    value.locator("a").click()
    assert number(tab(page, "Claims").locator(".count").inner_text()) == fewer
    assert set(page.locator(".told > li > p .tag:first-of-type").all_inner_texts()) >= {"denial"}
    assert page.locator(".told > li").count() == min(fewer, 12)
    assert page.locator(".told > li .chain").count() >= min(fewer, 12)
    page.get_by_role("link", name="Take off: Kind of claim").click()
    assert number(tab(page, "Claims").locator(".count").inner_text()) == everything


def test_words_and_what_is_chosen_hold_together(window):
    page = window(script=False)
    page.goto("/search?kind=allegation&what=claims")
    chosen = number(tab(page, "Claims").locator(".count").inner_text())
    page.get_by_label("Search this case").fill("killed")
    page.get_by_role("button", name="Search").click()
    assert "kind=allegation" in page.url
    assert number(tab(page, "Claims").locator(".count").inner_text()) < chosen
    assert page.locator(".told mark").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/search?what=acts", "/search?what=people&kind=denial"])
def test_what_is_found_is_readable(window, scheme, address):
    page = window(390, scheme)
    page.goto(address)
    page.locator("#facets summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page).response["violations"]
    assert not [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in GRAVE]


def test_names_and_passages_come_on_any_page_and_keys_walk_them(window):
    page = window()
    page.goto("/documents")
    page.keyboard.press("/")
    page.keyboard.type("Orane")
    page.locator("#glance .names a").first.wait_for()
    page.locator("#glance mark").first.wait_for()
    page.locator("#heard", has_text="“Orane”").wait_for(state="attached")
    page.keyboard.press("ArrowDown")
    name = page.evaluate("document.activeElement.innerText")
    assert "Orane" in name
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.press("Escape")
    assert not page.locator("#glance").is_visible()
    assert page.locator("#find").input_value() == ""
    page.keyboard.type("Orane")
    page.locator("#glance .names a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/names/**")


def test_typing_settles_into_counts_and_an_address(window):
    page = window()
    page.goto("/search")
    page.locator("#find").press_sequentially("Oranesh")
    page.locator("#results mark").first.wait_for()
    page.wait_for_url("**q=Oranesh**")
    passages = tab(page, "Passages").locator(".count")
    expect(passages).to_have_text(re.compile("^[1-9]"), timeout=60_000)
    assert number(passages.inner_text()) > 0


def test_a_day_that_is_none_is_said_to_be_none(window):
    page = window()
    page.goto("/search?what=claims&from=lately")
    assert "is no day, month or year" in page.locator("main").inner_text()


def test_years_narrow_to_what_may_have_been_then(visitor):
    found = visitor.get("/api/search?what=claims").json()
    years = next(f for f in found["facets"] if f["name"] == "when")["values"]
    for year in years:
        asked = dict(year["asked"]) | {"what": "claims"}
        assert visitor.get("/api/search", params=asked).json()["total"] == year["number"]


def test_a_case_that_was_never_worked_out_says_so_and_finds_words(tmp_path, browser):
    (tmp_path / "a.txt").write_text("Soldiers burned a mill in Selmouth, Ilka Varn said.\n")
    with Case.create(tmp_path / "case") as case:
        case.add([tmp_path / "a.txt"])
        server = serve(case)
        thread = threading.Thread(target=server.run)
        thread.start()
        context = browser.new_context(base_url=server.base)
        try:
            page = context.new_page()
            page.goto(server.link())
            page.goto("/search?q=selmuoth&kind=allegation")
            assert page.locator("#results mark").first.inner_text() == "Selmouth"
            assert not page.locator("#facets").count()
            with page.expect_navigation():
                page.get_by_role("button", name="Work it out anew").click()
            page.goto("/search?what=claims")
            assert page.locator(".told > li").count()
        finally:
            context.close()
            server.stop()
            thread.join()
