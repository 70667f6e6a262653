"""The ways in which people use the workbench: with a mouse, with the keyboard alone, on a phone.

Each does the same few things, on whatever has a role and a name: what has neither, nobody reaches.
"""

import re

PHONE, WIDE = {"width": 390, "height": 780}, {"width": 1280, "height": 860}
MOST_TABS = 600


class Mouse:
    """Points and clicks."""

    screen = WIDE
    touch = False

    def __init__(self, page):
        self.page = page

    def element(self, role, name, within=None):
        place = self.page.locator(within) if within else self.page
        exact = isinstance(name, str)
        return place.get_by_role(role, name=name, exact=exact).first

    def reach(self, element):
        element.scroll_into_view_if_needed()

    def press(self, role, name, within=None):
        element = self.element(role, name, within)
        element.wait_for()
        self.act(element)

    def act(self, element):
        element.click()

    def write(self, label, words):
        field = self.page.get_by_label(label, exact=True).first
        field.wait_for()
        self.act(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def send(self):
        self.page.keyboard.press("Enter")


class Phone(Mouse):
    """Taps, on a screen of a phone's width."""

    screen = PHONE
    touch = True

    def act(self, element):
        element.tap()


class Keys(Mouse):
    """Tab, Enter and the keys that the page names; the mouse is never moved."""

    def act(self, element):
        self._tab_to(element)
        if element.evaluate("e => !['INPUT', 'TEXTAREA', 'SELECT'].includes(e.tagName)"):
            self.page.keyboard.press("Enter")

    def _tab_to(self, element):
        for _ in range(MOST_TABS):
            if element.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {element}")


def words(text):
    """A name as it is spoken, whatever blanks stand in it."""
    return re.compile(r"\s+".join(map(re.escape, text.split())))
