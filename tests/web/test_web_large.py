"""A case of many reports: a page reads few of them, and says of how many it speaks."""

import importlib.util
import os
import shutil
import signal
import threading
from functools import partial
from pathlib import Path

import pytest

from onrecord.case import Case
from onrecord.errors import OnrecordError
from onrecord.store import happenings
from onrecord.web import resolving
from onrecord.web.ahead import AHEAD
from onrecord.web.keeping import Kept
from onrecord.web.page import Asked
from onrecord.web.registry import PAGES
from onrecord.web.rendering import render
from onrecord.web.views import events
from onrecord.web.views.pictures import FEW
from onrecord.web.views.reading import CHOSEN, MOST_DOCUMENTS
from onrecord.web.visitor import OWNER
from onrecord.web.working import Work

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "simulated_case.py"
REPORTS = 240


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    spec = importlib.util.spec_from_file_location("simulated_case", BENCHMARK)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    folder = tmp_path_factory.mktemp("large") / "case"
    benchmark.make(folder, REPORTS)
    with Case.open(folder, write=True) as case:
        case.resolve()
    with Case.open(folder) as case:
        yield case
        AHEAD.settled()


def seen(case, name, **given):
    """What a page answers, and how it looks."""
    page = next(page for page in PAGES if page.name == name)
    asked = page.asked({key: str(value) for key, value in given.items()})
    assert isinstance(asked, Asked)
    view = page.view(case, asked)
    shown = render(
        page.template,
        title=page.title,
        case=case.name,
        navigation=(),
        at=name,
        token="t",
        visitor=OWNER,
        view=view,
        here=page,
    )
    return view, shown


@pytest.fixture
def famous(large):
    """Whoever is named in most documents."""
    return seen(large, "names")[0].names[0]


def test_a_page_on_somebody_reads_few_documents_and_says_so(large, famous):
    assert famous.documents > MOST_DOCUMENTS
    view, shown = seen(large, "who", who=famous.canonical)
    assert view.read == CHOSEN
    assert f"read in {CHOSEN} of the {famous.documents} documents" in shown
    assert "in this case." not in shown
    assert len({note.document for note in view.product.notes}) <= CHOSEN


def test_what_they_said_is_there_whole_in_stretches(large, famous):
    first, shown = seen(large, "said", who=famous.canonical, part="by")
    assert first.pages > 1
    assert f"{first.first} to {first.last} of {first.total}" in shown
    number = 0
    for page in range(1, first.pages + 1):
        view, _ = seen(large, "said", who=famous.canonical, part="by", page=page)
        number += len(view.product.sections[0].lines)
    assert number == first.total
    for kind, counted in first.kinds:
        assert seen(large, "said", who=famous.canonical, part="by", kind=kind)[0].total == counted
    assert sum(counted for _, counted in first.kinds) == first.total


def test_what_most_origins_tell_of_comes_first(large):
    parts = ((n, p) for n in seen(large, "names")[0].names for p in ("against", "suffered"))
    for name, part in parts:
        view, _ = seen(large, "said", who=name.canonical, part=part)
        lines = view.product.sections[0].lines
        told = [run.text for line in lines for run in line.runs if run.text.endswith("tells of it")]
        if len(lines) > 1 and told:
            break
    tags = [line.runs[-1].text for line in lines]
    origins = [int(tag.split()[0]) if tag[:1].isdigit() else 0 for tag in tags]
    assert origins == sorted(origins, reverse=True)


def test_the_members_of_a_group_are_all_there(large, famous):
    documents = set()
    page = 1
    while True:
        view, _ = seen(large, "members_of", who=famous.canonical, page=page)
        documents |= {member.document for member in view.members}
        if page == view.pages:
            break
        page += 1
    assert len(documents) == famous.documents


def test_an_event_of_many_reports_is_told_whole_in_stretches(large, monkeypatch):
    monkeypatch.setattr(events, "MOST_REPORTS", 2)
    monkeypatch.setattr(events, "KEPT", Kept())
    known = seen(large, "events")[0].events[0]
    first, shown = seen(large, "event", event=known.id)
    assert first.told == known.reports > 4
    assert f"Reports 1 to 2 of {first.told} are on this page" in shown
    told, acts = {}, []
    for page in range(1, first.pages + 1):
        view, _ = seen(large, "event", event=known.id, page=page)
        assert view.read == view.last - view.first + 1 <= 2
        tellings = [t for origin in (*view.origins, *view.denials) for t in origin.tellings]
        told |= {one.key: one for one in tellings}
        acts += [line for section in view.product.sections for line in section.lines]
    why = large.why(known.id)
    assert told == {one.key: one for origin in why.origins for one in origin.tellings}
    assert len(acts) == sum(len(found) for found in acts_of(large, known.id))


