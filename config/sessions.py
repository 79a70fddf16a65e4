"""How long a sign-in lasts: at most 30 minutes idle and 8 hours in all (settings SESSION_…_LIMIT)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from decisions import clock

BEGAN, SEEN = "began_at", "seen_at"
# The session is written at most once a minute: reading pages should not cost a write each.
NOTED_EVERY = timedelta(minutes=1)


class SessionLimitMiddleware:
    """Signs out whoever was idle or signed in for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._judge(request, clock.now())
        return self.get_response(request)

    def _judge(self, request: HttpRequest, now: datetime) -> None:
        began = _moment(request.session, BEGAN, now)
        seen = _moment(request.session, SEEN, now)
        if now - seen > settings.SESSION_IDLE_LIMIT or now - began > settings.SESSION_ABSOLUTE_LIMIT:
            logout(request)
        elif BEGAN not in request.session or now - seen > NOTED_EVERY:
            request.session[BEGAN], request.session[SEEN] = began.isoformat(), now.isoformat()


def _moment(session: SessionBase, key: str, default: datetime) -> datetime:
    return datetime.fromisoformat(session[key]) if key in session else default
