"""What PostgreSQL, and the way to it, may do to a case."""

import pytest
import sqlalchemy

from onrecord.case import Case
from onrecord.errors import CaseError


@pytest.mark.parametrize(
    "url", ["mysql://host/case", "sqlite:///case.sqlite", "river", "postgresql//host"]
)
def test_only_postgresql_is_a_server(tmp_path, url):
    with pytest.raises(CaseError, match="none of PostgreSQL"):
        Case.create(tmp_path / "case", database=url)
    assert not (tmp_path / "case").exists()


def test_a_server_that_is_not_there(tmp_path):
    url = f"postgresql://amara:secret@/case?host={tmp_path}"
    with pytest.raises(CaseError, match="cannot be reached") as caught:
        Case.create(tmp_path / "case", database=url)
    assert "secret" not in str(caught.value)
    assert not (tmp_path / "case").exists()


def test_the_password_is_not_shown(tmp_path, postgresql_url):
    url = sqlalchemy.make_url(postgresql_url).set(password="secret")
    database = url.render_as_string(hide_password=False)
    with Case.create(tmp_path / "case", database=database) as case:
        assert "secret" not in case.status().database


@pytest.mark.parametrize("moment", ["added", "extracted"])
def test_a_connection_lost_while_adding(tmp_path, postgresql_url, moment):
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(4):
        text = f"Ilka Varn said that {number + 2} soldiers had left Selmouth.\n"
        (reports / f"{number}.txt").write_text(text, encoding="utf-8")

    def cut(what):
        if what.endswith(f"1.txt: {moment}"):
            engine = sqlalchemy.create_engine(postgresql_url)
            with engine.begin() as connection:
                connection.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE application_name LIKE 'onrecord %%'"
                )
            engine.dispose()

    with Case.create(tmp_path / "case", database=postgresql_url) as case:
        with pytest.raises(CaseError, match="cannot be reached"):
            case.add([reports], progress=cut)
        assert case.verify().problems == ()
        case.add([reports])
        assert (case.status().documents, case.status().pending) == (4, 0)
        assert case.verify().problems == ()
