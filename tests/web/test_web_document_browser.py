"""The document page in a real browser: reading, deciding and adding, with and without script."""

import threading

import pytest
from axe_playwright_python.sync_playwright import Axe

from onrecord.case import Case
from onrecord.web.serving import serve

GRAVE = ("serious", "critical")
ASTRAL = (
    "The harbour guard 𝔸😀 beat Temor Gask on 4 May, Sela Onnard alleged.\r\n\r\n"
    "Sela Onnard said that \u202efour men\u202c were taken away. “They came at night,” "
    "she said.\r\n"
    "The harbour guard denied it.\r\n"
)
MIXED = (
    "قالت سيلا أونارد إن الحرس احتجز أربعة صيادين في الميناء.\n\n"
    "Captain Torv Elmsen of the harbour guard denied that anybody was held.\n\n"
    "اوریل کے رہائشیوں نے کہا کہ محافظوں نے راستہ بند کر دیا۔\n\n"
    "השומרים אמרו כי איש לא נעצר בנמל אורל.\n"
)


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reading")
    for name, text in (("astral.txt", ASTRAL), ("mixed.txt", MIXED)):
        (folder / name).write_bytes(text.encode())
    with Case.create(folder / "case", name="Reading") as case:
        assert not case.add(sorted(folder.glob("*.txt"))).refused
        case.resolve()
        yield case, {d.path.rpartition("/")[2]: d.id for d in case.documents()}


@pytest.fixture(scope="module")
def served(held):
    server = serve(held[0])
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.stop()
    thread.join()


@pytest.fixture
def astral(held):
    return f"/documents/{held[1]['astral.txt']}"


@pytest.fixture
def undone(held):
    """Takes back, at the end, what a test decided."""
    yield held[0]
    for decision in held[0].reviews():
        held[0].undo(decision.seq)


def claim_of(held, words):
    record = held[0].record(held[1]["astral.txt"])
    found = (c for c in record.claims for s in c.content if words in record.text[slice(*s)])
    return next(found)


def test_a_mark_leads_to_its_claim_and_enter_leads_back(window, held, astral):
    claim = claim_of(held, "They came at night")
    page = window()
    page.goto(astral)
    mark = page.locator(f"[id='in-{claim.id}']")
    mark.focus()
    page.keyboard.press("Enter")
    card = page.locator(f".told[id='{claim.id}']")
    page.locator(".told:focus").wait_for()
    assert card.evaluate("e => e === document.activeElement && e.matches('.here')")
    assert "They came at night" in card.inner_text()
    assert "Sela Onnard" in card.locator(".chain").inner_text()
    page.keyboard.press("Enter")
    page.locator("[id^='in-']:focus").wait_for()
    assert mark.evaluate("e => e === document.activeElement")


def test_without_script_a_mark_leads_to_its_claim(window, held, astral):
    claim = claim_of(held, "They came at night")
    page = window(390, script=False)
    page.goto(astral)
    assert not page.locator("#claims").is_visible()
    page.locator(f"a[href='#{claim.id}']").first.click()
    assert page.locator(f".told[id='{claim.id}']").is_visible()
    assert not page.locator("#text").is_visible()
    page.locator(f".told[id='{claim.id}']").get_by_role("link", name="in the text").click()
    assert page.locator("#text").is_visible()
    assert not page.locator("#claims").is_visible()


def test_claims_are_walked_and_decided_with_keys(window, held, astral, undone):
    page = window()
    page.goto(astral)
    cards = page.locator(".told")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    second = cards.nth(1).get_attribute("id")
    assert page.evaluate("document.activeElement.id") == second
    assert page.locator(".text .m-here").count()
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.url.endswith(f"#{second}")
    page.locator(".told:focus").wait_for()
    assert page.evaluate("document.activeElement.id") == second
    assert "accepted" in page.locator(f".told[id='{second}'] .terms").inner_text()
    page.keyboard.press("j")
    third = page.evaluate("document.activeElement.id")
    with page.expect_navigation():
        page.keyboard.press("c")
    choice = page.locator(".correcting").get_by_label("Polarity").first
    choice.select_option("negated")
    with page.expect_navigation():
        page.get_by_role("button", name="Correct only").first.click()
    assert page.url.endswith(f"#{third}")
    told = {(d.kind, d.what, d.subject.rpartition("|")[2]) for d in undone.reviews()}
    assert told == {("review", "accepted", second), ("correct", "polarity", third)}


def test_a_correction_goes_without_script_and_with_the_mouse(window, held, astral, undone):
    claim = claim_of(held, "They came at night")
    page = window(390, "dark", script=False)
    page.goto(f"{astral}#{claim.id}")
    card = page.locator(f".told[id='{claim.id}']")
    card.get_by_role("link", name="Correct").click()
    card.get_by_label("Kind").select_option("allegation")
    page.get_by_role("button", name="Correct and accept").first.click()
    assert page.url.endswith(f"#{claim.id}")
    assert "allegation" in card.locator(".kind").inner_text()
    assert "accepted" in card.locator(".terms").inner_text()


