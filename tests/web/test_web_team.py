"""A team at the workbench: roles, presence, and sessions that end."""

import re

import pytest

from onrecord.web.registry import ACTIONS, PAGES
from onrecord.web.visitor import ROLES

NEEDS = {"read": 0, "contribute": 1, "review": 2, "administer": 3}


def token_of(client):
    return client.get("/api/account").json()["token"]


def test_a_removed_member_is_out_at_once(member, served):
    amina = member("Amina", "reviewer")
    assert amina.get("/").status_code == 200
    served.services.accounts.members.remove("amina", actor="The first")
    assert amina.get("/").status_code == 401


@pytest.mark.parametrize("role", ROLES)
def test_every_action_refuses_the_roles_below_its_right(member, opened, role):
    client = member("Somebody", role)
    headers = {"x-onrecord-token": token_of(client)}
    head = opened.status().head
    for action in ACTIONS:
        if ROLES.index(role) < NEEDS[action.right]:
            answer = client.post(action.api, json={}, headers=headers)
            assert (action.api, answer.status_code) == (action.api, 403)
            assert "role" in answer.json()["error"]
    assert opened.status().head == head


@pytest.mark.parametrize("role", ROLES)
def test_every_page_refuses_the_roles_below_its_right(member, role):
    client = member("Somebody", role)
    for page in PAGES:
        if "{" not in page.path:
            refused = client.get(page.path).status_code == 403
            assert refused == (ROLES.index(role) < NEEDS[page.right]), page.path


def test_two_who_review_the_same_see_each_other(member):
    amina, jon = member("Amina"), member("Jon")
    assert amina.get("/api/review").json()["looking"] == []
    assert jon.get("/api/review").json()["looking"] == ["Amina"]
    shown = re.sub(r"\s+", " ", amina.get("/review").text)
    assert "<bdi>Jon</bdi> is looking at this too." in shown
