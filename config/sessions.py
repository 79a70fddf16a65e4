"""How long a sign-in lasts: at most 30 minutes idle and 8 hours in all (settings SESSION_…_LIMIT)."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

BEGAN, SEEN = "began_at", "seen_at"
# The session is written at most once a minute: reading pages should not cost a write each.
NOTED_EVERY = 60


class SessionLimitMiddleware:
    """Signs out whoever was idle or signed in for too long, by real time: the house's clock may be set elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._judge(request, time.time())
        return self.get_response(request)

    def _judge(self, request: HttpRequest, now: float) -> None:
        began, seen = request.session.get(BEGAN, now), request.session.get(SEEN, now)
        idle, whole = settings.SESSION_IDLE_LIMIT.total_seconds(), settings.SESSION_ABSOLUTE_LIMIT.total_seconds()
        if now - seen > idle or now - began > whole:
            logout(request)
        elif BEGAN not in request.session or now - seen > NOTED_EVERY:
            request.session[BEGAN], request.session[SEEN] = began, now
