"""The pages as people see them: on a desk and on a phone, for people who use a screen reader, and for leaders."""

import pytest

from decisions.models import Person
from decisions.terms import AdminRole
from tests.browser_fixtures import PHONE, examine, no_overflow
from tests.office import Office
from tests.walk.participation import comment


@pytest.mark.browser
def test_the_pages_of_a_matter(new_page, office: Office) -> None:
    decision = office.advance(office.initiate(affects_market="on"), until="public_participation")
    office.act(decision, "open_public_comment", **comment(office, decision))
    page = new_page("sun")
    for path, name in (
        ("/", "home"),
        ("/decisions/?q=水库", "matters"),
        (f"/decisions/{decision.pk}/", "workspace"),
        (f"/decisions/{decision.pk}/events/", "events"),
        (f"/decisions/{decision.pk}/record/", "record"),
        (f"/decisions/{decision.pk}/documents/", "documents"),
        ("/deputies/", "deputies"),
    ):
        page.goto(path)
        examine(page, name)
    page.goto(f"/decisions/{decision.pk}/process/")
    page.get_by_text("以文字说明").first.click()
    examine(page, "diagram")


@pytest.mark.browser
def test_leaders_read_large_words_and_press_large_buttons_on_a_phone(new_page, office: Office) -> None:
    office.propose()
    page = new_page("wang", width=PHONE)
    page.goto("/")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.leader *')].filter(e => e.textContent.trim() && !e.children.length)"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 18
    heights = page.evaluate("[...document.querySelectorAll('main a, main button')].map(e => e.offsetHeight)")
    assert min(heights) >= 48
    examine(page, "home-leader")


@pytest.mark.browser
def test_the_pages_hold_in_the_largest_letters_and_without_a_script(new_page, office: Office) -> None:
    decision = office.initiate()
    page = new_page("sun", width=PHONE, script=False, text_size="150")
    for path in ("/", "/decisions/", f"/decisions/{decision.pk}/", "/deputies/"):
        page.goto(path)
        assert page.get_by_role("heading", level=1).is_visible()
    larger = new_page("sun", width=PHONE, text_size="150")
    for path in ("/", "/decisions/", f"/decisions/{decision.pk}/", f"/decisions/{decision.pk}/process/", "/deputies/"):
        larger.goto(path)
        no_overflow(larger)


@pytest.mark.browser
def test_the_administration_keeps_the_content_policy(new_page, office: Office) -> None:
    Person.objects.create(username="system", name="管理员", admin_role=AdminRole.SYSTEM, is_staff=True)
    page = new_page("system")
    for path in (
        "/",
        "/admin/",
        "/admin/decisions/person/",
        "/admin/decisions/person/add/",
        "/admin/decisions/membership/add/",
    ):
        page.goto(path)
        assert page.get_by_text("管理", exact=False).first.is_visible()
