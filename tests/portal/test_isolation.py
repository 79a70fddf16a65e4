"""What is not public never shows, by any address (Decree 711, arts. 14 to 16)."""

import pytest
from django.core.cache import cache

from decisions import clock
from decisions.models import Document, Draft
from tests.office import upload
from tests.portal.citizens import Citizen, consult
from tests.walk.participation import DAYS_OPEN, comment, hearing


@pytest.fixture
def citizen():
    cache.clear()
    return Citizen()


def everything(citizen: Citizen) -> str:
    """All lists of the portal."""
    return "".join(citizen.get(path) for path in ("/public/", "/public/results/", "/public/decisions/"))


def test_a_matter_that_is_not_public_is_nowhere(office, citizen):
    decision, held = consult(office, openness="on_application", matter="不公开的事项")

    assert "不公开的事项" not in everything(citizen)
    for path in (
        f"/public/consultations/{held.pk}/",
        f"/public/consultations/{held.pk}/comment/",
        f"/public/results/{held.pk}/",
        f"/public/decisions/{decision.pk}/",
        f"/public/decisions/{decision.pk}/compare/1/",
        f"/public/decisions/{decision.pk}/feedback/",
    ):
        citizen.get(path, status=404)


def test_a_secret_matter_is_not_put_to_the_public_at_all(office):
    decision = office.initiate(openness="not_public", nondisclosure_ground="security")
    office.advance(decision, until="public_participation")

    told = office.refused(decision, "open_public_comment", **comment(office, decision))

    assert "不得向社会公开征求意见" in told


def test_a_matter_before_it_is_put_to_the_public_is_nowhere(office, citizen):
    decision = office.advance(office.initiate(), until="public_participation")

    assert decision.title not in everything(citizen)
    citizen.get(f"/public/decisions/{decision.pk}/", status=404)


def test_a_form_that_is_no_public_comment_has_no_page(office, citizen):
    decision, held = consult(office)
    office.act(
        decision,
        "hold_participation",
        form="symposium",
        headline="内部座谈会",
        opened_on=clock.today().isoformat(),
        summary="到会18人。",
    )
    symposium = decision.participations.last()

    citizen.get(f"/public/consultations/{symposium.pk}/", status=404)
    citizen.get(f"/public/consultations/{symposium.pk}/comment/", status=404)
    assert "内部座谈会" not in everything(citizen)


def test_a_later_version_is_not_shown_with_the_one_put_to_the_public(office, citizen):
    decision, held = consult(office)
    office.wait(days=DAYS_OPEN + 1)
    later = Draft.objects.create(
        decision=decision,
        number=2,
        explanatory_note="第二稿说明",
        content_hash="0" * 64,
        written_by=office.people["sun"],
        written_at=clock.now(),
    )
    later.articles.create(number=1, text="内部第二稿内容")
    decision.current_draft = later
    decision.save(update_fields=["current_draft"])

    page = citizen.get(f"/public/consultations/{held.pk}/")

    assert "内部第二稿内容" not in page
    assert held.draft.articles.first().text in page


def test_only_public_documents_are_handed_out_and_only_in_time(office, citizen):
    decision, held = consult(office)
    for title, openness in (("公告照片", "public"), ("内部材料", "not_public")):
        office.act(
            decision,
            "file_document",
            on="public_participation",
            kind="participation_notice",
            document_title=title,
            openness=openness,
            upload=upload("材料.txt"),
        )
    public, internal = Document.objects.order_by("pk")
    other = office.advance(office.initiate(), until="public_participation")
    office.act(
        other,
        "file_document",
        on="public_participation",
        kind="participation_notice",
        document_title="未公开事项的材料",
        openness="public",
        upload=upload("材料.txt"),
    )
    early = Document.objects.last()

    response = citizen.client.get(f"/public/documents/{public.pk}/")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.getvalue().decode() == "决策材料"
    citizen.get(f"/public/documents/{internal.pk}/", status=404)
    citizen.get(f"/public/documents/{early.pk}/", status=404)
    page = citizen.get(f"/public/consultations/{held.pk}/")
    assert "公告照片" in page
    assert "内部材料" not in page


def test_officials_names_are_not_in_a_consultation(office, citizen):
    _decision, held = consult(office)
    page = citizen.get(f"/public/consultations/{held.pk}/")

    assert office.people["sun"].name not in page


def test_an_authority_has_its_own_list(office, other_office, citizen):
    consult(office, matter="木李镇的事项")
    consult(other_office, matter="唐坊镇的事项")

    both, own = citizen.get("/public/"), citizen.get("/public/tangfang/")

    assert "/public/consultations/" in both
    assert both.count("card-link") == 2
    assert own.count("card-link") == 1
    citizen.get("/public/nowhere/", status=404)
    citizen.get("/public/nowhere/results/", status=404)


def test_a_hearing_is_announced_with_draft_and_later_its_participants(office, citizen):
    matter = office.advance(office.initiate(), until="coordination")
    office.act(matter, "decide_hearing", basis="直接涉及群众切身利益")
    decision = office.advance(matter, until="hearing")
    office.act(decision, "announce_hearing", **hearing(office, decision))
    office.act(decision, "list_participants", participants="孙大田，利害关系人代表，李家村12号")
    held = decision.hearings.get()

    page = citizen.get(f"/public/hearings/{held.pk}/")
    assert held.selection_method in page
    assert "孙大田" not in page
    office.act(decision, "publish_participant_list")
    page = citizen.get(f"/public/hearings/{held.pk}/")
    assert "孙大田" in page
    assert "李家村12号" not in page
    assert held.title in citizen.get("/public/")


@pytest.mark.parametrize("path", ["/public/", "/public/results/", "/public/decisions/", "/public/muli/"])
def test_lists_may_be_kept_for_a_minute_and_are_read_only(office, citizen, path):
    response = citizen.client.get(path)

    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=60"}
    assert "Cookie" in response["Vary"]
    assert citizen.client.cookies == {}
    assert Citizen().client.post(path).status_code in (403, 405)


def test_no_shared_cache_keeps_the_page_of_somebody_signed_in(office):
    assert "private" in office.client("sun").get("/public/")["Cache-Control"]


def test_a_form_is_never_kept(office, citizen):
    _decision, held = consult(office)

    response = citizen.client.get(f"/public/consultations/{held.pk}/comment/")

    assert "no-store" in response["Cache-Control"]


def test_larger_type_is_a_link(office, citizen):
    response = citizen.client.get("/public/text-size/?size=150&next=/public/")
    assert response.url == "/public/"
    assert 'data-size="150"' in citizen.get("/public/")
    assert citizen.client.get("/public/text-size/?size=900&next=https://elsewhere.example/").url == "/"


def test_lists_cost_the_same_however_many_there_are(office, citizen, django_assert_max_num_queries):
    decision, _held = consult(office)
    for _number in range(21):
        office.act(decision, "open_public_comment", **comment(office, decision))

    with django_assert_max_num_queries(15):
        page = citizen.get("/public/")
    assert page.count("card-link") == 20
    rest = citizen.get("/public/?after=" + page.split("?after=")[1].split('"')[0])
    assert rest.count("card-link") == 2
