"""大字版: the reader's text size, kept in a cookie."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decisions.templatetags.juece import TEXT_SIZES

if TYPE_CHECKING:
    from django.http import HttpRequest

KEPT_FOR = timedelta(days=365)


@login_not_required
@require_safe
@never_cache
def text_size(request: HttpRequest) -> HttpResponseRedirect:
    """Choose 100, 125 or 150 percent and go back to where one was reading."""
    back = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_ours else "/")
    size = request.GET.get("size", "")
    if size in TEXT_SIZES:
        response.set_cookie(
            "text_size", size, max_age=KEPT_FOR, secure=settings.CSRF_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    return response
