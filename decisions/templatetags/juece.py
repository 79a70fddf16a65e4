"""What the templates need beyond Django's own tags: states in words and colour, icons, citations, dates, navigation."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from decisions.articles import Article
from decisions.clock import SHANGHAI

register = template.Library()


class State(NamedTuple):
    """How a state is shown: its word, the tone that colours it, its icon."""

    word: Any
    tone: str
    icon: str


STATES = {
    "blocked": State(_("未能开始"), "idle", "lock"),
    "not_started": State(_("未开始"), "idle", "ring"),
    "not_yet": State(_("未开始"), "idle", "ring"),
    "in_progress": State(_("进行中"), "now", "dot"),
    "now": State(_("办理中"), "now", "dot"),
    "open": State(_("征集中"), "now", "dot"),
    "needs_more": State(_("需补充"), "waiting", "alert"),
    "waiting": State(_("等待中"), "waiting", "clock"),
    "answering": State(_("正在答复"), "waiting", "clock"),
    "unanswered": State(_("未答复"), "waiting", "clock"),
    "answered": State(_("已答复"), "done", "check"),
    "done": State(_("已完成"), "done", "check"),
    "closed": State(_("已结束"), "done", "check"),
    "published": State(_("已公布"), "done", "check"),
    "exempt": State(_("已豁免"), "done", "dash"),
    "not_needed": State(_("不适用"), "idle", "dash"),
    "overdue": State(_("已超期"), "overdue", "alert"),
    "refused": State(_("未通过"), "overdue", "alert"),
    "missing": State(_("缺失"), "overdue", "alert"),
    "returned": State(_("已退回"), "waiting", "back"),
    "same": State(_("未修改"), "idle", "dash"),
    "changed": State(_("有修改"), "now", "dot"),
    "moved": State(_("移动"), "now", "dot"),
    "added": State(_("新增"), "done", "plus"),
    "removed": State(_("删除"), "overdue", "dash"),
}

TONE_ICONS = {"now": "dot", "done": "check", "waiting": "clock", "overdue": "alert", "idle": "document"}
MESSAGE_TONES = {"success": "done", "warning": "waiting", "error": "overdue"}
TEXT_SIZES = ("100", "125", "150")

# Label and URL name; an entry whose URL is not mounted is left out, and the longest matching path is the current one.
NAVIGATION = {
    "official": [
        (_("待办"), "home"),
        (_("事项"), "decisions"),
        (_("会议"), "meetings"),
        (_("督办"), "supervision"),
        (_("代理"), "deputies"),
        (_("日历"), "calendars"),
        (_("意见征集"), "portal_home"),
    ],
    "public": [
        (_("意见征集"), "portal_home"),
        (_("已公布的决策"), "portal_decisions"),
        (_("查询我的意见"), "portal_receipt"),
    ],
}

FOR_ADMINISTRATORS = ("home", "calendars", "portal_home")
"""Administrators never come near a matter, so they are not shown the way."""


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon of the local sprite; the word beside it carries the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("juece/icons.svg"),
        name,
    )


@register.simple_tag
def state(key: str) -> SafeString:
    """A state as a tag: icon, word and colour together."""
    shown = STATES[key]
    return format_html('<span class="state tone-{}">{}{}</span>', shown.tone, icon(shown.icon), shown.word)


@register.simple_tag
def state_word(key: str) -> str:
    """The official word for a state."""
    return str(STATES[key].word)


@register.simple_tag
def state_tone(key: str) -> str:
    """The tone that colours a state."""
    return STATES[key].tone


@register.simple_tag
def tone_icon(tone: str) -> SafeString:
    """The icon that goes with a tone, or with the level of one of Django's messages."""
    return icon(TONE_ICONS[MESSAGE_TONES.get(tone, tone if tone in TONE_ICONS else "now")])


@register.simple_tag
def message_tone(message: Any) -> str:
    """The tone of one of Django's messages."""
    return MESSAGE_TONES.get(message.level_tag, "now")


@register.simple_tag
def cite(article: object = None) -> SafeString | str:
    """An article in brackets, short, with its full citation on hover; nothing when there is none."""
    if not article:
        return ""
    short = article.short() if isinstance(article, Article) else article
    return format_html('<span class="law" title="{}">{}</span>', article, short)


@register.simple_tag
def page(name: str, *arguments: object) -> str:
    """The address of a named page, or nothing while that page is not mounted."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def text_size(context: Context) -> str:
    """The reader's text size in percent, from the cookie of the same name."""
    request = context.get("request")
    chosen = request.COOKIES.get("text_size") if request else None
    return chosen if chosen in TEXT_SIZES else TEXT_SIZES[0]


def _admin_role(context: Context) -> str:
    """The administrator's kind of whoever is signed in; empty for everybody else."""
    user = getattr(context.get("request"), "user", None)
    return str(getattr(user, "admin_role", ""))


@register.inclusion_tag("components/navigation.html", takes_context=True)
def navigation(context: Context, audience: str) -> dict[str, object]:
    """The main navigation for officials or the public; `navigation_counts` in the context adds figures by URL name."""
    path = getattr(context.get("request"), "path", "")
    counts = context.get("navigation_counts") or {}
    entries = NAVIGATION[audience]
    # Public pages read no session, so they do not ask who is there.
    if audience == "official" and _admin_role(context):
        entries = [(label, name) for label, name in entries if name in FOR_ADMINISTRATORS]
    mounted = [(label, name, page(name)) for label, name in entries if page(name)]
    current = max((url for _label, _name, url in mounted if path.startswith(url)), key=len, default="")
    return {
        "entries": [
            {"label": label, "url": url, "count": counts.get(name), "is_current": url == current}
            for label, name, url in mounted
        ]
    }


@register.filter
def at(sequence: Sequence[object], index: int) -> object:
    """The item of a sequence at an index."""
    return sequence[index]


def _in_shanghai(moment: date) -> date:
    return moment.astimezone(SHANGHAI) if isinstance(moment, datetime) and moment.tzinfo else moment


@register.filter
def full_date(moment: object) -> object:
    """A date or moment as 2026年12月4日 in Shanghai; anything else unchanged."""
    if not isinstance(moment, date):
        return moment
    day = _in_shanghai(moment)
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def short_date(moment: object) -> object:
    """A date or moment as 2026-12-04 in Shanghai, for narrow places; anything else unchanged."""
    return f"{_in_shanghai(moment):%Y-%m-%d}" if isinstance(moment, date) else moment


@register.filter
def full_time(moment: object) -> object:
    """A moment as 2026年12月4日 09:05 in Shanghai; a bare date without the hour; anything else unchanged."""
    if not isinstance(moment, datetime):
        return full_date(moment)
    return f"{full_date(moment)} {_in_shanghai(moment):%H:%M}"


@register.filter
def machine_time(moment: object) -> object:
    """A date or moment in ISO form for the attribute `datetime` of `<time>`."""
    return _in_shanghai(moment).isoformat() if isinstance(moment, date) else moment
