"""Two names joined and parted in a real browser, with keys alone, on a narrow screen."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.fixture
def page(browser, served):
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, color_scheme="dark", base_url=served.base
    )
    page = context.new_page()
    page.goto(served.link())
    yield page
    context.close()


def is_sound(page):
    found = Axe().run(page).response["violations"]
    assert not [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] != "minor"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_two_are_joined_and_parted_with_keys_alone(page, opened):
    page.goto("/names?q=Davit+Oranesh")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/names/**")
    is_sound(page)
    page.get_by_role("link", name="Is the same as").press("Enter")
    page.wait_for_url("**/same")
    page.get_by_label("Part of the other").fill("an")
    page.keyboard.press("Enter")
    page.wait_for_url("**/same?q=an")
    is_sound(page)
    other = page.locator("main .names.list a").first
    name = other.inner_text()
    other.press("Enter")
    page.wait_for_url("**other=**")
    is_sound(page)
    assert name in page.locator(".sides").inner_text()
    with page.expect_navigation():
        page.keyboard.press("s")
    assert "one and the same" in page.locator(".notice").first.inner_text()
    assert [d.verdict for d in opened.judgements()] == ["same"]
    is_sound(page)
    with page.expect_navigation():
        page.keyboard.press("z")
    assert "Taken back" in page.locator(".notice").first.inner_text()
    assert not opened.judgements()


def test_one_of_several_is_parted_and_put_back(page, opened):
    page.goto("/names?q=Davit+Oranesh")
    page.locator("main .names.list a").first.click()
    page.get_by_role("link", name="Each source").click()
    page.wait_for_url("**/members")
    is_sound(page)
    page.get_by_text("This one is somebody else").last.click()
    is_sound(page)
    page.get_by_label("Why, in your words").last.fill("another of that name")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Part it from the others")).last.click()
    assert "They are 2 from now on" in page.locator(".notice").first.inner_text()
    assert {d.why for d in opened.judgements()} == {"another of that name"}
    with page.expect_navigation():
        page.get_by_role("button", name="Take it back").click()
    assert not opened.judgements()
