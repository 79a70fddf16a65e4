"""专家论证: articles 19 to 21."""

import re

import pytest
from django.test import Client

from decisions import clock
from decisions.models import Expert, ExpertAppointment, ExpertOpinion
from tests.walk import appraisal

LINK = re.compile(r"http://testserver(/expert/[\w-]+/)")


@pytest.fixture
def review(office):
    """A matter whose experts are to be heard."""
    return office.advance(office.initiate(), until="expert_review")


def appoint(office, decision, expert=None, **data):
    """Appoint an expert, and open the link that the handler was shown."""
    choice = {**appraisal.choose(office, decision), "expert": (expert or office.expert).pk, **data}
    return shown_after(office.act(decision, "appoint_expert", **choice))


def shown_after(response):
    """The link on the page that follows an act."""
    [link] = LINK.findall(response.client.get(response.url).content.decode())
    return link


def test_it_shows_the_link_once_and_stores_only_its_hash(office, review):
    link = appoint(office, review)

    [asked] = review.expert_appointments.all()
    assert link.split("/")[2] not in {asked.token_hash, str(asked.__dict__)}
    assert (
        "/expert/"
        not in office.client("sun").get(f"/tasks/{office.task(review, 'appoint_expert').pk}/").content.decode()
    )


def test_it_takes_a_declaration_and_a_signed_opinion_without_an_account(office, review):
    link, expert = appoint(office, review), Client()
    assert "利民水库大坝" in expert.get(link).content.decode()

    unsure = expert.post(link, {"act": "declare_interest", "has_interest": "no"})
    assert "第十九条第二款" in str(unsure.context["form"].errors)
    expert.post(link, appraisal.DECLARATION)
    empty = expert.post(link, {"act": "sign_expert_opinion", "necessity": "有必要。"})
    assert "有必要。" in empty.content.decode()
    assert {"feasibility", "soundness", "signature", "is_in_favor"} == set(empty.context["form"].errors)
    expert.post(link, {**appraisal.OPINION, "signature": "何教授"})

    assert review.events.filter(kind="expert.signed").count() == 1
    office.act(review, "reply_to_expert", **appraisal.answer(office, review))
    office.act(review, "conclude_expert_review", method="written", opinion="总体赞成。")
    assert "expert_review" not in office.open_steps(review)


def test_it_refuses_a_signature_of_somebody_else(office, review):
    link, expert = appoint(office, review), Client()
    expert.post(link, appraisal.DECLARATION)

    response = expert.post(link, {**appraisal.OPINION, "signature": "孙承办"})

    assert "第十九条第二款" in str(response.context["breaches"][0])
    assert not ExpertOpinion.objects.exists()


def test_a_signed_opinion_is_shown_and_never_signed_again(office, review):
    link, expert = appoint(office, review), Client()
    expert.post(link, appraisal.DECLARATION)
    for necessity in ("有必要。", "没有必要。"):
        expert.post(link, {**appraisal.OPINION, "signature": "何教授", "necessity": necessity})

    assert [o.necessity for o in ExpertOpinion.objects.all()] == ["有必要。"]
    assert "不能更改" in expert.get(link).content.decode()


def test_it_refuses_to_go_on_without_signature_or_answer(office, review):
    without = office.refused(review, "conclude_expert_review", method="written")
    assert "少于1名" in without

    link = appoint(office, review)
    assert "尚未签署" in office.refused(review, "conclude_expert_review", method="written")  # art. 19
    expert = Client()
    expert.post(link, appraisal.DECLARATION)
    expert.post(link, {**appraisal.OPINION, "signature": "何教授"})
    assert "尚未答复" in office.refused(review, "conclude_expert_review", method="written")


