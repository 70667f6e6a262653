"""A team at the workbench: roles, presence, and sessions that end."""

from onrecord.web.access import COOKIE


def test_a_member_is_known_by_name_and_a_removed_one_is_out(member, served):
    amina = member("Amina", "reviewer")
    assert amina.get("/").status_code == 200
    members = served.services.accounts.members
    members.remove("amina", actor="The first")
    assert amina.get("/").status_code == 401
    assert amina.cookies[COOKIE]