SELECT = """([words]) => {
  const nodes = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    return;
  }
  throw new Error(words);
}"""


@pytest.mark.parametrize("words", ["😀", " beat ", "were taken away", "denied"])
def test_selected_words_are_places_in_code_points(window, astral, words):
    page = window()
    page.goto(astral)
    page.evaluate(SELECT, [words])
    page.locator("#marking").get_by_role("button", name="Claim").click()
    form = page.locator("#mark [data-what=claim] form")
    start, end = (int(form.locator(f"[name={n}]").input_value()) for n in ("start", "end"))
    assert ASTRAL[start:end] == words
    assert form.get_by_label("Kind").evaluate("e => e === document.activeElement")


def test_a_selection_over_marks_paragraphs_and_hidden_signs(window, astral):
    page = window()
    page.goto(astral)
    page.keyboard.press("Control+a")
    page.evaluate("""() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector(".text"));
      getSelection().removeAllRanges(); getSelection().addRange(range);
    }""")
    page.locator("#marking").get_by_role("button", name="Act").click()
    form = page.locator("#mark [data-what=act] form")
    start, end = (int(form.locator(f"[name={n}]").input_value()) for n in ("start", "end"))
    assert ASTRAL[start:end] == ASTRAL.strip()


def test_a_name_is_added_with_the_mouse(window, held, astral, undone):
    page = window()
    page.goto(astral)
    page.evaluate(SELECT, ["four men" if "four men" in page.content() else "men"])
    page.locator("#marking").get_by_role("button", name="Name").click()
    page.get_by_label("What it names").select_option("Group")
    with page.expect_navigation():
        page.get_by_role("button", name="Add the name").click()
    assert "four men" in "".join(page.locator(".m-asked").all_inner_texts())
    assert [(d.kind, d.what) for d in undone.reviews()] == [("add", "name")]


def test_a_claim_is_added_without_script(window, astral, undone):
    page = window(390, script=False)
    page.goto(astral)
    page.get_by_text("Add what the machine missed").click()
    page.get_by_label("The exact words").fill("the harbour guard")
    page.get_by_role("button", name="Find them").click()
    assert page.locator("#add li").count() == 2
    page.locator("#add li a").nth(1).click()
    page.get_by_text("something that somebody says").click()
    page.get_by_label("Who says it").fill("Sela Onnard")
    page.get_by_role("button", name="Add the claim").click()
    added = undone.reviews()[-1]
    assert (added.kind, added.what, added.words) == ("add", "claim", "The harbour guard")
    assert page.locator(".m-asked").first.inner_text().startswith("The harbour guard")


def test_each_paragraph_runs_its_own_way(window, held):
    page = window(390)
    page.goto(f"/documents/{held[1]['mixed.txt']}")
    ways = page.locator(".text p").evaluate_all(
        "all => all.map(p => getComputedStyle(p).direction)"
    )
    assert ways == ["rtl", "ltr", "rtl", "rtl"]
    ends = """p => {
      const range = document.createRange(); range.selectNodeContents(p);
      const lines = [...range.getClientRects()];
      const last = Math.max(...lines.map((line) => line.bottom));
      const short = lines.filter((line) => line.bottom === last);
      const { left, right } = p.getBoundingClientRect();
      return [Math.min(...short.map((l) => l.left)) - left,
              right - Math.max(...short.map((l) => l.right))];
    }"""
    free = page.locator(".text p").first.evaluate(ends)
    assert free[1] < 1 < free[0]
    free = page.locator(".text p").nth(1).evaluate(ends)
    assert free[0] < 1 < free[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_readable_in_every_state(window, held, astral, width, scheme):
    claim = claim_of(held, "They came at night")
    page = window(width, scheme)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    states = ("", "#claims", f"?claim={claim.id}&correct=1#{claim.id}", "?find=the%20harbour#add")
    for state in (*states, "?show=original#original", "?check=1#custody"):
        page.goto(f"{astral}{state}")
        found = Axe().run(page).response["violations"]
        grave = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in GRAVE]
        assert not grave, (state, grave)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
    assert not complaints


def test_it_prints_text_and_claims_without_what_surrounds_them(window, astral):
    page = window(390)
    page.goto(astral)
    page.emulate_media(media="print")
    for selector in (".top", ".panes", "#add", ".deciding", ".narrow"):
        assert not page.locator(selector).first.is_visible(), selector
    assert page.locator(".text").is_visible()
    assert page.locator(".told .chain").first.is_visible()
