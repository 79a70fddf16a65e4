"""Importing the yearly notice on rest days: what is read, what is refused, what is saved, what is reckoned anew."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from decisions import services, workdays
from decisions.models import ImportedNotice, Person
from decisions.services.holiday_text import read_notice
from decisions.workdays import Calendar, packaged
from workflows.models import Watch
from workflows.recomputing import recompute_dates

NOTICES = {
    2018: """元旦：1月1日放假，与周末连休。
春节：2月15日至21日放假调休，共7天。2月11日（星期日）、2月24日（星期六）上班。
清明节：4月5日至7日放假调休，共3天。4月8日（星期日）上班。
劳动节：4月29日至5月1日放假调休，共3天。4月28日（星期六）上班。
端午节：6月18日放假，与周末连休。
中秋节：9月24日放假，与周末连休。
国庆节：10月1日至7日放假调休，共7天。9月29日（星期六）、9月30日（星期日）上班。""",
    2019: """一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2024: """一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2026: """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
}
"""Notices in the ways they were written, those of 2018 and 2019 with the days as they ran in the end."""

INVENTED = """国务院办公厅关于2027年部分节假日安排的通知
元旦：1月1日（周五）至3日（周日）放假，共3天。
春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月14日（周日）上班。
清明节：4月5日（周一）放假。劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
端午节：6月9日（周三）放假。中秋节：9月15日（周三）放假。国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。"""
"""No notice for 2027 is known: these days are made up for the test."""


@pytest.fixture
def plugged():
    """The table of notices in use, as in production."""
    services.imported.forget()
    workdays.set_provider(services.imported)
    yield
    workdays.set_provider(None)
    services.imported.forget()


@pytest.mark.parametrize("year", NOTICES)
def test_a_notice_is_read_as_the_package_has_the_year(year):
    reading = read_notice(NOTICES[year], year)
    assert (reading.errors, reading.warnings) == ([], [])
    read = Calendar((reading.notice(),))
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(358)]
    assert [day for day in days if read.is_workday(day) != packaged().is_workday(day)] == []


def test_the_2026_notice_is_read_day_for_day():
    known = next(notice for notice in packaged().notices if notice.year == 2026)
    assert read_notice(NOTICES[2026], 2026).notice() == known


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("元旦：1月1日放假。1月4日（周六）上班。", "2026年1月4日是周日"),
        ("元旦：1月1日至3日放假，共4天。", "写明4天，日期却有3天"),
        ("元旦：1月1日放假。1月5日上班。", "不是周末，不能作为调休上班的日期"),
        ("元旦：1月3日放假。1月3日上班。", "既写了放假，又写了上班"),
        ("2月30日放假。", "不是一个日期"),
        ("关于2025年部分节假日安排的通知\n1月1日放假。", "与填写的2026年不一致"),
        ("2025-06-01 休", "不属于2026年的安排"),
        ("2026-01-01", "没有写明是放假还是上班"),
        ("各地区要妥善安排好值班。", "没有读到放假日期"),
    ],
)
def test_a_mistake_is_named(text, said):
    assert any(said in error for error in read_notice(text, 2026).errors)


@pytest.mark.parametrize("text", ["2027-01-01 休\n2027-01-30 班", "放假：\n2027/1/1\n上班：\n2027/1/30"])
def test_plain_lists_of_dates_are_read_too(text):
    reading = read_notice(text, 2027)
    assert not reading.errors
    assert (reading.holidays, reading.makeup) == ({date(2027, 1, 1)}, {date(2027, 1, 30)})


def test_a_notice_is_seen_before_it_is_saved_and_a_correction_is_a_further_row(office, plugged):
    office.clock.set(date(2026, 11, 2))
    client = office.client("li")
    for address in ("/", "/calendars/"):
        assert "2027年放假安排尚未导入" in client.get(address).content.decode()
    file = SimpleUploadedFile("notice.txt", INVENTED.encode("gb18030"))
    seen = client.post("/calendars/import/", {"file": file})
    assert seen.status_code == 200
    assert "读到的2027年安排" in seen.content.decode()
    assert not ImportedNotice.objects.exists()
    again = {"text": INVENTED, "confirm": "1"}
    assert [client.post("/calendars/import/", again).status_code for _twice in range(2)] == [302, 302]
    assert ImportedNotice.objects.count() == 1
    services.imported.forget()
    assert not workdays.calendar().is_workday(date(2027, 2, 8))
    corrected = {"text": INVENTED.replace("1月30日（周六）、", ""), "confirm": "1", "because": "通知更正"}
    client.post("/calendars/import/", corrected)
    services.imported.forget()
    assert not workdays.calendar().is_workday(date(2027, 1, 30))
    assert ImportedNotice.objects.count() == 2
    page = client.get("/calendars/?year=2027").content.decode()
    assert "通知更正" in page
    assert "尚未导入" not in page


def test_a_mistake_is_answered_on_the_page(office):
    answer = office.client("li").post("/calendars/import/", {"text": INVENTED.replace("（周五）", "（周六）", 1)})
    assert answer.status_code == 422
    assert "2027年1月1日是周五" in answer.content.decode()


def test_only_the_office_and_the_system_administrator_import(office):
    Person.objects.create_user("xitong", name="系统员", admin_role="system")
    allowed = {name: office.client(name).get("/calendars/import/").status_code for name in ("li", "sun", "xitong")}
    assert allowed == {"li": 200, "sun": 403, "xitong": 200}
    assert office.client("sun").get("/calendars/").status_code == 200
    assert Client().get("/calendars/").status_code == 302


def test_imported_notices_are_never_changed_or_deleted(office):
    row = services.import_notice(read_notice(INVENTED, 2027).notice(), by=office.people["li"], text=INVENTED)
    for forbidden in (ImportedNotice.objects.all().delete, lambda: ImportedNotice.objects.update(year=2028)):
        with pytest.raises(IntegrityError), transaction.atomic():
            forbidden()
    with pytest.raises(TypeError):
        row.delete()


def test_open_dates_are_reckoned_anew_with_the_reason(office, plugged):
    office.clock.set(date(2026, 12, 28))
    decision = office.initiate()
    before = Watch.objects.open().get(decision=decision)
    assert "暂定" in before.because
    office.client("li").post("/calendars/import/", {"text": INVENTED, "confirm": "1"})
    after = Watch.objects.open().get(decision=decision)
    assert after.due_on > before.due_on
    assert "暂定" not in after.because
    event = decision.events.get(kind="dates.recomputed")
    assert "2027年部分节假日安排" in event.payload
    assert str(before.due_on) in event.payload
    assert recompute_dates(2027, "再来一次") == 0
    assert decision.events.filter(kind="dates.recomputed").count() == 1
    assert services.broken_links(decision) == []
