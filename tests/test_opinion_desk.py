"""意见采纳台: one numbered set, filtered, answered singly or together, printed and exported without live formulas."""

import csv
import io
import re

import pytest

from decisions.models import Decision
from tests.office import Office
from tests.portal.citizens import consult


@pytest.fixture
def decision(office: Office) -> Decision:
    decision, _held = consult(office)
    register(office, decision, channel="paper", name="朱大伟", contact="13800001234", article_number=3)
    register(office, decision, channel="phone", name="李家村村民委员会", is_organization="on")
    return decision


def register(office: Office, decision: Decision, **changes) -> None:
    office.act(decision, "register_opinion", **{"channel": "spoken", "text": "请错峰供水。", **changes})


def read(office: Office, decision: Decision, address: str = "", by: str = "sun", status: int = 200) -> str:
    response = office.client(by).get(f"/decisions/{decision.pk}/opinions{address or '/'}")
    assert response.status_code == status
    return response.getvalue().decode() if response.streaming else response.content.decode()


def test_the_handler_sees_the_set_with_contacts_and_a_form_at_each(office, decision):
    page = read(office, decision)

    assert "共收到意见2条，未答复2条" in page
    assert "13800001234" in page
    assert page.count("/answer_opinion/") == 2
    assert len(set(re.findall(r'name="submission_key" value="([^"]+)"', page))) == 3


def test_others_of_the_authority_read_without_contacts_or_forms(office, decision):
    page = read(office, decision, by="wu")

    assert "请错峰供水。" in page
    assert "13800001234" not in page
    assert "/answer_opinion" not in page


def test_it_does_not_exist_for_another_authority(office, decision, other_office):
    for address in ("/", "/print/", ".csv"):
        response = other_office.client("sun-tangfang").get(f"/decisions/{decision.pk}/opinions{address}")
        assert response.status_code == 404


def test_it_is_narrowed_by_answer_article_and_channel(office, decision):
    office.act(decision, "answer_opinion", number=1, adoption="adopted", reason="采纳。")
    office.act(decision, "answer_opinion", number=1, adoption="partly", reason="部分采纳，以此为准。")

    def shown(query: str) -> list[str]:
        return re.findall(r'id="opinion-(\d+)"', read(office, decision, f"/?{query}"))

    assert shown("state=unanswered") == ["2"]
    assert shown("state=answered") == ["1"]
    assert shown("article=3") == ["1"]
    assert shown("channel=phone") == ["2"]
    assert shown("channel=nonsense&article=x&after=y") == ["1", "2"]
    assert "第2次答复，以此为准" in read(office, decision)


def test_an_answer_comes_back_to_the_desk_and_nowhere_else(office, decision):
    desk = f"/decisions/{decision.pk}/opinions/?state=unanswered#opinion-1"
    answer = {"number": 1, "adoption": "adopted", "reason": "采纳。"}

    assert office.act(decision, "answer_opinion", **answer, next=desk).url == desk
    foreign = office.act(decision, "answer_opinion", **answer, next="https://elsewhere.example/")
    assert "elsewhere" not in foreign.url


def test_ticked_opinions_are_answered_together(office, decision):
    office.act(decision, "answer_opinions", numbers=["1", "2"], adoption="adopted", reason="合理，采纳。")

    assert not decision.opinions.unanswered().exists()


def test_the_sheet_masks_names_unless_somebody_entitled_asks(office, decision):
    assert "朱**" in read(office, decision, "/print/")
    assert "朱大伟" not in read(office, decision, "/print/")
    assert "朱大伟" in read(office, decision, "/print/?names=whole")
    assert "朱大伟" not in read(office, decision, "/print/?names=whole", by="wu")
    assert "13800001234" not in read(office, decision, "/print/?names=whole")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1+1"])
def test_the_export_has_no_live_formula(office, decision, cell):
    office.act(decision, "register_opinion", channel="paper", text=f"。{cell}", name=cell[:60], is_organization="on")

    exported = read(office, decision, ".csv?names=whole")
    assert exported.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(exported.removeprefix("\ufeff"))))
    assert [row[0] for row in rows] == ["编号", "1", "2", "3"]
    assert not any(field.strip().startswith(("=", "+", "-", "@", "＝")) for row in rows for field in row)


def test_pages_cost_the_same_however_many_opinions(office, decision, django_assert_max_num_queries):
    for _number in range(20):
        register(office, decision)
    client = office.client("sun")

    with django_assert_max_num_queries(15):
        page = client.get(f"/decisions/{decision.pk}/opinions/").content.decode()
    assert len(page) < 400_000
    assert len(re.findall(r'id="opinion-(\d+)"', page)) == 20
    assert "after=20" in page
