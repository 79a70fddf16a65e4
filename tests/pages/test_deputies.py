"""Deputies: appointed for oneself or by the office, for a time, with a reason, and ended early."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from decisions import clock, services
from decisions.models import Deputy
from decisions.terms import Role
from tests.office import Office
from tests.walk.drafting import DRAFT


def wanted(office: Office, **changes: Any) -> dict[str, Any]:
    facts = {
        "principal": office.people["sun"].pk,
        "deputy": office.people["qian"].pk,
        "since": clock.today().isoformat(),
        "until": (clock.today() + timedelta(days=5)).isoformat(),
        "because": "外出学习",
    }
    return {**facts, **changes}


def post(office: Office, who: str, **changes: Any) -> Any:
    return office.client(who).post("/deputies/", wanted(office, **changes))


def test_one_appoints_a_deputy_for_oneself(office: Office) -> None:
    assert post(office, "sun").status_code == 302
    row = Deputy.objects.get()
    assert (row.principal, row.deputy, row.appointed_by) == (
        office.people["sun"],
        office.people["qian"],
        office.people["sun"],
    )
    assert "外出学习" in office.client("qian").get("/deputies/").content.decode()
    assert "外出学习" not in office.client("wu").get("/deputies/").content.decode()


def test_the_office_appoints_for_anybody_and_others_only_for_themselves(office: Office) -> None:
    assert post(office, "li").status_code == 302
    assert post(office, "zhou").status_code == 422
    sun, qian, zhou = (office.people[name] for name in ("sun", "qian", "zhou"))
    today = clock.today()
    with pytest.raises(ValidationError, match="本人或者党政办"):
        services.appoint_deputy(
            qian, deputy=sun, authority=office.authority, since=today, until=today, because="休假", by=zhou
        )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"until": "2026-01-01"}, "截止日期不能早于开始日期"),
        ({"since": "2026-01-01"}, "不能从过去的日期开始"),
        ({"because": " "}, "代理事由"),
        ({"deputy": "self"}, "不能是被代理人本人"),
        ({"deputy": "foreign"}, "代理人"),
    ],
)
def test_it_is_refused_with_a_reason(office: Office, other_office: Office, changes: dict[str, str], says: str) -> None:
    people = {"self": office.people["sun"].pk, "foreign": other_office.people["qian"].pk}
    changes = {name: people.get(value, value) for name, value in changes.items()}
    response = post(office, "sun", **changes)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Deputy.objects.exists()


def test_the_same_deputy_is_not_appointed_twice_for_one_time(office: Office) -> None:
    post(office, "sun")
    assert "已有同一代理人" in post(office, "li").content.decode()


def test_a_form_posted_twice_appoints_once(office: Office) -> None:
    for _time in range(2):
        post(office, "sun", submission_key="once", until=clock.today().isoformat())
    assert Deputy.objects.count() == 1


def test_it_ends_early_by_the_principal_or_the_office(office: Office, other_office: Office) -> None:
    post(office, "sun")
    row = Deputy.objects.get()
    url = f"/deputies/{row.pk}/end/"
    assert office.client("wu").post(url).status_code == 404
    assert other_office.client("li").post(url).status_code == 404
    assert office.client("qian").post(url).status_code == 403
    assert office.client("li").get(url).status_code == 405
    assert office.client("li").post(url).status_code == 302
    row.refresh_from_db()
    ended_at = row.ended_at
    office.clock.advance(hours=1)
    office.client("sun").post(url)
    row.refresh_from_db()
    assert row.ended_at == ended_at
    page = office.client("sun").get("/deputies/").content.decode()
    assert "提前结束" in page


def test_a_deputy_acts_and_the_record_names_both(office: Office) -> None:
    decision = office.initiate()
    post(office, "sun")
    office.act(decision, "write_draft", by="qian", **DRAFT)
    office.act(decision, "conclude_drafting", by="qian")
    record = decision.records.last()
    assert (record.by, record.on_behalf_of, record.role) == (
        office.people["qian"],
        office.people["sun"],
        Role.HANDLER,
    )
