"""What all pages of the portal share: nobody signs in; what can be kept for a minute is, what was posted is not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

View = Callable[..., HttpResponseBase]

FRESH_FOR = 60
"""Seconds for which a copy of a page may be shown; text size and language come from cookies."""


def public_page(view: View) -> View:
    """A page to read, the same for everybody with the same cookies; no shared cache keeps what one signed in sees."""
    for_everybody = cache_control(public=True, max_age=FRESH_FOR)(view)
    for_one = cache_control(private=True, max_age=FRESH_FOR)(view)

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        return (for_one if is_signed_in else for_everybody)(request, *args, **kwargs)

    return login_not_required(require_safe(vary_on_cookie(kept)))


def posting_page(view: View) -> View:
    """A page with a form; never kept."""
    return login_not_required(require_http_methods(["GET", "HEAD", "POST"])(never_cache(view)))