def acts_of(case, event):
    with case.browse() as state:
        return happenings.acts_of(state.connection, [event]).values()


def test_the_earliest_report_of_each_origin_goes_before_the_others(large, monkeypatch):
    monkeypatch.setattr(events, "MOST_REPORTS", 2)
    monkeypatch.setattr(events, "KEPT", Kept())
    listed = seen(large, "events")[0].events
    known = next(event for event in listed if 1 < event.independent_origins < event.reports)
    seen_first = [o.tellings[0].key for o in large.why(known.id).origins if o.affirms][:2]
    view, _ = seen(large, "event", event=known.id)
    assert [one.tellings[0].key for one in view.origins] == seen_first


@pytest.mark.parametrize("kind", ["timeline", "map", "network"])
def test_a_picture_is_drawn_beside_the_pages(large, kind):
    assert large.status().documents > FEW
    AHEAD.settled()
    first, waiting = seen(large, kind)
    AHEAD.settled()
    view, shown = seen(large, kind)
    assert not view.going
    assert view.drawn <= view.of
    assert view.read <= REPORTS
    if first.going:
        assert "data-going" in waiting
        assert "being drawn" in waiting
    assert "data-going" not in shown
    assert f'src="/pictures/{kind}.svg"' in shown


def test_a_brief_reads_what_bears_on_its_people(large):
    one = seen(large, "engagements")[0].engagements[0]
    view, shown = seen(large, "brief", engagement=one.id)
    assert one.document in {note.document for note in view.product.notes}
    assert view.read <= MOST_DOCUMENTS
    assert ("Read for this brief" in shown) == (view.read < view.documents)


def test_every_stretch_of_a_list_opens(large):
    for name in ("names", "events", "chronology", "demands", "engagements"):
        first, _ = seen(large, name)
        last, _ = seen(large, name, page=first.pages)
        beyond, _ = seen(large, name, page=first.pages + 5)
        assert last.total == first.total == beyond.total


def test_a_drawing_whose_process_is_killed_is_told_and_made_again(large):
    with pytest.raises(OnrecordError, match="could not be made"):
        AHEAD.get(large, "killed", partial(_end, signal.SIGKILL), None, apart=True)
    assert AHEAD.get(large, "killed", os.getpid, None, apart=True) != os.getpid()


def _end(how):
    os.kill(os.getpid(), how)


@pytest.fixture
def old(large, tmp_path):
    """A copy of the case to which a judgement came."""
    shutil.copytree(large.folder, tmp_path / "case")
    with Case.open(tmp_path / "case") as case:
        (pair,) = case.proposals()[:1]
        case.judge(pair.left.key, pair.right.key, "unsure")
        yield case


def ended(work):
    """The first piece of work, when what comes after it in line has its turn."""
    over = threading.Event()
    work.begin("test", "after it", lambda _: over.set() or "")
    assert over.wait(300)
    return work.job(1)


def test_who_is_who_of_a_large_case_is_worked_out_in_another_process(old):
    work = Work()
    assert not work.resolve_soon(old, actor="Amina")
    job = ended(work)
    assert (job.kind, job.state, job.trouble) == ("resolve", "done", "")
    assert any("working out who is who" in line for line in job.last)
    with old.browse() as state:
        assert state.is_resolved
    assert [e.actor for e in old.log() if e.kind == "resolve"][-1] == "Amina"
    work.close()


def test_closing_the_workbench_ends_what_is_worked_out(old):
    work, begun = Work(), threading.Event()
    do = partial(resolving.resolve, old.folder, "", lambda _: begun.set())
    work.begin("resolve", "Who is who", lambda _: do())
    assert begun.wait(300)
    work.close()
    assert work.job(1).state == "failed"
    with old.browse() as state:
        assert not state.is_resolved
