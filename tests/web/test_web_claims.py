"""Open claims in the workbench: with keys, with the mouse, without script, by two at once."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from onrecord.case import Case

HERE = "/review/claims"


@pytest.fixture
def token(visitor):
    """The token of a visitor's session, as the forms hold it."""
    return re.search(r'name="token" value="([0-9a-f]+)"', visitor.get(HERE).text)[1]


def subject_of(page):
    return page.locator(".decide input[name=subject]").get_attribute("value")


def press(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def states(folder):
    with Case.open(folder) as case:
        return {each.subject: each.what for each in case.reviews() if each.kind == "review"}


def take_back_all(folder):
    with Case.open(folder) as case:
        while decided := case.reviews():  # to undo one may bring back what it was decided over
            case.undo(decided[-1].seq)


@pytest.fixture(autouse=True)
def nothing_is_decided(case_folder):
    yield
    take_back_all(case_folder)


def test_claims_are_decided_and_taken_back_with_keys_alone(window, case_folder):
    page = window()
    page.goto(HERE)
    subjects = []
    for key in ("a", "r", "u"):
        subjects.append(subject_of(page))
        press(page, key)
    assert states(case_folder) == dict(
        zip(subjects, ("accepted", "rejected", "undecided"), strict=True)
    )
    press(page, "n")
    assert subject_of(page) not in subjects
    for _ in subjects:
        press(page, "z")
    assert states(case_folder) == {}
    page.goto(HERE)
    assert subject_of(page) == subjects[0]


@pytest.mark.parametrize("script", [True, False])
def test_a_count_is_corrected_and_the_claim_accepted(window, case_folder, script):
    with Case.open(case_folder) as case:
        record, act, count = next(
            (record, act, victim.count)
            for record in case.records()
            for act in record.acts
            for victim in act.victims
            if victim.count and act.claims and victim.count.min
        )
    subject = f"{record.document.id}|{act.claims[0]}"
    page = window(390 if script else 1280, script=script)
    page.goto(f"{HERE}?claim={subject}")
    page.locator("summary").click() if not script else page.keyboard.press("c")
    form = page.locator("form", has=page.locator(f"input[value='{record.document.id}|{act.id}']"))
    form = form.filter(has=page.locator("input[name=min]"))
    form.get_by_label("How many at least").fill(str(count.min + 3))
    form.get_by_label("How many at most").fill("")
    with page.expect_navigation():
        form.get_by_role("button", name="Correct and accept").click()
    assert states(case_folder) == {subject: "accepted"}
    with Case.open(case_folder) as case:
        (shown,) = [a for a in case.record(record.document.id).acts if a.id == act.id]
    (found,) = [v.count for v in shown.victims if v.corrected]
    assert (found.min, found.max, found.span) == (count.min + 3, None, count.span)


@pytest.mark.parametrize("script", [True, False])
def test_who_is_laid_an_act_to_is_taken_out_and_another_put_in(window, case_folder, script):
    with Case.open(case_folder) as case:
        record, act = next(
            (record, act)
            for record in case.records()
            for act in record.acts
            if act.perpetrators and act.claims and len(record.entities) > 4
        )
    subject, told = f"{record.document.id}|{act.claims[0]}", act.perpetrators[0]
    other = next(
        e for e in record.entities
        if e.type == "Group" and e.id not in {p.entity for p in act.perpetrators}
    )  # fmt: skip
    words = " ".join(record.text[slice(*told.span)].split())
    for press_or_fill in ("out", "in"):
        page = window(390 if script else 1280, script=script)
        page.goto(f"{HERE}?claim={subject}")
        page.keyboard.press("c") if script else page.locator("summary").click()
        form = page.locator(
            "form", has=page.locator(f"input[value='{record.document.id}|{act.id}']")
        ).first
        if press_or_fill == "out":
            button = form.locator(f"button[name=not_perpetrator][value='{told.entity}']")
        else:
            form.get_by_label("Put in").first.select_option(other.id)
            form.get_by_label("How", exact=True).select_option("ordered")
            form.get_by_label("When, as").fill("12 May 2021")
            form.get_by_label("The words that say when").fill(words)
            button = form.get_by_role("button", name="Correct only")
        with page.expect_navigation():
            button.click()
    with Case.open(case_folder) as case:
        (shown,) = [a for a in case.record(record.document.id).acts if a.id == act.id]
    parties = {(p.entity, p.involvement) for p in shown.perpetrators}
    assert (other.id, "ordered") in parties
    assert told.entity not in {entity for entity, _ in parties}
    assert shown.date == "2021-05-12"


def test_who_is_forestalled_sees_by_whom_and_may_decide_all_the_same(
    window, case_folder, monkeypatch
):
    page = window()
    page.goto(HERE)
    subject = subject_of(page)
    monkeypatch.setenv("ONRECORD_USER", "amara")
    with Case.open(case_folder) as case:
        case.review(subject, "rejected")
    press(page, "a")
    expect(page.locator("main")).to_contain_text("amara decided")
    assert states(case_folder) == {subject: "rejected"}
    with page.expect_navigation():
        page.get_by_role("button", name="Decide all the same").click()
    assert states(case_folder) == {subject: "accepted"}


def test_a_pair_that_somebody_else_has_judged_is_not_judged_over_unseen(window, case_folder):
    page = window()
    page.goto("/review")
    left, right = (
        page.locator(f".decide input[name={name}]").get_attribute("value")
        for name in ("left", "right")
    )
    with Case.open(case_folder) as case:
        entry = case.judge(left, right, "different")
    press(page, "s")
    expect(page.locator("h1")).to_contain_text("somebody else has decided")
    with Case.open(case_folder) as case:
        assert [d.verdict for d in case.judgements()] == ["different"]
        case.undo(entry.seq)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_the_page_is_readable_with_its_forms_open(window, width, scheme):
    page = window(width, scheme)
    page.goto(f"{HERE}?order=most+consequential")
    page.keyboard.press("c")
    expect(page.get_by_label("Who says it")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert not [v["id"] for v in found if v["impact"] in ("serious", "critical")]


def test_what_was_missed_is_added_at_the_words_selected(visitor, token, case_folder):
    with Case.open(case_folder) as case:
        record = next(r for r in case.records() if r.claims)
    start = record.text.index(record.text.split()[30])
    asked = {"token": token, "document": record.document.id, "start": start, "end": start + 40}
    asked |= {"what": "claim", "kind": "allegation", "speaker": record.entities[0].id}
    answer = visitor.post("/claims/mark", data=asked | {"back": "/documents?page=1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents?page=1")
    with Case.open(case_folder) as case:
        (added,) = case.reviews()
        shown = {f"{record.document.id}|{c.id}": c for c in case.record(record.document.id).claims}
    assert shown[added.subject].reviewed.state == "added"
    assert visitor.post("/claims/mark", data=asked).status_code == 422, "it is there already"


@pytest.mark.parametrize(
    "back", ["//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere", "review", "/\n/"]
)
def test_one_goes_back_to_this_workbench_only(visitor, token, back):
    subject = visitor.get(f"/api{HERE}").json()["claim"]["key"]
    told = {"token": token, "subject": subject, "state": "accepted", "back": back}
    assert visitor.post("/claims/review", data=told).status_code == 400


def test_a_contributor_adds_and_a_reviewer_decides(member, case_folder):
    contributor, reviewer = member("Sefa", "contributor"), member("Noor", "reviewer")
    shown = contributor.get(HERE)
    assert shown.status_code == 200
    assert 'value="accepted"' not in shown.text
    subject = reviewer.get(f"/api{HERE}").json()["claim"]["key"]
    for client, status in ((contributor, 403), (reviewer, 303)):
        token = re.search(r'name="token" value="([0-9a-f]+)"', client.get(HERE).text)[1]
        told = {"token": token, "subject": subject, "state": "accepted", "seen": "0"}
        assert client.post("/claims/review", data=told).status_code == status
    with Case.open(case_folder) as case:
        assert [each.actor for each in case.reviews()] == ["Noor"]


def test_the_list_is_narrowed_to_what_is_said_by_or_against_somebody(visitor, case_folder):
    with Case.open(case_folder) as case:
        groups = [g.canonical for g in case.people() if case.number_open(who=g.canonical)]
    told = visitor.get(f"/api{HERE}", params={"who": groups[0]}).json()
    assert 0 < told["total"] < visitor.get(f"/api{HERE}").json()["total"]
    assert told["name"]
