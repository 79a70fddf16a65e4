"""What a fresh pair of eyes broke once: values out of all bounds, forms without their key, rows replaced."""

import pytest
from django.db import DatabaseError, connection, transaction

from decisions.models import PublicFeedback, StepRecord

HUGE = 10**23


@pytest.mark.parametrize("day", ["9999-12-31", "1899-01-01"])
def test_a_year_that_cannot_be_meant_is_refused_with_words(office, day):
    decision = office.advance(office.initiate(), until="public_participation")
    told = office.refused(decision, "open_public_comment", opened_on=day, closes_on=day, title="公告")
    assert "请核对" in told


def test_what_was_held_lies_not_ahead(office):
    decision = office.advance(office.initiate(), until="public_participation")
    ahead = {"form": "symposium", "headline": "座谈会", "opened_on": "2026-12-01", "summary": "已开。"}
    assert "开展日期不得晚于今天" in office.refused(decision, "hold_participation", **ahead)


def test_a_number_no_database_holds_is_not_found_or_not_offered(office, client):
    assert client.get(f"/public/decisions/{HUGE}/").status_code == 404
    assert client.get(f"/public/decisions/{HUGE}/feedback/").status_code == 404
    decision = office.propose()
    told = office.refused(decision, "initiate", outcome="started", co_units=[HUGE])
    assert "请重新选择" in told


def test_a_form_without_its_key_counts_once(office):
    decision = office.advance(office.initiate(), until="execution")
    task = office.task(decision, "register_feedback")
    client = office.client("li")
    for _time in range(3):
        client.post(f"/tasks/{task.pk}/register_feedback/", {"channel": "phone", "text": "坝顶路灯不亮。"})
    assert PublicFeedback.objects.filter(decision=decision).count() == 1


def test_no_row_is_replaced(office):
    """INSERT OR REPLACE is SQLite's way past a guard on deletion; by the row's key and by any other unique one."""
    if connection.vendor != "sqlite":
        return
    office.initiate()
    columns = [field.column for field in StepRecord._meta.concrete_fields]
    for new_id in ("id", "id + 1000"):
        values = ", ".join({"id": new_id, "opinion": "'改'"}.get(column, column) for column in columns)
        statement = (
            f"INSERT OR REPLACE INTO decisions_steprecord ({', '.join(columns)}) "
            f"SELECT {values} FROM decisions_steprecord LIMIT 1"
        )
        with pytest.raises(DatabaseError, match="I12"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