def test_it_refuses_an_expert_with_an_interest_who_must_be_replaced(office, review):
    link, expert = appoint(office, review), Client()
    expert.post(link, {**appraisal.DECLARATION, "has_interest": "yes"})
    assert "直接利害关系" in expert.get(link).content.decode()
    refusal = office.refused(review, "conclude_expert_review", method="written")
    assert "第二十条" in refusal

    asked = review.expert_appointments.get()
    office.act(review, "withdraw_expert", appointment=asked.pk, because="声明有直接利害关系")
    assert expert.get(link).status_code == 410
    fresh = {"new_name": "许高工", "new_field": "岩土工程", "new_organization": "市水利局"}
    office.act(review, "appoint_expert", selection_note="持不同意见，另选。", **fresh)
    office.act(review, "reply_to_expert", **appraisal.answer(office, review))
    office.act(review, "conclude_expert_review", method="written")


def test_an_interest_found_after_signing_voids_the_opinion(office, review):
    appoint(office, review)
    appraisal.sign(office, review.expert_appointments.get())
    asked = review.expert_appointments.get()

    office.act(review, "withdraw_expert", appointment=asked.pk, because="查明参与设计", interest_found="on")

    assert ExpertAppointment.objects.get().has_interest
    assert "少于1名" in office.refused(review, "conclude_expert_review", method="written")


def test_it_refuses_an_expert_who_handles_or_decides_the_matter(office, review):
    for username in ("sun", "feng", "wang"):
        person = office.people[username]
        insider = Expert.objects.create(
            authority=office.authority, name=person.name, field="水利", organization="镇政府", person=person
        )
        refusal = office.refused(review, "appoint_expert", expert=insider.pk, selection_note="熟悉情况。")
        assert "第二十条" in refusal

    assert not review.expert_appointments.exists()


def test_an_expert_with_an_account_takes_the_side_of_assessing(office, review):
    person = office.people["wu"]
    expert = Expert.objects.create(
        authority=office.authority, name=person.name, field="法学", organization="司法所", person=person
    )
    appoint(office, review, expert)
    appraisal.sign(office, review.expert_appointments.get())

    assert review.involvements.get(person=person).side == "assess"
    office.act(review, "reply_to_expert", **appraisal.answer(office, review))
    office.act(review, "conclude_expert_review", method="written")
    office.advance(review, until="legality_review")
    assert "审查" in office.refused(review, "review_legality", by="wu", **appraisal.conclusion(office, review))


def test_it_asks_for_a_note_on_the_choice_and_refuses_foreign_experts(office, review, other_office):
    assert "第二十条" in office.refused(review, "appoint_expert", expert=office.expert.pk)
    foreign = office.refused(review, "appoint_expert", expert=other_office.expert.pk, selection_note="水利专家。")
    assert "expert：" in foreign
    assert "专家库" in office.refused(review, "appoint_expert", selection_note="水利专家。")


def test_a_link_that_expired_is_renewed_and_the_old_one_leads_nowhere(office, review):
    link = appoint(office, review)
    office.wait(31)
    assert Client().get(link).status_code == 410
    assert "有效期" in Client().get(link).content.decode()

    asked = review.expert_appointments.get()
    past = office.refused(review, "renew_expert_link", appointment=asked.pk, link_expires_on="2026-01-01")
    assert "不得早于今日" in past
    response = office.act(review, "renew_expert_link", appointment=asked.pk)
    fresh = shown_after(response)
    assert Client().get(fresh).status_code == 200
    assert Client().get(link).status_code == 404
    assert asked.link_expires_on < clock.today()


def test_an_exemption_closes_the_links(office, review):
    link = appoint(office, review)

    office.act(review, "exempt", on="expert_review", ground="技术方案已经上级批复。", legal_basis="天水利〔2022〕142号")

    assert Client().get(link).status_code == 410
    assert review.exemptions.get().step == "expert_review"


def test_a_technical_matter_is_never_exempted(office):
    decision = office.advance(office.initiate(is_technical="on"), until="expert_review")

    refusal = office.refused(decision, "exempt", on="expert_review", ground="时间紧。", legal_basis="无")

    assert "第十九条第一款" in refusal


def test_nobody_acts_as_expert_through_a_task(office, review):
    appoint(office, review)
    task = office.task(review, "appoint_expert")

    response = office.client("sun").post(
        f"/tasks/{task.pk}/sign_expert_opinion/", {**appraisal.OPINION, "signature": "何教授"}
    )

    assert response.status_code == 403
    assert not ExpertOpinion.objects.exists()
